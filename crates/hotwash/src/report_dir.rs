//! The directory with everything that is written about a session: the hot wash, the documents before and
//! after, and the session for other programs. `report` and the server write it.

use std::fs;
use std::io;
use std::path::{Component, Path};

use hotwash_exercise::Plan;
use hotwash_exercise::debrief::{DiscussionQuestion, Story, Worth};
use hotwash_report::document::{self, File};
use hotwash_report::export;

use crate::exit::{Code, Failure};

/// The page of the hot wash.
const HOT_WASH: &str = "hot-wash.html";

/// All files about a session, by name; folders in names are told apart by `/`.
pub(crate) fn documents(
    plan: &Plan,
    story: &Story,
    worth: Option<&Worth>,
    questions: &[DiscussionQuestion],
) -> Vec<File> {
    let page = hotwash_report::hot_wash(story, worth, questions).into_bytes();
    let mut files = vec![(HOT_WASH.to_owned(), page)];
    files.extend(document::after_action(story, worth, questions));
    files.extend(document::planning(plan));
    files.extend(export::exports(story, worth));
    files
}

/// Writes files into a new directory: beside its place first, then moved there whole, so that nothing
/// half-written is seen. A draft that a crash left behind is written anew.
pub(crate) fn write(dir: &Path, files: &[File]) -> Result<(), Failure> {
    vacant(dir)?;
    let failed = |e: io::Error| Failure::new(Code::Io, format!("{}: {e}", dir.display()));
    let Some(name) = dir.file_name() else {
        let message = format!("{}: this cannot be the name of a new directory", dir.display());
        return Err(Failure::new(Code::Io, message));
    };
    if let Some(wrong) = wrong_name(files) {
        let message = format!("two documents are called `{wrong}`, or it is no plain path");
        return Err(Failure::new(Code::Bug, message));
    }
    let draft = dir.with_file_name(format!(".{}.partial", name.to_string_lossy()));
    let written = fill(&draft, files).and_then(|()| fs::rename(&draft, dir));
    if written.is_err() {
        let _ = fs::remove_dir_all(&draft);
    }
    written.map_err(failed)
}

/// Refuses a place that is taken.
pub(crate) fn vacant(dir: &Path) -> Result<(), Failure> {
    if dir.symlink_metadata().is_err() {
        return Ok(());
    }
    let message = format!("{}: it exists already", dir.display());
    Err(Failure::new(Code::Io, message)
        .hint("name a new directory with --out, or move this one away"))
}

fn fill(draft: &Path, files: &[File]) -> io::Result<()> {
    if draft.exists() {
        fs::remove_dir_all(draft)?;
    }
    fs::create_dir_all(draft)?;
    for (name, bytes) in files {
        let path = draft.join(name);
        fs::create_dir_all(path.parent().unwrap_or(draft))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// A name that occurs twice or leads out of the directory.
fn wrong_name(files: &[File]) -> Option<&str> {
    let is_plain = |name: &str| {
        let mut parts = Path::new(name).components();
        !name.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
    };
    let all = files.iter().enumerate();
    let mut wrong = all.filter(|(i, (name, _))| {
        !is_plain(name) || files[..*i].iter().any(|(before, _)| before == name)
    });
    wrong.next().map(|(_, (name, _))| name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> File {
        (name.to_owned(), b"x".to_vec())
    }

    #[test]
    fn names_that_collide_or_lead_out_are_found() {
        assert_eq!(wrong_name(&[file("a.html"), file("players/a.html")]), None);
        assert_eq!(wrong_name(&[file("a"), file("b"), file("a")]), Some("a"));
        for name in ["../a", "/a", "", "x/../../a"] {
            assert_eq!(wrong_name(&[file(name)]), Some(name));
        }
    }

    #[test]
    fn what_is_there_is_not_written_over_and_a_left_draft_is_no_hindrance() {
        let dir = std::env::temp_dir().join(format!("hotwash-report-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(dir.join(".out.partial")).unwrap();
        fs::write(dir.join(".out.partial/old"), "left").unwrap();
        let out = dir.join("out");
        write(&out, &[file("a.html"), file("players/b.md")]).unwrap();
        assert!(out.join("players/b.md").is_file() && !out.join("old").exists());
        assert!(!dir.join(".out.partial").exists());
        let refused = write(&out, &[file("c")]).unwrap_err();
        assert_eq!(refused.code, Code::Io);
        assert!(refused.hint.unwrap().contains("--out") && !out.join("c").exists());
        fs::remove_dir_all(&dir).unwrap();
    }
}
