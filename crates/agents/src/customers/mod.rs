//! Customers: populations by country that are called, complain, hear warnings, trust and leave.
//!
//! Millions of customers are eight cohorts with exact binomial draws. Complaints are the only way in
//! which the vendor of `insider-sale` learns of the theft unless it watches its own store.

mod config;
pub mod decisions;
pub mod kinds;
mod metrics;
mod state;
mod systems;
mod wiring;

use std::sync::Arc;

use hotwash_engine::{End, NoOrder, On, Plugin, Problem, SimBuilder, Single, Start};
use hotwash_incident::events::{
    ArticlePublished, ClaimRefuted, CustomersCalled, CustomersWarned, PeopleNotified, RecordsRead,
    StatementReleased,
};
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{Ledgers, cohort};

pub use config::{
    ChurnConfig, CohortConfig, ComplaintConfig, CustomersConfig, EvidenceConfig, TrustConfig,
    WarningConfig,
};
pub use state::Customers;

use systems::{Arriving, Cohorts, OrdinaryWeek};
use wiring::Wiring;

/// The customers of the vendor.
pub struct CustomersPlugin;

impl Plugin for CustomersPlugin {
    const NAME: &'static str = "customers";
    const ABOUT: &'static str =
        "populations by country: they are called, complain, hear warnings, lose trust and leave";
    type Config = CustomersConfig;
    type Order = NoOrder;

    fn build(config: CustomersConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let actor = sim.spawn("customers", Customers::new());
        let wiring = Arc::new(Wiring::new(config, actor.id, sim)?);
        sim.share::<cohort::SharedCohorts>(Arc::clone(&wiring.book));
        wire_calls(sim, &wiring);
        wire_news(sim, &wiring);
        let w = Arc::clone(&wiring);
        sim.on(
            move |mut on: On<'_, End>, mut all: All<'_, '_>, mut cohorts: Cohorts<'_, '_, '_>| {
                systems::end(&mut on, &mut all, &mut cohorts, &w);
            },
        );
        metrics::declare(sim, actor, &wiring);
        Ok(())
    }
}

type All<'w, 's> = Single<'w, 's, &'static mut Customers>;

/// The beginning, calls and complaints.
fn wire_calls(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, Start>, mut all: All<'_, '_>, mut cohorts: Cohorts<'_, '_, '_>| {
        systems::start(&mut on, &mut all, &mut cohorts, &w);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, CustomersCalled>,
              mut all: All<'_, '_>,
              mut cohorts: Cohorts<'_, '_, '_>| {
            systems::called(&mut on, &mut all, &mut cohorts, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, Arriving>,
              mut all: All<'_, '_>,
              mut cohorts: Cohorts<'_, '_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            systems::arrived(&mut on, &mut all, &mut cohorts, &mut ledgers, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, OrdinaryWeek>,
              mut all: All<'_, '_>,
              mut cohorts: Cohorts<'_, '_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            systems::ordinary_week(&mut on, &mut all, &mut cohorts, &mut ledgers, &w);
        },
    );
    sim.on(|on: On<'_, RecordsRead>, mut all: All<'_, '_>| systems::records_read(&on, &mut all));
}

/// Warnings, letters, articles, statements and what is refuted.
fn wire_news(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    macro_rules! hear {
        ($($event:ty => $system:path;)*) => {$({
            let w = Arc::clone(wiring);
            sim.on(
                move |mut on: On<'_, $event>,
                      mut all: All<'_, '_>,
                      mut cohorts: Cohorts<'_, '_, '_>| {
                    $system(&mut on, &mut all, &mut cohorts, &w);
                },
            );
        })*};
    }
    hear! {
        CustomersWarned => systems::warned;
        PeopleNotified => systems::notified;
        ArticlePublished => systems::article;
        ClaimRefuted => systems::refuted;
    }
    let w = Arc::clone(wiring);
    // The press office is built after the customers, and shares its statements then.
    sim.once_built(move |sim| {
        let Ok(statements) = sim.shared::<SharedStatements>() else { return Ok(()) };
        sim.on(
            move |mut on: On<'_, StatementReleased>,
                  mut all: All<'_, '_>,
                  mut cohorts: Cohorts<'_, '_, '_>,
                  ledgers: Single<'_, '_, &Ledgers>| {
                let statement = statements.get(on.event.statement);
                systems::spoke(&mut on, &mut all, &mut cohorts, &ledgers, statement, &w);
            },
        );
        Ok(())
    });
}
