//! Journal kinds of the work on an intruder.

use hotwash_engine::{Audience, Kind, SimBuilder, Weight};
use hotwash_incident::view::{self, form};

use Weight::{Milestone, Notable, Routine};

const SECURITY: Audience = view::SOC.and(view::EXECUTIVE).and(view::LEGAL);

const fn response(name: &'static str, weight: Weight, says: &'static str) -> Kind {
    Kind { name, lane: view::RESPONSE, weight, audience: SECURITY, says, tags: &[] }
}

/// Felt by everybody at the vendor.
const fn felt(name: &'static str, weight: Weight, says: &'static str) -> Kind {
    Kind { name, lane: view::RESPONSE, weight, audience: view::VENDOR, says, tags: &[] }
}

/// Unheard by the vendor, so the facilitator's alone.
const fn missed(name: &'static str, weight: Weight, says: &'static str) -> Kind {
    Kind { name, lane: view::TRUTH, weight, audience: Audience::NONE, says, tags: &[] }
}

const fn belief(name: &'static str, weight: Weight, says: &'static str) -> Kind {
    Kind { name, lane: view::BELIEF, weight, audience: SECURITY, says, tags: &[] }
}

pub(super) static SIGNAL: Kind = missed(
    "soc.intrusion-signal",
    Notable,
    "received the first sign of an intruder, heard or not: {what}",
);
pub(super) static ALERT_DROPPED: Kind = missed(
    "soc.host-alert-dropped",
    Notable,
    "never read a real alert on {act} in {where}: the queue was {wait:n} hours long",
);
pub(super) static ALERT_DROPPED_AGAIN: Kind = missed(
    "soc.host-alert-dropped-again",
    Routine,
    "never read another real alert, on {act} in {where}",
);
pub(super) static ALERT_MISJUDGED: Kind = missed(
    "soc.host-alert-misjudged",
    Notable,
    "took a real alert on {act} in {where} for a false one, like most of its kind",
);
pub(super) static ALERT_MISJUDGED_AGAIN: Kind = missed(
    "soc.host-alert-misjudged-again",
    Routine,
    "took another real alert, on {act} in {where}, for a false one",
);
/// Of a real alert or a false one: the vendor cannot tell, so it is one kind for both.
pub(super) static ALERT_TAKEN: Kind =
    response("soc.host-alert-taken", Notable, "took an alert on {act} in {where} seriously");
pub(super) static ALERT_TAKEN_AGAIN: Kind = response(
    "soc.host-alert-taken-again",
    Routine,
    "took another alert, on {act} in {where}, seriously",
);
pub(super) static ALERT_HARMLESS: Kind = response(
    "soc.host-alert-harmless",
    Routine,
    "followed up an alert on {act} in {where}: it was harmless",
);
pub(super) static COMPARED: Kind = response(
    "soc.sample-compared",
    Notable,
    "compared the sample with the vendor's own files: it is {what}",
);
pub(super) static CASE_OPENED: Kind = response(
    "soc.intrusion-case-opened",
    Milestone,
    "opened an intrusion case, {how}; people at work on it: about {staff:n}, analysts left for the alerts: about {left:n}",
);
pub(super) static CASE_REOPENED: Kind = response(
    "soc.intrusion-case-reopened",
    Notable,
    "took the intrusion case up again, {how}; people at work on it: about {staff:n}, analysts left for the alerts: about {left:n}",
);
pub(super) static CASE_REOPENED_AGAIN: Kind = response(
    "soc.intrusion-case-again",
    Routine,
    "took the intrusion case up once more, {how}; people at work on it: about {staff:n}, analysts left for the alerts: about {left:n}",
);
pub(super) static CASE_CLOSED: Kind =
    response("soc.intrusion-case-closed", Notable, "closed the intrusion case: {why}");
pub(super) static CASE_CLOSED_AGAIN: Kind =
    response("soc.intrusion-closed-again", Routine, "closed the intrusion case again: {why}");
pub(super) static HIRED: Kind = response(
    "soc.forensics-called",
    Notable,
    "called outside responders; they are to come about {until}",
);
pub(super) static ARRIVED: Kind = response(
    "soc.forensics-arrived",
    Routine,
    "was joined by outside responders, about {staff:n} of them",
);
pub(super) static VERIFYING: Kind = response(
    "soc.claim-checked",
    Notable,
    "began to look for an intruder in the logs of what can be reached from outside; to be done about {until}",
);
pub(super) static VERIFIED: Kind =
    response("soc.claim-confirmed", Notable, "found traces of an intruder in {where}");
