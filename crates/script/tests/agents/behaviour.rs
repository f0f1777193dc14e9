//! What an agent with a script can do.

use std::collections::BTreeMap;

use hotwash_engine::{RunKey, TakeDefaults};

use crate::world::{DECLARED, result, run, sim, story, world};

const QUIET: &str = "fn told(what) {} fn hear(event) {}";

/// A script with these functions and nothing else of note.
fn with(functions: &str) -> String {
    let more = if functions.contains("fn hear") { "fn told(what) {}" } else { QUIET };
    let more = if functions.contains("fn told") { "fn hear(event) {}" } else { more };
    format!("{functions}\n{more}")
}

#[test]
fn an_event_is_heard_with_its_fields_by_name() {
    let script = with(
        "fn start() { this.sum = 0; }
         fn on_customers_complaints(event) { this.sum += event.with_ticket + event.general; }
         fn on_soc_back_doors_hunted(event) {
             if event.segment == () { add(\"result\", event.thoroughness); }
         }
         fn on_pr_statement_released(event) {
             add(\"result\", event.records.low + event.records.high);
             note(\"saw\", #{ what: event.event });
         }
         fn finish() { metric(\"audits\", this.sum); }",
    );
    let mut sim = sim(&script);
    run(&mut sim, 1).unwrap();
    // Twelve days of three complaints, six, nine ..
    assert_eq!(sim.view().metric("audits"), Some(3.0 * 78.0 + 3.0 * 13.0));
    assert_eq!(sim.view().metric("result"), Some(30.25));
    assert_eq!(story(&sim), ["T+2d 00:00 auditor saw pr.statement-released"].map(str::to_owned));
}

#[test]
fn timers_come_in_order_and_keep_their_cause() {
    let script = with(
        "fn start() {
             this.heard = [];
             after(\"1d 12h\", \"second\"); after(36, \"third\"); after(days(1), \"first\");
         }
         fn due(what) {
             note(\"saw\", #{ what: `${what} at ${now()} on ${weekday()} ${date()}` });
             if what == \"first\" { after(0, \"soon\"); }
         }",
    );
    let mut sim = sim(&script);
    run(&mut sim, 1).unwrap();
    let told = [
        "T+0d 09:00 auditor saw first at 0.0 on Mon 2024-01-01",
        "T+0d 09:00 auditor saw soon at 0.0 on Mon 2024-01-01",
        "T+0d 21:00 auditor saw second at 12.0 on Mon 2024-01-01",
        "T+0d 21:00 auditor saw third at 12.0 on Mon 2024-01-01",
    ];
    let told = told.map(|line| line.replace("09:00 aud", "00:00 aud").replace("21:00", "12:00"));
    assert_eq!(story(&sim), told);
    let entries = sim.journal().entries();
    assert_eq!(entries[1].cause, entries[0].id, "what a timer leads to has its setting as cause");
}

#[test]
fn the_calendar_can_be_asked() {
    let script = with(
        "fn start() { after(24, \"monday\"); after(24 + 9.5, \"evening\"); after(24 * 6, \"saturday\"); }
         fn due(what) {
             note(\"saw\", #{ what: `${what} ${hour()} ${is_workday()} ${is_open()} ${opens_in()}` });
         }",
    );
    let mut sim = sim(&script);
    run(&mut sim, 1).unwrap();
    let says: Vec<String> =
        story(&sim).iter().map(|l| l.split(" saw ").nth(1).unwrap().to_owned()).collect();
    assert_eq!(
        says,
        [
            "monday 9.0 true true 0.0",
            "evening 18.5 true false 14.5",
            "saturday 9.0 false false 48.0"
        ]
    );
}

#[test]
fn evidence_moves_beliefs_that_the_agent_may_read() {
    let script = with(
        "fn on_pr_statement_released(event) {
             this.before = believes(\"public\", \"records-taken\");
             evidence(\"tip\", 1.0);
             after(1, \"look\");
         }
         fn due(what) { metric(\"result\", believes(\"public\", \"records-taken\") - this.before); }",
    );
    let mut sim = sim(&script);
    run(&mut sim, 1).unwrap();
    let moved = sim.view().metric("result").unwrap();
    assert!((moved - (5.0 / 5.9 - 0.1)).abs() < 0.01, "{moved}");
    assert!(sim.milestones().iter().enumerate().any(|(i, at)| {
        at.is_some() && sim.catalogue().milestones[i].name == "public.believes"
    }));
}

#[test]
fn orders_reach_whom_the_scenario_says_and_milestones_are_reached() {
    let script = with(
        "fn on_pr_statement_released(event) { give(\"thank\"); }
         fn told(what) { note(\"saw\", #{ what: what }); reach(\"auditor.alarm\"); }",
    );
    let mut sim = sim(&script);
    run(&mut sim, 1).unwrap();
    assert_eq!(story(&sim), ["T+2d 00:00 auditor saw thanks"].map(str::to_owned));
    assert_eq!(sim.journal().entries()[0].milestones.len(), 1);
}

#[test]
fn numbers_are_one_value_a_run_and_samples_are_many() {
    let script = with(
        "fn start() {
             this.same = number(\"patience\") == number(\"patience\");
             this.fresh = sample(\"patience\", \"notice\") != sample(\"patience\", \"notice\");
             metric(\"result\", number(\"patience\"));
             metric(\"audits\", if this.same && this.fresh { 1 } else { 0 });
         }",
    );
    let mut sim = sim(&script);
    let mut seen = Vec::new();
    for seed in 0..5 {
        run(&mut sim, seed).unwrap();
        assert_eq!(sim.view().metric("audits"), Some(1.0));
        seen.push(sim.view().metric("result").unwrap());
    }
    assert!(seen.windows(2).all(|two| two[0] != two[1]), "{seen:?}");
    assert!(seen.iter().all(|days| (0.1..60.0).contains(days)), "{seen:?}");
    assert!(sim.catalogue().params.iter().any(|p| p.path == "script.auditor.patience"));
}

#[test]
fn levers_are_read_as_they_are_set() {
    let script = with(
        "fn start() {
             note(\"saw\", #{ what: `${lever(\"bold\")} ${lever(\"level\")} ${lever(\"share\")} ${lever(\"wait\")} ${lever(\"mode\")}` });
         }",
    );
    let scenario = world(DECLARED, &script).unwrap();
    let mut told = Vec::new();
    for set in [
        &[][..],
        &[("bold", "true"), ("level", "7"), ("share", "0.25"), ("wait", "3d"), ("mode", "fast")],
    ] {
        let set: BTreeMap<String, String> =
            set.iter().map(|(n, v)| (format!("script.auditor.{n}"), (*v).to_owned())).collect();
        let mut sim = scenario.build(&set, None).unwrap();
        run(&mut sim, 1).unwrap();
        told.extend(story(&sim));
    }
    assert!(told[0].ends_with("saw false 3 0.5 48.0 slow"), "{told:?}");
    assert!(told[1].ends_with("saw true 7 0.25 72.0 fast"), "{told:?}");
    let wrong = BTreeMap::from([("script.auditor.level".to_owned(), "12".to_owned())]);
    assert!(scenario.build(&wrong, None).is_err());
}

#[test]
fn chance_is_the_agents_own_and_its_numbered_draws_stay() {
    let draws = |body: &str| result(&with(&format!("fn start() {{ {body} }}")), "result").unwrap();
    // A draw of another stream, or more draws before, do not move a numbered one.
    let plain = draws("metric(\"result\", uniform_at(\"notice\", 5));");
    let after_others = draws(
        "for i in 0..9 { uniform(\"notice\"); uniform(\"other\"); }
         metric(\"result\", uniform_at(\"notice\", 5));",
    );
    assert_eq!(plain.to_bits(), after_others.to_bits());
    let first = draws("metric(\"result\", uniform(\"notice\"));");
    assert_eq!(first, draws("metric(\"result\", uniform_at(\"notice\", 0));"));
    assert_ne!(first, draws("metric(\"result\", uniform(\"other\"));"));
}

#[test]
fn samplers_have_the_means_they_are_asked_for() {
    for (expression, mean, spread) in [
        ("normal(\"notice\", 5, 2)", 5.0, 2.0),
        ("exponential(\"notice\", 4)", 4.0, 4.0),
        ("binomial(\"notice\", 100, 0.3)", 30.0, 4.6),
        ("poisson(\"notice\", 7)", 7.0, 2.65),
        ("below(\"notice\", 11)", 5.0, 3.2),
        ("if chance(\"notice\", 0.25) { 1 } else { 0 }", 0.25, 0.44),
        ("lognormal(\"notice\", 10, 0.5)", 10.0 * libm::exp(0.125), 6.1),
        ("uniform(\"notice\")", 0.5, 0.29),
    ] {
        let script = with(&format!(
            "fn start() {{ let sum = 0.0; for i in 0..2000 {{ sum += {expression}; }} metric(\"result\", sum / 2000); }}"
        ));
        let got = result(&script, "result").unwrap();
        // Five standard errors.
        let allowed = 5.0 * spread / 2000.0_f64.sqrt();
        assert!((got - mean).abs() < allowed, "{expression}: {got}, not {mean}");
    }
}

#[test]
fn a_run_leaves_nothing_for_the_next() {
    let script = with(
        "fn start() {
             if \"count\" in this { throw \"something was left\"; }
             this.count = 0; this.list = [];
         }
         fn on_customers_complaints(event) { this.count += 1; this.list.push(event.general); add(\"audits\", 1); }
         fn finish() { metric(\"result\", this.list.len + this.count); }",
    );
    let mut sim = sim(&script);
    for seed in [1, 2, 1] {
        sim.run(RunKey::single(seed), &mut TakeDefaults).unwrap();
        assert_eq!(sim.view().metric("audits"), Some(12.0 + 1.0));
        assert_eq!(sim.view().metric("result"), Some(26.0));
    }
    sim.reset(RunKey::single(3));
    assert_eq!(sim.view().metric("audits"), None, "a metric has no value before a run");
}

#[test]
fn the_language_has_what_the_guide_lists() {
    let script = with(
        "fn start() {
             let a = [3, 1, 2];
             a.push(4); a.insert(0, 9); a.reverse();
             let text = \"Hello\";
             let m = #{ x: 1, y: 2.5 };
             m.remove(\"x\");
             let ok = a.len() == 5 && a.pop() == 9 && a.shift() == 4 && a.contains(1) && 2 in a
                 && a.index_of(3) == 2 && a.remove(0) == 2 && !a.is_empty()
                 && text.len() == 5 && text.to_upper() == \"HELLO\" && text.to_lower() == \"hello\"
                 && text.sub_string(1, 2) == \"el\" && text.starts_with(\"He\") && text.ends_with(\"lo\")
                 && text.contains(\"ell\") && text.index_of(\"l\") == 2
                 && text.split(\"e\").len() == 2 && m.keys().len() == 1 && m.values()[0] == 2.5
                 && abs(-3) == 3 && sign(-2.5) == -1 && min(2, 3) == 2 && max(2.0, 3) == 3.0
                 && floor(2.7) == 2.0 && ceil(2.1) == 3.0 && round(2.5) == 3.0 && to_int(2.9) == 2
                 && to_float(2) == 2.0 && parse_int(\"12\") == 12 && parse_float(\"1.5\") == 1.5
                 && 7 % 3 == 1 && (1 + 2) * 3 == 9 && to_string(1.5) == \"1.5\" && type_of(1) == \"i64\";
             for i in range(0, 10, 5) { if i > 5 { ok = false; } }
             let replaced = text; replaced.replace(\"l\", \"L\"); replaced.trim();
             a.clear();
             metric(\"result\", if ok && replaced == \"HeLLo\" && a.is_empty() { 1 } else { 0 });
         }",
    );
    assert_eq!(result(&script, "result"), Some(1.0));
}

#[test]
fn mathematics_is_libms_to_the_last_bit() {
    type OfOne = fn(f64) -> f64;
    let functions: [(&str, OfOne); 9] = [
        ("sqrt", libm::sqrt),
        ("exp", libm::exp),
        ("ln", libm::log),
        ("log10", libm::log10),
        ("sin", libm::sin),
        ("cos", libm::cos),
        ("floor", libm::floor),
        ("ceil", libm::ceil),
        ("round", libm::round),
    ];
    for i in 1..40 {
        let x = f64::from(i) * 0.737 + 0.011;
        for (name, function) in functions {
            let script = with(&format!("fn start() {{ metric(\"result\", {name}({x:?})); }}"));
            // Compiling is what takes the time: every tenth argument for the plain ones.
            if i % 10 == 1 || ["exp", "ln", "sin"].contains(&name) && i % 4 == 1 {
                let got = result(&script, "result").unwrap();
                assert_eq!(got.to_bits(), function(x).to_bits(), "{name}({x})");
            }
        }
    }
    let got = result(&with("fn start() { metric(\"result\", pow(1.1, 3.7)); }"), "result").unwrap();
    assert_eq!(got.to_bits(), libm::pow(1.1, 3.7).to_bits());
}
