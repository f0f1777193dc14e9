//! Fuzzing the loader with libFuzzer, outside the stable toolchain.

use std::process::Command;

use crate::shell::{run, say};

/// Fuzzes for a minute, starting from the corpus under `tests/fuzz`.
pub(crate) fn fuzz() -> Result<(), String> {
    let has_tool = Command::new("cargo")
        .args(["+nightly", "fuzz", "--version"])
        .output()
        .is_ok_and(|o| o.status.success());
    if !has_tool {
        say("needs `rustup toolchain install nightly` and `cargo install cargo-fuzz`");
        return Err("cargo-fuzz is not installed".to_owned());
    }
    // What it finds goes to the first folder; the others are only read.
    let found = "target/fuzz-corpus";
    std::fs::create_dir_all(found).map_err(|e| format!("{found}: {e}"))?;
    let mut command = Command::new("cargo");
    command.args(["+nightly", "fuzz", "run", "--fuzz-dir", "tests/fuzz", "loader", found]);
    command.arg("tests/fuzz/corpus/loader");
    let folders = std::fs::read_dir("scenarios").map_err(|e| format!("scenarios: {e}"))?;
    command.args(folders.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()));
    run(command.args(["--", "-max_total_time=60", "-max_len=65536"]))
}
