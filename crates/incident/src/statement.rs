//! What the vendor says: statements with claims, their literal and their perceived meaning.

use std::sync::Arc;

use hotwash_engine::{JsonSchema, Problem, Slug, schemars};
use serde::Deserialize;

use crate::case::PropositionId;
use crate::matter::MatterId;

/// Whether a claim says that a proposition is true or false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Polarity {
    /// It is so.
    Affirms,
    /// It is not so.
    Denies,
}

/// How firmly something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum Wording {
    /// "we have no indication so far", with a time limit.
    Hedged,
    /// "it is so".
    Plain,
    /// "it is not so in any way".
    Categorical,
}

/// How a statement reaches people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum Audiences {
    /// A web page, a press release.
    Public,
    /// A support page that those find who look for it.
    Support,
    /// A letter to those concerned.
    Affected,
}

/// What a statement can tell beyond its claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum Specific {
    /// What exactly was taken.
    What,
    /// How old it is.
    Age,
    /// From when to when somebody was inside.
    Dwell,
    /// How sure the vendor is, and what it does not know.
    Limits,
}

/// Which specifics a statement gives; a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(from = "Vec<Specific>")]
pub struct Specifics(u8);

impl Specifics {
    /// Whether the statement gives this.
    pub const fn has(self, specific: Specific) -> bool {
        self.0 & (1 << specific as u8) != 0
    }

    /// How many it gives, 0 to 4.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }
}

impl From<Vec<Specific>> for Specifics {
    fn from(list: Vec<Specific>) -> Self {
        list.into_iter().collect()
    }
}

impl FromIterator<Specific> for Specifics {
    fn from_iter<I: IntoIterator<Item = Specific>>(list: I) -> Self {
        Specifics(list.into_iter().fold(0, |set, specific| set | (1 << specific as u8)))
    }
}

/// One claim of a statement.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimSpec {
    /// Which proposition it is about.
    pub about: Slug,
    /// What the words say, taken literally; absent when they do not speak of it.
    #[serde(default)]
    pub literal: Option<Polarity>,
    /// What readers take them to say.
    pub perceived: Polarity,
    /// How firmly.
    pub wording: Wording,
}

/// A statement's number in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementId(pub u16);

/// A statement that the press office can release.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Unique name.
    pub name: Slug,
    /// Headline.
    pub title: String,
    /// The words.
    pub text: String,
    /// Which matter it speaks of.
    pub matter: MatterId,
    /// Who it is for.
    pub to: Audiences,
    /// What it claims, propositions resolved.
    pub claims: Vec<(PropositionId, ClaimSpec)>,
    /// Records affected, low and high, equal for a plain number, where the words fix them. A number
    /// that is counted before release comes with the release.
    pub records: Option<(f64, f64)>,
    /// Whether it warns customers specifically of callers who know their case.
    pub is_specific_warning: bool,
    /// Which specifics it gives.
    pub specifics: Specifics,
}

/// All statements of a scenario.
#[derive(Clone, Debug, Default)]
pub struct StatementBook {
    /// By [`StatementId`].
    pub statements: Vec<Statement>,
}

impl StatementBook {
    /// A statement by number.
    pub fn get(&self, id: StatementId) -> &Statement {
        &self.statements[usize::from(id.0)]
    }

    /// A statement's number by name.
    ///
    /// # Errors
    /// A problem with the nearest name.
    pub fn find(&self, name: &str) -> Result<StatementId, Problem> {
        match self.statements.iter().position(|s| s.name.as_str() == name) {
            Some(i) => Ok(StatementId(i as u16)),
            None => Err(Problem::new(format!("no statement is called `{name}`"))
                .hint_names(name, self.statements.iter().map(|s| s.name.as_str()))),
        }
    }
}

/// The book as plugins share it.
pub type SharedStatements = Arc<StatementBook>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifics_are_a_set() {
        let none = Specifics::default();
        assert_eq!((none.count(), none.has(Specific::Dwell)), (0, false));
        let some: Specifics =
            [Specific::Dwell, Specific::What, Specific::Dwell].into_iter().collect();
        assert_eq!(some.count(), 2);
        assert!(some.has(Specific::What) && some.has(Specific::Dwell));
        assert!(!some.has(Specific::Age) && !some.has(Specific::Limits));
    }
}
