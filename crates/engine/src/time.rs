//! Simulated time: an integer count of milliseconds, zero at STARTEX. Knows nothing of civil dates.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// An instant: milliseconds since STARTEX. Negative instants lie in the lead-in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(i64);

/// A length of simulated time in milliseconds; may be negative as the difference of two instants.
///
/// ```
/// use hotwash_engine::{SimDuration, SimTime};
///
/// let limit: SimDuration = "1d 12h".parse()?;
/// assert_eq!(limit, SimDuration::from_hours(36));
/// assert_eq!((SimTime::STARTEX + limit).days(), 1.5);
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimDuration(i64);

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

impl SimTime {
    /// STARTEX, the moment the exercise begins.
    pub const STARTEX: SimTime = SimTime(0);
    /// The farthest instant the agenda can hold, either side of STARTEX: about 17.4 years.
    pub const LIMIT: i64 = (1 << 39) - 1;

    /// The instant `ms` milliseconds after STARTEX.
    pub const fn from_ms(ms: i64) -> Self {
        SimTime(ms)
    }

    /// Milliseconds since STARTEX.
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// Days since STARTEX, as a fraction.
    pub fn days(self) -> f64 {
        self.0 as f64 / DAY as f64
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: SimDuration = SimDuration(0);
    /// One hour.
    pub const HOUR: SimDuration = SimDuration(HOUR);
    /// Twenty-four hours.
    pub const DAY: SimDuration = SimDuration(DAY);

    /// `n` milliseconds.
    pub const fn from_ms(n: i64) -> Self {
        SimDuration(n)
    }
    /// `n` minutes.
    pub const fn from_minutes(n: i64) -> Self {
        SimDuration(n * MINUTE)
    }
    /// `n` hours.
    pub const fn from_hours(n: i64) -> Self {
        SimDuration(n * HOUR)
    }
    /// `n` days of 24 hours.
    pub const fn from_days(n: i64) -> Self {
        SimDuration(n * DAY)
    }
    /// `hours` hours, rounded to the millisecond and kept within the agenda's range.
    pub fn from_hours_f64(hours: f64) -> Self {
        let ms = (hours * HOUR as f64).round();
        SimDuration((ms as i64).clamp(-SimTime::LIMIT, SimTime::LIMIT))
    }
    /// Milliseconds.
    pub const fn ms(self) -> i64 {
        self.0
    }
    /// Hours, as a fraction.
    pub fn hours(self) -> f64 {
        self.0 as f64 / HOUR as f64
    }
    /// Days of 24 hours, as a fraction.
    pub fn days(self) -> f64 {
        self.0 as f64 / DAY as f64
    }
}

impl Add<SimDuration> for SimTime {
    type Output = SimTime;
    fn add(self, d: SimDuration) -> SimTime {
        SimTime(self.0.saturating_add(d.0))
    }
}

impl Sub<SimDuration> for SimTime {
    type Output = SimTime;
    fn sub(self, d: SimDuration) -> SimTime {
        SimTime(self.0.saturating_sub(d.0))
    }
}

impl Sub for SimTime {
    type Output = SimDuration;
    fn sub(self, earlier: SimTime) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }
}

impl Add for SimDuration {
    type Output = SimDuration;
    fn add(self, other: SimDuration) -> SimDuration {
        SimDuration(self.0.saturating_add(other.0))
    }
}

impl AddAssign for SimDuration {
    fn add_assign(&mut self, other: SimDuration) {
        *self = *self + other;
    }
}

impl fmt::Display for SimTime {
    /// `T+3d 04:10`, `T-12d 23:00`: days, hours and minutes from STARTEX.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let minutes = self.0.unsigned_abs() / MINUTE as u64;
        let text =
            format!("T{sign}{}d {:02}:{:02}", minutes / 1440, minutes / 60 % 24, minutes % 60);
        f.pad(&text)
    }
}

impl fmt::Display for SimDuration {
    /// The two largest units that are not zero: `3d 4h`, `45min`, `0min`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (SECOND, "s"), (1, "ms")];
        let mut rest = self.0.abs();
        let mut parts = Vec::new();
        for (size, name) in units {
            if rest >= size && parts.len() < 2 {
                parts.push(format!("{}{name}", rest / size));
                rest %= size;
            } else if !parts.is_empty() {
                break;
            }
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        let text = if parts.is_empty() { "0min".to_owned() } else { parts.join(" ") };
        f.pad(&format!("{sign}{text}"))
    }
}

impl FromStr for SimDuration {
    type Err = String;

    /// Reads `3d`, `36h`, `1d 12h`, `2w`, `1.5h`. A number needs its unit.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut total = 0_i64;
        let mut seen = false;
        for word in text.split_whitespace() {
            let split = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(word.len());
            let (number, unit) = word.split_at(split);
            let size = match unit {
                "w" => WEEK,
                "d" => DAY,
                "h" => HOUR,
                "min" => MINUTE,
                "s" => SECOND,
                "ms" => 1,
                "" => {
                    return Err(format!(
                        "duration `{text}` has no unit; write `{word}d`, `{word}h` or `{word}min`"
                    ));
                }
                other => {
                    return Err(format!(
                        "unknown unit `{other}` in duration `{text}`; use w, d, h, min, s or ms"
                    ));
                }
            };
            let value: f64 = number
                .parse()
                .map_err(|_| format!("`{number}` is not a number in duration `{text}`"))?;
            let ms = value * size as f64;
            if !ms.is_finite() || ms.abs() > SimTime::LIMIT as f64 {
                return Err(format!("duration `{text}` is out of range (at most about 17 years)"));
            }
            total = total.saturating_add(ms.round() as i64);
            seen = true;
        }
        if !seen {
            return Err("empty duration; write for example `3d` or `36h`".to_owned());
        }
        Ok(SimDuration(total))
    }
}

impl<'de> Deserialize<'de> for SimDuration {
    fn deserialize<D: Deserializer<'de>>(de: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = SimDuration;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a duration in quotes with its unit, such as \"3d\" or \"36h\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<SimDuration, E> {
                text.parse().map_err(E::custom)
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> Result<SimDuration, E> {
                Err(E::custom(format!("duration {n} has no unit; write \"{n}d\" or \"{n}h\"")))
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> Result<SimDuration, E> {
                Err(E::custom(format!("duration {n} has no unit; write \"{n}d\" or \"{n}h\"")))
            }
            fn visit_f64<E: de::Error>(self, n: f64) -> Result<SimDuration, E> {
                Err(E::custom(format!("duration {n} has no unit; write \"{n}d\" or \"{n}h\"")))
            }
        }
        de.deserialize_any(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_and_print() {
        for (text, ms) in
            [("3d", 3 * DAY), ("1d 12h", 36 * HOUR), ("2w", 14 * DAY), ("1.5h", 90 * MINUTE)]
        {
            assert_eq!(text.parse::<SimDuration>().unwrap().ms(), ms, "{text}");
        }
        assert_eq!(SimDuration(36 * HOUR).to_string(), "1d 12h");
        assert_eq!(SimDuration(0).to_string(), "0min");
        for bad in ["", "3", "3 weeks", "3y", "xd", "1e30d", "NaNd"] {
            assert!(bad.parse::<SimDuration>().is_err(), "{bad}");
        }
    }

    #[test]
    fn instants_print_from_startex() {
        assert_eq!(SimTime(3 * DAY + 4 * HOUR + 10 * MINUTE).to_string(), "T+3d 04:10");
        assert_eq!(SimTime(-HOUR).to_string(), "T-0d 01:00");
    }
}
