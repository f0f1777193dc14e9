//! The project's chores: `cargo xtask test` passes all tests, `cargo xtask ci` does what CI does,
//! `cargo xtask bench` prints the figures of docs/performance.md, `cargo xtask guard` holds them. No dependencies, so it builds in a second.

mod bench;
mod book;
mod browser;
mod exports;
mod fuzz;
mod install;
mod load;
mod peers;
mod python;
mod shell;
mod tables;
mod template;

use std::process::ExitCode;

use shell::{cargo, run};

const HELP: &str = "\
cargo xtask COMMAND

  test    every test there is: workspace tests, documentation tests, the release build's bytes
          against the debug build's, a plugin outside the workspace, a stretch of fuzzing, a
          study's tables, an exercise's documents and a session's exports read back by other
          programs (needs Python 3.11), real browsers in a live exercise (Chromium, chromedriver and
          axe-core, installed on Debian), a session killed 200 times under load, and a server 50 times
  tables  only the tables and documents
  exports only the exports
  browser only the browsers
  crash   only the kills
  book    builds the book into target/book (installs mdbook below target, if there is none)
  template only the plugin outside the workspace
  lint    formatting and clippy, warnings denied
  ci      lint, then test, then guard
  guard   instructions per event against benches/record.json, by valgrind (installed on Debian);
          --record WHY makes a new record
  bench   the figures of docs/performance.md (needs valgrind for instruction counts): all, or the
          sections that are named; --quick in about a minute, --json FILE for machines
  peers   the toy model on SimPy, Mesa, ixa and NexoSim beside the engine (takes some minutes, the first
          time more, for building and installing them; `peers N` for N rounds); see benches/peers
  load    the figures of a live exercise under load: 50 players in one session, 20 sessions at once,
          and how soon a page shows what was decided (Chromium and chromedriver)
  fuzz    fuzzes the loader with libFuzzer for a minute (needs a nightly toolchain and cargo-fuzz)
  bless   takes the snapshots as they come out now; review them with git diff
";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let words: Vec<String> = std::env::args().skip(2).collect();
    let done = match command.as_str() {
        "test" => test(),
        "lint" => lint(),
        "ci" => lint().and_then(|()| test()).and_then(|()| bench::guard(&[])),
        "bench" => bench::bench(&words),
        "guard" => bench::guard(&words),
        "fuzz" => fuzz::fuzz(),
        "tables" => tables::read_back(),
        "browser" => browser::browser(),
        "crash" => browser::crashes(),
        "load" => load::load(),
        "peers" => peers::peers(&words),
        "exports" => exports::read_back(),
        "book" => book::book(),
        "template" => template::template(),
        "bless" => bless(),
        _ => {
            shell::say(HELP);
            return if command.is_empty() || command == "help" {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(2)
            };
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            shell::say(&format!("xtask: {message}"));
            ExitCode::FAILURE
        }
    }
}

fn lint() -> Result<(), String> {
    run(cargo().args(["fmt", "--all", "--check"]))?;
    for outside in [template::MANIFEST, peers::IXA, peers::NEXOSIM] {
        run(cargo().args(["fmt", "--manifest-path", outside, "--check"]))?;
    }
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn test() -> Result<(), String> {
    // Snapshots are compared, never written, by tests.
    // All failures at once: a second round costs more than the rest of this one.
    run(cargo().args(["test", "--workspace", "--no-fail-fast"]).env("INSTA_UPDATE", "no"))?;
    template::template()?;
    tables::read_back()?;
    browser::browser()?;
    browser::crashes()?;
    exports::read_back()?;
    same_bytes_in_release()
}

fn bless() -> Result<(), String> {
    run(cargo().args(["test", "--workspace"]).env("INSTA_UPDATE", "always"))
}

/// The optimised program must print the journal that the debug one prints.
fn same_bytes_in_release() -> Result<(), String> {
    for (scenario, policy) in [
        ("insider-sale", "historical"),
        ("access-broker", "by-the-book"),
        ("departing-admin", "by-the-book"),
        ("annus-horribilis", "historical"),
        ("support-portal", "historical"),
        ("token-seeds", "by-the-book"),
        ("support-portal-warned", "listens"),
    ] {
        let args = [
            "--quiet",
            "--package",
            "hotwash",
            "--",
            "run",
            scenario,
            "--policy",
            policy,
            "--format",
            "jsonl",
        ];
        let debug = shell::output(cargo().arg("run").args(args))?;
        let release = shell::output(cargo().args(["run", "--release"]).args(args))?;
        if debug != release {
            let line =
                debug.lines().zip(release.lines()).position(|(a, b)| a != b).unwrap_or(0) + 1;
            return Err(format!(
                "{scenario}/{policy}: debug and release differ from journal line {line} on"
            ));
        }
        shell::say(&format!(
            "{scenario}/{policy}: debug and release print the same {} bytes",
            debug.len()
        ));
    }
    Ok(())
}
