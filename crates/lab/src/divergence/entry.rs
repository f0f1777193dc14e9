//! A recorded run as this study takes it: entries of a journal, and outcomes.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// An entry of a journal in its recorded form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Its number, from 1.
    pub n: u32,
    /// Milliseconds since STARTEX.
    pub ms: i64,
    /// Civil date and time.
    pub at: String,
    /// Whose doing.
    pub who: String,
    /// `plugin.what-happened`.
    pub kind: String,
    /// Which ledger it belongs to.
    pub lane: String,
    /// `routine`, `notable` or `milestone`.
    pub weight: String,
    /// The entry that led here; 0 at a root.
    pub cause: u32,
    /// Who sees it.
    pub sees: Vec<String>,
    /// Milestones first reached here.
    pub milestones: Vec<String>,
    /// Catalogue ids.
    pub tags: Vec<String>,
    /// Its values by name.
    pub fields: BTreeMap<String, Value>,
    /// Its sentence.
    pub says: String,
}

impl Entry {
    /// The plugin that wrote it.
    pub fn plugin(&self) -> &str {
        self.kind.split_once('.').map_or(&self.kind, |(plugin, _)| plugin)
    }
}

/// A metric's value at the end of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// Its value; nothing when it has none in this run.
    pub value: Option<f64>,
    /// Unit.
    pub unit: String,
    /// `lower`, `higher` or `neither`.
    pub better: String,
    /// Who bears it.
    pub bearer: String,
}

/// A recorded run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recorded {
    /// Its journal, numbered from 1 without gaps.
    pub entries: Vec<Entry>,
    /// Its outcomes.
    pub outcomes: Vec<Outcome>,
}
