//! Metrics and invariants of the customers plugin.

use std::sync::Arc;

use hotwash_engine::{Actor, Better, MetricInfo, SimBuilder, View};
use hotwash_incident::Cohort;

use super::accounts::Accounts;
use super::doubt::Standing;
use super::state::Customers;
use super::wiring::Wiring;

const fn info(
    name: &'static str,
    unit: &'static str,
    better: Better,
    bearer: &'static str,
    about: &'static str,
) -> MetricInfo {
    MetricInfo { name, unit, better, bearer, about }
}

fn sum(view: &View<'_>, w: &Wiring, of: impl Fn(&Cohort) -> f64) -> f64 {
    w.book.cohorts.iter().map(|c| of(view.get::<Cohort>(c.actor))).sum()
}

pub(super) fn declare(sim: &mut SimBuilder, actor: Actor, wiring: &Arc<Wiring>) {
    if wiring.calls.is_some() {
        calls(sim, actor, wiring);
    }
    trust(sim, actor, wiring);
    let w = Arc::clone(wiring);
    sim.invariant("cohorts are sound", move |view| {
        w.book.cohorts.iter().try_for_each(|c| check(view.get::<Cohort>(c.actor)))
    });
}

fn check(c: &Cohort) -> Result<(), String> {
    let warned = [c.warned_specifically, c.warned_generally];
    if c.victims > c.calls_answered {
        return Err(format!("cohort {}: more victims than answered calls", c.index));
    }
    if warned.iter().any(|share| !(0.0..=1.0).contains(share)) {
        return Err(format!("cohort {}: warned shares {warned:?}", c.index));
    }
    if !(0.0..=100.0).contains(&c.trust) || c.trust_lowest > c.trust + 1e-9 {
        return Err(format!("cohort {}: trust {}, lowest {}", c.index, c.trust, c.trust_lowest));
    }
    Ok(())
}

fn calls(sim: &mut SimBuilder, actor: Actor, wiring: &Arc<Wiring>) {
    use Better::{Higher, Lower, Neither};
    let w = Arc::clone(wiring);
    sim.metric(
        info("victims", "customers", Lower, "victims", "customers who lost money to the callers"),
        move |v| Some(sum(v, &w, |c| c.victims as f64)),
    );
    let w = Arc::clone(wiring);
    sim.metric(info("victims-loss", "USD", Lower, "victims", "money that they lost"), move |v| {
        Some(sum(v, &w, |c| c.loss_usd))
    });
    let w = Arc::clone(wiring);
    sim.metric(
        info(
            "calls-answered",
            "calls",
            Lower,
            "customers",
            "calls with stolen data that a customer answered",
        ),
        move |v| Some(sum(v, &w, |c| c.calls_answered as f64)),
    );
    let w = Arc::clone(wiring);
    sim.metric(
        info(
            "complaints",
            "complaints",
            Neither,
            "customers",
            "complaints to support in which the caller knew a ticket, chance ones included",
        ),
        move |v| Some(sum(v, &w, |c| c.complaints as f64)),
    );
    sim.metric(
        info(
            "warnings-ignored",
            "complaints",
            Lower,
            "vendor",
            "complaints of people whose caller had the stolen record that reached support before \
             the vendor disclosed, beyond the first",
        ),
        move |v| Some(v.get::<Customers>(actor).genuine_before_disclosure.saturating_sub(1) as f64),
    );
    sim.metric(
        info(
            "share-warned-before-call",
            "share",
            Higher,
            "customers",
            "of the customers who answered a call with stolen data, the share that had been \
             specifically warned before that call",
        ),
        move |v| {
            let all = v.get::<Customers>(actor);
            (all.answered > 0).then(|| all.answered_warned / all.answered as f64)
        },
    );
}

fn trust(sim: &mut SimBuilder, actor: Actor, wiring: &Arc<Wiring>) {
    use Better::{Higher, Lower};
    sim.metric(
        info(
            "trust-lowest",
            "points",
            Higher,
            "vendor",
            "lowest mean trust of all customers during the run, 0 to 100",
        ),
        move |v| Some(v.get::<Customers>(actor).mean_lowest),
    );
    let w = Arc::clone(wiring);
    sim.metric(
        info("trust-final", "points", Higher, "vendor", "mean trust of all customers, 0 to 100"),
        move |v| {
            let all = v.get::<Customers>(actor);
            let people = sum(v, &w, |c| c.size as f64);
            let recovered = all.recovered(v.now());
            let trust = sum(v, &w, |c| c.size as f64 * recovered(c.trust));
            (people > 0.0).then(|| trust / people)
        },
    );
    if wiring.calls.is_some() {
        sim.metric(
            info(
                "trust-affected-lowest",
                "points",
                Higher,
                "vendor",
                "lowest mean trust of those whose records were taken, 0 to 100",
            ),
            move |v| Some(v.get::<Customers>(actor).affected_lowest),
        );
    }
    sim.metric(
        info(
            "customers-lost",
            "customers",
            Lower,
            "vendor",
            "customers expected to leave over this within twelve months; settled when the run ends",
        ),
        move |v| v.get::<Customers>(actor).lost,
    );
}

/// Metrics and the invariant of business customers.
pub(super) fn accounts(sim: &mut SimBuilder, actor: Actor) {
    let mut metric = |name, unit, about, read: fn(&Accounts) -> Option<f64>| {
        let info = MetricInfo { name, unit, better: Better::Lower, bearer: "vendor", about };
        sim.metric(info, move |v: &View<'_>| read(v.get::<Accounts>(actor)));
    };
    metric(
        "accounts-preparing",
        "share",
        "highest share of business customers that prepared to switch at one time",
        |a| Some(a.highest),
    );
    metric(
        "accounts-switched",
        "share",
        "share of business customers that switched before the run ended",
        |a| Some(a.standing.switched),
    );
    metric(
        "accounts-lost",
        "accounts",
        "business customers who switched or are expected to at their next renewal; settled when \
         the run ends",
        |a| a.lost,
    );
    metric(
        "accounts-doubt",
        "share",
        "highest mean doubt of business customers whether the product is safe, 0 to 1",
        |a| Some(a.doubt[1]),
    );
    sim.invariant("business customers stand somewhere", move |view| {
        let a = view.get::<Accounts>(actor);
        let Standing { preparing, switched } = a.standing;
        let is_sound = preparing >= 0.0 && switched >= 0.0 && preparing + switched <= 1.0 + 1e-9;
        let is_certain = (0.0..=1.0).contains(&a.doubt[0]);
        match is_sound && is_certain {
            true => Ok(()),
            false => Err(format!("preparing {preparing}, switched {switched}, {:?}", a.doubt)),
        }
    });
}
