//! The clocks that run against the players.

use hotwash_exercise::Clock;
use maud::{Markup, html};

use super::icon::icon;
use super::room::panel_frame;
use super::{Sight, frame, words};

/// Clocks, the next to run out first.
pub(super) fn clocks(sight: &Sight<'_>) -> Markup {
    let clocks = sight.view.clocks(sight.session);
    let running = clocks.iter().filter(|c| c.stopped_ms.is_none()).count();
    let note =
        if running == 0 { String::new() } else { sight.fill("{n} running", &[("n", &running)]) };
    let body = html! {
        @if clocks.is_empty() { (frame::nothing(sight.t("No clock runs against you."))) }
        ul.clocks.plain {
            @for (number, clock) in clocks.iter().enumerate() { (draw(sight, clock, number)) }
        }
    };
    panel_frame("clocks", sight.t("Clocks"), &note, Some(body))
}

fn draw(sight: &Sight<'_>, clock: &Clock, number: usize) -> Markup {
    let session = sight.session;
    let now = session.now_ms();
    let (who, label) = label(sight, clock);
    let is_late = clock.stopped_ms.is_none() && clock.due_ms <= now;
    let state = match clock.stopped_ms {
        Some(ms) if ms > clock.due_ms => "stopped late",
        Some(_) => "stopped",
        None if is_late => "overdue",
        None => "running",
    };
    html! {
        li class=(format!("clock {state}")) data-key=(format!("{}-{}-{number}", clock.since_ms, clock.due_ms)) {
            p.left {
                (icon("clock"))
                @match clock.stopped_ms {
                    Some(ms) if ms > clock.due_ms => strong { (sight.fill("Met, {span} late", &[("span", &words::span(ms - clock.due_ms, sight.words()))])) },
                    Some(_) => strong { (sight.t("Met in time")) },
                    None => strong data-due=(clock.due_ms) { (words::left(clock.due_ms, now, sight.words())) },
                }
                span.dim { (sight.fill("due {date}", &[("date", &words::date_time(session, clock.due_ms))])) }
            }
            @if clock.stopped_ms.is_none() { (progress(clock, now)) }
            p.what { @if !who.is_empty() { strong { (who) } " " } (label) }
        }
    }
}

/// How much of the time has gone.
fn progress(clock: &Clock, now: i64) -> Markup {
    let whole = (clock.due_ms - clock.since_ms).max(1);
    let gone = ((now - clock.since_ms).clamp(0, whole) * 100) / whole;
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.rest width="100" height="8" {}
            rect.full width=(gone) height="8" data-since=(clock.since_ms) data-until=(clock.due_ms) {}
        }
    }
}

/// Whose clock it is, and what it counts, with names as people know them.
fn label(sight: &Sight<'_>, clock: &Clock) -> (String, String) {
    let session = sight.session;
    let lines = session.lines().iter().filter(|l| l.ms == clock.since_ms);
    let mut started = lines.filter(|l| clock.label == format!("{}: {}", l.who, l.says));
    match started.next() {
        Some(line) => (words::who(session, line), words::says(line, sight.words())),
        None => (String::new(), clock.label.clone()),
    }
}
