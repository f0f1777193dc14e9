//! The session: a simulation, the records that led to it, and what people may add to them.

use hotwash_engine::{
    Answer, Decider, DecisionId, Question, SimDuration, SimTime, Simulation, Stop, Weight,
};
use hotwash_incident::view;
use hotwash_scenario::PolicyDecider;

use crate::act::{Act, Record};
use crate::error::{ExerciseError, Refusal};
use crate::log::Keep;
use crate::plan::Plan;
use crate::record::{self, Line};
use crate::seat::{FACILITATOR, Seat};
use crate::state::{OpenDecision, State};

/// What the clock brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advance {
    /// Decisions that came up, by position in the scenario.
    pub asked: Vec<usize>,
    /// Entries added to the journal.
    pub entries: usize,
    /// Whether the end of the scenario was reached.
    pub is_over: bool,
}

/// Something done that the simulation depends on. Decisions, options and injects by their positions in
/// the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A decision is taken.
    Decide {
        /// Which.
        decision: usize,
        /// How.
        option: usize,
    },
    /// An inject is delivered by hand.
    Inject {
        /// Which.
        inject: usize,
    },
    /// The exercise ends.
    Endex,
}

/// Who decides while people play: people for what they play, the policy for everything else.
struct Table {
    policy: Option<PolicyDecider>,
    /// By decision.
    played: Vec<bool>,
    /// After ENDEX the policy decides.
    is_over: bool,
}

impl Decider for Table {
    fn decide(&mut self, question: &Question<'_>) -> Answer {
        let is_played = self.played.get(usize::from(question.id.0)).copied().unwrap_or(false);
        // What the policy began to think about before STARTEX it goes on with: nobody was asked.
        if is_played && !self.is_over && question.asked_at >= SimTime::STARTEX {
            return Answer::Hold;
        }
        match &mut self.policy {
            Some(policy) => policy.decide(question),
            None => Answer::Choose { option: question.decision.default, after: SimDuration::ZERO },
        }
    }
}

/// One conduct of a scenario.
pub struct Session {
    plan: Plan,
    sim: Simulation,
    table: Table,
    state: State,
    records: Vec<Record>,
    keep: Box<dyn Keep>,
    /// What counts of what was done, with when.
    effects: Vec<(SimTime, Effect)>,
    /// How many effects there were when each decision came up.
    asked_after: Vec<usize>,
    lines: Vec<Line>,
    /// Entries in the journal at ENDEX.
    endex_entries: Option<usize>,
    /// Rises whenever the journal is not only longer but another one.
    generation: u32,
    is_over: bool,
}

impl Session {
    /// A new session, at STARTEX with the clock stopped.
    ///
    /// # Errors
    /// When the scenario cannot be built so, or the first record cannot be kept.
    pub fn begin(plan: Plan, keep: Box<dyn Keep>, wall_ms: i64) -> Result<Session, ExerciseError> {
        let opening = plan.opening();
        Session::begin_as(plan, opening, keep, wall_ms)
    }

    fn begin_as(
        plan: Plan,
        opening: crate::Opening,
        keep: Box<dyn Keep>,
        wall_ms: i64,
    ) -> Result<Session, ExerciseError> {
        let mut session = Session::empty(plan, keep)?;
        session.start()?;
        let (ms, by) = (session.sim.now().ms(), FACILITATOR.to_owned());
        let record = Record { n: 0, ms, wall_ms, by, act: Act::Open(opening) };
        session.keep.keep(&record, true)?;
        session.state.take(&record);
        session.records.push(record);
        Ok(session)
    }

    /// A session as its records left it, with the clock stopped. `keep` takes what comes from now on.
    ///
    /// # Errors
    /// When the plan is not the one of the first record, or a record cannot be done again.
    pub fn resume(
        plan: Plan,
        records: Vec<Record>,
        keep: Box<dyn Keep>,
    ) -> Result<Session, ExerciseError> {
        let Some(Record { act: Act::Open(opening), .. }) = records.first() else {
            return Err(ExerciseError::File("the session's first record is missing".to_owned()));
        };
        fits(opening, &plan)?;
        let mut session = Session::empty(plan, keep)?;
        session.start()?;
        for record in records {
            session.redo(record)?;
        }
        session.state.pace = crate::state::Pace::Paused;
        Ok(session)
    }

