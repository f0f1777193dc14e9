//! The law applied, without side effects: which regimes are live, when duties are due, how late they
//! were met, and how likely lateness is fined.

use hotwash_engine::{Calendar, SimDuration, SimTime, Slug};

use super::config::Needs;
use super::regimes::Regime;

/// Which law counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// What is in force on the civil date when a clock starts.
    AsItWas,
    /// What is in force at this instant, whatever the date of the events.
    AsAt(SimTime),
}

impl Law {
    /// The date whose law applies to a clock that starts now.
    pub fn date(self, now: SimTime) -> SimTime {
        match self {
            Law::AsItWas => now,
            Law::AsAt(date) => date,
        }
    }
}

/// Whether a regime is law at an instant.
pub fn is_in_force(from: SimTime, until: Option<SimTime>, at: SimTime) -> bool {
    from <= at && until.is_none_or(|until| at < until)
}

/// Whether a regime can bind at all: what it needs is exposed, and somebody it protects is hit.
///
/// `hit` lists the countries with stolen records; `None` when the scenario has no cohorts, and then
/// every country counts.
pub fn is_live(regime: &Regime, exposes: &[Needs], hit: Option<&[Slug]>) -> bool {
    let protects = regime.countries.is_empty()
        || hit.is_none_or(|hit| regime.countries.iter().any(|c| hit.contains(c)));
    protects && exposes.contains(&regime.needs)
}

/// Length of a clock with its number drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// So much time, through nights and weekends.
    Span(SimDuration),
    /// So many business days after the day on which the clock started.
    BusinessDays(u32),
}

/// When a duty is due whose clock starts at `start`.
pub fn due(calendar: &Calendar, start: SimTime, length: Length) -> SimTime {
    match length {
        Length::Span(span) => start + span,
        Length::BusinessDays(days) => calendar.end_of_business_day(start, days),
    }
}

/// One of a duty's two clocks: by the vendor's belief, or by hindsight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// When it started.
    pub started: Option<SimTime>,
    /// When the duty is due by it.
    pub due: Option<SimTime>,
}

impl Running {
    /// Starts the clock; a hold that is on already puts the deadline off by what is left of it.
    pub fn start(&mut self, now: SimTime, due: SimTime, hold_until: Option<SimTime>) {
        let held =
            hold_until.map_or(SimDuration::ZERO, |until| (until - now).max(SimDuration::ZERO));
        self.started = Some(now);
        self.due = Some(due + held);
    }

    /// Puts a deadline that has not passed off.
    pub fn put_off(&mut self, now: SimTime, by: SimDuration) {
        if let Some(due) = self.due
            && due > now
        {
            self.due = Some(due + by);
        }
    }

    /// Hours by which a duty met at `met` (or not yet met at `now`) is late; 0 when it does not run.
    pub fn hours_late(&self, met: Option<SimTime>, now: SimTime) -> f64 {
        let Some(due) = self.due else { return 0.0 };
        (met.unwrap_or(now) - due).hours().max(0.0)
    }
}

/// How much longer a new hold lasts than the one that is on.
pub fn hold_extension(now: SimTime, until: SimTime, known: Option<SimTime>) -> SimDuration {
    let from = known.map_or(now, |known| known.max(now));
    (until - from).max(SimDuration::ZERO)
}

/// Lateness as an authority counts it: between belief's clock and hindsight's.
pub fn counted_hours(by_belief: f64, by_hindsight: f64, hindsight: f64) -> f64 {
    let share = hindsight.clamp(0.0, 1.0);
    by_belief + share * (by_hindsight - by_belief).max(0.0)
}

/// Chance that lateness is fined. It rises with lateness, of which `half_at_hours` makes half count,
/// and with claims that were refuted.
pub fn fine_chance(
    if_late: f64,
    hours_late: f64,
    half_at_hours: f64,
    refuted: u64,
    per_refuted: f64,
) -> f64 {
    if hours_late <= 0.0 {
        return 0.0;
    }
    let severity = hours_late / (hours_late + half_at_hours);
    (if_late * severity * (1.0 + per_refuted * refuted as f64)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> SimTime {
        SimTime::STARTEX + SimDuration::from_days(n)
    }

    #[test]
    fn law_is_in_force_between_its_dates() {
        assert!(!is_in_force(day(0), Some(day(10)), day(-1)));
        assert!(is_in_force(day(0), Some(day(10)), day(0)));
        assert!(!is_in_force(day(0), Some(day(10)), day(10)));
        assert!(is_in_force(day(0), None, day(9_999)));
        assert_eq!(Law::AsItWas.date(day(3)), day(3));
        assert_eq!(Law::AsAt(day(2_600)).date(day(3)), day(2_600));
    }

    #[test]
    fn deadlines_count_hours_or_business_days() {
        let calendar = Calendar::new("2019-10-31 12:00").unwrap();
        let hours = due(&calendar, SimTime::STARTEX, Length::Span(SimDuration::from_hours(72)));
        assert_eq!(calendar.date_time(hours), "2019-11-03 12:00");
        let days = due(&calendar, SimTime::STARTEX, Length::BusinessDays(4));
        assert_eq!(calendar.date_time(days), "2019-11-07 00:00");
    }

    #[test]
    fn lateness_is_counted_from_the_deadline() {
        let mut clock = Running::default();
        assert_eq!(clock.hours_late(None, day(90)), 0.0);
        clock.start(day(0), day(3), None);
        assert_eq!(clock.hours_late(Some(day(2)), day(90)), 0.0);
        assert_eq!(clock.hours_late(Some(day(4)), day(90)), 24.0);
        assert_eq!(clock.hours_late(None, day(5)), 48.0);
    }

    #[test]
    fn a_hold_puts_off_what_has_not_fallen_due() {
        let mut clock = Running::default();
        clock.start(day(0), day(30), Some(day(10)));
        assert_eq!(clock.due, Some(day(40)));
        clock.put_off(day(20), SimDuration::from_days(5));
        assert_eq!(clock.due, Some(day(45)));
        clock.put_off(day(46), SimDuration::from_days(5));
        assert_eq!(clock.due, Some(day(45)));
        let mut late_hold = Running::default();
        late_hold.start(day(20), day(50), Some(day(10)));
        assert_eq!(late_hold.due, Some(day(50)));
        assert_eq!(hold_extension(day(5), day(15), None), SimDuration::from_days(10));
        assert_eq!(hold_extension(day(5), day(15), Some(day(12))), SimDuration::from_days(3));
        assert_eq!(hold_extension(day(5), day(10), Some(day(12))), SimDuration::ZERO);
    }

    #[test]
    fn fines_are_likelier_the_later_and_never_certain_by_accident() {
        assert_eq!(fine_chance(0.5, 0.0, 720.0, 9, 1.0), 0.0);
        let chances: Vec<f64> =
            (0..50).map(|d| fine_chance(0.02, f64::from(d) * 24.0, 720.0, 0, 0.5)).collect();
        assert!(chances.is_sorted() && chances[49] < 0.02);
        assert!((fine_chance(0.02, 720.0, 720.0, 0, 0.5) - 0.01).abs() < 1e-12);
        assert!(fine_chance(0.02, 720.0, 720.0, 2, 0.5) > fine_chance(0.02, 720.0, 720.0, 1, 0.5));
        assert_eq!(fine_chance(1.0, 1e9, 1.0, 50, 1.0), 1.0);
        assert_eq!(counted_hours(10.0, 30.0, 0.5), 20.0);
        assert_eq!(counted_hours(30.0, 10.0, 0.5), 30.0);
    }
}
