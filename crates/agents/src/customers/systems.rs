//! Handlers of the customers plugin: news becomes trust, loss of trust becomes churn.

use hotwash_engine::{End, On, Query, SimTime, Start};
use hotwash_incident::events::{ArticlePublished, ClaimRefuted, CustomersLost, StatementReleased};
use hotwash_incident::{Audiences, Cohort, Ledgers, Polarity, PropositionId, Statement};

use super::calls::OrdinaryWeek;
use super::decisions;
use super::kinds;
use super::state::Customers;
use super::wiring::{Calls, Wiring};

/// The story that tells of fraud calls and of no leak.
const SCAM_WAVE: &str = "scam-wave";

pub(super) type Cohorts<'w, 's, 'a> = Query<'w, 's, &'a mut Cohort>;

pub(super) fn start(
    on: &mut On<'_, Start>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let initial = on.value(w.trust.initial);
    all.initial = initial;
    all.half_life = on.value(w.trust.half_life);
    all.recovered_at = on.now();
    all.affected_trust = initial;
    all.affected_lowest = initial;
    all.mean_lowest = initial;
    all.told = [initial; 2];
    for mut cohort in cohorts.iter_mut() {
        cohort.size = on.value(w.sizes[usize::from(cohort.index)]).round() as u64;
        cohort.trust = initial;
        cohort.trust_lowest = initial;
    }
    if let Some(calls) = &w.calls {
        on.at(SimTime::STARTEX - calls.complaints.noise_from, OrdinaryWeek);
    }
}

/// Readers of the press trust the vendor less, and those at risk are warned by what they read.
pub(super) fn article(
    on: &mut On<'_, ArticlePublished>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let ArticlePublished { story, matter, reach, severity } = on.event;
    if let Some(calls) = w.calls.as_deref().filter(|calls| calls.matter == matter) {
        let warned = reach * on.value(calls.reading.article_warns);
        let is_specific = story.as_str() != SCAM_WAVE;
        all.warn(on, cohorts, w, is_specific, |known| decisions::union(known, warned));
    }
    let lost = on.value(w.trust.press) * reach * severity * all.harshness;
    all.lose_trust(on, cohorts, w, lost, |_| lost);
}

/// A claim of the vendor was contradicted from outside.
pub(super) fn refuted(
    on: &mut On<'_, ClaimRefuted>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let factor = decisions::refuted_factor(on.event.severity, on.value(w.trust.refuted));
    all.break_trust(on, cohorts, w, factor);
}

fn affirms(statement: &Statement, proposition: PropositionId) -> bool {
    statement
        .claims
        .iter()
        .any(|(id, claim)| *id == proposition && claim.perceived == Polarity::Affirms)
}

/// Whether readers whose records may be in question learn from it that callers are about.
fn warns(statement: &Statement, calls: &Calls) -> bool {
    statement.is_specific_warning
        || affirms(statement, calls.breach)
        || affirms(statement, calls.general_warning)
}

/// The vendor spoke: some are warned, some lose trust, and some are unsettled for nothing.
pub(super) fn spoke(
    on: &mut On<'_, StatementReleased>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    ledgers: &Ledgers,
    statement: &Statement,
    w: &Wiring,
) {
    let now = on.now();
    if ledgers.claims().iter().any(|c| c.walked_back_at == Some(now)) {
        let factor = on.value(w.trust.walked_back);
        all.break_trust(on, cohorts, w, factor);
    }
    let reach = match statement.to {
        Audiences::Public => on.value(w.reach.public_reach),
        Audiences::Support => on.value(w.reach.support_reach),
        // Letters are counted when they go out.
        Audiences::Affected => return,
    };
    let mut points = 0.0;
    if let Some(calls) = w.calls.as_deref().filter(|calls| warns(statement, calls)) {
        let is_specific = statement.is_specific_warning;
        all.warn(on, cohorts, w, is_specific, |known| decisions::union(known, reach));
        points += on.value(calls.trust.alarm);
    }
    // To say once more what is known of a matter is no news.
    if w.breaches.iter().any(|b| affirms(statement, *b) && ledgers.affirmed_at(*b) == Some(now)) {
        points += on.value(w.trust.press) * on.value(w.trust.own_disclosure) * all.harshness;
    }
    if points > 0.0 {
        all.lose_trust(on, cohorts, w, reach * points, |_| reach * points);
    }
}

/// Counts who leaves, once, when the run ends.
pub(super) fn end(
    on: &mut On<'_, End>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    w: &Wiring,
) {
    let (churn, reference) = (on.value(w.churn.others), on.value(w.churn.others_reference));
    let (mut people, mut others) = (0.0, 0.0);
    for cohort in cohorts.iter() {
        let loss = all.initial - cohort.trust_lowest;
        people += cohort.size as f64;
        others += cohort.size as f64 * decisions::churn_share(churn, loss, reference);
    }
    let customers = match w.calls.as_deref() {
        None => {
            on.note(&kinds::ALL_CHURNED, w.who, |n| n.with("customers", others));
            others
        }
        Some(calls) => {
            let affected = (all.taken as f64).min(people);
            let loss = all.initial - all.affected_lowest;
            let of_affected = affected * churn_of_affected(on, loss, calls);
            let of_others = if people > 0.0 { others * (1.0 - affected / people) } else { 0.0 };
            on.note(&kinds::CHURNED, w.who, |n| {
                n.with("customers", of_affected + of_others).with("affected", of_affected)
            });
            of_affected + of_others
        }
    };
    all.lost = Some(customers);
    on.send(CustomersLost { customers });
}

fn churn_of_affected(on: &mut On<'_, End>, loss: f64, calls: &Calls) -> f64 {
    let churn = on.value(calls.churn.affected);
    decisions::churn_share(churn, loss, on.value(calls.churn.affected_reference))
}
