//! The search for policies that no other beats on cost against harm.
//!
//! An evolutionary search with two objectives: parents are chosen by front and crowding as in NSGA-II
//! (Deb, Pratap, Agarwal and Meyarivan 2002), children come by uniform crossover and mutation, and are
//! raced: all meet a first block of worlds; those that another policy clearly beats in the same worlds
//! are out, and of the rest about a third goes on to more, with those who were left waiting by earlier races
//! (successive halving that can promote later, as in Li and others 2020, "A system for massively parallel
//! hyperparameter tuning"). What is left is freed of
//! choices that are of no use, and judged in worlds that the search has not seen, so that no policy is
//! shown for the luck it was chosen by.

mod breed;
mod file;
mod judge;
mod levels;
mod rank;
mod simplify;
mod space;
#[cfg(test)]
mod tests;
mod trial;

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_scenario::{Policy, Scenario};

use crate::BATCH;
use crate::conduct::{Round, Study};
use crate::error::LabError;
use crate::layout::Layout;
use breed::{Breeder, Known, Parents};
use judge::Judged;
use rank::{Sample, Standing, clearly_beats, fronts, means, order, thin};
use simplify::{Halving, Single};
use space::{Genome, Space};
pub use trial::Trial;
use trial::{Objective, Plan, Task};

/// First replication of the judgement. The search uses replications from 0 on.
pub const UNSEEN: u64 = 1 << 32;
/// Most policies that are judged beside the scenario's own.
pub const FINALISTS: usize = 12;

/// Worlds that a policy has met after each stage of a race: 32, then 64 more, then 128 more.
const STAGES: [u64; 3] = [BATCH, 3 * BATCH, 7 * BATCH];
/// One of so many goes on after each stage.
const PROMOTED: usize = 3;
/// Worlds in which a simplified policy must do exactly what the policy did.
const PROOF: u64 = STAGES[1];
/// Policies in a race: so that the budget is good for about this many races, within these bounds.
const RACES: u64 = 8;
const RACERS: (u64, u64) = (8, 64);
/// A race of fewer is not worth it.
const LEAST_RACERS: u64 = 4;

/// What is asked of a search.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The policy that the search starts from; all defaults when there is none.
    pub base: Option<Policy>,
    /// Levers that are fixed under every policy.
    pub set: BTreeMap<String, String>,
    /// Decisions that are fixed under every policy, with the option taken at once.
    pub decide: BTreeMap<u16, usize>,
    /// The seed, as a number.
    pub seed: u64,
    /// Metric that is cost.
    pub cost: String,
    /// Metric that is harm.
    pub harm: String,
    /// Most runs that the search may spend.
    pub budget: u64,
    /// Worlds of the judgement, at least two.
    pub worlds: u64,
    /// Whether levers stay as the base policy has them.
    pub answers_only: bool,
}

/// A policy that was tried.
#[derive(Clone, Debug)]
struct Candidate {
    genome: Genome,
    /// By world of the search, from the first on; such that less is better.
    sample: Sample,
}

impl Candidate {
    fn worlds(&self) -> u64 {
        self.sample[1].len() as u64
    }
}

/// What the batches under way are for.
enum Phase {
    Begin,
    /// Racers that meet the worlds of a stage; the first few stay to the end whatever happens.
    Race {
        stage: usize,
        racers: Vec<usize>,
        protected: usize,
    },
    Singles(Vec<Single>),
    Proof(Vec<Halving>),
    Judging,
    Done,
}

/// The search and its judgement, as a study.
pub struct Search {
    space: Space,
    objectives: [Objective; 2],
    seed: u64,
    budget: u64,
    worlds: u64,
    racers: u64,
    /// Genomes of the scenario's own policies and the base, which begin the search.
    founders: Vec<Genome>,
    candidates: Vec<Candidate>,
    known: Known,
    /// Candidates that went through all stages.
    pool: Vec<usize>,
    /// By stage: who has done it, was not clearly beaten and has not gone on.
    waiting: [Vec<usize>; STAGES.len() - 1],
    finalists: Vec<usize>,
    /// By finalist: what each of its choices does to both objectives, in (gene, weight).
    weights: BTreeMap<usize, BTreeMap<usize, f64>>,
    unbeaten: usize,
    /// Finalists for which the budget did not reach to simplify them.
    unsimplified: usize,
    judged: Vec<Judged>,
    phase: Phase,
    /// What is under way, each task about a candidate, or in the judgement about a policy judged.
    due: Arc<Plan>,
    /// Of the batches under way, the first.
    first_batch: u64,
    next_batch: u64,
    bred: u64,
    spent: u64,
}

