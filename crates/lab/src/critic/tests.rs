//! Tests of the critic against the toy, whose answers are known.

use std::sync::atomic::AtomicBool;

use super::*;
use crate::conduct::{Conduct, Shard, conduct};
use crate::toy;

pub(super) fn criticised(scenario: &Scenario, worlds: u64, threads: usize) -> Critique {
    let mut study = CriticStudy::new(scenario, 1, worlds).unwrap();
    let (stop, progress) = (AtomicBool::new(false), &mut |_| {});
    let shard = Shard::WHOLE;
    let mut how = Conduct { scenario, threads, shard, log: None, stop: &stop, progress };
    conduct(&mut study, &mut how).unwrap();
    study.finding(Header::default())
}

#[test]
fn the_toy_is_found_out_and_threads_do_not_matter() {
    let scenario = toy::scenario();
    let one = criticised(&scenario, 120, 1);
    let three = criticised(&scenario, 120, 3);
    assert_eq!(one.findings, three.findings);
    let said: Vec<String> =
        one.findings.iter().map(|f| format!("{:?} {}", f.severity, f.says)).collect();
    // `loss` and `gain` and `delay` are the headline: to speak now and to mend cost nothing in them, and
    // the boss of the toy is asked twice and sees nothing.
    assert_eq!(
        said,
        [
            "Fault decision `fix`: option `yes` is better than every other on all that counts",
            "Fault role `boss` has nothing to do",
        ]
    );
    assert_eq!(one.ways, ["historical", "keen", "slow", "by lot"]);
}

#[test]
fn numbers_are_read_as_they_were_written() {
    let scenario = toy::scenario();
    let plan = plan::Plan::new(&scenario, 1, 8).unwrap();
    let job = CriticJob { plan: Arc::new(plan), further: None };
    let mut bench = crate::bench::Bench::new(&scenario);
    let mut numbers = Vec::new();
    crate::conduct::Job::work(&job, &mut bench, 1, &mut numbers).unwrap();
    let (mut rest, way) = (numbers.as_slice(), &job.plan.ways[0]);
    let mut again = Vec::new();
    while !rest.is_empty() {
        World::read(&job.plan, way, &mut rest).write(&mut again);
    }
    let bits = |numbers: &[f64]| numbers.iter().map(|n| n.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&numbers), bits(&again));
}
