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
    Points, Problem, Share, SimBuilder, SimTime, Single, StreamId, Usd, Weight, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::{
    Bearer, CostIncurred, CostKind, CustomersCalled, CustomersLost, HoursWorked, RecordsRead,
};
use hotwash_incident::{CaseBook, Ledgers, MatterId, Party, PropositionId, milestones, view};

use config::{CodeTheftConfig, LedgerConfig, RecordsConfig};
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
        /// What the victims of calls with stolen records lost, USD; others' losses are not in it.
        pub called_usd: f64,
        /// Records read beyond need, in truth.
        pub records: u64,
        /// Abnormal return in percent, summed over the matters that came out.
        pub abnormal_return: Option<f64>,
    }
}

/// Fixed facts of the ledger, shared by its handlers.
struct Rates {
    actor: Actor,
    hourly: ParamId<Usd>,
    margin: ParamId<Usd>,
    records: Option<RecordRates>,
    return_disclosed: ParamId<Points>,
    return_exposed: ParamId<Points>,
    code_theft: Option<CodeTheft>,
    market: StreamId,
    /// By matter.
    marks: Vec<Marks>,
    case: SharedCase,
}

/// When a matter came out.
#[derive(Clone, Copy)]
struct Marks {
    disclosed: MilestoneId,
    exposed: MilestoneId,
}

/// What a theft of records costs.
struct RecordRates {
    matter: MatterId,
    record: ParamId<Usd>,
    uncounted: ParamId<Share>,
    claims: ParamId<Share>,
    per_refuted: ParamId<Factor>,
}

/// How shares move upon a theft of source code.
struct CodeTheft {
    matter: MatterId,
    source: PropositionId,
    believed_at: ParamId<Share>,
    abnormal_return: ParamId<Points>,
}

/// The ledger as a plugin; built last, so that it hears what others send at the end.
pub struct Ledger;

impl Plugin for Ledger {
    const NAME: &'static str = "ledger";
    const ABOUT: &'static str = "adds up money by kind and bearer, hours, and what comes after";
    type Config = LedgerConfig;
    type Order = NoOrder;

