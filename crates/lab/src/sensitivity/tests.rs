//! The study on the toy, whose answers are known.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::bench::Bench;
use crate::conduct::{Conduct, Ended, Job as _, Shard, conduct};
use crate::toy;

fn plan(policies: &[&str], outcome: &str) -> SensitivityPlan {
    let scenario = toy::scenario();
    let arm = |name: &&str| Arm::new(*name, scenario.policy(name).cloned(), BTreeMap::new());
    SensitivityPlan {
        arms: policies.iter().map(arm).collect(),
        outcome: Some(outcome.to_owned()),
        seed: 5,
        trajectories: 10,
        top: 10,
        rows: 400,
    }
}

fn study(plan: SensitivityPlan, threads: usize, stop_after: u64) -> (Screening, Ended) {
    let (scenario, stop) = (toy::scenario(), AtomicBool::new(false));
    let mut study = Screening::new(&scenario, plan).unwrap();
    let mut seen = 0;
    let mut progress = |_| {
        seen += 1;
        stop.store(seen >= stop_after, std::sync::atomic::Ordering::Relaxed);
    };
    let mut how = Conduct {
        scenario: &scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &stop,
        progress: &mut progress,
    };
    let ended = conduct(&mut study, &mut how).unwrap();
    (study, ended)
}

fn found(plan: SensitivityPlan) -> Sensitivity {
    study(plan, 2, u64::MAX).0.finding(Header::default()).unwrap()
}

fn index<'a>(all: &'a [Index], path: Option<&str>) -> &'a Index {
    all.iter().find(|i| i.number.as_ref().map(|n| n.path.as_str()) == path).unwrap()
}

