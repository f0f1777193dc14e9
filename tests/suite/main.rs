//! The suite: one binary, one file per concern.

#![expect(clippy::unwrap_used, reason = "a test's mistakes are its own")]

mod compare;
mod coverage;
mod determinism;
mod edges;
mod frontier;
mod fuzz;
mod golden;
mod hindcast;
mod intrusion;
mod metamorphic;
mod picture;
mod properties;
mod provenance;
mod sensitivity;
mod sweep;
mod tidy;
mod value;
