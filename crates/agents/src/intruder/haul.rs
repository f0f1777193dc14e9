//! How the crew takes files out: week by week, at a rate that it dares.

use hotwash_engine::{Event, On, SimDuration};
use hotwash_incident::events::{DataTaken, HostileAct};
use hotwash_incident::{Act, Ledgers, StoreId};

use super::build::Wiring;
use super::decisions;
use super::footing::{Intruder, Phase};
use super::kinds;

const WEEK: SimDuration = SimDuration::from_days(7);

/// A week of transfers.
#[derive(Clone, Copy, Debug)]
pub(super) struct HaulWeek {
    pub(super) stay: u64,
}

impl Event for HaulWeek {
    const NAME: &'static str = "intruder.haul-week";
}

/// Whether it wants more of a store and can work where it lies.
fn can_take(crew: &Intruder, w: &Wiring, store: usize) -> bool {
    let segment = usize::from(w.book.stores[store].segment.0);
    crew.wants[store] > crew.taken[store] && crew.is_live(segment, &w.ground)
}

/// Takes this week's share out, and plans the next week.
pub(super) fn week(
    on: &mut On<'_, HaulWeek>,
    crew: &mut Intruder,
    ledgers: &mut Ledgers,
    w: &Wiring,
) {
    let stay = on.event.stay;
    if crew.stay != stay || crew.phase != Phase::Inside {
        return;
    }
    if crew.is_lying_low {
        // It keeps still; the weeks go on, and transfers with the first one after it.
        on.after(WEEK, HaulWeek { stay });
        return;
    }
    let careful = if crew.is_cautious { on.value(w.exfiltration.cautious) } else { 1.0 };
    let rate = on.value(w.exfiltration.rate) * careful;
    let mut left = decisions::weekly_tb(rate, on.value(w.exfiltration.duty));
    let mut waiting = (0..crew.taken.len()).filter(|i| can_take(crew, w, *i)).count() as u64;
    if waiting > 0 && left > 0.0 {
        let (week_tb, stores) = (left, waiting);
        for store in 0..crew.taken.len() {
            if can_take(crew, w, store) {
                let want = crew.wants[store] - crew.taken[store];
                let tb = decisions::portion(left, waiting, want);
                left -= tb;
                waiting -= 1;
                take(on, crew, ledgers, w, Batch { store, tb, rate });
            }
        }
        let total: f64 = crew.taken.iter().sum();
        on.note(&kinds::HAUL, w.actor.id, |n| {
            n.with("tb", week_tb - left).with("stores", stores).with("total", total)
        });
    }
    if is_done(crew, w) {
        finish(on, crew, w);
    } else {
        on.after(WEEK, HaulWeek { stay });
    }
}

/// What leaves of one store in one week.
#[derive(Clone, Copy)]
struct Batch {
    store: usize,
    tb: f64,
    rate: f64,
}

fn take(
    on: &mut On<'_, HaulWeek>,
    crew: &mut Intruder,
    ledgers: &mut Ledgers,
    w: &Wiring,
    Batch { store, tb, rate }: Batch,
) {
    let info = &w.book.stores[store];
    let segment = info.segment;
    if on.reached(w.marks.first_exfiltration).is_none() {
        on.note(&kinds::FIRST_HAUL, w.actor.id, |n| {
            n.with("store", info.title.as_str()).with("rate", rate)
        });
        on.reach(w.marks.first_exfiltration);
    }
    if crew.taken[store] <= 0.0 {
        on.send(HostileAct { act: Act::Collect, segment, amount: 1.0 });
    }
    // At the last batch the sum is what it wanted, not almost that.
    let is_last = tb >= crew.wants[store] - crew.taken[store];
    crew.taken[store] = if is_last { crew.wants[store] } else { crew.taken[store] + tb };
    on.send(HostileAct { act: Act::Transfer, segment, amount: rate });
    on.send(DataTaken { store: StoreId(store as u16), tb, mbit_s: rate });
    let (share, enough) = (on.value(w.appetite.worth_having), on.value(w.appetite.worth_having_tb));
    let (taken, size) = (crew.taken[store], crew.sizes[store]);
    if crew.has_worth[store] || !decisions::is_worth_having(taken, size, share, enough) {
        return;
    }
    crew.has_worth[store] = true;
    if info.makes_true.is_empty() {
        return;
    }
    let before = on.cause();
    on.note(&kinds::HAS_WORTH, w.actor.id, |n| {
        n.with("store", info.title.as_str()).with("tb", taken)
    });
    for proposition in &info.makes_true {
        ledgers.make_true(on, *proposition, w.actor.id);
    }
    on.because(before);
}

/// Whether nothing more can leave: nothing is wanted of what it holds, and it cannot get further.
fn is_done(crew: &Intruder, w: &Wiring) -> bool {
    let wants_more = |i: usize| {
        let segment = usize::from(w.book.stores[i].segment.0);
        crew.holds[segment].is_held && crew.wants[i] > crew.taken[i]
    };
    let could_get = |i: usize| {
        let segment = usize::from(w.book.stores[i].segment.0);
        !crew.holds[segment].is_held && crew.wants[i] > crew.taken[i]
    };
    let stores = crew.taken.len();
    let has_other_door =
        (0..w.ground.len()).any(|i| w.ground[i].is_exposed && !crew.holds[i].is_held);
    let is_more_ahead =
        (has_other_door || crew.can_spread(&w.ground)) && (0..stores).any(could_get);
    !(0..stores).any(wants_more) && !is_more_ahead
}

fn finish(on: &mut On<'_, HaulWeek>, crew: &mut Intruder, w: &Wiring) {
    if crew.is_done {
        return;
    }
    crew.is_done = true;
    let total: f64 = crew.taken.iter().sum();
    on.note(&kinds::DONE, w.actor.id, |n| n.with("total", total));
    if total > 0.0 {
        on.reach(w.marks.last_exfiltration);
    }
}
