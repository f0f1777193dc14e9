//! Which of many differences are clear: tests looked at together, not one by one.

use statrs::distribution::{ContinuousCDF as _, StudentsT};

use super::LEAST_DIFFERING;

/// Probability of calling anything clear when nothing differs.
const LEVEL: f64 = 0.05;

/// Streaming shape of a sample: how skewed it is, and how many of its values are not zero.
///
/// The third central moment follows the recurrence of Pébay (2008), "Formulas for robust, one-pass
/// parallel computation of covariances and arbitrary-order statistical moments".
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape {
    count: u64,
    mean: f64,
    squares: f64,
    cubes: f64,
    differing: u64,
}

impl Shape {
    /// Takes a value.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        self.differing += u64::from(value != 0.0);
        let n = self.count as f64;
        let delta = value - self.mean;
        let step = delta / n;
        let term = delta * step * (n - 1.0);
        self.mean += step;
        self.cubes += term * step * (n - 2.0) - 3.0 * step * self.squares;
        self.squares += term;
    }

    /// Independent values.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean.
    #[cfg(test)]
    fn mean(&self) -> f64 {
        self.mean
    }

    /// Standard error of the mean.
    #[cfg(test)]
    fn error(&self) -> f64 {
        let n = self.count as f64;
        (self.squares / (n - 1.0) / n).sqrt()
    }

    /// Third central moment over the variance to the power of 3/2; 0 where nothing varies.
    fn skewness(&self) -> f64 {
        let n = self.count.max(1) as f64;
        let variance = self.squares / n;
        if variance > 0.0 { self.cubes / n / (variance * variance.sqrt()) } else { 0.0 }
    }

    /// Two-sided p-value of a mean against zero, by Student's t; `error` is its standard error.
    ///
    /// Student's t is not to be trusted far out where few values carry the mean. So nothing is told where
    /// fewer than [`LEAST_DIFFERING`] values differ from zero, or fewer values are there than 25
    /// times their squared skewness (Cochran 1977, section 2.15), to which two of its standard errors are
    /// added, for small samples look less skewed than they are; elsewhere t is first corrected for
    /// skewness by the cubic transformation of Hall (1992), "On the removal of skewness by
    /// transformation", and the less sure of both counts.
    pub fn p_value(&self, mean: f64, error: f64) -> f64 {
        let (n, skewness) = (self.count as f64, self.skewness());
        // Values that are all equal have no skewness that could be misjudged.
        let allowance = if self.squares > 0.0 { 2.0 * (6.0 / n).sqrt() } else { 0.0 };
        let at_most = skewness.abs() + allowance;
        let is_enough = self.differing >= LEAST_DIFFERING && n >= COCHRAN * at_most * at_most;
        if !is_enough || mean == 0.0 || !mean.is_finite() || error.is_nan() {
            return 1.0;
        }
        let plain = mean / error;
        // Where all values are equal there is nothing to correct.
        let corrected = if plain.is_finite() { hall(plain, skewness, n) } else { plain };
        match StudentsT::new(0.0, 1.0, n - 1.0) {
            Ok(t) => 2.0 * t.sf(plain.abs().min(corrected.abs())),
            Err(_) => 1.0,
        }
    }
}

/// Cochran's rule: so many times the squared skewness is how many values it takes.
const COCHRAN: f64 = 25.0;

/// Hall's transformation of a t statistic of `n` values.
fn hall(t: f64, skewness: f64, n: f64) -> f64 {
    let (a, u) = (skewness / 3.0, t / n.sqrt());
    n.sqrt() * (u + a * u * u + a * a / 3.0 * u * u * u) + skewness / (6.0 * n.sqrt())
}

