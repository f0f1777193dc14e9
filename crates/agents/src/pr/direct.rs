//! Words to some: direct warnings, letters to those affected, briefings of business customers.

use hotwash_engine::{Cx, SimTime};
use hotwash_incident::events::{
    BriefingLeaked, CostKind, CustomersBriefed, CustomersWarned, PeopleNotified,
};
use hotwash_incident::{Ledgers, Party};

use super::decisions::{self, Stage};
use super::systems::{finish, release, spend};
use super::{Office, PrOffice, StepDue, kinds};

/// How many must be written to at this moment so that so many affected are among them, and whether
/// the vendor knows which.
fn address_list(cx: &mut Cx, affected: u64, ledgers: &Ledgers, office: &Office) -> (u64, bool) {
    // A vendor that has no way of writing to people has its list from somewhere else.
    let Some(letters) = &office.letters else { return (affected, true) };
    let belief = ledgers.belief(Party::Vendor, letters.scope);
    let is_known = belief >= cx.value(letters.scope_known_at);
    let factor = cx.value(letters.scope_factor);
    (decisions::recipients(affected, is_known, factor), is_known)
}

/// Nobody is affected so far: there is nobody to write to. It can be ordered again.
fn find_nobody(cx: &mut Cx, pr: &mut PrOffice, office: &Office, job: usize) {
    pr.jobs[job].stage = Stage::Idle;
    cx.note(&kinds::NOBODY, office.actor.id, |n| n.with("title", office.title(job)));
}

/// Those at risk are warned.
pub(super) fn warn(cx: &mut Cx, pr: &mut PrOffice, ledgers: &Ledgers, office: &Office) {
    let Some(warning) = &office.warning else { return };
    let (contacts, _) = address_list(cx, pr.records, ledgers, office);
    if contacts == 0 {
        find_nobody(cx, pr, office, office.warning_job());
        return;
    }
    finish(cx, pr, office.warning_job());
    let reach = cx.value(warning.reach);
    let contact_usd = cx.value(warning.contact_usd);
    cx.note(&kinds::WARNED, office.actor.id, |n| n.with("contacts", contacts).with("reach", reach));
    cx.reach(warning.done);
    spend(cx, CostKind::Notification, contacts as f64 * contact_usd);
    cx.send(CustomersWarned { reach, is_specific: true });
}

/// Business customers are told in confidence; now and then one of them tells a journalist.
pub(super) fn brief(cx: &mut Cx, pr: &mut PrOffice, office: &Office) {
    let Some(briefing) = &office.briefing else { return };
    finish(cx, pr, office.briefing_job());
    let reach = cx.value(briefing.reach);
    let matter = briefing.matter;
    cx.note(&kinds::BRIEFED, office.actor.id, |n| {
        n.with("matter", office.case.matter(matter).title.as_str()).with("reach", reach)
    });
    cx.reach(briefing.done);
    let usd = cx.value(briefing.usd);
    spend(cx, CostKind::Communication, usd);
    cx.send(CustomersBriefed { reach });
    let leaks = cx.value(briefing.leaks);
    let mut draw = cx.draw_at(briefing.stream, 0);
    if draw.chance(leaks) {
        let after = cx.sample_span(briefing.leaks_after, &mut draw);
        cx.after(after, BriefingLeaked { matter });
    }
}

/// The police have asked that letters wait.
pub(super) fn keep_letters_back(cx: &mut Cx, pr: &mut PrOffice, office: &Office, until: SimTime) {
    let job = office.letters_job();
    pr.jobs[job].stage = Stage::Waiting;
    cx.note(&kinds::LETTERS_HELD, office.actor.id, |n| n.with("until", until));
    let due = cx.calendar().next_open(until);
    cx.at(due, StepDue { job: job as u16, attempt: pr.jobs[job].attempt });
}

/// A mailing begins.
pub(super) fn send_letters(
    cx: &mut Cx,
    pr: &mut PrOffice,
    ledgers: &mut Ledgers,
    office: &Office,
    trust: Option<f64>,
) {
    let Some(part) = &office.letters else { return };
    let job = office.letters_job();
    let affected = pr.records - pr.covered;
    let (letters, is_known) = address_list(cx, affected, ledgers, office);
    if letters == 0 {
        find_nobody(cx, pr, office, job);
        return;
    }
    let days = decisions::letter_days(letters, cx.value(part.per_day));
    let letter_usd = cx.value(part.letter_usd);
    (pr.letters, pr.covering, pr.covered) = (letters, affected, pr.records);
    pr.jobs[job].stage = Stage::Sending;
    cx.note(&kinds::LETTERS_BEGAN, office.actor.id, |n| {
        let scope = if is_known { "" } else { ", since it did not know whose records were taken" };
        let days =
            if days == 1 { "a business day".to_owned() } else { format!("{days} business days") };
        n.with("letters", letters).with("scope", scope).with("days", days)
    });
    spend(cx, CostKind::Notification, letters as f64 * letter_usd);
    let due = cx.calendar().end_of_business_day(cx.now(), days);
    cx.at(due, StepDue { job: job as u16, attempt: pr.jobs[job].attempt });
    if let Some(id) = part.statement
        && pr.jobs[usize::from(id.0)].stage != Stage::Done
    {
        release(cx, pr, ledgers, office, trust, id);
        let words = &mut pr.jobs[usize::from(id.0)];
        words.ordered_at = words.ordered_at.or(Some(cx.now()));
        words.stage = Stage::Done;
        words.done_at = Some(cx.now());
    }
}

/// The last letter of a mailing is out.
pub(super) fn letters_out(cx: &mut Cx, pr: &mut PrOffice, office: &Office) {
    let Some(part) = &office.letters else { return };
    finish(cx, pr, office.letters_job());
    let (letters, affected) = (pr.letters, pr.covering);
    cx.note(&kinds::LETTERS_OUT, office.actor.id, |n| n.with("letters", letters));
    cx.reach(part.done);
    cx.send(PeopleNotified { letters, affected });
}
