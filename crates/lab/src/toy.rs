//! A toy scenario whose answers are known: what the tests of studies are held against.
//!
//! One lever (`toy.effort`, 0 to 10), two decisions (`speak`: now, later, never; `fix`: yes, no), three
//! numbers between 0 and 1 (`toy.a`, `toy.b`, `toy.c`), and independent luck. With e the effort, z1..z3
//! standard normal, u uniform, all the same under every policy of a world:
//!
//! * `loss` = exp(10 + z1) * (1 - 0.05 e): lognormal.
//! * `gain` = 100 + 15 z2 + 3 e + (now: 5 + e, later: 2, never: 0) + (yes: 4).
//! * `delay` = now: 1, later: 1 + 10 u, never: no value.
//! * `harm` = 50 + z3 - 2 e - (now: 10, later: 5, never: 0).
//! * `spend` = 4 e + (now: 20, later: 3, never: 0) + (yes: 1).
//! * `ishigami` = sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 with x = pi (2 (a, b, c) - 1).
//! * `level` rises by 1 a day from 0, or by 2 under `now`.

use std::f64::consts::PI;

use hotwash_engine::{
    Better, Event, JsonSchema, MetricInfo, On, Order, Param, Plugin, Problem, Share, SimBuilder,
    SimDuration, Single, Start, schemars, state,
};
use hotwash_scenario::{Embedded, Registry, Scenario, load};
use serde::Deserialize;

state! {
    pub(crate) struct Toy { z: [f64; 3], u: f64, speaks: f64, fixes: bool, x: [f64; 3], level: f64 }
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToyConfig {
    a: Param<Share>,
    b: Param<Share>,
    c: Param<Share>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub(crate) enum ToyOrder {
    Now,
    Later,
    Fix,
}

impl Event for ToyOrder {
    const NAME: &'static str = "toy.order";
}

impl Order for ToyOrder {}

#[derive(Clone, Copy)]
struct Day;

impl Event for Day {
    const NAME: &'static str = "toy.day";
}

pub(crate) struct ToyPlugin;

fn info(name: &'static str, unit: &'static str, better: Better) -> MetricInfo {
    MetricInfo { name, unit, better, bearer: "vendor", about: "part of a toy" }
}

impl Plugin for ToyPlugin {
    const NAME: &'static str = "toy";
    const ABOUT: &'static str = "has known answers";
    type Config = ToyConfig;
    type Order = ToyOrder;

    fn build(config: ToyConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let effort = sim.lever_count("effort", 0, 0, 10, "", "How much is done.") as f64;
        let ids = [("a", config.a), ("b", config.b), ("c", config.c)];
        let ids = ids.map(|(name, param)| sim.param(name, param));
        let luck = sim.stream("toy", "luck");
        let started = sim.milestone("toy.started", "it began");
        let state = Toy { z: [0.0; 3], u: 0.0, speaks: 0.0, fixes: false, x: [0.0; 3], level: 0.0 };
        let toy = sim.spawn("toy", state);
        sim.on(move |mut on: On<'_, Start>, mut toy: Single<'_, '_, &mut Toy>| {
            let mut draw = on.draw(luck);
            toy.z = [draw.normal(), draw.normal(), draw.normal()];
            toy.u = draw.uniform();
            toy.x = ids.map(|id| PI * (2.0 * on.value(id) - 1.0));
            on.reach(started);
            on.after(SimDuration::DAY, Day);
        });
        sim.on(|mut on: On<'_, Day>, mut toy: Single<'_, '_, &mut Toy>| {
            toy.level += if toy.speaks == 2.0 { 2.0 } else { 1.0 };
            on.after(SimDuration::DAY, Day);
        });
        sim.on(|on: On<'_, ToyOrder>, mut toy: Single<'_, '_, &mut Toy>| match on.event {
            ToyOrder::Now => toy.speaks = 2.0,
            ToyOrder::Later => toy.speaks = 1.0,
            ToyOrder::Fix => toy.fixes = true,
        });
        let mut metric = |name, unit, better, read: fn(&Toy, f64) -> Option<f64>| {
            sim.metric(info(name, unit, better), move |v| read(v.get::<Toy>(toy), effort));
        };
        metric("loss", "USD", Better::Lower, |t, e| {
            Some(libm::exp(10.0 + t.z[0]) * (1.0 - 0.05 * e))
        });
        metric("gain", "points", Better::Higher, |t, e| {
            let spoken = [0.0, 2.0, 5.0 + e][t.speaks as usize];
            Some(100.0 + 15.0 * t.z[1] + 3.0 * e + spoken + if t.fixes { 4.0 } else { 0.0 })
        });
        metric("delay", "days", Better::Lower, |t, _| {
            [None, Some(1.0 + 10.0 * t.u), Some(1.0)][t.speaks as usize]
        });
        metric("harm", "points", Better::Lower, |t, e| {
            Some(50.0 + t.z[2] - 2.0 * e - [0.0, 5.0, 10.0][t.speaks as usize])
        });
        metric("spend", "USD", Better::Lower, |t, e| {
            let fix = if t.fixes { 1.0 } else { 0.0 };
            Some(4.0 * e + [0.0, 3.0, 20.0][t.speaks as usize] + fix)
        });
        metric("ishigami", "", Better::Neither, |t, _| {
            let [s1, s2] = [libm::sin(t.x[0]), libm::sin(t.x[1])];
            Some(s1 + 7.0 * s2 * s2 + 0.1 * libm::pow(t.x[2], 4.0) * s1)
        });
        metric("level", "days", Better::Neither, |t, _| Some(t.level));
        Ok(())
    }
}

