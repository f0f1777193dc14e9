//! Variance shares: Sobol's indices from pairs of columns that have some inputs in common.
//!
//! The design is A. Saltelli et al., Variance based sensitivity analysis of model output, Comput. Phys.
//! Commun. 181 (2010): two independent samples A and B of all inputs, and for each input k a third, AB_k,
//! that has k from B and all else from A. B and AB_k share only k, so their correlation is k's first
//! order; A and AB_k share all but k, so theirs is 1 - k's total.
//!
//! A and B share nothing, and what they happen to correlate in a sample leaks into both: where chance
//! has the largest part, AB_k is nearly A for every k, and all first orders are off alike. So the two
//! are the coefficients of AB_k's regression on A and B instead, which takes that leak out as G. Glen and
//! K. Isaacs, Estimating Sobol sensitivity indices using correlations, Environ. Model. Softw. 37
//! (2012) do: an input without any part gets exactly 0, and one that has all exactly 1.
//!
//! Intervals are percentiles over resamples of the rows.

use hotwash_engine::Draw;

use crate::stats::{Estimate, quantile};

/// Resamples behind an interval.
const RESAMPLES: u64 = 500;
/// Most blocks of rows that are drawn from in a resample: more rows than this are taken in blocks.
const BLOCKS: usize = 1024;
/// Fewest rows that indices are estimated from.
pub(super) const FEWEST_ROWS: usize = 32;

/// Runs of a row: A, B, AB_k for each input.
pub(super) const fn width(inputs: usize) -> usize {
    inputs + 2
}

/// What a sample says.
pub(super) struct Explained {
    /// By input: first order, total.
    pub(super) inputs: Vec<(Estimate, Estimate)>,
    /// By group asked for: the sum of its inputs' first orders.
    pub(super) groups: Vec<Estimate>,
    /// What is left of 1 when all first orders are taken away.
    pub(super) rest: Estimate,
}

/// Indices from rows of [`width`] outcomes each, all of them numbers. `groups` are lists of inputs whose
/// first orders are summed. Nothing when there are too few rows or nothing varies.
pub(super) fn explain(
    rows: &[f64],
    inputs: usize,
    groups: &[Vec<usize>],
    seed: u64,
) -> Option<Explained> {
    let sums = Sums::new(rows, inputs)?;
    let whole = vec![1.0; sums.blocks()];
    let point = sums.figures(&whole, groups);
    if point.iter().any(|figure| figure.is_nan()) {
        return None;
    }
    let mut resampled: Vec<Vec<f64>> = vec![Vec::new(); point.len()];
    for number in 0..RESAMPLES {
        let mut draw = Draw::addressed(seed, "sensitivity/resample", number);
        let mut weights = vec![0.0; sums.blocks()];
        for _ in 0..sums.blocks() {
            weights[draw.below(sums.blocks() as u64) as usize] += 1.0;
        }
        for (figures, figure) in resampled.iter_mut().zip(sums.figures(&weights, groups)) {
            // A resample may happen to vary in nothing; it has no say then.
            figures.extend(Some(figure).filter(|f| !f.is_nan()));
        }
    }
    let mut estimates = point.into_iter().zip(resampled).map(|(value, figures)| {
        let [low, high] = percentiles(figures);
        Estimate { value, low, high }
    });
    let mut take = |n: usize| estimates.by_ref().take(n).collect::<Vec<_>>();
    let (firsts, totals) = (take(inputs), take(inputs));
    let groups = take(groups.len());
    let rest = take(1)[0];
    Some(Explained { inputs: firsts.into_iter().zip(totals).collect(), groups, rest })
}

fn percentiles(mut figures: Vec<f64>) -> [f64; 2] {
    figures.sort_by(f64::total_cmp);
    let at = |p, none| quantile(&figures, p).unwrap_or(none);
    [at(0.025, f64::NEG_INFINITY), at(0.975, f64::INFINITY)]
}

/// Sums over a block of rows, of outcomes a, b under A and B.
const A: usize = 0;
const B: usize = 1;
const AA: usize = 2;
const BB: usize = 3;
const AB: usize = 4;
/// How many of these there are. Then come four for each input, with c the outcome under AB_k.
const SHARED: usize = 5;
const C: usize = 0;
const CC: usize = 1;
const AC: usize = 2;
const BC: usize = 3;
const OWN: usize = 4;

