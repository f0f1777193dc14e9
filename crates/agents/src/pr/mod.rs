//! The vendor's press office: writes statements, takes them through counsel and the approval chain,
//! releases them, warns those at risk, writes to those whose data were taken, and briefs business
//! customers in confidence. A statement belongs to one matter of the case.
//!
//! How long words take and how sure the vendor wants to be before it affirms anything are its levers;
//! what to say and when to say it are decisions, which reach it as [`PrOrder`]s.

mod build;
pub mod config;
pub mod decisions;
mod direct;
pub mod kinds;
mod metrics;
mod systems;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use hotwash_engine::{
    Actor, Count, Days, Event, Factor, Hours, JsonSchema, MilestoneId, On, Order, ParamId, Plugin,
    Problem, Query, Share, SimBuilder, SimTime, Single, Slug, StreamId, Usd, schemars, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{BeliefMoved, PoliceHold, RecordsRead};
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{
    Cohort, EvidenceId, Ledgers, MatterId, PropositionId, Statement, StatementId,
};
use serde::Deserialize;

use config::PrConfig;
use decisions::{DisclosureRule, Stage};

/// The sort of name under which the optional parts of the section are declared.
const PART: &str = "part of the section `pr`";

/// What the press office can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum PrOrder {
    /// Prepare a statement and release it.
    Publish(#[schemars(extend("x-words" = "statement"))] Slug),
    /// Warn those at risk directly that callers may know their case.
    WarnTargets,
    /// Write to everybody whose data were taken.
    NotifyPeople,
    /// Tell business customers in confidence, before the public.
    Brief,
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
            PrOrder::WarnTargets => names.require(PART, "warning"),
            PrOrder::NotifyPeople => names.require(PART, "letters"),
            PrOrder::Brief => names.require(PART, "briefing"),
            PrOrder::Hold => Ok(()),
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
    /// The press office's desk: one job per statement, then the warning, the letters, the briefing.
    pub struct PrOffice {
        /// Texts, by statement number; the last three are the warning, the letters, the briefing.
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
    case: SharedCase,
    book: SharedStatements,
    /// By statement: ends of its number as multiples of the count, if it is counted.
    counted: Vec<Option<(f64, f64)>>,
    topics: Vec<Topic>,
    warning: Option<Warning>,
    letters: Option<Letters>,
    briefing: Option<Briefing>,
    approvals: u8,
    is_prepared: bool,
    is_review_light: bool,
    rule: DisclosureRule,
    /// By job.
    streams: Vec<StreamId>,
    numbers: Numbers,
    marks: Marks,
}

/// Something that statements take a stance on.
struct Topic {
    of: Vec<PropositionId>,
    admits: EvidenceId,
    denies: EvidenceId,
}

/// Direct warnings.
struct Warning {
    prepare: ParamId<Hours>,
    reach: ParamId<Share>,
    contact_usd: ParamId<Usd>,
    done: MilestoneId,
}

/// Letters to those whose data were taken.
struct Letters {
    matter: MatterId,
    scope: PropositionId,
    statement: Option<StatementId>,
    prepare: ParamId<Hours>,
    per_day: ParamId<Count>,
    letter_usd: ParamId<Usd>,
    scope_known_at: ParamId<Share>,
    scope_factor: ParamId<Factor>,
    done: MilestoneId,
}

/// Briefings in confidence.
struct Briefing {
    matter: MatterId,
    prepare: ParamId<Hours>,
    reach: ParamId<Share>,
    usd: ParamId<Usd>,
    leaks: ParamId<Share>,
    leaks_after: ParamId<Hours>,
    stream: StreamId,
    done: MilestoneId,
}

/// Registered numbers.
struct Numbers {
    draft: ParamId<Hours>,
    review: ParamId<Hours>,
    review_usd: ParamId<Usd>,
    approval: ParamId<Hours>,
    patience: ParamId<Days>,
    bar: ParamId<Share>,
    statement_usd: ParamId<Usd>,
    effort: ParamId<Factor>,
    admission: ParamId<Share>,
    denial_distrusted: ParamId<Share>,
    denial_trusted: ParamId<Share>,
}

/// Milestones that the office reaches.
struct Marks {
    /// By matter.
    first_statement: Vec<MilestoneId>,
    /// By matter.
    disclosed: Vec<MilestoneId>,
    /// One for each statement: `pr.released/NAME`.
    released: Vec<MilestoneId>,
}

/// How many jobs there are that are no statements.
const OTHER_JOBS: usize = 3;

impl Office {
    fn warning_job(&self) -> usize {
        self.book.statements.len()
    }

    fn letters_job(&self) -> usize {
        self.book.statements.len() + 1
    }

    fn briefing_job(&self) -> usize {
        self.book.statements.len() + 2
    }

    /// The statement that a job releases, if it is one.
    fn statement(&self, job: usize) -> Option<(StatementId, &Statement)> {
        self.book.statements.get(job).map(|s| (StatementId(job as u16), s))
    }

    /// Whether the scenario has what a job needs.
    fn can_do(&self, job: usize) -> bool {
        self.statement(job).is_some() || self.list_time(job).is_some()
    }

    /// How long the list of addresses takes for a job that is no statement.
    fn list_time(&self, job: usize) -> Option<ParamId<Hours>> {
        if job == self.warning_job() {
            self.warning.as_ref().map(|w| w.prepare)
        } else if job == self.letters_job() {
            self.letters.as_ref().map(|l| l.prepare)
        } else {
            self.briefing.as_ref().map(|b| b.prepare)
        }
    }

    /// What a job is called in the journal.
    fn title(&self, job: usize) -> &str {
        match self.statement(job) {
            Some((_, statement)) => &statement.title,
            None if job == self.warning_job() => "direct warning to customers at risk",
            None if job == self.letters_job() => "letters to those affected",
            None => "briefing of business customers",
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
        kinds::reach(sim);
        sim.entitle(office.actor.id, "Press office");
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
    let case = Arc::clone(&o.case);
    sim.on_when(
        move |moved: &BeliefMoved| systems::concerns_the_office(moved, &case),
        move |mut on: On<'_, BeliefMoved>, mut pr: Single<'_, '_, &mut PrOffice>| {
            let moved = on.event;
            systems::reconsider(&mut on, &mut pr, &o, moved);
        },
    );
    let o = Arc::clone(office);
    sim.on(move |on: On<'_, PoliceHold>, mut pr: Single<'_, '_, &mut PrOffice>| {
        if o.letters.as_ref().is_none_or(|letters| letters.matter != on.event.matter) {
            return;
        }
        let until = SimTime::from_ms(on.event.until_ms);
        pr.hold_until = Some(pr.hold_until.map_or(until, |known| known.max(until)));
    });
}
