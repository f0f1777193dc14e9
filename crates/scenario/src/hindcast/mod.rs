//! What is on record of the events behind a scenario: `hindcast.ron`, read and checked like a policy.
//!
//! It does not take part in any run: it is what runs are held against.

mod read;

use std::sync::Arc;

use hotwash_engine::{JsonSchema, Simulation, schemars};
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is};
use crate::doc::Doc;
use crate::locate;
use crate::read::{Reader, did_you_mean};

pub(crate) use read::{RawRow, When};

/// The name of the file.
pub(crate) const HINDCAST: &str = "hindcast.ron";

/// What public sources say of the events that a scenario is modelled on.
#[derive(Clone, Debug)]
pub struct HindcastRecord {
    about: String,
    rows: Vec<RecordRow>,
    doc: Arc<Doc>,
}

/// One quantity on record.
#[derive(Clone, Debug)]
pub struct RecordRow {
    /// Its mark in the sources, such as `I-3`.
    pub id: String,
    /// What it is, in words.
    pub quantity: String,
    /// What of a run is held against it.
    pub measure: RowMeasure,
    /// What is on record.
    pub recorded: Recorded,
    /// The likeliest value, where the record gives a bracket around one.
    pub point: Option<f64>,
    /// Its unit, where it is not the metric's.
    pub unit: Option<String>,
    /// How firm the record is; none where it is undetermined.
    pub firmness: Option<RecordFirmness>,
    /// What the quantity comes from in the model.
    pub kind: RowKind,
    /// Rows that it follows from, so that it tells nothing beyond them.
    pub derived_from: Vec<String>,
    /// What other sources say.
    pub alternatives: Vec<OtherRecord>,
    /// Where it is from, conditions, what is contested.
    pub note: String,
    /// Position in the file's list, which may hold rows that could not be read.
    at: usize,
}

/// Another record of the same quantity.
#[derive(Clone, Debug)]
pub struct OtherRecord {
    /// What is on record there.
    pub recorded: Recorded,
    /// How firm it is.
    pub firmness: Option<RecordFirmness>,
    /// Whose it is.
    pub note: String,
}

/// What of a run is held against a row.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "measure")]
pub enum RowMeasure {
    /// A metric's value.
    Metric(#[schemars(extend("x-words" = "metric"))] String),
    /// The sum of several metrics; no value where one of them has none.
    Sum(#[schemars(extend("x-words" = "list of metrics"))] Vec<String>),
    /// The civil date of a milestone.
    Date(#[schemars(extend("x-words" = "milestone"))] String),
    /// Calendar days between two milestones, as a newspaper counts them: 0 on the same day.
    Days {
        /// From this one.
        #[schemars(extend("x-words" = "milestone"))]
        from: String,
        /// To this one; a negative number if it comes first.
        #[schemars(extend("x-words" = "milestone"))]
        to: String,
    },
    /// Calendar days from a date to a milestone.
    DaysFrom(
        #[schemars(extend("x-words" = "date"))] String,
        #[schemars(extend("x-words" = "milestone"))] String,
    ),
    /// Nothing, for this reason.
    Unscored(String),
}

/// What is on record.
#[derive(Clone, Debug, PartialEq)]
pub enum Recorded {
    /// From low to high, both included, in the row's unit; a date is a number of calendar days from the
    /// day of STARTEX. High may be infinite.
    Bracket {
        /// Lowest value that the record allows.
        low: f64,
        /// Highest.
        high: f64,
    },
    /// Something that happened, so that a model which has it in fewer than this share of its runs does
    /// not agree. The share is the author's choice, not a record.
    ShareAtLeast(f64),
    /// Nothing that could be scored, for this reason.
    Nothing(String),
}

/// How firm a record is, in the letters of the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum RecordFirmness {
    /// Said by the party itself or seen in the original.
    A,
    /// Two or more independent reports.
    B,
    /// One report.
    C,
    /// Claimed by somebody with an interest in it.
    D,
}

/// What a row's quantity comes from in the model, and so what agreement with it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum RowKind {
    /// Agents produce it: agreement supports the model.
    Emergent,
    /// The scenario or the policy puts it in: agreement says nothing of the model.
    Scripted,
    /// To be compared by reading; a threshold, if any, is the author's.
    Qualitative,
}

impl HindcastRecord {
    /// Which events it is about and where they are documented.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// Its rows, in the order of the file.
    pub fn rows(&self) -> &[RecordRow] {
        &self.rows
    }

    /// Its file's path and text.
    pub fn text(&self) -> (String, Arc<str>) {
        (self.doc.place(0..0).file.path.clone(), self.doc.text.clone())
    }

    /// Checks what needs a simulation: metrics and milestones.
    pub(crate) fn check(&self, sim: &Simulation, out: &mut Vec<Diagnostic>) {
        let metrics: Vec<&str> = sim.metrics().map(|m| m.name).collect();
        let milestones: Vec<&str> =
            sim.catalogue().milestones.iter().map(|m| m.name.as_str()).collect();
        let mut reader = Reader { doc: &self.doc, out };
        for row in &self.rows {
            for (sort, name) in row.measure.names() {
                let known = if sort == "metric" { &metrics } else { &milestones };
                if !known.contains(&name) {
                    let message = format!("no {sort} is called `{name}`");
                    let hint = did_you_mean(name, known);
                    let span = self.span_of(row, name);
                    reader.wrong(Is::Name, span, message, hint);
                }
            }
        }
    }

    fn span_of(&self, row: &RecordRow, name: &str) -> std::ops::Range<usize> {
        let rows = self.doc.root.field("rows").map(|f| f.value.children()).unwrap_or_default();
        let measure = rows.get(row.at).and_then(|node| node.field("measure"));
        let node = measure.map_or(&self.doc.root, |field| &field.value);
        locate::head(locate::first_text(node, &self.doc.text, name).unwrap_or(node))
    }
}

impl RowMeasure {
    /// The metrics and milestones that it names, with which of the two each is.
    pub fn names(&self) -> Vec<(&'static str, &str)> {
        match self {
            RowMeasure::Metric(name) => vec![("metric", name)],
            RowMeasure::Sum(names) => names.iter().map(|n| ("metric", n.as_str())).collect(),
            RowMeasure::Date(name) | RowMeasure::DaysFrom(_, name) => vec![("milestone", name)],
            RowMeasure::Days { from, to } => vec![("milestone", from), ("milestone", to)],
            RowMeasure::Unscored(_) => Vec::new(),
        }
    }
}
