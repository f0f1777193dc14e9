//! The vendor's press office: writes statements, takes them through counsel and the approval chain,
//! releases them, warns those at risk, and writes to those whose data were taken.
//!
//! How long words take and how sure the vendor wants to be before it affirms anything are its levers;
//! what to say and when to say it are decisions, which reach it as [`PrOrder`]s.

mod build;
pub mod config;
pub mod decisions;
pub mod kinds;
mod metrics;
mod systems;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use hotwash_engine::{
    Actor, Count, Days, Event, Factor, Hours, MilestoneId, On, Order, ParamId, Plugin, Problem,
    Query, Share, SimBuilder, SimTime, Single, Slug, StreamId, Usd, state,
};
use hotwash_incident::events::{BeliefMoved, PoliceHold, RecordsRead};
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{Cohort, EvidenceId, Ledgers, PropositionId, Statement, StatementId};
use serde::Deserialize;

use config::PrConfig;
use decisions::{DisclosureRule, Stage};

/// What the press office can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum PrOrder {
    /// Prepare a statement and release it.
    Publish(Slug),
    /// Warn those at risk directly that callers may know their case.
    WarnTargets,
    /// Write to everybody whose data were taken.
    NotifyPeople,
    /// Say nothing: stop whatever is not out yet.
    Hold,
}

impl Event for PrOrder {
    const NAME: &'static str = "pr.order";
}

impl Order for PrOrder {
    fn check(&self, names: &hotwash_engine::Names) -> Result<(), Problem> {
        match self {
            PrOrder::Publish(name) => names.require("statement", name.as_str()),
            _ => Ok(()),
        }
    }
}

/// A text's current stage is due to end.
#[derive(Clone, Copy, Debug)]
struct StepDue {
    job: u16,
    attempt: u32,
}

impl Event for StepDue {
    const NAME: &'static str = "pr.step-due";
}

/// A text in the works.
#[derive(Clone, Copy, Debug, Default)]
pub struct Job {
    /// Where it stands.
    pub stage: Stage,
    /// How often it was ordered.
    pub attempt: u32,
    /// When it was last ordered.
    pub ordered_at: Option<SimTime>,
    /// Since when the disclosure rule has held it back.
    pub waiting_since: Option<SimTime>,
    /// When it was out.
    pub done_at: Option<SimTime>,
}

state! {
    /// The press office's desk: one job per statement, then the warning, then the letters.
    pub struct PrOffice {
        /// Texts, by statement number; the last two are the warning and the letters.
        pub jobs: Vec<Job>,
        /// Statements released so far.
        pub released: u64,
        /// Records read so far: what the letters will have to cover.
        pub records: u64,
        /// Letters of the mailing that was sent last or is on its way.
        pub letters: u64,
        /// People affected to whom letters were sent or are on their way.
        pub covered: u64,
        /// Of these, by the last mailing.
        pub covering: u64,
        /// Until when the police want letters kept back.
        pub hold_until: Option<SimTime>,
    }
}

/// Fixed facts of the office, shared by its handlers.
struct Office {
    actor: Actor,
    book: SharedStatements,
    /// By statement: ends of its number as multiples of the count, if it is counted.
    counted: Vec<Option<(f64, f64)>>,
    breach: PropositionId,
    matter: Vec<PropositionId>,
    scope: PropositionId,
    admits: EvidenceId,
    denies: EvidenceId,
    letter: Option<StatementId>,
    approvals: u8,
    is_prepared: bool,
    is_review_light: bool,
    rule: DisclosureRule,
    streams: Vec<StreamId>,
    numbers: Numbers,
    marks: Marks,
}

