//! The exports of sessions, read back by the programs that people will read them with.

use std::path::Path;
use std::process::Command;

use crate::python;
use crate::shell::{cargo, run};

const WANTED: &str = "tests/exports/requirements.txt";
const HOME: &str = "target/exports";
const SCENARIOS: [&str; 6] = [
    "insider-sale",
    "access-broker",
    "departing-admin",
    "annus-horribilis",
    "support-portal",
    "token-seeds",
];

/// Plays each shipped scenario, writes its exports and reads them back.
pub(crate) fn read_back() -> Result<(), String> {
    let python = python::environment(WANTED, HOME)?;
    for scenario in SCENARIOS {
        let dir = format!("{HOME}/{scenario}");
        if Path::new(&dir).exists() {
            std::fs::remove_dir_all(&dir).map_err(|e| format!("{dir}: {e}"))?;
        }
        let example =
            ["run", "--quiet", "--package", "hotwash-tests", "--example", "exports", "--"];
        run(cargo().args(example).args([scenario, &dir]))?;
        run(Command::new(&python).arg("tests/exports/check.py").arg(&dir))?;
    }
    Ok(())
}
