//! Agents with a script, as an author meets them: loaded from a scenario, run, and broken on purpose.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on has failed its test")]

mod behaviour;
mod determinism;
mod guide;
mod hostile;
mod mistakes;
#[cfg(feature = "wasm")]
mod modules;
mod speed;
mod world;
