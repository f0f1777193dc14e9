//! Journal kinds of the regulators.

use hotwash_engine::{Audience, Kind, SimBuilder, Weight};
use hotwash_incident::view::{self, form};

/// A regime's clock starts by the vendor's own belief.
pub static CLOCK_STARTED: Kind = Kind {
    name: "regulator.clock-started",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::LEGAL.and(view::EXECUTIVE),
    says: "started its clock: the vendor was {belief:pct} sure of the breach; due first, by {due}: {duty}",
    tags: &[],
};

/// A regime's clock starts in hindsight, for the first of them.
pub static HINDSIGHT_STARTED: Kind = Kind {
    name: "regulator.hindsight-started",
    lane: view::BELIEF,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "will count from here in hindsight: a reasonable investigator would have been {belief:pct} sure of the breach",
    tags: &[],
};

/// As [`HINDSIGHT_STARTED`], for the further ones.
pub static HINDSIGHT_FOLLOWED: Kind = Kind {
    name: "regulator.hindsight-followed",
    lane: view::BELIEF,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "will count from here in hindsight too",
    tags: &[],
};

/// The first deadline of a regime passes unmet.
pub static MISSED: Kind = Kind {
    name: "regulator.deadline-missed",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::LEGAL.and(view::EXECUTIVE).and(view::REGULATORS),
    says: "saw its deadline pass unmet: {duty}",
    tags: &[],
};

/// A further deadline of a regime passes unmet.
pub static MISSED_AGAIN: Kind = Kind {
    name: "regulator.deadline-missed-again",
    lane: view::RESPONSE,
    weight: Weight::Routine,
    audience: view::LEGAL.and(view::EXECUTIVE).and(view::REGULATORS),
    says: "saw a further deadline pass unmet: {duty}",
    tags: &[],
};

/// The vendor's early warnings go out.
pub static WARNED_EARLY: Kind = Kind {
    name: "regulator.warned-early",
    lane: view::CLAIM,
    weight: Weight::Notable,
    audience: view::VENDOR.and(view::REGULATORS),
    says: "gave the authorities an early warning of a few lines (of such duties met: {warnings})",
    tags: &[],
};

/// The vendor's reports go out.
pub static FILED: Kind = Kind {
    name: "regulator.filed",
    lane: view::CLAIM,
    weight: Weight::Milestone,
    audience: view::VENDOR.and(view::REGULATORS),
    says: "reported the breach to the authorities; reports owed so far: {owed}, late: {late}{by}",
    tags: &[],
};

/// An authority that was not told asks.
pub static ASKED: Kind = Kind {
    name: "regulator.asked",
    lane: view::WORLD,
    weight: Weight::Milestone,
    audience: view::VENDOR.and(view::REGULATORS),
    says: "asked the vendor why they had to learn of the breach from others",
    tags: &[],
};

/// A fine, settled after the run.
pub static FINED: Kind = Kind {
    name: "regulator.fined",
    lane: view::WORLD,
    weight: Weight::Milestone,
    audience: view::PUBLIC,
    says: "led to a fine of {usd:usd} for notice that came {days} days late",
    tags: &[],
};

/// Which entries reach somebody as a message, and which start a clock.
pub(super) fn reach(sim: &mut SimBuilder) {
    sim.inbox(&CLOCK_STARTED, form::MEMO).says("This law's clock runs from today: we are {belief:pct} sure of the breach. Due first, by {due}: {duty}.");
    sim.inbox(&MISSED, form::MEMO).says("A deadline has passed unmet: {duty}.");
    sim.inbox(&MISSED_AGAIN, form::MEMO).says("A further deadline has passed unmet: {duty}.");
    sim.inbox(&WARNED_EARLY, form::MEMO)
        .says("The authorities have an early warning of a few lines. Such duties met: {warnings}.");
    sim.inbox(&FILED, form::MEMO).says(
        "The breach is reported to the authorities. Reports owed so far: {owed}, late: {late}{by}.",
    );
    sim.inbox(&ASKED, form::LETTER).says("Why did we have to learn of the breach from others?");
    sim.inbox(&FINED, form::LETTER)
        .says("A fine of {usd:usd} is set for notice that came {days} days late.");
    // What meets the duty that is due first stops its clock.
    let met: [(&'static str, &'static [&'static str]); 4] = [
        (EARLY_WARNING, &["regulator.warned-early", "regulator.filed"]),
        (REPORT, &["regulator.filed"]),
        (NOTICE_TO_MARKET, &["regulator.filed"]),
        (NOTICE_TO_PEOPLE, &["pr.letters-out"]),
    ];
    for (duty, stops) in met {
        sim.clock(&CLOCK_STARTED, "due", stops).says("{duty}").only("duty", duty);
    }
}

/// A duty, as it is printed.
pub const EARLY_WARNING: &str = "the early warning to the authority";
/// A duty, as it is printed.
pub const REPORT: &str = "the report to the authority";
/// A duty, as it is printed.
pub const NOTICE_TO_PEOPLE: &str = "the notice to people";
/// A duty, as it is printed.
pub const NOTICE_TO_MARKET: &str = "the notice to the market";
