//! Handlers of the insider: working days, sales, and what stops him.

use hotwash_engine::{Event, On, SimTime, Start};
use hotwash_incident::Ledgers;
use hotwash_incident::events::{AccountSuspended, InsiderAlarmed, LeadsSold, RecordsRead};

use super::{Insider, Wiring, decisions, kinds};

/// A working day on which he may read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Workday;

impl Event for Workday {
    const NAME: &'static str = "insider.workday";
}

/// He meets the buyer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sale;

impl Event for Sale {
    const NAME: &'static str = "insider.sale";
}

pub(super) fn start(on: &mut On<'_, Start>, insider: &mut Insider, w: &Wiring) {
    let active = on.value_span(w.active);
    let reads_on_for = on.value_span(w.reads_on_for);
    let first = on.calendar().next_open((w.first_sale - active).max(w.run_start));
    let last = w.first_sale + reads_on_for;
    let pace = w.estate.need_check_pace.map_or(1.0, |pace| on.value(pace));
    let (appetite, store) = (on.value(w.appetite), on.value(w.estate.records));
    insider.target = decisions::target(appetite, pace, store);
    insider.days_left = workdays(on, first, last);
    insider.is_reading = insider.days_left > 0;
    if insider.is_reading {
        on.at(first, Workday);
    }
    on.at(w.first_sale, Sale);
}

fn workdays(on: &On<'_, Start>, first: SimTime, last: SimTime) -> u64 {
    let calendar = on.calendar();
    let days = calendar.day_number(first)..=calendar.day_number(last);
    days.filter(|day| calendar.is_business_day(*day)).count() as u64
}

/// Reads today's share, and plans the next working day.
pub(super) fn workday(
    on: &mut On<'_, Workday>,
    insider: &mut Insider,
    ledgers: &mut Ledgers,
    w: &Wiring,
) {
    if !insider.is_reading {
        return;
    }
    let day = on.calendar().day_number(on.now());
    let mut draw = on.draw_at(w.reading, day.unsigned_abs());
    let vary = on.sample(w.day_to_day, &mut draw);
    let left = insider.target - insider.read;
    let count = decisions::reading_today(left, insider.days_left, vary);
    insider.days_left -= 1;
    if count > 0 {
        read(on, insider, ledgers, w, count);
    }
    if insider.days_left == 0 || insider.read >= insider.target {
        insider.is_reading = false;
        on.note(&kinds::FINISHED, w.who, |n| n.with("read", insider.read));
        return;
    }
    let tomorrow = on.calendar().start_of_day(day + 1);
    let next = on.calendar().next_open(tomorrow);
    on.at(next, Workday);
}

fn read(
    on: &mut On<'_, Workday>,
    insider: &mut Insider,
    ledgers: &mut Ledgers,
    w: &Wiring,
    count: u64,
) {
    let is_first = insider.read == 0;
    insider.read += count;
    insider.last_read = Some(on.now());
    insider.unsold += count;
    if on.reached(w.first_signal).is_none() {
        insider.read_before_signal += count;
    }
    if is_first {
        let target = insider.target;
        on.note(&kinds::FIRST_READ, w.who, |n| {
            n.with("motive", w.motive.as_str()).with("count", count).with("target", target)
        });
        on.reach(w.first_action);
        for proposition in &w.makes_true {
            ledgers.make_true(on, *proposition, w.who);
        }
    } else {
        on.note(&kinds::READ, w.who, |n| n.with("count", count).with("read", insider.read));
    }
    on.send(RecordsRead { count });
}

/// Sells what he has read since the last sale.
pub(super) fn sale(
    on: &mut On<'_, Sale>,
    insider: &mut Insider,
    ledgers: &mut Ledgers,
    w: &Wiring,
) {
    if insider.is_over {
        return;
    }
    let mut draw = on.draw_at(w.sales, insider.batches);
    if insider.unsold > 0 {
        let store = on.value(w.estate.records);
        let chance = decisions::canary_chance(insider.unsold, store - insider.sold as f64);
        let planted = w.estate.canaries.saturating_sub(insider.canaries_sold);
        let canaries = draw.binomial(planted, chance);
        hand_over(on, insider, ledgers, w, canaries);
    }
    if insider.is_reading {
        // A stream of its own per batch: how many canaries were drawn must not move the date.
        let mut draw = on.draw_at(w.sales, DATES + insider.batches);
        let wait = on.sample_span(w.sells_every, &mut draw);
        on.after(wait, Sale);
        return;
    }
    insider.is_over = true;
    if insider.batches > 0 {
        on.note(&kinds::LAST_SALE, w.who, |n| {
            n.with("sold", insider.sold).with("batch", insider.batches)
        });
        on.reach(w.last_exfiltration);
    }
}

/// Tickets from here on are for the dates of sales, those before for their contents.
const DATES: u64 = 1 << 32;

fn hand_over(
    on: &mut On<'_, Sale>,
    insider: &mut Insider,
    ledgers: &mut Ledgers,
    w: &Wiring,
    canaries: u64,
) {
    let records = insider.unsold;
    let phone_share = on.value(w.phone_share);
    insider.unsold = 0;
    insider.sold += records;
    insider.batches += 1;
    insider.canaries_sold += canaries;
    if insider.batches == 1 {
        on.note(&kinds::FIRST_SALE, w.who, |n| {
            n.with("records", records).with("phones", phone_share)
        });
        on.reach(w.first_exfiltration);
        let sold = on.cause();
        for proposition in &w.first_sale_makes_true {
            ledgers.make_true(on, *proposition, w.who);
        }
        on.because(sold);
    } else {
        on.note(&kinds::SALE, w.who, |n| n.with("records", records).with("batch", insider.batches));
    }
    on.send(LeadsSold { records, phone_share, canaries });
}

/// His account is shut: he reads no more, and what he had not sold yet is lost to him.
pub(super) fn suspended(on: &mut On<'_, AccountSuspended>, insider: &mut Insider, w: &Wiring) {
    let was_active = insider.is_reading || !insider.is_over;
    insider.is_reading = false;
    if !was_active {
        return;
    }
    insider.is_over = true;
    on.note(&kinds::SHUT_OUT, w.who, |n| {
        n.with("sold", insider.sold).with("unsold", insider.unsold)
    });
    if insider.batches > 0 {
        on.reach(w.last_exfiltration);
    }
}

/// He notices that somebody is looking. He deletes nothing, and still sells what he has.
pub(super) fn alarmed(on: &mut On<'_, InsiderAlarmed>, insider: &mut Insider, w: &Wiring) {
    let mut draw = on.draw_at(w.alarms, insider.alarms);
    insider.alarms += 1;
    if !insider.is_reading || insider.read == 0 {
        return;
    }
    let stops = on.value(w.alarm_stops);
    if draw.chance(stops) {
        insider.is_reading = false;
        on.note(&kinds::SCARED, w.who, |n| n.with("read", insider.read));
    } else {
        on.note(&kinds::UNDETERRED, w.who, |n| n);
    }
}
