//! What the vendor does about a leaver, and what it leaves of the ways in.

use hotwash_engine::{Cx, Event, On, SimDuration};
use hotwash_incident::events::{
    BackDoorsHunted, Bearer, CostIncurred, CostKind, CredentialsReset, HostAlert, HoursWorked,
    MachinesReimaged, SecurityTold, SegmentQuarantined, SegmentReleased, Teller,
};
use hotwash_incident::{Act, EvidenceId};

use super::decisions::{self, Keys, Pace, Review};
use super::{Leaver, LeaverOrder, Wiring, kinds};

const WEEK: SimDuration = SimDuration::from_days(7);
/// Places in [`Leaver::counts`].
const HUNTS: usize = 0;
const REIMAGINGS: usize = 1;
const LOOKS: usize = 2;

/// A week of notice has been looked through.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReviewWeek;
impl Event for ReviewWeek {
    const NAME: &'static str = "leaver.review-week";
}

/// A review comes to the sessions in which the keyloggers were planted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen;
impl Event for Seen {
    const NAME: &'static str = "leaver.seen";
}

/// A second look is done.
#[derive(Clone, Copy, Debug)]
pub(super) struct LookedAgain {
    is_found: bool,
}
impl Event for LookedAgain {
    const NAME: &'static str = "leaver.looked-again";
}

/// A colleague reports what looked odd.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reported {
    pub(super) act: Act,
}
impl Event for Reported {
    const NAME: &'static str = "leaver.reported";
}

/// The accounts are shut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offboarded;
impl Event for Offboarded {
    const NAME: &'static str = "leaver.offboarded";
}

/// The machines are set up anew.
#[derive(Clone, Copy, Debug)]
pub(super) struct MachinesDone;
impl Event for MachinesDone {
    const NAME: &'static str = "leaver.machines-done";
}

impl Wiring {
    /// Time until the accounts are shut. All paces are read off one number, so that another pace
    /// moves no other draw.
    pub(super) fn offboarding_takes(&self, cx: &mut Cx, pace: Pace) -> SimDuration {
        let mut draw = cx.draw_at(self.streams.offboarding, 0);
        match pace {
            Pace::SameDay => cx.sample_span(self.offboarding.same_day, &mut draw),
            Pace::Weekly => cx.sample_span(self.offboarding.weekly, &mut draw),
            Pace::OnRequest => cx.sample_span(self.offboarding.on_request, &mut draw),
        }
    }

    /// Has the machines set up anew, unless that is under way.
    pub(super) fn reimage_later(&self, cx: &mut Cx, leaver: &mut Leaver) {
        if std::mem::replace(&mut leaver.is_reimaging, true) {
            return;
        }
        let takes = cx.value_span(self.controls.reimage_takes);
        cx.after(takes, MachinesDone);
    }

    fn tell(&self, cx: &mut Cx, by: Teller, evidence: EvidenceId, credibility: f64) {
        cx.send(SecurityTold { matter: self.matter, by, evidence, credibility });
    }
}

/// Sessions of the week are looked through; ordinary work looks like sabotage now and then.
pub(super) fn review_week(on: &mut On<'_, ReviewWeek>, leaver: &mut Leaver, w: &Wiring) {
    let share = match w.review {
        Review::None => return,
        Review::Sampled => on.value(w.controls.sampled),
        Review::All => 1.0,
    };
    let hours = on.value(w.controls.review_hours) * share;
    on.send(HoursWorked { hours });
    let week = ((on.now() - w.gives_notice).days() / WEEK.days()).round() as u64;
    let mean = on.value(w.controls.false_per_week) * share;
    let count = on.draw_at(w.streams.odd, week).poisson(mean);
    if count > 0 {
        on.note(&kinds::LOOKED_ODD, w.office, |n| n.with("count", count));
        let segment = w.segment;
        let act = Act::Keylog;
        on.send(HostAlert { act, segment, is_real: false, count, origin: week });
    }
    if !leaver.has_left {
        on.after(WEEK, ReviewWeek);
    }
}

