//! The engine against the hand-written loop of the same model, in one process, round by round.

use super::{Effort, progress};
use crate::allocations::counted;
use crate::instructions;
use crate::page::{Page, n, t};
use crate::timing::{median, quantile, timed};
use crate::twin::{Hand, OnEngine};
use crate::work::Work;

/// Replications that both must agree on before anything is measured.
const SEEDS: u64 = 400;
/// Replications of a round.
const BATCH: u64 = 400;

/// What the rounds came to.
struct Rounds {
    engine: Vec<f64>,
    hand: Vec<f64>,
    ratios: Vec<f64>,
}

pub(super) fn print(page: &mut Page, effort: Effort) -> Result<(), String> {
    page.section("twin", "The engine against a hand-written loop");
    progress("the twins");
    let (mut engine, mut hand) = (OnEngine::new(), Hand::new());
    let events = agree(&mut engine, &mut hand)?;
    let per_event = events as f64 / SEEDS as f64 * BATCH as f64 / 1e9;
    let rounds = rounds(&mut engine, &mut hand, effort.of(7, 31));
    let (ours, theirs) = (instructions_of("twin/engine")?, instructions_of("twin/hand")?);
    let allocations = counted(|| {
        engine.runs(0..BATCH);
    });
    let by_hand = counted(|| {
        hand.runs(0..BATCH);
    });
    let resets: Vec<f64> =
        (0..15).map(|_| timed(|| (0..BATCH).for_each(|r| Work::reset(&mut engine, r)))).collect();
    let each = |count: u64| count as f64 / BATCH as f64;
    let ns = |seconds: &[f64]| median(seconds) / per_event;
    page.say(&format!(
        "Outcomes identical on {SEEDS} seeds, the hash of every event included; {} events a run.",
        events / SEEDS
    ));
    page.table(
        &["", "engine", "by hand", "ratio"],
        &[
            vec![
                t("time, ns per event"),
                n(ns(&rounds.engine), 1),
                n(ns(&rounds.hand), 1),
                n(median(&rounds.ratios), 3),
            ],
            vec![t("instructions per event"), n(ours, 1), n(theirs, 1), n(ours / theirs, 3)],
            vec![
                t("allocations per run, steady state"),
                n(each(allocations), 3),
                n(each(by_hand), 3),
                n(f64::NAN, 0),
            ],
            vec![
                t("reset, ns"),
                n(median(&resets) * 1e9 / BATCH as f64, 0),
                n(f64::NAN, 0),
                n(f64::NAN, 0),
            ],
        ],
    );
    page.say(&format!(
        "The ratio of times is the median of {} rounds of {BATCH} runs each, interleaved; 90 % of the rounds lie between {:.3} and {:.3}.",
        rounds.ratios.len(),
        quantile(&rounds.ratios, 0.05),
        quantile(&rounds.ratios, 0.95)
    ));
    Ok(())
}

fn agree(engine: &mut OnEngine, hand: &mut Hand) -> Result<u64, String> {
    let mut events = 0;
    for replication in 0..SEEDS {
        let key = crate::work::key(replication);
        let (ours, theirs) = (engine.run(key), hand.run(key));
        if ours != theirs {
            return Err(format!("replication {replication}: {ours:?} is not {theirs:?}"));
        }
        events += ours.events;
    }
    Ok(events)
}

/// Which of the two goes first changes from round to round.
fn rounds(engine: &mut OnEngine, hand: &mut Hand, count: usize) -> Rounds {
    let mut rounds = Rounds { engine: Vec::new(), hand: Vec::new(), ratios: Vec::new() };
    for round in 0..count {
        let mut both: [&mut dyn Work; 2] = [engine, hand];
        let mut took = [0.0; 2];
        for which in if round % 2 == 0 { [0, 1] } else { [1, 0] } {
            took[which] = timed(|| {
                both[which].runs(0..BATCH);
            });
        }
        rounds.engine.push(took[0]);
        rounds.hand.push(took[1]);
        rounds.ratios.push(took[0] / took[1]);
    }
    rounds
}

/// Not a number where there is no valgrind.
fn instructions_of(name: &str) -> Result<f64, String> {
    if !instructions::is_possible() {
        return Ok(f64::NAN);
    }
    Ok(instructions::count(name, 32, 96)?.each())
}
