//! The continuous ranked probability score of an ensemble.

use crate::stats::{Estimate, t95};

/// The score of a forecast that is a sample, against what came: mean |X - y| - mean |X - X'| / 2 over
/// all pairs of different members, in the unit of the values; less is better, and for a sample of one
/// value repeated it is the absolute error. Dividing by n (n - 1) instead of n² makes it unbiased for
/// the distribution that the sample is from (the fair score: Gneiting and Raftery 2007, section 4.2;
/// Ferro 2014). It can therefore be a little below zero. The interval is by the jackknife over members,
/// with Student's t.
///
/// `rising` are at least two numbers in rising order.
pub(crate) fn crps(rising: &[f64], recorded: f64) -> Option<Estimate> {
    let n = rising.len();
    if n < 2 {
        return None;
    }
    let count = n as f64;
    let errors: Vec<f64> = rising.iter().map(|x| (x - recorded).abs()).collect();
    let all_errors: f64 = errors.iter().sum();
    let all: f64 = rising.iter().sum();
    let mut before = 0.0;
    let mut parts = Vec::with_capacity(n);
    for (i, x) in rising.iter().enumerate() {
        // Sums of |x - x'| over all members from the sums of those below and above: O(n) in all.
        let (below, above) = (i as f64, (n - i - 1) as f64);
        let distances = (x * below - before) + (all - before - x - x * above);
        let error = (errors[i] * (count - 2.0) + all_errors) / (count - 1.0);
        // The mean over all other members x' of (|x - y| + |x' - y| - |x - x'|) / 2.
        parts.push((error - distances / (count - 1.0)) / 2.0);
        before += x;
    }
    let value = parts.iter().sum::<f64>() / count;
    if n < 3 {
        return Some(Estimate { value, low: f64::NEG_INFINITY, high: f64::INFINITY });
    }
    // Leaving out member i gives (n U - 2 g_i) / (n - 2), g_i being its part.
    let squares: f64 = parts.iter().map(|g| (g - value) * (g - value)).sum();
    let variance = (count - 1.0) / count * 4.0 * squares / ((count - 2.0) * (count - 2.0));
    let half = t95(n as u64 - 1) * variance.sqrt();
    Some(Estimate { value, low: value - half, high: value + half })
}

#[cfg(test)]
mod tests {
    use hotwash_engine::normal_quantile;

    use super::*;

    /// 1 / sqrt(pi) and 1 / sqrt(2 pi).
    const ROOT: f64 = 0.564_189_583_547_756_3;
    const PEAK: f64 = 0.398_942_280_401_432_7;

    /// The score of a standard normal against y, in closed form (Gneiting and Raftery 2007, eq. 21).
    fn of_normal(y: f64) -> f64 {
        let below = 0.5 * libm::erfc(-y / std::f64::consts::SQRT_2);
        y * (2.0 * below - 1.0) + 2.0 * PEAK * libm::exp(-y * y / 2.0) - ROOT
    }

    fn by_definition(values: &[f64], recorded: f64) -> f64 {
        let n = values.len() as f64;
        let errors: f64 = values.iter().map(|x| (x - recorded).abs()).sum();
        let pairs = values.iter().flat_map(|a| values.iter().map(move |b| (a - b).abs()));
        errors / n - pairs.sum::<f64>() / (2.0 * n * (n - 1.0))
    }

    /// Standard normal draws in rising order; the generator is splitmix64.
    fn draws(state: &mut u64, n: usize) -> Vec<f64> {
        let next = || {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            normal_quantile((((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64)
        };
        let mut values: Vec<f64> = std::iter::repeat_with(next).take(n).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    #[test]
    fn two_points_and_one_point_are_reckoned_by_hand() {
        // (1 + 3) / 2 - (2 * 4) / (2 * 2 * 1) = 0: on the record's two sides at 1 and 3.
        let two = crps(&[-1.0, 3.0], 0.0).unwrap();
        assert!(two.value.abs() < 1e-12 && two.low == f64::NEG_INFINITY);
        // Both on one side: 3 - 2 / 2.
        assert!((crps(&[2.0, 4.0], 0.0).unwrap().value - 2.0).abs() < 1e-12);
        // A sample without spread scores its absolute error, for certain.
        let point = crps(&[7.0; 50], 4.0).unwrap();
        assert!((point.value - 3.0).abs() < 1e-12 && point.half_width() < 1e-9);
        assert_eq!(crps(&[1.0], 0.0), None);
    }

    #[test]
    fn the_fast_sum_is_the_definition() {
        let mut state = 5;
        for n in [2, 3, 10, 101] {
            let values = draws(&mut state, n);
            for recorded in [-2.0, 0.1, 4.0] {
                let (fast, slow) =
                    (crps(&values, recorded).unwrap().value, by_definition(&values, recorded));
                assert!((fast - slow).abs() < 1e-12, "{n} at {recorded}: {fast} and {slow}");
            }
        }
    }

    #[test]
    fn a_normal_has_the_score_of_the_textbook() {
        let n = 20_000;
        let values: Vec<f64> =
            (0..n).map(|i| normal_quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
        for recorded in [-1.5, 0.0, 0.7, 3.0] {
            let score = crps(&values, recorded).unwrap().value;
            let exact = of_normal(recorded);
            assert!((score - exact).abs() < 2e-4, "at {recorded}: {score} and {exact}");
        }
    }

    /// Ensembles of ten have the score of the normal on average, which those divided by n² have not, and
    /// intervals from 60 members cover it as often as they should.
    #[test]
    fn the_score_is_unbiased_and_its_interval_covers() {
        let (mut state, recorded) = (11, 0.7);
        let exact = of_normal(recorded);
        let small: crate::stats::Moments =
            (0..4_000).map(|_| crps(&draws(&mut state, 10), recorded).unwrap().value).collect();
        let mean = small.interval();
        assert!(mean.low < exact && exact < mean.high, "{mean:?} {exact}");
        let unfair = ROOT / 10.0;
        assert!(mean.half_width() < unfair / 2.0, "the test could see the bias");
        let hits = (0..1_000).filter(|_| {
            let score = crps(&draws(&mut state, 60), recorded).unwrap();
            score.low <= exact && exact <= score.high
        });
        let hits = hits.count();
        // Binomial with 1,000 and 0.95: five standard deviations are 34.
        assert!((916..=984).contains(&hits), "{hits}");
    }
}
