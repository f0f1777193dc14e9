//! Figures of a sweep with the digits that their uncertainty leaves.

use hotwash_lab::stats::Estimate;

use crate::text::outcomes::number;

/// Sizes from which a number is told in thousands, millions and so on.
const SCALES: [(f64, f64, &str); 3] = [(1e9, 1e9, "bn"), (1e6, 1e6, "M"), (1e5, 1e3, "k")];

fn scale(size: f64) -> (f64, &'static str) {
    let found = SCALES.iter().find(|(from, ..)| size >= *from);
    found.map_or((1.0, ""), |(_, by, sign)| (*by, sign))
}

/// The exponent of the power of ten at or below a positive number; by comparison, so that no
/// platform's logarithm is asked.
fn decade(value: f64) -> i32 {
    let mut exponent = 0;
    let mut power = 1.0;
    while power > value && exponent > -300 {
        power /= 10.0;
        exponent -= 1;
    }
    while power * 10.0 <= value && exponent < 300 {
        power *= 10.0;
        exponent += 1;
    }
    exponent
}

/// A number to three digits or so.
pub(super) fn brief(value: f64) -> String {
    let (by, sign) = scale(value.abs());
    if sign.is_empty() {
        return number(value);
    }
    let scaled = value / by;
    let decimals = (2 - decade(scaled.abs())).max(0) as usize;
    format!("{scaled:.decimals$}{sign}")
}

/// A signed figure with its interval, rounded to two digits of half the interval's width; to more where
/// an end would else look like zero and is not.
///
/// `largest` is the size of the largest figure it stands among: they are told in the same thousands or
/// millions, unless this one is much smaller.
pub(super) fn effect(estimate: &Estimate, largest: f64) -> String {
    let own = size(estimate);
    rounded(estimate, true, if own * 100.0 > largest { largest.max(own) } else { own })
}

/// The same without a plus sign, by itself.
pub(super) fn level(estimate: &Estimate) -> String {
    rounded(estimate, false, size(estimate))
}

/// How large a figure and the ends of its interval are.
pub(super) fn size(estimate: &Estimate) -> f64 {
    let ends = [estimate.low, estimate.high].into_iter().filter(|end| end.is_finite());
    ends.fold(estimate.value.abs(), |size, end| size.max(end.abs()))
}

fn rounded(estimate: &Estimate, signs: bool, largest: f64) -> String {
    let half = estimate.half_width();
    let plus = |value: f64| if signs && value > 0.0 { "+" } else { "" };
    if !half.is_finite() {
        return "not known".to_owned();
    }
    if half <= size(estimate) * 1e-9 {
        let value = estimate.value;
        return format!("{}{} in every world", plus(value), brief(value));
    }
    let (by, sign) = scale(largest);
    let nearest = estimate.low.abs().min(estimate.high.abs()) / by;
    let mut digits = decade(half / by) - 1;
    while estimate.is_clear() && nearest < power(digits) && digits > -6 {
        digits -= 1;
    }
    let one = |value: f64| {
        let text = grouped(value / by, digits);
        let is_zero = !text.chars().any(|c| c.is_ascii_digit() && c != '0');
        if is_zero { "0".to_owned() } else { format!("{}{text}{sign}", plus(value)) }
    };
    format!("{} [{}, {}]", one(estimate.value), one(estimate.low), one(estimate.high))
}

fn power(exponent: i32) -> f64 {
    let factor = if exponent < 0 { 0.1 } else { 10.0 };
    (0..exponent.abs()).fold(1.0, |power, _| power * factor)
}

/// A number rounded to a power of ten.
fn grouped(value: f64, exponent: i32) -> String {
    if exponent < 0 {
        let decimals = exponent.unsigned_abs() as usize;
        let text = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let sign = if value < 0.0 { "-" } else { "" };
        return format!("{sign}{}.{fraction}", number(whole.parse().unwrap_or(0.0)));
    }
    let unit = power(exponent);
    number((value / unit).round() * unit + 0.0)
}

/// A share as a percentage that is 100 or 0 only if it is that.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        p if (99.5..99.999_999).contains(&p) => "over 99 %".to_owned(),
        p if p > 0.000_001 && p < 0.5 => "under 1 %".to_owned(),
        p => format!("{p:.0} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_the_digits_that_are_known() {
        let estimate = |value, half: f64| Estimate { value, low: value - half, high: value + half };
        for (value, half, text) in [
            (-213.4, 51.0, "-213 [-264, -162]"),
            (-213.4, 11.0, "-213 [-224, -202]"),
            (0.123, 0.047, "+0.123 [+0.076, +0.170]"),
            (0.123, 0.2, "+0.12 [-0.08, +0.32]"),
            (-1_234_567.0, 64_000.0, "-1.235M [-1.299M, -1.171M]"),
            (250_000.0, 900.0, "+250.00k [+249.10k, +250.90k]"),
            (-12_345.0, 400.0, "-12,350 [-12,750, -11,950]"),
            (-1_234.56, 0.4, "-1,234.56 [-1,234.96, -1,234.16]"),
            (-40.3, 40.0, "-40.3 [-80.3, -0.3]"),
            (-40.0, 40.0, "-40 [-80, 0]"),
            (-400_400.0, 400_000.0, "-400.4k [-800.4k, -0.4k]"),
            (-0.01, 5.0, "0 [-5.0, +5.0]"),
            (9.0, 0.0, "+9 in every world"),
            (0.0, 0.0, "0 in every world"),
            (0.0, f64::INFINITY, "not known"),
        ] {
            assert_eq!(effect(&estimate(value, half), 0.0), text);
        }
        assert_eq!(effect(&estimate(-50_000.0, 130_000.0), 1e6), "-0.05M [-0.18M, +0.08M]");
        assert_eq!(level(&estimate(213.4, 51.0)), "213 [162, 264]");
    }

    #[test]
    fn large_numbers_are_brief() {
        for (value, text) in [
            (99_999.0, "99,999"),
            (123_456.0, "123k"),
            (-1_234_567.0, "-1.23M"),
            (45_600_000_000.0, "45.6bn"),
            (0.25, "0.250"),
        ] {
            assert_eq!(brief(value), text);
        }
    }

    #[test]
    fn whole_shares_are_whole() {
        let all = [0.0, 0.003, 0.5, 0.996, 1.0, -0.2].map(percent);
        assert_eq!(all, ["0 %", "under 1 %", "50 %", "over 99 %", "100 %", "-20 %"]);
    }
}
