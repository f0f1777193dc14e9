//! Looking for the intruder: on a stranger's word, over the whole network, or without any cause.

use hotwash_engine::SimTime;
use hotwash_incident::{Act, StoreKind};

use super::decisions::helped;
use super::ids::{Hunting, IntrusionIds};
use super::jobs::Begun;
use super::state::{Piece, Scene, Task};
use super::{HuntRound, JobDone, case, intake, jobs, kinds, measures};
use crate::soc::decisions::{Channel, hazard};

/// Begins to look for an intruder in the logs of what can be reached from outside. Once traces were
/// found, or a wider search is under way or done, there is nothing left to verify.
pub(super) fn verify(scene: &mut Scene<'_>) {
    let s = &scene.work.search;
    let is_answered = s.is_scoping
        || s.scoped_at.is_some()
        || scene.work.places.iter().any(|place| place.is_found);
    if s.is_verifying || is_answered {
        return;
    }
    scene.work.search.is_verifying = true;
    scene.work.search.verified += 1;
    let hours = scene.cx.value(scene.ids.search.verify);
    let now = scene.cx.now();
    let Begun { number, until } = jobs::begin(scene, Task::Verify, hours, now);
    scene.cx.note(&kinds::VERIFYING, scene.ids.common.soc.id, |n| n.with("until", until));
    scene.cx.at(until, JobDone { number });
    intake::compare(scene);
}

/// Begins to search the whole network.
pub(super) fn scope(scene: &mut Scene<'_>) {
    if scene.work.search.is_scoping {
        return;
    }
    scene.work.search.is_scoping = true;
    scene.work.search.rounds += 1;
    let s = &scene.ids.search;
    let segments = scene.ids.network.segments.len() as f64;
    let hours = scene.cx.value(s.scope) + scene.cx.value(s.scope_per_segment) * segments;
    let now = scene.cx.now();
    let Begun { number, until } = jobs::begin(scene, Task::Scope, hours, now);
    let again = scene.work.search.rounds > 1;
    let kind = if again { &kinds::SCOPING_AGAIN } else { &kinds::SCOPING };
    scene.cx.note(kind, scene.ids.common.soc.id, |n| n.with("until", until));
    scene.cx.at(until, JobDone { number });
}

