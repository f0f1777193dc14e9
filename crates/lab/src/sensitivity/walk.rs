//! Morris's screening: trajectories that move one number at a time, and the effects of their steps.
//!
//! M. D. Morris, Factorial sampling plans for preliminary computational experiments, Technometrics 33
//! (1991); the mean of the absolute effects is that of F. Campolongo, J. Cariboni, A. Saltelli, An
//! effective screening design for sensitivity analysis of large models, Environ. Model. Softw. 22
//! (2007). All points of a trajectory are in the same world, so chance that a number has no part in
//! cancels out of its effect.

use hotwash_engine::Draw;

use crate::stats::{Estimate, Moments, difference};

/// Positions in a number's range.
const LEVELS: [f64; 4] = [0.05, 0.35, 0.65, 0.95];
/// A step goes two levels up or down.
const STEP: f64 = 0.6;
/// Effects are scaled up from the step to the whole way between the first and the last level.
const WHOLE_WAY: f64 = 0.9;

/// A trajectory: where it starts, and the order in which the numbers take their step.
pub(super) struct Walk {
    /// Level of each number before its step.
    start: Vec<usize>,
    pub(super) order: Vec<usize>,
}

impl Walk {
    /// Trajectory `number` of a seed.
    pub(super) fn new(seed: u64, number: u64, numbers: usize) -> Self {
        let mut draw = Draw::addressed(seed, "sensitivity/trajectory", number);
        let start = (0..numbers).map(|_| draw.below(LEVELS.len() as u64) as usize).collect();
        let mut order: Vec<usize> = (0..numbers).collect();
        for i in (1..numbers).rev() {
            order.swap(i, draw.below(i as u64 + 1) as usize);
        }
        Walk { start, order }
    }

    /// Where a number is before its step.
    pub(super) fn before(&self, number: usize) -> f64 {
        LEVELS[self.start[number]]
    }

    /// And after it.
    pub(super) fn after(&self, number: usize) -> f64 {
        LEVELS[(self.start[number] + 2) % LEVELS.len()]
    }

    /// 1 for a step up, -1 for one down.
    fn sign(&self, number: usize) -> f64 {
        if self.start[number] < 2 { 1.0 } else { -1.0 }
    }
}

/// The effects of one number's steps on one outcome.
#[derive(Clone, Debug, Default)]
pub(super) struct Effects {
    absolute: Moments,
    signed: Moments,
    /// Steps with no value on one side or on both.
    pub(super) without_value: u64,
    /// Whether any step changed the outcome or whether it has a value.
    pub(super) has_effect: bool,
}

impl Effects {
    /// A change of the outcome; NaN without a value on one side or on both.
    fn push(&mut self, change: f64, sign: f64) {
        if change.is_nan() {
            self.without_value += 1;
            return;
        }
        let effect = change * sign * WHOLE_WAY / STEP;
        self.has_effect |= effect != 0.0;
        self.absolute.push(effect.abs());
        self.signed.push(effect);
    }

    /// Takes the outcomes along a trajectory: one before the first step and one after each.
    pub(super) fn absorb(all: &mut [Effects], walk: &Walk, outcomes: &[f64]) {
        for (pair, number) in outcomes.windows(2).zip(&walk.order) {
            all[*number].has_effect |= pair[0].is_nan() != pair[1].is_nan();
            all[*number].push(difference(pair[1], pair[0]), walk.sign(*number));
        }
    }

    /// The same of the difference between two arms' outcomes along a trajectory. Both sides of it are
    /// sums of whole outcomes, so that what is rounding beside these is no effect.
    pub(super) fn absorb_difference(all: &mut [Effects], walk: &Walk, a: &[f64], b: &[f64]) {
        for ((a, b), number) in a.windows(2).zip(b.windows(2)).zip(&walk.order) {
            all[*number].has_effect |= (a[0] - b[0]).is_nan() != (a[1] - b[1]).is_nan();
            all[*number].push(difference(a[1] + b[0], a[0] + b[1]), walk.sign(*number));
        }
    }

    pub(super) fn steps(&self) -> u64 {
        self.signed.count()
    }

    /// Mean of the absolute effects; its interval does not reach below 0.
    pub(super) fn size(&self) -> Estimate {
        let interval = self.absolute.interval();
        Estimate { low: interval.low.max(0.0), ..interval }
    }

    pub(super) fn mean(&self) -> f64 {
        self.signed.mean()
    }

