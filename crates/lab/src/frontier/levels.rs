//! The values of a lever that a search tries.

use hotwash_engine::{LeverKind, SimDuration};

/// Steps of the grid over a range that is too wide to try every value.
const STEPS: usize = 6;
/// A range of whole numbers with at most this many values is tried whole.
const WHOLE: i64 = 8;

const MINUTE_MS: f64 = 60_000.0;
const HOUR_MS: f64 = 60.0 * MINUTE_MS;
const DAY_MS: f64 = 24.0 * HOUR_MS;

/// Where a value stands among a lever's values; nothing when it cannot be read.
pub(super) fn place(kind: &LeverKind, text: &str) -> Option<f64> {
    match kind {
        LeverKind::Flag => text.parse::<bool>().ok().map(|flag| if flag { 1.0 } else { 0.0 }),
        LeverKind::Count { .. } => text.parse::<i64>().ok().map(|n| n as f64),
        LeverKind::Number { .. } => text.parse().ok(),
        LeverKind::Span { .. } => text.parse::<SimDuration>().ok().map(|d| d.ms() as f64),
        LeverKind::Choice(words) => words.iter().position(|w| *w == text).map(|i| i as f64),
    }
}

/// The values to try, in rising order: all where they are few, else a small grid over the range, with
/// the values `known` to be somebody's choice in any case.
pub(super) fn levels(kind: &LeverKind, known: &[String]) -> Vec<String> {
    let mut levels: Vec<(f64, String)> = Vec::new();
    for text in known.iter().cloned().chain(grid(kind)) {
        // What somebody wrote stands before the grid's spelling of the same value.
        if let Some(at) = place(kind, &text)
            && levels.iter().all(|(other, _)| *other != at)
        {
            levels.push((at, text));
        }
    }
    levels.sort_by(|a, b| a.0.total_cmp(&b.0));
    levels.into_iter().map(|(_, text)| text).collect()
}

fn grid(kind: &LeverKind) -> Vec<String> {
    match kind {
        LeverKind::Flag => vec!["false".to_owned(), "true".to_owned()],
        LeverKind::Choice(words) => words.iter().map(|w| (*w).to_owned()).collect(),
        LeverKind::Count { min, max } if max - min < WHOLE => {
            (*min..=*max).map(|n| n.to_string()).collect()
        }
        LeverKind::Count { min, max } => {
            let values = spaced(*min as f64, *max as f64).into_iter();
            values.map(|v| (v.round() as i64).clamp(*min, *max).to_string()).collect()
        }
        LeverKind::Number { min, max } => {
            let values = spaced(*min, *max).into_iter();
            values.map(|v| short(v).clamp(*min, *max).to_string()).collect()
        }
        LeverKind::Span { min, max } => {
            let values = spaced(min.ms() as f64, max.ms() as f64).into_iter();
            values.map(|v| span(v, (min.ms(), max.ms()))).collect()
        }
    }
}

/// Evenly spaced from `min` to `max`; by their logarithm where they span more than two decades.
fn spaced(min: f64, max: f64) -> Vec<f64> {
    let share = |i: usize| i as f64 / (STEPS - 1) as f64;
    if min > 0.0 && max / min > 100.0 {
        let ratio = libm::log(max / min);
        (0..STEPS).map(|i| min * libm::exp(ratio * share(i))).collect()
    } else {
        (0..STEPS).map(|i| min + (max - min) * share(i)).collect()
    }
}

/// With two significant digits.
fn short(value: f64) -> f64 {
    format!("{value:.1e}").parse().unwrap_or(value)
}

/// In whole days, hours or minutes, whichever is fine enough; the exact ends where these are reached.
fn span(ms: f64, (min, max): (i64, i64)) -> String {
    let units = [(DAY_MS, "d"), (HOUR_MS, "h"), (MINUTE_MS, "min")];
    let fits = |size: f64| ms >= 4.0 * size;
    for (size, name) in units.into_iter().filter(|(size, _)| fits(*size)) {
        let count = (ms / size).round();
        if (min as f64..=max as f64).contains(&(count * size)) {
            return format!("{count}{name}");
        }
    }
    format!("{}ms", (ms.round() as i64).clamp(min, max))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|t| (*t).to_owned()).collect()
    }

    #[test]
    fn few_values_are_all_tried() {
        assert_eq!(levels(&LeverKind::Flag, &texts(&["true"])), ["false", "true"]);
        let words = LeverKind::Choice(&["none", "peer"]);
        assert_eq!(levels(&words, &texts(&["peer"])), ["none", "peer"]);
        assert_eq!(levels(&LeverKind::Count { min: 0, max: 2 }, &[]), ["0", "1", "2"]);
    }

    #[test]
    fn wide_ranges_get_a_grid_with_what_is_known() {
        let known = texts(&["8", "50"]);
        let analysts = levels(&LeverKind::Count { min: 1, max: 50 }, &known);
        assert_eq!(analysts, ["1", "8", "11", "21", "30", "40", "50"]);
        let decades = levels(&LeverKind::Count { min: 1, max: 1000 }, &[]);
        assert_eq!(decades, ["1", "4", "16", "63", "251", "1000"]);
        let share = levels(&LeverKind::Number { min: 0.0, max: 1.0 }, &texts(&["0.25"]));
        assert_eq!(share, ["0", "0.2", "0.25", "0.4", "0.6", "0.8", "1"]);
    }

    #[test]
    fn spans_are_written_as_people_do_and_lie_within_bounds() {
        let (min, max) = (SimDuration::from_days(30), SimDuration::from_days(730));
        let kind = LeverKind::Span { min, max };
        let all = levels(&kind, &texts(&["365d"]));
        assert_eq!(all, ["30d", "170d", "310d", "365d", "450d", "590d", "730d"]);
        let odd =
            LeverKind::Span { min: SimDuration::from_ms(1), max: SimDuration::from_ms(99_999_999) };
        for text in levels(&odd, &[]) {
            let at = place(&odd, &text).unwrap();
            assert!((1.0..=99_999_999.0).contains(&at), "{text}");
        }
    }
}
