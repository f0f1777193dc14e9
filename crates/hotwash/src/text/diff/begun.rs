//! What was different to begin with, and what each difference does.

use hotwash_lab::divergence::{Change, Effect, Finding, ReadAs};

use super::super::layout::Page;
use super::super::number;
use super::{listed, put, title};

/// Letters of a value that are shown around what is different in it.
const AROUND: usize = 40;
/// Longest value that is shown whole.
const WHOLE: usize = 220;

pub(super) fn begun(out: &mut String, finding: &Finding, page: Page) {
    title(out, "What was different to begin with");
    if finding.changes.is_empty() {
        out.push_str("  nothing\n");
    }
    let is_words = |c: &&Change| c.sort == "text about the scenario";
    for change in finding.changes.iter().filter(|c| !is_words(c)) {
        one(out, change, page);
    }
    let words: Vec<String> =
        finding.changes.iter().filter(is_words).map(|c| format!("`{}`", c.path)).collect();
    if !words.is_empty() {
        let text =
            format!("Texts about the scenario, on which no run depends: {}.", listed(&words));
        put(out, "", 2, &text, page);
    }
    if !finding.same_meaning.is_empty() {
        let text = format!(
            "Other bytes, the same meaning (comments, layout, place): {}.",
            listed(&finding.same_meaning)
        );
        put(out, "", 2, &text, page);
    }
}

fn one(out: &mut String, change: &Change, page: Page) {
    let place = change.place.as_ref().map_or_else(String::new, |(f, l)| format!(", {f}:{l}"));
    put(out, "", 2, &format!("{} ({}{place})", change.path, change.sort), page);
    let (before, after) = excerpts(change.before.as_deref(), change.after.as_deref());
    put(out, "    before", 12, &before, page);
    put(out, "    after", 12, &after, page);
    let says = effect(change);
    if !says.is_empty() {
        put(out, "    ->", 7, &says, page);
    }
}

/// What it does.
fn effect(change: &Change) -> String {
    let read = match &change.read {
        Some(ReadAs::Once(a, b)) => {
            format!("In this run it was {} and with the change is {}. ", fine(*a), fine(*b))
        }
        _ => String::new(),
    };
    let does = match &change.effect {
        Effect::First { is_all: true } => {
            "Alone, it makes the run before the same as the run after, to the last entry and outcome.".to_owned()
        }
        Effect::First { is_all: false } => {
            "Alone, it brings about the first difference, though not all that differs.".to_owned()
        }
        Effect::Elsewhere(entry) => {
            format!("Alone, it changes something else first: entry {}, {}.", entry.n, entry.at)
        }
        Effect::OutcomesOnly => "Alone, it changes outcomes and no entry.".to_owned(),
        Effect::Nothing => return nothing(change, &read),
        Effect::Impossible(why) => format!("It cannot be tried alone: {why}."),
        Effect::Untried => return read.trim_end().to_owned(),
    };
    format!("{read}{does}")
}

/// Why nothing comes of it.
fn nothing(change: &Change, read: &str) -> String {
    match &change.read {
        Some(ReadAs::Never) => "The number differs; this run never used it.".to_owned(),
        Some(ReadAs::NotAsked) => "The decision never comes up in this run.".to_owned(),
        Some(ReadAs::AtBuild) => {
            "It is used before the run begins, and changes nothing in it.".to_owned()
        }
        Some(ReadAs::FromCaseToCase) => {
            "This run draws it case by case, and every case came out the same.".to_owned()
        }
        Some(ReadAs::Once(..)) => format!("{read}Nothing in this run hangs on that."),
        None => "Alone, it changes nothing in this run.".to_owned(),
    }
}

/// A value with the digits that tell it from a neighbour.
fn fine(value: f64) -> String {
    if value == 0.0 || value.abs() >= 1000.0 { number(value) } else { format!("{value:.4}") }
}

/// Both values; of long ones what is different, with a little around it.
fn excerpts(before: Option<&str>, after: Option<&str>) -> (String, String) {
    let none = || "(not there)".to_owned();
    let (Some(a), Some(b)) = (before, after) else {
        let short = |t: &str| cut(&t.chars().collect::<Vec<_>>(), 0, t.chars().count().min(WHOLE));
        return (before.map_or_else(none, short), after.map_or_else(none, short));
    };
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().max(b.len()) <= WHOLE {
        return (a.iter().collect(), b.iter().collect());
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    let show = |t: &[char]| {
        let to = (t.len() - tail + AROUND).min(head + WHOLE).min(t.len());
        cut(t, head.saturating_sub(AROUND), to)
    };
    (show(&a), show(&b))
}

/// A stretch of a text, with dots where it goes on.
fn cut(text: &[char], from: usize, to: usize) -> String {
    let middle: String = text[from..to].iter().collect();
    let (head, tail) =
        (if from > 0 { ".. " } else { "" }, if to < text.len() { " .." } else { "" });
    format!("{head}{middle}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_values_only_the_difference_is_shown() {
        let long = |middle: &str| format!("{} {middle} {}", "a".repeat(300), "b".repeat(300));
        let (a, b) = (long("one"), long("two"));
        let (a, b) = excerpts(Some(&a), Some(&b));
        assert!(a.contains("one") && b.contains("two"), "{a} {b}");
        assert!(a.len() < 120 && a.starts_with(".. ") && a.ends_with(" .."), "{a}");
        assert_eq!(excerpts(Some("1"), None), ("1".to_owned(), "(not there)".to_owned()));
        let (a, _) = excerpts(Some(&"x".repeat(500)), None);
        assert_eq!(a.len(), WHOLE + 3);
        // One side is the other, with more in the middle.
        let (a, b) = excerpts(Some(&"x".repeat(400)), Some(&"x".repeat(402)));
        assert!(a.len() < 100 && b.len() < 100, "{a} {b}");
    }
}
