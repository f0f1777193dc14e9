//! The three ledgers over one list of propositions: truth, belief, claim.
//!
//! Belief is a log-odds per party and proposition; evidence adds the logarithm of its likelihood
//! ratio, after mixing it with 1 by the teller's credibility and after discounting repetitions.
//! Where they differ are the outcomes: truth minus belief is dwell, belief minus claim is
//! withholding, claim minus truth is falsehood.

use std::sync::Arc;

use hotwash_engine::{ActorId, Audience, Cx, Kind, SimTime, Slug, Value, Weight, state};

use crate::case::{CaseBook, EvidenceId, PropositionId};
use crate::events::{BeliefMoved, ClaimRefuted};
use crate::party::Party;
use crate::statement::{Polarity, Statement, Wording};
use crate::view;

/// A proposition became true.
pub static BECAME_TRUE: Kind = Kind {
    name: "case.became-true",
    lane: view::TRUTH,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "made it true that {proposition}",
    tags: &[],
};

/// The vendor's belief moved noticeably.
pub static VENDOR_BELIEVES: Kind = Kind {
    name: "case.vendor-believes",
    lane: view::BELIEF,
    weight: Weight::Notable,
    audience: view::VENDOR,
    says: "now thinks it {p:pct} likely that {proposition} ({evidence})",
    tags: &[],
};

/// Somebody else's belief moved noticeably.
pub static OTHER_BELIEVES: Kind = Kind {
    name: "case.other-believes",
    lane: view::BELIEF,
    weight: Weight::Routine,
    audience: Audience::NONE,
    says: "now thinks it {p:pct} likely that {proposition} ({evidence})",
    tags: &[],
};

/// A claim was made.
pub static CLAIMED: Kind = Kind {
    name: "case.claimed",
    lane: view::CLAIM,
    weight: Weight::Notable,
    audience: view::PUBLIC,
    says: "{how} that {proposition}{reading}",
    tags: &[],
};

/// A claim was contradicted from outside.
pub static REFUTED: Kind = Kind {
    name: "case.claim-refuted",
    lane: view::CLAIM,
    weight: Weight::Milestone,
    audience: view::PUBLIC,
    says: "stopped believing `{statement}` of {said}: {now}",
    tags: &[],
};

/// The vendor contradicted an earlier claim of its own.
pub static WALKED_BACK: Kind = Kind {
    name: "case.claim-walked-back",
    lane: view::CLAIM,
    weight: Weight::Milestone,
    audience: view::PUBLIC,
    says: "took back what `{statement}` had said on {said}",
    tags: &[],
};

/// Log-odds beyond which belief does not go: one in ten thousand either way.
const CERTAINTY: f64 = 9.210_240_366_975_85;
/// A belief is told when it moves from one of these bands into another.
const BANDS: [f64; 4] = [0.2, 0.5, 0.8, 0.95];

/// Something the vendor has said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// About what.
    pub proposition: PropositionId,
    /// What readers took it to say.
    pub perceived: Polarity,
    /// What the words say; `None` when they do not speak of it.
    pub literal: Option<Polarity>,
    /// How firmly.
    pub wording: Wording,
    /// In which statement.
    pub statement: Slug,
    /// When.
    pub at: SimTime,
    /// Whether it was public.
    pub is_public: bool,
    /// Whether it was false as perceived when it was made.
    pub was_false: bool,
    /// When outside evidence contradicted it.
    pub refuted_at: Option<SimTime>,
    /// When the vendor itself contradicted it.
    pub walked_back_at: Option<SimTime>,
}

/// A piece of evidence for a party.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Who sees it.
    pub party: Party,
    /// What kind it is.
    pub evidence: EvidenceId,
    /// How far it is to be believed, 0 to 1.
    pub credibility: f64,
    /// How many pieces of the kind at once.
    pub pieces: u64,
}

