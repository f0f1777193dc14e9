//! The leaver in a small network, with a stage that plays the security team.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{
    Actor, Calendar, Days, Event, JsonSchema, NoOrder, On, Plugin, Problem, RunKey, Share,
    SimBuilder, SimDuration, SimTime, Simulation, Single, Start, TakeDefaults, Usd, schemars,
    state,
};
use hotwash_incident::case::Case;
use hotwash_incident::events::{
    BackDoorsHunted, CostIncurred, CredentialsReset, DataTaken, HostAlert, HostileAct,
    MachinesReimaged, SecurityTold, SegmentQuarantined, SegmentReleased,
};
use hotwash_incident::network::{SegmentInfo, SharedNetwork, StoreInfo};
use hotwash_incident::{Act, Footprints, NetworkBook, SegmentId, StoreKind};

use super::*;
use crate::testkit::{case, count_of, day_of, metric, p, slug};

/// What the stage does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Order(LeaverOrder),
    Reset,
    Hunt(f64),
    Reimage,
    CutOff,
    LetIn,
}

#[derive(Clone, Copy, Debug)]
struct Due(usize);
impl Event for Due {
    const NAME: &'static str = "stage.due";
}

state! {
    /// What the stage has seen.
    struct Tally {
        acts: u64,
        entries: u64,
        real: u64,
        odd: u64,
        tb: f64,
        usd: f64,
    }
}

#[derive(Clone, serde::Deserialize, JsonSchema)]
struct StageConfig {
    #[serde(skip)]
    deeds: Vec<(i64, Deed)>,
    second_factor: bool,
}

/// Plays the estate and the security team.
struct Stage;

fn network(actor: Actor, second_factor: bool, sim: &mut SimBuilder) -> NetworkBook {
    let segment = |name: &str, sim: &mut SimBuilder| SegmentInfo {
        name: slug(name),
        title: format!("the {name}"),
        is_exposed: name == "office",
        holds_directory: false,
        links: vec![],
        hosts: sim.param(&format!("{name}.hosts"), p(100.0)),
        visibility: sim.param(&format!("{name}.visibility"), p::<Share>(0.5)),
        improved: None,
        standstill_usd_per_day: sim.param(&format!("{name}.standstill"), p::<Usd>(0.0)),
    };
    let store = |name: &str, kind, sim: &mut SimBuilder| StoreInfo {
        name: slug(name),
        title: format!("the {name}"),
        kind,
        segment: SegmentId(1),
        size: sim.param(&format!("{name}.size"), p(5.0)),
        age: sim.param(&format!("{name}.age"), p::<Days>(100.0)),
        makes_true: vec![],
    };
    NetworkBook {
        actor,
        segments: vec![segment("office", sim), segment("research", sim)],
        stores: vec![
            store("code", StoreKind::SourceCode, sim),
            store("documents", StoreKind::Documents, sim),
        ],
        log_retention: SimDuration::from_days(90),
        second_factor: second_factor.then(|| sim.param("second_factor", p(0.1))),
    }
}

impl Plugin for Stage {
    const NAME: &'static str = "stage";
    const ABOUT: &'static str = "plays the estate and the security team";
    type Config = StageConfig;
    type Order = NoOrder;

