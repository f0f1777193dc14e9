//! The suite: one binary, one file per concern.

mod coverage;
mod determinism;
mod edges;
mod fuzz;
mod golden;
mod metamorphic;
mod properties;
mod provenance;
mod tidy;
