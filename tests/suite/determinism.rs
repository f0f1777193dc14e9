//! The determinism contract: the same scenario, seed and decisions give the same journal, whatever
//! ran before and whatever else runs.

use std::sync::atomic::{AtomicBool, Ordering};

use hotwash::record;
use hotwash_engine::RunKey;
use hotwash_tests::{Setup, assert_same, shipped};

#[test]
fn twice_is_the_same() {
    for name in hotwash::scenarios() {
        let scenario = shipped(name);
        for policy in scenario.policies() {
            let setup = Setup::new(&scenario, policy.name());
            let key = RunKey { seed: 11, replication: 5 };
            assert_same(
                &setup.journal(key),
                &setup.journal(key),
                &format!("{name}/{}", policy.name()),
            );
        }
    }
}

#[test]
fn a_used_simulation_runs_like_a_fresh_one() {
    for name in hotwash::scenarios() {
        let scenario = shipped(name);
        let setup = Setup::new(&scenario, "by-the-book");
        let mut used = setup.build();
        used.record_journal(true);
        for replication in 0..20 {
            let key = RunKey { seed: 2, replication };
            let mut decider = setup.decider(&used);
            used.run(key, decider.as_mut()).unwrap();
            assert_same(
                &record::lines(&used),
                &setup.journal(key),
                &format!("{name}, replication {replication}"),
            );
        }
    }
}

#[test]
fn another_seed_is_another_run() {
    for name in hotwash::scenarios() {
        let scenario = shipped(name);
        let setup = Setup::new(&scenario, scenario.policies()[0].name());
        assert_ne!(setup.journal(RunKey::single(1)), setup.journal(RunKey::single(2)), "{name}");
    }
}

#[test]
fn busy_threads_change_nothing() {
    let scenario = shipped("insider-sale");
    let setup = Setup::new(&scenario, "historical");
    let alone: Vec<_> =
        (0..6).map(|replication| setup.journal(RunKey { seed: 3, replication })).collect();
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut x = 1_u64;
                while !is_done.load(Ordering::Relaxed) {
                    x = std::hint::black_box(x.wrapping_mul(3));
                }
            });
        }
        let workers: Vec<_> = (0..6)
            .map(|replication| {
                let setup = &setup;
                scope.spawn(move || setup.journal(RunKey { seed: 3, replication }))
            })
            .collect();
        let beside: Vec<_> = workers.into_iter().map(|w| w.join().unwrap()).collect();
        is_done.store(true, Ordering::Relaxed);
        for (a, b) in alone.iter().zip(&beside) {
            assert_same(a, b, "beside busy threads");
        }
    });
}

/// The run of one policy differs from another's from the first differing decision (or lever) on.
#[test]
fn a_policy_differs_from_its_first_differing_decision_on() {
    let scenario = shipped("insider-sale");
    // Both leave the levers alone, so that decisions are all that differs.
    let (a, b) = (Setup::new(&scenario, "historical"), Setup::new(&scenario, "silent"));
    for replication in 0..10 {
        let key = RunKey { seed: 4, replication };
        let (a, b) = (a.journal(key), b.journal(key));
        let Some(first) = a.iter().zip(&b).position(|(x, y)| x != y) else { continue };
        let kinds = [a[first].kind.as_str(), b[first].kind.as_str()];
        assert!(
            kinds.contains(&"exercise.decision-taken"),
            "replication {replication}: {:?}\n{:?}",
            a[first],
            b[first]
        );
    }
}

/// What is recorded changes nothing: outcomes are the same with and without journal, draw log and
/// invariant checks.
#[test]
fn looking_changes_nothing() {
    let setup = Setup::new(&shipped("insider-sale"), "watchful");
    let (mut plain, mut watched) = (setup.build(), setup.build());
    watched.record_journal(true);
    watched.record_draws(true);
    watched.check_invariants(true);
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for replication in 0..30 {
        let key = RunKey { seed: 9, replication };
        for (sim, values) in [(&mut plain, &mut a), (&mut watched, &mut b)] {
            let mut decider = setup.decider(sim);
            sim.run(key, decider.as_mut()).unwrap();
            sim.read_metrics(values);
        }
        assert_eq!(a, b, "replication {replication}");
        assert_eq!(plain.last_note(), watched.last_note(), "replication {replication}");
    }
}

/// Under another year's law the clocks differ; nothing before the first of them does.
#[test]
fn the_law_changes_clocks_and_nothing_before_them() {
    let scenario = shipped("insider-sale");
    let under = |year| Setup::new(&scenario, "historical").set(&[("regulator.law", year)]);
    let mut differing = 0;
    for replication in 0..10 {
        let key = RunKey { seed: 10, replication };
        let (then, now) = (under("2019").journal(key), under("2026").journal(key));
        let Some(first) = then.iter().zip(&now).position(|(a, b)| a != b) else { continue };
        differing += 1;
        let kinds = [then[first].kind.as_str(), now[first].kind.as_str()];
        assert!(
            kinds.iter().any(|k| k.starts_with("regulator.")),
            "{:?}\n{:?}",
            then[first],
            now[first]
        );
    }
    assert!(differing > 0, "the two laws never differ");
}
