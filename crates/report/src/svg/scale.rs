//! Scales: from values to places on a canvas, and the ticks that go with them.

use hotwash_engine::{Calendar, SimTime};

use super::ticks;
use crate::words;

const DAY_MS: f64 = 86_400_000.0;

/// How a scale's ticks are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TickStyle {
    /// As numbers, long ones shortened.
    Plain,
    /// Shares as percentages.
    Percent,
}

/// The span of a set of values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

impl Extent {
    /// Of the finite ones among these; none when there is none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Extent> {
        values.into_iter().filter(|v| v.is_finite()).fold(None, |extent, v| match extent {
            None => Some(Extent { low: v, high: v }),
            Some(e) => Some(Extent { low: e.low.min(v), high: e.high.max(v) }),
        })
    }

    /// Widened to hold a value.
    #[must_use]
    pub fn with(self, value: f64) -> Extent {
        Extent { low: self.low.min(value), high: self.high.max(value) }
    }

    /// Widened on both sides by a share of its span; a single value gets room around it.
    #[must_use]
    pub fn padded(self, share: f64) -> Extent {
        let span = self.high - self.low;
        let room = if span > self.high.abs().max(self.low.abs()) * 1e-9 {
            span * share
        } else {
            self.high.abs().max(1.0) * 0.1
        };
        Extent { low: self.low - room, high: self.high + room }
    }

    /// As a domain.
    pub fn domain(self) -> (f64, f64) {
        (self.low, self.high)
    }
}

#[derive(Clone, Debug)]
enum Kind {
    Linear(TickStyle),
    Log,
    /// Days from STARTEX, shown as dates.
    Days(Calendar),
}

/// A mapping from values to coordinates.
#[derive(Clone, Debug)]
pub struct Scale {
    kind: Kind,
    domain: (f64, f64),
    range: (f64, f64),
}

impl Scale {
    /// Equal steps are equally far apart. An empty domain is widened.
    pub fn linear(domain: (f64, f64), range: (f64, f64)) -> Scale {
        Scale { kind: Kind::Linear(TickStyle::Plain), domain: sound(domain), range }
    }

    /// A linear scale of shares, 0 to 1, written as percentages.
    pub fn shares(domain: (f64, f64), range: (f64, f64)) -> Scale {
        Scale { kind: Kind::Linear(TickStyle::Percent), domain: sound(domain), range }
    }

    /// Equal factors are equally far apart. Falls back to a linear scale unless the domain is positive.
    pub fn log(domain: (f64, f64), range: (f64, f64)) -> Scale {
        let (from, to) = domain;
        if !(from > 0.0 && to.is_finite() && to >= from) {
            return Scale::linear(domain, range);
        }
        let domain = if to > from * (1.0 + 1e-9) { domain } else { (from / 2.0, to * 2.0) };
        Scale { kind: Kind::Log, domain, range }
    }

    /// Days from STARTEX with months as ticks; plain days if STARTEX is not a date.
    pub fn days(startex: &str, domain: (f64, f64), range: (f64, f64)) -> Scale {
        match Calendar::new(startex) {
            Ok(calendar) => Scale { kind: Kind::Days(calendar), domain: sound(domain), range },
            Err(_) => Scale::linear(domain, range),
        }
    }

    /// Whether equal factors are equally far apart.
    pub fn is_log(&self) -> bool {
        matches!(self.kind, Kind::Log)
    }

