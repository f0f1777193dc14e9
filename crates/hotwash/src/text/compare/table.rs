//! Tables that are as wide as what is in them.

use std::fmt::Write as _;

use crate::text::{DIM, Paint};

/// Where a column's texts begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// They begin together, two blanks from the column before.
    Left,
    /// They end together, two blanks from the column before.
    Right,
    /// They begin one blank after the figure before: its interval.
    Interval,
}

/// A text and how it looks.
#[derive(Clone, Debug)]
pub(super) struct Cell(pub(super) String, pub(super) Option<Paint>);

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell(text, None)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell(text.to_owned(), None)
    }
}

/// A table with a head.
#[derive(Clone, Debug)]
pub(super) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Columns by kind and head.
    pub(super) fn new(columns: &[(Column, &str)]) -> Self {
        let head = columns.iter().map(|(_, head)| Cell((*head).to_owned(), Some(DIM)));
        Table { rows: vec![head.collect()], columns: columns.iter().map(|c| c.0).collect() }
    }

    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(cells);
    }

    fn widths(&self) -> Vec<usize> {
        let width = |i: usize| {
            self.rows.iter().map(|row| row[i].0.chars().count()).max().unwrap_or_default()
        };
        (0..self.columns.len()).map(width).collect()
    }

    /// Columns of the page that it takes, two of indent included.
    pub(super) fn width(&self) -> usize {
        let gaps = self.columns.iter().map(|c| if *c == Column::Interval { 1 } else { 2 });
        self.widths().iter().sum::<usize>() + gaps.sum::<usize>()
    }

    /// All of it.
    pub(super) fn write(&self, out: &mut String) {
        self.write_from(0, out);
    }

    /// All but the head.
    pub(super) fn write_body(&self, out: &mut String) {
        self.write_from(1, out);
    }

    fn write_from(&self, first: usize, out: &mut String) {
        let widths = self.widths();
        for row in &self.rows[first..] {
            let last = row.iter().rposition(|cell| !cell.0.is_empty()).unwrap_or(0);
            for (i, Cell(text, paint)) in row.iter().enumerate().take(last + 1) {
                let gap = if self.columns[i] == Column::Interval { 1 } else { 2 };
                let pad = " ".repeat(widths[i] - text.chars().count());
                let text = paint.map_or_else(|| text.clone(), |paint| paint.on(text));
                let _ = match self.columns[i] {
                    Column::Right => write!(out, "{:gap$}{pad}{text}", ""),
                    _ if i == last => write!(out, "{:gap$}{text}", ""),
                    _ => write!(out, "{:gap$}{text}{pad}", ""),
                };
            }
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table =
            Table::new(&[(Column::Left, ""), (Column::Right, "x"), (Column::Interval, "[95 %]")]);
        table.row(vec!["a".into(), "5".into(), "[4, 6]".into()]);
        table.row(vec!["longer".into(), "1,000".into(), Cell::from("")]);
        let mut out = String::new();
        table.write(&mut out);
        let plain = anstream::adapter::strip_str(&out).to_string();
        assert_eq!(plain, "              x [95 %]\n  a           5 [4, 6]\n  longer  1,000\n");
        assert_eq!(table.width(), 22);
    }
}
