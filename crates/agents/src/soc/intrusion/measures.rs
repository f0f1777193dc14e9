//! What is done against the intruder: cutting off, new passwords, closing back doors, all in one go;
//! what it costs, and when the vendor takes the intruder to be out.

use hotwash_engine::{SimDuration, SimTime};
use hotwash_incident::SegmentId;
use hotwash_incident::events::{
    BackDoorsHunted, CostKind, CredentialsReset, MachinesReimaged, RemoteToolsBlocked,
    SegmentQuarantined, SegmentReleased,
};

use super::decisions::{Closing, Pass};
use super::jobs::Begun;
use super::state::{CaseState, Measure, Scene, Task};
use super::{JobDone, MeasureDone, Quiet, Release, Unblock, case, jobs, kinds, search};
use crate::soc::SocOrder;

/// Obeys an order to do something against the intruder.
pub(super) fn order(scene: &mut Scene<'_>, order: SocOrder) {
    // That the names exist was checked when the orders were read.
    let place = |name: &str| scene.ids.network.find_segment(name).ok();
    let measure = match order {
        SocOrder::Quarantine(name) => place(name.as_str()).map(Measure::Cut),
        SocOrder::QuarantineKnown => Some(Measure::CutKnown),
        SocOrder::ResetCredentials => Some(Measure::Reset),
        SocOrder::BlockRemoteTools => Some(Measure::Block),
        SocOrder::HuntBackDoors => Some(Measure::Hunt),
        SocOrder::Reimage(name) => place(name.as_str()).map(Measure::Reimage),
        SocOrder::EvictFully => Some(Measure::Together),
        _ => None,
    };
    if let Some(measure) = measure {
        case::take_up(scene);
        begin(scene, measure);
    }
}

/// Begins a measure.
fn begin(scene: &mut Scene<'_>, measure: Measure) {
    let m = &scene.ids.measures;
    let ordered = &mut scene.work.measures;
    match measure {
        Measure::Cut(_) | Measure::CutKnown => ordered.cut = true,
        Measure::Reset => ordered.reset = true,
        Measure::Block => ordered.block = true,
        Measure::Hunt => ordered.hunt = true,
        Measure::Together => ordered.together = true,
        Measure::Reimage(_) => {}
    }
    // Nothing is quiet while something is done.
    ordered.round += 1;
    ordered.is_quiet = false;
    // Who throws the intruder out in one go must first know where it is.
    if measure == Measure::Together && scene.work.search.scoped_at.is_none() {
        scene.work.search.then_evict = true;
        search::scope(scene);
        return;
    }
    let now = scene.cx.now();
    let due = now
        + match measure {
            Measure::Cut(_) | Measure::CutKnown => scene.cx.value_span(m.quarantine),
            Measure::Reset => scene.cx.value_span(m.reset),
            Measure::Block => scene.cx.value_span(m.block),
            Measure::Reimage(_) => scene.cx.value_span(m.reimage),
            Measure::Together => scene.cx.value_span(m.together),
            Measure::Hunt => SimDuration::ZERO,
        };
    scene.work.measures.pending += 1;
    if matches!(measure, Measure::Hunt | Measure::Together) {
        let hours = scene.cx.value(m.hunt);
        let Begun { number, until } = jobs::begin(scene, Task::Measure(measure), hours, due);
        note_begun(scene, measure, until);
        scene.cx.at(until, JobDone { number });
    } else {
        note_begun(scene, measure, due);
        scene.cx.at(due, MeasureDone { measure });
    }
    if let Measure::Reimage(segment) = measure {
        let place = &mut scene.work.places[usize::from(segment.0)];
        place.anew += 1;
        place.still_since.get_or_insert(now);
    }
}

