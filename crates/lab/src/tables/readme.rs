//! A description of tables for people, in Markdown, from the same words that made the files.

use std::fmt::Write as _;

use super::{Sort, Table};

/// The tables and their columns.
pub fn columns(tables: &[Table]) -> String {
    let mut out = String::new();
    for table in tables {
        let _ = writeln!(out, "### `{}`\n\n{}\n", table.name, table.about);
        out += "| column | type | unit | meaning |\n|---|---|---|---|\n";
        for column in table.columns {
            let sort = match column.sort {
                Sort::Count => "whole number (u64)",
                Sort::Number => "number (f64)",
                Sort::Text => "text",
            };
            let missing = if column.is_optional { ", may be missing" } else { "" };
            let _ = writeln!(
                out,
                "| `{}` | {sort}{missing} | {} | {} |",
                column.name, column.unit, column.about
            );
        }
        out.push('\n');
    }
    out
}
