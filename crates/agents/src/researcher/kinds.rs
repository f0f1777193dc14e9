//! What the researcher writes into the journal.

use hotwash_engine::{Audience, Kind, SimBuilder, Weight};
use hotwash_incident::view::{self, form};

use Weight::{Milestone, Notable, Routine};

/// The firm and those at the vendor who handle outsiders.
const BOTH: Audience = view::RESEARCHERS.and(view::VENDOR);

const fn world(name: &'static str, weight: Weight, audience: Audience, says: &'static str) -> Kind {
    Kind { name, lane: view::WORLD, weight, audience, says, tags: &[] }
}

/// It sees the offer.
pub static SAW: Kind = world(
    "researcher.saw-offer",
    Notable,
    view::RESEARCHERS,
    "saw the offer {days:n} days after it was posted",
);

/// It talks with the seller.
pub static TALKED: Kind = world(
    "researcher.talked",
    Notable,
    view::RESEARCHERS,
    "talked with the seller, who boasted of {claimed} TB and showed {proof}",
);

/// It is shown more.
pub static SHOWN: Kind =
    world("researcher.shown", Notable, view::RESEARCHERS, "was shown another proof: {proof}");

/// It is shown more of the same.
pub static SHOWN_AGAIN: Kind =
    world("researcher.shown-again", Routine, view::RESEARCHERS, "was shown another proof: {proof}");

/// It gives up checking.
pub static GAVE_UP: Kind = world(
    "researcher.gave-up",
    Notable,
    view::RESEARCHERS,
    "let the offer rest after {attempts} attempts to check it: not sure enough to tell anybody",
);

/// It means to act.
pub static CONVINCED: Kind = world(
    "researcher.convinced",
    Notable,
    view::RESEARCHERS,
    "thinks the offer genuine ({p:pct}) and means to {plan}",
);

/// It tells the vendor.
pub static TOLD: Kind = world(
    "researcher.told-vendor",
    Milestone,
    BOTH,
    "told {vendor} {how} that access to its network and its data are for sale",
);

/// It tells police.
pub static TOLD_POLICE: Kind = world(
    "researcher.told-police",
    Routine,
    view::RESEARCHERS.and(view::POLICE),
    "told police of the offer",
);

/// The vendor answers or rebuffs, and what comes of it.
pub static TREATED: Kind = world(
    "researcher.treated",
    Notable,
    BOTH,
    "{reaction}; means to publish by {by} unless something changes",
);

/// It says no.
pub static DECLINED: Kind = world("researcher.declined", Notable, BOTH, "declined to {what}");

/// It hands a sample over.
pub static SAMPLE: Kind =
    world("researcher.sample", Notable, BOTH, "gave {vendor} a sample of what is on offer: {kind}");

/// It publishes.
pub static PUBLISHED: Kind = world(
    "researcher.published",
    Milestone,
    view::PUBLIC,
    "published that data and access of several security vendors are for sale, without their names ({why})",
);

/// It takes back what it said of another firm.
pub static WITHDREW: Kind = world(
    "researcher.withdrew",
    Notable,
    view::PUBLIC,
    "took back what it had said of one of the other firms",
);

/// It contradicts the vendor for the first time.
pub static REBUTTED: Kind = world(
    "researcher.rebutted",
    Milestone,
    view::PUBLIC,
    "contradicted `{statement}` in public: {finding}",
);

/// It contradicts the vendor again.
pub static REBUTTED_AGAIN: Kind = world(
    "researcher.rebutted-again",
    Notable,
    view::PUBLIC,
    "contradicted `{statement}` too: {finding}",
);

/// Which entries reach somebody as a message, and which start a clock.
pub(super) fn reach(sim: &mut SimBuilder) {
    sim.inbox(&TOLD, form::EMAIL).says("To {vendor}: we have reason to think that access to your network and your data are for sale on a forum. (This reached us {how}.)");
    sim.inbox(&TREATED, form::EMAIL)
        .says("We mean to publish by {by} unless something changes. (The firm {reaction}.)");
    sim.inbox(&DECLINED, form::EMAIL).says("We will not {what}.");
    sim.inbox(&SAMPLE, form::EMAIL).says("Here is a sample of what is on offer: {kind}.");
    sim.inbox(&PUBLISHED, form::ARTICLE).says(
        "Data and access of several security vendors are for sale. The report does not name them.",
    );
    sim.inbox(&WITHDREW, form::ARTICLE)
        .says("We take back what we said of one of the other firms.");
    sim.inbox(&REBUTTED, form::ARTICLE)
        .says("The firm contradicts `{statement}` in public: {finding}.");
    sim.inbox(&REBUTTED_AGAIN, form::ARTICLE)
        .says("The firm contradicts `{statement}` too: {finding}.");
    let ends: &[&str] = &["researcher.treated", "researcher.published"];
    sim.clock(&TREATED, "by", ends).says("means to publish");
}
