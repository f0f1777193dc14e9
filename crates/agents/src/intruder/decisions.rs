//! How the crew gets in, what it takes in a week and how well it is rid of: pure functions.

/// Days in a month, on average.
const MONTH: f64 = 365.25 / 12.0;

/// When a login that works next comes along.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// Days from now; infinite when none ever comes.
    pub days: f64,
    /// Whether it was guessed; stolen by the botnet otherwise.
    pub is_guessed: bool,
}

/// The next login that works, out of two sources that race: `stolen` and `guessed` are waiting times
/// in units of their means, drawn beforehand.
pub fn next_login(
    botnet_per_month: f64,
    guess_success_per_day: f64,
    (stolen, guessed): (f64, f64),
) -> Chance {
    let by_botnet = stolen * MONTH / botnet_per_month.max(0.0);
    // The rate at which a day's chance of success comes about.
    let rate = -libm::log1p(-guess_success_per_day.clamp(0.0, 1.0));
    let by_guess = guessed / rate;
    let is_guessed = by_guess < by_botnet;
    Chance { days: if is_guessed { by_guess } else { by_botnet }, is_guessed }
}

/// Terabytes that leave in a week at a rate, sending for a share of the time.
pub fn weekly_tb(mbit_s: f64, duty: f64) -> f64 {
    const SECONDS: f64 = 7.0 * 86_400.0;
    const BITS_PER_TB: f64 = 8e12;
    mbit_s.max(0.0) * duty.clamp(0.0, 1.0) * SECONDS * 1e6 / BITS_PER_TB
}

/// What to take of a store now, where `left` can still be sent this week, `stores` are still to be
/// served with it, this one included, and `want` is what it still wants of this one.
pub fn portion(left: f64, stores: u64, want: f64) -> f64 {
    match stores {
        0 => 0.0,
        _ => (left / stores as f64).min(want).max(0.0),
    }
}

/// What it wants of a store: nothing of source code that it cannot get at.
pub fn want(size: f64, appetite: f64, is_in_reach: bool) -> f64 {
    if is_in_reach { size.max(0.0) * appetite.clamp(0.0, 1.0) } else { 0.0 }
}

/// Whether so much of a store is worth having.
pub fn is_worth_having(taken: f64, size: f64, share: f64, tb: f64) -> bool {
    taken > 0.0 && taken >= (share * size).min(tb)
}

/// How far one hunt adds to what finds a back door: the door is found when the sum reaches a number
/// drawn when it was left. One hunt with thoroughness `t` finds a share `t` of the doors, and a more
/// thorough one finds the same doors and more.
pub fn searched(thoroughness: f64) -> f64 {
    -libm::log1p(-thoroughness.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_come_from_the_faster_source() {
        let both = next_login(1.0, 0.01, (1.0, 1.0));
        assert!(!both.is_guessed && (both.days - MONTH).abs() < 1e-9);
        let guessed = next_login(1.0, 0.5, (1.0, 1.0));
        assert!(guessed.is_guessed && guessed.days < 2.0);
        assert!(!next_login(0.0, 0.0, (1.0, 1.0)).days.is_finite());
        assert_eq!(next_login(0.0, 1.0, (1.0, 1.0)).days, 0.0);
        let waits: Vec<f64> =
            (1..20).map(|k| -next_login(f64::from(k), 0.01, (0.7, 1.3)).days).collect();
        assert!(waits.is_sorted(), "more stolen logins never come later");
    }

    #[test]
    fn a_week_at_thirty_megabits_is_two_terabytes() {
        assert!((weekly_tb(30.0, 1.0) - 2.268).abs() < 1e-9);
        assert!((weekly_tb(31.0, 1.0) * 90.0 / 7.0 - 30.0).abs() < 0.2, "P-32");
        assert_eq!(weekly_tb(-1.0, 1.0), 0.0);
        assert_eq!(weekly_tb(10.0, 0.0), 0.0);
    }

    #[test]
    fn a_week_is_split_and_never_exceeded() {
        let wants = [0.2, 5.0, 0.0, 9.0];
        let (mut left, mut stores) = (2.0, 3);
        let mut taken = Vec::new();
        for want in wants.into_iter().filter(|w| *w > 0.0) {
            let tb = portion(left, stores, want);
            left -= tb;
            stores -= 1;
            taken.push(tb);
        }
        assert_eq!(taken, [0.2, 0.9, 0.9]);
        assert_eq!(left, 0.0);
        assert_eq!(portion(1.0, 0, 1.0), 0.0);
        assert_eq!(portion(1.0, 1, 0.5), 0.5);
    }

    #[test]
    fn nothing_is_wanted_out_of_reach() {
        assert_eq!(want(4.0, 0.5, true), 2.0);
        assert_eq!(want(4.0, 0.5, false), 0.0);
        assert_eq!(want(4.0, 7.0, true), 4.0);
        assert!(is_worth_having(0.1, 100.0, 0.2, 0.1) && is_worth_having(0.2, 1.0, 0.2, 5.0));
        assert!(!is_worth_having(0.0, 0.0, 0.2, 0.1) && !is_worth_having(0.05, 100.0, 0.2, 0.1));
    }

    #[test]
    fn a_hunt_finds_its_share() {
        // A door's number is exponential with mean 1: it lies below the sum with chance `t`.
        for t in [0.0, 0.3, 0.9] {
            assert!((1.0 - libm::exp(-searched(t)) - t).abs() < 1e-12);
        }
        assert_eq!(searched(1.0), f64::INFINITY);
        let sums: Vec<f64> = (0..=10).map(|k| searched(f64::from(k) / 10.0)).collect();
        assert!(sums.is_sorted());
    }
}
