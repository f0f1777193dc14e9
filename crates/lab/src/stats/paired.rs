//! Two columns of the same worlds: differences, who is better how often, what pairing is worth.

use super::{Estimate, Moments, Sample, Z, difference, proportion};

/// Two columns, world by world, either of which may have no value in a world.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    worlds: u64,
    differences: Moments,
    sample: Sample,
    a: Moments,
    b: Moments,
    /// Worlds in which a is lower, equal, higher.
    order: [u64; 3],
    only_a: u64,
    only_b: u64,
}

impl Pairs {
    /// Takes a world.
    pub fn push(&mut self, a: Option<f64>, b: Option<f64>) {
        self.worlds += 1;
        match (a, b) {
            (Some(a), Some(b)) => {
                let difference = difference(a, b);
                self.differences.push(difference);
                self.sample.push(difference);
                self.a.push(a);
                self.b.push(b);
                let place = if difference < 0.0 { 0 } else { 1 + usize::from(difference > 0.0) };
                self.order[place] += 1;
            }
            (Some(_), None) => self.only_a += 1,
            (None, Some(_)) => self.only_b += 1,
            (None, None) => {}
        }
    }

    /// Worlds in which both have a value.
    pub fn count(&self) -> u64 {
        self.differences.count()
    }

    /// Worlds in which the two differ by more than rounding.
    pub fn differing(&self) -> u64 {
        self.order[0] + self.order[2]
    }

    /// a - b over the worlds in which both have a value.
    pub fn differences(&self) -> &Moments {
        &self.differences
    }

    /// The same differences as a sample.
    pub fn sample(&self) -> &Sample {
        &self.sample
    }

    /// Shares of the worlds with both values in which a is lower, equal, higher.
    pub fn order(&self) -> [Estimate; 3] {
        self.order.map(|count| proportion(count, self.count()))
    }

    /// How much smaller the variance of the difference is than if each arm had worlds of its own:
    /// 1 - Var(a - b) / (Var a + Var b). Nothing where nothing varies.
    pub fn variance_removed(&self) -> Option<f64> {
        let apart = self.a.variance() + self.b.variance();
        (apart > 0.0).then(|| 1.0 - self.differences.variance() / apart)
    }

    /// The share of worlds in which a has a value less that in which b has one, with the interval of
    /// Agresti and Min (2005) for matched pairs: half a world is added to each of the four cases, so
    /// that the interval has a width even where no world tells the two apart.
    pub fn share_difference(&self) -> Estimate {
        if self.worlds == 0 {
            return Estimate { value: f64::NAN, low: -1.0, high: 1.0 };
        }
        let difference = self.only_a as f64 - self.only_b as f64;
        let n = self.worlds as f64 + 2.0;
        let apart = (self.only_a + self.only_b) as f64 + 1.0;
        let half = Z * (apart - difference * difference / n).max(0.0).sqrt() / n;
        let value = difference / self.worlds as f64;
        Estimate {
            value,
            low: (difference / n - half).max(-1.0).min(value),
            high: (difference / n + half).min(1.0).max(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use hotwash_engine::Draw;

    use super::*;

    #[test]
    fn only_worlds_with_both_values_are_compared() {
        let mut pairs = Pairs::default();
        for (a, b) in [(1.0, 3.0), (2.0, 2.0), (5.0, 1.0), (7.0, 1.0)] {
            pairs.push(Some(a), Some(b));
        }
        pairs.push(Some(1e9), None);
        pairs.push(None, None);
        assert_eq!((pairs.count(), pairs.differences().mean()), (4, 2.0));
        assert_eq!(pairs.order().map(|share| share.value), [0.25, 0.25, 0.5]);
        assert!((pairs.share_difference().value - 1.0 / 6.0).abs() < 1e-12);
        // Variances 22.75 / 3, 2.75 / 3 and of the differences 40 / 3.
        assert!((pairs.variance_removed().unwrap() - (1.0 - 40.0 / 25.5)).abs() < 1e-12);
    }

    #[test]
    fn what_is_left_by_rounding_is_no_difference() {
        let mut pairs = Pairs::default();
        (1..=10).for_each(|world| {
            let hours = f64::from(world) * 100.0;
            pairs.push(Some(hours * (1.0 + 1e-12)), Some(hours));
        });
        assert_eq!((pairs.differing(), pairs.differences().mean()), (0, 0.0));
        assert_eq!(pairs.order().map(|share| share.value), [0.0, 1.0, 0.0]);
        pairs.push(Some(1.0), Some(2.0));
        assert_eq!(pairs.differing(), 1);
    }

    #[test]
    fn what_never_varies_has_nothing_to_remove() {
        let mut pairs = Pairs::default();
        (0..50).for_each(|_| pairs.push(Some(2.0), Some(1.0)));
        assert_eq!(pairs.variance_removed(), None);
        let share = pairs.share_difference();
        // No world tells the two apart, which does not prove that none ever would.
        assert!(share.value == 0.0 && share.high > 0.03 && share.low == -share.high);
    }

    #[test]
    fn the_interval_of_matched_shares_covers() {
        // a has a value with probability 0.9, b with 0.9 * 0.9 and only where a has one.
        let mut covered = 0;
        for study in 0..2000 {
            let mut pairs = Pairs::default();
            for world in 0..80 {
                let mut draw = Draw::new(study * 1_000_003 + world);
                let a = draw.chance(0.9);
                let b = a && draw.chance(0.9);
                pairs.push(a.then_some(1.0), b.then_some(1.0));
            }
            let share = pairs.share_difference();
            covered += u32::from(share.low <= 0.09 && 0.09 <= share.high);
        }
        assert!((1870..=1960).contains(&covered), "{covered} of 2000");
    }
}
