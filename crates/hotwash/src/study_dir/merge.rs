//! Joining the parts of a study: their batches in one directory, which is then gone on with. All
//! batches being there, nothing is run.

use std::path::{Path, PathBuf};

use hotwash_lab::{Log, Shard};

use super::kept::{Kept, lab, log_path, vacant};
use super::manifest::{Manifest, State};
use super::restore::{Anew, reopen};
use crate::args::Command;
use crate::args::lab::Merge;
use crate::exit::{Code, Failure};

/// A part of a study.
struct Part {
    dir: PathBuf,
    manifest: Manifest,
    shard: Shard,
    log: Log,
}

fn usage(message: String) -> Failure {
    Failure::new(Code::Usage, message)
}

/// The command of the whole study, with all its batches in the directory that was named.
pub(crate) fn merge(args: &Merge) -> Result<Command, Failure> {
    vacant(&args.out)?;
    let mut parts = Vec::new();
    for dir in &args.parts {
        parts.push(read(dir)?);
    }
    complete(&mut parts)?;
    let manifest = Manifest {
        state: State::Running,
        report: args.report.as_ref().map(|path| path.to_string_lossy().into_owned()),
        json: args.format == crate::args::lab::Format::Json,
        shard: None,
        batches: None,
        ..parts[0].manifest.clone()
    };
    let mut kept = Kept::begin(&args.out, manifest.clone())?;
    let log = kept.next_log()?;
    let of = parts.len() as u64;
    let most = parts.iter().map(|part| part.log.batches().count() as u64).max().unwrap_or(0);
    for batch in 0..most * of {
        let part = &mut parts[(batch % of) as usize];
        if let Some(numbers) = part.log.read(batch).map_err(lab)? {
            log.append(batch, &numbers).map_err(lab)?;
        }
    }
    let anew = Anew { report: args.report.clone(), format: Some(args.format), threads: None };
    reopen(&args.out, manifest, anew)
}

fn read(dir: &Path) -> Result<Part, Failure> {
    let manifest = Manifest::read(dir)?;
    let shown = dir.display();
    let Some(shard) = manifest.shard else {
        return Err(usage(format!("{shown} is not a part: it was made without --shard")));
    };
    if manifest.state == State::Running {
        let again = super::shown(&[manifest.command(), "--resume", &shown.to_string()]);
        return Err(usage(format!("{shown} is not done yet"))
            .hint(format!("go on with it first: hotwash {again}")));
    }
    let log = Log::open_to_read(&log_path(dir, 0)).map_err(lab)?;
    let is_whole = manifest.batches == Some(log.batches().count() as u64);
    if !is_whole || log.batches().any(|batch| !shard.has(batch)) {
        let path = log_path(dir, 0);
        let message = format!("{}: it has lost batches or has those of others", path.display());
        return Err(Failure::new(Code::Io, message).hint("do this part again"));
    }
    Ok(Part { dir: dir.to_owned(), manifest, shard, log })
}

/// Puts the parts in order. Refuses when they are not all parts of one study, each there once.
fn complete(parts: &mut [Part]) -> Result<(), Failure> {
    let Some(first) = parts.first() else { return Err(usage("no parts are named".to_owned())) };
    let of = first.shard.of;
    for other in &parts[1..] {
        let (a, b) = (first.dir.display(), other.dir.display());
        if let Some(difference) = first.manifest.difference(&other.manifest) {
            let message = format!("{a} and {b} are not of one study: {difference}");
            return Err(Failure::new(Code::Differs, message)
                .hint("`was` is the first of them, `is` the other"));
        }
        if other.shard.of != of {
            return Err(usage(format!(
                "{a} is one of {of} parts and {b} one of {}: they share no study",
                other.shard.of
            )));
        }
    }
    parts.sort_by_key(|part| part.shard.index);
    for pair in parts.windows(2) {
        if pair[0].shard == pair[1].shard {
            let [a, b] = [&pair[0], &pair[1]].map(|part| part.dir.display());
            return Err(usage(format!("{a} and {b} are both part {}", pair[0].shard.index + 1)));
        }
    }
    let missing: Vec<String> = (0..of)
        .filter(|index| parts.iter().all(|part| part.shard.index != *index))
        .map(|index| format!("{}/{of}", index + 1))
        .take(20)
        .collect();
    if !missing.is_empty() {
        return Err(usage(format!("parts are missing: {}", missing.join(", "))));
    }
    Ok(())
}
