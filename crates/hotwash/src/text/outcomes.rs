//! Outcomes with units, grouped by who bears them.

use hotwash_engine::group_digits;
use std::fmt::Write as _;

use super::layout::{Page, wrap};
use super::style::{BOLD, DIM};
use crate::record::Outcome;

/// Least width of the column of names.
const NAME: usize = 26;

/// The table of outcomes; `about` explains a metric by name.
pub fn outcomes(list: &[Outcome], about: impl Fn(&str) -> &'static str, page: Page) -> String {
    let mut bearers: Vec<&str> = Vec::new();
    for outcome in list {
        if !bearers.contains(&outcome.bearer.as_str()) {
            bearers.push(&outcome.bearer);
        }
    }
    let names = list.iter().map(|o| o.name.chars().count()).max().unwrap_or(0).max(NAME);
    let mut out = String::new();
    for bearer in bearers {
        let _ = writeln!(out, "{}", BOLD.on(format_args!("Outcomes for the {bearer}")));
        for outcome in list.iter().filter(|o| o.bearer == bearer) {
            row(&mut out, outcome, about(&outcome.name), names, page);
        }
    }
    out
}

fn row(out: &mut String, outcome: &Outcome, about: &str, names: usize, page: Page) {
    let value = outcome.value.map_or_else(|| "never".to_owned(), number);
    let unit = if outcome.value.is_some() { outcome.unit.as_str() } else { "" };
    let _ = write!(out, "  {:<names$}{value:>14} {unit:<16}", outcome.name);
    // Explanations stand beside the figures where there is room, and are left to `show` elsewhere.
    let room = page.width.saturating_sub(names + 34);
    if room >= 40 {
        for (i, part) in wrap(about, room).iter().enumerate() {
            let indent = if i == 0 { 1 } else { names + 34 };
            let _ = write!(out, "{}{}", " ".repeat(indent), DIM.on(part));
            out.push('\n');
        }
    } else {
        let trimmed = out.trim_end_matches(' ').len();
        out.truncate(trimmed);
        out.push('\n');
    }
}

/// A number with the digits a reader can use: thousands grouped, few decimals for small ones.
pub fn number(value: f64) -> String {
    let decimals = match value.abs() {
        v if v >= 100.0 || v == v.round() => 0,
        v if v >= 1.0 => 1,
        _ => 3,
    };
    grouped(value, decimals)
}

/// A number with so many decimals and its thousands grouped.
pub fn grouped(value: f64, decimals: usize) -> String {
    group_digits(&format!("{value:.decimals$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_few_digits() {
        for (value, text) in [
            (1_234_567.8, "1,234,568"),
            (12.34, "12.3"),
            (0.1234, "0.123"),
            (-4200.0, "-4,200"),
            (3.0, "3"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