fn note_begun(scene: &mut Scene<'_>, measure: Measure, until: SimTime) {
    let ids = scene.ids;
    scene.cx.note(&kinds::MEASURE_BEGUN, ids.common.soc.id, |n| {
        let what = match measure {
            Measure::Cut(s) => format!("cut off {}", ids.network.segment(s).title),
            Measure::CutKnown => "cut off every segment with traces".to_owned(),
            Measure::Reset => "make every password new".to_owned(),
            Measure::Block => "block remote-administration tools".to_owned(),
            Measure::Hunt => "look for back doors".to_owned(),
            Measure::Reimage(s) => {
                format!("set up the machines of {} anew", ids.network.segment(s).title)
            }
            Measure::Together => "throw the intruder out in one go".to_owned(),
        };
        n.with("what", what).with("until", until)
    });
}

/// A measure has been carried out.
pub(super) fn done(scene: &mut Scene<'_>, measure: Measure) {
    scene.work.measures.pending -= 1;
    scene.work.treated.clear();
    match measure {
        Measure::Cut(s) | Measure::Reimage(s) => scene.work.treated.push(usize::from(s.0)),
        Measure::CutKnown | Measure::Together => list_those_to_cut(scene),
        Measure::Reset | Measure::Block | Measure::Hunt => {}
    }
    tell(scene, measure);
    match measure {
        Measure::Cut(_) | Measure::CutKnown => cut_off(scene, false),
        Measure::Reset => reset(scene),
        Measure::Block => block(scene),
        Measure::Hunt => close_doors(scene, false),
        Measure::Reimage(s) => reimage(scene, s),
        Measure::Together => {
            cut_off(scene, true);
            reset(scene);
            block(scene);
            close_doors(scene, true);
            let usd = scene.cx.value(scene.ids.measures.together_usd);
            scene.pay(CostKind::Investigation, usd);
        }
    }
    if scene.work.measures.pending == 0 && !scene.work.search.then_evict {
        carried_out(scene);
    }
}

/// Lists the segments in which traces were found, and those by which somebody can come in from outside.
fn list_those_to_cut(scene: &mut Scene<'_>) {
    for (i, segment) in scene.ids.network.segments.iter().enumerate() {
        if segment.is_exposed || scene.work.places[i].is_known {
            scene.work.treated.push(i);
        }
    }
}

fn tell(scene: &mut Scene<'_>, measure: Measure) {
    scene.work.tally.measures += 1;
    let again = scene.work.tally.seen_again > 0;
    let kind = if again { &kinds::MEASURE_AGAIN } else { &kinds::MEASURE_DONE };
    let (ids, places) = (scene.ids, &scene.work.treated);
    scene.cx.note(kind, ids.common.soc.id, |n| {
        let places = ids.titles(places.iter().copied());
        let what = match measure {
            Measure::Cut(_) | Measure::CutKnown => format!("cut off {places}"),
            Measure::Reset => "made every password new".to_owned(),
            Measure::Block => "blocked remote-administration tools".to_owned(),
            Measure::Hunt => "looked for back doors and closed what it found".to_owned(),
            Measure::Reimage(_) => format!("set up the machines of {places} anew"),
            Measure::Together => format!(
                "in one go cut off {places}, made every password new, blocked remote-administration tools and closed the back doors it found"
            ),
        };
        n.with("what", what)
    });
}

/// Cuts the segments off that the measure is about. Where everything is done in one go the business waits for it, so that it is short
/// and has an end that nobody puts off.
fn cut_off(scene: &mut Scene<'_>, is_together: bool) {
    let now = scene.cx.now();
    let m = &scene.ids.measures;
    let holds = scene.cx.value_span(if is_together { m.together_holds } else { m.holds });
    let can_wait = !is_together;
    for i in 0..scene.work.treated.len() {
        let segment = scene.work.treated[i];
        let place = &mut scene.work.places[segment];
        let is_new = !place.is_cut_off;
        place.is_cut_off = true;
        place.still_since.get_or_insert(now);
        place.cuts += 1;
        place.is_covered = true;
        let number = place.cuts;
        let segment = SegmentId(segment as u16);
        if is_new {
            scene.cx.send(SegmentQuarantined { segment });
        }
        scene.cx.after(holds, Release { segment, number, can_wait });
    }
}

