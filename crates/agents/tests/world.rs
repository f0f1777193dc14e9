//! The world side together: customers, the store, the insider and the call centre, on fixed numbers.
#![allow(clippy::unwrap_used, reason = "helpers of tests may panic")]

mod world {
    pub(crate) mod fixture;
}

use hotwash_agents::{customers, estate, insider, scam};
use hotwash_engine::{SimBuilder, Weight};
use hotwash_incident::case::Case;
use world::fixture::{self, Act, metric, reached, run, world};

const SEEDS: u64 = 12;

#[test]
fn a_theft_becomes_calls_and_calls_become_complaints() {
    let mut sim = world(&[], vec![]);
    for seed in 0..SEEDS {
        run(&mut sim, seed);
        let day = |name| reached(&sim, name).unwrap();
        let order = [
            day("truth.first-malicious-action/leak"),
            day("truth.first-exfiltration/leak"),
            day("truth.first-call"),
            day("customers.first-complaint"),
        ];
        assert!(order.is_sorted(), "{order:?}");
        assert_eq!(day("vendor.first-signal/leak"), order[3]);
        assert_eq!(metric(&sim, "records-taken"), 20_000.0);
        assert_eq!(metric(&sim, "records-sold"), 20_000.0);
        assert!(metric(&sim, "customers-called") > 5_000.0);
        assert_eq!(metric(&sim, "customers-called"), metric(&sim, "calls-answered"));
        assert!(metric(&sim, "victims") > 100.0);
        assert_eq!(metric(&sim, "victims-loss"), 400.0 * metric(&sim, "victims"));
        assert!(metric(&sim, "warnings-ignored") > 10.0);
        assert_eq!(metric(&sim, "share-warned-before-call"), 0.0);
        assert!(metric(&sim, "customers-lost") > 0.0);
        assert!(sim.entries().0 < 1_000, "{:?}", sim.entries());
    }
}

#[test]
fn a_used_world_runs_like_a_fresh_one() {
    let acts = vec![(20, Act::Warn(0.3)), (30, Act::Article(0.2, 0.5)), (40, Act::Suspend)];
    let levers = [("estate.access_monitoring", "peer"), ("estate.canaries", "200")];
    let mut used = world(&levers, acts.clone());
    for seed in [3, 4, 3] {
        let tell = |sim: &mut hotwash_engine::Simulation| {
            sim.record_journal(true);
            run(sim, seed);
            let lines: Vec<String> = sim
                .journal()
                .entries()
                .iter()
                .map(|e| format!("{} {:?} {}", e.at, e.cause, e.say(e.kind.says)))
                .collect();
            lines
        };
        assert_eq!(tell(&mut used), tell(&mut world(&levers, acts.clone())));
    }
}

#[test]
fn every_sentence_is_filled_and_the_story_is_short() {
    let acts = vec![
        (9, Act::Alarm),
        (20, Act::Say(1)),
        (30, Act::Say(0)),
        (31, Act::Article(0.3, 0.9)),
        (32, Act::Refuted(0.8)),
        (35, Act::Letters(9_000)),
        (36, Act::Letters(9_000)),
        (60, Act::Raid),
    ];
    let mut sim = world(&[("estate.access_monitoring", "volume")], acts);
    sim.record_journal(true);
    run(&mut sim, 1);
    let entries = sim.journal().entries();
    for entry in entries {
        let said = entry.say(entry.kind.says);
        assert!(!said.contains('{'), "{}: {said}", entry.kind.name);
    }
    let story = entries.iter().filter(|e| e.kind.weight > Weight::Routine).count();
    assert!((10..50).contains(&story), "{story} lines");
}

#[test]
fn a_store_without_controls_raises_no_alert() {
    let mut sim = world(&[], vec![]);
    run(&mut sim, 1);
    assert_eq!(metric(&sim, "access-alerts-real") + metric(&sim, "access-alerts-false"), 0.0);
}

#[test]
fn closer_watching_sees_more_and_changes_no_theft() {
    let watched = |method| world(&[("estate.access_monitoring", method)], vec![]);
    let (mut none, mut volume, mut peer) = (watched("none"), watched("volume"), watched("peer"));
    for seed in 0..SEEDS {
        for sim in [&mut none, &mut volume, &mut peer] {
            run(sim, seed);
        }
        let real = |sim| metric(sim, "access-alerts-real");
        assert!(real(&volume) <= real(&peer) && real(&peer) > 0.0, "seed {seed}");
        assert!(metric(&volume, "access-alerts-false") > 0.0);
        assert_eq!(metric(&none, "victims"), metric(&peer, "victims"));
    }
}

#[test]
fn need_checks_leave_him_fewer_records() {
    let mut sim = world(&[("estate.need_checks", "true")], vec![]);
    run(&mut sim, 1);
    assert_eq!(metric(&sim, "records-taken"), 8_000.0);
}

#[test]
fn an_account_shut_early_saves_records() {
    let (mut open, mut shut) = (world(&[], vec![]), world(&[], vec![(15, Act::Suspend)]));
    for seed in 0..SEEDS {
        run(&mut open, seed);
        run(&mut shut, seed);
        assert!(metric(&shut, "records-taken") < metric(&open, "records-taken"));
        assert!(metric(&shut, "records-sold") < metric(&shut, "records-taken"));
        assert_eq!(reached(&shut, "truth.last-exfiltration/leak"), Some(15.0));
    }
}

