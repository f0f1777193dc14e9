//! The critic's findings as text: faults, then doubts, each with its evidence and what may be done.

use std::fmt::Write as _;

use hotwash_lab::critic::{Critique, Finding, Severity};

use super::value::panel::{entry, paragraph};
use super::{BOLD, ERROR, Page, number};

/// The findings, set for a page.
pub(crate) fn critique(critique: &Critique, page: Page) -> String {
    let mut out = String::new();
    let header = &critique.header;
    let _ = writeln!(out, "{}", BOLD.on(format!("{}: a critic's reading", header.scenario)));
    paragraph(&mut out, 0, &told_from(critique), page);
    let of = |severity| critique.findings.iter().filter(move |f| f.severity == severity);
    section(&mut out, "fault", "faults", of(Severity::Fault).collect(), page);
    section(&mut out, "doubt", "doubts", of(Severity::Doubt).collect(), page);
    if critique.findings.is_empty() && !header.is_partial {
        out.push('\n');
        paragraph(&mut out, 0, &nothing(critique), page);
    }
    beside(&mut out, critique, page);
    out.push('\n');
    let _ = writeln!(out, "Found again with: {}", header.command);
    out
}

/// What it was told from.
fn told_from(critique: &Critique) -> String {
    let count = |n: usize| number(n as f64);
    let header = &critique.header;
    format!(
        "{} runs: {} worlds of seed {}, played {}; in {} of them also with nobody answering, and with \
         levers moved to {} values, one at a time; each of {} options taken in turn, in up to as many \
         worlds in which its decision came up. What seemed to be at fault was then looked at in all \
         worlds.",
        number(header.runs as f64),
        number(header.worlds as f64),
        header.seed,
        listed(&critique.ways),
        number(critique.moved_worlds as f64),
        count(critique.lever_values),
        count(critique.options),
    )
}

/// Ways of playing in words: `by historical, deny and by lot`.
fn listed(ways: &[String]) -> String {
    let policies: Vec<&str> = ways.iter().map(String::as_str).filter(|w| *w != "by lot").collect();
    let by = format!("under {}", policies.join(", "));
    if policies.len() < ways.len() { format!("{by}, and by lot") } else { by }
}

/// What is no finding, but good to know.
fn beside(out: &mut String, critique: &Critique, page: Page) {
    for (names, says) in [
        (
            &critique.unjudged,
            "Came up in fewer than 20 worlds of every way of playing, so that little is told of their options",
        ),
        (
            &critique.idle_levers,
            "Levers that plugins offer, that nothing here feels and nobody sets",
        ),
    ] {
        if !names.is_empty() {
            out.push('\n');
            paragraph(out, 0, &format!("{says}: {}.", names.join(", ")), page);
        }
    }
}

fn nothing(critique: &Critique) -> String {
    format!(
        "Nothing found. What happens in fewer than {:.1} % of worlds may have been missed. What is looked for: \
         docs/critic.md.",
        100.0 * critique.at_most
    )
}

fn section(out: &mut String, one: &str, many: &str, findings: Vec<&Finding>, page: Page) {
    if findings.is_empty() {
        return;
    }
    let noun = if findings.len() == 1 { one } else { many };
    let _ = writeln!(out, "\n{}", BOLD.on(format!("{} {noun}", findings.len())));
    for finding in findings {
        out.push('\n');
        let word = match finding.severity {
            Severity::Fault => ERROR.on(one),
            Severity::Doubt => BOLD.on(one),
        };
        let _ = writeln!(out, "{word} [{}]", finding.kind.name());
        paragraph(out, 2, &format!("{}.", capital(&finding.says)), page);
        if finding.line > 0 {
            let _ = writeln!(out, "  --> {}:{}", finding.file, finding.line);
        }
        entry(out, "  seen: ", &finding.evidence, page);
        entry(out, "  mend: ", &finding.suggestion, page);
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
