//! What the insider writes into the journal; all of it truth that nobody else sees.

use hotwash_engine::{Audience, Kind, Weight};
use hotwash_incident::view;

/// The first record read beyond need.
pub static FIRST_READ: Kind = Kind {
    name: "insider.first-read",
    lane: view::TRUTH,
    weight: Weight::Milestone,
    audience: Audience::NONE,
    says: "began to copy support records that no ticket called for ({motive}): {count} on the first day, {target} meant in all",
    tags: &["T1078", "T1213.004", "T1119"],
};

/// A day's reading.
pub static READ: Kind = Kind {
    name: "insider.read",
    lane: view::TRUTH,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "copied {count} support records beyond need, {read} so far",
    tags: &["T1078", "T1213.004", "T1119"],
};

/// The first sale.
pub static FIRST_SALE: Kind = Kind {
    name: "insider.first-sale",
    lane: view::TRUTH,
    weight: Weight::Milestone,
    audience: Audience::NONE,
    says: "sold {records} support records to a call centre, {phones:pct} of them with a telephone number",
    tags: &["T1567", "T1657"],
};

/// A further sale.
pub static SALE: Kind = Kind {
    name: "insider.sale",
    lane: view::TRUTH,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "sold {records} more records to the call centre (batch {batch})",
    tags: &["T1567", "T1657"],
};

/// He has what he wanted.
pub static FINISHED: Kind = Kind {
    name: "insider.finished",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "stopped copying as planned, with {read} records read",
    tags: &[],
};

/// He noticed that somebody is looking, and stopped.
pub static SCARED: Kind = Kind {
    name: "insider.scared",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "noticed that somebody is looking and stopped copying, with {read} records read",
    tags: &[],
};

/// He noticed, and went on.
pub static UNDETERRED: Kind = Kind {
    name: "insider.undeterred",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "noticed that somebody is looking and went on copying",
    tags: &[],
};

/// His account was shut.
pub static SHUT_OUT: Kind = Kind {
    name: "insider.shut-out",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "lost the account: {sold} records had been sold, {unsold} copied since then never left",
    tags: &[],
};

/// The last batch is out.
pub static LAST_SALE: Kind = Kind {
    name: "insider.last-sale",
    lane: view::TRUTH,
    weight: Weight::Notable,
    audience: Audience::NONE,
    says: "had nothing left to sell: {sold} records had gone in {batch} batches",
    tags: &[],
};
