//! A live exercise under load: the program as users have it, on loopback.

use crate::browser::browsers;
use crate::shell::{cargo, run};

/// Prints how long answers take, how soon others hear of them, and how soon pages show what was decided.
pub(crate) fn load() -> Result<(), String> {
    run(cargo().args(["build", "--release", "--package", "hotwash"]))?;
    let program = format!("target/release/hotwash{}", std::env::consts::EXE_SUFFIX);
    let bin = |name| ["run", "--release", "--package", "hotwash-tests", "--bin", name, "--"];
    run(cargo().args(bin("load")).arg(&program))?;
    browsers()?;
    run(cargo().args(bin("page")).arg(&program).env("HOTWASH_BROWSER", "1"))
}
