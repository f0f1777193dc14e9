//! Runs on disk: writing a run directory, reading it back, comparing two journals.

mod directory;
mod format;
mod mirror;

pub use directory::{ReadError, Recorded, on_disk, read, write};
pub use format::{FORMAT_VERSION, FileHash, Line, Manifest, Outcome, Outcomes};
pub use mirror::{journal_text, lines, outcomes, sha256};
