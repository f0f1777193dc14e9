//! Numbers, intervals and lists as people write them.

use hotwash_engine::group_digits;
use hotwash_lab::findings::Measure;
use hotwash_lab::stats::Estimate;

/// A number with the digits a reader can use: thousands grouped, few decimals for small ones.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if value != 0.0 && size < 0.0005 {
        return format!("{value:.0e}").replace('-', "\u{2212}");
    }
    let decimals = match size {
        v if v >= 100.0 || v == v.round() => 0,
        v if v >= 1.0 => 1,
        _ => 3,
    };
    fixed(value, decimals)
}

/// A number with this many decimals, thousands grouped.
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        return "unknown".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "\u{221e}" } else { "\u{2212}\u{221e}" }.to_owned();
    }
    if value.abs() >= 1e15 {
        return format!("{value:.2e}").replace('-', "\u{2212}");
    }
    let text = format!("{:.decimals$}", value.abs());
    // Nothing is written as minus zero.
    let is_zero = text.chars().all(|c| c == '0' || c == '.');
    let sign = if value < 0.0 && !is_zero { "\u{2212}" } else { "" };
    format!("{sign}{}", group_digits(&text))
}

/// A number shortened for axes and labels: `1.2 M`, `35 k`. See [`SHORT`].
pub fn short(value: f64) -> String {
    let (divisor, suffix) = match value.abs() {
        v if !v.is_finite() => (1.0, ""),
        v if v >= 999_500_000.0 => (1e9, "\u{a0}bn"),
        v if v >= 999_500.0 => (1e6, "\u{a0}M"),
        v if v >= 10_000.0 => (1e3, "\u{a0}k"),
        _ => (1.0, ""),
    };
    if suffix.is_empty() {
        // Ticks of a logarithmic axis near zero must differ.
        let size = value.abs();
        let text = if size > 0.0 && size < 0.01 {
            let decimals = 1 - libm::floor(libm::log10(size)) as i32;
            fixed(value, usize::try_from(decimals).unwrap_or(0).min(9))
        } else {
            number(value)
        };
        let is_fraction = text.contains('.') && !text.contains('e');
        return if is_fraction {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        };
    }
    let scaled = value / divisor;
    let decimals = usize::from(scaled.abs() < 100.0 && (scaled * 10.0).round() % 10.0 != 0.0);
    format!("{}{suffix}", fixed(scaled, decimals))
}

/// What the endings of [`short`] mean.
pub const SHORT: &str = "k: thousand, M: million, bn: thousand million";

/// A count.
pub fn count(value: u64) -> String {
    fixed(value as f64, 0)
}

/// A count and its noun.
pub fn counted(value: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(value as u64), if value == 1 { one } else { many })
}

/// A figure rounded to what its interval tells apart - two digits of half its width - and the interval.
pub fn estimate(e: Estimate) -> String {
    if e.value.is_nan() {
        return "unknown".to_owned();
    }
    let (value, low, high) = rounded(e);
    format!("{value} [{low}, {high}]")
}

/// The same with a plus before what is positive: for differences and effects.
pub fn signed(e: Estimate) -> String {
    if e.value.is_nan() {
        return "unknown".to_owned();
    }
    let (value, low, high) = rounded(e);
    let sign = if e.value > 0.0 && value != "0" { "+" } else { "" };
    format!("{sign}{value} [{low}, {high}]")
}

fn rounded(e: Estimate) -> (String, String, String) {
    let half = e.half_width();
    if !half.is_finite() || half <= 0.0 {
        return (number(e.value), number(e.low), number(e.high));
    }
    let digit = libm::floor(libm::log10(half)) as i32 - 1;
    let at = |digit: i32| {
        let unit = libm::pow(10.0, f64::from(digit));
        let decimals = usize::try_from(-digit).unwrap_or(0).min(6);
        let text = |v: f64| (v / unit).round() * unit;
        let (low, high) = (text(e.low), text(e.high));
        let hides = e.is_clear() && (low == 0.0 || high == 0.0);
        (hides, (fixed(text(e.value), decimals), fixed(low, decimals), fixed(high, decimals)))
    };
    // An interval that does not hold zero is not written as if it did: it gets more digits.
    let tries = (0..4).map(|more| at(digit - more));
    let found = tries.clone().find(|(hides, _)| !hides);
    found.map_or_else(|| at(digit).1, |(_, texts)| texts)
}