/// Finds the segments in which a search sees traces, of those it looks at: one number by segment and
/// round, so that more logs and better eyes never lose one.
fn find(
    scene: &mut Scene<'_>,
    stream: hotwash_engine::StreamId,
    round: u64,
    looks: f64,
    looks_at: impl Fn(&Scene<'_>, usize) -> bool,
) {
    let now = scene.cx.now();
    let retention = scene.ids.retention();
    let count = scene.trails.len();
    scene.work.found.clear();
    for segment in 0..count {
        if !looks_at(scene, segment) {
            continue;
        }
        let Some(since) = scene.trails[segment].provable_since(now, retention) else { continue };
        let occurrence = round * count as u64 + segment as u64;
        if scene.cx.draw_at(stream, occurrence).chance(looks) {
            scene.work.found.push((segment, since));
        }
    }
}

/// Titles of the segments that were found, for the journal.
fn titles(ids: &IntrusionIds, found: &[(usize, SimTime)]) -> String {
    ids.titles(found.iter().map(|(segment, _)| *segment))
}

/// The check of a stranger's claim is done.
pub(super) fn verified(scene: &mut Scene<'_>) {
    scene.work.search.is_verifying = false;
    let looks = scene.cx.value(scene.ids.search.verify_looks);
    let looks = experts(scene, looks);
    let round = scene.work.search.verified;
    find(scene, scene.ids.streams.verify, round, looks, |scene, segment| {
        scene.ids.network.segments[segment].is_exposed || scene.work.places[segment].is_known
    });
    let who = scene.ids.common.soc.id;
    if scene.work.found.is_empty() {
        scene.cx.note(&kinds::VERIFIED_NOT, who, |n| n);
        scene.find_nothing(scene.ids.evidence.check_empty);
        return;
    }
    let (ids, found) = (scene.ids, &scene.work.found);
    scene.cx.note(&kinds::VERIFIED, who, |n| n.with("where", titles(ids, found)));
    take_in(scene);
}

fn experts(scene: &mut Scene<'_>, looks: f64) -> f64 {
    let misses = scene.cx.value(scene.ids.forensics.misses);
    helped(looks, misses, scene.work.case.has_experts)
}

/// Traces were found: what they say of the intruder, and of what it took.
fn take_in(scene: &mut Scene<'_>) {
    scene.first_signal("traces in the logs");
    let mut is_beyond = false;
    for i in 0..scene.work.found.len() {
        let (segment, since) = scene.work.found[i];
        let is_new = !scene.work.places[segment].is_found;
        is_beyond |= is_new && !scene.ids.network.segments[segment].is_exposed;
        scene.work.places[segment].is_found = true;
        scene.work.know(segment, since);
    }
    let credibility = scene.cx.value(scene.ids.credibility.search);
    let e = &scene.ids.evidence;
    let channel = Channel::Search;
    scene.find(Piece { evidence: e.hunt_finds, credibility, channel });
    if is_beyond {
        scene.find(Piece { evidence: e.hunt_beyond, credibility, channel });
    }
    for i in 0..scene.work.found.len() {
        let (segment, _) = scene.work.found[i];
        show_transfer(scene, segment, credibility);
    }
}

/// Logs that show how much left a segment say so once.
fn show_transfer(scene: &mut Scene<'_>, segment: usize, credibility: f64) {
    let tb = scene.trails[segment].logged_tb;
    if tb <= 0.0 || scene.work.places[segment].is_told_transfer {
        return;
    }
    scene.work.places[segment].is_told_transfer = true;
    let network = &scene.ids.network;
    let place = hotwash_incident::SegmentId(segment as u16);
    scene.cx.note(&kinds::SHOWS_TRANSFER, scene.ids.common.soc.id, |n| {
        let stores: Vec<&str> = network.stores_in(place).map(|(_, s)| s.title.as_str()).collect();
        let stores =
            if stores.is_empty() { "nothing of note".to_owned() } else { stores.join(", ") };
        n.with("tb", tb)
            .with("where", network.segment(place).title.as_str())
            .with("stores", stores)
            .with("act", Act::Transfer.name())
    });
    let e = &scene.ids.evidence;
    let lies = |kinds: &[StoreKind]| network.stores_in(place).any(|(_, s)| kinds.contains(&s.kind));
    // That symbols left says no more than that somebody was there.
    let (documents, source) =
        (lies(&[StoreKind::Documents, StoreKind::Models]), lies(&[StoreKind::SourceCode]));
    for (is_there, evidence) in [(documents, e.logs_show_transfer), (source, e.logs_show_source)] {
        if is_there {
            scene.find(Piece { evidence, credibility, channel: Channel::Search });
        }
    }
}

/// The whole network has been searched.
pub(super) fn scoped(scene: &mut Scene<'_>) {
    scene.work.search.is_scoping = false;
    let looks = scene.cx.value(scene.ids.search.scope_looks);
    let looks = experts(scene, looks);
    let round = scene.work.search.rounds;
    find(scene, scene.ids.streams.scope, round, looks, |_, _| true);
    let who = scene.ids.common.soc.id;
    let again = scene.work.search.scoped_at.is_some();
    let (ids, found) = (scene.ids, &scene.work.found);
    if found.is_empty() {
        let kind = if again { &kinds::SCOPED_AGAIN } else { &kinds::SCOPED_EMPTY };
        scene.cx.note(kind, who, |n| n.with("where", ids.titles([])));
    } else {
        let kind = if again { &kinds::SCOPED_AGAIN } else { &kinds::SCOPED };
        // What an earlier look has shown was written down, whatever the logs have lost since.
        let since = found.iter().map(|(_, at)| *at).chain(scene.work.since).min();
        let since = since.unwrap_or_default();
        scene.cx.note(kind, who, |n| n.with("where", titles(ids, found)).with("since", since));
    }
    scene.cx.reach(scene.ids.scoped);
    let now = scene.cx.now();
    scene.work.search.scoped_at.get_or_insert(now);
    if scene.work.found.is_empty() {
        scene.find_nothing(scene.ids.evidence.hunt_empty);
    } else {
        take_in(scene);
    }
    let places = &scene.work.places;
    let missed = |(trail, place): (&hotwash_incident::network::Trail, &super::state::Place)| {
        trail.first.is_some() && !place.is_known
    };
    let missed = scene.trails.iter().zip(places).filter(|both| missed(*both)).count();
    scene.work.search.missed = missed as u64;
    measures::after_scope(scene);
}

/// Sets the first hunt without a cause on its way, where there are such.
pub(super) fn begin_hunts(scene: &mut Scene<'_>) {
    if scene.ids.hunting != Hunting::None {
        next_hunt(scene);
    }
}

fn next_hunt(scene: &mut Scene<'_>) {
    let s = &scene.ids.search;
    let every = match scene.ids.hunting {
        Hunting::None => return,
        Hunting::Quarterly => s.quarterly,
        Hunting::Continuous => s.continuous,
    };
    let every = scene.cx.value_span(every).max(hotwash_engine::SimDuration::DAY);
    let due = scene.on_shift(scene.cx.now() + every);
    scene.cx.at(due, HuntRound {});
}

/// A hunt without a cause: every logged act that nobody has gone over yet may be recognised. Hazards
/// add up against one threshold by segment, so that more traces never put off a find.
pub(super) fn hunt_round(scene: &mut Scene<'_>) {
    next_hunt(scene);
    scene.work.search.hunts += 1;
    let s = &scene.ids.search;
    let work = match scene.ids.hunting {
        Hunting::Continuous => s.continuous_work,
        _ => s.quarterly_work,
    };
    let hours = scene.cx.value(work);
    scene.soc.work(scene.cx, hours);
    let per_trace = hazard(scene.cx.value(s.per_trace));
    let (now, retention) = (scene.cx.now(), scene.ids.retention());
    let count = scene.trails.len() as u64;
    scene.work.found.clear();
    let mut last = None;
    for (segment, trail) in scene.trails.iter().enumerate() {
        let place = &mut scene.work.places[segment];
        let fresh = trail.logged.saturating_sub(place.hunted);
        place.hunted = trail.logged;
        let Some(since) = trail.provable_since(now, retention) else { continue };
        place.hazard += fresh as f64 * per_trace;
        let occurrence = place.finds * count + segment as u64;
        let mut threshold = scene.cx.draw_at(scene.ids.streams.hunt, occurrence);
        if fresh > 0 && place.hazard >= threshold.exponential(1.0) {
            place.finds += 1;
            place.hazard = 0.0;
            scene.work.found.push((segment, since));
            last = last.max(trail.last_logged);
        }
    }
    let (ids, found) = (scene.ids, &scene.work.found);
    if found.is_empty() {
        return;
    }
    let again = scene.work.places.iter().map(|p| p.finds).sum::<u64>() > found.len() as u64;
    let kind = if again { &kinds::HUNT_FOUND_AGAIN } else { &kinds::HUNT_FOUND };
    scene.cx.note(kind, ids.common.soc.id, |n| n.with("where", titles(ids, found)));
    take_in(scene);
    if let Some(last) = last {
        case::seen_again(scene, last, "a hunt through the logs");
    }
}
