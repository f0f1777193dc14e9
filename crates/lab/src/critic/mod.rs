//! The critic: plays a scenario many times under its policies and by lot, takes every option and moves every
//! lever in turn in the same worlds, and says what in it does nothing, never happens or cannot be right.
//!
//! What is never seen is told with what may still be so; what is called a difference or a dominance holds
//! for all metrics and policies together, at a level stated. See `docs/critic.md`.

mod claims;
mod clocks;
mod contrast;
mod desk;
mod finding;
mod job;
mod judge;
mod plan;
#[cfg(test)]
mod planted;
mod print;
#[cfg(test)]
mod tests;
mod words;
mod world;

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_scenario::Scenario;

pub use self::desk::TALK_MINUTES;
pub use self::finding::{Critique, Degree, Finding, Idleness, Kind, Never, Severity};
pub use self::job::CriticJob;

use self::clocks::{ClockKey, Ran};
use self::plan::{Extent, Further, Plan, Way};
use self::world::{Seen, World};
use crate::conduct::{Round, Study};
use crate::error::LabError;
use crate::findings::Header;

/// Worlds in which each policy is played unless somebody says otherwise.
pub const USUAL_WORLDS: u64 = 400;

/// The worlds of a way, as far as they were absorbed.
struct Played {
    worlds: Vec<World>,
    seen: Seen,
}

/// How far the study has come.
enum Stage {
    /// Nothing is done.
    Begun,
    /// Every way has been played as it is.
    Played,
    /// Options have been taken and levers moved in some worlds.
    Varied,
    /// What seemed to be at fault has been looked at in all worlds.
    Challenged,
}

/// The study. Conduct it, then take its [`CriticStudy::finding`].
pub struct CriticStudy {
    scenario: Scenario,
    plan: Arc<Plan>,
    stage: Stage,
    further: Option<Arc<Further>>,
    /// By way.
    played: Vec<Played>,
    clocks: BTreeMap<ClockKey, Ran>,
}

impl CriticStudy {
    /// A study of a scenario: each of its policies in so many worlds of a seed, every lever in a tenth of
    /// them (at least 32), and every option in as many in which its decision came up.
    ///
    /// # Errors
    /// When one of its policies cannot be built.
    pub fn new(scenario: &Scenario, seed: u64, worlds: u64) -> Result<Self, LabError> {
        let plan = Plan::new(scenario, seed, worlds)?;
        let of = |way: &Way| Played { worlds: Vec::new(), seen: Seen::of(&plan, way) };
        let played = plan.ways.iter().map(of).collect();
        let clocks = BTreeMap::new();
        let scenario = scenario.clone();
        Ok(CriticStudy {
            scenario,
            plan: Arc::new(plan),
            stage: Stage::Begun,
            further: None,
            played,
            clocks,
        })
    }

    /// Worlds that every way has met.
    pub fn worlds(&self) -> u64 {
        self.played.iter().map(|p| p.worlds.len() as u64).min().unwrap_or(0)
    }

    /// Runs made so far.
    pub fn runs(&self) -> u64 {
        self.played.iter().map(|p| p.seen.runs as u64).sum()
    }

    /// What has been found. Only a study that was not stopped can say that something never happens.
    pub fn finding(&self, header: Header) -> Critique {
        judge::critique(self, &self.scenario, header)
    }

    /// A round of variations.
    fn vary(&mut self, extent: Extent) -> Round<CriticJob> {
        let first = self.further.as_ref().map_or(self.plan.batches(), |f| f.end());
        let is_open = |way: usize, world: u64, decision: usize| {
            let world = self.played[way].worlds.get(world as usize);
            world.is_some_and(|w| w.taken[decision].is_some() && w.forks[decision].is_empty())
        };
        let further = Arc::new(self.plan.further(first, extent, is_open));
        let variations = further.tasks.iter().flat_map(|task| &task.variations);
        let runs = variations.map(|v| self.plan.runs_of(v, further.moves.len())).sum();
        self.further = Some(further.clone());
        let job = CriticJob { plan: self.plan.clone(), further: Some(further.clone()) };
        Round { batches: further.first..further.end(), runs, job }
    }

    /// Decisions and levers that seem to be at fault, as far as they were varied.
    fn suspects(&self) -> (Vec<usize>, Vec<usize>) {
        let (mut decisions, mut levers) = (Vec::new(), Vec::new());
        for finding in self.finding(Header::default()).findings {
            match finding.kind {
                Kind::OptionsMakeNoDifference { decision, .. }
                | Kind::OptionDominates { decision, .. }
                | Kind::ExpectedIsWorse { decision, .. }
                | Kind::DecisionOutOfPlay { decision, .. } => {
                    let all = &self.plan.layout.decisions;
                    decisions.extend(all.iter().position(|d| d.name == decision));
                }
                Kind::LeverWithoutEffect { lever, .. } => {
                    levers.extend(self.plan.levers.iter().position(|l| l.name == lever));
                }
                _ => {}
            }
        }
        decisions.sort_unstable();
        decisions.dedup();
        (decisions, levers)
    }
}

impl Study for CriticStudy {
    type Job = CriticJob;

    fn next_round(&mut self) -> Option<Round<CriticJob>> {
        let plan = self.plan.clone();
        match self.stage {
            Stage::Begun => {
                self.stage = Stage::Played;
                let job = CriticJob { plan: plan.clone(), further: None };
                Some(Round { batches: 0..plan.batches(), runs: plan.runs(), job })
            }
            Stage::Played => {
                self.stage = Stage::Varied;
                Some(self.vary(plan.first_extent()))
            }
            Stage::Varied => {
                self.stage = Stage::Challenged;
                let (decisions, levers) = self.suspects();
                let is_clean = decisions.is_empty() && levers.is_empty();
                (!is_clean).then(|| self.vary(self.plan.challenge(decisions, &levers)))
            }
            Stage::Challenged => None,
        }
    }

    fn absorb(&mut self, batch: u64, mut numbers: &[f64]) {
        let way = match &self.further {
            Some(further) => further.tasks[(batch - further.first) as usize].way,
            None => self.plan.part(batch).0,
        };
        let played = &mut self.played[way];
        while !numbers.is_empty() {
            let mut world = World::read(&self.plan, &self.plan.ways[way], &mut numbers);
            played.seen.add(std::mem::take(&mut world.seen));
            for (key, ran) in std::mem::take(&mut world.clocks) {
                let known = self.clocks.entry(key).or_insert(Ran::NONE);
                *known = known.and(ran);
            }
            match played.worlds.get_mut(world.number as usize) {
                Some(known) => known.take_variations(world),
                None => played.worlds.push(world),
            }
        }
    }
}
