//! Figures of forks and outcomes as sentences.

use hotwash_exercise::debrief::{Fork, ForkEffect, ForkedOption, Place, Worth};
use hotwash_exercise::record::Outcome;
use hotwash_lab::findings::Measure;
use hotwash_lab::stats::Estimate;

use crate::document::names;
use crate::words;

/// How an option compares with the one that was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Balance {
    /// Outcomes that are clearly and noticeably better with it.
    pub(super) better: usize,
    /// Outcomes that are clearly and noticeably worse with it.
    pub(super) worse: usize,
    /// Outcomes that are clearly better with it, noticeably or by little.
    pub(super) at_all_better: usize,
    /// Outcomes that are clearly worse with it, noticeably or by little.
    pub(super) at_all_worse: usize,
}

impl Balance {
    /// Noticeably better in something, clearly worse in nothing: a few more victims are not outweighed by money.
    pub(super) fn speaks_for(self) -> bool {
        self.better > 0 && self.at_all_worse == 0
    }

    /// Noticeably worse in something, clearly better in nothing.
    pub(super) fn speaks_against(self) -> bool {
        self.worse > 0 && self.at_all_better == 0
    }

    /// Noticeably different in something, and better as well as worse.
    pub(super) fn cuts_both_ways(self) -> bool {
        self.better + self.worse > 0 && self.at_all_better > 0 && self.at_all_worse > 0
    }
}

/// What changes an outcome by a smaller part of itself is not worth a word, however clear it is.
const MATTERS: f64 = 0.05;

/// What changes an outcome by less than this part of itself is as good as nothing.
const COUNTS: f64 = 0.01;

/// A difference that chance does not explain and that is worth a word.
fn noticeable(effect: &ForkEffect) -> Option<Estimate> {
    beyond(effect, MATTERS)
}

/// A difference that chance does not explain, of that part of the outcome or more.
fn beyond(effect: &ForkEffect, part: f64) -> Option<Estimate> {
    let difference = effect.difference.filter(|_| effect.is_clear)?;
    let with = effect.mean?.value;
    let whole = with.abs().max((with - difference.value).abs());
    (difference.value.abs() >= part * whole).then_some(difference)
}

/// Whether a noticeable effect is for the better; none when neither way is better.
fn is_better(measure: &Measure, effect: &ForkEffect) -> Option<bool> {
    favours(measure, noticeable(effect)?)
}

/// Whether a clear effect is for the better, be it small; none when neither way is better.
fn is_at_all_better(measure: &Measure, effect: &ForkEffect) -> Option<bool> {
    favours(measure, beyond(effect, COUNTS)?)
}

fn favours(measure: &Measure, difference: Estimate) -> Option<bool> {
    match measure.better {
        "lower" => Some(difference.value < 0.0),
        "higher" => Some(difference.value > 0.0),
        _ => None,
    }
}

pub(super) fn balance(worth: &Worth, option: &ForkedOption) -> Balance {
    let mut out = Balance::default();
    for (measure, effect) in worth.measures.iter().zip(&option.effects) {
        match is_better(measure, effect) {
            Some(true) => out.better += 1,
            Some(false) => out.worse += 1,
            None => {}
        }
        match is_at_all_better(measure, effect) {
            Some(true) => out.at_all_better += 1,
            Some(false) => out.at_all_worse += 1,
            None => {}
        }
    }
    out
}

/// What an option would have meant from exactly here; noticeable differences only, the first few.
pub(super) fn would_have(worth: &Worth, fork: &Fork, option: usize) -> String {
    /// Outcomes that a sentence names.
    const MOST: usize = 3;
    let Some(forked) = fork.options.get(option) else { return String::new() };
    let text = forked.text.trim_end_matches('.');
    let had =
        |i: usize| fork.options.get(fork.taken).and_then(|o| o.effects.get(i)).map(|e| e.values);
    let all = worth.measures.iter().zip(&forked.effects).enumerate();
    let clear: Vec<String> =
        all.filter_map(|(i, (m, e))| effect(worth, m, e, had(i).unwrap_or(0))).collect();
    if clear.is_empty() {
        return format!(
            "From exactly here, in {}, \u{201c}{text}\u{201d} would have changed none of the {} outcomes examined \
             by 5 % or more in a way that chance does not explain.",
            futures(worth),
            worth.measures.len()
        );
    }
    let more = match clear.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(
            "; {} more {}",
            words::count(more as u64),
            if more == 1 { "outcome differs" } else { "outcomes differ" }
        ),
    };
    format!(
        "From exactly here, \u{201c}{text}\u{201d} would have meant in the mean of {}: {}{more}.",
        futures(worth),
        clear[..clear.len().min(MOST)].join("; ")
    )
}