    fn build(config: StageConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let actor = sim.spawn("network", Footprints { trails: vec![] });
        let book = network(actor, config.second_factor, sim);
        sim.share::<SharedNetwork>(Arc::new(book));
        sim.add(actor, Tally { acts: 0, entries: 0, real: 0, odd: 0, tb: 0.0, usd: 0.0 });
        let deeds = Arc::new(config.deeds);
        let days = Arc::clone(&deeds);
        sim.on(move |mut on: On<'_, Start>| {
            for (i, (day, _)) in days.iter().enumerate() {
                on.at(SimTime::STARTEX + SimDuration::from_days(*day), Due(i));
            }
        });
        let office = SegmentId(0);
        sim.on(move |mut on: On<'_, Due>| match deeds[on.event.0].1 {
            Deed::Order(order) => on.send(order),
            Deed::Reset => on.send(CredentialsReset {}),
            Deed::Hunt(thoroughness) => on.send(BackDoorsHunted { segment: None, thoroughness }),
            Deed::Reimage => on.send(MachinesReimaged { segment: Some(office) }),
            Deed::CutOff => on.send(SegmentQuarantined { segment: office }),
            Deed::LetIn => on.send(SegmentReleased { segment: office }),
        });
        sim.on(|on: On<'_, HostileAct>, mut tally: Single<'_, '_, &mut Tally>| {
            tally.acts += 1;
            tally.entries += u64::from(matches!(on.event.act, Act::OldAccount | Act::Login));
        });
        sim.on(|on: On<'_, CostIncurred>, mut tally: Single<'_, '_, &mut Tally>| {
            tally.usd += on.event.usd;
        });
        sim.on(|on: On<'_, DataTaken>, mut tally: Single<'_, '_, &mut Tally>| {
            tally.tb += on.event.tb;
        });
        sim.on(|on: On<'_, HostAlert>, mut tally: Single<'_, '_, &mut Tally>| {
            *(if on.event.is_real { &mut tally.real } else { &mut tally.odd }) += on.event.count;
        });
        sim.on(|_: On<'_, SecurityTold>, mut tally: Single<'_, '_, &mut Tally>| tally.real += 1);
        let count = |name, read: fn(&Tally) -> f64| {
            let info = hotwash_engine::MetricInfo {
                name,
                unit: "",
                better: hotwash_engine::Better::Neither,
                bearer: "vendor",
                about: "seen by the stage",
            };
            (info, move |v: &hotwash_engine::View<'_>| Some(read(v.get::<Tally>(actor))))
        };
        for (info, read) in [
            count("stage-acts", |t| t.acts as f64),
            count("stage-entries", |t| t.entries as f64),
            count("stage-usd", |t| t.usd),
            count("stage-real", |t| t.real as f64),
            count("stage-odd", |t| t.odd as f64),
            count("stage-tb", |t| t.tb),
        ] {
            sim.metric(info, read);
        }
        Ok(())
    }
}

fn config() -> LeaverConfig {
    LeaverConfig {
        motive: "a quarrel".into(),
        gives_notice: "2019-08-05".into(),
        leaves: "2019-08-30 17:00".into(),
        breach: slug("records-taken"),
        entered_makes_true: vec![slug("records-taken")],
        taken_makes_true: vec![slug("insider")],
        segment: slug("office"),
        takes: StoreKind::Documents,
        reports: ReportsConfig {
            colleague: slug("finding"),
            review: slug("finding"),
            colleague_credibility: p(0.5),
            review_credibility: p(0.9),
        },
        planting: PlantingConfig {
            moment: p(0.5),
            keyloggers: p(8.0),
            machines: p(40.0),
            shared_passwords: p(3.0),
        },
        using: UsingConfig {
            waits: p(10.0),
            harvest_per_week: p(0.2),
            uses_per_week: p(1.5),
            appetite: p(1.0),
            at_a_time: p(0.02),
            rate: p(20.0),
            interest: p(250.0),
            noticed_old: p(0.05),
            noticed_login: p(0.02),
            report: p(30.0),
        },
        offboarding: OffboardingConfig {
            same_day: p(6.0),
            weekly: p(5.0),
            on_request: p(45.0),
            missed: p(0.3),
            idle_usd_per_day: p(500.0),
        },
        controls: ControlsConfig {
            reimage_removes: p(0.9),
            reimage_takes: p(7.0),
            reimage_hours: p(2.0),
            seen_sampled: p(0.3),
            seen_all: p(0.8),
            second_look: p(0.6),
            review_takes: p(5.0),
            false_per_week: p(3.0),
            sampled: p(0.2),
            review_hours: p(10.0),
        },
    }
}

fn build(levers: &[(&str, &str)], deeds: &[(i64, Deed)], second_factor: bool) -> Simulation {
    let settings: BTreeMap<String, String> =
        levers.iter().map(|(k, v)| (format!("leaver.{k}"), (*v).to_owned())).collect();
    let calendar = Calendar::new("2019-08-01 09:00").unwrap();
    let horizon = SimTime::STARTEX + SimDuration::from_days(365);
    let mut sim = SimBuilder::new(calendar, SimTime::STARTEX, horizon, settings);
    sim.plugin::<Case>(case());
    sim.plugin::<Stage>(StageConfig { deeds: deeds.to_vec(), second_factor });
    sim.plugin::<LeaverPlugin>(config());
    let mut sim = sim.finish().map_err(|problems| format!("{problems:#?}")).unwrap();
    sim.check_invariants(true);
    sim.record_journal(true);
    sim
}

/// Runs with these levers and deeds on a seed.
fn run(levers: &[(&str, &str)], deeds: &[(i64, Deed)], seed: u64) -> Simulation {
    let mut sim = build(levers, deeds, false);
    sim.run(RunKey::single(seed), &mut TakeDefaults).unwrap();
    sim
}

