//! Results as pictures and self-contained pages.
//!
//! - [`svg`] is the drawing kit: scales, ticks, axes, marks, text that fits.
//! - [`picture`] has one file per picture: a finding in, a [`picture::Figure`] out.
//! - [`page`] has one file per page: a finding in, a whole HTML document out.
//!
//! - [`document`] has the papers of an exercise, [`export`] a session for other programs, [`msel`] reads
//!   an edited list of events back.
//!
//! Everything is a pure function of the finding: the same finding gives the same bytes. Pages need no
//! script and ask nothing of a network.

pub mod dates;
pub mod document;
pub mod export;
pub mod msel;
pub mod page;
pub mod picture;
pub mod svg;
pub mod words;

pub use page::{comparison, frontier, hindcast, hot_wash, sensitivity, sweep, value};
