//! The work on an intruder in a small scripted network: what each choice changes, and what it never
//! changes.

use hotwash_engine::{OrderBox, Simulation};
use hotwash_incident::events::{HostAlert, HostileAct, OutsideTip, SampleHandedOver};

use super::stage::{BUILD, LAB, OFFICE, RESEARCHER_TIP, Stage, both, builder, soc, soc_with};
use super::*;
use crate::soc::{CaseKind, SocConfig, SocOrder};
use crate::vendor_stage::{metric, p, run, script};

/// From day -60 the crew is in the lab, from day -30 in the build servers, from where data leave.
fn crew(sim: &mut SimBuilder, until: i64) {
    let act = |act, segment, amount| HostileAct { act, segment, amount };
    script(sim, (-60..until).step_by(6), act(Act::Login, LAB, 1.0));
    script(sim, (-58..until).step_by(10), act(Act::RemoteTool, LAB, 1.0));
    script(sim, (-30..until).step_by(9), act(Act::Move, BUILD, 1.0));
    script(sim, (-20..until).step_by(14), act(Act::Transfer, BUILD, 0.5));
}

pub(super) fn world(stage: &Stage<'_>, config: SocConfig, until: i64) -> SimBuilder {
    let mut sim = builder(stage, config);
    crew(&mut sim, until);
    sim
}

