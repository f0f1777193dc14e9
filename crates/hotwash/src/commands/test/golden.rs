//! Golden timelines: runs that are kept, so that any change of them is noticed and looked at.
//!
//! `golden/NAME.txt` is the story for people who review a change; `golden/NAME.jsonl` is the run itself
//! with the files it was made from, by which runs are compared.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use hotwash_scenario::{Golden, MAX_FILE, Registry, Scenario, Setup};

use super::trial::{Status, Trial, command};
use crate::commands::diff;
use crate::commands::run::Plan;
use crate::commands::study::write_new;
use crate::exit::{Code, Failure};
use crate::record::{self, PACKED, Packed};
use crate::shipped;
use crate::text::{self, Page};

/// Folder of the kept runs, beside the scenario's first file.
const FOLDER: &str = "golden";
/// Largest kept run that is read.
const MAX_KEPT: u64 = 256 << 20;
/// Page of the story: the same for everybody, so that it changes only with the run.
const COLUMNS: usize = 100;

/// A run of a setup.
pub(super) fn plan(
    scenario: &Scenario,
    named: &str,
    setup: &Setup,
    seed: &str,
    replication: u64,
) -> Plan {
    Plan {
        scenario: scenario.clone(),
        named: named.to_owned(),
        policy: setup.policy(scenario).cloned(),
        foreign_policy: None,
        set: setup.levers.clone(),
        decide: setup.decide.clone(),
        seed: seed.to_owned(),
        replication,
        until: None,
    }
}

/// A golden timeline that is not tried.
pub(super) fn skipped(kept: &Golden) -> Trial {
    Trial {
        name: kept.name.clone(),
        line: kept.line,
        status: Status::Skipped,
        summary: "golden timelines keep their seeds".to_owned(),
        details: Vec::new(),
    }
}

/// Plays a run and holds it against the one that is kept; with `accept`, keeps it as it is now.
pub(super) fn compare(
    registry: &Registry,
    named: &str,
    scenario: &Scenario,
    golden: &Golden,
    accept: bool,
) -> Result<Trial, Failure> {
    let seed = golden.setup.seed(scenario);
    let plan = plan(scenario, named, &golden.setup, seed, 0);
    let now = play(&plan)?;
    let place = Place::of(named, &golden.name);
    let then = place.read()?;
    let story = story(&plan, &golden.name, &now)?;
    let mut trial = Trial {
        name: golden.name.clone(),
        line: golden.line,
        status: Status::Held,
        summary: format!("golden timeline, {} entries", now.manifest.entries),
        details: Vec::new(),
    };
    match &then.run {
        None => {
            trial.status = Status::Missing;
            let again = command(&plan);
            trial.summary = format!("no golden timeline is kept in {}", place.shown(PACKED));
            trial.details = vec![format!("look at it: {again}"), "keep it: --accept".to_owned()];
        }
        Some(then) if !is_same(then, &now) => {
            trial.status = Status::Differs;
            trial.summary = "the run is not as it was kept".to_owned();
            let kept = PathBuf::from(place.shown(PACKED));
            trial.details = explain_difference(registry, &plan, then, &kept);
        }
        Some(_) if then.story.as_deref() != Some(story.as_str()) => {
            trial.status = Status::Differs;
            trial.summary = "the run is as it was kept, its story is not".to_owned();
            trial.details = vec![format!(
                "{} was edited, or this version of the program tells runs otherwise",
                place.shown(".txt")
            )];
        }
        Some(_) => {}
    }
    if accept && trial.status.is_bad() {
        place.write(&now, &story)?;
        trial.summary = match trial.status {
            Status::Missing => format!("kept in {}", place.shown(".txt")),
            _ => format!("kept as it is now in {}", place.shown(".txt")),
        };
        if trial.status == Status::Missing {
            trial.details.clear();
        }
        trial.status = Status::Accepted;
    }
    Ok(trial)
}

/// Why a run is not as it was kept, and what came of it, line by line.
fn explain_difference(registry: &Registry, plan: &Plan, then: &Packed, kept: &Path) -> Vec<String> {
    match diff::explain(registry, &then.recorded(kept), plan.clone()) {
        Ok(finding) => {
            text::diff(&finding, Page::new(COLUMNS)).lines().map(str::to_owned).collect()
        }
        Err(failure) => failure.message.lines().map(str::to_owned).collect(),
    }
}

fn is_same(then: &Packed, now: &Packed) -> bool {
    then.journal == now.journal && then.outcomes == now.outcomes
}