pub(super) fn seen(on: &mut On<'_, Seen>, leaver: &mut Leaver, w: &Wiring) {
    find(on, leaver, w);
}

fn find(cx: &mut Cx, leaver: &mut Leaver, w: &Wiring) {
    if leaver.is_found {
        return;
    }
    leaver.is_found = true;
    cx.note(&kinds::SEEN, w.office, |n| n);
    cx.reach(w.marks.first_signal);
    let credibility = cx.value(w.reports.review_credibility);
    w.tell(cx, Teller::Reviewer, w.reports.review, credibility);
}

pub(super) fn looked_again(on: &mut On<'_, LookedAgain>, leaver: &mut Leaver, w: &Wiring) {
    if on.event.is_found {
        find(on, leaver, w);
    } else {
        on.note(&kinds::NOT_SEEN, w.office, |n| n);
    }
}

pub(super) fn reported(on: &mut On<'_, Reported>, leaver: &mut Leaver, w: &Wiring) {
    let act = on.event.act;
    let what = match act {
        Act::OldAccount => "a login with the account of somebody who has left",
        _ => "a login that its owner did not make",
    };
    leaver.noticed += 1;
    let kind = if leaver.noticed == 1 { &kinds::NOTICED } else { &kinds::NOTICED_AGAIN };
    on.note(kind, w.colleague, |n| n.with("what", what));
    on.reach(w.marks.first_signal);
    let credibility = on.value(w.reports.colleague_credibility);
    w.tell(on, Teller::Colleague, w.reports.colleague, credibility);
}

pub(super) fn ordered(on: &mut On<'_, LeaverOrder>, leaver: &mut Leaver, w: &Wiring) {
    match on.event {
        LeaverOrder::OffboardNow if !leaver.is_offboarded => {
            let delay = w.offboarding_takes(on, Pace::SameDay);
            on.after(delay, Offboarded);
        }
        LeaverOrder::OffboardNow => {}
        LeaverOrder::ReimageMachines => w.reimage_later(on, leaver),
        LeaverOrder::ReviewSessions => look_again(on, leaver, w),
    }
}

fn look_again(cx: &mut Cx, leaver: &mut Leaver, w: &Wiring) {
    let (seen, share) = match w.review {
        Review::None => {
            cx.note(&kinds::NOT_RECORDED, w.office, |n| n);
            return;
        }
        Review::Sampled => (cx.value(w.controls.seen_sampled), cx.value(w.controls.sampled)),
        Review::All => (cx.value(w.controls.seen_all), 1.0),
    };
    leaver.counts[LOOKS] += 1;
    let chance = seen * cx.value(w.controls.second_look);
    let is_planted = leaver.planted != 0;
    let is_found = cx.draw_at(w.streams.review, leaver.counts[LOOKS]).chance(chance) && is_planted;
    let weeks = (cx.now().min(w.leaves) - w.gives_notice).days().max(0.0) / WEEK.days();
    let hours = cx.value(w.controls.review_hours) * share * weeks;
    cx.send(HoursWorked { hours });
    let takes = cx.value_span(w.controls.review_takes);
    cx.after(takes, LookedAgain { is_found });
}

/// The own account goes, and of the shared passwords all that somebody thought of.
pub(super) fn offboarded(on: &mut On<'_, Offboarded>, leaver: &mut Leaver, w: &Wiring) {
    if leaver.is_offboarded {
        return;
    }
    leaver.is_offboarded = true;
    leaver.keys.own = false;
    on.note(&kinds::OFFBOARDED, w.office, |n| n);
    if on.now() < w.leaves {
        // Somebody who administers nothing any more is paid all the same, and others do the work.
        let usd = (w.leaves - on.now()).days() * on.value(w.offboarding.idle_usd_per_day);
        on.send(CostIncurred { kind: CostKind::Disruption, bearer: Bearer::Vendor, usd });
    }
    let works = w.network.second_factor.map_or(1.0, |share| on.value(share));
    let missed = on.value(w.offboarding.missed) * works;
    let mut draw = on.draw_at(w.streams.offboarding, 1);
    let count = decisions::forgotten(leaver.keys.shared, missed, &mut draw);
    leaver.keys.shared = count;
    if count > 0 {
        on.note(&kinds::FORGOTTEN, w.office, |n| n.with("count", count));
    }
    leaver.weigh_access(on, w);
}