state! {
    /// Truth, belief and claim of a run.
    pub struct Ledgers {
        book: Arc<CaseBook>,
        truth_since: Vec<Option<SimTime>>,
        /// By party, then proposition.
        beliefs: Vec<Belief>,
        /// When the vendor first knew.
        known_since: Vec<Option<SimTime>>,
        /// By party, then evidence kind.
        seen: Vec<Seen>,
        /// Logarithm of each likelihood ratio of the book, by evidence kind, then proposition, once a
        /// teller who is fully believed has come with it. It is the same for the whole run.
        loudness: Vec<Option<f64>>,
        claims: Vec<Claim>,
    }
}

/// What a party thinks of a proposition.
#[derive(Clone, Copy, Debug)]
struct Belief {
    log_odds: f64,
    /// The probability that these odds are.
    p: f64,
    /// Band that was told last.
    told: u8,
}

impl Belief {
    fn new(log_odds: f64, told: u8) -> Self {
        Belief { log_odds, p: probability(log_odds), told }
    }

    /// Adds evidence, up to certainty. Who is certain already stays so, and nothing is computed.
    fn add(&mut self, step: f64) {
        let log_odds = (self.log_odds + step).clamp(-CERTAINTY, CERTAINTY);
        if log_odds != self.log_odds {
            self.log_odds = log_odds;
            self.p = probability(log_odds);
        }
    }
}

/// What a party has seen of a kind of evidence.
#[derive(Clone, Copy, Debug)]
struct Seen {
    pieces: u64,
    /// Weight of the next piece relative to the first.
    next: f64,
}

impl Seen {
    const NOTHING: Seen = Seen { pieces: 0, next: 1.0 };

    /// Total weight of `pieces` more: each counts `repeats` times the one before.
    fn add(&mut self, repeats: f64, pieces: u64) -> f64 {
        self.pieces += pieces;
        if repeats >= 1.0 {
            return pieces as f64;
        }
        let before = self.next;
        self.next = libm::pow(repeats, self.pieces as f64);
        (before - self.next) / (1.0 - repeats)
    }
}

impl Ledgers {
    pub(crate) fn new(book: &Arc<CaseBook>, propositions: usize) -> Self {
        Ledgers {
            book: Arc::clone(book),
            truth_since: vec![None; propositions],
            beliefs: vec![Belief::new(0.0, 0); Party::COUNT * propositions],
            known_since: vec![None; propositions],
            seen: vec![Seen::NOTHING; Party::COUNT * book.evidence.len()],
            loudness: vec![None; book.evidence.iter().map(|kind| kind.ratios.len()).sum()],
            claims: Vec::new(),
        }
    }

    fn place(&self, party: Party, proposition: PropositionId) -> usize {
        party as usize * self.truth_since.len() + usize::from(proposition.0)
    }

    pub(crate) fn set_prior(&mut self, proposition: PropositionId, prior: f64) {
        let belief = Belief::new(log_odds(prior), band(prior));
        for party in Party::ALL {
            let place = self.place(party, proposition);
            self.beliefs[place] = belief;
        }
    }

    /// Whether a proposition is true.
    pub fn is_true(&self, proposition: PropositionId) -> bool {
        self.true_since(proposition).is_some()
    }

    /// Since when a proposition has been true.
    pub fn true_since(&self, proposition: PropositionId) -> Option<SimTime> {
        self.truth_since[usize::from(proposition.0)]
    }

    /// Since when the vendor has known it, by the case's measure of knowing.
    pub fn known_since(&self, proposition: PropositionId) -> Option<SimTime> {
        self.known_since[usize::from(proposition.0)]
    }

    /// A party's probability for a proposition.
    pub fn belief(&self, party: Party, proposition: PropositionId) -> f64 {
        self.beliefs[self.place(party, proposition)].p
    }

    /// What the vendor has said so far, in order.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// Makes a proposition true from now on.
    pub fn make_true(&mut self, cx: &mut Cx, proposition: PropositionId, who: ActorId) {
        let book = Arc::clone(&self.book);
        let since = &mut self.truth_since[usize::from(proposition.0)];
        if since.is_some() {
            return;
        }
        *since = Some(cx.now());
        cx.note(&BECAME_TRUE, who, |n| {
            n.with("proposition", book.proposition_text(proposition))
                .with("name", book.proposition_name(proposition))
        });
    }