/// A share as a percentage.
pub fn percent(share: f64) -> String {
    let value = share * 100.0;
    let decimals = usize::from(value.abs() < 9.95 && value != value.round());
    if value > 0.0 && value < 0.05 {
        return "<0.1\u{a0}%".to_owned();
    }
    // Nearly all is not all.
    if value > 99.5 && value < 100.0 {
        return format!("{}\u{a0}%", fixed(libm::floor(value * 10.0) / 10.0, 1));
    }
    format!("{}\u{a0}%", fixed(value, decimals))
}

/// A share with its interval.
pub fn percent_estimate(e: Estimate) -> String {
    if e.value.is_nan() {
        return "unknown".to_owned();
    }
    let bare = |v: f64| percent(v).replace("\u{a0}%", "");
    format!("{} [{}, {}]", percent(e.value), bare(e.low), bare(e.high))
}

/// An estimated share of a variance with its interval. Sampling error may take it out of 0 to 100 %,
/// where it cannot be: it is held there.
pub fn variance_share(e: Estimate) -> String {
    percent_estimate(held(e))
}

/// An estimated share held to 0 to 1.
pub fn held(e: Estimate) -> Estimate {
    let hold = |v: f64| if v.is_nan() { v } else { v.clamp(0.0, 1.0) };
    Estimate { value: hold(e.value), low: hold(e.low), high: hold(e.high) }
}

/// A difference of shares with its interval, in points.
pub fn percent_signed(e: Estimate) -> String {
    let points = |v: f64| v * 100.0;
    let e = Estimate { value: points(e.value), low: points(e.low), high: points(e.high) };
    format!("{} points", signed(e))
}

/// A figure with its unit; shares and probabilities as they are.
pub fn with_unit(figure: &str, unit: &str) -> String {
    if unit.is_empty() { figure.to_owned() } else { format!("{figure} {unit}") }
}

/// `victims, customers`: a measure's name and unit, for axes.
pub fn axis(measure: &Measure) -> String {
    format!("{}, {}", measure.name, unit(measure))
}

/// A metric's name, without what it is about, as people say it: `cost to the vendor`, `documents taken`.
pub fn metric(name: &str) -> String {
    match name {
        "cost-vendor" => "cost to the vendor".to_owned(),
        "cost-victims" => "cost to victims".to_owned(),
        "trust-final" => "trust at the end".to_owned(),
        // The unit stands beside the figure.
        _ => name.trim_end_matches("-tb").replace('-', " "),
    }
}

/// A metric's name as a title: `Time to discover (leak)` for `time-to-discover/leak`.
pub fn titled(name: &str) -> String {
    let (name, about) = name.split_once('/').unwrap_or((name, ""));
    let plain = sentence(&metric(name));
    let plain = plain.trim_end_matches('.');
    if about.is_empty() {
        plain.to_owned()
    } else {
        format!("{plain} ({})", about.replace('-', " "))
    }
}

/// A measure's unit, or that it has none.
pub fn unit(measure: &Measure) -> &str {
    if measure.unit.is_empty() { "no unit" } else { &measure.unit }
}

/// Which way a difference goes, in a word: the one that the text output uses.
pub fn way(measure: &Measure, difference: f64) -> &'static str {
    match (measure.better, difference < 0.0) {
        ("lower", true) | ("higher", false) => "better",
        ("lower", false) | ("higher", true) => "worse",
        (_, true) => "lower",
        (_, false) => "higher",
    }
}

