//! A study's directory while the study is at work.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hotwash_lab::tables::{Provenance, Table, worlds_kept, write_grid};
use hotwash_lab::{Grid, LabError, Log, Shard};
use hotwash_scenario::Scenario;

use super::events::write_events;
use super::manifest::{Manifest, State};
use super::readme::readme;
use crate::exit::{self, Code, Failure};

pub(super) const FINDING_JSON: &str = "finding.json";
pub(super) const FINDING_TEXT: &str = "finding.txt";

/// A directory that a study is at work in.
pub(crate) struct Kept {
    dir: PathBuf,
    manifest: Manifest,
    /// One for each time that the command conducted something; the first is claimed for as long as
    /// this lives.
    logs: Vec<Log>,
    /// How many of the logs have been handed out.
    conducted: usize,
    tables: Vec<Table>,
}

pub(super) fn log_path(dir: &Path, number: usize) -> PathBuf {
    dir.join(match number {
        0 => "batches.log".to_owned(),
        number => format!("batches-{}.log", number + 1),
    })
}

/// The logs of a directory, by number.
fn logs(dir: &Path) -> impl Iterator<Item = PathBuf> {
    (0..).map(|number| log_path(dir, number)).take_while(|path| path.exists())
}

/// Removes the logs of a study that is done.
pub(super) fn forget_logs(dir: &Path) {
    let list: Vec<PathBuf> = logs(dir).collect();
    // Backwards, so that none is missed if this ends in between.
    for path in list.into_iter().rev() {
        let _ = fs::remove_file(path);
    }
}

pub(super) fn lab(error: LabError) -> Failure {
    match error {
        LabError::Io { path, message } => {
            Failure::new(Code::Io, format!("{}: {message}", path.display()))
        }
        other => Failure::new(Code::Bug, other.to_string()),
    }
}

/// Whether a directory can be taken: it is not there, or is empty.
pub(crate) fn vacant(dir: &Path) -> Result<(), Failure> {
    let wrong = |text: &str| Failure::new(Code::Io, format!("{}: {text}", dir.display()));
    match fs::read_dir(dir).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) if dir.join(super::manifest::STUDY).exists() => {
            Err(wrong("there is a study in it; name a new directory")
                .hint(format!("to go on with it: --resume {}", dir.display())))
        }
        Ok(false) => Err(wrong("it exists already and is not empty; name a new directory")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(wrong(&error.to_string())),
    }
}

impl Kept {
    /// Takes a directory for a new study.
    pub(crate) fn begin(dir: &Path, manifest: Manifest) -> Result<Kept, Failure> {
        vacant(dir)?;
        fs::create_dir_all(dir)
            .map_err(|e| Failure::new(Code::Io, format!("{}: {e}", dir.display())))?;
        // Of two processes that want the same place, one creates this.
        let log = Log::create(&log_path(dir, 0)).map_err(lab)?;
        manifest.write(dir)?;
        Ok(Kept::new(dir, manifest, log))
    }

    /// Goes on in a directory. `now` is what the program would write into `study.json` today.
    pub(crate) fn resume(dir: &Path, then: Manifest, now: &Manifest) -> Result<Kept, Failure> {
        if let Some(difference) = then.difference(now) {
            let message = format!("{} cannot be gone on with: {difference}", dir.display());
            let again = exit::plain(&super::shown(&then.words));
            return Err(Failure::new(Code::Differs, message)
                .hint(format!("begin anew: hotwash {again} --out NEW")));
        }
        let path = log_path(dir, 0);
        let log = if path.exists() { Log::open(&path) } else { Log::create(&path) }.map_err(lab)?;
        let done = log.batches().count();
        let batches = if done == 1 { "batch" } else { "batches" };
        exit::say(&format!("going on with {}: {done} {batches} of runs are there", dir.display()));
        // What was said anew counts from now on.
        let manifest = Manifest { report: now.report.clone(), json: now.json, ..then };
        manifest.write(dir)?;
        Ok(Kept::new(dir, manifest, log))
    }

    fn new(dir: &Path, manifest: Manifest, log: Log) -> Kept {
        let (dir, tables) = (dir.to_owned(), Vec::new());
        Kept { dir, manifest, logs: vec![log], conducted: 0, tables }
    }

    /// Where it is.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The log of what is conducted next.
    pub(crate) fn next_log(&mut self) -> Result<&mut Log, Failure> {
        let number = self.conducted;
        self.conducted += 1;
        if number == self.logs.len() {
            let path = log_path(&self.dir, number);
            let log = if path.exists() { Log::open(&path) } else { Log::create(&path) };
            self.logs.push(log.map_err(lab)?);
        }
        Ok(&mut self.logs[number])
    }

    /// Gives the place back if nothing has been done in it: after a mistake in what was asked for.
    pub(crate) fn abandon_if_empty(self) {
        if self.logs.iter().all(|log| log.batches().next().is_none()) {
            forget_logs(&self.dir);
            let _ = fs::remove_file(self.dir.join(super::manifest::STUDY));
            // Only if there is nothing else in it.
            let _ = fs::remove_dir(&self.dir);
        }
    }

    /// Writes the tables of a grid that was conducted.
    pub(crate) fn tabulate(
        &mut self,
        grid: &Grid,
        scenario: &Scenario,
        from: Provenance,
    ) -> Result<(), Failure> {
        let Some(log) = self.logs.first_mut() else { return Ok(()) };
        let worlds = worlds_kept(grid, log);
        let is_partial = worlds < grid.worlds;
        let from = Provenance { worlds, is_partial, ..from };
        self.tables = write_grid(&self.dir, grid, log, &from).map_err(lab)?;
        if let Some(events) = self.manifest.events {
            let worlds = events.min(worlds);
            self.tables.push(write_events(&self.dir, grid, scenario, worlds, &from)?);
        }
        Ok(())
    }

    /// Writes what was found and what the files are.
    pub(crate) fn write_finding(
        &self,
        header: &hotwash_lab::findings::Header,
        json: &str,
        text: &str,
    ) -> Result<(), Failure> {
        let text = anstream::adapter::strip_str(text).to_string();
        let readme = readme(header, &self.manifest, &self.tables);
        for (name, content) in
            [(FINDING_JSON, json), (FINDING_TEXT, &text), ("README.md", readme.as_str())]
        {
            crate::commands::write_new(&self.dir.join(name), content.as_bytes())?;
        }
        Ok(())
    }

    /// Everything is done and written: what was only needed to go on can go.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        self.manifest.state = State::Done;
        self.manifest.write(&self.dir)?;
        forget_logs(&self.dir);
        Ok(())
    }

    /// A part is done.
    pub(crate) fn finish_part(&mut self, shard: Shard) -> Result<(), Failure> {
        self.manifest.state = State::Done;
        self.manifest.batches = self.logs.first().map(|log| log.batches().count() as u64);
        self.manifest.write(&self.dir)?;
        let (part, of) = (shard.index + 1, shard.of);
        exit::say(&format!(
            "part {part} of {of} is done, in {}; when all are: hotwash merge PARTS.. --out DIR",
            self.dir.display()
        ));
        Ok(())
    }
}
