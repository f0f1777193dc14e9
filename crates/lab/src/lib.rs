//! Many runs of a scenario and what they say: every study runs *arms* over the same *worlds*.
//!
//! An [`Arm`] is a way to prepare and answer: a policy, lever values, answers. A world is a
//! replication of a seed. Arms meet the same worlds, so differences between them are paired.
//! A [`Study`] says which batches of runs it needs and takes their results in order; [`conduct`] does
//! the batches on all cores, keeps them in a [`Log`] if asked to, and gives the same results for any
//! number of threads, any sharding and any number of interruptions.
//!
//! Does no printing and reads no wall clock. What a study finds is data, in [`findings`].

mod arm;
mod bench;
pub mod compare;
mod conduct;
pub mod critic;
pub mod design;
pub mod divergence;
mod error;
pub mod findings;
pub mod frontier;
mod grid;
mod hindcast;
mod layout;
mod log;
mod sensitivity;
pub mod stats;
pub mod sweep;
pub mod tables;
#[cfg(test)]
mod toy;
mod value;
pub mod verdict;

pub use arm::{Arm, Reply};
pub use bench::{Bench, Seat};
pub use conduct::{Conduct, Ended, Job, Progress, Round, Shard, Study, conduct};
pub use error::LabError;
pub use grid::Grid;
pub use hindcast::HindcastStudy;
pub use layout::{DecisionInfo, Layout, Row};
pub use log::Log;
pub use sensitivity::{Moves, Screening, SensitivityPlan};
pub use value::{ValueJob, ValueStudy};

/// Replications in a batch. Small enough that a batch in hand is done in a moment, large enough
/// that building and handing over cost nothing beside it.
pub const BATCH: u64 = 32;

/// The replications of a batch out of `runs`.
pub fn replications(batch: u64, runs: u64) -> std::ops::Range<u64> {
    batch * BATCH..((batch + 1) * BATCH).min(runs)
}

/// How many batches `runs` replications make.
pub fn batches(runs: u64) -> u64 {
    runs.div_ceil(BATCH)
}
