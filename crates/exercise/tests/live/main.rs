//! Sessions of the shipped scenarios: what the hot wash knows of them, and who sees what.

#![expect(clippy::unwrap_used, reason = "a test's mistakes are its own")]

mod forks;
mod questions;
mod sessions;
mod story;
mod table;
mod views;
