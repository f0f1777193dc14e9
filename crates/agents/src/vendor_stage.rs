//! A small vendor for tests: a case, an estate and a script of what the world sends.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{
    Calendar, Count, Event, On, RunKey, SimBuilder, SimDuration, SimTime, Simulation, Start,
    TakeDefaults, state,
};
use hotwash_incident::case::{
    CaseConfig, EvidenceConfig, PropositionConfig, RatioConfig, TruthConfig, TurningPoint,
};
use hotwash_incident::estate::SharedEstate;
use hotwash_incident::events::Complaints;
use hotwash_incident::matter::MatterConfig;
use hotwash_incident::{AccessMonitoring, Case, EstateBook, Party, milestones};

use crate::soc::*;
pub(crate) use crate::testkit::p;
use crate::testkit::refutation;

fn evidence(name: &str, ratios: &[(&str, f64)]) -> EvidenceConfig {
    EvidenceConfig {
        name: name.parse().unwrap(),
        text: name.into(),
        ratios: ratios
            .iter()
            .map(|(about, ratio)| RatioConfig { about: about.parse().unwrap(), ratio: p(*ratio) })
            .collect(),
        repeats: p(0.8),
    }
}

pub(crate) fn case() -> CaseConfig {
    let proposition = |name: &str| PropositionConfig {
        name: name.parse().unwrap(),
        text: name.into(),
        truth: TruthConfig::UntilActed,
        prior: p(0.02),
    };
    let (records, insider) = ("records-taken", "insider");
    CaseConfig {
        vendor: "Acme".into(),
        propositions: vec![proposition(records), proposition(insider)],
        matters: vec![MatterConfig {
            name: "leak".parse().unwrap(),
            title: "the leak".into(),
            breach: "records-taken".parse().unwrap(),
            about: vec!["insider".parse().unwrap()],
        }],
        evidence: vec![
            evidence("general-complaint", &[(records, 0.95)]),
            evidence("caller-knows-ticket", &[(records, 4.0), (insider, 1.5)]),
            evidence("complaints-cluster", &[(records, 6.0)]),
            evidence("access-alert", &[(records, 8.0), (insider, 8.0)]),
            evidence("access-correlation", &[(records, 50.0), (insider, 2000.0)]),
            evidence("access-correlation-empty", &[(insider, 0.5)]),
            evidence("canary-called", &[(records, 5000.0)]),
            evidence("interview-names", &[(insider, 2000.0)]),
            evidence("interview-empty", &[(insider, 0.001)]),
            evidence("police-tip", &[(records, 5000.0)]),
            evidence("vendor-admits", &[(records, 50.0)]),
        ],
        turning_points: vec![TurningPoint {
            milestone: format!("{}/leak", milestones::ATTRIBUTED),
            party: Party::Vendor,
            believes: insider.parse().unwrap(),
            at_least: p(0.9),
        }],
        knows_at: p(0.9),
        refuted_at: p(0.8),
        refutation: refutation(),
    }
}

fn triage() -> TriageConfig {
    TriageConfig {
        fatigue: p(0.5),
        alert_work: p(4.0),
        tip_fast: p(6.0),
        tip_slow: p(20.0),
        tip_lost: p(1.0),
    }
}

fn leak_triage() -> LeakTriageConfig {
    LeakTriageConfig {
        complaint: p(20.0),
        misjudged: p(0.2),
        false_believed: p(0.02),
        canary: p(2.0),
        canary_names: p(0.9),
        tip_names: p(0.0),
    }
}

fn desk() -> DeskConfig {
    DeskConfig {
        recognised_none: p(0.02),
        recognised_tag: p(0.3),
        recognised_leak: p(0.85),
        recognised_routed: p(0.8),
        details_habit: p(0.2),
        details_asked: p(0.9),
        delay: p(24.0),
        cluster_at: p(30.0),
        cluster_window: p(14.0),
        cluster_notice: p(0.02),
        callback: p(5.0),
        callback_reached: p(0.5),
    }
}

fn credibility() -> CredibilityConfig {
    CredibilityConfig {
        bare: p(0.4),
        detailed: p(0.8),
        general: p(0.2),
        cluster: p(0.6),
        alert: p(0.6),
        canary: p(0.95),
        correlation: p(0.9),
        correlation_empty: p(0.3),
        interview: p(0.8),
    }
}

/// The staff without any work.
pub(crate) fn staff() -> SocConfig {
    SocConfig {
        queue: QueueConfig {
            alerts_per_day: p(300.0),
            swing: p(1.0),
            triage: p(15.0),
            false_positives: p(0.7),
            shift: p(8.0),
            usable: p(0.6),
            shifts_per_week: p(14.0),
            night_shifts_per_week: p(7.0),
            max_age: p(72.0),
        },
        triage: triage(),
        case: StaffConfig {
            suspects_at: p(0.3),
            opens_at: p(0.6),
            staff: p(2.0),
            staff_share: p(0.5),
            week: p(30.0),
            own_hunt: p(150.0),
            stale: p(60.0),
            look: p(4.0),
            escalation_staff: p(4.0),
            escalation: p(40_000.0),
        },
        leak: None,
        intrusion: None,
    }
}

