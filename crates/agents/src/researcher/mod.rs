//! The researcher: a small firm that watches forums, checks what is offered, tells the vendor, waits,
//! publishes, and contradicts words that its evidence speaks against.
//!
//! How far it is believed is one number, used alike everywhere. The model is described in
//! `docs/model/researcher.md`.

mod build;
mod config;
pub mod decisions;
mod finding;
pub mod kinds;
mod metrics;
mod publishing;
#[cfg(test)]
mod tests;
mod waiting;

use std::sync::Arc;

use hotwash_engine::{
    Actor, Calendar, Cx, Event, JsonSchema, MilestoneId, On, Order, Plugin, Problem, SimBuilder,
    SimDuration, SimTime, Single, Start, StreamId, schemars, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{BeliefMoved, OfferPosted, StatementReleased};
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{
    EvidenceId, Ledgers, MatterId, Observation, Party, PropositionId, StoreKind,
};
use serde::Deserialize;

pub use config::{
    EvidenceNames, FindsConfig, RebuttalConfig, RebuttalTopic, ResearcherConfig, StandingConfig,
    TellsConfig, WaitsConfig,
};

use config::{FindsIds, RebuttalIds, StandingIds, TellsIds, WaitsIds};
use decisions::Treatment;

/// How the vendor treats the researcher, once it has been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum ResearcherOrder {
    /// Thank it and stay in touch.
    Answer,
    /// Ask for a sample of what is on offer.
    AskForSample,
    /// Ask it not to publish for so long from now.
    AskToWait(SimDuration),
    /// Show it the door.
    Rebuff,
}

impl Event for ResearcherOrder {
    const NAME: &'static str = "researcher.order";
}

impl Order for ResearcherOrder {
    fn check(&self, _: &hotwash_engine::Names) -> Result<(), Problem> {
        match self {
            ResearcherOrder::AskToWait(span) if *span <= SimDuration::ZERO => {
                Err(Problem::new("a wait must be longer than nothing")
                    .hint("such as AskToWait(\"14d\")"))
            }
            _ => Ok(()),
        }
    }
}

state! {
    /// What the firm knows and has done.
    pub struct Researcher {
        /// How far it is to be believed, 0 to 1.
        pub standing: f64,
        /// When the offer was posted.
        pub offered_at: Option<SimTime>,
        /// Terabytes that the seller claims.
        pub claimed_tb: f64,
        /// Kind of the proofs that come with the offer.
        pub offered_proof: Option<StoreKind>,
        /// When it saw the offer.
        pub seen_at: Option<SimTime>,
        /// Whether it has talked with the seller.
        pub has_talked: bool,
        /// Attempts at checking since then.
        pub attempts: u64,
        /// Best proof it was shown.
        pub shown: Option<StoreKind>,
        /// When it became convinced.
        pub convinced_at: Option<SimTime>,
        /// When it told the vendor.
        pub told_at: Option<SimTime>,
        /// What the vendor has done since.
        pub treatment: Treatment,
        /// Until when it has agreed to wait.
        pub until: Option<SimTime>,
        /// Times it was asked to wait.
        pub asked: u64,
        /// When it published.
        pub published_at: Option<SimTime>,
        /// By statement: whether it was, or is about to be, contradicted.
        pub is_answering: Vec<bool>,
        /// Places in its topics that its last reply was about; kept, so that no reply makes a list.
        pub disputed: Vec<usize>,
        /// Contradictions.
        pub rebuttals: u64,
        /// Whether it took back what it had said of another firm.
        pub has_withdrawn: bool,
    }
}

impl Researcher {
    fn new(statements: usize, topics: usize) -> Self {
        Researcher {
            standing: 0.0,
            offered_at: None,
            claimed_tb: 0.0,
            offered_proof: None,
            seen_at: None,
            has_talked: false,
            attempts: 0,
            shown: None,
            convinced_at: None,
            told_at: None,
            treatment: Treatment::default(),
            until: None,
            asked: 0,
            published_at: None,
            is_answering: vec![false; statements],
            disputed: Vec::with_capacity(topics),
            rebuttals: 0,
            has_withdrawn: false,
        }
    }
}

/// The researcher as a plugin.
pub struct ResearcherPlugin;

/// Everything that a handler needs besides state.
pub(crate) struct Wiring {
    firm: Actor,
    /// For dates that people are told.
    calendar: Calendar,
    case: SharedCase,
    book: Option<SharedStatements>,
    matter: MatterId,
    breach: PropositionId,
    source: PropositionId,
    topics: Vec<(PropositionId, EvidenceId)>,
    evidence: EvidenceIds,
    standing: StandingIds,
    finds: FindsIds,
    tells: TellsIds,
    waits: WaitsIds,
    rebuttal: RebuttalIds,
    streams: Streams,
    marks: Marks,
}

