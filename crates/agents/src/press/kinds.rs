//! Journal kinds of the press.

use hotwash_engine::{Kind, SimBuilder, Weight};
use hotwash_incident::view::{self, form};

/// A first customer tells of a knowing caller in public.
pub static FIRST_POSTING: Kind = Kind {
    name: "press.first-posting",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::PUBLIC,
    says: "saw a customer say in public, for the first time, that a caller knew a support ticket",
    tags: &[],
};

/// Postings of a week.
pub static POSTINGS: Kind = Kind {
    name: "press.postings",
    lane: view::WORLD,
    weight: Weight::Routine,
    audience: view::PUBLIC,
    says: "saw {postings} public postings on knowing callers this week, {total} so far",
    tags: &[],
};

/// A journalist asks the vendor.
pub static INQUIRY: Kind = Kind {
    name: "press.inquiry",
    lane: view::WORLD,
    weight: Weight::Milestone,
    audience: view::VENDOR.and(view::PRESS),
    says: "asked the vendor how callers come to know its customers' support tickets; prints in {deadline}",
    tags: &[],
};

/// A journalist asks again.
pub static ASKED_AGAIN: Kind = Kind {
    name: "press.asked-again",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::VENDOR.and(view::PRESS),
    says: "asked the vendor again about knowing callers; prints in {deadline}",
    tags: &[],
};

/// As [`INQUIRY`], on any other matter than knowing callers.
pub static INQUIRY_ON: Kind = Kind {
    name: "press.inquiry-on",
    lane: view::WORLD,
    weight: Weight::Milestone,
    audience: view::VENDOR.and(view::PRESS),
    says: "asked the vendor about {matter}; prints in {deadline}",
    tags: &[],
};

/// As [`ASKED_AGAIN`], on any other matter than knowing callers.
pub static ASKED_AGAIN_ON: Kind = Kind {
    name: "press.asked-again-on",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::VENDOR.and(view::PRESS),
    says: "asked the vendor again about {matter}; prints in {deadline}",
    tags: &[],
};

/// Journalists have found out whom the researcher means.
pub static NAMES: Kind = Kind {
    name: "press.names",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::PRESS,
    says: "learned from the researcher and the seller's chats that the vendor is among the unnamed victims",
    tags: &[],
};

/// As [`INSIDE_SOURCE`], on any other matter than a theft of customers' data.
pub static INSIDE_TOLD: Kind = Kind {
    name: "press.inside-told",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::PRESS,
    says: "heard of {matter} from {source}",
    tags: &[],
};

/// Somebody at the vendor, or a letter, tells a journalist.
pub static INSIDE_SOURCE: Kind = Kind {
    name: "press.inside-source",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::PRESS,
    says: "heard of the theft from {source}",
    tags: &[],
};

/// A leading story.
pub static STORY: Kind = Kind {
    name: "press.story",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::PUBLIC,
    says: "printed: {headline} (reach {reach:pct}, severity {severity:pct})",
    tags: &[],
};

/// The story that tells of the breach first.
pub static EXPOSED: Kind = Kind {
    name: "press.exposed",
    lane: view::WORLD,
    weight: Weight::Milestone,
    audience: view::PUBLIC,
    says: "printed before the vendor had said so: {headline} (reach {reach:pct}, severity {severity:pct})",
    tags: &[],
};

/// A number that is far off.
pub static NUMBER: Kind = Kind {
    name: "press.number",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::PUBLIC,
    says: "printed {printed:n} records, for lack of a better number from the vendor",
    tags: &[],
};

/// Another outlet follows.
pub static FOLLOWED: Kind = Kind {
    name: "press.followed",
    lane: view::WORLD,
    weight: Weight::Routine,
    audience: view::PUBLIC,
    says: "followed: {headline}",
    tags: &[],
};

/// Which entries reach somebody as a message, and which start a clock.
pub(super) fn reach(sim: &mut SimBuilder) {
    sim.inbox(&FIRST_POSTING, form::ARTICLE).says("A customer says in public that a caller knew the support ticket. It is the first such posting.");
    sim.inbox(&INQUIRY, form::INQUIRY).says(
        "How do callers come to know your customers' support tickets? We print in {deadline}.",
    );
    sim.inbox(&ASKED_AGAIN, form::INQUIRY).says("We ask once more: how do callers come to know your customers' support tickets? We print in {deadline}.");
    sim.inbox(&INQUIRY_ON, form::INQUIRY)
        .says("What do you say to {matter}? We print in {deadline}.");
    sim.inbox(&ASKED_AGAIN_ON, form::INQUIRY)
        .says("We ask once more: what do you say to {matter}? We print in {deadline}.");
    sim.inbox(&STORY, form::ARTICLE).says("{headline}.");
    sim.inbox(&EXPOSED, form::ARTICLE).says("{headline}. The vendor had not said so.");
    sim.inbox(&NUMBER, form::ARTICLE)
        .says("The number in print is {printed:n} records; the vendor had given no better one.");
    for kind in [&INQUIRY, &ASKED_AGAIN, &INQUIRY_ON, &ASKED_AGAIN_ON] {
        let ends: &[&str] = &["pr.published", "pr.posted", "press.story", "press.exposed"];
        sim.clock(kind, "deadline", ends).says("prints, with an answer or without");
    }
}
