//! Golden runs: a shipped scenario gets them by being there, one pair for each policy.

use std::fmt::Write as _;

use hotwash::record::{self, Line};
use hotwash::text::{Page, timeline};
use hotwash_engine::RunKey;
use hotwash_tests::{Setup, quantile, shipped};

/// Longest timeline kept in full.
const MOST_LINES: usize = 200;
/// Replications behind the outcomes.
const RUNS: u64 = 64;

fn keep(name: &str, text: &str) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn timelines() {
    for name in hotwash::scenarios() {
        let scenario = shipped(name);
        for policy in scenario.policies() {
            let setup = Setup::new(&scenario, policy.name());
            let lines = setup.journal(RunKey::single(scenario.seed()));
            keep(&format!("timeline@{name}@{}", policy.name()), &told(&lines));
        }
    }
}

fn told(lines: &[Line]) -> String {
    let text = anstream::adapter::strip_str(&timeline(lines, Page::new(100), false)).to_string();
    let journal = record::journal_text(lines);
    let mut out =
        format!("{} entries, sha256 {}\n", lines.len(), record::sha256(journal.as_bytes()));
    let all: Vec<&str> = text.lines().collect();
    for line in all.iter().take(MOST_LINES) {
        let _ = writeln!(out, "{line}");
    }
    if all.len() > MOST_LINES {
        let _ = writeln!(out, "... {} more lines", all.len() - MOST_LINES);
    }
    out
}

#[test]
fn outcomes() {
    for name in hotwash::scenarios() {
        let scenario = shipped(name);
        for policy in scenario.policies() {
            let metrics = Setup::new(&scenario, policy.name()).metrics(RUNS);
            let mut out = format!("{RUNS} replications: 5 %, median, 95 %; inf = never\n");
            for (metric, values) in &metrics {
                let at = |p| short(quantile(values, p));
                let _ =
                    writeln!(out, "{metric:<28}{:>12}{:>12}{:>12}", at(0.05), at(0.5), at(0.95));
            }
            keep(&format!("outcomes@{name}@{}", policy.name()), &out);
        }
    }
}

/// Three significant digits.
fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let text = format!("{value:.2e}");
    text.parse::<f64>().map_or(text, |v| v.to_string())
}
