//! The intruder: a crew that breaks in with stolen logins, moves on to what it can sell, takes it out
//! slowly, and leaves ways to come back.
//!
//! A script with uncertain numbers, up to the point where the vendor does something: cutting off,
//! resetting and hunting take ways in from it, and it comes back through what they leave.

mod build;
mod config;
mod containment;
pub mod decisions;
mod entry;
pub mod footing;
mod haul;
pub mod kinds;
mod metrics;
mod spread;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use hotwash_engine::{NoOrder, On, Plugin, Problem, SimBuilder, Single, Start};
use hotwash_incident::Ledgers;
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{
    BackDoorsHunted, CredentialsReset, MachinesReimaged, RemoteToolsBlocked, SegmentQuarantined,
    SegmentReleased,
};
use hotwash_incident::network::Access;

use build::Wiring;
pub use config::{
    AppetiteConfig, CredentialsConfig, ExfiltrationConfig, FootholdsConfig, IntruderConfig,
    MovesConfig, PersistenceConfig,
};
pub use footing::Intruder;

/// The crew.
pub struct IntruderPlugin;

impl Plugin for IntruderPlugin {
    const NAME: &'static str = "intruder";
    const ABOUT: &'static str =
        "a crew that lives in the vendor's network, takes files out and leaves ways to come back";
    type Config = IntruderConfig;
    type Order = NoOrder;

    fn build(config: IntruderConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let case = sim.shared::<SharedCase>()?;
        let wiring = Arc::new(build::wiring(config, &case, sim)?);
        wire_plans(sim, &wiring);
        wire_containment(sim, &wiring);
        metrics::declare(sim, &wiring);
        Ok(())
    }
}

/// The crew, and what others see of its ways in.
type Crew<'w, 's> = Single<'w, 's, (&'static mut Intruder, &'static mut Access)>;

/// What the crew itself plans.
fn wire_plans(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, Start>| entry::start(&mut on, &w));
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, entry::Begin>,
              mut crew: Crew<'_, '_>,
              ledgers: Single<'_, '_, &Ledgers>| {
            let (crew, access) = &mut *crew;
            entry::begin(&mut on, crew, &ledgers, &w);
            crew.show(access, &w.ground);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, entry::Approach>, mut crew: Crew<'_, '_>| {
        let (crew, access) = &mut *crew;
        entry::approach(&mut on, crew, &w);
        crew.show(access, &w.ground);
    });
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, entry::GuessWeek>, crew: Single<'_, '_, &Intruder>| {
        entry::guess_week(&mut on, &crew, &w);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, entry::LoginCame>,
              mut crew: Crew<'_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let (crew, access) = &mut *crew;
            entry::login_came(&mut on, crew, &mut ledgers, &w);
            crew.show(access, &w.ground);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, spread::Turn>,
              mut crew: Crew<'_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let (crew, access) = &mut *crew;
            spread::turn(&mut on, crew, &mut ledgers, &w);
            crew.show(access, &w.ground);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, haul::HaulWeek>,
              mut crew: Crew<'_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let (crew, access) = &mut *crew;
            haul::week(&mut on, crew, &mut ledgers, &w);
            crew.show(access, &w.ground);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, containment::Resume>, mut crew: Crew<'_, '_>| {
        let (crew, access) = &mut *crew;
        containment::resume(&mut on, crew, &w);
        crew.show(access, &w.ground);
    });
}

/// What the vendor does against it.
fn wire_containment(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, SegmentQuarantined>, mut crew: Crew<'_, '_>| {
        let (crew, access) = &mut *crew;
        crew.holds[usize::from(on.event.segment.0)].is_shut = true;
        containment::disturbed(&mut on, crew, &w);
        crew.show(access, &w.ground);
    });
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, SegmentReleased>, mut crew: Crew<'_, '_>| {
        let (crew, access) = &mut *crew;
        crew.holds[usize::from(on.event.segment.0)].is_shut = false;
        containment::take_stock(&mut on, crew, &w);
        crew.show(access, &w.ground);
    });
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, CredentialsReset>, mut crew: Crew<'_, '_>| {
        let (crew, access) = &mut *crew;
        crew.has_credentials = false;
        containment::disturbed(&mut on, crew, &w);
        crew.show(access, &w.ground);
    });
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, RemoteToolsBlocked>, mut crew: Crew<'_, '_>| {
        let (crew, access) = &mut *crew;
        crew.tools_blocked = on.event.is_blocked;
        if crew.tools_blocked {
            containment::disturbed(&mut on, crew, &w);
        } else {
            containment::take_stock(&mut on, crew, &w);
        }
        crew.show(access, &w.ground);
    });
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, BackDoorsHunted>, mut crew: Crew<'_, '_>| {
        let (crew, access) = &mut *crew;
        let segment = on.event.segment.map(|s| usize::from(s.0));
        crew.hunt(segment, on.event.thoroughness);
        containment::disturbed(&mut on, crew, &w);
        crew.show(access, &w.ground);
    });
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, MachinesReimaged>, mut crew: Crew<'_, '_>| {
        let (crew, access) = &mut *crew;
        let segment = on.event.segment.map(|s| usize::from(s.0));
        crew.reimage(segment);
        containment::disturbed(&mut on, crew, &w);
        crew.show(access, &w.ground);
    });
}
