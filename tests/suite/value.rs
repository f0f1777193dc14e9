//! The value of decisions on shipped scenarios: forks are true to their word, shares to their sum.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use hotwash_engine::RunKey;
use hotwash_lab::findings::{Header, Value};
use hotwash_lab::{Arm, Bench, Conduct, Layout, Reply, Shard, ValueStudy, conduct};
use hotwash_scenario::Scenario;
use hotwash_tests::{Setup, shipped};

fn arm(scenario: &Scenario, policy: &str) -> Arm {
    Arm::new(policy, Some(scenario.policy(policy).unwrap().clone()), BTreeMap::new())
}

/// Plays a world, recorded as people would see it.
fn told(bench: &mut Bench<'_>, arm: &Arm, key: RunKey) -> Vec<hotwash::record::Line> {
    let seat = bench.seat(arm).unwrap();
    seat.sim_mut().record_journal(true);
    hotwash::record::lines(seat.run(arm, key).unwrap())
}

#[test]
fn forks_share_their_past() {
    for (name, policy) in [
        ("departing-admin", "passwords-only"),
        ("insider-sale", "historical"),
        ("insider-sale", "watchful"),
        ("annus-horribilis", "watchful"),
    ] {
        let scenario = shipped(name);
        let base = arm(&scenario, policy);
        let mut bench = Bench::new(&scenario);
        let key = RunKey { seed: 3, replication: 7 };
        let world = told(&mut bench, &base, key);
        let taken = |lines: &[hotwash::record::Line], decision: &str| {
            let text = |line: &hotwash::record::Line, field: &str| {
                line.fields.get(field).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
            };
            let is_it = |line: &&hotwash::record::Line| {
                line.kind == "exercise.decision-taken" && text(line, "decision") == decision
            };
            let at = lines.iter().position(|line| is_it(&line))?;
            Some((at, text(&lines[at], "option")))
        };
        let mut forks = 0;
        for (number, spec) in scenario.decisions().iter().enumerate() {
            let Some((at, option)) = taken(&world, spec.name.as_str()) else { continue };
            for (other, choice) in spec.options.iter().enumerate() {
                let fork = base.clone().with_reply(number as u16, Reply::Instead(other));
                let fork = told(&mut bench, &fork, key);
                if choice.name.as_str() == option {
                    hotwash_tests::assert_same(&world, &fork, name);
                    continue;
                }
                hotwash_tests::assert_same(&world[..at], &fork[..at], name);
                let there = taken(&fork, spec.name.as_str());
                assert_eq!(there, Some((at, choice.name.as_str().to_owned())), "{name} {policy}");
                assert_eq!(world[at].ms, fork[at].ms);
                forks += 1;
            }
        }
        assert!(forks >= 6, "{name} {policy}: {forks} forks");
    }
}

fn found(scenario: &Scenario, (from, to): (&str, &str), threads: usize) -> Value {
    let base = arm(scenario, from);
    let layout = Layout::of(&scenario.build(&BTreeMap::new(), base.policy()).unwrap());
    let metrics = (0..layout.metrics.len()).collect();
    let study = ValueStudy::new(scenario, base, layout, metrics, 1, 40);
    let mut study = study.against(scenario, scenario.policy(to).unwrap().clone()).unwrap();
    let stop = AtomicBool::new(false);
    let mut how = Conduct {
        scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &stop,
        progress: &mut |_| {},
    };
    conduct(&mut study, &mut how).unwrap();
    study.finding(Header::default())
}

#[test]
fn threads_do_not_matter_to_values() {
    let scenario = shipped("departing-admin");
    let policies = ("passwords-only", "by-the-book");
    let one = format!("{:?}", found(&scenario, policies, 1));
    assert!(one == format!("{:?}", found(&scenario, policies, 3)));
}

#[test]
fn shares_sum_to_the_difference_between_the_policies() {
    let scenario = shipped("departing-admin");
    let (from, to) = ("passwords-only", "by-the-book");
    let value = found(&scenario, (from, to), 2);
    let shapley = value.shapley.unwrap();
    assert!(!shapley.is_exact && shapley.choices.len() == 8);
    let runs = [from, to].map(|policy| Setup::new(&scenario, policy).metrics(40));
    let mut checked = 0;
    for (m, measure) in value.measures.iter().enumerate() {
        if shapley.counts[m] == 0 {
            continue;
        }
        let difference = shapley.differences[m].value;
        let together: f64 = shapley.choices.iter().map(|choice| choice.shares[m].value).sum();
        let size: f64 = shapley.choices.iter().map(|choice| choice.shares[m].value.abs()).sum();
        assert!((together - difference).abs() <= 1e-9 * size.max(1e-9), "{}", measure.name);
        // Where no world is left out, the ends are the policies themselves.
        if shapley.counts[m] == 40 {
            let mean = |i: usize| {
                let values: &Vec<Option<f64>> = &runs[i][measure.name.as_str()];
                values.iter().map(|v| v.unwrap()).sum::<f64>() / 40.0
            };
            let scale = mean(0).abs().max(mean(1).abs()).max(1e-9);
            let apart = mean(1) - mean(0);
            assert!(
                (apart - difference).abs() <= 1e-9 * scale,
                "{}: {apart} {difference} {scale}",
                measure.name
            );
            checked += 1;
        }
    }
    assert!(checked >= 5, "{checked} metrics have a value in every world");
}