/// `N = 77 of 100 worlds`: over how many a figure is.
pub fn worlds(some: u64, all: u64) -> String {
    if some == all {
        format!("N = {} worlds", count(all))
    } else {
        format!("N = {} of {} worlds", count(some), count(all))
    }
}

/// Which way is better, in words.
pub fn direction(measure: &Measure) -> &'static str {
    match measure.better {
        "lower" => "lower is better",
        "higher" => "higher is better",
        _ => "neither way is better",
    }
}

/// `a`, `a and b`, `a, b and c`; with more than `most`, the rest is counted.
pub fn list(items: &[String], most: usize) -> String {
    let rest = items.len().saturating_sub(most);
    if rest > 0 {
        let shown = items[..most].join(", ");
        return format!("{shown} and {rest} more");
    }
    match items {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A sentence begins with a capital and ends with a full stop.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let end = if text.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn e(value: f64, low: f64, high: f64) -> Estimate {
        Estimate { value, low, high }
    }

    #[test]
    fn numbers_have_few_digits() {
        for (value, text) in [
            (1_234_567.8, "1,234,568"),
            (12.34, "12.3"),
            (0.1234, "0.123"),
            (-4200.0, "\u{2212}4,200"),
            (3.0, "3"),
            (-0.0, "0"),
            (f64::NAN, "unknown"),
            (f64::INFINITY, "\u{221e}"),
            (0.00002, "2e\u{2212}5"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn intervals_say_how_many_digits_are_known() {
        assert_eq!(estimate(e(825_123.0, 812_778.0, 837_468.0)), "825,000 [813,000, 837,000]");
        assert_eq!(signed(e(1.2345, 1.1, 1.369)), "+1.23 [1.10, 1.37]");
        assert_eq!(signed(e(-0.01, -0.5, 0.5)), "\u{2212}0.01 [\u{2212}0.50, 0.50]");
        assert_eq!(estimate(e(3.0, 3.0, 3.0)), "3 [3, 3]");
        // Clear of zero by less than the digits shown.
        assert_eq!(estimate(e(50.2, 0.3, 100.1)), "50.2 [0.3, 100.1]");
        assert_eq!(estimate(e(50.2, -0.3, 100.7)), "50 [0, 101]");
        assert_eq!(
            estimate(e(1.0, f64::NEG_INFINITY, f64::INFINITY)),
            "1 [\u{2212}\u{221e}, \u{221e}]"
        );
        assert_eq!(signed(e(0.0004, -10.0, 10.0)), "0 [\u{2212}10, 10]");
    }

    #[test]
    fn shares_are_percentages() {
        for (share, text) in [
            (0.0, "0"),
            (1.0, "100"),
            (0.123, "12"),
            (0.0004, "<0.1"),
            (0.043, "4.3"),
            (0.9999, "99.9"),
        ] {
            assert_eq!(percent(share), format!("{text}\u{a0}%"));
        }
    }

    #[test]
    fn amounts_are_shortened() {
        for (value, text) in [
            (1_260_000.0, "1.3\u{a0}M"),
            (2_000_000.0, "2\u{a0}M"),
            (35_000.0, "35\u{a0}k"),
            (1_000_000_000.0, "1\u{a0}bn"),
            (-35_000.0, "\u{2212}35\u{a0}k"),
            (950.0, "950"),
            (1.96, "2"),
            (0.25, "0.25"),
            (0.0005, "0.0005"),
            (0.001, "0.001"),
        ] {
            assert_eq!(short(value), text);
        }
    }

    #[test]
    fn names_of_metrics_read_as_titles() {
        assert_eq!(titled("time-to-discover/leak"), "Time to discover (leak)");
        assert_eq!(titled("victims"), "Victims");
        assert_eq!(titled("cost-vendor/leak"), "Cost to the vendor (leak)");
        assert_eq!(titled("documents-taken-tb"), "Documents taken");
    }

    #[test]
    fn lists_read_as_lists() {
        let items: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(list(&items, 5), "a, b and c");
        assert_eq!(list(&items, 1), "a and 2 more");
        assert_eq!(list(&[], 3), "none");
    }
}
