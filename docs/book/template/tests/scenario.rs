//! The agent in its world: the scenario of this folder, run as a person would run it.

use std::collections::BTreeMap;
use std::path::Path;

use hotwash_engine::{RunKey, Simulation, Stop};

// ANCHOR: tests
/// The scenario under a policy, run to its end; every invariant is checked after each entry.
fn ran(policy: Option<&str>, seed: u64) -> Simulation {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenario");
    let folder = folder.to_str().expect("the path is text");
    let scenario = hotwash::open(&my_hotwash::registry(), folder).expect("it has no mistakes");
    let policy = policy.map(|name| scenario.policy(name).expect("it is in the folder"));
    let mut sim = scenario.build(&BTreeMap::new(), policy).expect("it was loaded");
    sim.check_invariants(true);
    sim.record_journal(true);
    let key = RunKey { seed, replication: 0 };
    let ended = match policy {
        Some(policy) => {
            let mut decider = policy.decider(&sim);
            sim.run(key, &mut decider)
        }
        None => sim.run(key, &mut hotwash_engine::TakeDefaults),
    };
    assert_eq!(ended, Ok(Stop::Ended));
    sim
}

fn paid(sim: &Simulation) -> f64 {
    sim.view().metric("insurance-paid").expect("it always has a value")
}

#[test]
fn who_tells_the_insurer_in_time_is_paid_and_who_does_not_is_not() {
    let (mut told, mut forgotten) = (0.0, 0.0);
    for seed in 0..8 {
        told += paid(&ran(Some("prompt"), seed));
        forgotten += paid(&ran(None, seed));
    }
    assert!(told > 0.0, "nothing was ever paid");
    assert_eq!(forgotten, 0.0);
}

#[test]
fn the_notice_stands_in_the_journal_after_its_cause() {
    let sim = (0..8).map(|seed| ran(Some("prompt"), seed));
    let mut notices = 0;
    for sim in sim {
        for entry in sim.journal().entries().iter().filter(|e| e.kind.name == "insurer.notified") {
            let cause = sim.journal().get(entry.cause).expect("somebody decided it");
            assert!(cause.at <= entry.at);
            assert!(entry.say(entry.kind.says).starts_with("took notice of the loss "));
            notices += 1;
        }
    }
    assert!(notices > 0);
}

#[test]
fn the_same_seed_is_the_same_run() {
    let journal = |sim: &Simulation| -> Vec<String> {
        sim.journal().entries().iter().map(|e| format!("{} {}", e.at, e.say(e.kind.says))).collect()
    };
    assert_eq!(journal(&ran(Some("prompt"), 3)), journal(&ran(Some("prompt"), 3)));
}
// ANCHOR_END: tests
