//! The recorded form of a run, version 1: mirror types that change only with the version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Version of the run directory's layout and of these types.
pub const FORMAT_VERSION: u32 = 1;

/// `manifest.json`: what was run, by what, and the hashes to check it by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT_VERSION`] at the time of writing.
    pub format: u32,
    /// Version of the program.
    pub hotwash: String,
    /// Version of the mapping from addresses to draws.
    pub streams: u32,
    /// Version of the journal's meaning.
    pub journal: u32,
    /// The scenario's name.
    pub scenario: String,
    /// Its files in the order they were read, with SHA-256 of each.
    pub files: Vec<FileHash>,
    /// Name of the policy; empty when every decision took its default.
    pub policy: String,
    /// Levers set on the command line.
    pub set: BTreeMap<String, String>,
    /// Decisions made on the command line.
    pub decide: BTreeMap<String, String>,
    /// The seed as given.
    pub seed: String,
    /// Which run of that seed's ensemble; 0 when it was played by itself.
    #[serde(default)]
    pub replication: u64,
    /// Where the run was cut short, as given; absent when it ran to its horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Plugins in build order.
    pub plugins: Vec<String>,
    /// Entries in the journal.
    pub entries: u64,
    /// SHA-256 of `journal.jsonl`.
    pub journal_sha256: String,
}

/// A file and its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileHash {
    /// Path within the run's `scenario` directory.
    pub path: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

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
