//! Police and prosecutors: holds, referrals, raids and arrests that mostly do not come, and the
//! tips by which others find a leak first. What only a leak by an insider has is optional.
//!
//! The model is described in `docs/model/law.md`.

mod config;
mod decisions;
mod kinds;
mod systems;
#[cfg(test)]
mod tests;

pub use config::{LawConfig, OutsideConfig, PursuitConfig, ReferralConfig, ReportConfig};

use std::sync::Arc;

use hotwash_engine::{
    Actor, Better, Cx, Days, Event, Factor, JsonSchema, MetricInfo, MilestoneId, Names, On, Order,
    ParamId, Plugin, Problem, Share, SimBuilder, SimDuration, SimTime, Single, Slug, StreamId,
    schemars, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{AccountSuspended, CustomersCalled, SuspectWatched};
use hotwash_incident::{CaseBook, EvidenceId, Ledgers, MatterId, PropositionId, milestones};
use serde::Deserialize;

use config::ReferralIds;

/// What the vendor can ask of police.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum LawOrder {
    /// Report all that is known or suspected and was not reported before.
    Refer,
    /// The same, and this matter in any case: whoever reports it suspects it.
    ReferFor(#[schemars(extend("x-words" = "matter"))] Slug),
    /// Ask police to ask that people not be told yet, in every matter that is reported; reports the
    /// crime if that was not done.
    RequestHold,
    /// The same for this matter only.
    RequestHoldFor(#[schemars(extend("x-words" = "matter"))] Slug),
}

impl LawOrder {
    /// The matter that it names.
    fn named(self) -> Option<Slug> {
        match self {
            LawOrder::ReferFor(matter) | LawOrder::RequestHoldFor(matter) => Some(matter),
            LawOrder::Refer | LawOrder::RequestHold => None,
        }
    }

    fn asks_for_hold(self) -> bool {
        matches!(self, LawOrder::RequestHold | LawOrder::RequestHoldFor(_))
    }
}

impl Event for LawOrder {
    const NAME: &'static str = "law.order";
}

impl Order for LawOrder {
    fn check(&self, names: &Names) -> Result<(), Problem> {
        self.named().map_or(Ok(()), |matter| names.require("matter", matter.as_str()))
    }
}

/// Police answer about a hold.
#[derive(Clone, Copy, Debug)]
struct Answer {
    matter: MatterId,
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
        /// By matter: when the vendor first reported it.
        told: Vec<Option<SimTime>>,
        /// By report: whether it was made.
        reported: Vec<bool>,
        /// When the suspect's name was known to act on.
        suspect_known: Option<SimTime>,
        /// The suspect was watched.
        is_watched: bool,
        /// By matter: whether the vendor asked for a hold.
        is_hold_requested: Vec<bool>,
        /// By matter: whether police hold it, or are about to say so.
        is_held: Vec<bool>,
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
        /// Hazard that the chance of a find stands for, once there was a call: the same for the whole run.
        found: Option<f64>,
        /// Finds so far.
        finds: u64,
    }
}

impl Law {
    fn new(start: SimTime, matters: usize, reports: usize) -> Self {
        Law {
            told: vec![None; matters],
            reported: vec![false; reports],
            suspect_known: None,
            is_watched: false,
            is_hold_requested: vec![false; matters],
            is_held: vec![false; matters],
            hold_until: start,
            hold_days: 0.0,
            raid_at: None,
            is_raided: false,
            arrest_at: None,
            arrests: 0,
            hazard: 0.0,
            found: None,
            finds: 0,
        }
    }
}

/// Something that the vendor can report.
struct Report {
    /// What it must know or suspect first.
    breach: PropositionId,
    matter: MatterId,
    evidence: EvidenceId,
    /// When the vendor suspects it.
    suspicion: Suspicion,
}

/// What shows that the vendor suspects something of which it is not sure.
enum Suspicion {
    /// There is one matter: whoever goes to the police suspects it.
    Always,
    /// Security has opened a case.
    From(MilestoneId),
    /// It is no matter's breach, and is reported once it is known.
    Never,
}

/// Registered numbers of a pursuit.
struct PursuitIds {
    /// The matter whose report sets it going.
    matter: MatterId,
    inquiry: ParamId<Days>,
    raid: ParamId<Share>,
    arrest: ParamId<Share>,
    watched: ParamId<Factor>,
}

/// Fixed facts, shared by the handlers.
struct Ids {
    law: Actor,
    case: SharedCase,
    reports: Vec<Report>,
    referral: ReferralIds,
    pursuit: Option<PursuitIds>,
    outside: Option<OutsideIds>,
    hold_stream: StreamId,
    raid_stream: StreamId,
    arrest_stream: StreamId,
    /// By find.
    found_stream: StreamId,
    police_told: MilestoneId,
}

/// What outsiders find.
struct OutsideIds {
    tip: EvidenceId,
    found: ParamId<Share>,
    delay: ParamId<Days>,
    credibility: ParamId<Share>,
    by_raid: ParamId<Share>,
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
        kinds::reach(sim);
        let start = sim.start();
        let reports = build_reports(config.reports, &book, sim)?;
        let matters = book.matters().len();
        let outside = match config.outside {
            Some(outside) => Some(build_outside(outside, &book, sim)?),
            None => None,
        };
        let police = sim.spawn("police", Law::new(start, matters, reports.len()));
        sim.entitle(police.id, "Police");
        let ids = Arc::new(Ids {
            law: police,
            reports,
            referral: config.referral.register("referral", sim),
            pursuit: match config.pursuit {
                Some(pursuit) => Some(build_pursuit(pursuit, &book, sim)?),
                None => None,
            },
            outside,
            hold_stream: sim.stream("police", "hold"),
            raid_stream: sim.stream("police", "raid"),
            arrest_stream: sim.stream("police", "arrest"),
            found_stream: sim.stream("police", "records-found"),
            police_told: sim.milestone(milestones::POLICE_TOLD, "the police were told"),
            case: book,
        });
        wire(sim, &ids);
        if ids.pursuit.is_some() {
            wire_pursuit(sim, &ids);
        }
        if ids.outside.is_some() {
            wire_outside(sim, &ids);
        }
        declare(sim, &ids);
        Ok(())
    }
}

