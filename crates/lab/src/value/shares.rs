//! What walks come to: each choice's share in the difference between two policies.

use super::choices::Choice;
use super::walk::{GROUP, Walk};
use crate::findings::{Shapley, ShapleyShare};
use crate::stats::{Estimate, LEAST_DIFFERING, Moments, Shape, difference, holm, t95};

/// A choice's parts in groups of worlds that tell together: for its mean the ratio of the groups'
/// totals, streaming.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    groups: f64,
    /// Means over groups of their worlds and of the sums of the parts in them.
    worlds: f64,
    sums: f64,
    /// Squares and products about these means.
    worlds_squared: f64,
    worlds_sums: f64,
    sums_squared: f64,
    /// Of the groups' means.
    shape: Shape,
}

impl Part {
    /// Takes a group: how many worlds it has, at least one, and the sum of the parts in them.
    fn push(&mut self, worlds: f64, sum: f64) {
        self.groups += 1.0;
        let (dw, ds) = (worlds - self.worlds, sum - self.sums);
        self.worlds += dw / self.groups;
        self.sums += ds / self.groups;
        self.worlds_squared += dw * (worlds - self.worlds);
        self.worlds_sums += dw * (sum - self.sums);
        self.sums_squared += ds * (sum - self.sums);
        self.shape.push(sum / worlds);
    }

    /// The mean of the parts over all worlds that count, with the standard error of a ratio of group
    /// totals (Cochran 1977, section 6.3): where groups are of one size, that of their means.
    fn mean(&self) -> Mean {
        let value = self.sums / self.worlds;
        let rest = self.sums_squared - 2.0 * value * self.worlds_sums
            + value * value * self.worlds_squared;
        let variance = rest.max(0.0) * self.groups / (self.groups - 1.0);
        Mean { value, error: variance.sqrt() / (self.groups * self.worlds), shape: self.shape }
    }
}

#[derive(Clone)]
struct MetricTally {
    difference: Moments,
    parts: Vec<Part>,
    /// Worlds in which the metric has no value at some step.
    gaps: u64,
}

impl MetricTally {
    fn new(choices: usize) -> Self {
        MetricTally {
            difference: Moments::default(),
            parts: vec![Part::default(); choices],
            gaps: 0,
        }
    }

    /// Takes worlds that tell together: ends and parts of each.
    fn group<'a>(&mut self, worlds: impl Iterator<Item = &'a [f64]>) {
        let (mut count, mut sums) = (0.0, vec![0.0; self.parts.len()]);
        for (ends, parts) in worlds.map(|values| values.split_at(2)) {
            if ends[0].is_nan() {
                self.gaps += 1;
                continue;
            }
            self.difference.push(difference(ends[1], ends[0]));
            count += 1.0;
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
        if count > 0.0 {
            self.parts.iter_mut().zip(sums).for_each(|(part, sum)| part.push(count, sum));
        }
    }

    /// What there is to share out. With drawn orders, whether a world has a value at every step hangs on
    /// its order, so that the worlds that have one are no fair sample for any share: a metric with a
    /// gap is not shared out. With all subsets a world counts whatever the order, and what is told is the
    /// Shapley value in these worlds.
    fn told(&self, is_exact: bool) -> Self {
        if is_exact || self.gaps == 0 { self.clone() } else { Self::new(self.parts.len()) }
    }
}

/// What has been absorbed of the walks.
pub(super) struct Shares {
    metrics: Vec<MetricTally>,
    worlds: u64,
    batches: u64,
    pub(super) runs: u64,
}

impl Shares {
    pub(super) fn new(walk: &Walk) -> Self {
        let choices = walk.choices.list.len();
        let metrics = walk.metrics.iter().map(|_| MetricTally::new(choices)).collect();
        Shares { metrics, worlds: 0, batches: 0, runs: 0 }
    }

    pub(super) fn absorb(&mut self, walk: &Walk, numbers: &[f64]) {
        let (width, metrics) = (walk.width(), self.metrics.len());
        let worlds = (numbers.len() / (width * metrics).max(1)) as u64;
        self.worlds += worlds;
        self.runs += worlds * walk.runs();
        self.batches += 1;
        for (m, tally) in self.metrics.iter_mut().enumerate() {
            let mut worlds = numbers.chunks_exact(width).skip(m).step_by(metrics);
            if walk.shares_order() {
                tally.group(worlds);
            } else {
                worlds.by_ref().for_each(|world| tally.group(std::iter::once(world)));
            }
        }
    }

