//! Work under way when people come, what it costs, and what is ordered after all seemed to be over.

use hotwash_engine::Simulation;
use hotwash_incident::events::{HostAlert, HostileAct};
use hotwash_incident::{Ledgers, Party};

use super::stage::{BUILD, LAB, Stage, builder, soc, soc_with};
use super::tests::{ordered, slug, when, world};
use super::*;
use crate::soc::{SocConfig, SocOrder};
use crate::vendor_stage::{metric, p, run, script};

/// A search that takes two people some months, with orders.
fn long_search(config: SocConfig, orders: &[(i64, SocOrder)]) -> Simulation {
    let mut all = vec![(0, SocOrder::OpenIntrusionCase), (0, SocOrder::ScopeIntrusion)];
    all.extend(orders);
    ordered(world(&Stage::default(), config, 30), &all)
}

fn long() -> SocConfig {
    let mut config = soc_with(|i| i.search.scope = p(2000.0));
    config.case.staff = p(2.0);
    config
}

#[test]
fn people_who_come_later_speed_what_is_under_way() {
    let searched = |orders: &[(i64, SocOrder)]| {
        let mut sim = long_search(long(), orders);
        let kinds = run(&mut sim, 0);
        let times = kinds.iter().filter(|k| **k == "soc.scoped").count();
        assert!(times <= 1, "an end that was put elsewhere is no end");
        when(&sim, "soc.scoped")
    };
    let alone = searched(&[]);
    let sooner = [3, 30].map(|d| searched(&[(d, SocOrder::HireForensics)]));
    assert!(sooner[0] < sooner[1] && sooner[1] < alone, "{sooner:?} {alone}");
    let sooner = [3, 30].map(|d| searched(&[(d, SocOrder::Escalate)]));
    assert!(sooner[0] < sooner[1] && sooner[1] < alone, "{sooner:?} {alone}");
}

#[test]
fn a_lone_analysts_hunt_goes_faster_once_there_is_a_case() {
    let hunted = |orders: &[(i64, SocOrder)]| {
        let mut all = vec![(0, SocOrder::HuntBackDoors)];
        all.extend(orders);
        let config = soc_with(|i| i.measures.hunt = p(400.0));
        let mut sim = ordered(world(&Stage::default(), config, 0), &all);
        run(&mut sim, 0);
        when(&sim, "soc.measure-done")
    };
    assert!(hunted(&[(5, SocOrder::OpenIntrusionCase)]) < hunted(&[]) - 5.0);
}

#[test]
fn outside_responders_are_not_paid_by_the_hour() {
    let hours = |staff: f64| {
        let mut config = soc_with(|i| i.forensics.staff = p(staff));
        config.case.own_hunt = p(150.0);
        let mut sim = ordered(world(&Stage::default(), config, 0), &[(0, SocOrder::HireForensics)]);
        run(&mut sim, 0);
        metric(&sim, "analyst-hours").unwrap()
    };
    assert_eq!(hours(4.0), hours(40.0));
}

#[test]
fn a_segment_that_is_cut_off_and_set_up_anew_stands_still_once() {
    let still = |orders: &[(i64, SocOrder)]| {
        let mut all = vec![(0, SocOrder::OpenIntrusionCase)];
        all.extend(orders);
        let mut sim = ordered(world(&Stage::default(), soc(), -20), &all);
        run(&mut sim, 0);
        metric(&sim, "standstill-days").unwrap()
    };
    let (cut, anew) = (SocOrder::Quarantine(slug("lab")), SocOrder::Reimage(slug("lab")));
    assert!((still(&[(0, anew)]) - 5.0).abs() < 1e-9);
    let alone = still(&[(0, cut)]);
    // Begun six hours before the cut-off takes hold, and over long before it ends.
    assert!((still(&[(0, cut), (0, anew)]) - alone - 0.25).abs() < 1e-9);
    assert!((still(&[(0, cut), (60, anew)]) - alone - 5.0).abs() < 1e-9);
    // Two at a time.
    assert!((still(&[(0, anew), (2, anew)]) - 7.0).abs() < 1e-9);
}

#[test]
fn what_is_ordered_after_all_seemed_over_takes_the_case_up_again() {
    let quick = (0, SocOrder::Quarantine(slug("lab")));
    let make = |orders: &[(i64, SocOrder)]| {
        let mut all = vec![(0, SocOrder::OpenIntrusionCase), quick];
        all.extend(orders);
        let mut sim = ordered(world(&Stage::default(), soc(), -20), &all);
        let kinds = run(&mut sim, 0);
        (kinds, sim)
    };
    let (kinds, sim) = make(&[(60, SocOrder::HuntBackDoors)]);
    let count = |name: &str| kinds.iter().filter(|k| **k == name).count();
    assert!(when(&sim, "soc.thought-out") < 60.0);
    assert_eq!((count("soc.thought-out"), count("soc.thought-out-again")), (1, 1), "{kinds:?}");
    assert_eq!(count("soc.intrusion-case-reopened"), 1);
    assert_eq!(count("soc.intrusion-closed-again"), 1);
    let hunt = sim.journal().entries().iter().rfind(|e| e.kind.name == "soc.measure-done");
    assert!(hunt.unwrap().at.days() < 68.0, "a team does it, not one analyst");
}

/// How an alert on movement is taken, after some others.
fn judged(others: i64) -> Vec<&'static str> {
    // No case: it would wait for alerts.
    let mut config = soc();
    config.case.opens_at = p(0.9999);
    let mut sim = builder(&Stage::default(), config);
    script(&mut sim, [-90], HostileAct { act: Act::Move, segment: LAB, amount: 1.0 });
    let alert = |act, origin| HostAlert { act, segment: BUILD, is_real: true, count: 1, origin };
    for k in 0..others {
        script(&mut sim, [k - 50], alert(Act::Guess, k as u64));
    }
    script(&mut sim, [10], alert(Act::Move, 7));
    let mut sim = ordered(sim, &[]);
    let one = |replication| {
        run(&mut sim, replication);
        let last = sim.journal().entries().iter().rfind(|e| e.kind.name.starts_with("soc.host-"));
        let name = last.unwrap().kind.name;
        name.strip_suffix("-again").unwrap_or(name)
    };
    (0..40).map(one).collect()
}

#[test]
fn seeing_more_leaves_the_judgement_of_an_alert_as_it_was() {
    let alone = judged(0);
    assert!(alone.contains(&"soc.host-alert-taken"));
    assert!(alone.contains(&"soc.host-alert-misjudged"));
    assert_eq!(alone, judged(1));
    assert_eq!(alone, judged(5));
}

#[test]
fn an_empty_check_may_weigh_less_than_an_empty_search() {
    let after = |name: Option<&str>| {
        let config = soc_with(|i| i.evidence.check_empty = name.map(slug));
        let sim = builder(&Stage::default(), config);
        let book = sim.shared::<SharedCase>().unwrap();
        let mut sim = ordered(sim, &[(0, SocOrder::VerifyTip)]);
        assert!(run(&mut sim, 0).contains(&"soc.claim-unconfirmed"));
        let entered = book.proposition("network-entered").unwrap();
        sim.view().get::<Ledgers>(book.ledgers).belief(Party::Vendor, entered)
    };
    assert_eq!(after(None), after(Some("hunt-empty")));
    assert!(after(None) < after(Some("check-empty")));
    let config = soc_with(|i| i.evidence.check_empty = Some(slug("chekc-empty")));
    let problems = builder(&Stage::default(), config).finish().err().unwrap();
    assert_eq!(problems[0].path, "intrusion.evidence.check_empty");
}
