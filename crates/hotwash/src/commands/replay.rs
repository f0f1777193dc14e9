//! `hotwash replay`: plays a recorded run again from its own copies and compares the journals.

use hotwash_scenario::{Embedded, LIBRARY, Registry, WithLibrary, load};

use super::run::Plan;
use super::why::read;
use crate::args;
use crate::exit::{self, Code, Failure};
use crate::record::{self, Recorded};

pub(crate) fn replay(registry: &Registry, args: &args::Replay) -> Result<(), Failure> {
    let run = read(&args.run)?;
    let plan = plan(registry, &run)?;
    let sim = plan.play()?;
    let lines = record::lines(&sim);
    let journal = record::journal_text(&lines);
    if journal == run.text && record::sha256(journal.as_bytes()) == run.manifest.journal_sha256 {
        return exit::print(&format!(
            "the same: {} entries, sha256 {}\n",
            run.manifest.entries, run.manifest.journal_sha256
        ));
    }
    Err(difference(&run, &journal))
}

fn difference(run: &Recorded, journal: &str) -> Failure {
    let (then, now): (Vec<&str>, Vec<&str>) =
        (run.text.lines().collect(), journal.lines().collect());
    let first =
        then.iter().zip(&now).position(|(a, b)| a != b).unwrap_or(then.len().min(now.len()));
    let show = |list: &[&str]| {
        list.get(first).map_or_else(|| "(no such entry)".to_owned(), |l| (*l).to_owned())
    };
    let message = if first == then.len() && first == now.len() {
        "the journal is the same, but its recorded hash is not: manifest.json was changed"
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
    let (theirs, ours) = (&run.manifest.hotwash, env!("CARGO_PKG_VERSION"));
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
        path if path.contains('/') => {
            let text =
                own.iter().find(|(p, _)| p == path).map(|(_, t)| t.clone()).unwrap_or_default();
            let (policy, diagnostics) = scenario.read_policy(path, text.into_bytes());
            Some(policy.ok_or_else(|| exit::refuse(&diagnostics))?)
        }
        name => Some(scenario.policy(name).cloned().ok_or_else(|| {
            Failure::new(Code::Io, format!("the run's copy of the scenario has no policy `{name}`"))
        })?),
    };
    Ok(Plan {
        scenario,
        policy,
        foreign_policy: None,
        set: run.manifest.set.clone(),
        decide: run.manifest.decide.clone(),
        seed: run.manifest.seed.clone(),
        until: run.manifest.until.clone(),
    })
}

fn copy(run: &Recorded, path: &str, sha256: &str) -> Result<String, Failure> {
    let full = run.dir.join("scenario").join(record::on_disk(path));
    let text = std::fs::read_to_string(&full)
        .map_err(|error| Failure::new(Code::Io, format!("{}: {error}", full.display())))?;
    if record::sha256(text.as_bytes()) != sha256 {
        let message = format!("{}: changed since the run was recorded", full.display());
        return Err(Failure::new(Code::Differs, message));
    }
    Ok(text)
}
