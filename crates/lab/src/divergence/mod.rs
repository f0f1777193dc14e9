//! Where two runs part, why, and what came of it.
//!
//! [`diverge`] holds two recorded runs against each other: the first entry that differs, what differs in
//! all by lane and plugin, milestones, beliefs and outcomes. [`search()`] finds by experiment which of several
//! changes does it: it has the run before played again with each of them alone. [`tickets()`] compares the
//! draws of chance. A [`Finding`] is all of that as plain data.
//!
//! Entries are matched by what they say, not by their numbers, so that one entry more at an early time
//! does not make all later ones differ: see `matching.rs`.

mod entry;
mod finding;
mod first;
mod matching;
mod outcomes;
mod search;
mod tally;
#[cfg(test)]
mod tests;
mod tickets;

pub use entry::{Entry, Outcome, Recorded};
pub use finding::{Change, Effect, Finding, ReadAs, Side, Step, Together, Why};
pub use first::{First, How};
pub use outcomes::OutcomeMove;
pub use search::{MOST_ALONE, Play, Search, search};
pub use tally::{Belief, Counts, MilestoneMove};
pub use tickets::{FirstTicket, TicketDifference, Tickets, tickets};

use serde::Serialize;

/// How two recorded runs differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Divergence {
    /// Where the journals part; nothing when they are the same, entry by entry.
    pub first: Option<First>,
    /// By the lane of the journal.
    pub lanes: Vec<Counts>,
    /// By the plugin that wrote the entries.
    pub plugins: Vec<Counts>,
    /// Milestones that were reached at another time, or on one side only.
    pub milestones: Vec<MilestoneMove>,
    /// What was said on one side only or otherwise, in the order of time.
    pub claims: Vec<Step>,
    /// What somebody came to believe at another time or to another degree.
    pub beliefs: Vec<Belief>,
    /// Outcomes that differ: those of the headline first, then the largest in scale.
    pub outcomes: Vec<OutcomeMove>,
    /// How many outcomes are the same.
    pub same_outcomes: u64,
}

impl Divergence {
    /// Whether the runs are the same in every entry and every outcome.
    pub fn is_none(&self) -> bool {
        self.first.is_none() && self.outcomes.is_empty()
    }
}

/// How two recorded runs differ. `headline` are the outcomes that tell most, first things first.
pub fn diverge(before: &Recorded, after: &Recorded, headline: &[&str]) -> Divergence {
    let matching = matching::Matching::of(&before.entries, &after.entries);
    let outcomes = outcomes::moved(&before.outcomes, &after.outcomes, headline);
    let same = before.outcomes.iter().filter(|o| !outcomes.iter().any(|m| m.name == o.name));
    Divergence {
        first: first::first(&before.entries, &after.entries, &matching),
        lanes: tally::counts(before, after, &matching, |e| &e.lane),
        plugins: tally::counts(before, after, &matching, Entry::plugin),
        milestones: tally::milestones(before, after),
        claims: tally::claims(before, after, &matching),
        beliefs: tally::beliefs(before, after),
        same_outcomes: same.count() as u64,
        outcomes,
    }
}