#[test]
fn a_function_of_the_numbers_alone_owes_nothing_to_chance() {
    let found = found(SensitivityPlan { rows: 4_000, ..plan(&["historical"], "ishigami") });
    assert_eq!((found.rows, found.rows_without_value, found.indices.len()), (4_000, 0, 4));
    let truth = [("toy.a", 0.3139, 0.5576), ("toy.b", 0.4424, 0.4424), ("toy.c", 0.0, 0.2437)];
    for (path, first, total) in truth {
        let index = index(&found.indices, Some(path));
        // Standard errors are below 0.02 with 4,000 rows.
        assert!((index.first.value - first).abs() < 0.05, "{index:?}");
        assert!((index.total.value - total).abs() < 0.05, "{index:?}");
        assert!(index.first.half_width() < 0.05 && index.total.half_width() < 0.05, "{index:?}");
    }
    let chance = index(&found.indices, None);
    assert_eq!(chance.total.value, 0.0);
    assert!(chance.first.value.abs() < 0.05, "{chance:?}");
    // a and c are guesses.
    let shares = found.shares.unwrap();
    assert!((shares.guesses.value - 0.3139).abs() < 0.06, "{shares:?}");
    assert!((shares.sourced.value - 0.4424).abs() < 0.05, "{shares:?}");
    let parts = [shares.guesses, shares.sourced, shares.chance_and_rest, shares.interactions];
    assert!((parts.iter().map(|p| p.value).sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(found.ranking.is_none() && found.turning.is_empty());
}

#[test]
fn what_chance_alone_decides_shows_no_effect_of_any_number() {
    let found = found(plan(&["historical", "keen"], "gain"));
    assert!(found.screened.iter().all(|s| !s.has_effect && s.outcome.value == 0.0));
    assert!(found.indices.is_empty() && found.shares.is_none() && found.ranking.is_none());
    assert_eq!((found.screened.len(), found.trajectories), (3, 10));
    let (low, high) = found.outcome_range.unwrap();
    assert!(low < high && low > 0.0, "{low} {high}");
}

/// With its numbers chosen by hand, since screening would not let them through.
#[test]
fn of_pure_luck_chance_has_all_and_the_numbers_none() {
    let scenario = toy::scenario();
    let mut study = Screening::new(&scenario, plan(&["historical"], "gain")).unwrap();
    study.examined = vec![0, 1, 2];
    let moves = Moves {
        model: Arc::clone(&study.model),
        trajectories: 0,
        rows: 400,
        examined: study.examined.clone(),
    };
    let mut bench = Bench::new(&scenario);
    (0..50).for_each(|batch| moves.work(&mut bench, batch, &mut study.samples[0]).unwrap());
    let (rows, explained) = study.explain(&study.samples[0], "outcome");
    let (indices, _) = explained.unwrap();
    assert_eq!(rows, 400);
    let chance = index(&indices, None);
    assert!((chance.first.value - 1.0).abs() < 1e-12 && (chance.total.value - 1.0).abs() < 0.1);
    for path in ["toy.a", "toy.b", "toy.c"] {
        let index = index(&indices, Some(path));
        assert!(index.total.value == 0.0 && index.first.value.abs() < 0.15, "{index:?}");
    }
    // The bench is left as it was.
    let arm = study.model.arms[0].clone();
    let key = hotwash_engine::RunKey { seed: 1, replication: 0 };
    let ishigami = scenario
        .build(&BTreeMap::new(), None)
        .unwrap()
        .metrics()
        .position(|m| m.name == "ishigami");
    let read = |bench: &mut Bench<'_>| {
        let (mut values, seat) = (Vec::new(), bench.seat(&arm).unwrap());
        seat.run(&arm, key).unwrap().read_metrics(&mut values);
        values[ishigami.unwrap()]
    };
    assert_eq!(read(&mut bench), read(&mut Bench::new(&scenario)));
}

#[test]
fn two_policies_that_luck_does_not_tell_apart_differ_in_all_worlds_alike() {
    // Both are exactly 0 apart in `ishigami`: no variance of the difference, and equal in every world.
    let found = found(plan(&["historical", "keen"], "ishigami"));
    assert!(found.difference_indices.is_empty() && found.difference_shares.is_none());
    let ranking = found.ranking.unwrap();
    assert_eq!((ranking.worlds, ranking.better[1].value), (800, 1.0));
    assert_eq!(found.turning.len(), 3);
    assert!(found.turning.iter().all(|t| !t.turns && t.low.value == 0.0));
    assert!(found.screened.iter().all(|s| s.difference.unwrap().value == 0.0 && s.has_effect));
}

#[test]
fn an_outcome_without_a_value_is_counted_and_nothing_is_made_up() {
    let found = found(plan(&["historical"], "delay"));
    assert!(found.screened.iter().all(|s| s.steps == 0 && s.steps_without_value == 10));
    assert!(found.screened.iter().all(|s| s.outcome.high == f64::INFINITY));
    assert_eq!(found.outcome_range, None);
    assert!(found.indices.is_empty());
}

#[test]
fn threads_do_not_matter_and_a_stopped_study_tells_what_it_has() {
    let json =
        |s: &Screening| serde_json::to_string(&s.finding(Header::default()).unwrap()).unwrap();
    let (one, _) = study(plan(&["historical", "keen"], "ishigami"), 1, u64::MAX);
    let (three, _) = study(plan(&["historical", "keen"], "ishigami"), 3, u64::MAX);
    assert_eq!(json(&one), json(&three));
    assert_eq!(one.worlds(), 10 + 800);
    assert_eq!(one.runs(), 10 * 4 * 2 + 400 * 6 * 2);
    // The batches in hand are finished, which may be all of the screening, but not of the sample.
    let (part, ended) = study(plan(&["historical"], "ishigami"), 1, 3);
    assert_eq!(ended, Ended::Stopped);
    let finding = part.finding(Header::default()).unwrap();
    assert!((3..=10).contains(&finding.trajectories) && finding.indices.is_empty());
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let scenario = toy::scenario();
    let refused = |plan: SensitivityPlan| match Screening::new(&scenario, plan).map(|_| ()) {
        Err(error @ LabError::Usage { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(refused(plan(&["historical"], "ishigama")).contains("did you mean `ishigami`"));
    assert!(refused(plan(&["historical", "keen", "slow"], "gain")).contains("3 policies"));
    assert!(refused(plan(&["keen", "keen"], "gain")).contains("`keen` is given twice"));
    assert!(refused(plan(&[], "gain")).contains("no policy"));
}

#[test]
fn the_top_are_taken_in_turns_from_both_rankings() {
    let mut study =
        Screening::new(&toy::scenario(), plan(&["historical", "keen"], "ishigami")).unwrap();
    let walk = Walk::new(1, 0, 3);
    let effects = |all: &mut Vec<Effects>, sizes: [f64; 3]| {
        let mut outcomes = vec![0.0];
        walk.order.iter().for_each(|n| outcomes.push(outcomes.last().unwrap() + sizes[*n]));
        Effects::absorb(all, &walk, &outcomes);
    };
    effects(&mut study.outcome, [3.0, 2.0, 1.0]);
    effects(&mut study.difference, [0.0, 0.0, 1.0]);
    study.plan.top = 2;
    assert_eq!(study.choose(), [0, 2]);
    study.plan.top = 3;
    assert_eq!(study.choose(), [0, 1, 2]);
}
