//! Runs per second, entries per run, memory and allocations of the shipped scenarios, on one core.
//!
//! `cargo bench -p hotwash --bench scenarios`

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use hotwash_engine::{RunKey, Simulation};
use hotwash_scenario::{Policy, Scenario};

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

const WARM_UP: u64 = 200;
const RUNS: u64 = 1_000;

fn main() {
    println!(
        "{:<18}{:<16}{:>10}{:>12}{:>12}{:>14}{:>12}",
        "scenario", "policy", "runs/s", "entries/run", "ns/entry", "allocs/run", "reset ns"
    );
    for name in hotwash::scenarios() {
        let (scenario, _) = hotwash::load(&hotwash::registry(), name).expect("it is shipped");
        let scenario = scenario.expect("it has no mistakes");
        for policy in scenario.policies() {
            measure(name, &scenario, policy);
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("VmHWM: unknown here");
    println!("peak memory of this process: {}", peak.trim_start_matches("VmHWM:").trim());
}

fn run(sim: &mut Simulation, policy: &Policy, replications: std::ops::Range<u64>) -> u64 {
    let mut entries = 0;
    let mut decider = policy.decider(sim);
    for replication in replications {
        sim.run(RunKey { seed: 1, replication }, &mut decider).expect("no fault");
        entries += sim.entries().0;
    }
    entries
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures wall time")]
fn measure(name: &str, scenario: &Scenario, policy: &Policy) {
    let mut sim = scenario.build(&BTreeMap::new(), Some(policy)).expect("it builds");
    run(&mut sim, policy, 0..WARM_UP);
    let allocations = ALLOCATIONS.load(Ordering::Relaxed);
    let started = Instant::now();
    let entries = run(&mut sim, policy, WARM_UP..WARM_UP + RUNS);
    let seconds = started.elapsed().as_secs_f64();
    let allocated = ALLOCATIONS.load(Ordering::Relaxed) - allocations;
    let started = Instant::now();
    (0..RUNS).for_each(|replication| sim.reset(RunKey { seed: 1, replication }));
    let reset = started.elapsed().as_nanos() as f64 / RUNS as f64;
    println!(
        "{name:<18}{:<16}{:>10.0}{:>12.0}{:>12.0}{:>14.2}{:>12.0}",
        policy.name(),
        RUNS as f64 / seconds,
        entries as f64 / RUNS as f64,
        seconds * 1e9 / entries as f64,
        allocated as f64 / RUNS as f64,
        reset
    );
}
