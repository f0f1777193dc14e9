//! Journal kinds of police and prosecutors.

use hotwash_engine::{Audience, Kind, SimBuilder, Weight};
use hotwash_incident::view::{self, form};

const TOLD: Audience = view::POLICE.and(view::LEGAL).and(view::EXECUTIVE).and(view::SOC);

const fn kind(
    name: &'static str,
    lane: &'static str,
    weight: Weight,
    audience: Audience,
    says: &'static str,
) -> Kind {
    Kind { name, lane, weight, audience, says, tags: &[] }
}

use Weight::{Milestone, Notable};

pub(super) static REPORTED: Kind =
    kind("law.told", view::RESPONSE, Milestone, TOLD, "received the vendor's report of a crime");
pub(super) static REPORTED_MORE: Kind = kind(
    "law.told-more",
    view::RESPONSE,
    Notable,
    TOLD,
    "received the vendor's report of a further crime",
);
pub(super) static HOLD: Kind = kind(
    "law.hold",
    view::WORLD,
    Notable,
    TOLD,
    "asked that those affected not be told until {until}",
);
pub(super) static NO_HOLD: Kind = kind(
    "law.no-hold",
    view::WORLD,
    Notable,
    TOLD,
    "saw no reason to keep the vendor from telling people",
);
pub(super) static RAIDED: Kind = kind(
    "law.raid",
    view::WORLD,
    Milestone,
    view::PUBLIC,
    "raided the call centre, {days} days after the report",
);
pub(super) static RAIDED_ELSEWHERE: Kind = kind(
    "law.raid-elsewhere",
    view::TRUTH,
    Notable,
    view::POLICE,
    "raided the call centre for reasons of their own and seized its lists",
);
pub(super) static FOUND: Kind = kind(
    "law.records-found",
    view::TRUTH,
    Notable,
    view::POLICE,
    "came upon a list of the vendor's customers in another matter",
);
pub(super) static ARRESTED: Kind =
    kind("law.arrest", view::WORLD, Milestone, view::PUBLIC, "arrested the insider");

/// Which entries reach somebody as a message, and which start a clock.
pub(super) fn reach(sim: &mut SimBuilder) {
    sim.inbox(&REPORTED, form::LETTER).says("We have received your report of a crime.");
    sim.inbox(&REPORTED_MORE, form::LETTER)
        .says("We have received your report of a further crime.");
    sim.inbox(&HOLD, form::LETTER).says("We ask you not to tell those affected until {until}.");
    sim.inbox(&NO_HOLD, form::LETTER).says("We see no reason to keep you from telling people.");
    sim.inbox(&RAIDED, form::ARTICLE)
        .says("Police raid the call centre, {days} days after the report.");
    sim.inbox(&ARRESTED, form::ARTICLE).says("Police arrest the insider.");
    sim.clock(&HOLD, "until", &[]).says("asks that those affected not be told yet");
}
