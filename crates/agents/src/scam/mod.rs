//! The call centre: calls real customers with real ticket knowledge until numbers or luck run out.
//!
//! Scripted: it does not respond to the vendor. Warned customers lose less; a raid ends it.

mod config;
pub mod decisions;
pub mod kinds;
mod metrics;
mod systems;

use std::sync::Arc;

use hotwash_engine::{
    Actor, ActorId, Count, Days, End, Factor, MilestoneId, NoOrder, On, ParamId, Plugin, Problem,
    Query, Share, SimBuilder, SimDuration, SimTime, Single, StreamId, Usd, state,
};
use hotwash_incident::cohort::SharedCohorts;
use hotwash_incident::events::{CallCentreRaided, LeadsSold};
use hotwash_incident::{Cohort, milestones};

pub use config::{ScamConfig, Weekday};

state! {
    /// What the call centre has bought and done.
    pub struct Scam {
        /// By cohort: numbers not yet reached nor given up.
        pub open: Vec<u64>,
        /// By cohort: dials of the day; kept for its memory.
        pub dials: Vec<u64>,
        /// By cohort: what came of the day's calls; kept for its memory.
        pub calls: Vec<decisions::Calls>,
        /// Canary numbers not yet dialled.
        pub canaries: u64,
        /// Batches bought.
        pub batches: u64,
        /// Numbers bought, canaries aside.
        pub bought: u64,
        /// Numbers given up.
        pub given_up: u64,
        /// Calls answered: customers reached.
        pub answered: u64,
        /// Customers who lost money.
        pub victims: u64,
        /// What they lost, USD.
        pub loss_usd: f64,
        /// Days with calls.
        pub days: u64,
        /// Whether a calling day is on the agenda.
        pub is_calling: bool,
        /// Whether it was shut down.
        pub is_raided: bool,
        /// When calls were last made.
        pub last_call: SimTime,
        /// When the current month of the journal began.
        pub month_from: SimTime,
        /// Calls answered, victims and loss when it began.
        pub month_base: (u64, u64, f64),
    }
}

/// The call centre.
pub struct ScamPlugin;

/// Everything that a handler needs besides state.
pub(crate) struct Wiring {
    who: ActorId,
    record_shares: Vec<f64>,
    /// By number: who holds the [`Cohort`].
    cohorts: Vec<Actor>,
    rests: Vec<&'static str>,
    calls_at: SimDuration,
    start_delay: ParamId<Days>,
    callers: ParamId<Count>,
    dials: ParamId<Count>,
    answer: ParamId<Share>,
    attempts: ParamId<Factor>,
    engage: ParamId<Share>,
    lose: ParamId<Share>,
    loss: ParamId<Usd>,
    after_specific: ParamId<Share>,
    after_general: ParamId<Share>,
    /// Who is on a list, by batch number.
    lists: StreamId,
    /// By cohort: calls of a day, by day number.
    calls: Vec<StreamId>,
    /// Canaries dialled, by day number.
    canaries: StreamId,
    first_call: MilestoneId,
}

impl Plugin for ScamPlugin {
    const NAME: &'static str = "scam";
    const ABOUT: &'static str =
        "a call centre that buys support records and calls the customers in them";
    type Config = ScamConfig;
    type Order = NoOrder;

    fn build(config: ScamConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let cohorts = sim.shared::<SharedCohorts>()?;
        let parts = cohorts.cohorts.len();
        let actor = sim.spawn("call-centre", Scam::new(parts));
        let wiring = Arc::new(Wiring::new(config, actor.id, &cohorts, sim)?);
        wire(sim, &wiring);
        metrics::declare(sim, actor);
        Ok(())
    }
}

impl Scam {
    fn new(cohorts: usize) -> Self {
        Scam {
            open: vec![0; cohorts],
            dials: vec![0; cohorts],
            calls: vec![decisions::Calls::default(); cohorts],
            canaries: 0,
            batches: 0,
            bought: 0,
            given_up: 0,
            answered: 0,
            victims: 0,
            loss_usd: 0.0,
            days: 0,
            is_calling: false,
            is_raided: false,
            last_call: SimTime::STARTEX,
            month_from: SimTime::STARTEX,
            month_base: (0, 0, 0.0),
        }
    }
}

impl Wiring {
    fn new(
        config: ScamConfig,
        who: ActorId,
        cohorts: &SharedCohorts,
        sim: &mut SimBuilder,
    ) -> Result<Self, Problem> {
        if config.calls_at < SimDuration::ZERO || config.calls_at >= SimDuration::DAY {
            return Err(Problem::new("calls_at is a time of day")
                .at("calls_at")
                .hint("write the hours after midnight, such as \"15h\""));
        }
        let mut rests: Vec<&'static str> = config.rests_on.iter().map(|d| d.name()).collect();
        rests.sort_unstable();
        rests.dedup();
        if rests.len() >= 7 {
            return Err(Problem::new("the call centre rests on all seven days").at("rests_on"));
        }
        Ok(Wiring {
            who,
            record_shares: cohorts.cohorts.iter().map(|c| c.record_share).collect(),
            cohorts: cohorts.cohorts.iter().map(|c| c.actor).collect(),
            rests,
            calls_at: config.calls_at,
            start_delay: sim.param("start_delay", config.start_delay),
            callers: sim.param("callers", config.callers),
            dials: sim.param("dials", config.dials),
            answer: sim.param("answer", config.answer),
            attempts: sim.param("attempts", config.attempts),
            engage: sim.param("engage", config.engage),
            lose: sim.param("lose", config.lose),
            loss: sim.param("loss", config.loss),
            after_specific: sim.param("after_specific_warning", config.after_specific_warning),
            after_general: sim.param("after_general_warning", config.after_general_warning),
            lists: sim.stream("call-centre", "lists"),
            calls: cohorts
                .cohorts
                .iter()
                .map(|c| sim.stream(c.country.as_str(), "calls"))
                .collect(),
            canaries: sim.stream("call-centre", "canaries"),
            first_call: sim.milestone(
                milestones::FIRST_CALL,
                "the first customer was called with stolen data",
            ),
        })
    }
}

fn wire(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, LeadsSold>, mut scam: Single<'_, '_, &mut Scam>| {
        systems::bought(&mut on, &mut scam, &w);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, systems::CallingDay>,
              mut scam: Single<'_, '_, &mut Scam>,
              cohorts: Query<'_, '_, &Cohort>| {
            systems::calling_day(&mut on, &mut scam, &cohorts, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, CallCentreRaided>, mut scam: Single<'_, '_, &mut Scam>| {
        systems::raided(&mut on, &mut scam, &w);
    });
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, End>, scam: Single<'_, '_, &Scam>| {
        systems::end(&mut on, &scam, &w);
    });
}
