//! Values of decisions against the toy's known answers.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use hotwash_engine::{DecisionId, RunKey};

use super::*;
use crate::arm::Reply;
use crate::conduct::{Conduct, Ended, Shard, conduct};
use crate::findings::{DecisionWorth, OptionWorth};
use crate::stats::Estimate;
use crate::toy;

fn arm(scenario: &Scenario, policy: &str) -> Arm {
    Arm::new(policy, scenario.policy(policy).cloned(), BTreeMap::new())
}

fn study(scenario: &Scenario, arm: Arm, metrics: &[&str], worlds: u64) -> ValueStudy {
    let layout = Layout::of(&scenario.build(arm.set(), arm.policy()).unwrap());
    let metrics = metrics.iter().map(|name| layout.metric(name).unwrap()).collect();
    ValueStudy::new(scenario, arm, layout, metrics, 5, worlds)
}

fn conducted(scenario: &Scenario, mut study: ValueStudy, threads: usize, stop: u64) -> ValueStudy {
    let flag = AtomicBool::new(false);
    let mut seen = 0;
    let mut progress = |_| {
        seen += 1;
        if seen == stop {
            flag.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    };
    let mut how = Conduct {
        scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &flag,
        progress: &mut progress,
    };
    let ended = conduct(&mut study, &mut how).unwrap();
    assert!(stop != u64::MAX || ended == Ended::Complete);
    study
}

fn found(scenario: &Scenario, study: ValueStudy) -> Value {
    conducted(scenario, study, 2, u64::MAX).finding(Header::default())
}

fn option<'a>(worth: &'a DecisionWorth, name: &str) -> &'a OptionWorth {
    worth.options.iter().find(|o| o.option == name).unwrap()
}

fn is_exactly(estimate: Option<Estimate>, value: f64) -> bool {
    estimate
        .is_some_and(|e| (e.value - value).abs() < 1e-9 && e.half_width() < 1e-9 && e.low <= e.high)
}

#[test]
fn options_are_worth_what_the_toy_says() {
    let scenario = toy::scenario();
    let metrics = ["gain", "harm", "spend", "delay", "loss"];
    let value = found(&scenario, study(&scenario, arm(&scenario, "historical"), &metrics, 100));
    let [speak, fix] = &value.decisions[..] else { panic!("two decisions") };
    for (name, differences) in [("now", [5.0, -10.0, 20.0]), ("later", [2.0, -5.0, 3.0])] {
        let option = option(speak, name);
        for (m, difference) in differences.into_iter().enumerate() {
            assert!(is_exactly(option.differences[m], difference), "{name} {m}");
            assert!(option.effects[m].is_clear);
            assert_eq!(option.effects[m].count, 100);
        }
        // Of gain more is better, of harm and spend less.
        let best = |m: usize| option.effects[m].better.map(|share| share.value);
        assert_eq!(
            (best(0), best(1), best(2)),
            ([1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0])
        );
        // A delay exists only where something is said, and a loss does not depend on it.
        assert!(option.differences[3].is_none() && option.effects[3].count == 0);
        assert_eq!((option.effects[3].share_difference.value, option.effects[3].alone), (1.0, 100));
        assert!(option.effects[3].share_difference.low < 1.0, "no share is known for sure");
        assert!(is_exactly(option.differences[4], 0.0) && !option.effects[4].is_clear);
        assert_eq!(option.effects[4].better[1].value, 1.0);
    }
    assert!(option(speak, "never").is_taken && option(speak, "never").taken.value == 1.0);
    assert!(is_exactly(option(fix, "yes").differences[0], 4.0));
    assert!(is_exactly(option(fix, "yes").differences[2], 1.0));
    assert!(is_exactly(option(fix, "no").differences[0], 0.0));
    assert_eq!((speak.asked_count, speak.answered), (100, 100));
    assert_eq!((speak.asked_day, fix.asked_day), (Some([1.0; 3]), Some([2.0; 3])));
    // Under this policy nobody speaks, so that spend moves only with what is forked: speak ranks first.
    assert_eq!(value.ranking.iter().map(|r| r.decision).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(value.decisions.len(), 2);
}

#[test]
fn worth_depends_on_the_rest_of_the_policy() {
    let scenario = toy::scenario();
    let value = found(&scenario, study(&scenario, arm(&scenario, "keen"), &["gain", "delay"], 64));
    let speak = &value.decisions[0];
    // With an effort of 4, speaking now brings 9, of which later brings 2 and never nothing.
    assert!(is_exactly(option(speak, "later").differences[0], -7.0));
    assert!(is_exactly(option(speak, "never").differences[0], -9.0));
    // Later is 10 u later, in every world by another length.
    let later = option(speak, "later").differences[1].unwrap();
    assert!(later.low < 5.0 && later.high > 5.0 && later.half_width() > 0.3);
    assert_eq!(option(speak, "later").effects[1].better[2].value, 1.0);
    let share = option(speak, "never").effects[1].share_difference;
    assert!(share.value == -1.0 && share.high > -1.0);
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let scenario = toy::scenario();
    let keen = arm(&scenario, "keen");
    let layout = Layout::of(&scenario.build(keen.set(), keen.policy()).unwrap());
    let delay = vec![layout.metric("delay").unwrap()];
    let slow = scenario.policy("slow").unwrap();
    let (mut options, mut shares) = (0, 0);
    for seed in 0..200 {
        let study =
            ValueStudy::new(&scenario, keen.clone(), layout.clone(), delay.clone(), seed, 40);
        let value = found(&scenario, study.against(&scenario, slow.clone()).unwrap());
        // Speaking later costs 10 u days: 5 on average.
        let holds = |e: Estimate| u32::from(e.low <= 5.0 && e.high >= 5.0);
        options += holds(option(&value.decisions[0], "later").differences[0].unwrap());
        let shapley = value.shapley.unwrap();
        let speak = shapley.choices.iter().find(|c| c.name == "speak").unwrap();
        shares += holds(speak.shares[0]);
    }
    // 190 expected; three binomial standard deviations are 9.
    assert!((181..=199).contains(&options) && (181..=199).contains(&shares), "{options} {shares}");
}

#[test]
fn rules_are_followed_and_what_they_take_counts_as_no_difference() {
    let scenario = toy::scenario();
    // Speaks at once where things stand well: gain is 100 + 15 z at first, so in half of the worlds.
    let text = br#"(version: 1, name: "ruled", summary: "By rules.", decisions: { "fix": Default,
        "speak": RulesEvery("6h", [(when: Above("gain", 100), choose: "now"), (when: After("12h"), choose: "later")]) })"#;
    let (policy, problems) = scenario.read_policy("ruled.ron", text.to_vec());
    let policy = policy.unwrap_or_else(|| panic!("{problems:?}"));
    let arm = Arm::new("ruled", Some(policy), BTreeMap::new());
    let value = found(&scenario, study(&scenario, arm, &["gain", "harm"], 200));
    let speak = &value.decisions[0];
    let share = option(speak, "now").taken.value;
    assert!((share - 0.5).abs() < 0.15 && share + option(speak, "later").taken.value == 1.0);
    // Where `now` is taken anyway it brings nothing, elsewhere 3 more than `later`.
    let now = option(speak, "now");
    assert!((now.differences[0].unwrap().value - 3.0 * (1.0 - share)).abs() < 1e-9);
    assert_eq!(now.effects[0].count, 200);
    assert!((now.effects[0].better[1].value - share).abs() < 1e-12);
    let never = option(speak, "never").differences[1].unwrap().value;
    assert!((never - (10.0 * share + 5.0 * (1.0 - share))).abs() < 1e-9);
    let usual = if share > 0.5 { "now" } else { "later" };
    assert_eq!(speak.options.iter().find(|o| o.is_taken).unwrap().option, usual);
}

