//! Session directories: `session.log` and a copy of every file that the session is played from.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hotwash_engine::Fault;
use hotwash_exercise::{Act, ExerciseError, Plan, Record, Session, SessionLog, read_log};
use hotwash_scenario::Registry;

use crate::commands::{msel, speaking};
use crate::exit::{self, Code, Failure};
use crate::record::{Copies, write_copies};

/// The file with the session's records.
pub(crate) const LOG: &str = "session.log";

/// Makes the directory of a new session.
pub(crate) fn create(dir: &Path, plan: &Plan) -> Result<SessionLog, Failure> {
    let failed = |e: std::io::Error| Failure::new(Code::Io, format!("{}: {e}", dir.display()));
    if dir.symlink_metadata().is_ok() {
        let message = format!("{}: it exists already", dir.display());
        return Err(Failure::new(Code::Io, message).hint("name a new directory, or --resume it"));
    }
    fs::create_dir_all(dir).map_err(failed)?;
    write_copies(dir, &plan.texts()).map_err(failed)?;
    // No run depends on these; they are kept so that the session keeps its words.
    write_copies(dir, &plan.scenario.language_texts()).map_err(failed)?;
    SessionLog::create(&dir.join(LOG)).map_err(failed)
}

/// The session in a directory, to look at in a language: nothing is written.
pub(crate) fn read(
    registry: &Registry,
    dir: &Path,
    lang: Option<&str>,
) -> Result<Session, Failure> {
    let path = log_path(dir);
    let records = read_log(&path).map_err(|error| refuse(&path, error))?;
    let plan = plan(registry, dir, &records, lang)?;
    let keep = Box::new(hotwash_exercise::Nowhere);
    Session::resume(plan, records, keep).map_err(|error| refuse(&path, error))
}

/// The session in a directory, to go on with in a language.
pub(crate) fn open(
    registry: &Registry,
    dir: &Path,
    lang: Option<&str>,
) -> Result<Session, Failure> {
    let path = log_path(dir);
    let (log, records) = SessionLog::open(&path).map_err(|error| refuse(&path, error))?;
    let plan = plan(registry, dir, &records, lang)?;
    Session::resume(plan, records, Box::new(log)).map_err(|error| refuse(&path, error))
}

fn log_path(dir: &Path) -> PathBuf {
    dir.join(LOG)
}

fn plan(
    registry: &Registry,
    dir: &Path,
    records: &[Record],
    lang: Option<&str>,
) -> Result<Plan, Failure> {
    let Some(Record { act: Act::Open(opening), .. }) = records.first() else {
        let message = format!("{}: the first record is missing", log_path(dir).display());
        return Err(Failure::new(Code::Io, message));
    };
    let mut copies = Copies::read(dir, &opening.files)?;
    // A copy of a language that was spoilt since must not stop those who do not speak it.
    if lang.is_some() {
        copies.add_languages(dir)?;
    }
    let scenario = copies.scenario(registry)?;
    let policy = copies.policy(&scenario, &opening.policy)?;
    let own = scenario.texts();
    let extra = opening.files.iter().filter(|f| !own.iter().any(|(path, _)| *path == f.path));
    let extra = extra.filter_map(|f| Some((f.path.clone(), copies.text(&f.path)?.into())));
    let extra: Vec<(String, Arc<str>)> = extra.collect();
    let scenario = speaking(msel::reapply(scenario, &extra)?, lang)?;
    Ok(Plan {
        named: opening.scenario.clone(),
        policy,
        set: opening.set.clone(),
        seed: opening.seed.clone(),
        played: opening.played.clone(),
        stops_at_decisions: opening.stops_at_decisions,
        extra,
        scenario,
    })
}

/// Why a session cannot be opened, by whose fault.
pub(crate) fn refuse(path: &Path, error: ExerciseError) -> Failure {
    match error {
        ExerciseError::Build(problems) => exit::refuse_build(&problems),
        ExerciseError::Fault(fault @ Fault::Author { .. }) => {
            Failure::new(Code::Scenario, fault.to_string())
                .hint("this is a mistake of the scenario; mend it and begin anew")
        }
        ExerciseError::Fault(fault) => Failure::new(Code::Bug, fault.to_string())
            .hint("this is a bug of the model; please report it with the session's directory"),
        ExerciseError::Io(error) => Failure::new(Code::Io, format!("{}: {error}", path.display()))
            .hint("name a directory written by play or serve"),
        error => Failure::new(Code::Differs, format!("{}: {error}", path.display())),
    }
}
