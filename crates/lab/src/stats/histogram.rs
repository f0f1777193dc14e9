//! Samples of bounded memory: every value while they are few, a fine histogram when they are many.
//!
//! A bin holds the doubles that share their leading bits: sign, exponent and the first eight of the
//! mantissa. Its middle is at most 2^-9 (0.2 %) away from any value in it; a bin that has met one value
//! only gives that value. No range has to be known beforehand, and merging is exact.

use std::collections::BTreeMap;

use super::quantiles::quantile_ranks;
use super::{Estimate, difference};

/// Values kept as they are.
const KEPT: usize = 4096;
/// Trailing bits of a double that a bin does not tell apart.
const IGNORED: u32 = 64 - (1 + 11 + 8);

/// Values that share their leading bits.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bin {
    count: u64,
    least: f64,
    most: f64,
}

impl Bin {
    fn middle(&self) -> f64 {
        if self.least == self.most { self.least } else { self.least / 2.0 + self.most / 2.0 }
    }
}

/// Counts of values by their leading bits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    bins: BTreeMap<u32, Bin>,
}

/// A bin's number; numbers rise with the values.
fn number(value: f64) -> u32 {
    let bits = value.to_bits();
    let rising = if value.is_sign_negative() { !bits } else { bits | (1 << 63) };
    (rising >> IGNORED) as u32
}

impl Histogram {
    /// Takes a value, which is a number.
    pub fn push(&mut self, value: f64) {
        debug_assert!(!value.is_nan(), "a metric without a value is not in a sample");
        // Both zeros are one.
        let value = value + 0.0;
        let one = Bin { count: 0, least: value, most: value };
        let bin = self.bins.entry(number(value)).or_insert(one);
        bin.count += 1;
        bin.least = bin.least.min(value);
        bin.most = bin.most.max(value);
    }

    /// Takes all that another has met.
    pub fn merge(&mut self, other: &Histogram) {
        for (number, theirs) in &other.bins {
            let ours = self.bins.entry(*number).or_insert(Bin { count: 0, ..*theirs });
            ours.count += theirs.count;
            ours.least = ours.least.min(theirs.least);
            ours.most = ours.most.max(theirs.most);
        }
    }
}

/// Values of any number in bounded memory.
#[derive(Clone, Debug, PartialEq)]
pub enum Sample {
    /// All of them, in the order in which they came.
    Exact(Vec<f64>),
    /// By leading bits.
    Binned(Histogram),
}

impl Default for Sample {
    fn default() -> Self {
        Sample::Exact(Vec::new())
    }
}

impl Sample {
    /// Takes a value, which is a number.
    pub fn push(&mut self, value: f64) {
        match self {
            Sample::Exact(values) if values.len() < KEPT => values.push(value + 0.0),
            Sample::Exact(values) => {
                let mut histogram = Histogram::default();
                values.drain(..).for_each(|value| histogram.push(value));
                histogram.push(value);
                *self = Sample::Binned(histogram);
            }
            Sample::Binned(histogram) => histogram.push(value),
        }
    }

    /// Whether all values are known as they were.
    pub fn is_exact(&self) -> bool {
        matches!(self, Sample::Exact(_))
    }

    /// The values in rising order, to read from.
    pub fn ranked(&self) -> Ranked {
        match self {
            Sample::Exact(values) => {
                let mut rising = values.clone();
                rising.sort_by(f64::total_cmp);
                Ranked::of(rising.into_iter().map(|v| (v, 1)))
            }
            Sample::Binned(h) => Ranked {
                least: h.bins.values().next().map(|bin| bin.least),
                most: h.bins.values().next_back().map(|bin| bin.most),
                ..Ranked::of(h.bins.values().map(|bin| (bin.middle(), bin.count)))
            },
        }
    }
}

/// A sample in rising order.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// A value and how many values are not greater.
    steps: Vec<(f64, u64)>,
    least: Option<f64>,
    most: Option<f64>,
}