pub(crate) const SCENARIO: &str = r#"(
    version: 1, name: "toy", title: "A toy", summary: "Known answers.", sources: "none",
    headline: ["loss", "gain", "delay"],
    startex: "2019-08-01 09:00", lead_in: "0d", horizon: "10d", seed: "toy",
    plugins: { "toy": (
        a: Uniform(low: 0, high: 1, source: "judgement: a toy", firmness: Guess),
        b: Uniform(low: 0, high: 1, source: "a table", firmness: Reported),
        c: Uniform(low: 0, high: 1, source: "judgement: a toy", firmness: Guess),
    ) },
    roles: [(name: "boss", title: "The boss", sees: [])],
    decisions: [
        (name: "speak", ask: "Speak?", role: "boss", when: At("2019-08-02 09:00"), limit: "1d", default: "never",
            options: [
                (name: "now", text: "Now.", orders: [("toy", Now)]),
                (name: "later", text: "Later.", orders: [("toy", Later)]),
                (name: "never", text: "Never.", orders: []),
            ]),
        (name: "fix", ask: "Mend it?", role: "boss", when: At("2019-08-03 09:00"), limit: "1d", default: "no",
            options: [
                (name: "yes", text: "Yes.", orders: [("toy", Fix)]),
                (name: "no", text: "No.", orders: []),
            ]),
    ],
)"#;

pub(crate) const POLICIES: [(&str, &str); 3] = [
    (
        "policies/historical.ron",
        r#"(version: 1, name: "historical", summary: "Does nothing.", decisions: { "speak": Default, "fix": Default })"#,
    ),
    (
        "policies/keen.ron",
        r#"(version: 1, name: "keen", summary: "Does all.", levers: { "toy.effort": 4 },
            decisions: { "speak": Choose("now"), "fix": Choose("yes") })"#,
    ),
    (
        "policies/slow.ron",
        r#"(version: 1, name: "slow", summary: "Speaks late.", decisions: { "speak": ChooseAfter("6h", "later"), "fix": Default })"#,
    ),
];

/// The toy's files.
pub(crate) fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    [("scenario.ron", SCENARIO)].into_iter().chain(POLICIES)
}

/// The toy, with policies `historical` (effort 0, never, no), `keen` (4, now, yes) and `slow` (0, later, no).
pub(crate) fn scenario() -> Scenario {
    let files = Embedded::new(files());
    let (scenario, problems) = load(&Registry::new().add::<ToyPlugin>(), &files, "scenario.ron");
    scenario.unwrap_or_else(|| panic!("{}", hotwash_scenario::render(&problems, false)))
}
