//! Numbers moved in their range: what runs have then, and that putting them back leaves no trace.

#![expect(clippy::unwrap_used, reason = "a test's mistakes are its own")]

use hotwash_engine::{
    Better, Calendar, Count, Days, Event, Factor, Firmness, JsonSchema, MetricInfo, NoOrder, On,
    Param, Plugin, Problem, RunKey, Share, SimBuilder, SimDuration, SimTime, Simulation, Single,
    Start, TakeDefaults, schemars, state,
};
use serde::Deserialize;

state! {
    struct Kept { whole: f64, fixed: f64, cases: Vec<f64>, chance: f64 }
}

#[derive(Clone, Deserialize, JsonSchema)]
struct Numbers {
    whole: Param<Share>,
    case: Param<Days>,
    fixed: Param<Factor>,
    built: Param<Count>,
}

#[derive(Clone, Copy)]
struct Case;
impl Event for Case {
    const NAME: &'static str = "kept.case";
}

struct Keeper;
impl Plugin for Keeper {
    const NAME: &'static str = "keeper";
    const ABOUT: &'static str = "keeps what it draws";
    type Config = Numbers;
    type Order = NoOrder;

    fn build(numbers: Numbers, sim: &mut SimBuilder) -> Result<(), Problem> {
        let built = numbers.built.median();
        let whole = sim.param("whole", numbers.whole);
        let case = sim.param("case", numbers.case);
        let fixed = sim.param("fixed", numbers.fixed);
        sim.param("built", numbers.built);
        let stream = sim.stream("keeper", "cases");
        let none = Kept { whole: 0.0, fixed: 0.0, cases: Vec::new(), chance: 0.0 };
        let keeper = sim.spawn("keeper", none);
        sim.on(move |mut on: On<'_, Start>, mut kept: Single<'_, '_, &mut Kept>| {
            (kept.whole, kept.fixed) = (on.value(whole), on.value(fixed));
            for day in 0..20 {
                on.after(SimDuration::from_days(day), Case);
            }
        });
        sim.on(move |mut on: On<'_, Case>, mut kept: Single<'_, '_, &mut Kept>| {
            let mut draw = on.draw(stream);
            kept.cases.push(on.sample(case, &mut draw));
            kept.chance = draw.uniform();
        });
        let mut metric = |name, read: fn(&Kept) -> f64| {
            let better = Better::Neither;
            let info = MetricInfo { name, unit: "", better, bearer: "vendor", about: "kept" };
            sim.metric(info, move |v| Some(read(v.get::<Kept>(keeper))));
        };
        metric("whole", |k| k.whole);
        metric("fixed", |k| k.fixed);
        metric("first-case", |k| k.cases[0]);
        metric("last-case", |k| k.cases[19]);
        metric("chance", |k| k.chance);
        let info = MetricInfo {
            name: "built",
            unit: "",
            better: Better::Neither,
            bearer: "vendor",
            about: "read at build time",
        };
        sim.metric(info, move |_| Some(built));
        Ok(())
    }
}

const WHOLE: usize = 0;
const CASE: usize = 1;
const FIXED: usize = 2;
const BUILT: usize = 3;

fn numbers() -> Numbers {
    let range = |p5: f64, p50: f64, p95: f64| {
        format!(
            r#"{{"Range":{{"p5":{p5},"p50":{p50},"p95":{p95},"source":"test","firmness":"Guess"}}}}"#
        )
    };
    Numbers {
        whole: serde_json::from_str(&range(0.1, 0.25, 0.45)).unwrap(),
        case: serde_json::from_str(&range(2.0, 5.0, 20.0)).unwrap(),
        fixed: Param::fixed(3.0, "test", Firmness::Guess).unwrap(),
        built: Param::fixed(7.0, "test", Firmness::Guess).unwrap(),
    }
}

fn keeper() -> Simulation {
    let calendar = Calendar::new("2019-08-01").unwrap();
    let end = SimTime::STARTEX + SimDuration::from_days(30);
    let mut sim = SimBuilder::new(calendar, SimTime::STARTEX, end, Default::default());
    sim.plugin::<Keeper>(numbers());
    sim.finish().unwrap()
}

/// whole, fixed, first-case, last-case, chance, built.
fn run(sim: &mut Simulation, replication: u64) -> Vec<f64> {
    sim.run(RunKey { seed: 3, replication }, &mut TakeDefaults).unwrap();
    let mut out = Vec::new();
    sim.read_metrics(&mut out);
    out.into_iter().flatten().collect()
}

fn near(a: f64, b: f64) {
    assert!((a / b - 1.0).abs() < 1e-9, "{a} is not {b}");
}

#[test]
fn a_number_of_the_run_has_the_value_at_its_position_in_every_world() {
    let mut sim = keeper();
    for (at, value) in [(0.05, 0.1), (0.5, 0.25), (0.95, 0.45)] {
        sim.bend(WHOLE, Some(at));
        (0..5).for_each(|world| near(run(&mut sim, world)[0], value));
    }
    for (at, value) in [(0.0, 1.5), (0.5, 3.0), (1.0, 6.0)] {
        sim.bend(FIXED, Some(at));
        assert!((run(&mut sim, 0)[1] / value - 1.0).abs() < 1e-6);
    }
}

#[test]
fn cases_move_with_their_middle_and_keep_their_spread() {
    let (mut plain, mut bent) = (keeper(), keeper());
    bent.bend(CASE, Some(0.95));
    for world in 0..5 {
        let (a, b) = (run(&mut plain, world), run(&mut bent, world));
        // From 5 to 20, every case alike, and no other draw moves.
        near(b[2] / a[2], 4.0);
        near(b[3] / a[3], 4.0);
        assert_eq!((a[0], a[1], a[4]), (b[0], b[1], b[4]));
    }
}

#[test]
fn positions_beyond_the_ends_of_a_range_stay_legal() {
    let mut sim = keeper();
    for at in [0.0, 1.0] {
        sim.bend(WHOLE, Some(at));
        sim.bend(CASE, Some(at));
        let got = run(&mut sim, 0);
        assert!((0.0..=1.0).contains(&got[0]) && (0.0..=6_000.0).contains(&got[2]), "{got:?}");
    }
}

#[test]
fn what_is_put_back_leaves_no_trace() {
    let mut bent = keeper();
    for world in 0..10 {
        for number in 0..4 {
            bent.bend(number, Some(0.9));
        }
        assert_ne!(run(&mut bent, world), run(&mut keeper(), world));
        for number in 0..4 {
            bent.bend(number, None);
        }
        assert_eq!(run(&mut bent, world), run(&mut keeper(), world), "world {world}");
    }
}

#[test]
fn what_was_read_at_build_time_is_not_moved_and_the_catalogue_says_so() {
    let mut sim = keeper();
    sim.bend(BUILT, Some(0.95));
    assert_eq!(run(&mut sim, 0)[5], 7.0);
    let flags: Vec<bool> = sim.catalogue().params.iter().map(|p| p.is_read_at_build).collect();
    assert_eq!(flags, [false, false, false, true]);
}
