//! Going on with a study: from its directory back to the command that was given.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Parser as _;

use super::manifest::{Manifest, State};
use super::words::{Work, asked, shown, tokens};
use crate::args::lab::{Format, Output};
use crate::args::{Args, Command};
use crate::exit::{self, Code, Failure};

/// What may be said anew when a study is gone on with.
#[derive(Clone, Debug, Default)]
pub(super) struct Anew {
    pub(super) threads: Option<u16>,
    pub(super) report: Option<PathBuf>,
    /// Nothing when it was not said.
    pub(super) format: Option<Format>,
}

/// The output flags of a command that is a study.
fn output(command: &mut Command) -> Option<&mut Output> {
    match command {
        Command::Compare(args) => Some(&mut args.common.output),
        Command::Sweep(args) => Some(&mut args.common.output),
        Command::Sensitivity(args) => Some(&mut args.common.output),
        Command::Hindcast(args) => Some(&mut args.common.output),
        Command::Frontier(args) => Some(&mut args.common.output),
        Command::Value(args) => Some(&mut args.common.output),
        _ => None,
    }
}

/// A study's command as it is to be done: with `--resume`, as it was given then. Nothing when the
/// study is done already.
pub(crate) fn restore(
    mut command: Command,
    typed: &[OsString],
) -> Result<Option<Command>, Failure> {
    let Some(output) = output(&mut command) else { return Ok(Some(command)) };
    let Some(dir) = output.resume.clone() else {
        output.work.words = words(typed, output.out.is_some())?;
        possible(&command)?;
        return Ok(Some(command));
    };
    let tokens = tokens(typed);
    let may = ["resume", "threads", "report", "format", "color"];
    let mut others = tokens.iter().filter_map(|t| t.flag.as_deref()).filter(|f| !may.contains(f));
    let is_named = tokens.iter().filter(|t| t.flag.is_none()).count() > 1;
    if let Some(other) =
        others.next().map(|f| format!("--{f}")).or(is_named.then(|| "a scenario".to_owned()))
    {
        let message = format!("{other} cannot be given with --resume: {} says it", dir.display());
        return Err(Failure::new(Code::Usage, message)
            .hint("with --resume only --threads, --report and --format can be said anew"));
    }
    let is_format_said = tokens.iter().any(|t| t.flag.as_deref() == Some("format"));
    let anew = Anew {
        threads: output.threads,
        report: output.report.clone(),
        format: is_format_said.then_some(output.format),
    };
    let manifest = Manifest::read(&dir)?;
    let typed = asked(typed).unwrap_or_default();
    if typed.first().is_some_and(|command| command != manifest.command()) {
        let theirs = exit::plain(manifest.command());
        let message = format!("{} holds a `{theirs}`, not a `{}`", dir.display(), typed[0]);
        return Err(Failure::new(Code::Usage, message)
            .hint(format!("hotwash {theirs} --resume {}", dir.display())));
    }
    if manifest.state == State::Done && manifest.shard.is_none() {
        return already_done(&dir, &manifest, &anew).map(|()| None);
    }
    reopen(&dir, manifest, anew).map(Some)
}

/// The words that say what is studied.
fn words(typed: &[OsString], is_kept: bool) -> Result<Vec<String>, Failure> {
    match asked(typed) {
        Some(words) => Ok(words),
        None if is_kept => {
            let message = "a word of the command is not UTF-8, so that study.json cannot hold it";
            Err(Failure::new(Code::Usage, message).hint("rename the file"))
        }
        None => Ok(typed.iter().map(|word| word.to_string_lossy().into_owned()).collect()),
    }
}

/// Refuses what a study cannot do.
fn possible(command: &Command) -> Result<(), Failure> {
    let (name, output, is_in_rounds, has_journals) = match command {
        Command::Compare(args) => ("compare", &args.common.output, false, true),
        Command::Sweep(args) => ("sweep", &args.common.output, false, true),
        Command::Hindcast(args) => ("hindcast", &args.common.output, false, true),
        Command::Value(args) => ("value", &args.common.output, false, false),
        Command::Sensitivity(args) => ("sensitivity", &args.common.output, true, false),
        Command::Frontier(args) => ("frontier", &args.common.output, true, false),
        _ => return Ok(()),
    };
    let wrong = |message: String| Failure::new(Code::Usage, message);
    if is_in_rounds && output.shard.is_some() {
        let why = "what it runs next hangs on what it has found so far";
        return Err(
            wrong(format!("{name} cannot be done in parts: {why}")).hint("leave --shard out")
        );
    }
    if output.shard.is_some() && output.report.is_some() {
        let message = "a part has no finding to draw".to_owned();
        return Err(wrong(message).hint("give --report to `hotwash merge`"));
    }
    if output.events.is_some() && !has_journals {
        return Err(wrong(format!("{name} has no journals to write"))
            .hint("--events is for compare, sweep and hindcast"));
    }
    Ok(())
}

/// The command of a directory, to be gone on with there.
pub(super) fn reopen(dir: &Path, manifest: Manifest, anew: Anew) -> Result<Command, Failure> {
    let program = OsString::from("hotwash");
    let words = manifest.words.iter().map(OsString::from);
    let wrong = |why: &str| {
        let message =
            format!("{}: {}", dir.join(super::manifest::STUDY).display(), exit::plain(why));
        Failure::new(Code::Io, message)
    };
    let args = Args::try_parse_from([program].into_iter().chain(words)).map_err(|error| {
        let text = error.to_string();
        let why = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        wrong(&format!("what was asked for cannot be read: {why}"))
    })?;
    let mut command = args.command;
    let Some(output) = output(&mut command) else { return Err(wrong("it is no study")) };
    let format = if manifest.json { Format::Json } else { Format::Text };
    *output = Output {
        format: anew.format.unwrap_or(format),
        report: anew.report.or_else(|| manifest.report.as_ref().map(PathBuf::from)),
        out: None,
        resume: Some(dir.to_owned()),
        shard: manifest.shard,
        events: manifest.events,
        threads: anew.threads,
        work: Work { words: manifest.words.clone(), resumed: Some(manifest) },
    };
    Ok(command)
}

/// Prints the finding of a study that is done.
fn already_done(dir: &Path, manifest: &Manifest, anew: &Anew) -> Result<(), Failure> {
    if let Some(report) = &anew.report {
        let message = format!("{} is done, and pictures need its runs again", dir.display());
        let again = shown(&manifest.words);
        let hint = format!("hotwash {} --report {}", exit::plain(&again), report.display());
        return Err(Failure::new(Code::Usage, message).hint(hint));
    }
    let is_json = anew.format.map_or(manifest.json, |format| format == Format::Json);
    let path =
        dir.join(if is_json { super::kept::FINDING_JSON } else { super::kept::FINDING_TEXT });
    let text = std::fs::read_to_string(&path)
        .map_err(|e| Failure::new(Code::Io, format!("{}: {e}", path.display())))?;
    super::kept::forget_logs(dir);
    exit::say(&format!("{} is done already; this is its finding", dir.display()));
    exit::print(&exit::plain(&text))
}
