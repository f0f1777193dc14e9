//! Names that plugins declare, so that orders and references can be checked before a run.

use std::collections::{BTreeMap, BTreeSet};

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

/// The known name nearest to a mistyped one, if any is near.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len().max(wrong.len()) / 4)
        .min()
        .map(|(_, name)| name)
}
