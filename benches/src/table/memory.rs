//! The largest resident memory of the program as users have it, for few worlds and for many.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{Effort, progress};
use crate::machine::peak_kib;
use crate::page::{Cell, Page, n, t};

/// Time between two looks at a process. Its largest memory is kept by the system, so only what it takes in its
/// very last moment can be missed.
const LOOK: Duration = Duration::from_millis(2);

/// Growth up to which memory is called flat.
const FLAT: f64 = 1.10;

pub(super) fn print(page: &mut Page, effort: Effort) -> Result<(), String> {
    page.section("memory", "Memory");
    let program = super::program()?;
    let columns = ["`hotwash compare`", "worlds", "runs", "peak memory, MB", "to the first"];
    let (mut rows, mut largest) = (Vec::new(), 1.0_f64);
    // Short runs reach a million in a minute; of the others a tenth and a hundredth are enough to see memory grow.
    let plans: [(&str, &str, &[u64]); 3] = [
        (
            "departing-admin",
            "trusting,passwords-only",
            effort.of(&[500, 5_000], &[500, 5_000, 500_000]),
        ),
        ("access-broker", "historical,deny", effort.of(&[], &[500, 50_000])),
        ("insider-sale", "historical,deny", effort.of(&[], &[500, 5_000])),
    ];
    for (name, policies, worlds) in plans {
        let mut first = None;
        for worlds in worlds.iter().copied() {
            progress(&format!("memory of {name}, {worlds} worlds"));
            let peak = peak(&program, name, policies, worlds)?;
            let to_first = peak / *first.get_or_insert(peak);
            largest = largest.max(to_first);
            rows.push(row(name, worlds, peak, to_first));
        }
    }
    page.table(&columns, &rows);
    let verdict = if largest <= FLAT { "flat" } else { "NOT flat" };
    page.say(&format!(
        "Memory over runs: {verdict}: at most x{largest:.3}. Two policies, two threads, no directory, nothing watched but what `compare` shows."
    ));
    Ok(())
}

fn row(name: &str, worlds: u64, peak: f64, to_first: f64) -> Vec<Cell> {
    vec![
        t(name),
        n(worlds as f64, 0),
        n(2.0 * worlds as f64, 0),
        n(peak / 1024.0, 1),
        n(to_first, 3),
    ]
}

fn peak(program: &Path, name: &str, policies: &str, worlds: u64) -> Result<f64, String> {
    let mut command = Command::new(program);
    command.args(["compare", name, "--policies", policies, "--runs", &worlds.to_string()]);
    command.args(["--threads", "2"]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|e| e.to_string())?;
    let process = child.id().to_string();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_kib(&process));
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        std::thread::sleep(LOOK);
    };
    if status.success() { Ok(peak as f64) } else { Err(format!("compare {name}: {status}")) }
}
