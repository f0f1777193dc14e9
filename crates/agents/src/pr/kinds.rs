//! Journal kinds of the press office.

use hotwash_engine::{Kind, SimBuilder, Weight};
use hotwash_incident::view::{self, form};

/// Work on a text began.
pub static BEGAN: Kind = Kind {
    name: "pr.began",
    lane: view::RESPONSE,
    weight: Weight::Routine,
    audience: view::VENDOR,
    says: "began to prepare \"{title}\" (approvals to pass: {approvals}; legal review: {review})",
    tags: &[],
};

/// A text passed a step of the chain.
pub static STEPPED: Kind = Kind {
    name: "pr.stepped",
    lane: view::RESPONSE,
    weight: Weight::Routine,
    audience: view::VENDOR,
    says: "passed \"{title}\" on: {step}",
    tags: &[],
};

/// The disclosure rule holds an approved text back.
pub static NOT_SURE: Kind = Kind {
    name: "pr.not-sure-enough",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::VENDOR,
    says: "held \"{title}\" back: the vendor was {belief:pct} sure of the theft, and the rule `{rule}` asks for {bar:pct}",
    tags: &[],
};

/// As [`NOT_SURE`], where the breach is no theft of people's data.
pub static NOT_SURE_OF: Kind = Kind {
    name: "pr.not-sure-enough-of",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::VENDOR,
    says: "held \"{title}\" back: the vendor was {belief:pct} sure that {breach}, and the rule `{rule}` asks for {bar:pct}",
    tags: &[],
};

/// Whatever was not out yet was stopped.
pub static STOPPED: Kind = Kind {
    name: "pr.stopped",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::VENDOR,
    says: "stopped what was not out yet (texts: {count})",
    tags: &[],
};

/// A text was overtaken by later words of the office's own.
pub static OVERTAKEN: Kind = Kind {
    name: "pr.overtaken",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::VENDOR,
    says: "dropped \"{title}\": it contradicts what has been published meanwhile",
    tags: &[],
};

/// A statement to the press and the public.
pub static PUBLISHED: Kind = Kind {
    name: "pr.published",
    lane: view::CLAIM,
    weight: Weight::Milestone,
    audience: view::PUBLIC,
    says: "published \"{title}\": {text}",
    tags: &[],
};

/// A page that those find who look for it.
pub static POSTED: Kind = Kind {
    name: "pr.posted",
    lane: view::CLAIM,
    weight: Weight::Notable,
    audience: view::PUBLIC,
    says: "put \"{title}\" on a support page: {text}",
    tags: &[],
};

/// Words to those concerned only.
pub static WROTE: Kind = Kind {
    name: "pr.wrote",
    lane: view::CLAIM,
    weight: Weight::Notable,
    audience: view::VENDOR.and(view::CUSTOMERS),
    says: "wrote to those affected, \"{title}\": {text}",
    tags: &[],
};

/// Those at risk were warned directly.
pub static WARNED: Kind = Kind {
    name: "pr.warned",
    lane: view::RESPONSE,
    weight: Weight::Milestone,
    audience: view::VENDOR.and(view::CUSTOMERS),
    says: "warned {contacts} customers directly that callers may know their case",
    tags: &[],
};

/// Letters are kept back at the wish of the police.
pub static LETTERS_HELD: Kind = Kind {
    name: "pr.letters-held",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::VENDOR,
    says: "kept the letters to those affected back until {until}, as the police had asked",
    tags: &[],
};

/// Letters began to go out.
pub static LETTERS_BEGAN: Kind = Kind {
    name: "pr.letters-began",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::VENDOR,
    says: "began to send {letters} letters{scope}; that takes {days}",
    tags: &[],
};

/// All letters are out.
pub static LETTERS_OUT: Kind = Kind {
    name: "pr.letters-out",
    lane: view::RESPONSE,
    weight: Weight::Milestone,
    audience: view::VENDOR.and(view::CUSTOMERS),
    says: "had sent the last of {letters} letters to those affected",
    tags: &[],
};

/// A list of addresses turned out to be empty.
pub static NOBODY: Kind = Kind {
    name: "pr.nobody-to-tell",
    lane: view::RESPONSE,
    weight: Weight::Notable,
    audience: view::VENDOR,
    says: "drew up the addresses for \"{title}\" and found nobody who was concerned",
    tags: &[],
};

/// Business customers were told in confidence.
pub static BRIEFED: Kind = Kind {
    name: "pr.briefed",
    lane: view::RESPONSE,
    weight: Weight::Milestone,
    audience: view::VENDOR.and(view::CUSTOMERS),
    says: "told business customers in confidence of {matter} (reached: {reach:pct})",
    tags: &[],
};

/// Which entries reach somebody as a message. The steps of a text through the house do not.
pub(super) fn reach(sim: &mut SimBuilder) {
    sim.inbox(&NOT_SURE, form::MEMO).says("We hold \"{title}\" back: we are {belief:pct} sure of the theft, and our rule asks for {bar:pct}.");
    sim.inbox(&NOT_SURE_OF, form::MEMO).says("We hold \"{title}\" back: we are {belief:pct} sure that {breach}, and our rule asks for {bar:pct}.");
    for kind in [
        &STOPPED,
        &OVERTAKEN,
        &PUBLISHED,
        &POSTED,
        &WROTE,
        &WARNED,
        &LETTERS_HELD,
        &LETTERS_BEGAN,
        &LETTERS_OUT,
        &NOBODY,
        &BRIEFED,
    ] {
        sim.inbox(kind, form::MEMO);
    }
}
