//! Moving the numbers of a shipped scenario: the same for any number of threads, and without a trace.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use hotwash::record;
use hotwash_engine::RunKey;
use hotwash_lab::findings::{Header, Sensitivity};
use hotwash_lab::{Arm, Conduct, Screening, SensitivityPlan, Shard, conduct};
use hotwash_tests::{Setup, assert_same, shipped};

fn found(threads: usize) -> Sensitivity {
    let scenario = shipped("departing-admin");
    let arms = scenario.policies().iter().take(2);
    let plan = SensitivityPlan {
        arms: arms.map(|p| Arm::new(p.name(), Some(p.clone()), BTreeMap::new())).collect(),
        outcome: None,
        seed: 4,
        trajectories: 3,
        top: 4,
        rows: 40,
    };
    let mut study = Screening::new(&scenario, plan).unwrap();
    let mut how = Conduct {
        scenario: &scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &AtomicBool::new(false),
        progress: &mut |_| {},
    };
    conduct(&mut study, &mut how).unwrap();
    study.finding(Header::default()).unwrap()
}

#[test]
fn threads_do_not_change_what_is_found() {
    let (one, three) = (found(1), found(3));
    assert_eq!(format!("{one:?}"), format!("{three:?}"));
    let sim = Setup::new(&shipped("departing-admin"), "by-the-book").build();
    assert_eq!(one.screened.len(), sim.catalogue().params.len());
    assert!(
        one.screened.iter().any(|s| s.has_effect) && one.screened.iter().any(|s| !s.has_effect)
    );
    assert_eq!((one.indices.len(), one.turning.len(), one.rows), (5, 4, 40));
}

#[test]
fn numbers_moved_and_put_back_leave_no_trace_in_any_scenario() {
    for name in hotwash::scenarios() {
        let scenario = shipped(name);
        let setup = Setup::new(&scenario, "by-the-book");
        let mut sim = setup.build();
        sim.record_journal(true);
        let key = RunKey { seed: 6, replication: 1 };
        let count = sim.catalogue().params.len();
        for at in [Some(0.05), Some(0.95), None] {
            (0..count).for_each(|number| sim.bend(number, at));
            let mut decider = setup.decider(&sim);
            // Whatever the numbers are within their ranges, the model holds.
            sim.check_invariants(true);
            sim.run(key, decider.as_mut())
                .unwrap_or_else(|fault| panic!("{name} at {at:?}: {fault}"));
        }
        assert_same(&record::lines(&sim), &setup.journal(key), name);
    }
}
