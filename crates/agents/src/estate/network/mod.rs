//! The vendor's own network: segments, stores, logs, and what raises an alert.

mod book;
mod config;
pub mod decisions;
mod systems;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use hotwash_engine::{
    Actor, Better, MetricInfo, On, Problem, SimBuilder, SimDuration, Single, Start, state,
};
use hotwash_incident::events::{DataTaken, HostileAct};
use hotwash_incident::network::Trail;
use hotwash_incident::{Act, Footprints};

use book::Control;

pub use config::{MonitoringConfig, NetworkConfig, SegmentConfig, StoreConfig};

/// False alerts of a control, as a run has them.
#[derive(Clone, Copy, Debug)]
pub struct Noise {
    /// Machines that it covers.
    hosts: f64,
    /// False alerts to expect in a week.
    mean: f64,
}

state! {
    /// What the monitors have seen and raised.
    pub struct Sensors {
        /// Hostile acts so far, by [`Act`].
        pub acts: [u64; Act::COUNT],
        /// Batches of data that have left so far.
        pub batches: u64,
        /// Alerts to expect on the transfers so far.
        pub hazard: f64,
        /// Where that sum raises the next alert.
        pub next_alert: f64,
        /// Alerts that transfers raised.
        pub transfer_alerts: u64,
        /// Alerts that hostile acts raised, transfers included.
        pub real_alerts: u64,
        /// Alerts on ordinary work.
        pub false_alerts: u64,
        /// By control, once a week of it has passed.
        noise: [Option<Noise>; Control::ALL],
    }
}

/// Builds the network in and shares its book.
pub(super) fn build(
    config: NetworkConfig,
    log_retention: SimDuration,
    sim: &mut SimBuilder,
) -> Result<(), Problem> {
    let footprints = Footprints { trails: vec![Trail::default(); config.segments.len()] };
    let actor = sim.spawn("network", footprints);
    sim.add(
        actor,
        Sensors {
            acts: [0; Act::COUNT],
            batches: 0,
            hazard: 0.0,
            next_alert: 0.0,
            transfer_alerts: 0,
            real_alerts: 0,
            false_alerts: 0,
            noise: [None; Control::ALL],
        },
    );
    let wiring = Arc::new(book::build(config, actor, log_retention, sim)?);
    wire(sim, &wiring);
    declare_metrics(sim, actor);
    sim.invariant("logs hold no more than happened", move |view| {
        let trails = &view.get::<Footprints>(actor).trails;
        match trails.iter().find(|t| t.logged > t.acts || t.logged_tb > t.taken_tb) {
            Some(trail) => Err(format!("{trail:?}")),
            None => Ok(()),
        }
    });
    Ok(())
}

fn wire(sim: &mut SimBuilder, wiring: &Arc<book::Wiring>) {
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, Start>, mut sensors: Single<'_, '_, &mut Sensors>| {
        systems::start(&mut on, &mut sensors, &w);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, HostileAct>,
              mut net: Single<'_, '_, (&mut Sensors, &mut Footprints)>| {
            let (sensors, footprints) = &mut *net;
            systems::hostile_act(&mut on, sensors, footprints, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, DataTaken>,
              mut net: Single<'_, '_, (&mut Sensors, &mut Footprints)>| {
            let (sensors, footprints) = &mut *net;
            systems::data_taken(&mut on, sensors, footprints, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, systems::NetworkWeek>, mut sensors: Single<'_, '_, &mut Sensors>| {
            systems::ordinary_week(&mut on, &mut sensors, &w);
        },
    );
}

fn declare_metrics(sim: &mut SimBuilder, actor: Actor) {
    let mut alerts = |name, better, about, read: fn(&Sensors) -> u64| {
        let info = MetricInfo { name, unit: "alerts", better, bearer: "vendor", about };
        sim.metric(info, move |v| Some(read(v.get::<Sensors>(actor)) as f64));
    };
    alerts(
        "host-alerts-real",
        Better::Neither,
        "alerts in the network that hostile acts raised, looked at or not",
        |s| s.real_alerts,
    );
    alerts(
        "host-alerts-false",
        Better::Lower,
        "alerts in the network that ordinary work raised: the price of monitoring",
        |s| s.false_alerts,
    );
    alerts(
        "transfer-alerts-real",
        Better::Neither,
        "alerts that data leaving the network raised, looked at or not",
        |s| s.transfer_alerts,
    );
    let info = MetricInfo {
        name: "acts-logged",
        unit: "share",
        better: Better::Higher,
        bearer: "vendor",
        about: "share of the hostile acts inside the network that left a trace in a log, kept or not; passwords tried from outside are not among them",
    };
    sim.metric(info, move |v| {
        let trails = &v.get::<Footprints>(actor).trails;
        let acts: u64 = trails.iter().map(|t| t.acts).sum();
        let logged: u64 = trails.iter().map(|t| t.logged).sum();
        (acts > 0).then(|| logged as f64 / acts as f64)
    });
}
