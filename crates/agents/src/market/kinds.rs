//! What the seller and the buyers write into the journal.

use hotwash_engine::{Audience, Kind, SimBuilder, Weight};
use hotwash_incident::view::{self, form};

/// Those who can read the forum.
const FORUM: Audience = view::CRIMINALS.and(view::RESEARCHERS).and(view::POLICE);
/// Those who notice an attack on customers.
const HIT: Audience = view::VENDOR.and(view::CUSTOMERS).and(view::PRESS).and(view::RESEARCHERS);

const fn truth(
    name: &'static str,
    weight: Weight,
    audience: Audience,
    says: &'static str,
    tags: &'static [&'static str],
) -> Kind {
    Kind { name, lane: view::TRUTH, weight, audience, says, tags }
}

/// The day of the offer has come and there is nothing to offer.
pub static WAITS: Kind = truth(
    "market.waits",
    Weight::Notable,
    Audience::NONE,
    "put the offer off: too little is in hand",
    &[],
);

/// The offer.
pub static OFFERED: Kind = truth(
    "market.offer",
    Weight::Milestone,
    FORUM,
    "offered {claimed} TB of the vendor's data{access} on a forum for {ask:usd}, showing {proof}",
    &["T1657"],
);

/// What is behind the offer.
pub static BEHIND: Kind = truth(
    "market.behind-the-offer",
    Weight::Notable,
    Audience::NONE,
    "had {real} TB in hand of the {claimed} TB that it claimed",
    &[],
);

/// A buyer was found.
pub static BUYER: Kind = truth(
    "market.buyer",
    Weight::Routine,
    view::CRIMINALS,
    "agreed to buy {after:n} days after the offer, for {usd:usd} in escrow",
    &["T1597.002"],
);

/// The buyer tries the access.
pub static TRIAL: Kind = truth(
    "market.trial",
    Weight::Routine,
    view::CRIMINALS,
    "logged in to {segment} to try the access",
    &["T1078", "T1133"],
);

/// The loud sale is done.
pub static SOLD: Kind = truth(
    "market.sale",
    Weight::Milestone,
    view::CRIMINALS,
    "sold the data, {source} source code, for {usd:usd}, {access}",
    &["T1657", "T1650", "T1597.002"],
);

/// The offer ended without a buyer.
pub static LAPSED: Kind = truth(
    "market.lapsed",
    Weight::Notable,
    FORUM,
    "stopped pushing the offer after {days:n} days, for nobody had paid; the posting stays",
    &[],
);

/// The first quiet sale.
pub static FIRST_RESALE: Kind = truth(
    "market.first-resale",
    Weight::Notable,
    view::CRIMINALS,
    "began to sell portions quietly: the first went for {usd:usd}, {source} source code, {access}",
    &["T1657", "T1597.002"],
);

/// A further quiet sale.
pub static RESALE: Kind = truth(
    "market.resale",
    Weight::Routine,
    view::CRIMINALS,
    "sold portion {number} for {usd:usd}, {source} source code, {access}",
    &["T1657", "T1597.002"],
);

/// A buyer built something out of stolen source code.
pub static BUILT: Kind = truth(
    "market.exploit-built",
    Weight::Notable,
    Audience::NONE,
    "built an exploit out of stolen source code that is now {age:n} days old",
    &["T1587.004"],
);

/// Somebody built something without it.
pub static BUILT_WITHOUT: Kind = truth(
    "market.exploit-built-without",
    Weight::Routine,
    Audience::NONE,
    "built an exploit without any stolen source code",
    &["T1587.004"],
);

/// The first attack on customers.
pub static FIRST_EXPLOIT: Kind = Kind {
    name: "market.first-exploit",
    lane: view::WORLD,
    weight: Weight::Milestone,
    audience: HIT,
    says: "attacked customers through a hole in {vendor}'s product: {hit} % of business customers hit",
    tags: &["T1190", "T1211"],
};

/// A further one.
pub static EXPLOIT: Kind = Kind {
    name: "market.exploit",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: HIT,
    says: "attacked customers through hole {number} in {vendor}'s product: {hit} % of business customers hit",
    tags: &["T1190", "T1211"],
};

/// Which entries reach somebody as a message.
pub(super) fn reach(sim: &mut SimBuilder) {
    sim.inbox(&FIRST_EXPLOIT, form::ALERT).says("Customers are attacked through a hole in {vendor}'s product: {hit} % of business customers are hit.");
    sim.inbox(&EXPLOIT, form::ALERT).says("Customers are attacked through hole number {number} in {vendor}'s product: {hit} % of business customers are hit.");
}
