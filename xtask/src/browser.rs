//! Tests with real browsers: what they need is fetched first, then they must run.

use std::process::Command;

use crate::install::{has, install};
use crate::shell::{cargo, run};

/// Version of axe-core, which finds what keeps people from using a page. It is fetched, never kept here.
const AXE: &str = "4.14.1";
/// Where it goes.
const HOME: &str = "target/axe";
/// How often a session is killed under load; a server a quarter as often.
const CRASHES: &str = "200";

/// Runs the browser tests; none of them may be skipped.
pub(crate) fn browser() -> Result<(), String> {
    browsers()?;
    axe()?;
    program()?;
    let tests = ["test", "--workspace", "--test", "browser"];
    run(cargo().args(tests).env("HOTWASH_BROWSER", "1"))
}

/// Kills sessions and servers under load, again and again, and looks for what it had acknowledged.
pub(crate) fn crashes() -> Result<(), String> {
    program()?;
    let tests = ["test", "--workspace", "--test", "suite", "--", "crash::", "killed::"];
    run(cargo().args(tests).env("HOTWASH_CRASHES", CRASHES))
}

/// The program that the tests start. The tests of the command line make cargo build it, with the same
/// features of its dependencies as the tests have.
fn program() -> Result<(), String> {
    run(cargo().args(["test", "--quiet", "--workspace", "--test", "cli", "--no-run"]))
}

/// Chromium and chromedriver.
pub(crate) fn browsers() -> Result<(), String> {
    if has("chromedriver") && has("chromium") {
        return Ok(());
    }
    install(
        &["chromium", "chromium-driver"],
        "the browser tests drive Chromium through chromedriver: install both, of one version, so that \
         `chromium` and `chromedriver` are found (https://googlechromelabs.github.io/chrome-for-testing/)",
    )
}

/// axe-core, from npm.
fn axe() -> Result<(), String> {
    let package = format!("{HOME}/node_modules/axe-core/package.json");
    let version = format!("\"version\": \"{AXE}\"");
    if std::fs::read_to_string(&package).is_ok_and(|text| text.contains(&version)) {
        return Ok(());
    }
    if !has("npm") {
        let why =
            "axe-core comes from npm, which is not installed: get it from https://nodejs.org/";
        install(&["npm"], why)?;
    }
    std::fs::create_dir_all(HOME).map_err(|e| format!("{HOME}: {e}"))?;
    let quiet = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    let mut npm = Command::new("npm");
    run(npm.args(["install", "--prefix", HOME]).args(quiet).arg(format!("axe-core@{AXE}")))
}
