//! Gaps in the decisions: a better option, confidence against correctness, time run out, an expected
//! action that did not come.

use hotwash_lab::findings::Measure;

use super::words::{Words, bare, figure, signed, span};
use super::{Gap, Kind};
use crate::debrief::{DecisionStory, Fork, ForkEffect, ForkedOption, HowTaken, Story, Worth};

/// Most outcomes that a question cites on either side.
const CITED: usize = 2;
/// What changes an outcome by less is not worth a word, however clear it is.
const MATTERS: f64 = 0.05;
/// From this confidence on somebody is sure.
const SURE: u8 = 4;

pub(super) fn gaps(story: &Story, worth: Option<&Worth>, words: &Words) -> Vec<Gap> {
    let ours = |d: &&DecisionStory| !matches!(d.how, HowTaken::Policy | HowTaken::Open);
    let mut gaps = Vec::new();
    for decision in story.decisions.iter().filter(ours) {
        let fork = worth
            .and_then(|w| w.decisions.iter().find(|f| f.decision == decision.name).map(|f| (w, f)));
        if let Some((worth, fork)) = fork {
            gaps.extend(better(decision, worth, fork, words));
        }
        gaps.extend(sure(decision, words));
        gaps.extend(split(decision, words));
        gaps.extend(ran_out(decision, words));
        gaps.extend(unexpected(decision, fork, words));
    }
    gaps
}

/// An option's text, in quotation marks.
fn quoted(decision: &DecisionStory, option: usize) -> String {
    let text = decision.options.get(option).map_or("", |(_, text)| text.as_str());
    format!("\u{201c}{}\u{201d}", bare(text))
}

/// How large a clear difference is, toward the better: how much of the futures it shows in, and how much
/// of the outcome it is. Below zero where the option is worse.
fn gain(effect: &ForkEffect, measure: &Measure) -> f64 {
    let Some(difference) = effect.difference.filter(|_| effect.is_clear) else { return 0.0 };
    let sign = match measure.better {
        "lower" => -1.0,
        "higher" => 1.0,
        _ => return 0.0,
    };
    let Some(mean) = effect.mean else { return 0.0 };
    let taken = mean.value - difference.value;
    let whole = mean.value.abs().max(taken.abs());
    let part = if whole > 0.0 { (difference.value.abs() / whole).min(1.0) } else { 0.0 };
    let seen = (effect.shares.0 - effect.shares.2).abs().min(1.0);
    sign * difference.value.signum() * (part * seen).sqrt()
}

/// Share of the first outcome's importance that the last one has.
const LAST: f64 = 0.3;

/// Scenarios name the outcomes that tell most first: people harmed come before hours spent.
fn importance(place: usize, of: usize) -> f64 {
    1.0 - (1.0 - LAST) * place as f64 / (of.max(2) - 1) as f64
}

/// An outcome that an option changes clearly: where it stands among the measures, and how much.
type Change = (usize, f64);

/// What an option changes clearly for the better and for the worse, the largest first.
fn changes(option: &ForkedOption, worth: &Worth) -> (Vec<Change>, Vec<Change>) {
    let gains = option.effects.iter().zip(&worth.measures).enumerate();
    let gains = gains.map(|(place, (effect, measure))| {
        (place, gain(effect, measure) * importance(place, worth.measures.len()))
    });
    let (mut better, mut worse): (Vec<Change>, Vec<Change>) =
        gains.filter(|(_, gain)| gain.abs() >= MATTERS).partition(|(_, gain)| *gain > 0.0);
    for side in [&mut better, &mut worse] {
        side.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    }
    (better, worse)
}

/// Gains less losses, with the largest of each counting.
fn net((better, worse): &(Vec<Change>, Vec<Change>)) -> f64 {
    let most = |side: &[Change]| side.first().map_or(0.0, |(_, gain)| gain.abs());
    most(better) - most(worse)
}

