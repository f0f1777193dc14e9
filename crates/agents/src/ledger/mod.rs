//! The books: money by kind and bearer, hours, customers lost, and what a known theft costs afterwards.
//!
//! Other agents say what they spend; only the ledger adds up. Nothing here decides anything.

pub mod config;
pub mod decisions;
mod metrics;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use hotwash_engine::{
    Actor, Audience, Cx, End, Event, Factor, Kind, MilestoneId, NoOrder, On, ParamId, Plugin,
    Points, Problem, Share, SimBuilder, Single, StreamId, Usd, Weight, state,
};
use hotwash_incident::events::{
    Bearer, CostIncurred, CostKind, CustomersLost, HoursWorked, RecordsRead,
};
use hotwash_incident::{Ledgers, milestones, view};

use config::LedgerConfig;
use decisions::{ACCOUNTS, CameOut};

/// The books are closed at the end of the run.
pub static CLOSED: Kind = Kind {
    name: "ledger.closed",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "closed: the vendor bears {vendor:usd}, victims {victims:usd}; {hours:n} hours of work went into it",
    tags: &[],
};

/// All costs of the end of the run have come in.
#[derive(Clone, Copy, Debug)]
struct BooksDue;
impl Event for BooksDue {
    const NAME: &'static str = "ledger.books-due";
}

state! {
    /// The books of a run.
    pub struct Books {
        /// USD by account.
        pub accounts: Vec<f64>,
        /// Hours worked on the incident.
        pub hours: f64,
        /// Records read beyond need, in truth.
        pub records: u64,
        /// Abnormal return in percent, drawn at the end if the theft came out.
        pub abnormal_return: Option<f64>,
    }
}

/// Fixed facts of the ledger, shared by its handlers.
struct Rates {
    actor: Actor,
    hourly: ParamId<Usd>,
    margin: ParamId<Usd>,
    record: ParamId<Usd>,
    uncounted: ParamId<Share>,
    claims: ParamId<Share>,
    per_refuted: ParamId<Factor>,
    return_disclosed: ParamId<Points>,
    return_exposed: ParamId<Points>,
    market: StreamId,
    disclosed: MilestoneId,
    exposed: MilestoneId,
}

/// The ledger as a plugin; built last, so that it hears what others send at the end.
pub struct Ledger;

impl Plugin for Ledger {
    const NAME: &'static str = "ledger";
    const ABOUT: &'static str = "adds up money by kind and bearer, hours, and what comes after";
    type Config = LedgerConfig;
    type Order = NoOrder;

    fn build(config: LedgerConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let books =
            Books { accounts: vec![0.0; ACCOUNTS], hours: 0.0, records: 0, abnormal_return: None };
        let actor = sim.spawn("books", books);
        let rates = Arc::new(Rates {
            actor,
            hourly: sim.param("hourly_usd", config.hourly_usd),
            margin: sim.param("margin_usd", config.margin_usd),
            record: sim.param("record_usd", config.record_usd),
            uncounted: sim.param("uncounted", config.uncounted),
            claims: sim.param("claims", config.claims),
            per_refuted: sim.param("claims_per_refuted", config.claims_per_refuted),
            return_disclosed: sim.param("return_disclosed", config.return_disclosed),
            return_exposed: sim.param("return_exposed", config.return_exposed),
            market: sim.stream("market", "abnormal return"),
            disclosed: sim
                .milestone(milestones::DISCLOSED, "the vendor said in public that data were taken"),
            exposed: sim
                .milestone(milestones::EXPOSED, "the press told of the leak before the vendor did"),
        });
        wire(sim, &rates);
        metrics::declare(sim, actor);
        sim.invariant("no account is below zero", move |view| {
            match view.get::<Books>(actor).accounts.iter().find(|usd| usd.is_nan() || **usd < 0.0) {
                Some(usd) => Err(format!("an account holds {usd}")),
                None => Ok(()),
            }
        });
        Ok(())
    }
}

fn wire(sim: &mut SimBuilder, rates: &Arc<Rates>) {
    sim.on(|on: On<'_, RecordsRead>, mut books: Single<'_, '_, &mut Books>| {
        books.records += on.event.count;
    });
    sim.on(|on: On<'_, CostIncurred>, mut books: Single<'_, '_, &mut Books>| {
        let CostIncurred { kind, bearer, usd } = on.event;
        books.book(kind, bearer, usd);
    });
    let r = Arc::clone(rates);
    sim.on(move |mut on: On<'_, HoursWorked>, mut books: Single<'_, '_, &mut Books>| {
        let hours = on.event.hours;
        let usd = hours * on.value(r.hourly);
        books.hours += hours;
        books.book(CostKind::Investigation, Bearer::Vendor, usd);
    });
    let r = Arc::clone(rates);
    sim.on(move |mut on: On<'_, CustomersLost>, mut books: Single<'_, '_, &mut Books>| {
        let usd = on.event.customers * on.value(r.margin);
        books.book(CostKind::LostBusiness, Bearer::Vendor, usd);
    });
    let r = Arc::clone(rates);
    sim.on(
        move |mut on: On<'_, End>,
              mut books: Single<'_, '_, &mut Books>,
              ledgers: Single<'_, '_, &Ledgers>| {
            settle(&mut on, &mut books, &ledgers, &r);
            // What others sent at the end is handled before this.
            on.send(BooksDue);
        },
    );
    let actor = rates.actor;
    sim.on(move |mut on: On<'_, BooksDue>, books: Single<'_, '_, &Books>| {
        let vendor = decisions::total(&books.accounts, Bearer::Vendor, &decisions::KINDS);
        let victims = decisions::total(&books.accounts, Bearer::Victims, &decisions::KINDS);
        let hours = books.hours;
        on.note(&CLOSED, actor.id, |n| {
            n.with("vendor", vendor).with("victims", victims).with("hours", hours)
        });
    });
}

impl Books {
    fn book(&mut self, kind: CostKind, bearer: Bearer, usd: f64) {
        self.accounts[decisions::account(kind, bearer)] += usd;
    }
}

/// What a theft costs once it is known, and how shares moved. A theft that never came out costs none
/// of it.
fn settle(cx: &mut Cx, books: &mut Books, ledgers: &Ledgers, rates: &Rates) {
    let ms = |at: Option<hotwash_engine::SimTime>| at.map(hotwash_engine::SimTime::ms);
    let disclosed = ms(cx.reached(rates.disclosed));
    let exposed = ms(cx.reached(rates.exposed));
    let mut draw = cx.draw_at(rates.market, 0);
    let Some(how) = decisions::came_out(disclosed, exposed) else { return };
    let param = match how {
        CameOut::Disclosed => rates.return_disclosed,
        CameOut::Exposed => rates.return_exposed,
    };
    books.abnormal_return = Some(cx.sample(param, &mut draw));
    let (record, uncounted) = (cx.value(rates.record), cx.value(rates.uncounted));
    let aftermath = decisions::aftermath(books.records, record, uncounted);
    books.book(CostKind::Legal, Bearer::Vendor, aftermath);
    let losses = books.accounts[decisions::account(CostKind::Fraud, Bearer::Victims)];
    let refuted = ledgers.claims().iter().filter(|c| c.refuted_at.is_some()).count() as u64;
    let (share, per_refuted) = (cx.value(rates.claims), cx.value(rates.per_refuted));
    let paid = decisions::victims_claims(losses, share, per_refuted, refuted);
    // What the vendor pays back, victims no longer bear.
    books.book(CostKind::Fines, Bearer::Vendor, paid);
    books.book(CostKind::Fraud, Bearer::Victims, -paid);
}
