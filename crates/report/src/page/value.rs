//! The page of the worth of decisions.

use hotwash_lab::findings::{Ranked, Value};

use super::{Page, Section, interval_note};
use crate::picture::{self, Table};
use crate::words;

/// What other answers would do, and where the difference to another policy comes from.
pub fn value(finding: &Value) -> String {
    let mut sections = vec![Section {
        title: "Which decisions matter".to_owned(),
        figures: Vec::new(),
        tables: vec![ranking(finding)],
    }];
    if let Some(shapley) = &finding.shapley {
        let figures = (0..finding.measures.len())
            .map(|m| picture::shapley(&format!("share-{m}"), finding, shapley, m));
        sections.push(Section::of("Where the difference comes from", figures.collect()));
    }
    for (m, measure) in finding.measures.iter().enumerate() {
        let figures = picture::worth(&format!("worth-{m}"), finding, m);
        sections.push(Section::of(&format!("Decisions and {}", measure.name), figures));
    }
    let page = Page {
        header: &finding.header,
        kind: "Worth of decisions",
        about: format!(
            "What {} would have come to under {} if they had been answered otherwise, in {} worlds.",
            words::counted(finding.decisions.len(), "decision", "decisions"),
            finding.policy.name,
            words::count(finding.header.worlds)
        ),
        arms: std::slice::from_ref(&finding.policy),
        reading: vec![
            "each world is forked where a decision comes up: only that one answer differs, and all that \
             follows meets the same luck"
                .to_owned(),
            "later decisions are answered by the policy as before, so a good answer that needs other good \
             answers after it looks weaker than it is"
                .to_owned(),
            "which decisions matter: by their largest clear difference, averaged over all worlds and \
             measured in standard deviations (sd) of its metric over all runs; picked as the largest of \
             many, they are likely a little overstated"
                .to_owned(),
            interval_note(),
        ],
        sections,
    };
    page.render()
}

/// Decisions by their largest clear difference, then those without one.
fn ranking(finding: &Value) -> Table {
    let caption = "Decisions by their largest clear difference";
    let mut table = Table::new(
        caption,
        5,
        &[
            "decision",
            "answered with",
            "in place of",
            "metric",
            "which is",
            "difference [95 %]",
            "sd",
        ],
    );
    for ranked in &finding.ranking {
        table.rows.extend(ranked_row(ranked, finding));
    }
    for (i, decision) in finding.decisions.iter().enumerate() {
        if finding.ranking.iter().any(|r| r.decision == i) {
            continue;
        }
        let why = if decision.answered == 0 {
            "not answered in any world"
        } else {
            "no clear difference"
        };
        let mut row = vec![decision.decision.clone(), why.to_owned()];
        row.resize(table.columns.len(), String::new());
        table.rows.push(row);
    }
    table
}

fn ranked_row(ranked: &Ranked, finding: &Value) -> Option<Vec<String>> {
    let decision = finding.decisions.get(ranked.decision)?;
    let option = decision.options.get(ranked.option)?;
    let measure = finding.measures.get(ranked.measure)?;
    let difference = (*option.differences.get(ranked.measure)?)?;
    let reference = decision.options.iter().find(|o| o.taken.value == 1.0);
    let share = words::percent(decision.asked.value);
    Some(vec![
        format!("{} ({share} of worlds)", decision.decision),
        option.option.clone(),
        reference.map_or("what the policy does", |o| o.option.as_str()).to_owned(),
        measure.name.clone(),
        words::way(measure, difference.value).to_owned(),
        words::with_unit(&words::signed(difference), &measure.unit),
        if ranked.size < 0.01 { "<0.01".to_owned() } else { words::fixed(ranked.size, 2) },
    ])
}
