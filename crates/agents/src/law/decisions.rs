//! Hazards and holds: pure functions.

use hotwash_engine::{SimDuration, SimTime};

/// Days in a year.
const YEAR: f64 = 365.25;
/// Calls to which the chance of being found outside refers.
const CALLS: f64 = 100_000.0;

/// Hazard per unit that corresponds to a chance per unit.
pub(super) fn hazard(chance: f64) -> f64 {
    -libm::log1p(-chance.min(1.0 - f64::EPSILON))
}

/// Days until something with a chance per year comes about, from one uniform number: infinite when
/// it never does, and the sooner the larger the chance on the same number.
pub(super) fn days_until(u: f64, chance_per_year: f64, factor: f64) -> f64 {
    let rate = hazard(chance_per_year) * factor.max(0.0);
    if rate <= 0.0 { f64::INFINITY } else { -libm::log(u) / rate * YEAR }
}

/// The instant `days` from `t`, unless it lies beyond the end of the run.
pub(super) fn due(t: SimTime, days: f64, horizon: SimTime) -> Option<SimTime> {
    let left = (horizon - t).days();
    let hours = days * SimDuration::DAY.hours();
    (days <= left).then(|| t + SimDuration::from_hours_f64(hours))
}

/// Hazard of being found outside that some answered calls add, from that of the reference number.
pub(super) fn calls_hazard(answered: u64, hazard: f64) -> f64 {
    answered as f64 / CALLS * hazard
}

/// Days under hold after one more hold from `from` to `until`, when holds so far cover
/// `covered_until` and sum to `days`.
pub(super) fn add_hold(
    days: f64,
    covered_until: SimTime,
    from: SimTime,
    until: SimTime,
) -> (f64, SimTime) {
    let begins = from.max(covered_until);
    let more = (until - begins).days().max(0.0);
    (days + more, covered_until.max(until))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: i64) -> SimTime {
        SimTime::from_ms(d * 86_400_000)
    }

    #[test]
    fn a_chance_per_year_comes_true_in_a_year() {
        // On the number 0.9 a chance of ten per cent a year takes exactly a year.
        assert!((days_until(0.9, 0.1, 1.0) - YEAR).abs() < 1e-9);
        assert_eq!(days_until(0.5, 0.0, 3.0), f64::INFINITY);
        assert!(days_until(0.5, 1.0, 1.0) < 30.0);
    }

    #[test]
    fn a_larger_hazard_is_never_later() {
        for u in [0.01, 0.3, 0.99] {
            let times: Vec<f64> =
                (1..20).map(|k| days_until(u, 0.05 * f64::from(k), 1.0)).collect();
            assert!(times.windows(2).all(|w| w[1] <= w[0]), "{times:?}");
            assert!(days_until(u, 0.1, 3.0) < days_until(u, 0.1, 1.0));
        }
    }

    #[test]
    fn nothing_is_due_beyond_the_horizon() {
        assert_eq!(due(day(0), 9.0, day(10)), Some(day(9)));
        assert_eq!(due(day(0), 11.0, day(10)), None);
        assert_eq!(due(day(0), f64::INFINITY, day(10)), None);
    }

    #[test]
    fn overlapping_holds_count_once() {
        let (days, until) = add_hold(0.0, day(0), day(5), day(15));
        assert_eq!((days, until), (10.0, day(15)));
        assert_eq!(add_hold(days, until, day(10), day(20)), (15.0, day(20)));
        assert_eq!(add_hold(days, until, day(6), day(8)), (10.0, day(15)));
    }

    #[test]
    fn calls_add_up() {
        let parts: f64 = (0..10).map(|_| calls_hazard(10_000, hazard(0.2))).sum();
        assert!((1.0 - libm::exp(-parts) - 0.2).abs() < 1e-12);
        assert_eq!(calls_hazard(0, hazard(0.9)), 0.0);
    }
}
