//! The study: every cell meets every world; what is kept of it.

use std::sync::Arc;

use super::effects::{Effects, Factorial};
use super::plan::{Design, Plan};
use super::regression::Regression;
use crate::BATCH;
use crate::arm::Arm;
use crate::conduct::{Round, Study};
use crate::error::LabError;
use crate::grid::Grid;
use crate::layout::Layout;
use crate::stats::{Moments, difference};

/// Most outcomes that are kept for quantiles: 240 MB of them.
const MOST_KEPT: u128 = 30_000_000;

/// A sweep in progress. What it keeps grows with worlds only by the outcomes shown, of which there is
/// a most.
pub struct Sweep {
    pub(super) plan: Plan,
    pub(super) grid: Arc<Grid>,
    /// Positions of the metrics shown.
    pub(super) metrics: Vec<usize>,
    pub(super) effects: Effects,
    pub(super) tallies: Vec<Tally>,
    /// The name of the policy that is the base of all cells; empty if there is none or it is varied.
    pub(super) policy: String,
    /// Worlds that all cells have met.
    pub(super) worlds: u64,
    /// Outcomes of the worlds in hand: by world, by metric shown, by cell.
    block: Vec<f64>,
    is_handed_out: bool,
}

/// What is kept of a metric.
pub(super) struct Tally {
    /// By cell: the values there are.
    pub(super) values: Vec<Vec<f64>>,
    /// By cell: over the worlds in which all cells have a value.
    pub(super) means: Vec<Moments>,
    /// By term, likewise.
    pub(super) effects: Vec<Moments>,
    /// By term: worlds in which it is not zero.
    pub(super) differing: Vec<u64>,
}

impl Sweep {
    /// A sweep of `runs` worlds of a seed. `base` is what cells share; `metrics` are positions in the
    /// layout.
    ///
    /// # Errors
    /// When the base fixes what is varied, the cells are too few for the factors, or there would be
    /// too much to keep.
    pub fn new(
        plan: Plan,
        base: &Arm,
        layout: Layout,
        metrics: Vec<usize>,
        seed: u64,
        runs: u64,
    ) -> Result<Self, LabError> {
        let arms = plan.arms(base)?;
        let kept = arms.len() as u128 * metrics.len() as u128 * u128::from(runs);
        if kept > MOST_KEPT {
            let (cells, shown) = (arms.len(), metrics.len());
            let message = format!(
                "{runs} worlds of {cells} cells and {shown} metrics are {kept} outcomes; at most \
                 {MOST_KEPT} are kept"
            );
            return Err(LabError::usage(message).hint("fewer --runs, cells, or --metrics"));
        }
        let effects = match plan.design {
            Design::Full => Effects::Factorial(Factorial::new(&plan)),
            _ => Effects::Fitted(Regression::new(&plan)?),
        };
        let tally = |_: &usize| Tally {
            values: vec![Vec::new(); arms.len()],
            means: vec![Moments::default(); arms.len()],
            effects: vec![Moments::default(); effects.terms().len()],
            differing: vec![0; effects.terms().len()],
        };
        let tallies = metrics.iter().map(tally).collect();
        let is_varied = plan.factors.iter().any(|f| f.sort() == "policy");
        let policy = base.policy().filter(|_| !is_varied);
        let policy = policy.map(|p| p.name().to_owned()).unwrap_or_default();
        let grid = Arc::new(Grid { arms, layout, seed, worlds: runs });
        let (block, worlds, is_handed_out) = (Vec::new(), 0, false);
        Ok(Sweep { plan, grid, metrics, effects, tallies, policy, worlds, block, is_handed_out })
    }

    /// Every cell over every world, for tables.
    pub fn grid(&self) -> &Arc<Grid> {
        &self.grid
    }

    /// Worlds that all cells have met so far.
    pub fn worlds(&self) -> u64 {
        self.worlds
    }

    /// Runs that these worlds are.
    pub fn runs(&self) -> u64 {
        self.worlds * self.grid.arms.len() as u64
    }

    /// Takes the worlds in hand, which all cells have met.
    fn take_block(&mut self) {
        let cells = self.grid.arms.len();
        let block = std::mem::take(&mut self.block);
        for world in block.chunks_exact(cells * self.metrics.len()) {
            for (tally, outcomes) in self.tallies.iter_mut().zip(world.chunks_exact(cells)) {
                tally.take(outcomes, &self.effects);
            }
            self.worlds += 1;
        }
    }
}

impl Tally {
    /// Takes a world's outcomes by cell. Effects need all of them.
    fn take(&mut self, outcomes: &[f64], effects: &Effects) {
        for (values, outcome) in self.values.iter_mut().zip(outcomes) {
            if !outcome.is_nan() {
                values.push(*outcome);
            }
        }
        if outcomes.iter().any(|o| o.is_nan()) {
            return;
        }
        for (mean, outcome) in self.means.iter_mut().zip(outcomes) {
            mean.push(*outcome);
        }
        let largest = outcomes.iter().fold(0.0, |size: f64, o| size.max(o.abs()));
        let all = self.effects.iter_mut().zip(&mut self.differing);
        for ((moments, differing), effect) in all.zip(effects.of(outcomes)) {
            // An effect is a sum over outcomes: what does not show beside them is its rounding.
            let is_there = difference(largest + effect, largest) != 0.0;
            moments.push(if is_there { effect } else { 0.0 });
            *differing += u64::from(is_there);
        }
    }
}

impl Study for Sweep {
    type Job = Arc<Grid>;

    fn next_round(&mut self) -> Option<Round<Arc<Grid>>> {
        if std::mem::replace(&mut self.is_handed_out, true) {
            return None;
        }
        let runs = self.grid.worlds * self.grid.arms.len() as u64;
        Some(Round { batches: 0..self.grid.batches(), runs, job: Arc::clone(&self.grid) })
    }

    fn absorb(&mut self, batch: u64, numbers: &[f64]) {
        let grid = Arc::clone(&self.grid);
        let (cells, shown) = (grid.arms.len(), self.metrics.len());
        let worlds = grid.worlds_of(batch);
        self.block.resize((worlds.end - worlds.start) as usize * shown * cells, f64::NAN);
        for (replication, cell, row) in grid.rows(batch, numbers) {
            let world = (replication % BATCH) as usize;
            for (place, metric) in self.metrics.iter().enumerate() {
                let outcome = row.metric(*metric).unwrap_or(f64::NAN);
                self.block[(world * shown + place) * cells + cell] = outcome;
            }
        }
        if grid.completes_worlds(batch) {
            self.take_block();
        }
    }
}
