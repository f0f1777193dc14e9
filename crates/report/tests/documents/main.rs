//! Documents after an exercise: the rules behind them, and that what is written down is whole.

#![expect(clippy::unwrap_used, reason = "a test's mistakes are its own")]

mod rules;
#[path = "../../examples/documents/sample.rs"]
mod sample;
mod written;
