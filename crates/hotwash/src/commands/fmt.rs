//! `hotwash fmt`: scenario files laid out alike, with their comments.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hotwash_scenario::{Diagnostic, MAX_FILE, formatted};

use crate::args::author;
use crate::exit::{self, Code, Failure};

/// What became of the files.
#[derive(Default)]
struct Done {
    /// Files looked at.
    seen: usize,
    /// Those that were, or would be, laid out anew.
    changed: Vec<PathBuf>,
    /// Mistakes in those that could not be read as RON.
    mistakes: Vec<Diagnostic>,
    /// Files that could not be read or written, and why.
    lost: Vec<String>,
}

pub(crate) fn fmt(args: &author::Fmt) -> Result<(), Failure> {
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { &here[..] } else { &args.paths[..] };
    let files = files(paths)?;
    if files.is_empty() {
        let named: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
        let message = format!("{}: no `.ron` file is there", named.join(", "));
        return Err(Failure::new(Code::Io, message));
    }
    let mut done = Done::default();
    for file in files {
        done.seen += 1;
        match lay_out(&file, args.check, &mut done.mistakes) {
            Ok(true) => done.changed.push(file),
            Ok(false) => {}
            Err(why) => done.lost.push(format!("{}: {why}", file.display())),
        }
    }
    end(&done, args.check)
}

/// Says what was done, and ends with the gravest of what went wrong.
fn end(done: &Done, is_check: bool) -> Result<(), Failure> {
    let noun = if done.seen == 1 { "file" } else { "files" };
    let count = format!("{} of {} {noun}", done.changed.len(), done.seen);
    let mut list = String::new();
    for path in &done.changed {
        let _ = write!(list, "\n  {}", path.display());
    }
    let is_whole = done.mistakes.is_empty() && done.lost.is_empty();
    if is_whole && is_check && !done.changed.is_empty() {
        let message = format!("{count} not formatted:{list}");
        return Err(Failure::new(Code::Differs, message).hint("hotwash fmt formats them"));
    }
    if is_whole {
        let all = match done.seen {
            1 => "the file is formatted\n".to_owned(),
            many => format!("all {many} files are formatted\n"),
        };
        let text =
            if done.changed.is_empty() { all } else { format!("{count} formatted:{list}\n") };
        return exit::print(&text);
    }
    let rest = match (done.changed.is_empty(), is_check) {
        (true, _) => String::new(),
        (false, true) => format!("\n{count} not formatted:{list}"),
        (false, false) => format!("\n{count} formatted:{list}"),
    };
    let mut failure = match done.lost.is_empty() {
        true => exit::refuse(&done.mistakes),
        false => {
            exit::tell(&done.mistakes);
            Failure::new(Code::Io, done.lost.join("\n"))
        }
    };
    failure.message += &rest;
    Err(failure)
}

/// Lays one file out and says whether that changed it; a file with mistakes stays as it is.
fn lay_out(path: &Path, is_check: bool, out: &mut Vec<Diagnostic>) -> Result<bool, String> {
    let length = fs::metadata(path).map_err(|e| e.to_string())?.len();
    if length > MAX_FILE {
        return Err(format!("it has {length} bytes; at most {MAX_FILE} are read"));
    }
    let bytes = fs::read(path).map_err(|e| e.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())?;
    let laid = match formatted(&path.display().to_string(), &text) {
        Ok(laid) => laid,
        Err(mistakes) => {
            out.extend(mistakes);
            return Ok(false);
        }
    };
    if laid == text {
        return Ok(false);
    }
    if !is_check {
        replace(path, &laid).map_err(|e| e.to_string())?;
    }
    Ok(true)
}

/// Writes the text beside the file and moves it there, so that the file is whole at any moment. A link
/// stays a link, and the file keeps its permissions.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let path = path.canonicalize()?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(std::io::Error::new(
            std::io::ErrorKind::PermissionDenied,
            "it is write-protected",
        ));
    }
    let mut draft = path.clone().into_os_string();
    draft.push(".part");
    let draft = PathBuf::from(draft);
    let write = || {
        fs::write(&draft, text)?;
        fs::set_permissions(&draft, permissions)?;
        fs::rename(&draft, &path)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&draft);
    })
}

/// The files named, and all `.ron` files below the folders named, each once.
fn files(paths: &[PathBuf]) -> Result<BTreeSet<PathBuf>, Failure> {
    let mut files = BTreeSet::new();
    for path in paths {
        let failed = |e: std::io::Error| Failure::new(Code::Io, format!("{}: {e}", path.display()));
        if fs::metadata(path).map_err(failed)?.is_dir() {
            below(path, &mut files).map_err(failed)?;
        } else {
            files.insert(path.clone());
        }
    }
    Ok(files)
}

/// All `.ron` files below a folder. Hidden folders, `target` and links to folders are passed over.
fn below(folder: &Path, out: &mut BTreeSet<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, entry.path());
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() && name != "target" {
            below(&path, out)?;
        } else if !kind.is_dir() && path.extension().is_some_and(|e| e == "ron") && path.is_file() {
            // `./a.ron` is shown as people would type it.
            out.insert(path.strip_prefix(".").map_or_else(|_| path.clone(), Path::to_owned));
        }
    }
    Ok(())
}
