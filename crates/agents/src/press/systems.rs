//! How the press hears of things: postings, inside sources, letters; and how a journalist asks.

use hotwash_engine::{Cx, SimDuration, SimTime};
use hotwash_incident::events::{BeliefMoved, Complaints, OutsideTip};
use hotwash_incident::{EvidenceId, Ledgers, Observation, Party};

use super::decisions::{self, Story};
use super::{DeadlineDue, Desk, PressRoom, PrintDue, WeekDue, kinds, printing};

/// More cohorts than any scenario has, so that each cohort-day has a ticket of its own.
const COHORTS: u64 = 1 << 16;

/// The civil day, from 1970 on: a logical number for draws.
fn day_number(cx: &Cx) -> u64 {
    // A calendar begins in 1980 at the earliest, so the number is never negative.
    cx.calendar().day_number(cx.now()).unsigned_abs()
}

/// The week a day lies in.
fn week_number(cx: &Cx) -> u64 {
    day_number(cx) / 7
}

/// When the current week ends, whatever day it is.
fn week_end(cx: &Cx) -> SimTime {
    let first_day_of_next = (week_number(cx) + 1) * 7;
    cx.calendar().start_of_day(first_day_of_next as i64)
}

/// Some of those who complain post it in public too.
pub(super) fn hear_complaints(
    cx: &mut Cx,
    room: &mut PressRoom,
    desk: &Desk,
    complaints: Complaints,
) {
    if complaints.with_ticket == 0 {
        return;
    }
    let posts = cx.value(desk.numbers.posts);
    let occurrence = day_number(cx) * COHORTS + u64::from(complaints.cohort);
    let posted =
        cx.draw_at(desk.streams.postings, occurrence).binomial(complaints.with_ticket, posts);
    if posted == 0 {
        return;
    }
    if room.postings == 0 {
        cx.note(&kinds::FIRST_POSTING, desk.actor.id, |n| n);
    }
    room.postings += posted;
    room.postings_new += posted;
    watch(cx, room);
}

/// The vendor has come to know: from now on somebody inside may tell, as long as it is silent.
pub(super) fn mind_the_silence(
    cx: &mut Cx,
    room: &mut PressRoom,
    ledgers: &Ledgers,
    desk: &Desk,
    moved: BeliefMoved,
) {
    let is_it = moved.party == Party::Vendor && moved.proposition == desk.breach;
    if is_it && is_silent(room, ledgers, desk) {
        watch(cx, room);
    }
}

/// Whether the vendor knows of the breach and nobody has told of it.
fn is_silent(room: &PressRoom, ledgers: &Ledgers, desk: &Desk) -> bool {
    ledgers.known_since(desk.breach).is_some() && !is_told(room, ledgers, desk)
}

/// Whether the breach is in the open.
fn is_told(room: &PressRoom, ledgers: &Ledgers, desk: &Desk) -> bool {
    room.has_exposed || room.has_disclosure || ledgers.affirmed_at(desk.breach).is_some()
}

fn watch(cx: &mut Cx, room: &mut PressRoom) {
    if !room.is_watching {
        room.is_watching = true;
        let end = week_end(cx);
        cx.at(end, WeekDue);
    }
}

/// A week is over: the press takes in what was posted, somebody inside may tell, a journalist may ask.
pub(super) fn look(cx: &mut Cx, room: &mut PressRoom, ledgers: &mut Ledgers, desk: &Desk) {
    room.is_watching = false;
    let new = std::mem::take(&mut room.postings_new);
    room.attention = decisions::attention(room.attention, cx.value(desk.numbers.kept), new);
    if new > 0 {
        let total = room.postings;
        cx.note(&kinds::POSTINGS, desk.actor.id, |n| n.with("postings", new).with("total", total));
        let credibility = cx.value(desk.numbers.posting_credibility);
        observe(cx, ledgers, Party::Press, desk.posting, credibility, new);
    }
    if !is_told(room, ledgers, desk) {
        let has_source = hear_from_inside(cx, room, ledgers, desk);
        maybe_ask(cx, room, desk, has_source);
    }
    // Less than half a posting's worth of attention is none.
    if room.attention.round() > 0.0 || is_silent(room, ledgers, desk) {
        watch(cx, room);
    }
}

fn hear_from_inside(cx: &mut Cx, room: &PressRoom, ledgers: &mut Ledgers, desk: &Desk) -> bool {
    let chance = cx.value(desk.numbers.inside_tells);
    let week = week_number(cx);
    let tells = cx.draw_at(desk.streams.inside, week).chance(chance);
    if !tells || room.is_asking || !is_silent(room, ledgers, desk) {
        return false;
    }
    cx.note(&kinds::INSIDE_SOURCE, desk.actor.id, |n| n.with("source", "somebody at the vendor"));
    let credibility = cx.value(desk.numbers.inside_credibility);
    observe(cx, ledgers, Party::Press, desk.inside, credibility, 1);
    true
}