impl Ranked {
    fn of(rising: impl Iterator<Item = (f64, u64)>) -> Self {
        let mut steps: Vec<(f64, u64)> = Vec::new();
        for (value, count) in rising {
            let so_far = steps.last().map_or(0, |s| s.1) + count;
            match steps.last_mut() {
                Some(last) if last.0 == value => last.1 = so_far,
                _ => steps.push((value, so_far)),
            }
        }
        let (least, most) = (steps.first().map(|s| s.0), steps.last().map(|s| s.0));
        Ranked { steps, least, most }
    }

    /// How many values.
    pub fn count(&self) -> u64 {
        self.steps.last().map_or(0, |s| s.1)
    }

    /// The least value and the greatest.
    pub fn ends(&self) -> Option<(f64, f64)> {
        self.least.zip(self.most)
    }

    /// The least value above zero.
    pub fn least_positive(&self) -> Option<f64> {
        let least = self.least.filter(|least| *least > 0.0);
        least.or_else(|| self.steps.iter().map(|s| s.0).find(|value| *value > 0.0))
    }

    /// How many values are greater.
    pub fn above(&self, value: f64) -> u64 {
        let past = self.steps.partition_point(|s| s.0 <= value);
        self.count() - past.checked_sub(1).map_or(0, |i| self.steps[i].1)
    }

    /// Skewness: the third central moment over the variance to the power of 3/2; 0 where nothing
    /// varies by more than rounding.
    pub fn skewness(&self) -> f64 {
        if self.ends().is_none_or(|(least, most)| difference(most, least) == 0.0) {
            return 0.0;
        }
        let mut before = 0;
        let mut weighted = Vec::with_capacity(self.steps.len());
        for (value, so_far) in &self.steps {
            weighted.push((*value, (so_far - before) as f64));
            before = *so_far;
        }
        let n = self.count().max(1) as f64;
        let mean = weighted.iter().map(|(value, weight)| value * weight).sum::<f64>() / n;
        let moments = weighted.iter().fold((0.0, 0.0), |(two, three), (value, weight)| {
            let far = value - mean;
            (two + weight * far * far / n, three + weight * far * far * far / n)
        });
        if moments.0 > 0.0 { moments.1 / (moments.0 * moments.0.sqrt()) } else { 0.0 }
    }

    /// The value with so many before it, of which there are fewer than [`Ranked::count`].
    fn at(&self, before: u64) -> f64 {
        self.steps[self.steps.partition_point(|s| s.1 <= before)].0
    }

    /// A quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan) with
    /// a 95 % interval between order statistics, which has no end where there are too few values for
    /// one; nothing when there are no values.
    pub fn quantile(&self, p: f64) -> Option<Estimate> {
        let last = self.count().checked_sub(1)?;
        let place = p * last as f64;
        let (a, b) = (self.at(place.floor() as u64), self.at(place.ceil() as u64));
        let value = if a == b { a } else { a + (b - a) * (place - place.floor()) };
        let (low, high) = quantile_ranks(p, self.count());
        Some(Estimate {
            value,
            low: low.map_or(f64::NEG_INFINITY, |rank| self.at(rank).min(value)),
            high: high.map_or(f64::INFINITY, |rank| self.at(rank).max(value)),
        })
    }
}

#[cfg(test)]
mod tests {
    use hotwash_engine::Draw;

    use super::*;
    use crate::stats::{quantile, quantile_interval};

    fn binned(values: &[f64]) -> Histogram {
        let mut histogram = Histogram::default();
        values.iter().for_each(|v| histogram.push(*v));
        histogram
    }

    fn draws(n: u64, mut one: impl FnMut(&mut Draw) -> f64) -> Vec<f64> {
        (0..n).map(|i| one(&mut Draw::new(i.wrapping_mul(0x9e37_79b9)))).collect()
    }

    #[test]
    fn bins_rise_with_their_values() {
        let rising = [
            f64::NEG_INFINITY,
            -1e300,
            -2.0,
            -1.0,
            -1e-300,
            0.0,
            1e-300,
            1.0,
            1.01,
            2.0,
            f64::INFINITY,
        ];
        assert!(rising.windows(2).all(|w| number(w[0]) < number(w[1])));
        assert_eq!(number(3.0), number(3.0 + 1.0 / 256.0));
    }