impl Search {
    /// A search in a scenario.
    ///
    /// # Errors
    /// Metrics that are not there or say not which way is better, levers that cannot be set, a budget
    /// that is too small.
    pub fn new(scenario: &Scenario, ask: &Ask) -> Result<Self, LabError> {
        let space = Space::new(scenario, ask)?;
        let base = scenario.build(&ask.set, ask.base.as_ref()).map_err(LabError::Build)?;
        let layout = Layout::of(&base);
        let objectives = [
            Objective::named(&ask.cost, "--cost", &layout)?,
            Objective::named(&ask.harm, "--harm", &layout)?,
        ];
        if ask.cost == ask.harm {
            let message = format!("--cost and --harm are both `{}`", ask.cost);
            return Err(LabError::usage(message).hint("a frontier needs two metrics"));
        }
        let mut judged = judge::own(scenario, &space);
        let mut founders = vec![space.base_genome()];
        for own in &mut judged {
            let Some(policy) = own.arm.policy() else { continue };
            let sim = scenario.build(&ask.set, Some(policy)).map_err(LabError::Build)?;
            let (genome, is_exact) = space.express(policy, &sim, &base);
            own.genome = is_exact.then(|| genome.clone());
            if !founders.contains(&genome) {
                founders.push(genome);
            }
        }
        let founding = founders.len() as u64 * STAGES[2];
        let least = (founding + 2 * race_cost(RACERS.0)) * 3 / 2 + 1;
        if ask.budget < least {
            let message = format!(
                "--budget {} is too small: the search begins with {} policies, each in {} worlds, and \
                 two races",
                ask.budget,
                founders.len(),
                STAGES[2]
            );
            return Err(LabError::usage(message).hint(format!("give at least {least}")));
        }
        let per_racer = race_cost(RACERS.1) / RACERS.1;
        let racers = (search_budget(ask.budget, &space) - founding) / (RACES * per_racer);
        Ok(Search {
            space,
            objectives,
            seed: ask.seed,
            budget: ask.budget,
            worlds: ask.worlds.max(2),
            racers: racers.clamp(RACERS.0, RACERS.1),
            founders,
            candidates: Vec::new(),
            known: Known::new(),
            pool: Vec::new(),
            waiting: [const { Vec::new() }; STAGES.len() - 1],
            finalists: Vec::new(),
            weights: BTreeMap::new(),
            unbeaten: 0,
            unsimplified: 0,
            judged,
            phase: Phase::Begin,
            due: Arc::default(),
            first_batch: 0,
            next_batch: 0,
            bred: 0,
            spent: 0,
        })
    }

    /// Runs that the search has spent so far, without the judgement.
    pub fn search_runs(&self) -> u64 {
        self.spent
    }

    /// Worlds of the judgement that all policies judged have met so far.
    pub fn judged_worlds(&self) -> u64 {
        self.judged.iter().map(|j| j.sample[1].len() as u64).min().unwrap_or(0)
    }

    /// Policies that are judged, the scenario's own included; known when the search is over.
    pub fn judged_policies(&self) -> u64 {
        self.judged.len() as u64
    }

    /// Runs that the search proper may spend.
    fn search_budget(&self) -> u64 {
        search_budget(self.budget, &self.space)
    }

    /// The candidate with a genome, new if it was not known.
    fn candidate(&mut self, genome: Genome) -> usize {
        if let Some(known) = self.known.get(&genome) {
            return *known;
        }
        let number = self.candidates.len();
        self.known.insert(genome.clone(), number);
        self.candidates.push(Candidate { genome, sample: Sample::default() });
        number
    }

    fn standing(&self, candidate: usize, worlds: u64) -> Standing {
        let Candidate { genome, sample, .. } = &self.candidates[candidate];
        let changes = self.space.changes(genome).len();
        Standing { at: means(sample, worlds as usize), changes }
    }

    fn standings(&self, list: &[usize], worlds: u64) -> Vec<Standing> {
        list.iter().map(|c| self.standing(*c, worlds)).collect()
    }

    /// Runs missing until a candidate has met so many worlds of the search.
    fn missing(&self, candidate: usize, worlds: u64) -> u64 {
        worlds.saturating_sub(self.candidates[candidate].worlds())
    }

