//! How the press hears of things: postings, inside sources, letters; and how a journalist asks.

use hotwash_engine::{Cx, Draw, SimDuration, SimTime};
use hotwash_incident::events::{Complaints, SecurityTold, Teller};
use hotwash_incident::{EvidenceId, Ledgers, Observation, Party};

use super::decisions::{self, AtDeadline, Story};
use super::{
    Beat, DeadlineDue, Desk, Leak, Notebook, PressRoom, PrintDue, WeekDue, kinds, printing,
};

/// More cohorts than any scenario has, so that each cohort-day has a ticket of its own.
const COHORTS: u64 = 1 << 16;
/// Ticket of the stream `asking` for a briefing that leaked; the researcher's are 1 and 2.
const ASKS_BY_BRIEFING: u64 = 0;

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
    notebook: &mut Notebook,
    desk: &Desk,
    beat: &Beat,
    complaints: Complaints,
) {
    let Some(leak) = &beat.leak else { return };
    if complaints.with_ticket == 0 {
        return;
    }
    let posts = cx.value(leak.posts);
    let occurrence = day_number(cx) * COHORTS + u64::from(complaints.cohort.0);
    let posted =
        cx.draw_at(beat.streams.postings, occurrence).binomial(complaints.with_ticket, posts);
    if posted == 0 {
        return;
    }
    if notebook.postings == 0 {
        cx.note(&kinds::FIRST_POSTING, desk.actor.id, |n| n);
    }
    notebook.postings += posted;
    notebook.postings_new += posted;
    watch(cx, notebook, beat);
}

/// The vendor has come to know: from now on somebody inside may tell, as long as it is silent.
pub(super) fn mind_the_silence(
    cx: &mut Cx,
    notebook: &mut Notebook,
    ledgers: &Ledgers,
    beat: &Beat,
) {
    if is_silent(notebook, ledgers, beat) {
        watch(cx, notebook, beat);
    }
}

/// Whether the vendor knows of the breach and nobody has told of it.
fn is_silent(notebook: &Notebook, ledgers: &Ledgers, beat: &Beat) -> bool {
    ledgers.known_since(beat.breach).is_some() && !is_told(notebook, ledgers, beat)
}

/// Whether the breach is in the open.
pub(super) fn is_told(notebook: &Notebook, ledgers: &Ledgers, beat: &Beat) -> bool {
    notebook.has_exposed || notebook.has_disclosure || ledgers.affirmed_at(beat.breach).is_some()
}

fn watch(cx: &mut Cx, notebook: &mut Notebook, beat: &Beat) {
    if !notebook.is_watching {
        notebook.is_watching = true;
        let end = week_end(cx);
        cx.at(end, WeekDue { beat: beat.number });
    }
}

/// A week is over: the press takes in what was posted, somebody inside may tell, a journalist may ask.
pub(super) fn look(
    cx: &mut Cx,
    notebook: &mut Notebook,
    ledgers: &mut Ledgers,
    desk: &Desk,
    beat: &Beat,
) {
    notebook.is_watching = false;
    if let Some(leak) = &beat.leak {
        take_in_postings(cx, notebook, ledgers, desk, leak);
    }
    if !is_told(notebook, ledgers, beat) {
        let has_source = hear_from_inside(cx, notebook, ledgers, desk, beat);
        maybe_ask(cx, notebook, desk, beat, has_source);
    }
    // Less than half a posting's worth of attention is none.
    if notebook.attention.round() > 0.0 || is_silent(notebook, ledgers, beat) {
        watch(cx, notebook, beat);
    }
}

fn take_in_postings(
    cx: &mut Cx,
    notebook: &mut Notebook,
    ledgers: &mut Ledgers,
    desk: &Desk,
    leak: &Leak,
) {
    let new = std::mem::take(&mut notebook.postings_new);
    notebook.attention = decisions::attention(notebook.attention, cx.value(leak.kept), new);
    if new > 0 {
        let total = notebook.postings;
        cx.note(&kinds::POSTINGS, desk.actor.id, |n| n.with("postings", new).with("total", total));
        let credibility = cx.value(leak.posting_credibility);
        observe(cx, ledgers, Party::Press, leak.posting, credibility, new);
    }
}

