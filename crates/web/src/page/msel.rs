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
    let came = rows.len() - pending;
    let note =
        sight.fill("{came} came, {pending} to come", &[("came", &came), ("pending", &pending)]);
    let body = html! {
        @if rows.is_empty() { (frame::nothing(sight.t("The scenario lists no events."))) } @else {
            table.msel {
                thead {
                    tr {
                        th scope="col" { (sight.t("When")) }
                        th scope="col" { (sight.t("Event")) }
                        th scope="col" { (sight.t("Expected action")) }
                        th scope="col" { (sight.t("Did it come?")) }
                    }
                }
                tbody { @for row in &rows { (draw(sight, row)) } }
            }
        }
    };
    panel_frame("msel", sight.t("Master scenario events list"), &note, Some(body))
}

fn draw(sight: &Sight<'_>, row: &MselRow) -> Markup {
    let session = sight.session;
    let (status, class) = status(row);
    let to: Vec<String> = row.to.iter().map(|name| words::addressee(session, name)).collect();
    let to = if to.is_empty() { sight.t("everybody").to_owned() } else { to.join(sight.t(", ")) };
    html! {
        tr class=(class) data-key=(row.name) {
            td.when data-label=(sight.t("When")) {
                p { span.tag.status { (sight.t(status)) } }
                @match row.ms {
                    Some(ms) => p { (words::date_time(session, ms)) span.dim { " \u{00b7} " (words::t_day(words::day(session, ms))) } },
                    None => p.dim { (words::waits_for(&row.waits_for)) },
                }
            }
            th scope="row" data-label=(sight.t("Event")) {
                p.dim {
                    (icon(if row.is_decision { "decision" } else { "inject" }))
                    @if row.is_decision { (sight.fill("Decision for {who}", &[("who", &to)])) } @else { (sight.fill("From {from} to {to}", &[("from", &words::addressee(session, &row.from)), ("to", &to)])) }
                }
                p { (row.text) }
                @if !row.is_decision && row.ms.is_none() { (deliver(sight, row)) }
            }
            td.expectation data-label=(sight.t("Expected action")) {
                @if row.expected.is_empty() { span.dim { (sight.t("None is stated")) } } @else { p { (row.expected) } }
                @if !row.taken.is_empty() && row.taken != row.expected { p.chosen { span.dim { (sight.t("Decided: ")) } (row.taken) } }
            }
            td.met data-label=(sight.t("Did it come?")) { (met(sight, row)) }
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
                button.quiet type="submit" { (icon("inject")) (sight.t("Deliver now")) }
            }))
        }
    }
}

/// Whether the expected action came: what the decision shows, and what people say.
fn met(sight: &Sight<'_>, row: &MselRow) -> Markup {
    let said = sight.session.state().expected.get(&row.name).copied();
    let may = (sight.view.is_facilitator() || sight.view.is_evaluator()) && row.ms.is_some();
    let shown = match row.met {
        Some(true) => sight.t("Yes"),
        Some(false) => sight.t("No"),
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
        p { strong { (shown) } @if row.met.is_some() { span.dim { @if said.is_some() { (sight.t(", as rated")) } @else { (sight.t(", by the decision")) } } } }
        @if may {
            (form(&format!("{}/do/expected", sight.base), "inline", "", html! {
                input type="hidden" name="item" value=(row.name);
                span.segments role="group" aria-label=(sight.t("Did the expected action come?")) {
                    (button(true, sight.t("Yes"), "yes")) (button(false, sight.t("No"), "no"))
                }
            }))
        }
    }
}
