//! Scenarios: RON files that say what a simulation is made of, read with all their mistakes found at
//! once and shown at their place.
//!
//! A [`Registry`] says which plugins there are; [`load`] reads a scenario out of any [`Files`];
//! [`Scenario::build`] makes simulations of it; a [`Policy`] answers its decisions.
//! This is the only crate that knows RON.

mod attach;
mod beside;
mod change;
mod compose;
mod course;
mod diagnostic;
mod difference;
mod doc;
mod edit;
mod expect;
mod fields;
mod files;
mod format;
mod formatter;
mod hindcast;
mod input;
mod items;
mod language;
mod load;
mod locate;
mod lower;
mod parameter;
mod parse;
mod policy;
mod provenance;
mod read;
pub mod reference;
mod registry;
mod scenario;
mod sections;
mod tree;
mod unused;

/// The audience of what the whole public sees.
pub use hotwash_incident::view::PUBLIC as EVERYBODY;

pub use course::{Course, Lesson, PassMark};
pub use diagnostic::{Diagnostic, DiagnosticKind, SourceFile, render};
pub use difference::{Difference, DifferenceSort, Written};
pub use edit::{InjectDraft, InjectEdit};
pub use expect::{
    Bound, Expectation, Expectations, Expected, Fact, Golden, Happening, Level, Observed, Probe,
    Readings, Setup,
};
pub use files::{
    Embedded, Files, Folder, HOUSE, LIBRARY, MAX_FILE, ReadError, WithHouse, WithLibrary,
    library_file,
};
pub use format::{
    Briefing, CueSpec, DecisionSpec, InjectSpec, Objective, OptionSpec, OrderSpec, Role, WhenSpec,
};
pub use formatter::{formatted, renamed};
pub use hindcast::{
    HindcastRecord, OtherRecord, RecordFirmness, RecordRow, Recorded, RowKind, RowMeasure,
};
pub use language::{ENGLISH, Language, Words};
pub use load::{FORMAT_VERSION, load, load_to_run};
pub use policy::{Policy, PolicyDecider};
pub use registry::Registry;
pub use scenario::Scenario;
