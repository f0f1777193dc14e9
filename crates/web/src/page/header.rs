//! The head of a room's page: what day it is, whether the clock runs, who looks; and the facilitator's
//! controls.

use hotwash_exercise::Pace;
use maud::{Markup, html};

use super::icon::icon;
use super::{Sight, form, frame, words};

/// Paces that the facilitator may choose, with their names.
const PACES: [(i64, &str, &str); 4] = [
    (3_600_000, "1 hour", "slow: 1 hour a second"),
    (21_600_000, "6 hours", "steady: 6 hours a second"),
    (86_400_000, "1 day", "quick: 1 day a second"),
    (259_200_000, "3 days", "fast: 3 days a second"),
];

/// The pace at which the clock starts when nobody has chosen another.
const FIRST_PACE: i64 = 21_600_000;

/// The head of the page.
pub(super) fn header(sight: &Sight<'_>) -> Markup {
    let session = sight.session;
    let now = session.now_ms();
    let title = sight.view.title(session);
    html! {
        header.top id="header" data-panel="header" {
            div.what {
                (frame::mark())
                div {
                    h1 { (title) }
                    @if !is_screen(sight) { p.me { (me(sight)) } }
                }
            }
            div.when role="group" aria-label=(sight.t("Simulated time")) {
                p.date data-clock="date" { (words::date(session, now)) }
                p.hour {
                    span data-clock="time" { (words::time(session, now)) }
                    " "
                    abbr.day data-clock="day" title=(sight.t("Days since the exercise began")) { (words::t_day(words::day(session, now))) }
                }
                (status(sight))
            }
            @if sight.view.is_facilitator() && session.state().endex_ms.is_none() { (controls(sight)) }
        }
    }
}

fn is_screen(sight: &Sight<'_>) -> bool {
    let view = sight.view;
    !view.is_facilitator() && !view.is_player() && !view.is_evaluator()
}

fn me(sight: &Sight<'_>) -> Markup {
    let (session, view) = (sight.session, sight.view);
    let name = session.state().person(view.person()).map(|p| p.name.as_str());
    html! {
        @if let Some(name) = name { strong { (name) } " \u{00b7} " }
        (words::seats(session, view.seats()))
    }
}

/// Whether the clock runs, and how fast.
fn status(sight: &Sight<'_>) -> Markup {
    let state = sight.session.state();
    let open = sight.session.open().len();
    html! {
        @if state.endex_ms.is_some() {
            p.state.ended { (sight.t("The exercise has ended")) }
        } @else if sight.session.is_over() {
            p.state.waiting { (icon("pause")) (sight.t("The scenario is at its end")) }
        } @else if let Pace::Running(pace) = state.pace {
            p.state.running { (icon("play")) (sight.fill("Running, {pace}", &[("pace", &words::pace(pace, sight.words()))])) }
        } @else if open > 0 {
            p.state.waiting { (icon("pause")) @if open == 1 { (sight.t("Stopped for a decision")) } @else { (sight.fill("Stopped for {n} decisions", &[("n", &open)])) } }
        } @else {
            p.state.paused { (icon("pause")) (sight.t("Paused")) }
        }
    }
}

fn controls(sight: &Sight<'_>) -> Markup {
    let pace = match sight.session.state().pace {
        Pace::Running(pace) => Some(pace),
        Pace::Paused => None,
    };
    let to = |verb: &str| format!("{}/do/{verb}", sight.base);
    let start = html! {
        input type="hidden" name="pace" value=(FIRST_PACE);
        button.main type="submit" { (icon("play")) (sight.t("Start")) }
    };
    let paces = html! {
        span.label id="pace-label" { (sight.t("Each second")) }
        span.segments role="group" aria-labelledby="pace-label" {
            @for (ms, name, long) in PACES {
                button type="submit" name="pace" value=(ms) title=(words::capital(sight.t(long))) aria-label=(sight.fill("Run {pace}", &[("pace", &sight.t(long))])) aria-pressed=(if pace == Some(ms) { "true" } else { "false" }) { (sight.t(name)) }
            }
        }
    };
    html! {
        div.controls role="group" aria-label=(sight.t("The clock")) {
            @if pace.is_some() {
                (form(&to("pause"), "inline", "", html! { button.main type="submit" data-key="pause" { (icon("pause")) (sight.t("Pause")) } }))
            } @else {
                (form(&to("run"), "inline", "", start))
            }
            (form(&to("run"), "inline", "", paces))
            (form(&to("skip"), "inline", "", html! {
                button type="submit" title=(sight.t("Goes on until a decision comes up or somebody learns something")) { (icon("skip")) (sight.t("Skip to what matters next")) }
            }))
            details.endex {
                summary { (sight.t("End the exercise")) }
                (form(&to("endex"), "", "", html! {
                    input type="hidden" name="confirm" value="yes";
                    p { (sight.t("Everybody then sees the truth and the hot wash. The rest of the scenario is decided by the policy. This cannot be undone.")) }
                    button.urge type="submit" { (sight.t("ENDEX: end it for everybody")) }
                }))
            }
        }
    }
}
