//! A small network for tests: three segments, a crew that a script plays, logs that keep some of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{
    Audience, Calendar, Count, Days, Event, Kind, On, Share, SimBuilder, SimDuration, Single,
    Terabytes, Usd, Weight,
};
use hotwash_incident::case::{EvidenceConfig, PropositionConfig, RatioConfig, TruthConfig};
use hotwash_incident::estate::SharedEstate;
use hotwash_incident::events::{
    BackDoorsHunted, CredentialsReset, HostAlert, HostileAct, MachinesReimaged, RemoteToolsBlocked,
    SegmentQuarantined, SegmentReleased,
};
use hotwash_incident::matter::MatterConfig;
use hotwash_incident::network::{SegmentInfo, SharedNetwork, StoreInfo, Trail};
use hotwash_incident::{
    AccessMonitoring, Act, Case, EstateBook, Footprints, NetworkBook, SegmentId, StoreKind, view,
};

use super::*;
use crate::soc::{SecurityOperations, SocConfig};
use crate::vendor_stage::{case, day, leak, p, staff};

/// Segments of the stage.
pub(super) const LAB: SegmentId = SegmentId(0);
pub(super) const OFFICE: SegmentId = SegmentId(1);
pub(super) const BUILD: SegmentId = SegmentId(2);
/// Number of the kind `researcher-tip`.
pub(super) const RESEARCHER_TIP: EvidenceId = EvidenceId(0);

static SENT: Kind = Kind {
    name: "stage.sent",
    lane: view::TRUTH,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "{what}",
    tags: &[],
};

/// What differs between the stages of tests.
#[derive(Clone, Copy)]
pub(super) struct Stage<'a> {
    pub(super) levers: &'a [(&'a str, &'a str)],
    /// Days for which logs are kept.
    pub(super) retention: i64,
    /// Share of acts that are logged.
    pub(super) visibility: f64,
    /// Share of logged acts that raise an alert.
    pub(super) alerts: f64,
    /// Whether there is a leak to work on as well.
    pub(super) has_leak: bool,
}

impl Default for Stage<'_> {
    fn default() -> Self {
        Stage { levers: &[], retention: 400, visibility: 1.0, alerts: 0.0, has_leak: false }
    }
}

fn evidence(name: &str, ratio: f64) -> EvidenceConfig {
    let ratios = vec![RatioConfig { about: "network-entered".parse().unwrap(), ratio: p(ratio) }];
    EvidenceConfig { name: name.parse().unwrap(), text: name.into(), ratios, repeats: p(0.7) }
}

fn kinds_of_evidence() -> Vec<EvidenceConfig> {
    vec![
        evidence("researcher-tip", 10.0),
        evidence("login-alert", 6.0),
        evidence("remote-tool-alert", 4.0),
        evidence("movement-alert", 8.0),
        evidence("transfer-alert", 8.0),
        evidence("sample-source", 500.0),
        evidence("sample-symbols", 100.0),
        evidence("sample-documents", 100.0),
        evidence("hunt-finds", 300.0),
        evidence("hunt-beyond", 2.0),
        evidence("hunt-empty", 0.5),
        evidence("check-empty", 0.9),
        evidence("logs-show-transfer", 5.0),
    ]
}

fn book(has_leak: bool) -> hotwash_incident::case::CaseConfig {
    let mut case = case();
    let matter = MatterConfig {
        name: "intrusion".parse().unwrap(),
        title: "the intrusion".into(),
        breach: "network-entered".parse().unwrap(),
        about: vec![],
    };
    let entered = PropositionConfig {
        name: "network-entered".parse().unwrap(),
        text: "somebody is in the network".into(),
        truth: TruthConfig::UntilActed,
        prior: p(0.02),
    };
    if !has_leak {
        (case.propositions, case.matters, case.evidence) = (vec![], vec![], vec![]);
        case.turning_points.clear();
    }
    case.propositions.push(entered);
    case.matters.push(matter);
    let mut evidence = kinds_of_evidence();
    evidence.append(&mut case.evidence);
    case.evidence = evidence;
    case
}

