//! What a theft of records does to the people in them: calls become complaints, letters warnings.

use hotwash_engine::{ActorId, Cx, Event, On, SimDuration};
use hotwash_incident::events::{
    Bearer, Complaints, CostIncurred, CostKind, CustomersCalled, CustomersWarned, PeopleNotified,
    RecordsRead,
};
use hotwash_incident::{Cohort, CohortId, Ledgers, Observation, Party};

use super::decisions;
use super::kinds;
use super::state::Customers;
use super::systems::Cohorts;
use super::wiring::{Calls, Wiring};

const WEEK: SimDuration = SimDuration::from_days(7);

/// Complaints on their way to support.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arriving {
    cohort: u16,
    with_ticket: u64,
    general: u64,
    /// Whether the callers had the stolen records.
    is_genuine: bool,
}

impl Event for Arriving {
    const NAME: &'static str = "customers.complaints-arrive";
}

/// A week of ordinary complaints.
#[derive(Clone, Copy, Debug)]
pub(super) struct OrdinaryWeek;

impl Event for OrdinaryWeek {
    const NAME: &'static str = "customers.ordinary-week";
}

fn at<'q>(cohorts: &'q mut Cohorts<'_, '_, '_>, w: &Wiring, index: u16) -> Option<&'q mut Cohort> {
    let actor = w.book.cohorts.get(usize::from(index))?.actor;
    cohorts.get_mut(actor.entity).ok().map(|cohort| cohort.into_inner())
}

/// Some of those who were called will complain, and all of them trust the vendor less.
pub(super) fn called(
    on: &mut On<'_, CustomersCalled>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    (w, c): (&Wiring, &Calls),
) {
    let CustomersCalled { cohort: CohortId(index), answered, victims, loss_usd, .. } = on.event;
    let Some(cohort) = at(cohorts, w, index) else { return };
    let is_first_victim = victims > 0 && all.victims == 0;
    cohort.calls_answered += answered;
    cohort.victims += victims;
    cohort.loss_usd += loss_usd;
    all.answered += answered;
    all.victims += victims;
    all.answered_warned += answered as f64 * cohort.warned_specifically;
    if loss_usd > 0.0 {
        on.send(CostIncurred { kind: CostKind::Fraud, bearer: Bearer::Victims, usd: loss_usd });
    }
    let caused = on.cause();
    if is_first_victim {
        let who = w.book.cohorts[usize::from(index)].actor.id;
        on.note(&kinds::FIRST_VICTIM, who, |n| n.with("loss", loss_usd));
    }
    let (called, victim) = (on.value(c.trust.called), on.value(c.trust.victim));
    let affected = all.taken;
    let lost = |people| {
        decisions::spread(answered, called, people) + decisions::spread(victims, victim, people)
    };
    all.lose_trust(on, cohorts, w, lost(affected), |cohort| {
        if cohort.index == index { lost(cohort.size) } else { 0.0 }
    });
    on.because(caused);
    complain_later(on, index, answered, c);
}

fn complain_later(cx: &mut Cx, index: u16, answered: u64, c: &Calls) {
    let day = cx.calendar().day_number(cx.now()).unsigned_abs();
    let mut draw = cx.draw_at(c.complaint_streams[usize::from(index)], day);
    let (report, mentions) =
        (cx.value(c.complaints.report), cx.value(c.complaints.mentions_ticket));
    let complaints = draw.binomial(answered, report);
    if complaints == 0 {
        return;
    }
    let with_ticket = draw.binomial(complaints, mentions);
    let delay = cx.sample_span(c.complaints.delay, &mut draw);
    let general = complaints - with_ticket;
    cx.after(delay, Arriving { cohort: index, with_ticket, general, is_genuine: true });
}

/// Complaints reach support.
pub(super) fn arrived(
    on: &mut On<'_, Arriving>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    ledgers: &mut Ledgers,
    (w, c): (&Wiring, &Calls),
) {
    let arriving = on.event;
    arrive(on, arriving, all, cohorts, ledgers, (w, c));
}

fn arrive(
    cx: &mut Cx,
    arriving: Arriving,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    ledgers: &mut Ledgers,
    (w, c): (&Wiring, &Calls),
) {
    let Arriving { cohort: index, with_ticket, general, is_genuine } = arriving;
    let Some(cohort) = at(cohorts, w, index) else { return };
    cohort.complaints += with_ticket;
    let who = w.book.cohorts[usize::from(index)].actor.id;
    cx.note(&kinds::COMPLAINED, who, |n| {
        n.with("with_ticket", with_ticket).with("general", general)
    });
    let told = cx.cause();
    if is_genuine && with_ticket > 0 {
        count_genuine(cx, all, with_ticket, who, (w, c));
    }
    if with_ticket > 0 {
        watch_surge(cx, all, with_ticket, (w, c));
    }
    cx.because(told);
    // The reasonable investigator reads every complaint, whether or not the vendor does.
    for (evidence, pieces) in [(c.knows_ticket, with_ticket), (c.general, general)] {
        if pieces > 0 {
            let party = Party::Hindsight;
            let seen = Observation { party, evidence, credibility: 1.0, pieces };
            ledgers.observe(cx, seen);
        }
    }
    cx.because(told);
    cx.send(Complaints { cohort: CohortId(index), with_ticket, general });
}

