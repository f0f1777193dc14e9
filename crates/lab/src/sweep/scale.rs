//! Values of levers: checked, compared, and laid out on an axis between two ends.

use hotwash_engine::{LeverInfo, LeverKind, SimDuration};

use super::factor::span_text;
use crate::error::LabError;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Parts of a range that a number on it is rounded to, at least.
const FINENESS: f64 = 1e4;

/// Whether a text is a legal value of a lever.
pub(super) fn check(lever: &LeverInfo, text: &str) -> Result<(), LabError> {
    let range = || format!("{} takes {}", lever.name, lever.kind.range());
    lever
        .kind
        .check(text)
        .map_err(|what| LabError::usage(format!("{}: {what}", lever.name)).hint(range()))
}

/// Legal values such that equal ones have equal texts.
pub(super) fn canonical(kind: &LeverKind, texts: &[String]) -> Vec<String> {
    let value = |text: &String| match kind {
        LeverKind::Count { .. } => text.parse::<i64>().map(|v| v.to_string()).ok(),
        // Minus nothing is nothing.
        LeverKind::Number { .. } => text.parse::<f64>().map(|v| (v + 0.0).to_string()).ok(),
        LeverKind::Span { .. } => text.parse::<SimDuration>().map(|v| v.ms().to_string()).ok(),
        LeverKind::Flag | LeverKind::Choice(_) => None,
    };
    texts.iter().map(|text| value(text).unwrap_or_else(|| text.clone())).collect()
}

/// On what an axis's values lie.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Grain {
    Whole,
    /// Multiples of this power of ten, given by its exponent.
    Decimal(i32),
    /// Milliseconds, rounded to what a reader of durations wants.
    Time,
}

/// The values of a lever between two ends, both included.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    name: String,
    ends: [String; 2],
    /// The ends as numbers; milliseconds for lengths of time.
    low: f64,
    high: f64,
    grain: Grain,
}

impl Axis {
    /// The axis between two values of a lever.
    pub(super) fn of(lever: &LeverInfo, low: &str, high: &str) -> Result<Axis, LabError> {
        let grain = match lever.kind {
            LeverKind::Flag | LeverKind::Choice(_) => {
                let message = format!("{} has no range: its values are words", lever.name);
                return Err(LabError::usage(message)
                    .hint(format!("list levels out of {}", lever.kind.range())));
            }
            LeverKind::Count { .. } => Grain::Whole,
            LeverKind::Span { .. } => Grain::Time,
            LeverKind::Number { .. } => Grain::Decimal(0),
        };
        check(lever, low)?;
        check(lever, high)?;
        let (from, to) = (number(grain, low), number(grain, high));
        if from >= to {
            let message = format!("{}: {low}..{high} does not rise", lever.name);
            let hint = if from > to { format!("write {high}..{low}") } else { "widen it".into() };
            return Err(LabError::usage(message).hint(hint));
        }
        let grain = match grain {
            Grain::Decimal(_) => {
                Grain::Decimal(libm::floor(libm::log10((to - from) / FINENESS)) as i32)
            }
            other => other,
        };
        let ends = [low.to_owned(), high.to_owned()];
        Ok(Axis { name: lever.name.clone(), ends, low: from, high: to, grain })
    }

    /// The ends as written.
    pub(super) fn ends(&self) -> &[String; 2] {
        &self.ends
    }

    /// Values at equal distances, both ends among them.
    pub(super) fn steps(&self, steps: usize) -> Result<Vec<String>, LabError> {
        let apart = (self.high - self.low) / (steps - 1) as f64;
        if self.grain == Grain::Whole && apart != apart.floor() {
            return Err(self.uneven(steps));
        }
        let last = steps - 1;
        let texts: Vec<String> = (0..steps)
            .map(|i| match i {
                0 => self.ends[0].clone(),
                i if i == last => self.ends[1].clone(),
                i => self.text(self.round(self.low + apart * i as f64)),
            })
            .collect();
        if texts.windows(2).any(|w| number(self.grain, &w[0]) >= number(self.grain, &w[1])) {
            let message = format!("{}: {steps} steps are too fine", self.name);
            return Err(LabError::usage(message).hint("give fewer steps"));
        }
        Ok(texts)
    }

    fn uneven(&self, steps: usize) -> LabError {
        let [low, high] = &self.ends;
        let message = format!("{}: {steps} steps from {low} to {high} are not whole", self.name);
        let width = (self.high - self.low) as u64;
        let fits = |steps: &usize| *steps >= 2 && width.is_multiple_of(*steps as u64 - 1);
        let near = (0..steps).flat_map(|d| [steps - d, steps + d]).find(fits);
        let hint = near.map_or_else(String::new, |n| format!("{low}..{high}/{n}, or "));
        LabError::usage(message).hint(format!("write {hint}list the levels"))
    }

    /// The value at a coordinate from 0 to 1, and where it lies from -1 to 1.
    pub(super) fn at(&self, coordinate: f64) -> (String, f64) {
        let value = match self.grain {
            // Each whole number has an equal share.
            Grain::Whole => self.low + (coordinate * (self.high - self.low + 1.0)).floor(),
            _ => self.round(self.low + coordinate * (self.high - self.low)),
        };
        let value = value.clamp(self.low, self.high);
        (self.text(value), (2.0 * value - self.low - self.high) / (self.high - self.low))
    }

