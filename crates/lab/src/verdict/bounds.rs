//! Confidence bounds at a chosen level: exact for shares and quantiles, by t for means.

use statrs::distribution::{ContinuousCDF as _, StudentsT};
use statrs::function::beta::beta_reg;

use crate::stats::{Estimate, Moments, quantile};

/// The chance of at least so many hits out of `of` where each comes with chance `p`.
pub fn at_least(hits: u64, of: u64, p: f64) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    if hits > of || p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    beta_reg(hits as f64, (of - hits + 1) as f64, p)
}

/// The chance of at most so many hits.
pub fn at_most(hits: u64, of: u64, p: f64) -> f64 {
    if hits >= of {
        return 1.0;
    }
    if p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return 0.0;
    }
    // The misses are binomial too; no difference of nearly equal numbers.
    at_least(of - hits, of, 1.0 - p)
}

/// A share with the bounds of Clopper and Pearson: each is wrong with a chance of at most `alpha`.
pub fn share(hits: u64, of: u64, alpha: f64) -> Estimate {
    if of == 0 {
        return Estimate { value: f64::NAN, low: 0.0, high: 1.0 };
    }
    let low = if hits == 0 { 0.0 } else { crossing(|p| at_least(hits, of, p) <= alpha) };
    let high = if hits == of { 1.0 } else { crossing(|p| at_most(hits, of, p) > alpha) };
    Estimate { value: hits as f64 / of as f64, low, high }
}

/// The largest share for which something holds that holds for small ones only.
fn crossing(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if holds(middle) { low = middle } else { high = middle }
    }
    low
}

/// A quantile of rising numbers between two of them, each side wrong with a chance of at most `alpha`,
/// whatever the distribution: of `n` draws, those below the true quantile are binomial (Hahn and Meeker
/// 1991, section 5.2). Infinite on a side that so few numbers cannot bound.
pub fn quantile_between(rising: &[f64], p: f64, alpha: f64) -> Option<Estimate> {
    let value = quantile(rising, p)?;
    let of = rising.len() as u64;
    // The k-th of the rising numbers (from 1) lies above the quantile only if fewer than k draws lie at
    // or below it.
    let low = (1..=of).rev().find(|k| at_most(k - 1, of, p) <= alpha);
    let high = (1..=of).find(|k| at_least(*k, of, p) <= alpha);
    Some(Estimate {
        value,
        low: low.map_or(f64::NEG_INFINITY, |k| rising[k as usize - 1]).min(value),
        high: high.map_or(f64::INFINITY, |k| rising[k as usize - 1]).max(value),
    })
}

/// A mean between two bounds by t, each wrong with a chance of about `alpha`.
pub fn mean_between(moments: &Moments, alpha: f64) -> Estimate {
    if moments.count() < 2 {
        return Estimate { low: f64::NEG_INFINITY, high: f64::INFINITY, ..moments.interval() };
    }
    let Ok(t) = StudentsT::new(0.0, 1.0, (moments.count() - 1) as f64) else {
        unreachable!("at least one degree of freedom")
    };
    let error = (moments.variance() / moments.count() as f64).sqrt();
    let half = t.inverse_cdf(1.0 - alpha) * error;
    let value = moments.mean();
    Estimate { value, low: value - half, high: value + half }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chance of exactly so many hits, term by term.
    fn exactly(hits: u64, of: u64, p: f64) -> f64 {
        let ways = (0..hits).fold(1.0, |ways, i| ways * (of - i) as f64 / (i + 1) as f64);
        ways * libm::pow(p, hits as f64) * libm::pow(1.0 - p, (of - hits) as f64)
    }

    #[test]
    fn tails_are_sums_of_terms() {
        for (hits, of, p) in
            [(0, 10, 0.3), (3, 10, 0.3), (10, 10, 0.3), (57, 60, 0.9), (1, 40, 0.01)]
        {
            let above: f64 = (hits..=of).map(|k| exactly(k, of, p)).sum();
            let below: f64 = (0..=hits).map(|k| exactly(k, of, p)).sum();
            assert!((at_least(hits, of, p) - above).abs() < 1e-12, "{hits} of {of}");
            assert!((at_most(hits, of, p) - below).abs() < 1e-12, "{hits} of {of}");
        }
        assert_eq!((at_least(5, 4, 0.5), at_most(4, 4, 0.5)), (0.0, 1.0));
        assert_eq!((at_least(1, 4, 1.0), at_most(3, 4, 0.0)), (1.0, 1.0));
    }

    #[test]
    fn shares_lie_between_the_bounds_of_the_tables() {
        // Two-sided 95 %: Clopper and Pearson 1934, and the rule of three.
        let share = share(4, 20, 0.025);
        assert!((share.low - 0.0573).abs() < 1e-4 && (share.high - 0.4366).abs() < 1e-4);
        let none = super::share(0, 100, 0.05);
        assert!(none.low == 0.0 && (none.high - 0.0295).abs() < 1e-4);
        let all = super::share(100, 100, 0.05);
        assert!(all.high == 1.0 && (all.low - 0.9705).abs() < 1e-4);
    }

    #[test]
    fn quantiles_lie_between_the_ranks_of_the_tables() {
        let rising: Vec<f64> = (1..=100).map(f64::from).collect();
        let median = quantile_between(&rising, 0.5, 0.025).unwrap();
        assert_eq!((median.low, median.high), (40.0, 61.0));
        // Six numbers bound a median with 98.4 % on each side, and not with 99 %.
        let few = &rising[..6];
        assert_eq!(quantile_between(few, 0.5, 0.016).unwrap().high, 6.0);
        assert_eq!(quantile_between(few, 0.5, 0.01).unwrap().high, f64::INFINITY);
        assert!(quantile_between(&[], 0.5, 0.1).is_none());
    }

    #[test]
    fn means_lie_between_the_t_points_of_the_tables() {
        let moments: Moments = [1.0, 2.0, 3.0, 4.0, 5.0].into_iter().collect();
        let mean = mean_between(&moments, 0.025);
        let half = 2.776 * (2.5_f64 / 5.0).sqrt();
        assert!((mean.high - (3.0 + half)).abs() < 1e-3 && (mean.low - (3.0 - half)).abs() < 1e-3);
    }
}
