//! How questions put dates, spans and figures.

use hotwash_engine::{Calendar, SimTime, group_digits};

use crate::debrief::Story;

/// The calendar of a story.
pub(super) struct Words {
    calendar: Option<Calendar>,
}

impl Words {
    pub(super) fn of(story: &Story) -> Words {
        Words { calendar: Calendar::new(&story.about.startex).ok() }
    }

    /// `Thu 2019-09-19`.
    pub(super) fn date(&self, ms: i64) -> String {
        let at = SimTime::from_ms(ms);
        match &self.calendar {
            Some(calendar) => format!("{} {}", calendar.weekday(at), calendar.date(at)),
            None => format!("day {}", ms.div_euclid(86_400_000)),
        }
    }

    /// `Thu 2019-09-19 14:30`.
    pub(super) fn date_time(&self, ms: i64) -> String {
        let at = SimTime::from_ms(ms);
        match &self.calendar {
            Some(calendar) => format!("{} {}", calendar.weekday(at), calendar.date_time(at)),
            None => self.date(ms),
        }
    }
}

/// `9 days`, `17 hours`, `40 minutes`.
pub(super) fn span(ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    let (count, unit) = match minutes {
        0..120 => (minutes, "minute"),
        120..2_880 => ((minutes + 30) / 60, "hour"),
        _ => ((minutes + 720) / 1_440, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// A figure with the digits a reader can use: thousands apart, few decimals where it is small.
pub(super) fn figure(value: f64) -> String {
    let decimals = match value.abs() {
        v if v >= 100.0 || v == v.round() => 0,
        v if v >= 1.0 => 1,
        _ => 2,
    };
    let text = format!("{:.decimals$}", value.abs());
    // Nothing is written as minus zero.
    let is_zero = text.chars().all(|c| c == '0' || c == '.');
    let sign = if value < 0.0 && !is_zero { "\u{2212}" } else { "" };
    format!("{sign}{}", group_digits(&text))
}

/// The same with its sign.
pub(super) fn signed(value: f64) -> String {
    if value > 0.0 { format!("+{}", figure(value)) } else { figure(value) }
}

/// A sentence's text without its full stop, to stand in another one.
pub(super) fn bare(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

/// Beginning with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_figures_read_well() {
        for (ms, text) in [
            (0, "0 minutes"),
            (60_000, "1 minute"),
            (7_200_000, "2 hours"),
            (90_000_000, "25 hours"),
            (777_600_000, "9 days"),
        ] {
            assert_eq!(span(ms), text);
        }
        for (value, text) in [
            (0.0, "0"),
            (-8.04, "\u{2212}8.0"),
            (8.0, "8"),
            (0.366, "0.37"),
            (-0.001, "0.00"),
            (-1_374_898.3, "\u{2212}1,374,898"),
        ] {
            assert_eq!(figure(value), text);
        }
        assert_eq!((signed(2.5), signed(-2.5)), ("+2.5".into(), "\u{2212}2.5".into()));
        assert_eq!((bare("Nothing. "), capital("es")), ("Nothing", "Es".into()));
    }
}
