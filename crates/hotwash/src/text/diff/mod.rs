//! Where two runs part, as text: what was different, the first difference, why, what it led to.

mod begun;
mod led;
mod parts;

use std::fmt::Write as _;

use hotwash_lab::divergence::{Change, Divergence, Effect, Finding, Side, Together, Why};

use super::layout::{Page, wrap};
use super::style::{BOLD, DIM};

/// The whole of a finding.
pub fn diff(finding: &Finding, page: Page) -> String {
    let mut out = String::new();
    for (word, side) in [("before", &finding.before), ("after", &finding.after)] {
        head(&mut out, word, side, page);
    }
    out.push('\n');
    for line in wrap(&verdict(finding), page.width) {
        let _ = writeln!(out, "{}", BOLD.on(line));
    }
    begun::begun(&mut out, finding, page);
    if let Some(first) = &finding.divergence.first {
        parts::parts(&mut out, first, page);
    }
    if let Some(why) = &finding.why {
        parts::why(&mut out, finding, why, page);
    }
    led::led(&mut out, &finding.divergence, page);
    out
}

/// How two runs differ, without what was different to begin with: what a golden timeline that has changed
/// is told with.
pub fn divergence(divergence: &Divergence, page: Page) -> String {
    let mut out = String::new();
    if divergence.is_none() {
        out.push_str("The runs are the same.\n");
        return out;
    }
    if let Some(first) = &divergence.first {
        parts::parts(&mut out, first, page);
    }
    led::led(&mut out, divergence, page);
    out
}

fn head(out: &mut String, word: &str, side: &Side, page: Page) {
    let Side { named, what, entries } = side;
    let _ = writeln!(out, "{} {named}", BOLD.on(format_args!("{word:<6}")));
    let text = format!("{what}; {} entries", super::number(*entries as f64));
    for line in wrap(&text, page.width.saturating_sub(7)) {
        let _ = writeln!(out, "{:7}{}", "", DIM.on(line));
    }
}

/// The finding in a sentence.
fn verdict(finding: &Finding) -> String {
    let divergence = &finding.divergence;
    let entries = finding.before.entries;
    if divergence.is_none() {
        let outcomes = divergence.same_outcomes;
        let entries = super::number(entries as f64);
        let nothing = if finding.changes.is_empty() {
            ""
        } else {
            " What is different below does nothing here."
        };
        return format!(
            "The runs are the same in {entries} entries and {outcomes} outcomes.{nothing}"
        );
    }
    let place = match &divergence.first {
        Some(first) => format!("The runs part at entry {}, {}", first.n, first.at),
        None => "No entry differs, but outcomes do".to_owned(),
    };
    match finding.why.as_ref().and_then(|why| cause(finding, why)) {
        Some(cause) => format!("{place}: {cause}."),
        None => format!("{place}."),
    }
}

/// What does it, as far as it was found.
fn cause(finding: &Finding, why: &Why) -> Option<String> {
    let does_it = |c: &&Change| matches!(c.effect, Effect::First { .. });
    let alone: Vec<&Change> = finding.changes.iter().filter(does_it).collect();
    if let [only] = alone.as_slice() {
        let what = match only.sort.as_str() {
            sort if sort == only.path => format!("the {sort}"),
            sort => format!("{sort} `{}`", only.path),
        };
        return Some(format!("{what} does it"));
    }
    if !alone.is_empty() {
        let names: Vec<String> = alone.iter().map(|c| format!("`{}`", c.path)).collect();
        return Some(format!("each of {} does it alone", listed(&names)));
    }
    if why.program_before.is_some() || why.program_after.is_some() {
        return Some("this program plays a recorded run otherwise than it was recorded".to_owned());
    }
    if !why.recounted.is_empty() {
        return Some("this program reckons other outcomes than were recorded".to_owned());
    }
    match &why.together {
        Some(Together::Needed(numbers)) => {
            let name = |n: &usize| finding.changes.get(*n).map(|c| format!("`{}`", c.path));
            let names: Vec<String> = numbers.iter().filter_map(name).collect();
            let verb = if names.len() == 1 { "does it" } else { "do it together" };
            Some(format!("{} {verb}", listed(&names)))
        }
        Some(Together::NotEvenAll) => Some("nothing that is known to differ does it".to_owned()),
        _ => None,
    }
}

/// `a`, `b` and `c`; of many only the first.
fn listed(names: &[String]) -> String {
    /// Names that are told at most.
    const MOST: usize = 6;
    match names {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] if names.len() <= MOST => format!("{} and {last}", rest.join(", ")),
        _ => format!("{} and {} more", names[..MOST].join(", "), names.len() - MOST),
    }
}

fn title(out: &mut String, text: &str) {
    let _ = writeln!(out, "\n{}", BOLD.on(text));
}

/// The beginning of a long text, up to the end of a word.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => {
            let whole = text[..end].rsplit_once(' ').map_or(&text[..end], |(whole, _)| whole);
            format!("{whole} ..")
        }
        None => text.to_owned(),
    }
}

/// A text at an indent; the first line may begin with a mark of that width.
fn put(out: &mut String, mark: &str, indent: usize, text: &str, page: Page) {
    for (i, line) in wrap(text, page.width.saturating_sub(indent).max(20)).iter().enumerate() {
        let mark = if i == 0 { mark } else { "" };
        let _ = writeln!(out, "{mark:<indent$}{line}");
    }
}
