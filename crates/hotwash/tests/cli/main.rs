//! The program as people meet it: real processes, their output, their exit codes.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on has failed its test")]

mod flags;
mod hostile;
mod inspect;
mod recorded;
mod run;
mod support;
mod wide;
