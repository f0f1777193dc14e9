//! What is run: the ways to play a scenario, what is moved in each, and what a run's numbers mean.

use std::collections::BTreeMap;

use hotwash_engine::{Audience, Draw, LeverInfo, LeverKind, SimDuration, Simulation};
use hotwash_scenario::{Policy, Scenario};

use crate::arm::{Arm, Reply};
use crate::error::LabError;
use crate::layout::Layout;

/// A way in which a scenario is played: by a policy, or by lot.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) arm: Arm,
    /// Options are drawn at random: what people at a table might do, whom no policy foresees.
    pub(super) is_lot: bool,
    /// By decision: how many rules the policy has for it.
    pub(super) rules: Vec<usize>,
    /// By lever: its value under this way.
    pub(super) values: Vec<String>,
}

impl Way {
    fn new(scenario: &Scenario, policy: Option<Policy>, is_lot: bool) -> Result<Self, LabError> {
        let name = match (&policy, is_lot) {
            (_, true) => "by lot",
            (Some(policy), _) => policy.name(),
            (None, _) => "defaults",
        };
        let decisions = 0..scenario.decisions().len();
        let rules = |d| policy.as_ref().map_or(0, |p| p.rules(d));
        let rules = decisions.map(rules).collect();
        let arm = Arm::new(name.to_owned(), policy, BTreeMap::new());
        let sim = scenario.build(arm.set(), arm.policy()).map_err(LabError::Build)?;
        let values = sim.catalogue().levers.iter().map(|l| l.value.clone()).collect();
        Ok(Way { arm, is_lot, rules, values })
    }

    /// Its name, for people.
    pub(super) fn name(&self) -> &str {
        self.arm.name()
    }
}

/// A lever and a value that it is moved to.
#[derive(Clone, Debug)]
pub(super) struct Move {
    /// Its place in the catalogue.
    pub(super) lever: usize,
    pub(super) value: String,
}

/// A lever as the critic names it.
#[derive(Clone, Debug)]
pub(super) struct Lever {
    pub(super) name: String,
    /// Whether the scenario's own files or one of its policies set it.
    pub(super) is_set: bool,
}

/// Somebody who takes part.
#[derive(Clone, Debug)]
pub(super) struct Post {
    pub(super) name: String,
    pub(super) audience: Audience,
    /// The decisions that are put to it.
    pub(super) decides: Vec<bool>,
}

/// What is run, and what is read off each run.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) ways: Vec<Way>,
    pub(super) moves: Vec<Move>,
    pub(super) levers: Vec<Lever>,
    /// With milestones.
    pub(super) layout: Layout,
    /// By decision.
    pub(super) limits: Vec<SimDuration>,
    pub(super) injects: usize,
    pub(super) posts: Vec<Post>,
    pub(super) seed: u64,
    /// Worlds in which each way is played.
    pub(super) worlds: u64,
    /// The first of them, in which levers are moved; as many worlds, of those in which a decision came
    /// up, see each of its options.
    pub(super) moved: u64,
    /// When the scenario ends, in milliseconds since STARTEX.
    pub(super) end_ms: i64,
}

/// A world in which things are moved.
#[derive(Clone, Debug)]
pub(super) struct Variation {
    pub(super) world: u64,
    /// Decisions of which every option is taken.
    pub(super) decisions: Vec<usize>,
    /// Whether levers are moved.
    pub(super) moves: bool,
}

/// A batch of variations under one way.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) way: usize,
    pub(super) variations: Vec<Variation>,
}

/// How far things are to be varied.
pub(super) struct Extent {
    /// Decisions whose options are taken.
    decisions: Vec<usize>,
    /// In at most so many worlds of each way.
    each: u64,
    /// Moves of levers to make.
    moves: Vec<usize>,
    /// In these worlds.
    worlds: std::ops::Range<u64>,
}

/// What is varied, after every way has been played as it is.
#[derive(Debug)]
pub(super) struct Further {
    /// The number of its first batch.
    pub(super) first: u64,
    pub(super) tasks: Vec<Task>,
    /// The moves of levers that are made.
    pub(super) moves: Vec<usize>,
}

impl Further {
    /// The number after its last batch.
    pub(super) fn end(&self) -> u64 {
        self.first + self.tasks.len() as u64
    }
}

/// Worlds of a batch: few, for with all options and levers they are many runs.
const CHUNK: u64 = 4;

/// One world in so many is one in which levers are moved.
const THINNED: u64 = 10;

/// Fewest worlds in which options and levers are moved.
const FEWEST: u64 = 32;

impl Plan {
    pub(super) fn new(scenario: &Scenario, seed: u64, worlds: u64) -> Result<Self, LabError> {
        let sim = scenario.build(&BTreeMap::new(), None).map_err(LabError::Build)?;
        let mut ways = Vec::new();
        for policy in scenario.policies() {
            ways.push(Way::new(scenario, Some(policy.clone()), false)?);
        }
        if ways.is_empty() {
            ways.push(Way::new(scenario, None, false)?);
        }
        if !scenario.decisions().is_empty() {
            ways.push(Way::new(scenario, None, true)?);
        }
        let catalogue = &sim.catalogue().levers;
        let moves = catalogue.iter().enumerate().flat_map(|(lever, info)| {
            values(info).into_iter().map(move |value| Move { lever, value })
        });
        Ok(Plan {
            ways,
            moves: moves.collect(),
            levers: levers(scenario, catalogue),
            layout: Layout::of(&sim).with_milestones(&sim),
            limits: scenario.decisions().iter().map(|d| d.limit).collect(),
            injects: scenario.injects().len(),
            posts: posts(scenario),
            seed,
            worlds,
            moved: (worlds / THINNED).max(FEWEST).min(worlds),
            end_ms: sim.span().1.ms(),
        })
    }

