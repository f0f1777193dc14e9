//! The critic on real scenarios: faults planted in a shipped one are found and named, and the shipped ones
//! have none. A fault of every kind is planted in the lab's own tests, in a scenario that takes no time.

use std::sync::atomic::AtomicBool;

use hotwash_lab::critic::{CriticStudy, Critique, Finding, Severity};
use hotwash_lab::findings::Header;
use hotwash_lab::{Conduct, Shard, conduct};
use hotwash_scenario::Scenario;
use hotwash_tests::{rewritten, shipped};

fn criticised(scenario: &Scenario, worlds: u64, threads: usize) -> Critique {
    let mut study = CriticStudy::new(scenario, scenario.seed(), worlds).unwrap();
    let (stop, progress) = (AtomicBool::new(false), &mut |_| {});
    let shard = Shard::WHOLE;
    let mut how = Conduct { scenario, threads, shard, log: None, stop: &stop, progress };
    conduct(&mut study, &mut how).unwrap();
    study.finding(Header::default())
}

fn faults(critique: &Critique) -> Vec<String> {
    let faults = critique.findings.iter().filter(|f| f.severity == Severity::Fault);
    faults.map(|f: &Finding| format!("{}: {}", f.kind.name(), f.says)).collect()
}

/// Worlds enough that a claim of something never seen is a fault.
const WORLDS: u64 = 100;

#[test]
fn planted_faults_are_found_in_a_shipped_scenario() {
    let name = "departing-admin";
    let edits = [
        (
            "decisions.ron",
            "(\n    decisions: [",
            r#"(
    roles: [(name: "porter", title: "The porter", sees: [])],
    objectives: [(name: "swim", text: "Swim.")],
    injects: [
        (name: "late-news", when: At("2020-06-01 10:00"), from: "a friend", text: "Late.", to: ["soc"]),
    ],
    decisions: [
        (name: "flowers", ask: "?", role: "executive", when: At("2019-09-26 10:00"), limit: "1d", default: "a",
            options: [(name: "a", text: "a"), (name: "b", text: "b")]),
        (name: "both", ask: "?", role: "executive", when: All(["chose/last-day/cake", "chose/last-day/accounts"]),
            limit: "1d", default: "a", options: [(name: "a", text: "a"), (name: "b", text: "b")]),"#,
        ),
        ("decisions.ron", r#"limit: "2d""#, r#"limit: "200d""#),
        (
            "policies/trusting.ron",
            r#""last-day": Choose("cake")"#,
            r#""last-day": Rules([(when: Always, choose: "cake"), (when: After("2h"), choose: "accounts")])"#,
        ),
        ("policies/passwords-only.ron", "levers: {", "levers: {\n        \"soc.tip_path\": true,"),
    ];
    let alike =
        shipped(name).policy("by-the-book").unwrap().text().1.replace("by-the-book", "same");
    let scenario = rewritten(name, &edits, &[("policies/same.ron", &alike)]);
    let critique = criticised(&scenario, WORLDS, 2);
    assert_eq!(
        faults(&critique),
        [
            "inject-never-comes: inject `late-news` never comes",
            "decision-never-comes-up: decision `both` never comes up",
            "objective-never-exercised: objective `swim` is never exercised",
            "rule-never-decides: policy `trusting`: rule 2 for `last-day` never decides",
            "options-make-no-difference: decision `flowers` makes no difference at all",
            "limit-never-binds: decision `notice-period`: its limit of 200d never runs out",
            "lever-without-effect: lever `soc.tip_path` has no effect at all",
            "policies-alike: policies `by-the-book` and `same` do the same",
            "role-idle: role `porter` has nothing to do",
        ]
    );
    let inject = &critique.findings[0];
    assert!(inject.evidence.contains("2020-06-01 10:00, which lies after the scenario's end"));
    assert_eq!((inject.file.as_str(), inject.line), ("decisions.ron", 6));
}

#[test]
fn shipped_scenarios_have_no_faults() {
    // Few worlds, for here every build is checked: what they cannot settle is no fault. `hotwash check
    // SCENARIO --deep` looks at four hundred.
    for (name, worlds) in [
        ("departing-admin", WORLDS),
        ("access-broker", 40),
        ("insider-sale", 8),
        ("annus-horribilis", 4),
    ] {
        let critique = criticised(&shipped(name), worlds, 2);
        assert_eq!(faults(&critique), [""; 0], "{name}");
    }
}

#[test]
fn threads_do_not_matter() {
    let scenario = shipped("departing-admin");
    let [one, three] = [1, 3].map(|threads| criticised(&scenario, 24, threads));
    assert_eq!(one.findings, three.findings);
    assert_eq!((one.unjudged, one.idle_levers), (three.unjudged, three.idle_levers));
}
