//! What the intruder writes into the journal; all of it truth that nobody else sees.

use hotwash_engine::{Audience, Kind, Weight};
use hotwash_incident::view;

const fn truth(
    name: &'static str,
    weight: Weight,
    says: &'static str,
    tags: &'static [&'static str],
) -> Kind {
    Kind { name, lane: view::TRUTH, weight, audience: Audience::NONE, says, tags }
}

/// It turns to this vendor.
pub static KNOCKING: Kind = truth(
    "intruder.knocking",
    Weight::Milestone,
    "turned to the vendor: tries passwords on logins that are open to the internet, and waits for its botnet to steal some",
    &["T1110", "T1584.005", "T1589.001"],
);

/// A login that a second factor stopped.
pub static REFUSED: Kind = truth(
    "intruder.refused",
    Weight::Routine,
    "had a password that works for {segment}, and was stopped by the second factor",
    &["T1078", "T1133"],
);

/// The first entry.
pub static ENTERED: Kind = truth(
    "intruder.entered",
    Weight::Milestone,
    "logged in to {segment} from outside with {how}",
    &["T1133", "T1078"],
);

/// What it leaves in a segment in order to stay.
pub static SET_UP: Kind = truth(
    "intruder.set-up",
    Weight::Routine,
    "left {doors} back doors in {segment}{tool}",
    &["T1136", "T1543.003", "T1053.005", "T1219"],
);

/// An attempt to move that failed.
pub static STOPPED: Kind = truth(
    "intruder.stopped",
    Weight::Routine,
    "tried to get into {segment} and failed",
    &["T1021.001", "T1021.002"],
);

/// It left the segment it came in by.
pub static MOVED_ON: Kind = truth(
    "intruder.moved-on",
    Weight::Milestone,
    "moved on into {segment} by remote desktop and network shares",
    &["T1021.001", "T1021.002", "T1135"],
);

/// A further segment.
pub static MOVED: Kind = truth(
    "intruder.moved",
    Weight::Routine,
    "moved into {segment}, {held} segments held",
    &["T1021.001", "T1021.002"],
);

/// It holds the directory of accounts.
pub static DIRECTORY: Kind = truth(
    "intruder.directory",
    Weight::Notable,
    "took the directory of accounts in {segment}: every segment is open to it from here on",
    &["T1087.002", "T1482", "T1003.003"],
);

/// The first files left.
pub static FIRST_HAUL: Kind = truth(
    "intruder.first-haul",
    Weight::Milestone,
    "began to take files out, {store} first, at {rate:n} Mbit/s while it sends",
    &["T1213", "T1039", "T1119", "T1074.002", "T1029", "T1030", "T1041"],
);

/// A week's transfers.
pub static HAUL: Kind = truth(
    "intruder.haul",
    Weight::Routine,
    "took {tb} TB out of {stores} stores this week, {total} TB so far",
    &["T1039", "T1119", "T1029", "T1030", "T1041"],
);

/// A part of a store worth having is outside.
pub static HAS_WORTH: Kind = truth(
    "intruder.has-worth",
    Weight::Notable,
    "had enough of {store} outside to sell it ({tb} TB)",
    &["T1213", "T1041"],
);

/// It has what it can get.
pub static DONE: Kind = truth(
    "intruder.done",
    Weight::Notable,
    "stopped taking files with {total} TB outside, and keeps its access to sell it",
    &[],
);

/// It is cut off, and something is left to it.
pub static CUT_OFF: Kind = truth(
    "intruder.cut-off",
    Weight::Notable,
    "was cut off, with {doors} back doors that nobody has found",
    &[],
);

/// It goes on through what was left.
pub static WENT_ON: Kind = truth(
    "intruder.went-on",
    Weight::Notable,
    "stole new passwords through what the vendor had left open ({doors} back doors), and went on",
    &["T1078", "T1555"],
);

/// It lost its last way in.
pub static EVICTED: Kind = truth(
    "intruder.evicted",
    Weight::Milestone,
    "lost its last way in, with {total} TB outside",
    &[],
);

/// It will not be back.
pub static GAVE_UP: Kind =
    truth("intruder.gave-up", Weight::Notable, "turned to other victims for good", &[]);

/// It came back, through what was left or anew.
pub static CAME_BACK: Kind = truth(
    "intruder.came-back",
    Weight::Milestone,
    "came back into {segment} with {how}",
    &["T1078", "T1133"],
);
