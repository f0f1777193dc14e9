//! A metric over simulated time: runs that are looked at on their way.

use std::ops::Range;
use std::sync::Arc;

use hotwash_engine::{RunKey, SimTime};

use crate::bench::Bench;
use crate::error::LabError;
use crate::findings::{Course, Measure};
use crate::grid::Grid;
use crate::stats::quantile;

/// Quantiles of a band.
const BAND: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// What is watched: by world, by arm, a value at each instant.
#[derive(Clone, Debug)]
pub struct Watching {
    pub(super) grid: Arc<Grid>,
    /// Position of the metric.
    pub(super) metric: usize,
    pub(super) instants: Vec<SimTime>,
}

impl Watching {
    pub(super) fn work(
        &self,
        bench: &mut Bench<'_>,
        worlds: Range<u64>,
        out: &mut Vec<f64>,
    ) -> Result<(), LabError> {
        let (arms, width) = (self.grid.arms.len(), self.instants.len());
        let name = self.grid.layout.metrics[self.metric].name;
        out.resize((worlds.end - worlds.start) as usize * arms * width, f64::NAN);
        for (number, arm) in self.grid.arms.iter().enumerate() {
            let seat = bench.seat(arm)?;
            for (i, replication) in worlds.clone().enumerate() {
                let at = (i * arms + number) * width;
                let key = RunKey { seed: self.grid.seed, replication };
                seat.watch(arm, key, &self.instants, |instant, sim| {
                    let value = sim.view().metric(name).filter(|value| value.is_finite());
                    out[at + instant] = value.unwrap_or(f64::NAN);
                })?;
            }
        }
        Ok(())
    }

    /// What was seen, as bands.
    pub(super) fn course(&self, seen: &Courses, startex: &str) -> Course {
        let measure = Measure::from(&self.grid.layout.metrics[self.metric]);
        let band = |values: &Vec<f64>| {
            let mut rising: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
            rising.sort_by(f64::total_cmp);
            BAND.map(|p| quantile(&rising, p).unwrap_or(f64::NAN))
        };
        let bands = seen.values.iter().map(|arm| arm.iter().map(band).collect());
        Course {
            measure,
            days: self.instants.iter().map(|at| at.days()).collect(),
            startex: startex.to_owned(),
            bands: bands.collect(),
            worlds: seen.worlds,
        }
    }
}

/// What was seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Courses {
    /// Worlds watched.
    pub(super) worlds: u64,
    /// By arm, by instant: a value by world, or NaN.
    values: Vec<Vec<Vec<f64>>>,
}

impl Courses {
    pub(super) fn absorb(&mut self, arms: usize, instants: usize, numbers: &[f64]) {
        if self.values.is_empty() {
            self.values = vec![vec![Vec::new(); instants]; arms];
        }
        for (i, run) in numbers.chunks_exact(instants).enumerate() {
            for (values, value) in self.values[i % arms].iter_mut().zip(run) {
                values.push(*value);
            }
            self.worlds += u64::from(i % arms == 0);
        }
    }
}
