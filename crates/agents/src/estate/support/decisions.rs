//! When reading beyond need raises an alert, as pure functions.

/// How well a way of monitoring works in this run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Monitor {
    /// Records in one day at which half of the ceiling is reached.
    pub half_at: f64,
    /// Exponent of the Hill curve.
    pub steepness: f64,
    /// Chance of an alert at very high volume, 0 to 1.
    pub ceiling: f64,
}

impl Monitor {
    /// Chance that a day on which `records` were read beyond need raises an alert.
    pub fn alert_chance(&self, records: u64) -> f64 {
        if records == 0 {
            return 0.0;
        }
        let ratio = self.half_at / records as f64;
        self.ceiling.clamp(0.0, 1.0) / (1.0 + libm::pow(ratio.max(0.0), self.steepness))
    }
}

/// Chance that at least one of two independent controls raises an alert.
pub fn either(a: f64, b: f64) -> f64 {
    let (a, b) = (a.clamp(0.0, 1.0), b.clamp(0.0, 1.0));
    a + b * (1.0 - a)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONITOR: Monitor = Monitor { half_at: 500.0, steepness: 2.0, ceiling: 0.4 };

    #[test]
    fn more_reading_is_more_likely_noticed() {
        let chances: Vec<f64> = (0..40).map(|k| MONITOR.alert_chance(k * 100)).collect();
        assert!(chances.is_sorted());
        assert_eq!(chances[0], 0.0);
        assert!((MONITOR.alert_chance(500) - 0.2).abs() < 1e-12);
        assert!(MONITOR.alert_chance(u64::MAX) <= 0.4);
    }

    #[test]
    fn two_controls_see_more_than_one() {
        assert_eq!(either(0.0, 0.3), 0.3);
        assert!((either(0.2, 0.5) - 0.6).abs() < 1e-12);
        assert!(either(0.2, 0.01) > 0.2);
    }
}
