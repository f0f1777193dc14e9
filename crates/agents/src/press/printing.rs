//! What the press prints, who follows, and how contradictions are taken up.

use hotwash_engine::Cx;
use hotwash_incident::events::{ArticlePublished, StatementReleased};
use hotwash_incident::{Ledgers, MatterId};

use super::decisions::{self, Reading, Story};
use super::{Beat, ContradictionDue, Desk, Leak, Notebook, PressRoom, PrintDue, kinds, systems};

/// How many occurrence numbers of an outlet's stream one sort of story has.
const OCCURRENCES_PER_STORY: u64 = 1 << 20;
/// How many one beat has.
const OCCURRENCES_PER_BEAT: u64 = 1 << 40;

/// An outlet prints; the first to print a story leads with it, the others follow.
pub(super) fn print(
    cx: &mut Cx,
    room: &mut PressRoom,
    notebook: &mut Notebook,
    desk: &Desk,
    due: PrintDue,
) {
    let beat = desk.beat(due.beat);
    let outlet = &desk.outlets[usize::from(due.outlet)];
    let reach = cx.value(outlet.reach);
    let severity = match &beat.research {
        Some(research) if due.story.is_research() => {
            let factor = cx.value(research.cooled);
            decisions::cooled_severity(due.severity, notebook.is_cooled, factor)
        }
        _ => due.severity,
    };
    let led = &mut notebook.led[due.story as usize];
    let is_leading = due.serial > *led;
    *led = due.serial.max(*led);
    let kind = match due.story {
        _ if !is_leading => &kinds::FOLLOWED,
        Story::LeakExposed => &kinds::EXPOSED,
        _ => &kinds::STORY,
    };
    cx.note(kind, outlet.actor, |n| {
        n.with("headline", beat.headline(due.story))
            .with("reach", reach)
            .with("severity", severity)
            .with("story", due.story.slug())
    });
    if due.story == Story::LeakExposed {
        cx.reach(beat.exposed);
    }
    publish(cx, room, desk, beat, due.story, (reach, severity));
    if let Some(leak) = &beat.leak
        && due.story == Story::Disclosure
        && is_leading
    {
        print_number(cx, room, notebook, desk, (beat, leak), due, reach);
    }
}

fn publish(
    cx: &mut Cx,
    room: &mut PressRoom,
    desk: &Desk,
    beat: &Beat,
    story: Story,
    (reach, severity): (f64, f64),
) {
    room.articles += 1;
    room.coverage += reach * severity;
    let story = desk.slugs[story as usize];
    cx.send(ArticlePublished { story, matter: beat.matter, reach, severity });
}

/// The first report of a disclosure carries a number; a vague one is printed high.
fn print_number(
    cx: &mut Cx,
    room: &mut PressRoom,
    notebook: &mut Notebook,
    desk: &Desk,
    (beat, leak): (&Beat, &Leak),
    due: PrintDue,
    reach: f64,
) {
    let records = notebook.records as f64;
    let guessed = cx.value(leak.guessed);
    let printed = decisions::printed_number(due.given, records, guessed);
    notebook.printed = printed;
    if !decisions::is_vague(due.given) || records <= 0.0 {
        return;
    }
    let at_double = cx.value(leak.inflated);
    let severity = decisions::inflation_severity(printed / records, at_double);
    if severity <= 0.0 {
        return;
    }
    let outlet = &desk.outlets[usize::from(due.outlet)];
    cx.note(&kinds::NUMBER, outlet.actor, |n| n.with("printed", printed));
    publish(cx, room, desk, beat, Story::NumberInflated, (reach, severity));
}

/// Puts a story on an outlet's agenda for its own deadline.
pub(super) fn put_to_print(cx: &mut Cx, desk: &Desk, due: PrintDue) {
    let outlet = &desk.outlets[usize::from(due.outlet)];
    let mut draw = cx.draw_at(outlet.stream, occurrence(due));
    let deadline = cx.sample_span(outlet.deadline, &mut draw);
    cx.after(deadline, due);
}

/// As [`put_to_print`], but only with this chance.
pub(super) fn maybe_put_to_print(cx: &mut Cx, desk: &Desk, due: PrintDue, chance: f64) {
    let outlet = &desk.outlets[usize::from(due.outlet)];
    let mut draw = cx.draw_at(outlet.stream, occurrence(due));
    let deadline = cx.sample_span(outlet.deadline, &mut draw);
    if draw.chance(chance) {
        cx.after(deadline, due);
    }
}

