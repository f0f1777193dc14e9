//! What is printed: Markdown that can be pasted into the documentation, and the same as JSON.

use serde_json::{Value, json};

/// A cell of a table.
pub(crate) enum Cell {
    /// Words.
    Text(String),
    /// A number, shown with so many decimals; none where it was not measured.
    Number(f64, usize),
}

/// A number as a cell.
pub(crate) fn n(value: f64, decimals: usize) -> Cell {
    Cell::Number(value, decimals)
}

/// Words as a cell.
pub(crate) fn t(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

impl Cell {
    fn show(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(value, _) if !value.is_finite() => "-".to_owned(),
            Cell::Number(value, decimals) => grouped(&format!("{value:.decimals$}")),
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Text(text) => json!(text),
            Cell::Number(value, _) => json!(value),
        }
    }
}

/// The same number with commas between its thousands.
fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// All that has been printed so far.
#[derive(Default)]
pub(crate) struct Page {
    sections: Vec<Value>,
}

impl Page {
    /// Opens a section.
    pub(crate) fn section(&mut self, name: &str, title: &str) {
        println!("\n## {title}\n");
        let section = json!({ "name": name, "title": title, "says": [], "tables": [] });
        self.sections.push(section);
    }

    /// A sentence.
    pub(crate) fn say(&mut self, text: &str) {
        println!("{text}\n");
        self.keep("says", json!(text));
    }

    /// A table.
    pub(crate) fn table(&mut self, columns: &[&str], rows: &[Vec<Cell>]) {
        println!("{}", markdown(columns, rows));
        let rows: Vec<Value> =
            rows.iter().map(|row| row.iter().map(Cell::json).collect()).collect();
        self.keep("tables", json!({ "columns": columns, "rows": rows }));
    }

    fn keep(&mut self, list: &str, value: Value) {
        let last = self.sections.last_mut().and_then(|section| section[list].as_array_mut());
        last.expect("a section is open").push(value);
    }

    /// Everything, for machines.
    pub(crate) fn json(&self) -> Value {
        json!({ "sections": self.sections })
    }
}

fn markdown(columns: &[&str], rows: &[Vec<Cell>]) -> String {
    let shown: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(Cell::show).collect()).collect();
    let is_number = |i: usize| rows.iter().any(|row| matches!(row.get(i), Some(Cell::Number(..))));
    let width = |i: usize| {
        let cells = shown.iter().filter_map(|row| row.get(i)).map(|cell| cell.chars().count());
        cells.chain([columns[i].chars().count(), 3]).max().unwrap_or(3)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded = cells.iter().enumerate().map(|(i, cell)| {
            let width = widths[i];
            if is_number(i) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        });
        format!("| {} |\n", padded.collect::<Vec<_>>().join(" | "))
    };
    let rule: Vec<String> =
        widths
            .iter()
            .enumerate()
            .map(|(i, width)| {
                if is_number(i) {
                    format!("{}:", "-".repeat(width - 1))
                } else {
                    "-".repeat(*width)
                }
            })
            .collect();
    let mut out = line(columns.to_vec());
    out += &line(rule.iter().map(String::as_str).collect());
    for row in &shown {
        out += &line(row.iter().map(String::as_str).collect());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_aligned_and_its_numbers_are_grouped() {
        let rows = [vec![t("a"), n(1_234_567.5, 1)], vec![t("longer"), n(f64::NAN, 1)]];
        let expected = "\
| name   |        ns/x |
| ------ | ----------: |
| a      | 1,234,567.5 |
| longer |           - |
";
        assert_eq!(markdown(&["name", "ns/x"], &rows), expected);
    }

    #[test]
    fn thousands_are_grouped_in_any_number() {
        for (plain, shown) in
            [("0", "0"), ("999.5", "999.5"), ("1000", "1,000"), ("-123456.75", "-123,456.75")]
        {
            assert_eq!(grouped(plain), shown);
        }
    }
}