    /// What a scale of days counts: dates, or days where STARTEX is not a date.
    pub fn title(&self) -> &'static str {
        if matches!(self.kind, Kind::Days(_)) { "date (year-month)" } else { "days from STARTEX" }
    }

    /// The values at its ends.
    pub fn domain(&self) -> (f64, f64) {
        self.domain
    }

    /// The places of its ends.
    pub fn range(&self) -> (f64, f64) {
        self.range
    }

    /// Whether a value lies on it.
    pub fn holds(&self, value: f64) -> bool {
        value >= self.domain.0 && value <= self.domain.1
    }

    /// Where a value lies; what is beyond an end lies at that end, and what is no number at the start.
    pub fn at(&self, value: f64) -> f64 {
        let (from, to) = self.domain;
        let value = if value.is_nan() { from } else { value.clamp(from, to) };
        let share = match self.kind {
            Kind::Log => libm::log(value / from) / libm::log(to / from),
            _ => (value - from) / (to - from),
        };
        self.range.0 + share * (self.range.1 - self.range.0)
    }

    /// About this many round values and how they are written. Always rising and within the domain.
    pub fn ticks(&self, wanted: usize) -> Vec<(f64, String)> {
        match &self.kind {
            Kind::Linear(style) => {
                let values = ticks::linear(self.domain, wanted);
                let labels = labels(&values, *style);
                values.into_iter().zip(labels).collect()
            }
            Kind::Log => {
                let values = ticks::log(self.domain, wanted);
                let labels = labels(&values, TickStyle::Plain);
                values.into_iter().zip(labels).collect()
            }
            Kind::Days(calendar) => dates(calendar, self.domain, wanted),
        }
    }
}

fn sound(domain: (f64, f64)) -> (f64, f64) {
    let (from, to) = domain;
    if !(from.is_finite() && to.is_finite()) {
        return (0.0, 1.0);
    }
    let extent = Extent { low: from.min(to), high: from.max(to) };
    let is_wide = extent.high - extent.low > extent.high.abs().max(extent.low.abs()) * 1e-9;
    if is_wide { extent.domain() } else { extent.padded(0.0).domain() }
}

/// Written alike: with as many decimals as the finest needs, and all in thousands or millions if they
/// are long. On a logarithmic axis each is written by itself.
fn labels(values: &[f64], style: TickStyle) -> Vec<String> {
    let factor = if style == TickStyle::Percent { 100.0 } else { 1.0 };
    let steps = || values.windows(2).map(|w| w[1] - w[0]);
    let (least, most) = (steps().fold(f64::INFINITY, f64::min), steps().fold(0.0, f64::max));
    if most > least * 1.01 {
        return values.iter().map(|v| words::short(*v)).collect();
    }
    let largest = values.iter().map(|v| v.abs()).fold(0.0, f64::max);
    // Shortened only where that leaves few decimals: years and narrow spans stay as they are.
    let (divisor, suffix) = [(1e9, 1e9, "\u{a0}bn"), (1e6, 1e6, "\u{a0}M"), (1e4, 1e3, "\u{a0}k")]
        .into_iter()
        .find(|(from, d, _)| largest >= *from && least >= d / 100.0)
        .filter(|_| style == TickStyle::Plain)
        .map_or((1.0, ""), |(_, divisor, suffix)| (divisor, suffix));
    let decimals = decimals(least * factor / divisor);
    let ending = if style == TickStyle::Percent { "\u{a0}%" } else { suffix };
    let text = |v: &f64| {
        let ending = if *v == 0.0 && !suffix.is_empty() { "" } else { ending };
        let decimals = if *v == 0.0 { 0 } else { decimals };
        format!("{}{ending}", words::fixed(v * factor / divisor, decimals))
    };
    values.iter().map(text).collect()
}

/// Decimals that tell values this far apart: 0 for 5, 1 for 0.2, 2 for 0.25 or 0.05.
fn decimals(step: f64) -> usize {
    if !step.is_finite() || step <= 0.0 {
        return 0;
    }
    (0..9_u32)
        .find(|d| {
            let scaled = step * libm::pow(10.0, f64::from(*d));
            (scaled - scaled.round()).abs() < 1e-6 * scaled
        })
        .map_or(9, |d| d as usize)
}

