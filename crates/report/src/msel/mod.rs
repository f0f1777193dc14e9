//! An edited master scenario events list, read back: which injects it changes, adds and drops.
//!
//! The list is the spreadsheet (`.xlsx`) or table (`.csv`) of a pack, or one that somebody keeps
//! elsewhere with columns of other names. [`Msel::read`] finds the columns, [`Msel::apply`] turns rows
//! into another scenario, and [`Msel::csv`] is the same list as plain text, to be kept with a session.

mod apply;
mod columns;
mod sheet;
mod time;

pub use apply::Edited;
pub use columns::{Column, MAP_HELP};

use std::collections::BTreeMap;

/// An edited list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Msel {
    /// The rows that hold something, in order.
    pub(crate) rows: Vec<Row>,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Where it stands, for people: `row 7`, or `sheet MSEL, row 7`.
    pub(crate) place: String,
    /// What its cells hold; empty ones are left out.
    pub(crate) cells: BTreeMap<Column, String>,
}

impl Row {
    /// The text of a cell; none where it is empty.
    pub(crate) fn cell(&self, column: Column) -> Option<&str> {
        self.cells.get(&column).map(String::as_str)
    }
}

impl Msel {
    /// The list in a file with this name. `map` names columns of the file that are called otherwise:
    /// our head to the file's.
    ///
    /// # Errors
    /// Why the file cannot be read, each with what to do.
    pub fn read(
        name: &str,
        bytes: &[u8],
        map: &BTreeMap<String, String>,
    ) -> Result<Msel, Vec<String>> {
        let names = columns::mapping(map)?;
        let tables = sheet::tables(name, bytes).map_err(|why| vec![why])?;
        columns::find(name, tables, &names)
    }

    /// The list as text: read again it is the same but for the places of its rows.
    ///
    /// # Panics
    /// Never: text can be written to memory.
    pub fn csv(&self) -> String {
        // An empty list has heads too, by which it is known for one.
        let is_needed = |c: &Column| matches!(c, Column::Name | Column::Time | Column::Text);
        let is_used = |c: &Column| self.rows.iter().any(|r| r.cells.contains_key(c));
        let used: Vec<Column> =
            Column::ALL.into_iter().filter(|c| is_needed(c) || is_used(c)).collect();
        let mut out = csv::Writer::from_writer(Vec::new());
        let heads = out.write_record(used.iter().map(|c| c.head()));
        let rows = self.rows.iter().map(|row| used.iter().map(|c| row.cell(*c).unwrap_or("")));
        let written = heads.and_then(|()| rows.into_iter().try_for_each(|r| out.write_record(r)));
        match (written, out.into_inner()) {
            (Ok(()), Ok(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
            (Err(error), _) => unreachable!("text is written to memory: {error}"),
            (_, Err(error)) => unreachable!("text is written to memory: {error}"),
        }
    }
}

#[cfg(test)]
mod tests;