    /// A new session that begins with the first `until` records of this one, its own opening in front.
    ///
    /// # Errors
    /// As for [`Session::begin`] and [`Session::resume`].
    pub fn branch(
        &self,
        name: &str,
        until: u64,
        keep: Box<dyn Keep>,
        wall_ms: i64,
    ) -> Result<Session, ExerciseError> {
        let mut opening = self.plan.opening();
        opening.branched_from = Some((name.to_owned(), until));
        let mut branch = Session::begin_as(self.plan.clone(), opening, keep, wall_ms)?;
        let mut copied = self.records.iter().skip(1).take_while(|r| r.n < until).peekable();
        while let Some(record) = copied.next() {
            // The last takes all of them to the disk.
            branch.keep.keep(record, copied.peek().is_none())?;
            branch.redo(record.clone())?;
        }
        branch.state.pace = crate::state::Pace::Paused;
        Ok(branch)
    }

    fn empty(plan: Plan, keep: Box<dyn Keep>) -> Result<Session, ExerciseError> {
        let sim =
            plan.scenario.build(&plan.set, plan.policy.as_ref()).map_err(ExerciseError::Build)?;
        let played = sim.decisions().map(|d| plan.played.contains(&d.role)).collect();
        let policy = plan.policy.as_ref().map(|p| p.decider(&sim));
        let decisions = sim.decisions().len();
        let mut session = Session {
            table: Table { policy, played, is_over: false },
            plan,
            sim,
            state: State::default(),
            records: Vec::new(),
            keep,
            effects: Vec::new(),
            asked_after: vec![0; decisions],
            lines: Vec::new(),
            endex_entries: None,
            generation: 0,
            is_over: false,
        };
        session.sim.record_journal(true);
        Ok(session)
    }

    /// The lead-in: from the beginning of the world to STARTEX.
    fn start(&mut self) -> Result<(), ExerciseError> {
        self.sim.reset(self.plan.key());
        self.table.policy = self.plan.policy.as_ref().map(|p| p.decider(&self.sim));
        self.table.is_over = false;
        self.lines.clear();
        self.is_over = false;
        self.endex_entries = None;
        self.run_to(SimTime::STARTEX, false)?;
        Ok(())
    }

    /// Lets the clock run to `until`; it stops earlier where a decision comes up, if the plan says so.
    ///
    /// # Errors
    /// A bug of the model.
    pub fn advance(&mut self, until: SimTime) -> Result<Advance, ExerciseError> {
        self.run_to(until.max(self.sim.now()), self.plan.stops_at_decisions)
    }

    /// Goes to the next thing that matters: a decision, or a notable entry that somebody at the vendor
    /// sees.
    ///
    /// # Errors
    /// A bug of the model.
    pub fn skip(&mut self) -> Result<Advance, ExerciseError> {
        let mut sum = Advance::default();
        while let Some(due) = self.sim.next_due() {
            let seen = self.lines.len();
            let step = self.run_to(due, true)?;
            sum.asked.extend(step.asked);
            sum.entries += step.entries;
            sum.is_over |= step.is_over;
            if !sum.asked.is_empty() || sum.is_over || self.matters_since(seen) {
                return Ok(sum);
            }
        }
        let rest = self.run_to(self.sim.span().1, true)?;
        sum.entries += rest.entries;
        sum.is_over |= rest.is_over;
        Ok(sum)
    }

    fn matters_since(&self, seen: usize) -> bool {
        self.sim.journal().entries()[seen..]
            .iter()
            .any(|e| e.kind.weight >= Weight::Notable && e.audience.meets(view::VENDOR))
    }

