//! The page of a search for policies that no other beats.

use hotwash_lab::findings::{Frontier, Measure};

use super::{Page, Section, interval_note};
use crate::picture::{self, Table};
use crate::words;

/// Cost against harm, and what the policies found choose.
pub fn frontier(finding: &Frontier) -> String {
    let sections = vec![
        Section::of("Cost against harm", vec![picture::frontier("frontier", finding)]),
        Section {
            title: "What they choose".to_owned(),
            figures: Vec::new(),
            tables: vec![choices(finding)],
        },
    ];
    let page = Page {
        header: &finding.header,
        kind: "Frontier",
        about: format!(
            "Cost is {}. Harm is {}. Policies that no other judged beats on both, out of {} tried around {}, \
             judged in {} worlds that the search did not see.",
            meaning(&finding.cost),
            meaning(&finding.harm),
            words::count(finding.tried),
            finding.base,
            words::count(finding.final_worlds)
        ),
        arms: &[],
        reading: vec![
            "left and down is better where less is better; between two policies on the line nothing that \
             was found is better than either"
                .to_owned(),
            "policies are chosen on some worlds and judged on others, so that luck in the search does not \
             count"
                .to_owned(),
            format!("varied: {}", finding.searched.join(", ")),
            interval_note(),
        ],
        sections,
    };
    page.render()
}

/// `cost-vendor in USD, less is better: all cost of the vendor`.
fn meaning(measure: &Measure) -> String {
    let better = if measure.better == "higher" { "more" } else { "less" };
    let about = measure.about.trim_end_matches('.');
    format!("{} in {}, {better} is better: {about}", measure.name, words::unit(measure))
}

fn choices(finding: &Frontier) -> Table {
    let mut table =
        Table::new("Choices that differ from the base policy", 3, &["policy", "choice", "value"]);
    for point in finding.points.iter().filter(|p| p.is_on_frontier) {
        for (name, value) in &point.choices {
            table.rows.push(vec![point.name.clone(), name.clone(), value.clone()]);
        }
    }
    table
}
