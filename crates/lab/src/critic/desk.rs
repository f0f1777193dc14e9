//! What a role has to do at the table, and how long it waits between two things.
//!
//! Time at the table is not simulated time. Between decisions the clock runs at the pace with which a
//! session starts; at each decision that is put to anybody it stands while people talk.

use std::collections::BTreeMap;

use hotwash_engine::{Audience, DecisionId, Simulation};
use hotwash_scenario::EVERYBODY;

use super::plan::{Plan, Post, is_message};

/// Simulated milliseconds in a second at the table: six hours, the pace at which a session's clock
/// starts.
const PACE: f64 = 21_600_000.0;

/// Minutes for which a decision is talked about, at least; the facilitator's handbook plans with as many.
pub const TALK_MINUTES: f64 = 5.0;

/// What a role met in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Desk {
    /// Decisions put to it.
    pub(super) decisions: f64,
    /// Messages to it: those that the whole public does not get too.
    pub(super) messages: f64,
    /// The longest time between two of them, in minutes at the table; from STARTEX, and to the end.
    pub(super) longest: f64,
}

/// Minutes at the table at which an instant is reached, given when decisions came up before it.
fn minutes(ms: i64, asked: &[i64]) -> f64 {
    let talks = asked.iter().filter(|at| **at < ms).count() as f64;
    ms as f64 / PACE / 60.0 + talks * TALK_MINUTES
}

/// The desks of all roles in a run whose journal was recorded, by role.
pub(super) fn desks(sim: &Simulation, plan: &Plan) -> Vec<Desk> {
    let asked: Vec<Option<i64>> = (0..plan.limits.len())
        .map(|d| sim.decision_state(DecisionId(d as u16)).asked_at.map(|at| at.ms()))
        .collect();
    let mut played: Vec<i64> = asked.iter().flatten().copied().filter(|at| *at >= 0).collect();
    played.sort_unstable();
    let inbox = messages(sim);
    let desk = |post: &Post| {
        let decided = asked.iter().zip(&post.decides).filter(|(_, own)| **own);
        let decided: Vec<i64> = decided.filter_map(|(at, _)| *at).filter(|at| *at >= 0).collect();
        let read = inbox.iter().filter(|(_, audience)| audience.meets(post.audience));
        let read: Vec<i64> = read.map(|(at, _)| *at).collect();
        let (decisions, messages) = (decided.len() as f64, read.len() as f64);
        // Things to do, each from when to when it keeps the role busy.
        let mut busy: Vec<(f64, f64)> = read
            .iter()
            .map(|at| (*at, 0.0))
            .chain(decided.iter().map(|at| (*at, TALK_MINUTES)))
            .map(|(at, takes)| {
                let from = minutes(at, &played);
                (from, from + takes)
            })
            .collect();
        busy.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut longest, mut free) = (0.0_f64, 0.0_f64);
        for (from, to) in busy {
            longest = longest.max(from - free);
            free = free.max(to);
        }
        longest = longest.max(minutes(plan.end_ms, &played) - free);
        Desk { decisions, messages, longest }
    };
    plan.posts.iter().map(desk).collect()
}

/// When messages came from STARTEX on, and who saw them; not those that everybody in the world saw.
fn messages(sim: &Simulation) -> Vec<(i64, Audience)> {
    let mut all = Vec::new();
    let mut digests: BTreeMap<(usize, i64), Audience> = BTreeMap::new();
    let end = sim.span().1.ms();
    for entry in sim.journal().entries() {
        if entry.audience.0 & EVERYBODY.0 == EVERYBODY.0 {
            continue;
        }
        let at = entry.at.ms();
        if at >= 0 && is_message(sim, entry.kind.name) {
            all.push((at, entry.audience));
        }
        let declared = sim.catalogue().digests.iter().enumerate();
        for (number, (_, digest)) in declared.filter(|(_, (kind, _))| *kind == entry.kind.name) {
            let every = digest.every.ms().max(1);
            let due = ((at.div_euclid(every) + 1) * every).min(end);
            if due >= 0 {
                let seen = digests.entry((number, due)).or_default();
                *seen = seen.and(entry.audience);
            }
        }
    }
    all.extend(digests.into_iter().map(|((_, due), audience)| (due, audience)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_stands_while_people_talk() {
        let day = 86_400_000;
        // Six hours a second: 90 days are six minutes.
        assert!((minutes(90 * day, &[]) - 6.0).abs() < 1e-9);
        assert!((minutes(90 * day, &[day, 2 * day, 91 * day]) - 16.0).abs() < 1e-9);
    }
}