#[test]
fn what_is_decided_for_all_is_forked_at_once() {
    let scenario = toy::scenario();
    // `slow` answers after six hours, and so do its forks: one of the ten days is over by then.
    let slow = || arm(&scenario, "slow");
    let now = |arm| {
        let value = found(&scenario, study(&scenario, arm, &["level"], 32));
        option(&value.decisions[0], "now").differences[0]
    };
    assert!(is_exactly(now(slow()), 9.0));
    // What is decided for all is decided at once, and so are its forks.
    assert!(is_exactly(now(slow().with_reply(0, Reply::AtOnce(2))), 10.0));
}

#[test]
fn forks_are_the_same_world_until_the_decision() {
    let scenario = toy::scenario();
    let arm = arm(&scenario, "slow");
    let forks = study(&scenario, arm.clone(), &["gain"], 1).job.forks;
    let mut bench = Bench::new(&scenario);
    let seat = bench.seat(&arm).unwrap();
    seat.sim_mut().record_journal(true);
    seat.sim_mut().record_draws(true);
    let mut told = |arm: &Arm| {
        let sim = seat.run(arm, RunKey { seed: 5, replication: 3 }).unwrap();
        let notes: Vec<String> = sim.journal().entries().iter().map(|e| format!("{e:?}")).collect();
        let draws = sim.draws().to_vec();
        (notes, draws, sim.decision_state(DecisionId(0)))
    };
    let base = told(&arm);
    let other = told(&forks.variant(0, 2));
    let differs = base.0.iter().zip(&other.0).position(|(a, b)| a != b).unwrap();
    assert!(base.0[differs].contains("later") && other.0[differs].contains("never"));
    assert_eq!(base.1, other.1);
    assert_eq!(base.2.asked_at, other.2.asked_at);
}

