//! Instants of a run as dates and lengths of time as people say them.

use hotwash_engine::{Calendar, SimTime};

use crate::words;

const HOUR: f64 = 3_600_000.0;
const DAY: f64 = 24.0 * HOUR;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// From milliseconds since STARTEX to dates; to days since STARTEX where STARTEX is not a date.
#[derive(Clone, Debug)]
pub struct Dates {
    calendar: Option<Calendar>,
}

impl Dates {
    /// Dates of a run that starts at this civil date and time: `2019-08-01 09:00`.
    pub fn new(startex: &str) -> Dates {
        Dates { calendar: Calendar::new(startex).ok() }
    }

    /// `14 Aug 2019`.
    pub fn day(&self, ms: i64) -> String {
        self.parts(ms).map_or_else(
            || counted_from_startex(ms),
            |(year, month, day, _)| format!("{day} {month} {year}"),
        )
    }

    /// `14 Aug`.
    pub fn short(&self, ms: i64) -> String {
        self.parts(ms)
            .map_or_else(|| counted_from_startex(ms), |(_, month, day, _)| format!("{day} {month}"))
    }

    /// `Aug 2019`.
    pub fn month(&self, ms: i64) -> String {
        self.parts(ms)
            .map_or_else(|| counted_from_startex(ms), |(year, month, ..)| format!("{month} {year}"))
    }

    /// `14 Aug 2019, 09:00`.
    pub fn time(&self, ms: i64) -> String {
        match self.parts(ms) {
            Some((year, month, day, clock)) => format!("{day} {month} {year}, {clock}"),
            None => counted_from_startex(ms),
        }
    }

    /// Whether an instant is on the first day of a month.
    pub fn is_first_of_month(&self, ms: i64) -> bool {
        self.parts(ms).is_some_and(|(_, _, day, _)| day == 1)
    }

    /// Year, month's name, day and clock.
    fn parts(&self, ms: i64) -> Option<(String, &'static str, u32, String)> {
        let text = self.calendar.as_ref()?.date_time(held(ms));
        let (date, clock) = text.split_once(' ')?;
        let (year, rest) = date.split_at_checked(date.len().checked_sub(6)?)?;
        let month: usize = rest.get(1..3)?.parse().ok()?;
        let day: u32 = rest.get(4..6)?.parse().ok()?;
        Some((year.to_owned(), MONTHS.get(month.checked_sub(1)?)?, day, clock.to_owned()))
    }
}

/// An instant that a calendar can tell.
fn held(ms: i64) -> SimTime {
    SimTime::from_ms(ms.clamp(-SimTime::LIMIT, SimTime::LIMIT))
}

fn counted_from_startex(ms: i64) -> String {
    let days = ms as f64 / DAY;
    let sign = if days < 0.0 { "\u{2212}" } else { "+" };
    format!("T{sign}{}d", words::fixed(days.abs(), 0))
}

/// The day of an instant of the wall clock, in milliseconds since 1970, in UTC: `3 May 2026`.
pub fn wall_day(ms: i64) -> String {
    let (year, month, day) = wall_date(ms);
    format!("{day} {} {year}", MONTHS[month - 1])
}

/// The same to the minute: `2026-05-03 14:05`.
pub fn wall_minute(ms: i64) -> String {
    let (year, month, day) = wall_date(ms);
    let of_day = ms.rem_euclid(86_400_000);
    let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}")
}

/// Year, month and day, by Howard Hinnant's `civil_from_days`: days are counted from 1 March of year 0,
/// in eras of 400 years, so that leap days come last.
fn wall_date(ms: i64) -> (i64, usize, i64) {
    let days = ms.div_euclid(86_400_000) + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day_of_month = day - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year + i64::from(month >= 10);
    (year, ((month + 2) % 12) as usize + 1, day_of_month)
}

/// A length of time in the unit that people would use: `13 days`, `5 hours`, `20 minutes`.
pub fn length(ms: i64) -> String {
    let size = (ms as f64).abs();
    let (value, one, many) = match size {
        s if s >= 1.95 * DAY => (s / DAY, "day", "days"),
        s if s >= 0.95 * HOUR => (s / HOUR, "hour", "hours"),
        s => (s / 60_000.0, "minute", "minutes"),
    };
    words::counted(value.round() as usize, one, many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_dates() {
        let dates = Dates::new("2019-08-01 09:00");
        assert_eq!(dates.day(0), "1 Aug 2019");
        assert_eq!(dates.time(13 * 86_400_000 + 3_600_000), "14 Aug 2019, 10:00");
        assert_eq!(dates.short(-86_400_000), "31 Jul");
        assert_eq!(dates.month(40 * 86_400_000), "Sep 2019");
        assert!(dates.is_first_of_month(0) && !dates.is_first_of_month(86_400_000));
        assert_eq!(Dates::new("no date").day(-3 * 86_400_000), "T\u{2212}3d");
        assert!(!dates.day(i64::MAX).is_empty() && !dates.day(i64::MIN).is_empty());
    }

    #[test]
    fn wall_clock_days_are_civil_days() {
        for (days, text) in [
            (0, "1 Jan 1970"),
            (11_016, "29 Feb 2000"),
            (11_017, "1 Mar 2000"),
            (20_575, "2 May 2026"),
            (-1, "31 Dec 1969"),
        ] {
            assert_eq!(wall_day(days * 86_400_000 + 3_600_000), text);
        }
    }

    #[test]
    fn lengths_are_in_the_unit_that_people_use() {
        for (hours, text) in [
            (24 * 13, "13 days"),
            (48, "2 days"),
            (40, "40 hours"),
            (1, "1 hour"),
            (-30, "30 hours"),
        ] {
            assert_eq!(length(hours * 3_600_000), text);
        }
        assert_eq!(length(20 * 60_000), "20 minutes");
    }
}
