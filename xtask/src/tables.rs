//! A study's tables, read back by the programs that people will read them with: pandas, polars, DuckDB.

use std::path::Path;
use std::process::Command;

use crate::shell::{cargo, run, say};

const WANTED: &str = "tests/tables/requirements.txt";
const HOME: &str = "target/read-back";

/// Writes the tables of a study and reads them back.
pub(crate) fn read_back() -> Result<(), String> {
    let python = environment()?;
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

/// A Python with what the check needs, made when the list of it has changed. Gives its path.
fn environment() -> Result<String, String> {
    let venv = format!("{HOME}/venv");
    let bin = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = format!("{venv}/{bin}/python");
    let wanted = std::fs::read_to_string(WANTED).map_err(|e| format!("{WANTED}: {e}"))?;
    // Written last, so that what was interrupted is done again.
    let stamp = format!("{HOME}/installed.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(python);
    }
    let Some(base) = ["python3", "python"].into_iter().find(|name| answers(name)) else {
        return Err("the tables are read back with Python 3.11 or later, which is not installed: get it from \
                    https://www.python.org/downloads/ or with `apt-get install python3 python3-venv`"
            .to_owned());
    };
    std::fs::create_dir_all(HOME).map_err(|e| format!("{HOME}: {e}"))?;
    run(Command::new(base).args(["-m", "venv", "--clear", &venv])).map_err(|why| {
        format!("{why}; on Debian and Ubuntu `apt-get install python3-venv` is needed too")
    })?;
    let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(Command::new(&python).args(quiet).args(["--requirement", WANTED]))?;
    std::fs::write(&stamp, wanted).map_err(|e| format!("{stamp}: {e}"))?;
    say("pandas, pyarrow, polars and duckdb are installed");
    Ok(python)
}

fn answers(python: &str) -> bool {
    let version = ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"];
    Command::new(python).args(version).output().is_ok_and(|o| o.status.success())
}