pub(super) static VERIFIED_NOT: Kind =
    response("soc.claim-unconfirmed", Notable, "found no trace of an intruder there");
pub(super) static SCOPING: Kind = response(
    "soc.scoping-begun",
    Notable,
    "began to search all of the network for the intruder; to be done about {until}",
);
pub(super) static SCOPING_AGAIN: Kind = response(
    "soc.scoping-again",
    Routine,
    "began again to search all of the network; to be done about {until}",
);
pub(super) static SCOPED: Kind = response(
    "soc.scoped",
    Milestone,
    "had searched all of the network and found traces in {where}; the logs prove them back to {since}",
);
pub(super) static SCOPED_EMPTY: Kind = response(
    "soc.scoped-empty",
    Milestone,
    "had searched all of the network and found no trace that the logs still hold",
);
pub(super) static SCOPED_AGAIN: Kind = response(
    "soc.scoped-again",
    Routine,
    "had searched all of the network again and found traces in {where}",
);
pub(super) static SHOWS_TRANSFER: Kind = response(
    "soc.logs-show-transfer",
    Notable,
    "found in the logs that {tb} TB had left {where}, where these lie: {stores}",
);
pub(super) static HUNT_FOUND: Kind = response(
    "soc.hunt-found",
    Notable,
    "found, on a hunt that nothing had set going, traces of a stranger in {where}",
);
pub(super) static HUNT_FOUND_AGAIN: Kind =
    response("soc.hunt-found-again", Routine, "found more traces on a hunt, in {where}");
pub(super) static MEASURE_BEGUN: Kind =
    response("soc.measure-begun", Routine, "began to {what}; to be done about {until}");
pub(super) static MEASURE_DONE: Kind = felt("soc.measure-done", Notable, "{what}");
pub(super) static MEASURE_AGAIN: Kind = felt("soc.measure-again", Routine, "once more {what}");
pub(super) static RELEASED: Kind = felt("soc.released", Routine, "let {where} back in");
pub(super) static UNBLOCKED: Kind =
    felt("soc.tools-unblocked", Routine, "let remote-administration tools in again");
pub(super) static CONTAINED: Kind = response(
    "soc.measures-carried-out",
    Milestone,
    "had carried out everything that was ordered against the intruder",
);
pub(super) static CONTAINED_AGAIN: Kind = response(
    "soc.measures-again",
    Routine,
    "had again carried out everything that was ordered against the intruder",
);
pub(super) static THOUGHT_OUT: Kind = belief(
    "soc.thought-out",
    Milestone,
    "takes the intruder to be out: nothing more was seen of it",
);
pub(super) static THOUGHT_OUT_AGAIN: Kind =
    belief("soc.thought-out-again", Routine, "takes the intruder to be out again");
pub(super) static STILL_IN: Kind = belief(
    "soc.still-in",
    Notable,
    "learned from {how} that the intruder is still there, after everything ordered had been done",
);
pub(super) static STILL_IN_AGAIN: Kind =
    belief("soc.still-in-again", Routine, "learned from {how} that the intruder is there again");

/// Which entries reach somebody as a message. What is done again and again is left out.
pub(super) fn reach(sim: &mut SimBuilder) {
    for (kind, form) in [
        (&COMPARED, form::MEMO),
        (&CASE_OPENED, form::MEMO),
        (&CASE_REOPENED, form::MEMO),
        (&CASE_CLOSED, form::MEMO),
        (&HIRED, form::MEMO),
        (&ARRIVED, form::MEMO),
        (&VERIFYING, form::MEMO),
        (&VERIFIED, form::MEMO),
        (&VERIFIED_NOT, form::MEMO),
        (&SCOPING, form::MEMO),
        (&SCOPED, form::MEMO),
        (&SCOPED_EMPTY, form::MEMO),
        (&SHOWS_TRANSFER, form::MEMO),
        (&MEASURE_DONE, form::MEMO),
        (&CONTAINED, form::MEMO),
        (&THOUGHT_OUT, form::MEMO),
        (&STILL_IN, form::MEMO),
        (&ALERT_TAKEN, form::ALERT),
        (&HUNT_FOUND, form::ALERT),
    ] {
        sim.inbox(kind, form);
    }
}
