//! The first entry in which two journals differ, and in what.

use serde::Serialize;

use super::entry::Entry;
use super::matching::{Agrees, Matching, is_equal};

/// Entries right before the first difference that are told with it.
const LEAD: usize = 2;
/// Causes of an entry that are told with it.
const CHAIN: usize = 4;

/// In what the first entries that differ do so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The entry is in the run before only.
    OnlyBefore,
    /// The entry is in the run after only.
    OnlyAfter,
    /// What the run before has here comes later in the run after.
    Later,
    /// What the run after has here comes later in the run before.
    Earlier,
    /// Something else happens in each.
    Instead,
    /// The same, at another time.
    Time,
    /// The same, with other values: the names of those that differ.
    Values(Vec<String>),
    /// The same, from another cause.
    Cause,
    /// The same entries of one instant, in another order.
    Order,
    /// The same, told to others, in other words or with another weight.
    Telling,
}

/// Where two journals part.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct First {
    /// In what they differ there.
    pub how: How,
    /// Position in both journals, from 1.
    pub n: u32,
    /// When, in milliseconds since STARTEX: the earlier of the two.
    pub ms: i64,
    /// The same, as civil date and time.
    pub at: String,
    /// The entry before; nothing when that journal has ended.
    pub before: Option<Entry>,
    /// The entry after.
    pub after: Option<Entry>,
    /// Where the entry before comes in the run after, if it comes there later.
    pub before_comes_later: Option<Entry>,
    /// Where the entry after comes in the run before, if it comes there later.
    pub after_comes_later: Option<Entry>,
    /// The entries right before, the same on both sides.
    pub lead: Vec<Entry>,
    /// What led to the entry before, the nearest last.
    pub before_causes: Vec<Entry>,
    /// What led to the entry after, the nearest last.
    pub after_causes: Vec<Entry>,
}

/// Position of the first difference, if there is one.
pub(super) fn position(before: &[Entry], after: &[Entry]) -> Option<usize> {
    let parts = before.iter().zip(after).position(|(a, b)| !is_equal(a, b));
    let shorter = before.len().min(after.len());
    parts.or((before.len() != after.len()).then_some(shorter))
}

pub(super) fn first(before: &[Entry], after: &[Entry], matching: &Matching) -> Option<First> {
    let at = position(before, after)?;
    let (a, b) = (before.get(at), after.get(at));
    let partner = |list: &[Option<(usize, Agrees)>]| list.get(at).copied().flatten();
    let (ours, theirs) = (partner(&matching.before), partner(&matching.after));
    let how = match (a, b) {
        (Some(a), Some(b)) => how(a, b, ours, theirs, at),
        (Some(_), None) => How::OnlyBefore,
        _ => How::OnlyAfter,
    };
    let earlier = match (a, b) {
        (Some(a), Some(b)) if b.ms < a.ms => b,
        (Some(a), _) => a,
        (None, b) => b?,
    };
    let later = |list: &[Entry], partner: Option<(usize, Agrees)>| {
        partner.filter(|(other, _)| *other > at).and_then(|(other, _)| list.get(other).cloned())
    };
    Some(First {
        how,
        n: at as u32 + 1,
        ms: earlier.ms,
        at: earlier.at.clone(),
        before_comes_later: later(after, ours),
        after_comes_later: later(before, theirs),
        lead: before[at.saturating_sub(LEAD)..at].to_vec(),
        before_causes: a.map_or_else(Vec::new, |a| causes(before, a)),
        after_causes: b.map_or_else(Vec::new, |b| causes(after, b)),
        before: a.cloned(),
        after: b.cloned(),
    })
}

/// In what two entries in the same place differ, given where each has its partner.
fn how(
    a: &Entry,
    b: &Entry,
    ours: Option<(usize, Agrees)>,
    theirs: Option<(usize, Agrees)>,
    at: usize,
) -> How {
    let is_same = |partner: Option<(usize, Agrees)>| partner.filter(|(_, x)| *x == Agrees::Same);
    match (is_same(ours), is_same(theirs)) {
        (Some((other, _)), _) if other == at => telling(a, b),
        (Some(_), Some(_)) => How::Order,
        // What comes on both sides is only put off by what the other side has more.
        (Some(_), None) if theirs.is_some() => How::Earlier,
        (Some(_), None) => How::OnlyAfter,
        (None, Some(_)) if ours.is_some() => How::Later,
        (None, Some(_)) => How::OnlyBefore,
        (None, None) if a.kind == b.kind && a.who == b.who => {
            let differing = differing(a, b);
            if differing.is_empty() { How::Time } else { How::Values(differing) }
        }
        (None, None) => match (ours, theirs) {
            (None, Some(_)) if a.ms <= b.ms => How::OnlyBefore,
            (Some(_), None) if b.ms <= a.ms => How::OnlyAfter,
            _ => How::Instead,
        },
    }
}

fn telling(a: &Entry, b: &Entry) -> How {
    if a.cause == b.cause { How::Telling } else { How::Cause }
}

fn differing(a: &Entry, b: &Entry) -> Vec<String> {
    let names = a.fields.keys().chain(b.fields.keys().filter(|k| !a.fields.contains_key(*k)));
    let mut differing: Vec<String> =
        names.filter(|k| a.fields.get(*k) != b.fields.get(*k)).cloned().collect();
    if a.milestones != b.milestones {
        differing.push("milestones".to_owned());
    }
    differing
}

fn causes(entries: &[Entry], of: &Entry) -> Vec<Entry> {
    let mut chain: Vec<Entry> = Vec::new();
    let mut cause = of.cause;
    // Causes come before their effects, so that this ends.
    while let Some(entry) = (cause as usize).checked_sub(1).and_then(|i| entries.get(i)) {
        if chain.len() == CHAIN || entry.cause >= entry.n {
            break;
        }
        chain.push(entry.clone());
        cause = entry.cause;
    }
    chain.reverse();
    chain
}
