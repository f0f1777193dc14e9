//! A fault of every kind, planted in a small sound scenario: each is found, and nothing else is.

use hotwash_engine::{
    Audience, Better, Event, JsonSchema, Kind as NoteKind, MetricInfo, NoOrder, On, Plugin,
    Problem, SimBuilder, SimDuration, Start, Weight, schemars,
};
use hotwash_scenario::{Embedded, Registry, Scenario, load};
use serde::Deserialize;

use super::tests::criticised;
use super::{Critique, Severity};
use crate::toy;

static LAID: NoteKind = NoteKind {
    name: "egg.laid",
    lane: "world",
    weight: Weight::Notable,
    audience: Audience(1),
    says: "was laid",
    tags: &[],
};

static BOILED: NoteKind = NoteKind { name: "egg.boiled", says: "was boiled", ..LAID_AGAIN };

const LAID_AGAIN: NoteKind = NoteKind {
    name: "",
    lane: "world",
    weight: Weight::Notable,
    audience: Audience(1),
    says: "",
    tags: &[],
};

/// A plugin in which faults can be planted: a lever that does nothing, one that breaks when it is told to,
/// a milestone that is never reached, a metric that never moves, a clock that presses nobody.
struct Egg;

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EggConfig {
    brittle: bool,
    counts: bool,
}

#[derive(Clone, Copy)]
struct Boil;

impl Event for Boil {
    const NAME: &'static str = "egg.boil";
}

impl Plugin for Egg {
    const NAME: &'static str = "egg";
    const ABOUT: &'static str = "has faults when told to";
    type Config = EggConfig;
    type Order = NoOrder;

    fn build(config: EggConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        sim.lever_flag("lid", false, "Whether there is a lid.");
        let size = sim.lever_count("size", 1, 1, 3, "", "How large it is.");
        if config.brittle && size == 3 {
            return Err(Problem::new("no egg is so large"));
        }
        sim.milestone("egg.hatched", "it hatched");
        sim.clock(&LAID, "until", &["egg.boiled"]).says("is to be boiled");
        let egg = sim.actor("egg");
        sim.on(move |mut on: On<'_, Start>| {
            if config.counts {
                on.note(&LAID, egg, |n| n.with("until", SimDuration::from_days(8)));
                on.after(SimDuration::DAY, Boil);
            }
        });
        sim.on(move |mut on: On<'_, Boil>| {
            on.note(&BOILED, egg, |n| n);
        });
        let info = |name| MetricInfo {
            name,
            unit: "grams",
            better: Better::Neither,
            bearer: "vendor",
            about: "part of a toy",
        };
        sim.metric(info("weight"), |_| Some(50.0));
        sim.metric(info("shell"), move |_| Some(size as f64));
        Ok(())
    }
}

/// Words of a file and what stands there instead.
type Edit<'a> = (&'a str, &'a str, &'a str);