pub(super) fn machines_done(on: &mut On<'_, MachinesDone>, leaver: &mut Leaver, w: &Wiring) {
    leaver.is_reimaging = false;
    let machines = on.value(w.planting.machines).round();
    on.note(&kinds::REIMAGED, w.office, |n| n.with("machines", machines as u64));
    let hours = machines * on.value(w.controls.reimage_hours);
    on.send(HoursWorked { hours });
    reimage(on, leaver, w);
}

pub(super) fn machines_reimaged(
    on: &mut On<'_, MachinesReimaged>,
    leaver: &mut Leaver,
    w: &Wiring,
) {
    if on.event.segment.is_none_or(|segment| segment == w.segment) {
        reimage(on, leaver, w);
    }
}

fn reimage(cx: &mut Cx, leaver: &mut Leaver, w: &Wiring) {
    // Who knows what to look for misses none.
    let removed = if leaver.is_found { 1.0 } else { cx.value(w.controls.reimage_removes) };
    leaver.counts[REIMAGINGS] += 1;
    let mut draw = cx.draw_at(w.streams.reimaging, leaver.counts[REIMAGINGS]);
    let left = decisions::survivors(leaver.alive, removed, &mut draw);
    remove(cx, leaver, left, w);
}

pub(super) fn hunted(on: &mut On<'_, BackDoorsHunted>, leaver: &mut Leaver, w: &Wiring) {
    let BackDoorsHunted { segment, thoroughness } = on.event;
    if segment.is_some_and(|segment| segment != w.segment) {
        return;
    }
    leaver.counts[HUNTS] += 1;
    let mut draw = on.draw_at(w.streams.hunts, leaver.counts[HUNTS]);
    let left = decisions::survivors(leaver.alive, thoroughness, &mut draw);
    remove(on, leaver, left, w);
}

fn remove(cx: &mut Cx, leaver: &mut Leaver, left: u64, w: &Wiring) {
    let removed = (leaver.alive & !left).count_ones();
    leaver.alive = left;
    if removed > 0 {
        cx.note(&kinds::REMOVED, w.who, |n| {
            n.with("count", removed).with("left", left.count_ones())
        });
    }
    leaver.weigh_access(cx, w);
}

/// Caught passwords are void until keyloggers that are left catch the new ones. Whoever still works
/// here is given the new ones like all others.
pub(super) fn credentials_reset(
    on: &mut On<'_, CredentialsReset>,
    leaver: &mut Leaver,
    w: &Wiring,
) {
    leaver.listening_since = on.now();
    if !leaver.has_left {
        return;
    }
    let void = leaver.keys.harvested + leaver.keys.shared + u64::from(leaver.keys.own);
    leaver.keys = Keys::default();
    if void > 0 {
        on.note(&kinds::VOIDED, w.who, |n| {
            n.with("count", void).with("left", leaver.alive.count_ones())
        });
    }
    leaver.weigh_access(on, w);
}

pub(super) fn quarantined(on: &mut On<'_, SegmentQuarantined>, leaver: &mut Leaver, _: &Wiring) {
    leaver.cut[usize::from(on.event.segment.0)] = true;
}

pub(super) fn released(on: &mut On<'_, SegmentReleased>, leaver: &mut Leaver, _: &Wiring) {
    leaver.cut[usize::from(on.event.segment.0)] = false;
}
