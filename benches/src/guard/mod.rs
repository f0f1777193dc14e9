//! The guard: instructions per event of the twin and of every shipped scenario, against a record that is kept
//! beside this crate with a reason for every figure.
//!
//! Instructions, not times: a machine that is shared or slow counts the same. A figure that grew by more than 5 %
//! fails. One that fell by more is only told of: a fall may be the compiler's or the machine's doing, and a check
//! that fails on good news is soon switched off. Until it is recorded the gain may be lost again unseen, so the
//! guard says so each time it runs.

mod history;
mod judge;
mod record;

use std::path::{Path, PathBuf};

use self::record::{Figure, Record};
use crate::{instructions, work};

/// The record, from the project's folder.
const RECORD: &str = "benches/record.json";

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Judges by the record, or makes a new one.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let reason = match words {
        [] => None,
        ["--record", reason] if !reason.trim().is_empty() => Some(reason.trim()),
        _ => return Err("guard, or guard --record \"why the figures are other ones\"".to_owned()),
    };
    if !instructions::is_possible() {
        return Err("valgrind counts the instructions, and it is not installed".to_owned());
    }
    let path = root().join(RECORD);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let record = if text.is_empty() { Record::default() } else { Record::read(&text)? };
    if !record.rows.is_empty() && record.architecture != std::env::consts::ARCH {
        println!(
            "guard: the record is of {}, this is {}: nothing is judged",
            record.architecture,
            std::env::consts::ARCH
        );
        return Ok(());
    }
    let measured = measure(&record)?;
    if let Some(reason) = reason {
        let now = record.renewed(&measured, reason)?;
        std::fs::write(&path, now.write()?).map_err(|e| format!("{RECORD}: {e}"))?;
        println!("guard: {RECORD} is written");
        return Ok(());
    }
    let mut judgement = judge::judge(&record, &measured);
    match history::before(&root(), RECORD, &text) {
        Ok(Some(before)) => judgement.failures.extend(judge::unexplained(&before, &record)),
        Ok(None) => {}
        Err(why) => {
            println!("guard: whether figures were changed without a reason is not looked at: {why}")
        }
    }
    tell(&record, &judgement)
}

/// What is counted: the twins, and the first policy of every shipped scenario.
fn wanted() -> Result<Vec<(String, u64, u64)>, String> {
    let mut all = vec![("twin/engine".to_owned(), 32, 96), ("twin/hand".to_owned(), 32, 96)];
    for name in hotwash::scenarios() {
        let scenario = work::shipped(name)?;
        let policy = scenario.policies().first();
        let policy = policy.ok_or_else(|| format!("{name} has no policy"))?;
        all.push((format!("scenario/{name}/{}", policy.name()), 20, 60));
    }
    Ok(all)
}

fn measure(record: &Record) -> Result<Vec<Figure>, String> {
    let mut measured = Vec::new();
    for (work, few, many) in wanted()? {
        let counted = instructions::count(&work, few, many)?;
        let figure = Figure { per_event: counted.each(), work };
        let recorded = record.row(&figure.work).map_or("not recorded".to_owned(), |row| {
            let change = (figure.per_event / row.instructions_per_event - 1.0) * 100.0;
            format!("recorded {:.1}, {change:+.1} %", row.instructions_per_event)
        });
        println!(
            "{:<44} {:>10.1} instructions per event ({recorded})",
            figure.work, figure.per_event
        );
        measured.push(figure);
    }
    Ok(measured)
}

fn tell(record: &Record, judgement: &judge::Judgement) -> Result<(), String> {
    for note in &judgement.notes {
        println!("guard: {note}");
    }
    if judgement.failures.is_empty() {
        println!("guard: held");
        return Ok(());
    }
    let now = crate::machine::rustc();
    let compiler = if record.compiler == now {
        String::new()
    } else {
        format!("\nThe record was made with {}, this is {now}.", record.compiler)
    };
    Err(format!(
        "{}{compiler}\nFind the cause (docs/performance.md says how), or, where it is worth its cost, record it in the same \
         commit with `cargo xtask guard --record \"why\"`.",
        judgement.failures.join("\n")
    ))
}