    fn round(&self, value: f64) -> f64 {
        let near = match self.grain {
            Grain::Whole => value.round(),
            Grain::Decimal(exponent) => {
                let unit = libm::pow(10.0, f64::from(exponent.abs()));
                if exponent < 0 {
                    (value * unit).round() / unit
                } else {
                    (value / unit).round() * unit
                }
            }
            Grain::Time => {
                let size = value.abs() as i64;
                let unit = match size {
                    _ if size >= DAY => HOUR,
                    _ if size >= HOUR => MINUTE,
                    _ if size >= MINUTE => 1_000,
                    _ => 1,
                } as f64;
                (value / unit).round() * unit
            }
        };
        near.clamp(self.low, self.high)
    }

    fn text(&self, value: f64) -> String {
        match self.grain {
            Grain::Time => span_text(SimDuration::from_ms(value as i64)),
            _ => format!("{value}"),
        }
    }
}

/// A value that has been checked, as a number.
fn number(grain: Grain, text: &str) -> f64 {
    match grain {
        Grain::Time => text.parse().map_or(f64::NAN, |span: SimDuration| span.ms() as f64),
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lever(kind: LeverKind) -> LeverInfo {
        let text = String::new;
        LeverInfo { name: "a.b".into(), kind, default: text(), value: text(), unit: "", about: "" }
    }

    fn span() -> LeverInfo {
        let days = SimDuration::from_days;
        lever(LeverKind::Span { min: days(0), max: days(400) })
    }

    fn count() -> LeverInfo {
        lever(LeverKind::Count { min: 0, max: 100 })
    }

    #[test]
    fn steps_have_both_ends() {
        let axis = Axis::of(&span(), "0d", "60d").unwrap();
        assert_eq!(axis.steps(7).unwrap(), ["0d", "10d", "20d", "30d", "40d", "50d", "60d"]);
        let axis = Axis::of(&span(), "30d", "400d").unwrap();
        assert_eq!(axis.steps(5).unwrap(), ["30d", "122d 12h", "215d", "307d 12h", "400d"]);
        let axis = Axis::of(&count(), "0", "100").unwrap();
        assert_eq!(axis.steps(5).unwrap(), ["0", "25", "50", "75", "100"]);
        let axis = Axis::of(&lever(LeverKind::Number { min: 0.0, max: 1.0 }), "0", "0.9").unwrap();
        assert_eq!(axis.steps(4).unwrap(), ["0", "0.3", "0.6", "0.9"]);
    }

    #[test]
    fn a_coordinate_finds_its_value_and_its_place() {
        let axis = Axis::of(&count(), "2", "4").unwrap();
        let at = |u| axis.at(u);
        assert_eq!(
            (at(0.0), at(0.34), at(0.999)),
            (("2".into(), -1.0), ("3".into(), 0.0), ("4".into(), 1.0),)
        );
        let axis = Axis::of(&span(), "30d", "400d").unwrap();
        let (text, place) = axis.at(0.123_456);
        let value: SimDuration = text.parse().unwrap();
        assert_eq!(text, "75d 16h");
        assert!((place - (2.0 * value.days() - 430.0) / 370.0).abs() < 1e-12);
        let axis = Axis::of(&lever(LeverKind::Number { min: 0.0, max: 1.0 }), "0", "1").unwrap();
        assert_eq!(axis.at(1.0 / 3.0).0, "0.3333");
    }

    #[test]
    fn what_is_no_axis_is_named() {
        let says =
            |lever: &LeverInfo, low, high| Axis::of(lever, low, high).unwrap_err().to_string();
        assert!(says(&count(), "9", "3").contains("write 3..9"));
        assert!(says(&count(), "3", "3").contains("does not rise"));
        assert!(says(&count(), "3", "4.5").contains("not a whole number"));
        assert!(says(&count(), "3", "101").contains("outside 0..=100"));
        assert!(says(&span(), "3", "7d").contains("no unit"));
        assert!(says(&lever(LeverKind::Flag), "false", "true").contains("true | false"));
        let uneven = Axis::of(&count(), "0", "10").unwrap().steps(4).unwrap_err().to_string();
        assert!(uneven.contains("0..10/3"), "{uneven}");
        let fine = Axis::of(&span(), "0d", "2ms").unwrap().steps(9).unwrap_err().to_string();
        assert!(fine.contains("too fine"), "{fine}");
    }

    #[test]
    fn equal_values_look_alike() {
        let same = |kind: &LeverKind, a: &str, b: &str| {
            let both = canonical(kind, &[a.to_owned(), b.to_owned()]);
            both[0] == both[1]
        };
        assert!(same(&span().kind, "1d", "24h"));
        assert!(same(&count().kind, "7", "+7"));
        assert!(same(&LeverKind::Number { min: 0.0, max: 1.0 }, "-0", "0.0"));
        assert!(!same(&LeverKind::Choice(&["x", "y"]), "x", "y"));
    }
}
