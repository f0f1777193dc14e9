//! Tests with real browsers: one binary, one file per concern.
//!
//! They need Chromium, chromedriver and axe-core, which `cargo xtask browser` installs; without
//! `HOTWASH_BROWSER=1` each says that it was skipped.

#![expect(clippy::unwrap_used, reason = "a test's mistakes are its own")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

mod access;
mod client;
mod exercise;
mod lost;
mod stage;
