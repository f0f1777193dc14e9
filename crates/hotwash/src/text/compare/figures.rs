//! Figures with no more digits than their intervals support.

use hotwash_lab::findings::{Compared, Paired};
use hotwash_lab::stats::{Estimate, LEAST_DIFFERING};

use crate::text::{BOLD, DIM, Paint, grouped, number};

/// Most decimals that are printed.
const MOST_DECIMALS: i32 = 6;

/// What a metric's figures are counted in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    divisor: f64,
    word: &'static str,
}

impl Scale {
    /// The scale for figures of this size at most.
    pub(super) fn of(most: f64) -> Self {
        let (divisor, word) = match most.abs() {
            m if m >= 1e9 => (1e9, "billion "),
            m if m >= 1e6 => (1e6, "million "),
            m if m >= 1e5 => (1e3, "thousand "),
            _ => (1.0, ""),
        };
        Scale { divisor, word }
    }

    /// The scale for all summaries of a metric.
    pub(super) fn of_metric(metric: &Compared) -> Self {
        let quantiles = metric.arms.iter().filter_map(|arm| arm.quantiles);
        let largest = quantiles.map(|q| q[0].value.abs().max(q[4].value.abs()));
        Scale::of(largest.fold(0.0, f64::max))
    }

    pub(super) fn unit(self, unit: &str) -> String {
        format!("{}{unit}", self.word)
    }

    /// A round amount.
    pub(super) fn amount(self, value: f64) -> String {
        let amount = value / self.divisor;
        if amount.abs() < 1000.0 { format!("{amount}") } else { number(amount) }
    }

    /// The figure, and its interval in brackets.
    pub(super) fn pair(self, figure: &Estimate) -> [String; 2] {
        self.texts(figure, false)
    }

    /// The same of a difference: every number has a sign.
    pub(super) fn difference(self, figure: &Estimate) -> [String; 2] {
        self.texts(figure, true)
    }

    fn texts(self, figure: &Estimate, is_signed: bool) -> [String; 2] {
        if figure.value.is_nan() {
            return ["-".to_owned(), String::new()];
        }
        let all = [figure.value, figure.low, figure.high].map(|v| v / self.divisor);
        let half = (all[2] - all[1]) / 2.0;
        if !half.is_finite() {
            return [number(all[0]), "[unknown]".to_owned()];
        }
        let mut decimals = if half > 0.0 { decimals(half) } else { plain_decimals(all[0]) };
        // An interval that lies on one side of zero has to look so.
        let hides_zero = |decimals: i32| {
            all[1..]
                .iter()
                .any(|end| !rounded(*end, decimals).contains(|c| ('1'..='9').contains(&c)))
        };
        while is_signed && figure.is_clear() && hides_zero(decimals) && decimals < MOST_DECIMALS {
            decimals += 1;
        }
        // Nor does a figure of something that is there look like nothing beside a wide interval.
        let is_there = !is_signed && all[0] != 0.0 && (all[1] >= 0.0 || all[2] <= 0.0);
        let is_hidden =
            |decimals| !rounded(all[0], decimals).contains(|c| ('1'..='9').contains(&c));
        while is_there && is_hidden(decimals) && decimals < MOST_DECIMALS {
            decimals += 1;
        }
        // Zeros that all three would end in tell nothing.
        while decimals > 0
            && all.iter().filter(|v| **v != 0.0).all(|v| rounded(*v, decimals).ends_with('0'))
        {
            decimals -= 1;
        }
        let [value, low, high] = all.map(|v| {
            let text = rounded(v, decimals);
            let is_above =
                is_signed && !text.starts_with('-') && text.contains(|c| ('1'..='9').contains(&c));
            if is_above { format!("+{text}") } else { text }
        });
        [value, format!("[{low}, {high}]")]
    }
}

/// Decimals that half a width supports: its first digit, or two if it begins with less than 3.55
/// (the rule of the Particle Data Group). Negative before the point.
fn decimals(half: f64) -> i32 {
    let text = format!("{half:e}");
    let (leading, power) = text.split_once('e').unwrap_or(("0", "0"));
    let is_small = leading.parse().is_ok_and(|leading: f64| leading < 3.55);
    (i32::from(is_small) - power.parse().unwrap_or(0)).min(MOST_DECIMALS)
}

