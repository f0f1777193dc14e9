//! What a difference led to: counts by lane and plugin, milestones, claims, beliefs.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::entry::{Entry, Recorded};
use super::finding::Step;
use super::matching::{Agrees, Matching};

/// The lane of what the vendor says, by the name that the journal has for it.
const CLAIM: &str = "claim";
/// The lane of what somebody believes.
const BELIEF: &str = "belief";
/// Probability from which a belief counts as held, as in the table of what was believed.
const HELD: f64 = 0.8;

/// How the entries of a lane or plugin agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counts {
    /// Which lane or plugin.
    pub name: String,
    /// Entries that both runs have, at the same time and with the same values.
    pub same: u64,
    /// Entries that both have, at another time or with other values.
    pub otherwise: u64,
    /// Entries that only the run before has.
    pub only_before: u64,
    /// Entries that only the run after has.
    pub only_after: u64,
    /// The first that only the run before has; one that is not routine, if there is one.
    pub first_before: Option<Entry>,
    /// The first that only the run after has.
    pub first_after: Option<Entry>,
}

pub(super) fn counts(
    before: &Recorded,
    after: &Recorded,
    matching: &Matching,
    group: fn(&Entry) -> &str,
) -> Vec<Counts> {
    let mut all: BTreeMap<&str, Counts> = BTreeMap::new();
    let empty = |name: &str| Counts {
        name: name.to_owned(),
        same: 0,
        otherwise: 0,
        only_before: 0,
        only_after: 0,
        first_before: None,
        first_after: None,
    };
    let mut order: Vec<&str> = Vec::new();
    for entry in before.entries.iter().chain(&after.entries) {
        if !order.contains(&group(entry)) {
            order.push(group(entry));
        }
    }
    for (entry, partner) in before.entries.iter().zip(&matching.before) {
        let counts = all.entry(group(entry)).or_insert_with(|| empty(group(entry)));
        match partner {
            Some((_, Agrees::Same)) => counts.same += 1,
            Some((_, Agrees::Otherwise)) => counts.otherwise += 1,
            None => {
                counts.only_before += 1;
                tell_first(&mut counts.first_before, entry);
            }
        }
    }
    for (entry, _) in after.entries.iter().zip(&matching.after).filter(|(_, p)| p.is_none()) {
        let counts = all.entry(group(entry)).or_insert_with(|| empty(group(entry)));
        counts.only_after += 1;
        tell_first(&mut counts.first_after, entry);
    }
    order.into_iter().filter_map(|name| all.remove(name)).collect()
}

/// Keeps the first entry, or the first that is not routine.
fn tell_first(slot: &mut Option<Entry>, entry: &Entry) {
    let is_routine = |e: &Entry| e.weight == "routine";
    let is_better = slot.as_ref().is_none_or(|kept| is_routine(kept) && !is_routine(entry));
    if is_better {
        *slot = Some(entry.clone());
    }
}

/// A milestone that was reached at another time, or on one side only.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MilestoneMove {
    /// Its name.
    pub name: String,
    /// When it was reached before: milliseconds since STARTEX, and civil date and time.
    pub before: Option<(i64, String)>,
    /// When it is reached after.
    pub after: Option<(i64, String)>,
}

pub(super) fn milestones(before: &Recorded, after: &Recorded) -> Vec<MilestoneMove> {
    let reached = |run: &Recorded| -> BTreeMap<String, (i64, String)> {
        let all = run.entries.iter();
        all.flat_map(|e| e.milestones.iter().map(|m| (m.clone(), (e.ms, e.at.clone())))).collect()
    };
    let (a, b) = (reached(before), reached(after));
    let mut names: Vec<&String> =
        a.keys().chain(b.keys().filter(|n| !a.contains_key(*n))).collect();
    names.retain(|name| a.get(*name) != b.get(*name));
    let mut moved: Vec<MilestoneMove> = names
        .into_iter()
        .map(|name| MilestoneMove {
            name: name.clone(),
            before: a.get(name).cloned(),
            after: b.get(name).cloned(),
        })
        .collect();
    let when = |m: &MilestoneMove| m.before.iter().chain(&m.after).map(|(ms, _)| *ms).min();
    moved.sort_by_key(|m| (when(m), m.name.clone()));
    moved
}

/// What was said on one side only, or at another time or with other words.
pub(super) fn claims(before: &Recorded, after: &Recorded, matching: &Matching) -> Vec<Step> {
    let mut steps = Vec::new();
    for (entry, partner) in before.entries.iter().zip(&matching.before) {
        if entry.lane != CLAIM {
            continue;
        }
        match partner {
            Some((_, Agrees::Same)) => {}
            Some((other, Agrees::Otherwise)) => {
                let after = after.entries.get(*other).cloned();
                steps.push(Step { before: Some(entry.clone()), after });
            }
            None => steps.push(Step { before: Some(entry.clone()), after: None }),
        }
    }
    let new = after.entries.iter().zip(&matching.after);
    let new = new.filter(|(entry, partner)| entry.lane == CLAIM && partner.is_none());
    steps.extend(new.map(|(entry, _)| Step { before: None, after: Some(entry.clone()) }));
    let when = |s: &Step| s.before.iter().chain(&s.after).map(|e| e.ms).min();
    steps.sort_by_key(when);
    steps
}

/// What somebody came to believe at another time or to another degree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Belief {
    /// Whose.
    pub who: String,
    /// Name of the proposition.
    pub name: String,
    /// The proposition in words.
    pub proposition: String,
    /// Probability in the end, before.
    pub p_before: Option<f64>,
    /// Probability in the end, after.
    pub p_after: Option<f64>,
    /// When they were first 80 % sure, before.
    pub sure_before: Option<String>,
    /// When they were first 80 % sure, after.
    pub sure_after: Option<String>,
}

/// What a run says of one belief: the proposition in words, the last probability, when it was first held.
type Held = (String, Option<f64>, Option<String>);

pub(super) fn beliefs(before: &Recorded, after: &Recorded) -> Vec<Belief> {
    let (a, b) = (held(before), held(after));
    let keys = a.keys().chain(b.keys().filter(|k| !a.contains_key(*k)));
    let belief = |key: &(String, String)| {
        let (ours, theirs) = (a.get(key), b.get(key));
        let words = ours.or(theirs).map(|h| h.0.clone()).unwrap_or_default();
        let p = |h: Option<&Held>| h.and_then(|h| h.1);
        let sure = |h: Option<&Held>| h.and_then(|h| h.2.clone());
        Belief {
            who: key.0.clone(),
            name: key.1.clone(),
            proposition: words,
            p_before: p(ours),
            p_after: p(theirs),
            sure_before: sure(ours),
            sure_after: sure(theirs),
        }
    };
    keys.filter(|key| a.get(*key) != b.get(*key)).map(belief).collect()
}

fn held(run: &Recorded) -> BTreeMap<(String, String), Held> {
    let mut all: BTreeMap<(String, String), Held> = BTreeMap::new();
    for entry in run.entries.iter().filter(|e| e.lane == BELIEF) {
        let text = |name: &str| entry.fields.get(name).and_then(Value::as_str).map(str::to_owned);
        let p = entry.fields.get("p").and_then(Value::as_f64);
        let (Some(name), Some(p)) = (text("name"), p) else { continue };
        let who = text("party").unwrap_or_else(|| entry.who.clone());
        let slot = all.entry((who, name)).or_default();
        slot.0 = text("proposition").unwrap_or_default();
        slot.1 = Some(p);
        if p >= HELD && slot.2.is_none() {
            slot.2 = Some(entry.at.clone());
        }
    }
    all
}
