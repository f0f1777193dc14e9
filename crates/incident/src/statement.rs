//! What the vendor says: statements with claims, their literal and their perceived meaning.

use std::sync::Arc;

use hotwash_engine::{Problem, Slug};
use serde::Deserialize;

use crate::case::PropositionId;

/// Whether a claim says that a proposition is true or false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Polarity {
    /// It is so.
    Affirms,
    /// It is not so.
    Denies,
}

/// How firmly something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Wording {
    /// "we have no indication so far", with a time limit.
    Hedged,
    /// "it is so".
    Plain,
    /// "it is not so in any way".
    Categorical,
}

/// How a statement reaches people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Audiences {
    /// A web page, a press release.
    Public,
    /// A support page that those find who look for it.
    Support,
    /// A letter to those concerned.
    Affected,
}

/// One claim of a statement.
#[derive(Clone, Debug, PartialEq, Deserialize)]
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
    /// Who it is for.
    pub to: Audiences,
    /// What it claims, propositions resolved.
    pub claims: Vec<(PropositionId, ClaimSpec)>,
    /// Records affected, low and high, equal for a plain number, where the words fix them. A number
    /// that is counted before release comes with the release.
    pub records: Option<(f64, f64)>,
    /// Whether it warns customers specifically of callers who know their case.
    pub is_specific_warning: bool,
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
