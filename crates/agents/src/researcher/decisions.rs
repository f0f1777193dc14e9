//! What the researcher decides, as pure functions.

use hotwash_engine::{SimDuration, SimTime};
use hotwash_incident::{Polarity, StoreKind};

/// Weeks until something that has `per_week` chance in each week, by inverting one uniform number;
/// `None` when it never comes. A greater chance is never later.
pub fn weeks_until(u: f64, per_week: f64) -> Option<f64> {
    if per_week <= 0.0 {
        return None;
    }
    if per_week >= 1.0 {
        return Some(0.0);
    }
    Some(libm::log1p(-u) / libm::log1p(-per_week))
}

/// How far a teller is believed for whom partners vouch: they take a share of the remaining doubt.
pub fn vouched(standing: f64, vouching: f64) -> f64 {
    1.0 - (1.0 - standing) * (1.0 - vouching)
}

/// What the seller has shown so far, after one proof more: source code outdoes all else.
pub fn best_proof(known: Option<StoreKind>, new: Option<StoreKind>) -> Option<StoreKind> {
    match (known, new) {
        (Some(StoreKind::SourceCode), _) | (_, None) => known,
        _ => new,
    }
}

/// What the vendor has done since it was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Treatment {
    /// It answered.
    pub is_answered: bool,
    /// It asked for a sample.
    pub is_sample_asked: bool,
    /// It showed the researcher the door.
    pub is_rebuffed: bool,
}

/// What each of these multiplies patience by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience {
    /// Days with no answer.
    pub days: f64,
    /// For an answer.
    pub answered: f64,
    /// For a request for a sample.
    pub sample_asked: f64,
    /// For a rebuff.
    pub rebuffed: f64,
}

impl Patience {
    /// Days from telling to publishing.
    pub fn days_after(&self, treatment: Treatment) -> f64 {
        let factor = |is: bool, factor: f64| if is { factor } else { 1.0 };
        self.days
            * factor(treatment.is_answered, self.answered)
            * factor(treatment.is_sample_asked, self.sample_asked)
            * factor(treatment.is_rebuffed, self.rebuffed)
    }
}

/// Until when it waits if it agrees: as long as asked, at most so long after telling, and no less
/// than agreed before.
pub fn agreed_until(
    now: SimTime,
    asked: SimDuration,
    told: SimTime,
    longest: SimDuration,
    before: Option<SimTime>,
) -> SimTime {
    let until = (now + asked).min(told + longest);
    before.map_or(until, |before| before.max(until))
}

/// Whether a claim goes against what the researcher believes with `belief`.
pub fn contradicts(perceived: Polarity, belief: f64, rebuts_at: f64, disbelieves_at: f64) -> bool {
    match perceived {
        Polarity::Denies => belief >= rebuts_at,
        Polarity::Affirms => belief <= disbelieves_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greater_chance_is_never_later() {
        for u in [0.01, 0.5, 0.99] {
            let weeks = [0.01, 0.1, 0.5, 0.9, 1.0].map(|p| weeks_until(u, p).unwrap());
            assert!(weeks.windows(2).all(|w| w[0] >= w[1]), "{weeks:?}");
        }
        assert_eq!(weeks_until(0.5, 0.0), None);
        // Half the time it takes the median number of weeks.
        assert!((weeks_until(0.5, 0.5).unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn standing_and_vouching_never_lower_credibility() {
        let mut last = 0.0;
        for standing in [0.0, 0.2, 0.5, 0.9, 1.0] {
            assert!(vouched(standing, 0.3) >= standing);
            assert!(vouched(standing, 0.3) >= last);
            last = vouched(standing, 0.3);
        }
        assert_eq!(vouched(0.4, 0.0), 0.4);
    }

    #[test]
    fn source_code_is_the_best_proof() {
        use StoreKind::{DebugSymbols, Documents, SourceCode};
        assert_eq!(best_proof(None, Some(DebugSymbols)), Some(DebugSymbols));
        assert_eq!(best_proof(Some(DebugSymbols), Some(SourceCode)), Some(SourceCode));
        assert_eq!(best_proof(Some(SourceCode), Some(DebugSymbols)), Some(SourceCode));
        assert_eq!(best_proof(Some(Documents), None), Some(Documents));
    }

    #[test]
    fn good_treatment_buys_time_and_a_rebuff_costs_it() {
        let patience = Patience { days: 10.0, answered: 2.0, sample_asked: 1.5, rebuffed: 0.5 };
        let none = Treatment::default();
        let answered = Treatment { is_answered: true, ..none };
        let both = Treatment { is_sample_asked: true, ..answered };
        let rebuffed = Treatment { is_rebuffed: true, ..none };
        let days = [rebuffed, none, answered, both].map(|t| patience.days_after(t));
        assert_eq!(days, [5.0, 10.0, 20.0, 30.0]);
    }

    #[test]
    fn an_agreed_wait_has_an_end() {
        let day = |d: i64| SimTime::STARTEX + SimDuration::from_days(d);
        let span = SimDuration::from_days;
        assert_eq!(agreed_until(day(10), span(5), day(8), span(30), None), day(15));
        assert_eq!(agreed_until(day(10), span(90), day(8), span(30), None), day(38));
        assert_eq!(agreed_until(day(10), span(5), day(8), span(30), Some(day(20))), day(20));
    }

    #[test]
    fn it_contradicts_what_it_believes_to_be_wrong() {
        assert!(contradicts(Polarity::Denies, 0.9, 0.8, 0.01));
        assert!(!contradicts(Polarity::Denies, 0.5, 0.8, 0.01));
        assert!(!contradicts(Polarity::Affirms, 0.5, 0.8, 0.01));
        assert!(contradicts(Polarity::Affirms, 0.005, 0.8, 0.01));
    }
}
