//! What the lab costs beside the engine, and how it scales: the same runs in a plain loop, as a study on one
//! thread, and as a study on two; and whether threads change what comes out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use hotwash_engine::RunKey;
use hotwash_lab::stats::Moments;
use hotwash_lab::{Arm, Conduct, Grid, Layout, Round, Shard, Study, batches, conduct};
use hotwash_scenario::Scenario;

use super::{Effort, progress};
use crate::page::{Cell, Page, n, t};
use crate::timing::{median, timed};
use crate::work;

const SEED: u64 = 1;

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

pub(super) fn print(page: &mut Page, effort: Effort) -> Result<(), String> {
    page.section("ensembles", "Ensembles on all cores");
    let (runs, repeats) = effort.of((1_000, 1), (10_000, 3));
    let columns = [
        "scenario",
        "loop, s",
        "1 thread, s",
        "loop / 1 thread",
        "2 threads, s",
        "speed-up",
        "results",
    ];
    let mut rows = Vec::new();
    for name in hotwash::scenarios() {
        progress(&format!("{name}, {runs} runs on one and two threads"));
        rows.push(measure(name, &work::shipped(name)?, runs / 2, repeats)?);
    }
    page.table(&columns, &rows);
    page.say(&format!(
        "{runs} runs each: two policies in {} worlds, building the simulations included; medians of {repeats} interleaved repetitions. \
         Results are equal when the means and spreads of all metrics are, to the last bit, in every repetition.",
        runs / 2
    ));
    Ok(())
}

fn measure(
    name: &str,
    scenario: &Scenario,
    worlds: u64,
    repeats: usize,
) -> Result<Vec<Cell>, String> {
    let arms = || -> Vec<Arm> {
        let policies = scenario.policies().iter().take(2);
        policies.map(|p| Arm::new(p.name(), Some(p.clone()), BTreeMap::new())).collect()
    };
    let mut seconds = [const { Vec::new() }; 3];
    let mut results = Vec::new();
    for _ in 0..repeats {
        seconds[0].push(timed(|| plain(scenario, &arms(), worlds)));
        for threads in [1, 2] {
            seconds[threads].push(timed(|| results.push(study(scenario, arms(), worlds, threads))));
        }
    }
    // A floating-point number is written so that it is read back to the bit.
    if results.iter().any(|result| *result != results[0]) {
        return Err(format!("{name}: results depend on the number of threads"));
    }
    let [plain, one, two] = seconds.map(|seconds| median(&seconds));
    let (lab, faster) = (n(plain / one, 3), n(one / two, 2));
    Ok(vec![t(name), n(plain, 2), n(one, 2), lab, n(two, 2), faster, t("equal")])
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

/// The same as a study; what comes out, in words that tell every bit.
fn study(scenario: &Scenario, arms: Vec<Arm>, worlds: u64, threads: usize) -> String {
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
    format!("{:?}", means.sums)
}
