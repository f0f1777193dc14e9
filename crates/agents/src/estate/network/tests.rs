//! The network in a small simulation: what is logged, what raises alerts, and what the levers do.

use hotwash_engine::{Audience, Kind, On, Simulation, Start, Weight};
use hotwash_incident::network::SharedNetwork;
use hotwash_incident::{Act, StoreId, view};

use crate::network_stage::{
    CODE, CORE, LAB, OFFICE, Play, Stage, StageConfig, builder, builder_of, estate, finish, metric,
    run,
};

const SEEDS: u64 = 25;

/// Forty acts of each kind in all segments, and a terabyte a week at a rate.
fn prowl(settings: &[(&str, &str)], visibility: f64, mbit_s: f64) -> Simulation {
    let mut plays = Vec::new();
    for (i, act) in Act::ALL.into_iter().enumerate() {
        for day in 0..40_u32 {
            let segment = [LAB, OFFICE, CORE, CODE][day as usize % 4];
            plays.push((f64::from(day * 7) + i as f64 / 10.0, Play::Do(act, segment)));
        }
    }
    plays
        .extend((0..40_u32).map(|k| (f64::from(k * 7) + 2.0, Play::Take(StoreId(1), 1.0, mbit_s))));
    let mut sim = builder(settings, visibility, true);
    sim.plugin::<Stage>(StageConfig::new(&plays));
    finish(sim)
}

fn over_seeds(mut sim: Simulation, name: &str) -> Vec<f64> {
    (0..SEEDS)
        .map(|seed| {
            run(&mut sim, seed);
            metric(&sim, name)
        })
        .collect()
}

fn never_less(less: &[f64], more: &[f64]) {
    assert!(less.iter().zip(more).all(|(a, b)| a <= b), "{less:?}\n{more:?}");
    assert!(less.iter().sum::<f64>() < more.iter().sum::<f64>(), "it makes a difference");
}

#[test]
fn better_visibility_never_loses_a_trace_or_an_alert() {
    for name in ["acts-logged", "host-alerts-real", "transfer-alerts-real"] {
        let of = |visibility| over_seeds(prowl(&[], visibility, 300.0), name);
        never_less(&of(0.3), &of(0.7));
        let levers = [("estate.visibility", "everywhere")];
        never_less(&of(0.3), &over_seeds(prowl(&levers, 0.3, 300.0), name));
    }
}

#[test]
fn watching_never_loses_an_alert() {
    let of = |levers: &[(&str, &str)]| over_seeds(prowl(levers, 0.8, 30.0), "host-alerts-real");
    let none = of(&[]);
    for lever in [
        ("estate.watch_remote_tools", "true"),
        ("estate.watch_movement", "core"),
        ("estate.watch_transfers", "true"),
    ] {
        never_less(&none, &of(&[lever]));
    }
    never_less(&of(&[("estate.watch_movement", "core")]), &of(&[("estate.watch_movement", "all")]));
}

#[test]
fn slower_transfers_never_raise_more_alerts() {
    let of = |rate| {
        over_seeds(prowl(&[("estate.watch_transfers", "true")], 0.8, rate), "transfer-alerts-real")
    };
    never_less(&of(10.0), &of(30.0));
    never_less(&of(30.0), &of(90.0));
}

#[test]
fn better_visibility_of_the_core_leaves_the_rest_as_it_was() {
    let levers = [("estate.visibility", "core")];
    let all = [("estate.visibility", "everywhere")];
    let of = |levers: &[(&str, &str)]| over_seeds(prowl(levers, 0.3, 30.0), "acts-logged");
    never_less(&of(&[]), &of(&levers));
    never_less(&of(&levers), &of(&all));
    // A segment that is seen better than that stays as it is.
    let seen = |levers: &[(&str, &str)]| over_seeds(prowl(levers, 0.95, 30.0), "acts-logged");
    assert_eq!(seen(&[]), seen(&all));
}

