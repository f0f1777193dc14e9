//! The card of a decision: the question, what is known, the options, the time limit.

use std::fmt::Write as _;

use hotwash_exercise::{Card, LedgerRow};

use super::desk::knowledge;
use super::words::{heading, left};
use crate::text::value::panel::{entry, paragraph};
use crate::text::{DIM, Page};

/// Things known that stand on a card; `known` shows all.
const MOST_KNOWN: usize = 4;

/// Now: simulated milliseconds since STARTEX, and with the day of the week.
pub(crate) type Now<'a> = (i64, &'a str);

/// A card; `others` more decisions are open beside it.
pub(crate) fn card(
    card: &Card,
    ledger: &[LedgerRow],
    (now_ms, now): Now<'_>,
    others: usize,
    page: Page,
) -> String {
    let words = page.words;
    let mut out =
        heading(&words.fill("{now}: {who} decides", &[("now", &now), ("who", &card.title)]), page);
    paragraph(&mut out, 0, &card.ask, page);
    let known = knowledge(ledger, words);
    if !known.is_empty() {
        out.push('\n');
        for line in known.iter().take(MOST_KNOWN) {
            entry(&mut out, "  ~ ", line, page);
        }
        if known.len() > MOST_KNOWN {
            let more = known.len() - MOST_KNOWN;
            let more = words.fill("and {n} more: `known`", &[("n", &more)]);
            let _ = writeln!(out, "    {}", DIM.on(more));
        }
    }
    out.push('\n');
    for (number, option) in card.options.iter().enumerate() {
        entry(&mut out, &format!("{:>3}  ", number + 1), &option.text, page);
    }
    let limit = words.fill(
        "Until {due} ({left}). If nobody decides by then: {default}.",
        &[
            ("due", &words.date(&card.due)),
            ("left", &left(now_ms, card.due_ms, words)),
            ("default", &(card.default + 1)),
        ],
    );
    out.push('\n');
    paragraph(&mut out, 0, &limit, page);
    if others > 0 {
        let text = match others {
            1 => words.of("1 more decision is open: `cards`.").to_owned(),
            n => words.fill("{n} more decisions are open: `cards`.", &[("n", &n)]),
        };
        paragraph(&mut out, 0, &text, page);
    }
    out
}

/// The list of all open cards; the current one is marked.
pub(crate) fn cards(list: &[Card], current: Option<&str>, now_ms: i64, page: Page) -> String {
    if list.is_empty() {
        return format!("{}\n", page.words.of("No decision is open."));
    }
    let words = page.words;
    let mut out = String::new();
    for (number, card) in list.iter().enumerate() {
        let mark = if Some(card.name.as_str()) == current { '>' } else { ' ' };
        let text = words.fill(
            "{ask} ({who}) Until {due}, {left}.",
            &[
                ("ask", &card.ask),
                ("who", &card.title),
                ("due", &words.date(&card.due)),
                ("left", &left(now_ms, card.due_ms, words)),
            ],
        );
        entry(&mut out, &format!("{mark}{:>2}  ", number + 1), &text, page);
    }
    if list.len() > 1 {
        out += words.of("`card N` turns to one of them.");
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use hotwash_exercise::CardOption;

    use super::*;

    fn a_card() -> Card {
        let option = |name: &str, text: &str| CardOption {
            name: name.to_owned(),
            text: text.to_owned(),
            votes: Vec::new(),
        };
        Card {
            name: "last-day".to_owned(),
            ask: "It is the last day. What else?".to_owned(),
            role: "soc-lead".to_owned(),
            title: "Head of security operations".to_owned(),
            options: vec![option("cake", "Cake."), option("accounts", &"Shut them. ".repeat(12))],
            asked_ms: 0,
            due_ms: 86_400_000,
            due: "2019-09-28 12:00".to_owned(),
            default: 0,
            expected: Some(1),
            objective: String::new(),
            may_decide: true,
            may_vote: true,
            my_vote: None,
        }
    }

    #[test]
    fn a_card_says_what_is_asked_and_not_what_is_expected() {
        let ledger = [LedgerRow {
            name: "taken".to_owned(),
            proposition: "documents were taken".to_owned(),
            true_ms: None,
            belief: Some(0.81),
            claim: None,
            is_refuted: false,
        }];
        let text = card(&a_card(), &ledger, (0, "Fri 2019-09-27 12:00"), 2, Page::new(80));
        let text = anstream::adapter::strip_str(&text).to_string();
        for part in [
            "Fri 2019-09-27 12:00: Head of security operations decides ---",
            "  ~ We think it 81 % likely that documents were taken.",
            "  1  Cake.",
            "     them. Shut them.",
            "Until 2019-09-28 12:00 (in 1d). If nobody decides by then: 1.",
            "2 more decisions are open",
        ] {
            assert!(text.contains(part), "`{part}` is not in:\n{text}");
        }
        assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
        assert!(!text.contains("expected") && !text.contains("last-day"), "{text}");
    }

    #[test]
    fn all_open_cards_are_listed() {
        let page = Page::new(80);
        let text = cards(&[a_card(), a_card()], Some("last-day"), 0, page);
        assert!(text.contains("> 1  It is the last day"), "{text}");
        assert_eq!(cards(&[], None, 0, page), "No decision is open.\n");
    }
}