fn hear_from_inside(
    cx: &mut Cx,
    notebook: &Notebook,
    ledgers: &mut Ledgers,
    desk: &Desk,
    beat: &Beat,
) -> bool {
    let chance = cx.value(beat.interest.inside_tells);
    let week = week_number(cx);
    let tells = cx.draw_at(beat.streams.inside, week).chance(chance);
    if !tells || notebook.is_asking || !is_silent(notebook, ledgers, beat) {
        return false;
    }
    note_source(cx, desk, beat, "somebody at the vendor");
    let credibility = cx.value(beat.interest.inside_credibility);
    observe(cx, ledgers, Party::Press, beat.inside, credibility, 1);
    true
}

fn note_source(cx: &mut Cx, desk: &Desk, beat: &Beat, source: &str) {
    if beat.leak.is_some() {
        cx.note(&kinds::INSIDE_SOURCE, desk.actor.id, |n| n.with("source", source));
        return;
    }
    cx.note(&kinds::INSIDE_TOLD, desk.actor.id, |n| {
        n.with("source", source).with("matter", desk.case.matter(beat.matter).title.as_str())
    });
}

/// A customer who was briefed in confidence has told a journalist, who asks at once.
pub(super) fn hear_of_briefing(
    cx: &mut Cx,
    notebook: &mut Notebook,
    ledgers: &mut Ledgers,
    desk: &Desk,
    beat: &Beat,
) {
    if is_told(notebook, ledgers, beat) {
        return;
    }
    note_source(cx, desk, beat, "a customer whom the vendor had told in confidence");
    let heard = cx.cause();
    let credibility = cx.value(beat.interest.inside_credibility);
    observe(cx, ledgers, Party::Press, beat.inside, credibility, 1);
    cx.because(heard);
    ask_at(cx, notebook, desk, beat, ASKS_BY_BRIEFING);
}

/// A journalist asks: with a source at once, otherwise when postings have drawn enough attention.
fn maybe_ask(cx: &mut Cx, notebook: &mut Notebook, desk: &Desk, beat: &Beat, has_source: bool) {
    let per_posting = match &beat.leak {
        Some(leak) => cx.value(leak.asks),
        None => 0.0,
    };
    let chance = decisions::inquiry_chance(notebook.attention, per_posting);
    let week = week_number(cx);
    let mut draw = cx.draw_at(beat.streams.inquiry, week);
    let asks = draw.chance(chance) || has_source;
    if asks {
        ask(cx, notebook, desk, beat, &mut draw);
    }
}

/// A journalist asks for a reason that comes once.
pub(super) fn ask_at(
    cx: &mut Cx,
    notebook: &mut Notebook,
    desk: &Desk,
    beat: &Beat,
    occurrence: u64,
) {
    let mut draw = cx.draw_at(beat.streams.asking, occurrence);
    ask(cx, notebook, desk, beat, &mut draw);
}