    /// The shares; nothing when no world was walked.
    pub(super) fn finding(&self, walk: &Walk) -> Option<Shapley> {
        if self.worlds == 0 {
            return None;
        }
        let list = &walk.choices.list;
        let told: Vec<MetricTally> = self.metrics.iter().map(|m| m.told(walk.is_exact())).collect();
        let means: Vec<Vec<Mean>> = (0..list.len())
            .map(|choice| told.iter().map(|m| m.parts[choice].mean()).collect())
            .collect();
        let tests: Vec<f64> = means.iter().flatten().map(Mean::p_value).collect();
        let mut marks = holm(&tests).into_iter();
        let mut choices: Vec<ShapleyShare> = list
            .iter()
            .zip(&means)
            .map(|(choice, means)| share(choice, means, &mut marks))
            .collect();
        let first = |c: &ShapleyShare| c.shares.first().map_or(0.0, |s| s.value.abs());
        choices.sort_by(|a, b| first(b).total_cmp(&first(a)));
        let policy = walk.choices.arm(&vec![false; list.len()]);
        Some(Shapley {
            from: policy.policy().map(|p| p.name().to_owned()).unwrap_or_default(),
            to: walk.choices.to.name().to_owned(),
            differences: told.iter().map(|m| known(m.difference)).collect(),
            counts: told.iter().map(|m| m.difference.count()).collect(),
            choices,
            is_exact: walk.is_exact(),
            orders: self.orders(walk),
            worlds: self.worlds,
        })
    }

    /// How many worlds, or groups of worlds with an order in common, tell independently.
    fn independent(&self, walk: &Walk) -> u64 {
        if walk.shares_order() { self.batches } else { self.worlds }
    }

    /// What to say when there are too few worlds for any share to be called clear.
    pub(super) fn too_few(&self, walk: &Walk) -> Option<String> {
        let count = self.independent(walk);
        let group = if walk.shares_order() { GROUP } else { 1 };
        (1..LEAST_DIFFERING).contains(&count).then(|| {
            format!(
                "With so few worlds no share is called clear; that takes --runs {} or more.",
                LEAST_DIFFERING * group
            )
        })
    }

    fn orders(&self, walk: &Walk) -> u64 {
        if walk.is_exact() {
            return (1..=walk.choices.list.len() as u64).product();
        }
        2 * self.independent(walk)
    }
}

fn share(choice: &Choice, means: &[Mean], marks: &mut impl Iterator<Item = bool>) -> ShapleyShare {
    ShapleyShare {
        name: choice.name.clone(),
        sort: choice.sort(),
        from: choice.from.clone(),
        to: choice.to.clone(),
        shares: means.iter().map(Mean::interval).collect(),
        is_clear: means.iter().map(|_| marks.next().unwrap_or(false)).collect(),
    }
}

fn known(moments: Moments) -> Estimate {
    if moments.count() == 0 { UNKNOWN } else { moments.interval() }
}

const UNKNOWN: Estimate = Estimate { value: f64::NAN, low: f64::NEG_INFINITY, high: f64::INFINITY };

/// A mean over worlds that tell in groups.
struct Mean {
    value: f64,
    error: f64,
    shape: Shape,
}

impl Mean {
    fn p_value(&self) -> f64 {
        self.shape.p_value(self.value, self.error)
    }