    /// Batches of a way.
    fn chunks(&self) -> u64 {
        self.worlds.div_ceil(CHUNK)
    }

    /// Batches in which every way is played, one way after the other: the simulations of one way stay on
    /// the bench.
    pub(super) fn batches(&self) -> u64 {
        self.chunks() * self.ways.len() as u64
    }

    /// The way and the worlds of such a batch.
    pub(super) fn part(&self, batch: u64) -> (usize, std::ops::Range<u64>) {
        let (way, chunk) = (batch / self.chunks(), batch % self.chunks());
        (way as usize, chunk * CHUNK..((chunk + 1) * CHUNK).min(self.worlds))
    }

    /// How many runs these are.
    pub(super) fn runs(&self) -> u64 {
        (self.worlds + self.moved) * self.ways.len() as u64
    }

    /// What is to be moved, from batch `first` on. `is_open` says whether a decision of a way and world
    /// has been answered and not been varied yet.
    pub(super) fn further(
        &self,
        first: u64,
        extent: Extent,
        is_open: impl Fn(usize, u64, usize) -> bool,
    ) -> Further {
        let mut tasks = Vec::new();
        for way in 0..self.ways.len() {
            let mut left = vec![extent.each; self.limits.len()];
            let mut all: Vec<Variation> = Vec::new();
            for world in 0..self.worlds {
                let mut decisions = Vec::new();
                for decision in &extent.decisions {
                    if left[*decision] > 0 && is_open(way, world, *decision) {
                        left[*decision] -= 1;
                        decisions.push(*decision);
                    }
                }
                let moves = extent.worlds.contains(&world) && !extent.moves.is_empty();
                if moves || !decisions.is_empty() {
                    all.push(Variation { world, decisions, moves });
                }
            }
            let chunks = all.chunks(CHUNK as usize);
            tasks.extend(chunks.map(|chunk| Task { way, variations: chunk.to_vec() }));
        }
        Further { first, tasks, moves: extent.moves }
    }

    /// What every scenario is varied by.
    pub(super) fn first_extent(&self) -> Extent {
        Extent {
            decisions: (0..self.limits.len()).collect(),
            each: self.moved,
            moves: (0..self.moves.len()).collect(),
            worlds: 0..self.moved,
        }
    }

    /// All the rest for decisions and levers that seem to be at fault.
    pub(super) fn challenge(&self, decisions: Vec<usize>, levers: &[usize]) -> Extent {
        let is_of = |number: &usize| levers.contains(&self.moves[*number].lever);
        Extent {
            decisions,
            each: self.worlds,
            moves: (0..self.moves.len()).filter(is_of).collect(),
            worlds: self.moved..self.worlds,
        }
    }

    /// How many runs a variation takes.
    pub(super) fn runs_of(&self, variation: &Variation, moves: usize) -> u64 {
        let options = |d: &usize| self.layout.decisions[*d].options.len().saturating_sub(1);
        let forks: usize = variation.decisions.iter().map(options).sum();
        1 + forks as u64 + if variation.moves { moves as u64 } else { 0 }
    }

    /// The replies under which a way plays a world.
    pub(super) fn replies(&self, way: &Way, world: u64) -> BTreeMap<u16, Reply> {
        if !way.is_lot {
            return way.arm.replies().clone();
        }
        let mut draw = Draw::addressed(self.seed, "critic/lot", world);
        let decisions = self.layout.decisions.iter().enumerate();
        let drawn = decisions.map(|(number, decision)| {
            let option = draw.below(decision.options.len().max(1) as u64) as usize;
            (number as u16, Reply::AtOnce(option))
        });
        drawn.collect()
    }
}

/// What a lever is moved to: every word and flag, both ends of a range.
fn values(info: &LeverInfo) -> Vec<String> {
    let span = |span: SimDuration| {
        let text = span.to_string();
        let is_exact = text.parse() == Ok(span);
        if is_exact { text } else { format!("{}ms", span.ms()) }
    };
    let mut values = match &info.kind {
        LeverKind::Flag => vec!["false".to_owned(), "true".to_owned()],
        LeverKind::Count { min, max } => vec![min.to_string(), max.to_string()],
        LeverKind::Number { min, max } => vec![min.to_string(), max.to_string()],
        LeverKind::Span { min, max } => vec![span(*min), span(*max)],
        LeverKind::Choice(words) => words.iter().map(|w| (*w).to_owned()).collect(),
    };
    values.dedup();
    values
}

fn levers(scenario: &Scenario, catalogue: &[LeverInfo]) -> Vec<Lever> {
    let own = scenario.levers().map(|(name, _)| name);
    let set: Vec<&str> = own
        .chain(scenario.policies().iter().flat_map(|p| p.levers().map(|(name, _)| name)))
        .collect();
    let lever = |info: &LeverInfo| Lever {
        name: info.name.clone(),
        is_set: set.contains(&info.name.as_str()),
    };
    catalogue.iter().map(lever).collect()
}

fn posts(scenario: &Scenario) -> Vec<Post> {
    let post = |role: &hotwash_scenario::Role| Post {
        name: role.name.as_str().to_owned(),
        audience: role.audience,
        decides: scenario.decisions().iter().map(|d| d.role == role.name).collect(),
    };
    scenario.roles().iter().map(post).collect()
}

/// The names of inbox kinds and digests of a simulation, for reading who is sent what.
pub(super) fn is_message(sim: &Simulation, kind: &str) -> bool {
    kind == hotwash_engine::INJECT.name || sim.catalogue().inbox.iter().any(|i| i.kind == kind)
}
