//! `hotwash replay`: plays a recorded run again from its own copies and compares the journals.

use hotwash_scenario::Registry;

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
pub(super) fn plan(registry: &Registry, run: &Recorded) -> Result<Plan, Failure> {
    let copies = run.copies()?;
    let scenario = copies.scenario(registry)?;
    let policy = copies.policy(&scenario, &run.manifest.policy)?;
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