    /// A party takes in evidence: its belief in every proposition the evidence speaks of moves, what
    /// waits for that belief is set going, and contrary claims are refuted.
    pub fn observe(&mut self, cx: &mut Cx, observation: Observation) {
        let book = Arc::clone(&self.book);
        let Observation { party, evidence, credibility, pieces } = observation;
        let kind = &book.evidence[usize::from(evidence.0)];
        let repeats = cx.value(kind.repeats);
        let seen = party as usize * book.evidence.len() + usize::from(evidence.0);
        let weight = self.seen[seen].add(repeats, pieces);
        for (i, &(proposition, ratio)) in kind.ratios.iter().enumerate() {
            let ratio = cx.value(ratio);
            let step = weight * self.log_ratio(kind.first_ratio + i, ratio, credibility);
            self.shift(cx, &book, party, proposition, step, kind.text.as_str());
        }
    }

    /// Logarithm of the effective ratio. Most evidence is seen with full credibility.
    fn log_ratio(&mut self, number: usize, ratio: f64, credibility: f64) -> f64 {
        if credibility != 1.0 {
            return libm::log(effective_ratio(ratio, credibility));
        }
        *self.loudness[number].get_or_insert_with(|| libm::log(effective_ratio(ratio, 1.0)))
    }

    fn shift(
        &mut self,
        cx: &mut Cx,
        book: &CaseBook,
        party: Party,
        proposition: PropositionId,
        step: f64,
        evidence: &str,
    ) {
        let place = self.place(party, proposition);
        let belief = &mut self.beliefs[place];
        let from = belief.p;
        belief.add(step);
        let to = belief.p;
        if band(to) != belief.told {
            belief.told = band(to);
            let kind = if party == Party::Vendor { &VENDOR_BELIEVES } else { &OTHER_BELIEVES };
            cx.note(kind, book.parties[party as usize], |n| {
                n.with("party", party.name())
                    .with("p", to)
                    .with("proposition", book.proposition_text(proposition))
                    .with("evidence", evidence)
                    .with("name", book.proposition_name(proposition))
            });
        }
        let knows_at = cx.value(book.knows_at);
        let known = &mut self.known_since[usize::from(proposition.0)];
        if party == Party::Vendor && to >= knows_at && known.is_none() {
            *known = Some(cx.now());
        }
        for watch in
            book.watches.iter().filter(|w| w.party == party && w.proposition == proposition)
        {
            let bar = cx.value(watch.at_least);
            if from < bar && to >= bar {
                cx.reach(watch.milestone);
            }
        }
        cx.send(BeliefMoved { party, proposition, from, to });
        if matches!(party, Party::Public | Party::Press) {
            self.refute(cx, book, party, proposition, (from, to));
        }
    }

    /// Strikes the claims that the outside world no longer believes: a denial once the thing is
    /// believed, an affirmation once evidence has talked people out of it.
    fn refute(
        &mut self,
        cx: &mut Cx,
        book: &CaseBook,
        party: Party,
        proposition: PropositionId,
        (from, to): (f64, f64),
    ) {
        let bar = cx.value(book.refuted_at);
        let now = cx.now();
        let who = book.parties[party as usize];
        for i in 0..self.claims.len() {
            let claim = self.claims[i];
            let is_contradicted = match claim.perceived {
                Polarity::Denies => to >= bar,
                Polarity::Affirms => from > 1.0 - bar && to <= 1.0 - bar,
            };
            let is_open =
                claim.refuted_at.is_none() && claim.walked_back_at.is_none() && claim.is_public;
            if claim.proposition != proposition || !is_contradicted || !is_open {
                continue;
            }
            self.claims[i].refuted_at = Some(now);
            let (statement, said) = (claim.statement, claim.at);
            let (wording, is_literal) = (claim.wording, claim.literal == Some(claim.perceived));
            let severity =
                book.refutation.values(cx).severity(wording, is_literal, (now - said).days());
            cx.note(&REFUTED, who, |n| {
                n.with("statement", statement.as_str())
                    .with("said", Value::Time(said))
                    .with("now", now_holds(claim.perceived, book.proposition_text(proposition)))
                    .with("name", book.proposition_name(proposition))
            });
            cx.reach(book.refuted);
            cx.send(ClaimRefuted { claim: i as u16, severity });
        }
    }

