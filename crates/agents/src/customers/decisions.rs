//! How customers respond, as pure functions: warnings heard, complaints told, trust, leaving.

/// Days over which a surge of complaints is counted.
pub const WINDOW_DAYS: usize = 7;

/// The share that has heard at least one of two independent messages.
pub fn union(a: f64, b: f64) -> f64 {
    let (a, b) = (a.clamp(0.0, 1.0), b.clamp(0.0, 1.0));
    a + b * (1.0 - a)
}

/// The share warned after further letters. Letters go to different people, so their reach adds up;
/// it joins the reach of all other warnings as an independent message.
pub fn warned_by_letters(warned: f64, before: u64, after: u64, affected: u64, read: f64) -> f64 {
    let warned = warned.clamp(0.0, 1.0);
    let reached = |letters: u64| match affected {
        0 => 0.0,
        _ => (letters as f64 / affected as f64).min(1.0) * read.clamp(0.0, 1.0),
    };
    let (before, after) = (reached(before), reached(after));
    let gain = if before < 1.0 { (after - before) / (1.0 - before) } else { 1.0 };
    union(warned, gain)
}

/// Complaints of the last seven days, counted by civil day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    counts: [u64; WINDOW_DAYS],
    day: i64,
}

impl Window {
    /// Counts `complaints` on a civil day that is not before the last one; gives the sum of seven
    /// days.
    pub fn add(&mut self, day: i64, complaints: u64) -> u64 {
        let gone = day.saturating_sub(self.day).clamp(0, WINDOW_DAYS as i64);
        for step in 1..=gone {
            self.counts[place(day - gone + step)] = 0;
        }
        self.day = day;
        self.counts[place(day)] += complaints;
        self.counts.iter().sum()
    }
}

fn place(day: i64) -> usize {
    day.rem_euclid(WINDOW_DAYS as i64) as usize
}

/// The largest of 10, 30, 100, 300, ... that a count has just passed.
pub fn round_number_passed(before: u64, after: u64) -> Option<u64> {
    let mut passed = None;
    let mut decade = 10;
    while decade <= after {
        for number in [decade, 3 * decade] {
            if before < number && number <= after {
                passed = Some(number);
            }
        }
        decade *= 10;
    }
    passed
}

/// What is left of a loss of trust after `days` without news: half in every half-life.
pub fn loss_left(days: f64, half_life: f64) -> f64 {
    if half_life <= 0.0 { 0.0 } else { libm::exp2(-days.max(0.0) / half_life) }
}

/// Trust when this much is left of the loss.
pub fn recover(trust: f64, initial: f64, loss_left: f64) -> f64 {
    initial - (initial - trust) * loss_left
}

/// Trust after a mean loss of `points`.
pub fn fall(trust: f64, points: f64) -> f64 {
    (trust - points.max(0.0)).clamp(0.0, 100.0)
}

/// Trust when the loss so far comes to count `ratio` times.
pub fn deepen(trust: f64, initial: f64, ratio: f64) -> f64 {
    (initial - (initial - trust) * ratio.max(1.0)).clamp(0.0, 100.0)
}

/// What a refuted claim multiplies the loss of trust by: 1 at no severity, the full factor at 1.
pub fn refuted_factor(severity: f64, full: f64) -> f64 {
    1.0 + severity.clamp(0.0, 1.0) * (full - 1.0).max(0.0)
}

/// Mean loss over a group of `people` when `some` of them lose `points` each.
pub fn spread(some: u64, points: f64, people: u64) -> f64 {
    if people == 0 { 0.0 } else { points * (some as f64 / people as f64).min(1.0) }
}

/// Share of a group that leaves, when its extra churn is `churn` at a loss of trust of `reference`.
pub fn churn_share(churn: f64, loss: f64, reference: f64) -> f64 {
    if reference <= 0.0 {
        return 0.0;
    }
    (churn * loss.max(0.0) / reference).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_join_and_never_unwarn() {
        assert_eq!(union(0.0, 0.3), 0.3);
        assert!((union(0.5, 0.5) - 0.75).abs() < 1e-12);
        assert_eq!(union(1.0, 0.2), 1.0);
        for warned in [0.0, 0.2, 0.9] {
            let after = warned_by_letters(warned, 100, 400, 1_000, 0.6);
            assert!(after > warned && after < 1.0, "{warned} {after}");
        }
    }

    #[test]
    fn letters_in_batches_reach_as_many_as_letters_at_once() {
        let at_once = warned_by_letters(0.1, 0, 1_000, 1_000, 0.6);
        let mut batched = 0.1;
        for batch in 0..10 {
            batched = warned_by_letters(batched, batch * 100, (batch + 1) * 100, 1_000, 0.6);
        }
        assert!((at_once - batched).abs() < 1e-12);
        assert!((at_once - union(0.1, 0.6)).abs() < 1e-12);
        assert_eq!(warned_by_letters(0.0, 0, 5_000, 1_000, 1.0), 1.0);
        assert_eq!(warned_by_letters(0.3, 1_000, 1_200, 1_000, 1.0), 1.0);
        assert_eq!(warned_by_letters(0.3, 0, 10, 0, 1.0), 0.3);
    }

    #[test]
    fn the_window_forgets_after_seven_days() {
        let mut window = Window::default();
        assert_eq!(window.add(18_000, 2), 2);
        assert_eq!(window.add(18_000, 1), 3);
        assert_eq!(window.add(18_006, 4), 7);
        assert_eq!(window.add(18_007, 1), 5);
        assert_eq!(window.add(18_100, 1), 1);
    }

    #[test]
    fn round_numbers_are_told_once() {
        assert_eq!(round_number_passed(0, 9), None);
        assert_eq!(round_number_passed(9, 10), Some(10));
        assert_eq!(round_number_passed(10, 29), None);
        assert_eq!(round_number_passed(8, 140), Some(100));
        assert_eq!(round_number_passed(0, u64::from(u32::MAX)), Some(3_000_000_000));
    }

    #[test]
    fn trust_comes_back_by_halves() {
        let after = |days, half_life| recover(60.0, 80.0, loss_left(days, half_life));
        assert!((after(90.0, 90.0) - 70.0).abs() < 1e-12);
        assert_eq!(after(-1.0, 90.0), 60.0);
        assert_eq!(after(1.0, 0.0), 80.0);
        assert_eq!(fall(3.0, 5.0), 0.0);
        assert_eq!(fall(50.0, -5.0), 50.0);
        assert_eq!(deepen(70.0, 80.0, 1.5), 65.0);
        assert_eq!(deepen(70.0, 80.0, 0.5), 70.0);
    }

    #[test]
    fn severity_raises_the_factor() {
        assert_eq!(refuted_factor(0.0, 3.0), 1.0);
        assert_eq!(refuted_factor(1.0, 1.8), 1.8);
        let factors: Vec<f64> =
            (0..=10).map(|k| refuted_factor(f64::from(k) / 10.0, 1.8)).collect();
        assert!(factors.is_sorted());
    }

    #[test]
    fn churn_rises_with_the_loss_and_stays_a_share() {
        assert_eq!(churn_share(0.06, 10.0, 10.0), 0.06);
        assert_eq!(churn_share(0.06, 0.0, 10.0), 0.0);
        assert_eq!(churn_share(0.5, 90.0, 10.0), 1.0);
        assert_eq!(churn_share(0.5, 90.0, 0.0), 0.0);
        assert_eq!(spread(10, 20.0, 100), 2.0);
        assert_eq!(spread(10, 20.0, 0), 0.0);
        assert_eq!(spread(300, 20.0, 100), 20.0);
    }
}
