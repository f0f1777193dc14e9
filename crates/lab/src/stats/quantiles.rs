//! Quantiles of a sample with distribution-free intervals, and proportions.

use statrs::distribution::{Binomial, DiscreteCDF as _};

use super::Estimate;

/// z of the 97.5 % point.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// A quantile of rising numbers by linear interpolation between order statistics (Hyndman and Fan's
/// type 7); nothing when there are none.
pub fn quantile(rising: &[f64], p: f64) -> Option<f64> {
    let last = rising.len().checked_sub(1)?;
    let place = p * last as f64;
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    let (a, b) = (rising[low], rising[high]);
    // Also when both are infinite.
    Some(if a == b { a } else { a + (b - a) * (place - place.floor()) })
}

/// Positions, from 0 and in rising order, of the two of `count` values between which a quantile lies
/// with 95 % confidence: how many of `n` draws lie below the true quantile is binomial, whatever the
/// distribution (Hahn and Meeker 1991, section 5.2). Conservative: the coverage is at least 95 %. Nothing
/// on a side where there are too few values for one of them to bound the quantile with 97.5 % confidence:
/// for the median that takes 6 values, for the 5 and 95 % quantiles 72, for the 99 % quantile 368.
pub(crate) fn quantile_ranks(p: f64, count: u64) -> (Option<u64>, Option<u64>) {
    let Ok(below) = Binomial::new(p, count) else { return (None, None) };
    let high = below.inverse_cdf(0.975);
    (below.inverse_cdf(0.025).checked_sub(1), (high < count).then_some(high))
}

/// A quantile with a 95 % interval between two order statistics; where there are too few values for
/// one, it ends at the least or greatest value and covers less.
pub fn quantile_interval(rising: &[f64], p: f64) -> Option<Estimate> {
    let value = quantile(rising, p)?;
    let (low, high) = quantile_ranks(p, rising.len() as u64);
    Some(Estimate {
        value,
        low: rising[low.map_or(0, |rank| rank as usize)].min(value),
        high: rising[high.map_or(rising.len() - 1, |rank| rank as usize)].max(value),
    })
}

/// A share with Wilson's 95 % score interval.
pub fn proportion(successes: u64, of: u64) -> Estimate {
    if of == 0 {
        return Estimate { value: f64::NAN, low: 0.0, high: 1.0 };
    }
    let (n, p) = (of as f64, successes as f64 / of as f64);
    let spread = Z * Z / n;
    let middle = (p + spread / 2.0) / (1.0 + spread);
    let half = Z * (p * (1.0 - p) / n + spread / (4.0 * n)).sqrt() / (1.0 + spread);
    // Exactly 0 and 1 at the ends, where rounding would shut out the share itself.
    Estimate {
        value: p,
        low: if successes == 0 { 0.0 } else { (middle - half).max(0.0) },
        high: if successes == of { 1.0 } else { (middle + half).min(1.0) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        let rising = [1.0, 2.0, 3.0, 10.0];
        assert_eq!(quantile(&rising, 0.5), Some(2.5));
        assert_eq!(quantile(&rising, 1.0), Some(10.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn the_interval_of_a_median_is_that_of_the_tables() {
        let rising: Vec<f64> = (1..=100).map(f64::from).collect();
        let median = quantile_interval(&rising, 0.5).unwrap();
        // The 40th and 61st of 100.
        assert_eq!((median.low, median.value, median.high), (40.0, 50.5, 61.0));
    }

    #[test]
    fn too_few_values_bound_no_quantile() {
        for (p, enough) in [(0.5, 6), (0.05, 72), (0.95, 72), (0.99, 368), (0.9, 36)] {
            let is_bounded = |count| {
                let (low, high) = quantile_ranks(p, count);
                low.is_some() && high.is_some()
            };
            assert!(is_bounded(enough) && !is_bounded(enough - 1), "{p}");
        }
    }

    #[test]
    fn wilsons_interval_is_that_of_his_paper() {
        let share = proportion(0, 10);
        assert!((share.high - 0.2775).abs() < 1e-4 && share.low == 0.0);
        for of in 1..2000 {
            let (none, all) = (proportion(0, of), proportion(of, of));
            assert_eq!((none.low, all.high), (0.0, 1.0), "{of}");
            assert!(none.high > 0.0 && all.low < 1.0);
        }
        let share = proportion(81, 263);
        assert!((share.low - 0.2553).abs() < 1e-4 && (share.high - 0.3662).abs() < 1e-4);
    }
}