/// A journalist asks: with a source at once, otherwise when postings have drawn enough attention.
fn maybe_ask(cx: &mut Cx, room: &mut PressRoom, desk: &Desk, has_source: bool) {
    let chance = decisions::inquiry_chance(room.attention, cx.value(desk.numbers.asks));
    let week = week_number(cx);
    let mut draw = cx.draw_at(desk.streams.inquiry, week);
    let asks = draw.chance(chance) || has_source;
    let place = draw.uniform();
    if !asks || room.is_asking {
        return;
    }
    room.is_asking = true;
    let index = pick_outlet(cx, desk, place);
    let outlet = &desk.outlets[index];
    let deadline = cx.sample_span(outlet.deadline, &mut draw);
    let is_first = cx.reached(desk.inquiry).is_none();
    let kind = if is_first { &kinds::INQUIRY } else { &kinds::ASKED_AGAIN };
    cx.note(kind, outlet.actor, |n| n.with("deadline", deadline));
    cx.reach(desk.inquiry);
    // The question itself tells the vendor something, if anybody there passes it on.
    cx.reach(desk.signal);
    let credibility = cx.value(desk.numbers.question);
    cx.send(OutsideTip { evidence: desk.posting.0, credibility });
    cx.after(deadline, DeadlineDue { outlet: index as u16 });
}

/// The outlet at this place, 0 to 1, when each has room in proportion to its reach.
fn pick_outlet(cx: &mut Cx, desk: &Desk, place: f64) -> usize {
    let total: f64 = desk.outlets.iter().map(|o| cx.value(o.reach)).sum();
    let mut left = place * total;
    for (i, outlet) in desk.outlets.iter().enumerate() {
        left -= cx.value(outlet.reach);
        if left < 0.0 {
            return i;
        }
    }
    desk.outlets.len() - 1
}

/// The deadline of a journalist who asked: sources are checked, and the story is printed or not.
pub(super) fn meet_deadline(
    cx: &mut Cx,
    room: &mut PressRoom,
    ledgers: &mut Ledgers,
    desk: &Desk,
    due: DeadlineDue,
) {
    room.is_asking = false;
    let most = cx.value(desk.numbers.sources);
    let found = decisions::sources_found(room.postings, most);
    if found > 0 {
        let checked = cx.value(desk.numbers.checked);
        observe(cx, ledgers, Party::Press, desk.checked, checked, found);
    }
    let belief = ledgers.belief(Party::Press, desk.breach);
    let prints_at = cx.value(desk.numbers.prints_at);
    match decisions::story_at_deadline(belief, prints_at, is_told(room, ledgers, desk)) {
        Some(Story::LeakExposed) => expose(cx, room, ledgers, desk, due.outlet),
        Some(story) => {
            let severity = cx.value(desk.numbers.scam_wave);
            let serial = room.led[story as usize] + 1;
            let due = PrintDue { outlet: due.outlet, story, serial, severity, given: None };
            printing::print(cx, room, desk, due);
        }
        None => {}
    }
}

/// The press tells of the breach before the vendor does; everybody reads it, the vendor too.
fn expose(cx: &mut Cx, room: &mut PressRoom, ledgers: &mut Ledgers, desk: &Desk, first: u16) {
    room.has_exposed = true;
    let severity = cx.value(desk.numbers.exposed);
    let story = Story::LeakExposed;
    let due = PrintDue { outlet: first, story, serial: 1, severity, given: None };
    printing::print(cx, room, desk, due);
    let printed = cx.cause();
    let credibility = cx.value(desk.numbers.report_credibility);
    for party in [Party::Public, Party::Press, Party::Regulators, Party::Police, Party::Vendor] {
        cx.because(printed);
        observe(cx, ledgers, party, desk.report, credibility, 1);
    }
    cx.because(printed);
    // A reasonable investigator takes a report at its word as far as the evidence kind goes.
    observe(cx, ledgers, Party::Hindsight, desk.report, 1.0, 1);
    cx.because(printed);
    for outlet in (0..desk.outlets.len() as u16).filter(|o| *o != first) {
        printing::put_to_print(cx, desk, PrintDue { outlet, ..due });
    }
}

/// A letter to those affected may land on a journalist's desk when nothing was said in public.
pub(super) fn hear_of_letters(
    cx: &mut Cx,
    room: &mut PressRoom,
    ledgers: &mut Ledgers,
    desk: &Desk,
) {
    let chance = cx.value(desk.numbers.letter_surfaces);
    let surfaces = cx.draw_at(desk.streams.letters, 0).chance(chance);
    if !surfaces || is_told(room, ledgers, desk) {
        return;
    }
    cx.note(&kinds::INSIDE_SOURCE, desk.actor.id, |n| {
        n.with("source", "a letter of the vendor to those affected")
    });
    let heard = cx.cause();
    let credibility = cx.value(desk.numbers.inside_credibility);
    for party in [Party::Press, Party::Public] {
        cx.because(heard);
        observe(cx, ledgers, party, desk.inside, credibility, 1);
    }
    cx.because(heard);
    printing::cover_disclosure(cx, room, desk, None);
}

/// How long the vendor has been silent since the first signal, in days.
pub(super) fn days_silent(cx: &Cx, desk: &Desk) -> f64 {
    cx.reached(desk.signal).map_or(SimDuration::ZERO, |at| cx.now() - at).days()
}

fn observe(
    cx: &mut Cx,
    ledgers: &mut Ledgers,
    party: Party,
    evidence: EvidenceId,
    credibility: f64,
    pieces: u64,
) {
    let observation = Observation { party, evidence, credibility, pieces };
    ledgers.observe(cx, observation);
}