/// Another option would have done better from exactly there.
fn better(decision: &DecisionStory, worth: &Worth, fork: &Fork, words: &Words) -> Option<Gap> {
    let others = fork.options.iter().enumerate().filter(|(number, _)| *number != fork.taken);
    let best = others
        .map(|(number, option)| (number, option, changes(option, worth)))
        .max_by(|a, b| net(&a.2).total_cmp(&net(&b.2)))?;
    let (number, option, changes) = best;
    let net = net(&changes);
    if net < MATTERS {
        return None;
    }
    let cited = |side: &[Change]| {
        let cited = side.iter().take(CITED);
        cited.map(|(m, _)| told(worth, fork, option, *m)).collect::<Vec<_>>().join("; ")
    };
    let against = match changes.1.as_slice() {
        [] => " None of the outcomes examined is clearly and noticeably worse with it.".to_owned(),
        worse => format!(" Against it: {}.", cited(worse)),
    };
    Some(Gap::new(
        Kind::BetterOption,
        &decision.name,
        0.3 + 0.7 * net,
        format!(
            "On {} we were asked: {} We took {}. What spoke for that then, and what would we have had to \
             know, or to have ready, to take {}?",
            words.date(fork.ms),
            decision.ask,
            quoted(decision, fork.taken),
            quoted(decision, number)
        ),
        format!(
            "With {} from exactly there, in {} futures that began alike: {}.{against}",
            quoted(decision, number),
            worth.futures,
            cited(&changes.0)
        ),
    ))
}

/// Hours that deadlines were missed by, in days as well once there are many: ` (about 151 days)`.
fn in_days(name: &str, hours: f64) -> String {
    const MANY: f64 = 240.0;
    match name.starts_with("hours-late") && hours >= MANY {
        true => format!(" (about {} days)", figure((hours / 24.0).round())),
        false => String::new(),
    }
}

/// An effect in words, with its interval; where not every future has a value, also how many have.
fn told(worth: &Worth, fork: &Fork, option: &ForkedOption, measure: usize) -> String {
    let (effect, about) = (&option.effects[measure], &worth.measures[measure]);
    let (Some(mean), Some(difference)) = (effect.mean, effect.difference) else {
        return String::new();
    };
    let taken = fork.options[fork.taken].effects[measure].values;
    let values = match (effect.values, taken) {
        (a, b) if (a, b) == (worth.futures, worth.futures) => String::new(),
        (a, b) => format!(", where there is a value: in {a} futures against {b}"),
    };
    format!(
        "{}: {} {}{} on average, {} against what we did (95 % interval {} to {}{values})",
        bare(&about.about),
        figure(mean.value),
        about.unit,
        in_days(&about.name, mean.value),
        signed(difference.value),
        signed(difference.low),
        signed(difference.high)
    )
}

/// We were sure, and took another action than the authors expect.
fn sure(decision: &DecisionStory, words: &Words) -> Option<Gap> {
    let (taken, expected) = (decision.taken?, decision.expected?);
    let confidence = decision.confidence.filter(|c| *c >= SURE)?;
    if taken == expected {
        return None;
    }
    let dissent = decision.votes.iter().filter(|vote| vote.1 == expected).count();
    let dissent = match (dissent, decision.votes.len()) {
        (_, 0) => String::new(),
        (0, _) => " Nobody had voted for it.".to_owned(),
        (n, of) => format!(" {n} of {of} had voted for it."),
    };
    Some(Gap::new(
        Kind::Confidence,
        &decision.name,
        0.1 + f64::from(confidence) * 0.12,
        format!(
            "When we took {} on {} we were sure of it. What made us sure, and what would have made us \
             hesitate?",
            quoted(decision, taken),
            words.date(decision.taken_ms?)
        ),
        format!(
            "Confidence was {confidence} of 5. The scenario's authors expected {}.{dissent}",
            quoted(decision, expected)
        ),
    ))
}

