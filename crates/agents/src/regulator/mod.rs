//! Regulators: start clocks by the vendor's belief and, in hindsight, by what it should have believed;
//! receive reports, count lateness, ask, and rarely fine. Also the vendor's privacy office, which files.
//! Each matter of the case has a docket of its own.
//!
//! Two plugins live here. [`Regimes`] is the law as data and serves every scenario; [`Regulator`] applies
//! it to one.

pub mod config;
pub mod decisions;
pub mod kinds;
mod metrics;
pub mod regimes;
mod systems;
#[cfg(test)]
mod tests;
mod wiring;

use std::ops::Range;
use std::sync::Arc;

use hotwash_engine::{
    Actor, ActorId, Days, Event, Factor, Hours, JsonSchema, MilestoneId, Names, Order, ParamId,
    Plugin, Problem, Share, SimBuilder, SimTime, Slug, StreamId, Usd, schemars, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::cohort::SharedCohorts;
use hotwash_incident::{CaseBook, EvidenceId, MatterId, PropositionId, milestones};
use serde::Deserialize;

use config::{DocketConfig, RegulatorConfig};
use decisions::{Law, Running};
pub use regimes::{RegimeBook, Regimes, SharedRegimes};

/// What the vendor's privacy office can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum RegulatorOrder {
    /// Report the breach to every authority that is owed a report, now or later. With several
    /// matters, of each whose clock runs.
    File,
    /// Report the breach of this matter, whether or not its clock runs.
    FileFor(#[schemars(extend("x-words" = "matter"))] Slug),
}

impl Event for RegulatorOrder {
    const NAME: &'static str = "regulator.order";
}

impl Order for RegulatorOrder {
    fn check(&self, names: &Names) -> Result<(), Problem> {
        match self {
            RegulatorOrder::File => Ok(()),
            RegulatorOrder::FileFor(matter) => names.require("matter", matter.as_str()),
        }
    }
}

/// The early warnings are ready to go out.
#[derive(Clone, Copy, Debug)]
struct WarningReady {
    matter: MatterId,
}
impl Event for WarningReady {
    const NAME: &'static str = "regulator.warning-ready";
}

/// The reports are ready to go out.
#[derive(Clone, Copy, Debug)]
struct FilingReady {
    matter: MatterId,
}
impl Event for FilingReady {
    const NAME: &'static str = "regulator.filing-ready";
}

/// A deadline by the vendor's belief passes.
#[derive(Clone, Copy, Debug)]
struct DeadlinePassed {
    matter: MatterId,
    duty: u16,
}
impl Event for DeadlinePassed {
    const NAME: &'static str = "regulator.deadline-passed";
}

/// An authority wonders why it was not told.
#[derive(Clone, Copy, Debug)]
struct AskDue {
    matter: MatterId,
}
impl Event for AskDue {
    const NAME: &'static str = "regulator.ask-due";
}

/// How a duty stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct DutyState {
    /// Clock by the vendor's belief.
    pub belief: Running,
    /// Clock in hindsight.
    pub hindsight: Running,
    /// When it was met.
    pub met: Option<SimTime>,
}

impl DutyState {
    /// One of its two clocks.
    fn clock(&mut self, by_hindsight: bool) -> &mut Running {
        if by_hindsight { &mut self.hindsight } else { &mut self.belief }
    }
}

state! {
    /// Clocks and reports on one matter.
    pub struct Docket {
        /// By regime: whether its harm test is met in this run.
        pub applies: Vec<bool>,
        /// By duty, over all regimes.
        pub duties: Vec<DutyState>,
        /// By regime: whether a missed deadline was told.
        pub is_miss_told: Vec<bool>,
        /// Whether a hindsight clock was told.
        pub is_hindsight_told: bool,
        /// Whether reports were ordered.
        pub is_filing: bool,
        /// When the reports went out.
        pub filed_at: Option<SimTime>,
        /// When the last letter to people was out.
        pub people_at: Option<SimTime>,
        /// When the vendor first affirmed the breach in public.
        pub public_at: Option<SimTime>,
        /// Whether an authority is about to ask, or has asked.
        pub is_asking: bool,
        /// Until when the police have notice to people put off.
        pub hold_until: Option<SimTime>,
        /// Fines, USD.
        pub fines_usd: f64,
    }
}

/// Where a duty of the flat list belongs.
#[derive(Clone, Copy, Debug)]
struct DutyPlace {
    regime: u16,
    duty: u16,
}

