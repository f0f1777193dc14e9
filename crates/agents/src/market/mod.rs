//! The market: a forum on which the crew offers what it has, and what buyers do with it.
//!
//! A script with uncertain numbers. The seller boasts; the data stay when the crew is thrown out, the
//! access does not. Attacks on customers come with stolen source code and without it.
//!
//! The model is described in `docs/model/market.md`.

mod config;
pub mod decisions;
mod exploits;
pub mod kinds;
mod metrics;
mod systems;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use hotwash_engine::{
    Actor, ActorId, Cx, MilestoneId, NoOrder, On, Plugin, Problem, Query, SimBuilder, SimTime,
    Single, Start, StreamId, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::DataTaken;
use hotwash_incident::network::{Access, SharedNetwork};
use hotwash_incident::{CaseBook, EvidenceId, Ledgers, MatterId, PropositionId, milestones};

pub use config::{ExploitConfig, MarketConfig, OfferConfig, ResaleConfig, SaleConfig};

use config::{ExploitIds, OfferIds, ResaleIds, SaleIds};

state! {
    /// What is on the market and what came of it.
    pub struct Market {
        /// Terabytes in hand, by kind of store.
        pub taken: [f64; 4],
        /// When the freshest source code in hand was written.
        pub source_written: Option<SimTime>,
        /// Whether the day of the offer has come.
        pub is_due: bool,
        /// When the offer was made.
        pub offered_at: Option<SimTime>,
        /// Terabytes in hand when it was made.
        pub real_tb: f64,
        /// Terabytes claimed.
        pub claimed_tb: f64,
        /// Price asked, USD.
        pub ask_usd: f64,
        /// When the loud sale was done.
        pub sold_at: Option<SimTime>,
        /// Price on which later ones rest, USD.
        pub first_price_usd: f64,
        /// Until when portions are sold.
        pub resales_until: Option<SimTime>,
        /// Sales in all.
        pub sales: u64,
        /// Of these, quiet ones.
        pub resales: u64,
        /// Money for them, USD.
        pub sold_usd: f64,
        /// Whether access that worked went to a buyer.
        pub is_access_sold: bool,
        /// Attacks on customers through the product.
        pub exploits: u64,
        /// Of these, with stolen source code.
        pub exploits_from_source: u64,
        /// When the first one since the offer was.
        pub first_exploit: Option<SimTime>,
    }
}

impl Market {
    fn new() -> Self {
        Market {
            taken: [0.0; 4],
            source_written: None,
            is_due: false,
            offered_at: None,
            real_tb: 0.0,
            claimed_tb: 0.0,
            ask_usd: 0.0,
            sold_at: None,
            first_price_usd: 0.0,
            resales_until: None,
            sales: 0,
            resales: 0,
            sold_usd: 0.0,
            is_access_sold: false,
            exploits: 0,
            exploits_from_source: 0,
            first_exploit: None,
        }
    }
}

/// The market.
pub struct MarketPlugin;

/// Everything that a handler needs besides state.
pub(crate) struct Wiring {
    seller: Actor,
    buyer: ActorId,
    others: ActorId,
    case: SharedCase,
    network: SharedNetwork,
    matter: MatterId,
    source: PropositionId,
    first_offer: SimTime,
    offer_makes_true: Vec<PropositionId>,
    exploit_evidence: EvidenceId,
    offer: OfferIds,
    sale: SaleIds,
    resales: ResaleIds,
    exploits: ExploitIds,
    streams: Streams,
    marks: Marks,
}

/// Streams of chance.
struct Streams {
    /// One ticket.
    offer: StreamId,
    /// Tickets: when a buyer comes, and the terms.
    sale: StreamId,
    /// By resale.
    resales: StreamId,
    /// By deal: 0 is the loud sale, resale `n` is `n`.
    exploits: StreamId,
    /// By number of the attack that needs no source code.
    ordinary: StreamId,
}

/// Milestones that the market reaches or looks at.
struct Marks {
    offered: MilestoneId,
    sold: MilestoneId,
    exploited: MilestoneId,
    /// Any of these makes the matter public.
    public: [MilestoneId; 3],
}

impl Marks {
    fn new(case: &CaseBook, matter: MatterId, sim: &mut SimBuilder) -> Self {
        let mut mark = |name, about| case.mark(sim, matter, name, about);
        Marks {
            offered: mark(milestones::OFFERED, "stolen data or access were offered for sale"),
            sold: mark(milestones::SOLD, "stolen data were sold"),
            exploited: mark(milestones::EXPLOITED, "customers were attacked through the product"),
            public: [
                mark(milestones::PUBLISHED, "the researcher told the public"),
                mark(milestones::EXPOSED, "the press told of it before the vendor did"),
                mark(milestones::DISCLOSED, "the vendor said in public that it happened"),
            ],
        }
    }

