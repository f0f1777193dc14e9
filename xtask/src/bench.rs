//! The figures of docs/performance.md: times from the bench binaries, instructions from valgrind.

use std::path::PathBuf;
use std::process::Command;

use crate::shell::{cargo, output, run, say};

/// Prints them all.
pub(crate) fn bench() -> Result<(), String> {
    run(cargo().args(["bench", "--package", "hotwash-engine", "--bench", "twin"]))?;
    instructions()?;
    run(cargo().args(["bench", "--package", "hotwash", "--bench", "scenarios"]))?;
    run(cargo().args(["bench", "--package", "hotwash", "--bench", "lab"]))
}

/// Instructions per event of both twins: the difference of two lengths, so that start-up drops out.
fn instructions() -> Result<(), String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        say("valgrind is not installed: no instruction counts");
        return Ok(());
    }
    let program = bench_program()?;
    let events = 1159.0 * 64.0;
    for twin in ["engine", "hand"] {
        let spent = count(&program, twin, "96")? - count(&program, twin, "32")?;
        say(&format!("{twin:<12} {:8.0} instructions/event", spent as f64 / events));
    }
    Ok(())
}

fn bench_program() -> Result<PathBuf, String> {
    let listed = Command::new("cargo")
        .args(["bench", "--package", "hotwash-engine", "--bench", "twin", "--no-run"])
        .output()
        .map_err(|e| e.to_string())?;
    let text = String::from_utf8_lossy(&listed.stderr).into_owned();
    let inside = text
        .rsplit_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map(|(path, _)| path.to_owned());
    inside.map(PathBuf::from).ok_or_else(|| "cargo did not name the bench program".to_owned())
}

fn count(program: &PathBuf, twin: &str, runs: &str) -> Result<u64, String> {
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([twin, runs]);
    let run = valgrind.output().map_err(|e| format!("valgrind: {e}"))?;
    let text = String::from_utf8_lossy(&run.stderr).into_owned();
    let line =
        text.lines().find_map(|l| l.split_once("Collected :")).map(|(_, n)| n.trim().to_owned());
    line.and_then(|n| n.parse().ok()).ok_or_else(|| {
        format!("valgrind counted nothing: {}", output(&mut valgrind).unwrap_or_default())
    })
}
