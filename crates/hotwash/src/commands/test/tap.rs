//! Results in the Test Anything Protocol, version 14.

use std::fmt::Write as _;

use super::{Status, Suite, Trial};

/// The results as TAP: a flat list, one test point for each trial and for each scenario that could not
/// be tried.
pub(super) fn document(suites: &[Suite]) -> String {
    let mut points = String::new();
    let mut number = 0;
    for suite in suites {
        for trial in &suite.trials {
            number += 1;
            point(&mut points, number, suite, trial);
        }
        if let Some(failure) = &suite.trouble {
            number += 1;
            let _ = writeln!(points, "not ok {number} - {}: can be tried", plain(suite.title()));
            let message = anstream::adapter::strip_str(&failure.message).to_string();
            block(&mut points, "fail", message.trim_end(), &[], "");
        } else if suite.trials.is_empty() {
            number += 1;
            let name = plain(suite.title());
            let _ = writeln!(points, "ok {number} - {name} # SKIP nothing is expected of it");
        }
    }
    format!("TAP version 14\n1..{number}\n{points}")
}

fn point(out: &mut String, number: usize, suite: &Suite, trial: &Trial) {
    let ok = if trial.status.is_bad() { "not ok" } else { "ok" };
    let skip = if trial.status == Status::Skipped {
        format!(" # SKIP {}", plain(&trial.summary))
    } else {
        String::new()
    };
    let _ = writeln!(out, "{ok} {number} - {}: {}{skip}", plain(suite.title()), plain(&trial.name));
    if trial.status.is_bad() {
        let place = format!("{}:{}", suite.file, trial.line);
        let severity = if trial.status == Status::Undecided { "undecided" } else { "fail" };
        block(out, severity, &trial.summary, &trial.details, &place);
    }
}

/// A YAML block. JSON's texts are YAML's, so that nothing in them is misread.
fn block(out: &mut String, severity: &str, message: &str, details: &[String], place: &str) {
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let _ = writeln!(out, "  ---\n  severity: {severity}\n  message: {}", quoted(message));
    if !place.is_empty() {
        let _ = writeln!(out, "  at: {}", quoted(place));
    }
    if !details.is_empty() {
        out.push_str("  evidence:\n");
        for line in details {
            let _ = writeln!(out, "    - {}", quoted(line));
        }
    }
    out.push_str("  ...\n");
}

/// A description: `#` begins a directive and a line break the next point.
fn plain(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.replace('\\', "\\\\").replace('#', "\\#")
}
