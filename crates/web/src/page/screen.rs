//! The projector's screen: what the whole public knows, who is deciding, and how to join.

use hotwash_exercise::{Item, LedgerRow, Person, Seat, TimelineRow};
use maud::{Markup, html};

use super::icon::icon;
use super::room::panel_frame;
use super::{Sight, frame, words};

/// Entries that fit on a screen.
const FIT: usize = 6;

/// The screen before ENDEX; afterwards the hot wash has it.
pub(super) fn screen(sight: &Sight<'_>) -> Markup {
    let session = sight.session;
    if session.state().endex_ms.is_some() {
        return panel_frame("screen", sight.t("What the public knows"), "", None);
    }
    let rows = sight.view.timeline(session, false);
    let rows: Vec<&TimelineRow> =
        rows.iter().rev().filter(|r| r.line.kind != "case.claimed").take(FIT).collect();
    let ledger = sight.view.ledger(session);
    let claims: Vec<&LedgerRow> = ledger.iter().filter(|r| r.claim.is_some()).collect();
    let articles = sight.view.inbox(session);
    let body = html! {
        (deciding(sight))
        @if !sight.join_code.is_empty() && session.now_ms() <= 0 {
            p.join data-key="join" { (sight.t("To join, type the code")) " " strong.code { (sight.join_code) } }
        }
        @if rows.is_empty() { (frame::nothing(sight.t("Nothing is known in public."))) }
        ol.public.plain {
            @for row in rows { (public(sight, row, &articles)) }
        }
        @if !claims.is_empty() {
            h3 data-key="said" { (sight.t("What the vendor has said")) }
            ul.claims.plain {
                @for row in claims {
                    @if let Some((says, ms)) = &row.claim {
                        li data-key=(row.name) {
                            (icon("claim"))
                            p {
                                (words::capital(says.strip_prefix("thereby ").unwrap_or(says)))
                                span.dim { " \u{00b7} " (words::date(session, *ms)) }
                                @if row.is_refuted { span.tag.urge { (sight.t("No longer stands")) } }
                            }
                        }
                    }
                }
            }
        }
        (table(sight))
    };
    panel_frame("screen", sight.t("What the public knows"), "", Some(body))
}

fn public(sight: &Sight<'_>, row: &TimelineRow, articles: &[Item]) -> Markup {
    let id = format!("e{}", row.line.n);
    let article = articles.iter().any(|item| item.id == id);
    let sign = if article { "article" } else { row.line.lane.as_str() };
    html! {
        li class=(row.line.lane) data-key=(id) data-say=(words::sentence(sight.session, &row.line)) {
            (icon(sign))
            div {
                p.dim { (words::date(sight.session, row.line.ms)) }
                p { (words::sentence(sight.session, &row.line)) }
            }
        }
    }
}

/// Who sits where.
fn table(sight: &Sight<'_>) -> Markup {
    let people = &sight.session.state().people;
    let plays = |person: &&Person| person.seats.iter().any(|s| matches!(s, Seat::Role(_)));
    let players: Vec<&Person> = people.iter().filter(plays).collect();
    html! {
        @if !players.is_empty() {
            h3 data-key="table" { (sight.t("At the table")) }
            ul.table.plain data-key="players" {
                @for person in players {
                    li data-key=(person.id) { strong { (person.name) } " " span.dim { (words::seats(sight.session, &person.seats)) } }
                }
            }
        }
    }
}

/// Whose turn it is: the roles, not the questions.
fn deciding(sight: &Sight<'_>) -> Markup {
    let session = sight.session;
    let open = session.open();
    let decisions = session.plan().scenario.decisions();
    html! {
        @for open in &open {
            p.deciding data-key=(format!("open-{}", open.number)) {
                (icon("decision"))
                span {
                    strong { (words::role(session, decisions[open.number].role.as_str())) } (sight.t(" is deciding"))
                    span.dim { " \u{00b7} " span data-due=(open.due_ms) { (words::left(open.due_ms, session.now_ms(), sight.words())) } }
                }
            }
        }
    }
}
