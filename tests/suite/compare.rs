//! Comparisons of shipped scenarios: the same for any number of threads.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use hotwash_lab::compare::{Compare, Setup};
use hotwash_lab::findings::{Comparison, Header};
use hotwash_lab::{Arm, Conduct, Layout, Shard, conduct};
use hotwash_tests::shipped;

fn compared(threads: usize) -> Comparison {
    let scenario = shipped("insider-sale");
    let layout = Layout::of(&scenario.build(&BTreeMap::new(), None).unwrap());
    let arm =
        |name: &str| Arm::new(name, Some(scenario.policy(name).unwrap().clone()), BTreeMap::new());
    let setup = Setup {
        arms: ["historical", "by-the-book", "silent"].map(arm).to_vec(),
        shown: scenario.headline().map(|name| layout.metric(name).unwrap()).collect(),
        layout,
        seed: scenario.seed(),
        worlds: 60,
        precision: None,
        has_usual_curves: true,
        every_pair: true,
        tolerance: Vec::new(),
    };
    let mut study = Compare::new(&scenario, setup).unwrap();
    let (stop, mut progress) = (AtomicBool::new(false), |_| {});
    let mut how = Conduct {
        scenario: &scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &stop,
        progress: &mut progress,
    };
    conduct(&mut study, &mut how).unwrap();
    study.finding(Header::default()).unwrap()
}

/// As text it fits its page, has a block for every metric, and no figure is made up.
fn read(found: &Comparison) {
    for width in [80, 120] {
        let text = hotwash::text::comparison(found, hotwash::text::Page::new(width));
        let text = anstream::adapter::strip_str(&text).to_string();
        for line in text.lines() {
            assert!(line.chars().count() <= width, "{line}");
        }
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        for metric in &found.metrics {
            assert!(text.contains(&format!("\n{}: ", metric.measure.name)), "{text}");
        }
        // Nobody is told under `silent`, so there is nothing to compare and it says so.
        for part in
            ["At a glance", "Losses: cost-vendor", "no value", "both have a value in 0 worlds"]
        {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}

#[test]
fn a_comparison_does_not_depend_on_threads() {
    let found = compared(1);
    let json = |found: &Comparison| serde_json::to_string(found).unwrap();
    assert_eq!(json(&found), json(&compared(3)));
    // 60 worlds of three policies, and the same once more to see trust over time.
    assert_eq!((found.header.worlds, found.header.runs), (60, 360));
    let course = &found.courses[0];
    assert_eq!((course.measure.name.as_str(), course.worlds), ("trust-final", 60));
    let trust = found.metrics.iter().find(|m| m.measure.name == "trust-final").unwrap();
    read(&found);
    for (arm, bands) in trust.arms.iter().zip(&course.bands) {
        // At the horizon the course ends in what the runs without looking have found.
        let (seen, known) = (bands[bands.len() - 1][2], arm.median().unwrap().value);
        assert!((seen - known).abs() < 1e-9, "{seen} {known}");
    }
}
