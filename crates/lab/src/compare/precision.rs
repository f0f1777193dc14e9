//! How many worlds a difference needs: Stein's two-stage procedure.
//!
//! A pilot of fixed size gives the variance of the paired difference; the number of worlds follows
//! from it and is not looked at again. Stopping as soon as an interval happens to be narrow would
//! pick moments at which the variance looks small, and cover less than 95 % (Stein 1945; Law 2015,
//! section 9.4.1).

use crate::compare::Setup;
use crate::compare::tally::Tally;
use crate::error::LabError;
use crate::layout::Layout;
use crate::stats::{Estimate, LEAST_DIFFERING, Pairs, proportion, t95};
use hotwash_engine::group_digits;

/// Worlds of the pilot: whole batches.
pub const PILOT: u64 = 32 * crate::BATCH;
/// Most worlds that a study with a precision meets: as many as one can ask for by number.
pub const MOST_WORLDS: u64 = 10_000_000;

/// How well the mean difference in a metric is to be known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// Position of the metric.
    pub metric: usize,
    /// Half the width of the 95 % interval, in the metric's unit.
    pub half_width: f64,
}

impl Precision {
    pub(super) fn check(&self, layout: &Layout) -> Result<(), LabError> {
        if self.metric >= layout.metrics.len() {
            return Err(LabError::Bug("a precision names a metric that is not there".to_owned()));
        }
        if self.half_width > 0.0 && self.half_width.is_finite() {
            return Ok(());
        }
        let name = layout.metrics[self.metric].name;
        let message = format!("a precision of ±{} in {name} cannot be reached", self.half_width);
        Err(LabError::usage(message).hint("give a number greater than zero"))
    }
}

/// What the pilot has shown.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    precision: Precision,
    /// Worlds to meet, the pilot's included.
    pub(super) worlds: u64,
    /// By pair: Student's t times the pilot's standard deviation, where the pilot has one to plan with.
    reach: Vec<Option<f64>>,
    /// Why nothing is planned for a pair, for each such pair.
    unplanned: Vec<String>,
}

/// The plan that follows from the pilot.
///
/// # Errors
/// That the pilot shows too few differences to plan with, or that it takes too many worlds.
pub(super) fn plan(precision: &Precision, setup: &Setup, pilot: &Tally) -> Result<Plan, LabError> {
    let pairs = pilot.pairs(precision.metric);
    let metric = &setup.layout.metrics[precision.metric];
    // Where hardly a world differs, the pilot's deviation says nothing of the rest of the worlds.
    let reach = |pair: &Pairs| {
        let enough = pair.differing() >= LEAST_DIFFERING;
        enough.then(|| t95(pair.count() - 1) * pair.differences().deviation())
    };
    let reach: Vec<Option<f64>> = pairs.iter().map(reach).collect();
    let names = setup.pairs().into_iter().map(|(a, b)| {
        let name = |arm: usize| setup.arms[arm].name();
        format!("`{}` and `{}`", name(a), name(b))
    });
    let lacking = names.zip(pairs).zip(&reach).filter(|(_, reach)| reach.is_none());
    let unplanned: Vec<String> =
        lacking.map(|((names, pair), _)| lack(&names, pair, pilot.worlds)).collect();
    if reach.iter().all(Option::is_none) {
        let why = unplanned.join("; ");
        let message = format!("--precision {} cannot be planned: {why}", metric.name);
        let hint = "choose another metric, or say how many worlds to meet by --runs";
        return Err(LabError::usage(message).hint(hint));
    }
    let mut needed = pilot.worlds as f64;
    for (reach, pair) in reach.iter().zip(pairs) {
        let Some(reach) = reach else { continue };
        let with_both = reach / precision.half_width * (reach / precision.half_width);
        // Of more worlds perhaps a smaller share has both values than of the pilot's.
        let share = if pair.count() == pilot.worlds {
            1.0
        } else {
            proportion(pair.count(), pilot.worlds).low
        };
        needed = needed.max((with_both / share).ceil());
    }
    if needed > MOST_WORLDS as f64 {
        let most = thousands(MOST_WORLDS as f64);
        let (name, unit, half) = (metric.name, metric.unit, asked(precision.half_width));
        let within = rounded_up(precision.half_width * (needed / MOST_WORLDS as f64).sqrt());
        let message = format!(
            "--precision {name}=±{half}: that takes more than the {most} worlds that a study meets; with \
             these the mean difference is known to within about ±{within} {unit}"
        );
        let hint =
            format!("ask for {name}=±{within} or wider; ten times as wide takes a hundredth");
        return Err(LabError::usage(message).hint(hint));
    }
    Ok(Plan { precision: *precision, worlds: needed as u64, reach, unplanned })
}