/// Which of some tests hold together, by Holm (1979), "A simple sequentially rejective multiple test
/// procedure": the probability that any of those marked is false is at most 5 %, however the tests
/// depend on one another, as far as the p-values are right.
pub fn holm(p_values: &[f64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    let mut marks = vec![false; p_values.len()];
    for (rank, test) in order.into_iter().enumerate() {
        if p_values[test] > LEVEL / (p_values.len() - rank) as f64 {
            break;
        }
        marks[test] = true;
    }
    marks
}

#[cfg(test)]
mod tests {
    use hotwash_engine::Draw;

    use super::*;

    fn shape(values: impl Iterator<Item = f64>) -> Shape {
        let mut shape = Shape::default();
        values.for_each(|v| shape.push(v));
        shape
    }

    fn p_value(shape: &Shape) -> f64 {
        shape.p_value(shape.mean(), shape.error())
    }

    #[test]
    fn p_values_are_those_of_the_tables() {
        // t = 2.045 at 29 degrees of freedom leaves 2.5 % on either side; nothing is skewed.
        let even = shape((0..30).map(|i| if i % 2 == 0 { 1.0 } else { -1.0 }));
        assert!((even.p_value(2.045_230, 1.0) - 0.05).abs() < 1e-6);
        assert!((even.p_value(-2.045_230, 1.0) - 0.05).abs() < 1e-6);
        assert_eq!(p_value(&shape((0..20).map(|_| 5.0))), 0.0);
        assert_eq!(p_value(&shape((0..19).map(|_| 5.0))), 1.0, "too few worlds");
        let rare = shape((0..10_000).map(|i| if i < 19 { 1.0 } else { 0.0 }));
        assert_eq!(p_value(&rare), 1.0, "too few that differ");
        let skewed = shape((0..1_000).map(|i| if i < 21 { 1.0 } else { 0.0 }));
        assert_eq!(p_value(&skewed), 1.0, "too skewed for their number");
        assert_eq!(p_value(&shape((0..100).map(|_| 0.0))), 1.0);
    }

    #[test]
    fn the_shape_is_that_of_the_definition() {
        let values = [1.0, 2.0, 2.0, 3.0, 9.0, 0.0];
        let shape = shape(values.into_iter());
        let mean = values.iter().sum::<f64>() / 6.0;
        let moment = |p: i32| {
            let power = |v: f64| (0..p).fold(1.0, |x, _| x * (v - mean));
            values.iter().map(|v| power(*v)).sum::<f64>() / 6.0
        };
        let skewness = moment(3) / (moment(2) * moment(2).sqrt());
        assert!((shape.skewness() - skewness).abs() < 1e-12);
        assert_eq!((shape.count, shape.differing), (6, 5));
    }

    /// The p-values of so many samples of a distribution with mean zero: by this method, and by t alone.
    fn p_values(samples: u64, n: u64, one: impl Fn(&mut Draw) -> f64) -> Vec<[f64; 2]> {
        let of = |sample: u64| {
            let mut draw = Draw::new(sample.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let shape = shape((0..n).map(|_| one(&mut draw)));
            let t = StudentsT::new(0.0, 1.0, (n - 1) as f64).unwrap();
            let ratio = (shape.mean() / shape.error()).abs();
            let plain = if ratio.is_nan() { 1.0 } else { 2.0 * t.sf(ratio) };
            [p_value(&shape), plain]
        };
        (0..samples).map(of).collect()
    }

    #[test]
    fn what_is_skewed_or_rare_is_not_called_clear_too_often() {
        let lognormal = |d: &mut Draw| libm::exp(d.normal()) - libm::exp(0.5);
        // Nothing in 95 of 100 worlds, and there three times as large one way as the other.
        let rare = |d: &mut Draw| match (d.chance(0.05), d.chance(0.25)) {
            (false, _) => 0.0,
            (true, true) => 3.0,
            (true, false) => -1.0,
        };
        let mut plain_finds = 0;
        for n in [30, 100, 400, 1000] {
            for all in [p_values(4000, n, lognormal), p_values(4000, n, rare)] {
                // 200, 20 and 0.6 expected; what is over is within what Cochran's rule allows and chance.
                for (level, most) in [(0.05, 260), (0.005, 40), (0.000_15, 4)] {
                    let finds = all.iter().filter(|p| p[0] <= level).count();
                    assert!(finds <= most, "{finds} of 4000 at {level}, {n} worlds");
                }
                plain_finds += all.iter().filter(|p| p[1] <= 0.000_15).count();
            }
        }
        // 5 would be right.
        assert!(plain_finds > 50, "by t alone there are only {plain_finds}: nothing was tested");
    }

    #[test]
    fn what_is_there_is_found() {
        let normal = p_values(200, 40, |d| 1.0 + d.normal());
        assert!(normal.iter().filter(|p| p[0] <= 0.000_15).count() > 180);
        let skewed = p_values(50, 2000, |d| libm::exp(d.normal()) - 1.0);
        assert!(skewed.iter().filter(|p| p[0] <= 0.000_15).count() > 35);
    }

    #[test]
    fn holm_steps_down() {
        // 0.01 <= 0.05/4, 0.013 <= 0.05/3, but 0.03 > 0.05/2: it and what comes after stay.
        assert_eq!(holm(&[0.03, 0.01, 0.04, 0.013]), [false, true, false, true]);
        assert_eq!(holm(&[0.04]), [true]);
        assert_eq!(holm(&[]), [false; 0]);
    }
}