fn plain_decimals(value: f64) -> i32 {
    match value.abs() {
        v if v == v.round() || v >= 1000.0 => 0,
        v if v >= 1.0 => 2,
        _ => 4,
    }
}

/// A number with so many decimals. An exact zero is `0`, whatever stands beside it; what is only rounded
/// to zero keeps its decimals.
fn rounded(value: f64, decimals: i32) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = if decimals >= 0 {
        grouped(value, decimals as usize)
    } else {
        let step = (0..-decimals).fold(1.0, |step, _| step * 10.0);
        grouped((value / step).round() * step, 0)
    };
    // What rounds to zero has no sign.
    let is_zero = !text.contains(|c| ('1'..='9').contains(&c));
    if is_zero { text.trim_start_matches('-').to_owned() } else { text }
}

/// A share in whole percent; what is not quite nothing or everything is said to be so.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p.is_nan() => "-".to_owned(),
        p if p > 0.0 && p < 0.5 => "<1 %".to_owned(),
        p if (99.5..100.0).contains(&p) => ">99 %".to_owned(),
        p => format!("{p:.0} %"),
    }
}

/// A share in percent with its interval.
pub(super) fn percent_interval(share: &Estimate) -> String {
    if share.value.is_nan() {
        return "-".to_owned();
    }
    let [value, low, high] = [share.value, share.low, share.high].map(|v| v * 100.0);
    let decimals = i32::from(high - low < 1.0);
    // No world and all worlds are exact figures, and what only rounds to them is not.
    let text = |v: f64| if v == 100.0 { "100".to_owned() } else { rounded(v, decimals) };
    let value =
        match (value, text(value)) {
            (v, zero) if v > 0.0 && !zero.contains(|c| ('1'..='9').contains(&c)) => {
                if decimals == 0 { "<1".to_owned() } else { "<0.1".to_owned() }
            }
            (v, all) if v < 100.0 && all.starts_with("100") => {
                if decimals == 0 {
                    ">99".to_owned()
                } else {
                    ">99.9".to_owned()
                }
            }
            (_, text) => text,
        };
    let [low, high] = [low, high].map(text);
    format!("{value} % [{low}, {high}]")
}

/// What can be said of a mean difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Better,
    Worse,
    Lower,
    Higher,
    /// The interval has zero in it.
    Unclear,
    /// Equal in every world.
    Same,
    /// Equal in all but very few worlds.
    TooFew,
    /// Hardly a world has both values.
    NoValue,
}

impl Verdict {
    pub(super) fn of(pair: &Paired, better: &str) -> Self {
        if pair.count < 2 {
            return Verdict::NoValue;
        }
        let differ = (1.0 - pair.better[1].value) * pair.count as f64;
        if differ < 0.5 {
            return Verdict::Same;
        }
        if differ < LEAST_DIFFERING as f64 - 0.5 {
            return Verdict::TooFew;
        }
        let is_lower = pair.difference.value < 0.0;
        match (pair.is_clear, better) {
            (false, _) => Verdict::Unclear,
            (true, "neither") => [Verdict::Higher, Verdict::Lower][usize::from(is_lower)],
            (true, "lower") => [Verdict::Worse, Verdict::Better][usize::from(is_lower)],
            (true, _) => [Verdict::Better, Verdict::Worse][usize::from(is_lower)],
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Verdict::Better => "better",
            Verdict::Worse => "worse",
            Verdict::Lower => "lower",
            Verdict::Higher => "higher",
            Verdict::Unclear => "unclear",
            Verdict::Same => "same",
            Verdict::TooFew => "too few",
            Verdict::NoValue => "no value",
        }
    }

    pub(super) fn paint(self) -> Paint {
        match self {
            Verdict::Better | Verdict::Worse | Verdict::Lower | Verdict::Higher => BOLD,
            _ => DIM,
        }
    }

