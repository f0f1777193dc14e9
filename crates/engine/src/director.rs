//! The director: sets decisions and injects going when what they wait for has happened.

use crate::agenda::{Agenda, Phase};
use crate::milestone::{MilestoneId, Milestones};
use crate::time::{SimDuration, SimTime};

/// What a cue waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// An instant.
    At(SimTime),
    /// All of these milestones.
    All(Vec<MilestoneId>),
    /// The first of these milestones.
    Any(Vec<MilestoneId>),
}

/// When something of the exercise is due.
#[derive(Clone, Debug)]
pub struct Cue {
    /// What it waits for.
    pub when: When,
    /// How long after that.
    pub delay: SimDuration,
    /// Not at all if one of these was reached by then.
    pub unless: Vec<MilestoneId>,
}

/// What a cue sets going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Ask(u16),
    Inject(u16),
}

/// Event numbers that the engine keeps for itself.
pub(crate) const CUE: u16 = 0;
pub(crate) const ASK: u16 = 1;
pub(crate) const ANSWER: u16 = 2;
/// How many.
pub(crate) const RESERVED: u16 = 3;

/// Cues of a simulation and which of them have been set going in this run.
#[derive(Debug, Default)]
pub(crate) struct Director {
    cues: Vec<(Cue, Act)>,
    set: Vec<bool>,
    /// Which cues wait for each milestone.
    waiting: Vec<Vec<u16>>,
}

impl Director {
    pub(crate) fn add(&mut self, cue: Cue, act: Act) {
        self.cues.push((cue, act));
        self.set.push(false);
    }

    pub(crate) fn index(&mut self, milestones: usize) {
        self.waiting = vec![Vec::new(); milestones];
        for (i, (cue, _)) in self.cues.iter().enumerate() {
            if let When::All(list) | When::Any(list) = &cue.when {
                for milestone in list {
                    self.waiting[usize::from(milestone.0)].push(i as u16);
                }
            }
        }
    }

    pub(crate) fn clear(&mut self) {
        self.set.fill(false);
    }

    /// Puts the cues that wait for an instant on the agenda.
    pub(crate) fn start(&mut self, agenda: &mut Agenda) {
        for (i, (cue, _)) in self.cues.iter().enumerate() {
            if let When::At(at) = cue.when {
                self.set[i] = true;
                agenda.push(at + cue.delay, Phase::Inject, CUE, i as u32, 0);
            }
        }
    }

    pub(crate) fn reached(
        &mut self,
        milestone: MilestoneId,
        now: SimTime,
        cause: u32,
        agenda: &mut Agenda,
        milestones: &Milestones,
    ) {
        let is_reached = |m: &MilestoneId| milestones.reached[usize::from(m.0)].is_some();
        for &i in &self.waiting[usize::from(milestone.0)] {
            let (cue, _) = &self.cues[usize::from(i)];
            let is_due = match &cue.when {
                When::All(list) => list.iter().all(is_reached),
                When::Any(_) => true,
                When::At(_) => false,
            };
            if is_due && !self.set[usize::from(i)] {
                self.set[usize::from(i)] = true;
                agenda.push(now + cue.delay, Phase::Inject, CUE, u32::from(i), cause);
            }
        }
    }

    /// What a cue that falls due sets going, unless something it names has happened.
    pub(crate) fn due(&self, cue: u32, milestones: &Milestones) -> Option<Act> {
        let (cue, act) = &self.cues[cue as usize];
        let is_off = cue.unless.iter().any(|m| milestones.reached[usize::from(m.0)].is_some());
        (!is_off).then_some(*act)
    }
}
