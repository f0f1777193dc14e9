//! Walks from one policy to another, one choice at a time, and what each choice adds on the way.
//!
//! A choice's share is its Shapley value: what it adds when it is switched, averaged over all orders of
//! switching (Shapley 1953). With few choices all orders are taken in through all subsets; with
//! more, orders are drawn, each with its reverse (antithetic sampling; Mitchell et al. 2021).
//! Every world is walked in full, so that the shares sum to the difference in each.

use std::ops::Range;

use hotwash_engine::{Draw, RunKey};

use super::choices::Choices;
use crate::bench::Bench;
use crate::error::LabError;
use crate::layout::Layout;
use crate::stats::difference;

/// Worlds of a batch. Where levers differ they share an order, which saves building simulations.
pub(super) const GROUP: u64 = 8;

/// Most choices for which every subset is run: at 5, 32 runs a world against 10 for a drawn order.
const FEW: usize = 5;

/// What is walked, and what is kept of it.
///
/// A batch's numbers are worlds one after the other, each with, metric by metric, the value under the
/// first policy, that under the second, and each choice's part; none of them is a number where
/// the metric has no value at some step.
pub(super) struct Walk {
    pub(super) choices: Choices,
    pub(super) layout: Layout,
    /// Positions of the metrics that are kept.
    pub(super) metrics: Vec<usize>,
    pub(super) seed: u64,
    pub(super) worlds: u64,
}

/// The subsets of choices that are run in a world, and how they are read.
pub(super) enum Route {
    /// All of them, by their bits.
    Subsets,
    /// None, all, those along an order, those along its reverse.
    Order(Vec<usize>),
}

impl Walk {
    pub(super) fn batches(&self) -> u64 {
        self.worlds.div_ceil(GROUP)
    }

    /// Numbers of a metric in a world.
    pub(super) fn width(&self) -> usize {
        2 + self.choices.list.len()
    }

    pub(super) fn is_exact(&self) -> bool {
        self.choices.list.len() <= FEW
    }

    /// Whether the worlds of a batch share an order, so that they do not tell independently of it.
    pub(super) fn shares_order(&self) -> bool {
        !self.is_exact() && self.choices.have_levers()
    }

    /// Runs of a world.
    pub(super) fn runs(&self) -> u64 {
        let choices = self.choices.list.len();
        if self.is_exact() { 1 << choices } else { 2 * choices as u64 }
    }

    pub(super) fn work(
        &self,
        bench: &mut Bench<'_>,
        batch: u64,
        out: &mut Vec<f64>,
    ) -> Result<(), LabError> {
        let worlds = batch * GROUP..((batch + 1) * GROUP).min(self.worlds);
        if self.is_exact() {
            return self.walk(bench, worlds, &Route::Subsets, out);
        }
        if self.shares_order() {
            return self.walk_in(bench, worlds, self.order(batch), out);
        }
        for world in worlds {
            self.walk_in(bench, world..world + 1, self.order(world), out)?;
        }
        Ok(())
    }

    /// Walks worlds in an order and its reverse.
    pub(super) fn walk_in(
        &self,
        bench: &mut Bench<'_>,
        worlds: Range<u64>,
        order: Vec<usize>,
        out: &mut Vec<f64>,
    ) -> Result<(), LabError> {
        self.walk(bench, worlds, &Route::Order(order), out)
    }

    /// A random order of the choices.
    pub(super) fn order(&self, number: u64) -> Vec<usize> {
        drawn_order(self.seed, number, self.choices.list.len())
    }

    fn walk(
        &self,
        bench: &mut Bench<'_>,
        worlds: Range<u64>,
        route: &Route,
        out: &mut Vec<f64>,
    ) -> Result<(), LabError> {
        let stops = route.stops(self.choices.list.len());
        let metrics = self.metrics.len();
        // World by world, metric by metric, stop by stop.
        let width = metrics * stops.len();
        let mut found = vec![f64::NAN; (worlds.end - worlds.start) as usize * width];
        let (mut values, mut row) = (Vec::new(), Vec::with_capacity(self.layout.width()));
        for (number, stop) in stops.iter().enumerate() {
            let arm = self.choices.arm(stop);
            let seat = bench.seat(&arm)?;
            for (world, replication) in worlds.clone().enumerate() {
                let sim = seat.run(&arm, RunKey { seed: self.seed, replication })?;
                row.clear();
                self.layout.write(sim, &mut values, &mut row);
                for (m, metric) in self.metrics.iter().enumerate() {
                    found[world * width + m * stops.len() + number] = row[*metric];
                }
            }
        }
        for values in found.chunks_exact(stops.len()) {
            let at = out.len();
            out.resize(at + self.width(), f64::NAN);
            if values.iter().all(|v| !v.is_nan()) {
                route.parts(values, &mut out[at..]);
            }
        }
        Ok(())
    }
}

