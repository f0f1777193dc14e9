//! `hotwash new`: the folder of a new scenario that runs as it is, small or a copy of another.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hotwash_engine::Slug;
use hotwash_scenario::{Registry, renamed};

use crate::args::author;
use crate::exit::{self, Code, Failure};
use crate::shipped;
use crate::text::BOLD;

/// The small scenario's files.
const SMALL: &[(&str, &str)] = &[
    ("README.md", include_str!("../../templates/README.md")),
    ("expectations.ron", include_str!("../../templates/expectations.ron")),
    ("policies/attentive.ron", include_str!("../../templates/policies/attentive.ron")),
    ("policies/quiet.ron", include_str!("../../templates/policies/quiet.ron")),
    ("scenario.ron", include_str!("../../templates/scenario.ron")),
];

/// The name that the small scenario's files go by.
const SMALL_NAME: &str = "new-scenario";

/// The file in which a scenario's name stands.
const FIRST: &str = "scenario.ron";

/// Most files that are copied from a folder.
const MOST_FILES: usize = 500;

/// Files by path from the scenario's folder.
type Found = Vec<(String, Vec<u8>)>;

pub(crate) fn new(registry: &Registry, args: &author::New) -> Result<(), Failure> {
    legal_name(&args.name)?;
    let target = args.dir.as_deref().unwrap_or(Path::new("")).join(&args.name);
    if target.symlink_metadata().is_ok() {
        let message = format!("{}: exists already", target.display());
        return Err(Failure::new(Code::Io, message).hint("choose another name or --dir"));
    }
    let (old, mut files) = match &args.from {
        None => (SMALL_NAME.to_owned(), small()),
        Some(from) => source(registry, from)?,
    };
    for (path, bytes) in &mut files {
        rename(path, bytes, &old, &args.name)?;
    }
    write(&target, &files)?;
    exit::print(&said(&target, &files))
}

/// What a new scenario may be called: a slug that is also the name of one folder.
fn legal_name(name: &str) -> Result<(), Failure> {
    let wrong = |why: String| {
        let failure = Failure::new(Code::Usage, why);
        match suggestion(name) {
            Some(good) => failure.hint(format!("for instance `{good}`")),
            None => failure.hint("for instance `night-shift`"),
        }
    };
    name.parse::<Slug>().map_err(wrong)?;
    if name.contains(['/', '.']) {
        return Err(wrong(format!("`{name}` is not the name of one folder")));
    }
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Err(wrong(format!("the name `{name}` does not begin with a letter")));
    }
    if shipped::scenarios().contains(&name) || name == "library" {
        let message = format!("a shipped scenario is called `{name}`");
        return Err(Failure::new(Code::Usage, message).hint(format!("for instance `my-{name}`")));
    }
    Ok(())
}

/// The nearest legal name, if anything is left of it.
fn suggestion(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let last = lower.trim_end_matches('/').rsplit('/').next()?;
    let legal = |c: char| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' };
    let plain: String = last.chars().map(legal).collect();
    let words: Vec<&str> = plain.split('-').filter(|w| !w.is_empty()).collect();
    let joined = words.join("-");
    let good = joined.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    let good: String = good.chars().take(Slug::MAX_LEN).collect();
    (good.len() > 1).then_some(good)
}

fn small() -> Found {
    SMALL.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// The name and the files of the scenario to start from.
fn source(registry: &Registry, from: &str) -> Result<(String, Found), Failure> {
    // What does not load is no ground to build on; its mistakes are shown.
    let scenario = shipped::open(registry, from)?;
    let files = match shipped::files(from) {
        Some(files) => files
            .into_iter()
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .collect(),
        None => {
            let folder = Path::new(from);
            if !folder.is_dir() {
                let message = format!("{from}: a scenario is copied by its folder");
                return Err(Failure::new(Code::Usage, message).hint("give the folder's path"));
            }
            let mut found = Vec::new();
            collect(folder, "", &mut found).map_err(|e| io_failure(folder, &e))?;
            found
        }
    };
    Ok((scenario.name().to_owned(), files))
}

/// Files that belong to a scenario, below a folder: what the program can build in.
fn collect(folder: &Path, prefix: &str, out: &mut Found) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let (kind, path) = (entry.file_type()?, format!("{prefix}{name}"));
        if name.starts_with('.') || out.len() >= MOST_FILES {
            continue;
        }
        if kind.is_dir() {
            collect(&entry.path(), &format!("{path}/"), out)?;
        } else if kind.is_file() && shipped::is_part(&path) {
            out.push((path, fs::read(entry.path())?));
        }
    }
    Ok(())
}

/// Puts the new name where the old one stands: in the first file's field and in words for people.
fn rename(path: &str, bytes: &mut Vec<u8>, old: &str, new: &str) -> Result<(), Failure> {
    let is_words = path.ends_with(".md");
    if path != FIRST && !is_words {
        return Ok(());
    }
    let text = String::from_utf8_lossy(bytes);
    let text = if is_words {
        text.replace(old, new)
    } else {
        renamed(&text, new).ok_or_else(|| {
            let message = format!("{FIRST} has no name of its own that could be changed");
            Failure::new(Code::Scenario, message).hint("give it a field `name`")
        })?
    };
    *bytes = text.into_bytes();
    Ok(())
}

/// Writes the folder beside its place and moves it there, so that there is all of it or none.
fn write(target: &Path, files: &Found) -> Result<(), Failure> {
    let mut draft = target.as_os_str().to_owned();
    draft.push(".part");
    let draft = PathBuf::from(draft);
    let fill = || -> io::Result<()> {
        for (path, bytes) in files {
            let path = draft.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&draft))?;
            fs::write(path, bytes)?;
        }
        fs::rename(&draft, target)
    };
    fill().map_err(|error| {
        let _ = fs::remove_dir_all(&draft);
        io_failure(target, &error)
    })
}

fn io_failure(path: &Path, error: &io::Error) -> Failure {
    Failure::new(Code::Io, format!("{}: {error}", path.display()))
}

/// What was made, and what to type next.
fn said(target: &Path, files: &Found) -> String {
    let shown = target.display().to_string();
    // A folder in the current one is its bare name; one with blanks needs quotes in a shell.
    let typed = crate::study_dir::shown(&[shown.as_str()]);
    let mut out = format!("{} has {} files:\n", BOLD.on(&shown), files.len());
    for (path, _) in files {
        let _ = writeln!(out, "  {path}");
    }
    let next = [
        (format!("hotwash check {typed}"), "find mistakes"),
        (format!("hotwash run {typed}"), "play it once and read the story"),
        (format!("hotwash compare {typed} --runs 200"), "what each policy is worth"),
    ];
    let width = next.iter().map(|(command, _)| command.chars().count()).max().unwrap_or(0);
    out.push_str("\nNext:\n");
    for (command, what) in next {
        let _ = writeln!(out, "  {command:width$}  {what}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_names_come_with_a_good_one() {
        for (bad, good) in [
            ("Night Shift", "night-shift"),
            ("../x/Après", "apr-s"),
            ("a/b-c", "b-c"),
            ("2024-leak", "leak"),
            ("insider-sale", "my-insider-sale"),
            ("-", "night-shift"),
            ("", "night-shift"),
            ("v1.2", "v1-2"),
        ] {
            let failure = legal_name(bad).unwrap_err();
            assert_eq!(failure.code, Code::Usage, "{bad}");
            assert_eq!(failure.hint, Some(format!("for instance `{good}`")), "{bad}");
            assert!(good == "night-shift" || legal_name(good).is_ok(), "{good}");
        }
        assert_eq!(legal_name("night-shift"), Ok(()));
    }
}
