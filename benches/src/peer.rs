//! The twins as two of the peers that `benches/peers` compares: one line of JSON, with what the runs came to.

use hotwash_engine::RunKey;
use serde_json::{Value, json};

use crate::timing::timed;
use crate::twin::rules::Outcome;
use crate::twin::{Hand, OnEngine};

/// Runs replications 0 to `runs` of a seed and prints how long they took and what they came to.
pub(crate) fn print(twin: &str, seed: &str, runs: &str) -> Result<(), String> {
    let number = |text: &str| text.parse::<u64>().map_err(|e| format!("{text}: {e}"));
    let (seed, runs) = (number(seed)?, number(runs)?);
    let line = match twin {
        "engine" => {
            let mut engine = OnEngine::new();
            measured("hotwash", "on the engine", seed, runs, |key| engine.run(key))
        }
        "hand" => {
            let mut hand = Hand::new();
            measured("by hand", "plain structs, a binary heap", seed, runs, |key| hand.run(key))
        }
        other => return Err(format!("no twin is called `{other}`")),
    };
    println!("{line}");
    Ok(())
}

fn measured(
    tool: &str,
    what: &str,
    seed: u64,
    runs: u64,
    mut run: impl FnMut(RunKey) -> Outcome,
) -> Value {
    // Of another seed, so that no run that counts has been met before.
    for replication in 0..runs.div_ceil(20) {
        std::hint::black_box(run(RunKey { seed: u64::MAX / 2, replication }));
    }
    let (mut sums, mut squares) = ([0.0; 5], [0.0; 5]);
    let seconds = timed(|| {
        for replication in 0..runs {
            let o = run(RunKey { seed, replication });
            let values = [o.events, o.taken, o.found, o.complaints, o.statements];
            for (i, value) in values.into_iter().enumerate() {
                sums[i] += value as f64;
                squares[i] += value as f64 * value as f64;
            }
        }
    });
    let mut line = json!({
        "tool": tool, "version": env!("CARGO_PKG_VERSION"), "what": what,
        "runs": runs, "seconds": seconds, "peak_kib": crate::machine::peak_kib("self"),
    });
    let count = runs as f64;
    for (i, name) in ["events", "taken", "found", "complaints", "statements"].iter().enumerate() {
        let mean = sums[i] / count;
        let variance = (squares[i] - count * mean * mean).max(0.0) / (count - 1.0).max(1.0);
        line[format!("{name}_mean")] = json!(mean);
        line[format!("{name}_sd")] = json!(variance.sqrt());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_twins_say_the_same_but_for_the_time() {
        let (mut engine, mut hand) = (OnEngine::new(), Hand::new());
        let mut ours = measured("a", "b", 3, 40, |key| engine.run(key));
        let mut theirs = measured("a", "b", 3, 40, |key| hand.run(key));
        for line in [&mut ours, &mut theirs] {
            assert!(line["seconds"].as_f64().unwrap() > 0.0);
            assert!(line["events_mean"].as_f64().unwrap() > 1_000.0);
            line["seconds"] = Value::Null;
            line["peak_kib"] = Value::Null;
        }
        assert_eq!(ours, theirs);
    }
}
