//! The simulation: a value that runs a replication, is reset in place and runs the next.

use bevy_ecs::world::World;

use crate::actor::ActorId;
use crate::agenda::{Agenda, Phase};
use crate::catalogue::Catalogue;
use crate::cx::{Cx, Pending};
use crate::decision::{
    Answer, Decider, Decision, DecisionId, DecisionState, Inject, Placed, Question,
};
use crate::director::{ANSWER, ASK, Act, CUE, RESERVED};
use crate::event::{End, Start};
use crate::fault::Fault;
use crate::handler::{Handler, Slot};
use crate::journal::{Journal, Kind, NoteId, Weight};
use crate::metric::{Metric, MetricInfo, View};
use crate::milestone::MilestoneId;
use crate::snapshot::Restore;
use crate::streams::RunKey;
use crate::time::{SimDuration, SimTime};

/// A decision comes up.
pub static DECISION_ASKED: Kind = Kind {
    name: "exercise.decision-asked",
    lane: "decision",
    weight: Weight::Notable,
    audience: crate::Audience::NONE,
    says: "must decide: {ask}",
    tags: &[],
};

/// A decision is taken.
pub static DECISION_TAKEN: Kind = Kind {
    name: "exercise.decision-taken",
    lane: "decision",
    weight: Weight::Milestone,
    audience: crate::Audience::NONE,
    says: "decided {decision}: {option}. {text}",
    tags: &[],
};

/// A message to players.
pub static INJECT: Kind = Kind {
    name: "exercise.inject",
    lane: "inject",
    weight: Weight::Notable,
    audience: crate::Audience::NONE,
    says: "{text}",
    tags: &[],
};

/// Says how an invariant is broken, if it is.
type Check = Box<dyn Fn(&View<'_>) -> Result<(), String> + Send + Sync>;

pub(crate) struct Invariant {
    pub(crate) name: &'static str,
    pub(crate) holds: Check,
}

/// Why a run stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The horizon was reached; metrics are final.
    Ended,
    /// The decider holds this decision: give the answer by [`Simulation::answer`] and go on.
    Held(DecisionId),
    /// The time asked for was reached.
    Until(SimTime),
}

/// A built scenario, ready to run any number of replications.
pub struct Simulation {
    world: World,
    cx: Cx,
    /// By event number, in the order they were registered.
    handlers: Vec<Vec<Box<dyn Handler>>>,
    snapshots: Vec<Box<dyn Restore>>,
    catalogue: Catalogue,
    metrics: Vec<Metric>,
    invariants: Vec<Invariant>,
    decisions: Vec<Placed>,
    states: Vec<DecisionState>,
    injects: Vec<(Inject, ActorId)>,
    /// When each inject was delivered in this run.
    delivered: Vec<Option<SimTime>>,
    start: SimTime,
    check_invariants: bool,
    has_ended: bool,
}

impl Simulation {
    #[expect(clippy::too_many_arguments, reason = "called once, by the builder")]
    pub(crate) fn new(
        world: World,
        cx: Cx,
        handlers: Vec<Vec<Box<dyn Handler>>>,
        snapshots: Vec<Box<dyn Restore>>,
        catalogue: Catalogue,
        metrics: Vec<Metric>,
        invariants: Vec<Invariant>,
        decisions: Vec<Placed>,
        injects: Vec<(Inject, ActorId)>,
        start: SimTime,
    ) -> Self {
        let states = vec![DecisionState::default(); decisions.len()];
        let delivered = vec![None; injects.len()];
        Simulation {
            world,
            cx,
            handlers,
            snapshots,
            catalogue,
            metrics,
            invariants,
            decisions,
            states,
            injects,
            delivered,
            start,
            check_invariants: false,
            has_ended: false,
        }
    }

    /// Records the journal of the runs from the next reset on, or stops doing so.
    pub fn record_journal(&mut self, on: bool) {
        self.cx.journal = on.then(Journal::default);
    }

    /// Records every ticket taken, for tests. Slow.
    pub fn record_draws(&mut self, on: bool) {
        self.cx.record_draws(on);
    }

    /// Checks invariants after every entry. Slow.
    pub fn check_invariants(&mut self, on: bool) {
        self.check_invariants = on;
    }

    /// Moves a number of the model to a position in its range, or puts it back: for studies of what an
    /// outcome hangs on. Runs from the next reset on have it so; a reset does not undo it.
    ///
    /// `number` is its place in [`Catalogue::params`], `at` a position from 0 to 1 in its range: see
    /// [`ParamInfo::at`]. Where a number counts once per run ([`Cx::value`]) it has the value there,
    /// and the world draws nothing for it. Where it is drawn from case to case ([`Cx::sample`]) the
    /// middle case lies there and all others keep their distance from it on the unit's scale. What
    /// was read by `Param::median` while the simulation was built is not moved.
    ///
    /// # Panics
    /// When there is no such number.
    pub fn bend(&mut self, number: usize, at: Option<f64>) {
        let info = &self.catalogue.params[number];
        let slot = &mut self.cx.params[number];
        slot.held = at.map(|at| info.at(at));
        slot.dist = at.map_or_else(|| info.dist.clone(), |at| info.cases(at));
    }