fn occurrence(due: PrintDue) -> u64 {
    u64::from(due.beat) * OCCURRENCES_PER_BEAT
        + due.story as u64 * OCCURRENCES_PER_STORY
        + u64::from(due.serial)
}

/// The vendor has said something; on each beat the press reads it for what it admits there.
pub(super) fn cover_statement(
    cx: &mut Cx,
    notebook: &mut Notebook,
    desk: &Desk,
    beat: &Beat,
    released: StatementReleased,
) {
    let statement = desk.book.get(released.statement);
    match decisions::reading(statement, beat.breach) {
        Reading::Admission => cover_disclosure(cx, notebook, desk, beat, released.records),
        Reading::Advisory if statement.matter == beat.matter => {
            let severity = cx.value(beat.aside);
            let chance = cx.value(desk.numbers.picked_up);
            let story = beat.aside_story();
            let serial = notebook.led[story as usize] + 1;
            for outlet in 0..desk.outlets.len() as u16 {
                let beat = beat.number;
                let due = PrintDue { beat, outlet, story, serial, severity, given: None };
                maybe_put_to_print(cx, desk, due, chance);
            }
        }
        Reading::Advisory | Reading::Private => {}
    }
}

/// Notices that the vendor has taken back what it had said in public. If it did so in letters, the
/// press notices when it next speaks in public.
pub(super) fn notice_taken_back(
    cx: &mut Cx,
    room: &mut PressRoom,
    ledgers: &Ledgers,
    desk: &Desk,
    released: StatementReleased,
) {
    let statement = desk.book.get(released.statement);
    if decisions::is_private(statement) {
        return;
    }
    let is_taken_back = |c: &&hotwash_incident::Claim| c.is_public && c.walked_back_at.is_some();
    let count = ledgers.claims().iter().filter(is_taken_back).count() as u64;
    if count > room.walked_back {
        room.walked_back = count;
        let severity = cx.value(desk.numbers.walked_back);
        note_contradiction(cx, room, desk, Some(statement.matter), severity);
    }
}

/// All outlets report, once, that the vendor has told of the breach.
pub(super) fn cover_disclosure(
    cx: &mut Cx,
    notebook: &mut Notebook,
    desk: &Desk,
    beat: &Beat,
    given: Option<(f64, f64)>,
) {
    if notebook.has_disclosure {
        return;
    }
    notebook.has_disclosure = true;
    let numbers = &desk.numbers;
    let (exposed, own) = (cx.value(numbers.exposed), cx.value(numbers.own));
    let per_month = cx.value(numbers.per_month_silent);
    let silent = systems::days_silent(cx, beat);
    let severity = decisions::disclosure_severity(exposed, own, per_month, silent);
    for outlet in 0..desk.outlets.len() as u16 {
        let (beat, story) = (beat.number, Story::Disclosure);
        put_to_print(cx, desk, PrintDue { beat, outlet, story, serial: 1, severity, given });
    }
}

/// Keeps the hardest contradiction of this instant; they are taken up together, on the hardest's
/// matter, or the first when it belongs to none.
pub(super) fn note_contradiction(
    cx: &mut Cx,
    room: &mut PressRoom,
    desk: &Desk,
    matter: Option<MatterId>,
    severity: f64,
) {
    if room.contradiction <= 0.0 && severity > 0.0 {
        cx.after(hotwash_engine::SimDuration::ZERO, ContradictionDue);
    }
    if severity > room.contradiction {
        room.contradiction = severity;
        room.contradicted = matter.and_then(|m| desk.beat_of(m)).map_or(0, |beat| beat.number);
    }
}

/// Outlets take a contradiction up, the harder it falls the more of them. What was contradicted
/// before, on whatever matter, makes it fall harder.
pub(super) fn follow_up(cx: &mut Cx, room: &mut PressRoom, desk: &Desk) {
    let refutation = std::mem::take(&mut room.contradiction);
    let (story, memory) = (cx.value(desk.numbers.story), cx.value(desk.numbers.memory));
    let severity =
        decisions::contradiction_severity(refutation, story, memory, room.contradictions);
    room.contradictions += 1;
    for outlet in 0..desk.outlets.len() as u16 {
        let (beat, serial) = (room.contradicted, room.contradictions);
        let story = Story::Contradiction;
        let due = PrintDue { beat, outlet, story, serial, severity, given: None };
        maybe_put_to_print(cx, desk, due, severity);
    }
}
