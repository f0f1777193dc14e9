//! Runs on disk: writing a run directory, reading it back, comparing two journals.

mod directory;
mod format;
mod mirror;

pub(crate) use directory::read_bytes;
pub use directory::{POLICY, ReadError, Recorded, on_disk, outcomes_text, read, write};
pub use format::{FORMAT_VERSION, FileHash, Line, Manifest, Outcome, Outcomes};
pub use mirror::{journal_text, lines, outcomes, sha256};
