//! Wall time, and what is said of several measurements of it.

use std::time::Instant;

/// Seconds that some work takes.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures wall time")]
pub(crate) fn timed(work: impl FnOnce()) -> f64 {
    let started = Instant::now();
    work();
    started.elapsed().as_secs_f64()
}

/// The middle one; of an even number the upper of the two.
pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The least: what it takes when nothing else is in the way.
pub(crate) fn fastest(values: &[f64]) -> f64 {
    quantile(values, 0.0)
}

/// The value below which this share of the values lies.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    let at = (sorted.len() as f64 * share) as usize;
    sorted.get(at.min(last)).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_disordered_values() {
        let values = [3.0, 1.0, 2.0, 5.0, 4.0];
        assert_eq!(median(&values), 3.0);
        assert_eq!(fastest(&values), 1.0);
        assert_eq!(quantile(&values, 0.95), 5.0);
        assert_eq!(quantile(&values, 1.0), 5.0);
        assert!(median(&[]).is_nan());
    }
}
