//! What lies on the desk: the inbox, what is thought and was said, the clocks.

use std::fmt::Write as _;

use hotwash_exercise::{Clock, Item, LedgerRow};
use hotwash_scenario::Words;

use super::words::{form_name, left, sentence, with_subject};
use crate::text::value::panel::{entry, paragraph};
use crate::text::{BOLD, DIM, Page, columns, lane, padded};

/// Messages that are listed when nothing more is asked for.
const LATEST: usize = 10;

/// The latest messages, or all, one line each.
pub(crate) fn inbox(items: &[Item], all: bool, page: Page) -> String {
    if items.is_empty() {
        return format!("{}\n", page.words.of("The inbox is empty."));
    }
    let mut out = String::new();
    let first = if all { 0 } else { items.len().saturating_sub(LATEST) };
    // Dates are not equally long in every language.
    let date = |item: &Item| page.words.date(&item.at);
    let width = items.iter().skip(first).map(|item| columns(&date(item))).max().unwrap_or(0);
    for (number, item) in items.iter().enumerate().skip(first) {
        let left = format!("[{}]", number + 1);
        let form = padded(form_name(&item.form, page.words), 9);
        let head = format!("{left:>5} {}  {form} ", padded(&date(item), width));
        let room = page.width.saturating_sub(columns(&head));
        let mark = if item.is_turning { BOLD } else { DIM };
        let text = clipped(&with_subject(&item.from, &item.text), room);
        let _ = writeln!(out, "{}{text}", mark.on(head));
    }
    let rest = if first > 0 {
        let text = "{n} older ones: `inbox all`. One in full: `inbox N`.";
        page.words.fill(text, &[("n", &first)])
    } else {
        page.words.of("One in full: `inbox N`.").to_owned()
    };
    paragraph(&mut out, 0, &rest, page);
    out
}

/// A text that fits into one line.
fn clipped(text: &str, room: usize) -> String {
    let flat: Vec<&str> = text.split_whitespace().collect();
    let flat = flat.join(" ");
    if columns(&flat) <= room {
        return flat;
    }
    let mut cut = String::new();
    for letter in flat.chars() {
        cut.push(letter);
        if columns(&cut) + 2 > room {
            cut.pop();
            break;
        }
    }
    format!("{}..", cut.trim_end())
}

/// A message in full.
pub(crate) fn message(number: usize, item: &Item, page: Page) -> String {
    let mut out = String::new();
    let form = sentence_word(form_name(&item.form, page.words));
    let head = page.words.fill(
        "[{n}] {form} from {from}, {at}",
        &[
            ("n", &number),
            ("form", &form),
            ("from", &item.from),
            ("at", &page.words.date(&item.at)),
        ],
    );
    let _ = writeln!(out, "{}", BOLD.on(head));
    paragraph(&mut out, 4, &with_subject(&item.from, &item.text), page);
    out
}

fn sentence_word(word: &str) -> String {
    sentence(word).trim_end_matches('.').to_owned()
}

/// What is thought and what was said, one sentence each: what was said first, for it binds.
pub(super) fn knowledge(ledger: &[LedgerRow], words: Words) -> Vec<String> {
    let said = ledger.iter().filter_map(|row| claim(row, words));
    let thought = ledger.iter().filter_map(|row| belief(row, words));
    said.chain(thought).collect()
}

fn belief(row: &LedgerRow, words: Words) -> Option<String> {
    let p = (row.belief? * 100.0).round();
    let p = match p {
        p if p < 1.0 => words.of("less than 1 %").to_owned(),
        p if p > 99.0 => words.of("more than 99 %").to_owned(),
        p => words.fill("{p} %", &[("p", &p)]),
    };
    let text = "We think it {p} likely that {proposition}.";
    Some(words.fill(text, &[("p", &p), ("proposition", &row.proposition)]))
}

fn claim(row: &LedgerRow, words: Words) -> Option<String> {
    let (says, _) = row.claim.as_ref()?;
    let says = says.strip_prefix("thereby ").unwrap_or(says);
    let says = says.trim_end_matches(['.', '\u{3002}']);
    let text = match row.is_refuted {
        true => "We {said}; this is no longer believed.",
        false => "We {said}.",
    };
    Some(words.fill(text, &[("said", &says)]))
}