    /// Puts everything back to the start of a run.
    pub fn reset(&mut self, key: RunKey) {
        for snapshot in &mut self.snapshots {
            snapshot.restore(&mut self.world);
        }
        self.cx.reset(key, self.start);
        self.states.fill(DecisionState::default());
        self.delivered.fill(None);
        self.has_ended = false;
        self.cx.director.start(&mut self.cx.agenda);
        self.cx.at(self.start, Start);
    }

    /// Lets chance go its own way from here on: all that has happened stays, and whatever has not been
    /// drawn yet is drawn as in the run with this key. That is how a run is forked: the same past, many
    /// futures.
    pub fn diverge(&mut self, key: RunKey) {
        self.cx.streams.start(key);
    }

    /// When the next entry of the agenda is due; nothing when no more will happen.
    pub fn next_due(&self) -> Option<SimTime> {
        self.cx.agenda.peek().filter(|due| *due <= self.cx.horizon)
    }

    /// Resets and runs to the end.
    ///
    /// # Errors
    /// A [`Fault`], which is a bug.
    pub fn run(&mut self, key: RunKey, decider: &mut dyn Decider) -> Result<Stop, Fault> {
        self.reset(key);
        self.advance(decider, SimTime::from_ms(SimTime::LIMIT))
    }

    /// Goes on until the run ends, a decision is held, or `until` has passed.
    ///
    /// # Errors
    /// A [`Fault`], which is a bug.
    pub fn advance(&mut self, decider: &mut dyn Decider, until: SimTime) -> Result<Stop, Fault> {
        let bound = until.min(self.cx.horizon);
        while let Some(item) = self.cx.agenda.pop_due(bound) {
            let (due, event, slot) = (item.time(), item.event(), item.slot());
            if self.cx.agenda.was_cancelled(&item) {
                if event >= RESERVED {
                    self.cx.slabs[usize::from(event)].free(slot);
                }
                continue;
            }
            self.cx.now = due;
            self.cx.cause = item.cause();
            self.cx.entries_run += 1;
            if event >= RESERVED {
                self.dispatch(event, slot)?;
                self.settle()?;
            } else if let Some(held) = self.direct(event, slot, decider)? {
                return Ok(Stop::Held(held));
            }
            if self.cx.agenda.is_exhausted() {
                return Err(Fault::Runaway { at: due });
            }
        }
        if until < self.cx.horizon {
            self.cx.now = self.cx.now.max(until);
            return Ok(Stop::Until(until));
        }
        self.end()?;
        Ok(Stop::Ended)
    }

    fn end(&mut self) -> Result<(), Fault> {
        if self.has_ended {
            return Ok(());
        }
        self.has_ended = true;
        self.cx.now = self.cx.horizon;
        self.cx.cause = 0;
        self.cx.send(End);
        self.settle()
    }

    #[inline]
    fn dispatch(&mut self, event: u16, slot: u32) -> Result<(), Fault> {
        let handlers = &mut self.handlers[usize::from(event)];
        let at = Slot { event, place: slot };
        if let Some((last, others)) = handlers.split_last_mut() {
            let cause = self.cx.cause;
            for handler in others {
                handler.call(at, false, &mut self.cx, &mut self.world);
                self.cx.cause = cause;
            }
            last.call(at, true, &mut self.cx, &mut self.world);
        }
        if self.cx.failed.is_none() { Ok(()) } else { self.fail() }
    }

    #[cold]
    fn fail(&mut self) -> Result<(), Fault> {
        self.cx.failed.take().map_or(Ok(()), |fault| Err(*fault))
    }

    /// Handles the messages sent at this instant, then checks the invariants.
    #[inline]
    fn settle(&mut self) -> Result<(), Fault> {
        if self.cx.soon.is_empty() && !self.check_invariants {
            return Ok(());
        }
        self.settle_all()
    }

    fn settle_all(&mut self) -> Result<(), Fault> {
        let mut handled = 0_u32;
        while let Some(Pending { event, slot, cause }) = self.cx.soon.pop_front() {
            self.cx.cause = cause;
            self.dispatch(event, slot)?;
            handled += 1;
            if handled > Agenda::CAPACITY {
                return Err(Fault::Runaway { at: self.cx.now });
            }
        }
        if self.check_invariants { self.verify() } else { Ok(()) }
    }

