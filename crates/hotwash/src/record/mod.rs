//! Runs on disk: writing a run directory, reading it back, comparing two journals.

mod copies;
mod directory;
mod format;
mod packed;
mod parts;

pub(crate) use copies::{Copies, write_copies};
pub(crate) use directory::read_bytes;
pub use directory::{MSEL, POLICY, ReadError, Recorded, on_disk, outcomes_text, read, write};
pub use format::{FORMAT_VERSION, Manifest};
pub use hotwash_exercise::record::{
    FileHash, Line, Outcome, Outcomes, journal_text, line, lines, outcomes, sha256,
};
pub(crate) use packed::{ENDING as PACKED, Packed};
pub use parts::{played, recorded};
