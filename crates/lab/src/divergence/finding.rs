//! What a comparison of two runs finds, as plain data.

use serde::Serialize;

use super::Divergence;
use super::entry::Entry;
use super::first::First;
use super::tickets::Tickets;

/// The whole finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The run before.
    pub before: Side,
    /// The run after.
    pub after: Side,
    /// What was different to begin with.
    pub changes: Vec<Change>,
    /// Files that differ in comments, layout or place only.
    pub same_meaning: Vec<String>,
    /// Why the runs part; nothing when it was not looked for.
    pub why: Option<Why>,
    /// How they differ.
    pub divergence: Divergence,
}

/// One of the two runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// As it was asked for.
    pub named: String,
    /// What was played: scenario, policy, seed.
    pub what: String,
    /// Entries of its journal.
    pub entries: u64,
}

/// Something that was different before the runs began.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// `number`, `lever`, `answer`, `seed`, `decision` and so on.
    pub sort: String,
    /// Its name or path.
    pub path: String,
    /// As it was; nothing when it was not there.
    pub before: Option<String>,
    /// As it is; nothing when it is not there any more.
    pub after: Option<String>,
    /// Where it stands: file and line after or, when it is gone, before.
    pub place: Option<(String, u64)>,
    /// What it does alone.
    pub effect: Effect,
    /// How the run before uses it, where that is known.
    pub read: Option<ReadAs>,
}

/// What a change does, put into the run before by itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It brings about the first difference; `is_all` when it makes the run the same as the one after to
    /// the last entry and outcome.
    First {
        /// Whether nothing is left to explain.
        is_all: bool,
    },
    /// It changes something else first: this entry.
    Elsewhere(Box<Entry>),
    /// No entry changes, but outcomes do.
    OutcomesOnly,
    /// Every entry and every outcome stays the same.
    Nothing,
    /// The run before cannot be played with it alone.
    Impossible(String),
    /// It was not tried.
    Untried,
}

/// How the run before uses what has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadAs {
    /// The number: it never asks for it.
    Never,
    /// The decision: it never comes up.
    NotAsked,
    /// While the simulation was built.
    AtBuild,
    /// One value for the run: before, and with the change alone.
    Once(f64, f64),
    /// A fresh draw for each case.
    FromCaseToCase,
}

/// What changes do together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Together {
    /// These bring about the first difference, and none of them can be left out.
    Needed(Vec<usize>),
    /// All of them do not bring it about: something else is different.
    NotEvenAll,
    /// The run before cannot be played with all of them.
    Impossible(String),
}

/// Why two runs part.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// What changes do together, where none does it alone.
    pub together: Option<Together>,
    /// Where this program plays the run before otherwise than was recorded, if it does.
    pub program_before: Option<First>,
    /// The same for the run after.
    pub program_after: Option<First>,
    /// Which runs' outcomes this program reckons otherwise than was recorded, though every entry is the
    /// same: `before`, `after`.
    pub recounted: Vec<String>,
    /// How the draws of chance agree.
    pub tickets: Option<Tickets>,
    /// Why nothing could be tried.
    pub cannot: Option<String>,
}

/// Something that one run has, or both have otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// In the run before.
    pub before: Option<Entry>,
    /// In the run after.
    pub after: Option<Entry>,
}
