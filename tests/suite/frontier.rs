//! A search in a shipped scenario: what it writes is what it judged.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use hotwash_engine::RunKey;
use hotwash_lab::findings::Header;
use hotwash_lab::frontier::{Ask, Search, UNSEEN};
use hotwash_lab::{Conduct, Shard, conduct};
use hotwash_tests::shipped;

const WORLDS: u64 = 32;

#[test]
fn policies_found_do_what_was_said_of_them() {
    let scenario = shipped("departing-admin");
    let ask = Ask {
        base: scenario.policies().first().cloned(),
        set: BTreeMap::from([("soc.analysts".to_owned(), "4".to_owned())]),
        decide: BTreeMap::from([(0, 1)]),
        seed: 3,
        cost: "analyst-hours".to_owned(),
        harm: "documents-taken-tb".to_owned(),
        budget: 3_500,
        worlds: WORLDS,
        answers_only: false,
    };
    let mut search = Search::new(&scenario, &ask).unwrap();
    let mut how = Conduct {
        scenario: &scenario,
        threads: 2,
        shard: Shard::WHOLE,
        log: None,
        stop: &AtomicBool::new(false),
        progress: &mut |_| {},
    };
    conduct(&mut search, &mut how).unwrap();
    let finding = search.finding(Header::default()).unwrap();
    assert!(finding.searched.iter().all(|name| name != "soc.analysts" && name != "regulator.law"));
    let found: Vec<_> = finding.points.iter().filter(|p| !p.is_shipped).collect();
    assert!(!found.is_empty());
    for point in found {
        let path = format!("{}.ron", point.name);
        let (policy, problems) = scenario.read_policy(&path, point.policy_text.clone().into());
        assert!(problems.is_empty(), "{problems:?}\n{}", point.policy_text);
        let mut sim = scenario.build(&BTreeMap::new(), policy.as_ref()).unwrap();
        let mut decider = policy.unwrap().decider(&sim);
        let (mut sum, mut values) = (0.0, Vec::new());
        for replication in UNSEEN..UNSEEN + WORLDS {
            sim.run(RunKey { seed: ask.seed, replication }, &mut decider).unwrap();
            sim.read_metrics(&mut values);
            let index = sim.metrics().position(|m| m.name == ask.cost).unwrap();
            sum += values[index].unwrap();
        }
        let mean = sum / WORLDS as f64;
        assert!((mean - point.cost.value).abs() < 1e-9 * mean.max(1.0), "{}", point.policy_text);
    }
}
