//! Kinds of journal entries that are known only from a scenario: made once each and kept for ever.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use hotwash_engine::{Audience, Kind, Weight, intern};

/// What makes a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Making {
    pub(crate) name: &'static str,
    pub(crate) lane: &'static str,
    pub(crate) weight: Weight,
    pub(crate) audience: u32,
    pub(crate) says: &'static str,
}

/// The kind that is made of this; the same one for the same.
pub(crate) fn kind(making: Making) -> &'static Kind {
    static KEPT: Mutex<BTreeMap<Making, &'static Kind>> = Mutex::new(BTreeMap::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.entry(making).or_insert_with(|| {
        let Making { name, lane, weight, audience, says } = making;
        let audience = Audience(audience);
        Box::leak(Box::new(Kind { name, lane, weight, audience, says, tags: &[] }))
    })
}

/// A list of words that lasts as long as the program; the same one for the same words.
pub(crate) fn words(words: &[&str]) -> &'static [&'static str] {
    static KEPT: Mutex<BTreeMap<Vec<&'static str>, &'static [&'static str]>> =
        Mutex::new(BTreeMap::new());
    let key: Vec<&'static str> = words.iter().map(|word| intern(word)).collect();
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.entry(key.clone()).or_insert_with(|| Box::leak(key.into_boxed_slice()))
}

/// The fields that a template names in braces.
pub(crate) fn fields(template: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        let Some(close) = rest.find('}') else { break };
        let name = rest[..close].split(':').next().unwrap_or_default();
        if !name.is_empty() && !found.contains(&name) {
            found.push(name);
        }
        rest = &rest[close + 1..];
    }
    found.into_iter().map(intern).collect()
}