fn of(sim: &Simulation, name: &str) -> f64 {
    metric(sim, name).unwrap()
}

const SEEDS: u64 = 20;
const ACCESS: &str = "days-with-access-after-leaving";

#[test]
fn an_administrator_who_is_not_seen_to_comes_back() {
    for seed in 0..SEEDS {
        let sim = run(&[], &[], seed);
        let day = |kind| day_of(&sim, kind).unwrap();
        let order = [
            day("leaver.gave-notice"),
            day("leaver.planted"),
            day("leaver.left"),
            day("leaver.entered"),
        ];
        assert!(order.is_sorted(), "{order:?}");
        assert_eq!(of(&sim, "keyloggers-left"), 8.0);
        assert!(of(&sim, ACCESS) > 300.0);
        let tb = of(&sim, "documents-taken-tb");
        assert!(tb > 0.1 && (tb - of(&sim, "stage-tb")).abs() < 1e-9, "{tb}");
        assert!(of(&sim, "times-used") > 5.0 && of(&sim, "stage-acts") > 5.0);
        assert_eq!(of(&sim, "stage-odd"), 0.0);
        assert!(sim.entries().0 < 250, "{:?}", sim.entries());
        for entry in sim.journal().entries() {
            let said = entry.say(entry.kind.says);
            assert!(!said.contains('{'), "{}: {said}", entry.kind.name);
        }
    }
}

#[test]
fn the_sooner_accounts_are_shut_the_fewer_days_of_access() {
    // With machines set up anew, what is left is the old accounts.
    let days =
        |pace, seed| of(&run(&[("offboarding", pace), ("reimage", "true")], &[], seed), ACCESS);
    for seed in 0..SEEDS {
        let by_pace = ["same-day", "weekly", "on-request"].map(|pace| days(pace, seed));
        assert!(by_pace.is_sorted(), "seed {seed}: {by_pace:?}");
    }
}

#[test]
fn machines_set_up_anew_and_accounts_shut_leave_little() {
    let mut shut_out = 0;
    for seed in 0..SEEDS {
        let kept = run(&[("offboarding", "same-day")], &[], seed);
        let anew = run(&[("offboarding", "same-day"), ("reimage", "true")], &[], seed);
        assert!(of(&anew, "keyloggers-left") <= of(&kept, "keyloggers-left"));
        assert!(of(&anew, "documents-taken-tb") <= of(&kept, "documents-taken-tb"));
        shut_out += count_of(&anew, "leaver.shut-out");
    }
    assert!(shut_out > 0);
}

#[test]
fn a_closer_review_misses_nothing_that_samples_show() {
    for seed in 0..SEEDS {
        let [none, some, all] =
            ["none", "sampled", "all"].map(|review| run(&[("session_review", review)], &[], seed));
        let found = [&none, &some, &all].map(|sim| of(sim, "found-by-review"));
        assert!(found.is_sorted() && found[0] == 0.0, "{found:?}");
        let odd = [&none, &some, &all].map(|sim| of(sim, "stage-odd"));
        assert!(odd[0] == 0.0 && odd[1] <= odd[2], "{odd:?}");
        // Looking changes nothing of what the leaver does.
        assert_eq!(of(&none, "times-used"), of(&all, "times-used"));
    }
}

#[test]
fn what_was_not_recorded_cannot_be_looked_through() {
    let look = [(40, Deed::Order(LeaverOrder::ReviewSessions))];
    assert_eq!(count_of(&run(&[], &look, 1), "leaver.not-recorded"), 1);
    let mut found = [0.0; 2];
    for seed in 0..SEEDS {
        let levers = [("session_review", "sampled")];
        found[0] += of(&run(&levers, &[], seed), "found-by-review");
        found[1] += of(&run(&levers, &look, seed), "found-by-review");
    }
    assert!(found[1] > found[0], "{found:?}");
}

#[test]
fn accounts_shut_at_notice_forestall_it() {
    let sim = run(&[], &[(5, Deed::Order(LeaverOrder::OffboardNow))], 1);
    assert_eq!(count_of(&sim, "leaver.forestalled"), 1);
    assert_eq!(count_of(&sim, "leaver.planted"), 0);
    assert_eq!(of(&sim, "keyloggers-left"), 0.0);
    assert_eq!(count_of(&sim, "leaver.offboarded"), 1);
}

#[test]
fn who_is_shut_out_before_the_last_day_is_paid_for_nothing() {
    let cost = |day| of(&run(&[], &[(day, Deed::Order(LeaverOrder::OffboardNow))], 1), "stage-usd");
    let (early, later) = (cost(5), cost(15));
    assert!((early - later - 10.0 * 500.0).abs() < 1e-6, "{early} {later}");
    assert_eq!(of(&run(&[], &[], 1), "stage-usd"), 0.0);
}

