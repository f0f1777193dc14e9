//! What is true, what the vendor believes and what it has said: as far as whoever looks may know.

use hotwash_exercise::LedgerRow;
use maud::{Markup, html};

use super::icon::icon;
use super::room::panel_frame;
use super::{Sight, frame, words};

/// How likely something must be that it counts as known.
const SURE: f64 = 0.8;

/// What players see: beliefs and claims.
pub(super) fn ledger(sight: &Sight<'_>) -> Markup {
    let rows = sight.view.ledger(sight.session);
    let rows: Vec<&LedgerRow> = rows
        .iter()
        .filter(|r| r.belief.is_some() || r.claim.is_some() || r.true_ms.is_some())
        .collect();
    let body = html! {
        @if rows.is_empty() {
            (frame::nothing(sight.t("No finding so far says anything about what happened.")))
        } @else {
            ul.ledger.plain {
                @for row in rows {
                    li data-key=(row.name) {
                        p.proposition { (words::capital(proposition(row))) }
                        div.pair {
                            @if sight.view.sees_truth() { div.is-true { (icon("truth")) (is_true(sight, row)) } }
                            (believed(sight, row))
                            (said(sight, row))
                        }
                    }
                }
            }
        }
    };
    panel_frame(
        "ledger",
        sight.t("What we know"),
        if sight.view.sees_truth() {
            sight.t("and what was true")
        } else {
            sight.t("and what we have said")
        },
        Some(body),
    )
}

/// The beliefs alone, short, for a decision card; none when there are none.
pub(super) fn beliefs(sight: &Sight<'_>) -> Option<Markup> {
    let rows = sight.view.ledger(sight.session);
    let believed: Vec<&LedgerRow> = rows.iter().filter(|r| r.belief.is_some()).collect();
    (!believed.is_empty()).then(|| {
        html! {
            ul.beliefs {
                @for row in believed {
                    li data-key=(row.name) {
                        (icon("belief"))
                        span.proposition { (words::capital(proposition(row))) }
                        (bar(sight, row.belief.unwrap_or(0.0)))
                    }
                }
            }
        }
    })
}

/// The facilitator's view: the three lanes side by side.
pub(super) fn truth(sight: &Sight<'_>) -> Markup {
    let rows = sight.view.ledger(sight.session);
    let body = html! {
        @if rows.is_empty() { (frame::nothing(sight.t("Nothing has become true yet."))) } @else {
            table.truth {
                thead {
                    tr {
                        th scope="col" { (sight.t("Proposition")) }
                        th.truth scope="col" { (icon("truth")) (sight.t("What is true")) }
                        th.belief scope="col" { (icon("belief")) (sight.t("What the vendor believes")) }
                        th.claim scope="col" { (icon("claim")) (sight.t("What it has said")) }
                    }
                }
                tbody {
                    @for row in &rows {
                        tr data-key=(row.name) {
                            th scope="row" { (words::capital(proposition(row))) (gap(sight, row)) }
                            td.truth data-label=(sight.t("What is true")) { (is_true(sight, row)) }
                            td.belief data-label=(sight.t("What the vendor believes")) { (believed(sight, row)) }
                            td.claim data-label=(sight.t("What it has said")) { (said(sight, row)) }
                        }
                    }
                }
            }
        }
    };
    let has_ended = sight.session.state().endex_ms.is_some();
    let note = if has_ended {
        sight.t("open to everybody now")
    } else {
        sight.t("yours alone until ENDEX")
    };
    panel_frame("truth", sight.t("Truth, belief, claim"), note, Some(body))
}

fn proposition(row: &LedgerRow) -> &str {
    if row.proposition.is_empty() { &row.name } else { &row.proposition }
}

fn is_true(sight: &Sight<'_>, row: &LedgerRow) -> Markup {
    html! {
        @match row.true_ms {
            Some(ms) => p { strong { (sight.t("True")) } (sight.fill(" since {date}", &[("date", &words::date(sight.session, ms))])) },
            None => p.dim { (sight.t("Not true")) },
        }
    }
}

fn believed(sight: &Sight<'_>, row: &LedgerRow) -> Markup {
    html! {
        div.believed {
            @match row.belief {
                Some(belief) => { (icon("belief")) (bar(sight, belief)) },
                None => { (icon("belief")) span.dim { (sight.t("No finding yet")) } },
            }
        }
    }
}

/// A likelihood as a bar, a figure and a word.
fn bar(sight: &Sight<'_>, belief: f64) -> Markup {
    let words = match belief {
        b if b >= 0.95 => "near certain",
        b if b >= SURE => "very likely",
        b if b >= 0.6 => "likely",
        b if b >= 0.4 => "open",
        b if b >= 0.2 => "unlikely",
        _ => "very unlikely",
    };
    html! {
        span.likely {
            svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                rect.rest width="100" height="8" {}
                rect.full width=(format!("{:.0}", belief * 100.0)) height="8" {}
            }
            span { strong { (words::percent(belief, sight.words())) } " " (sight.t(words)) }
        }
    }
}

fn said(sight: &Sight<'_>, row: &LedgerRow) -> Markup {
    html! {
        div.said {
            (icon("claim"))
            @match &row.claim {
                Some((says, ms)) => {
                    p {
                        (words::capital(says.strip_prefix("thereby ").unwrap_or(says)))
                        span.dim { " \u{00b7} " (words::date(sight.session, *ms)) }
                        @if row.is_refuted { span.tag.urge { (sight.t("No longer stands")) } }
                    }
                },
                None => span.dim { (sight.t("Nothing said")) },
            }
        }
    }
}

/// The difference between two ledgers, where there is one worth a look.
fn gap(sight: &Sight<'_>, row: &LedgerRow) -> Markup {
    let belief = row.belief.unwrap_or(0.0);
    let text = match (row.true_ms.is_some(), belief, row.claim.is_some()) {
        (true, b, _) if b < SURE => "True and not known",
        (false, b, _) if b >= SURE => "Believed and not true",
        (_, b, false) if b >= SURE => "Known and not said",
        _ => return html! {},
    };
    html! { span.tag.urge { (sight.t(text)) } }
}
