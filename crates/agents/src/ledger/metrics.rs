//! What the ledger reports.

use hotwash_engine::{Actor, Better, MetricInfo, SimBuilder};
use hotwash_incident::events::{Bearer, CostKind};

use super::Books;
use super::decisions::{KINDS, total};

/// Kinds of cost that are the response itself.
const RESPONSE: [CostKind; 4] =
    [CostKind::Investigation, CostKind::Notification, CostKind::Communication, CostKind::Legal];

/// Declares the metrics.
pub(super) fn declare(sim: &mut SimBuilder, actor: Actor) {
    sum(
        sim,
        actor,
        ("cost-vendor", "vendor", "all that the vendor bears, work at its hourly rate included"),
        Bearer::Vendor,
        &KINDS,
    );
    sum(
        sim,
        actor,
        (
            "cost-response",
            "vendor",
            "of this, investigation, notification, communication, counsel and the aftermath",
        ),
        Bearer::Vendor,
        &RESPONSE,
    );
    sum(
        sim,
        actor,
        ("cost-fines", "vendor", "of this, fines and what victims got back from the vendor"),
        Bearer::Vendor,
        &[CostKind::Fines],
    );
    sum(
        sim,
        actor,
        ("cost-lost-business", "vendor", "of this, twelve months' margin of customers who left"),
        Bearer::Vendor,
        &[CostKind::LostBusiness],
    );
    sum(
        sim,
        actor,
        ("cost-victims", "victims", "what victims lost and did not get back"),
        Bearer::Victims,
        &KINDS,
    );
    let info =
        |name, unit, better, about| MetricInfo { name, unit, better, bearer: "vendor", about };
    sim.metric(
        info("incident-hours", "hours", Better::Lower, "hours of work that went into the incident"),
        move |v| Some(v.get::<Books>(actor).hours),
    );
    sim.metric(
        info(
            "abnormal-return",
            "percent",
            Better::Neither,
            "abnormal return over 21 days, drawn by how the theft came out; none if it did not; not a cost",
        ),
        move |v| v.get::<Books>(actor).abnormal_return,
    );
}

fn sum(
    sim: &mut SimBuilder,
    actor: Actor,
    (name, bearer_name, about): (&'static str, &'static str, &'static str),
    bearer: Bearer,
    kinds: &'static [CostKind],
) {
    let info = MetricInfo { name, unit: "USD", better: Better::Lower, bearer: bearer_name, about };
    sim.metric(info, move |v| Some(total(&v.get::<Books>(actor).accounts, bearer, kinds)));
}