#[test]
fn every_use_leaves_its_own_trace() {
    for seed in 0..SEEDS {
        let sim = run(&[], &[], seed);
        assert_eq!(of(&sim, "stage-entries"), of(&sim, "times-used"));
    }
}

#[test]
fn new_passwords_help_for_as_long_as_nobody_types_them() {
    for seed in 0..SEEDS {
        let levers = [("offboarding", "same-day")];
        let open = run(&levers, &[], seed);
        let reset = run(&levers, &[(80, Deed::Reset)], seed);
        let hunted = run(&levers, &[(79, Deed::Hunt(1.0)), (80, Deed::Reset)], seed);
        assert!(of(&reset, ACCESS) <= of(&open, ACCESS));
        assert_eq!(count_of(&reset, "leaver.shut-out"), 0);
        assert_eq!(count_of(&hunted, "leaver.shut-out"), 1);
        assert!(of(&hunted, ACCESS) <= of(&reset, ACCESS));
        assert_eq!(of(&hunted, "keyloggers-left"), 0.0);
    }
}

#[test]
fn a_more_thorough_hunt_never_leaves_more() {
    for seed in 0..SEEDS {
        let left =
            [0.2, 0.5, 0.9].map(|t| of(&run(&[], &[(60, Deed::Hunt(t))], seed), "keyloggers-left"));
        assert!(left.is_sorted_by(|a, b| a >= b), "{left:?}");
    }
}

#[test]
fn a_segment_cut_off_cannot_be_entered() {
    let sim = run(&[], &[(30, Deed::CutOff)], 1);
    assert_eq!(of(&sim, "times-used"), 0.0);
    let sim = run(&[], &[(30, Deed::CutOff), (100, Deed::LetIn)], 1);
    assert!(day_of(&sim, "leaver.entered").unwrap() > 100.0);
    let sim = run(&[], &[(50, Deed::Reimage)], 1);
    assert!(of(&sim, "keyloggers-left") < 8.0);
}

#[test]
fn a_second_factor_makes_most_caught_passwords_useless() {
    let (mut without, mut with) = (0.0, 0.0);
    for seed in 0..SEEDS {
        for (sum, second_factor) in [(&mut without, false), (&mut with, true)] {
            let mut sim = build(&[("offboarding", "same-day")], &[], second_factor);
            sim.run(RunKey::single(seed), &mut TakeDefaults).unwrap();
            *sum += of(&sim, ACCESS);
        }
    }
    assert!(with < without, "{with} {without}");
}

#[test]
fn a_used_world_runs_like_a_fresh_one() {
    let tell = |sim: &mut Simulation, seed| {
        sim.run(RunKey::single(seed), &mut TakeDefaults).unwrap();
        let entries = sim.journal().entries().iter();
        entries.map(|e| format!("{} {}", e.at, e.say(e.kind.says))).collect::<Vec<_>>()
    };
    let fresh = || build(&[("reimage", "true")], &[(40, Deed::CutOff), (60, Deed::LetIn)], false);
    let mut used = fresh();
    for seed in [3, 4, 3] {
        assert_eq!(tell(&mut used, seed), tell(&mut fresh(), seed));
    }
}

#[test]
fn an_authors_mistakes_are_named() {
    let problem = |change: fn(&mut LeaverConfig)| {
        let calendar = Calendar::new("2019-08-01 09:00").unwrap();
        let horizon = SimTime::STARTEX + SimDuration::from_days(365);
        let mut sim = SimBuilder::new(calendar, SimTime::STARTEX, horizon, BTreeMap::new());
        sim.plugin::<Case>(case());
        sim.plugin::<Stage>(StageConfig { deeds: vec![], second_factor: false });
        let mut config = config();
        change(&mut config);
        sim.plugin::<LeaverPlugin>(config);
        sim.finish().map(|_| ()).unwrap_err().remove(0).path
    };
    assert_eq!(problem(|c| c.leaves = "2019-08-01 12:00".into()), "leaves");
    assert_eq!(problem(|c| c.gives_notice = "2017-01-01".into()), "gives_notice");
    assert_eq!(problem(|c| c.segment = slug("offise")), "segment");
    assert_eq!(problem(|c| c.takes = StoreKind::Models), "takes");
    assert_eq!(problem(|c| c.entered_makes_true = vec![slug("x")]), "entered_makes_true[0]");
}
