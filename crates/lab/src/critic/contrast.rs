//! Two columns of the same worlds, held against each other: whether anything differs, and whether it
//! differs beyond chance.

use statrs::distribution::{Binomial, DiscreteCDF as _};

use crate::stats::{Estimate, Moments, Shape, difference, holm};

/// One metric in the same worlds under two things: a less b.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Contrast {
    values: Moments,
    shape: Shape,
    /// Worlds in which a is lower, and higher.
    signs: [u64; 2],
    /// Worlds in which only b has a value, and only a.
    only: [u64; 2],
    /// Worlds in which the two differ in value or in having one.
    pub(super) differing: u64,
    /// Worlds in which just one of them has a value.
    pub(super) alone: u64,
}

impl Contrast {
    /// Of two columns; not a number stands for no value.
    pub(super) fn of(columns: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut contrast = Contrast::default();
        columns.into_iter().for_each(|(a, b)| contrast.push(a, b));
        contrast
    }

    fn push(&mut self, a: f64, b: f64) {
        if a.is_nan() != b.is_nan() {
            self.only[usize::from(b.is_nan())] += 1;
            self.alone += 1;
            self.differing += 1;
        } else if !a.is_nan() {
            let difference = difference(a, b);
            self.values.push(difference);
            self.shape.push(difference);
            if difference != 0.0 {
                self.signs[usize::from(difference > 0.0)] += 1;
                self.differing += 1;
            }
        }
    }

    /// Mean of a - b where both have a value.
    pub(super) fn mean(&self) -> f64 {
        self.values.mean()
    }

    /// The same with its 95 % interval.
    pub(super) fn interval(&self) -> Estimate {
        self.values.interval()
    }

    /// How sure it is that a is not like b where both have a value, as a two-sided p-value: by the mean
    /// (Student's t, as far as its shape lets it be trusted) or by the direction (the sign test, which
    /// holds for any shape), the surer of the two at twice its p-value.
    pub(super) fn p_value(&self) -> f64 {
        let moments = &self.values;
        let error = (moments.variance() / moments.count().max(1) as f64).sqrt();
        let mean = self.shape.p_value(moments.mean(), error);
        (2.0 * mean.min(sign(self.signs))).min(1.0)
    }

    /// How sure it is that one of them has a value more often, by the sign test (McNemar's, exact).
    pub(super) fn p_value_of_having(&self) -> f64 {
        sign(self.only)
    }
}

/// The exact two-sided sign test: as many as these on either side, were both sides as likely.
fn sign([fewer, more]: [u64; 2]) -> f64 {
    let count = fewer + more;
    match Binomial::new(0.5, count) {
        Ok(fair) if count > 0 => (2.0 * fair.cdf(fewer.min(more))).min(1.0),
        _ => 1.0,
    }
}

/// Whether two values are the same: both none, or apart by no more than rounding.
pub(super) fn is_same(a: f64, b: f64) -> bool {
    (a.is_nan() && b.is_nan()) || (!a.is_nan() && !b.is_nan() && difference(a, b) == 0.0)
}

/// Whether any of some contrasts goes beyond chance, at 5 % over all of them together (Holm).
pub(super) fn is_clear(contrasts: &[Contrast]) -> bool {
    let p_values = contrasts.iter().flat_map(|c| [c.p_value(), c.p_value_of_having()]);
    holm(&p_values.collect::<Vec<f64>>()).contains(&true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_and_what_is_not_are_told_apart() {
        let none = f64::NAN;
        assert!(is_same(none, none) && is_same(1.0, 1.0 + 1e-13) && !is_same(none, 1.0));
        let same = Contrast::of((0..40).map(|i| (f64::from(i), f64::from(i))));
        assert_eq!((same.differing, same.p_value()), (0, 1.0));
        let more = Contrast::of((0..40).map(|i| (f64::from(i % 7) + 1.0, f64::from(i % 5) - 1.0)));
        assert!(more.p_value() < 1e-6 && more.mean() > 2.0 && more.alone == 0);
        let fixed = Contrast::of((0..40).map(|i| (f64::from(i) * 0.1 + 4.0, f64::from(i) * 0.1)));
        assert!(fixed.p_value() < 1e-9);
        let gone = Contrast::of((0..40).map(|i| (1.0, if i % 2 == 0 { none } else { 1.0 })));
        assert_eq!((gone.differing, gone.alone, gone.p_value()), (20, 20, 1.0));
        let even = Contrast::of((0..40).map(|i| (f64::from(i % 2), 0.5)));
        assert_eq!((even.differing, even.p_value()), (40, 1.0));
        // Ten of ten: 2 in 1024.
        assert!((sign([0, 10]) - 2.0 / 1024.0).abs() < 1e-12);
        assert!(gone.p_value_of_having() < 1e-4);
    }
}