    fn is_public(&self, cx: &Cx) -> bool {
        self.public.iter().any(|mark| cx.reached(*mark).is_some())
    }
}

/// Where access works; nowhere in a scenario without a crew.
type Accesses<'w, 's> = Query<'w, 's, &'static Access>;

impl Wiring {
    /// Where access to the network works now.
    fn access<'a>(&self, all: &'a Accesses<'_, '_>) -> Option<&'a Access> {
        all.iter().find(|access| access.matter == self.matter)
    }
}

impl Plugin for MarketPlugin {
    const NAME: &'static str = "market";
    const ABOUT: &'static str =
        "the forum on which stolen data and access are sold, and what buyers build";
    type Config = MarketConfig;
    type Order = NoOrder;

    fn build(config: MarketConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let wiring = Arc::new(build_wiring(config, sim)?);
        kinds::reach(sim);
        wire(sim, &wiring);
        exploits::wire(sim, &wiring);
        metrics::declare(sim, &wiring);
        Ok(())
    }
}

fn build_wiring(config: MarketConfig, sim: &mut SimBuilder) -> Result<Wiring, Problem> {
    let case = sim.shared::<SharedCase>()?;
    let network = sim.shared::<SharedNetwork>()?;
    let breach = case.proposition(config.breach.as_str()).map_err(|p| p.at("breach"))?;
    let matter = case.require_matter(breach).map_err(|p| p.at("breach"))?;
    Ok(Wiring {
        network,
        matter,
        source: case.proposition(config.source.as_str()).map_err(|p| p.at("source"))?,
        first_offer: first_offer(&config.first_offer, sim)?,
        offer_makes_true: case.propositions(&config.offer_makes_true, "offer_makes_true")?,
        exploit_evidence: case
            .evidence(config.exploit_evidence.as_str())
            .map_err(|p| p.at("exploit_evidence"))?,
        offer: config.offer.register("offer", sim),
        sale: config.sale.register("sale", sim),
        resales: config.resales.register("resales", sim),
        exploits: config.exploits.register("exploits", sim),
        streams: Streams {
            offer: sim.stream("seller", "offer"),
            sale: sim.stream("seller", "sale"),
            resales: sim.stream("seller", "resales"),
            exploits: sim.stream("buyer", "exploits"),
            ordinary: sim.stream("others", "exploits"),
        },
        marks: Marks::new(&case, matter, sim),
        seller: sim.spawn(&config.seller, Market::new()),
        buyer: sim.actor(&config.buyer),
        others: sim.actor("an unknown attacker"),
        case,
    })
}

fn first_offer(text: &str, sim: &SimBuilder) -> Result<SimTime, Problem> {
    let at = sim.calendar().instant(text).map_err(|m| Problem::new(m).at("first_offer"))?;
    if at < sim.start() || at > sim.horizon() {
        let (from, to) = (sim.calendar().date(sim.start()), sim.calendar().date(sim.horizon()));
        return Err(Problem::new(format!("the first offer on {text} lies outside the run"))
            .at("first_offer")
            .hint(format!("choose a date between {from} and {to}, or a longer lead-in")));
    }
    Ok(at)
}

fn wire(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, Start>| {
        on.at(w.first_offer, systems::OfferDue);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, DataTaken>,
              mut market: Single<'_, '_, &mut Market>,
              mut ledgers: Single<'_, '_, &mut Ledgers>,
              all: Accesses<'_, '_>| {
            let taken = on.event;
            systems::taken(&mut on, &mut market, &mut ledgers, (&w, w.access(&all)), taken);
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, systems::OfferDue>,
              mut market: Single<'_, '_, &mut Market>,
              mut ledgers: Single<'_, '_, &mut Ledgers>,
              all: Accesses<'_, '_>| {
            systems::offer_due(&mut on, &mut market, &mut ledgers, (&w, w.access(&all)));
        },
    );
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, systems::BuyerCame>,
              mut market: Single<'_, '_, &mut Market>,
              all: Accesses<'_, '_>| {
            systems::buyer_came(&mut on, &mut market, (&w, w.access(&all)));
        },
    );
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, systems::TrialDue>, all: Accesses<'_, '_>| {
        systems::trial(&mut on, &w, w.access(&all));
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, systems::EscrowOver>,
              mut market: Single<'_, '_, &mut Market>,
              ledgers: Single<'_, '_, &Ledgers>,
              all: Accesses<'_, '_>| {
            systems::settle(&mut on, &mut market, &ledgers, (&w, w.access(&all)));
        },
    );
    let w = Arc::clone(wiring);
    sim.on(move |mut on: On<'_, systems::Lapsed>, mut market: Single<'_, '_, &mut Market>| {
        systems::lapse(&mut on, &mut market, &w);
    });
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, systems::ResaleDue>,
              mut market: Single<'_, '_, &mut Market>,
              ledgers: Single<'_, '_, &Ledgers>,
              all: Accesses<'_, '_>| {
            systems::resale(&mut on, &mut market, &ledgers, (&w, w.access(&all)));
        },
    );
}
