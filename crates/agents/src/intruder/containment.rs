//! What the vendor's measures take from the crew, and how it comes back.

use hotwash_engine::{Cx, Event, On};
use hotwash_incident::events::HostileAct;
use hotwash_incident::{Act, SegmentId};

use super::build::Wiring;
use super::entry::{self, Approach};
use super::footing::{Intruder, Phase};
use super::kinds;

/// It has lain low long enough.
#[derive(Clone, Copy, Debug)]
pub(super) struct Resume {
    /// Which time of lying low it ends.
    lull: u64,
}

impl Event for Resume {
    const NAME: &'static str = "intruder.resume";
}

/// The vendor did something against it.
pub(super) fn disturbed(cx: &mut Cx, crew: &mut Intruder, w: &Wiring) {
    if matches!(crew.phase, Phase::Inside | Phase::CutOff) {
        crew.is_cautious = true;
    }
    take_stock(cx, crew, w);
}

/// Sees what is left of its ways in.
pub(super) fn take_stock(cx: &mut Cx, crew: &mut Intruder, w: &Wiring) {
    match crew.phase {
        Phase::Inside if !crew.has_anything_left() => evicted(cx, crew, w),
        Phase::Inside if !crew.is_inside(&w.ground) => cut_off(cx, crew, w),
        Phase::Inside if !crew.has_credentials => lie_low(cx, crew, w),
        Phase::CutOff if !crew.has_anything_left() => evicted(cx, crew, w),
        Phase::CutOff if crew.is_connected(&w.ground) => lie_low(cx, crew, w),
        _ => {}
    }
}

fn cut_off(cx: &mut Cx, crew: &mut Intruder, w: &Wiring) {
    crew.phase = Phase::CutOff;
    crew.stay += 1;
    crew.last_out = Some(cx.now());
    let doors = crew.doors_left();
    cx.note(&kinds::CUT_OFF, w.actor.id, |n| n.with("doors", doors));
    if crew.is_connected(&w.ground) {
        lie_low(cx, crew, w);
    }
}

/// Keeps still for a while before it uses what was left to it.
fn lie_low(cx: &mut Cx, crew: &mut Intruder, w: &Wiring) {
    if crew.is_lying_low {
        return;
    }
    crew.is_lying_low = true;
    let mut draw = cx.draw_at(w.streams.lulls, crew.lulls);
    crew.lulls += 1;
    let wait = cx.sample_span(w.persistence.lies_low, &mut draw);
    cx.after(wait, Resume { lull: crew.lulls });
}

/// Uses what was left to it: steals new credentials, and goes on or comes back.
pub(super) fn resume(on: &mut On<'_, Resume>, crew: &mut Intruder, w: &Wiring) {
    if !crew.is_lying_low || crew.lulls != on.event.lull {
        return;
    }
    crew.is_lying_low = false;
    let Some(segment) = crew.door_step(&w.ground) else { return };
    let is_by_password = crew.has_credentials;
    crew.has_credentials = true;
    let doors = crew.doors_left();
    match crew.phase {
        Phase::CutOff => {
            let how = if is_by_password {
                "a password that still works"
            } else {
                "a way in that was left open"
            };
            entry::note_return(on, crew, w, segment, how);
            let segment_id = SegmentId(segment as u16);
            on.send(HostileAct { act: Act::Login, segment: segment_id, amount: 1.0 });
            crew.holds[segment].is_held = true;
            crew.holds[segment].was_entered = true;
            entry::settle_in(on, crew, w);
        }
        Phase::Inside if !is_by_password => {
            on.note(&kinds::WENT_ON, w.actor.id, |n| n.with("doors", doors));
        }
        _ => {}
    }
}

/// Nothing is left: it tries to come back some time, or turns to others.
fn evicted(cx: &mut Cx, crew: &mut Intruder, w: &Wiring) {
    if crew.phase == Phase::Inside {
        crew.last_out = Some(cx.now());
    }
    crew.stay += 1;
    crew.lose_all();
    let total: f64 = crew.taken.iter().sum();
    cx.note(&kinds::EVICTED, w.actor.id, |n| n.with("total", total));
    cx.reach(w.marks.evicted);
    let mut draw = cx.draw_at(w.streams.returns, crew.evictions);
    let most = cx.value(w.persistence.most_returns);
    let returns = draw.uniform() < cx.value(w.persistence.returns);
    let tries = (crew.evictions as f64) < most.round();
    crew.evictions += 1;
    if returns && tries {
        crew.phase = Phase::Elsewhere;
        let wait = cx.sample_span(w.persistence.returns_after, &mut draw);
        cx.after(wait, Approach);
        return;
    }
    crew.phase = Phase::Gone;
    cx.note(&kinds::GAVE_UP, w.actor.id, |n| n);
    if total > 0.0 {
        cx.reach(w.marks.last_exfiltration);
    }
}
