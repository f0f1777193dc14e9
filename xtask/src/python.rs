//! Python environments of their own for checks by programs of others.

use std::process::Command;

use crate::shell::{run, say};

/// A Python with what a check needs, made below `home` when the list of it has changed. Gives its path.
pub(crate) fn environment(wanted_file: &str, home: &str) -> Result<String, String> {
    let Some(base) = ["python3", "python"].into_iter().find(|name| answers(name)) else {
        return Err("what is written is read back with Python 3.11 or later, which is not installed: get it from \
                    https://www.python.org/downloads/ or with `apt-get install python3 python3-venv`"
            .to_owned());
    };
    environment_of(base, wanted_file, home)
}

/// The same, made by this Python.
pub(crate) fn environment_of(base: &str, wanted_file: &str, home: &str) -> Result<String, String> {
    let venv = format!("{home}/venv");
    let bin = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = format!("{venv}/{bin}/python");
    let wanted = std::fs::read_to_string(wanted_file).map_err(|e| format!("{wanted_file}: {e}"))?;
    // Written last, so that what was interrupted is done again.
    let stamp = format!("{home}/installed.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(python);
    }
    std::fs::create_dir_all(home).map_err(|e| format!("{home}: {e}"))?;
    run(Command::new(base).args(["-m", "venv", "--clear", &venv])).map_err(|why| {
        format!("{why}; on Debian and Ubuntu `apt-get install python3-venv` is needed too")
    })?;
    let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(Command::new(&python).args(quiet).args(["--requirement", wanted_file]))?;
    std::fs::write(&stamp, wanted).map_err(|e| format!("{stamp}: {e}"))?;
    say(&format!("what {wanted_file} lists is installed"));
    Ok(python)
}

fn answers(python: &str) -> bool {
    let version = ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"];
    Command::new(python).args(version).output().is_ok_and(|o| o.status.success())
}
