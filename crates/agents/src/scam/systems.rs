//! Handlers of the call centre: lists bought, calling days, the raid.

use hotwash_engine::{Cx, End, Event, On, Query, SimDuration, SimTime};
use hotwash_incident::events::{CallCentreRaided, CanaryCalled, CustomersCalled, LeadsSold};
use hotwash_incident::{Cohort, CohortId};

use super::decisions::{self, Calls, Funnel};
use super::{Scam, Wiring, kinds};

/// How much of the calls one Notable entry of the journal sums up.
const MONTH: SimDuration = SimDuration::from_days(30);

/// A day on which the callers work.
#[derive(Clone, Copy, Debug)]
pub(super) struct CallingDay;

impl Event for CallingDay {
    const NAME: &'static str = "scam.calling-day";
}

/// A list was bought: its numbers are spread over the cohorts, and calling begins or goes on.
pub(super) fn bought(on: &mut On<'_, LeadsSold>, scam: &mut Scam, w: &Wiring) {
    let LeadsSold { records, phone_share, canaries } = on.event;
    let mut draw = on.draw_at(w.lists, scam.batches);
    let numbers = draw.binomial(records, phone_share);
    draw.multinomial(numbers, &w.record_shares, &mut scam.dials);
    for (open, new) in scam.open.iter_mut().zip(&scam.dials) {
        *open += new;
    }
    scam.bought += numbers;
    scam.canaries += canaries;
    let is_first = scam.batches == 0;
    scam.batches += 1;
    if scam.is_raided || scam.is_calling {
        return;
    }
    let wait = if is_first { on.value_span(w.start_delay) } else { SimDuration::ZERO };
    let from = on.now() + wait;
    scam.is_calling = true;
    let day = on.calendar().day_number(from);
    let at = calling_time(on, w, day, from);
    on.at(at, CallingDay);
}

/// The time of calls on the first working day from `day` that is not before `from`.
fn calling_time(cx: &Cx, w: &Wiring, day: i64, from: SimTime) -> SimTime {
    let mut day = day;
    loop {
        let midnight = cx.calendar().start_of_day(day);
        let at = midnight + w.calls_at;
        if at >= from && !w.rests.contains(&cx.calendar().weekday(midnight)) {
            return at;
        }
        day += 1;
    }
}

/// One day's calls, cohort by cohort.
pub(super) fn calling_day(
    on: &mut On<'_, CallingDay>,
    scam: &mut Scam,
    cohorts: &Query<'_, '_, &Cohort>,
    w: &Wiring,
) {
    let open: u64 = scam.open.iter().sum();
    if scam.is_raided || open + scam.canaries == 0 {
        scam.is_calling = false;
        return;
    }
    let capacity = (on.value(w.callers) * on.value(w.dials)).round() as u64;
    let dials = capacity.max(1).min(open);
    let day = on.calendar().day_number(on.now());
    decisions::allot(dials, &scam.open, &mut scam.dials);
    call_all(on, scam, cohorts, w, day);
    tell_day(on, scam, w);
    for (cohort, calls) in scam.calls.iter().enumerate() {
        let Calls { answered, engaged, victims, loss_usd, .. } = *calls;
        if answered > 0 {
            let cohort = CohortId(cohort as u16);
            on.send(CustomersCalled { cohort, answered, engaged, victims, loss_usd });
        }
    }
    dial_canaries(on, scam, w, day, if open == 0 { 1.0 } else { dials as f64 / open as f64 });
    if scam.open.iter().sum::<u64>() + scam.canaries == 0 {
        scam.is_calling = false;
        on.note(&kinds::OUT_OF_LEADS, w.who, |n| n);
        return;
    }
    let now = on.now();
    let next = calling_time(on, w, day + 1, now);
    on.at(next, CallingDay);
}

