//! A study's directory: what was asked for, the batches done so far, and in the end the tables and the
//! finding. It is what `--out`, `--resume`, `--shard` and `merge` stand on.
//!
//! * `study.json` says what was asked for and by which program, so that it can be gone on with.
//! * `batches.log` has the batches done so far, until all are.
//! * `finding.json`, `finding.txt`, the tables and `README.md` are what is found.

mod events;
mod kept;
mod manifest;
mod merge;
mod readme;
mod restore;
mod words;

pub(crate) use kept::{Kept, vacant};
pub(crate) use manifest::{Manifest, STUDY_FORMAT, State};
pub(crate) use merge::merge;
pub(crate) use restore::restore;
pub(crate) use words::{Work, shown};
