//! What stands beside a scenario's first file: policies, the record, expectations, languages.

use std::sync::Arc;

use hotwash_engine::SimTime;

use crate::diagnostic::Diagnostic;
use crate::doc::Doc;
use crate::expect::{Book, EXPECTATIONS, Expectations};
use crate::files::Files;
use crate::hindcast::{HINDCAST, HindcastRecord, When};
use crate::input::read_doc;
use crate::language;
use crate::load::Draft;
use crate::locate;
use crate::policy::Policy;
use crate::scenario::Scenario;

impl Draft<'_> {
    /// Reads the policies, and gives their files; `is_whole` when all decisions and injects could be read.
    pub(crate) fn add_policies(
        &self,
        entry: &str,
        scenario: &mut Scenario,
        is_whole: bool,
        out: &mut Vec<Diagnostic>,
    ) -> Vec<Arc<Doc>> {
        // An answer to a decision that could not be read would only cause more noise.
        let docs = self.policies(entry, out);
        if is_whole {
            let decisions = &scenario.decisions;
            scenario.policies = docs
                .iter()
                .filter_map(|doc| Policy::read(doc, decisions, &self.dropped, out))
                .collect();
        }
        docs
    }

    /// Reads what else stands beside the first file: what no run depends on.
    pub(crate) fn add_neighbours(
        &self,
        entry: &str,
        scenario: &mut Scenario,
        policies: &[Arc<Doc>],
        is_whole: bool,
        out: &mut Vec<Diagnostic>,
    ) {
        scenario.hindcast = record(self.files, entry, scenario, out);
        if is_whole {
            scenario.expectations = expectations(self.files, entry, scenario, policies, out);
        }
        scenario.languages = language::read_all(self.files, entry, scenario, is_whole, out);
    }
}

/// A path beside the scenario's first file.
pub(crate) fn beside(entry: &str, name: &str) -> String {
    match entry.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// A file beside the scenario's first one, if there is one of this name.
fn neighbour(
    files: &dyn Files,
    entry: &str,
    name: &str,
    out: &mut Vec<Diagnostic>,
) -> Option<Arc<Doc>> {
    let path = beside(entry, name);
    let folder = entry.rsplit_once('/').map_or("", |(folder, _)| folder);
    if !files.list(folder).contains(&path) {
        return None;
    }
    read_doc(files, &path, None, out)
}

/// The expectations beside the scenario, if there are any. `policies` are the files of its policies, which
/// may have mistakes of their own.
fn expectations(
    files: &dyn Files,
    entry: &str,
    scenario: &Scenario,
    policies: &[Arc<Doc>],
    out: &mut Vec<Diagnostic>,
) -> Option<Expectations> {
    let doc = neighbour(files, entry, EXPECTATIONS, out)?;
    let name = |doc: &Arc<Doc>| locate::text_of(&doc.root.field("name")?.value, &doc.text);
    let book = Book {
        calendar: &scenario.calendar,
        start: SimTime::STARTEX - scenario.lead_in,
        end: SimTime::STARTEX + scenario.horizon,
        decisions: &scenario.decisions,
        injects: &scenario.injects,
        policies: policies.iter().filter_map(name).collect(),
    };
    Expectations::read(&doc, &book, out)
}

/// The record beside the scenario, if there is one.
fn record(
    files: &dyn Files,
    entry: &str,
    scenario: &Scenario,
    out: &mut Vec<Diagnostic>,
) -> Option<HindcastRecord> {
    let doc = neighbour(files, entry, HINDCAST, out)?;
    let when = When {
        calendar: &scenario.calendar,
        start: SimTime::STARTEX - scenario.lead_in,
        end: SimTime::STARTEX + scenario.horizon,
    };
    HindcastRecord::read(&doc, &when, out)
}
