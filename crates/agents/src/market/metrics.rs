//! Metrics and the invariant of the market.

use hotwash_engine::{Better, MetricInfo, SimBuilder};

use super::{Market, Wiring};

type Read = fn(&Market) -> Option<f64>;
/// Name, unit, direction, bearer, meaning.
type Facts = (&'static str, &'static str, Better, &'static str, &'static str);

const TRADE: [(Facts, Read); 7] = [
    (("asked-usd", "USD", Better::Neither, "vendor", "price asked for the stolen data"), |m| {
        m.offered_at.map(|_| m.ask_usd)
    }),
    (
        ("claimed-tb", "TB", Better::Neither, "vendor", "volume that the seller claims to have"),
        |m| m.offered_at.map(|_| m.claimed_tb),
    ),
    (
        (
            "claimed-over-real",
            "times",
            Better::Neither,
            "vendor",
            "volume claimed, as a multiple of what was in hand when it was offered",
        ),
        |m| m.offered_at.map(|_| m.claimed_tb / m.real_tb),
    ),
    (("sales", "sales", Better::Lower, "vendor", "sales of stolen data, loud and quiet"), |m| {
        Some(m.sales as f64)
    }),
    (("sold-usd", "USD", Better::Lower, "vendor", "money that buyers paid for stolen data"), |m| {
        Some(m.sold_usd)
    }),
    (("resales", "sales", Better::Lower, "vendor", "quiet sales of portions"), |m| {
        Some(m.resales as f64)
    }),
    (
        (
            "access-sold",
            "of 1",
            Better::Lower,
            "vendor",
            "whether access to the network that worked went to a buyer",
        ),
        |m| Some(f64::from(u8::from(m.is_access_sold))),
    ),
];

const EXPLOITS: [(Facts, Read); 3] = [
    (
        (
            "exploits",
            "exploits",
            Better::Lower,
            "customers",
            "attacks on customers through the product since the first offer was planned",
        ),
        |m| Some(m.exploits as f64),
    ),
    (
        (
            "exploits-from-source",
            "exploits",
            Better::Lower,
            "customers",
            "attacks on customers that stolen source code made possible",
        ),
        |m| Some(m.exploits_from_source as f64),
    ),
    (
        (
            "days-to-first-exploit",
            "days",
            Better::Higher,
            "customers",
            "from the offer to the first attack on customers after it, whatever made it possible",
        ),
        |m| Some((m.first_exploit? - m.offered_at?).days()),
    ),
];

pub(super) fn declare(sim: &mut SimBuilder, w: &Wiring) {
    let actor = w.seller;
    for ((name, unit, better, bearer, about), read) in TRADE.into_iter().chain(EXPLOITS) {
        let name = w.case.metric(w.matter, name);
        let info = MetricInfo { name, unit, better, bearer, about };
        sim.metric(info, move |v| read(v.get::<Market>(actor)));
    }
    sim.invariant("nothing is sold that was not offered", move |view| {
        check(view.get::<Market>(actor))
    });
}

fn check(m: &Market) -> Result<(), String> {
    let is_sold_unoffered = m.sales > 0 && m.offered_at.is_none();
    let is_understated = m.offered_at.is_some() && m.claimed_tb < m.real_tb;
    // Nobody pays more than was asked, but for rounding.
    let is_overpaid = m.sold_usd > m.ask_usd * m.sales as f64 * (1.0 + f64::EPSILON * 16.0);
    let is_miscounted = m.resales > m.sales || m.exploits_from_source > m.exploits;
    if is_sold_unoffered || is_understated || is_overpaid || is_miscounted {
        return Err(format!(
            "{} sales, {} of them quiet, for {} with {} asked; {} TB claimed with {} in hand; \
             exploits {}, from source {}",
            m.sales,
            m.resales,
            m.sold_usd,
            m.ask_usd,
            m.claimed_tb,
            m.real_tb,
            m.exploits,
            m.exploits_from_source
        ));
    }
    Ok(())
}