/// Work on a leak.
pub(crate) fn leak() -> LeakConfig {
    let name = |text: &str| text.parse().unwrap();
    LeakConfig {
        propositions: PropositionNames { records: name("records-taken") },
        evidence: EvidenceNames {
            general: name("general-complaint"),
            ticket: name("caller-knows-ticket"),
            cluster: name("complaints-cluster"),
            alert: name("access-alert"),
            correlation: name("access-correlation"),
            correlation_empty: name("access-correlation-empty"),
            canary: name("canary-called"),
            interview: name("interview-names"),
            interview_empty: name("interview-empty"),
        },
        triage: leak_triage(),
        desk: desk(),
        credibility: credibility(),
        scam_discount: p(0.3),
        correlation: CorrelationConfig {
            base: p(60.0),
            per_complainant: p(1.0),
            lone_staff: p(1.0),
            agents: p(300.0),
            readers: p(4.0),
            tolerated: p(0.001),
            needed: p(8.0),
            rerun_after: p(14.0),
        },
        canaries: CanaryConfig { plant: p(20.0), in_batch: p(1.0), called_after: p(10.0) },
        interviews: InterviewConfig {
            takes: p(10.0),
            slower_alone: p(2.0),
            work: p(60.0),
            right: p(0.0),
            wrong: p(0.0),
            alarm: p(0.0),
        },
        containment: ContainmentConfig {
            shut: p(12.0),
            wrong_cost: p(50_000.0),
            wrong_found: p(20.0),
            watch_clears: p(1.0),
        },
    }
}

/// The staff with work on a leak.
pub(crate) fn soc() -> SocConfig {
    SocConfig { leak: Some(leak()), ..staff() }
}

/// The same with numbers of the leak changed.
pub(crate) fn soc_with(change: impl FnOnce(&mut LeakConfig)) -> SocConfig {
    let mut leak = leak();
    change(&mut leak);
    SocConfig { leak: Some(leak), ..staff() }
}

/// Stands for the customers plugin: the first complaint is the first signal.
pub(crate) fn signal(sim: &mut SimBuilder) {
    let first = sim.milestone(&format!("{}/leak", milestones::FIRST_SIGNAL), "the first signal");
    sim.on(move |mut on: On<'_, Complaints>| on.reach(first));
}

state! {
    /// Stands for the store.
    struct Store {}
}

/// A builder of 300 days, 100 of them before STARTEX, with a case and an estate.
pub(crate) fn builder(levers: &[(&str, &str)], retention_days: i64) -> SimBuilder {
    builder_with(case(), levers, retention_days)
}

/// The same with another case.
pub(crate) fn builder_with(
    case: CaseConfig,
    levers: &[(&str, &str)],
    retention_days: i64,
) -> SimBuilder {
    let settings: BTreeMap<String, String> =
        levers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let calendar = Calendar::new("2019-08-01").unwrap();
    let mut sim = SimBuilder::new(calendar, day(-100), day(200), settings);
    sim.plugin::<Case>(case);
    let actor = sim.spawn("store", Store {});
    let records = sim.param("records", p::<Count>(1e6));
    sim.share::<SharedEstate>(Arc::new(EstateBook {
        actor,
        records,
        log_retention: SimDuration::from_days(retention_days),
        monitoring: AccessMonitoring::None,
        need_check_pace: None,
        canaries: 0,
    }));
    sim
}

/// Sends an event at the start of each of these days, at ten in the morning.
pub(crate) fn script<E: Event>(
    sim: &mut SimBuilder,
    days: impl IntoIterator<Item = i64>,
    event: E,
) {
    let days: Vec<i64> = days.into_iter().collect();
    sim.on(move |mut on: On<'_, Start>| {
        for d in &days {
            on.at(day(*d) + SimDuration::from_hours(10), event.clone());
        }
    });
}

pub(crate) fn day(d: i64) -> SimTime {
    SimTime::from_ms(d * 86_400_000)
}

/// Runs one replication with invariants on and gives the journal's kinds, in order.
pub(crate) fn run(sim: &mut Simulation, replication: u64) -> Vec<&'static str> {
    sim.check_invariants(true);
    sim.record_journal(true);
    sim.run(RunKey { seed: 7, replication }, &mut TakeDefaults).unwrap();
    sim.journal().entries().iter().map(|e| e.kind.name).collect()
}

pub(crate) fn metric(sim: &Simulation, name: &str) -> Option<f64> {
    sim.view().metric(name)
}
