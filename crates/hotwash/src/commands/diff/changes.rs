//! What was different before the runs began: the scenarios' meaning, levers, answers, chance, programs.

use std::collections::BTreeSet;

use hotwash_engine::{LeverKind, SimDuration, Simulation};
use hotwash_lab::divergence::{Change, Effect, ReadAs};
use hotwash_scenario::{Difference, DifferenceSort, Written};

use super::super::run::Plan;
use super::sides::Run;
use crate::exit::plain;
use crate::record::Manifest;

/// A difference that may be why runs part, and how to put it into the run before.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) act: Act,
    sort: &'static str,
    path: String,
    before: Option<Written>,
    after: Option<Written>,
}

/// What is to be put into the run before.
#[derive(Debug)]
pub(super) enum Act {
    /// A difference of the scenarios.
    Scenario(Box<Difference>),
    /// A lever with its value after.
    Lever(String, String),
    /// The answer to this decision.
    Answer(String),
    /// Seed and replication.
    Chance,
    /// When the run stops.
    Until,
}

impl Candidate {
    fn new(
        act: Act,
        sort: &'static str,
        path: &str,
        pair: (Option<Written>, Option<Written>),
    ) -> Self {
        let (before, after) = pair;
        Candidate { act, sort, path: path.to_owned(), before, after }
    }

    /// Whether it is a text on which no run depends.
    pub(super) fn is_words(&self) -> bool {
        matches!(&self.act, Act::Scenario(d) if d.sort == DifferenceSort::Words)
    }

    /// As data, with what it was found to do.
    pub(super) fn told(&self, effect: Option<Effect>, read: Option<ReadAs>) -> Change {
        let place = [&self.after, &self.before].into_iter().flatten().find(|w| w.line > 0);
        Change {
            sort: self.sort.to_owned(),
            path: plain(&self.path),
            before: self.before.as_ref().map(|w| plain(&w.text)),
            after: self.after.as_ref().map(|w| plain(&w.text)),
            place: place.map(|w| (plain(&w.file), w.line as u64)),
            effect: effect.unwrap_or(Effect::Untried),
            read,
        }
    }
}

/// All differences of two plans; those on which no run depends come last.
pub(super) fn candidates(
    before: &Plan,
    after: &Plan,
    a: &Simulation,
    b: &Simulation,
) -> Vec<Candidate> {
    let mut out = Vec::new();
    chance(before, after, &mut out);
    levers(before, after, a, b, &mut out);
    answers(before, after, &mut out);
    let differences = before.scenario.differences(&after.scenario);
    out.extend(differences.into_iter().map(|d| {
        let pair = (d.before.clone(), d.after.clone());
        let (sort, path) = (d.sort.word(), d.path.clone());
        Candidate::new(Act::Scenario(Box::new(d)), sort, &path, pair)
    }));
    out.sort_by_key(Candidate::is_words);
    out
}

fn both(before: impl Into<String>, after: impl Into<String>) -> (Option<Written>, Option<Written>) {
    (Some(Written::nowhere(before)), Some(Written::nowhere(after)))
}

fn chance(before: &Plan, after: &Plan, out: &mut Vec<Candidate>) {
    let number = |plan: &Plan| (hotwash_engine::parse_seed(&plan.seed), plan.replication);
    if number(before) != number(after) {
        let text = |plan: &Plan| match plan.replication {
            0 => plan.seed.clone(),
            n => format!("{}, replication {n}", plan.seed),
        };
        out.push(Candidate::new(Act::Chance, "seed", "seed", both(text(before), text(after))));
    }
    if before.until != after.until {
        let text = |plan: &Plan| plan.until.clone().unwrap_or_else(|| "its end".to_owned());
        let pair = both(text(before), text(after));
        out.push(Candidate::new(Act::Until, "time", "until", pair));
    }
}

/// Levers as the simulations have them, wherever they were set.
fn levers(before: &Plan, after: &Plan, a: &Simulation, b: &Simulation, out: &mut Vec<Candidate>) {
    let written = |plan: &Plan, name: &str, value: &str| {
        let set = plan.scenario.lever_written(name, plan.policy.as_ref());
        let is_asked = plan.set.contains_key(name);
        set.filter(|w| !is_asked && w.text == value).unwrap_or_else(|| Written::nowhere(value))
    };
    let known = &a.catalogue().levers;
    for lever in &b.catalogue().levers {
        let old = known.iter().find(|l| l.name == lever.name);
        let is_same = match old {
            Some(old) => is_same_value(&lever.kind, &old.value, &lever.value),
            // A lever of a plugin that is new there counts if it is set.
            None => is_same_value(&lever.kind, &lever.default, &lever.value),
        };
        if is_same {
            continue;
        }
        let pair = (
            old.map(|old| written(before, &old.name, &old.value)),
            Some(written(after, &lever.name, &lever.value)),
        );
        let act = Act::Lever(lever.name.clone(), lever.value.clone());
        out.push(Candidate::new(act, "lever", &lever.name, pair));
    }
}

