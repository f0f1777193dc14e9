//! Sweeps over a shipped scenario: threads do not matter, and a cell is what it is by itself.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use hotwash_engine::{RunKey, parse_seed};
use hotwash_lab::findings::{self, Header};
use hotwash_lab::sweep::{Design, Factor, Plan, Sweep, Vary};
use hotwash_lab::{Arm, Bench, Conduct, Layout, Shard, conduct};
use hotwash_tests::shipped;

const WORLDS: u64 = 6;

fn swept(threads: usize) -> (findings::Sweep, Vec<Arm>, Layout) {
    let scenario = shipped("insider-sale");
    let base = Arm::new("historical", scenario.policy("historical").cloned(), BTreeMap::new());
    let model = scenario.build(base.set(), base.policy()).unwrap();
    let factor = |text| Factor::of(&Vary::read(text).unwrap(), &model, false).unwrap();
    let factors = ["soc.analysts=3,12", "disclose=no-number,stay-silent"].map(factor);
    let plan = Plan::new(factors.to_vec(), Design::Full, 1).unwrap();
    let layout = Layout::of(&model);
    let metrics = ["victims", "time-to-discover", "cost-vendor"];
    let metrics = metrics.iter().map(|m| layout.metric(m).unwrap()).collect();
    let arms = plan.arms(&base).unwrap();
    let seed = parse_seed("sweep");
    let mut sweep = Sweep::new(plan, &base, layout.clone(), metrics, seed, WORLDS).unwrap();
    let mut how = Conduct {
        scenario: &scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &AtomicBool::new(false),
        progress: &mut |_| {},
    };
    conduct(&mut sweep, &mut how).unwrap();
    (sweep.finding(Header::default()), arms, layout)
}

#[test]
fn threads_do_not_matter_and_a_cell_is_what_it_is_alone() {
    let (one, arms, layout) = swept(1);
    let (three, ..) = swept(3);
    assert_eq!(format!("{one:?}"), format!("{three:?}"));
    let scenario = shipped("insider-sale");
    let mut bench = Bench::new(&scenario);
    let (last, mut victims) = (&arms[3], Vec::new());
    assert_eq!(last.name(), "soc.analysts=12, disclose=stay-silent");
    for replication in 0..WORLDS {
        let key = RunKey { seed: parse_seed("sweep"), replication };
        let sim = bench.seat(last).unwrap().run(last, key).unwrap();
        let mut row = Vec::new();
        layout.write(sim, &mut Vec::new(), &mut row);
        victims.extend(layout.row(&row).metric(layout.metric("victims").unwrap()));
    }
    let mean = victims.iter().sum::<f64>() / WORLDS as f64;
    assert!((one.cells[3].outcomes[0].mean.value - mean).abs() < 1e-9 * mean.max(1.0));
}
