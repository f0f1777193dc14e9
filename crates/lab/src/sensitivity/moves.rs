//! What workers do for the study: runs along a trajectory, runs of a row of the sample.

use std::sync::Arc;

use hotwash_engine::Draw;

use super::model::{Model, Player};
use super::walk::Walk;
use crate::bench::Bench;
use crate::conduct::Job;
use crate::error::LabError;

/// Rows of the second round in a batch.
pub(super) const ROWS: u64 = 8;

/// Positions of the examined numbers in row `row` of samples A and B. They are plain random numbers: a
/// row must be independent of all others for the intervals to hold.
pub(super) fn positions(seed: u64, row: u64, numbers: usize) -> [Vec<f64>; 2] {
    let mut draw = Draw::addressed(seed, "sensitivity/row", row);
    [(); 2].map(|()| (0..numbers).map(|_| draw.uniform()).collect())
}

/// What workers do: trajectories, then rows.
pub struct Moves {
    pub(super) model: Arc<Model>,
    /// Trajectories: batches below this number, one each.
    pub(super) trajectories: u64,
    pub(super) rows: u64,
    pub(super) examined: Vec<usize>,
}

impl Job for Moves {
    fn work(&self, bench: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
        for arm in 0..self.model.arms.len() {
            match batch.checked_sub(self.trajectories) {
                None => self.walk(bench, arm, batch, out)?,
                Some(batch) => {
                    for row in batch * ROWS..((batch + 1) * ROWS).min(self.rows) {
                        self.row(bench, arm, row, out)?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Moves {
    fn walk(
        &self,
        bench: &mut Bench<'_>,
        arm: usize,
        number: u64,
        out: &mut Vec<f64>,
    ) -> Result<(), LabError> {
        let numbers = self.model.numbers.len();
        let walk = Walk::new(self.model.seed, number, numbers);
        let mut player = self.model.player(bench, arm)?;
        (0..numbers).for_each(|n| player.bend(n, walk.before(n)));
        out.push(player.outcome(number)?);
        for step in &walk.order {
            player.bend(*step, walk.after(*step));
            out.push(player.outcome(number)?);
        }
        Ok(())
    }

    /// A, B, AB_k for each number, AB for chance. Worlds are other ones than those of the trajectories,
    /// which chose the numbers.
    fn row(
        &self,
        bench: &mut Bench<'_>,
        arm: usize,
        row: u64,
        out: &mut Vec<f64>,
    ) -> Result<(), LabError> {
        let [a, b] = positions(self.model.seed, row, self.examined.len());
        let world = self.trajectories + 2 * row;
        let mut player = self.model.player(bench, arm)?;
        let all = |player: &mut Player<'_, '_>, at: &[f64]| {
            self.examined.iter().zip(at).for_each(|(number, at)| player.bend(*number, *at));
        };
        all(&mut player, &b);
        let of_b = player.outcome(world + 1)?;
        all(&mut player, &a);
        out.extend([player.outcome(world)?, of_b]);
        for (place, number) in self.examined.iter().enumerate() {
            player.bend(*number, b[place]);
            out.push(player.outcome(world)?);
            player.bend(*number, a[place]);
        }
        out.push(player.outcome(world + 1)?);
        Ok(())
    }
}
