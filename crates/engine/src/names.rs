//! Names that plugins declare, so that orders and references can be checked before a run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::plugin::Problem;

/// Declared names by sort: statements, propositions, stores.
#[derive(Debug, Default)]
pub struct Names {
    sorts: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Names {
    /// Declares a name. False when it was there already.
    pub fn declare(&mut self, sort: &'static str, name: &str) -> bool {
        self.sorts.entry(sort).or_default().insert(name.to_owned())
    }

    /// Checks that a name was declared.
    ///
    /// # Errors
    /// A problem that says what it may have been meant to be.
    pub fn require(&self, sort: &'static str, name: &str) -> Result<(), Problem> {
        let known = self.sorts.get(sort);
        if known.is_some_and(|set| set.contains(name)) {
            return Ok(());
        }
        let problem = Problem::new(format!("no {sort} is called `{name}`"));
        let known = known.into_iter().flatten().map(String::as_str);
        Err(problem.hint_names(name, known))
    }
}

/// A name that lasts as long as the program: for plugins that learn only from the scenario how their
/// metrics, levers and kinds are called. Each different name is kept once, so that building a scenario
/// again and again takes no more memory.
pub fn intern(name: &str) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(name) {
        return known;
    }
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    kept.insert(name);
    name
}

/// Names that last as long as the program, as a list: see [`intern`].
pub fn intern_all(names: &[String]) -> &'static [&'static str] {
    static KEPT: Mutex<BTreeSet<&'static [&'static str]>> = Mutex::new(BTreeSet::new());
    let names: Vec<&'static str> = names.iter().map(|name| intern(name)).collect();
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(names.as_slice()) {
        return known;
    }
    let names: &'static [&'static str] = Box::leak(names.into_boxed_slice());
    kept.insert(names);
    names
}

/// A text that stands in a file of its own beside the scenario: written `File("clerk.rhai")` in a
/// plugin's section.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attached {
    /// The file's path among the scenario's files.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// The known name nearest to a mistyped one, if any is near.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len().max(wrong.len()) / 4)
        .min()
        .map(|(_, name)| name)
}