    /// The share of worlds that goes with it.
    pub(super) fn share(self, pair: &Paired) -> Option<f64> {
        match self {
            Verdict::Better | Verdict::Lower => Some(pair.better[0].value),
            Verdict::Worse | Verdict::Higher => Some(pair.better[2].value),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use hotwash_lab::stats::is_told_apart;

    use super::*;

    fn text(value: f64, half: f64) -> String {
        let figure = Estimate { value, low: value - half, high: value + half };
        Scale::of(0.0).pair(&figure).join(" ")
    }

    #[test]
    fn figures_have_the_digits_that_their_intervals_support() {
        assert_eq!(text(-362.4, 9.2), "-362 [-372, -353]");
        assert_eq!(text(-362.44, 1.2), "-362.4 [-363.6, -361.2]");
        assert_eq!(text(67_314.0, 421.0), "67,300 [66,900, 67,700]");
        assert_eq!(text(0.0123, 0.0005), "0.0123 [0.0118, 0.0128]");
        assert_eq!(text(-0.2, 6.0), "0 [-6, 6]");
        assert_eq!(text(5.0, 0.0), "5 [5, 5]");
        assert_eq!(text(1.0, 1.0), "1 [0, 2]");
        assert_eq!(text(5.0, f64::INFINITY), "5 [unknown]");
        assert_eq!(text(f64::NAN, 1.0), "- ");
        let money = Estimate { value: 2_389_175.0, low: 2_300_000.0, high: 2_450_000.0 };
        assert_eq!(Scale::of(6.2e6).pair(&money).join(" "), "2.39 [2.30, 2.45]");
        assert_eq!(Scale::of(6.2e6).difference(&money).join(" "), "+2.39 [+2.30, +2.45]");
        // Clear, if barely so.
        let barely = Estimate { value: 1.34, low: 0.004, high: 2.676 };
        assert_eq!(Scale::of(0.0).difference(&barely).join(" "), "+1.340 [+0.004, +2.676]");
    }

    #[test]
    fn nearly_nothing_is_not_nothing() {
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.001), "<1 %");
        assert_eq!(percent(0.996), ">99 %");
        assert_eq!(percent(1.0), "100 %");
        let share = Estimate { value: 0.0, low: 0.0, high: 0.0019 };
        assert_eq!(percent_interval(&share), "0 % [0, 0.2]");
        let share = Estimate { value: 1.0, low: 0.963, high: 1.0 };
        assert_eq!(percent_interval(&share), "100 % [96, 100]");
        let share = Estimate { value: 1.0, low: 0.9963, high: 1.0 };
        assert_eq!(percent_interval(&share), "100 % [99.6, 100]");
        let share = Estimate { value: 0.004, low: 0.001, high: 0.02 };
        assert_eq!(percent_interval(&share), "<1 % [0, 2]");
        let share = Estimate { value: 0.996, low: 0.98, high: 0.999 };
        assert_eq!(percent_interval(&share), ">99 % [98, 100]");
        let mean = Estimate { value: 0.0, low: 0.0, high: 0.003 };
        assert_eq!(Scale::of(0.0).pair(&mean).join(" "), "0 [0, 0.003]");
        // Something looks like something, also where it is hardly known.
        let tail = Estimate { value: 20.4, low: 0.4, high: 400.0 };
        assert_eq!(Scale::of(0.0).pair(&tail).join(" "), "20 [0, 400]");
    }

    fn pair(difference: f64, half: f64, equal: f64, count: u64) -> Paired {
        let around =
            Estimate { value: difference, low: difference - half, high: difference + half };
        Paired {
            a: 1,
            b: 0,
            count,
            difference: around,
            is_clear: is_told_apart(&around, ((1.0 - equal) * count as f64).round() as u64),
            median_difference: None,
            better: [1.0 - equal, equal, 0.0].map(Estimate::exact),
            variance_removed: None,
            share_difference: Estimate::exact(0.0),
        }
    }

    #[test]
    fn a_verdict_follows_the_interval_and_the_direction() {
        use Verdict as Is;
        for (pair, better, verdict) in [
            (pair(-3.0, 1.0, 0.0, 100), "lower", Is::Better),
            (pair(-3.0, 1.0, 0.0, 100), "higher", Is::Worse),
            (pair(3.0, 1.0, 0.0, 100), "neither", Is::Higher),
            (pair(3.0, 4.0, 0.0, 100), "lower", Is::Unclear),
            (pair(0.0, 0.0, 1.0, 100), "lower", Is::Same),
            (pair(3.0, 1.0, 0.95, 100), "lower", Is::TooFew),
            (pair(3.0, 1.0, 0.0, 10), "lower", Is::TooFew),
            (pair(3.0, 1.0, 0.0, 1), "lower", Is::NoValue),
        ] {
            assert_eq!(Is::of(&pair, better), verdict);
        }
    }
}