/// The table did not agree.
fn split(decision: &DecisionStory, words: &Words) -> Option<Gap> {
    let voters = decision.votes.len();
    if voters < 2 {
        return None;
    }
    let count = |option: usize| decision.votes.iter().filter(|v| v.1 == option).count();
    let mut sides: Vec<(usize, usize)> =
        (0..decision.options.len()).map(|o| (count(o), o)).filter(|(n, _)| *n > 0).collect();
    sides.sort_by_key(|(n, option)| (std::cmp::Reverse(*n), *option));
    let most = sides.first()?.0;
    if most == voters {
        return None;
    }
    let told: Vec<String> =
        sides.iter().map(|(n, option)| format!("{n} for {}", quoted(decision, *option))).collect();
    let sure = decision.votes.iter().map(|v| f64::from(v.2)).sum::<f64>() / voters as f64;
    Some(Gap::new(
        Kind::Confidence,
        &decision.name,
        (1.0 - most as f64 / voters as f64) * (0.6 + sure / 12.5),
        format!(
            "We did not agree on this: {} What did those on each side see that the others did not, and \
             how was it settled?",
            decision.ask
        ),
        format!(
            "Votes on {}: {}; confidence {sure:.1} of 5 on average. Taken: {}.",
            words.date(decision.asked_ms),
            told.join(", "),
            decision.taken.map_or_else(|| "nothing".to_owned(), |t| quoted(decision, t))
        ),
    ))
}

/// The time ran out, and the default was taken.
fn ran_out(decision: &DecisionStory, words: &Words) -> Option<Gap> {
    let (taken, at) = (decision.taken?, decision.taken_ms?);
    if decision.how != HowTaken::TimeRanOut {
        return None;
    }
    let is_missed = decision.expected.is_some_and(|e| e != taken);
    Some(Gap::new(
        Kind::Clock,
        &decision.name,
        if is_missed { 0.65 } else { 0.3 },
        format!(
            "Nobody answered in time: {} So what happened was {}. Did we choose that, or did it happen to \
             us?",
            decision.ask,
            quoted(decision, taken)
        ),
        format!(
            "The question came to the {} on {}; the time ran out after {}, on {}.",
            decision.role,
            words.date_time(decision.asked_ms),
            span(at - decision.asked_ms),
            words.date_time(at)
        ),
    ))
}

/// An expected action did not come.
fn unexpected(
    decision: &DecisionStory,
    fork: Option<(&Worth, &Fork)>,
    words: &Words,
) -> Option<Gap> {
    let (taken, expected) = (decision.taken?, decision.expected?);
    if taken == expected || decision.how == HowTaken::TimeRanOut {
        return None;
    }
    let found = fork.and_then(|(worth, fork)| {
        let option = fork.options.get(expected)?;
        let changes = changes(option, worth);
        let told = |(m, _): &Change| told(worth, fork, option, *m);
        let text = match (changes.0.first(), changes.1.first()) {
            (None, None) => {
                format!(" In {} futures from there it makes no clear difference.", worth.futures)
            }
            (Some(better), None) => format!(" With it: {}.", told(better)),
            (None, Some(worse)) => format!(" Yet with it: {}.", told(worse)),
            (Some(better), Some(worse)) => {
                format!(" With it: {}; but {}.", told(better), told(worse))
            }
        };
        Some((net(&changes), text))
    });
    let weight = 0.4 + found.as_ref().map_or(0.0, |(net, _)| net * 0.4);
    let found = found.map_or_else(String::new, |(_, text)| text);
    Some(Gap::new(
        Kind::Expected,
        &decision.name,
        weight,
        format!(
            "{} The exercise's authors expect {}; we took {}. What does our own plan say here, and was it \
             at hand?",
            decision.ask,
            quoted(decision, expected),
            quoted(decision, taken)
        ),
        format!(
            "Decided on {} for the {}; the expected action was {}.{found}",
            words.date_time(decision.taken_ms?),
            decision.role,
            quoted(decision, expected)
        ),
    ))
}
