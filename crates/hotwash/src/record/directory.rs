//! The run directory: `manifest.json`, `journal.jsonl`, `outcomes.json`, and a copy of every file that
//! the run was made from: `scenario/` for its own, `library/` and `policy/` for those from elsewhere.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use hotwash_scenario::{LIBRARY, MAX_FILE, library_file};

use super::copies::{Copies, write_copies};
use super::packed::{ENDING, Packed};
use super::{FORMAT_VERSION, Line, Manifest, Outcomes};
use crate::exit::{Code, Failure, plain};

/// Prefix of the path of a policy that is not among the scenario's own files.
pub const POLICY: &str = "policy:";

/// Prefix of the path of an edited list of events, kept as text.
pub const MSEL: &str = "msel:";

/// Largest journal that is read, in bytes.
const MAX_JOURNAL: u64 = 1 << 30;

/// A run read back from disk.
#[derive(Debug)]
pub struct Recorded {
    /// Where it lies.
    pub dir: PathBuf,
    /// What was run.
    pub manifest: Manifest,
    /// The journal as it is on disk; what is no text in it is replaced.
    pub text: String,
    /// `outcomes.json` as it is on disk.
    pub outcomes: String,
    /// The copies of the scenario's files, where the run was read from one file that holds them.
    pub(crate) packed: Option<Copies>,
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
            ReadError::Format(path, message) => {
                write!(f, "{}: {}", path.display(), plain(message))
            }
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
    let wrong = |kind, text: &str| Err(io::Error::new(kind, text));
    if dir.symlink_metadata().is_ok() {
        let text = "it exists already; name a new directory";
        return wrong(io::ErrorKind::AlreadyExists, text);
    }
    let Some(name) = dir.file_name() else {
        return wrong(io::ErrorKind::InvalidInput, "this cannot be the name of a new directory");
    };
    let parent = dir.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    // Two programs that write to one place do not meet in one draft.
    let id = std::process::id();
    let draft = parent.join(format!(".{}.{id}.partial", name.to_string_lossy()));
    // What was there before is nobody's to fill or to remove.
    fs::create_dir(&draft)?;
    let written =
        fill(&draft, manifest, journal, outcomes, files).and_then(|()| fs::rename(&draft, dir));
    if written.is_err() {
        let _ = fs::remove_dir_all(&draft);
    }
    written
}

/// Where the copy of a file lies below the run's directory. A colon is no good in file names and can
/// stand in no path of a scenario's own, so that no two files share a place.
pub fn on_disk(path: &str) -> String {
    if let Some(name) = path.strip_prefix(LIBRARY) {
        format!("library/{}", library_file(name))
    } else if let Some(name) = path.strip_prefix(POLICY) {
        format!("policy/{name}")
    } else if let Some(name) = path.strip_prefix(MSEL) {
        format!("msel/{name}")
    } else {
        format!("scenario/{path}")
    }
}

fn fill(
    dir: &Path,
    manifest: &Manifest,
    journal: &str,
    outcomes: &Outcomes,
    files: &[(String, String)],
) -> io::Result<()> {
    write_copies(dir, files)?;
    fs::write(dir.join("journal.jsonl"), journal)?;
    fs::write(dir.join("outcomes.json"), outcomes_text(outcomes)?)?;
    fs::write(dir.join("manifest.json"), serde_json::to_string_pretty(manifest)? + "\n")
}

/// The outcomes as the text of `outcomes.json`.
///
/// # Errors
/// Never: outcomes are plain data.
pub fn outcomes_text(outcomes: &Outcomes) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(outcomes)? + "\n")
}

/// Reads a run directory, or a golden timeline, which is a run in one file.
///
/// # Errors
/// When a file is missing, or was written by a version that this one does not read.
pub fn read(dir: &Path) -> Result<Recorded, ReadError> {
    if dir.is_file() && dir.to_string_lossy().ends_with(ENDING) {
        let text = read_text(dir, MAX_JOURNAL)?;
        let wrong = |why| ReadError::Format(dir.to_owned(), why);
        return Ok(Packed::unpack(&text).map_err(wrong)?.recorded(dir));
    }
    let manifest_path = dir.join("manifest.json");
    let manifest_text = read_text(&manifest_path, MAX_FILE)?;
    let version = serde_json::from_str::<serde_json::Value>(&manifest_text)
        .ok()
        .and_then(|v| v.get("format").and_then(serde_json::Value::as_u64));
    if let Some(version) = version.filter(|v| *v != u64::from(FORMAT_VERSION)) {
        let message = format!("format {version}; this program reads format {FORMAT_VERSION}");
        return Err(ReadError::Format(manifest_path, message));
    }
    let manifest: Manifest = serde_json::from_str(&manifest_text)
        .map_err(|e| ReadError::Format(manifest_path, e.to_string()))?;
    let text = read_text(&dir.join("journal.jsonl"), MAX_JOURNAL)?;
    let outcomes = read_text(&dir.join("outcomes.json"), MAX_FILE)?;
    Ok(Recorded { dir: dir.to_owned(), manifest, text, outcomes, packed: None })
}

impl Recorded {
    /// The copies of the scenario's files, found to be what they were.
    pub(crate) fn copies(&self) -> Result<Copies, Failure> {
        match &self.packed {
            Some(copies) => Ok(copies.clone()),
            None => Copies::read(&self.dir, &self.manifest.files),
        }
    }

    /// The journal's lines: numbered from 1 without gaps, each caused by an earlier one or by none.
    ///
    /// # Errors
    /// When the journal is not one that this version writes.
    pub fn lines(&self) -> Result<Vec<Line>, ReadError> {
        let mut lines: Vec<Line> = Vec::new();
        for (i, text) in self.text.lines().enumerate() {
            let wrong = |message: String| {
                let path = self.dir.join("journal.jsonl");
                ReadError::Format(path, format!("line {}: {message}", i + 1))
            };
            let line: Line = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
            if line.n as usize != i + 1 {
                return Err(wrong(format!("entry {} stands out of order", line.n)));
            }
            if line.cause >= line.n {
                return Err(wrong(format!("entry {} is caused by a later one", line.n)));
            }
            lines.push(Line {
                who: plain(&line.who),
                at: plain(&line.at),
                says: plain(&line.says),
                ..line
            });
        }
        Ok(lines)
    }
}

/// The text of an ordinary file of at most so many bytes; what is no text in it is replaced.
fn read_text(path: &Path, most: u64) -> Result<String, ReadError> {
    let bytes = bounded(path, most).map_err(|error| ReadError::Io(path.to_owned(), error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The bytes of an ordinary file, and of no device or pipe that might never end.
fn bounded(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let wrong = |text: String| io::Error::new(io::ErrorKind::InvalidInput, text);
    if !fs::metadata(path)?.is_file() {
        return Err(wrong("it is not a file".to_owned()));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(wrong(format!("it has more than {most} bytes")));
    }
    Ok(bytes)
}

/// The bytes of an ordinary file of at most so many bytes.
///
/// # Errors
/// When it cannot be read, or is too large.
pub(crate) fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    bounded(path, most).map_err(|e| Failure::new(Code::Io, format!("{}: {e}", path.display())))
}
