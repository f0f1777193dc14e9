//! How the crew moves within, and what it leaves behind to stay.

use hotwash_engine::{Cx, Event, On};
use hotwash_incident::events::HostileAct;
use hotwash_incident::{Act, Ledgers, SegmentId};

use super::build::Wiring;
use super::entry::title;
use super::footing::{Door, Intruder, Phase};
use super::kinds;

/// It tries to move on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    stay: u64,
}

impl Event for Turn {
    const NAME: &'static str = "intruder.turn";
}

/// Plans the next attempt, while there is anything left to move to.
pub(super) fn plan(cx: &mut Cx, crew: &Intruder, w: &Wiring) {
    if !crew.can_spread(&w.ground) {
        return;
    }
    let mut draw = cx.draw_at(w.streams.moves, 2 * crew.turns);
    let wait = cx.sample_span(w.moves.every, &mut draw);
    let has_directory =
        (0..w.ground.len()).any(|i| w.ground[i].holds_directory && crew.is_live(i, &w.ground));
    let faster = if has_directory { cx.value(w.moves.with_directory) } else { 1.0 };
    let wait = hotwash_engine::SimDuration::from_hours_f64(wait.hours() * faster);
    cx.after(wait, Turn { stay: crew.stay });
}

/// One attempt to move to another segment.
pub(super) fn turn(on: &mut On<'_, Turn>, crew: &mut Intruder, ledgers: &mut Ledgers, w: &Wiring) {
    if crew.stay != on.event.stay || crew.phase != Phase::Inside {
        return;
    }
    let mut draw = on.draw_at(w.streams.moves, 2 * crew.turns + 1);
    crew.turns += 1;
    let (succeeds, place) = (draw.uniform(), draw.uniform());
    // It moves by other people's credentials only; without any it waits until it has some again.
    let target = crew.has_credentials.then(|| crew.next_target(&w.ground, place)).flatten();
    if let Some(target) = target {
        let segment = SegmentId(target as u16);
        if succeeds < on.value(w.moves.success) {
            arrive(on, crew, ledgers, w, target);
        } else {
            on.note(&kinds::STOPPED, w.actor.id, |n| n.with("segment", title(w, target)));
            on.send(HostileAct { act: Act::Move, segment, amount: 1.0 });
        }
    }
    plan(on, crew, w);
}

fn arrive(
    on: &mut On<'_, Turn>,
    crew: &mut Intruder,
    ledgers: &mut Ledgers,
    w: &Wiring,
    target: usize,
) {
    let segment = SegmentId(target as u16);
    if on.reached(w.marks.moved_on).is_none() {
        on.note(&kinds::MOVED_ON, w.actor.id, |n| n.with("segment", title(w, target)));
        on.reach(w.marks.moved_on);
        let moved = on.cause();
        for proposition in &w.beyond_makes_true {
            ledgers.make_true(on, *proposition, w.actor.id);
        }
        on.because(moved);
    } else {
        let held = crew.held() + 1;
        on.note(&kinds::MOVED, w.actor.id, |n| {
            n.with("segment", title(w, target)).with("held", held)
        });
    }
    on.send(HostileAct { act: Act::Move, segment, amount: 1.0 });
    hold(on, crew, w, target);
}

/// Takes hold of a segment: reads the directory if it lies there, and leaves ways to come back.
pub(super) fn hold(cx: &mut Cx, crew: &mut Intruder, w: &Wiring, place: usize) {
    let segment = SegmentId(place as u16);
    crew.holds[place].is_held = true;
    crew.holds[place].was_entered = true;
    if w.ground[place].holds_directory {
        cx.note(&kinds::DIRECTORY, w.actor.id, |n| n.with("segment", title(w, place)));
        cx.send(HostileAct { act: Act::Directory, segment, amount: 1.0 });
    }
    let mut draw = cx.draw_at(w.streams.footholds, crew.setups);
    crew.setups += 1;
    let wants_tool = draw.uniform() < cx.value(w.footholds.remote_tool);
    let sets_tool = wants_tool && !crew.tools_blocked;
    let on_machines = cx.value(w.footholds.on_machines);
    let doors = cx.sample(w.footholds.back_doors, &mut draw).round() as u64;
    if doors == 0 && !sets_tool {
        return;
    }
    cx.note(&kinds::SET_UP, w.actor.id, |n| {
        let tool = if sets_tool { " and a remote-administration tool" } else { "" };
        n.with("doors", doors).with("segment", title(w, place)).with("tool", tool)
    });
    if sets_tool {
        crew.holds[place].has_tool = true;
        cx.send(HostileAct { act: Act::RemoteTool, segment, amount: 1.0 });
    }
    for _ in 0..doors.min(MOST_DOORS) {
        let hidden = draw.exponential(1.0);
        let is_on_machine = draw.uniform() < on_machines;
        let door = Door { segment: place, hidden, searched: 0.0, is_on_machine, is_open: true };
        crew.doors.push(door);
        cx.send(HostileAct { act: Act::BackDoor, segment, amount: 1.0 });
    }
}

/// Back doors that one setup may leave. No limit of the model: it only keeps a scenario with absurd
/// numbers from filling the memory.
const MOST_DOORS: u64 = 1_000;
