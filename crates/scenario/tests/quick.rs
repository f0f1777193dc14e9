//! A scenario that is loaded to run at once runs as any other, and refuses what it meets.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::collections::BTreeMap;

use common::{load_files, load_files_with, sample};
use hotwash_engine::{RunKey, Simulation};
use hotwash_scenario::{Policy, Scenario, load_to_run};

fn quick(files: &BTreeMap<String, String>) -> Scenario {
    let (scenario, said) = load_files_with(load_to_run, files);
    scenario.unwrap_or_else(|| panic!("{said:#?}"))
}

fn changed(path: &str, from: &str, to: &str) -> BTreeMap<String, String> {
    let mut files = sample();
    let text = files.get_mut(path).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    *text = text.replacen(from, to, 1);
    files
}

/// What building with a policy says is wrong.
fn refused(scenario: &Scenario, policy: &str) -> Vec<String> {
    let policy = scenario.policy(policy).unwrap();
    let built = scenario.build(&BTreeMap::new(), Some(policy));
    built.map_or_else(|wrong| wrong.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

#[test]
fn its_runs_are_those_of_the_scenario_and_nothing_else_is_read() {
    let (whole, quick) = (load_files(&sample()).0.unwrap(), quick(&sample()));
    let played = |scenario: &Scenario, policy: &str| {
        let policy = scenario.policy(policy).unwrap();
        let mut sim: Simulation = scenario.build(&BTreeMap::new(), Some(policy)).unwrap();
        sim.record_journal(true);
        sim.run(RunKey::single(7), &mut policy.decider(&sim)).unwrap();
        format!("{:?}", sim.journal().entries())
    };
    for policy in whole.policies().iter().map(Policy::name) {
        assert_eq!(played(&quick, policy), played(&whole, policy), "{policy}");
    }
    assert_eq!(quick.texts(), whole.texts());
    assert!(whole.hindcast().is_some() && quick.hindcast().is_none());
}

/// What stands beside a scenario and decides no run keeps none from beginning.
#[test]
fn mistakes_that_no_run_meets_are_left_to_a_whole_load() {
    let mut files = sample();
    files.insert("hindcast.ron".to_owned(), "(".to_owned());
    assert!(load_files(&files).0.is_none());
    quick(&files);
    let files = changed("policies/historical.ron", "\"shop.clerks\": 2", "\"shop.clerks\": 70");
    assert!(load_files(&files).0.is_none());
    assert_eq!(refused(&quick(&files), "careful"), [""; 0]);
}

/// What is in the way of a run is said in the words of a whole load.
#[test]
fn mistakes_in_its_way_are_refused_when_a_simulation_is_built() {
    for (path, from, to) in [
        ("policies/historical.ron", "\"shop.clerks\": 2", "\"shop.clerks\": 70"),
        (
            "policies/historical.ron",
            "Choose(\"keep\")",
            "Rules([(when: Above(\"nothing\", 1), choose: \"keep\")])",
        ),
        ("scenario.ron", "title:", "headline: [\"nothing\"], title:"),
    ] {
        let files = changed(path, from, to);
        let (whole, said) = load_files(&files);
        assert!(whole.is_none());
        let said: Vec<String> = said.iter().map(ToString::to_string).collect();
        assert_eq!(refused(&quick(&files), "historical"), said, "{to}");
    }
    // What can be seen in the files alone, either way of loading says.
    let files = changed("scenario.ron", "title:", "titel:");
    assert_eq!(load_files_with(load_to_run, &files).1, load_files(&files).1);
}