    /// Writes down what a statement claims; earlier claims that it contradicts are walked back.
    pub fn claim(&mut self, cx: &mut Cx, statement: &Statement, is_public: bool, who: ActorId) {
        let book = Arc::clone(&self.book);
        let now = cx.now();
        for (proposition, spec) in &statement.claims {
            let is_true = self.is_true(*proposition);
            let was_false = is_true != (spec.perceived == Polarity::Affirms);
            // A letter to some does not take back what was said to all.
            if is_public {
                self.walk_back(cx, *proposition, spec.perceived, who);
            }
            let reading = match spec.literal {
                Some(literal) if literal == spec.perceived => "",
                Some(_) => " (as readers took it; the words say the opposite)",
                None => " (as readers took it; the words do not say so)",
            };
            let affirms = spec.perceived == Polarity::Affirms;
            let audience = if is_public { view::PUBLIC } else { view::VENDOR.and(view::CUSTOMERS) };
            cx.note(&CLAIMED, who, |n| {
                n.with("how", manner(spec.wording, affirms))
                    .with("polarity", if affirms { "says" } else { "denies" })
                    .with("proposition", book.proposition_text(*proposition))
                    .with("reading", reading)
                    .with("name", book.proposition_name(*proposition))
                    .seen_by(audience)
            });
            self.claims.push(Claim {
                proposition: *proposition,
                perceived: spec.perceived,
                literal: spec.literal,
                wording: spec.wording,
                statement: statement.name,
                at: now,
                is_public,
                was_false,
                refuted_at: None,
                walked_back_at: None,
            });
        }
    }

    fn walk_back(
        &mut self,
        cx: &mut Cx,
        proposition: PropositionId,
        now_says: Polarity,
        who: ActorId,
    ) {
        let now = cx.now();
        for claim in &mut self.claims {
            let is_contrary = claim.proposition == proposition && claim.perceived != now_says;
            if is_contrary && claim.walked_back_at.is_none() && claim.refuted_at.is_none() {
                claim.walked_back_at = Some(now);
                let (statement, said) = (claim.statement, claim.at);
                cx.note(&WALKED_BACK, who, |n| {
                    n.with("statement", statement.as_str()).with("said", Value::Time(said))
                });
            }
        }
    }

    /// When the vendor first said in public that a proposition is so.
    pub fn affirmed_at(&self, proposition: PropositionId) -> Option<SimTime> {
        self.claims
            .iter()
            .find(|c| {
                c.is_public && c.proposition == proposition && c.perceived == Polarity::Affirms
            })
            .map(|c| c.at)
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        match self.beliefs.iter().find(|belief| !belief.log_odds.is_finite()) {
            Some(belief) => Err(format!("a belief has log-odds {}", belief.log_odds)),
            None => Ok(()),
        }
    }
}

/// Days from knowing a proposition that is true to saying so in public, or to now; 0 if it is not true
/// or not known. What was believed before it was true was not withheld until it was.
pub(crate) fn days_withheld(ledgers: &Ledgers, proposition: PropositionId, now: SimTime) -> f64 {
    let (known, since) = (ledgers.known_since(proposition), ledgers.true_since(proposition));
    let (Some(known), Some(since)) = (known, since) else { return 0.0 };
    let said = ledgers.affirmed_at(proposition).unwrap_or(now);
    (said - known.max(since)).days().max(0.0)
}

