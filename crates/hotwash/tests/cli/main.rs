//! The program as people meet it: real processes, their output, their exit codes.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on has failed its test")]

mod authoring;
mod book;
mod course;
mod critic;
mod describe;
mod diff;
mod flags;
mod hindcast;
mod hostile;
mod inspect;
mod languages;
mod pack;
mod play;
mod recorded;
mod run;
mod scripts;
mod studies;
mod support;
mod sweep;
mod testing;
mod value;
mod wide;
