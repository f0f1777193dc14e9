//! What every peer written in Rust does alike: it takes a seed and a number of runs, warms up, times
//! the runs by its own monotonic clock and prints one line of JSON, as the twin's program does too.
//! Included by path, so that a peer's own manifest needs nothing of ours.

use std::time::Instant;

/// What a run comes to, in this order: events, hosts taken, alerts found, complaints, statements.
pub(crate) type Outcome = [u64; 5];

/// The names of an [`Outcome`]'s numbers.
pub(crate) const MEASURES: [&str; 5] = ["events", "taken", "found", "complaints", "statements"];

/// Who is measured.
pub(crate) struct Peer<'a> {
    /// The tool's name.
    pub(crate) tool: &'a str,
    /// Its version.
    pub(crate) version: &'a str,
    /// How the model was written there.
    pub(crate) what: &'a str,
}

/// Runs replications 0 to `runs` of `seed` and prints how long they took and what they came to.
#[expect(clippy::print_stdout, reason = "the line is what the program is for")]
#[expect(clippy::disallowed_methods, reason = "a benchmark measures wall time")]
pub(crate) fn measure(
    peer: &Peer<'_>,
    seed: u64,
    runs: u64,
    mut run: impl FnMut(u64, u64) -> Outcome,
) {
    // Of another seed, so that no run that counts has its numbers ready.
    for replication in 0..runs.div_ceil(20) {
        std::hint::black_box(run(u64::MAX / 2, replication));
    }
    let (mut sums, mut squares) = ([0.0; 5], [0.0; 5]);
    let started = Instant::now();
    for replication in 0..runs {
        let outcome = run(seed, replication);
        for (i, value) in outcome.into_iter().enumerate() {
            sums[i] += value as f64;
            squares[i] += value as f64 * value as f64;
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    let Peer { tool, version, what } = peer;
    let mut line = format!(
        "{{\"tool\":\"{tool}\",\"version\":\"{version}\",\"what\":\"{what}\",\"runs\":{runs},\
         \"seconds\":{seconds},\"peak_kib\":{}",
        peak_kib()
    );
    let count = runs as f64;
    for (i, name) in MEASURES.into_iter().enumerate() {
        let mean = sums[i] / count;
        let variance = (squares[i] - count * mean * mean).max(0.0) / (count - 1.0).max(1.0);
        line += &format!(",\"{name}_mean\":{mean},\"{name}_sd\":{}", variance.sqrt());
    }
    println!("{line}}}");
}

/// The largest resident memory of this process so far, where the system says; else 0.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