fn play(plan: &Plan) -> Result<Packed, Failure> {
    let sim = plan.play()?;
    let lines = record::lines(&sim);
    let journal = record::journal_text(&lines);
    let files = plan.files();
    let manifest = plan.manifest(&sim, &lines, &journal, &files);
    let outcomes = record::outcomes_text(&record::outcomes(&sim))
        .map_err(|error| Failure::new(Code::Bug, error.to_string()))?;
    Ok(Packed { manifest, files, journal, outcomes })
}

/// The run as people read it.
fn story(plan: &Plan, name: &str, run: &Packed) -> Result<String, Failure> {
    let bug = |why: String| Failure::new(Code::Bug, why);
    let lines = run.lines().map_err(|error| bug(error.to_string()))?;
    let outcomes: record::Outcomes =
        serde_json::from_str(&run.outcomes).map_err(|error| bug(error.to_string()))?;
    let policy = match plan.policy_name() {
        "" => "defaults",
        name => name,
    };
    let page = Page::new(COLUMNS);
    let mut out = String::new();
    let _ = writeln!(out, "Golden timeline `{name}` of {}. Written by", plan.scenario.name());
    let _ = writeln!(out, "`hotwash test --accept`; read it, and do not edit it.\n");
    let _ = writeln!(out, "policy {policy}, seed {}", plan.seed);
    for (what, map) in [("lever", &plan.set), ("decided", &plan.decide)] {
        for (name, value) in map {
            let _ = writeln!(out, "{what} {name} = {value}");
        }
    }
    let (entries, hash) = (run.manifest.entries, &run.manifest.journal_sha256);
    let _ = writeln!(out, "{entries} entries, sha256 {hash}\n");
    out += &text::timeline(&lines, page, false);
    out.push('\n');
    out += &text::outcomes(&outcomes.outcomes, |_| "", page);
    Ok(anstream::adapter::strip_str(&out).to_string())
}

/// Where a golden timeline is kept.
struct Place<'a> {
    named: &'a str,
    name: &'a str,
}

/// What is kept of a golden timeline.
struct Kept {
    run: Option<Packed>,
    story: Option<String>,
}

impl<'a> Place<'a> {
    fn of(named: &'a str, name: &'a str) -> Place<'a> {
        Place { named, name }
    }

    fn is_shipped(&self) -> bool {
        shipped::scenarios().contains(&self.named)
    }

    /// The path below the scenario's folder.
    fn below(&self, ending: &str) -> String {
        format!("{FOLDER}/{}{ending}", self.name)
    }

    fn path(&self, ending: &str) -> PathBuf {
        let named = Path::new(self.named);
        let folder = if named.is_dir() { named } else { named.parent().unwrap_or(Path::new("")) };
        folder.join(self.below(ending))
    }

    fn shown(&self, ending: &str) -> String {
        if self.is_shipped() {
            format!("{}/{}", self.named, self.below(ending))
        } else {
            self.path(ending).display().to_string()
        }
    }

    fn text(&self, ending: &str, most: u64) -> Result<Option<String>, Failure> {
        if self.is_shipped() {
            return Ok(shipped::file(self.named, &self.below(ending)).map(str::to_owned));
        }
        let path = self.path(ending);
        if path.symlink_metadata().is_err() {
            return Ok(None);
        }
        let bytes = record::read_bytes(&path, most)?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn read(&self) -> Result<Kept, Failure> {
        let unreadable = |why: String| {
            Failure::new(Code::Io, format!("{}: {why}", self.shown(PACKED))).hint(
                "take it back from your version control, or write it anew: remove it, and --accept",
            )
        };
        let run = self.text(PACKED, MAX_KEPT)?;
        let run = run.map(|text| Packed::unpack(&text).map_err(unreadable)).transpose()?;
        Ok(Kept { run, story: self.text(".txt", MAX_FILE)? })
    }

    fn write(&self, run: &Packed, story: &str) -> Result<(), Failure> {
        if self.is_shipped() {
            let message = format!("{} is built into the program: nothing can be kept", self.named);
            return Err(Failure::new(Code::Usage, message)
                .hint("give the path of a scenario's folder with --accept"));
        }
        let path = self.path(PACKED);
        let folder = path.parent().unwrap_or(Path::new(""));
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure::new(Code::Io, format!("{}: {e}", folder.display())))?;
        write_new(&self.path(".txt"), story.as_bytes())?;
        write_new(&path, run.pack().as_bytes())
    }
}
