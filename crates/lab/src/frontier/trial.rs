//! The work of a search: one policy over a block of worlds, two numbers a world.

use std::ops::Range;
use std::sync::Arc;

use hotwash_engine::{Better, MetricInfo, RunKey};

use crate::BATCH;
use crate::arm::Arm;
use crate::bench::Bench;
use crate::conduct::Job;
use crate::error::LabError;
use crate::layout::Layout;

/// A metric as something to keep low.
#[derive(Clone, Debug)]
pub(super) struct Objective {
    index: usize,
    pub(super) info: MetricInfo,
}

impl Objective {
    /// The metric with this name. `flag` is where it was asked for.
    pub(super) fn named(name: &str, flag: &str, layout: &Layout) -> Result<Self, LabError> {
        let sort = format!("metric for {flag}");
        let known = layout.metrics.iter().map(|m| m.name);
        let index = layout.metric(name).ok_or_else(|| LabError::unknown(&sort, name, known))?;
        let info = layout.metrics[index].clone();
        if info.better == Better::Neither {
            let message = format!("{flag} {name}: this metric does not say which way is better");
            return Err(LabError::usage(message)
                .hint("take one of which less, or more, is better; `hotwash show SCENARIO --metrics` lists them"));
        }
        Ok(Objective { index, info })
    }

    /// 1 where less is better, -1 where more is: a value times this is something to keep low. Its own
    /// inverse.
    pub(super) fn sign(&self) -> f64 {
        if self.info.better == Better::Higher { -1.0 } else { 1.0 }
    }

    fn read(&self, values: &[Option<f64>]) -> Result<f64, LabError> {
        let value = values[self.index].filter(|v| v.is_finite());
        value.map(|v| v * self.sign()).ok_or_else(|| {
            let message = format!(
                "metric `{}` has no value in some runs: means over different worlds cannot be set \
                 against each other",
                self.info.name
            );
            LabError::usage(message).hint("take a metric that has a value in every run")
        })
    }
}

/// Worlds in a row under an arm.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) arm: Arm,
    /// First replication.
    pub(super) first: u64,
    pub(super) worlds: u64,
}

/// What a round runs: a few tasks, each in blocks of worlds of a batch each. What is kept does not grow
/// with the worlds.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// Whom each is about, and what is run.
    pub(super) tasks: Vec<(usize, Task)>,
    /// Whether all meet a block before any meets the next, so that whenever it is stopped all have met the
    /// same worlds; this takes tasks over the same worlds. Else one task comes after another.
    pub(super) is_abreast: bool,
}

impl Plan {
    /// Blocks of all tasks.
    pub(super) fn blocks(&self) -> u64 {
        self.tasks.iter().map(|(_, task)| task.worlds.div_ceil(BATCH)).sum()
    }

    pub(super) fn runs(&self) -> u64 {
        self.tasks.iter().map(|(_, task)| task.worlds).sum()
    }

    /// Whom a block is about, its arm and its replications.
    pub(super) fn block(&self, number: u64) -> (usize, &Arm, Range<u64>) {
        let (mut place, mut block) = (0, number);
        if self.is_abreast {
            let abreast = self.tasks.len() as u64;
            (place, block) = ((number % abreast) as usize, number / abreast);
        } else {
            while block >= self.tasks[place].1.worlds.div_ceil(BATCH) {
                block -= self.tasks[place].1.worlds.div_ceil(BATCH);
                place += 1;
            }
        }
        let (who, Task { arm, first, worlds }) = &self.tasks[place];
        let end = ((block + 1) * BATCH).min(*worlds);
        (*who, arm, first + block * BATCH..first + end)
    }
}

/// Blocks of worlds, one a batch. A batch is cost and harm, world by world, such that less is better.
#[derive(Clone, Debug)]
pub struct Trial {
    pub(super) plan: Arc<Plan>,
    pub(super) first_batch: u64,
    pub(super) seed: u64,
    pub(super) objectives: [Objective; 2],
}

impl Job for Trial {
    fn work(&self, bench: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
        let (_, arm, worlds) = self.plan.block(batch - self.first_batch);
        let seat = bench.seat(arm)?;
        let mut values = Vec::new();
        for replication in worlds {
            let sim = seat.run(arm, RunKey { seed: self.seed, replication })?;
            sim.read_metrics(&mut values);
            for objective in &self.objectives {
                out.push(objective.read(&values)?);
            }
        }
        Ok(())
    }
}
