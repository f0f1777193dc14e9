//! How a researcher's findings become news: first without a name, then, when journalists have found out
//! whom it means, with the vendor's; and what comes of rebuttals and of attacks through the product.

use hotwash_engine::Cx;
use hotwash_incident::events::ResearchPublished;
use hotwash_incident::{Ledgers, Party};

use super::decisions::Story;
use super::{Beat, Desk, NamesDue, Notebook, PrintDue, Research, kinds, printing, systems};

/// Tickets of the stream `asking`: who asks, and by when, on finding the name and on a rebuttal.
const ASKS_BY_NAME: u64 = 1;
const ASKS_BY_REBUTTAL: u64 = 2;

/// A researcher has told the public, mostly without a name: outlets print it, and press for names.
pub(super) fn published(
    cx: &mut Cx,
    notebook: &mut Notebook,
    ledgers: &Ledgers,
    desk: &Desk,
    (beat, research): (&Beat, &Research),
    published: ResearchPublished,
) {
    if notebook.has_research {
        return;
    }
    notebook.has_research = true;
    if systems::is_told(notebook, ledgers, beat) {
        return;
    }
    let severity = cx.value(research.unnamed);
    let story = Story::UnnamedVictims;
    for outlet in 0..desk.outlets.len() as u16 {
        let due = PrintDue { beat: beat.number, outlet, story, serial: 1, severity, given: None };
        printing::put_to_print(cx, desk, due);
    }
    let chance = cx.value(research.names_found);
    let mut draw = cx.draw_at(beat.streams.names, 0);
    let is_found = draw.chance(chance);
    let after = cx.sample_span(research.names_after, &mut draw);
    if published.is_named {
        cx.send(NamesDue { beat: beat.number });
    } else if is_found {
        cx.after(after, NamesDue { beat: beat.number });
    }
}

/// Journalists have found out that the vendor is meant: one asks it.
pub(super) fn learn_name(
    cx: &mut Cx,
    notebook: &mut Notebook,
    ledgers: &mut Ledgers,
    desk: &Desk,
    (beat, research): (&Beat, &Research),
) {
    if notebook.has_name || systems::is_told(notebook, ledgers, beat) {
        return;
    }
    notebook.has_name = true;
    cx.note(&kinds::NAMES, desk.actor.id, |n| n);
    let heard = cx.cause();
    let credibility = cx.value(research.chats_credibility);
    systems::observe(cx, ledgers, Party::Press, research.chats, credibility, 1);
    cx.because(heard);
    systems::ask_at(cx, notebook, desk, beat, ASKS_BY_NAME);
}

/// The researcher has contradicted the vendor in public. Whoever has not named it yet will.
pub(super) fn rebutted(
    cx: &mut Cx,
    notebook: &mut Notebook,
    ledgers: &Ledgers,
    desk: &Desk,
    (beat, research): (&Beat, &Research),
    credibility: f64,
) {
    notebook.rebuttals += 1;
    let serial = notebook.rebuttals;
    let severity = cx.value(research.rebuttal) * credibility.clamp(0.0, 1.0);
    let story = Story::Rebuttal;
    for outlet in 0..desk.outlets.len() as u16 {
        let due = PrintDue { beat: beat.number, outlet, story, serial, severity, given: None };
        printing::put_to_print(cx, desk, due);
    }
    if !notebook.has_name && !systems::is_told(notebook, ledgers, beat) {
        notebook.has_name = true;
        systems::ask_at(cx, notebook, desk, beat, ASKS_BY_REBUTTAL);
    }
}

/// Customers were attacked through the product.
pub(super) fn exploited(
    cx: &mut Cx,
    desk: &Desk,
    (beat, research): (&Beat, &Research),
    number: u64,
) {
    let severity = cx.value(research.exploit);
    let chance = cx.value(research.exploit_covered);
    let (story, serial) = (Story::Exploit, number as u32);
    for outlet in 0..desk.outlets.len() as u16 {
        let due = PrintDue { beat: beat.number, outlet, story, serial, severity, given: None };
        printing::maybe_put_to_print(cx, desk, due, chance);
    }
}
