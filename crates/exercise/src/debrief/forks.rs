//! Forks: the same past, many futures, another option; and where the session's own run lies among runs
//! that the policy plays by itself.

use std::sync::Arc;

use hotwash_engine::{DecisionId, RunKey, Simulation, parse_seed};
use hotwash_lab::findings::Measure;
use hotwash_lab::{Arm, Bench, Job, LabError, Round, Study};

use super::Worth;
use super::tally::Tally;
use super::tape::{Jam, Tape, Turn};
use crate::session::Session;

/// Futures for each option of each decision, unless somebody asks for another number.
pub const DEFAULT_FUTURES: u64 = 512;

/// Futures of a batch. All options of all decisions are in it, so that there is a first answer to
/// everything at once.
const FUTURES: u64 = 8;

/// What the other options of each decision would have done from exactly where they were open.
///
/// The first batch plays every option with the session's own luck to the end; every other batch a
/// few futures of every option, and as many worlds of the scenario by the policy alone.
pub struct ForkStudy {
    job: ForkJob,
    tally: Tally,
    is_begun: bool,
}

/// A batch of [`ForkStudy`].
#[derive(Clone)]
pub struct ForkJob {
    table: Arc<Table>,
}

/// What is forked, and what is kept of it.
struct Table {
    tape: Tape,
    turns: Vec<Turn>,
    /// By turn.
    options: Vec<usize>,
    arm: Arm,
    /// Positions of the metrics that are kept.
    metrics: Vec<usize>,
    /// The session's seed, whose other replications are the ensemble.
    seed: u64,
    /// The seed whose replications are the futures.
    futures_seed: u64,
    wanted: u64,
}

impl ForkStudy {
    /// A study of a session that has ended.
    pub fn new(session: &Session, futures: u64) -> ForkStudy {
        let plan = session.plan();
        let tape = Tape::of(session);
        let turns = tape.turns();
        let decisions = plan.scenario.english().decisions();
        let metrics = examined(session);
        let name = if plan.policy.is_some() { plan.policy_name() } else { "defaults" };
        let table = Table {
            options: turns.iter().map(|t| decisions[t.decision].options.len()).collect(),
            tape,
            turns,
            arm: Arm::new(name, plan.policy.clone(), plan.set.clone()),
            metrics: metrics.clone(),
            seed: plan.key().seed,
            futures_seed: parse_seed(&format!("{}/forks", plan.seed)),
            wanted: futures,
        };
        let tally = Tally::new(session, &table.turns, &metrics, futures);
        ForkStudy { job: ForkJob { table: Arc::new(table) }, tally, is_begun: false }
    }

    /// What has been found so far.
    pub fn finding(&self) -> Worth {
        self.tally.finding()
    }
}

/// Positions of the metrics that are examined: the headline's, or all when the scenario names none.
fn examined(session: &Session) -> Vec<usize> {
    let names: Vec<&str> = session.sim().metrics().map(|m| m.name).collect();
    let headline = session.plan().scenario.headline();
    let named: Vec<usize> =
        headline.filter_map(|name| names.iter().position(|n| *n == name)).collect();
    if named.is_empty() { (0..names.len()).collect() } else { named }
}

/// The metrics at these positions, as findings name them.
pub(super) fn measures(sim: &Simulation, metrics: &[usize]) -> Vec<Measure> {
    let all: Vec<_> = sim.metrics().collect();
    metrics.iter().map(|m| Measure::from(all[*m])).collect()
}

impl Table {
    /// Options over all turns: runs of a future.
    fn forks(&self) -> u64 {
        self.options.iter().map(|n| *n as u64).sum()
    }

    /// Every option of every turn, with the session's own luck or another.
    fn fork(
        &self,
        bench: &mut Bench<'_>,
        luck: Option<RunKey>,
        out: &mut Vec<f64>,
    ) -> Result<(), LabError> {
        let sim = bench.seat(&self.arm)?.sim_mut();
        let mut policy = self.arm.policy().map(|p| p.decider(sim));
        let mut values = Vec::new();
        for (turn, options) in self.turns.iter().zip(&self.options) {
            for option in 0..*options {
                let played = self.tape.play(sim, policy.as_mut(), *turn, option, luck);
                played.map_err(|jam| self.blame(jam, *turn, luck))?;
                if sim.decision_state(DecisionId(turn.decision as u16)).taken != Some(option) {
                    return Err(self.blame(Jam::Untrue("another option".to_owned()), *turn, luck));
                }
                self.keep(sim, &mut values, out);
            }
        }
        Ok(())
    }

    /// A world that the policy plays by itself.
    fn alone(
        &self,
        bench: &mut Bench<'_>,
        replication: u64,
        out: &mut Vec<f64>,
    ) -> Result<(), LabError> {
        let key = RunKey { seed: self.seed, replication };
        let sim = bench.seat(&self.arm)?.run(&self.arm, key)?;
        self.keep(sim, &mut Vec::new(), out);
        Ok(())
    }

    fn keep(&self, sim: &Simulation, values: &mut Vec<Option<f64>>, out: &mut Vec<f64>) {
        sim.read_metrics(values);
        let kept = self.metrics.iter().map(|m| values[*m]);
        out.extend(kept.map(|v| v.filter(|v| v.is_finite()).unwrap_or(f64::NAN)));
    }

    fn blame(&self, jam: Jam, turn: Turn, luck: Option<RunKey>) -> LabError {
        match jam {
            Jam::Fault(fault) => {
                let key = luck.unwrap_or(RunKey::single(self.seed));
                LabError::Fault { fault, arm: Box::new(self.arm.clone()), key }
            }
            Jam::Untrue(why) => LabError::Bug(format!(
                "the session could not be played again to decision {}: {why}",
                turn.decision
            )),
        }
    }
}

impl Job for ForkJob {
    fn work(&self, bench: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
        let table = &*self.table;
        let Some(group) = batch.checked_sub(1) else { return table.fork(bench, None, out) };
        for replication in group * FUTURES..((group + 1) * FUTURES).min(table.wanted) {
            let luck = RunKey { seed: table.futures_seed, replication };
            table.fork(bench, Some(luck), out)?;
            // Replication 0 is the session's own world.
            table.alone(bench, replication + 1, out)?;
        }
        Ok(())
    }
}

impl Study for ForkStudy {
    type Job = ForkJob;

    fn next_round(&mut self) -> Option<Round<ForkJob>> {
        if std::mem::replace(&mut self.is_begun, true) {
            return None;
        }
        let table = &self.job.table;
        Some(Round {
            batches: 0..1 + table.wanted.div_ceil(FUTURES),
            runs: table.forks() * (1 + table.wanted) + table.wanted,
            job: self.job.clone(),
        })
    }

    fn absorb(&mut self, batch: u64, numbers: &[f64]) {
        if batch == 0 {
            self.tally.take_here(numbers);
        } else {
            self.tally.take_futures(numbers);
        }
    }
}