/// `victims lower by 310 [280, 340] customers (better in 97 % of the futures)`; none when it is not
/// noticeable. `had`: futures in which it has a value with the option taken. Shares and differences are over
/// the futures in which both options have one.
fn effect(worth: &Worth, measure: &Measure, effect: &ForkEffect, had: u64) -> Option<String> {
    let difference = noticeable(effect)?;
    let (way, size) = if difference.value < 0.0 {
        let e = Estimate { value: -difference.value, low: -difference.high, high: -difference.low };
        ("lower", e)
    } else {
        ("higher", difference)
    };
    let (of, values) = if effect.values == worth.futures && had == worth.futures {
        ("of the futures", String::new())
    } else {
        let counts = [effect.values, had].map(words::count);
        let values = format!(" (it has one in {} futures, as decided in {})", counts[0], counts[1]);
        ("of the futures in which both answers have a value", values)
    };
    let (better, _, worse) = effect.shares;
    let judged = match is_better(measure, effect) {
        Some(true) => format!(", better in {} {of}", words::percent(better)),
        Some(false) => format!(", worse in {} {of}", words::percent(worse)),
        None if values.is_empty() => String::new(),
        None => format!(", counted over those {}", of.trim_start_matches("of ")),
    };
    let amount = words::with_unit(&words::estimate(size), unit(&measure.unit));
    let days = in_days(&measure.name, size.value);
    Some(format!("{} {way} by {amount}{days}{judged}{values}", names::metric(&measure.name)))
}

/// The outcomes that are clearly better with an option, and those that are clearly worse.
pub(super) fn differing(worth: &Worth, option: &ForkedOption) -> (Vec<String>, Vec<String>) {
    let named = |wanted: bool| {
        let all = worth.measures.iter().zip(&option.effects);
        let some = all.filter(|(m, e)| is_at_all_better(m, e) == Some(wanted));
        some.map(|(m, _)| names::metric(&m.name)).collect()
    };
    (named(true), named(false))
}

/// Hours that a deadline was missed by, in days as well once there are many: ` (about 258 days)`. Work is
/// counted in hours however much it is.
fn in_days(name: &str, hours: f64) -> String {
    const MANY: f64 = 240.0;
    match name.starts_with("hours-late") && hours >= MANY {
        true => format!(" (about {} days)", words::number((hours / 24.0).round())),
        false => String::new(),
    }
}

/// `512 futures`, or how many of those wanted there are so far.
pub(super) fn futures(worth: &Worth) -> String {
    let done = words::count(worth.futures);
    if worth.futures < worth.wanted {
        format!("the first {done} of {} futures", words::count(worth.wanted))
    } else {
        format!("{done} futures")
    }
}

/// Units that say nothing more in a sentence are left out.
fn unit(unit: &str) -> &str {
    match unit {
        "of 1" => "",
        other => other,
    }
}

/// An outcome of the session with its place among other runs.
pub(in crate::document) fn outcome(outcome: &Outcome, worth: Option<&Worth>) -> String {
    let name = names::metric(&outcome.name);
    let Some(value) = outcome.value else {
        return format!("{name}: none in this run");
    };
    let days = in_days(&outcome.name, value);
    let value = words::with_unit(&words::number(value), unit(&outcome.unit)) + &days;
    let place = worth.and_then(|w| {
        let measure = w.measures.iter().position(|m| m.name == outcome.name)?;
        w.places.iter().find(|p| p.measure == measure)
    });
    match place.filter(|p| p.values > 0) {
        Some(place) => format!("{name}: {value}; {}", among(place)),
        None => format!("{name}: {value}"),
    }
}

fn among(place: &Place) -> String {
    let higher = (1.0 - place.lower - place.equal).max(0.0);
    format!(
        "of {} runs played by the policy alone {} came out lower, {} the same, {} higher",
        words::count(place.values),
        words::percent(place.lower),
        words::percent(place.equal),
        words::percent(higher)
    )
}
