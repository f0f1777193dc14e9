//! What every page has: its head, the skip link, and how a panel and a form look.

use std::collections::BTreeMap;

use hotwash_scenario::Words;
use maud::{DOCTYPE, Markup, html};

/// A whole page. `data` is what the script must know: the room's path and STARTEX.
/// `tongue` is the language's code and the program's words in it.
pub(super) fn frame(
    title: &str,
    class: &str,
    data: Option<(&str, &str)>,
    tongue: (&str, Words),
    body: Markup,
) -> Markup {
    let (lang, words) = tongue;
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/app.css";
                @if data.is_some() { link rel="stylesheet" href="/assets/report.css"; }
                script src="/assets/app.js" defer {}
            }
            body class=(class) data-words=[script_words(words)] data-base=[data.map(|d| d.0)] data-startex=[data.map(|d| d.1)] {
                a.skip href="#main" { (words.of("Skip to the contents")) }
                (body)
            }
        }
    }
}

/// Words that the script writes into pages by itself.
pub(super) const SCRIPT: [&str; 35] = [
    "{span} left",
    "overdue by {span}",
    "{d} day",
    "{d} days",
    "{h} h",
    "{m} min",
    "{d} day {h} h",
    "{d} days {h} h",
    "{h} h {m} min",
    "{weekday} {date}",
    "{day} {month} {year}",
    "It is {date}.",
    "{n} open",
    "{n} new",
    "That did not work. Try again.",
    "The connection is lost. Nothing was sent; try again in a moment.",
    "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
    "Sun",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
];

/// The script's words in another language than its own, as JSON.
fn script_words(words: Words) -> Option<String> {
    if words.are_english() {
        return None;
    }
    let all: BTreeMap<&str, &str> = SCRIPT.iter().map(|&key| (key, words.of(key))).collect();
    serde_json::to_string(&all).ok()
}

/// A panel: a part of a room's page that is fetched again by name. It is hidden while it has nothing.
pub(super) fn panel(name: &str, title: &str, note: &str, body: Option<Markup>) -> Markup {
    html! {
        section.panel id=(name) data-panel=(name) aria-labelledby=(format!("{name}-title")) hidden[body.is_none()] {
            h2 id=(format!("{name}-title")) {
                (title)
                @if !note.is_empty() { " " span.note { (note) } }
            }
            @if let Some(body) = body { (body) }
        }
    }
}

/// What a panel says when there is nothing yet.
pub(super) fn nothing(text: &str) -> Markup {
    html! { p.nothing { (text) } }
}

/// The mark of the program.
pub(super) fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 36 14" width="36" height="14" aria-hidden="true" focusable="false" {
            circle cx="7" cy="7" r="4.5" class="truth" {}
            circle cx="18" cy="7" r="4.5" class="belief" {}
            path d="M18 2.5a4.5 4.5 0 0 1 0 9z" class="belief half" {}
            circle cx="29" cy="7" r="4.5" class="claim" {}
        }
    }
}
