//! Police in a small scripted world.

use hotwash_engine::{SimBuilder, SimDuration, Simulation};
use hotwash_incident::events::{
    AccountSuspended, CallCentreRaided, CustomersCalled, OutsideTip, PoliceHold, SuspectWatched,
};

use super::*;
use crate::vendor_stage::{builder, metric, p, run, script};

fn config() -> LawConfig {
    LawConfig {
        report: "vendor-admits".parse().unwrap(),
        tip: "police-tip".parse().unwrap(),
        referral: ReferralConfig {
            work: p(40.0),
            bill: p(20_000.0),
            hold_asked: p(0.0),
            hold_granted: p(1.0),
            hold_answer: p(3.0),
            hold: p(30.0),
            inquiry: p(20.0),
            raid: p(0.3),
            arrest: p(0.3),
            watched: p(4.0),
        },
        outside: OutsideConfig {
            found: p(0.0),
            delay: p(5.0),
            credibility: p(0.9),
            by_raid: p(0.0),
        },
    }
}

static HEARD: hotwash_engine::Kind = hotwash_engine::Kind {
    name: "test.heard",
    lane: "test",
    weight: hotwash_engine::Weight::Routine,
    audience: hotwash_engine::Audience::NONE,
    says: "{what}",
    tags: &[],
};

/// Notes what police send.
fn listen(sim: &mut SimBuilder) {
    let ear = sim.actor("ear");
    sim.on(move |mut on: On<'_, PoliceHold>| {
        on.note(&HEARD, ear, |n| n.with("what", "hold"));
    });
    sim.on(move |mut on: On<'_, CallCentreRaided>| {
        on.note(&HEARD, ear, |n| n.with("what", "raid"));
    });
    sim.on(move |mut on: On<'_, OutsideTip>| {
        on.note(&HEARD, ear, |n| n.with("what", "tip"));
    });
}

fn world(config: LawConfig) -> SimBuilder {
    let mut sim = builder(&[], 400);
    sim.plugin::<LawEnforcement>(config);
    listen(&mut sim);
    sim
}

fn heard(sim: &mut Simulation, replication: u64) -> Vec<String> {
    run(sim, replication);
    let entries = sim.journal().entries().iter().filter(|e| e.kind.name == "test.heard");
    entries.map(|e| e.say(e.kind.says)).collect()
}

#[test]
fn nothing_comes_of_nothing() {
    let mut sim = world(config()).finish().unwrap();
    assert!(run(&mut sim, 0).is_empty());
    assert_eq!(metric(&sim, "call-centre-raided"), Some(0.0));
}

#[test]
fn a_requested_hold_is_reported_and_counted_once() {
    let mut sim = world(config());
    script(&mut sim, [10, 11], LawOrder::RequestHold);
    script(&mut sim, [12], LawOrder::Refer);
    let mut sim = sim.finish().unwrap();
    let said = heard(&mut sim, 0);
    assert_eq!(said.iter().filter(|s| *s == "hold").count(), 1, "{said:?}");
    assert!((metric(&sim, "days-under-hold").unwrap() - 30.0).abs() < 1e-9);
    let told: Vec<_> =
        sim.journal().entries().iter().filter(|e| e.kind.name == "law.told").collect();
    assert_eq!(told.len(), 1);
    assert!(!told[0].milestones.is_empty());
}

#[test]
fn watching_the_suspect_only_ever_helps() {
    let make = |is_watched| {
        let mut sim = world(config());
        script(&mut sim, [10], LawOrder::Refer);
        if is_watched {
            script(&mut sim, [12], SuspectWatched { until_ms: 0 });
        }
        script(&mut sim, [26], AccountSuspended {});
        sim.finish().unwrap()
    };
    let (mut plain, mut watched) = (make(false), make(true));
    let mut sums = [0.0; 4];
    for replication in 0..60 {
        run(&mut plain, replication);
        run(&mut watched, replication);
        for (i, name) in ["call-centre-raided", "arrests"].into_iter().enumerate() {
            let (without, with) = (metric(&plain, name).unwrap(), metric(&watched, name).unwrap());
            assert!(without <= with, "{name} in {replication}");
            sums[2 * i] += without;
            sums[2 * i + 1] += with;
        }
    }
    assert!(sums[0] < sums[1] && sums[2] < sums[3], "{sums:?}");
    assert!(sums[2] < 30.0, "arrests mostly do not come: {sums:?}");
}

#[test]
fn an_arrest_needs_a_report_and_a_name() {
    let mut certain = config();
    certain.referral.arrest = p(1.0);
    let mut sim = world(certain);
    script(&mut sim, [26], AccountSuspended {});
    let mut sim = sim.finish().unwrap();
    run(&mut sim, 0);
    assert_eq!(metric(&sim, "arrests"), Some(0.0));
}

#[test]
fn many_calls_are_found_elsewhere() {
    let make = |found, by_raid| {
        let mut c = config();
        c.outside.found = p(found);
        c.outside.by_raid = p(by_raid);
        let mut sim = world(c);
        let calls =
            CustomersCalled { cohort: 0, answered: 2_000, engaged: 0, victims: 0, loss_usd: 0.0 };
        script(&mut sim, 0..50, calls);
        sim.finish().unwrap()
    };
    let (mut never, mut often) = (make(0.0, 0.0), make(0.9, 1.0));
    let mut tips = 0;
    for replication in 0..30 {
        assert!(heard(&mut never, replication).is_empty());
        let said = heard(&mut often, replication);
        tips += usize::from(said.iter().any(|s| s == "tip"));
        assert!(said.iter().filter(|s| *s == "raid").count() <= 1);
    }
    assert!(tips > 20, "{tips}");
}

#[test]
fn hold_answers_come_after_some_days() {
    let mut sim = world(config());
    script(&mut sim, [10], LawOrder::RequestHold);
    let mut sim = sim.finish().unwrap();
    run(&mut sim, 0);
    let entries = sim.journal().entries();
    let at = |name: &str| entries.iter().find(|e| e.kind.name == name).unwrap().at;
    assert_eq!(at("law.hold") - at("law.told"), SimDuration::from_days(3));
}
