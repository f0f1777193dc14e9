//! The rule by which many runs are judged: looks after more and more runs, each of which may say that an
//! expectation holds, that it does not, or that this cannot be told yet.
//!
//! An expectation is said to hold only when its opposite would hardly have shown such runs: when the
//! confidence bound on the bad side clears the threshold. It is said to fail when the bound on the good
//! side misses it. Each of the K looks may err with a K-th of the risk, so that all together err with at
//! most the whole, whatever the looks have to do with one another (Bonferroni's inequality). That costs
//! some runs against finer ways of spending the risk and needs no assumption at all.

use hotwash_engine::normal_quantile;
use hotwash_scenario::Bound;

use super::bounds::{at_least, at_most, mean_between, quantile_between, share};
use crate::stats::{Estimate, Moments};

/// Values below which nothing is said of a mean: t wants something like a bell.
const LEAST_VALUES: u64 = 30;
/// The chance of a clear verdict that "needs about so many runs" aims at.
const POWER: f64 = 0.8;
/// More runs than this are not worth naming.
const MOST_NEEDED: f64 = 1e7;

/// What a look says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// It holds.
    Held,
    /// It does not.
    Failed,
    /// It cannot be told from so many runs.
    Open,
}

/// The numbers of runs after which one looks: the first, and twice as many each time.
pub fn looks(first: u64, most: u64) -> Vec<u64> {
    let mut at = vec![first.max(1)];
    while let Some(last) = at.last().copied().filter(|n| *n < most) {
        at.push((last * 2).min(most));
    }
    at
}

/// The chance of a wrong call that each look may take, on either side.
pub fn spent(risk: f64, looks: usize) -> f64 {
    risk / looks.max(1) as f64
}

/// What a look says of a share, with the bounds it goes by.
pub fn of_share(hits: u64, of: u64, bound: Bound, alpha: f64) -> (Call, Estimate) {
    let estimate = share(hits, of, alpha);
    let call = match bound {
        // By the tails and not by the bounds, which are found to so many digits only.
        _ if of == 0 => Call::Open,
        Bound::AtLeast(wanted) if at_least(hits, of, wanted) <= alpha => Call::Held,
        Bound::AtLeast(wanted) if at_most(hits, of, wanted) <= alpha => Call::Failed,
        Bound::AtMost(wanted) if at_most(hits, of, wanted) <= alpha => Call::Held,
        Bound::AtMost(wanted) if at_least(hits, of, wanted) <= alpha => Call::Failed,
        _ => Call::Open,
    };
    (call, estimate)
}

/// What a look says of an estimate between two bounds, held against those that were wanted.
fn of_range(estimate: &Estimate, bound: Bound) -> Call {
    let (low, high) = bound.ends();
    if estimate.low >= low && estimate.high <= high {
        Call::Held
    } else if estimate.high < low || estimate.low > high {
        Call::Failed
    } else {
        Call::Open
    }
}

/// What a look says of a mean. Where two bounds are wanted, each side takes half of what may go wrong in
/// a failure; a wrong pass has only one side to come from, but is held to the same.
pub fn of_mean(moments: &Moments, bound: Bound, alpha: f64) -> (Call, Estimate) {
    let estimate = mean_between(moments, sided(bound, alpha));
    let enough = moments.count() >= LEAST_VALUES;
    (if enough { of_range(&estimate, bound) } else { Call::Open }, estimate)
}

/// What a look says of a quantile of rising numbers.
pub fn of_quantile(rising: &[f64], p: f64, bound: Bound, alpha: f64) -> (Call, Estimate) {
    match quantile_between(rising, p, sided(bound, alpha)) {
        Some(estimate) => (of_range(&estimate, bound), estimate),
        None => {
            let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
            (Call::Open, Estimate { value: f64::NAN, low, high })
        }
    }
}

fn sided(bound: Bound, alpha: f64) -> f64 {
    if matches!(bound, Bound::Between(..)) { alpha / 2.0 } else { alpha }
}

/// About how many runs that count would give a clear verdict with a chance of 80 %, if the share is what
/// it looks like; nothing where that is more than ten million.
pub fn share_needs(hits: u64, of: u64, wanted: f64, alpha: f64) -> Option<u64> {
    let seen = hits as f64 / of.max(1) as f64;
    // A share at its end has no spread of its own; half a run more gives it some.
    let spread = ((hits as f64 + 0.5) / (of as f64 + 1.0)).clamp(0.0, 1.0);
    let root = z(1.0 - alpha) * (wanted * (1.0 - wanted)).sqrt()
        + z(POWER) * (spread * (1.0 - spread)).sqrt();
    named(root / (seen - wanted))
}

/// The same for a mean with this standard deviation, so far from the nearest bound.
pub fn mean_needs(deviation: f64, distance: f64, alpha: f64) -> Option<u64> {
    named((z(1.0 - alpha) + z(POWER)) * deviation / distance)
}

fn z(p: f64) -> f64 {
    normal_quantile(p)
}

/// The square of a root as a number of runs of two digits.
fn named(root: f64) -> Option<u64> {
    let needed = root * root;
    if !needed.is_finite() || needed > MOST_NEEDED {
        return None;
    }
    let mut unit = 1;
    while needed / unit as f64 > 100.0 {
        unit *= 10;
    }
    Some((needed / unit as f64).ceil() as u64 * unit)
}
