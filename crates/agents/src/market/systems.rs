//! Handlers of the market: the offer, the loud sale, the quiet ones.

use hotwash_engine::{Cx, Event, On, SimDuration};
use hotwash_incident::events::{DataTaken, HostileAct, LootSold, OfferPosted};
use hotwash_incident::network::Access;
use hotwash_incident::{Act, Ledgers, SegmentId, StoreKind};

use super::{Market, Wiring, decisions, exploits, kinds};

/// The day on which the seller means to offer.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfferDue;
impl Event for OfferDue {
    const NAME: &'static str = "market.offer-due";
}

/// A buyer agrees.
#[derive(Clone, Copy, Debug)]
pub(super) struct BuyerCame;
impl Event for BuyerCame {
    const NAME: &'static str = "market.buyer-came";
}

/// A buyer tries the access.
#[derive(Clone, Copy, Debug)]
pub(super) struct TrialDue {
    segment: SegmentId,
    /// Logins after this one.
    left: u64,
    gap: SimDuration,
}
impl Event for TrialDue {
    const NAME: &'static str = "market.trial-due";
}

/// The buyer's money is let go.
#[derive(Clone, Copy, Debug)]
pub(super) struct EscrowOver {
    is_with_access: bool,
}
impl Event for EscrowOver {
    const NAME: &'static str = "market.escrow-over";
}

/// The offer ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lapsed;
impl Event for Lapsed {
    const NAME: &'static str = "market.lapsed";
}

/// A portion is sold.
#[derive(Clone, Copy, Debug)]
pub(super) struct ResaleDue {
    /// From 1.
    number: u64,
}
impl Event for ResaleDue {
    const NAME: &'static str = "market.resale-due";
}

/// Days as a span.
pub(super) fn days(days: f64) -> SimDuration {
    SimDuration::from_hours_f64(days * 24.0)
}

/// Schedules an event unless it lies beyond the end of the run.
pub(super) fn plan<E: Event>(cx: &mut Cx, wait: SimDuration, event: E) {
    let at = cx.now() + wait;
    if at <= cx.horizon() {
        cx.at(at, event);
    }
}

/// Data left the network: the seller has more in hand, and may have waited for it.
pub(super) fn taken(
    cx: &mut Cx,
    market: &mut Market,
    ledgers: &mut Ledgers,
    (w, access): (&Wiring, Option<&Access>),
    taken: DataTaken,
) {
    let store = w.network.store(taken.store);
    market.taken[store.kind as usize] += taken.tb;
    if store.kind == StoreKind::SourceCode {
        let written = cx.now() - cx.value_span(store.age);
        market.source_written =
            Some(market.source_written.map_or(written, |known| known.max(written)));
    }
    if market.is_due && market.offered_at.is_none() {
        try_offer(cx, market, ledgers, (w, access));
    }
}

/// The day has come.
pub(super) fn offer_due(
    cx: &mut Cx,
    market: &mut Market,
    ledgers: &mut Ledgers,
    (w, access): (&Wiring, Option<&Access>),
) {
    market.is_due = true;
    exploits::begin(cx, w);
    try_offer(cx, market, ledgers, (w, access));
    if market.offered_at.is_none() {
        cx.note(&kinds::WAITS, w.seller.id, |n| n);
    }
}

