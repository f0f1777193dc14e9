//! Civil time: maps simulated time to dates, business hours, business days and holidays.
//!
//! One fixed offset: the vendor's head-office time without daylight saving. Dates are parsed and
//! printed by `jiff`; all arithmetic is on integer day numbers.

use jiff::civil::{Date, DateTime};

use crate::time::{SimDuration, SimTime};

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// When STARTEX is, and when people work.
///
/// ```
/// use hotwash_engine::{Calendar, SimDuration, SimTime};
///
/// // A Thursday at nine; the Monday after it is a holiday.
/// let calendar = Calendar::new("2019-08-29 09:00")?.with_holidays(["2019-09-02"])?;
/// // The fourth business day after it is Thursday, 5 September; it ends at midnight.
/// let due = calendar.end_of_business_day(SimTime::STARTEX, 4);
/// assert_eq!(calendar.date_time(due), "2019-09-06 00:00");
/// let work = SimDuration::from_hours(20);
/// assert_eq!(calendar.date_time(calendar.after_business(SimTime::STARTEX, work)), "2019-09-03 11:00");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Milliseconds from 1970-01-01T00:00 (local) to STARTEX.
    epoch_ms: i64,
    /// Monday first.
    workdays: [bool; 7],
    holidays: Vec<i64>,
    opens_ms: i64,
    closes_ms: i64,
}

impl Calendar {
    /// A Monday-to-Friday, nine-to-six calendar whose STARTEX is the given civil date and time.
    ///
    /// # Errors
    /// Says what a date should look like when `startex` is not one.
    pub fn new(startex: &str) -> Result<Self, String> {
        Ok(Calendar {
            epoch_ms: parse_civil(startex)?,
            workdays: [true, true, true, true, true, false, false],
            holidays: Vec::new(),
            opens_ms: 9 * 60 * MINUTE_MS,
            closes_ms: 18 * 60 * MINUTE_MS,
        })
    }

    /// A calendar that nobody looks at.
    pub(crate) const fn none() -> Self {
        Calendar {
            epoch_ms: 0,
            workdays: [true; 7],
            holidays: Vec::new(),
            opens_ms: 0,
            closes_ms: DAY_MS,
        }
    }

    /// The same calendar with these ISO dates as holidays.
    ///
    /// # Errors
    /// Names the first text that is not a date.
    pub fn with_holidays<'a>(
        mut self,
        dates: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, String> {
        for date in dates {
            self.holidays.push(parse_civil(date)?.div_euclid(DAY_MS));
        }
        self.holidays.sort_unstable();
        self.holidays.dedup();
        Ok(self)
    }

    /// The same calendar with other business hours, in minutes after midnight.
    ///
    /// # Errors
    /// Refuses hours that do not lie in one day in order.
    pub fn with_hours(mut self, opens_minute: i64, closes_minute: i64) -> Result<Self, String> {
        if !(0 <= opens_minute && opens_minute < closes_minute && closes_minute <= 1440) {
            return Err(format!(
                "business hours {opens_minute}..{closes_minute} minutes do not lie in one day"
            ));
        }
        self.opens_ms = opens_minute * MINUTE_MS;
        self.closes_ms = closes_minute * MINUTE_MS;
        Ok(self)
    }

    /// The instant of a civil date (`2019-09-19`) or date and time (`2019-09-19 14:30`).
    ///
    /// # Errors
    /// Says what a date should look like.
    pub fn instant(&self, civil: &str) -> Result<SimTime, String> {
        Ok(SimTime::from_ms(parse_civil(civil)? - self.epoch_ms))
    }

    fn local_ms(&self, t: SimTime) -> i64 {
        self.epoch_ms + t.ms()
    }

    fn at_local_ms(&self, ms: i64) -> SimTime {
        SimTime::from_ms(ms - self.epoch_ms)
    }

    /// Days from 1970-01-01 to the civil day of `t`.
    pub fn day_number(&self, t: SimTime) -> i64 {
        self.local_ms(t).div_euclid(DAY_MS)
    }

    /// Midnight at the start of that civil day.
    pub fn start_of_day(&self, day_number: i64) -> SimTime {
        self.at_local_ms(day_number * DAY_MS)
    }

    /// `2019-09-19`.
    pub fn date(&self, t: SimTime) -> String {
        self.civil(t).date().to_string()
    }

    /// `2019-09-19 14:30`.
    pub fn date_time(&self, t: SimTime) -> String {
        let c = self.civil(t);
        format!("{} {:02}:{:02}", c.date(), c.hour(), c.minute())
    }