    /// Puts the blocks of worlds that a candidate has not met yet on the list.
    fn extend(&mut self, candidate: usize, worlds: u64) {
        let Candidate { genome, sample } = &self.candidates[candidate];
        let arm = self.space.arm(format!("candidate {candidate}"), genome);
        let done = sample[1].len() as u64;
        self.spent += worlds.saturating_sub(done);
        if worlds > done {
            let task = Task { arm, first: done, worlds: worlds - done };
            Arc::make_mut(&mut self.due).tasks.push((candidate, task));
        }
    }

    /// Whether worlds of a candidate are on the list.
    fn is_due(&self, candidate: usize) -> bool {
        self.due.tasks.iter().any(|(who, _)| *who == candidate)
    }

    /// Goes on to the next phase when the batches of one are in.
    fn go_on(&mut self) -> Phase {
        match std::mem::replace(&mut self.phase, Phase::Done) {
            Phase::Begin => {
                let founders = std::mem::take(&mut self.founders);
                let racers = founders.into_iter().map(|g| self.candidate(g)).collect();
                self.race(racers)
            }
            Phase::Race { stage, racers, protected } => self.after_stage(stage, racers, protected),
            Phase::Singles(singles) => self.after_singles(singles),
            Phase::Proof(halvings) => self.after_proof(halvings),
            Phase::Judging | Phase::Done => Phase::Done,
        }
    }

    /// Begins a race of as many new policies as the budget allows, beside some that stay to the end.
    fn race(&mut self, mut racers: Vec<usize>) -> Phase {
        let protected = racers.len();
        let keep: u64 = racers.iter().map(|c| self.missing(*c, STAGES[2])).sum();
        let left = self.search_budget().saturating_sub(self.spent + keep);
        let most = (0..=self.racers).rev().find(|n| race_cost(*n) <= left).unwrap_or(0);
        if most < LEAST_RACERS {
            return self.last_race();
        }
        for genome in self.breed(most) {
            racers.push(self.candidate(genome));
        }
        if racers.is_empty() {
            return self.last_race();
        }
        for racer in &racers {
            self.extend(*racer, STAGES[0]);
        }
        Phase::Race { stage: 0, racers, protected }
    }

    fn breed(&mut self, count: u64) -> Vec<Genome> {
        let standings = self.standings(&self.pool, STAGES[2]);
        let parents: Vec<Genome> =
            self.pool.iter().map(|c| self.candidates[*c].genome.clone()).collect();
        let (space, known, seed, next) = (&self.space, &self.known, self.seed, self.bred);
        let mut breeder = Breeder { space, known, seed, next, made: Vec::new() };
        let parents = Parents::new(parents, &standings);
        for _ in 0..count {
            if parents.genomes.is_empty() {
                breeder.random();
            } else {
                breeder.child(&parents);
            }
        }
        let (made, next) = (breeder.made, breeder.next);
        self.bred = next;
        made
    }

    /// Sends those who go on to the next stage, or all that came through the last to the pool.
    fn after_stage(&mut self, stage: usize, racers: Vec<usize>, protected: usize) -> Phase {
        if stage + 1 == STAGES.len() {
            self.pool.extend(racers);
            return self.race(Vec::new());
        }
        let (kept, rest) = racers.split_at(protected);
        self.waiting[stage].extend(rest);
        let mut next = kept.to_vec();
        next.extend(self.promote(stage, kept, rest.len().div_ceil(2)));
        for racer in &next {
            self.extend(*racer, STAGES[stage + 1]);
        }
        Phase::Race { stage: stage + 1, racers: next, protected }
    }

    /// Takes at most so many of those who wait after a stage: the best in the order of fronts and
    /// crowding among all that is unbeaten. Who is clearly beaten is out; the others wait on.
    fn promote(&mut self, stage: usize, kept: &[usize], most: usize) -> Vec<usize> {
        let (worlds, waiting) = (STAGES[stage], std::mem::take(&mut self.waiting[stage]));
        let mut rivals = self.unbeaten_of(&self.pool, worlds);
        rivals.extend(kept.iter().chain(&waiting).copied());
        let sample = |c: usize| &self.candidates[c].sample;
        let is_beaten =
            |c: usize| rivals.iter().any(|r| clearly_beats(sample(*r), sample(c), worlds as usize));
        let left: Vec<usize> =
            rivals.iter().copied().filter(|c| !waiting.contains(c) || !is_beaten(*c)).collect();
        let standings = self.standings(&left, worlds);
        let best = order(&standings).into_iter().map(|i| left[i]);
        let mut best: Vec<usize> = best.filter(|c| waiting.contains(c)).collect();
        let others = best.split_off(most.min(best.len()));
        self.waiting[stage] = others;
        best
    }

