//! The support desk's intake: complaints are recognised or not, pile up, and reach security.

use hotwash_engine::{Cx, SimDuration};
use hotwash_incident::events::Complaints;
use hotwash_incident::{Ledgers, Observation, Party};

use super::decisions::{Channel, Recognition, blended, hazard, pile_after};
use super::ids::LeakIds;
use super::state::{Batch, CaseState, Piece, Soc, team_looks};
use super::{CallBack, DeskWorks, Look, kinds};

/// Days in a week.
const WEEK: i64 = 7;

/// Complaints come in; all of one instant are worked through together.
pub(super) fn complaints(cx: &mut Cx, soc: &mut Soc, event: Complaints) {
    soc.desk.today += event.with_ticket;
    soc.desk.general += event.general;
    if event.with_ticket > 0 && soc.desk.told.is_none() {
        soc.desk.told = Some(cx.cause());
    }
    if !soc.desk.is_open {
        soc.desk.is_open = true;
        cx.send(DeskWorks {});
    }
}

/// The desk works through what has come in.
pub(super) fn desk_works(cx: &mut Cx, soc: &mut Soc, ledgers: &mut Ledgers, ids: &LeakIds) {
    soc.desk.is_open = false;
    let received = std::mem::take(&mut soc.desk.today);
    tell_general(cx, soc, ledgers, ids);
    let Some(told) = soc.desk.told.take() else { return };
    cx.because(told);
    let batch = sort(cx, soc, ids, received);
    let recognised = batch.pieces;
    if recognised > 0 {
        let is_first = soc.desk.recognised == recognised;
        let kind = if is_first { &kinds::RECOGNISED } else { &kinds::PASSED };
        let count = if is_first { soc.desk.received } else { received };
        cx.note(kind, ids.support, |n| n.with("recognised", recognised).with("received", count));
        pass_on(cx, soc, ids, batch);
    }
    pile_up(cx, soc, ids, received);
}

/// Recognises each complaint or not, and takes its ticket down or not: two numbers by complaint.
fn sort(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, received: u64) -> Batch {
    let d = &ids.desk;
    let chances = Recognition {
        none: cx.value(d.recognised_none),
        tag: cx.value(d.recognised_tag),
        leak: cx.value(d.recognised_leak),
        routed: cx.value(d.recognised_routed),
    };
    let path = ids.levers.complaint_path;
    let seen = chances.chance(path, soc.desk.is_primed, soc.desk.is_routed);
    let habit = cx.value(d.details_habit);
    let is_asked = ids.levers.complaint_details || soc.desk.asks_details;
    let details = if is_asked { habit.max(cx.value(d.details_asked)) } else { habit };
    let mut batch = Batch { details, ..Batch::default() };
    for i in 0..received {
        let mut draw = cx.draw_at(ids.streams.complaint, soc.desk.received + i);
        let (is_seen, is_detailed) = (draw.chance(seen), draw.chance(details));
        soc.desk.detailed += u64::from(is_detailed);
        batch.pieces += u64::from(is_seen);
        batch.detailed += u64::from(is_seen && is_detailed);
        soc.desk.undetailed += u64::from(is_seen && !is_detailed);
    }
    soc.desk.received += received;
    soc.desk.recognised += batch.pieces;
    batch
}

/// Complaints pile up until a desk lead may notice. All count, so that seeing more of them singly
/// never puts off the noticing.
fn pile_up(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, received: u64) {
    let now = cx.now();
    let days = (now - soc.desk.pile_at).days();
    let window = cx.value(ids.desk.cluster_window);
    soc.desk.pile = pile_after(soc.desk.pile, days, window) + received as f64;
    soc.desk.pile_at = now;
    if soc.desk.is_primed || soc.desk.pile < cx.value(ids.desk.cluster_at) {
        return;
    }
    soc.desk.hazard += received as f64 * hazard(cx.value(ids.desk.cluster_notice));
    let threshold = cx.draw_at(ids.streams.cluster, 0).exponential(1.0);
    if soc.desk.hazard >= threshold {
        soc.desk.is_primed = true;
        let received = soc.desk.received;
        cx.note(&kinds::CLUSTER, ids.support, |n| n.with("received", received));
        let batch = Batch { clusters: 1, ..Batch::default() };
        pass_on(cx, soc, ids, batch);
    }
}

/// Sends complaints on their way: the desk's delay, then the case team or the analysts' queue. Those
/// of one day go together, with one delay, so that an earlier first one is never read later.
fn pass_on(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, mut batch: Batch) {
    let now = cx.now();
    batch.day = cx.calendar().day_number(now);
    if let Some(last) = soc.batches.back_mut()
        && last.day == batch.day
        && last.due > now
    {
        last.add(&batch);
        return;
    }
    let mut draw = cx.draw_at(ids.streams.delay, batch.day.unsigned_abs());
    let arrives = now + cx.sample_span(ids.desk.delay, &mut draw);
    batch.due = soc.read_at(cx, &ids.common, arrives);
    if soc.has_leak_case() {
        batch.due = batch.due.min(team_looks(cx, &ids.common, arrives));
    }
    soc.batches.push_back(batch);
    cx.at(batch.due, Look {});
}

