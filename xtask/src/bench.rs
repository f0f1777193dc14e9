//! What hotwash costs: the figures of docs/performance.md, and the guard over them. Both are `benches/`, built by the
//! release profile like the program itself.

use std::path::Path;
use std::process::Command;

use crate::install::{has, install};
use crate::shell::{cargo, run, say};

/// Prints all figures, or the sections that are asked for.
pub(crate) fn bench(words: &[String]) -> Result<(), String> {
    build()?;
    if !has("valgrind") {
        say("valgrind is not installed: no instruction counts");
    }
    if wants_peers(words) && Path::new("benches/peers/README.md").exists() {
        // A chore of its own, which checks that all run the same model and leaves its figures where the table finds
        // them. A tool that disagrees must not hide the rest.
        if let Err(why) = run(cargo().args(["xtask", "peers"])) {
            say(&format!("the peers' figures are not of this run: {why}"));
        }
    }
    benches("table", words)
}

/// Whether the peers are part of what is asked for: named, or nothing named and no hurry.
fn wants_peers(words: &[String]) -> bool {
    let is_flag = |i: usize| words[i].starts_with('-') || (i > 0 && words[i - 1] == "--json");
    let is_quick = words.iter().any(|word| word == "--quick");
    let names_none = (0..words.len()).all(is_flag);
    words.iter().any(|word| word == "peers") || (names_none && !is_quick)
}

/// Holds the instructions against the record, or records them.
pub(crate) fn guard(words: &[String]) -> Result<(), String> {
    if !has("valgrind") {
        // With it come the symbols of the C library, which valgrind needs on Debian.
        install(
            &["valgrind", "libc6-dbg"],
            "the guard counts instructions with valgrind, which is not installed: https://valgrind.org/",
        )?;
    }
    build()?;
    benches("guard", words)
}

/// The benches and, beside them, the program whose start and memory they measure.
fn build() -> Result<(), String> {
    let packages = ["--package", "hotwash", "--package", "hotwash-benches"];
    run(cargo().args(["build", "--release"]).args(packages))
}

fn benches(command: &str, words: &[String]) -> Result<(), String> {
    let program = format!("target/release/hotwash-benches{}", std::env::consts::EXE_SUFFIX);
    run(Command::new(program).arg(command).args(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_are_measured_when_named_or_when_all_is() {
        let wants = |text: &str| {
            wants_peers(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        };
        assert!(
            wants("") && wants("--json out.json") && wants("twin peers") && wants("--quick peers")
        );
        assert!(!wants("--quick") && !wants("twin") && !wants("--json peers.json twin"));
    }
}
