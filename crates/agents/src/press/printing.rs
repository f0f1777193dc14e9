//! What the press prints, who follows, and how contradictions are taken up.

use hotwash_engine::Cx;
use hotwash_incident::Ledgers;
use hotwash_incident::events::{ArticlePublished, StatementReleased};

use super::decisions::{self, Reading, Story};
use super::{ContradictionDue, Desk, PressRoom, PrintDue, kinds, systems};

/// How many occurrence numbers of an outlet's stream one sort of story has.
const OCCURRENCES_PER_STORY: u64 = 1 << 20;

/// An outlet prints; the first to print a story leads with it, the others follow.
pub(super) fn print(cx: &mut Cx, room: &mut PressRoom, desk: &Desk, due: PrintDue) {
    let outlet = &desk.outlets[usize::from(due.outlet)];
    let reach = cx.value(outlet.reach);
    let is_leading = due.serial > room.led[due.story as usize];
    let kind = match due.story {
        _ if !is_leading => &kinds::FOLLOWED,
        Story::LeakExposed => &kinds::EXPOSED,
        _ => &kinds::STORY,
    };
    room.led[due.story as usize] = room.led[due.story as usize].max(due.serial);
    cx.note(kind, outlet.actor, |n| {
        n.with("headline", due.story.headline())
            .with("reach", reach)
            .with("severity", due.severity)
            .with("story", due.story.slug())
    });
    if due.story == Story::LeakExposed {
        cx.reach(desk.exposed);
    }
    publish(cx, room, desk, due.story, reach, due.severity);
    if due.story == Story::Disclosure && is_leading {
        print_number(cx, room, desk, due, reach);
    }
}

fn publish(
    cx: &mut Cx,
    room: &mut PressRoom,
    desk: &Desk,
    story: Story,
    reach: f64,
    severity: f64,
) {
    room.articles += 1;
    room.coverage += reach * severity;
    let story = desk.slugs[story as usize];
    cx.send(ArticlePublished { story, matter: desk.matter, reach, severity });
}

/// The first report of a disclosure carries a number; a vague one is printed high.
fn print_number(cx: &mut Cx, room: &mut PressRoom, desk: &Desk, due: PrintDue, reach: f64) {
    let records = room.records as f64;
    let guessed = cx.value(desk.numbers.guessed);
    let printed = decisions::printed_number(due.given, records, guessed);
    room.printed = printed;
    if !decisions::is_vague(due.given) || records <= 0.0 {
        return;
    }
    let at_double = cx.value(desk.numbers.inflated);
    let severity = decisions::inflation_severity(printed / records, at_double);
    if severity <= 0.0 {
        return;
    }
    let outlet = &desk.outlets[usize::from(due.outlet)];
    cx.note(&kinds::NUMBER, outlet.actor, |n| n.with("printed", printed));
    publish(cx, room, desk, Story::NumberInflated, reach, severity);
}

/// Puts a story on an outlet's agenda for its own deadline.
pub(super) fn put_to_print(cx: &mut Cx, desk: &Desk, due: PrintDue) {
    let outlet = &desk.outlets[usize::from(due.outlet)];
    let mut draw = cx.draw_at(outlet.stream, occurrence(due));
    let deadline = cx.sample_span(outlet.deadline, &mut draw);
    cx.after(deadline, due);
}

/// As [`put_to_print`], but only with this chance.
fn maybe_put_to_print(cx: &mut Cx, desk: &Desk, due: PrintDue, chance: f64) {
    let outlet = &desk.outlets[usize::from(due.outlet)];
    let mut draw = cx.draw_at(outlet.stream, occurrence(due));
    let deadline = cx.sample_span(outlet.deadline, &mut draw);
    if draw.chance(chance) {
        cx.after(deadline, due);
    }
}

fn occurrence(due: PrintDue) -> u64 {
    due.story as u64 * OCCURRENCES_PER_STORY + u64::from(due.serial)
}

/// The vendor has said something.
pub(super) fn cover_statement(
    cx: &mut Cx,
    room: &mut PressRoom,
    ledgers: &Ledgers,
    desk: &Desk,
    released: StatementReleased,
) {
    let statement = desk.book.get(released.statement);
    match decisions::reading(statement, desk.breach) {
        Reading::Private => return,
        Reading::Admission => cover_disclosure(cx, room, desk, released.records),
        Reading::Advisory => {
            let severity = cx.value(desk.numbers.scam_wave);
            let chance = cx.value(desk.numbers.picked_up);
            let serial = room.led[Story::ScamWave as usize] + 1;
            for outlet in 0..desk.outlets.len() as u16 {
                let story = Story::ScamWave;
                let due = PrintDue { outlet, story, serial, severity, given: None };
                maybe_put_to_print(cx, desk, due, chance);
            }
        }
    }
    notice_taken_back(cx, room, ledgers, desk);
}

/// Notices that the vendor has taken back what it had said in public. If it did so in letters, the
/// press notices when it next speaks in public.
fn notice_taken_back(cx: &mut Cx, room: &mut PressRoom, ledgers: &Ledgers, desk: &Desk) {
    let is_taken_back = |c: &&hotwash_incident::Claim| c.is_public && c.walked_back_at.is_some();
    let count = ledgers.claims().iter().filter(is_taken_back).count() as u64;
    if count > room.walked_back {
        room.walked_back = count;
        let severity = cx.value(desk.numbers.walked_back);
        note_contradiction(cx, room, severity);
    }
}

/// All outlets report, once, that the vendor has told of the breach.
pub(super) fn cover_disclosure(
    cx: &mut Cx,
    room: &mut PressRoom,
    desk: &Desk,
    given: Option<(f64, f64)>,
) {
    if room.has_disclosure {
        return;
    }
    room.has_disclosure = true;
    let numbers = &desk.numbers;
    let (exposed, own) = (cx.value(numbers.exposed), cx.value(numbers.own));
    let per_month = cx.value(numbers.per_month_silent);
    let silent = systems::days_silent(cx, desk);
    let severity = decisions::disclosure_severity(exposed, own, per_month, silent);
    for outlet in 0..desk.outlets.len() as u16 {
        let story = Story::Disclosure;
        put_to_print(cx, desk, PrintDue { outlet, story, serial: 1, severity, given });
    }
}

/// Keeps the hardest contradiction of this instant; they are taken up together.
pub(super) fn note_contradiction(cx: &mut Cx, room: &mut PressRoom, severity: f64) {
    if room.contradiction <= 0.0 && severity > 0.0 {
        cx.after(hotwash_engine::SimDuration::ZERO, ContradictionDue);
    }
    room.contradiction = room.contradiction.max(severity);
}

/// Outlets take a contradiction up, the harder it falls the more of them.
pub(super) fn follow_up(cx: &mut Cx, room: &mut PressRoom, desk: &Desk) {
    let refutation = std::mem::take(&mut room.contradiction);
    let (story, memory) = (cx.value(desk.numbers.story), cx.value(desk.numbers.memory));
    let severity =
        decisions::contradiction_severity(refutation, story, memory, room.contradictions);
    room.contradictions += 1;
    for outlet in 0..desk.outlets.len() as u16 {
        let serial = room.contradictions;
        let story = Story::Contradiction;
        let due = PrintDue { outlet, story, serial, severity, given: None };
        maybe_put_to_print(cx, desk, due, severity);
    }
}
