//! A small world: a case, a stage that makes things happen every day, and one agent with a script.

use std::collections::BTreeMap;

use hotwash_engine::{
    Event, Fault, JsonSchema, NoOrder, On, Plugin, Problem, RunKey, SimBuilder, SimDuration,
    Simulation, Start, TakeDefaults, schemars,
};
use hotwash_incident::events::{BackDoorsHunted, Complaints, StatementReleased};
use hotwash_incident::{Case, CohortId, StatementId};
use hotwash_scenario::{Diagnostic, Embedded, Registry, Scenario, load};
use hotwash_script::Scripts;
use serde::Deserialize;

/// Makes things happen.
pub(crate) struct Stage;

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StageConfig {}

#[derive(Clone, Copy)]
struct Day(u64);
impl Event for Day {
    const NAME: &'static str = "stage.day";
}

impl Plugin for Stage {
    const NAME: &'static str = "stage";
    const ABOUT: &'static str = "makes things happen";
    type Config = StageConfig;
    type Order = NoOrder;

    fn build(_: StageConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        sim.on(|mut on: On<'_, Start>| {
            on.after(SimDuration::DAY, Day(1));
        });
        sim.on(|mut on: On<'_, Day>| {
            let Day(n) = on.event;
            on.send(Complaints { cohort: CohortId(0), with_ticket: n, general: 2 * n });
            if n == 3 {
                let records = Some((10.0, 20.0));
                on.send(StatementReleased { statement: StatementId(0), records });
                on.send(BackDoorsHunted { segment: None, thoroughness: 0.25 });
            }
            on.after(SimDuration::DAY, Day(n + 1));
        });
        Ok(())
    }
}

pub(crate) fn registry() -> Registry {
    Registry::new().add::<Case>().add::<Stage>().add::<Scripts>()
}

const CASE: &str = r#"
        "case": (
            vendor: "Vendor",
            propositions: [
                (name: "records-taken", text: "records were taken", truth: UntilActed, prior: Fixed(value: 0.1, source: "test", firmness: Guess)),
            ],
            matters: [(name: "leak", title: "the leak", breach: "records-taken", about: [])],
            evidence: [
                (name: "tip", text: "a tip", ratios: [(about: "records-taken", ratio: Fixed(value: 50, source: "test", firmness: Guess))], repeats: Fixed(value: 1, source: "test", firmness: Guess)),
            ],
            turning_points: [
                (milestone: "public.believes", party: Public, believes: "records-taken", at_least: Fixed(value: 0.8, source: "test", firmness: Guess)),
            ],
            knows_at: Fixed(value: 0.9, source: "test", firmness: Guess),
            refuted_at: Fixed(value: 0.8, source: "test", firmness: Guess),
            refutation: (
                hedged: Fixed(value: 0.1, source: "test", firmness: Guess),
                plain: Fixed(value: 0.5, source: "test", firmness: Guess),
                categorical: Fixed(value: 0.9, source: "test", firmness: Guess),
                implied: Fixed(value: 0.7, source: "test", firmness: Guess),
                per_month: Fixed(value: 0.1, source: "test", firmness: Guess),
            ),
        ),
"#;

/// What the agent declares in most tests.
pub(crate) const DECLARED: &str = r#"
    hears: ["customers.complaints", "pr.statement-released", "soc.back-doors-hunted"],
    told: ["thanks"],
    streams: ["notice", "other"],
    numbers: {"patience": Days(Range(p5: 1, p50: 3, p95: 9, source: "test", firmness: Guess))},
    levers: [
        (name: "bold", about: "b", kind: Flag(default: false)),
        (name: "level", about: "l", kind: Count(default: 3, min: 0, max: 9, source: "test")),
        (name: "share", about: "s", kind: Number(default: 0.5, min: 0.0, max: 1.0, source: "test")),
        (name: "wait", about: "w", kind: Span(default: "2d", min: "1d", max: "9d")),
        (name: "mode", about: "m", kind: Choice(words: ["slow", "fast"], default: "slow")),
    ],
    orders: ["thank"],
    evidence: [(name: "tip", to: Everybody)],
    milestones: [(name: "auditor.alarm", about: "an alarm")],
    metrics: [
        (name: "audits", unit: "audits", better: Neither, bearer: Public, about: "audits"),
        (name: "result", unit: "x", better: Neither, bearer: Public, about: "a result"),
    ],
    entries: [(name: "saw", says: "saw {what}", lane: World, weight: Notable)],
