//! The suite: one binary, one file per concern.

#![expect(clippy::unwrap_used, reason = "a test's mistakes are its own")]

mod book;
mod compare;
mod coverage;
mod crash;
mod critic;
mod determinism;
mod edges;
mod frontier;
mod fuzz;
mod golden;
mod hindcast;
mod inbox;
mod intrusion;
mod killed;
mod metamorphic;
mod msel;
mod pack;
mod picture;
mod play;
mod properties;
mod provenance;
mod reference;
mod renamed;
mod sensitivity;
mod session;
mod sweep;
mod tidy;
mod value;
