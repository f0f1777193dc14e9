//! The project's chores: `cargo xtask test` passes all tests, `cargo xtask ci` does what CI does,
//! `cargo xtask bench` prints the figures of docs/performance.md. No dependencies, so it builds in a second.

mod bench;
mod fuzz;
mod shell;

use std::process::ExitCode;

use shell::{cargo, run};

const HELP: &str = "\
cargo xtask COMMAND

  test    every test there is: workspace tests, documentation tests, the release build's bytes
          against the debug build's, a stretch of fuzzing
  lint    formatting and clippy, warnings denied
  ci      lint, then test
  bench   the figures of docs/performance.md (needs valgrind for instruction counts)
  fuzz    fuzzes the loader with libFuzzer for a minute (needs a nightly toolchain and cargo-fuzz)
  bless   takes the snapshots as they come out now; review them with git diff
";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let done = match command.as_str() {
        "test" => test(),
        "lint" => lint(),
        "ci" => lint().and_then(|()| test()),
        "bench" => bench::bench(),
        "fuzz" => fuzz::fuzz(),
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
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn test() -> Result<(), String> {
    // Snapshots are compared, never written, by tests.
    run(cargo().args(["test", "--workspace"]).env("INSTA_UPDATE", "no"))?;
    same_bytes_in_release()
}

fn bless() -> Result<(), String> {
    run(cargo().args(["test", "--workspace"]).env("INSTA_UPDATE", "always"))
}

/// The optimised program must print the journal that the debug one prints.
fn same_bytes_in_release() -> Result<(), String> {
    for (scenario, policy) in [("insider-sale", "historical"), ("insider-sale", "by-the-book")] {
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