    fn verify(&self) -> Result<(), Fault> {
        let view = self.view();
        for invariant in &self.invariants {
            (invariant.holds)(&view).map_err(|message| Fault::Invariant {
                name: invariant.name,
                message,
                at: self.cx.now,
            })?;
        }
        Ok(())
    }

    fn direct(
        &mut self,
        event: u16,
        slot: u32,
        decider: &mut dyn Decider,
    ) -> Result<Option<DecisionId>, Fault> {
        match event {
            CUE => match self.cx.director.due(slot, &self.cx.milestones) {
                Some(Act::Ask(number)) => return self.ask(DecisionId(number), decider),
                Some(Act::Inject(number)) => self.deliver(usize::from(number)),
                None => {}
            },
            ASK => return self.ask(DecisionId(slot as u16), decider),
            ANSWER => {
                let id = DecisionId(slot as u16);
                if let Some(option) = self.states[slot as usize].pending {
                    self.take(id, option);
                }
            }
            other => unreachable!("event number {other} is not the engine's"),
        }
        self.settle()?;
        Ok(None)
    }

    fn ask(
        &mut self,
        id: DecisionId,
        decider: &mut dyn Decider,
    ) -> Result<Option<DecisionId>, Fault> {
        let number = usize::from(id.0);
        if self.states[number].taken.is_some() || self.states[number].pending.is_some() {
            return Ok(None);
        }
        let now = self.cx.now;
        let placed = &self.decisions[number];
        if self.states[number].asked_at.is_none() {
            self.states[number].asked_at = Some(now);
            let decision = &placed.decision;
            let asked = self.cx.note(&DECISION_ASKED, placed.who, |n| {
                n.with("decision", decision.name.as_str())
                    .with("ask", decision.ask.as_str())
                    .with("limit", decision.limit)
                    .seen_by(decision.audience)
            });
            self.states[number].asked = asked;
        }
        let asked_at = self.states[number].asked_at.unwrap_or(now);
        let due = asked_at + placed.decision.limit;
        let (limit, default) = (placed.decision.limit, placed.decision.default);
        if now >= due && limit > SimDuration::ZERO {
            self.take(id, default);
            self.settle()?;
            return Ok(None);
        }
        let question = Question { id, decision: &placed.decision, asked_at, view: self.view() };
        match decider.decide(&question) {
            Answer::Hold => {
                self.cx.agenda.push(due, Phase::Inject, ASK, u32::from(id.0), self.cx.cause);
                return Ok(Some(id));
            }
            Answer::Later(wait) => {
                let wait = wait.max(SimDuration::from_minutes(1));
                self.cx.agenda.push(
                    (now + wait).min(due),
                    Phase::Inject,
                    ASK,
                    u32::from(id.0),
                    self.cx.cause,
                );
            }
            Answer::Choose { option, after } => self.choose(id, option, after),
        }
        self.settle()?;
        Ok(None)
    }

    fn choose(&mut self, id: DecisionId, option: usize, after: SimDuration) {
        let number = usize::from(id.0);
        let placed = &self.decisions[number];
        assert!(
            option < placed.decision.options.len(),
            "decider chose an option that does not exist"
        );
        if after <= SimDuration::ZERO {
            self.take(id, option);
            return;
        }
        let due = self.states[number].asked_at.unwrap_or(self.cx.now) + placed.decision.limit;
        self.states[number].pending = Some(option);
        let at = (self.cx.now + after).min(due);
        self.cx.agenda.push(at, Phase::Inject, ANSWER, u32::from(id.0), self.cx.cause);
    }

    /// Gives the answer to a decision that was held. Takes effect at the current instant.
    ///
    /// # Errors
    /// Says so when the decision was not asked, was answered, or has no such option.
    pub fn answer(&mut self, id: DecisionId, option: usize) -> Result<(), String> {
        let state = self.states.get(usize::from(id.0)).copied().ok_or("no such decision")?;
        let decision = &self.decisions[usize::from(id.0)].decision;
        if state.asked_at.is_none() || state.taken.is_some() {
            return Err(format!("decision `{}` is not open", decision.name));
        }
        if option >= decision.options.len() {
            return Err(format!("decision `{}` has no option {option}", decision.name));
        }
        // What was handled last need not be what led here.
        self.cx.cause = state.asked.0;
        self.take(id, option);
        self.settle().map_err(|fault| fault.to_string())
    }

    /// Delivers an inject now, by hand; it does not come again by its cue.
    ///
    /// # Errors
    /// Says so when there is no such inject, or it was delivered before.
    pub fn hand_inject(&mut self, number: usize) -> Result<(), String> {
        let at = *self.delivered.get(number).ok_or("no such inject")?;
        if let Some(at) = at {
            return Err(format!("inject `{}` came at {at}", self.injects[number].0.name));
        }
        self.cx.cause = 0;
        self.deliver(number);
        self.settle().map_err(|fault| fault.to_string())
    }

