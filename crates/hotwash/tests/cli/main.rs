//! The program as people meet it: real processes, their output, their exit codes.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on has failed its test")]

mod course;
mod flags;
mod hindcast;
mod hostile;
mod inspect;
mod pack;
mod play;
mod recorded;
mod run;
mod studies;
mod support;
mod sweep;
mod value;
mod wide;