    fn run_to(&mut self, until: SimTime, stops: bool) -> Result<Advance, ExerciseError> {
        let mut out = Advance::default();
        let before = self.lines.len();
        let mut bound = until;
        loop {
            match self.sim.advance(&mut self.table, bound)? {
                Stop::Held(id) => {
                    let number = usize::from(id.0);
                    self.asked_after[number] = self.effects.len();
                    out.asked.push(number);
                    if stops {
                        // The rest of this instant: whoever answers later finds the same world.
                        bound = self.sim.now();
                    }
                }
                Stop::Until(_) => break,
                Stop::Ended => {
                    self.is_over = true;
                    break;
                }
            }
        }
        let sim = &self.sim;
        let new = &sim.journal().entries()[before..];
        self.lines.extend(new.iter().map(|entry| record::line(sim, entry)));
        out.entries = self.lines.len() - before;
        out.is_over = self.is_over;
        Ok(out)
    }

    /// Does something and keeps it: when this returns, it is on the disk and in the world.
    ///
    /// # Errors
    /// When it may not be done or does not fit: the session is then as it was.
    pub fn act(&mut self, by: &str, act: Act, wall_ms: i64) -> Result<u64, Refusal> {
        self.check(by, &act)?;
        let record = Record {
            n: self.records.len() as u64,
            ms: self.sim.now().ms(),
            wall_ms,
            by: by.to_owned(),
            act,
        };
        let flush = !matches!(record.act, Act::Reached);
        self.keep.keep(&record, flush).map_err(|e| Refusal::NotKept(e.to_string()))?;
        let n = record.n;
        self.apply(&record).map_err(|error| Refusal::Wrong(error.to_string()))?;
        self.records.push(record);
        Ok(n)
    }

    /// Does a record again: the world first goes to its instant.
    fn redo(&mut self, record: Record) -> Result<(), ExerciseError> {
        let n = record.n;
        if n > 0 {
            self.run_to(SimTime::from_ms(record.ms).max(self.sim.now()), false)?;
            self.check(&record.by, &record.act)
                .map_err(|why| ExerciseError::Replay { n, why: why.to_string() })?;
        }
        self.apply(&record)?;
        self.records.push(Record { n: self.records.len() as u64, ..record });
        Ok(())
    }

    fn apply(&mut self, record: &Record) -> Result<(), ExerciseError> {
        let wrong = |why: String| ExerciseError::Replay { n: record.n, why };
        match &record.act {
            Act::Decide { decision, option, .. } => {
                let (decision, option) =
                    self.option(decision, option).map_err(|e| wrong(e.to_string()))?;
                self.affect(Effect::Decide { decision, option })?;
            }
            Act::Inject { inject } => {
                let inject = self.inject(inject).map_err(|e| wrong(e.to_string()))?;
                self.affect(Effect::Inject { inject })?;
            }
            Act::Endex => {
                self.endex_entries = Some(self.lines.len());
                self.affect(Effect::Endex)?;
            }
            Act::Rewind { decision } => {
                let number = self.decision(decision).map_err(|e| wrong(e.to_string()))?;
                self.rewind(number)?;
                let is_taken =
                    |(_, effect): &&(SimTime, Effect)| matches!(effect, Effect::Decide { .. });
                let taken = self.effects.iter().filter(is_taken).count();
                self.state.go_back(self.sim.now().ms(), taken, self.lines.len());
            }
            _ => {}
        }
        self.state.take(record);
        Ok(())
    }

    fn affect(&mut self, effect: Effect) -> Result<(), ExerciseError> {
        let at = self.sim.now();
        self.effects.push((at, effect));
        self.put(effect)?;
        let until = if self.table.is_over { self.sim.span().1 } else { at };
        self.run_to(until, false)?;
        Ok(())
    }

    fn put(&mut self, effect: Effect) -> Result<(), ExerciseError> {
        let wrong = |why| ExerciseError::Replay { n: self.records.len() as u64, why };
        match effect {
            Effect::Decide { decision, option } => {
                self.sim.answer(DecisionId(decision as u16), option).map_err(wrong)
            }
            Effect::Inject { inject } => self.sim.hand_inject(inject).map_err(wrong),
            Effect::Endex => {
                self.table.is_over = true;
                Ok(())
            }
        }
    }

