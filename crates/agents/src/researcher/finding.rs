//! How the researcher comes to its evidence, and whom it tells.

use hotwash_engine::{Cx, Event, SimDuration, Value};
use hotwash_incident::events::{BeliefMoved, OfferPosted, OutsideTip};
use hotwash_incident::{Ledgers, Party, StoreKind};

use super::{Researcher, Wiring, decisions, kinds, observe, plan, waiting};

const DAYS_A_WEEK: f64 = 7.0;

/// It sees the offer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen;
impl Event for Seen {
    const NAME: &'static str = "researcher.seen";
}

/// It talks with the seller.
#[derive(Clone, Copy, Debug)]
pub(super) struct TalkDue;
impl Event for TalkDue {
    const NAME: &'static str = "researcher.talk-due";
}

/// An attempt at checking is over.
#[derive(Clone, Copy, Debug)]
pub(super) struct CheckDue;
impl Event for CheckDue {
    const NAME: &'static str = "researcher.check-due";
}

/// It reaches the vendor.
#[derive(Clone, Copy, Debug)]
pub(super) struct TellDue;
impl Event for TellDue {
    const NAME: &'static str = "researcher.tell-due";
}

/// Weeks as a span.
pub(super) fn weeks(weeks: f64) -> SimDuration {
    SimDuration::from_hours_f64(weeks * DAYS_A_WEEK * 24.0)
}

/// An offer is up; whether and when the firm comes by is chance.
pub(super) fn posted(cx: &mut Cx, firm: &mut Researcher, w: &Wiring, offer: OfferPosted) {
    if firm.offered_at.is_some() {
        return;
    }
    firm.offered_at = Some(cx.now());
    firm.claimed_tb = offer.claimed_tb;
    firm.offered_proof = offer.proof;
    let chance = cx.value(w.finds.sees_per_week);
    let u = cx.draw_at(w.streams.sees, 0).uniform();
    if let Some(wait) = decisions::weeks_until(u, chance) {
        plan(cx, weeks(wait), Seen);
    }
}

/// It sees the offer.
pub(super) fn see(cx: &mut Cx, firm: &mut Researcher, ledgers: &mut Ledgers, w: &Wiring) {
    firm.seen_at = Some(cx.now());
    let days = firm.offered_at.map_or(0.0, |at| (cx.now() - at).days());
    cx.note(&kinds::SAW, w.firm.id, |n| n.with("days", days));
    let saw = cx.cause();
    let credibility = cx.value(w.finds.offer_credibility);
    observe(cx, ledgers, Party::Researcher, w.evidence.offer, credibility);
    cx.because(saw);
    let wait = cx.value_span(w.finds.talks_after);
    plan(cx, wait, TalkDue);
}

/// It talks with the seller: words about the scope, and the proofs that come with the offer.
pub(super) fn talk(cx: &mut Cx, firm: &mut Researcher, ledgers: &mut Ledgers, w: &Wiring) {
    firm.has_talked = true;
    firm.shown = decisions::best_proof(firm.shown, firm.offered_proof);
    let (claimed, proof) = (firm.claimed_tb, firm.offered_proof);
    cx.note(&kinds::TALKED, w.firm.id, |n| {
        n.with("claimed", claimed).with("proof", proof.map_or("nothing", StoreKind::name))
    });
    let talked = cx.cause();
    let credibility = cx.value(w.finds.chat_credibility);
    observe(cx, ledgers, Party::Researcher, w.evidence.chat, credibility);
    if let Some(kind) = proof {
        cx.because(talked);
        take_in_proof(cx, ledgers, w, kind);
    }
    cx.because(talked);
    next_check(cx, firm, ledgers, w);
}

fn take_in_proof(cx: &mut Cx, ledgers: &mut Ledgers, w: &Wiring, kind: StoreKind) {
    let evidence = match kind {
        StoreKind::SourceCode => w.evidence.proof_source,
        _ => w.evidence.proof_other,
    };
    let credibility = cx.value(w.finds.proof_credibility);
    observe(cx, ledgers, Party::Researcher, evidence, credibility);
}