fn segment(
    sim: &mut SimBuilder,
    (name, exposed): (&str, bool),
    links: &[u16],
    visibility: f64,
) -> SegmentInfo {
    sim.names.declare("segment", name);
    SegmentInfo {
        name: name.parse().unwrap(),
        title: format!("the {name}"),
        is_exposed: exposed,
        holds_directory: false,
        links: links.iter().copied().map(SegmentId).collect(),
        hosts: sim.param(&format!("{name}.hosts"), p::<Count>(100.0)),
        visibility: sim.param(&format!("{name}.visibility"), p::<Share>(visibility)),
        improved: None,
        standstill_usd_per_day: sim.param(&format!("{name}.standstill"), p::<Usd>(1000.0)),
    }
}

fn network(sim: &mut SimBuilder, stage: &Stage<'_>) -> SharedNetwork {
    let actor = sim.spawn("network", Footprints { trails: vec![Trail::default(); 3] });
    let segments = vec![
        segment(sim, ("lab", true), &[1], stage.visibility),
        segment(sim, ("office", false), &[0, 2], stage.visibility),
        segment(sim, ("build", false), &[1], stage.visibility),
    ];
    let store = StoreInfo {
        name: "debug-symbols".parse().unwrap(),
        title: "debug symbols".into(),
        kind: StoreKind::DebugSymbols,
        segment: BUILD,
        size: sim.param("symbols.size", p::<Terabytes>(5.0)),
        age: sim.param("symbols.age", p::<Days>(30.0)),
        makes_true: vec![],
    };
    Arc::new(NetworkBook {
        actor,
        segments,
        stores: vec![store],
        log_retention: SimDuration::from_days(stage.retention),
        second_factor: None,
    })
}

/// Writes down what security sends.
fn listen<E: Event>(sim: &mut SimBuilder, what: &'static str) {
    let who = sim.actor("stage");
    sim.on(move |mut on: On<'_, E>| {
        on.note(&SENT, who, |n| n.with("what", what));
    });
}

/// A builder of 300 days, 100 of them before STARTEX, with security on it.
pub(super) fn builder(stage: &Stage<'_>, config: SocConfig) -> SimBuilder {
    let settings: BTreeMap<String, String> =
        stage.levers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let calendar = Calendar::new("2019-03-01").unwrap();
    let mut sim = SimBuilder::new(calendar, day(-100), day(200), settings);
    sim.plugin::<Case>(book(stage.has_leak));
    let book = network(&mut sim, stage);
    play(&mut sim, stage);
    if stage.has_leak {
        let records = sim.param("records", p::<Count>(1e6));
        sim.share::<SharedEstate>(Arc::new(EstateBook {
            actor: book.actor,
            records,
            log_retention: book.log_retention,
            monitoring: AccessMonitoring::None,
            need_check_pace: None,
            canaries: 0,
        }));
    }
    sim.share::<SharedNetwork>(book);
    sim.plugin::<SecurityOperations>(config);
    listen::<SegmentQuarantined>(&mut sim, "quarantined");
    listen::<SegmentReleased>(&mut sim, "released");
    listen::<CredentialsReset>(&mut sim, "reset");
    listen::<RemoteToolsBlocked>(&mut sim, "tools");
    listen::<BackDoorsHunted>(&mut sim, "hunted");
    listen::<MachinesReimaged>(&mut sim, "reimaged");
    sim
}

