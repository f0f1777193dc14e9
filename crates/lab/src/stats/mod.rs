//! Statistics: estimates with 95 % intervals, by methods named where they are used.

mod clarity;
mod histogram;
mod moments;
mod paired;
mod quantiles;

pub use clarity::{Shape, holm};
pub use histogram::{Histogram, Ranked, Sample};
pub use moments::{Moments, t95};
pub use paired::Pairs;
pub(crate) use quantiles::Z;
pub use quantiles::{proportion, quantile, quantile_interval};

use serde::Serialize;

/// Differences smaller than this part of the values are rounding: sums of many terms in floating point.
const ROUNDING: f64 = 1e-9;

/// Fewest worlds that have to differ before a mean difference is called clear: with fewer, an interval
/// by t says little, whatever it looks like.
pub const LEAST_DIFFERING: u64 = 20;

/// a - b, or zero where what is left is rounding. All studies take differences by this one.
pub fn difference(a: f64, b: f64) -> f64 {
    let difference = a - b;
    if difference.abs() <= ROUNDING * a.abs().max(b.abs()) { 0.0 } else { difference }
}

/// Whether a mean difference is clear of zero: its interval is, and enough worlds differ at all.
pub fn is_told_apart(mean: &Estimate, differing: u64) -> bool {
    differing >= LEAST_DIFFERING && mean.is_clear()
}

/// A figure with its 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// A figure that is known.
    pub fn exact(value: f64) -> Self {
        Estimate { value, low: value, high: value }
    }

    /// Whether zero lies outside the interval.
    pub fn is_clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }

    /// Half the interval's width.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}