fn build_reports(
    configs: Vec<ReportConfig>,
    book: &CaseBook,
    sim: &mut SimBuilder,
) -> Result<Vec<Report>, Problem> {
    if configs.is_empty() {
        return Err(Problem::new("there is nothing that could be reported").at("reports"));
    }
    let report = |(i, config): (usize, ReportConfig)| {
        let path = |field: &str| format!("reports[{i}].{field}");
        let breach = breach_or_only(config.breach, book).map_err(|p| p.at(path("breach")))?;
        let matter = book.require_matter(breach).map_err(|p| p.at(path("breach")))?;
        let evidence =
            book.evidence(config.evidence.as_str()).map_err(|p| p.at(path("evidence")))?;
        let suspicion = suspicion(breach, matter, book, sim);
        Ok(Report { breach, matter, evidence, suspicion })
    };
    configs.into_iter().enumerate().map(report).collect()
}

/// The proposition with this name; without a name the breach of the only matter.
fn breach_or_only(name: Option<Slug>, book: &CaseBook) -> Result<PropositionId, Problem> {
    let matters = book.matters();
    match name {
        Some(name) => book.proposition(name.as_str()),
        None if matters.len() == 1 => Ok(matters[0].breach),
        None => {
            let known: Vec<&str> =
                matters.iter().map(|m| book.proposition_name(m.breach)).collect();
            Err(Problem::new("the case has several matters, and this names no breach")
                .hint(format!("add `breach: \"...\"`; known: {}", known.join(", "))))
        }
    }
}

fn suspicion(
    breach: PropositionId,
    matter: MatterId,
    book: &CaseBook,
    sim: &mut SimBuilder,
) -> Suspicion {
    if book.matter(matter).breach != breach {
        return Suspicion::Never;
    }
    if book.matters().len() == 1 {
        return Suspicion::Always;
    }
    Suspicion::From(book.mark(sim, matter, milestones::CASE_OPENED, "a case was opened"))
}

