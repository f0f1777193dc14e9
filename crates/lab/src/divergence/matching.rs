//! Which entry of one run is which of the other.
//!
//! An entry's identity is what it says, not its number: one entry more at an early time shifts all numbers
//! and changes nothing else. Entries are paired in four rounds, each over what the rounds before left, and
//! within a round the k-th of one side with the k-th of the other that agrees with it in:
//!
//! 1. kind, who, time, values and milestones: *the same*;
//! 2. kind, who and values: *moved* in time;
//! 3. kind, who and time: *changed* in its values;
//! 4. kind, who and those values that are words, dates and lengths of time apart: *both*.
//!
//! What is left is on one side only. The rounds compare no cause: a cause that changed would drag along
//! everything that came of it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::entry::Entry;

/// How well two entries agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agrees {
    /// In all but number and cause.
    Same,
    /// The same thing at another time or with other values.
    Otherwise,
}

/// Partners by position, for both sides.
#[derive(Debug)]
pub(super) struct Matching {
    pub(super) before: Vec<Option<(usize, Agrees)>>,
    pub(super) after: Vec<Option<(usize, Agrees)>>,
}

impl Matching {
    pub(super) fn of(before: &[Entry], after: &[Entry]) -> Matching {
        let mut matching =
            Matching { before: vec![None; before.len()], after: vec![None; after.len()] };
        let keys: [fn(&Entry) -> String; 4] = [same, moved, changed, alike];
        for (round, key) in keys.into_iter().enumerate() {
            let agrees = if round == 0 { Agrees::Same } else { Agrees::Otherwise };
            matching.round(before, after, key, agrees);
        }
        matching
    }

    fn round(
        &mut self,
        before: &[Entry],
        after: &[Entry],
        key: fn(&Entry) -> String,
        agrees: Agrees,
    ) {
        let mut open: BTreeMap<String, std::collections::VecDeque<usize>> = BTreeMap::new();
        for (j, entry) in after.iter().enumerate().filter(|(j, _)| self.after[*j].is_none()) {
            open.entry(key(entry)).or_default().push_back(j);
        }
        for (i, entry) in before.iter().enumerate() {
            if self.before[i].is_some() {
                continue;
            }
            if let Some(j) = open.get_mut(&key(entry)).and_then(|list| list.pop_front()) {
                self.before[i] = Some((j, agrees));
                self.after[j] = Some((i, agrees));
            }
        }
    }
}

fn values(entry: &Entry) -> String {
    let fields: Vec<String> = entry.fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
    format!("{}\u{1f}{}", fields.join("\u{1f}"), entry.milestones.join("\u{1f}"))
}

fn same(entry: &Entry) -> String {
    format!("{}\u{1e}{}\u{1e}{}\u{1e}{}", entry.kind, entry.who, entry.ms, values(entry))
}

fn moved(entry: &Entry) -> String {
    format!("{}\u{1e}{}\u{1e}{}", entry.kind, entry.who, values(entry))
}

fn changed(entry: &Entry) -> String {
    format!("{}\u{1e}{}\u{1e}{}", entry.kind, entry.who, entry.ms)
}

fn alike(entry: &Entry) -> String {
    let words = entry.fields.iter().filter_map(|(name, value)| match value {
        Value::String(text) if !text.contains(|c: char| c.is_ascii_digit()) => {
            Some(format!("{name}={text}"))
        }
        _ => None,
    });
    let words: Vec<String> = words.collect();
    format!("{}\u{1e}{}\u{1e}{}", entry.kind, entry.who, words.join("\u{1f}"))
}

/// Whether two entries are the same in everything, number and cause too: what makes two journals the same
/// bytes.
pub(super) fn is_equal(a: &Entry, b: &Entry) -> bool {
    a == b
}
