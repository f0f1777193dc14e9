//! The book as pages: `mdbook build`, with the mdbook that is there, or one installed below `target`.
//!
//! No part of `cargo xtask test`: to install mdbook takes minutes. That every page, link and included file is
//! there, and that every command does what the book says, are tests of their own.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::shell::{self, cargo, run};

/// The version that is installed where there is none.
const VERSION: &str = "0.5.4";

/// Where it is installed.
const ROOT: &str = "target/mdbook";

pub(crate) fn book() -> Result<(), String> {
    let own = format!("{ROOT}/bin/mdbook");
    let is_there = |program: &str| {
        let mut command = Command::new(program);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if is_there("mdbook") {
        run(Command::new("mdbook").args(["build", "docs/book"]))?;
    } else {
        if !Path::new(&own).exists() {
            let install = ["install", "mdbook", "--locked", "--version", VERSION, "--root", ROOT];
            run(cargo().args(install))?;
        }
        run(Command::new(own).args(["build", "docs/book"]))?;
    }
    shell::say("the book is target/book/index.html");
    Ok(())
}
