//! A session as a tape: played again up to a decision, answered there otherwise, and then on.
//!
//! After the fork the people of the session are what the tape knows of them: a decision that they
//! took they take again, the same way and as long after it came up; one that they left open they
//! leave open; everything else is the policy's. With the option that was taken and the session's own
//! luck this is the session to the last draw.

use hotwash_engine::{
    Answer, Decider, DecisionId, Fault, Question, RunKey, SimDuration, SimTime, Simulation, Stop,
};
use hotwash_scenario::PolicyDecider;

use crate::session::{Effect, Session};

/// How a decision goes when it comes up at STARTEX or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    /// The policy answers: nobody plays it, or it did not come up while people played.
    Policy,
    /// People leave it open until its default is taken.
    Silence,
    /// People take this option so long after it came up. Of two things due at one instant the one
    /// with the lower number comes first.
    Again { option: usize, after: SimDuration, number: usize },
}

/// Everything of a session that its world depends on.
#[derive(Clone, Debug)]
pub(super) struct Tape {
    key: RunKey,
    effects: Vec<(SimTime, Effect)>,
    /// By decision.
    habits: Vec<Habit>,
}

/// Where a tape is left: the decision that is answered otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// Its position among the session's effects.
    pub(super) effect: usize,
    /// Its position in the scenario.
    pub(super) decision: usize,
    /// The option taken in the session.
    pub(super) taken: usize,
    /// When.
    pub(super) at: SimTime,
}

/// Something that happens at a set time after the fork.
#[derive(Clone, Copy)]
struct Due {
    at: SimTime,
    number: usize,
    effect: Effect,
}

/// Who decides: the policy where it is the policy's habit, else nobody until the tape's hand comes.
struct Hand<'a> {
    habits: &'a [Habit],
    policy: Option<&'a mut PolicyDecider>,
}

impl Decider for Hand<'_> {
    fn decide(&mut self, question: &Question<'_>) -> Answer {
        let habit = self.habits[usize::from(question.id.0)];
        if question.asked_at >= SimTime::STARTEX && habit != Habit::Policy {
            return Answer::Hold;
        }
        match &mut self.policy {
            Some(policy) => policy.decide(question),
            None => Answer::Choose { option: question.decision.default, after: SimDuration::ZERO },
        }
    }
}

/// Why a tape could not be played.
pub(super) enum Jam {
    Fault(Fault),
    /// The world did not take what the session did.
    Untrue(String),
}

impl From<Fault> for Jam {
    fn from(fault: Fault) -> Self {
        Jam::Fault(fault)
    }
}

impl Tape {
    pub(super) fn of(session: &Session) -> Tape {
        let (sim, effects) = (session.sim(), session.effects());
        let ends = session.now_ms();
        let roles = sim.decisions().map(|d| session.plan().played.contains(&d.role));
        let habits = roles.enumerate().map(|(decision, is_played)| {
            let asked = sim.decision_state(DecisionId(decision as u16)).asked_at;
            let came_up = asked.filter(|at| *at >= SimTime::STARTEX && at.ms() <= ends);
            match came_up {
                Some(asked) if is_played => habit(effects, decision, asked),
                _ => Habit::Policy,
            }
        });
        Tape { key: session.plan().key(), habits: habits.collect(), effects: effects.to_vec() }
    }

    /// The decisions that people took, in order.
    pub(super) fn turns(&self) -> Vec<Turn> {
        let turns = self.effects.iter().enumerate().filter_map(|(effect, (at, what))| match what {
            Effect::Decide { decision, option } => {
                Some(Turn { effect, decision: *decision, taken: *option, at: *at })
            }
            _ => None,
        });
        turns.collect()
    }

