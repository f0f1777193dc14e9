//! From the start of the program to its first line, as a user waits for it.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Effort, progress};
use crate::page::{Cell, Page, n, t};
use crate::timing::{quantile, timed};

pub(super) fn print(page: &mut Page, effort: Effort) -> Result<(), String> {
    page.section("start", "Time to the first line");
    let program = super::program()?;
    let starts = effort.of(10, 40);
    let mut rows = Vec::new();
    for command in ["run", "check"] {
        for name in hotwash::scenarios() {
            progress(&format!("hotwash {command} {name}"));
            rows.push(measure(&program, command, name, starts)?);
        }
    }
    page.table(&["command", "p50, ms", "p95, ms", "slowest, ms"], &rows);
    page.say(&format!(
        "{starts} starts each, from the call to the first byte on the pipe; files are in the system's cache after the first."
    ));
    Ok(())
}

fn measure(program: &Path, command: &str, name: &str, starts: usize) -> Result<Vec<Cell>, String> {
    let mut times = Vec::new();
    for _ in 0..starts {
        times.push(first_byte(program, command, name)? * 1e3);
    }
    let at = |share| n(quantile(&times, share), 1);
    Ok(vec![t(format!("`hotwash {command} {name}`")), at(0.5), at(0.95), at(1.0)])
}

/// Seconds to the first byte; then the program is let finish.
fn first_byte(program: &Path, command: &str, name: &str) -> Result<f64, String> {
    let failed = |e: std::io::Error| format!("hotwash {command} {name}: {e}");
    let mut hotwash = Command::new(program);
    hotwash.args([command, name]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut byte = [0];
    let mut begun = None;
    let seconds = timed(|| {
        begun = Some(hotwash.spawn().and_then(|mut child| {
            let mut out = child.stdout.take().expect("it is piped");
            out.read_exact(&mut byte)?;
            Ok((child, out))
        }));
    });
    let (mut child, mut out) = begun.expect("it was done").map_err(failed)?;
    out.read_to_end(&mut Vec::new()).map_err(failed)?;
    let status = child.wait().map_err(failed)?;
    if status.success() { Ok(seconds) } else { Err(format!("hotwash {command} {name}: {status}")) }
}
