//! `hotwash replay`: plays a recorded run again from its own copies and compares the journals.

use std::path::{Component, Path};

use hotwash_scenario::{Embedded, LIBRARY, MAX_FILE, Registry, WithLibrary, load};

use super::run::Plan;
use super::why::read;
use crate::args;
use crate::exit::{self, Code, Failure};
use crate::record::{self, POLICY, Recorded};

pub(crate) fn replay(registry: &Registry, args: &args::Replay) -> Result<(), Failure> {
    let run = read(&args.run)?;
    let plan = plan(registry, &run)?;
    let sim = plan.play()?;
    let lines = record::lines(&sim);
    let journal = record::journal_text(&lines);
    let (entries, sha256) = (lines.len() as u64, record::sha256(journal.as_bytes()));
    let is_told = run.manifest.entries == entries && run.manifest.journal_sha256 == sha256;
    if journal != run.text || !is_told {
        return Err(difference(&run, &journal));
    }
    let outcomes = record::outcomes_text(&record::outcomes(&sim)).unwrap_or_default();
    if outcomes != run.outcomes {
        let message = "the journal is the same, but outcomes.json is not: it was changed";
        return Err(Failure::new(Code::Differs, message));
    }
    exit::print(&format!("the same: {entries} entries, sha256 {sha256}\n"))
}

fn difference(run: &Recorded, journal: &str) -> Failure {
    let (then, now): (Vec<&str>, Vec<&str>) =
        (run.text.lines().collect(), journal.lines().collect());
    let first =
        then.iter().zip(&now).position(|(a, b)| a != b).unwrap_or(then.len().min(now.len()));
    let show = |list: &[&str]| {
        list.get(first).map_or_else(|| "(no such entry)".to_owned(), |l| exit::plain(l))
    };
    let message = if first == then.len() && first == now.len() {
        "the entries are the same, but their number or hash in manifest.json is not, or the \
         journal's line ends: a file was changed"
            .to_owned()
    } else {
        format!(
            "the run differs from entry {} on\n  recorded: {}\n  now:      {}",
            first + 1,
            show(&then),
            show(&now)
        )
    };
    let failure = Failure::new(Code::Differs, message);
    let (theirs, ours) = (exit::plain(&run.manifest.hotwash), env!("CARGO_PKG_VERSION"));
    if theirs == ours {
        failure
    } else {
        failure.hint(format!("recorded by hotwash {theirs}; this is {ours}"))
    }
}

/// The plan of a recorded run, from the copies in its directory.
fn plan(registry: &Registry, run: &Recorded) -> Result<Plan, Failure> {
    let mut own = Vec::new();
    let mut library = Vec::new();
    for file in &run.manifest.files {
        let text = copy(run, &file.path, &file.sha256)?;
        match file.path.strip_prefix(LIBRARY) {
            Some(name) => library.push((format!("{name}.ron"), text)),
            None => own.push((file.path.clone(), text)),
        }
    }
    let entry = run.manifest.files.first().map_or("scenario.ron", |f| f.path.as_str());
    let embed = |list: &[(String, String)]| {
        Embedded::new(list.iter().map(|(p, t)| (p.as_str(), t.as_str())))
    };
    let (own_files, library) = (embed(&own), embed(&library));
    let (scenario, diagnostics) = load(registry, &WithLibrary::new(&own_files, &library), entry);
    let scenario = scenario.ok_or_else(|| exit::refuse(&diagnostics))?;
    let policy = match run.manifest.policy.as_str() {
        "" => None,
        path if path.starts_with(POLICY) => {
            let text =
                own.iter().find(|(p, _)| p == path).map(|(_, t)| t.clone()).unwrap_or_default();
            let shown = record::on_disk(path);
            let (policy, diagnostics) = scenario.read_policy(&shown, text.into_bytes());
            Some(policy.ok_or_else(|| exit::refuse(&diagnostics))?)
        }
        name => Some(scenario.policy(name).cloned().ok_or_else(|| {
            let name = exit::plain(name);
            Failure::new(Code::Io, format!("the run's copy of the scenario has no policy `{name}`"))
        })?),
    };
    Ok(Plan {
        named: scenario.name().to_owned(),
        scenario,
        policy,
        foreign_policy: None,
        set: run.manifest.set.clone(),
        decide: run.manifest.decide.clone(),
        seed: run.manifest.seed.clone(),
        replication: run.manifest.replication,
        until: run.manifest.until.clone(),
    })
}

fn copy(run: &Recorded, path: &str, sha256: &str) -> Result<String, Failure> {
    let below = record::on_disk(path);
    let is_below = Path::new(&below).components().all(|c| matches!(c, Component::Normal(_)));
    if !is_below {
        let message = format!("manifest.json names `{}`, outside of the run", exit::plain(path));
        return Err(Failure::new(Code::Io, message));
    }
    let full = run.dir.join(below);
    let bytes = record::read_bytes(&full, MAX_FILE)?;
    let changed = || {
        let message = format!("{}: changed since the run was recorded", full.display());
        Failure::new(Code::Differs, message)
    };
    if record::sha256(&bytes) != sha256 {
        return Err(changed());
    }
    String::from_utf8(bytes).map_err(|_| changed())
}
