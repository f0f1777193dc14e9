//! What the call centre writes into the journal; all of it truth that the vendor does not see.

use hotwash_engine::{Audience, Kind, Weight};
use hotwash_incident::view;

/// The first calls.
pub static FIRST_CALLS: Kind = Kind {
    name: "scam.first-calls",
    lane: view::TRUTH,
    weight: Weight::Milestone,
    audience: Audience::NONE,
    says: "began to call customers in the vendor's name, with their support cases as proof: {answered} answered on the first day",
    tags: &["T1598.004", "T1656", "T1219", "T1657"],
};

/// A day of calls.
pub static CALLS: Kind = Kind {
    name: "scam.calls",
    lane: view::TRUTH,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "called: {answered} answered, {engaged} went along, {victims} lost money",
    tags: &["T1598.004", "T1656", "T1219", "T1657"],
};

/// Thirty days of calls.
pub static MONTH: Kind = Kind {
    name: "scam.month",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "reached {answered} customers within {days} days; {victims} of them lost {loss:usd}",
    tags: &["T1598.004", "T1656", "T1219", "T1657"],
};

/// No numbers are left.
pub static OUT_OF_LEADS: Kind = Kind {
    name: "scam.out-of-leads",
    lane: view::TRUTH,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "called the last of the numbers bought so far",
    tags: &[],
};

/// The police were there.
pub static RAIDED: Kind = Kind {
    name: "scam.raided",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "stopped calling after the raid, with {left} numbers not yet reached",
    tags: &[],
};

/// The whole of it, when the run ends.
pub static IN_ALL: Kind = Kind {
    name: "scam.in-all",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "reached {answered} customers on {days} calling days in all, the last on {last}; {victims} of them lost {loss:usd}",
    tags: &["T1598.004", "T1656", "T1219", "T1657"],
};