    #[test]
    fn a_histogram_is_within_two_in_a_thousand() {
        for scale in [1.0, -1.0] {
            let values = draws(20_000, |d| scale * libm::exp(3.0 * d.normal()));
            let exact = Ranked::of({
                let mut rising = values.clone();
                rising.sort_by(f64::total_cmp);
                rising.into_iter().map(|v| (v, 1))
            });
            let coarse = Sample::Binned(binned(&values)).ranked();
            assert_eq!((coarse.count(), coarse.ends()), (20_000, exact.ends()));
            for before in 0..20_000 {
                let (a, b) = (exact.at(before), coarse.at(before));
                assert!((a - b).abs() <= a.abs() / 512.0, "{before}: {a} {b}");
            }
        }
    }

    #[test]
    fn whole_numbers_and_zeros_stay_what_they_are() {
        let values = draws(10_000, |d| d.below(5) as f64 - 2.0);
        let mut sample = Sample::default();
        values.iter().for_each(|v| sample.push(*v * -0.0 + *v));
        assert!(!sample.is_exact());
        let ranked = sample.ranked();
        assert_eq!(ranked.ends(), Some((-2.0, 2.0)));
        assert_eq!(ranked.quantile(0.5).unwrap().value, 0.0);
        let positive = values.iter().filter(|v| **v > 0.0).count() as u64;
        assert_eq!((ranked.above(0.0), ranked.least_positive()), (positive, Some(1.0)));
        let mut zeros = Histogram::default();
        zeros.push(0.0);
        zeros.push(-0.0);
        assert_eq!(zeros.bins.len(), 1);
    }

    #[test]
    fn few_values_give_what_the_plain_functions_give() {
        let values = draws(KEPT as u64, Draw::normal);
        let mut sample = Sample::default();
        values.iter().for_each(|v| sample.push(*v));
        assert!(sample.is_exact());
        let mut rising = values;
        rising.sort_by(f64::total_cmp);
        let ranked = sample.ranked();
        for p in [0.05, 0.5, 0.77, 0.99] {
            assert_eq!(ranked.quantile(p), quantile_interval(&rising, p));
            assert_eq!(ranked.quantile(p).map(|q| q.value), quantile(&rising, p));
        }
        let few = Sample::Exact(vec![1.0, 2.0, 3.0, 4.0, 5.0]).ranked();
        let median = few.quantile(0.5).unwrap();
        assert_eq!((median.value, median.half_width()), (3.0, f64::INFINITY));
        assert_eq!(ranked.above(rising[99]), KEPT as u64 - 100);
        assert_eq!(Sample::default().ranked().quantile(0.5), None);
    }

    #[test]
    fn skewness_is_that_of_the_textbook() {
        let skewness = |values: &[f64]| Sample::Exact(values.to_vec()).ranked().skewness();
        // Of a Bernoulli variable: (1 - 2 p) / sqrt(p (1 - p)).
        assert!((skewness(&[0.0, 0.0, 0.0, 1.0, 0.0]) - 0.6 / 0.4).abs() < 1e-12);
        assert_eq!(
            (skewness(&[1.0, 2.0, 3.0]), skewness(&[7.0, 7.0]), skewness(&[])),
            (0.0, 0.0, 0.0)
        );
        // The mean of three tenths is not a tenth, by rounding.
        assert_eq!(skewness(&[0.1, 0.1, 0.1]), 0.0);
        assert_eq!(skewness(&[2.0, 2.0, 2.0 + 1e-15]), 0.0);
        let values = draws(50_000, |d| d.exponential(3.0));
        let seen = Sample::Binned(binned(&values)).ranked().skewness();
        assert!((seen - 2.0).abs() < 0.1, "{seen}");
    }

    #[test]
    fn parts_merge_into_the_whole() {
        let values = draws(9_000, |d| if d.chance(0.3) { 0.0 } else { d.normal() });
        let mut parts = binned(&values[..100]);
        parts.merge(&binned(&values[100..7_000]));
        parts.merge(&binned(&values[7_000..]));
        assert_eq!(parts, binned(&values));
    }
}
