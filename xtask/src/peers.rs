//! The toy model on what others use for simulation, beside our engine and the hand-written twin:
//! each a process of its own, run in turn, checked to mean the same. See benches/peers/README.md.

mod agreement;
mod line;
mod prepare;
mod table;

use std::process::Command;

use crate::shell::{output, say};

use agreement::{Pool, Tolerance};
use line::Line;

/// Manifests outside the workspace.
pub(crate) const IXA: &str = "benches/peers/ixa/Cargo.toml";
/// The same for NexoSim.
pub(crate) const NEXOSIM: &str = "benches/peers/nexosim/Cargo.toml";

/// Rounds, unless told otherwise.
const ROUNDS: u64 = 7;
/// Runs of the twin by hand and of the engine beside every run of a peer.
const TWIN_RUNS: u64 = 2000;

/// One row of the table: a program that takes a seed and a number of runs.
pub(crate) struct Entry {
    /// What it is called where nothing better is known.
    name: &'static str,
    /// Runs a round, so that a round takes each about a second.
    runs: u64,
    /// What its means may differ by.
    tolerance: Tolerance,
    /// The program and its first arguments, or why there is none.
    program: Result<Vec<String>, String>,
}

/// What was measured of an entry.
#[derive(Default)]
pub(crate) struct Measured {
    /// Every line it printed.
    lines: Vec<Line>,
    /// Its runs' outcomes taken together.
    pool: Pool,
    /// Time a run over that of the twin by hand, measured directly before it.
    times_hand: Vec<f64>,
    /// Time a run over that of the engine, measured directly before it.
    times_engine: Vec<f64>,
}

/// Runs the comparison, prints the table and writes `target/peers/results.json`.
pub(crate) fn peers(words: &[String]) -> Result<(), String> {
    let rounds = match words.first() {
        None => ROUNDS,
        Some(text) => text.parse().map_err(|_| format!("{text} is not a number of rounds"))?,
    };
    let [hand, engine] = prepare::twins()?;
    let others = prepare::others();
    let mut twins = [Measured::default(), Measured::default()];
    let mut measured: Vec<Measured> = others.iter().map(|_| Measured::default()).collect();
    for round in 1..=rounds {
        say(&format!("round {round} of {rounds}"));
        for (entry, figures) in others.iter().zip(&mut measured) {
            // Directly before each peer, so that what else the machine does touches all three.
            let by_hand = play(&hand, round)?;
            let on_engine = play(&engine, round)?;
            twins[1].times_hand.push(on_engine.time_a_run() / by_hand.time_a_run());
            if entry.program.is_ok() {
                let line = play(entry, round)?;
                figures.times_hand.push(line.time_a_run() / by_hand.time_a_run());
                figures.times_engine.push(line.time_a_run() / on_engine.time_a_run());
                figures.add(line, true);
            }
            // The same seeds in each of them: they count once a round.
            let is_first = twins[0].lines.len() == (round as usize - 1) * others.len();
            twins[0].add(by_hand, is_first);
            twins[1].add(on_engine, is_first);
        }
    }
    report(rounds, [hand, engine].into_iter().chain(others), twins.into_iter().chain(measured))
}

impl Measured {
    /// The largest resident memory of any of its processes, 0 where the system does not say.
    fn peak_kib(&self) -> f64 {
        self.lines.iter().map(|line| line.peak_kib).fold(0.0, f64::max)
    }

    fn add(&mut self, line: Line, is_new: bool) {
        if is_new {
            self.pool.add(&line);
        }
        self.lines.push(line);
    }
}

/// One process of an entry.
fn play(entry: &Entry, seed: u64) -> Result<Line, String> {
    let words = entry.program.as_ref().map_err(Clone::clone)?;
    let (program, arguments) = words.split_first().ok_or("no program")?;
    let mut command = Command::new(program);
    command.args(arguments).args([seed.to_string(), entry.runs.to_string()]);
    let printed = output(command.env("PYTHONDONTWRITEBYTECODE", "1"))?;
    Line::parse(printed.trim()).map_err(|why| format!("{}: {why}", entry.name))
}

fn report(
    rounds: u64,
    entries: impl Iterator<Item = Entry>,
    measured: impl Iterator<Item = Measured>,
) -> Result<(), String> {
    let rows: Vec<(Entry, Measured)> = entries.zip(measured).collect();
    say(&table::table(rounds, &rows));
    let path = "target/peers/results.json";
    std::fs::write(path, table::json(rounds, &rows)).map_err(|e| format!("{path}: {e}"))?;
    say(&format!("written to {path}"));
    let pool_of = |name| rows.iter().find(|(entry, _)| entry.name == name).map(|(_, m)| &m.pool);
    let mut wrong = Vec::new();
    for (Entry { name, tolerance, .. }, measured) in rows.iter().filter(|(e, _)| e.program.is_ok())
    {
        let standard = tolerance.standard();
        let pool = pool_of(standard).ok_or_else(|| format!("{name}: no row named {standard}"))?;
        wrong.extend(agreement::disagreements(name, *tolerance, &measured.pool, pool));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("these do not run the same model:\n  {}", wrong.join("\n  ")))
}
