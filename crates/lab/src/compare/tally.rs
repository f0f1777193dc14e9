//! What is kept of the worlds of a comparison: bounded memory, one row after the other.

use crate::compare::Setup;
use crate::findings::Summary;
use crate::layout::Row;
use crate::stats::{Estimate, Moments, Pairs, Ranked, Sample, proportion};

/// The metrics that loss curves are drawn of wherever a scenario has them.
const LOSSES: [&str; 2] = ["cost-vendor", "cost-victims"];
/// The times that curves are drawn of wherever a scenario has them; names begin so.
const TIMES: [&str; 3] = ["time-to-discover", "time-to-notify-people", "time-to-first-statement"];

/// Whether values are too skewed for the t interval of their mean, by Cochran's rule (1977, section
/// 2.15): it takes 25 times the squared skewness for the interval to miss no more often than in 6 of
/// 100 studies.
pub(super) fn is_too_skewed(sample: &Sample) -> bool {
    let ranked = sample.ranked();
    let skewness = ranked.skewness();
    ranked.count() >= 2 && (ranked.count() as f64) < 25.0 * skewness * skewness
}

/// One metric under one arm.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    moments: Moments,
    sample: Sample,
}

impl Column {
    pub(super) fn push(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            self.moments.push(value);
            self.sample.push(value);
        }
    }

    pub(super) fn ranked(&self) -> Ranked {
        self.sample.ranked()
    }

    /// Whether the values are too skewed for the interval of their mean.
    pub(super) fn is_too_skewed(&self) -> bool {
        is_too_skewed(&self.sample)
    }

    pub(super) fn summary(&self, worlds: u64) -> Summary {
        let ranked = self.ranked();
        let mut quantiles = [Estimate::exact(f64::NAN); 6];
        let mut is_known = true;
        for (place, p) in quantiles.iter_mut().zip(Summary::LEVELS) {
            match ranked.quantile(p) {
                Some(quantile) => *place = quantile,
                None => is_known = false,
            }
        }
        Summary {
            count: ranked.count(),
            share: proportion(ranked.count(), worlds),
            mean: self.moments.interval(),
            quantiles: is_known.then_some(quantiles),
        }
    }
}

/// All that is kept.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) worlds: u64,
    /// Positions of the metrics whose losses and times are drawn.
    pub(super) losses: Vec<usize>,
    pub(super) times: Vec<usize>,
    shown: Vec<usize>,
    pairs: Vec<(usize, usize)>,
    /// Positions of the metrics that are kept, and for each a column by arm.
    kept: Vec<usize>,
    columns: Vec<Vec<Column>>,
    /// By metric shown, by pair.
    paired: Vec<Vec<Pairs>>,
}

impl Tally {
    pub(super) fn new(setup: &Setup) -> Self {
        let metrics = setup.layout.metrics.iter().enumerate();
        let is_shown = |i: &usize| setup.shown.contains(i);
        // What is tolerated is read off the curves of losses.
        let has_losses = setup.has_usual_curves || !setup.tolerance.is_empty();
        let is_loss = |(i, m): &(usize, &hotwash_engine::MetricInfo)| {
            (has_losses && LOSSES.contains(&m.name)) || (is_shown(i) && m.unit == "USD")
        };
        let is_time = |(i, m): &(usize, &hotwash_engine::MetricInfo)| {
            let is_usual =
                setup.has_usual_curves && TIMES.iter().any(|time| m.name.starts_with(time));
            m.unit == "days" && (is_usual || (is_shown(i) && m.name.starts_with("time-to-")))
        };
        let losses: Vec<usize> = metrics.clone().filter(is_loss).map(|(i, _)| i).collect();
        let times: Vec<usize> = metrics.filter(is_time).map(|(i, _)| i).collect();
        let mut kept = [setup.shown.clone(), losses.clone(), times.clone()].concat();
        kept.sort_unstable();
        kept.dedup();
        let pairs = setup.pairs();
        Tally {
            worlds: 0,
            losses,
            times,
            columns: vec![vec![Column::default(); setup.arms.len()]; kept.len()],
            paired: vec![vec![Pairs::default(); pairs.len()]; setup.shown.len()],
            shown: setup.shown.clone(),
            pairs,
            kept,
        }
    }

    /// Takes a world: a row by arm.
    pub(super) fn push(&mut self, world: &[Row<'_>]) {
        self.worlds += 1;
        for (metric, columns) in self.kept.iter().zip(&mut self.columns) {
            for (row, column) in world.iter().zip(columns) {
                column.push(row.metric(*metric));
            }
        }
        for (metric, paired) in self.shown.iter().zip(&mut self.paired) {
            for ((a, b), pair) in self.pairs.iter().zip(paired) {
                pair.push(world[*a].metric(*metric), world[*b].metric(*metric));
            }
        }
    }

    /// The columns of a metric that is kept.
    pub(super) fn columns(&self, metric: usize) -> &[Column] {
        self.kept.iter().position(|m| *m == metric).map_or(&[], |i| &self.columns[i])
    }

    /// The pairs of a metric that is shown.
    pub(super) fn pairs(&self, metric: usize) -> &[Pairs] {
        self.shown.iter().position(|m| *m == metric).map_or(&[], |i| &self.paired[i])
    }

    /// Whether every quantile comes from all values.
    pub(super) fn is_exact(&self) -> bool {
        self.columns.iter().flatten().all(|column| column.sample.is_exact())
            && self.paired.iter().flatten().all(|pair| pair.sample().is_exact())
    }
}
