//! The page of a sweep over levers and decisions.

use hotwash_lab::findings::Sweep;

use super::comparison::figures;
use super::{Page, Section, interval_note};
use crate::picture::{self, Table};
use crate::words;

/// What was varied, what each level does by itself and together, and every combination.
pub fn sweep(finding: &Sweep) -> String {
    let mut sections = Vec::new();
    for (i, swept) in finding.metrics.iter().enumerate() {
        let mut figures = picture::main_effects(&format!("main-{i}"), finding, swept);
        figures.extend(picture::interactions(&format!("together-{i}"), finding, swept));
        sections.push(Section::of(&swept.measure.name, figures));
    }
    sections.push(Section {
        title: "Every combination".to_owned(),
        figures: Vec::new(),
        tables: vec![factors(finding), cells(finding)],
    });
    let design = match finding.design.as_str() {
        "full" => "all there are",
        "lhs" => "chosen by a Latin hypercube",
        "sobol" => "chosen by Sobol's sequence",
        other => other,
    };
    let names: Vec<String> = finding.factors.iter().map(|f| f.name.clone()).collect();
    let page = Page {
        header: &finding.header,
        kind: "Sweep",
        about: format!(
            "{} varied: {}; {} ({design}), each in the same {} worlds.{}",
            words::counted(names.len(), "factor", "factors"),
            words::list(&names, 8),
            words::counted(finding.cells.len(), "combination", "combinations"),
            words::count(finding.header.worlds),
            if finding.policy.is_empty() {
                String::new()
            } else {
                format!(" Policy {} sets and answers what is not varied.", finding.policy)
            }
        ),
        arms: &[],
        reading: vec![
            "an effect is what going from a factor's first level to another does, or from the low to the \
             high end of its range, averaged over the other factors"
                .to_owned(),
            "an interaction is what two levels do together beyond the sum of their single effects; where \
             it is large, single effects mislead"
                .to_owned(),
            interval_note(),
        ],
        sections,
    };
    page.render()
}

fn factors(finding: &Sweep) -> Table {
    let mut table =
        Table::new("What was varied", 5, &["factor", "sort", "levels", "unit", "what it is"]);
    for factor in &finding.factors {
        let levels = factor.levels.join(if factor.is_range { " to " } else { ", " });
        let (name, sort) = (factor.name.clone(), factor.sort.to_owned());
        let row = [name, sort, levels, factor.unit.clone(), factor.about.clone()];
        table.rows.push(row.into());
    }
    table
}

fn cells(finding: &Sweep) -> Table {
    let mut titles: Vec<&str> = finding.factors.iter().map(|f| f.name.as_str()).collect();
    let names = titles.len() + 2;
    titles.extend([
        "metric",
        "unit",
        "median [95 %]",
        "middle 90 % of worlds",
        "mean [95 %]",
        "worlds with a value [95 %]",
    ]);
    let mut table = Table::new("Outcomes by combination", names, &titles);
    for cell in &finding.cells {
        for (summary, swept) in cell.outcomes.iter().zip(&finding.metrics) {
            let mut row = cell.values.clone();
            row.resize(finding.factors.len(), String::new());
            row.extend([swept.measure.name.clone(), words::unit(&swept.measure).to_owned()]);
            row.extend(figures(summary));
            table.rows.push(row);
        }
    }
    table
}
