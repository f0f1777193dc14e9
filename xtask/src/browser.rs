//! Tests with real browsers: what they need is fetched first, then they must run.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::shell::{cargo, run, say};

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
fn browsers() -> Result<(), String> {
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

fn has(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Installs Debian packages where that is possible; else says in words what to do.
fn install(packages: &[&str], otherwise: &str) -> Result<(), String> {
    let is_debian = Path::new("/etc/debian_version").exists();
    let Some(apt) = apt().filter(|_| is_debian) else { return Err(otherwise.to_owned()) };
    say(&format!("{} is missing", packages.join(" or ")));
    let apt = |words: &[&str]| {
        let mut command = Command::new(apt[0]);
        command.args(&apt[1..]).args(words).env("DEBIAN_FRONTEND", "noninteractive");
        run(command.stdout(Stdio::null()))
    };
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    // The lists of packages may be old, or there may be none yet.
    apt(&install)
        .or_else(|_| apt(&["update"]).and_then(|()| apt(&install)))
        .map_err(|why| format!("{why}\n{otherwise}"))
}

/// How apt-get is called by whoever this is; none where they may not.
fn apt() -> Option<&'static [&'static str]> {
    let prints = |program: &str, arg: &[&str]| {
        let output = Command::new(program).args(arg).stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    if prints("id", &["-u"]).as_deref() == Some("0") {
        return Some(&["apt-get"]);
    }
    prints("sudo", &["-n", "true"]).map(|_| &["sudo", "-n", "apt-get"][..])
}
