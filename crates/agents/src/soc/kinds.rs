//! Journal kinds of security operations and the support desk.

use hotwash_engine::{Audience, Kind, Weight};
use hotwash_incident::view;

const SECURITY: Audience = view::SOC.and(view::EXECUTIVE).and(view::LEGAL);

const fn response(
    name: &'static str,
    weight: Weight,
    audience: Audience,
    says: &'static str,
) -> Kind {
    Kind { name, lane: view::RESPONSE, weight, audience, says, tags: &[] }
}

/// Unheard by the vendor, so the facilitator's alone.
const fn missed(name: &'static str, weight: Weight, says: &'static str) -> Kind {
    Kind { name, lane: view::TRUTH, weight, audience: Audience::NONE, says, tags: &[] }
}

use Weight::{Milestone, Notable, Routine};

pub(super) static SIGNAL: Kind =
    missed("soc.first-signal", Notable, "received the first sign that a leak is possible: {what}");
pub(super) static RECOGNISED: Kind = response(
    "soc.first-recognised",
    Notable,
    view::SUPPORT.and(view::SOC),
    "saw a leak indicator in a complaint for the first time, after {received} in which the caller knew a ticket",
);
pub(super) static PASSED: Kind = response(
    "soc.passed-on",
    Routine,
    view::SUPPORT.and(view::SOC),
    "passed {recognised} of {received} complaints on to security",
);
pub(super) static CLUSTER: Kind = response(
    "soc.cluster-noticed",
    Notable,
    view::SUPPORT.and(view::SOC),
    "noticed, through a desk lead, that callers know tickets remarkably often ({received} complaints so far)",
);
pub(super) static READ: Kind = response(
    "soc.complaints-read",
    Routine,
    SECURITY,
    "read {pieces} complaints that support had passed on, {detailed} of them with a ticket number",
);
pub(super) static ALERT_DROPPED: Kind = missed(
    "soc.alert-dropped",
    Notable,
    "dropped a real alert on record access unread: the queue was {wait:n} hours long",
);
pub(super) static ALERT_DROPPED_AGAIN: Kind =
    missed("soc.alert-dropped-again", Routine, "dropped another real alert unread");
pub(super) static ALERT_MISJUDGED: Kind =
    missed("soc.alert-misjudged", Notable, "took a real alert on record access for a false one");
pub(super) static ALERT_MISJUDGED_AGAIN: Kind =
    missed("soc.alert-misjudged-again", Routine, "took another real alert for a false one");
pub(super) static ALERT_TAKEN: Kind =
    response("soc.alert-taken", Notable, SECURITY, "takes an alert on record access seriously");
pub(super) static CANARY: Kind = response(
    "soc.canary-seen",
    Notable,
    SECURITY,
    "finds that a canary record's telephone number was called: records have left",
);
pub(super) static CANARY_AGAIN: Kind =
    response("soc.canary-seen-again", Routine, SECURITY, "finds {calls} more canary calls");
pub(super) static TIP: Kind =
    missed("soc.tip-arrived", Notable, "receives a tip from outside in a mailbox");
pub(super) static TIP_LOST: Kind =
    missed("soc.tip-lost", Notable, "loses the tip: nobody is charged with reading such mail");
pub(super) static TIP_READ: Kind = response(
    "soc.tip-read",
    Notable,
    SECURITY,
    "reads the tip from outside, {days:n} days after it came",
);
pub(super) static CASE_OPENED: Kind = response(
    "soc.case-opened",
    Milestone,
    SECURITY,
    "opens a leak case with the work of about {staff:n} people, {how}; about {left:n} analysts stay with the alerts",
);
pub(super) static CASE_SCAM: Kind =
    response("soc.case-scam", Notable, view::VENDOR, "closes the matter as ordinary support fraud");
pub(super) static CASE_CLOSED: Kind =
    response("soc.case-closed", Notable, SECURITY, "closes the leak case: {why}");
pub(super) static ROUTED: Kind = response(
    "soc.complaints-routed",
    Notable,
    view::SUPPORT.and(view::SOC),
    "is told to route complaints in which the caller knew a ticket to security",
);
pub(super) static ASKS_DETAILS: Kind = response(
    "soc.details-collected",
    Notable,
    view::SUPPORT.and(view::SOC),
    "is told to write down the ticket numbers that callers named, and calls {callbacks} people back",
);
pub(super) static CALLED_BACK: Kind = response(
    "soc.called-back",
    Routine,
    view::SUPPORT.and(view::SOC),
    "has got {tickets} more ticket numbers by calling back",
);
pub(super) static ESCALATED: Kind = response(
    "soc.escalated",
    Notable,
    view::VENDOR,
    "brings about {staff:n} people from other departments into the investigation",
);
pub(super) static HUNT: Kind =
    response("soc.hunt-begun", Notable, SECURITY, "begins to {what}, done about {until}");
pub(super) static HUNT_AGAIN: Kind =
    response("soc.hunt-again", Routine, SECURITY, "begins again to {what}, done about {until}");
pub(super) static CORRELATED: Kind = response(
    "soc.correlation-conclusive",
    Notable,
    SECURITY,
    "finds one agent who read the records of all {usable} complainants whose readings are still logged (of {pool} with a ticket number)",
);
pub(super) static CORRELATED_PARTLY: Kind = response(
    "soc.correlation-partial",
    Notable,
    SECURITY,
    "finds readers in common of {usable} complainants, too few to name anybody ({needed} needed)",
);
pub(super) static CORRELATED_NOT: Kind = response(
    "soc.correlation-empty",
    Notable,
    SECURITY,
    "finds no reader in common: the logs no longer hold what was read ({pool} complainants)",
);
pub(super) static NO_TICKETS: Kind = response(
    "soc.correlation-nothing",
    Notable,
    SECURITY,
    "cannot join complaints with access logs: no complaint names a ticket",
);
pub(super) static NOTHING_NEW: Kind = response(
    "soc.correlation-unchanged",
    Routine,
    SECURITY,
    "finds nothing new in the access logs",
);
pub(super) static PLANTED: Kind = response(
    "soc.canaries-planted",
    Notable,
    SECURITY,
    "has planted canary records among the support records",
);
pub(super) static INTERVIEWED: Kind =
    response("soc.interviewed", Notable, SECURITY, "has interviewed agents: {result}");
pub(super) static NAMED: Kind =
    response("soc.suspect-named", Notable, SECURITY, "has a suspect, by {how}");
pub(super) static NOBODY: Kind = response(
    "soc.nobody-to-suspend",
    Notable,
    SECURITY,
    "has nobody to suspend yet and goes on looking",
);
pub(super) static WATCHES: Kind = response(
    "soc.suspect-watched",
    Notable,
    SECURITY,
    "leaves the suspect's account open under watch until {until}",
);
pub(super) static CLEARED: Kind = response(
    "soc.suspect-cleared",
    Notable,
    SECURITY,
    "clears the suspect: the watch showed nothing but work",
);
pub(super) static SUSPENDED: Kind =
    response("soc.contained", Milestone, view::VENDOR, "shuts the insider's account");
pub(super) static WRONG: Kind =
    response("soc.wrong-suspension", Notable, view::VENDOR, "suspends an agent as the insider");
pub(super) static WRONG_TRUTH: Kind =
    missed("soc.wrong-suspect", Notable, "has suspended the wrong one: the theft goes on");
pub(super) static WRONG_FOUND: Kind = response(
    "soc.wrong-found",
    Notable,
    view::VENDOR,
    "finds that the suspended agent is innocent, and starts anew",
);