    /// Back to the instant at which a decision came up, with what had been done by then.
    fn rewind(&mut self, decision: usize) -> Result<(), ExerciseError> {
        let asked = self.sim.decision_state(DecisionId(decision as u16)).asked_at;
        let until = asked.unwrap_or(self.sim.now());
        let kept: Vec<_> = self.effects.drain(..).take(self.asked_after[decision]).collect();
        self.generation += 1;
        self.start()?;
        for (at, effect) in kept {
            self.run_to(at, false)?;
            self.effects.push((at, effect));
            self.put(effect)?;
            self.run_to(at, false)?;
        }
        self.run_to(until, false)?;
        Ok(())
    }

    /// When a decision came up in this run.
    pub(crate) fn asked_ms(&self, decision: &str) -> Option<i64> {
        let number = self.decision(decision).ok()?;
        self.sim.decision_state(DecisionId(number as u16)).asked_at.map(SimTime::ms)
    }

    /// The seats of somebody; none for a stranger.
    pub fn seats(&self, person: &str) -> Vec<Seat> {
        if person == FACILITATOR {
            return vec![Seat::Facilitator];
        }
        self.state.person(person).map(|p| p.seats.clone()).unwrap_or_default()
    }

    /// Decisions that wait for an answer of people, in the order of the scenario.
    pub fn open(&self) -> Vec<OpenDecision> {
        let decisions = self.plan.scenario.decisions().iter().enumerate();
        let open = decisions.filter_map(|(number, spec)| {
            let state = self.sim.decision_state(DecisionId(number as u16));
            let asked = state.asked_at.filter(|at| *at >= SimTime::STARTEX)?;
            let is_open = self.table.played[number] && state.taken.is_none();
            (is_open && !self.table.is_over).then_some(OpenDecision {
                number,
                asked_ms: asked.ms(),
                due_ms: (asked + spec.limit).ms(),
            })
        });
        open.collect()
    }

    /// What is played.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What people have done, as it counts now.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// All that was done, what was undone included.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// What counts of what was done and the simulation depends on, with when, in order.
    pub fn effects(&self) -> &[(SimTime, Effect)] {
        &self.effects
    }

    /// The simulation, to read.
    pub fn sim(&self) -> &Simulation {
        &self.sim
    }

    /// The journal in its recorded form; the entry with number `n` is at `n - 1`.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many entries of the journal there were at ENDEX; all of them before.
    pub fn entries_at_endex(&self) -> usize {
        self.endex_entries.unwrap_or(self.lines.len())
    }

    /// Simulated milliseconds since STARTEX.
    pub fn now_ms(&self) -> i64 {
        self.state.endex_ms.unwrap_or_else(|| self.sim.now().ms())
    }

    /// Whether the end of the scenario was reached.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Rises whenever the journal is another one and not only longer: after going back.
    pub fn generation(&self) -> u32 {
        self.generation
    }
}

/// Whether a plan is the one that a session was opened with.
fn fits(opening: &crate::Opening, plan: &Plan) -> Result<(), ExerciseError> {
    let mine = plan.opening();
    let differs =
        |what: &str| Err(ExerciseError::File(format!("this session was played with {what}")));
    if opening.format != mine.format {
        return differs(&format!("format {} of session files", opening.format));
    }
    if (opening.streams, opening.journal) != (mine.streams, mine.journal) {
        return differs(&format!(
            "hotwash {}, whose runs differ from this version's",
            opening.hotwash
        ));
    }
    let changed = opening.files.iter().find(|f| !mine.files.contains(f));
    if let Some(file) = changed {
        return differs(&format!("another `{}`", file.path));
    }
    if (&opening.seed, &opening.policy, &opening.set, &opening.played)
        != (&mine.seed, &mine.policy, &mine.set, &mine.played)
    {
        return differs("another seed, policy, lever or table");
    }
    Ok(())
}
