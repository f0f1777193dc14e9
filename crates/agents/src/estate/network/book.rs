//! From the section to the book that plugins share: names, levers, numbers.

use std::sync::Arc;

use hotwash_engine::{
    Actor, Count, ParamId, Problem, Share, SimBuilder, SimDuration, Slug, StreamId, Terabytes,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::network::{SegmentInfo, SharedNetwork, StoreInfo};
use hotwash_incident::{Act, CaseBook, NetworkBook, PropositionId, SegmentId};

use super::config::{MonitoringIds, NetworkConfig, SegmentConfig, StoreConfig};
use super::decisions::{Cover, Watch};

/// Everything that a handler needs besides state.
pub(super) struct Wiring {
    pub(super) actor: Actor,
    pub(super) book: SharedNetwork,
    pub(super) ids: MonitoringIds,
    pub(super) watch: Watch,
    /// The controls that raise alerts on ordinary work.
    pub(super) controls: Vec<Control>,
    /// Whether the levers count a segment among the core, by segment.
    pub(super) is_core: Vec<bool>,
    /// Streams of traces, by [`Act`].
    pub(super) acts: [StreamId; Act::COUNT],
    pub(super) transfers: StreamId,
    pub(super) ordinary: StreamId,
}

/// A control that is on, as a source of false alerts.
pub(super) struct Control {
    pub(super) act: Act,
    /// Its number among all controls, on or off: its tickets go by it.
    pub(super) number: usize,
    pub(super) per_week: ParamId<Count>,
    /// Places of the segments that it covers.
    pub(super) covers: Vec<usize>,
}

impl Control {
    /// Controls that there are, on or off.
    pub(super) const ALL: usize = 4;
}

/// What the levers say.
struct Levers {
    watch: Watch,
    visibility: Cover,
    second_factor: bool,
}

pub(super) fn build(
    config: NetworkConfig,
    actor: Actor,
    log_retention: SimDuration,
    sim: &mut SimBuilder,
) -> Result<Wiring, Problem> {
    let case = sim.shared::<SharedCase>()?;
    let levers = read_levers(sim);
    let names = declare_names(&config, sim)?;
    let improved = sim.param("network.improved_visibility", config.improved_visibility);
    let left = sim.param("network.second_factor_left", config.second_factor_left);
    let mut segments = Vec::new();
    let mut is_core = Vec::new();
    for (i, segment) in config.segments.into_iter().enumerate() {
        is_core.push(segment.core);
        let improved = levers.visibility.covers(segment.core).then_some(improved);
        let info = segment_info(segment, improved, &names, sim);
        segments.push(info.map_err(|p| within(p, "segments", i))?);
    }
    let mut stores = Vec::new();
    for (i, store) in config.stores.into_iter().enumerate() {
        stores.push(store_info(store, &names, &case, sim).map_err(|p| within(p, "stores", i))?);
    }
    let second_factor = levers.second_factor.then_some(left);
    let book = Arc::new(NetworkBook { actor, segments, stores, log_retention, second_factor });
    sim.share::<SharedNetwork>(Arc::clone(&book));
    let ids = config.monitoring.register("network.monitoring", sim);
    Ok(Wiring {
        actor,
        controls: controls(&book, &ids, levers.watch, &is_core),
        book,
        ids,
        watch: levers.watch,
        is_core,
        acts: Act::ALL.map(|act| sim.stream("network", stream_name(act))),
        transfers: sim.stream("network", "alerts-on-transfers"),
        ordinary: sim.stream("network", "alerts-on-ordinary-work"),
    })
}

fn controls(
    book: &NetworkBook,
    ids: &MonitoringIds,
    watch: Watch,
    is_core: &[bool],
) -> Vec<Control> {
    let all: [(Act, bool, ParamId<Count>); Control::ALL] = [
        (Act::Login, true, ids.false_logins_per_week),
        (Act::RemoteTool, watch.remote_tools, ids.false_remote_tools_per_week),
        (Act::Move, watch.movement > Cover::None, ids.false_moves_per_week),
        (Act::Transfer, watch.transfers, ids.false_transfers_per_week),
    ];
    let covers = |act, i: &usize| match act {
        Act::Login => book.segments[*i].is_exposed,
        _ => watch.looks_for(act, is_core[*i]),
    };
    let on = all.into_iter().enumerate().filter(|(_, (_, is_on, _))| *is_on);
    on.map(|(number, (act, _, per_week))| {
        let covers = (0..book.segments.len()).filter(|i| covers(act, i)).collect();
        Control { act, number, per_week, covers }
    })
    .collect()
}

/// A problem's place within an entry of a list of the network.
fn within(problem: Problem, list: &str, index: usize) -> Problem {
    let path = format!("network.{list}[{index}].{}", problem.path);
    problem.at(path.trim_end_matches('.').to_owned())
}

fn read_levers(sim: &mut SimBuilder) -> Levers {
    let cover = |index| [Cover::None, Cover::Core, Cover::All][index];
    Levers {
        watch: Watch {
            remote_tools: sim.lever_flag(
                "watch_remote_tools",
                false,
                "remote-administration tools raise an alert, an administrator's own included",
            ),
            movement: cover(sim.lever_choice(
                "watch_movement",
                0,
                &["none", "core", "all"],
                "where movement between machines and new accounts raise an alert",
            )),
            transfers: sim.lever_flag(
                "watch_transfers",
                false,
                "large transfers and mass reading of files raise an alert",
            ),
        },
        visibility: cover(sim.lever_choice(
            "visibility",
            0,
            &["as-built", "core", "everywhere"],
            "where logging has been brought up to a better level",
        )),
        second_factor: sim.lever_flag(
            "second_factor",
            false,
            "logins that can be reached from outside need a second factor",
        ),
    }
}

fn declare_names(config: &NetworkConfig, sim: &mut SimBuilder) -> Result<Vec<Slug>, Problem> {
    for (i, segment) in config.segments.iter().enumerate() {
        if !sim.names.declare("segment", segment.name.as_str()) {
            return Err(within(twice("segment", segment.name), "segments", i));
        }
    }
    for (i, store) in config.stores.iter().enumerate() {
        if !sim.names.declare("store", store.name.as_str()) {
            return Err(within(twice("store", store.name), "stores", i));
        }
    }
    if !config.segments.iter().any(|s| s.exposed) {
        return Err(Problem::new("no segment can be reached from outside")
            .at("network.segments")
            .hint("give one of them `exposed: true`"));
    }
    Ok(config.segments.iter().map(|s| s.name).collect())
}

fn twice(sort: &str, name: Slug) -> Problem {
    Problem::new(format!("two {sort}s are called `{name}`")).at("name")
}

fn find(names: &[Slug], wanted: Slug) -> Result<SegmentId, Problem> {
    match names.iter().position(|name| *name == wanted) {
        Some(i) => Ok(SegmentId(i as u16)),
        None => Err(Problem::new(format!("no segment is called `{wanted}`"))
            .hint_names(wanted.as_str(), names.iter().map(Slug::as_str))),
    }
}

fn segment_info(
    config: SegmentConfig,
    improved: Option<ParamId<Share>>,
    names: &[Slug],
    sim: &mut SimBuilder,
) -> Result<SegmentInfo, Problem> {
    let mut links = Vec::new();
    for (i, link) in config.links.iter().enumerate() {
        links.push(find(names, *link).map_err(|p| p.at(format!("links[{i}]")))?);
    }
    let place = format!("network.segments.{}", config.name);
    Ok(SegmentInfo {
        name: config.name,
        title: config.title,
        is_exposed: config.exposed,
        holds_directory: config.holds_directory,
        links,
        hosts: sim.param(&format!("{place}.hosts"), config.hosts),
        visibility: sim.param(&format!("{place}.visibility"), config.visibility),
        improved,
        standstill_usd_per_day: sim
            .param(&format!("{place}.standstill_usd_per_day"), config.standstill_usd_per_day),
    })
}

fn store_info(
    config: StoreConfig,
    names: &[Slug],
    case: &CaseBook,
    sim: &mut SimBuilder,
) -> Result<StoreInfo, Problem> {
    let place = format!("network.stores.{}", config.name);
    let makes_true: Result<Vec<PropositionId>, Problem> = config
        .makes_true
        .iter()
        .enumerate()
        .map(|(i, name)| {
            case.proposition(name.as_str()).map_err(|p| p.at(format!("makes_true[{i}]")))
        })
        .collect();
    Ok(StoreInfo {
        name: config.name,
        title: config.title,
        kind: config.kind,
        segment: find(names, config.segment).map_err(|p| p.at("segment"))?,
        size: sim.param::<Terabytes>(&format!("{place}.size"), config.size),
        age: sim.param(&format!("{place}.age"), config.age),
        makes_true: makes_true?,
    })
}

const fn stream_name(act: Act) -> &'static str {
    match act {
        Act::Guess => "guesses",
        Act::Login => "logins",
        Act::Move => "moves",
        Act::Directory => "directory-readings",
        Act::RemoteTool => "remote-tools",
        Act::BackDoor => "back-doors",
        Act::Collect => "collections",
        Act::Transfer => "transfers",
        Act::Keylog => "keyloggers",
        Act::OldAccount => "old-accounts",
    }
}
