//! A run in one file: what a run directory holds, as JSON Lines. Golden timelines are kept so, because
//! copies of a scenario's files would be taken for files of it, to be formatted, checked or run.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::copies::Copies;
use super::{Line, Manifest, ReadError, Recorded, sha256};

/// How such a file ends.
pub(crate) const ENDING: &str = ".jsonl";
/// How the line of an entry begins; between this and the closing brace its bytes are the journal's.
const ENTRY: &str = "{\"entry\":";

/// A run with everything that it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packed {
    /// What was run.
    pub(crate) manifest: Manifest,
    /// Path and text of the scenario's files, as they were.
    pub(crate) files: Vec<(String, String)>,
    /// `journal.jsonl`.
    pub(crate) journal: String,
    /// `outcomes.json`.
    pub(crate) outcomes: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Piece {
    Manifest(Box<Manifest>),
    File { path: String, text: String },
    Outcomes(String),
}

impl Packed {
    /// The file.
    pub(crate) fn pack(&self) -> String {
        let manifest = Piece::Manifest(Box::new(self.manifest.clone()));
        let files = self.files.iter();
        let files =
            files.map(|(path, text)| Piece::File { path: path.clone(), text: text.clone() });
        let mut out = String::new();
        let mut put = |piece: &Piece| {
            out += &serde_json::to_string(piece).unwrap_or_default();
            out.push('\n');
        };
        put(&manifest);
        files.for_each(|file| put(&file));
        put(&Piece::Outcomes(self.outcomes.clone()));
        for line in self.journal.lines() {
            out += ENTRY;
            out += line;
            out += "}\n";
        }
        out
    }

    /// Reads such a file back.
    ///
    /// # Errors
    /// Says what is wrong with it: no such file, or changed since it was written.
    pub(crate) fn unpack(text: &str) -> Result<Packed, String> {
        let (mut manifest, mut outcomes) = (None, None);
        let (mut files, mut journal) = (Vec::new(), String::new());
        for (i, line) in text.lines().enumerate() {
            if let Some(entry) = line.strip_prefix(ENTRY).and_then(|rest| rest.strip_suffix('}')) {
                journal += entry;
                journal.push('\n');
                continue;
            }
            let piece = serde_json::from_str(line).map_err(|e| format!("line {}: {e}", i + 1))?;
            match piece {
                Piece::Manifest(read) => manifest = Some(*read),
                Piece::File { path, text } => files.push((path, text)),
                Piece::Outcomes(text) => outcomes = Some(text),
            }
        }
        let (Some(manifest), Some(outcomes)) = (manifest, outcomes) else {
            return Err("it has no manifest or no outcomes: it is not whole".to_owned());
        };
        let packed = Packed { manifest, files, journal, outcomes };
        packed.check()?;
        Ok(packed)
    }

    fn check(&self) -> Result<(), String> {
        let is_same = self.manifest.files.len() == self.files.len()
            && self.manifest.files.iter().zip(&self.files).all(|(hash, (path, text))| {
                hash.path == *path && hash.sha256 == sha256(text.as_bytes())
            });
        if !is_same || self.manifest.journal_sha256 != sha256(self.journal.as_bytes()) {
            return Err("it was changed since it was written".to_owned());
        }
        Ok(())
    }

    /// The journal's lines.
    ///
    /// # Errors
    /// When the journal is not one that this version writes.
    pub(crate) fn lines(&self) -> Result<Vec<Line>, ReadError> {
        self.recorded(Path::new("golden")).lines()
    }

    /// The same as a run read from a directory.
    pub(crate) fn recorded(&self, path: &Path) -> Recorded {
        Recorded {
            dir: path.to_owned(),
            manifest: self.manifest.clone(),
            text: self.journal.clone(),
            outcomes: self.outcomes.clone(),
            packed: Some(Copies::of(self.files.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{FORMAT_VERSION, FileHash};

    fn packed() -> Packed {
        let journal = "{\"n\":1,\"x\":0.1}\n{\"n\":2,\"x\":1e-7}\n".to_owned();
        let files = vec![("scenario.ron".to_owned(), "( // one\n)".to_owned())];
        let manifest = Manifest {
            format: FORMAT_VERSION,
            hotwash: "0.0.0".to_owned(),
            streams: 1,
            journal: 1,
            scenario: "s".to_owned(),
            files: files
                .iter()
                .map(|(path, text)| FileHash {
                    path: path.clone(),
                    sha256: sha256(text.as_bytes()),
                })
                .collect(),
            policy: String::new(),
            set: [("a.b".to_owned(), "1".to_owned())].into(),
            decide: std::collections::BTreeMap::new(),
            seed: "7".to_owned(),
            replication: 0,
            until: None,
            plugins: Vec::new(),
            entries: 2,
            journal_sha256: sha256(journal.as_bytes()),
        };
        Packed { manifest, files, journal, outcomes: "{\n  \"outcomes\": []\n}\n".to_owned() }
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let (packed, text) = (packed(), packed().pack());
        assert_eq!(Packed::unpack(&text), Ok(packed));
        assert_eq!(text.lines().count(), 5);
    }

    #[test]
    fn what_was_changed_is_refused() {
        let text = packed().pack();
        for (from, to) in [("// one", "// two"), ("\"x\":0.1", "\"x\":0.2")] {
            assert!(text.contains(from), "{from}");
            let wrong = Packed::unpack(&text.replace(from, to)).unwrap_err();
            assert!(wrong.contains("changed"), "{wrong}");
        }
        let cut: String = text.split_inclusive('\n').take(2).collect();
        assert!(Packed::unpack(&cut).unwrap_err().contains("not whole"));
        assert!(Packed::unpack("nonsense\n").unwrap_err().contains("line 1"));
    }
}