/// Why a pilot has nothing to plan with for a pair.
fn lack(names: &str, pair: &Pairs, pilot: u64) -> String {
    let worlds = thousands(pilot as f64);
    match (pair.count(), pair.differing()) {
        (0..LEAST_DIFFERING, _) => {
            format!("{names} both have a value in {} of the pilot's {worlds} worlds", pair.count())
        }
        (count, 0) => format!(
            "{names} are the same in all {} of the pilot's worlds in which both have a value, so that \
             all that is known is that they differ in at most {} % of worlds (95 % confidence)",
            thousands(count as f64),
            missed_percent(count)
        ),
        (_, differing) => format!(
            "{names} differ in {differing} of the pilot's {worlds} worlds, and it takes \
             {LEAST_DIFFERING} to know how widely"
        ),
    }
}

/// Share of worlds, in percent and rounded up, that could differ although of so many none did: the
/// upper end of the one-sided exact 95 % interval of a share, about 3 / n.
pub(super) fn missed_percent(count: u64) -> String {
    rounded_up(-100.0 * libm::expm1(libm::log(0.05) / count as f64))
}

/// A positive number with two significant digits, not below it.
fn rounded_up(value: f64) -> String {
    let place = libm::floor(libm::log10(value)) as i32 - 1;
    let unit = libm::pow(10.0, f64::from(place.abs()));
    // A number that has two digits stays what it is, whatever its last bit.
    let up = |digits: f64| (digits * (1.0 - 1e-12)).ceil();
    if place >= 0 {
        thousands(up(value / unit) * unit)
    } else if place >= -8 {
        let text = format!("{:.*}", place.unsigned_abs() as usize, up(value * unit) / unit);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        format!("{:e}", up(value * unit) / unit)
    }
}

/// A width as it was asked for.
fn asked(width: f64) -> String {
    if width < 1e-6 { format!("{width:e}") } else { width.to_string() }
}

/// A whole number with its thousands apart.
pub(super) fn thousands(number: f64) -> String {
    group_digits(&format!("{number:.0}"))
}

impl Plan {
    /// The interval that goes with the procedure: the pilot's deviation over all worlds.
    pub(super) fn interval(&self, pair: usize, differences: &Pairs) -> Option<Estimate> {
        let half = self.reach[pair]? / (differences.count() as f64).sqrt();
        let value = differences.differences().mean();
        Some(Estimate { value, low: value - half, high: value + half })
    }

    pub(super) fn metric(&self) -> usize {
        self.precision.metric
    }

    pub(super) fn sentence(&self, setup: &Setup) -> String {
        let metric = &setup.layout.metrics[self.precision.metric];
        let (name, unit, half) = (metric.name, metric.unit, self.precision.half_width);
        let mut text = format!(
            "To know each mean difference in {name} to within ±{half} {unit} takes {} worlds, by \
             Stein's two-stage procedure with a pilot of {} worlds.",
            thousands(self.worlds as f64),
            thousands(PILOT as f64)
        );
        for why in &self.unplanned {
            text += &format!(" Of one pair this does not hold: {why}.");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_told_in_two_digits_and_never_too_narrow() {
        for (value, text) in [
            (0.000_123_4, "0.00013"),
            (0.000_12, "0.00012"),
            (0.2, "0.2"),
            (4.21, "4.3"),
            (99.4, "100"),
            (123_456.0, "130,000"),
            (1.23e-12, "1.3e-12"),
        ] {
            assert_eq!(rounded_up(value), text);
        }
        assert_eq!((thousands(1_234_567.0), thousands(999.0)), ("1,234,567".into(), "999".into()));
    }

    #[test]
    fn what_no_world_shows_may_be_in_three_of_n() {
        // 1 - 0.05^(1/1024) and the rule of three, 3/n.
        assert_eq!((missed_percent(1024), missed_percent(10)), ("0.3".into(), "26".into()));
    }
}