fn next_check(cx: &mut Cx, firm: &mut Researcher, ledgers: &Ledgers, w: &Wiring) {
    let most = libm::round(cx.value(w.finds.attempts)) as u64;
    if firm.attempts >= most {
        // What it has just seen may convince it yet: that is dealt with right after.
        let is_convinced =
            ledgers.belief(Party::Researcher, w.breach) >= cx.value(w.tells.notifies_at);
        if firm.convinced_at.is_none() && !is_convinced {
            let attempts = firm.attempts;
            cx.note(&kinds::GAVE_UP, w.firm.id, |n| n.with("attempts", attempts));
        }
        return;
    }
    firm.attempts += 1;
    let mut draw = cx.draw_at(w.streams.checks, firm.attempts);
    draw.uniform();
    let takes = cx.sample_span(w.finds.check_takes, &mut draw);
    plan(cx, takes, CheckDue);
}

/// An attempt at checking is over. The seller shows the best there is by now.
pub(super) fn check(cx: &mut Cx, firm: &mut Researcher, ledgers: &mut Ledgers, w: &Wiring) {
    let chance = cx.value(w.finds.more_proof);
    let is_shown = cx.draw_at(w.streams.checks, firm.attempts).chance(chance);
    let offered = firm.offered_proof.unwrap_or(StoreKind::Documents);
    let kind = if ledgers.is_true(w.source) { StoreKind::SourceCode } else { offered };
    if is_shown {
        let known = firm.shown;
        firm.shown = decisions::best_proof(known, Some(kind));
        let news = if known == firm.shown { &kinds::SHOWN_AGAIN } else { &kinds::SHOWN };
        cx.note(news, w.firm.id, |n| n.with("proof", kind.name()));
        let shown = cx.cause();
        take_in_proof(cx, ledgers, w, kind);
        cx.because(shown);
    }
    // Once it has said its piece it looks no further.
    if firm.published_at.is_none() {
        next_check(cx, firm, ledgers, w);
    }
}

/// Its belief moved: from some point on it acts.
pub(super) fn reconsider(cx: &mut Cx, firm: &mut Researcher, w: &Wiring, moved: BeliefMoved) {
    let is_it = moved.party == Party::Researcher && moved.proposition == w.breach;
    let bar = cx.value(w.tells.notifies_at);
    if !is_it || !firm.has_talked || firm.convinced_at.is_some() || moved.to < bar {
        return;
    }
    firm.convinced_at = Some(cx.now());
    let (tells, partners) = (cx.value(w.tells.tells_vendor), cx.value(w.tells.through_partners));
    let mut draw = cx.draw_at(w.streams.tells, 0);
    let tells_vendor = draw.chance(tells);
    let is_through_partners = draw.chance(partners);
    let plan_words = match (tells_vendor, is_through_partners) {
        (true, true) => "tell the vendor through partners",
        (true, false) => "tell the vendor",
        (false, _) => "publish without asking the vendor",
    };
    cx.note(&kinds::CONVINCED, w.firm.id, |n| n.with("p", moved.to).with("plan", plan_words));
    if tells_vendor {
        let way = if is_through_partners { w.tells.partners } else { w.tells.direct };
        let wait = cx.value_span(way);
        plan(cx, wait, TellDue);
    } else {
        waiting::begin(cx, firm, w);
    }
    waiting::await_news(cx, w);
}

/// It reaches the vendor, and perhaps tells police.
pub(super) fn tell(cx: &mut Cx, firm: &mut Researcher, ledgers: &mut Ledgers, w: &Wiring) {
    if firm.published_at.is_some() {
        return;
    }
    let (partners, police) = (cx.value(w.tells.through_partners), cx.value(w.tells.tells_police));
    let vouching = cx.value(w.tells.vouching);
    let mut draw = cx.draw_at(w.streams.tells, 0);
    draw.uniform();
    let is_through_partners = draw.chance(partners);
    let is_police_told = draw.chance(police);
    let credibility = if is_through_partners {
        decisions::vouched(firm.standing, vouching)
    } else {
        firm.standing
    };
    firm.told_at = Some(cx.now());
    cx.note(&kinds::TOLD, w.firm.id, |n| {
        n.with("vendor", w.case.vendor.as_str())
            .with("how", if is_through_partners { "through partners" } else { "directly" })
            .with("credibility", Value::Num(credibility))
    });
    cx.reach(w.marks.tipped);
    cx.reach(w.marks.signal);
    let told = cx.cause();
    cx.send(OutsideTip { evidence: w.evidence.tip, credibility });
    if is_police_told {
        cx.note(&kinds::TOLD_POLICE, w.firm.id, |n| n);
        let standing = firm.standing;
        observe(cx, ledgers, Party::Police, w.evidence.offer, standing);
    }
    cx.because(told);
    waiting::begin(cx, firm, w);
}