    /// When an inject was delivered in this run, by its order of declaration.
    pub fn inject_delivered(&self, number: usize) -> Option<SimTime> {
        self.delivered.get(number).copied().flatten()
    }

    fn take(&mut self, id: DecisionId, option: usize) {
        let state = &mut self.states[usize::from(id.0)];
        state.taken = Some(option);
        state.pending = None;
        let placed = &self.decisions[usize::from(id.0)];
        let (decision, choice) = (&placed.decision, &placed.decision.options[option]);
        self.cx.note(&DECISION_TAKEN, placed.who, |n| {
            n.with("decision", decision.name.as_str())
                .with("option", choice.name.as_str())
                .with("text", choice.text.as_str())
                .seen_by(decision.audience)
        });
        self.cx.reach(placed.chosen[option]);
        for order in &choice.orders {
            order.send(&mut self.cx);
        }
    }

    fn deliver(&mut self, number: usize) {
        if self.delivered[number].is_some() {
            return;
        }
        self.delivered[number] = Some(self.cx.now);
        let (inject, who) = &self.injects[number];
        self.cx.note(&INJECT, *who, |n| {
            n.with("inject", inject.name.as_str())
                .with("text", inject.text.as_str())
                .seen_by(inject.audience)
        });
        for order in &inject.orders {
            order.send(&mut self.cx);
        }
    }

    /// The run as it stands, to read.
    pub fn view(&self) -> View<'_> {
        View { world: &self.world, cx: &self.cx, metrics: &self.metrics }
    }

    /// The metrics' declarations, in order.
    pub fn metrics(&self) -> impl ExactSizeIterator<Item = &MetricInfo> {
        self.metrics.iter().map(|m| &m.info)
    }

    /// The metrics' values as of now, in the same order, into `out`.
    pub fn read_metrics(&self, out: &mut Vec<Option<f64>>) {
        let view = self.view();
        out.clear();
        out.extend(self.metrics.iter().map(|m| (m.read)(&view)));
    }

    /// What the simulation was built of.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The decisions, by [`DecisionId`].
    pub fn decisions(&self) -> impl ExactSizeIterator<Item = &Decision> {
        self.decisions.iter().map(|p| &p.decision)
    }

    /// The injects, in order of declaration.
    pub fn injects(&self) -> impl ExactSizeIterator<Item = &Inject> {
        self.injects.iter().map(|(inject, _)| inject)
    }

    /// How a decision stands.
    pub fn decision_state(&self, id: DecisionId) -> DecisionState {
        self.states[usize::from(id.0)]
    }

    /// The journal of this run; empty unless recorded.
    pub fn journal(&self) -> &Journal {
        static EMPTY: Journal = Journal { entries: Vec::new() };
        self.cx.journal.as_ref().unwrap_or(&EMPTY)
    }

    /// The tickets of this run; empty unless recorded.
    pub fn draws(&self) -> &[crate::DrawRecord] {
        self.cx.streams.records()
    }

    /// What this run has made of a number so far, by its place in [`Catalogue::params`]. Draws from case
    /// to case are known only while draws are recorded.
    pub fn reading(&self, number: usize) -> crate::Reading {
        self.cx.reading(number)
    }

    /// Name of an actor.
    pub fn actor_name(&self, id: ActorId) -> &str {
        self.catalogue.actors.get(usize::from(id.0)).map_or("?", String::as_str)
    }

    /// Name of a milestone.
    pub fn milestone_name(&self, id: MilestoneId) -> &str {
        self.catalogue.milestones.get(usize::from(id.0)).map_or("?", |m| m.name.as_str())
    }

    /// When each milestone of this run was first reached, by [`MilestoneId`].
    pub fn milestones(&self) -> &[Option<SimTime>] {
        &self.cx.milestones.reached
    }

    /// The current instant.
    pub fn now(&self) -> SimTime {
        self.cx.now
    }

    /// When runs start and end.
    pub fn span(&self) -> (SimTime, SimTime) {
        (self.start, self.cx.horizon)
    }

    /// Civil time.
    pub fn calendar(&self) -> &crate::Calendar {
        &self.cx.calendar
    }

    /// How many agenda entries this run has executed and scheduled, for benchmarks.
    pub fn entries(&self) -> (u64, u32) {
        (self.cx.entries_run, self.cx.agenda.scheduled())
    }

    /// The last entry of the journal, as a number; counted even when nothing is recorded.
    pub fn last_note(&self) -> NoteId {
        NoteId(self.cx.notes)
    }
}
