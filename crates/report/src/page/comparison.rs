//! The page of a comparison of policies.

use hotwash_lab::findings::{Comparison, Summary};

use super::{Page, Section, interval_note, pairing_note};
use crate::picture::{self, Table};
use crate::words;

/// Two or more policies over the same worlds: differences, losses, times, courses, outcomes.
pub fn comparison(finding: &Comparison) -> String {
    let mut sections = vec![Section::of("What differs", picture::paired("differences", finding))];
    let mut add = |title: &str, figures: Vec<picture::Figure>| {
        if !figures.is_empty() {
            sections.push(Section::of(title, figures));
        }
    };
    let losses = finding.losses.iter().enumerate();
    let losses = losses.map(|(i, l)| picture::exceedance(&format!("loss-{i}"), finding, l));
    add("How large losses may be", losses.collect());
    let times = finding.times.iter().enumerate();
    let times = times.map(|(i, t)| picture::survival(&format!("time-{i}"), finding, t));
    add("How long things take", times.collect());
    let courses = finding.courses.iter().enumerate();
    let courses = courses.flat_map(|(i, c)| picture::courses(&format!("course-{i}"), finding, c));
    add("How things go over time", courses.collect());
    sections.push(Section {
        title: "All outcomes".to_owned(),
        figures: Vec::new(),
        tables: vec![outcomes(finding)],
    });
    let names: Vec<String> =
        (0..finding.arms.len()).map(|i| picture::arm(&finding.arms, i)).collect();
    let about = match names.len() {
        0 => "No policy was run.".to_owned(),
        1 => format!(
            "One policy, {}, over {} worlds.",
            names[0],
            words::count(finding.header.worlds)
        ),
        n => format!(
            "{n} policies over the same {} worlds: {}.",
            words::count(finding.header.worlds),
            words::list(&names, 12)
        ),
    };
    let page = Page {
        header: &finding.header,
        kind: "Comparison of policies",
        about,
        arms: &finding.arms,
        reading: vec![
            pairing_note(),
            interval_note(),
            "a mean difference is better or worse (lower or higher where neither is better) if its \
             interval lies on one side of zero, unclear if not, and too few where fewer than 20 worlds \
             differ; a clear difference may still be a small one"
                .to_owned(),
            "where something never happens in a world it has no value there: such worlds are counted and \
             left out of means"
                .to_owned(),
        ],
        sections,
    };
    page.render()
}

fn outcomes(finding: &Comparison) -> Table {
    let mut table = Table::new(
        "Outcomes by policy",
        3,
        &[
            "metric",
            "unit",
            "policy",
            "median [95 %]",
            "middle 90 % of worlds",
            "mean [95 %]",
            "worlds with a value [95 %]",
        ],
    );
    for compared in &finding.metrics {
        for (index, summary) in compared.arms.iter().enumerate() {
            let mut row = vec![
                compared.measure.name.clone(),
                words::unit(&compared.measure).to_owned(),
                picture::arm(&finding.arms, index),
            ];
            row.extend(figures(summary));
            table.rows.push(row);
        }
    }
    table
}

/// Median, middle 90 %, mean, share with a value.
pub(super) fn figures(summary: &Summary) -> [String; 4] {
    let none = || "no value".to_owned();
    let mean = if summary.count > 0 { words::estimate(summary.mean) } else { none() };
    [
        summary.median().map_or_else(none, words::estimate),
        summary.quantiles.map_or_else(none, |q| {
            format!("{} to {}", words::number(q[0].value), words::number(q[4].value))
        }),
        mean,
        words::percent_estimate(summary.share),
    ]
}
