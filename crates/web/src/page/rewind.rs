//! Going back to a decision: the facilitator proposes, the players answer.

use hotwash_exercise::{Act, Consent, Seat};
use maud::{Markup, html};

use super::icon::icon;
use super::room::panel_frame;
use super::{Sight, form, words};

/// The proposal for players; proposing and going back for the facilitator.
pub(super) fn rewind(sight: &Sight<'_>) -> Markup {
    let session = sight.session;
    let is_over = session.state().endex_ms.is_some();
    let proposal = session.state().rewind.as_ref().filter(|_| !is_over);
    let body = match (sight.view.is_facilitator(), proposal) {
        (true, _) if is_over => try_again(sight),
        (false, _) if is_over => None,
        (true, Some(consent)) => Some(html! { (answers(sight, consent)) (propose(sight)) }),
        (true, None) => Some(propose(sight)),
        (false, Some(consent)) => Some(answer(sight, consent)),
        (false, None) => None,
    };
    let title =
        if is_over { sight.t("Try something else") } else { sight.t("Go back to a decision") };
    panel_frame("rewind", title, "", body)
}

/// After ENDEX: a new session that begins as this one did, up to a decision.
fn try_again(sight: &Sight<'_>) -> Option<Markup> {
    let session = sight.session;
    let record = |decision: &str| {
        let is_it = |act: &Act| matches!(act, Act::Decide { decision: d, .. } if d == decision);
        session.records().iter().rev().find(|r| is_it(&r.act)).map(|r| r.n)
    };
    let taken = session.state().taken.iter();
    let taken: Vec<_> = taken.filter_map(|t| Some((t, record(&t.decision)?))).collect();
    (!taken.is_empty()).then(|| {
        html! {
            p { (sight.t("Open a new session that begins as this one did, up to a decision. This one stays as it is.")) }
            ol.plain {
                @for (decision, record) in taken {
                    li data-key=(decision.decision) {
                        p.dim { (words::date_time(session, decision.ms)) }
                        p { (ask(sight, &decision.decision)) }
                        (form(&format!("{}/do/branch", sight.base), "inline", "", html! {
                            input type="hidden" name="record" value=(record);
                            button.quiet type="submit" aria-label=(sight.fill("Begin again from here: {ask}", &[("ask", &ask(sight, &decision.decision))])) { (icon("back")) (sight.t("Begin again from here")) }
                        }))
                    }
                }
            }
        }
    })
}

/// A decision's question.
fn ask<'a>(sight: &Sight<'a>, decision: &'a str) -> &'a str {
    let decisions = sight.session.plan().scenario.decisions();
    decisions.iter().find(|d| d.name.as_str() == decision).map_or(decision, |d| &d.ask)
}

/// What a player says to the proposal.
fn answer(sight: &Sight<'_>, consent: &Consent) -> Markup {
    let mine = consent.answers.get(sight.view.person()).copied();
    let pressed = |value: bool| if mine == Some(value) { "true" } else { "false" };
    html! {
        div.proposal data-key=(consent.decision) data-say=(sight.t("The facilitator proposes to go back to a decision.")) {
            p { (sight.t("The facilitator proposes to go back to this decision. What was done after it counts no more.")) }
            p.question { (ask(sight, &consent.decision)) }
            (form(&format!("{}/do/consent", sight.base), "", "", html! {
                div.buttons {
                    button type="submit" name="agrees" value="yes" aria-pressed=(pressed(true)) { (icon("yes")) (sight.t("I agree")) }
                    button type="submit" name="agrees" value="no" aria-pressed=(pressed(false)) { (icon("no")) (sight.t("I do not agree")) }
                }
            }))
        }
    }
}

/// What the players have said, for the facilitator.
fn answers(sight: &Sight<'_>, consent: &Consent) -> Markup {
    let state = sight.session.state();
    let plays = |seats: &[Seat]| seats.iter().any(|s| matches!(s, Seat::Role(_)));
    let asked = state.people.iter().filter(|p| {
        plays(&p.seats) && (sight.present.contains(&p.id) || consent.answers.contains_key(&p.id))
    });
    let asked: Vec<_> = asked.map(|p| (&p.name, consent.answers.get(&p.id).copied())).collect();
    let is_agreed = !asked.is_empty() && asked.iter().all(|(_, answer)| *answer == Some(true));
    let go = |label: &'static str, class: &str, overrides: bool| {
        form(
            &format!("{}/do/rewind", sight.base),
            "inline",
            "",
            html! {
                input type="hidden" name="decision" value=(consent.decision);
                @if overrides { input type="hidden" name="override" value="yes"; }
                button class=(class) type="submit" { (icon("back")) (sight.t(label)) }
            },
        )
    };
    html! {
        div.proposal data-key=(consent.decision) {
            p { (sight.t("You propose to go back to:")) }
            p.question { (ask(sight, &consent.decision)) }
            ul.plain {
                @for (name, answer) in &asked {
                    li {
                        @match answer {
                            Some(true) => { (icon("yes")) (name) (sight.t(" agrees")) },
                            Some(false) => { (icon("no")) (name) (sight.t(" does not agree")) },
                            None => { (icon("clock")) (name) (sight.t(" has not answered")) },
                        }
                    }
                }
            }
            @if asked.is_empty() { p.dim { (sight.t("No player is connected who could answer.")) } }
            div.buttons {
                @if is_agreed { (go("Go back", "main", false)) }
                @else { (go("Go back without consent", "urge", true)) }
            }
        }
    }
}

/// The decisions that came up, to choose from.
fn propose(sight: &Sight<'_>) -> Markup {
    let session = sight.session;
    let rows = sight.view.msel(session);
    let came: Vec<_> = rows
        .iter()
        .filter(|r| r.is_decision)
        .filter_map(|r| r.ms.filter(|ms| *ms >= 0).map(|ms| (ms, r)))
        .collect();
    html! {
        @if came.is_empty() {
            p.nothing { (sight.t("No decision has come up yet.")) }
        } @else {
            details data-key="propose" {
                summary { (sight.t("Propose to go back")) }
                ol.plain {
                    @for (ms, row) in came.iter().rev() {
                        li data-key=(row.name) {
                            p.dim { (words::date_time(session, *ms)) }
                            p { (row.text) }
                            (form(&format!("{}/do/propose-rewind", sight.base), "inline", "", html! {
                                input type="hidden" name="decision" value=(row.name);
                                button.quiet type="submit" aria-label=(sight.fill("Propose to go back to: {ask}", &[("ask", &row.text)])) { (icon("back")) (sight.t("Propose this")) }
                            }))
                        }
                    }
                }
            }
        }
    }
}
