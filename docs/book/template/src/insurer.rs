//! A cyber insurer: pays a part of the vendor's own costs if it was told in time.
//!
//! An agent, a lever, a metric, a milestone, an order for a decision's option, an invariant: what a
//! built-in agent has, through the same public interface. The book's page "Write a plugin in Rust" walks
//! through this file.

use hotwash_engine::{
    Actor, Audience, Better, Days, Event, JsonSchema, Kind, MetricInfo, On, Order, Param, Plugin,
    Problem, Share, SimBuilder, SimDuration, SimTime, Single, Usd, Weight, schemars, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{Bearer, CostIncurred, CostKind};
use hotwash_incident::{milestones, view};
use serde::Deserialize;

// ANCHOR: section
/// The section `insurer`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InsurerConfig {
    /// What the vendor bears itself, USD.
    deductible: Param<Usd>,
    /// Share of what lies above it that is paid.
    pays: Param<Share>,
    /// How long after a case is opened a notice is in time.
    notice_within: Param<Days>,
}
// ANCHOR_END: section

// ANCHOR: order
/// What the insurer can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum InsurerOrder {
    /// Notice of the loss.
    Notify,
}

impl Event for InsurerOrder {
    const NAME: &'static str = "insurer.order";
}

impl Order for InsurerOrder {}
// ANCHOR_END: order

// ANCHOR: state
// State lives in components made by `state!`, so that a run can be reset and forked. A handler keeps
// nothing anywhere else.
state! {
    /// What the insurer knows and owes.
    struct Policyholder {
        told: Option<SimTime>,
        is_late: bool,
        /// Insurable costs so far.
        costs_usd: f64,
        /// What would be paid of them.
        due_usd: f64,
    }
}
// ANCHOR_END: state

// ANCHOR: kind
/// An entry of the journal: who may see it, and how it reads. `{when}` is a field of the entry.
static NOTIFIED: Kind = Kind {
    name: "insurer.notified",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: Audience(view::LEGAL.0 | view::EXECUTIVE.0),
    says: "took notice of the loss {when}",
    tags: &[],
};
// ANCHOR_END: kind

/// The insurer.
pub struct Insurer;

impl Plugin for Insurer {
    const NAME: &'static str = "insurer";
    const ABOUT: &'static str =
        "a cyber insurer: pays a part of the vendor's costs if told in time";
    type Config = InsurerConfig;
    type Order = InsurerOrder;

    fn build(config: InsurerConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        // What other plugins share is asked for by type. Where it is missing the author is told.
        let case = sim.shared::<SharedCase>()?;
        let Some(matter) = case.matter_ids().next() else { return Ok(()) };
        // ANCHOR: declare
        // A lever is a choice of the vendor's: scenarios, policies and `--set` name it `insurer.cover_usd`.
        let cover = sim.lever_number(
            "cover_usd",
            2_000_000.0,
            0.0,
            100_000_000.0,
            "USD",
            "highest sum that the insurer pays",
        );
        // A number has no value yet: each run draws its own when `on.value` first asks for it.
        let deductible = sim.param("deductible", config.deductible);
        let pays = sim.param("pays", config.pays);
        let within = sim.param("notice_within", config.notice_within);
        let opened = case.mark(sim, matter, milestones::CASE_OPENED, "a case was opened");
        let told = sim.milestone("insurer.told", "the insurer was told of the loss");
        // ANCHOR_END: declare
        // Players find it in their inbox, in the insurer's own words.
        sim.inbox(&NOTIFIED, view::form::LETTER).says("Your notice of the loss came {when}.");
        let empty = Policyholder { told: None, is_late: false, costs_usd: 0.0, due_usd: 0.0 };
        let actor: Actor = sim.spawn("insurer", empty);
        sim.entitle(actor.id, "The insurer");
        // ANCHOR: handlers
        // The first event: somebody chose an option with the order `("insurer", Notify)`.
        sim.on(
            move |mut on: On<'_, InsurerOrder>, mut holder: Single<'_, '_, &mut Policyholder>| {
                let InsurerOrder::Notify = on.event;
                if holder.told.is_some() {
                    return;
                }
                let now = on.now();
                let limit = on.value_span(within);
                holder.told = Some(now);
                holder.is_late = is_late(now, on.reached(opened), limit);
                let when = if holder.is_late { "too late" } else { "in time" };
                on.note(&NOTIFIED, actor.id, |n| n.with("when", when));
                on.reach(told);
            },
        );
        // The second: any agent says what something cost. Nobody knows who listens.
        sim.on(
            move |mut on: On<'_, CostIncurred>, mut holder: Single<'_, '_, &mut Policyholder>| {
                let CostIncurred { kind, bearer, usd } = on.event;
                // Fines are not insurable, and what victims lose is theirs.
                if bearer == Bearer::Vendor && kind != CostKind::Fines {
                    holder.costs_usd += usd;
                    let (deductible, pays) = (on.value(deductible), on.value(pays));
                    holder.due_usd = due(holder.costs_usd, deductible, pays, cover);
                }
            },
        );
        // ANCHOR_END: handlers
        // ANCHOR: metric
        let info = MetricInfo {
            name: "insurance-paid",
            unit: "USD",
            better: Better::Higher,
            bearer: "vendor",
            about: "what the insurer pays of the vendor's costs: nothing if it was told late or not at all",
        };
        sim.metric(info, move |v| {
            let holder = v.get::<Policyholder>(actor);
            let is_paid = holder.told.is_some() && !holder.is_late;
            Some(if is_paid { holder.due_usd } else { 0.0 })
        });
        // What must hold at any moment of any run; tests and studies check it after each entry.
        sim.invariant("the insurer pays no more than was spent", move |v| {
            let holder = v.get::<Policyholder>(actor);
            if holder.due_usd > holder.costs_usd {
                return Err(format!("{} of {} USD", holder.due_usd, holder.costs_usd));
            }
            Ok(())
        });
        // ANCHOR_END: metric
        Ok(())
    }
}

// ANCHOR: decisions
/// What is due: a share of what lies above the deductible, up to the cover.
fn due(costs: f64, deductible: f64, pays: f64, cover: f64) -> f64 {
    ((costs - deductible).max(0.0) * pays).min(cover)
}

/// Whether a notice is late: it came too long after a case was opened. Before that none is.
fn is_late(told: SimTime, opened: Option<SimTime>, limit: SimDuration) -> bool {
    opened.is_some_and(|opened| told - opened > limit)
}
// ANCHOR_END: decisions

// ANCHOR: tests
#[cfg(test)]
mod tests {
    use super::{SimDuration, SimTime, due, is_late};

    #[test]
    fn a_share_above_the_deductible_is_due_up_to_the_cover() {
        assert_eq!(due(80.0, 100.0, 0.5, 1_000.0), 0.0);
        assert_eq!(due(300.0, 100.0, 0.5, 1_000.0), 100.0);
        assert_eq!(due(9_000.0, 100.0, 0.5, 1_000.0), 1_000.0);
    }

    #[test]
    fn a_notice_is_late_once_the_limit_after_the_case_is_over() {
        let day = |n| SimTime::STARTEX + SimDuration::from_days(n);
        let limit = SimDuration::from_days(30);
        assert!(!is_late(day(90), None, limit));
        assert!(!is_late(day(40), Some(day(10)), limit));
        assert!(is_late(day(41), Some(day(10)), limit));
    }
}
// ANCHOR_END: tests
