//! A house with one scenario and its sessions in a directory of the test's own.

use std::fs;
use std::path::{Path, PathBuf};

use hotwash_exercise::{Plan, Session, SessionLog};
use hotwash_web::page::{Kept, Offer};
use hotwash_web::{Begun, Found, House};

const SCENARIO: &str = "insider-sale";

pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Scratch {
        let dir = std::env::temp_dir().join(format!("hotwash-web-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Scratch(dir)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What is played: the chief executive's seat is the policy's.
pub(crate) fn plan() -> Plan {
    let scenario = hotwash::open(&hotwash::registry(), SCENARIO).unwrap();
    let policy = scenario.policy("historical").cloned();
    let mut plan = Plan::new(scenario, SCENARIO, policy);
    plan.played.retain(|role| role != "chief-executive");
    plan
}

pub(crate) struct Simple(pub(crate) PathBuf);

impl Simple {
    fn make(&self) -> (String, PathBuf, SessionLog) {
        let is_free = |id: &String| !self.0.join(id).exists();
        let id = (1..).map(|n| format!("{SCENARIO}-{n}")).find(is_free).unwrap();
        let dir = self.0.join(&id);
        fs::create_dir(&dir).unwrap();
        let log = SessionLog::create(&dir.join("session.log")).unwrap();
        (id, dir, log)
    }
}

impl House for Simple {
    fn offers(&self) -> Vec<Offer> {
        let text = || SCENARIO.to_owned();
        vec![Offer { name: text(), title: text(), summary: text() }]
    }

    fn kept(&self) -> Vec<Kept> {
        let places = self.places().into_iter();
        let kept = |(id, _): (String, PathBuf)| Kept {
            id,
            title: String::new(),
            begun: String::new(),
            status: "running".to_owned(),
        };
        places.map(kept).collect()
    }

    fn home(&self) -> PathBuf {
        self.0.clone()
    }

    fn places(&self) -> Vec<(String, PathBuf)> {
        let entries = fs::read_dir(&self.0).unwrap().map(Result::unwrap);
        let dirs = entries.filter(|e| e.path().is_dir());
        dirs.map(|e| (e.file_name().into_string().unwrap(), e.path())).collect()
    }

    fn begin(&self, scenario: &str, wall_ms: i64) -> Result<Begun, String> {
        if scenario != SCENARIO {
            return Err("there is no such scenario".to_owned());
        }
        let (id, dir, log) = self.make();
        let session = Session::begin(plan(), Box::new(log), wall_ms).map_err(|e| e.to_string())?;
        Ok(Begun { id, dir, session })
    }

    fn resume(&self, id: &str) -> Result<Begun, String> {
        let dir = self.0.join(id);
        let (log, records) =
            SessionLog::open(&dir.join("session.log")).map_err(|e| e.to_string())?;
        let session = Session::resume(plan(), records, Box::new(log)).map_err(|e| e.to_string())?;
        Ok(Begun { id: id.to_owned(), dir, session })
    }

    fn branch(&self, of: &Session, id: &str, until: u64, wall_ms: i64) -> Result<Begun, String> {
        let (own, dir, log) = self.make();
        let session = of.branch(id, until, Box::new(log), wall_ms).map_err(|e| e.to_string())?;
        Ok(Begun { id: own, dir, session })
    }

    fn report(&self, id: &str, found: Found<'_>) -> Result<(), String> {
        let report = self.0.join(id).join("report");
        let write = |path: &Path| {
            fs::create_dir_all(path.join("controllers"))?;
            fs::write(path.join("hot-wash.html"), &found.story.about.title)?;
            fs::write(path.join("controllers/handbook.md"), "for controllers")
        };
        write(&report).map_err(|e| e.to_string())
    }

    fn files(&self, id: &str) -> Vec<(String, PathBuf)> {
        let report = self.0.join(id).join("report");
        let names = ["hot-wash.html", "controllers/handbook.md"];
        let files = names.map(|name| (name.to_owned(), report.join(name)));
        files.into_iter().filter(|(_, path)| path.exists()).collect()
    }

    #[expect(clippy::print_stderr, reason = "shown where a test fails")]
    fn tell(&self, what: &str) {
        eprintln!("{what}");
    }
}
