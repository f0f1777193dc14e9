//! The recorded form of a run: mirror types that change only with the format's version.

mod mirror;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use mirror::{journal_text, line, lines, outcomes, sha256};

/// One line of `journal.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Number of the entry, from 1.
    pub n: u32,
    /// Milliseconds since STARTEX.
    pub ms: i64,
    /// Civil date and time, the vendor's.
    pub at: String,
    /// Whose doing.
    pub who: String,
    /// `plugin.what-happened`.
    pub kind: String,
    /// Which ledger it belongs to.
    pub lane: String,
    /// `routine`, `notable` or `milestone`.
    pub weight: String,
    /// Entry that led here; 0 at a root.
    pub cause: u32,
    /// Who sees it; nobody but the facilitator when empty.
    pub sees: Vec<String>,
    /// Milestones first reached here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<String>,
    /// Catalogue ids, such as ATT&CK techniques.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Its values by name.
    pub fields: BTreeMap<String, Value>,
    /// Its sentence.
    pub says: String,
}

/// The outcomes of a run: `outcomes.json`, and the last line of `--format jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    /// In order of declaration.
    pub outcomes: Vec<Outcome>,
}

/// One metric's value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Its value; null when it has none in this run.
    pub value: Option<f64>,
    /// Unit.
    pub unit: String,
    /// `lower`, `higher` or `neither`.
    pub better: String,
    /// Who bears it.
    pub bearer: String,
}

/// A file and its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileHash {
    /// Path within the `scenario` directory that goes with the run or session.
    pub path: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}
