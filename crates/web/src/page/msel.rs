//! The master scenario events list: what is to come, what came, and whether the expected action did.

use hotwash_exercise::{MselRow, MselStatus};
use maud::{Markup, html};

use super::icon::icon;
use super::room::panel_frame;
use super::{Sight, form, frame, words};

/// The list; hidden for those who may not know what is to come.
pub(super) fn msel(sight: &Sight<'_>) -> Markup {
    let rows = sight.view.msel(sight.session);
    let count = |status| rows.iter().filter(|r| r.status == status).count();
    let pending = count(MselStatus::Pending);
    let note = format!("{} came, {pending} to come", rows.len() - pending);
    let body = html! {
        @if rows.is_empty() { (frame::nothing("The scenario lists no events.")) } @else {
            table.msel {
                thead {
                    tr {
                        th scope="col" { "When" }
                        th scope="col" { "Event" }
                        th scope="col" { "Expected action" }
                        th scope="col" { "Did it come?" }
                    }
                }
                tbody { @for row in &rows { (draw(sight, row)) } }
            }
        }
    };
    panel_frame("msel", "Master scenario events list", &note, Some(body))
}

fn draw(sight: &Sight<'_>, row: &MselRow) -> Markup {
    let session = sight.session;
    let (status, class) = status(row);
    let to: Vec<String> = row.to.iter().map(|name| words::addressee(session, name)).collect();
    let to = if to.is_empty() { "everybody".to_owned() } else { to.join(", ") };
    html! {
        tr class=(class) data-key=(row.name) {
            td.when data-label="When" {
                p { span.tag.status { (status) } }
                @match row.ms {
                    Some(ms) => p { (words::date_time(session, ms)) span.dim { " \u{00b7} " (words::t_day(words::day(session, ms))) } },
                    None => p.dim { (words::waits_for(&row.waits_for)) },
                }
            }
            th scope="row" data-label="Event" {
                p.dim {
                    (icon(if row.is_decision { "decision" } else { "inject" }))
                    @if row.is_decision { "Decision for " (to) } @else { "From " (words::addressee(session, &row.from)) " to " (to) }
                }
                p { (row.text) }
                @if !row.is_decision && row.ms.is_none() { (deliver(sight, row)) }
            }
            td.expectation data-label="Expected action" {
                @if row.expected.is_empty() { span.dim { "None is stated" } } @else { p { (row.expected) } }
                @if !row.taken.is_empty() && row.taken != row.expected { p.chosen { span.dim { "Decided: " } (row.taken) } }
            }
            td.met data-label="Did it come?" { (met(sight, row)) }
        }
    }
}

fn status(row: &MselRow) -> (&'static str, &'static str) {
    match (row.status, row.is_decision) {
        (MselStatus::Pending, _) => ("To come", "pending"),
        (MselStatus::Open, _) => ("Open now", "now"),
        (MselStatus::Done, true) => ("Decided", "past"),
        (MselStatus::Done, false) => ("Delivered", "past"),
        (MselStatus::Defaulted, _) => ("Decided without players", "past"),
    }
}

fn deliver(sight: &Sight<'_>, row: &MselRow) -> Markup {
    let may = sight.view.is_facilitator() && sight.session.state().endex_ms.is_none();
    html! {
        @if may {
            (form(&format!("{}/do/inject", sight.base), "inline", "", html! {
                input type="hidden" name="inject" value=(row.name);
                button.quiet type="submit" { (icon("inject")) "Deliver now" }
            }))
        }
    }
}

/// Whether the expected action came: what the decision shows, and what people say.
fn met(sight: &Sight<'_>, row: &MselRow) -> Markup {
    let said = sight.session.state().expected.get(&row.name).copied();
    let may = (sight.view.is_facilitator() || sight.view.is_evaluator()) && row.ms.is_some();
    let shown = match row.met {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "\u{2013}",
    };
    let button = |value: bool, word: &str, sign: &str| {
        let is_pressed = said == Some(value);
        let sent = match (is_pressed, value) {
            (true, _) => "clear",
            (false, true) => "yes",
            (false, false) => "no",
        };
        html! {
            button type="submit" name="met" value=(sent) aria-pressed=(if is_pressed { "true" } else { "false" })
                aria-label=(format!("{word}: {}", row.text)) { (icon(sign)) (word) }
        }
    };
    html! {
        p { strong { (shown) } @if row.met.is_some() { span.dim { @if said.is_some() { ", as rated" } @else { ", by the decision" } } } }
        @if may {
            (form(&format!("{}/do/expected", sight.base), "inline", "", html! {
                input type="hidden" name="item" value=(row.name);
                span.segments role="group" aria-label="Did the expected action come?" {
                    (button(true, "Yes", "yes")) (button(false, "No", "no"))
                }
            }))
        }
    }
}