/// The numbers' addresses are older than the part of the section.
fn build_pursuit(
    config: PursuitConfig,
    book: &CaseBook,
    sim: &mut SimBuilder,
) -> Result<PursuitIds, Problem> {
    let place = |p: Problem| p.at("pursuit.breach");
    let breach = breach_or_only(config.breach, book).map_err(place)?;
    Ok(PursuitIds {
        matter: book.require_matter(breach).map_err(place)?,
        inquiry: sim.param("referral.inquiry", config.inquiry),
        raid: sim.param("referral.raid", config.raid),
        arrest: sim.param("referral.arrest", config.arrest),
        watched: sim.param("referral.watched", config.watched),
    })
}

fn build_outside(
    config: OutsideConfig,
    book: &CaseBook,
    sim: &mut SimBuilder,
) -> Result<OutsideIds, Problem> {
    Ok(OutsideIds {
        tip: book.evidence(config.tip.as_str()).map_err(|p| p.at("outside.tip"))?,
        found: sim.param("outside.found", config.found),
        delay: sim.param("outside.delay", config.delay),
        credibility: sim.param("outside.credibility", config.credibility),
        by_raid: sim.param("outside.by_raid", config.by_raid),
    })
}

fn wire(sim: &mut SimBuilder, ids: &Arc<Ids>) {
    let i = Arc::clone(ids);
    sim.on(
        move |mut on: On<'_, LawOrder>,
              mut law: Single<'_, '_, &mut Law>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let order = on.event;
            systems::order(&mut on, &mut law, &mut ledgers, &i, order);
        },
    );
    let i = Arc::clone(ids);
    sim.on(move |mut on: On<'_, Answer>, mut law: Single<'_, '_, &mut Law>| {
        let answer = on.event;
        systems::answer(&mut on, &mut law, &i, answer);
    });
}

/// What comes of a report when there is an insider.
fn wire_pursuit(sim: &mut SimBuilder, ids: &Arc<Ids>) {
    let i = Arc::clone(ids);
    sim.on(move |mut on: On<'_, Raid>, mut law: Single<'_, '_, &mut Law>| {
        systems::raid(&mut on, &mut law, &i);
    });
    let i = Arc::clone(ids);
    sim.on(move |mut on: On<'_, Arrest>, mut law: Single<'_, '_, &mut Law>| {
        systems::arrest(&mut on, &mut law, &i);
    });
    let i = Arc::clone(ids);
    sim.on(move |mut on: On<'_, SuspectWatched>, mut law: Single<'_, '_, &mut Law>| {
        systems::suspect_known(&mut on, &mut law, &i, true);
    });
    let i = Arc::clone(ids);
    sim.on(move |mut on: On<'_, AccountSuspended>, mut law: Single<'_, '_, &mut Law>| {
        systems::suspect_known(&mut on, &mut law, &i, false);
    });
}

/// What outsiders find when records are used in calls.
fn wire_outside(sim: &mut SimBuilder, ids: &Arc<Ids>) {
    let i = Arc::clone(ids);
    sim.on(move |mut on: On<'_, CustomersCalled>, mut law: Single<'_, '_, &mut Law>| {
        let event = on.event;
        systems::called(&mut on, &mut law, &i, event);
    });
    let i = Arc::clone(ids);
    sim.on(move |mut on: On<'_, Tip>| {
        let cx: &mut Cx = &mut on;
        systems::tip(cx, &i);
    });
}

fn declare(sim: &mut SimBuilder, ids: &Ids) {
    let law = ids.law;
    let metric =
        |name, unit, better, bearer, about| MetricInfo { name, unit, better, bearer, about };
    if ids.pursuit.is_some() {
        sim.metric(
            metric(
                "arrests",
                "people",
                Better::Higher,
                "public",
                "insiders arrested within the run",
            ),
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
    }
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
    let pursued = ids.pursuit.as_ref().map(|pursuit| usize::from(pursuit.matter.0));
    sim.invariant("nobody is arrested before the police were told", move |v| {
        let law = v.get::<Law>(law);
        if law.arrests > 0 && pursued.is_none_or(|matter| law.told[matter].is_none()) {
            return Err("an arrest without a report".to_owned());
        }
        if law.hold_days < 0.0 { Err(format!("{} days held", law.hold_days)) } else { Ok(()) }
    });
}
