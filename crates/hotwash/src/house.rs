//! Where the server's scenarios and sessions come from and go to: one directory with a directory for
//! each session.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use hotwash_exercise::{Act, Opening, Plan, Record, Session, SessionLog, read_log};
use hotwash_report::dates::wall_minute;
use hotwash_scenario::{Registry, Scenario, Words};
use hotwash_web::page::{Kept, Offer};
use hotwash_web::{Begun, Found, House};

use crate::args::live::Table;
use crate::commands::plan;
use crate::exit::{self, Code, Failure};
use crate::{report_dir, session_dir, shipped};

/// Where a session's documents are, below its directory.
const REPORT: &str = "report";

/// The directory with all sessions, and how new ones are begun.
pub(crate) struct Sessions {
    registry: Registry,
    dir: PathBuf,
    table: Table,
    /// A scenario by path, which is offered besides those that are shipped.
    named: Option<String>,
    offers: OnceLock<Vec<Offer>>,
    /// Held while the name of a new session is chosen.
    naming: Mutex<()>,
    /// Locked as long as this process serves the directory.
    _lock: File,
}

impl Sessions {
    /// Takes the directory; makes it where there is none.
    pub(crate) fn open(
        registry: &Registry,
        dir: &Path,
        table: &Table,
        named: Option<&str>,
    ) -> Result<Sessions, Failure> {
        let failed = |e: std::io::Error| Failure::new(Code::Io, format!("{}: {e}", dir.display()));
        fs::create_dir_all(dir).map_err(failed)?;
        let lock = File::create(dir.join(".lock")).map_err(failed)?;
        if lock.try_lock().is_err() {
            let message = format!("{}: another hotwash serves these sessions", dir.display());
            return Err(Failure::new(Code::Io, message)
                .hint("stop it, or keep sessions elsewhere with --sessions DIR"));
        }
        Ok(Sessions {
            registry: registry.clone(),
            dir: dir.to_owned(),
            table: table.clone(),
            named: named.filter(|name| !shipped::scenarios().contains(name)).map(str::to_owned),
            offers: OnceLock::new(),
            naming: Mutex::new(()),
            _lock: lock,
        })
    }

    /// A new directory named after the scenario, and the file of a session in it.
    fn shelf(&self, plan: &Plan) -> Result<(String, PathBuf, SessionLog), Failure> {
        let _alone = self.naming.lock().unwrap_or_else(PoisonError::into_inner);
        let name: String = plan.scenario.name().chars().filter(|c| is_plain(*c)).collect();
        let is_free = |id: &String| self.dir.join(id).symlink_metadata().is_err();
        let id = (1_u32..).map(|n| format!("{name}-{n}")).find(is_free).unwrap_or(name);
        let dir = self.dir.join(&id);
        let log = session_dir::create(&dir, plan)?;
        Ok((id, dir, log))
    }

    fn lang(&self) -> Option<&str> {
        self.table.tongue.lang.as_deref()
    }

    /// A scenario in the language of the house; in its own where it does not speak that.
    fn in_words(&self, scenario: Scenario) -> Scenario {
        match self.lang().map(|lang| scenario.speaking(lang)) {
            Some(Ok(spoken)) => spoken,
            _ => scenario,
        }
    }

    /// The table for a scenario: without the language that it does not speak.
    fn table_for(&self, name: &str) -> Table {
        let mut table = self.table.clone();
        let scenario = shipped::load(&self.registry, name).ok().and_then(|(scenario, _)| scenario);
        let lang = self.lang().zip(scenario);
        if lang.is_some_and(|(lang, scenario)| scenario.speaking(lang).is_err()) {
            table.tongue.lang = None;
        }
        table
    }

    fn opening(&self, id: &str) -> Option<(Opening, Vec<Record>)> {
        let records = read_log(&self.dir.join(id).join(session_dir::LOG)).ok()?;
        match &records.first()?.act {
            Act::Open(opening) => Some((opening.clone(), records)),
            _ => None,
        }
    }

    fn kept_one(&self, id: String) -> Option<(i64, Kept)> {
        let (opening, records) = self.opening(&id)?;
        let offer = self.offers().into_iter().find(|o| o.name == opening.scenario);
        let has_ended = records.iter().any(|r| r.act == Act::Endex);
        let begun = records.first().map_or(0, |r| r.wall_ms);
        let kept = Kept {
            title: offer.map_or(opening.scenario, |o| o.title),
            begun: format!("{} UTC", wall_minute(begun)),
            status: if has_ended { "ended" } else { "running" }.to_owned(),
            id,
        };
        Some((begun, kept))
    }
}

impl House for Sessions {
    fn offers(&self) -> Vec<Offer> {
        let offer = |name: &str| {
            let scenario = shipped::load(&self.registry, name).ok()?.0?;
            let scenario = self.in_words(scenario);
            let (title, summary) = (scenario.title().to_owned(), scenario.summary().to_owned());
            Some(Offer { name: name.to_owned(), title, summary })
        };
        let names = || self.named.as_deref().into_iter().chain(shipped::scenarios());
        self.offers.get_or_init(|| names().filter_map(offer).collect()).clone()
    }

