//! Differences as figures: as many digits as their interval bears, and a word for which way they go.

use hotwash_engine::group_digits;
use hotwash_lab::findings::Measure;
use hotwash_lab::stats::Estimate;

use crate::text::number;

/// A difference with half its 95 % interval, both to two digits of the latter: `-1,230 ±210`.
pub(crate) fn plus_minus(estimate: Estimate) -> String {
    let half = estimate.half_width();
    let value = estimate.value;
    if !half.is_finite() {
        return format!("{} ±?", signed(value, &number(value.abs())));
    }
    // What all worlds agree on has no width but that of rounding.
    if half <= value.abs() * 1e-9 {
        return format!("{} ±0", signed(value, &number(value.abs())));
    }
    let place = place_of(half);
    format!("{} ±{}", signed(value, &grouped(value.abs(), place)), grouped(half, place))
}

/// A difference too slight to matter, to two digits of its own: `-0.00043 ±0.00005`.
fn slight(estimate: Estimate) -> String {
    let (value, half) = (estimate.value, estimate.half_width());
    let place = place_of(value.abs());
    format!("{} ±{}", signed(value, &grouped(value.abs(), place)), grouped(half, place))
}

/// Part of a metric's standard deviation below which a mean difference is nothing in practice.
const SLIGHT: f64 = 0.001;

/// Whether a difference that is clear of zero is nothing in practice.
pub(super) fn is_slight(estimate: Estimate, spread: f64) -> bool {
    estimate.value.abs() < SLIGHT * spread
}

/// A difference with a word for which way it goes where it is clear, and `hardly` where it is clear
/// but nothing in practice; `spread` is the metric's standard deviation.
pub(super) fn figure(estimate: Estimate, is_clear: bool, measure: &Measure, spread: f64) -> String {
    match (is_clear, is_slight(estimate, spread)) {
        (false, _) => plus_minus(estimate),
        (true, true) => format!("{} hardly", slight(estimate)),
        (true, false) => {
            format!("{} {}", plus_minus(estimate), direction(measure, estimate.value))
        }
    }
}

/// The place of a number's second digit: 1 for tens, -2 for hundredths.
fn place_of(value: f64) -> i32 {
    let text = format!("{value:.1e}");
    let exponent = text.split_once('e').and_then(|(_, exponent)| exponent.parse().ok());
    exponent.unwrap_or(0) - 1
}

fn signed(value: f64, text: &str) -> String {
    let is_zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
    match value {
        _ if is_zero => "0".to_owned(),
        v if v < 0.0 => format!("-{text}"),
        _ => format!("+{text}"),
    }
}

/// A number that is not negative, rounded at a place, its thousands grouped.
fn grouped(value: f64, place: i32) -> String {
    let unit = (0..place).fold(1.0, |unit, _| unit * 10.0);
    let decimals = usize::try_from(-place).unwrap_or(0);
    let text = format!("{:.decimals$}", (value / unit).round() * unit);
    let text = if decimals > 0 { format!("{value:.decimals$}") } else { text };
    group_digits(&text)
}

/// Which way a difference goes, in a word.
pub(crate) fn direction(measure: &Measure, difference: f64) -> &'static str {
    match (measure.better, difference < 0.0) {
        ("lower", true) | ("higher", false) => "better",
        ("lower", false) | ("higher", true) => "worse",
        (_, true) => "lower",
        (_, false) => "higher",
    }
}

/// A share as a percentage; never all or nothing where it is not.
pub(crate) fn percent(share: f64) -> String {
    match share {
        s if s > 0.0 && s < 0.005 => "<1 %".to_owned(),
        s if (0.995..1.0).contains(&s) => ">99 %".to_owned(),
        s => format!("{:.0} %", s * 100.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: f64, half: f64) -> String {
        plus_minus(Estimate { value, low: value - half, high: value + half })
    }

    #[test]
    fn figures_have_the_digits_that_their_interval_bears() {
        assert_eq!(of(-1234.5, 210.4), "-1,230 ±210");
        assert_eq!(of(1_234_567.8, 98_765.4), "+1,235,000 ±99,000");
        assert_eq!(of(0.123_456, 0.0123), "+0.123 ±0.012");
        assert_eq!(of(-3.0, 12.0), "-3 ±12");
        assert_eq!(of(12.34, 1.23), "+12.3 ±1.2");
        assert_eq!(of(-6.02, 9.96), "-6 ±10");
        assert_eq!(of(-0.000_012_3, 0.000_004_56), "-0.0000123 ±0.0000046");
        assert_eq!(of(0.001, 45.0), "0 ±45");
    }

    #[test]
    fn what_is_exact_or_unknown_says_so() {
        assert_eq!(of(5.0, 0.0), "+5 ±0");
        assert_eq!(of(-12_345.0, 0.0), "-12,345 ±0");
        assert_eq!(of(0.0, 0.0), "0 ±0");
        let unknown = Estimate { value: 42.0, low: f64::NEG_INFINITY, high: f64::INFINITY };
        assert_eq!(plus_minus(unknown), "+42 ±?");
    }

    #[test]
    fn what_is_clear_but_slight_is_hardly_anything() {
        let measure = Measure {
            name: "trust".to_owned(),
            unit: String::new(),
            better: "higher",
            bearer: "vendor".to_owned(),
            about: "a test".to_owned(),
        };
        let of = |value: f64, half: f64, is_clear| {
            let estimate = Estimate { value, low: value - half, high: value + half };
            figure(estimate, is_clear, &measure, 5.0)
        };
        assert_eq!(of(-0.000_426, 0.000_052, true), "-0.00043 ±0.00005 hardly");
        assert_eq!(of(-0.000_426, 0.000_052, false), "-0.000426 ±0.000052");
        assert_eq!(of(-0.006, 0.001, true), "-0.0060 ±0.0010 worse");
    }

    #[test]
    fn percentages_do_not_round_to_certainty() {
        for (share, text) in
            [(0.001, "<1 %"), (0.0, "0 %"), (0.999, ">99 %"), (1.0, "100 %"), (0.425, "42 %")]
        {
            assert_eq!(percent(share), text);
        }
    }
}