/// A random order of so many choices, by Fisher and Yates.
pub(super) fn drawn_order(seed: u64, number: u64, choices: usize) -> Vec<usize> {
    let mut draw = Draw::addressed(seed, "value/order", number);
    let mut order: Vec<usize> = (0..choices).collect();
    for last in (1..choices).rev() {
        order.swap(last, draw.below(last as u64 + 1) as usize);
    }
    order
}

impl Route {
    /// The subsets to run.
    pub(super) fn stops(&self, choices: usize) -> Vec<Vec<bool>> {
        match self {
            Route::Subsets => (0..1_usize << choices)
                .map(|bits| (0..choices).map(|choice| bits >> choice & 1 == 1).collect())
                .collect(),
            Route::Order(order) => {
                let mut stops = vec![vec![false; choices], vec![true; choices]];
                let reverse: Vec<usize> = order.iter().rev().copied().collect();
                for order in [order, &reverse] {
                    let mut stop = vec![false; choices];
                    for choice in &order[..choices - 1] {
                        stop[*choice] = true;
                        stops.push(stop.clone());
                    }
                }
                stops
            }
        }
    }

    /// The ends and each choice's part, from a metric's values at the stops.
    pub(super) fn parts(&self, values: &[f64], out: &mut [f64]) {
        let (ends, parts) = out.split_at_mut(2);
        parts.fill(0.0);
        match self {
            Route::Subsets => {
                ends.copy_from_slice(&[values[0], values[values.len() - 1]]);
                for (choice, part) in parts.iter_mut().enumerate() {
                    *part = shapley(values, choice);
                }
            }
            Route::Order(order) => {
                ends.copy_from_slice(&values[..2]);
                let inner = order.len() - 1;
                let (there, back) = values[2..].split_at(inner);
                let reverse: Vec<usize> = order.iter().rev().copied().collect();
                for (order, inner) in [(order, there), (&reverse, back)] {
                    let mut before = values[0];
                    for (choice, after) in order.iter().zip(inner.iter().chain([&values[1]])) {
                        parts[*choice] += difference(*after, before) / 2.0;
                        before = *after;
                    }
                }
            }
        }
        // What differences leave of one another in floating point is no part.
        let scale = values.iter().fold(0.0_f64, |scale, value| scale.max(value.abs()));
        for part in parts {
            if difference(scale + *part, scale) == 0.0 {
                *part = 0.0;
            }
        }
    }
}

/// The Shapley value of a choice, from the values of all subsets by their bits.
fn shapley(values: &[f64], choice: usize) -> f64 {
    let choices = values.len().trailing_zeros() as usize;
    // Each size of the subsets that it may join weighs the same, and so do those of a size.
    let (mut sums, mut counts) = (vec![0.0; choices], vec![0_u32; choices]);
    for (bits, value) in values.iter().enumerate().filter(|(bits, _)| bits >> choice & 1 == 0) {
        let size = bits.count_ones() as usize;
        sums[size] += difference(values[bits | 1 << choice], *value);
        counts[size] += 1;
    }
    let means = sums.iter().zip(&counts).map(|(sum, count)| sum / f64::from(*count));
    means.sum::<f64>() / choices as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glove_game_is_shared_as_in_the_textbook() {
        // Players 0 and 1 own a left glove, player 2 a right one; a pair is worth 1.
        let worth = |bits: usize| if bits & 4 != 0 && bits & 3 != 0 { 1.0 } else { 0.0 };
        let values: Vec<f64> = (0..8).map(worth).collect();
        let mut out = [0.0; 5];
        Route::Subsets.parts(&values, &mut out);
        for (got, want) in out.iter().zip([0.0, 1.0, 1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]) {
            assert!((got - want).abs() < 1e-15, "{out:?}");
        }
    }

    #[test]
    fn an_order_and_its_reverse_are_read_at_the_right_stops() {
        let route = Route::Order(vec![2, 0, 1]);
        let stops = route.stops(3);
        let bits = |stop: &Vec<bool>| stop.iter().rev().fold(0, |b, s| b * 2 + usize::from(*s));
        assert_eq!(stops.iter().map(bits).collect::<Vec<_>>(), [0, 7, 4, 5, 2, 3]);
        // Choice i alone is worth i + 1; 0 and 1 together 10 more. Along 2, 0, 1 that goes to 1, and
        // along 1, 0, 2 to 0.
        let worth = |bits: usize| {
            let alone: usize = (0..3).filter(|i| bits >> i & 1 == 1).map(|i| i + 1).sum();
            alone as f64 + if bits & 3 == 3 { 10.0 } else { 0.0 }
        };
        let values: Vec<f64> = stops.iter().map(|stop| worth(bits(stop))).collect();
        let mut out = [0.0; 5];
        route.parts(&values, &mut out);
        assert_eq!(out, [0.0, 16.0, 6.0, 7.0, 3.0]);
    }
}