/// All that is thought and was said; truth is not told.
pub(crate) fn known(ledger: &[LedgerRow], date: impl Fn(i64) -> String, page: Page) -> String {
    let mut out = String::new();
    let words = page.words;
    if ledger.iter().all(|row| belief(row, words).is_none() && claim(row, words).is_none()) {
        let text = words.of("Nothing has been found so far, and nothing has been said.");
        return format!("{text}\n");
    }
    for row in ledger {
        let lines = [("belief", belief(row, words)), ("claim", claim(row, words))];
        for (name, text) in lines {
            let Some(text) = text else { continue };
            let when = match (&row.claim, name) {
                (Some((_, ms)), "claim") => format!("{}: ", date(*ms)),
                _ => String::new(),
            };
            entry(&mut out, &format!("  {} ", lane(name).0), &format!("{when}{text}"), page);
        }
    }
    out
}

/// The clocks that run, the next to run out first; then those that were stopped.
pub(crate) fn clocks(clocks: &[Clock], now_ms: i64, page: Page) -> String {
    if clocks.is_empty() {
        return format!("{}\n", page.words.of("No clock runs."));
    }
    let mut out = String::new();
    for clock in clocks {
        let text = match clock.stopped_ms {
            Some(_) => "stopped: {what}",
            None if clock.due_ms < now_ms => "ran out {due} ({left}): {what}",
            None => "{due} ({left}): {what}",
        };
        let text = page.words.fill(
            text,
            &[
                ("due", &page.words.date(&clock.due)),
                ("left", &left(now_ms, clock.due_ms, page.words)),
                ("what", &sentence(&clock.label)),
            ],
        );
        entry(&mut out, "  - ", &text, page);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(n: usize) -> Item {
        Item {
            id: format!("e{n}"),
            entry: n as u32,
            ms: 0,
            at: "2019-10-16 05:37".to_owned(),
            form: "ticket".to_owned(),
            from: "customer".to_owned(),
            text: format!("asks for the {n}th time who it was that called him about his ticket"),
            is_shared: false,
            is_turning: false,
        }
    }

    #[test]
    fn the_inbox_shows_the_latest_in_one_line_each() {
        let items: Vec<Item> = (1..=12).map(item).collect();
        let page = Page::new(80);
        let text = anstream::adapter::strip_str(&inbox(&items, false, page)).to_string();
        assert_eq!(text.lines().count(), LATEST + 1, "{text}");
        assert!(text.contains(" [12] 2019-10-16 05:37  ticket    Customer asks"), "{text}");
        assert!(text.contains("2 older ones"), "{text}");
        assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
        assert_eq!(inbox(&items, true, page).lines().count(), 13);
        assert_eq!(inbox(&[], false, page), "The inbox is empty.\n");
        assert!(message(3, &items[2], page).contains("about his ticket."));
    }

    #[test]
    fn what_is_known_has_no_truth_in_it() {
        let row = LedgerRow {
            name: "taken".to_owned(),
            proposition: "records were taken".to_owned(),
            true_ms: Some(5),
            belief: Some(0.004),
            claim: Some(("thereby denied that records were taken".to_owned(), 7)),
            is_refuted: true,
        };
        let text = known(std::slice::from_ref(&row), |ms| format!("day {ms}"), Page::new(80));
        assert_eq!(
            text,
            "  ~ We think it less than 1 % likely that records were taken.\n  \" day 7: We denied \
             that records were taken; this is no longer believed.\n"
        );
        let empty = LedgerRow { belief: None, claim: None, ..row };
        assert!(known(&[empty], |_| String::new(), Page::new(80)).starts_with("Nothing"));
    }

    #[test]
    fn clocks_say_how_long_is_left() {
        let clock = |due_ms, stopped_ms| Clock {
            label: "authority: wants a report".to_owned(),
            since_ms: 0,
            due_ms,
            due: "2019-10-16 05:37".to_owned(),
            stopped_ms,
        };
        let list = [clock(3_600_000, None), clock(-3_600_000, None), clock(1, Some(0))];
        let text = clocks(&list, 0, Page::new(100));
        assert!(text.contains("(in 1h): Authority"), "{text}");
        assert!(text.contains("ran out 2019-10-16 05:37 (1h ago)"), "{text}");
        assert!(text.contains("stopped: Authority"), "{text}");
    }
}
