//! What chores need beyond cargo: whether it is there, and how it gets there on Debian.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::shell::{run, say};

/// Whether a program answers.
pub(crate) fn has(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Installs Debian packages where that is possible; else says in words what to do.
pub(crate) fn install(packages: &[&str], otherwise: &str) -> Result<(), String> {
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