/// A case team fetches what waits for it in the queue.
pub(super) fn hurry(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    let now = cx.now();
    let soon = team_looks(cx, &ids.common, now);
    let mut is_any = false;
    for batch in soc.batches.iter_mut().filter(|b| b.due > soon) {
        batch.due = soon;
        is_any = true;
    }
    if is_any {
        cx.at(soon, Look {});
    }
}

/// Security reads what has come from the desk.
pub(super) fn look(cx: &mut Cx, soc: &mut Soc, ledgers: &mut Ledgers, ids: &LeakIds) {
    let now = cx.now();
    let mut read = Batch::default();
    soc.batches.retain(|b| {
        let is_due = b.due <= now;
        if is_due {
            read.add(b);
        }
        !is_due
    });
    let Batch { pieces, detailed, details, mut clusters, .. } = read;
    if pieces + clusters == 0 {
        return;
    }
    if pieces > 0 {
        cx.note(&kinds::READ, ids.soc.id, |n| n.with("pieces", pieces).with("detailed", detailed));
    }
    let minutes = cx.value_span(ids.triage.complaint).hours();
    soc.work(cx, minutes * pieces as f64);
    soc.desk.read += pieces;
    let many = cx.value(ids.desk.cluster_at);
    if !soc.desk.is_cluster_told && soc.desk.read as f64 >= many {
        soc.desk.is_cluster_told = true;
        clusters += 1;
    }
    let discount = match soc.case.state {
        CaseState::Scam => cx.value(ids.scam_discount),
        _ => 1.0,
    };
    let (bare, full) = (cx.value(ids.credibility.bare), cx.value(ids.credibility.detailed));
    let single = blended(bare, full, details);
    let many = cx.value(ids.credibility.cluster);
    let e = &ids.evidence;
    for (evidence, credibility, pieces) in [(e.ticket, single, pieces), (e.cluster, many, clusters)]
    {
        let credibility = credibility * discount;
        let piece = Piece { evidence, credibility, pieces, channel: Channel::Complaints };
        soc.tell(cx, ledgers, ids, piece);
    }
    if clusters > 0 {
        super::state::hindsight(cx, ledgers, e.cluster, clusters);
    }
}

/// Once a week security hears how many complaints of the ordinary kind there were.
fn tell_general(cx: &mut Cx, soc: &mut Soc, ledgers: &mut Ledgers, ids: &LeakIds) {
    let week = cx.calendar().day_number(cx.now()).div_euclid(WEEK);
    if week == soc.desk.general_week || soc.desk.general == 0 {
        return;
    }
    soc.desk.general_week = week;
    let pieces = std::mem::take(&mut soc.desk.general);
    let credibility = cx.value(ids.credibility.general);
    let observation =
        Observation { party: Party::Vendor, evidence: ids.evidence.general, credibility, pieces };
    ledgers.observe(cx, observation);
}

/// The order to route complaints to security.
pub(super) fn route(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    if !soc.desk.is_routed {
        soc.desk.is_routed = true;
        cx.note(&kinds::ROUTED, ids.support, |n| n);
    }
}

/// The order to ask for tickets, and to call earlier complainants back for theirs.
pub(super) fn collect_details(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds) {
    if soc.desk.asks_details {
        return;
    }
    soc.desk.asks_details = true;
    let callbacks = std::mem::take(&mut soc.desk.undetailed);
    cx.note(&kinds::ASKS_DETAILS, ids.support, |n| n.with("callbacks", callbacks));
    if callbacks > 0 {
        let takes = cx.value_span(ids.desk.callback);
        cx.after(takes.max(SimDuration::ZERO), CallBack { callbacks });
    }
}

/// Some of those called back name their ticket.
pub(super) fn called_back(cx: &mut Cx, soc: &mut Soc, ids: &LeakIds, callbacks: u64) {
    let reached = cx.value(ids.desk.callback_reached);
    let mut tickets = 0_u64;
    for i in 0..callbacks {
        let mut draw = cx.draw_at(ids.streams.callback, soc.desk.called_back + i);
        tickets += u64::from(draw.chance(reached));
    }
    soc.desk.called_back += callbacks;
    soc.desk.detailed += tickets;
    let minutes = cx.value_span(ids.triage.complaint).hours();
    soc.work(cx, minutes * callbacks as f64);
    cx.note(&kinds::CALLED_BACK, ids.support, |n| n.with("tickets", tickets));
}

/// Marks that something which points at a leak has reached the vendor. The customers plugin does so
/// for complaints, which it can tell from those that are so by chance.
pub(super) fn first_signal(cx: &mut Cx, ids: &LeakIds, what: &'static str) {
    if cx.reached(ids.first_signal).is_none() {
        cx.note(&kinds::SIGNAL, ids.soc.id, |n| n.with("what", what));
        cx.reach(ids.first_signal);
    }
}