pub(super) fn ordered(mut sim: SimBuilder, orders: &[(i64, SocOrder)]) -> Simulation {
    for (day, order) in orders {
        script(&mut sim, [*day], *order);
    }
    sim.finish().unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn position(kinds: &[&str], name: &str) -> usize {
    kinds.iter().position(|k| *k == name).unwrap_or_else(|| panic!("no {name} in {kinds:?}"))
}

/// Days after STARTEX of the first entry of a kind; the horizon when there is none.
pub(super) fn when(sim: &Simulation, name: &str) -> f64 {
    sim.journal().entries().iter().find(|e| e.kind.name == name).map_or(200.0, |e| e.at.days())
}

/// What security sent, in order.
fn sent(sim: &Simulation) -> Vec<String> {
    let entries = sim.journal().entries().iter().filter(|e| e.kind.name == "stage.sent");
    entries.map(|e| e.say(e.kind.says)).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[test]
fn alerts_that_are_believed_open_a_case_and_the_team_searches_by_itself() {
    let mut config = soc();
    config.case.own_hunt = p(10.0);
    let stage = Stage { alerts: 1.0, ..Stage::default() };
    let mut sim = ordered(world(&stage, config, 30), &[]);
    let kinds = run(&mut sim, 0);
    let order = [
        "soc.intrusion-signal",
        "soc.host-alert-taken",
        "soc.intrusion-case-opened",
        "soc.scoping-begun",
        "soc.scoped",
    ]
    .map(|name| position(&kinds, name));
    assert!(order.is_sorted(), "{kinds:?}");
    assert!(kinds.contains(&"soc.logs-show-transfer"), "{kinds:?}");
    assert_eq!(metric(&sim, "found-by-monitoring"), Some(1.0));
    assert_eq!(metric(&sim, "dwell-to-notice"), Some(0.0));
    assert!(metric(&sim, "time-to-discover").unwrap() < 60.0);
    assert!(metric(&sim, "analyst-hours").unwrap() > 100.0);
    assert_eq!(metric(&sim, "time-to-contain"), None, "nobody ordered anything");
}

#[test]
fn nobody_asks_about_remote_tools() {
    let taken = |act| {
        let mut sim = builder(&Stage { alerts: 1.0, ..Stage::default() }, soc());
        let act = HostileAct { act, segment: OFFICE, amount: 1.0 };
        script(&mut sim, (-60..-40).chain(0..20), act);
        let mut sim = ordered(sim, &[]);
        let read = (0..10).map(|replication| {
            run(&mut sim, replication);
            metric(&sim, "host-alerts-read").unwrap()
        });
        read.sum::<f64>()
    };
    assert!(taken(Act::RemoteTool) < taken(Act::Move) * 0.75);
}

#[test]
fn an_eviction_in_one_go_searches_first_and_does_everything_together() {
    let sim = world(&Stage::default(), soc(), 30);
    let mut sim = ordered(sim, &[(0, SocOrder::OpenIntrusionCase), (1, SocOrder::EvictFully)]);
    let kinds = run(&mut sim, 0);
    let order = [
        "soc.intrusion-case-opened",
        "soc.scoping-begun",
        "soc.scoped",
        "soc.measure-done",
        "soc.measures-carried-out",
        "soc.released",
        "soc.thought-out",
        "soc.intrusion-case-closed",
    ]
    .map(|name| position(&kinds, name));
    assert!(order.is_sorted(), "{kinds:?}");
    let sent = sent(&sim);
    assert_eq!(sent[0], "quarantined");
    let count = |what: &str| sent.iter().filter(|s| *s == what).count();
    assert_eq!((count("reset"), count("hunted"), count("tools")), (1, 3, 2));
    assert_eq!(count("quarantined"), count("released"));
    assert!(metric(&sim, "standstill-days").unwrap() >= 6.0);
    assert!(metric(&sim, "time-to-contain").unwrap() >= 10.0);
    assert_eq!(metric(&sim, "segments-missed").map(|m| m <= 1.0), Some(true));
}

#[test]
fn cutting_off_the_lab_is_quick_and_the_vendor_thinks_that_it_is_over() {
    let quick = [(0, SocOrder::OpenIntrusionCase), (0, SocOrder::QuarantineKnown)];
    let mut sim = ordered(world(&Stage::default(), soc(), 100), &quick);
    let kinds = run(&mut sim, 0);
    assert!(kinds.contains(&"soc.thought-out"), "{kinds:?}");
    assert!(!kinds.contains(&"soc.scoped"));
    assert!(when(&sim, "soc.thought-out") < 5.0);
    // The crew is still in: truth says so, the vendor does not.
    assert!(metric(&sim, "days-in-after-thought-out").unwrap() > 150.0);
    assert_eq!(sent(&sim), ["quarantined", "released"]);

    let full = [(0, SocOrder::OpenIntrusionCase), (0, SocOrder::EvictFully)];
    let mut sim = ordered(world(&Stage::default(), soc(), 100), &full);
    run(&mut sim, 0);
    assert!(when(&sim, "soc.thought-out") > 10.0, "a full eviction takes longer");
}

#[test]
fn an_intruder_seen_again_brings_the_case_and_the_measures_back() {
    let stage = Stage { alerts: 1.0, ..Stage::default() };
    let orders = [(-50, SocOrder::OpenIntrusionCase), (-50, SocOrder::Quarantine(slug("lab")))];
    let mut sim = ordered(world(&stage, soc(), 60), &orders);
    let kinds = run(&mut sim, 0);
    let order = [
        "soc.measures-carried-out",
        "soc.thought-out",
        "soc.still-in",
        "soc.intrusion-case-reopened",
        "soc.measures-again",
    ]
    .map(|name| position(&kinds, name));
    assert!(order.is_sorted(), "{kinds:?}");
    assert!(sent(&sim).iter().filter(|s| *s == "quarantined").count() >= 2);
}

pub(super) fn slug(name: &str) -> Slug {
    name.parse().unwrap()
}

#[test]
fn longer_logs_never_prove_less() {
    let mut sims = [5, 20, 60, 400].map(|retention| {
        let stage = Stage { retention, visibility: 0.6, ..Stage::default() };
        ordered(
            world(&stage, soc(), 20),
            &[(0, SocOrder::OpenIntrusionCase), (0, SocOrder::ScopeIntrusion)],
        )
    });
    for replication in 0..30 {
        let got = sims.each_mut().map(|sim| {
            run(sim, replication);
            (metric(sim, "dwell-provable").unwrap(), metric(sim, "segments-missed").unwrap())
        });
        assert!(got.windows(2).all(|w| w[0].0 <= w[1].0 && w[0].1 >= w[1].1), "{got:?}");
    }
}

#[test]
fn better_sight_never_puts_off_a_hunts_first_find() {
    let mut sims = [0.1, 0.3, 0.6, 1.0].map(|visibility| {
        let levers = &[("soc.hunting", "continuous")];
        let stage = Stage { levers, visibility, ..Stage::default() };
        ordered(world(&stage, soc(), 200), &[])
    });
    for replication in 0..30 {
        let found = sims.each_mut().map(|sim| {
            run(sim, replication);
            when(sim, "soc.hunt-found")
        });
        assert!(found.windows(2).all(|w| w[1] <= w[0]), "{found:?}");
        assert_eq!(metric(&sims[3], "found-by-search"), Some(1.0));
    }
}

#[test]
fn watching_and_people_shorten_the_median_time_to_discovery() {
    let median_of = |levers: &[(&str, &str)], visibility, alerts| {
        let stage = Stage { levers, visibility, alerts, ..Stage::default() };
        let mut sim = ordered(world(&stage, soc(), 200), &[]);
        let days = (0..60).map(|replication| {
            run(&mut sim, replication);
            metric(&sim, "time-to-discover").unwrap_or(999.0)
        });
        median(days.collect())
    };
    let analysts = ["1", "3", "6", "20"].map(|n| median_of(&[("soc.analysts", n)], 0.5, 0.5));
    assert!(analysts.windows(2).all(|w| w[1] <= w[0]), "{analysts:?}");
    assert!(analysts[3] < analysts[0], "{analysts:?}");
    let sight = [0.05, 0.2, 0.5, 1.0].map(|visibility| median_of(&[], visibility, 0.5));
    assert!(sight.windows(2).all(|w| w[1] <= w[0]), "{sight:?}");
    let hunting =
        ["none", "quarterly", "continuous"].map(|how| median_of(&[("soc.hunting", how)], 0.5, 0.0));
    assert!(hunting.windows(2).all(|w| w[1] < w[0]), "{hunting:?}");
}

#[test]
fn a_tip_moves_belief_and_a_check_finds_what_the_logs_still_hold() {
    let tip = OutsideTip { evidence: RESEARCHER_TIP, credibility: 0.5 };
    let make = |levers: &'static [(&str, &str)], retention| {
        let stage = Stage { levers, retention, ..Stage::default() };
        let mut sim = world(&stage, soc_with(|i| i.search.verify_looks = p(1.0)), 0);
        script(&mut sim, [30], tip);
        ordered(sim, &[(35, SocOrder::VerifyTip)])
    };
    let path: &[(&str, &str)] = &[("soc.tip_path", "true")];
    let mut heard = make(path, 400);
    let kinds = run(&mut heard, 0);
    let order = ["soc.tip-read", "soc.claim-confirmed", "soc.intrusion-case-opened"]
        .map(|name| position(&kinds, name));
    assert!(order.is_sorted(), "a tip alone opens nothing: {kinds:?}");
    assert_eq!(metric(&heard, "found-by-others"), Some(1.0));

    let mut forgotten = make(path, 10);
    let kinds = run(&mut forgotten, 0);
    assert!(kinds.contains(&"soc.claim-unconfirmed"), "{kinds:?}");
    assert!(!kinds.contains(&"soc.intrusion-case-opened"));

    let mut lost = make(&[], 400);
    assert!(run(&mut lost, 0).contains(&"soc.tip-lost"));
}

#[test]
fn a_sample_lies_there_until_somebody_looks_into_the_matter() {
    let mut sim = builder(&Stage::default(), soc());
    script(&mut sim, [10], SampleHandedOver { kind: StoreKind::DebugSymbols });
    let mut sim = ordered(sim, &[(40, SocOrder::VerifyTip)]);
    let kinds = run(&mut sim, 0);
    assert!(when(&sim, "soc.sample-compared") > 40.0);
    let order = ["soc.sample-compared", "soc.intrusion-case-opened"].map(|n| position(&kinds, n));
    assert!(order.is_sorted(), "{kinds:?}");
}

#[test]
fn responders_on_retainer_come_sooner_and_cost_by_the_year() {
    let make = |levers| {
        let stage = Stage { levers, ..Stage::default() };
        ordered(world(&stage, soc(), 30), &[(0, SocOrder::HireForensics)])
    };
    let mut called = make(&[]);
    let mut ready = make(&[("soc.responders_on_retainer", "true")]);
    run(&mut called, 0);
    run(&mut ready, 0);
    assert!(when(&ready, "soc.forensics-arrived") < when(&called, "soc.forensics-arrived"));
}

#[test]
fn false_alerts_are_work_and_lengthen_the_wait() {
    let make = |count| {
        let levers = &[("soc.analysts", "12")];
        let mut sim = builder(&Stage { levers, ..Stage::default() }, soc());
        for (origin, day) in (-90..190).step_by(7).enumerate() {
            let (act, origin) = (Act::RemoteTool, origin as u64);
            let noise = HostAlert { act, segment: LAB, is_real: false, count, origin };
            script(&mut sim, [day], noise);
        }
        ordered(sim, &[])
    };
    let (mut few, mut many) = (make(5), make(500));
    run(&mut few, 0);
    let kinds = run(&mut many, 0);
    for name in ["alert-wait-hours", "analyst-hours"] {
        assert!(metric(&few, name) < metric(&many, name), "{name}");
    }
    assert!(kinds.contains(&"soc.host-alert-harmless"), "{kinds:?}");
    assert!(!kinds.contains(&"soc.intrusion-signal"), "noise is no signal");
    assert_eq!(metric(&many, "host-alerts-read"), Some(0.0));
}

#[test]
fn two_cases_share_one_staff() {
    let make = |orders: &[(i64, SocOrder)]| {
        let levers: &[(&str, &str)] = &[("soc.analysts", "4")];
        let stage = Stage { levers, has_leak: true, ..Stage::default() };
        let mut config = both();
        config.case.staff = p(2.0);
        ordered(world(&stage, config, 30), orders)
    };
    let scope = [(1, SocOrder::OpenIntrusionCase), (1, SocOrder::ScopeIntrusion)];
    let mut alone = make(&scope);
    let leak = SocOrder::OpenCase(CaseKind::Leak);
    let mut terrible = make(&[(0, leak), scope[0], scope[1]]);
    run(&mut alone, 0);
    let kinds = run(&mut terrible, 0);
    assert!(position(&kinds, "soc.case-opened") < position(&kinds, "soc.intrusion-case-opened"));
    assert!(when(&alone, "soc.scoped") < when(&terrible, "soc.scoped"));
    // Each matter has its own metrics; the staff's are shared.
    assert!(metric(&terrible, "dwell-provable/intrusion").is_some());
    assert_eq!(metric(&terrible, "found-by-monitoring/leak"), None);
    assert!(metric(&terrible, "alert-wait-hours").is_some());
}

#[test]
fn orders_name_what_exists() {
    let wrong = SocOrder::Quarantine(slug("lap"));
    let sim = builder(&Stage::default(), soc());
    let problem = OrderBox::new(wrong);
    assert_eq!(format!("{problem:?}"), "Quarantine(\"lap\")");
    let check = |order: SocOrder| hotwash_engine::Order::check(&order, &sim.names);
    assert!(check(wrong).unwrap_err().hint.unwrap().contains("lab"));
    assert!(check(SocOrder::Reimage(slug("office"))).is_ok());
    assert!(check(SocOrder::Suspend).is_err(), "there is no leak to work on");
    assert!(check(SocOrder::EvictFully).is_ok() && check(SocOrder::Escalate).is_ok());
}

#[test]
fn a_used_simulation_runs_like_a_fresh_one() {
    let make = || {
        let levers: &[(&str, &str)] = &[("soc.hunting", "continuous")];
        let stage = Stage { levers, alerts: 0.5, visibility: 0.5, ..Stage::default() };
        ordered(world(&stage, soc(), 150), &[(10, SocOrder::EvictFully)])
    };
    let trace = |sim: &mut Simulation, replication| {
        run(sim, replication);
        let mut metrics = Vec::new();
        sim.read_metrics(&mut metrics);
        let lines =
            sim.journal().entries().iter().map(|e| format!("{} {}", e.at, e.say(e.kind.says)));
        format!("{:?} {metrics:?}", lines.collect::<Vec<_>>())
    };
    let mut used = make();
    for replication in 0..10 {
        assert_eq!(trace(&mut used, replication), trace(&mut make(), replication));
    }
}
