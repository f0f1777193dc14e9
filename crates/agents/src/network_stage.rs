//! What the tests of the network's agents share: a small case and network, and a plugin that plays a
//! script.

use std::sync::Arc;

use hotwash_engine::{
    Calendar, Event, JsonSchema, NoOrder, On, Plugin, Problem, RunKey, Share, SimBuilder,
    SimDuration, SimTime, Simulation, Single, Slug, Start, TakeDefaults, schemars, state,
};
use hotwash_incident::case::{Case, CaseConfig, PropositionConfig, TruthConfig};
use hotwash_incident::events::{
    BackDoorsHunted, CredentialsReset, DataTaken, HostAlert, HostileAct, MachinesReimaged,
    RemoteToolsBlocked, SegmentQuarantined, SegmentReleased,
};
use hotwash_incident::matter::MatterConfig;
use hotwash_incident::{Act, SegmentId, StoreId, StoreKind};

use crate::estate::{EstateConfig, MonitoringConfig, NetworkConfig, SegmentConfig, StoreConfig};
use crate::testkit::{p, refutation, slug};

/// The lab, the office, the core and the code, by number.
pub(crate) const LAB: SegmentId = SegmentId(0);
pub(crate) const OFFICE: SegmentId = SegmentId(1);
pub(crate) const CORE: SegmentId = SegmentId(2);
pub(crate) const CODE: SegmentId = SegmentId(3);

fn names(list: &[&str]) -> Vec<Slug> {
    list.iter().map(|n| slug(n)).collect()
}

/// A case about an intrusion, where the code lies within reach or not.
pub(crate) fn case(code_within_reach: bool) -> CaseConfig {
    let proposition = |name: &str, truth| PropositionConfig {
        name: slug(name),
        text: format!("[{name}]"),
        truth,
        prior: p(0.1),
    };
    let reach = if code_within_reach { TruthConfig::Given } else { TruthConfig::Latent(p(0.0)) };
    CaseConfig {
        vendor: "Vendor".into(),
        propositions: vec![
            proposition("network-entered", TruthConfig::UntilActed),
            proposition("beyond-lab", TruthConfig::UntilActed),
            proposition("source-taken", TruthConfig::UntilActed),
            proposition("code-within-reach", reach),
        ],
        matters: vec![MatterConfig {
            name: slug("intrusion"),
            title: "the intrusion".into(),
            breach: slug("network-entered"),
            about: names(&["beyond-lab", "source-taken"]),
        }],
        evidence: vec![],
        turning_points: vec![],
        knows_at: p(0.9),
        refuted_at: p(0.8),
        refutation: refutation(),
    }
}

fn segment(name: &str, visibility: f64, links: &[&str]) -> SegmentConfig {
    SegmentConfig {
        name: slug(name),
        title: format!("the {name}"),
        exposed: name == "lab",
        holds_directory: name == "core",
        core: matches!(name, "core" | "code"),
        links: names(links),
        hosts: p(100.0),
        visibility: p(visibility),
        standstill_usd_per_day: p(10_000.0),
    }
}

fn store(name: &str, kind: StoreKind, place: &str, size: f64, makes_true: &[&str]) -> StoreConfig {
    StoreConfig {
        name: slug(name),
        title: format!("the {name}"),
        kind,
        segment: slug(place),
        size: p(size),
        age: p(100.0),
        makes_true: names(makes_true),
    }
}

/// A lab that is exposed, an office behind it, a core with the directory, and the code.
pub(crate) fn estate(visibility: f64) -> EstateConfig {
    let network = NetworkConfig {
        segments: vec![
            segment("lab", visibility, &["office"]),
            segment("office", visibility, &["lab", "core"]),
            segment("core", visibility, &[]),
            segment("code", visibility, &[]),
        ],
        stores: vec![
            store("artifacts", StoreKind::DebugSymbols, "lab", 2.0, &[]),
            store("documents", StoreKind::Documents, "office", 20.0, &[]),
            store("source", StoreKind::SourceCode, "code", 4.0, &["source-taken"]),
        ],
        monitoring: monitoring(),
        improved_visibility: p(0.9),
        second_factor_left: p(0.1),
    };
    EstateConfig { support: None, network: Some(network) }
}

fn monitoring() -> MonitoringConfig {
    let rare = || p::<Share>(0.02);
    let often = || p::<Share>(0.6);
    MonitoringConfig {
        guess: p(0.0001),
        login: p(0.02),
        old_account: p(0.02),
        move_unwatched: rare(),
        move_watched: often(),
        directory_unwatched: rare(),
        directory_watched: often(),
        back_door_unwatched: rare(),
        back_door_watched: often(),
        remote_tool_unwatched: rare(),
        remote_tool_watched: often(),
        keylog_unwatched: rare(),
        keylog_watched: often(),
        collect_unwatched: rare(),
        collect_watched: often(),
        transfer_per_tb: p(0.5),
        transfer_rate: p(30.0),
        transfer_steepness: p(1.5),
        transfer_unwatched: p(0.02),
        false_logins_per_week: p(0.5),
        false_remote_tools_per_week: p(20.0),
        false_moves_per_week: p(5.0),
        false_transfers_per_week: p(3.0),
    }
}