fn count_genuine(
    cx: &mut Cx,
    all: &mut Customers,
    with_ticket: u64,
    who: ActorId,
    (w, c): (&Wiring, &Calls),
) {
    let before = all.genuine;
    all.genuine += with_ticket;
    if cx.reached(c.disclosed).is_none() {
        all.genuine_before_disclosure += with_ticket;
    }
    if before == 0 {
        cx.note(&kinds::FIRST_COMPLAINT, who, |n| n);
        cx.reach(c.first_complaint);
        cx.reach(c.first_signal);
    }
    if let Some(count) = decisions::round_number_passed(before, all.genuine) {
        cx.note(&kinds::COMPLAINTS_SO_FAR, w.who, |n| n.with("count", count));
    }
}

fn watch_surge(cx: &mut Cx, all: &mut Customers, with_ticket: u64, (w, c): (&Wiring, &Calls)) {
    let day = cx.calendar().day_number(cx.now());
    let count = all.window.add(day, with_ticket);
    if !all.has_surged && count as f64 > cx.value(c.complaints.surge) {
        all.has_surged = true;
        cx.note(&kinds::SURGE, w.who, |n| n.with("count", count));
        cx.reach(c.surge);
    }
}

/// What people tell support about fraud calls in any week, breach or no breach.
pub(super) fn ordinary_week(
    on: &mut On<'_, OrdinaryWeek>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    ledgers: &mut Ledgers,
    (w, c): (&Wiring, &Calls),
) {
    on.after(WEEK, OrdinaryWeek);
    let week = on.calendar().day_number(on.now()).unsigned_abs() / 7;
    let mut draw = on.draw_at(c.noise_stream, week);
    let mean = on.value(c.complaints.general_per_week);
    let by_chance = on.value(c.complaints.knows_by_chance);
    let mut left = draw.poisson(mean);
    let mut people: u64 = cohorts.iter().map(|cohort| cohort.size).sum();
    for index in 0..w.book.cohorts.len() as u16 {
        // The next part of a multinomial split by size.
        let size = at(cohorts, w, index).map_or(0, |cohort| cohort.size);
        let share = if people == 0 { 0.0 } else { size as f64 / people as f64 };
        let complaints = draw.binomial(left, share);
        let with_ticket = draw.binomial(complaints, by_chance);
        left -= complaints;
        people -= size;
        if complaints > 0 {
            let general = complaints - with_ticket;
            let arriving = Arriving { cohort: index, with_ticket, general, is_genuine: false };
            arrive(on, arriving, all, cohorts, ledgers, (w, c));
        }
    }
}

pub(super) fn records_read(on: &On<'_, RecordsRead>, all: &mut Customers) {
    all.taken += on.event.count;
}

/// The vendor told those at risk what to beware of.
pub(super) fn warned(
    on: &mut On<'_, CustomersWarned>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    (w, c): (&Wiring, &Calls),
) {
    let CustomersWarned { reach, is_specific } = on.event;
    all.warn(on, cohorts, w, is_specific, |known| decisions::union(known, reach));
    // Only those at risk hear it, so it unsettles nobody else.
    let points = on.value(c.trust.alarm) * reach;
    let affected = all.taken;
    all.lose_trust(on, cohorts, w, points, |cohort| {
        points * decisions::spread(affected, w.record_share(cohort.index), cohort.size)
    });
}

/// Letters went out to those whose records were taken.
pub(super) fn notified(
    on: &mut On<'_, PeopleNotified>,
    all: &mut Customers,
    cohorts: &mut Cohorts<'_, '_, '_>,
    (w, c): (&Wiring, &Calls),
) {
    let PeopleNotified { letters, affected: written_to } = on.event;
    let (before, after) = (all.letters, all.letters + written_to);
    all.letters = after;
    let affected = all.taken;
    let read = on.value(c.reading.letter_read);
    all.warn(on, cohorts, w, true, |known| {
        decisions::warned_by_letters(known, before, after, affected, read)
    });
    let points = on.value(c.trust.notified) * all.harshness;
    let lost = decisions::spread(written_to, points, affected);
    all.lose_trust(on, cohorts, w, lost, |cohort| {
        decisions::spread(letters, points * w.record_share(cohort.index), cohort.size)
    });
}
