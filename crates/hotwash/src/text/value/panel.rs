//! Tables whose columns go on below when the page is too narrow for them side by side.

use std::fmt::Write as _;

use crate::text::{DIM, Page, columns, wrap};

/// Widest column of labels.
const LABEL: usize = 30;
const GAP: usize = 2;

/// A column: its head in lines, and a cell for each label.
pub(super) struct Column {
    pub(super) head: Vec<String>,
    pub(super) cells: Vec<String>,
}

impl Column {
    fn width(&self) -> usize {
        self.head.iter().chain(&self.cells).map(|c| c.chars().count()).max().unwrap_or(0) + GAP
    }
}

/// How many columns stand side by side in each panel.
pub(super) fn panels(labels: &[String], columns: &[Column], page: Page) -> Vec<usize> {
    let room = page.width.saturating_sub(label_width(labels) + 2);
    let mut counts = Vec::new();
    let mut used = 0;
    for column in columns {
        match counts.last_mut() {
            Some(count) if used + column.width() <= room => *count += 1,
            _ => {
                counts.push(1);
                used = 0;
            }
        }
        used += column.width();
    }
    counts
}

fn label_width(labels: &[String]) -> usize {
    labels.iter().map(|l| l.chars().count()).max().unwrap_or(0).min(LABEL)
}

/// Sets the table.
pub(super) fn table(out: &mut String, labels: &[String], columns: &[Column], page: Page) {
    let label = label_width(labels);
    let mut rest = columns;
    for (number, count) in panels(labels, columns, page).into_iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let (now, later) = rest.split_at(count);
        rest = later;
        for line in 0..now.iter().map(|c| c.head.len()).max().unwrap_or(0) {
            let head = |c: &Column| c.head.get(line).cloned().unwrap_or_default();
            let text = row(label, "", now.iter().map(|c| (c.width(), head(c))));
            let _ = writeln!(out, "{}", DIM.on(text));
        }
        for (i, name) in labels.iter().enumerate() {
            let lines = wrap(name, label);
            let (last, first) = lines.split_last().map_or(("", &[][..]), |(l, f)| (l.as_str(), f));
            for line in first {
                let _ = writeln!(out, "  {line}");
            }
            let text = row(label, last, now.iter().map(|c| (c.width(), c.cells[i].clone())));
            let _ = writeln!(out, "{text}");
        }
    }
}

fn row(label: usize, name: &str, cells: impl Iterator<Item = (usize, String)>) -> String {
    let mut line = format!("  {name:<label$}");
    for (width, cell) in cells {
        let _ = write!(line, "{}{cell:<width$}", " ".repeat(GAP), width = width - GAP);
    }
    line.trim_end().to_owned()
}

/// A paragraph, indented.
pub(crate) fn paragraph(out: &mut String, indent: usize, text: &str, page: Page) {
    for line in wrap(text, page.width.saturating_sub(indent)) {
        let _ = writeln!(out, "{}{line}", " ".repeat(indent));
    }
}

/// An entry of a list: a mark, then the text, its further lines under the first.
pub(crate) fn entry(out: &mut String, mark: &str, text: &str, page: Page) {
    let indent = columns(mark);
    for (i, line) in wrap(text, page.width.saturating_sub(indent).max(20)).iter().enumerate() {
        let left = if i == 0 { mark.to_owned() } else { " ".repeat(indent) };
        let _ = writeln!(out, "{left}{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_do_not_fit_go_on_below() {
        let column =
            |name: &str| Column { head: vec![name.to_owned()], cells: vec!["x".repeat(30)] };
        let columns = [column("a"), column("b"), column("c")];
        let labels = ["row".to_owned()];
        assert_eq!(panels(&labels, &columns, Page::new(80)), [2, 1]);
        assert_eq!(panels(&labels, &columns, Page::new(120)), [3]);
        let mut out = String::new();
        table(&mut out, &labels, &columns, Page::new(80));
        assert!(out.lines().all(|l| l.chars().count() <= 90), "{out}");
        assert_eq!(out.lines().filter(|l| l.starts_with("  row  x")).count(), 2);
    }
}
