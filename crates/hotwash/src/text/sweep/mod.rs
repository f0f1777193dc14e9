//! A sweep as text: what was varied, the combinations, what each factor does and what they do together.

mod cells;
mod effects;
mod figures;

use std::fmt::Write as _;

use hotwash_lab::findings::{Factor, Sweep};

use super::layout::{Page, wrap};
use super::outcomes::number;
use super::style::{BOLD, DIM};

/// The whole sweep.
pub fn sweep(finding: &Sweep, page: Page) -> String {
    let mut out = head(finding, page);
    out += &factors(finding, page);
    out += &cells::cells(finding, page);
    out += &effects::effects(finding, page);
    out += &foot(finding, page);
    out
}

fn head(finding: &Sweep, page: Page) -> String {
    let header = &finding.header;
    let mut out = String::new();
    let title = format!(
        "{}: {} combinations in {} worlds, seed {}",
        header.scenario,
        number(finding.cells.len() as f64),
        number(header.worlds as f64),
        header.seed
    );
    let _ = writeln!(out, "{}", BOLD.on(title));
    if header.is_partial {
        let text =
            "STOPPED EARLY: these are the worlds that were done, not all that were asked for.";
        let _ = writeln!(out, "{}", BOLD.on(text));
    }
    let design = match finding.design.as_str() {
        "full" => "Every combination of the levels was run",
        "lhs" => "The combinations are a Latin hypercube",
        _ => "The combinations are points of Sobol's sequence, scrambled by the seed",
    };
    let policy = match finding.policy.as_str() {
        _ if finding.factors.iter().any(|f| f.sort == "policy") => String::new(),
        "" => " What is not varied is as it is by default.".to_owned(),
        name => format!(" Policy {name} sets and answers what is not varied."),
    };
    let text = format!("{design}, {} runs in all.{policy}", number(header.runs as f64));
    paragraph(&mut out, &text, page);
    out
}

fn factors(finding: &Sweep, page: Page) -> String {
    let mut out = format!("\n{}\n", BOLD.on("What was varied"));
    for (place, factor) in finding.factors.iter().enumerate() {
        let unit = match factor.unit.as_str() {
            "" => String::new(),
            unit => format!(" ({unit})"),
        };
        let levels =
            if factor.is_range { factor.levels.join(" to ") } else { factor.levels.join(", ") };
        let text = format!("{}{unit}: {levels}", factor.name);
        indented(&mut out, &format!("  {}  ", letter(place)), &text, page, |line| line.to_owned());
        indented(&mut out, "     ", &about(factor), page, |line| DIM.on(line));
    }
    out
}

fn about(factor: &Factor) -> String {
    match factor.sort {
        "decision" => format!("decision: {}", factor.about),
        _ => factor.about.clone(),
    }
}

fn foot(finding: &Sweep, page: Page) -> String {
    let mut out = format!("\n{}\n", BOLD.on("How to read this"));
    for note in &finding.header.notes {
        indented(&mut out, "  - ", note, page, |line| line.to_owned());
    }
    let _ = writeln!(out, "\n{} {}", BOLD.on("Again:"), finding.header.command);
    let _ = writeln!(out, "seed {}", finding.header.seed);
    out
}

/// A factor's sign in tables: A to Z, then A2 and so on.
fn letter(place: usize) -> String {
    let sign = char::from(b'A' + (place % 26) as u8);
    match place / 26 {
        0 => sign.to_string(),
        round => format!("{sign}{}", round + 1),
    }
}

fn paragraph(out: &mut String, text: &str, page: Page) {
    for line in wrap(text, page.width) {
        let _ = writeln!(out, "{line}");
    }
}

/// A paragraph behind a sign.
fn indented(out: &mut String, sign: &str, text: &str, page: Page, paint: impl Fn(&str) -> String) {
    let indent = sign.chars().count();
    for (i, line) in wrap(text, page.width - indent).iter().enumerate() {
        let start = if i == 0 { sign.to_owned() } else { " ".repeat(indent) };
        let _ = writeln!(out, "{start}{}", paint(line));
    }
}