    fn interval(&self) -> Estimate {
        match self.shape.count() {
            0 => UNKNOWN,
            1 => Estimate { value: self.value, ..UNKNOWN },
            groups => {
                let half = t95(groups - 1) * self.error;
                Estimate { value: self.value, low: self.value - half, high: self.value + half }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use hotwash_engine::Draw;

    use super::super::walk::{Route, drawn_order};
    use super::*;

    fn part(groups: impl IntoIterator<Item = (f64, f64)>) -> Part {
        let mut part = Part::default();
        groups.into_iter().for_each(|(worlds, sum)| part.push(worlds, sum));
        part
    }

    #[test]
    fn groups_of_one_world_give_the_t_interval() {
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        let got = part(values.map(|v| (1.0, v))).mean().interval();
        let want = values.into_iter().collect::<Moments>().interval();
        assert!((got.value - want.value).abs() < 1e-12 && (got.low - want.low).abs() < 1e-12);
    }

    #[test]
    fn worlds_that_agree_within_a_group_count_once() {
        // Ten groups of four equal worlds each know no more than ten worlds.
        let values = [1.0, 3.0, 2.0, 5.0, 4.0, 2.0, 1.0, 0.0, 3.0, 2.0];
        let of = |worlds: f64| part(values.map(|v| (worlds, v * worlds))).mean().interval();
        assert!((of(1.0).half_width() - of(4.0).half_width()).abs() < 1e-12);
    }

    #[test]
    fn unequal_groups_have_the_error_of_a_ratio() {
        let groups = [(4.0, 9.0), (4.0, 1.0), (4.0, 6.0), (1.0, 3.0)];
        let got = part(groups).mean();
        let value = 19.0 / 13.0;
        let squares: f64 = groups.iter().map(|(w, s)| (s - w * value) * (s - w * value)).sum();
        assert!((got.value - value).abs() < 1e-12);
        assert!((got.error - (squares * 4.0 / 3.0_f64).sqrt() / 13.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_known_of_no_group_and_little_of_one() {
        assert!(Part::default().mean().interval().value.is_nan());
        let one = part([(8.0, 16.0)]).mean();
        assert_eq!(one.interval().value, 2.0);
        assert_eq!(one.interval().high, f64::INFINITY);
        assert_eq!(one.p_value(), 1.0);
    }

    #[test]
    fn a_gap_leaves_drawn_orders_without_shares_and_all_subsets_with_fewer_worlds() {
        let mut tally = MetricTally::new(2);
        let (whole, gap) = ([1.0, 4.0, 1.0, 2.0], [f64::NAN; 4]);
        tally.group([&whole[..], &gap, &whole].into_iter());
        assert_eq!(tally.told(false).difference.count(), 0);
        assert!(tally.told(false).parts[0].mean().interval().value.is_nan());
        let told = tally.told(true);
        assert_eq!((told.difference.count(), told.parts[1].mean().value), (2, 2.0));
    }

    /// A game of six choices: the first three bring 1 together and nothing apart, the fourth alone what a
    /// world's luck says, 2 on average; the others nothing.
    fn game(stop: &[bool], luck: f64) -> f64 {
        let three = if stop[..3].iter().all(|s| *s) { 1.0 } else { 0.0 };
        three + if stop[3] { luck } else { 0.0 }
    }

    #[test]
    fn intervals_of_drawn_orders_hold_what_three_choices_do_together() {
        // 1/3 for each of the three: an order and its reverse give 0 or 1/2, so that only drawing tells.
        let truth = [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 2.0, 0.0, 0.0];
        let (studies, groups, of) = (300_u64, 40_u64, 4);
        let mut held = [0_u32; 6];
        for study in 0..studies {
            let mut tally = MetricTally::new(6);
            for group in 0..groups {
                let route = Route::Order(drawn_order(study, group, 6));
                let stops = route.stops(6);
                let mut worlds = [[0.0; 8]; 4];
                for (number, out) in worlds.iter_mut().enumerate() {
                    let luck = (study * groups + group) * of + number as u64;
                    let luck = 2.0 + Draw::addressed(9, "luck", luck).normal();
                    let values: Vec<f64> = stops.iter().map(|stop| game(stop, luck)).collect();
                    route.parts(&values, out);
                    assert!((out[2..].iter().sum::<f64>() - (1.0 + luck)).abs() < 1e-9);
                }
                tally.group(worlds.iter().map(|world| &world[..]));
            }
            for (choice, held) in held.iter_mut().enumerate() {
                let e = tally.parts[choice].mean().interval();
                *held += u32::from(e.low <= truth[choice] && truth[choice] <= e.high);
            }
        }
        // 285 expected; three binomial standard deviations are 11. What never moves is known.
        assert!(held[..4].iter().all(|held| (274..=296).contains(held)), "{held:?}");
        assert_eq!(held[4..], [300, 300]);
    }
}