/// Plays the estate: acts leave traces and raise alerts; the first login is the entry.
fn play(sim: &mut SimBuilder, stage: &Stage<'_>) {
    let entered = sim.milestone("truth.entered/intrusion", "somebody is in");
    let stream = sim.stream("stage", "act");
    let (visibility, alerts) = (stage.visibility, stage.alerts);
    sim.on(move |mut on: On<'_, HostileAct>, mut logs: Single<'_, '_, &mut Footprints>| {
        let HostileAct { act, segment, amount } = on.event;
        let now = on.now();
        if act == Act::Login {
            on.reach(entered);
        }
        let origin: u64 = logs.trails.iter().map(|t| t.acts).sum();
        let u = on.draw_at(stream, origin).uniform();
        let trail = &mut logs.trails[usize::from(segment.0)];
        trail.acts += 1;
        trail.first.get_or_insert(now);
        if u < visibility {
            trail.logged += 1;
            trail.first_logged.get_or_insert(now);
            trail.last_logged = Some(now);
            trail.logged_tb += if act == Act::Transfer { amount } else { 0.0 };
        }
        if u < visibility * alerts {
            on.send(HostAlert { act, segment, is_real: true, count: 1, origin });
        }
    });
}

/// Plain numbers.
pub(super) fn intrusion() -> IntrusionConfig {
    let name = |text: &str| text.parse().unwrap();
    IntrusionConfig {
        entered: name("network-entered"),
        evidence: IntrusionEvidenceNames {
            login_alert: name("login-alert"),
            remote_tool_alert: name("remote-tool-alert"),
            movement_alert: name("movement-alert"),
            transfer_alert: name("transfer-alert"),
            sample_source: name("sample-source"),
            sample_symbols: name("sample-symbols"),
            sample_documents: name("sample-documents"),
            hunt_finds: name("hunt-finds"),
            hunt_beyond: name("hunt-beyond"),
            hunt_empty: name("hunt-empty"),
            check_empty: None,
            logs_show_transfer: name("logs-show-transfer"),
            logs_show_source: name("logs-show-transfer"),
        },
        alerts: AlertConfig {
            misjudged: p(0.2),
            login: p(0.7),
            remote_tool: p(0.99),
            movement: p(0.8),
            transfer: p(0.7),
            memory: p(20.0),
            false_believed: p(0.01),
            false_stays: p(0.0),
        },
        credibility: IntrusionCredibilityConfig {
            alert: p(0.5),
            search: p(0.95),
            empty: p(0.4),
            sample: p(0.95),
        },
        search: SearchConfig {
            verify: p(40.0),
            verify_looks: p(0.5),
            scope: p(200.0),
            scope_per_segment: p(40.0),
            scope_looks: p(0.7),
            lone_staff: p(1.0),
            compare: p(12.0),
            quarterly: p(91.0),
            continuous: p(7.0),
            quarterly_work: p(80.0),
            continuous_work: p(10.0),
            per_trace: p(0.05),
        },
        measures: measures(),
        forensics: ForensicsConfig {
            arrives: p(5.0),
            retained: p(12.0),
            staff: p(4.0),
            usd: p(200_000.0),
            retainer_usd_per_year: p(50_000.0),
            misses: p(0.5),
        },
    }
}

fn measures() -> MeasureConfig {
    MeasureConfig {
        quarantine: p(6.0),
        holds: p(14.0),
        together_holds: p(3.0),
        reset: p(3.0),
        employees: p(1000.0),
        reset_usd: p(30.0),
        block: p(12.0),
        block_holds: p(30.0),
        block_usd_per_day: p(500.0),
        hunt: p(80.0),
        closes: p(0.8),
        unknown: p(0.5),
        unlogged: p(0.4),
        reimage: p(5.0),
        together: p(10.0),
        together_usd: p(50_000.0),
        together_misses: p(0.5),
        quiet: p(3.0),
    }
}

/// The staff with work on an intruder, with some numbers changed.
pub(super) fn soc_with(change: impl FnOnce(&mut IntrusionConfig)) -> SocConfig {
    let mut intrusion = intrusion();
    change(&mut intrusion);
    SocConfig { intrusion: Some(intrusion), ..staff() }
}

/// The same without changes.
pub(super) fn soc() -> SocConfig {
    soc_with(|_| {})
}

/// With work on both.
pub(super) fn both() -> SocConfig {
    SocConfig { leak: Some(leak()), ..soc() }
}
