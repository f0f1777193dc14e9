//! The hot wash in a room, after ENDEX.

use hotwash_exercise::debrief::questions;
use hotwash_report::page::hot_wash_body;
use maud::{Markup, html};

use super::room::panel_frame;
use super::{Sight, Wash};

/// The hot wash; hidden until the exercise has ended.
pub(super) fn wash(sight: &Sight<'_>) -> Markup {
    let has_ended = sight.session.state().endex_ms.is_some();
    let body = sight.wash.as_ref().map(|wash| drawn(sight, wash));
    let waiting = || html! { (progress(sight, None)) };
    panel_frame("hotwash", sight.t("Hot wash"), "", body.or_else(|| has_ended.then(waiting)))
}

fn drawn(sight: &Sight<'_>, wash: &Wash<'_>) -> Markup {
    let questions = questions(wash.story, wash.worth);
    html! {
        @if wash.is_running { (progress(sight, wash.worth.map(|w| (w.futures, w.wanted)))) }
        @if sight.view.is_facilitator() { (files(sight, wash)) }
        div.wash { (hot_wash_body(wash.story, wash.worth, &questions)) }
    }
}

/// The way to the documents, for the facilitator.
fn files(sight: &Sight<'_>, wash: &Wash<'_>) -> Markup {
    html! {
        p.files data-key="files" {
            @if wash.is_running {
                (sight.t("The report is written when the figures are final."))
            } @else {
                a href=(format!("{}/files", sight.base)) { (sight.t("The report and its documents")) } (sight.t(", also in the session's directory."))
            }
        }
    }
}

/// How far the counting has come: futures done, and wanted.
fn progress(sight: &Sight<'_>, done: Option<(u64, u64)>) -> Markup {
    html! {
        div.progress data-key="progress" {
            label for="wash-progress" {
                @match done {
                    Some((done, wanted)) => (sight.fill("Running the other futures: {done} of {wanted}. The figures get sharper as they come.", &[("done", &done), ("wanted", &wanted)])),
                    None => (sight.t("Running the other futures. The first figures come in a moment.")),
                }
            }
            @match done {
                Some((done, wanted)) => progress id="wash-progress" value=(done) max=(wanted.max(1)) {},
                None => progress id="wash-progress" {},
            }
        }
    }
}
