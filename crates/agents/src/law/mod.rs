//! Police and prosecutors: holds, referrals, raids and arrests that mostly do not come, and the
//! tips by which others find the leak first.
//!
//! The model is described in `docs/model/law.md`.

mod config;
mod decisions;
mod kinds;
mod systems;
#[cfg(test)]
mod tests;

pub use config::{LawConfig, OutsideConfig, ReferralConfig};

use hotwash_engine::{
    Actor, Better, Cx, Event, MetricInfo, MilestoneId, On, Order, Plugin, Problem, SimBuilder,
    SimDuration, SimTime, Single, StreamId, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{AccountSuspended, CustomersCalled, SuspectWatched};
use hotwash_incident::{EvidenceId, Ledgers, milestones};
use serde::Deserialize;

use config::{OutsideIds, ReferralIds};

/// What the vendor can ask of police.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum LawOrder {
    /// Report the crime.
    Refer,
    /// Ask police to ask that people not be told yet; reports the crime if that was not done.
    RequestHold,
}

impl Event for LawOrder {
    const NAME: &'static str = "law.order";
}

impl Order for LawOrder {}

/// Police answer about a hold.
#[derive(Clone, Copy, Debug)]
struct Answer {
    is_held: bool,
    length: SimDuration,
}
impl Event for Answer {
    const NAME: &'static str = "law.answer";
}

/// The raid on the call centre is due.
#[derive(Clone, Copy, Debug)]
struct Raid {}
impl Event for Raid {
    const NAME: &'static str = "law.raid-due";
}

/// The insider's arrest is due.
#[derive(Clone, Copy, Debug)]
struct Arrest {}
impl Event for Arrest {
    const NAME: &'static str = "law.arrest-due";
}

/// Outsiders write to the vendor.
#[derive(Clone, Copy, Debug)]
struct Tip {}
impl Event for Tip {
    const NAME: &'static str = "law.tip-due";
}

state! {
    /// Police and prosecutors.
    struct Law {
        /// When the vendor reported the crime.
        told: Option<SimTime>,
        /// When the suspect's name was known to act on.
        suspect_known: Option<SimTime>,
        /// The suspect was watched.
        is_watched: bool,
        is_hold_requested: bool,
        is_held: bool,
        /// Until when holds cover the time.
        hold_until: SimTime,
        /// Days under hold within the run.
        hold_days: f64,
        raid_at: Option<SimTime>,
        is_raided: bool,
        arrest_at: Option<SimTime>,
        arrests: u64,
        /// Hazard gathered towards the next find of outsiders.
        hazard: f64,
        /// Finds so far.
        finds: u64,
    }
}

impl Law {
    fn new(start: SimTime) -> Self {
        Law {
            told: None,
            suspect_known: None,
            is_watched: false,
            is_hold_requested: false,
            is_held: false,
            hold_until: start,
            hold_days: 0.0,
            raid_at: None,
            is_raided: false,
            arrest_at: None,
            arrests: 0,
            hazard: 0.0,
            finds: 0,
        }
    }
}

#[derive(Clone, Copy)]
struct Ids {
    law: Actor,
    report: EvidenceId,
    tip: EvidenceId,
    referral: ReferralIds,
    outside: OutsideIds,
    hold_stream: StreamId,
    raid_stream: StreamId,
    arrest_stream: StreamId,
    /// By find.
    found_stream: StreamId,
    police_told: MilestoneId,
}

/// The plugin.
pub struct LawEnforcement;

impl Plugin for LawEnforcement {
    const NAME: &'static str = "law";
    const ABOUT: &'static str = "takes reports, asks for silence, rarely raids or arrests, and sometimes finds the leak first";
    type Config = LawConfig;
    type Order = LawOrder;

    fn build(config: LawConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let book = sim.shared::<SharedCase>()?;
        let start = sim.start();
        let ids = Ids {
            law: sim.spawn("police", Law::new(start)),
            report: book.evidence(config.report.as_str()).map_err(|p| p.at("report"))?,
            tip: book.evidence(config.tip.as_str()).map_err(|p| p.at("tip"))?,
            referral: config.referral.register("referral", sim),
            outside: config.outside.register("outside", sim),
            hold_stream: sim.stream("police", "hold"),
            raid_stream: sim.stream("police", "raid"),
            arrest_stream: sim.stream("police", "arrest"),
            found_stream: sim.stream("police", "records-found"),
            police_told: sim.milestone(milestones::POLICE_TOLD, "the police were told"),
        };
        wire(sim, ids);
        declare(sim, ids.law);
        Ok(())
    }
}

fn wire(sim: &mut SimBuilder, ids: Ids) {
    sim.on(
        move |mut on: On<'_, LawOrder>,
              mut law: Single<'_, '_, &mut Law>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let order = on.event;
            systems::order(&mut on, &mut law, &mut ledgers, &ids, order);
        },
    );
    sim.on(move |mut on: On<'_, Answer>, mut law: Single<'_, '_, &mut Law>| {
        let answer = on.event;
        systems::answer(&mut on, &mut law, &ids, answer);
    });
    sim.on(move |mut on: On<'_, Raid>, mut law: Single<'_, '_, &mut Law>| {
        systems::raid(&mut on, &mut law, &ids);
    });
    sim.on(move |mut on: On<'_, Arrest>, mut law: Single<'_, '_, &mut Law>| {
        systems::arrest(&mut on, &mut law, &ids);
    });
    sim.on(move |mut on: On<'_, SuspectWatched>, mut law: Single<'_, '_, &mut Law>| {
        systems::suspect_known(&mut on, &mut law, &ids, true);
    });
    sim.on(move |mut on: On<'_, AccountSuspended>, mut law: Single<'_, '_, &mut Law>| {
        systems::suspect_known(&mut on, &mut law, &ids, false);
    });
    sim.on(move |mut on: On<'_, CustomersCalled>, mut law: Single<'_, '_, &mut Law>| {
        let event = on.event;
        systems::called(&mut on, &mut law, &ids, event);
    });
    sim.on(move |mut on: On<'_, Tip>| {
        let cx: &mut Cx = &mut on;
        systems::tip(cx, &ids);
    });
}

fn declare(sim: &mut SimBuilder, law: Actor) {
    let metric =
        |name, unit, better, bearer, about| MetricInfo { name, unit, better, bearer, about };
    sim.metric(
        metric("arrests", "people", Better::Higher, "public", "insiders arrested within the run"),
        move |v| Some(v.get::<Law>(law).arrests as f64),
    );
    sim.metric(
        metric(
            "call-centre-raided",
            "of 1",
            Better::Higher,
            "victims",
            "1 if the call centre was raided within the run, on the vendor's report or without it",
        ),
        move |v| Some(f64::from(u8::from(v.get::<Law>(law).is_raided))),
    );
    sim.metric(
        metric(
            "days-under-hold",
            "days",
            Better::Neither,
            "customers",
            "days within the run for which police asked that people not be told",
        ),
        move |v| Some(v.get::<Law>(law).hold_days),
    );
    sim.invariant("nobody is arrested before the police were told", move |v| {
        let law = v.get::<Law>(law);
        if law.arrests > 0 && law.told.is_none() {
            return Err("an arrest without a report".to_owned());
        }
        if law.hold_days < 0.0 { Err(format!("{} days held", law.hold_days)) } else { Ok(()) }
    });
}
