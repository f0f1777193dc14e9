//! The insider: a support employee who copies records beyond need and sells them in batches.
//!
//! A script with uncertain numbers: what he wants, when he sells and when he means to stop are
//! inputs. What the vendor does can slow him, scare him or shut him out.

mod config;
pub mod decisions;
pub mod kinds;
mod metrics;
mod systems;

use std::sync::Arc;

use hotwash_engine::{
    ActorId, Count, Days, Factor, MilestoneId, NoOrder, On, ParamId, Plugin, Problem, Share,
    SimBuilder, SimTime, Single, Start, StreamId, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::estate::SharedEstate;
use hotwash_incident::events::{AccountSuspended, InsiderAlarmed};
use hotwash_incident::{CaseBook, Ledgers, PropositionId, milestones};

pub use config::InsiderConfig;

state! {
    /// What he has done and still means to do.
    pub struct Insider {
        /// Records he means to read, after what the store lets him.
        pub target: u64,
        /// Working days left on which he means to read.
        pub days_left: u64,
        /// Records read beyond need.
        pub read: u64,
        /// When he last did.
        pub last_read: Option<SimTime>,
        /// Of these, before the first signal reached the vendor.
        pub read_before_signal: u64,
        /// Of these, read since the last sale.
        pub unsold: u64,
        /// Records sold.
        pub sold: u64,
        /// Batches sold.
        pub batches: u64,
        /// Canaries among the records sold.
        pub canaries_sold: u64,
        /// Times he noticed that somebody is looking.
        pub alarms: u64,
        /// Whether he reads on.
        pub is_reading: bool,
        /// Whether nothing more will leave.
        pub is_over: bool,
    }
}

/// The insider.
pub struct InsiderPlugin;

/// Everything that a handler needs besides state.
pub(crate) struct Wiring {
    who: ActorId,
    motive: String,
    first_sale: SimTime,
    active: ParamId<Days>,
    reads_on_for: ParamId<Days>,
    appetite: ParamId<Count>,
    day_to_day: ParamId<Factor>,
    sells_every: ParamId<Days>,
    phone_share: ParamId<Share>,
    alarm_stops: ParamId<Share>,
    reading: StreamId,
    sales: StreamId,
    alarms: StreamId,
    makes_true: Vec<PropositionId>,
    first_sale_makes_true: Vec<PropositionId>,
    estate: SharedEstate,
    run_start: SimTime,
    first_action: MilestoneId,
    first_exfiltration: MilestoneId,
    last_exfiltration: MilestoneId,
    first_signal: MilestoneId,
}

impl Plugin for InsiderPlugin {
    const NAME: &'static str = "insider";
    const ABOUT: &'static str =
        "a support employee who copies records beyond need and sells them in batches";
    type Config = InsiderConfig;
    type Order = NoOrder;

    fn build(config: InsiderConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let case = sim.shared::<SharedCase>()?;
        let breach =
            case.proposition(config.breach.as_str()).map_err(|problem| problem.at("breach"))?;
        let actor = sim.spawn("insider", Insider::new());
        let wiring = Arc::new(Wiring::new(config, actor.id, &case, sim)?);
        wire(sim, &wiring);
        metrics::declare(sim, actor, case.ledgers, breach, &wiring);
        Ok(())
    }
}

impl Insider {
    fn new() -> Self {
        Insider {
            target: 0,
            days_left: 0,
            read: 0,
            last_read: None,
            read_before_signal: 0,
            unsold: 0,
            sold: 0,
            batches: 0,
            canaries_sold: 0,
            alarms: 0,
            is_reading: false,
            is_over: false,
        }
    }
}

impl Wiring {
    fn new(
        config: InsiderConfig,
        who: ActorId,
        case: &CaseBook,
        sim: &mut SimBuilder,
    ) -> Result<Self, Problem> {
        let breach = case.proposition(config.breach.as_str()).map_err(|p| p.at("breach"))?;
        let matter = case.require_matter(breach).map_err(|p| p.at("breach"))?;
        let first_sale = first_sale(&config.first_sale, sim)?;
        let mut mark = |name, about| case.mark(sim, matter, name, about);
        let marks = [
            mark(milestones::FIRST_MALICIOUS_ACTION, "the first record read beyond need"),
            mark(milestones::FIRST_EXFILTRATION, "the first records left the vendor"),
            mark(milestones::LAST_EXFILTRATION, "from here on nothing more leaves the vendor"),
            mark(
                milestones::FIRST_SIGNAL,
                "something that points at a leak reached the vendor, whether heard or not",
            ),
        ];
        let [first_action, first_exfiltration, last_exfiltration, first_signal] = marks;
        Ok(Wiring {
            who,
            motive: config.motive,
            first_sale,
            active: sim.param("active_before_first_sale", config.active_before_first_sale),
            reads_on_for: sim.param("reads_on_for", config.reads_on_for),
            appetite: sim.param("appetite", config.appetite),
            day_to_day: sim.param("day_to_day", config.day_to_day),
            sells_every: sim.param("sells_every", config.sells_every),
            phone_share: sim.param("phone_share", config.phone_share),
            alarm_stops: sim.param("alarm_stops", config.alarm_stops),
            reading: sim.stream("insider", "reading"),
            sales: sim.stream("insider", "sales"),
            alarms: sim.stream("insider", "alarms"),
            makes_true: case.propositions(&config.makes_true, "makes_true")?,
            first_sale_makes_true: case
                .propositions(&config.first_sale_makes_true, "first_sale_makes_true")?,
            estate: sim.shared::<SharedEstate>()?,
            run_start: sim.start(),
            first_action,
            first_exfiltration,
            last_exfiltration,
            first_signal,
        })
    }
}

fn first_sale(text: &str, sim: &SimBuilder) -> Result<SimTime, Problem> {
    let at = sim.calendar().instant(text).map_err(|m| Problem::new(m).at("first_sale"))?;
    if at < sim.start() || at > sim.horizon() {
        let (from, to) = (sim.calendar().date(sim.start()), sim.calendar().date(sim.horizon()));
        return Err(Problem::new(format!("the first sale on {text} lies outside the run"))
            .at("first_sale")
            .hint(format!("choose a date between {from} and {to}, or a longer lead-in")));
    }
    Ok(at)
}

fn wire(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, Start>, mut insider: Single<'_, '_, &mut Insider>| {
        systems::start(&mut on, &mut insider, &w);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, systems::Workday>,
              mut insider: Single<'_, '_, &mut Insider>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            systems::workday(&mut on, &mut insider, &mut ledgers, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, systems::Sale>,
              mut insider: Single<'_, '_, &mut Insider>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            systems::sale(&mut on, &mut insider, &mut ledgers, &w);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, AccountSuspended>, mut insider: Single<'_, '_, &mut Insider>| {
        systems::suspended(&mut on, &mut insider, &w);
    });
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, InsiderAlarmed>, mut insider: Single<'_, '_, &mut Insider>| {
        systems::alarmed(&mut on, &mut insider, &w);
    });
}
