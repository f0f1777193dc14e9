//! Runs as text for people: the timeline, the three ledgers side by side, the outcomes.
//!
//! Colour helps and is never the only signal: every lane has a sign and a word.

mod compare;
pub(crate) mod course;
mod critic;
pub(crate) mod describe;
mod diff;
mod frontier;
mod hindcast;
pub(crate) mod hot_wash;
mod layout;
mod ledgers;
mod outcomes;
mod report;
mod sensitivity;
pub(crate) mod session;
mod style;
mod sweep;
mod timeline;
pub(crate) mod value;
mod verdict;

pub use compare::comparison;
pub(crate) use critic::critique;
pub use diff::{diff, divergence};
pub(crate) use frontier::frontier;
pub use hindcast::hindcast;
pub use layout::{Page, columns, padded, wrap};
pub use ledgers::ledgers;
pub use outcomes::{grouped, number, outcomes};
pub(crate) use report::report;
pub use sensitivity::sensitivity;
pub use style::{BOLD, DIM, ERROR, Paint, lane};
pub use sweep::sweep;
pub use timeline::timeline;
pub(crate) use value::value;
pub(crate) use verdict::{
    against as verdict_against, details as verdict_details, summary as verdict_summary, verdicts,
};