/// First order and total of an input; NaN when something does not vary.
fn indices(rows: f64, shared: &[f64], own: &[f64]) -> (f64, f64) {
    let cov = |product: f64, x: f64, y: f64| product / rows - (x / rows) * (y / rows);
    let (a, b, c) = (shared[A], shared[B], own[C]);
    let [var_a, var_b, var_c] =
        [(shared[AA], a), (shared[BB], b), (own[CC], c)].map(|(square, x)| {
            let variance = cov(square, x, x);
            // What is left of a constant by rounding is no variance.
            if variance <= 1e-12 * square / rows { f64::NAN } else { variance }
        });
    let r_ab = cov(shared[AB], a, b) / (var_a * var_b).sqrt();
    let r_ac = cov(own[AC], a, c) / (var_a * var_c).sqrt();
    let r_bc = cov(own[BC], b, c) / (var_b * var_c).sqrt();
    let free = 1.0 - r_ab * r_ab;
    ((r_bc - r_ac * r_ab) / free, 1.0 - (r_ac - r_bc * r_ab) / free)
}

struct Sums {
    inputs: usize,
    /// By block: rows in it.
    counts: Vec<f64>,
    /// By block: what all inputs share, then what each has of its own.
    sums: Vec<f64>,
}

impl Sums {
    fn new(values: &[f64], inputs: usize) -> Option<Sums> {
        let rows = values.len() / width(inputs);
        if rows < FEWEST_ROWS {
            return None;
        }
        // Around the mean, so that squares do not swallow the differences.
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let blocks = rows.min(BLOCKS);
        let mut counts = vec![0.0; blocks];
        let mut sums = vec![0.0; blocks * Self::wide(inputs)];
        for (i, row) in values.chunks_exact(width(inputs)).enumerate() {
            let block = i * blocks / rows;
            counts[block] += 1.0;
            let sums = &mut sums[block * Self::wide(inputs)..][..Self::wide(inputs)];
            let (a, b) = (row[0] - mean, row[1] - mean);
            let (shared, own) = sums.split_at_mut(SHARED);
            add(shared, &[a, b, a * a, b * b, a * b], 1.0);
            for (own, c) in own.chunks_exact_mut(OWN).zip(&row[2..]) {
                let c = c - mean;
                add(own, &[c, c * c, a * c, b * c], 1.0);
            }
        }
        Some(Sums { inputs, counts, sums })
    }

    fn wide(inputs: usize) -> usize {
        SHARED + OWN * inputs
    }

    fn blocks(&self) -> usize {
        self.counts.len()
    }

    /// First orders, totals, sums of groups, the rest.
    fn figures(&self, weights: &[f64], groups: &[Vec<usize>]) -> Vec<f64> {
        let wide = Self::wide(self.inputs);
        let (mut sums, mut rows) = (vec![0.0; wide], 0.0);
        for (block, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            rows += weight * self.counts[block];
            add(&mut sums, &self.sums[block * wide..][..wide], *weight);
        }
        let (shared, own) = sums.split_at(SHARED);
        let (firsts, totals): (Vec<f64>, Vec<f64>) =
            own.chunks_exact(OWN).map(|own| indices(rows, shared, own)).unzip();
        let sum = |group: &Vec<usize>| group.iter().fold(0.0, |sum, input| sum + firsts[*input]);
        let sums: Vec<f64> = groups.iter().map(sum).collect();
        let rest = 1.0 - firsts.iter().sum::<f64>();
        [firsts, totals, sums, vec![rest]].concat()
    }
}

