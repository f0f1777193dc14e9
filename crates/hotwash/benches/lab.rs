//! What the lab costs beside the engine, and how it scales: the same runs in a plain loop, as a study
//! on one thread and as a study on two.
//!
//! `cargo bench -p hotwash --bench lab`

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use hotwash_engine::RunKey;
use hotwash_lab::stats::Moments;
use hotwash_lab::{Arm, Conduct, Grid, Layout, Round, Shard, Study, batches, conduct};
use hotwash_scenario::Scenario;

const SEED: u64 = 1;
const REPEATS: usize = 7;

/// Means of all metrics of all arms.
struct Means {
    grid: Option<Arc<Grid>>,
    layout: Layout,
    sums: Vec<Moments>,
}

impl Study for Means {
    type Job = Arc<Grid>;

    fn next_round(&mut self) -> Option<Round<Arc<Grid>>> {
        let job = self.grid.take()?;
        let runs = job.worlds * job.arms.len() as u64;
        Some(Round { batches: 0..batches(job.worlds), runs, job })
    }

    fn absorb(&mut self, _: u64, numbers: &[f64]) {
        for row in numbers.chunks_exact(self.layout.width()) {
            for (sum, value) in self.sums.iter_mut().zip(row).filter(|(_, v)| !v.is_nan()) {
                sum.push(*value);
            }
        }
    }
}

fn main() {
    println!(
        "{:<20}{:>8}{:>14}{:>14}{:>12}{:>14}{:>10}",
        "scenario", "runs", "loop runs/s", "lab runs/s", "lab / loop", "2 threads", "speed-up"
    );
    for (name, worlds) in [
        ("insider-sale", 256),
        ("access-broker", 1024),
        ("annus-horribilis", 192),
        ("departing-admin", 8192),
    ] {
        let (scenario, _) = hotwash::load(&hotwash::registry(), name).expect("it is shipped");
        measure(name, &scenario.expect("it has no mistakes"), worlds);
    }
}

fn measure(name: &str, scenario: &Scenario, worlds: u64) {
    let arms = || -> Vec<Arm> {
        let policies = scenario.policies().iter().take(2);
        policies.map(|p| Arm::new(p.name(), Some(p.clone()), BTreeMap::new())).collect()
    };
    let runs = worlds * 2;
    let mut seconds = [const { Vec::new() }; 3];
    for _ in 0..REPEATS {
        seconds[0].push(timed(|| plain(scenario, &arms(), worlds)));
        for threads in [1, 2] {
            seconds[threads].push(timed(|| study(scenario, arms(), worlds, threads)));
        }
    }
    let [plain, one, two] = seconds.map(median);
    let rate = |seconds: f64| runs as f64 / seconds;
    println!(
        "{name:<20}{runs:>8}{:>14.0}{:>14.0}{:>12.3}{:>14.0}{:>10.2}",
        rate(plain),
        rate(one),
        plain / one,
        rate(two),
        one / two
    );
}

/// What the engine needs by itself: build, run, read the metrics.
fn plain(scenario: &Scenario, arms: &[Arm], worlds: u64) {
    let mut sums: Vec<Moments> = Vec::new();
    let mut values = Vec::new();
    for arm in arms {
        let mut sim = scenario.build(arm.set(), arm.policy()).expect("it builds");
        let mut decider = arm.policy().expect("it has one").decider(&sim);
        sums.resize(sim.metrics().len(), Moments::default());
        for replication in 0..worlds {
            sim.run(RunKey { seed: SEED, replication }, &mut decider).expect("no fault");
            sim.read_metrics(&mut values);
            for (sum, value) in sums.iter_mut().zip(&values) {
                sum.extend(*value);
            }
        }
    }
    std::hint::black_box(&sums);
}

fn study(scenario: &Scenario, arms: Vec<Arm>, worlds: u64, threads: usize) {
    let layout = Layout::of(&scenario.build(arms[0].set(), arms[0].policy()).expect("it builds"));
    let sums = vec![Moments::default(); layout.width()];
    let grid = Grid { arms, layout: layout.clone(), seed: SEED, worlds };
    let mut means = Means { grid: Some(Arc::new(grid)), layout, sums };
    let stop = AtomicBool::new(false);
    let mut how = Conduct {
        scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &stop,
        progress: &mut |_| {},
    };
    conduct(&mut means, &mut how).expect("no fault");
    std::hint::black_box(&means.sums);
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures wall time")]
fn timed(work: impl FnOnce()) -> f64 {
    let started = Instant::now();
    work();
    started.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