#[test]
fn controls_cost_false_alerts_and_one_event_a_week_each() {
    let all = [
        ("estate.watch_remote_tools", "true"),
        ("estate.watch_movement", "all"),
        ("estate.watch_transfers", "true"),
    ];
    let noise = |levers: &[(&str, &str)]| {
        over_seeds(prowl(levers, 0.5, 30.0), "host-alerts-false").iter().sum::<f64>() / SEEDS as f64
    };
    let weeks = 57.0;
    assert!((noise(&[]) / weeks - 0.5).abs() < 0.1, "logins only");
    assert!((noise(&all) / weeks - 28.5).abs() < 1.5, "{}", noise(&all) / weeks);
    let core = [("estate.watch_movement", "core")];
    assert!((noise(&core) / weeks - 3.0).abs() < 0.5, "half of the machines are core");
    let mut sim = prowl(&all, 0.0, 30.0);
    run(&mut sim, 1);
    let lines = sim.journal().entries().iter().filter(|e| e.kind.name == "estate.host-alerts");
    assert!(lines.count() <= 4 * 57, "at most one a week for each control");
    assert_eq!(metric(&sim, "host-alerts-real"), 0.0, "nothing is seen of the acts");
}

#[test]
fn passwords_tried_from_outside_are_no_trace_of_somebody_inside() {
    let guesses: Vec<_> =
        (0..400).map(|k| (f64::from(k) / 2.0, Play::Do(Act::Guess, LAB))).collect();
    let make = |inside: &[(f64, Play)]| {
        let mut config = estate(1.0);
        let network = config.network.as_mut().unwrap();
        network.monitoring.guess = crate::testkit::p(0.1);
        let mut plays = guesses.clone();
        plays.extend(inside);
        let mut sim = builder_of(&[], config, true);
        sim.plugin::<Stage>(StageConfig::new(&plays));
        finish(sim)
    };
    let mut sim = make(&[]);
    run(&mut sim, 1);
    assert_eq!(crate::testkit::metric(&sim, "acts-logged"), None, "nobody was inside");
    assert!(metric(&sim, "host-alerts-real") > 10.0, "they still raise alerts");
    let mut sim = make(&[(250.0, Play::Do(Act::Login, LAB))]);
    run(&mut sim, 1);
    assert_eq!(metric(&sim, "acts-logged"), 1.0);
}

/// What the book says of how well the lab is seen in a run.
fn seen(lever: &str, as_built: f64, improved: f64) -> f64 {
    let mut config = estate(as_built);
    config.network.as_mut().unwrap().improved_visibility = crate::testkit::p(improved);
    let mut sim = builder_of(&[("estate.visibility", lever)], config, true);
    let book = sim.shared::<SharedNetwork>().unwrap();
    let stage = sim.actor("stage");
    sim.on(move |mut on: On<'_, Start>| {
        let visibility = book.segment(LAB).visibility(&mut on);
        on.note(&SEEN, stage, |n| n.with("share", format!("{visibility:.9}")));
    });
    let mut sim = finish(sim);
    run(&mut sim, 1);
    let said = sim.journal().entries().iter().find(|e| e.kind.name == SEEN.name);
    said.unwrap().say(SEEN.says).parse().unwrap()
}

static SEEN: Kind = Kind {
    name: "stage.seen",
    lane: view::TRUTH,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "{share}",
    tags: &[],
};

#[test]
fn improving_a_segment_never_lowers_what_is_seen_of_it() {
    for (as_built, improved) in [(0.2, 0.7), (0.7, 0.2), (0.95, 0.9)] {
        assert_eq!(seen("as-built", as_built, improved), as_built);
        assert_eq!(seen("core", as_built, improved), as_built, "the lab is not core");
        assert_eq!(seen("everywhere", as_built, improved), as_built.max(improved));
    }
}

#[test]
fn wrong_names_are_refused_with_a_hint() {
    let problem = |change: fn(&mut crate::estate::NetworkConfig)| {
        let mut config = estate(0.5);
        change(config.network.as_mut().unwrap());
        let mut sim = crate::testkit::builder(10, &[]);
        sim.plugin::<crate::estate::EstatePlugin>(config);
        sim.finish().err().unwrap()[0].clone()
    };
    // The leak's case knows no `source-taken`: the third store names it.
    let found = problem(|_| {});
    assert_eq!(
        (found.plugin.as_str(), found.path.as_str()),
        ("estate", "network.stores[2].makes_true[0]")
    );
    let found = problem(|n| n.segments[0].links[0] = "offise".parse().unwrap());
    assert_eq!(found.path, "network.segments[0].links[0]");
    assert_eq!(found.hint.as_deref(), Some("did you mean `office`?"));
    let found = problem(|n| n.segments[1].name = "lab".parse().unwrap());
    assert_eq!(found.path, "network.segments[1].name");
    let found = problem(|n| n.segments[0].exposed = false);
    assert!(found.hint.unwrap().contains("exposed"));
}