/// Evidence kinds.
#[derive(Clone, Copy)]
struct EvidenceIds {
    offer: EvidenceId,
    chat: EvidenceId,
    proof_source: EvidenceId,
    proof_other: EvidenceId,
    tip: EvidenceId,
    published: EvidenceId,
    withdraws: EvidenceId,
}

/// Streams of chance.
struct Streams {
    /// One ticket: when it sees the offer.
    sees: StreamId,
    /// By attempt at checking.
    checks: StreamId,
    /// One ticket: whom it tells, and how.
    tells: StreamId,
    /// One ticket: when the news in it makes it publish.
    news: StreamId,
    /// By request to wait.
    waits: StreamId,
    /// One ticket: whether it hands a sample over.
    sample: StreamId,
    /// One ticket: whether another firm was named wrongly.
    sister: StreamId,
    /// By statement.
    rebuttals: StreamId,
}

/// Milestones.
struct Marks {
    signal: MilestoneId,
    offered: MilestoneId,
    tipped: MilestoneId,
    published: MilestoneId,
    rebutted: MilestoneId,
    /// Either makes the matter public before the researcher does.
    public: [MilestoneId; 2],
}

impl Plugin for ResearcherPlugin {
    const NAME: &'static str = "researcher";
    const ABOUT: &'static str =
        "a small firm that finds the offer, tells the vendor, waits, publishes and contradicts";
    type Config = ResearcherConfig;
    type Order = ResearcherOrder;

    fn build(config: ResearcherConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let wiring = Arc::new(build::wiring(config, sim)?);
        kinds::reach(sim);
        wire_finding(sim, &wiring);
        wire_speaking(sim, &wiring);
        metrics::declare(sim, &wiring);
        Ok(())
    }
}

fn wire_finding(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, Start>, mut firm: Single<'_, '_, &mut Researcher>| {
        firm.standing = on.value(w.standing.at_start);
    });
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, OfferPosted>, mut firm: Single<'_, '_, &mut Researcher>| {
        let offer = on.event;
        finding::posted(&mut on, &mut firm, &w, offer);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, finding::Seen>,
              mut firm: Single<'_, '_, &mut Researcher>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            finding::see(&mut on, &mut firm, &mut ledgers, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, finding::TalkDue>,
              mut firm: Single<'_, '_, &mut Researcher>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            finding::talk(&mut on, &mut firm, &mut ledgers, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, finding::CheckDue>,
              mut firm: Single<'_, '_, &mut Researcher>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            finding::check(&mut on, &mut firm, &mut ledgers, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, BeliefMoved>, mut firm: Single<'_, '_, &mut Researcher>| {
        let moved = on.event;
        finding::reconsider(&mut on, &mut firm, &w, moved);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, finding::TellDue>,
              mut firm: Single<'_, '_, &mut Researcher>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            finding::tell(&mut on, &mut firm, &mut ledgers, &w);
        },
    );
}

fn wire_speaking(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, ResearcherOrder>, mut firm: Single<'_, '_, &mut Researcher>| {
        let order = on.event;
        waiting::obey(&mut on, &mut firm, &w, order);
    });
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, waiting::SampleDue>| {
        waiting::hand_over(&mut on, &w);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, waiting::PatienceOver>,
              mut firm: Single<'_, '_, &mut Researcher>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            waiting::patience_over(&mut on, &mut firm, &mut ledgers, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, waiting::NewsDue>,
              mut firm: Single<'_, '_, &mut Researcher>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            waiting::news_due(&mut on, &mut firm, &mut ledgers, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, publishing::WithdrawalDue>,
              mut firm: Single<'_, '_, &mut Researcher>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            publishing::withdraw(&mut on, &mut firm, &mut ledgers, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, StatementReleased>,
              mut firm: Single<'_, '_, &mut Researcher>,
              ledgers: Single<'_, '_, &Ledgers>| {
            publishing::read_statement(&mut on, &mut firm, &ledgers, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, publishing::ReplyDue>,
              mut firm: Single<'_, '_, &mut Researcher>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let statement = on.event.statement;
            publishing::reply(&mut on, &mut firm, &mut ledgers, &w, statement);
        },
    );
}

/// Schedules an event unless it lies beyond the end of the run.
fn plan<E: Event>(cx: &mut Cx, wait: SimDuration, event: E) {
    let at = cx.now() + wait;
    if at <= cx.horizon() {
        cx.at(at, event);
    }
}

fn observe(
    cx: &mut Cx,
    ledgers: &mut Ledgers,
    party: Party,
    evidence: EvidenceId,
    credibility: f64,
) {
    ledgers.observe(cx, Observation { party, evidence, credibility, pieces: 1 });
}
