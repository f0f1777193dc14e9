//! What the leaver and those who see to leavers write into the journal.

use hotwash_engine::{Audience, Kind, SimBuilder, Weight};
use hotwash_incident::view::{self, form};

/// Notice.
pub static GAVE_NOTICE: Kind = Kind {
    name: "leaver.gave-notice",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::VENDOR,
    says: "gave notice, to leave in {days:n} days, and goes on administering {machines} machines until then",
    tags: &[],
};

/// Keyloggers are in place.
pub static PLANTED: Kind = Kind {
    name: "leaver.planted",
    lane: view::TRUTH,
    weight: Weight::Milestone,
    audience: Audience::NONE,
    says: "put a keylogger on {count} machines ({motive})",
    tags: &["T1056.001", "T1543.003", "T1053.005"],
};

/// The accounts were shut before anything was planted.
pub static FORESTALLED: Kind = Kind {
    name: "leaver.forestalled",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "could not put the keyloggers in place: the accounts were shut already",
    tags: &[],
};

/// The last day.
pub static LEFT: Kind = Kind {
    name: "leaver.left",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::VENDOR,
    says: "left the company",
    tags: &[],
};

/// Accounts are shut and shared passwords changed.
pub static OFFBOARDED: Kind = Kind {
    name: "leaver.offboarded",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::SOC,
    says: "shut the leaver's accounts and changed the shared passwords that it had a list of",
    tags: &[],
};

/// How many were forgotten; nobody knows.
pub static FORGOTTEN: Kind = Kind {
    name: "leaver.forgotten",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "still knows a shared password that was not on the list (such passwords: {count})",
    tags: &[],
};

/// The first use from outside.
pub static ENTERED: Kind = Kind {
    name: "leaver.entered",
    lane: view::TRUTH,
    weight: Weight::Milestone,
    audience: Audience::NONE,
    says: "came back into the network from outside with {way}, {days:n} days after leaving",
    tags: &["T1078", "T1133"],
};

/// A further week with use.
pub static USED: Kind = Kind {
    name: "leaver.used",
    lane: view::TRUTH,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "was in the network {uses} times within a week with {way}",
    tags: &["T1078", "T1133"],
};

/// The first documents leave.
pub static FIRST_TAKEN: Kind = Kind {
    name: "leaver.first-taken",
    lane: view::TRUTH,
    weight: Weight::Milestone,
    audience: Audience::NONE,
    says: "took documents for the first time: {gb:n} GB out of {store}",
    tags: &["T1039", "T1048"],
};

/// More documents leave.
pub static TAKEN: Kind = Kind {
    name: "leaver.taken",
    lane: view::TRUTH,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "took {gb:n} GB more out of {store}, {sum:n} GB so far",
    tags: &["T1039", "T1048"],
};

/// Enough.
pub static FINISHED: Kind = Kind {
    name: "leaver.finished",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "{why}, with {sum:n} GB of documents taken in {uses} visits",
    tags: &[],
};

/// Nothing works any more.
pub static SHUT_OUT: Kind = Kind {
    name: "leaver.shut-out",
    lane: view::TRUTH,
    weight: Weight::Milestone,
    audience: Audience::NONE,
    says: "had no way in left: no account, no password, no keylogger",
    tags: &[],
};

/// A review of the sessions during notice saw the planting.
pub static SEEN: Kind = Kind {
    name: "leaver.seen",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::SOC,
    says: "found in the recordings of the leaver's sessions that programs were installed which no task called for",
    tags: &[],
};

/// A second look found nothing.
pub static NOT_SEEN: Kind = Kind {
    name: "leaver.not-seen",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::SOC,
    says: "looked through the recordings of the leaver's sessions and found nothing",
    tags: &[],
};

/// There is nothing to look through.
pub static NOT_RECORDED: Kind = Kind {
    name: "leaver.not-recorded",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::SOC,
    says: "could not look through the leaver's sessions: they had not been recorded",
    tags: &[],
};

/// Ordinary work that looks like sabotage.
pub static LOOKED_ODD: Kind = Kind {
    name: "leaver.looked-odd",
    lane: view::RESPONSE,
    weight: Weight::Routine,
    audience: view::SOC,
    says: "marked {count} of the leaver's sessions in which ordinary work looked like sabotage",
    tags: &[],
};

/// A colleague noticed something.
pub static NOTICED: Kind = Kind {
    name: "leaver.noticed",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::SOC,
    says: "told the security desk of {what}",
    tags: &[],
};

/// A colleague noticed once more.
pub static NOTICED_AGAIN: Kind = Kind {
    name: "leaver.noticed-again",
    lane: view::WORLD,
    weight: Weight::Routine,
    audience: view::SOC,
    says: "told the security desk once more of {what}",
    tags: &[],
};

/// Machines were set up anew.
pub static REIMAGED: Kind = Kind {
    name: "leaver.reimaged",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::SOC,
    says: "set up anew the {machines} machines that the leaver had administered",
    tags: &[],
};

/// Keyloggers were removed, whether or not somebody knew.
pub static REMOVED: Kind = Kind {
    name: "leaver.keyloggers-removed",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "lost {count} keyloggers, {left} still listen",
    tags: &[],
};

/// Caught credentials no longer work.
pub static VOIDED: Kind = Kind {
    name: "leaver.credentials-void",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "held {count} passwords that no longer worked; {left} keyloggers still listen",
    tags: &[],
};

/// Which entries reach somebody as a message.
pub(super) fn reach(sim: &mut SimBuilder) {
    sim.inbox(&GAVE_NOTICE, form::MEMO).says("I give notice, to leave in {days:n} days. Until then I go on administering {machines} machines.");
    sim.inbox(&NOTICED, form::CALL).says("I want to report something: {what}.");
    sim.inbox(&NOTICED_AGAIN, form::CALL).says("I have to report it again: {what}.");
    for (kind, form) in [
        (&LEFT, form::MEMO),
        (&OFFBOARDED, form::MEMO),
        (&SEEN, form::ALERT),
        (&NOT_SEEN, form::MEMO),
        (&NOT_RECORDED, form::MEMO),
        (&LOOKED_ODD, form::ALERT),
        (&REIMAGED, form::MEMO),
    ] {
        sim.inbox(kind, form);
    }
}
