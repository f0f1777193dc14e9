//! Who beats whom: non-dominated ranks and crowding distances (Deb, Pratap, Agarwal and Meyarivan 2002,
//! "A fast and elitist multiobjective genetic algorithm: NSGA-II"), and when a paired race is decided.
//!
//! All objectives here are such that less is better.

use crate::stats::{Estimate, Moments};

/// Both objectives of a policy, world by world.
pub(super) type Sample = [Vec<f64>; 2];

/// A policy as ranking sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Standing {
    /// Means of both objectives.
    pub(super) at: [f64; 2],
    /// Choices in which it differs from the base: of two policies with the same figures, the one with
    /// fewer is the better.
    pub(super) changes: usize,
}

/// Means over the first `worlds`.
pub(super) fn means(sample: &Sample, worlds: usize) -> [f64; 2] {
    [0, 1].map(|k| sample[k][..worlds].iter().copied().collect::<Moments>().mean())
}

/// Whether one is at least as good in both and better in one.
pub(super) fn beats(a: [f64; 2], b: [f64; 2]) -> bool {
    a[0] <= b[0] && a[1] <= b[1] && (a[0] < b[0] || a[1] < b[1])
}

fn precedes(a: (usize, Standing), b: (usize, Standing)) -> bool {
    let is_simpler = (a.1.changes, a.0) < (b.1.changes, b.0);
    beats(a.1.at, b.1.at) || (a.1.at == b.1.at && is_simpler)
}

/// For each policy the number of its front: 0 for those that none beats, 1 for those that only these
/// beat, and so on.
pub(super) fn fronts(all: &[Standing]) -> Vec<usize> {
    let mut ranks = vec![usize::MAX; all.len()];
    let mut rank = 0;
    while let Some(front) = next_front(all, &ranks) {
        for i in front {
            ranks[i] = rank;
        }
        rank += 1;
    }
    ranks
}

fn next_front(all: &[Standing], ranks: &[usize]) -> Option<Vec<usize>> {
    let left = || (0..all.len()).filter(|i| ranks[*i] == usize::MAX);
    let is_free = |i: &usize| left().all(|j| !precedes((j, all[j]), (*i, all[*i])));
    let front: Vec<usize> = left().filter(is_free).collect();
    (!front.is_empty()).then_some(front)
}

/// How far each policy stands from its neighbours on its front, in units of the front's extent; infinite
/// at the ends.
pub(super) fn crowding(all: &[Standing], ranks: &[usize]) -> Vec<f64> {
    let mut distance = vec![0.0_f64; all.len()];
    for rank in 0..=ranks.iter().copied().max().unwrap_or(0) {
        let front: Vec<usize> = (0..all.len()).filter(|i| ranks[*i] == rank).collect();
        for k in 0..2 {
            let mut order = front.clone();
            order.sort_by(|a, b| all[*a].at[k].total_cmp(&all[*b].at[k]).then(a.cmp(b)));
            let (Some(first), Some(last)) = (order.first(), order.last()) else { continue };
            let extent = all[*last].at[k] - all[*first].at[k];
            distance[*first] = f64::INFINITY;
            distance[*last] = f64::INFINITY;
            for three in order.windows(3).filter(|_| extent > 0.0) {
                distance[three[1]] += (all[three[2]].at[k] - all[three[0]].at[k]) / extent;
            }
        }
    }
    distance
}

/// Positions from best to worst: by front, then the less crowded.
pub(super) fn order(all: &[Standing]) -> Vec<usize> {
    let ranks = fronts(all);
    let distance = crowding(all, &ranks);
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| {
        ranks[*a].cmp(&ranks[*b]).then(distance[*b].total_cmp(&distance[*a])).then(a.cmp(b))
    });
    order
}

/// At most `most` of a front, spread well: the most crowded leaves, one after another.
pub(super) fn thin(mut front: Vec<usize>, all: &[Standing], most: usize) -> Vec<usize> {
    while front.len() > most.max(2) {
        let standings: Vec<Standing> = front.iter().map(|i| all[*i]).collect();
        let distance = crowding(&standings, &vec![0; front.len()]);
        let nearest = (0..front.len()).min_by(|a, b| distance[*a].total_cmp(&distance[*b]));
        let Some(nearest) = nearest else { break };
        front.remove(nearest);
    }
    front
}

/// Mean of (a - b) in an objective over the first `worlds`, which both have met, by t over worlds.
pub(super) fn difference(a: &Sample, b: &Sample, k: usize, worlds: usize) -> Estimate {
    let pairs = a[k][..worlds].iter().zip(&b[k][..worlds]);
    pairs.map(|(a, b)| a - b).collect::<Moments>().interval()
}

/// Whether a race is decided against `b`: in the same worlds it is worse than `a` in both objectives by
/// paired 95 % intervals, or worse in one and the same in every world in the other.
pub(super) fn clearly_beats(a: &Sample, b: &Sample, worlds: usize) -> bool {
    let lows = [0, 1].map(|k| difference(b, a, k, worlds).low);
    lows.iter().all(|low| *low >= 0.0) && lows.iter().any(|low| *low > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(points: &[[f64; 2]]) -> Vec<Standing> {
        points.iter().map(|at| Standing { at: *at, changes: 0 }).collect()
    }

    #[test]
    fn fronts_are_those_of_a_picture() {
        let all = at(&[[1.0, 5.0], [2.0, 2.0], [5.0, 1.0], [3.0, 3.0], [6.0, 6.0], [3.0, 2.0]]);
        assert_eq!(fronts(&all), [0, 0, 0, 2, 3, 1]);
    }

    #[test]
    fn of_equals_the_simpler_leads() {
        let mut all = at(&[[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]);
        all[0].changes = 2;
        assert_eq!(fronts(&all), [2, 0, 1]);
    }

    #[test]
    fn crowding_is_that_of_the_paper() {
        let all = at(&[[0.0, 10.0], [1.0, 6.0], [4.0, 4.0], [10.0, 0.0]]);
        let distance = crowding(&all, &fronts(&all));
        assert!(distance[0].is_infinite() && distance[3].is_infinite());
        assert!((distance[1] - (0.4 + 0.6)).abs() < 1e-12);
        assert!((distance[2] - (0.9 + 0.6)).abs() < 1e-12);
        assert_eq!(thin(vec![0, 1, 2, 3], &all, 3), [0, 2, 3]);
        assert_eq!(order(&all)[2..], [2, 1]);
    }

    #[test]
    fn a_race_is_decided_by_pairs() {
        // Worlds differ by far more than the policies; only pairs can tell.
        let noise: Vec<f64> = (0..32).map(|i| f64::from(i * i % 37) * 100.0).collect();
        let plus = |x: f64| noise.iter().map(|n| n + x).collect::<Vec<f64>>();
        let wobble = |x: f64| {
            noise.iter().enumerate().map(|(i, n)| n + x * [-1.0, 1.0][i % 2]).collect::<Vec<f64>>()
        };
        let base = [plus(0.0), plus(0.0)];
        assert!(clearly_beats(&base, &[plus(1.0), plus(1.0)], 32));
        assert!(clearly_beats(&base, &[plus(1.0), plus(0.0)], 32), "the same in one");
        assert!(!clearly_beats(&base, &[plus(1.0), plus(-1.0)], 32), "each better in one");
        assert!(!clearly_beats(&base, &[plus(1.0), wobble(1.0)], 32), "not clear in one");
        assert!(!clearly_beats(&base, &base, 32));
    }
}