#[test]
fn shares_are_those_of_the_toy() {
    let scenario = toy::scenario();
    let keen = scenario.policy("keen").unwrap().clone();
    let study = study(&scenario, arm(&scenario, "historical"), &["gain", "spend", "delay"], 96);
    let study = study.against(&scenario, keen).unwrap();
    let shapley = found(&scenario, study).shapley.unwrap();
    // 3 e = 12; now 5, and 4 more with effort, half of which goes to either; mending 4.
    let names: Vec<&str> = shapley.choices.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["toy.effort", "speak", "fix"]);
    let from_to = |c: &crate::findings::ShapleyShare| (c.from.clone(), c.to.clone());
    assert_eq!(from_to(&shapley.choices[0]), ("0".to_owned(), "4".to_owned()));
    assert_eq!(from_to(&shapley.choices[1]), ("never".to_owned(), "now".to_owned()));
    for (choice, [gain, spend]) in
        shapley.choices.iter().zip([[14.0, 16.0], [7.0, 20.0], [4.0, 1.0]])
    {
        assert!(is_exactly(Some(choice.shares[0]), gain), "{choice:?}");
        assert!(is_exactly(Some(choice.shares[1]), spend), "{choice:?}");
        assert!(choice.is_clear[0] && choice.is_clear[1] && !choice.is_clear[2]);
        assert!(choice.shares[2].value.is_nan());
    }
    assert!(is_exactly(Some(shapley.differences[0]), 25.0));
    // Where nobody speaks there is no delay, so no world counts.
    assert_eq!(shapley.counts, [96, 96, 0]);
    assert!(shapley.is_exact && shapley.orders == 6 && shapley.worlds == 96);
}

#[test]
fn drawn_orders_agree_with_all_subsets() {
    let scenario = toy::scenario();
    let arm = arm(&scenario, "historical");
    let layout = Layout::of(&scenario.build(arm.set(), arm.policy()).unwrap());
    let keen = scenario.policy("keen").unwrap().clone();
    let choices = Choices::new(&scenario, &arm, keen).unwrap();
    let metrics = vec![layout.metric("gain").unwrap()];
    let walk = Walk { choices, layout, metrics, seed: 9, worlds: 4 };
    let mut bench = Bench::new(&scenario);
    let mut sums = [0.0; 3];
    for number in 0..60 {
        let mut out = Vec::new();
        walk.walk_in(&mut bench, 0..4, walk.order(number), &mut out).unwrap();
        for world in out.chunks_exact(walk.width()) {
            let together: f64 = world[2..].iter().sum();
            assert!((together - (world[1] - world[0])).abs() < 1e-9);
            for (sum, part) in sums.iter_mut().zip(&world[2..]) {
                *sum += part / 240.0;
            }
        }
    }
    // An order with its reverse is exact where choices act in pairs at most.
    for (sum, share) in sums.iter().zip([14.0, 7.0, 4.0]) {
        assert!((sum - share).abs() < 1e-9, "{sums:?}");
    }
}

#[test]
fn what_is_the_same_for_both_is_no_choice() {
    let scenario = toy::scenario();
    let keen = || scenario.policy("keen").unwrap().clone();
    let names = |arm: &Arm| -> Vec<String> {
        let choices = Choices::new(&scenario, arm, keen()).unwrap();
        choices.list.into_iter().map(|c| c.name).collect()
    };
    let set: BTreeMap<String, String> = [("toy.effort".to_owned(), "2".to_owned())].into();
    let fixed = Arm::new("historical", scenario.policy("historical").cloned(), set);
    assert_eq!(names(&fixed), ["speak", "fix"]);
    let fixed = fixed.with_reply(0, Reply::AtOnce(1));
    assert_eq!(names(&fixed), ["fix"]);
    // A default and its option written out are one answer.
    let text =
        br#"(version: 1, name: "plain", summary: "Does nothing.", levers: { "toy.effort": 0 },
        decisions: { "speak": Choose("never"), "fix": ChooseAfter("0h", "no") })"#;
    let (plain, _) = scenario.read_policy("plain.ron", text.to_vec());
    let error =
        Choices::new(&scenario, &arm(&scenario, "historical"), plain.unwrap()).err().unwrap();
    assert!(error.to_string().contains("do not differ"), "{error}");
    let error = Choices::new(&scenario, &arm(&scenario, "keen"), keen()).err().unwrap();
    assert!(matches!(error, LabError::Usage { .. }));
    let nobody = Arm::new("defaults", None, BTreeMap::new());
    let error = Choices::new(&scenario, &nobody, keen()).err().unwrap();
    assert!(error.to_string().contains("--policy"), "{error}");
}

#[test]
fn a_stopped_study_speaks_of_the_worlds_it_has() {
    let scenario = toy::scenario();
    let keen = scenario.policy("keen").unwrap().clone();
    let asked = || {
        let study = study(&scenario, arm(&scenario, "historical"), &["gain"], 3000);
        study.against(&scenario, keen.clone()).unwrap()
    };
    let part = conducted(&scenario, asked(), 1, 2);
    assert!(part.worlds() >= 64 && part.worlds() < 3000 && part.worlds().is_multiple_of(32));
    let value = part.finding(Header::default());
    assert_eq!(value.decisions[0].answered, part.worlds());
    assert!(value.shapley.is_none());
    assert!(value.header.notes.iter().any(|n| n.contains("stopped")));
    // A world forked, with two and one other options, is four runs.
    assert_eq!(part.runs(), part.worlds() * 4);
}