    fn kept(&self) -> Vec<Kept> {
        let places = self.places().into_iter();
        let mut kept: Vec<(i64, Kept)> = places.filter_map(|(id, _)| self.kept_one(id)).collect();
        kept.sort_by(|a, b| (b.0, &a.1.id).cmp(&(a.0, &b.1.id)));
        kept.into_iter().map(|(_, kept)| kept).collect()
    }

    fn home(&self) -> PathBuf {
        self.dir.clone()
    }

    fn places(&self) -> Vec<(String, PathBuf)> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().filter_map(Result::ok);
        let place = |entry: fs::DirEntry| {
            let id = entry.file_name().into_string().ok()?;
            let has_log = entry.path().join(session_dir::LOG).is_file();
            (has_log && id.chars().all(is_plain)).then(|| (id, entry.path()))
        };
        let mut places: Vec<(String, PathBuf)> = entries.filter_map(place).collect();
        places.sort();
        places
    }

    fn begin(&self, scenario: &str, wall_ms: i64) -> Result<Begun, String> {
        if !self.offers().iter().any(|offer| offer.name == scenario) {
            return Err("there is no such scenario".to_owned());
        }
        let table = self.table_for(scenario);
        let plan = plan(&self.registry, scenario, &table).map_err(|f| said(&f))?;
        let (id, dir, log) = self.shelf(&plan).map_err(|f| said(&f))?;
        let session = Session::begin(plan, Box::new(log), wall_ms).map_err(|error| {
            // What could not be begun leaves nothing behind.
            let _ = fs::remove_dir_all(&dir);
            said(&session_dir::refuse(&dir, error))
        })?;
        Ok(Begun { id, dir, session })
    }

    fn resume(&self, id: &str) -> Result<Begun, String> {
        let place = self.places().into_iter().find(|(known, _)| known == id);
        let (id, dir) = place.ok_or("the session is not there any more")?;
        // A session whose scenario does not speak the language goes on in its own.
        let session = session_dir::open(&self.registry, &dir, self.lang())
            .or_else(|_| session_dir::open(&self.registry, &dir, None))
            .map_err(|f| said(&f))?;
        Ok(Begun { id, dir, session })
    }

    fn branch(&self, of: &Session, id: &str, until: u64, wall_ms: i64) -> Result<Begun, String> {
        let (own, dir, log) = self.shelf(of.plan()).map_err(|f| said(&f))?;
        let session = of.branch(id, until, Box::new(log), wall_ms).map_err(|error| {
            let _ = fs::remove_dir_all(&dir);
            said(&session_dir::refuse(&dir, error))
        })?;
        Ok(Begun { id: own, dir, session })
    }

    fn report(&self, id: &str, found: Found<'_>) -> Result<(), String> {
        let Found { plan, story, worth, questions } = found;
        let dir = self.dir.join(id).join(REPORT);
        let files = report_dir::documents(plan, story, worth, questions);
        // A session that was reopened after its end is reported again.
        if dir.exists() {
            std::fs::remove_dir_all(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
        }
        report_dir::write(&dir, &files).map_err(|f| said(&f))
    }

    fn files(&self, id: &str) -> Vec<(String, PathBuf)> {
        let root = self.dir.join(id).join(REPORT);
        let mut files = Vec::new();
        list(&root, "", &mut files);
        files.sort();
        files
    }

    fn words(&self) -> Words {
        self.lang().map_or(Words::ENGLISH, Words::in_language)
    }

    fn tell(&self, what: &str) {
        exit::say(&exit::plain(what));
    }
}

/// Files below a directory with their names from there; links are not followed.
fn list(dir: &Path, prefix: &str, out: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok) {
        let (Ok(name), Ok(kind)) = (entry.file_name().into_string(), entry.file_type()) else {
            continue;
        };
        let name = format!("{prefix}{name}");
        if kind.is_dir() {
            list(&entry.path(), &format!("{name}/"), out);
        } else if kind.is_file() {
            out.push((name, entry.path()));
        }
    }
}

/// Whether a letter may stand in a session's id, and so in an address.
fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')
}

/// A failure in one line, for a page.
fn said(failure: &Failure) -> String {
    let mut text = String::new();
    let mut is_command = false;
    for letter in failure.message.chars() {
        match letter {
            '\u{1b}' => is_command = true,
            'm' if is_command => is_command = false,
            _ if !is_command => text.push(letter),
            _ => {}
        }
    }
    match &failure.hint {
        Some(hint) => format!("{}; {hint}", text.trim_end()),
        None => text.trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_dates() {
        assert_eq!(wall_minute(0), "1970-01-01 00:00");
        assert_eq!(wall_minute(951_782_399_000), "2000-02-28 23:59");
        assert_eq!(wall_minute(951_782_400_000), "2000-02-29 00:00");
        assert_eq!(wall_minute(1_795_341_600_000), "2026-11-22 10:00");
    }

    #[test]
    fn a_page_gets_no_commands_for_a_terminal() {
        let failure = Failure::new(Code::Usage, "\u{1b}[1mbad\u{1b}[0m\n").hint("mend it");
        assert_eq!(said(&failure), "bad; mend it");
    }
}
