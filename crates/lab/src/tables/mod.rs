//! Tables of a study's runs, for other programs: the same rows as Parquet and as CSV.
//!
//! A [`Table`] says what its columns are; a [`TableWriter`] writes both files from it, and
//! [`columns`] describes them for people. [`write_grid`] fills the tables of a [`Grid`](crate::Grid)
//! from its log, batch by batch, so that memory does not grow with the study.

mod grid;
mod parquet_file;
mod readme;
mod writer;

pub use grid::{CELL, POLICY, REPLICATION, RUN, worlds_kept, write_grid};
pub use readme::columns;
pub use writer::TableWriter;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Whole numbers from 0 to 2^64 - 1.
    Count,
    /// Numbers of 64 bits.
    Number,
    /// Words.
    Text,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the files.
    pub name: &'static str,
    /// What it holds.
    pub sort: Sort,
    /// Whether a value may be missing.
    pub is_optional: bool,
    /// The unit; empty when it has none, or when another column names it.
    pub unit: &'static str,
    /// One sentence.
    pub about: &'static str,
}

impl Column {
    /// A column of words that are never missing.
    pub const fn text(name: &'static str, about: &'static str) -> Self {
        Column { name, sort: Sort::Text, is_optional: false, unit: "", about }
    }

    /// A column of whole numbers that are never missing.
    pub const fn count(name: &'static str, about: &'static str) -> Self {
        Column { name, sort: Sort::Count, is_optional: false, unit: "", about }
    }

    /// A column of numbers that are never missing.
    pub const fn number(name: &'static str, unit: &'static str, about: &'static str) -> Self {
        Column { name, sort: Sort::Number, is_optional: false, unit, about }
    }

    /// The same where values may be missing.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }
}

/// What a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its files are `NAME.parquet` and `NAME.csv`.
    pub name: &'static str,
    /// What one row is.
    pub about: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// For a column of [`Sort::Count`].
    Count(u64),
    /// For a column of [`Sort::Number`].
    Number(f64),
    /// For a column of [`Sort::Text`].
    Text(&'a str),
    /// Nothing, in a column where values may be missing.
    Missing,
}

impl Cell<'_> {
    /// A number that may be missing.
    pub fn number(value: Option<f64>) -> Self {
        value.map_or(Cell::Missing, Cell::Number)
    }
}

/// Where a table comes from: in the metadata of every Parquet file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The scenario's name.
    pub scenario: String,
    /// SHA-256 over its files and policies.
    pub scenario_sha256: String,
    /// The seed as given.
    pub seed: String,
    /// Version of the program.
    pub hotwash: String,
    /// Version of the mapping from addresses to draws.
    pub streams: u32,
    /// The command that finds it again.
    pub command: String,
    /// Worlds in the tables.
    pub worlds: u64,
    /// Whether the study was stopped before all its worlds were met.
    pub is_partial: bool,
}

impl Provenance {
    /// As keys and values, each key under `hotwash.`.
    pub fn pairs(&self) -> Vec<(String, String)> {
        [
            ("scenario", self.scenario.clone()),
            ("scenario_sha256", self.scenario_sha256.clone()),
            ("seed", self.seed.clone()),
            ("version", self.hotwash.clone()),
            ("streams", self.streams.to_string()),
            ("command", self.command.clone()),
            ("worlds", self.worlds.to_string()),
            ("is_partial", self.is_partial.to_string()),
        ]
        .map(|(key, value)| (format!("hotwash.{key}"), value))
        .into()
    }
}
