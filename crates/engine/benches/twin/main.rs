//! The engine against a hand-written loop of the same model, in one process.
//!
//! `cargo bench -p hotwash-engine --bench twin` proves that both give the same outcomes on 400
//! seeds, then prints the ratio of their times per event, the reset's time and the allocations per
//! run. `twin engine N` and `twin hand N` only run N replications, for counting instructions.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod engine;
mod hand;
mod rules;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use hotwash_engine::RunKey;

/// Counts allocations.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

#[expect(unsafe_code, reason = "an allocator can be wrapped in no other way")]
// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const SEEDS: u64 = 400;
const BATCH: u64 = 400;
const ROUNDS: usize = 15;

fn key(replication: u64) -> RunKey {
    RunKey { seed: 1, replication }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let count = args.get(1).and_then(|n| n.parse().ok()).unwrap_or(32);
    match args.first().map(String::as_str) {
        Some("engine") => {
            let mut engine = engine::OnEngine::new();
            (0..count).for_each(|r| {
                std::hint::black_box(engine.run(key(r)));
            });
        }
        Some("hand") => {
            let mut hand = hand::Hand::new();
            (0..count).for_each(|r| {
                std::hint::black_box(hand.run(key(r)));
            });
        }
        _ => compare(),
    }
}

fn compare() {
    let (mut engine, mut hand) = (engine::OnEngine::new(), hand::Hand::new());
    let mut events = 0;
    for r in 0..SEEDS {
        let (ours, theirs) = (engine.run(key(r)), hand.run(key(r)));
        assert_eq!(ours, theirs, "replication {r}: the twins disagree");
        events += ours.events;
    }
    println!("outcomes identical on {SEEDS} seeds, {} events a run", events / SEEDS);

    let mut ratios = Vec::new();
    let mut times = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let on_engine = time(|r| {
            std::hint::black_box(engine.run(key(r)));
        });
        let by_hand = time(|r| {
            std::hint::black_box(hand.run(key(r)));
        });
        ratios.push(on_engine / by_hand);
        times.0.push(on_engine);
        times.1.push(by_hand);
    }
    let per_event = events as f64 / SEEDS as f64;
    println!("engine        {:8.1} ns/event", median(&mut times.0) / per_event);
    println!("hand-written  {:8.1} ns/event", median(&mut times.1) / per_event);
    println!(
        "ratio         {:8.2} (median of {ROUNDS} rounds of {BATCH} runs, interleaved)",
        median(&mut ratios)
    );

    let mut resets: Vec<f64> = (0..ROUNDS).map(|_| time(|r| engine.reset(key(r)))).collect();
    println!("reset         {:8.0} ns", median(&mut resets));

    engine.run(key(0));
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    (0..BATCH).for_each(|r| {
        engine.run(key(r));
    });
    let made = ALLOCATIONS.load(Ordering::Relaxed) - before;
    println!("allocations   {:8.3} a run in steady state", made as f64 / BATCH as f64);
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures wall time")]
fn time(mut run: impl FnMut(u64)) -> f64 {
    let started = Instant::now();
    (0..BATCH).for_each(&mut run);
    started.elapsed().as_nanos() as f64 / BATCH as f64
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
