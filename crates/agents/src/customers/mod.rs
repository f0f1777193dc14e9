//! Customers: populations by country that are called, complain, hear warnings, trust and leave; and
//! business customers who weigh whether to switch.
//!
//! Millions of customers are a few cohorts with exact binomial draws. Complaints are the only way in
//! which the vendor of `insider-sale` learns of the theft unless it watches its own store. Calls and
//! business customers are parts that a scenario may leave out; trust is one stock for all matters.

mod accounts;
mod calls;
mod config;
pub mod decisions;
pub mod doubt;
pub mod kinds;
mod metrics;
mod state;
mod systems;
#[cfg(test)]
mod tests;
mod wiring;

use std::sync::Arc;

use hotwash_engine::{End, NoOrder, On, Plugin, Problem, SimBuilder, Single, Start};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{
    ArticlePublished, ClaimRefuted, CustomersCalled, CustomersWarned, PeopleNotified, RecordsRead,
    StatementReleased,
};
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{Ledgers, cohort};

pub use accounts::Accounts;
pub use config::{
    AccountsConfig, CallChurnConfig, CallTrustConfig, CallsConfig, ChurnConfig, CohortConfig,
    ComplaintConfig, CustomersConfig, DoubtConfig, EvidenceConfig, ReadingConfig, SwitchingConfig,
    TrustConfig, WarningConfig,
};
pub use state::Customers;

use calls::{Arriving, OrdinaryWeek};
use systems::Cohorts;
use wiring::{Calls, Wiring};

/// The customers of the vendor.
pub struct CustomersPlugin;

impl Plugin for CustomersPlugin {
    const NAME: &'static str = "customers";
    const ABOUT: &'static str =
        "populations by country: they are called, complain, hear warnings, lose trust and leave";
    type Config = CustomersConfig;
    type Order = NoOrder;

    fn build(mut config: CustomersConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let case = sim.shared::<SharedCase>()?;
        let actor = sim.spawn("customers", Customers::new());
        kinds::reach(sim);
        sim.entitle(actor.id, "Customers");
        let accounts = config.accounts.take();
        let wiring = Arc::new(Wiring::new(config, actor.id, &case, sim)?);
        sim.share::<cohort::SharedCohorts>(Arc::clone(&wiring.book));
        let w = Arc::clone(&wiring);
        sim.on(
            move |mut on: On<'_, Start>, mut all: All<'_, '_>, mut cohorts: Cohorts<'_, '_, '_>| {
                systems::start(&mut on, &mut all, &mut cohorts, &w);
            },
        );
        if let Some(calls) = &wiring.calls {
            wire_calls(sim, &wiring, calls);
        }
        wire_news(sim, &wiring);
        let w = Arc::clone(&wiring);
        sim.on(
            move |mut on: On<'_, End>, mut all: All<'_, '_>, mut cohorts: Cohorts<'_, '_, '_>| {
                systems::end(&mut on, &mut all, &mut cohorts, &w);
            },
        );
        metrics::declare(sim, actor, &wiring);
        if let Some(config) = accounts {
            accounts::build(config, actor, &case, sim)?;
        }
        Ok(())
    }
}

type All<'w, 's> = Single<'w, 's, &'static mut Customers>;

/// Calls, complaints, warnings and letters.
fn wire_calls(sim: &mut SimBuilder, wiring: &Arc<Wiring>, calls: &Arc<Calls>) {
    macro_rules! hear {
        ($($event:ty => $system:path;)*) => {$({
            let (w, c) = (Arc::clone(wiring), Arc::clone(calls));
            sim.on(
                move |mut on: On<'_, $event>,
                      mut all: All<'_, '_>,
                      mut cohorts: Cohorts<'_, '_, '_>| {
                    $system(&mut on, &mut all, &mut cohorts, (&w, &c));
                },
            );
        })*};
    }
    hear! {
        CustomersCalled => calls::called;
        CustomersWarned => calls::warned;
        PeopleNotified => calls::notified;
    }
    macro_rules! complain {
        ($($event:ty => $system:path;)*) => {$({
            let (w, c) = (Arc::clone(wiring), Arc::clone(calls));
            sim.on(
                move |mut on: On<'_, $event>,
                      mut all: All<'_, '_>,
                      mut cohorts: Cohorts<'_, '_, '_>,
                      mut ledgers: Single<'_, '_, &mut Ledgers>| {
                    $system(&mut on, &mut all, &mut cohorts, &mut ledgers, (&w, &c));
                },
            );
        })*};
    }
    complain! {
        Arriving => calls::arrived;
        OrdinaryWeek => calls::ordinary_week;
    }
    sim.on(|on: On<'_, RecordsRead>, mut all: All<'_, '_>| calls::records_read(&on, &mut all));
}

/// Articles, statements and what is refuted.
fn wire_news(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, ArticlePublished>,
              mut all: All<'_, '_>,
              mut cohorts: Cohorts<'_, '_, '_>| {
            systems::article(&mut on, &mut all, &mut cohorts, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, ClaimRefuted>,
              mut all: All<'_, '_>,
              mut cohorts: Cohorts<'_, '_, '_>| {
            systems::refuted(&mut on, &mut all, &mut cohorts, &w);
        },
    );
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
