//! The suite: one binary, one file per concern.

#![expect(clippy::unwrap_used, reason = "a test's mistakes are its own")]

mod coverage;
mod determinism;
mod edges;
mod fuzz;
mod golden;
mod intrusion;
mod metamorphic;
mod picture;
mod properties;
mod provenance;
mod tidy;