    pub(super) fn spread(&self) -> f64 {
        self.signed.deviation()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The outcomes along a trajectory of a function of the positions.
    fn along(walk: &Walk, function: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        let mut point: Vec<f64> = (0..walk.start.len()).map(|n| walk.before(n)).collect();
        let mut out = vec![function(&point)];
        for number in &walk.order {
            point[*number] = walk.after(*number);
            out.push(function(&point));
        }
        out
    }

    fn screen(trajectories: u64, numbers: usize, f: impl Fn(&[f64]) -> f64 + Copy) -> Vec<Effects> {
        let mut all = vec![Effects::default(); numbers];
        for number in 0..trajectories {
            let walk = Walk::new(7, number, numbers);
            Effects::absorb(&mut all, &walk, &along(&walk, f));
        }
        all
    }

    #[test]
    fn a_linear_functions_effects_are_its_slopes_over_the_way() {
        let slopes = [10.0, -4.0, 0.0, 0.5];
        let all = screen(8, 4, |x| x.iter().zip(slopes).map(|(x, slope)| slope * x).sum());
        for (effects, slope) in all.iter().zip(slopes) {
            let size = effects.size();
            assert!((size.value - 0.9 * f64::abs(slope)).abs() < 1e-9, "{size:?}");
            assert!((effects.mean() - 0.9 * slope).abs() < 1e-9);
            assert!(effects.spread() < 1e-9 && size.high - size.low < 1e-9);
            assert_eq!(effects.steps(), 8);
        }
        // A number that is not read has none at all.
        assert!(!screen(8, 2, |x| x[0])[1].has_effect);
    }

    #[test]
    fn rounding_is_no_effect() {
        // The sum's order is the second number's doing, and all that it does.
        let sum = |x: &[f64]| {
            let parts = [1e9 / 3.0, x[0], 0.1];
            let order = if x[1] > 0.5 { [0, 1, 2] } else { [2, 1, 0] };
            order.iter().fold(0.0, |sum, i| sum + parts[*i])
        };
        assert!(sum(&[0.35, 0.0]) != sum(&[0.35, 1.0]));
        let all = screen(20, 2, sum);
        assert!(all[0].has_effect && !all[1].has_effect && all[1].size().high == 0.0);
        // Two arms, each of which does that in another world's amounts: their difference is small.
        let mut all = vec![Effects::default(); 2];
        for number in 0..20 {
            let walk = Walk::new(7, number, 2);
            let (a, b) = (along(&walk, sum), along(&walk, |x| 1e9 / 3.0 + x[0]));
            Effects::absorb_difference(&mut all, &walk, &a, &b);
        }
        assert!(all.iter().all(|effects| !effects.has_effect), "{all:?}");
        // And one that has a value under one arm only, on one side of the step.
        let walk = Walk::new(7, 0, 1);
        let mut one = vec![Effects::default()];
        Effects::absorb_difference(&mut one, &walk, &[1.0, 1.0], &[f64::NAN, 1.0]);
        assert!(one[0].has_effect && one[0].without_value == 1);
    }

    #[test]
    fn a_product_shows_as_spread_and_keeps_its_size() {
        // x (y - 0.5): the effect of x is +-0.15 or +-0.45 with y, its mean 0 over y's levels.
        let all = screen(2_000, 2, |x| x[0] * (x[1] - 0.5));
        let x = &all[0];
        assert!((x.size().value - 0.3 * 0.9).abs() < 0.02, "{:?}", x.size());
        assert!(x.mean().abs() < 0.02 && x.spread() > 0.25);
    }

    #[test]
    fn steps_without_a_value_are_counted_and_left_out() {
        let all = screen(40, 2, |x| if x[1] > 0.8 { f64::NAN } else { x[0] });
        assert!(all[0].without_value > 0 && all[0].steps() + all[0].without_value == 40);
        assert!((all[0].size().value - 0.9).abs() < 1e-9);
        // Taking the value away is an effect, even where all values are alike.
        assert!(all[1].has_effect && all[1].size().value == 0.0);
    }

    #[test]
    fn every_level_is_met_and_every_number_moves_once() {
        let mut seen = [0; 4];
        for number in 0..100 {
            let walk = Walk::new(1, number, 5);
            let mut order = walk.order.clone();
            order.sort_unstable();
            assert_eq!(order, [0, 1, 2, 3, 4]);
            walk.start.iter().for_each(|level| seen[*level] += 1);
            assert!((0..5).all(|n| ((walk.after(n) - walk.before(n)).abs() - STEP).abs() < 1e-12));
        }
        // 500 draws over four levels: 125 each, give or take 5 standard errors.
        assert!(seen.iter().all(|n| (77..=173).contains(n)), "{seen:?}");
    }
}
