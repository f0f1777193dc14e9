//! What the leaver does: notice, planting, the last day, and the weeks after it.

use hotwash_engine::{Cx, Event, On, SimDuration, SimTime, Start};
use hotwash_incident::events::{DataTaken, HostileAct};
use hotwash_incident::{Act, Ledgers, SegmentId};

use super::decisions::{self, Review, Way};
use super::response::{Offboarded, Reported, ReviewWeek, Seen};
use super::{Leaver, Wiring, kinds};

const WEEK: SimDuration = SimDuration::from_days(7);
/// Uses of one week that are sent one by one. No limit of the model: it only keeps a scenario with
/// absurd numbers from filling the agenda.
const MOST_ACTS: u64 = 1_000;
const GB_PER_TB: f64 = 1_000.0;

macro_rules! own_events {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(super) struct $name;
        impl Event for $name { const NAME: &'static str = $text; }
    )*};
}

own_events! {
    /// Notice is given.
    Notice "leaver.notice";
    /// Keyloggers go in.
    Plant "leaver.plant";
    /// The last day ends.
    Leave "leaver.leave";
    /// A week after leaving.
    Visit "leaver.visit";
}

impl Way {
    const fn name(self) -> &'static str {
        match self {
            Way::OldAccount => "an account that should have been shut",
            Way::Harvested => "a colleague's password",
        }
    }

    const fn act(self) -> Act {
        match self {
            Way::OldAccount => Act::OldAccount,
            Way::Harvested => Act::Login,
        }
    }
}

pub(super) fn start(on: &mut On<'_, Start>, leaver: &mut Leaver, w: &Wiring) {
    leaver.keys.own = true;
    leaver.keys.shared = on.value(w.planting.shared_passwords).round() as u64;
    let store = w.network.store(w.store).size;
    leaver.appetite_tb = on.value(w.using.appetite).min(on.value(store));
    on.at(w.gives_notice, Notice);
    on.at(w.leaves, Leave);
}

pub(super) fn notice(on: &mut On<'_, Notice>, _: &mut Leaver, w: &Wiring) {
    let machines = on.value(w.planting.machines).round() as u64;
    on.note(&kinds::GAVE_NOTICE, w.who, |n| {
        n.with("days", (w.leaves - w.gives_notice).days()).with("machines", machines)
    });
    let hours = (w.leaves - w.gives_notice).hours() * on.value(w.planting.moment);
    let at = on.calendar().next_open(w.gives_notice + SimDuration::from_hours_f64(hours));
    // The last day is a working day even where the calendar has it closed.
    on.at(at.min(w.leaves - SimDuration::HOUR), Plant);
    if w.review != Review::None {
        on.after(WEEK, ReviewWeek);
    }
}

pub(super) fn plant(on: &mut On<'_, Plant>, leaver: &mut Leaver, w: &Wiring) {
    if !leaver.keys.own {
        on.note(&kinds::FORESTALLED, w.who, |n| n);
        return;
    }
    let machines = on.value(w.planting.machines);
    leaver.planted = decisions::planted(on.value(w.planting.keyloggers).min(machines));
    leaver.alive = leaver.planted;
    leaver.listening_since = on.now();
    on.note(&kinds::PLANTED, w.who, |n| {
        n.with("count", leaver.planted.count_ones()).with("motive", w.motive.as_str())
    });
    on.reach(w.marks.first_action);
    on.send(HostileAct { act: Act::Keylog, segment: w.segment, amount: 1.0 });
    let chance = match w.review {
        Review::None => 0.0,
        Review::Sampled => on.value(w.controls.seen_sampled),
        Review::All => on.value(w.controls.seen_all),
    };
    // One number for every kind of review: a closer one never misses what samples show.
    if on.draw_at(w.streams.review, 0).chance(chance) {
        let takes = on.value_span(w.controls.review_takes);
        on.after(takes, Seen);
    }
}

pub(super) fn leave(on: &mut On<'_, Leave>, leaver: &mut Leaver, w: &Wiring) {
    leaver.has_left = true;
    on.note(&kinds::LEFT, w.who, |n| n);
    if !leaver.is_offboarded {
        let delay = w.offboarding_takes(on, w.pace);
        on.after(delay, Offboarded);
    }
    if w.reimages {
        w.reimage_later(on, leaver);
    }
    let waits = on.value_span(w.using.waits);
    on.after(waits, Visit);
    leaver.weigh_access(on, w);
}

/// A week in which the leaver may come back.
pub(super) fn visit(
    on: &mut On<'_, Visit>,
    leaver: &mut Leaver,
    ledgers: &mut Ledgers,
    w: &Wiring,
) {
    if leaver.is_over || leaver.is_shut_out {
        return;
    }
    let week = leaver.weeks;
    leaver.weeks += 1;
    harvest(on, leaver, week, w);
    let interest = on.value_span(w.using.interest);
    if on.now() - w.leaves > interest {
        finish(on, leaver, "lost interest", w);
        return;
    }
    let mean = on.value(w.using.uses_per_week);
    let uses = on.draw_at(w.streams.uses, week).poisson(mean);
    if let Some(way) = leaver.keys.way()
        && uses > 0
        && !leaver.is_cut(w.segment)
    {
        enter(on, leaver, ledgers, (way, uses), w);
        notice_use(on, way, uses, week, w);
        take(on, leaver, ledgers, (uses, week), w);
    }
    if leaver.taken_tb >= leaver.appetite_tb {
        finish(on, leaver, "had what was wanted", w);
        return;
    }
    on.after(WEEK, Visit);
}