/// A likelihood ratio as seen through a teller who is believed with probability `credibility`.
pub fn effective_ratio(ratio: f64, credibility: f64) -> f64 {
    let c = credibility.clamp(0.0, 1.0);
    c * ratio + (1.0 - c)
}

/// How hard a contradicted claim falls back on the vendor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Refutation {
    /// Severity of a hedged, a plain and a categorical claim, 0 to 1.
    pub by_wording: [f64; 3],
    /// Multiplier when the words did not literally say it.
    pub implied: f64,
    /// Increase per month that the claim has stood, as a share; counted for three months.
    pub per_month: f64,
}

impl Refutation {
    /// Severity, 0 to 1: firmer words and longer standing are worse, words that did not literally
    /// say it milder.
    pub fn severity(&self, wording: Wording, is_literal: bool, days_standing: f64) -> f64 {
        let literal = if is_literal { 1.0 } else { self.implied };
        let standing = 1.0 + self.per_month * (days_standing / 30.0).clamp(0.0, 3.0);
        (self.by_wording[wording as usize] * literal * standing).clamp(0.0, 1.0)
    }
}

/// How a claim was made, as the start of a sentence about the press office.
fn manner(wording: Wording, affirms: bool) -> &'static str {
    match (wording, affirms) {
        (Wording::Hedged, true) => "thereby said guardedly",
        (Wording::Plain, true) => "thereby said",
        (Wording::Categorical, true) => "thereby said categorically",
        (Wording::Hedged, false) => "thereby denied guardedly",
        (Wording::Plain, false) => "thereby denied",
        (Wording::Categorical, false) => "thereby denied categorically",
    }
}

fn now_holds(denied: Polarity, proposition: &str) -> String {
    match denied {
        Polarity::Denies => format!("it looks as if {proposition} after all"),
        Polarity::Affirms => format!("it does not look as if {proposition}"),
    }
}

fn band(p: f64) -> u8 {
    BANDS.iter().filter(|edge| p >= **edge).count() as u8
}

fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds))
}

fn log_odds(p: f64) -> f64 {
    libm::log(p / (1.0 - p)).clamp(-CERTAINTY, CERTAINTY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unbelieved_teller_moves_nothing() {
        assert_eq!(effective_ratio(50.0, 0.0), 1.0);
        assert_eq!(effective_ratio(50.0, 1.0), 50.0);
        assert!(effective_ratio(50.0, 0.5) < 50.0 && effective_ratio(0.1, 0.5) > 0.1);
    }

    #[test]
    fn repetitions_count_less_and_add_up() {
        let at_once = Seen::NOTHING.clone().add(0.8, 10);
        let mut seen = Seen::NOTHING;
        let one_by_one: f64 = (0..10).map(|_| seen.add(0.8, 1)).sum();
        assert!((at_once - one_by_one).abs() < 1e-12);
        assert!(Seen::NOTHING.clone().add(0.8, 1_000_000) <= 5.0 + 1e-9);
        assert_eq!(Seen { pieces: 7, next: 1.0 }.add(1.0, 3), 3.0);
    }

    #[test]
    fn a_belief_is_what_its_odds_are() {
        let mut belief = Belief::new(log_odds(0.02), 0);
        for step in [0.9, 0.0, 30.0, 0.7, -0.2, -90.0, -1.0, 4.0] {
            belief.add(step);
            assert_eq!(belief.p, probability(belief.log_odds), "after {step}");
            assert!(belief.log_odds.abs() <= CERTAINTY);
        }
    }

    #[test]
    fn firm_words_fall_harder() {
        let r = Refutation { by_wording: [0.15, 0.5, 0.9], implied: 0.7, per_month: 0.1 };
        let plain = r.severity(Wording::Plain, true, 10.0);
        assert!(r.severity(Wording::Hedged, true, 10.0) < plain);
        assert!(plain < r.severity(Wording::Categorical, true, 10.0));
        assert!(r.severity(Wording::Plain, false, 10.0) < plain);
        assert!(plain < r.severity(Wording::Plain, true, 60.0));
    }
}