fn try_offer(
    cx: &mut Cx,
    market: &mut Market,
    ledgers: &mut Ledgers,
    (w, access): (&Wiring, Option<&Access>),
) {
    let real: f64 = market.taken.iter().sum();
    if real <= 0.0 || real < cx.value(w.offer.worth_offering) {
        return;
    }
    let (inflation, boast) = (cx.value(w.offer.inflation), cx.value(w.offer.boast));
    let shows = cx.value(w.offer.shows_proof);
    let is_showing = cx.draw_at(w.streams.offer, 0).chance(shows);
    let proof = decisions::proof(ledgers.is_true(w.source), &market.taken).filter(|_| is_showing);
    market.offered_at = Some(cx.now());
    market.real_tb = real;
    market.claimed_tb = decisions::claimed(real, inflation, boast);
    market.ask_usd = cx.value(w.offer.ask);
    let has_access = access.is_some_and(Access::is_any);
    let (claimed_tb, ask_usd) = (market.claimed_tb, market.ask_usd);
    cx.note(&kinds::OFFERED, w.seller.id, |n| {
        n.with("claimed", claimed_tb)
            .with("ask", ask_usd)
            .with("access", if has_access { " and access to its network" } else { "" })
            .with("proof", proof.map_or("no proof", StoreKind::name))
    });
    cx.reach(w.marks.offered);
    let offered = cx.cause();
    cx.note(&kinds::BEHIND, w.seller.id, |n| n.with("real", real).with("claimed", claimed_tb));
    if has_access {
        for proposition in &w.offer_makes_true {
            cx.because(offered);
            ledgers.make_true(cx, *proposition, w.seller.id);
        }
    }
    cx.because(offered);
    cx.send(OfferPosted { claimed_tb, ask_usd, proof });
    await_buyer(cx, w);
}

fn await_buyer(cx: &mut Cx, w: &Wiring) {
    let (sells, stands) = (cx.value(w.sale.sells), cx.value_span(w.sale.stands));
    let u = cx.draw_at(w.streams.sale, WHEN).uniform();
    match decisions::days_until(u, sells, stands.days()) {
        Some(wait) => plan(cx, days(wait), BuyerCame),
        None => plan(cx, stands, Lapsed),
    }
}

/// Ticket that says when a buyer comes.
const WHEN: u64 = 0;
/// Ticket of the terms of the loud sale.
const TERMS: u64 = 1;

/// Somebody agrees: the money goes into escrow and the access, if there is any, is tried.
pub(super) fn buyer_came(
    cx: &mut Cx,
    market: &mut Market,
    (w, access): (&Wiring, Option<&Access>),
) {
    let with_access = cx.value(w.sale.with_access);
    let mut draw = cx.draw_at(w.streams.sale, TERMS);
    let is_with_access = draw.chance(with_access) && access.is_some_and(Access::is_any);
    let place = draw.uniform();
    let share = cx.sample(w.sale.price, &mut draw);
    let escrow = cx.sample_span(w.sale.escrow, &mut draw);
    market.first_price_usd = market.ask_usd * share;
    let usd = market.first_price_usd;
    let after = market.offered_at.map_or(0.0, |at| (cx.now() - at).days());
    cx.note(&kinds::BUYER, w.buyer, |n| n.with("after", after).with("usd", usd));
    if is_with_access {
        let logins = libm::round(cx.value(w.sale.trial_logins)) as u64;
        try_access(cx, (w, access), place, logins, escrow);
    }
    plan(cx, escrow, EscrowOver { is_with_access });
}

/// Sends a buyer in by one of the segments in which access works, so many times over so long: by an
/// exposed one where there is one, as the crew came in, else by one that it has left open.
fn try_access(
    cx: &mut Cx,
    (w, access): (&Wiring, Option<&Access>),
    place: f64,
    logins: u64,
    over: SimDuration,
) {
    let Some(access) = access else { return };
    let all = || (0..w.network.segments.len() as u16).map(SegmentId).filter(|s| access.opens(*s));
    let is_by_exposed = all().any(|id| w.network.segment(id).is_exposed);
    let all = || all().filter(|id| w.network.segment(*id).is_exposed || !is_by_exposed);
    let count = all().count();
    let Some(segment) = all().nth((place * count as f64) as usize) else { return };
    if logins > 0 {
        let gap = SimDuration::from_ms(over.ms() / logins as i64);
        cx.send(TrialDue { segment, left: logins - 1, gap });
    }
}

/// A buyer logs in, if the access still works.
pub(super) fn trial(on: &mut On<'_, TrialDue>, w: &Wiring, access: Option<&Access>) {
    let TrialDue { segment, left, gap } = on.event;
    if !access.is_some_and(|access| access.opens(segment)) {
        return;
    }
    let title = w.network.segment(segment).title.as_str();
    on.note(&kinds::TRIAL, w.buyer, |n| n.with("segment", title));
    on.send(HostileAct { act: Act::Login, segment, amount: 1.0 });
    if left > 0 {
        plan(on, gap, TrialDue { segment, left: left - 1, gap });
    }
}