fn add(sums: &mut [f64], more: &[f64], weight: f64) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += weight * more;
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;

    fn ishigami(x: &[f64]) -> f64 {
        let x: Vec<f64> = x.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
        let (s1, s2) = (libm::sin(x[0]), libm::sin(x[1]));
        s1 + 7.0 * s2 * s2 + 0.1 * libm::pow(x[2], 4.0) * s1
    }

    fn sample(seed: u64, rows: u64, inputs: usize, f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        let mut out = Vec::new();
        for row in 0..rows {
            let mut draw = Draw::addressed(seed, "test", row);
            let mut point = || (0..inputs).map(|_| draw.uniform()).collect::<Vec<_>>();
            let (a, b) = (point(), point());
            out.extend([f(&a), f(&b)]);
            for input in 0..inputs {
                let mut ab = a.clone();
                ab[input] = b[input];
                out.push(f(&ab));
            }
        }
        out
    }

    const FIRST: [f64; 3] = [0.3139, 0.4424, 0.0];
    const TOTAL: [f64; 3] = [0.5576, 0.4424, 0.2437];

    #[test]
    fn ishigamis_indices_are_those_of_the_textbook() {
        // Fifty thousand rows in blocks: standard errors below 0.006.
        let rows = sample(1, 50_000, 3, ishigami);
        let explained = explain(&rows, 3, &[vec![0, 2], vec![]], 1).unwrap();
        for (input, (first, total)) in explained.inputs.iter().enumerate() {
            assert!((first.value - FIRST[input]).abs() < 0.02, "{input} {first:?}");
            assert!((total.value - TOTAL[input]).abs() < 0.02, "{input} {total:?}");
            assert!(
                first.half_width() < 0.012 && total.half_width() < 0.012,
                "{first:?} {total:?}"
            );
        }
        assert!((explained.groups[0].value - 0.3139).abs() < 0.03);
        assert_eq!(explained.groups[1].value, 0.0);
        assert!((explained.rest.value - 0.2437).abs() < 0.03);
    }

    #[test]
    fn intervals_cover_the_truth_about_as_often_as_they_say() {
        const SEEDS: u64 = 100;
        let mut covered = [0_u64; 7];
        for seed in 0..SEEDS {
            let explained = explain(&sample(seed, 256, 3, ishigami), 3, &[], seed).unwrap();
            let mut check = |at: usize, got: Estimate, truth: f64| {
                covered[at] += u64::from(got.low <= truth && truth <= got.high);
            };
            for input in 0..3 {
                check(input, explained.inputs[input].0, FIRST[input]);
                check(input + 3, explained.inputs[input].1, TOTAL[input]);
            }
            check(6, explained.rest, 0.2437);
        }
        // 95 of 100, and at least 87: a right interval has fewer once in a thousand times.
        assert!(covered.iter().all(|n| *n >= 87), "{covered:?}");
        // All seven together neither too narrow nor too wide.
        let all = covered.iter().sum::<u64>();
        assert!((630..=693).contains(&all), "{covered:?}");
    }

    #[test]
    fn a_single_cause_explains_all() {
        let explained = explain(&sample(3, 1_000, 2, |x| x[1]), 2, &[], 3).unwrap();
        for (input, truth) in [0.0, 1.0].into_iter().enumerate() {
            let (first, total) = explained.inputs[input];
            assert!((first.value - truth).abs() < 1e-9 && (total.value - truth).abs() < 1e-9);
            assert!(first.half_width() < 1e-9 && total.half_width() < 1e-9);
        }
    }

    #[test]
    fn small_parts_beside_large_chance_are_told_apart() {
        // Twelve inputs with 1 % of the variance each and luck with 88 %.
        let luck = libm::sqrt(88.0);
        let rows = sample(4, 512, 13, |x| x[..12].iter().sum::<f64>() + luck * x[12]);
        let explained = explain(&rows, 13, &[(0..12).collect(), vec![12]], 4).unwrap();
        let [numbers, chance] = explained.groups[..] else { panic!() };
        assert!(numbers.half_width() < 0.1 && (numbers.value - 0.12).abs() < 0.1, "{numbers:?}");
        assert!((chance.value - 0.88).abs() < 0.1, "{chance:?}");
        // The chance correlation of two columns of 512 would be 0.09 wide alone.
        assert!(explained.inputs[..12].iter().all(|(first, _)| first.half_width() < 0.03));
    }

    #[test]
    fn nothing_is_said_of_what_does_not_vary_or_of_too_few() {
        assert!(explain(&sample(1, 100, 2, |_| 5.0e8), 2, &[], 1).is_none());
        assert!(explain(&sample(1, 31, 2, |x| x[0]), 2, &[], 1).is_none());
    }
}
