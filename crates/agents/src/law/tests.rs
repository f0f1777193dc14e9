//! Police in a small scripted world.

use hotwash_engine::{SimBuilder, SimDuration, Simulation};
use hotwash_incident::CohortId;
use hotwash_incident::events::{
    AccountSuspended, CallCentreRaided, CustomersCalled, OutsideTip, PoliceHold, SuspectWatched,
};

use super::*;
use crate::vendor_stage::{builder, builder_with, case, metric, p, run, script};

fn config() -> LawConfig {
    LawConfig {
        reports: vec![ReportConfig { breach: None, evidence: "vendor-admits".parse().unwrap() }],
        referral: ReferralConfig {
            work: p(40.0),
            bill: p(20_000.0),
            hold_asked: p(0.0),
            hold_granted: p(1.0),
            hold_answer: p(3.0),
            hold: p(30.0),
        },
        pursuit: Some(PursuitConfig {
            breach: None,
            inquiry: p(20.0),
            raid: p(0.3),
            arrest: p(0.3),
            watched: p(4.0),
        }),
        outside: Some(OutsideConfig {
            tip: "police-tip".parse().unwrap(),
            found: p(0.0),
            delay: p(5.0),
            credibility: p(0.9),
            by_raid: p(0.0),
        }),
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
    if let Some(pursuit) = &mut certain.pursuit {
        pursuit.arrest = p(1.0);
    }
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
        if let Some(outside) = &mut c.outside {
            (outside.found, outside.by_raid) = (p(found), p(by_raid));
        }
        let mut sim = world(c);
        let calls = CustomersCalled {
            cohort: CohortId(0),
            answered: 2_000,
            engaged: 0,
            victims: 0,
            loss_usd: 0.0,
        };
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

#[test]
fn without_insider_or_calls_only_reports_and_holds_are_left() {
    let mut c = config();
    (c.pursuit, c.outside) = (None, None);
    let mut sim = world(c);
    script(&mut sim, [10], LawOrder::Refer);
    let calls = CustomersCalled {
        cohort: CohortId(0),
        answered: 900_000,
        engaged: 0,
        victims: 0,
        loss_usd: 0.0,
    };
    script(&mut sim, 20..40, calls);
    script(&mut sim, [26], AccountSuspended {});
    let mut sim = sim.finish().unwrap();
    assert!(heard(&mut sim, 0).is_empty());
    assert_eq!(metric(&sim, "arrests"), None);
    assert_eq!(metric(&sim, "days-under-hold"), Some(0.0));
}

#[test]
fn what_is_not_known_yet_is_reported_later() {
    let mut c = config();
    let report = |breach: &str| ReportConfig {
        breach: Some(breach.parse().unwrap()),
        evidence: "vendor-admits".parse().unwrap(),
    };
    // Whoever goes to the police suspects the breach; who did it is told once it is known.
    c.reports = vec![report("records-taken"), report("insider")];
    let mut sim = world(c);
    script(&mut sim, [10, 20, 30], LawOrder::Refer);
    let actor = sim.shared::<SharedCase>().unwrap().ledgers;
    sim.on(
        move |mut on: On<'_, AccountSuspended>,
              mut ledgers: hotwash_engine::Query<'_, '_, &mut Ledgers>| {
            let evidence = EvidenceId(7);
            let party = hotwash_incident::Party::Vendor;
            let seen =
                hotwash_incident::Observation { party, evidence, credibility: 1.0, pieces: 1 };
            ledgers.get_mut(actor.entity).unwrap().observe(&mut on, seen);
        },
    );
    script(&mut sim, [15], AccountSuspended {});
    let mut sim = sim.finish().unwrap();
    let kinds = run(&mut sim, 0);
    let count = |name: &str| kinds.iter().filter(|k| **k == name).count();
    // The breach on day 10, the insider on day 20, and nothing new on day 30.
    assert_eq!((count("law.told"), count("law.told-more")), (1, 1));
}

/// A world whose case has an intrusion before the leak; both can be reported, and the leak's report
/// sets the pursuit going.
fn two_matters(mut config: LawConfig) -> SimBuilder {
    let mut case = case();
    let text = "somebody is in the network".to_owned();
    let prior = p(0.02);
    let truth = hotwash_incident::case::TruthConfig::UntilActed;
    let name = "network-entered".parse().unwrap();
    case.propositions.push(hotwash_incident::case::PropositionConfig { name, text, truth, prior });
    let intrusion = hotwash_incident::matter::MatterConfig {
        name: "intrusion".parse().unwrap(),
        title: "the intrusion".into(),
        breach: name,
        about: vec![],
    };
    case.matters.insert(0, intrusion);
    let report = |breach: &str| ReportConfig {
        breach: Some(breach.parse().unwrap()),
        evidence: "vendor-admits".parse().unwrap(),
    };
    config.reports = vec![report("network-entered"), report("records-taken")];
    if let Some(pursuit) = &mut config.pursuit {
        pursuit.breach = Some("records-taken".parse().unwrap());
    }
    let mut sim = builder_with(case, &[], 400);
    sim.plugin::<LawEnforcement>(config);
    listen(&mut sim);
    sim
}

/// Opens a case in a matter when this arrives.
#[derive(Clone, Copy, Debug)]
struct Opened;
impl Event for Opened {
    const NAME: &'static str = "test.opened";
}

fn open_on(sim: &mut SimBuilder, day: i64, milestone: &str) {
    let mark = sim.milestone(milestone, "");
    sim.on(move |mut on: On<'_, Opened>| on.reach(mark));
    script(sim, [day], Opened);
}

fn kinds_by_day(sim: &Simulation, kind: &str) -> Vec<i64> {
    let entries = sim.journal().entries().iter().filter(|e| e.kind.name == kind);
    entries.map(|e| e.at.days() as i64).collect()
}

#[test]
fn each_matter_is_reported_held_and_pursued_by_itself() {
    let mut c = config();
    c.referral.hold_asked = p(1.0);
    if let Some(pursuit) = &mut c.pursuit {
        (pursuit.raid, pursuit.arrest) = (p(1.0), p(1.0));
    }
    let intrusion = LawOrder::ReferFor("intrusion".parse().unwrap());
    // The spring's report alone: the employee who is dismissed for something else is not pursued.
    let mut sim = two_matters(c);
    script(&mut sim, [10], intrusion);
    script(&mut sim, [26], AccountSuspended {});
    open_on(&mut sim, 40, "soc.case-opened/leak");
    // Nothing is new on day 30; on day 50 the leak is suspected.
    script(&mut sim, [30, 50], LawOrder::Refer);
    let mut sim = sim.finish().unwrap();
    run(&mut sim, 0);
    let days = |kind: &str| kinds_by_day(&sim, kind);
    assert_eq!((days("law.told"), days("law.told-more")), (vec![10], vec![50]));
    assert_eq!(days("law.hold"), [13, 53], "a hold question each");
    let comes = [days("law.raid"), days("law.arrest")].concat();
    assert!(!comes.is_empty() && comes.iter().all(|day| *day >= 70), "{comes:?}");
}

#[test]
fn a_hold_is_asked_for_in_the_matter_that_is_named() {
    let mut sim = two_matters(config());
    static WHICH: hotwash_engine::Kind =
        hotwash_engine::Kind { name: "test.which", says: "{matter}", ..HEARD };
    let ear = sim.actor("ear");
    sim.on(move |mut on: On<'_, PoliceHold>| {
        let matter = i64::from(on.event.matter.0);
        on.note(&WHICH, ear, |n| n.with("matter", matter));
    });
    script(&mut sim, [10], LawOrder::ReferFor("intrusion".parse().unwrap()));
    script(&mut sim, [20], LawOrder::RequestHoldFor("leak".parse().unwrap()));
    let mut sim = sim.finish().unwrap();
    run(&mut sim, 0);
    let held = sim.journal().entries().iter().filter(|e| e.kind.name == "test.which");
    assert_eq!(held.map(|e| e.say(e.kind.says)).collect::<Vec<_>>(), ["1"]);
    assert_eq!(kinds_by_day(&sim, "law.told-more"), [20]);
}

#[test]
fn a_report_names_its_breach_where_there_are_several_matters() {
    let mut case = case();
    case.matters[0].about.clear();
    let name = "insider".parse().unwrap();
    case.matters.push(hotwash_incident::matter::MatterConfig {
        name,
        title: "the insider".into(),
        breach: name,
        about: vec![],
    });
    let mut sim = builder_with(case, &[], 400);
    sim.plugin::<LawEnforcement>(config());
    let problems = sim.finish().err().unwrap();
    assert_eq!(problems[0].path, "reports[0].breach");
    assert!(problems[0].hint.as_deref().unwrap().contains("records-taken"), "{problems:?}");
}