    fn build(config: LedgerConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let books = Books {
            accounts: vec![0.0; ACCOUNTS],
            hours: 0.0,
            called_usd: 0.0,
            records: 0,
            abnormal_return: None,
        };
        let actor = sim.spawn("books", books);
        let rates = Arc::new(Rates::new(config, actor, sim)?);
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

impl Rates {
    fn new(config: LedgerConfig, actor: Actor, sim: &mut SimBuilder) -> Result<Self, Problem> {
        let case = sim.shared::<SharedCase>()?;
        let marks = case.matter_ids().map(|matter| {
            let mut mark = |name, about| case.mark(sim, matter, name, about);
            Marks {
                disclosed: mark(
                    milestones::DISCLOSED,
                    "the vendor said in public that data were taken",
                ),
                exposed: mark(
                    milestones::EXPOSED,
                    "the press told of the leak before the vendor did",
                ),
            }
        });
        let marks = marks.collect();
        let records = match config.records {
            Some(records) => Some(RecordRates::new(records, &case, sim)?),
            None => None,
        };
        let code_theft = match config.code_theft {
            Some(theft) => Some(CodeTheft::new(theft, &case, sim)?),
            None => None,
        };
        Ok(Rates {
            actor,
            hourly: sim.param("hourly_usd", config.hourly_usd),
            margin: sim.param("margin_usd", config.margin_usd),
            records,
            return_disclosed: sim.param("return_disclosed", config.return_disclosed),
            return_exposed: sim.param("return_exposed", config.return_exposed),
            code_theft,
            market: sim.stream("market", "abnormal return"),
            marks,
            case,
        })
    }
}

impl RecordRates {
    /// The numbers keep the paths that they had before this part became optional, so that runs of
    /// older scenarios stay as they were.
    fn new(config: RecordsConfig, case: &CaseBook, sim: &mut SimBuilder) -> Result<Self, Problem> {
        let place = |problem: Problem| problem.at("records.breach");
        let breach = case.proposition(config.breach.as_str()).map_err(place)?;
        Ok(RecordRates {
            matter: case.require_matter(breach).map_err(place)?,
            record: sim.param("record_usd", config.record_usd),
            uncounted: sim.param("uncounted", config.uncounted),
            claims: sim.param("claims", config.claims),
            per_refuted: sim.param("claims_per_refuted", config.claims_per_refuted),
        })
    }
}

impl CodeTheft {
    fn new(
        config: CodeTheftConfig,
        case: &CaseBook,
        sim: &mut SimBuilder,
    ) -> Result<Self, Problem> {
        let place = |problem: Problem| problem.at("code_theft.source");
        let source = case.proposition(config.source.as_str()).map_err(place)?;
        Ok(CodeTheft {
            matter: case.require_matter(source).map_err(place)?,
            source,
            believed_at: sim.param("code_theft.believed_at", config.believed_at),
            abnormal_return: sim.param("code_theft.return_code_theft", config.return_code_theft),
        })
    }
}

fn wire(sim: &mut SimBuilder, rates: &Arc<Rates>) {
    sim.on(|on: On<'_, RecordsRead>, mut books: Single<'_, '_, &mut Books>| {
        books.records += on.event.count;
    });
    sim.on(|on: On<'_, CustomersCalled>, mut books: Single<'_, '_, &mut Books>| {
        books.called_usd += on.event.loss_usd;
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

/// How shares moved, and what a theft of records costs once it is known. What never came out costs none
/// of it.
fn settle(cx: &mut Cx, books: &mut Books, ledgers: &Ledgers, rates: &Rates) {
    let ms = |at: Option<SimTime>| at.map(SimTime::ms);
    for (matter, marks) in rates.case.matter_ids().zip(&rates.marks) {
        let (disclosed, exposed) = (ms(cx.reached(marks.disclosed)), ms(cx.reached(marks.exposed)));
        let mut draw = cx.draw_at(rates.market, u64::from(matter.0));
        let Some(how) = decisions::came_out(disclosed, exposed) else { continue };
        let param = return_of(cx, ledgers, matter, how, rates);
        let moved = cx.sample(param, &mut draw);
        books.abnormal_return = Some(books.abnormal_return.unwrap_or(0.0) + moved);
        if let Some(records) = rates.records.as_ref().filter(|records| records.matter == matter) {
            settle_records(cx, books, ledgers, records, &rates.case);
        }
    }
}

/// Which return is drawn for a matter.
fn return_of(
    cx: &mut Cx,
    ledgers: &Ledgers,
    matter: MatterId,
    how: CameOut,
    rates: &Rates,
) -> ParamId<Points> {
    if let Some(theft) = rates.code_theft.as_ref().filter(|theft| theft.matter == matter)
        && ledgers.belief(Party::Public, theft.source) >= cx.value(theft.believed_at)
    {
        return theft.abnormal_return;
    }
    match how {
        CameOut::Disclosed => rates.return_disclosed,
        CameOut::Exposed => rates.return_exposed,
    }
}

/// The aftermath of a known theft of records, and what victims get back.
fn settle_records(
    cx: &mut Cx,
    books: &mut Books,
    ledgers: &Ledgers,
    rates: &RecordRates,
    case: &CaseBook,
) {
    let (record, uncounted) = (cx.value(rates.record), cx.value(rates.uncounted));
    let aftermath = decisions::aftermath(books.records, record, uncounted);
    books.book(CostKind::Legal, Bearer::Vendor, aftermath);
    // What was said of another matter does not help these victims.
    let concerns = |p| case.matter_of(p).is_none_or(|matter| matter == rates.matter);
    let refuted = ledgers.claims().iter().filter(|c| c.refuted_at.is_some());
    let refuted = refuted.filter(|c| concerns(c.proposition)).count() as u64;
    let (share, per_refuted) = (cx.value(rates.claims), cx.value(rates.per_refuted));
    let paid = decisions::victims_claims(books.called_usd, share, per_refuted, refuted);
    // What the vendor pays back, victims no longer bear.
    books.book(CostKind::Fines, Bearer::Vendor, paid);
    books.book(CostKind::Fraud, Bearer::Victims, -paid);
}