    /// `Thu`, for people.
    pub fn weekday(&self, t: SimTime) -> &'static str {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday(self.day_number(t))]
    }

    fn civil(&self, t: SimTime) -> DateTime {
        let ms = self.local_ms(t);
        let seconds = ms.div_euclid(1000);
        let epoch = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        epoch.saturating_add(jiff::SignedDuration::from_secs(seconds))
    }

    /// Whether people work on that civil day.
    pub fn is_business_day(&self, day_number: i64) -> bool {
        self.workdays[weekday(day_number)] && self.holidays.binary_search(&day_number).is_err()
    }

    /// The first instant at or after `t` within business hours.
    pub fn next_open(&self, t: SimTime) -> SimTime {
        let ms = self.local_ms(t);
        let mut day = ms.div_euclid(DAY_MS);
        let of_day = ms.rem_euclid(DAY_MS);
        if self.is_business_day(day) && of_day < self.closes_ms {
            return self.at_local_ms(day * DAY_MS + of_day.max(self.opens_ms));
        }
        day += 1;
        while !self.is_business_day(day) {
            day += 1;
        }
        self.at_local_ms(day * DAY_MS + self.opens_ms)
    }

    /// The instant after `work` of business hours from `t`.
    pub fn after_business(&self, t: SimTime, work: SimDuration) -> SimTime {
        let mut now = self.next_open(t);
        let mut left = work.ms().max(0);
        loop {
            let until_close = self.closes_ms - self.local_ms(now).rem_euclid(DAY_MS);
            if left <= until_close {
                return SimTime::from_ms(now.ms() + left);
            }
            left -= until_close;
            now = self.next_open(SimTime::from_ms(now.ms() + until_close));
        }
    }

    /// Business time between two instants: what [`Calendar::after_business`] counts. Nothing when
    /// `to` is not after `from`.
    pub fn business_between(&self, from: SimTime, to: SimTime) -> SimDuration {
        let mut now = self.next_open(from);
        let mut sum = 0;
        while now < to {
            let until_close = self.closes_ms - self.local_ms(now).rem_euclid(DAY_MS);
            sum += until_close.min((to - now).ms());
            now = self.next_open(SimTime::from_ms(now.ms() + until_close));
        }
        SimDuration::from_ms(sum)
    }

    /// The end of the `n`-th business day after the day of `t`: when a filing due in `n` business
    /// days is late.
    pub fn end_of_business_day(&self, t: SimTime, n: u32) -> SimTime {
        let mut day = self.day_number(t);
        let mut left = n;
        while left > 0 {
            day += 1;
            if self.is_business_day(day) {
                left -= 1;
            }
        }
        self.at_local_ms((day + 1) * DAY_MS)
    }
}

fn weekday(day_number: i64) -> usize {
    // 1970-01-01 was a Thursday; Monday is 0.
    (day_number + 3).rem_euclid(7) as usize
}

fn parse_civil(text: &str) -> Result<i64, String> {
    let wrong = || format!("`{text}` is not a date; write `2019-09-19` or `2019-09-19 14:30`");
    // A bare date has ten characters; jiff would read a date and drop a time behind it.
    let at = if text.len() == 10 {
        text.parse::<Date>().map_err(|_| wrong())?.at(0, 0, 0, 0)
    } else {
        text.parse::<DateTime>().map_err(|_| wrong())?
    };
    if !(1980..=2100).contains(&at.year()) {
        return Err(format!("`{text}`: the year must lie between 1980 and 2100"));
    }
    let epoch = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
    let seconds = at.duration_since(epoch).as_secs();
    Ok(seconds * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn august() -> Calendar {
        Calendar::new("2019-08-01 09:00").unwrap().with_holidays(["2019-09-02"]).unwrap()
    }

    #[test]
    fn civil_dates_round_trip() {
        let c = august();
        for text in ["2019-08-01 09:00", "2019-02-28 23:59", "2020-02-29 00:00", "2017-01-01 12:30"]
        {
            assert_eq!(c.date_time(c.instant(text).unwrap()), text);
        }
        assert_eq!(c.weekday(SimTime::STARTEX), "Thu");
        for bad in ["1 Aug 2019", "2019-13-01", "2019-02-30", "", "99999-01-01", "1066-10-14"] {
            assert!(c.instant(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn business_time_skips_nights_weekends_and_holidays() {
        let c = august();
        let friday_evening = c.instant("2019-08-30 17:00").unwrap();
        // One hour is left on Friday; Monday 2 September is a holiday.
        let done = c.after_business(friday_evening, SimDuration::from_hours(3));
        assert_eq!(c.date_time(done), "2019-09-03 11:00");
        let saturday = c.instant("2019-08-31 03:00").unwrap();
        assert_eq!(c.date_time(c.next_open(saturday)), "2019-09-03 09:00");
    }

    #[test]
    fn business_time_between_is_what_after_business_counts() {
        let c = august();
        for from in ["2019-08-30 17:00", "2019-08-31 03:00", "2019-09-03 10:30"] {
            let from = c.instant(from).unwrap();
            for hours in [0, 1, 3, 8, 9, 50] {
                let work = SimDuration::from_hours(hours);
                let done = c.after_business(from, work);
                assert_eq!(c.business_between(from, done), work, "{hours} hours");
                let later = c.instant("2020-01-05 12:00").unwrap();
                let rest = c.business_between(done, later);
                assert_eq!(work + rest, c.business_between(from, later));
            }
            assert_eq!(c.business_between(from, from - SimDuration::DAY), SimDuration::ZERO);
        }
    }

    #[test]
    fn four_business_days_end_at_midnight() {
        let c = august();
        let thursday = c.instant("2019-08-29 10:00").unwrap();
        assert_eq!(c.date_time(c.end_of_business_day(thursday, 4)), "2019-09-06 00:00");
    }
}