/// Fixed facts of the regulators in one matter, shared by their handlers.
struct Bench {
    /// Holds the [`Docket`].
    actor: Actor,
    matter: MatterId,
    /// Whether there is no other matter.
    is_only: bool,
    case: SharedCase,
    /// Whether people whose data were taken can be written to.
    has_people: bool,
    office: ActorId,
    book: SharedRegimes,
    /// By regime: whether it can bind in this scenario at all.
    live: Vec<bool>,
    /// By regime, as it speaks in the journal.
    actors: Vec<ActorId>,
    duties: Vec<DutyPlace>,
    /// By regime: its duties' places in the list.
    duties_of: Vec<Range<usize>>,
    law: Law,
    breach: PropositionId,
    filing_evidence: EvidenceId,
    exposing_story: Slug,
    applies: Vec<StreamId>,
    fines: Vec<StreamId>,
    prepare_stream: StreamId,
    numbers: Numbers,
    marks: Marks,
}

/// Registered numbers, the same in each matter.
#[derive(Clone, Copy)]
struct Numbers {
    prepare: ParamId<Hours>,
    prepare_warning: Option<ParamId<Hours>>,
    effort: ParamId<Factor>,
    filing_usd: ParamId<Usd>,
    asks_after: ParamId<Days>,
    answer_usd: ParamId<Usd>,
    hindsight: ParamId<Share>,
    half_at: ParamId<Days>,
    share_of_max: ParamId<Share>,
    per_refuted: ParamId<Factor>,
}

/// Milestones that the regulators reach or wait for.
struct Marks {
    clock_started: MilestoneId,
    filed: MilestoneId,
    asked: MilestoneId,
    disclosed: MilestoneId,
    exposed: MilestoneId,
    people: MilestoneId,
}

/// The regulators as a plugin.
pub struct Regulator;

impl Plugin for Regulator {
    const NAME: &'static str = "regulator";
    const ABOUT: &'static str =
        "authorities: start clocks, receive reports, count lateness, ask, and rarely fine";
    type Config = RegulatorConfig;
    type Order = RegulatorOrder;

    fn build(config: RegulatorConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        kinds::reach(sim);
        for bench in build_benches(config, sim)? {
            let bench = Arc::new(bench);
            wiring::clocks(sim, &bench);
            wiring::duties(sim, &bench);
            metrics::declare(sim, &bench);
            let actor = bench.actor;
            sim.invariant("a deadline lies at or after the start of its clock", move |view| {
                let is_wrong =
                    |c: Running| matches!((c.started, c.due), (Some(s), Some(d)) if d < s);
                match view
                    .get::<Docket>(actor)
                    .duties
                    .iter()
                    .find(|d| is_wrong(d.belief) || is_wrong(d.hindsight))
                {
                    Some(duty) => Err(format!("{duty:?}")),
                    None => Ok(()),
                }
            });
        }
        Ok(())
    }
}

fn build_benches(mut config: RegulatorConfig, sim: &mut SimBuilder) -> Result<Vec<Bench>, Problem> {
    if config.matters.is_empty() {
        return Err(Problem::new("there must be at least one matter").at("matters"));
    }
    let today = sim.calendar().instant(&config.todays_law);
    let today = today.map_err(|message| Problem::new(message).at("todays_law"))?;
    let choice = sim.lever_choice(
        "law",
        0,
        &["2019", "2026"],
        "which law binds: that in force on the date of the events, or today's",
    );
    let law = if choice == 0 { Law::AsItWas } else { Law::AsAt(today) };
    let matters = std::mem::take(&mut config.matters);
    let numbers = register(config, sim);
    let mut benches: Vec<Bench> = Vec::new();
    for docket in matters {
        let place = format!("matters[{}]", benches.len());
        let bench = build_bench(docket, law, numbers, sim).map_err(|p| {
            let path = format!("{place}.{}", p.path);
            p.at(path)
        })?;
        if benches.iter().any(|b| b.matter == bench.matter) {
            let problem = Problem::new("an earlier entry has a breach of the same matter");
            return Err(problem.at(format!("{place}.breach")));
        }
        benches.push(bench);
    }
    let is_only = benches.len() == 1;
    for bench in &mut benches {
        bench.is_only = is_only;
    }
    Ok(benches)
}

