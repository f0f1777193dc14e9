//! Runs as text for people: the timeline, the three ledgers side by side, the outcomes.
//!
//! Colour helps and is never the only signal: every lane has a sign and a word.

mod layout;
mod ledgers;
mod outcomes;
mod style;
mod timeline;

pub use layout::{Page, wrap};
pub use ledgers::ledgers;
pub use outcomes::{number, outcomes};
pub use style::{BOLD, DIM, ERROR, Paint, lane};
pub use timeline::timeline;
