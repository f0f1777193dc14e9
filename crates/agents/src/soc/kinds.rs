//! Journal kinds of security operations and the support desk.

use hotwash_engine::{Audience, Digest, Kind, SimBuilder, SimDuration, Weight};
use hotwash_incident::view::{self, form};

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
    missed("soc.first-signal", Notable, "received the first sign of a leak, heard or not: {what}");
pub(super) static RECOGNISED: Kind = response(
    "soc.first-recognised",
    Notable,
    view::SUPPORT.and(view::SOC),
    "took a complaint for a sign of a leak for the first time; {received} had said so far that the caller knew a ticket",
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
    "never read a real alert on record access: the queue was {wait:n} hours long",
);
pub(super) static ALERT_DROPPED_AGAIN: Kind =
    missed("soc.alert-dropped-again", Routine, "never read another real alert");
pub(super) static ALERT_MISJUDGED: Kind =
    missed("soc.alert-misjudged", Notable, "took a real alert on record access for a false one");
pub(super) static ALERT_MISJUDGED_AGAIN: Kind =
    missed("soc.alert-misjudged-again", Routine, "took another real alert for a false one");
pub(super) static ALERT_TAKEN: Kind =
    response("soc.alert-taken", Notable, SECURITY, "took an alert on record access seriously");
pub(super) static ALERT_TAKEN_AGAIN: Kind = response(
    "soc.alert-taken-again",
    Routine,
    SECURITY,
    "took another alert on record access seriously",
);
pub(super) static CANARY: Kind = response(
    "soc.canary-seen",
    Notable,
    SECURITY,
    "found that a canary record's telephone number had been called: records have left",
);
pub(super) static CANARY_AGAIN: Kind = response(
    "soc.canary-seen-again",
    Routine,
    SECURITY,
    "found that more canary numbers had been called: {calls} calls",
);
pub(super) static TIP: Kind =
    missed("soc.tip-arrived", Notable, "received a tip from outside in a mailbox");
pub(super) static TIP_LOST: Kind =
    missed("soc.tip-lost", Notable, "lost the tip: nobody is charged with reading such mail");
pub(super) static TOLD: Kind = response("soc.told", Routine, SECURITY, "heard {what}");
pub(super) static TIP_READ: Kind = response(
    "soc.tip-read",
    Notable,
    SECURITY,
    "read the tip from outside, {days:n} days after it had come",
);
pub(super) static CASE_OPENED: Kind = response(
    "soc.case-opened",
    Milestone,
    SECURITY,
    "opened a leak case, {how}; people at work on it: about {staff:n}, analysts left for the alerts: about {left:n}",
);
pub(super) static CASE_REOPENED: Kind = response(
    "soc.case-reopened",
    Routine,
    SECURITY,
    "took the leak case up again, {how}; people at work on it: about {staff:n}, analysts left for the alerts: about {left:n}",
);
pub(super) static CASE_SCAM: Kind =
    response("soc.case-scam", Notable, view::VENDOR, "closed the matter as ordinary support fraud");
pub(super) static CASE_CLOSED: Kind =
    response("soc.case-closed", Notable, SECURITY, "closed the leak case: {why}");
pub(super) static CASE_CLOSED_AGAIN: Kind =
    response("soc.case-closed-again", Routine, SECURITY, "closed the leak case again: {why}");
pub(super) static ROUTED: Kind = response(
    "soc.complaints-routed",
    Notable,
    view::SUPPORT.and(view::SOC),
    "was told to pass complaints in which the caller knew a ticket on to security",
);
pub(super) static ASKS_DETAILS: Kind = response(
    "soc.details-collected",
    Notable,
    view::SUPPORT.and(view::SOC),
    "was told to write down which ticket a caller had named, and to call back those who had not been asked ({callbacks})",
);
pub(super) static CALLED_BACK: Kind = response(
    "soc.called-back",
    Routine,
    view::SUPPORT.and(view::SOC),
    "got {tickets} more ticket numbers by calling back",
);
pub(super) static ESCALATED: Kind = response(
    "soc.escalated",
    Notable,
    view::VENDOR,
    "brought people from other departments into the investigation, about {staff:n} in all",
);
pub(super) static HUNT: Kind =
    response("soc.hunt-begun", Notable, SECURITY, "began to {what}; to be done about {until}");