fn build_bench(
    config: DocketConfig,
    law: Law,
    numbers: Numbers,
    sim: &mut SimBuilder,
) -> Result<Bench, Problem> {
    let case = sim.shared::<SharedCase>()?;
    let book = sim.shared::<SharedRegimes>()?;
    let breach = case.proposition(config.breach.as_str()).map_err(|p| p.at("breach"))?;
    let matter = case.require_matter(breach).map_err(|p| p.at("breach"))?;
    let filing_evidence =
        case.evidence(config.filing_evidence.as_str()).map_err(|p| p.at("filing_evidence"))?;
    let hit = hit_countries(sim);
    let live = book.regimes.iter().map(|r| decisions::is_live(r, &config.exposes, hit.as_deref()));
    let live: Vec<bool> = live.collect();
    let actors: Vec<ActorId> = book.regimes.iter().map(|r| sim.actor(r.id.as_str())).collect();
    actors.iter().zip(&book.regimes).for_each(|(actor, regime)| sim.entitle(*actor, &regime.name));
    let office = sim.actor("privacy office");
    sim.entitle(office, "Privacy office");
    let mut of_each = |purpose| {
        let purpose = case.name_in(matter, purpose);
        book.regimes.iter().map(|r| sim.stream(r.id.as_str(), &purpose)).collect()
    };
    let (applies, fines) = (of_each("applies"), of_each("fine"));
    let (mut duties, mut duties_of) = (Vec::new(), Vec::new());
    for (r, regime) in book.regimes.iter().enumerate() {
        let places = 0..regime.duties.len() as u16;
        duties_of.push(duties.len()..duties.len() + regime.duties.len());
        duties.extend(places.map(|duty| DutyPlace { regime: r as u16, duty }));
    }
    let actor = sim.spawn("regulators", empty_docket(book.regimes.len(), duties.len()));
    Ok(Bench {
        actor,
        matter,
        is_only: true,
        has_people: config.exposes.iter().any(|needs| needs.is_about_people()),
        office,
        live,
        actors,
        duties,
        duties_of,
        law,
        breach,
        filing_evidence,
        exposing_story: "leak-exposed".parse().map_err(Problem::new)?,
        applies,
        fines,
        prepare_stream: sim.stream("privacy office", &case.name_in(matter, "prepare")),
        numbers,
        marks: marks(&case, matter, sim),
        book,
        case,
    })
}

/// Countries with stolen records, when the scenario has cohorts.
fn hit_countries(sim: &SimBuilder) -> Option<Vec<Slug>> {
    let cohorts = sim.shared::<SharedCohorts>().ok()?;
    let hit = cohorts.cohorts.iter().filter(|c| c.record_share > 0.0);
    Some(hit.map(|c| c.country).collect())
}

fn empty_docket(regimes: usize, duties: usize) -> Docket {
    Docket {
        applies: vec![false; regimes],
        duties: vec![DutyState::default(); duties],
        is_miss_told: vec![false; regimes],
        is_hindsight_told: false,
        is_filing: false,
        filed_at: None,
        people_at: None,
        public_at: None,
        is_asking: false,
        hold_until: None,
        fines_usd: 0.0,
    }
}

fn register(config: RegulatorConfig, sim: &mut SimBuilder) -> Numbers {
    let fines = config.fines;
    Numbers {
        prepare: sim.param("prepare", config.prepare),
        prepare_warning: config.prepare_warning.map(|param| sim.param("prepare_warning", param)),
        effort: sim.param("effort", config.effort),
        filing_usd: sim.param("filing_usd", config.filing_usd),
        asks_after: sim.param("asks_after", config.asks_after),
        answer_usd: sim.param("answer_usd", config.answer_usd),
        hindsight: sim.param("fines.hindsight", fines.hindsight),
        half_at: sim.param("fines.half_at", fines.half_at),
        share_of_max: sim.param("fines.share_of_max", fines.share_of_max),
        per_refuted: sim.param("fines.per_refuted_claim", fines.per_refuted_claim),
    }
}

fn marks(case: &CaseBook, matter: MatterId, sim: &mut SimBuilder) -> Marks {
    let mut mark = |name, about| case.mark(sim, matter, name, about);
    Marks {
        clock_started: mark("regulator.clock-started", "the vendor owes somebody a notice"),
        filed: mark("regulator.filed", "the vendor reported the breach to the authorities"),
        asked: mark("regulator.asked", "an authority asked why it had not been told"),
        disclosed: mark(milestones::DISCLOSED, "the vendor said in public that data were taken"),
        exposed: mark(milestones::EXPOSED, "the press told of the leak before the vendor did"),
        people: mark(milestones::PEOPLE_NOTIFIED, "those whose data were taken were told"),
    }
}