#[test]
fn a_scared_insider_still_sells_what_he_has() {
    let mut sim = world(&[], vec![(15, Act::Alarm)]);
    run(&mut sim, 1);
    assert!(metric(&sim, "records-taken") < 20_000.0);
    assert_eq!(metric(&sim, "records-sold"), metric(&sim, "records-taken"));
    assert!(reached(&sim, "truth.last-exfiltration/leak").unwrap() > 15.0);
}

#[test]
fn an_earlier_warning_never_makes_more_victims() {
    let mut worlds = [None, Some(60), Some(30), Some(5)]
        .map(|day| world(&[], day.map_or_else(Vec::new, |day| vec![(day, Act::Warn(0.7))])));
    for seed in 0..3 * SEEDS {
        let victims = worlds.each_mut().map(|sim| {
            run(sim, seed);
            (metric(sim, "victims"), metric(sim, "victims-loss"), metric(sim, "calls-answered"))
        });
        assert!(victims.is_sorted_by(|a, b| a.0 >= b.0 && a.1 >= b.1 && a.2 == b.2), "{victims:?}");
        assert!(victims[3].0 < victims[0].0);
    }
}

#[test]
fn a_raid_ends_the_calls() {
    let (mut free, mut raided) = (world(&[], vec![]), world(&[], vec![(20, Act::Raid)]));
    run(&mut free, 2);
    run(&mut raided, 2);
    assert!(metric(&raided, "calling-days") < metric(&free, "calling-days"));
    assert!(metric(&raided, "calling-days") <= 20.0);
}

#[test]
fn canaries_are_called() {
    let mut sim = world(&[("estate.canaries", "1000")], vec![]);
    for seed in 0..SEEDS {
        run(&mut sim, seed);
        // The twenty-fifth part of the store is taken, half of it has a telephone number and is called.
        let calls = metric(&sim, "stage-canary-calls");
        assert!(calls > 15.0 && calls < 80.0, "{calls}");
    }
}

#[test]
fn own_disclosure_hurts_less_than_exposure_and_refutation_more() {
    let after = |acts: Vec<(i64, Act)>| {
        let mut sim = world(&[], acts);
        run(&mut sim, 5);
        (metric(&sim, "trust-lowest"), metric(&sim, "customers-lost"))
    };
    let silent = after(vec![]);
    let advised = after(vec![(100, Act::Say(1))]);
    let disclosed = after(vec![(100, Act::Say(0))]);
    let exposed = after(vec![(100, Act::Article(0.2, 1.0))]);
    let refuted = after(vec![(100, Act::Article(0.2, 1.0)), (100, Act::Refuted(0.9))]);
    let other_way = after(vec![(100, Act::Refuted(0.9)), (100, Act::Article(0.2, 1.0))]);
    let rows = [silent, advised, disclosed, exposed, refuted];
    assert!(rows.is_sorted_by(|a, b| a.0 > b.0 && a.1 < b.1), "{rows:?}");
    assert!((refuted.0 - other_way.0).abs() < 1e-9, "{refuted:?} {other_way:?}");
}

#[test]
fn letters_warn_those_who_get_them() {
    let mut sim = world(&[], vec![(10, Act::Letters(4_000)), (12, Act::Letters(20_000))]);
    run(&mut sim, 1);
    let warned = metric(&sim, "share-warned-before-call");
    assert!(warned > 0.2 && warned < 0.5, "{warned}");
}

#[test]
fn an_authors_mistakes_are_named() {
    let problem = |build: &dyn Fn(&mut SimBuilder)| {
        let mut sim = fixture::builder(&[]);
        sim.plugin::<Case>(fixture::case());
        build(&mut sim);
        sim.finish().map(|_| ()).unwrap_err().remove(0)
    };
    let mut config = fixture::customers();
    config.calls.as_mut().unwrap().breach = "record-taken".parse().unwrap();
    let config = std::cell::RefCell::new(Some(config));
    let found = problem(&|sim| {
        sim.plugin::<customers::CustomersPlugin>(config.take().unwrap());
    });
    assert_eq!((found.plugin.as_str(), found.path.as_str()), ("customers", "calls.breach"));
    assert_eq!(found.hint.as_deref(), Some("did you mean `records-taken`?"));

    let found = problem(&|sim| {
        sim.plugin::<estate::EstatePlugin>(fixture::estate());
        let mut config = fixture::insider();
        config.first_sale = "2017-01-01".into();
        sim.plugin::<insider::InsiderPlugin>(config);
    });
    assert_eq!((found.plugin.as_str(), found.path.as_str()), ("insider", "first_sale"));

    let found = problem(&|sim| {
        sim.plugin::<customers::CustomersPlugin>(fixture::customers());
        let mut config = fixture::scam();
        config.calls_at = hotwash_engine::SimDuration::from_hours(30);
        sim.plugin::<scam::ScamPlugin>(config);
    });
    assert_eq!((found.plugin.as_str(), found.path.as_str()), ("scam", "calls_at"));

    let found = problem(&|sim| sim.plugin::<scam::ScamPlugin>(fixture::scam()));
    assert!(found.message.contains("CohortBook"), "{found:?}");
}