/// The first days of months, quarters, half-years or years; single days where the domain is short.
fn dates(calendar: &Calendar, domain: (f64, f64), wanted: usize) -> Vec<(f64, String)> {
    let start = |days: f64| SimTime::from_ms((days * DAY_MS) as i64);
    let at = |number: i64| calendar.start_of_day(number).ms() as f64 / DAY_MS;
    let (first, last) =
        (calendar.day_number(start(domain.0)), calendar.day_number(start(domain.1)));
    let wanted = wanted.max(1) as i64;
    let span = last - first;
    let within = |day: &i64| at(*day) >= domain.0 && at(*day) <= domain.1;
    let date = |day: i64| calendar.date(calendar.start_of_day(day));
    if span < 28 * wanted.min(4) {
        let step = [1, 2, 7, 14, 28].into_iter().find(|s| span / s <= wanted).unwrap_or(28);
        return (first..=last)
            .filter(|day| (day - first) % step == 0)
            .filter(within)
            .map(|day| (at(day), date(day)[5..].to_owned()))
            .collect();
    }
    let months = (span / 30).max(1);
    let step = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|s| (months + s - 1) / s <= wanted);
    let step = step.unwrap_or(240);
    let month = |date: &str| -> Option<i64> {
        let (year, rest) = date.rsplit_once('-').and_then(|(ym, _)| ym.rsplit_once('-'))?;
        Some(year.parse::<i64>().ok()? * 12 + rest.parse::<i64>().ok()? - 1)
    };
    (first..=last.min(first + 60_000))
        .map(|day| (day, date(day)))
        .filter(|(day, date)| {
            date.ends_with("-01") && within(day) && month(date).is_some_and(|m| m % step == 0)
        })
        .map(|(day, date)| (at(day), date[..date.len() - 3].to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_land_where_they_belong() {
        let scale = Scale::linear((0.0, 10.0), (100.0, 200.0));
        assert_eq!(scale.at(5.0), 150.0);
        assert_eq!(scale.at(f64::INFINITY), 200.0);
        assert_eq!(scale.at(f64::NAN), 100.0);
        let scale = Scale::log((1.0, 100.0), (0.0, 200.0));
        assert!((scale.at(10.0) - 100.0).abs() < 1e-9);
    }

    #[test]
    fn a_log_scale_of_what_is_not_positive_is_linear() {
        assert!(!Scale::log((-1.0, 5.0), (0.0, 1.0)).is_log());
        assert!(!Scale::log((0.0, 5.0), (0.0, 1.0)).is_log());
        assert!(Scale::log((3.0, 3.0), (0.0, 1.0)).is_log());
    }

    #[test]
    fn a_single_value_gets_an_axis() {
        for value in [0.0, 7.0, -1e9, 1e-12] {
            let scale = Scale::linear((value, value), (0.0, 100.0));
            assert!(scale.at(value).is_finite());
            assert!(!scale.ticks(4).is_empty(), "{value}");
        }
    }

    #[test]
    fn ticks_are_written_alike_and_differ() {
        let text = |scale: Scale| -> Vec<String> {
            scale.ticks(5).into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(text(Scale::linear((0.0, 1.0), (0.0, 1.0)))[1], "0.2");
        assert_eq!(text(Scale::shares((0.0, 1.0), (0.0, 1.0)))[1], "20\u{a0}%");
        assert_eq!(text(Scale::linear((0.0, 5e6), (0.0, 1.0)))[..2], ["0", "1\u{a0}M"]);
        assert_eq!(text(Scale::linear((0.0, 1.1e6), (0.0, 1.0)))[1], "0.2\u{a0}M");
        assert_eq!(text(Scale::linear((0.0, 60_000.0), (0.0, 1.0)))[1], "10\u{a0}k");
        assert_eq!(text(Scale::linear((0.0, 6_000.0), (0.0, 1.0)))[1], "1,000");
        assert_eq!(text(Scale::linear((1_999_999.0, 2_000_003.0), (0.0, 1.0)))[0], "1,999,999");
        assert_eq!(text(Scale::log((0.05, 2e3), (0.0, 1.0))), ["0.1", "1", "10", "100", "1,000"]);
    }

    #[test]
    fn days_are_shown_as_dates() {
        let text = |domain| -> Vec<String> {
            let scale = Scale::days("2019-03-01 09:00", domain, (0.0, 1.0));
            scale.ticks(6).into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(text((0.0, 180.0)), ["2019-04", "2019-05", "2019-06", "2019-07", "2019-08"]);
        assert_eq!(text((0.0, 400.0)), ["2019-04", "2019-07", "2019-10", "2020-01", "2020-04"]);
        assert!(text((-3.0, 9.0)).len() >= 3);
        assert!(text((-4000.0, 3000.0)).len() >= 2);
    }
}
