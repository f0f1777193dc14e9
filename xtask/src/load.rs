//! A live exercise under load: the program as users have it, on loopback.

use crate::shell::{cargo, run};

/// Prints how long answers take and how soon others hear of them.
pub(crate) fn load() -> Result<(), String> {
    run(cargo().args(["build", "--release", "--package", "hotwash"]))?;
    let load = ["run", "--release", "--package", "hotwash-tests", "--bin", "load", "--"];
    run(cargo().args(load).arg(format!("target/release/hotwash{}", std::env::consts::EXE_SUFFIX)))
}