/// A segment is let back in, unless it was cut off anew since, or work goes on.
pub(super) fn release(scene: &mut Scene<'_>, event: Release) {
    let place = scene.work.places[usize::from(event.segment.0)];
    if place.cuts != event.number || !place.is_cut_off {
        return;
    }
    if event.can_wait && case::is_busy(scene) {
        scene.cx.after(SimDuration::DAY, event);
        return;
    }
    scene.work.places[usize::from(event.segment.0)].is_cut_off = false;
    may_go_on(scene, event.segment);
    let title = scene.ids.network.segment(event.segment).title.as_str();
    scene.cx.note(&kinds::RELEASED, scene.ids.common.soc.id, |n| n.with("where", title));
    scene.cx.send(SegmentReleased { segment: event.segment });
}

/// A reason for which a segment stood still is gone. Once none is left, the time is paid, so that a
/// segment which is cut off while its machines are set up anew stands still once.
fn may_go_on(scene: &mut Scene<'_>, segment: SegmentId) {
    let place = &scene.work.places[usize::from(segment.0)];
    if !place.is_cut_off && place.anew == 0 {
        stood_still(scene, segment);
    }
}

fn stood_still(scene: &mut Scene<'_>, segment: SegmentId) {
    let Some(since) = scene.work.places[usize::from(segment.0)].still_since.take() else { return };
    let days = (scene.cx.now() - since).days();
    scene.work.tally.standstill += days;
    let per_day = scene.cx.value(scene.ids.network.segment(segment).standstill_usd_per_day);
    scene.pay(CostKind::Disruption, per_day * days);
}

fn reset(scene: &mut Scene<'_>) {
    scene.cx.send(CredentialsReset {});
    let m = &scene.ids.measures;
    let usd = scene.cx.value(m.employees) * scene.cx.value(m.reset_usd);
    scene.pay(CostKind::Disruption, usd);
}

fn block(scene: &mut Scene<'_>) {
    let now = scene.cx.now();
    let state = &mut scene.work.measures;
    if state.blocked.is_none() {
        state.blocked = Some(now);
        scene.cx.send(RemoteToolsBlocked { is_blocked: true });
    }
    state.blocks += 1;
    let number = state.blocks;
    let holds = scene.cx.value_span(scene.ids.measures.block_holds);
    scene.cx.after(holds, Unblock { number });
}

/// Remote-administration tools are let in again, unless they were blocked anew since.
pub(super) fn unblock(scene: &mut Scene<'_>, number: u32) {
    let Some(since) = scene.work.measures.blocked else { return };
    if number != scene.work.measures.blocks {
        return;
    }
    scene.work.measures.blocked = None;
    went_without(scene, since);
    scene.cx.note(&kinds::UNBLOCKED, scene.ids.common.soc.id, |n| n);
    scene.cx.send(RemoteToolsBlocked { is_blocked: false });
}

fn went_without(scene: &mut Scene<'_>, since: SimTime) {
    let days = (scene.cx.now() - since).days();
    let usd = scene.cx.value(scene.ids.measures.block_usd_per_day) * days;
    scene.pay(CostKind::Disruption, usd);
}

/// Goes through every segment for back doors.
fn close_doors(scene: &mut Scene<'_>, is_together: bool) {
    let m = &scene.ids.measures;
    let closing = Closing {
        best: scene.cx.value(m.closes),
        unknown: scene.cx.value(m.unknown),
        unlogged: scene.cx.value(m.unlogged),
        together_misses: scene.cx.value(m.together_misses),
        expert_misses: scene.cx.value(scene.ids.forensics.misses),
    };
    for segment in 0..scene.work.places.len() {
        let place = &mut scene.work.places[segment];
        place.is_covered = true;
        let pass = Pass {
            is_known: place.is_known,
            visibility: scene.ids.network.segments[segment].visibility(scene.cx),
            is_together,
            has_experts: scene.work.case.has_experts,
        };
        let thoroughness = closing.thoroughness(pass);
        let segment = Some(SegmentId(segment as u16));
        scene.cx.send(BackDoorsHunted { segment, thoroughness });
    }
}

