//! Scenarios: RON files that say what a simulation is made of, read with all their mistakes found at
//! once and shown at their place.
//!
//! A [`Registry`] says which plugins there are; [`load`] reads a scenario out of any [`Files`];
//! [`Scenario::build`] makes simulations of it; a [`Policy`] answers its decisions.
//! This is the only crate that knows RON.

mod course;
mod diagnostic;
mod doc;
mod edit;
mod fields;
mod files;
mod format;
mod hindcast;
mod input;
mod items;
mod load;
mod locate;
mod lower;
mod parse;
mod policy;
mod provenance;
mod read;
mod registry;
mod scenario;
mod sections;
mod tree;

pub use course::{Course, Lesson, PassMark};
pub use diagnostic::{Diagnostic, DiagnosticKind, SourceFile, render};
pub use edit::{InjectDraft, InjectEdit};
pub use files::{Embedded, Files, Folder, LIBRARY, MAX_FILE, ReadError, WithLibrary};
pub use format::{
    Briefing, CueSpec, DecisionSpec, InjectSpec, Objective, OptionSpec, OrderSpec, Role, WhenSpec,
};
pub use hindcast::{
    HindcastRecord, OtherRecord, RecordFirmness, RecordRow, Recorded, RowKind, RowMeasure,
};
pub use load::{FORMAT_VERSION, load};
pub use policy::{Policy, PolicyDecider};
pub use registry::Registry;
pub use scenario::Scenario;