/// Registered numbers.
struct Numbers {
    draft: ParamId<Hours>,
    review: ParamId<Hours>,
    review_usd: ParamId<Usd>,
    approval: ParamId<Hours>,
    patience: ParamId<Days>,
    bar: ParamId<Share>,
    warning_prepare: ParamId<Hours>,
    warning_reach: ParamId<Share>,
    contact_usd: ParamId<Usd>,
    letters_prepare: ParamId<Hours>,
    per_day: ParamId<Count>,
    letter_usd: ParamId<Usd>,
    scope_known_at: ParamId<Share>,
    scope_factor: ParamId<Factor>,
    statement_usd: ParamId<Usd>,
    effort: ParamId<Factor>,
    admission: ParamId<Share>,
    denial_distrusted: ParamId<Share>,
    denial_trusted: ParamId<Share>,
}

/// Milestones that the office reaches or measures from.
struct Marks {
    first_statement: MilestoneId,
    disclosed: MilestoneId,
    warned: MilestoneId,
    people_notified: MilestoneId,
    /// One for each statement: `pr.released/NAME`.
    released: Vec<MilestoneId>,
}

impl Office {
    fn warning(&self) -> usize {
        self.book.statements.len()
    }

    fn letters(&self) -> usize {
        self.book.statements.len() + 1
    }

    /// The statement that a job releases, if it is one.
    fn statement(&self, job: usize) -> Option<(StatementId, &Statement)> {
        self.book.statements.get(job).map(|s| (StatementId(job as u16), s))
    }

    /// What a job is called in the journal.
    fn title(&self, job: usize) -> &str {
        match self.statement(job) {
            Some((_, statement)) => &statement.title,
            None if job == self.warning() => "direct warning to customers at risk",
            None => "letters to those affected",
        }
    }
}

/// The press office as a plugin.
pub struct Pr;

impl Plugin for Pr {
    const NAME: &'static str = "pr";
    const ABOUT: &'static str =
        "the vendor's press office: drafts, clears and releases words, warns and notifies people";
    type Config = PrConfig;
    type Order = PrOrder;

    fn build(config: PrConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let office = Arc::new(build::office(config, sim)?);
        sim.share::<SharedStatements>(Arc::clone(&office.book));
        wire(sim, &office);
        metrics::declare(sim, &office);
        let actor = office.actor;
        sim.invariant("no text is out before it was ordered", move |view| {
            let is_wrong = |j: &&Job| match (j.done_at, j.ordered_at) {
                (Some(done), Some(ordered)) => j.stage == Stage::Done && done < ordered,
                (Some(_), None) => true,
                _ => false,
            };
            match view.get::<PrOffice>(actor).jobs.iter().find(is_wrong) {
                Some(job) => Err(format!("{job:?}")),
                None => Ok(()),
            }
        });
        Ok(())
    }
}

fn wire(sim: &mut SimBuilder, office: &Arc<Office>) {
    sim.on(|on: On<'_, RecordsRead>, mut pr: Single<'_, '_, &mut PrOffice>| {
        pr.records += on.event.count;
    });
    let o = Arc::clone(office);
    sim.on(move |mut on: On<'_, PrOrder>, mut pr: Single<'_, '_, &mut PrOffice>| {
        let order = on.event;
        systems::obey(&mut on, &mut pr, &o, order);
    });
    let o = Arc::clone(office);
    sim.on(
        move |mut on: On<'_, StepDue>,
              mut pr: Single<'_, '_, &mut PrOffice>,
              mut ledgers: Single<'_, '_, &mut Ledgers>,
              cohorts: Query<'_, '_, &Cohort>| {
            let trust = decisions::mean_trust(cohorts.iter().map(|c| (c.size, c.trust)));
            let due = on.event;
            systems::step(&mut on, &mut pr, &mut ledgers, &o, trust, due);
        },
    );
    let o = Arc::clone(office);
    sim.on(move |mut on: On<'_, BeliefMoved>, mut pr: Single<'_, '_, &mut PrOffice>| {
        let moved = on.event;
        systems::reconsider(&mut on, &mut pr, &o, moved);
    });
    sim.on(|on: On<'_, PoliceHold>, mut pr: Single<'_, '_, &mut PrOffice>| {
        let until = SimTime::from_ms(on.event.until_ms);
        pr.hold_until = Some(pr.hold_until.map_or(until, |known| known.max(until)));
    });
}
