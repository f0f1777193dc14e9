//! Truth, belief and claim side by side, one row per proposition.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hotwash_scenario::Words;

use super::layout::{Page, padded, wrap};
use super::style::{BOLD, lane};
use crate::record::Line;

/// Probability at which the table calls a belief held; the entries tell it in bands.
const HELD: f64 = 0.8;

/// Width of a column of dates.
const DATES: usize = 15;

#[derive(Default)]
struct Row {
    text: String,
    true_since: Option<String>,
    believed: Option<String>,
    said: Vec<String>,
}

/// The table, empty when the journal tells of no proposition.
pub fn ledgers(lines: &[Line], page: Page) -> String {
    let rows = rows(lines, page.words);
    if rows.is_empty() {
        return String::new();
    }
    // Propositions take what the other columns leave, and what was said the rest of the page.
    let first_column = page.width.saturating_sub(48).clamp(12, 32);
    let room = page.width.saturating_sub(first_column + 33);
    let words = page.words;
    let mut out = String::new();
    let _ = writeln!(out, "{}", BOLD.on(words.of("What was true, believed, said")));
    let _ = write!(out, "{:width$}", "", width = first_column + 3);
    let heads = [
        ("truth", words.of("since")),
        ("belief", words.of("vendor sure")),
        ("claim", words.of("vendor said")),
    ];
    for (name, head) in heads {
        let (sign, _, paint) = lane(name);
        let width = if name == "claim" { 0 } else { DATES };
        let _ = write!(out, "{}", paint.on(padded(&format!("{sign} {head}"), width)));
    }
    out.push('\n');
    let dash = || "-".to_owned();
    for row in rows.into_values() {
        let text = wrap(&row.text, first_column);
        let mut said: Vec<String> = row.said.iter().flat_map(|s| wrap(s, room)).collect();
        if said.is_empty() {
            said.push(words.of("nothing").to_owned());
        }
        for i in 0..text.len().max(said.len()) {
            let first = |value: &Option<String>| {
                if i == 0 { value.clone().unwrap_or_else(dash) } else { String::new() }
            };
            let line = format!(
                "  {} {}{}{}",
                padded(text.get(i).map_or("", String::as_str), first_column),
                padded(&first(&row.true_since), DATES),
                padded(&first(&row.believed), DATES),
                said.get(i).map_or("", String::as_str),
            );
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    out
}

fn rows(lines: &[Line], words: Words) -> BTreeMap<String, Row> {
    let start = lines.first().map(|line| line.ms);
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for line in lines {
        let field = |name: &str| {
            line.fields.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
        };
        let date = words.date(line.at.split(' ').next().unwrap_or_default());
        let row = match line.kind.as_str() {
            "case.became-true" | "case.vendor-believes" | "case.claimed" | "case.claim-refuted" => {
                rows.entry(field("name")).or_default()
            }
            _ => continue,
        };
        if line.kind != "case.claim-refuted" {
            row.text = field("proposition");
        }
        match line.kind.as_str() {
            // What is so from the first instant was so before.
            "case.became-true" if Some(line.ms) == start => {
                row.true_since = Some(words.of("always").to_owned());
            }
            "case.became-true" => row.true_since = Some(date),
            "case.vendor-believes" => {
                let p =
                    line.fields.get("p").and_then(serde_json::Value::as_f64).unwrap_or_default();
                if p >= HELD && row.believed.is_none() {
                    row.believed = Some(date);
                }
            }
            // Whoever reads the table knows the truth; the claim's own entry must not tell it.
            "case.claimed" => {
                let said = said(line, row.true_since.is_some(), words);
                row.said.push(format!("{date} {said}"));
            }
            "case.claim-refuted" => {
                row.said.push(format!("{date} {}", words.of("no longer believed")));
            }
            _ => {}
        }
    }
    rows
}

/// What was said, how firmly, and what it was worth: false, or misleading where readers took the words
/// for more than they say.
fn said(line: &Line, is_true: bool, words: Words) -> String {
    let denies = line.fields.get("polarity").and_then(|v| v.as_str()) == Some("denies");
    let text = |name| line.fields.get(name).and_then(|v| v.as_str()).unwrap_or_default();
    let is = |firmness: &str| text("how").ends_with(firmness);
    let said = match (denies, is(" guardedly"), is(" categorically")) {
        (true, true, _) => words.of("denied guardedly"),
        (true, _, true) => words.of("denied categorically"),
        (true, ..) => words.of("denied"),
        (false, true, _) => words.of("said so guardedly"),
        (false, _, true) => words.of("said so categorically"),
        (false, ..) => words.of("said so"),
    };
    let verdict = match (is_true == denies, text("reading").is_empty()) {
        (false, _) => "",
        (true, true) => words.of(" (false)"),
        (true, false) => words.of(" (misleading)"),
    };
    format!("{said}{verdict}")
}
