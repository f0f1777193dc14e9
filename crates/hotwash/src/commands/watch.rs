//! `hotwash check --watch`: a scenario is checked again whenever a file of its folder changes.

use std::collections::BTreeMap;
use std::fs;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use hotwash_scenario::Registry;

use super::check;
use crate::exit::{self, Code, Failure};
use crate::shipped;
use crate::text::{DIM, ERROR};

/// How often files are looked at. A save is seen before its author has looked up.
const EVERY: Duration = Duration::from_millis(300);

/// Most files that are watched: a folder with more is not a scenario's.
const MOST_FILES: usize = 2_000;

/// Clears a terminal's screen and goes to its top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[H";

/// When a file was written, in the system's own count, and how long it is. Only differences count.
type Stamp = (Option<Duration>, u64);

static STOP: AtomicBool = AtomicBool::new(false);

pub(super) fn watch(registry: &Registry, name: &str) -> Result<(), Failure> {
    if shipped::scenarios().contains(&name) {
        let message = format!("{name} is built into the program: none of its files can change");
        let hint = format!("hotwash new my-{name} --from {name} makes a copy to work on");
        return Err(Failure::new(Code::Usage, message).hint(hint));
    }
    // What is not there at all is not waited for.
    check::look(registry, name)?;
    let folder = folder_of(Path::new(name));
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    let mut before = None;
    while !STOP.load(Ordering::Relaxed) {
        let now = stamps(&folder);
        if before.as_ref() != Some(&now) {
            exit::print(&page(registry, name))?;
            before = Some(now);
        }
        thread::sleep(EVERY);
    }
    Ok(())
}

/// What is shown after a change. The first and the last line are those that editors look for.
fn page(registry: &Registry, name: &str) -> String {
    let clear = if std::io::stdout().is_terminal() { CLEAR } else { "" };
    let head = format!("{clear}{}\n", DIM.on(format_args!("checking {name}")));
    let (body, last) = match check::look(registry, name) {
        Ok((Some(summary), notes)) => (hotwash_scenario::render(&notes, true), summary),
        Ok((None, found)) => {
            let count = found.iter().filter(|d| d.is_error()).count();
            let noun = if count == 1 { "mistake" } else { "mistakes" };
            let last = format!("{}\n", ERROR.on(format_args!("{count} {noun} in {name}")));
            (hotwash_scenario::render(&found, true), last)
        }
        Err(failure) => (format!("error: {}\n", failure.message), format!("1 mistake in {name}\n")),
    };
    format!("{head}{body}{last}{}\n", DIM.on("waiting for changes; Ctrl-C ends"))
}

/// The folder of a scenario that is a folder or one file.
fn folder_of(path: &Path) -> PathBuf {
    if path.is_dir() {
        return path.to_owned();
    }
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// When each file that a scenario can consist of was last written.
fn stamps(folder: &Path) -> BTreeMap<PathBuf, Stamp> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let (name, path) = (entry.file_name(), entry.path());
            let name = name.to_string_lossy();
            if name.starts_with('.') || found.len() >= MOST_FILES {
                continue;
            }
            let Ok(about) = path.metadata() else { continue };
            if about.is_dir() {
                // A link to a folder could lead round in a circle.
                if !path.is_symlink() {
                    open.push(path);
                }
            } else if shipped::is_part(&name) {
                let written = about.modified().ok();
                let since = written.and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
                found.insert(path, (since, about.len()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_that_of_the_file() {
        assert_eq!(folder_of(Path::new("a/b.ron")), Path::new("a"));
        assert_eq!(folder_of(Path::new("b.ron")), Path::new("."));
        assert_eq!(folder_of(Path::new(".")), Path::new("."));
    }
}
