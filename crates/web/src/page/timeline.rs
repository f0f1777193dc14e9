//! The timeline: what whoever looks has seen, by day.

use hotwash_exercise::TimelineRow;
use maud::{Markup, html};

use super::icon::icon;
use super::room::panel_frame;
use super::{Sight, frame, words};

/// The shared timeline, the newest day first.
pub(super) fn timeline(sight: &Sight<'_>) -> Markup {
    let view = sight.view;
    let rows = view.timeline(sight.session, false);
    let (title, note) = if view.sees_truth() {
        (sight.t("Timeline"), sight.t("truth included, newest first"))
    } else {
        (sight.t("Timeline"), sight.t("what we have seen, newest first"))
    };
    let rows: Vec<&TimelineRow> = rows.iter().rev().collect();
    let body = html! {
        @if rows.is_empty() { (frame::nothing(sight.t("Nothing has happened that you know of."))) }
        @else { (legend(sight, &rows)) }
        div.scroll tabindex="0" role="group" aria-label=(sight.t("Timeline, newest day first")) {
            @for of_day in rows.chunk_by(|a, b| a.day == b.day) {
                section.of-day data-key=(format!("d{}", of_day[0].day)) {
                    h3 { (words::date(sight.session, of_day[0].line.ms)) span.dim { " \u{00b7} " (words::t_day(of_day[0].day)) } }
                    ol.plain { @for row in of_day { (draw(sight, row)) } }
                }
            }
        }
    };
    panel_frame("timeline", title, note, Some(body))
}

fn draw(sight: &Sight<'_>, row: &TimelineRow) -> Markup {
    let line = &row.line;
    html! {
        li class=(format!("row {} {}", line.lane, line.weight)) data-key=(format!("e{}", line.n)) {
            span.sign title=(words::lane(&line.lane, sight.words())) { (icon(&line.lane)) span.unseen { (words::lane(&line.lane, sight.words())) (sight.t(": ")) } }
            time datetime=(line.at) { (words::time(sight.session, line.ms)) }
            span.says {
                (words::sentence(sight.session, line))
                @if row.is_shared { span.tag { (icon("people")) (sight.t("Shown to all")) } }
            }
        }
    }
}

/// What the signs mean.
fn legend(sight: &Sight<'_>, rows: &[&TimelineRow]) -> Markup {
    const LANES: [&str; 7] =
        ["truth", "belief", "claim", "response", "world", "decision", "inject"];
    let there = |lane: &&&str| rows.iter().any(|r| r.line.lane == ***lane);
    html! {
        ul.legend aria-label=(sight.t("Signs")) {
            @for lane in LANES.iter().filter(there) {
                li class=(lane) { (icon(lane)) (words::lane(lane, sight.words())) }
            }
        }
    }
}