/// Something that the script makes happen.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Play {
    Do(Act, SegmentId),
    Take(StoreId, f64, f64),
    Quarantine(SegmentId),
    Release(SegmentId),
    Reset,
    BlockTools(bool),
    Hunt(Option<SegmentId>, f64),
    Reimage(Option<SegmentId>),
}

state! {
    /// The alerts that the stage has heard, true and false.
    pub(crate) struct Heard { pub(crate) real: u64, pub(crate) noise: u64, pub(crate) noises: u64 }
}

/// Plays on days after the run's start, and listens to alerts.
pub(crate) struct Stage;

#[derive(Clone, Copy, Debug)]
struct PlayDue(usize);
impl Event for PlayDue {
    const NAME: &'static str = "network-stage.play-due";
}

/// A script as configuration; built by hand in tests, never read.
#[derive(Clone, serde::Deserialize, JsonSchema)]
pub(crate) struct StageConfig {
    #[serde(skip)]
    plays: Vec<(f64, Play)>,
}

impl StageConfig {
    pub(crate) fn new(plays: &[(f64, Play)]) -> Self {
        StageConfig { plays: plays.to_vec() }
    }
}

impl Plugin for Stage {
    const NAME: &'static str = "network-stage";
    const ABOUT: &'static str = "plays a test's script";
    type Config = StageConfig;
    type Order = NoOrder;

    fn build(config: StageConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let plays = Arc::new(config.plays);
        let actor = sim.spawn("stage", Heard { real: 0, noise: 0, noises: 0 });
        let start = sim.start();
        let days = Arc::clone(&plays);
        sim.on(move |mut on: On<'_, Start>| {
            for (i, (day, _)) in days.iter().enumerate() {
                on.at(start + SimDuration::from_hours_f64(day * 24.0), PlayDue(i));
            }
        });
        sim.on(move |mut on: On<'_, PlayDue>| {
            let play = plays[on.event.0].1;
            perform(&mut on, play);
        });
        sim.on(|on: On<'_, HostAlert>, mut heard: Single<'_, '_, &mut Heard>| {
            let HostAlert { is_real, count, .. } = on.event;
            if is_real {
                heard.real += count;
            } else {
                heard.noise += count;
                heard.noises += 1;
            }
        });
        sim.invariant("no empty alert", move |view| {
            let heard = view.get::<Heard>(actor);
            if heard.noises <= heard.noise { Ok(()) } else { Err("empty".into()) }
        });
        Ok(())
    }
}

fn perform(on: &mut On<'_, PlayDue>, play: Play) {
    match play {
        Play::Do(act, segment) => on.send(HostileAct { act, segment, amount: 1.0 }),
        Play::Take(store, tb, mbit_s) => on.send(DataTaken { store, tb, mbit_s }),
        Play::Quarantine(segment) => on.send(SegmentQuarantined { segment }),
        Play::Release(segment) => on.send(SegmentReleased { segment }),
        Play::Reset => on.send(CredentialsReset {}),
        Play::BlockTools(is_blocked) => on.send(RemoteToolsBlocked { is_blocked }),
        Play::Hunt(segment, thoroughness) => on.send(BackDoorsHunted { segment, thoroughness }),
        Play::Reimage(segment) => on.send(MachinesReimaged { segment }),
    }
}

/// A builder with the case and the network: 400 days from 1 October 2018, the last 100 after STARTEX.
pub(crate) fn builder(settings: &[(&str, &str)], visibility: f64, reach: bool) -> SimBuilder {
    builder_of(settings, estate(visibility), reach)
}

/// The same with a network of one's own.
pub(crate) fn builder_of(
    settings: &[(&str, &str)],
    config: EstateConfig,
    reach: bool,
) -> SimBuilder {
    let calendar = Calendar::new("2019-07-28 09:00").unwrap();
    let settings = settings.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let start = SimTime::STARTEX - SimDuration::from_days(300);
    let horizon = SimTime::STARTEX + SimDuration::from_days(100);
    let mut sim = SimBuilder::new(calendar, start, horizon, settings);
    sim.plugin::<Case>(case(reach));
    sim.plugin::<crate::estate::EstatePlugin>(config);
    sim
}

/// Finishes the builder; runs check the invariants and record the journal.
pub(crate) fn finish(sim: SimBuilder) -> Simulation {
    let mut sim = sim.finish().map_err(|problems| format!("{problems:#?}")).unwrap();
    sim.check_invariants(true);
    sim.record_journal(true);
    sim
}

/// Runs one seed.
pub(crate) fn run(sim: &mut Simulation, seed: u64) {
    sim.run(RunKey::single(seed), &mut TakeDefaults).unwrap();
}

/// A metric that must have a value.
pub(crate) fn metric(sim: &Simulation, name: &str) -> f64 {
    crate::testkit::metric(sim, name).unwrap_or_else(|| panic!("{name} has no value"))
}
