//! Tables and documents, read back by programs that are not ours: a study's tables by pandas, polars and
//! DuckDB, an exercise's documents by python-docx and openpyxl.

use std::path::Path;
use std::process::Command;

use crate::python;
use crate::shell::{cargo, run};

const WANTED: &str = "tests/tables/requirements.txt";
const HOME: &str = "target/read-back";

/// Writes the tables of a study and the documents of an exercise, and reads them back.
pub(crate) fn read_back() -> Result<(), String> {
    let python = python::environment(WANTED, HOME)?;
    tables(&python)?;
    documents(&python)
}

/// The documents before an exercise, and those after an invented one.
fn documents(python: &str) -> Result<(), String> {
    let (pack, after) = (format!("{HOME}/pack"), format!("{HOME}/after-action"));
    for dir in [&pack, &after] {
        if Path::new(dir).exists() {
            std::fs::remove_dir_all(dir).map_err(|e| format!("{dir}: {e}"))?;
        }
    }
    let quiet = |command: &mut Command| run(command.stdout(std::process::Stdio::null()));
    let words =
        ["run", "--quiet", "--package", "hotwash", "--", "pack", "insider-sale", "--out", &pack];
    quiet(cargo().args(words))?;
    let words =
        ["run", "--quiet", "--package", "hotwash-report", "--example", "documents", "--", &after];
    quiet(cargo().args(words))?;
    run(Command::new(python).arg("tests/tables/documents.py").args([&pack, &after]))
}

fn tables(python: &str) -> Result<(), String> {
    let study = format!("{HOME}/study");
    let wrong = |e: std::io::Error| format!("{study}: {e}");
    if Path::new(&study).exists() {
        std::fs::remove_dir_all(&study).map_err(wrong)?;
    }
    let words = ["compare", "departing-admin", "--runs", "1500", "--all", "--events", "3"];
    let mut compare = cargo();
    compare.args(["run", "--quiet", "--package", "hotwash", "--"]).args(words);
    run(compare.args(["--out", &study, "--format", "json"]).stdout(std::process::Stdio::null()))?;
    run(Command::new(python).arg("tests/tables/read_back.py").arg(&study))
}
