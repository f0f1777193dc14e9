//! Mistakes that are found when a scenario is loaded, each at its place with a way to mend it.

use crate::world::{DECLARED, mistakes, read, text};

fn one(declared: &str, script: &str) -> String {
    let found = mistakes(declared, script);
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].clone()
}

const GOOD: &str = "fn hear(event) {} fn told(what) {}";

#[test]
fn a_sound_script_has_none() {
    assert_eq!(mistakes(DECLARED, GOOD), Vec::<String>::new());
    assert_eq!(mistakes("", ""), Vec::<String>::new(), "an agent may do nothing at all");
}

#[test]
fn what_cannot_be_read_is_shown_at_its_place() {
    let found = one(DECLARED, "fn hear(event) {}\nfn told(what) {\n  let x = ;\n}");
    assert!(found.starts_with("auditor.rhai:3:11: this cannot be read:"), "{found}");
    let found = one(DECLARED, "fn hear(event) {}\nfn told(what) { let x = (1;\n}");
    assert!(found.starts_with("auditor.rhai:2:"), "{found}");
    let found = one(DECLARED, "fn hear(event) {}\nfn told(what) { x = 1; }");
    assert!(found.starts_with("auditor.rhai:2:17: no variable is called `x`"), "{found}");
    let found = one(DECLARED, "fn hear(event) {} fn told(what) {\n");
    assert!(found.contains("expecting '}'"), "{found}");
}

#[test]
fn functions_that_do_not_exist_are_named() {
    let found = one(DECLARED, &format!("{GOOD}\nfn start() {{\n  chanse(\"notice\", 1.0);\n}}"));
    assert_eq!(found, "auditor.rhai:3:3: no function is called `chanse` (did you mean `chance`?)");
    let found = one(DECLARED, &format!("{GOOD}\nfn start() {{ this.lok(); }} fn look() {{}}"));
    assert!(found.contains("did you mean `look`?"), "{found}");
}

#[test]
fn names_that_are_not_declared_are_found_before_a_run() {
    for (call, near) in [
        (
            "chance(\"notise\", 0.5)",
            "no stream of this agent is called `notise` (did you mean `notice`?)",
        ),
        (
            "number(\"patient\")",
            "no number of this agent is called `patient` (did you mean `patience`?)",
        ),
        ("lever(\"bald\")", "did you mean `bold`?"),
        ("evidence(\"tips\", 1.0)", "did you mean `tip`?"),
        ("give(\"thanks\")", "did you mean `thank`?"),
        ("reach(\"auditor.alarms\")", "did you mean `auditor.alarm`?"),
        ("note(\"say\")", "did you mean `saw`?"),
        ("add(\"audit\", 1)", "did you mean `audits`?"),
    ] {
        let found = one(DECLARED, &format!("{GOOD}\nfn start() {{ {call}; }}"));
        assert!(found.starts_with("auditor.rhai:2:") && found.contains(near), "{found}");
    }
}

#[test]
fn what_is_heard_needs_somebody_who_hears() {
    let found = one("hears: [\"customers.complaints\"],", "fn start() {}");
    assert!(
        found.starts_with("scenario.ron:")
            && found.contains("nothing in the script hears `customers.complaints`"),
        "{found}"
    );
    assert!(found.contains("fn on_customers_complaints(event) { .. }"), "{found}");
    let found = one("", "fn on_customers_complaints(event) {}");
    assert!(found.contains("the agent hears no event for `on_customers_complaints`"), "{found}");
    let found = one(DECLARED, "fn hear() {} fn told(what) {}");
    assert!(found.contains("called by the simulation as `hear(event)`"), "{found}");
    let found = one("told: [\"x\"],", "");
    assert!(found.contains("write `fn told(what) { .. }`"), "{found}");
    let found = one("", "fn start() { after(1, \"x\"); }");
    assert!(found.contains("nothing is called when it is due"), "{found}");
    let found = one("hears: [\"customers.complaint\"],", GOOD);
    assert!(
        found.starts_with("scenario.ron:")
            && found.contains("did you mean `customers.complaints`?"),
        "{found}"
    );
}

#[test]
fn only_functions_stand_in_a_script() {
    let found = one("", "let x = 1;\nfn start() {}");
    assert!(found.starts_with("auditor.rhai:1:1: only functions may stand here"), "{found}");
    let found = one("", "fn start() {}\nconst Y = 2;");
    assert!(found.starts_with("auditor.rhai:2:1: only functions"), "{found}");
    let found = one("", "fn chance(a, b) { true }");
    assert!(found.contains("`chance` is a function already"), "{found}");
    let found = one("", "fn len(a) { 3 }");
    assert!(found.contains("`len` is a function already"), "{found}");
}

#[test]
fn declarations_are_checked_where_they_stand() {
    for (declared, part) in [
        (
            "milestones: [(name: \"soc.contained\", about: \"x\")],",
            "is not this agent's own (call it `auditor.contained`)",
        ),
        ("orders: [\"nothing\"],", "no orders are called `nothing`"),
        (
            "evidence: [(name: \"tipp\", to: Tip)],",
            "no evidence is called `tipp` (did you mean `tip`?)",
        ),
        ("streams: [\"a\", \"a\"],", "two streams of this agent are called `a`"),
        (
            "entries: [(name: \"a\", says: \"x\", lane: World, weight: Notable, seen_by: [\"sock\"])],",
            "no viewer is called `sock` (did you mean `soc`?)",
        ),
        (
            "entries: [(name: \"a\", says: \"x\", lane: World, weight: Notable, message: (form: \"emale\"))],",
            "no form of message is called `emale`",
        ),
        (
            "levers: [(name: \"a\", about: \"x\", kind: Count(default: 9, min: 0, max: 3, source: \"t\"))],",
            "the default 9 lies outside",
        ),
        (
            "levers: [(name: \"a\", about: \"x\", kind: Count(default: 1, min: 0, max: 3))],",
            "source",
        ),
        ("numbers: {\"a\": Days(3)},", "has no source"),
        (
            "metrics: [(name: \"days-withheld\", unit: \"d\", better: Lower, bearer: Vendor, about: \"x\")],",
            "two metrics are called `days-withheld`",
        ),
        ("unknown: 3,", "unknown"),
    ] {
        let found = mistakes(declared, "");
        assert!(found.iter().any(|f| f.contains(part)), "{declared}: {found:#?}");
        assert!(found.iter().all(|f| f.starts_with("scenario.ron:")), "{declared}: {found:#?}");
    }
}

#[test]
fn an_agent_has_one_behaviour() {
    let none = text("", "title: \"x\"");
    let found = read(&[("scenario.ron", &none)]).unwrap_err();
    assert!(found[0].to_string().contains("the agent `auditor` has no behaviour"), "{found:?}");
    let missing = text("", "code: File(\"no.rhai\")");
    let found = read(&[("scenario.ron", &missing)]).unwrap_err();
    assert!(found[0].to_string().contains("no.rhai"), "{found:?}");
}

#[test]
fn two_agents_are_two() {
    let twice = text("", "code: File(\"a.rhai\")").replace(
        "(agents: [",
        "(agents: [(name: \"auditor\", about: \"x\", code: File(\"a.rhai\")), ",
    );
    let found = read(&[("scenario.ron", &twice), ("a.rhai", "")]).unwrap_err();
    assert!(found[0].to_string().contains("two agents are called `auditor`"), "{found:?}");
}