/// A journalist asks the vendor, unless one is waiting for an answer.
fn ask(cx: &mut Cx, notebook: &mut Notebook, desk: &Desk, beat: &Beat, draw: &mut Draw) {
    let place = draw.uniform();
    if notebook.is_asking {
        return;
    }
    notebook.is_asking = true;
    let index = pick_outlet(cx, desk, place);
    let outlet = &desk.outlets[index];
    let deadline = cx.sample_span(outlet.deadline, draw);
    let is_first = cx.reached(beat.inquiry).is_none();
    let (on_calls, on_other) = match is_first {
        true => (&kinds::INQUIRY, &kinds::INQUIRY_ON),
        false => (&kinds::ASKED_AGAIN, &kinds::ASKED_AGAIN_ON),
    };
    if beat.leak.is_some() {
        cx.note(on_calls, outlet.actor, |n| n.with("deadline", deadline));
    } else {
        cx.note(on_other, outlet.actor, |n| {
            n.with("deadline", deadline)
                .with("matter", desk.case.matter(beat.matter).title.as_str())
        });
    }
    cx.reach(beat.inquiry);
    // The question itself tells the vendor something.
    cx.reach(beat.signal);
    let credibility = cx.value(beat.interest.question);
    let (matter, evidence) = (beat.matter, beat.question);
    let by = Teller::PressOffice;
    cx.send(SecurityTold { matter, by, evidence, credibility });
    cx.after(deadline, DeadlineDue { beat: beat.number, outlet: index as u16 });
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
    notebook: &mut Notebook,
    ledgers: &mut Ledgers,
    desk: &Desk,
    due: DeadlineDue,
) {
    let beat = desk.beat(due.beat);
    notebook.is_asking = false;
    if let Some(leak) = &beat.leak {
        let most = cx.value(leak.sources);
        let found = decisions::sources_found(notebook.postings, most);
        if found > 0 {
            let checked = cx.value(leak.checked_credibility);
            observe(cx, ledgers, Party::Press, leak.checked, checked, found);
        }
    }
    let belief = ledgers.belief(Party::Press, beat.breach);
    let prints_at = cx.value(beat.interest.prints_at);
    let is_told = is_told(notebook, ledgers, beat);
    match decisions::story_at_deadline(belief, prints_at, notebook.has_name, is_told) {
        AtDeadline::Breach => expose(cx, room, notebook, ledgers, desk, due),
        AtDeadline::Aside => {
            let severity = cx.value(beat.aside);
            let story = beat.aside_story();
            let serial = notebook.led[story as usize] + 1;
            let (beat, outlet) = (due.beat, due.outlet);
            let due = PrintDue { beat, outlet, story, serial, severity, given: None };
            printing::print(cx, room, notebook, desk, due);
        }
        AtDeadline::Nothing => {}
    }
}

/// The press tells of the breach before the vendor does; everybody reads it, the vendor too.
fn expose(
    cx: &mut Cx,
    room: &mut PressRoom,
    notebook: &mut Notebook,
    ledgers: &mut Ledgers,
    desk: &Desk,
    first: DeadlineDue,
) {
    let beat = desk.beat(first.beat);
    notebook.has_exposed = true;
    let severity = cx.value(desk.numbers.exposed);
    let story = Story::LeakExposed;
    let (number, outlet) = (first.beat, first.outlet);
    let due = PrintDue { beat: number, outlet, story, serial: 1, severity, given: None };
    printing::print(cx, room, notebook, desk, due);
    let printed = cx.cause();
    let credibility = cx.value(beat.interest.report_credibility);
    for party in [Party::Public, Party::Press, Party::Regulators, Party::Police, Party::Vendor] {
        cx.because(printed);
        observe(cx, ledgers, party, beat.report, credibility, 1);
    }
    cx.because(printed);
    // A reasonable investigator takes a report at its word as far as the evidence kind goes.
    observe(cx, ledgers, Party::Hindsight, beat.report, 1.0, 1);
    cx.because(printed);
    for outlet in (0..desk.outlets.len() as u16).filter(|o| *o != first.outlet) {
        printing::put_to_print(cx, desk, PrintDue { outlet, ..due });
    }
}

/// A letter to those affected may land on a journalist's desk when nothing was said in public.
pub(super) fn hear_of_letters(
    cx: &mut Cx,
    notebook: &mut Notebook,
    ledgers: &mut Ledgers,
    desk: &Desk,
    beat: &Beat,
) {
    let Some(leak) = &beat.leak else { return };
    let chance = cx.value(leak.letter_surfaces);
    let surfaces = cx.draw_at(beat.streams.letters, 0).chance(chance);
    if !surfaces || is_told(notebook, ledgers, beat) {
        return;
    }
    note_source(cx, desk, beat, "a letter of the vendor to those affected");
    let heard = cx.cause();
    let credibility = cx.value(beat.interest.inside_credibility);
    for party in [Party::Press, Party::Public] {
        cx.because(heard);
        observe(cx, ledgers, party, beat.inside, credibility, 1);
    }
    cx.because(heard);
    printing::cover_disclosure(cx, notebook, desk, beat, None);
}

/// How long the vendor has been silent since the first signal, in days.
pub(super) fn days_silent(cx: &Cx, beat: &Beat) -> f64 {
    cx.reached(beat.signal).map_or(SimDuration::ZERO, |at| cx.now() - at).days()
}

/// A party takes in evidence.
pub(super) fn observe(
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
