//! The record as it was before the change that is being judged, from git.

use std::path::Path;
use std::process::Command;

use super::record::Record;

/// The record before the last change to it: of the last commit where the one in the folder differs from it, else of
/// the commit before the one that changed it last. None where it is new.
///
/// # Errors
/// Why there is nothing to compare with: no git, no history, or a clone without it.
pub(crate) fn before(root: &Path, record: &str, now: &str) -> Result<Option<Record>, String> {
    let git = |words: &[&str]| git(root, words);
    let shown = |commit: &str| git(&["show", &format!("{commit}:{record}")]);
    git(&["rev-parse", "--verify", "HEAD"]).ok_or("there is no history (git) here")?;
    let committed = shown("HEAD");
    let before = if committed.as_deref() == Some(now) {
        let commit = git(&["log", "-n", "1", "--format=%H", "--", record]).unwrap_or_default();
        let parent = format!("{}^", commit.trim());
        if git(&["rev-parse", "--verify", &parent]).is_none() {
            if git(&["rev-parse", "--is-shallow-repository"]).is_some_and(|s| s.trim() == "true") {
                return Err("this clone is shallow, fetch at least two commits".to_owned());
            }
            return Ok(None);
        }
        shown(&parent)
    } else {
        committed
    };
    before.map(|text| Record::read(&text)).transpose()
}

/// What git prints; none where it fails or is not there.
fn git(root: &Path, words: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(root).args(words).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// A history of its own, in a folder that goes with it.
    struct Repository(PathBuf);

    impl Repository {
        fn new(name: &str) -> Self {
            let name = format!("hotwash-guard-{}-{name}", std::process::id());
            let at = std::env::temp_dir().join(name);
            let _ = std::fs::remove_dir_all(&at);
            std::fs::create_dir_all(&at).unwrap();
            let repository = Repository(at);
            repository.git(&["init", "--quiet"]);
            repository
        }

        fn git(&self, words: &[&str]) {
            let who = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
            let all = [&who[..], &["-c", "commit.gpgsign=false"], words].concat();
            git(&self.0, &all).unwrap_or_else(|| panic!("git {words:?} fails"));
        }

        fn write(&self, figure: f64) -> String {
            let row = super::super::record::Row {
                work: "a".to_owned(),
                instructions_per_event: figure,
                reason: "why".to_owned(),
            };
            let record = Record { rows: vec![row], ..Record::default() };
            let text = record.write().unwrap();
            std::fs::write(self.0.join("record.json"), &text).unwrap();
            text
        }

        fn commit(&self) {
            self.git(&["add", "."]);
            self.git(&["commit", "--quiet", "--allow-empty", "-m", "a change"]);
        }

        fn figure_before(&self, now: &str) -> Option<f64> {
            let before = before(&self.0, "record.json", now).unwrap();
            before.map(|record| record.rows[0].instructions_per_event)
        }
    }

    impl Drop for Repository {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn the_record_before_is_that_before_its_last_change() {
        let repository = Repository::new("changes");
        repository.commit();
        let first = repository.write(1.0);
        assert_eq!(repository.figure_before(&first), None, "it is new and not committed");
        repository.commit();
        assert_eq!(repository.figure_before(&first), None, "it is new");
        let second = repository.write(2.0);
        assert_eq!(repository.figure_before(&second), Some(1.0), "changed and not committed");
        repository.commit();
        assert_eq!(repository.figure_before(&second), Some(1.0), "changed by the last commit");
        repository.commit();
        assert_eq!(repository.figure_before(&second), Some(1.0), "changed by the commit before");
    }

    #[test]
    fn without_history_it_says_so() {
        let repository = Repository::new("none");
        let now = repository.write(1.0);
        assert!(before(&repository.0, "record.json", &now).unwrap_err().contains("no history"));
        repository.commit();
        repository.write(2.0);
        repository.commit();
        let clone = Repository::new("shallow");
        let source = format!("file://{}", repository.0.display());
        let target = clone.0.join("clone");
        clone.git(&["clone", "--quiet", "--depth", "1", &source, &target.to_string_lossy()]);
        let now = std::fs::read_to_string(target.join("record.json")).unwrap();
        assert!(before(&target, "record.json", &now).unwrap_err().contains("shallow"));
    }
}
