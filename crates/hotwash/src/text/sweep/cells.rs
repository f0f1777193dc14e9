//! The combinations of a sweep as tables, as many metrics abreast as the page holds.

use std::fmt::Write as _;

use hotwash_lab::findings::{Cell, Summary, Sweep};

use super::figures::{brief, percent};
use super::{letter, paragraph};
use crate::text::layout::Page;
use crate::text::style::{BOLD, DIM};

/// Most combinations shown.
const MOST: usize = 24;
const GAP: &str = "  ";

/// A column: its head in two lines, and a text per combination.
struct Column {
    head: [String; 2],
    rows: Vec<String>,
    is_right: bool,
}

impl Column {
    fn width(&self) -> usize {
        self.head.iter().chain(&self.rows).map(|t| t.chars().count()).max().unwrap_or(0)
    }

    fn set(&self, text: &str) -> String {
        let width = self.width();
        if self.is_right { format!("{text:>width$}") } else { format!("{text:<width$}") }
    }
}

pub(super) fn cells(finding: &Sweep, page: Page) -> String {
    let mut out = format!("\n{}\n", BOLD.on("The combinations"));
    let shown = &finding.cells[..finding.cells.len().min(MOST)];
    let is_missing = |s: &Summary| s.share.value < 1.0;
    let mut text = "Median over worlds, and in brackets what 5 % and 95 % of the worlds lie below.";
    if shown.iter().any(|c| c.outcomes.iter().any(is_missing)) {
        text = "Median over worlds, and in brackets what 5 % and 95 % of the worlds lie below. A \
                share behind them: only in so many worlds does it have a value at all, and the \
                figures are about these.";
    }
    paragraph(&mut out, text, page);
    let labels = labels(finding, shown, page);
    let taken: usize = labels.iter().map(|c| c.width() + GAP.len()).sum();
    let mut abreast: Vec<Column> = Vec::new();
    let mut used = taken;
    for place in 0..finding.metrics.len() {
        let column = metric(finding, shown, place);
        if !abreast.is_empty() && used + column.width() > page.width {
            table(&mut out, &labels, &abreast);
            abreast.clear();
            used = taken;
        }
        used += column.width() + GAP.len();
        abreast.push(column);
    }
    table(&mut out, &labels, &abreast);
    if finding.cells.len() > MOST {
        let _ = writeln!(out, "\n{} more combinations: --format json", finding.cells.len() - MOST);
    }
    out
}

/// The columns that say what a combination is. Factors have their names where there is room.
fn labels(finding: &Sweep, shown: &[Cell], page: Page) -> Vec<Column> {
    let number = Column {
        head: [String::new(), "#".to_owned()],
        rows: (1..=shown.len()).map(|n| n.to_string()).collect(),
        is_right: true,
    };
    let factors = |name: &dyn Fn(usize) -> String| -> Vec<Column> {
        let column = |place: usize| Column {
            head: [String::new(), name(place)],
            rows: shown.iter().map(|c| c.values[place].clone()).collect(),
            is_right: false,
        };
        (0..finding.factors.len()).map(column).collect()
    };
    let named = factors(&|place| format!("{} {}", letter(place), finding.factors[place].name));
    let width: usize = named.iter().map(|c| c.width() + GAP.len()).sum();
    let factors = if width * 5 <= page.width * 2 { named } else { factors(&letter) };
    std::iter::once(number).chain(factors).collect()
}

fn metric(finding: &Sweep, shown: &[Cell], place: usize) -> Column {
    let measure = &finding.metrics[place].measure;
    Column {
        head: [measure.name.clone(), measure.unit.clone()],
        rows: shown.iter().map(|c| figures(&c.outcomes[place])).collect(),
        is_right: true,
    }
}

fn figures(summary: &Summary) -> String {
    let Some(q) = &summary.quantiles else { return "no value".to_owned() };
    let [low, median, high] = [q[0], q[2], q[4]].map(|e| brief(e.value));
    let share = match summary.share.value {
        share if share < 1.0 => format!(" {}", percent(share)),
        _ => String::new(),
    };
    format!("{median} [{low}, {high}]{share}")
}

fn table(out: &mut String, labels: &[Column], metrics: &[Column]) {
    let columns = || labels.iter().chain(metrics);
    out.push('\n');
    for line in 0..2 {
        let heads: Vec<String> = columns().map(|c| c.set(&c.head[line])).collect();
        let _ = writeln!(out, "{}", DIM.on(heads.join(GAP).trim_end()));
    }
    let rows = labels.first().map_or(0, |c| c.rows.len());
    for row in 0..rows {
        let texts: Vec<String> = columns().map(|c| c.set(&c.rows[row])).collect();
        let _ = writeln!(out, "{}", texts.join(GAP).trim_end());
    }
}
