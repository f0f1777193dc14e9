//! How the insider paces himself, as pure functions.

/// Records to read today, of `left` that he still wants and `days` working days, today included, on
/// which he means to read. `vary` is what the day makes of an even share. On the last day he takes
/// what is left.
pub fn reading_today(left: u64, days: u64, vary: f64) -> u64 {
    match days {
        0 => 0,
        1 => left,
        _ => {
            let even = left as f64 / days as f64;
            ((even * vary.max(0.0)).round() as u64).min(left)
        }
    }
}

/// Records that he can get in all where the store slows him to a share of his pace.
pub fn target(appetite: f64, pace: f64, store: f64) -> u64 {
    (appetite * pace.clamp(0.0, 1.0)).min(store).max(0.0).round() as u64
}

/// Chance that a canary which has not been sold yet is among `records` of the `unsold` records that
/// are still in nobody's hands.
pub fn canary_chance(records: u64, unsold: f64) -> f64 {
    if unsold <= 0.0 { 1.0 } else { (records as f64 / unsold).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn he_gets_what_he_wants_by_the_last_day() {
        let (mut left, mut read) = (68_000, 0);
        for (day, vary) in (1..=100).rev().zip([0.0, 1.3, 0.7, 2.0].into_iter().cycle()) {
            let today = reading_today(left, day, vary);
            left -= today;
            read += today;
        }
        assert_eq!((left, read), (0, 68_000));
    }

    #[test]
    fn he_never_reads_more_than_is_left() {
        assert_eq!(reading_today(10, 2, 50.0), 10);
        assert_eq!(reading_today(10, 0, 1.0), 0);
        assert_eq!(reading_today(0, 5, 1.0), 0);
        assert_eq!(reading_today(10, 5, -1.0), 0);
    }

    #[test]
    fn a_slower_store_never_gives_more() {
        let targets: Vec<u64> =
            (0..=10).map(|k| target(68_000.0, f64::from(k) / 10.0, 1e6)).collect();
        assert!(targets.is_sorted());
        assert_eq!(targets[10], 68_000);
        assert_eq!(target(68_000.0, 1.0, 500.0), 500);
    }

    #[test]
    fn canaries_are_found_in_proportion() {
        assert_eq!(canary_chance(50, 200.0), 0.25);
        assert_eq!(canary_chance(50, 0.0), 1.0);
        assert_eq!(canary_chance(0, 10.0), 0.0);
    }
}
