//! The recorded form of a run, version 1: mirror types that change only with the version.

use std::collections::BTreeMap;

use hotwash_exercise::FileHash;
use serde::{Deserialize, Serialize};

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