/// The loud sale is done.
pub(super) fn settle(
    on: &mut On<'_, EscrowOver>,
    market: &mut Market,
    ledgers: &Ledgers,
    (w, access): (&Wiring, Option<&Access>),
) {
    // Access that was lost in escrow is not paid for.
    let has_access = on.event.is_with_access && access.is_some_and(Access::is_any);
    let worth = on.value(w.sale.access_worth);
    let usd = decisions::price(market.first_price_usd, 1.0, has_access, worth);
    market.sold_at = Some(on.now());
    market.sales += 1;
    market.sold_usd += usd;
    market.is_access_sold |= has_access;
    let has_source = ledgers.is_true(w.source);
    on.note(&kinds::SOLD, w.seller.id, |n| {
        n.with("usd", usd)
            .with("source", source_words(has_source))
            .with("access", access_words(has_access))
    });
    on.reach(w.marks.sold);
    on.send(LootSold { usd, has_access });
    if has_source {
        exploits::hand_over(on, market, w, 0);
    }
    begin_resales(on, market, w);
}

/// The offer ends without a buyer; portions are sold quietly all the same.
pub(super) fn lapse(cx: &mut Cx, market: &mut Market, w: &Wiring) {
    let mut draw = cx.draw_at(w.streams.sale, TERMS);
    let share = cx.sample(w.sale.price, &mut draw);
    market.first_price_usd = market.ask_usd * share;
    let days = market.offered_at.map_or(0.0, |at| (cx.now() - at).days());
    cx.note(&kinds::LAPSED, w.seller.id, |n| n.with("days", days));
    begin_resales(cx, market, w);
}

fn begin_resales(cx: &mut Cx, market: &mut Market, w: &Wiring) {
    let lasts = cx.value_span(w.resales.lasts);
    market.resales_until = Some(cx.now() + lasts);
    next_resale(cx, market, w, 1);
}

fn next_resale(cx: &mut Cx, market: &Market, w: &Wiring, number: u64) {
    let lasts = cx.value_span(w.resales.lasts).days();
    let Some(mean) = decisions::mean_gap(cx.value(w.resales.number), lasts) else { return };
    let wait = days(cx.draw_at(w.streams.resales, number).exponential(mean));
    if market.resales_until.is_some_and(|until| cx.now() + wait <= until) {
        plan(cx, wait, ResaleDue { number });
    }
}

/// A portion is sold quietly, with access if it works.
pub(super) fn resale(
    on: &mut On<'_, ResaleDue>,
    market: &mut Market,
    ledgers: &Ledgers,
    (w, access): (&Wiring, Option<&Access>),
) {
    let number = on.event.number;
    let with_access = on.value(w.sale.with_access);
    let worth = on.value(w.sale.access_worth);
    // The waiting time took the ticket's first number.
    let mut draw = on.draw_at(w.streams.resales, number);
    draw.uniform();
    let has_access = draw.chance(with_access) && access.is_some_and(Access::is_any);
    let place = draw.uniform();
    let share = on.sample(w.resales.price, &mut draw);
    let usd = decisions::price(market.first_price_usd, share, has_access, worth);
    market.sales += 1;
    market.resales += 1;
    market.sold_usd += usd;
    market.is_access_sold |= has_access;
    let has_source = ledgers.is_true(w.source);
    let kind = if number == 1 { &kinds::FIRST_RESALE } else { &kinds::RESALE };
    on.note(kind, w.seller.id, |n| {
        n.with("number", number)
            .with("usd", usd)
            .with("source", source_words(has_source))
            .with("access", access_words(has_access))
    });
    on.reach(w.marks.sold);
    on.send(LootSold { usd, has_access });
    if has_access {
        try_access(on, (w, access), place, 1, SimDuration::ZERO);
    }
    if has_source {
        exploits::hand_over(on, market, w, number);
    }
    next_resale(on, market, w, number + 1);
}

fn source_words(has_source: bool) -> &'static str {
    if has_source { "with" } else { "without" }
}

fn access_words(has_access: bool) -> &'static str {
    if has_access { "access to the network included" } else { "no access to the network" }
}