fn reimage(scene: &mut Scene<'_>, segment: SegmentId) {
    let place = &mut scene.work.places[usize::from(segment.0)];
    place.is_covered = true;
    place.anew -= 1;
    scene.cx.send(MachinesReimaged { segment: Some(segment) });
    may_go_on(scene, segment);
}

/// Everything ordered so far has been done.
fn carried_out(scene: &mut Scene<'_>) {
    let now = scene.cx.now();
    let state = &mut scene.work.measures;
    let again = state.done_at.is_some();
    state.done_at = Some(now);
    state.round += 1;
    let round = state.round;
    let kind = if again { &kinds::CONTAINED_AGAIN } else { &kinds::CONTAINED };
    scene.cx.note(kind, scene.ids.common.soc.id, |n| n);
    scene.cx.reach(scene.ids.contained);
    let quiet = scene.cx.value_span(scene.ids.measures.quiet);
    scene.cx.after(quiet, Quiet { round });
}

/// Nothing has been seen of the intruder for a while.
pub(super) fn quiet(scene: &mut Scene<'_>, round: u32) {
    let state = &mut scene.work.measures;
    if round != state.round || state.pending > 0 || scene.work.search.then_evict {
        return;
    }
    if scene.work.search.is_scoping {
        state.is_quiet = true;
        return;
    }
    // Where traces were found and nothing was done, nobody thinks that it is over.
    let is_open = scene.work.places.iter().any(|p| p.is_known && !p.is_covered);
    if !is_open {
        thought_out(scene);
    }
}

/// The vendor takes the intruder to be out, rightly or not.
pub(super) fn thought_out(scene: &mut Scene<'_>) {
    if scene.work.case.state == CaseState::Out {
        return;
    }
    let again = scene.cx.reached(scene.ids.thought_out).is_some();
    let kind = if again { &kinds::THOUGHT_OUT_AGAIN } else { &kinds::THOUGHT_OUT };
    scene.cx.note(kind, scene.ids.common.soc.id, |n| n);
    scene.cx.reach(scene.ids.thought_out);
    case::out(scene);
}

/// A search of the whole network has ended: what waited for it goes on.
pub(super) fn after_scope(scene: &mut Scene<'_>) {
    if scene.work.search.then_evict {
        scene.work.search.then_evict = false;
        begin(scene, Measure::Together);
    } else if scene.work.measures.is_quiet {
        scene.work.measures.is_quiet = false;
        let round = scene.work.measures.round;
        let quiet = scene.cx.value_span(scene.ids.measures.quiet);
        scene.cx.after(quiet, Quiet { round });
    }
}

/// Does again what was done before; the intruder is still there.
pub(super) fn repeat(scene: &mut Scene<'_>) {
    let done = scene.work.measures;
    if done.together {
        begin(scene, Measure::Together);
        return;
    }
    for (was_done, measure) in [
        (done.cut, Measure::CutKnown),
        (done.reset, Measure::Reset),
        (done.block, Measure::Block),
        (done.hunt, Measure::Hunt),
    ] {
        if was_done {
            begin(scene, measure);
        }
    }
}

/// The end of the run: what still stands still is paid.
pub(super) fn settle(scene: &mut Scene<'_>) {
    for segment in 0..scene.work.places.len() {
        stood_still(scene, SegmentId(segment as u16));
    }
    if let Some(since) = scene.work.measures.blocked.take() {
        went_without(scene, since);
    }
}
