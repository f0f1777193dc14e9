//! Getting each tool ready below `target/peers`: built from its own manifest and lock file, or
//! installed from its pinned list. What cannot be had becomes a row that says why.

use std::path::PathBuf;
use std::process::Command;

use super::agreement::{BY_HAND, Tolerance};
use super::{Entry, IXA, NEXOSIM, TWIN_RUNS};
use crate::python;
use crate::shell::{cargo, run};

/// The twin by hand on the generators that ixa's users have; the same draws as ixa's leanest style.
const SMALL: &str = "by hand, small";
const HOME: &str = "target/peers";
const PYTHON: &str = "benches/peers/python";

/// The twin by hand and the engine: without them nothing can be compared.
pub(super) fn twins() -> Result<[Entry; 2], String> {
    std::fs::create_dir_all(HOME).map_err(|e| format!("{HOME}: {e}"))?;
    run(cargo().args(["build", "--release", "--package", "hotwash-benches"]))?;
    let program = format!("target/release/hotwash-benches{}", std::env::consts::EXE_SUFFIX);
    let entry = |name, twin: &str| Entry {
        name,
        runs: TWIN_RUNS,
        tolerance: Tolerance::Identical(BY_HAND),
        program: Ok(vec![program.clone(), "json".to_owned(), twin.to_owned()]),
    };
    Ok([entry(BY_HAND, "hand"), entry("hotwash", "engine")])
}

/// Everybody else. The runs a round are for about a second each on one core of 2020.
pub(super) fn others() -> Vec<Entry> {
    let (ixa, nexosim) = (built(IXA, "ixa"), built(NEXOSIM, "nexosim"));
    let base = python_3_12();
    let list = format!("{PYTHON}/requirements.txt");
    let installed = base.clone().and_then(|base| {
        python::environment_of(&base, &list, HOME).map_err(|why| format!("not installed: {why}"))
    });
    let chance = Tolerance::Chance;
    let quantised = Tolerance::Quantised(0.05);
    let row = |name, runs, tolerance, program| Entry { name, runs, tolerance, program };
    vec![
        row(SMALL, 4000, chance, with(&ixa, &["hand"])),
        row("ixa, leanest", 4000, Tolerance::Identical(SMALL), with(&ixa, &["lean"])),
        row("ixa, as taught", 4000, chance, with(&ixa, &["taught"])),
        row("NexoSim", 1500, chance, with(&nexosim, &[])),
        row("plain Python", 400, chance, script(&base, &["plain_toy.py"])),
        row("SimPy", 120, chance, script(&installed, &["simpy_toy.py"])),
        row("Mesa, events", 60, chance, script(&installed, &["mesa_toy.py", "events"])),
        row("Mesa, hours", 12, quantised, script(&installed, &["mesa_toy.py", "hours"])),
    ]
}

fn with(program: &Result<String, String>, arguments: &[&str]) -> Result<Vec<String>, String> {
    let program = program.clone()?;
    Ok(std::iter::once(program).chain(arguments.iter().map(|a| (*a).to_owned())).collect())
}

fn script(python: &Result<String, String>, words: &[&str]) -> Result<Vec<String>, String> {
    let mut command = with(python, words)?;
    command[1] = format!("{PYTHON}/{}", words[0]);
    Ok(command)
}

/// A peer with a manifest of its own. Gives its program.
fn built(manifest: &str, name: &str) -> Result<String, String> {
    let target = format!("{HOME}/cargo");
    let words = ["build", "--release", "--locked", "--quiet", "--manifest-path", manifest];
    run(cargo().args(words).args(["--target-dir", &target]))
        .map_err(|why| format!("not built: {why}"))?;
    let program = format!("hotwash-peer-{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(format!("{target}/release/{program}"))
}

/// A Python that Mesa runs on: on the path, or else one of pyenv's, the newest first.
fn python_3_12() -> Result<String, String> {
    let on_path = ["python3.14", "python3.13", "python3.12", "python3", "python"];
    let home = std::env::var_os("PYENV_ROOT").map(PathBuf::from).or_else(|| {
        let home = std::env::var_os("HOME")?;
        Some(PathBuf::from(home).join(".pyenv"))
    });
    let versions = home.and_then(|home| std::fs::read_dir(home.join("versions")).ok());
    let mut by_pyenv: Vec<String> = versions
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin/python").to_string_lossy().into_owned())
        .collect();
    by_pyenv.sort();
    let mut candidates = on_path.map(str::to_owned).into_iter().chain(by_pyenv.into_iter().rev());
    candidates.find(|python| is_3_12(python)).ok_or_else(|| {
        "needs Python 3.12 or later, on the path or installed by pyenv; there is none".to_owned()
    })
}

/// Whether this runs at all (pyenv's shims may not) and is new enough.
fn is_3_12(python: &str) -> bool {
    let version = ["-c", "import sys; sys.exit(sys.version_info < (3, 12))"];
    Command::new(python).args(version).output().is_ok_and(|o| o.status.success())
}
