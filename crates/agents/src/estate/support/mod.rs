//! The store of support records: who may read them, what is logged, and what raises an alert.

pub mod decisions;
mod systems;

use std::sync::Arc;

use hotwash_engine::{
    Actor, Better, Count, Factor, MetricInfo, On, ParamId, Share, SimBuilder, SimDuration, Single,
    Start, StreamId, state,
};
use hotwash_incident::estate::SharedEstate;
use hotwash_incident::events::RecordsRead;
use hotwash_incident::{AccessMonitoring, EstateBook};

use super::config::{MonitorConfig, SupportConfig};

state! {
    /// What the store's monitors have raised.
    pub struct Estate {
        /// Alerts on the insider's reading.
        pub real_alerts: u64,
        /// Alerts on ordinary work.
        pub false_alerts: u64,
    }
}

/// Registered numbers of the monitoring that is on.
#[derive(Clone, Copy)]
pub(super) struct MonitorIds {
    half_at: ParamId<Count>,
    steepness: ParamId<Factor>,
    ceiling: ParamId<Share>,
    false_per_week: ParamId<Count>,
}

/// Everything that a handler needs besides state.
#[derive(Clone, Copy)]
pub(super) struct Ids {
    actor: Actor,
    monitor: Option<MonitorIds>,
    /// Chance of an alert by need checks, and false alerts in a week, where there are such checks.
    need_checks: Option<(ParamId<Share>, ParamId<Count>)>,
    real: StreamId,
    ordinary: StreamId,
}

/// Builds the store in.
pub(super) fn build(config: SupportConfig, log_retention: SimDuration, sim: &mut SimBuilder) {
    let actor = sim.spawn("support-store", Estate { real_alerts: 0, false_alerts: 0 });
    let ids = wire_levers(config, actor, log_retention, sim);
    sim.on(move |mut on: On<'_, Start>| systems::start(&mut on, &ids));
    sim.on(
        move |mut on: On<'_, systems::OrdinaryWeek>, mut estate: Single<'_, '_, &mut Estate>| {
            systems::ordinary_week(&mut on, &mut estate, &ids);
        },
    );
    sim.on(move |mut on: On<'_, RecordsRead>, mut estate: Single<'_, '_, &mut Estate>| {
        systems::records_read(&mut on, &mut estate, &ids);
    });
    declare_metrics(sim, actor);
    let is_watched = ids.monitor.is_some() || ids.need_checks.is_some();
    sim.invariant("no alert without a control", move |view| {
        let estate = view.get::<Estate>(actor);
        match estate.real_alerts + estate.false_alerts {
            alerts if alerts > 0 && !is_watched => Err(format!("{alerts} alerts, no control")),
            _ => Ok(()),
        }
    });
}

/// Reads the levers, registers the numbers and shares the book.
fn wire_levers(
    config: SupportConfig,
    actor: Actor,
    log_retention: SimDuration,
    sim: &mut SimBuilder,
) -> Ids {
    let monitoring = sim.lever_choice(
        "access_monitoring",
        0,
        &["none", "volume", "peer"],
        "what raises an alert on record access: nothing, many records in a day, or far more than peers",
    );
    let need_checks = sim.lever_flag(
        "need_checks",
        false,
        "a support agent can read a record only while a ticket of that customer is open",
    );
    let canaries = sim.lever_count(
        "canaries",
        0,
        0,
        1_000,
        "records",
        "invented customers in the store, each with a telephone number that the vendor answers",
    );
    let records = sim.param("records", config.records);
    let volume = register_monitor("volume", config.volume, sim);
    let peer = register_monitor("peer", config.peer, sim);
    let pace_left = sim.param("need_checks.pace_left", config.need_checks.pace_left);
    let need_ids = (
        sim.param("need_checks.alert", config.need_checks.alert),
        sim.param("need_checks.false_per_week", config.need_checks.false_per_week),
    );
    let (monitoring, monitor) = match monitoring {
        1 => (AccessMonitoring::Volume, Some(volume)),
        2 => (AccessMonitoring::Peer, Some(peer)),
        _ => (AccessMonitoring::None, None),
    };
    sim.share::<SharedEstate>(Arc::new(EstateBook {
        actor,
        records,
        log_retention,
        monitoring,
        need_check_pace: need_checks.then_some(pace_left),
        canaries: canaries.unsigned_abs(),
    }));
    Ids {
        actor,
        monitor,
        need_checks: need_checks.then_some(need_ids),
        real: sim.stream("support-store", "alerts-on-theft"),
        ordinary: sim.stream("support-store", "alerts-on-ordinary-work"),
    }
}

fn register_monitor(name: &str, config: MonitorConfig, sim: &mut SimBuilder) -> MonitorIds {
    MonitorIds {
        half_at: sim.param(&format!("{name}.half_at"), config.half_at),
        steepness: sim.param(&format!("{name}.steepness"), config.steepness),
        ceiling: sim.param(&format!("{name}.ceiling"), config.ceiling),
        false_per_week: sim.param(&format!("{name}.false_per_week"), config.false_per_week),
    }
}

fn declare_metrics(sim: &mut SimBuilder, actor: Actor) {
    let info =
        |name, better, about| MetricInfo { name, unit: "alerts", better, bearer: "vendor", about };
    sim.metric(
        info(
            "access-alerts-real",
            Better::Neither,
            "alerts on record access that the insider's reading raised, looked at or not",
        ),
        move |v| Some(v.get::<Estate>(actor).real_alerts as f64),
    );
    sim.metric(
        info(
            "access-alerts-false",
            Better::Lower,
            "alerts on record access that ordinary work raised: the price of monitoring",
        ),
        move |v| Some(v.get::<Estate>(actor).false_alerts as f64),
    );
}