/// Makes the calls allotted to each cohort.
fn call_all(cx: &mut Cx, scam: &mut Scam, cohorts: &Query<'_, '_, &Cohort>, w: &Wiring, day: i64) {
    let (specific, general) = (cx.value(w.after_specific), cx.value(w.after_general));
    let mut funnel = Funnel {
        answer: cx.value(w.answer),
        give_up: decisions::give_up_chance(cx.value(w.attempts)),
        engage: cx.value(w.engage),
        lose: cx.value(w.lose),
        left_by_warnings: 1.0,
    };
    for i in 0..scam.open.len() {
        let cohort = cohorts.get(w.cohorts[i].entity);
        funnel.left_by_warnings = cohort.map_or(1.0, |c| {
            let (known, heard) = (c.warned_specifically, c.warned_generally);
            decisions::left_by_warnings(known, heard, specific, general)
        });
        let mut draw = cx.draw_at(w.calls[i], day.unsigned_abs());
        let calls =
            decisions::call(scam.dials[i], &funnel, &mut draw, |draw| cx.sample(w.loss, draw));
        scam.open[i] -= calls.answered + calls.given_up;
        scam.given_up += calls.given_up;
        scam.calls[i] = calls;
    }
}

/// Writes the day down, and every thirty days what came of them.
fn tell_day(cx: &mut Cx, scam: &mut Scam, w: &Wiring) {
    let mut day = Calls::default();
    for calls in &scam.calls {
        day.answered += calls.answered;
        day.engaged += calls.engaged;
        day.victims += calls.victims;
        day.loss_usd += calls.loss_usd;
    }
    let is_first = scam.answered == 0 && day.answered > 0;
    scam.days += 1;
    scam.last_call = cx.now();
    if !is_first && cx.now() - scam.month_from >= MONTH && scam.answered > scam.month_base.0 {
        tell_month(cx, scam, w);
    }
    scam.answered += day.answered;
    scam.victims += day.victims;
    scam.loss_usd += day.loss_usd;
    if is_first {
        scam.month_from = cx.now();
        cx.note(&kinds::FIRST_CALLS, w.who, |n| n.with("answered", day.answered));
        cx.reach(w.first_call);
    }
    cx.note(&kinds::CALLS, w.who, |n| {
        n.with("answered", day.answered).with("engaged", day.engaged).with("victims", day.victims)
    });
}

fn tell_month(cx: &mut Cx, scam: &mut Scam, w: &Wiring) {
    let (answered, victims, loss) = scam.month_base;
    let days = (cx.now() - scam.month_from).days().round() as u64;
    cx.note(&kinds::MONTH, w.who, |n| {
        n.with("answered", scam.answered - answered)
            .with("days", days)
            .with("victims", scam.victims - victims)
            .with("loss", scam.loss_usd - loss)
    });
    scam.month_from = cx.now();
    scam.month_base = (scam.answered, scam.victims, scam.loss_usd);
}

/// Canaries lie among the numbers and are dialled at the same rate; the vendor always answers.
fn dial_canaries(cx: &mut Cx, scam: &mut Scam, w: &Wiring, day: i64, share: f64) {
    if scam.canaries == 0 {
        return;
    }
    let calls = cx.draw_at(w.canaries, day.unsigned_abs()).binomial(scam.canaries, share);
    scam.canaries -= calls;
    if calls > 0 {
        cx.send(CanaryCalled { calls });
    }
}

/// The police shut it down.
pub(super) fn raided(on: &mut On<'_, CallCentreRaided>, scam: &mut Scam, w: &Wiring) {
    if scam.is_raided {
        return;
    }
    scam.is_raided = true;
    let left: u64 = scam.open.iter().sum();
    on.note(&kinds::RAIDED, w.who, |n| n.with("left", left));
}

/// Sums up the calls when the run ends.
pub(super) fn end(on: &mut On<'_, End>, scam: &Scam, w: &Wiring) {
    if scam.answered == 0 {
        return;
    }
    on.note(&kinds::IN_ALL, w.who, |n| {
        n.with("answered", scam.answered)
            .with("days", scam.days)
            .with("last", scam.last_call)
            .with("victims", scam.victims)
            .with("loss", scam.loss_usd)
    });
}
