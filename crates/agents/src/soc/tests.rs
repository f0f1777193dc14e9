//! Security in a small scripted world: what each choice changes, and what it never changes.

use hotwash_engine::{SimBuilder, SimDuration, Simulation};
use hotwash_incident::events::{
    AccessAlert, CanaryCalled, Complaints, LeadsSold, OutsideTip, RecordsRead,
};
use hotwash_incident::{CohortId, EvidenceId};

use super::*;
use crate::vendor_stage::{builder, metric, p, run, script, signal, soc, soc_with};

const POLICE_TIP: EvidenceId = EvidenceId(9);

/// The theft runs from day -80 to the end; from day 5 on three complaints a day name a ticket.
fn world(levers: &[(&str, &str)], retention: i64, config: SocConfig) -> SimBuilder {
    let mut sim = builder(levers, retention);
    signal(&mut sim);
    sim.plugin::<SecurityOperations>(config);
    script(&mut sim, (-80..200).filter(|d| d % 7 < 5), RecordsRead { count: 100 });
    script(&mut sim, 5..120, Complaints { cohort: CohortId(0), with_ticket: 2, general: 20 });
    script(&mut sim, 5..120, Complaints { cohort: CohortId(1), with_ticket: 1, general: 0 });
    sim
}

fn at<E: Event>(mut sim: SimBuilder, day: i64, event: E) -> SimBuilder {
    script(&mut sim, [day], event);
    sim
}