    /// Plays the session up to a turn, takes this option there and plays on to the scenario's end:
    /// with the session's own luck, or with another from the fork on.
    pub(super) fn play(
        &self,
        sim: &mut Simulation,
        policy: Option<&mut PolicyDecider>,
        turn: Turn,
        option: usize,
        luck: Option<RunKey>,
    ) -> Result<(), Jam> {
        let mut hand = Hand { habits: &self.habits, policy };
        sim.reset(self.key);
        for (at, effect) in &self.effects[..turn.effect] {
            run_to(sim, &mut hand, *at)?;
            put(sim, *effect)?;
            run_to(sim, &mut hand, *at)?;
        }
        run_to(sim, &mut hand, turn.at)?;
        if let Some(luck) = luck {
            // Before the answer, so that what it sets going is chance as well.
            sim.diverge(luck);
        }
        put(sim, Effect::Decide { decision: turn.decision, option })?;
        self.play_on(sim, &mut hand, turn)
    }

    /// From the turn, which has been answered, to the end.
    fn play_on(&self, sim: &mut Simulation, hand: &mut Hand<'_>, turn: Turn) -> Result<(), Jam> {
        let mut due = self.due_at(sim, turn);
        let end = sim.span().1;
        loop {
            let next = due.iter().enumerate().min_by_key(|(_, d)| (d.at, d.number));
            let next = next.map(|(place, due)| (place, *due));
            let until = next.map_or(end, |(_, due)| due.at.min(end));
            match sim.advance(hand, until)? {
                Stop::Held(id) => due.extend(self.answer_to(sim, usize::from(id.0))),
                Stop::Until(_) | Stop::Ended => match next {
                    Some((place, next)) if next.at <= end => {
                        due.swap_remove(place);
                        put(sim, next.effect)?;
                    }
                    _ => return Ok(()),
                },
            }
        }
    }

    /// What is due after a turn as things stand there: answers to what is open, injects by hand.
    fn due_at(&self, sim: &Simulation, turn: Turn) -> Vec<Due> {
        let open = (0..self.habits.len()).filter(|d| {
            let state = sim.decision_state(DecisionId(*d as u16));
            state.asked_at.is_some_and(|at| at >= SimTime::STARTEX) && state.taken.is_none()
        });
        let mut due: Vec<Due> = open.filter_map(|d| self.answer_to(sim, d)).collect();
        let later = self.effects.iter().enumerate().skip(turn.effect + 1);
        due.extend(later.filter_map(|(number, (at, effect))| match effect {
            Effect::Inject { .. } => Some(Due { at: *at, number, effect: *effect }),
            _ => None,
        }));
        due
    }

    /// What people do about a decision that is open.
    fn answer_to(&self, sim: &Simulation, decision: usize) -> Option<Due> {
        let Habit::Again { option, after, number } = self.habits[decision] else { return None };
        let asked = sim.decision_state(DecisionId(decision as u16)).asked_at?;
        Some(Due { at: asked + after, number, effect: Effect::Decide { decision, option } })
    }
}

fn habit(effects: &[(SimTime, Effect)], decision: usize, asked: SimTime) -> Habit {
    let mut effects = effects.iter().enumerate();
    let taken = effects.find_map(|(number, (at, effect))| match effect {
        Effect::Decide { decision: this, option } if *this == decision => {
            Some(Habit::Again { option: *option, after: *at - asked, number })
        }
        _ => None,
    });
    taken.unwrap_or(Habit::Silence)
}

fn run_to(sim: &mut Simulation, hand: &mut Hand<'_>, at: SimTime) -> Result<(), Fault> {
    while let Stop::Held(_) = sim.advance(hand, at)? {}
    Ok(())
}

fn put(sim: &mut Simulation, effect: Effect) -> Result<(), Jam> {
    match effect {
        Effect::Decide { decision, option } => {
            sim.answer(DecisionId(decision as u16), option).map_err(Jam::Untrue)
        }
        // In another future it may have come by itself.
        Effect::Inject { inject } if sim.inject_delivered(inject).is_none() => {
            sim.hand_inject(inject).map_err(Jam::Untrue)
        }
        Effect::Inject { .. } | Effect::Endex => Ok(()),
    }
}
