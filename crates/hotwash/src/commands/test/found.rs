//! Which scenarios are meant: shipped names, folders, files, folders of folders.

use std::path::Path;

use crate::exit::{self, Code, Failure};
use crate::shipped;

/// The file by which a folder is a scenario.
const ENTRY: &str = "scenario.ron";
/// Folders below which nobody keeps scenarios of their own.
const PASSED: [&str; 3] = ["target", "node_modules", "golden"];
/// How deep folders are searched.
const DEEPEST: usize = 8;

/// The file that says what is expected of it.
const EXPECTED: &str = "expectations.ron";
/// The file by which a folder is a recorded run or a study: the scenario in it is a copy.
const RECORDED: &str = "manifest.json";
/// Scenarios that are named as passed over; more are counted.
const MOST_NAMED: usize = 6;

/// What was found in folders.
#[derive(Default)]
struct Found {
    /// Scenarios of which something is expected.
    named: Vec<String>,
    /// Scenarios of which nothing is.
    passed: Vec<String>,
}

/// The scenarios that are meant, by shipped name or path, in order and each once.
pub(super) fn scenarios(paths: &[String]) -> Result<Vec<String>, Failure> {
    let mut found = Found::default();
    if paths.is_empty() {
        found.search(Path::new("."), 0);
        if found.named.is_empty() && found.passed.is_empty() {
            exit::say("no scenario here: trying the shipped ones");
            found.named.extend(shipped::scenarios().into_iter().map(str::to_owned));
        }
        return found.each_once(".");
    }
    for path in paths {
        let folder = Path::new(path);
        let is_one = folder.join(ENTRY).is_file() || !folder.is_dir();
        if shipped::scenarios().contains(&path.as_str()) || is_one {
            // What is no scenario is refused where it is opened.
            found.named.push(path.clone());
            continue;
        }
        let before = found.named.len() + found.passed.len();
        found.search(folder, 0);
        if found.named.len() + found.passed.len() == before {
            let message = format!("{path}: there is no {ENTRY} in it or below");
            return Err(Failure::new(Code::Io, message)
                .hint("name a scenario's folder, or one that has such folders"));
        }
    }
    found.each_once(&paths.join(", "))
}

impl Found {
    fn each_once(mut self, asked: &str) -> Result<Vec<String>, Failure> {
        let mut seen = std::collections::BTreeSet::new();
        self.named.retain(|name| seen.insert(name.clone()));
        if self.named.is_empty() {
            return Err(nothing(asked));
        }
        if !self.passed.is_empty() {
            let more = self.passed.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            self.passed.truncate(MOST_NAMED);
            exit::say(&format!(
                "passed over, without {EXPECTED}: {}{more}",
                self.passed.join(", ")
            ));
        }
        Ok(self.named)
    }

    fn search(&mut self, folder: &Path, depth: usize) {
        if folder.join(ENTRY).is_file() {
            let is_expected = folder.join(EXPECTED).is_file();
            let list = if is_expected { &mut self.named } else { &mut self.passed };
            list.push(plain(folder));
            return;
        }
        if depth >= DEEPEST || folder.join(RECORDED).is_file() {
            return;
        }
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let mut below: Vec<_> = entries
            .flatten()
            // A link may lead round in a circle.
            .filter(|entry| entry.file_type().is_ok_and(|t| t.is_dir()))
            .filter(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                !name.starts_with('.') && !PASSED.contains(&name.as_str())
            })
            .map(|entry| entry.path())
            .collect();
        below.sort();
        below.iter().for_each(|path| self.search(path, depth + 1));
    }
}

/// There is nothing to try: a build that tests nothing is not green.
pub(super) fn nothing(asked: &str) -> Failure {
    let message = format!("there is nothing to try: {asked} has no {EXPECTED}");
    Failure::new(Code::Usage, message)
        .hint("write one beside scenario.ron; docs/testing.md says how")
}

/// A path without the `./` in front.
fn plain(path: &Path) -> String {
    let short = path.strip_prefix(".").unwrap_or(path);
    let shown = if short.as_os_str().is_empty() { path } else { short };
    shown.display().to_string()
}