fn built(sim: SimBuilder) -> Simulation {
    sim.finish().unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn position(kinds: &[&str], name: &str) -> usize {
    kinds.iter().position(|k| *k == name).unwrap_or_else(|| panic!("no {name} in {kinds:?}"))
}

/// Days after STARTEX at which the first entry of a kind was made; the horizon when there is none.
fn when(sim: &Simulation, name: &str) -> f64 {
    sim.journal().entries().iter().find(|e| e.kind.name == name).map_or(200.0, |e| e.at.days())
}

#[test]
fn a_better_complaint_path_never_hears_later() {
    let mut sims = ["none", "tag", "leak-indicator"]
        .map(|path| built(world(&[("soc.complaint_path", path)], 400, soc())));
    let mut gained = 0.0;
    for replication in 0..40 {
        let opened = sims.each_mut().map(|sim| {
            run(sim, replication);
            (when(sim, "soc.case-opened"), metric(sim, "complaints-recognised").unwrap())
        });
        assert!(opened[1].0 <= opened[0].0 && opened[2].0 <= opened[1].0, "{opened:?}");
        assert!(opened[0].1 <= opened[1].1 && opened[1].1 <= opened[2].1, "{opened:?}");
        gained += opened[0].0 - opened[2].0;
        assert_eq!(metric(&sims[2], "found-by-complaints"), Some(1.0));
    }
    assert!(gained / 40.0 > 10.0, "the path is worth {} days", gained / 40.0);
}

#[test]
fn more_analysts_never_lengthen_a_wait() {
    let team = |n: &str| {
        let levers = [("soc.analysts", n), ("soc.complaint_path", "leak-indicator")];
        let mut sim = world(&levers, 400, soc());
        script(&mut sim, -60..100, AccessAlert { is_real: true });
        built(sim)
    };
    let mut sims = ["1", "3", "6", "12", "40"].map(team);
    for replication in 0..20 {
        let got = sims.each_mut().map(|sim| {
            run(sim, replication);
            [
                metric(sim, "alert-wait-hours").unwrap(),
                metric(sim, "alerts-dropped").unwrap(),
                when(sim, "soc.alert-taken"),
                when(sim, "soc.case-opened"),
            ]
        });
        for pair in got.windows(2) {
            assert!(pair[0].iter().zip(&pair[1]).all(|(few, many)| many <= few), "{got:?}");
        }
        assert!(got[0][1] > 0.5, "one analyst drops most alerts: {got:?}");
        assert_eq!(got[4][1], 0.0, "forty drop none: {got:?}");
    }
}

#[test]
fn nights_are_worth_hours_and_cost_staff() {
    let mut day_only = built(world(&[], 400, soc()));
    let mut nights = built(world(&[("soc.night_shift", "true")], 400, soc()));
    run(&mut day_only, 1);
    run(&mut nights, 1);
    let of = |sim: &Simulation, name| metric(sim, name).unwrap();
    assert!(of(&nights, "alert-wait-hours") <= of(&day_only, "alert-wait-hours"));
    assert!(of(&nights, "staffed-hours") > of(&day_only, "staffed-hours"));
}

#[test]
fn details_and_logs_name_the_insider_and_the_order_shuts_him_out() {
    let levers = [("soc.complaint_path", "leak-indicator"), ("soc.complaint_details", "true")];
    let sim = world(&levers, 400, soc());
    let sim = at(sim, 20, SocOrder::OpenCase(CaseKind::Leak));
    let sim = at(sim, 21, SocOrder::Hunt(HuntMethod::Correlation));
    let mut sim = built(at(sim, 22, SocOrder::Suspend));
    let kinds = run(&mut sim, 0);
    let order = [
        "soc.first-recognised",
        "soc.case-opened",
        "soc.hunt-begun",
        "soc.nobody-to-suspend",
        "soc.correlation-conclusive",
        "soc.suspect-named",
        "soc.account-shut",
        "soc.case-closed",
    ]
    .map(|name| position(&kinds, name));
    assert!(order.is_sorted(), "{kinds:?}");
    assert!(metric(&sim, "time-to-contain").unwrap() < 40.0);
    assert!(metric(&sim, "signal-to-attribution").unwrap() < 40.0);
    assert_eq!(metric(&sim, "wrong-suspensions"), Some(0.0));
    assert!(metric(&sim, "analyst-hours").unwrap() > 60.0);
}

#[test]
fn short_logs_and_missing_tickets_find_nobody() {
    let hunt = |levers: &[(&str, &str)], retention, config| {
        let sim = world(levers, retention, config);
        built(at(sim, 30, SocOrder::Hunt(HuntMethod::Correlation)))
    };
    let mut forgotten = hunt(&[("soc.complaint_details", "true")], 0, soc());
    let kinds = run(&mut forgotten, 0);
    assert!(kinds.contains(&"soc.correlation-empty") && !kinds.contains(&"soc.suspect-named"));

    let config = soc_with(|leak| {
        leak.desk.details_habit = p(0.0);
    });
    let mut nameless = hunt(&[], 400, config);
    assert!(run(&mut nameless, 0).contains(&"soc.correlation-nothing"));
    assert_eq!(metric(&nameless, "time-to-contain"), None);
}

#[test]
fn longer_logs_never_find_the_insider_later() {
    let mut sims = [30, 60, 120, 400].map(|retention| {
        let sim = world(&[("soc.complaint_details", "true")], retention, soc());
        built(at(sim, 10, SocOrder::Hunt(HuntMethod::Correlation)))
    });
    for replication in 0..20 {
        let named = sims.each_mut().map(|sim| {
            run(sim, replication);
            when(sim, "soc.suspect-named")
        });
        assert!(named.windows(2).all(|w| w[1] <= w[0]), "{named:?}");
    }
}

#[test]
fn calling_back_collects_tickets() {
    let levers = [("soc.complaint_path", "leak-indicator")];
    let plain = |sim| at(sim, 40, SocOrder::Hunt(HuntMethod::Correlation));
    let config = soc_with(|leak| {
        leak.desk.details_habit = p(0.0);
    });
    let sim = world(&levers, 400, config);
    let mut asked = built(plain(at(sim, 30, SocOrder::CollectDetails)));
    let kinds = run(&mut asked, 3);
    assert!(position(&kinds, "soc.called-back") < position(&kinds, "soc.correlation-conclusive"));
}

#[test]
fn a_bystander_suspended_costs_time_and_money() {
    let config = soc_with(|leak| {
        leak.interviews.wrong = p(1.0);
        leak.interviews.alarm = p(1.0);
    });
    let levers = [("soc.complaint_details", "true")];
    let sim = world(&levers, 400, config);
    let sim = at(sim, 20, SocOrder::Hunt(HuntMethod::Interviews));
    let mut sim = built(at(sim, 21, SocOrder::Suspend));
    // The standing order to suspend starts a correlation too; let it come second.
    let kinds = run(&mut sim, 0);
    assert!(kinds.contains(&"soc.account-shut"), "{kinds:?}");

    let config = soc_with(|leak| {
        leak.interviews.wrong = p(1.0);
    });
    let sim = world(&levers, 400, config);
    let sim = at(sim, 20, SocOrder::Hunt(HuntMethod::Interviews));
    let mut sim = built(at(sim, 60, SocOrder::Suspend));
    let kinds = run(&mut sim, 0);
    let order = [
        "soc.interviewed",
        "soc.suspect-named",
        "soc.account-shut",
        "soc.wrong-suspension",
        "soc.wrong-found",
        "soc.correlation-conclusive",
    ]
    .map(|name| position(&kinds, name));
    assert!(order.is_sorted(), "{kinds:?}");
    assert_eq!(metric(&sim, "wrong-suspensions"), Some(1.0));
    let shut = |seen: &str| {
        let entries = sim.journal().entries().iter();
        entries.filter(|e| e.kind.name == seen).map(|e| e.at.days()).collect::<Vec<_>>()
    };
    // The vendor reads the same words when the wrong one goes and when the right one goes.
    assert_eq!(shut("soc.account-shut").len(), 2);
    assert!(shut("soc.account-shut")[1] > 80.0);
    assert_eq!(shut("soc.wrong-suspension").len(), 1);
}

#[test]
fn further_complainants_make_the_vendor_surer_of_its_suspect() {
    let levers = [("soc.complaint_path", "leak-indicator"), ("soc.complaint_details", "true")];
    let config = soc_with(|leak| {
        leak.credibility.correlation = p(0.3);
    });
    let sim = world(&levers, 400, config);
    let sim = at(sim, 20, SocOrder::OpenCase(CaseKind::Leak));
    let mut sim = built(at(sim, 21, SocOrder::Hunt(HuntMethod::Correlation)));
    let kinds = run(&mut sim, 0);
    let named = position(&kinds, "soc.suspect-named");
    assert!(named < position(&kinds, "soc.correlation-confirmed"), "{kinds:?}");
    assert_eq!(kinds.iter().filter(|k| **k == "soc.suspect-named").count(), 1);
    assert!(!kinds.contains(&"soc.case-closed"), "a suspect is a lead: {kinds:?}");
}

#[test]
fn a_watch_ends_in_a_suspension() {
    let levers = [("soc.complaint_details", "true"), ("soc.complaint_path", "leak-indicator")];
    let sim = world(&levers, 400, soc());
    let sim = at(sim, 20, SocOrder::Hunt(HuntMethod::Correlation));
    let mut sim = built(at(sim, 21, SocOrder::Watch(SimDuration::from_days(14))));
    run(&mut sim, 0);
    let (watched, shut) = (when(&sim, "soc.suspect-watched"), when(&sim, "soc.account-shut"));
    assert!((shut - watched - 14.5).abs() < 0.01, "{watched} {shut}");
}

#[test]
fn a_tip_is_read_in_hours_or_lost() {
    let tip = |levers: &[(&str, &str)]| {
        let mut sim = builder(levers, 400);
        sim.plugin::<SecurityOperations>(soc());
        let tip = OutsideTip { evidence: POLICE_TIP, credibility: 0.9 };
        built(at(sim, 30, tip))
    };
    let mut lost = tip(&[]);
    assert!(run(&mut lost, 0).contains(&"soc.tip-lost"));
    assert_eq!(metric(&lost, "found-by-others"), None);
    let mut read = tip(&[("soc.tip_path", "true")]);
    let kinds = run(&mut read, 0);
    assert!(position(&kinds, "soc.tip-read") < position(&kinds, "soc.case-opened"));
    assert_eq!(metric(&read, "found-by-others"), Some(1.0));
}

#[test]
fn canaries_ring_once_they_are_planted_and_sold() {
    let hunt = |day| {
        let mut sim = builder(&[], 400);
        sim.plugin::<SecurityOperations>(soc());
        script(&mut sim, -80..30, RecordsRead { count: 10 });
        script(&mut sim, [15], LeadsSold { records: 900, phone_share: 0.5, canaries: 0 });
        let mut sim = built(at(sim, day, SocOrder::Hunt(HuntMethod::Canaries)));
        let kinds = run(&mut sim, 0);
        (kinds.contains(&"soc.canary-seen"), metric(&sim, "found-by-monitoring"))
    };
    assert_eq!(hunt(5), (true, Some(1.0)));
    assert_eq!(hunt(20), (false, None), "planted after the sale");

    let mut sim = builder(&[], 400);
    sim.plugin::<SecurityOperations>(soc());
    script(&mut sim, 3..9, CanaryCalled { calls: 2 });
    let mut sim = built(sim);
    let kinds = run(&mut sim, 0);
    assert_eq!(kinds.iter().filter(|k| **k == "soc.canary-seen").count(), 1);
}

#[test]
fn a_matter_closed_as_fraud_is_reopened_late() {
    let levers = [("soc.complaint_path", "leak-indicator")];
    let mut open = built(world(&levers, 400, soc()));
    let closing = at(world(&levers, 400, soc()), 6, SocOrder::OpenCase(CaseKind::Scam));
    let mut closed = built(closing);
    let closing = at(world(&levers, 400, soc()), 6, SocOrder::OpenCase(CaseKind::Scam));
    let mut reopened = built(at(closing, 60, CanaryCalled { calls: 1 }));
    for replication in 0..10 {
        run(&mut open, replication);
        run(&mut closed, replication);
        let (soon, late) = (when(&open, "soc.case-opened"), when(&closed, "soc.case-opened"));
        assert!(soon < late, "{soon} {late}");
        run(&mut reopened, replication);
        let opened = when(&reopened, "soc.case-opened");
        assert!((60.0..63.0).contains(&opened.min(late)) || late < 60.0, "{opened} {late}");
    }
}

#[test]
fn escalation_speeds_the_hunt() {
    let hunt = |orders: &[SocOrder]| {
        let mut sim = world(&[("soc.complaint_details", "true")], 400, soc());
        for order in orders {
            script(&mut sim, [20], *order);
        }
        let mut sim = built(sim);
        run(&mut sim, 0);
        when(&sim, "soc.suspect-named")
    };
    let correlate = SocOrder::Hunt(HuntMethod::Correlation);
    let alone = hunt(&[correlate]);
    let case = hunt(&[SocOrder::OpenCase(CaseKind::Leak), correlate]);
    let more = hunt(&[SocOrder::OpenCase(CaseKind::Leak), SocOrder::Escalate, correlate]);
    assert!(more < case && case < alone, "{more} {case} {alone}");
}

#[test]
fn a_quiet_vendor_stays_quiet_and_cheap() {
    let mut sim = builder(&[], 400);
    sim.plugin::<SecurityOperations>(soc());
    let mut sim = built(sim);
    assert!(run(&mut sim, 0).is_empty());
    assert!(sim.entries().0 < 5, "{:?}", sim.entries());
    assert_eq!(metric(&sim, "analyst-hours"), Some(0.0));
}

#[test]
fn a_used_simulation_runs_like_a_fresh_one() {
    let make = || {
        let sim = world(&[("soc.complaint_path", "tag")], 200, soc());
        built(at(sim, 30, SocOrder::Hunt(HuntMethod::Correlation)))
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

#[test]
fn an_unknown_name_is_the_authors_mistake() {
    let config = soc_with(|leak| {
        leak.evidence.canary = "canary-caled".parse().unwrap();
    });
    let mut sim = builder(&[], 400);
    sim.plugin::<SecurityOperations>(config);
    let problems = sim.finish().map(|_| ()).unwrap_err();
    assert_eq!(problems[0].path, "leak.evidence.canary");
    assert!(problems[0].hint.as_deref().unwrap().contains("canary-called"), "{problems:?}");
}

#[test]
fn a_case_without_orders_looks_by_itself_and_ends_when_leads_do() {
    let make = |own_hunt, levers: &[(&str, &str)]| {
        let mut config = soc_with(|leak| leak.desk.details_habit = p(0.0));
        config.case.own_hunt = p(own_hunt);
        built(world(levers, 400, config))
    };
    let mut alone = make(10.0, &[("soc.complaint_path", "leak-indicator")]);
    let kinds = run(&mut alone, 0);
    assert!(position(&kinds, "soc.case-opened") < position(&kinds, "soc.hunt-begun"));
    // Complaints end on day 120; no ticket was ever taken down.
    assert!(position(&kinds, "soc.hunt-begun") < position(&kinds, "soc.case-closed"));
    assert!((180.0..195.0).contains(&when(&alone, "soc.case-closed")));

    let levers = [("soc.complaint_path", "leak-indicator"), ("soc.complaint_details", "true")];
    let mut named = make(10.0, &levers);
    assert!(run(&mut named, 0).contains(&"soc.suspect-named"));
    assert_eq!(metric(&named, "time-to-contain"), None, "nobody ordered the account shut");
}

#[test]
fn complaints_of_one_day_are_read_together() {
    let mut sim = builder(&[("soc.complaint_path", "leak-indicator")], 400);
    sim.plugin::<SecurityOperations>(soc());
    for cohort in 0..8 {
        let complaints = Complaints { cohort: CohortId(cohort), with_ticket: 1, general: 1 };
        script(&mut sim, 5..25, complaints);
    }
    let mut sim = built(sim);
    let kinds = run(&mut sim, 0);
    let reads = kinds.iter().filter(|k| **k == "soc.complaints-read").count();
    assert!(reads <= 20, "{reads}");
}
