//! What the customers write into the journal.

use hotwash_engine::{Audience, Digest, Kind, SimBuilder, SimDuration, Weight};
use hotwash_incident::view::{self, form};

/// Complaints of one batch.
pub static COMPLAINED: Kind = Kind {
    name: "customers.complained",
    lane: view::WORLD,
    weight: Weight::Routine,
    audience: view::SUPPORT,
    says: "complained to support about fraud calls: {with_ticket} said that the caller knew their case, {general} did not",
    tags: &[],
};

/// The first complaint of somebody whose caller had the stolen record.
pub static FIRST_COMPLAINT: Kind = Kind {
    name: "customers.first-complaint",
    lane: view::TRUTH,
    weight: Weight::Milestone,
    // Support cannot tell it from those who say so by chance.
    audience: Audience::NONE,
    says: "told support for the first time of a caller who worked from a stolen record",
    tags: &[],
};

/// A round number of complaints.
pub static COMPLAINTS_SO_FAR: Kind = Kind {
    name: "customers.complaints-so-far",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "had told support more than {count} times that a caller knew their case",
    tags: &[],
};

/// Complaints by far exceed what is usual.
pub static SURGE: Kind = Kind {
    name: "customers.complaint-surge",
    lane: view::WORLD,
    weight: Weight::Milestone,
    audience: view::SUPPORT,
    says: "told support {count} times within seven days that a caller knew their case",
    tags: &[],
};

/// The first who lost money.
pub static FIRST_VICTIM: Kind = Kind {
    name: "customers.first-victim",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "lost money to the callers for the first time: {loss:usd} on one day",
    tags: &[],
};

/// A statement or a direct warning reached people.
pub static WARNED: Kind = Kind {
    name: "customers.warned",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "heard a warning: of those at risk {specific:pct} now know that callers may know their case, {general:pct} have heard of fraud calls in general",
    tags: &[],
};

/// One of many batches of letters, or one article, that warned people.
pub static WARNED_FURTHER: Kind = Kind {
    name: "customers.warned-further",
    lane: view::WORLD,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "heard more of it: of those at risk {specific:pct} now know that callers may know their case",
    tags: &[],
};

/// Trust fell by a point or more since it was last told.
pub static TRUST_FELL: Kind = Kind {
    name: "customers.trust-fell",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "trusted the vendor less: {trust:n} points of 100 on average, {affected:n} among those whose records were taken",
    tags: &[],
};

/// Trust fell by a point or more since it was last told, where no records are in question.
pub static ALL_TRUST_FELL: Kind = Kind {
    name: "customers.all-trust-fell",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "trusted the vendor less: {trust:n} points of 100 on average",
    tags: &[],
};

/// The loss of trust became deeper because a claim did not hold.
pub static TRUST_BROKEN: Kind = Kind {
    name: "customers.trust-broken",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "held it against the vendor that its word had not held: every loss of trust counts {factor} times",
    tags: &[],
};

/// Who leaves.
pub static CHURNED: Kind = Kind {
    name: "customers.churned",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::EXECUTIVE,
    says: "are expected to leave over this within twelve months: {customers:n} of them, {affected:n} from among those whose records were taken",
    tags: &[],
};

/// Who leaves, where no records are in question.
pub static ALL_CHURNED: Kind = Kind {
    name: "customers.all-churned",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::EXECUTIVE,
    says: "are expected to leave over this within twelve months: {customers:n} of them",
    tags: &[],
};

/// Many business customers prepare a switch.
pub static PREPARING: Kind = Kind {
    name: "customers.accounts-preparing",
    lane: view::WORLD,
    weight: Weight::Notable,
    // The account managers notice; nobody tells the vendor outright.
    audience: Audience::NONE,
    says: "prepared to switch to another vendor: {share:pct} of them by now ({why})",
    tags: &[],
};

/// Fewer business customers prepare a switch than had been told.
pub static CALMED: Kind = Kind {
    name: "customers.accounts-calmed",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "gave up preparing in part: {share:pct} of them still prepare to switch, after {highest:pct} at most",
    tags: &[],
};

/// Business customers begin to switch.
pub static SWITCHING: Kind = Kind {
    name: "customers.accounts-switching",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::EXECUTIVE,
    says: "began to switch to other vendors: {accounts:n} of them so far ({why})",
    tags: &[],
};

/// How many business customers leave.
pub static ACCOUNTS_LOST: Kind = Kind {
    name: "customers.accounts-lost",
    lane: view::WORLD,
    weight: Weight::Notable,
    audience: view::EXECUTIVE,
    says: "had switched in {switched:n} cases and are expected to in {expected:n} more at their next renewal: {usd:usd} of the vendor's margin in twelve months",
    tags: &[],
};

/// Which entries reach somebody as a message. Complaints come by the hundred: the desk sums them up.
pub(super) fn reach(sim: &mut SimBuilder) {
    sim.inbox(&SURGE, form::TICKET)
        .says("{count} customers told us within seven days that a caller knew their case.");
    sim.inbox(&CHURNED, form::MEMO).says("Expected to leave over this within twelve months: {customers:n} customers, of whom {affected:n} had records taken.");
    sim.inbox(&ALL_CHURNED, form::MEMO)
        .says("Expected to leave over this within twelve months: {customers:n} customers.");
    sim.inbox(&SWITCHING, form::MEMO)
        .says("Business customers begin to switch to other vendors, {accounts:n} so far ({why}).");
    sim.inbox(&ACCOUNTS_LOST, form::MEMO).says("Business customers who have switched: {switched:n}; expected to at their next renewal: {expected:n}. Margin lost in twelve months: {usd:usd}.");
    let weeks = Digest {
        form: form::TICKET,
        from: "Support desk",
        says: "Complaints about fraud calls in the last three weeks: {with_ticket} callers had known the customer's case, {general} had not.",
        every: SimDuration::from_days(21),
    };
    sim.digest(&COMPLAINED, weeks);
}
