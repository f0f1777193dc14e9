//! How two policies stand over a sample, and what numbers do to it.

use hotwash_engine::Better;

use crate::findings::Ranking;
use crate::stats::{Estimate, Moments, difference, is_told_apart, proportion};

/// A world of the sample: the positions of the examined numbers, and the outcome under both policies.
pub(super) struct Point {
    pub(super) at: Vec<f64>,
    pub(super) outcomes: [f64; 2],
}

impl Point {
    /// First - second, where both have a value.
    fn difference(&self) -> Option<f64> {
        let difference = difference(self.outcomes[0], self.outcomes[1]);
        (!difference.is_nan()).then_some(difference)
    }
}

/// How they stand over all points.
pub(super) fn overall(points: &[Point], better: Better) -> Ranking {
    let differences: Vec<f64> = points.iter().filter_map(Point::difference).collect();
    let worlds = differences.len() as u64;
    let count = |is: fn(f64) -> bool| differences.iter().filter(|d| is(**d)).count() as u64;
    let [lower, equal, higher] = [count(|d| d < 0.0), count(|d| d == 0.0), count(|d| d > 0.0)];
    let better = match better {
        Better::Lower | Better::Neither => [lower, equal, higher],
        Better::Higher => [higher, equal, lower],
    };
    let moments: Moments = differences.iter().copied().collect();
    Ranking {
        difference: moments.interval(),
        better: better.map(|n| proportion(n, worlds)),
        worlds,
        without_value: points.len() as u64 - worlds,
    }
}

/// The mean difference at an end of a number's range.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub(super) mean: Estimate,
    /// Worlds in which the two differ.
    differing: u64,
}

/// The mean difference in the lowest and in the highest third of a number's range, by t. The points are
/// independent worlds, so this costs no further run.
pub(super) fn ends(points: &[Point], number: usize) -> [End; 2] {
    let mean = |is_in: &dyn Fn(f64) -> bool| {
        let inside = points.iter().filter(|p| is_in(p.at[number]));
        let all: Vec<f64> = inside.filter_map(Point::difference).collect();
        let differing = all.iter().filter(|d| **d != 0.0).count() as u64;
        End { mean: all.into_iter().collect::<Moments>().interval(), differing }
    };
    [mean(&|at| at < 1.0 / 3.0), mean(&|at| at > 2.0 / 3.0)]
}

/// Whether one policy is clearly ahead at one end and the other at the other.
pub(super) fn turns(ends: [End; 2]) -> bool {
    let [low, high] = ends.map(|end| end.mean.value < 0.0);
    ends.iter().all(|end| is_told_apart(&end.mean, end.differing)) && low != high
}

#[cfg(test)]
mod tests {
    use hotwash_engine::Draw;

    use super::*;

    /// The first policy's outcome is lower by 2 - 4 x with x the first position, give or take luck.
    fn points() -> Vec<Point> {
        let point = |i: u64| {
            let mut draw = Draw::addressed(1, "test", i);
            let at = vec![draw.uniform(), draw.uniform()];
            let base = 10.0 * draw.normal();
            let outcomes = [base, base + 2.5 - 4.0 * at[0] + draw.normal()];
            Point { at, outcomes: if i.is_multiple_of(10) { [f64::NAN, 1.0] } else { outcomes } }
        };
        (0..2_000).map(point).collect()
    }

    #[test]
    fn a_number_that_turns_the_ranking_is_found_and_another_is_not() {
        let points = points();
        let [low, high] = ends(&points, 0).map(|end| end.mean);
        // In the thirds x is 1/6 and 5/6 in the mean.
        assert!((low.value + 2.5 - 4.0 / 6.0).abs() < 0.25 && (high.value - 0.83).abs() < 0.25);
        assert!(turns(ends(&points, 0)));
        assert!(!turns(ends(&points, 1)));
    }

    #[test]
    fn the_ranking_counts_who_is_better_and_who_has_no_value() {
        let points = points();
        let ranking = overall(&points, Better::Lower);
        assert_eq!((ranking.worlds, ranking.without_value), (1_800, 200));
        // Five standard errors of a variance of 16 / 12 + 1.
        assert!((ranking.difference.value + 0.5).abs() < 5.0 * (2.33_f64 / 1_800.0).sqrt());
        assert!(ranking.better[0].value > 0.55 && ranking.better[1].value == 0.0);
        let turned = overall(&points, Better::Higher);
        assert_eq!(turned.better[2], ranking.better[0]);
    }

    #[test]
    fn ends_that_are_not_clear_do_not_turn() {
        let end =
            |low, value, high, differing| End { mean: Estimate { value, low, high }, differing };
        assert!(!turns([end(-2.0, -1.0, -0.1, 99), end(-0.1, 1.0, 2.0, 99)]));
        assert!(!turns([end(0.1, 1.0, 2.0, 99), end(3.0, 4.0, 5.0, 99)]));
        assert!(turns([end(0.1, 1.0, 2.0, 20), end(-3.0, -2.0, -1.0, 20)]));
        // Nineteen worlds that differ are too few for an interval by t.
        assert!(!turns([end(0.1, 1.0, 2.0, 19), end(-3.0, -2.0, -1.0, 99)]));
    }

    #[test]
    fn rounding_is_no_lead() {
        let point = |i: u32| {
            let x = 1e6 + f64::from(i) / 3.0;
            Point { at: vec![0.5], outcomes: [x, x / 3.0 + x / 3.0 + x / 3.0 + 1e-9] }
        };
        let points: Vec<Point> = (0..100).map(point).collect();
        assert!(points.iter().any(|p| p.outcomes[0] != p.outcomes[1]));
        let ranking = overall(&points, Better::Lower);
        assert_eq!((ranking.better[1].value, ranking.difference.high), (1.0, 0.0));
    }
}