"#;

/// The text of a scenario whose agent declares this and behaves as written in `file`.
pub(crate) fn text(declared: &str, behaviour: &str) -> String {
    let orders = match declared.contains("\"thanks\"") {
        true => r#"orders: {"thank": [("script", Tell(agent: "auditor", what: "thanks"))]},"#,
        false => "",
    };
    format!(
        r#"(
    version: 1, name: "toy", title: "Toy", summary: "A toy.", sources: "None.",
    startex: "2024-01-01 09:00", lead_in: "1d", horizon: "12d",
    {orders}
    plugins: {{ {CASE}
        "stage": (),
        "script": (agents: [(name: "auditor", about: "audits", {behaviour}, {declared})]),
    }},
)"#
    )
}

/// Loads a scenario with this agent.
pub(crate) fn world(declared: &str, script: &str) -> Result<Scenario, Vec<Diagnostic>> {
    let text = text(declared, "code: File(\"auditor.rhai\")");
    read(&[("scenario.ron", &text), ("auditor.rhai", script)])
}

pub(crate) fn read(files: &[(&str, &str)]) -> Result<Scenario, Vec<Diagnostic>> {
    let files = Embedded::new(files.iter().copied());
    let (scenario, diagnostics) = load(&registry(), &files, "scenario.ron");
    scenario.ok_or(diagnostics)
}

/// A simulation with the usual agent and this script.
pub(crate) fn sim(script: &str) -> Simulation {
    let scenario = world(DECLARED, script).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    scenario.build(&BTreeMap::new(), None).unwrap()
}

/// Runs it once with the journal on.
pub(crate) fn run(sim: &mut Simulation, seed: u64) -> Result<(), Fault> {
    sim.record_journal(true);
    sim.reset(RunKey::single(seed));
    sim.run(RunKey::single(seed), &mut TakeDefaults).map(drop)
}

/// A metric at the end of a run with this script.
pub(crate) fn result(script: &str, metric: &str) -> Option<f64> {
    let mut sim = sim(script);
    run(&mut sim, 1).unwrap_or_else(|fault| panic!("{fault}"));
    sim.view().metric(metric)
}

/// The journal as lines, without the engine's own entries.
pub(crate) fn story(sim: &Simulation) -> Vec<String> {
    let line = |entry: &hotwash_engine::Entry| {
        let who = sim.actor_name(entry.who);
        format!("{} {who} {}", entry.at, entry.say(entry.kind.says))
    };
    sim.journal().entries().iter().map(line).collect()
}

/// The one error that ends a run with this script, as an author reads it: place, message, hint.
pub(crate) fn trouble(script: &str) -> (String, usize, usize, String) {
    let scenario = world(DECLARED, script).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let mut sim = scenario.build(&BTreeMap::new(), None).unwrap();
    match run(&mut sim, 1) {
        Ok(()) => panic!("the run did not end with an error"),
        Err(Fault::Author { problem, .. }) => {
            let shown = scenario.blame(&problem);
            (shown.file.clone(), shown.line, shown.col, shown.message)
        }
        Err(other) => panic!("{other}"),
    }
}

/// The mistakes that are found when a scenario with this script is loaded: line, column, message, hint.
pub(crate) fn mistakes(declared: &str, script: &str) -> Vec<String> {
    match world(declared, script) {
        Ok(_) => Vec::new(),
        Err(wrong) => wrong.iter().map(ToString::to_string).collect(),
    }
}
