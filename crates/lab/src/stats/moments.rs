//! Mean and variance of a stream of numbers, and the t interval of the mean.

use statrs::distribution::{ContinuousCDF as _, StudentsT};

use super::Estimate;

/// Mean and variance so far, by Welford's recurrence: no cancellation, constant memory.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Takes a number.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let delta = value - self.mean;
        self.mean += delta / self.count as f64;
        self.squares += delta * (value - self.mean);
    }

    /// How many numbers.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; 0 when there are none.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Their sample variance; 0 when there are fewer than two.
    pub fn variance(&self) -> f64 {
        if self.count < 2 { 0.0 } else { self.squares / (self.count - 1) as f64 }
    }

    /// Their standard deviation.
    pub fn deviation(&self) -> f64 {
        self.variance().sqrt()
    }

    /// The mean with its 95 % t interval. With fewer than two numbers nothing is known of it; with none
    /// there is no mean either.
    pub fn interval(&self) -> Estimate {
        if self.count < 2 {
            let value = if self.count == 0 { f64::NAN } else { self.mean };
            return Estimate { value, low: f64::NEG_INFINITY, high: f64::INFINITY };
        }
        let half = t95(self.count - 1) * (self.variance() / self.count as f64).sqrt();
        Estimate { value: self.mean, low: self.mean - half, high: self.mean + half }
    }
}

impl Extend<f64> for Moments {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, values: I) {
        for value in values {
            self.push(value);
        }
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut moments = Moments::default();
        moments.extend(values);
        moments
    }
}

/// The 97.5 % point of Student's t with `freedom` degrees of freedom, at least one.
pub fn t95(freedom: u64) -> f64 {
    match StudentsT::new(0.0, 1.0, freedom.max(1) as f64) {
        Ok(t) => t.inverse_cdf(0.975),
        Err(_) => unreachable!("at least one degree of freedom"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_textbook() {
        let moments: Moments = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0].into_iter().collect();
        assert_eq!((moments.count(), moments.mean()), (8, 5.0));
        assert!((moments.variance() - 32.0 / 7.0).abs() < 1e-12);
    }

    #[test]
    fn of_nothing_nothing_is_known() {
        let none = Moments::default().interval();
        assert!(none.value.is_nan() && !none.is_clear());
        let one = [3.0].into_iter().collect::<Moments>().interval();
        assert_eq!((one.value, one.low, one.high), (3.0, f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn t_points_are_those_of_the_tables() {
        for (freedom, point) in [(1, 12.706), (4, 2.776), (30, 2.042), (1000, 1.962)] {
            assert!((t95(freedom) - point).abs() < 1e-3, "{freedom}");
        }
    }
}