fn is_same_value(kind: &LeverKind, a: &str, b: &str) -> bool {
    let span = |text: &str| text.parse::<SimDuration>().ok();
    let number = |text: &str| text.parse::<f64>().ok();
    a == b
        || match kind {
            LeverKind::Span { .. } => span(a).is_some() && span(a) == span(b),
            LeverKind::Number { .. } | LeverKind::Count { .. } => {
                number(a).is_some() && number(a) == number(b)
            }
            LeverKind::Flag | LeverKind::Choice(_) => false,
        }
}

/// Answers as they are followed: what was decided on the command line wins over the policy.
fn answers(before: &Plan, after: &Plan, out: &mut Vec<Candidate>) {
    let answer = |plan: &Plan, name: &str| -> Option<Written> {
        if !plan.scenario.decisions().iter().any(|d| d.name.as_str() == name) {
            return None;
        }
        let asked = plan.decide.get(name).map(|o| Written::nowhere(format!("Choose({o:?})")));
        let of_policy = || plan.policy.as_ref().and_then(|p| p.answer_written(name));
        asked.or_else(of_policy).or_else(|| Some(Written::nowhere("Default")))
    };
    let names = |plan: &Plan| -> Vec<String> {
        plan.scenario.decisions().iter().map(|d| d.name.as_str().to_owned()).collect()
    };
    let mut all = names(before);
    all.extend(names(after).into_iter().filter(|n| !names(before).contains(n)));
    for name in all {
        let (a, b) = (answer(before, &name), answer(after, &name));
        let text = |w: &Option<Written>| w.as_ref().map(|w| w.text.clone());
        let is_default = |w: &Option<Written>| w.as_ref().is_none_or(|w| w.text == "Default");
        // The answer to a decision that is there on one side only counts if it is not the default.
        let is_new = a.is_none() != b.is_none();
        if text(&a) == text(&b) || (is_new && is_default(&a) && is_default(&b)) || b.is_none() {
            continue;
        }
        out.push(Candidate::new(Act::Answer(name.clone()), "answer", &name, (a, b)));
    }
}

/// A version: its name, how a recorded run says it, and this program's.
type Version = (&'static str, fn(&Manifest) -> String, String);

/// What recorded runs say of the programs that played them.
pub(super) fn of_programs(before: &Run, after: &Run) -> Vec<Change> {
    let now = |m: Option<&Manifest>, of: fn(&Manifest) -> String, now: String| m.map_or(now, of);
    let (a, b) = (before.manifest.as_ref(), after.manifest.as_ref());
    let ours = env!("CARGO_PKG_VERSION").to_owned();
    let rows: [Version; 3] = [
        ("hotwash", |m| m.hotwash.clone(), ours),
        ("streams", |m| m.streams.to_string(), hotwash_engine::STREAMS_VERSION.to_string()),
        ("journal", |m| m.journal.to_string(), hotwash_engine::JOURNAL_VERSION.to_string()),
    ];
    let row = |(path, of, current): Version| {
        let (then, later) = (now(a, of, current.clone()), now(b, of, current));
        (then != later).then(|| Change {
            sort: "version of the program".to_owned(),
            path: path.to_owned(),
            before: Some(plain(&then)),
            after: Some(plain(&later)),
            place: None,
            effect: Effect::Untried,
            read: None,
        })
    };
    rows.into_iter().filter_map(row).collect()
}

/// Files that both have, with other bytes and the same meaning. Policies are not among them: a run
/// follows one at most.
pub(super) fn same_meaning(before: &Run, after: &Run, changes: &[Change]) -> Vec<String> {
    let (Ok(a), Ok(b)) = (&before.plan, &after.plan) else { return Vec::new() };
    let policies: BTreeSet<String> = [a, b]
        .iter()
        .flat_map(|plan| plan.scenario.policies())
        .map(|policy| policy.text().0)
        .collect();
    let named: BTreeSet<&str> =
        changes.iter().filter_map(|c| c.place.as_ref()).map(|(file, _)| file.as_str()).collect();
    let texts = b.scenario.texts();
    let is_other = |path: &String, text: &str| {
        let theirs = texts.iter().find(|(p, _)| p == path);
        theirs.is_some_and(|(_, theirs)| &**theirs != text)
    };
    let files = a.scenario.texts().into_iter().filter(|(path, text)| is_other(path, text));
    let is_quiet = |path: &String| !policies.contains(path) && !named.contains(path.as_str());
    files.map(|(path, _)| path).filter(is_quiet).collect()
}