pub(super) static HUNT_AGAIN: Kind = response(
    "soc.hunt-again",
    Routine,
    SECURITY,
    "began again to {what}; to be done about {until}",
);
pub(super) static CORRELATED: Kind = response(
    "soc.correlation-conclusive",
    Notable,
    SECURITY,
    "found one agent who had read the tickets of all {usable} complainants who can still be traced in the access logs (of {pool} who named a ticket)",
);
pub(super) static CONFIRMED: Kind = response(
    "soc.correlation-confirmed",
    Routine,
    SECURITY,
    "found the same agent again: {usable} complainants can be traced by now (of {pool} who named a ticket)",
);
pub(super) static CORRELATED_PARTLY: Kind = response(
    "soc.correlation-partial",
    Notable,
    SECURITY,
    "found an agent who had read the tickets of {usable} complainants; {needed} are asked for before anybody is named",
);
pub(super) static TOO_FEW: Kind = response(
    "soc.correlation-too-few",
    Routine,
    SECURITY,
    "could trace too few complainants in the access logs to tell anything from chance: {usable} (of {pool} who named a ticket)",
);
pub(super) static CORRELATED_NOT: Kind = response(
    "soc.correlation-empty",
    Notable,
    SECURITY,
    "found nothing in the access logs on the tickets that were named ({pool}): they do not go back far enough",
);
pub(super) static NO_TICKETS: Kind = response(
    "soc.correlation-nothing",
    Notable,
    SECURITY,
    "could not join complaints with access logs: no complaint names a ticket",
);
pub(super) static NOTHING_NEW: Kind = response(
    "soc.correlation-unchanged",
    Routine,
    SECURITY,
    "found nothing new in the access logs",
);
pub(super) static PLANTED: Kind = response(
    "soc.canaries-planted",
    Notable,
    SECURITY,
    "had planted canary records among the support records",
);
pub(super) static INTERVIEWED: Kind =
    response("soc.interviewed", Notable, SECURITY, "had interviewed support agents: {result}");
pub(super) static NAMED: Kind =
    response("soc.suspect-named", Notable, SECURITY, "named a suspect, by {how}");
pub(super) static NOBODY: Kind = response(
    "soc.nobody-to-suspend",
    Notable,
    SECURITY,
    "had nobody to suspend yet and went on looking",
);
pub(super) static WATCHES: Kind = response(
    "soc.suspect-watched",
    Notable,
    SECURITY,
    "left the suspect's account open under watch until {until}",
);
pub(super) static CLEARED: Kind = response(
    "soc.suspect-cleared",
    Notable,
    SECURITY,
    "cleared the suspect: the watch showed nothing but work",
);
/// Of the right suspect or a wrong one: the vendor cannot tell, so it is one kind for both.
pub(super) static SUSPENDED: Kind =
    response("soc.account-shut", Milestone, view::VENDOR, "shut the suspect's account");
pub(super) static WRONG: Kind =
    missed("soc.wrong-suspension", Notable, "had shut the account of the wrong one");
pub(super) static WRONG_FOUND: Kind = response(
    "soc.wrong-found",
    Notable,
    view::VENDOR,
    "found that the suspended agent was innocent, and started anew",
);

/// Which entries reach somebody as a message. What is done again and again is summed up or left out.
pub(super) fn reach(sim: &mut SimBuilder) {
    for (kind, form) in [
        (&RECOGNISED, form::MEMO),
        (&CLUSTER, form::MEMO),
        (&TIP_READ, form::MEMO),
        (&CASE_OPENED, form::MEMO),
        (&CASE_SCAM, form::MEMO),
        (&CASE_CLOSED, form::MEMO),
        (&ROUTED, form::MEMO),
        (&ASKS_DETAILS, form::MEMO),
        (&ESCALATED, form::MEMO),
        (&HUNT, form::MEMO),
        (&CORRELATED, form::MEMO),
        (&CORRELATED_PARTLY, form::MEMO),
        (&CORRELATED_NOT, form::MEMO),
        (&NO_TICKETS, form::MEMO),
        (&PLANTED, form::MEMO),
        (&INTERVIEWED, form::MEMO),
        (&NAMED, form::MEMO),
        (&NOBODY, form::MEMO),
        (&WATCHES, form::MEMO),
        (&CLEARED, form::MEMO),
        (&SUSPENDED, form::MEMO),
        (&WRONG_FOUND, form::MEMO),
        (&ALERT_TAKEN, form::ALERT),
        (&CANARY, form::ALERT),
        (&TOLD, form::CALL),
    ] {
        sim.inbox(kind, form);
    }
    let month = |form, says| Digest {
        form,
        from: "Security operations",
        says,
        every: SimDuration::from_days(28),
    };
    let read = "Complaints read in the last 28 days that support had passed on: {pieces}, of which {detailed} with a ticket number.";
    sim.digest(&READ, month(form::MEMO, read));
    let taken = "Further alerts on record access taken seriously in the last 28 days: {entries}.";
    sim.digest(&ALERT_TAKEN_AGAIN, month(form::ALERT, taken));
}