/// What makes the toy sound: its headline has a price for everything, and its boss is not idle.
const SOUND: [Edit<'static>; 4] = [
    ("scenario.ron", r#"["loss", "gain", "delay"]"#, r#"["loss", "gain", "delay", "spend"]"#),
    ("scenario.ron", "sees: []", r#"sees: ["executive"]"#),
    ("scenario.ron", r#"plugins: { "#, r#"plugins: { "egg": (brittle: false, counts: false), "#),
    (
        "scenario.ron",
        "decisions: [",
        r#"injects: [
            (name: "one", when: At("2019-08-02 10:00"), from: "a", text: "One.", to: ["boss"]),
            (name: "two", when: At("2019-08-05 10:00"), from: "a", text: "Two.", to: ["boss"]),
        ],
        decisions: ["#,
    ),
];

const FIRST: &str = "decisions: [";

fn loaded(edits: &[Edit<'_>], policies: &[(&str, &str)]) -> Scenario {
    let mut files: Vec<(String, String)> = [("scenario.ron", toy::SCENARIO)]
        .iter()
        .chain(&toy::POLICIES)
        .chain(policies)
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    for (file, from, to) in SOUND.iter().chain(edits) {
        let (_, text) = files.iter_mut().find(|(path, _)| path == file).unwrap();
        assert!(text.contains(from), "{file} has no `{from}`");
        *text = text.replacen(from, to, 1);
    }
    let files = Embedded::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let registry = Registry::new().add::<toy::ToyPlugin>().add::<Egg>();
    let (scenario, problems) = load(&registry, &files, "scenario.ron");
    scenario.unwrap_or_else(|| panic!("{}", hotwash_scenario::render(&problems, false)))
}

fn said(critique: &Critique) -> Vec<String> {
    let one = |f: &super::Finding| format!("{:?} {}: {}", f.severity, f.kind.name(), f.says);
    critique.findings.iter().map(one).collect()
}

/// Plants something and says what is found.
fn found(edits: &[Edit<'_>], policies: &[(&str, &str)]) -> Vec<String> {
    let critique = criticised(&loaded(edits, policies), 120, 2);
    for finding in &critique.findings {
        assert!(!finding.evidence.is_empty() && !finding.suggestion.is_empty());
        let is_doubt = ["clock-never-binds", "outcome-still-moving"].contains(&finding.kind.name());
        assert_eq!(finding.severity == Severity::Doubt, is_doubt, "{}", finding.says);
    }
    said(&critique)
}

#[track_caller]
fn finds(edits: &[Edit<'_>], expected: &str) {
    assert_eq!(found(edits, &[]), [expected]);
}

#[test]
fn a_sound_scenario_is_left_alone() {
    let critique = criticised(&loaded(&[], &[]), 120, 2);
    assert_eq!(said(&critique), [""; 0]);
    // Both are the plugin's, and nobody sets them.
    assert_eq!(critique.idle_levers, ["egg.lid"]);
}

#[test]
fn an_inject_that_never_comes() {
    let inject = r#"injects: [
        (name: "late", when: At("2019-09-01 10:00"), from: "a", text: "Late.", to: ["boss"]),"#;
    finds(
        &[("scenario.ron", "injects: [", inject)],
        "Fault inject-never-comes: inject `late` never comes",
    );
}

#[test]
fn a_decision_that_never_comes_up() {
    let decision = r#"decisions: [
        (name: "both", ask: "?", role: "boss", when: All(["chose/fix/yes", "chose/fix/no"]), limit: "1d",
            default: "a", options: [(name: "a", text: "a"), (name: "b", text: "b", orders: [("toy", Fix)])]),"#;
    finds(
        &[("scenario.ron", FIRST, decision)],
        "Fault decision-never-comes-up: decision `both` never comes up",
    );
}

#[test]
fn options_that_do_the_same() {
    let decision = r#"decisions: [
        (name: "cake", ask: "?", role: "boss", when: At("2019-08-04 09:00"), limit: "1d",
            default: "a", options: [(name: "a", text: "a"), (name: "b", text: "b")]),"#;
    finds(
        &[("scenario.ron", FIRST, decision)],
        "Fault options-make-no-difference: decision `cake` makes no difference at all",
    );
}

#[test]
fn an_option_that_costs_nothing() {
    finds(
        &[("scenario.ron", r#""delay", "spend"]"#, r#""delay"]"#)],
        "Fault option-dominates: decision `fix`: option `yes` is better than every other on all that counts",
    );
}

#[test]
fn an_expectation_that_is_the_worse_choice() {
    let options = r#"default: "no", expected: "no",
            options: [(name: "mutter", text: "Mutter.", orders: [("toy", Later)]),"#;
    let edits = [
        ("scenario.ron", r#""delay", "spend"]"#, r#""delay"]"#),
        ("scenario.ron", "default: \"no\",\n            options: [", options),
    ];
    finds(
        &edits,
        "Fault expected-is-worse: decision `fix`: `yes` is better than the expected `no` on all that counts",
    );
}

#[test]
fn a_limit_that_cannot_run_out() {
    finds(
        &[("scenario.ron", r#"limit: "1d", default: "no""#, r#"limit: "30d", default: "no""#)],
        "Fault limit-never-binds: decision `fix`: its limit of 30d never runs out",
    );
}

#[test]
fn a_clock_that_presses_nobody() {
    finds(
        &[("scenario.ron", "counts: false", "counts: true")],
        "Doubt clock-never-binds: clock `egg: is to be boiled` is never near its end",
    );
}

#[test]
fn a_decision_before_people_sit_down_or_after_all_is_over() {
    let early = r#"decisions: [
        (name: "cake", ask: "?", role: "boss", when: At("2019-07-30 09:00"), limit: "1d",
            default: "a", options: [(name: "a", text: "a"), (name: "b", text: "b", orders: [("toy", Fix)])]),"#;
    finds(
        &[("scenario.ron", r#"lead_in: "0d""#, r#"lead_in: "5d""#), ("scenario.ron", FIRST, early)],
        "Fault decision-out-of-play: decision `cake` always comes up before STARTEX",
    );
    let late = r#"decisions: [
        (name: "cake", ask: "?", role: "boss", when: At("2019-08-11 08:00"), limit: "1d",
            default: "a", options: [(name: "a", text: "a"), (name: "b", text: "b")]),"#;
    finds(
        &[("scenario.ron", FIRST, late)],
        "Fault decision-out-of-play: decision `cake` always comes up too late to matter",
    );
}

#[test]
fn a_lever_that_nothing_feels() {
    finds(
        &[("scenario.ron", "roles: [", r#"levers: {"egg.lid": true}, roles: ["#)],
        "Fault lever-without-effect: lever `egg.lid` has no effect at all",
    );
}

#[test]
fn a_lever_that_breaks_within_its_range() {
    finds(
        &[("scenario.ron", "brittle: false", "brittle: true")],
        "Fault lever-refused: lever `egg.size` cannot be set to 3, though its range says so",
    );
}

#[test]
fn a_milestone_that_is_waited_for_in_vain() {
    let to = r#"when: At("2019-08-05 10:00"), unless: ["egg.hatched"], from"#;
    finds(
        &[("scenario.ron", r#"when: At("2019-08-05 10:00"), from"#, to)],
        "Fault milestone-never-reached: milestone `egg.hatched` is waited for and never reached",
    );
}

#[test]
fn an_objective_of_no_decision() {
    let to = r#"objectives: [(name: "swim", text: "Swim.")], roles: ["#;
    finds(
        &[("scenario.ron", "roles: [", to)],
        "Fault objective-never-exercised: objective `swim` is never exercised",
    );
}

#[test]
fn a_role_with_nothing_to_do() {
    finds(
        &[("scenario.ron", "roles: [", r#"roles: [(name: "porter", title: "P", sees: []), "#)],
        "Fault role-idle: role `porter` has nothing to do",
    );
}

#[test]
fn a_role_that_waits_for_an_hour() {
    // Thirteen decisions of somebody else's make more than an hour of talk after its three messages.
    let mut lists = "injects: [".to_owned();
    for hour in 1..4 {
        lists += &format!(
            r#"(name: "note-{hour}", when: At("2019-08-02 0{hour}:00"), from: "a", text: "b", to: ["porter"]),"#
        );
    }
    let (injects, mut decisions) = (lists, FIRST.to_owned());
    for day in 3..=9 {
        for hour in [10, 14] {
            decisions += &format!(
                r#"(name: "d-{day}-{hour}", ask: "?", role: "boss", when: At("2019-08-0{day} {hour}:00"),
                    limit: "1d", default: "a", options: [(name: "a", text: "a"), (name: "b", text: "b")]),"#
            );
        }
    }
    let roles = r#"roles: [(name: "porter", title: "P", sees: ["support"]), "#;
    let edits = [
        ("scenario.ron", "injects: [", &*injects),
        ("scenario.ron", FIRST, &*decisions),
        ("scenario.ron", "roles: [", roles),
    ];
    let critique = criticised(&loaded(&edits, &[]), 120, 2);
    let said = said(&critique);
    assert!(
        said.contains(&"Fault role-idle: role `porter` has nothing to do for an hour".to_owned()),
        "{said:?}"
    );
    let idle: Vec<&String> = said.iter().filter(|s| s.contains("role-idle")).collect();
    assert_eq!(idle.len(), 1, "the boss has enough to do: {idle:?}");
}

#[test]
fn a_headline_that_never_moves() {
    finds(
        &[("scenario.ron", r#""delay", "spend"]"#, r#""delay", "spend", "weight"]"#)],
        "Fault outcome-without-spread: headline metric `weight` is the same in every run",
    );
}

#[test]
fn policies_that_do_the_same() {
    let again = toy::POLICIES[1].1.replace("\"keen\"", "\"again\"");
    assert_eq!(
        found(&[], &[("policies/again.ron", again.as_str())]),
        ["Fault policies-alike: policies `again` and `keen` do the same"]
    );
}

#[test]
fn a_rule_behind_one_that_always_holds() {
    let rules = r#"Rules([(when: Always, choose: "later"), (when: After("2h"), choose: "now")])"#;
    finds(
        &[("policies/slow.ron", r#"ChooseAfter("6h", "later")"#, rules)],
        "Fault rule-never-decides: policy `slow`: rule 2 for `speak` never decides",
    );
}

#[test]
fn an_end_that_comes_too_soon() {
    let decision = r#"decisions: [
        (name: "last-word", ask: "?", role: "boss", when: At("2019-08-10 12:00"), limit: "6h",
            default: "a", options: [(name: "a", text: "a"), (name: "b", text: "b", orders: [("toy", Now)])]),"#;
    let edits = [
        ("scenario.ron", FIRST, decision),
        ("policies/historical.ron", "decisions: { ", r#"decisions: { "last-word": Choose("b"), "#),
    ];
    let found = found(&edits, &[]);
    assert!(
        found.contains(&"Doubt outcome-still-moving: the horizon cuts `spend` short".to_owned()),
        "{found:?}"
    );
    assert!(found.iter().all(|f| f.starts_with("Doubt outcome-still-moving")), "{found:?}");
}
