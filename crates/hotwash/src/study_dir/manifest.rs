//! `study.json`: what was asked for and by which program.

use std::io::Write as _;
use std::path::Path;

use hotwash_lab::Shard;
use hotwash_scenario::MAX_FILE;
use serde::{Deserialize, Serialize};

use crate::exit::{Code, Failure, plain};
use crate::record::{FileHash, read_bytes};

/// Version of the directory's layout and of this file.
pub(crate) const STUDY_FORMAT: u32 = 1;

pub(super) const STUDY: &str = "study.json";

/// How far a study is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// Not all batches are done: it is at work, or was stopped.
    Running,
    /// All are done.
    Done,
}

/// What `study.json` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// [`STUDY_FORMAT`] at the time of writing.
    pub(crate) format: u32,
    pub(crate) state: State,
    /// The words that say what is studied, the command first.
    pub(crate) words: Vec<String>,
    /// Worlds whose journals are wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) events: Option<u64>,
    /// Where a page is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) report: Option<String>,
    /// Whether the finding is to be printed as JSON.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) json: bool,
    /// Which part of the study this is: `index` counts from 0. Nothing when it is the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) shard: Option<Shard>,
    /// Batches in a part that is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) batches: Option<u64>,
    pub(crate) seed: String,
    /// The scenario's name.
    pub(crate) scenario: String,
    /// SHA-256 over the scenario's files and policies.
    pub(crate) scenario_sha256: String,
    /// Other files that the study stands on, such as policies from elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<FileHash>,
    /// Version of the program.
    pub(crate) hotwash: String,
    /// Version of the mapping from addresses to draws.
    pub(crate) streams: u32,
    /// Version of the journal's meaning.
    pub(crate) journal: u32,
    /// Plugins in build order.
    pub(crate) plugins: Vec<String>,
}

impl Manifest {
    /// The command.
    pub(crate) fn command(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// Reads that of a directory.
    pub(crate) fn read(dir: &Path) -> Result<Manifest, Failure> {
        let path = dir.join(STUDY);
        if !path.exists() {
            let message = format!("{}: there is no {STUDY}", dir.display());
            return Err(Failure::new(Code::Io, message)
                .hint("name a directory written by a study with --out"));
        }
        let text = String::from_utf8_lossy(&read_bytes(&path, MAX_FILE)?).into_owned();
        let wrong = |message: &str| {
            Failure::new(Code::Io, format!("{}: {}", path.display(), plain(message)))
        };
        let version = serde_json::from_str::<serde_json::Value>(&text)
            .ok()
            .and_then(|v| v.get("format").and_then(serde_json::Value::as_u64));
        if let Some(version) = version.filter(|v| *v != u64::from(STUDY_FORMAT)) {
            let message = format!("format {version}; this program reads format {STUDY_FORMAT}");
            return Err(wrong(&message));
        }
        let manifest: Manifest =
            serde_json::from_str(&text).map_err(|error| wrong(&error.to_string()))?;
        match manifest.shard {
            Some(shard) if shard.index >= shard.of => Err(wrong("it is a part that cannot be")),
            _ => Ok(manifest),
        }
    }

    /// Writes it, so that the old or the new one is there at every moment.
    pub(super) fn write(&self, dir: &Path) -> Result<(), Failure> {
        let path = dir.join(STUDY);
        let draft = dir.join("study.json.part");
        let text = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        let write = || {
            let mut file = std::fs::File::create(&draft)?;
            file.write_all(text.as_bytes())?;
            // Batches survive the loss of power only if what they are of does.
            file.sync_all()?;
            std::fs::rename(&draft, &path)
        };
        write().map_err(|e| Failure::new(Code::Io, format!("{}: {e}", path.display())))
    }

    /// What of `now` differs from it, so that its batches cannot be gone on with.
    pub(super) fn difference(&self, now: &Manifest) -> Option<String> {
        let versions: [(&str, String, String); 4] = [
            ("version of hotwash", self.hotwash.clone(), now.hotwash.clone()),
            ("version of streams", self.streams.to_string(), now.streams.to_string()),
            ("version of the journal", self.journal.to_string(), now.journal.to_string()),
            ("list of plugins", self.plugins.join(", "), now.plugins.join(", ")),
        ];
        for (what, then, now) in versions {
            if then != now {
                return Some(format!("the {what} was {}, and is {now}", plain(&then)));
            }
        }
        if self.words != now.words {
            let [then, now] = [self, now].map(|m| super::shown(&m.words));
            return Some(format!("what was asked for was `{}`, and is `{now}`", plain(&then)));
        }
        if self.scenario_sha256 != now.scenario_sha256 {
            return Some(format!("scenario {} has changed", now.scenario));
        }
        let other = now.files.iter().find(|file| !self.files.contains(file));
        if let Some(file) = other.or(self.files.iter().find(|file| !now.files.contains(file))) {
            return Some(format!("{} has changed", plain(&file.path)));
        }
        (self.seed != now.seed || self.events != now.events)
            .then(|| "the seed or the number of journals has changed".to_owned())
    }
}
