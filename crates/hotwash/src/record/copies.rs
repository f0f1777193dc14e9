//! Copies of the files that a run or session was made from, below its directory.

use std::fs;
use std::io;
use std::path::{Component, Path};

use hotwash_scenario::{
    Embedded, LIBRARY, MAX_FILE, Policy, Registry, Scenario, WithLibrary, library_file, load,
};

use super::{FileHash, POLICY, on_disk, read_bytes, sha256};
use crate::exit::{self, Code, Failure};

/// The files, read back and found to be what they were.
#[derive(Clone, Debug)]
pub(crate) struct Copies {
    files: Vec<(String, String)>,
}

impl Copies {
    /// Reads copies and checks them against their hashes.
    pub(crate) fn read(dir: &Path, files: &[FileHash]) -> Result<Copies, Failure> {
        let files: Result<_, Failure> =
            files.iter().map(|f| Ok((f.path.clone(), copy(dir, &f.path, &f.sha256)?))).collect();
        Ok(Copies { files: files? })
    }

    /// Copies that are known to be what they were.
    pub(crate) fn of(files: Vec<(String, String)>) -> Copies {
        Copies { files }
    }

    /// Reads the copies of languages too. Nothing depends on them, so that they have no hashes.
    pub(crate) fn add_languages(&mut self, dir: &Path) -> Result<(), Failure> {
        let library = dir.join("library");
        let mut folders = vec![(dir.join("scenario/lang"), "lang/".to_owned())];
        folders.push((library.join("lang"), format!("{LIBRARY}lang/")));
        for home in names_in(&library) {
            let folder = library.join(&home).join("lang");
            folders.push((folder, format!("{LIBRARY}{home}/lang/")));
        }
        for (folder, prefix) in folders {
            for name in names_in(&folder).into_iter().filter(|n| n.ends_with(".ron")) {
                let full = folder.join(&name);
                let text = String::from_utf8(read_bytes(&full, MAX_FILE)?).map_err(|_| {
                    Failure::new(Code::Io, format!("{}: it is no text", full.display()))
                })?;
                let name = match prefix.starts_with(LIBRARY) {
                    true => name.trim_end_matches(".ron"),
                    false => &name,
                };
                self.files.push((format!("{prefix}{name}"), text));
            }
        }
        Ok(())
    }

    /// The text of a copy.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|(p, _)| p == path).map(|(_, text)| text.as_str())
    }

    /// The scenario that they are of.
    pub(crate) fn scenario(&self, registry: &Registry) -> Result<Scenario, Failure> {
        let mut own = Vec::new();
        let mut library = Vec::new();
        for (path, text) in &self.files {
            match path.strip_prefix(LIBRARY) {
                Some(name) => library.push((library_file(name), text.as_str())),
                None => own.push((path.clone(), text.as_str())),
            }
        }
        let entry = self.files.first().map_or("scenario.ron", |(path, _)| path.as_str());
        let embed =
            |list: &[(String, &str)]| Embedded::new(list.iter().map(|(p, t)| (p.as_str(), *t)));
        let (own, library) = (embed(&own), embed(&library));
        let (scenario, diagnostics) = load(registry, &WithLibrary::new(&own, &library), entry);
        scenario.ok_or_else(|| exit::refuse(&diagnostics))
    }

    /// The policy with this name, or at this path of a copy; none where the name is empty.
    pub(crate) fn policy(
        &self,
        scenario: &Scenario,
        name: &str,
    ) -> Result<Option<Policy>, Failure> {
        if name.is_empty() {
            return Ok(None);
        }
        if name.starts_with(POLICY) {
            let text = self.text(name).unwrap_or_default().to_owned();
            let (policy, diagnostics) = scenario.read_policy(&on_disk(name), text.into_bytes());
            return policy.map(Some).ok_or_else(|| exit::refuse(&diagnostics));
        }
        let missing = || {
            let name = exit::plain(name);
            Failure::new(Code::Io, format!("the copy of the scenario has no policy `{name}`"))
        };
        scenario.policy(name).cloned().map(Some).ok_or_else(missing)
    }
}

/// Writes copies below a directory.
pub(crate) fn write_copies<T: AsRef<str>>(dir: &Path, files: &[(String, T)]) -> io::Result<()> {
    for (path, text) in files {
        let target = dir.join(on_disk(path));
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(target, text.as_ref())?;
    }
    Ok(())
}

/// Names of what lies in a folder, in order; none where there is no such folder.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}

fn copy(dir: &Path, path: &str, hash: &str) -> Result<String, Failure> {
    let below = on_disk(path);
    let is_below = Path::new(&below).components().all(|c| matches!(c, Component::Normal(_)));
    if !is_below {
        let message = format!("`{}` is named, outside of the directory", exit::plain(path));
        return Err(Failure::new(Code::Io, message));
    }
    let full = dir.join(below);
    let bytes = read_bytes(&full, MAX_FILE)?;
    let changed = || {
        let message = format!("{}: changed since it was recorded", full.display());
        Failure::new(Code::Differs, message)
    };
    if sha256(&bytes) != hash {
        return Err(changed());
    }
    String::from_utf8(bytes).map_err(|_| changed())
}