    /// When there is nothing to breed, or no budget for it: sends those who wait through the last stage.
    fn last_race(&mut self) -> Phase {
        let mut racers: Vec<usize> = Vec::new();
        for stage in (0..STAGES.len() - 1).rev() {
            let left = self.search_budget().saturating_sub(self.spent);
            let most = left / (STAGES[2] - STAGES[stage]);
            for racer in self.promote(stage, &[], most as usize) {
                self.extend(racer, STAGES[2]);
                racers.push(racer);
            }
        }
        if racers.is_empty() {
            return self.simplify();
        }
        Phase::Race { stage: STAGES.len() - 1, racers, protected: 0 }
    }

    /// Those whose means no other's beat.
    fn unbeaten_of(&self, list: &[usize], worlds: u64) -> Vec<usize> {
        let ranks = fronts(&self.standings(list, worlds));
        list.iter().zip(ranks).filter(|(_, rank)| *rank == 0).map(|(c, _)| *c).collect()
    }

    /// Ends the search: takes a well-spread part of the unbeaten on.
    fn simplify(&mut self) -> Phase {
        let unbeaten = self.unbeaten_of(&self.pool, STAGES[2]);
        let standings = self.standings(&unbeaten, STAGES[2]);
        self.unbeaten = unbeaten.len();
        let chosen = thin((0..unbeaten.len()).collect(), &standings, FINALISTS);
        self.finalists = chosen.into_iter().map(|i| unbeaten[i]).collect();
        self.singles()
    }

    /// Whether a candidate is the base or one of the scenario's own policies.
    fn is_own(&self, candidate: usize) -> bool {
        let genome = &self.candidates[candidate].genome;
        self.judged.iter().any(|judged| judged.genome.as_ref() == Some(genome))
    }

    /// Begins the judgement of the finalists that are not among the scenario's own policies.
    fn judge(&mut self) -> Phase {
        let mut finalists: Vec<usize> = Vec::new();
        for finalist in std::mem::take(&mut self.finalists) {
            if !self.is_own(finalist) && !finalists.contains(&finalist) {
                finalists.push(finalist);
            }
        }
        let found =
            finalists.iter().map(|c| Judged::found(*c, &self.candidates[*c].genome, &self.space));
        self.judged.extend(found.collect::<Vec<Judged>>());
        self.finalists = finalists;
        let task =
            |judged: &Judged| Task { arm: judged.arm.clone(), first: UNSEEN, worlds: self.worlds };
        let tasks = self.judged.iter().map(task).enumerate().collect();
        self.due = Arc::new(Plan { tasks, is_abreast: true });
        Phase::Judging
    }
}

/// Runs that the search proper may spend: the budget without a third, or without what simplifying takes
/// at most.
fn search_budget(budget: u64, space: &Space) -> u64 {
    let most = FINALISTS as u64 * (PROOF + STAGES[0] * space.genes.len() as u64);
    budget - (budget / 3).min(most)
}

/// Most runs that a race of new policies can take.
fn race_cost(racers: u64) -> u64 {
    let second = racers.div_ceil(PROMOTED as u64);
    let third = second.div_ceil(PROMOTED as u64);
    racers * STAGES[0] + second * (STAGES[1] - STAGES[0]) + third * (STAGES[2] - STAGES[1])
}

impl Study for Search {
    type Job = Trial;

    fn next_round(&mut self) -> Option<Round<Trial>> {
        self.due = Arc::default();
        loop {
            self.phase = self.go_on();
            if matches!(self.phase, Phase::Done) {
                return None;
            }
            if !self.due.tasks.is_empty() {
                break;
            }
        }
        let plan = self.due.clone();
        let runs = plan.runs();
        self.first_batch = self.next_batch;
        self.next_batch += plan.blocks();
        let (first_batch, seed, objectives) =
            (self.first_batch, self.seed, self.objectives.clone());
        let job = Trial { plan, first_batch, seed, objectives };
        Some(Round { batches: first_batch..self.next_batch, runs, job })
    }

    fn absorb(&mut self, batch: u64, numbers: &[f64]) {
        let (who, ..) = self.due.block(batch - self.first_batch);
        let sample = match self.phase {
            Phase::Judging => &mut self.judged[who].sample,
            _ => &mut self.candidates[who].sample,
        };
        for world in numbers.chunks_exact(2) {
            sample[0].push(world[0]);
            sample[1].push(world[1]);
        }
    }
}