/// What the keyloggers caught since the last visit.
fn harvest(cx: &mut Cx, leaver: &mut Leaver, week: u64, w: &Wiring) {
    if leaver.alive == 0 {
        return;
    }
    let weeks = (cx.now() - leaver.listening_since).days() / WEEK.days();
    leaver.listening_since = cx.now();
    let mean = f64::from(leaver.alive.count_ones()) * weeks * cx.value(w.using.harvest_per_week);
    let mut draw = cx.draw_at(w.streams.harvest, week);
    let caught = draw.poisson(mean);
    let works = w.network.second_factor.map_or(1.0, |share| cx.value(share));
    leaver.keys.harvested += draw.binomial(caught, works);
    leaver.weigh_access(cx, w);
}

fn enter(
    cx: &mut Cx,
    leaver: &mut Leaver,
    ledgers: &mut Ledgers,
    (way, uses): (Way, u64),
    w: &Wiring,
) {
    let is_first = leaver.uses == 0;
    leaver.uses += uses;
    if is_first {
        let days = (cx.now() - w.leaves).days();
        cx.note(&kinds::ENTERED, w.who, |n| n.with("way", way.name()).with("days", days));
        cx.reach(w.marks.entered);
        let entered = cx.cause();
        for proposition in &w.entered_makes_true {
            ledgers.make_true(cx, *proposition, w.who);
        }
        cx.because(entered);
    } else {
        cx.note(&kinds::USED, w.who, |n| n.with("uses", uses).with("way", way.name()));
    }
    // Each use may be logged and may raise an alert.
    for _ in 0..uses.min(MOST_ACTS) {
        cx.send(HostileAct { act: way.act(), segment: w.segment, amount: 1.0 });
    }
}

/// A colleague may notice it.
fn notice_use(cx: &mut Cx, way: Way, uses: u64, week: u64, w: &Wiring) {
    let chance = match way {
        Way::OldAccount => cx.value(w.using.noticed_old),
        Way::Harvested => cx.value(w.using.noticed_login),
    };
    let mut draw = cx.draw_at(w.streams.noticing, week);
    let is_noticed = draw.chance(decisions::noticed(uses, chance));
    let delay = cx.sample_span(w.using.report, &mut draw);
    if is_noticed {
        cx.after(delay, Reported { act: way.act() });
    }
}

fn take(
    cx: &mut Cx,
    leaver: &mut Leaver,
    ledgers: &mut Ledgers,
    (uses, week): (u64, u64),
    w: &Wiring,
) {
    let store = w.network.store(w.store);
    let mut draw = cx.draw_at(w.streams.documents, week);
    let at_a_time = cx.sample(w.using.at_a_time, &mut draw);
    let tb = decisions::portion(at_a_time, uses, leaver.appetite_tb - leaver.taken_tb);
    if tb <= 0.0 || leaver.is_cut(store.segment) {
        return;
    }
    let is_first = leaver.taken_tb == 0.0;
    leaver.taken_tb += tb;
    let (gb, sum) = (tb * GB_PER_TB, leaver.taken_tb * GB_PER_TB);
    let title = store.title.as_str();
    if is_first {
        cx.note(&kinds::FIRST_TAKEN, w.who, |n| n.with("gb", gb).with("store", title));
        cx.reach(w.marks.first_exfiltration);
        let taken = cx.cause();
        for proposition in &w.taken_makes_true {
            ledgers.make_true(cx, *proposition, w.who);
        }
        cx.because(taken);
    } else {
        cx.note(&kinds::TAKEN, w.who, |n| n.with("gb", gb).with("store", title).with("sum", sum));
    }
    let (segment, mbit_s) = (store.segment, cx.value(w.using.rate));
    cx.send(HostileAct { act: Act::Collect, segment, amount: 1.0 });
    cx.send(HostileAct { act: Act::Transfer, segment, amount: mbit_s });
    cx.send(DataTaken { store: w.store, tb, mbit_s });
}

fn finish(cx: &mut Cx, leaver: &mut Leaver, why: &'static str, w: &Wiring) {
    leaver.is_over = true;
    cx.note(&kinds::FINISHED, w.who, |n| {
        n.with("why", why).with("sum", leaver.taken_tb * GB_PER_TB).with("uses", leaver.uses)
    });
    if leaver.taken_tb > 0.0 {
        cx.reach(w.marks.last_exfiltration);
    }
}

impl Leaver {
    pub(super) fn is_cut(&self, segment: SegmentId) -> bool {
        self.cut[usize::from(segment.0)]
    }

    /// Counts the days with access, and marks when the last way in is gone.
    pub(super) fn weigh_access(&mut self, cx: &mut Cx, w: &Wiring) {
        if !self.has_left || self.is_shut_out {
            return;
        }
        let now: SimTime = cx.now();
        match (self.keys.way(), self.access_since) {
            (Some(_), None) => self.access_since = Some(now),
            (None, Some(since)) => {
                self.access_days += (now - since).days();
                self.access_since = None;
            }
            _ => {}
        }
        if self.keys.way().is_none() && self.alive == 0 {
            self.is_shut_out = true;
            cx.note(&kinds::SHUT_OUT, w.who, |n| n);
            cx.reach(w.marks.evicted);
            if self.taken_tb > 0.0 {
                cx.reach(w.marks.last_exfiltration);
            }
        }
    }
}
