//! Random levers, options and seeds: invariants hold after every entry, every value is finite.

use hotwash_engine::{LeverInfo, LeverKind, RunKey};
use hotwash_tests::{Setup, shipped};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// A legal value of a lever, picked by a number.
fn value(lever: &LeverInfo, pick: u64) -> String {
    let within = |n: u64| pick % n.max(1);
    match &lever.kind {
        LeverKind::Flag => (pick.is_multiple_of(2)).to_string(),
        LeverKind::Count { min, max } => (min + within((max - min + 1) as u64) as i64).to_string(),
        LeverKind::Number { min, max } => {
            (min + (max - min) * within(101) as f64 / 100.0).to_string()
        }
        LeverKind::Span { min, max } => {
            let days = (max.days() - min.days()) * within(101) as f64 / 100.0 + min.days();
            format!("{}d", days.ceil().clamp(min.days().ceil(), max.days().floor()))
        }
        LeverKind::Choice(words) => words[within(words.len() as u64) as usize].to_owned(),
    }
}

#[test]
fn any_choices_keep_the_invariants() {
    for name in hotwash::scenarios() {
        let scenario = shipped(name);
        let sim = Setup::new(&scenario, "").build();
        let levers = sim.catalogue().levers.clone();
        let decisions = scenario.decisions();
        let picks = || proptest::collection::vec(any::<u64>(), levers.len() + decisions.len());
        let mut runner = TestRunner::new_with_rng(
            Config { cases: 60, failure_persistence: None, ..Config::default() },
            proptest::test_runner::TestRng::deterministic_rng(
                proptest::test_runner::RngAlgorithm::ChaCha,
            ),
        );
        runner
            .run(&(picks(), any::<u64>()), |(picks, seed)| {
                let mut setup = Setup::new(&scenario, "");
                for (lever, pick) in levers.iter().zip(&picks) {
                    if pick % 3 != 0 {
                        setup.set.insert(lever.name.clone(), value(lever, *pick));
                    }
                }
                for (decision, pick) in decisions.iter().zip(&picks[levers.len()..]) {
                    let option = &decision.options[(pick % decision.options.len() as u64) as usize];
                    setup.decide.insert(decision.name.to_string(), option.name.to_string());
                }
                let mut sim = setup.build();
                let mut decider = setup.decider(&sim);
                sim.check_invariants(true);
                sim.run(RunKey::single(seed), decider.as_mut()).map_err(|fault| {
                    TestCaseError::fail(format!(
                        "seed {seed} {:?} {:?}: {fault}",
                        setup.set, setup.decide
                    ))
                })?;
                let mut values = Vec::new();
                sim.read_metrics(&mut values);
                for (metric, value) in sim.metrics().zip(&values) {
                    prop_assert!(value.is_none_or(f64::is_finite), "{} is {value:?}", metric.name);
                }
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}
