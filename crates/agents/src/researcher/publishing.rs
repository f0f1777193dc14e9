//! What the researcher says in public: its publication, a withdrawal, contradictions.

use hotwash_engine::{Cx, Event, On, SimDuration};
use hotwash_incident::events::{
    AccusationWithdrawn, ResearchPublished, ResearcherRebutted, StatementReleased,
};
use hotwash_incident::{Audiences, Ledgers, Party, Polarity, PropositionId, StatementId};

use super::{Researcher, Wiring, decisions, kinds, observe, plan};

/// It takes back what it said of another firm.
#[derive(Clone, Copy, Debug)]
pub(super) struct WithdrawalDue;
impl Event for WithdrawalDue {
    const NAME: &'static str = "researcher.withdrawal-due";
}

/// It replies to the vendor's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReplyDue {
    /// To which.
    pub(super) statement: StatementId,
}
impl Event for ReplyDue {
    const NAME: &'static str = "researcher.reply-due";
}

/// It publishes without names; everybody reads it, the vendor too.
pub(super) fn publish(
    cx: &mut Cx,
    firm: &mut Researcher,
    ledgers: &mut Ledgers,
    w: &Wiring,
    why: &'static str,
) {
    firm.published_at = Some(cx.now());
    let credibility = firm.standing;
    cx.note(&kinds::PUBLISHED, w.firm.id, |n| n.with("why", why).with("credibility", credibility));
    cx.reach(w.marks.published);
    cx.reach(w.marks.signal);
    let published = cx.cause();
    cx.send(ResearchPublished { is_named: false, credibility });
    for party in [Party::Public, Party::Press, Party::Regulators, Party::Vendor] {
        cx.because(published);
        observe(cx, ledgers, party, w.evidence.published, credibility);
    }
    cx.because(published);
    // A reasonable investigator takes it at its word as far as the evidence kind goes.
    observe(cx, ledgers, Party::Hindsight, w.evidence.published, 1.0);
    cx.because(published);
    let chance = cx.value(w.standing.is_wrong);
    if cx.draw_at(w.streams.sister, 0).chance(chance) {
        let wait = cx.value_span(w.standing.withdraws_after);
        plan(cx, wait, WithdrawalDue);
    }
}

/// One of the other firms was named wrongly in confidence: that costs standing.
pub(super) fn withdraw(cx: &mut Cx, firm: &mut Researcher, ledgers: &mut Ledgers, w: &Wiring) {
    firm.has_withdrawn = true;
    firm.standing *= cx.value(w.standing.withdrawal_leaves);
    cx.note(&kinds::WITHDREW, w.firm.id, |n| n);
    let withdrew = cx.cause();
    cx.send(AccusationWithdrawn {});
    for party in [Party::Public, Party::Press] {
        cx.because(withdrew);
        observe(cx, ledgers, party, w.evidence.withdraws, 1.0);
    }
}

/// Reads what the vendor says in public. What goes against its own evidence it contradicts, once per
/// statement; what tells of the breach leaves it no reason to wait.
pub(super) fn read_statement(
    on: &mut On<'_, StatementReleased>,
    firm: &mut Researcher,
    ledgers: &Ledgers,
    w: &Wiring,
) {
    let id = on.event.statement;
    let Some(book) = &w.book else { return };
    let statement = book.get(id);
    if statement.to != Audiences::Public || firm.convinced_at.is_none() {
        return;
    }
    let bars = Bars::of_run(on, w);
    let is_wrong = (0..w.topics.len()).any(|topic| bars.are_passed(ledgers, w, id, topic));
    let affirms = |(about, claim): &(PropositionId, hotwash_incident::ClaimSpec)| {
        *about == w.breach && claim.perceived == Polarity::Affirms
    };
    let is_out = firm.published_at.is_none() && statement.claims.iter().any(affirms);
    if firm.is_answering[usize::from(id.0)] || !(is_wrong || is_out) {
        return;
    }
    firm.is_answering[usize::from(id.0)] = true;
    let mut draw = on.draw_at(w.streams.rebuttals, u64::from(id.0));
    let wait: SimDuration = on.sample_span(w.rebuttal.after, &mut draw);
    plan(on, wait, ReplyDue { statement: id });
}

/// How sure the researcher must be to speak up.
#[derive(Clone, Copy)]
struct Bars {
    at: f64,
    below: f64,
}

impl Bars {
    fn of_run(cx: &mut Cx, w: &Wiring) -> Self {
        Bars { at: cx.value(w.rebuttal.rebuts_at), below: cx.value(w.rebuttal.disbelieves_at) }
    }

    /// Whether a statement goes against the researcher's evidence on a topic.
    fn are_passed(self, ledgers: &Ledgers, w: &Wiring, id: StatementId, topic: usize) -> bool {
        let Some(book) = &w.book else { return false };
        let about = w.topics[topic].0;
        let belief = ledgers.belief(Party::Researcher, about);
        let mut claims = book.get(id).claims.iter().filter(|(p, _)| *p == about);
        claims.any(|(_, c)| decisions::contradicts(c.perceived, belief, self.at, self.below))
    }
}

/// It replies: with its publication if that is still to come, and with a contradiction.
pub(super) fn reply(
    cx: &mut Cx,
    firm: &mut Researcher,
    ledgers: &mut Ledgers,
    w: &Wiring,
    id: StatementId,
) {
    let bars = Bars::of_run(cx, w);
    firm.disputed.clear();
    let disputed = (0..w.topics.len()).filter(|topic| bars.are_passed(ledgers, w, id, *topic));
    firm.disputed.extend(disputed);
    if firm.published_at.is_none() {
        let is_out = w.marks.public.iter().any(|mark| cx.reached(*mark).is_some());
        let why = match is_out {
            true => "the matter was out",
            false => "the vendor had denied it",
        };
        publish(cx, firm, ledgers, w, why);
    }
    let (Some(book), Some(first)) = (&w.book, firm.disputed.first()) else { return };
    let kind = if firm.rebuttals == 0 { &kinds::REBUTTED } else { &kinds::REBUTTED_AGAIN };
    firm.rebuttals += 1;
    let about = w.topics[*first].0;
    let credibility = firm.standing;
    let belief = ledgers.belief(Party::Researcher, about);
    cx.note(kind, w.firm.id, |n| {
        n.with("statement", book.get(id).title.as_str())
            .with("finding", finding(belief, w.case.proposition_text(about)))
            .with("credibility", credibility)
    });
    cx.reach(w.marks.rebutted);
    let rebutted = cx.cause();
    cx.send(ResearcherRebutted { credibility });
    for party in [Party::Public, Party::Press] {
        for (i, topic) in firm.disputed.iter().enumerate() {
            let evidence = w.topics[*topic].1;
            // Topics may share a kind of evidence; it is taken in once.
            if firm.disputed[..i].iter().all(|before| w.topics[*before].1 != evidence) {
                cx.because(rebutted);
                observe(cx, ledgers, party, evidence, credibility);
            }
        }
    }
}

fn finding(belief: f64, proposition: &str) -> String {
    let reason = if belief >= 0.5 { "it sees reason" } else { "it sees no reason" };
    format!("{reason} to think that {proposition}")
}
