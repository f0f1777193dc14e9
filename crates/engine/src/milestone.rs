//! Milestones: named turning points, each with the first instant it was reached.
//!
//! Decisions, injects and metrics hang on milestones; an option chosen in a decision is one too.

use crate::time::SimTime;

/// A declared milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MilestoneId(pub u16);

/// What a milestone means.
#[derive(Clone, Debug)]
pub struct MilestoneInfo {
    /// `area.what`, unique in a simulation.
    pub name: String,
    /// One sentence.
    pub about: String,
    /// The plugin that declared it first; `engine` for those of the exercise itself.
    pub by: &'static str,
}

/// Which milestones a run has reached, and when.
#[derive(Debug, Default)]
pub(crate) struct Milestones {
    pub(crate) reached: Vec<Option<SimTime>>,
}

impl Milestones {
    pub(crate) fn clear(&mut self) {
        self.reached.fill(None);
    }

    /// True when this is the first time.
    pub(crate) fn reach(&mut self, id: MilestoneId, now: SimTime) -> bool {
        let slot = &mut self.reached[id.0 as usize];
        let is_first = slot.is_none();
        if is_first {
            *slot = Some(now);
        }
        is_first
    }
}
