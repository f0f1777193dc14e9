//! The run directory: `manifest.json`, `journal.jsonl`, `outcomes.json`, and `scenario/` with a copy
//! of every file that the run was made from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::format::{FORMAT_VERSION, Line, Manifest, Outcomes};

/// A run read back from disk.
#[derive(Debug)]
pub struct Recorded {
    /// Where it lies.
    pub dir: PathBuf,
    /// What was run.
    pub manifest: Manifest,
    /// The journal, as text and parsed.
    pub text: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// Why a run directory could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// A file is missing or unreadable.
    Io(PathBuf, io::Error),
    /// A file is not what this version writes.
    Format(PathBuf, String),
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ReadError::Io(path, error) => write!(f, "{}: {error}", path.display()),
            ReadError::Format(path, message) => write!(f, "{}: {message}", path.display()),
        }
    }
}

impl std::error::Error for ReadError {}

/// Writes a run directory. It is written beside its place and moved there whole, so that a failure
/// leaves nothing half-written.
///
/// # Errors
/// When the place is taken or the disk refuses.
pub fn write(
    dir: &Path,
    manifest: &Manifest,
    journal: &str,
    outcomes: &Outcomes,
    files: &[(String, String)],
) -> io::Result<()> {
    if dir.exists() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "it exists already; name a new directory",
        ));
    }
    let name = dir.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let parent = dir.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let draft = parent.join(format!(".{name}.partial"));
    let written =
        fill(&draft, manifest, journal, outcomes, files).and_then(|()| fs::rename(&draft, dir));
    if written.is_err() {
        let _ = fs::remove_dir_all(&draft);
    }
    written
}

/// A file's path below the run's `scenario` folder; a library file's colon is no good in file names.
pub fn on_disk(path: &str) -> String {
    match path.strip_prefix(hotwash_scenario::LIBRARY) {
        Some(name) => format!("library/{name}.ron"),
        None => path.to_owned(),
    }
}

fn fill(
    dir: &Path,
    manifest: &Manifest,
    journal: &str,
    outcomes: &Outcomes,
    files: &[(String, String)],
) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    for (path, text) in files {
        let target = dir.join("scenario").join(on_disk(path));
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(target, text)?;
    }
    fs::write(dir.join("journal.jsonl"), journal)?;
    fs::write(dir.join("outcomes.json"), serde_json::to_string_pretty(outcomes)? + "\n")?;
    fs::write(dir.join("manifest.json"), serde_json::to_string_pretty(manifest)? + "\n")
}

/// Reads a run directory.
///
/// # Errors
/// When a file is missing, or was written by a version that this one does not read.
pub fn read(dir: &Path) -> Result<Recorded, ReadError> {
    let manifest_path = dir.join("manifest.json");
    let manifest_text = read_text(&manifest_path)?;
    let version = serde_json::from_str::<serde_json::Value>(&manifest_text)
        .ok()
        .and_then(|v| v.get("format").and_then(serde_json::Value::as_u64));
    if version.is_some_and(|v| v != u64::from(FORMAT_VERSION)) {
        let message = format!(
            "format {}; this program reads format {FORMAT_VERSION}",
            version.unwrap_or_default()
        );
        return Err(ReadError::Format(manifest_path, message));
    }
    let manifest: Manifest = serde_json::from_str(&manifest_text)
        .map_err(|e| ReadError::Format(manifest_path, e.to_string()))?;
    let journal_path = dir.join("journal.jsonl");
    let text = read_text(&journal_path)?;
    let mut lines = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line = serde_json::from_str(line)
            .map_err(|e| ReadError::Format(journal_path.clone(), format!("line {}: {e}", i + 1)))?;
        lines.push(line);
    }
    Ok(Recorded { dir: dir.to_owned(), manifest, text, lines })
}

fn read_text(path: &Path) -> Result<String, ReadError> {
    fs::read_to_string(path).map_err(|error| ReadError::Io(path.to_owned(), error))
}
