//! How the crew gets in: logins come along, a second factor may stop them, one of them opens the door.

use hotwash_engine::{Cx, Event, On, SimDuration, Start};
use hotwash_incident::events::HostileAct;
use hotwash_incident::{Act, Ledgers, SegmentId, StoreKind};

use super::build::Wiring;
use super::footing::{Intruder, Phase};
use super::{decisions, haul, kinds, spread};

const WEEK: SimDuration = SimDuration::from_days(7);

/// It turns to this vendor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Begin;

impl Event for Begin {
    const NAME: &'static str = "intruder.begin";
}

/// It starts to try again after it has been thrown out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Approach;

impl Event for Approach {
    const NAME: &'static str = "intruder.approach";
}

/// A week of guessing passwords.
#[derive(Clone, Copy, Debug)]
pub(super) struct GuessWeek {
    stay: u64,
}

impl Event for GuessWeek {
    const NAME: &'static str = "intruder.guess-week";
}

/// A login that works came along.
#[derive(Clone, Copy, Debug)]
pub(super) struct LoginCame {
    stay: u64,
    is_guessed: bool,
}

impl Event for LoginCame {
    const NAME: &'static str = "intruder.login-came";
}

pub(super) fn start(on: &mut On<'_, Start>, w: &Wiring) {
    on.at(w.begins, Begin);
}

/// Sees what this run has in store for it, and begins to try.
pub(super) fn begin(on: &mut On<'_, Begin>, crew: &mut Intruder, ledgers: &Ledgers, w: &Wiring) {
    let is_in_reach = w.reach.is_none_or(|reach| ledgers.is_true(reach));
    for (i, store) in w.book.stores.iter().enumerate() {
        let appetite = on.value(match store.kind {
            StoreKind::SourceCode => w.appetite.source_code,
            StoreKind::DebugSymbols => w.appetite.debug_symbols,
            StoreKind::Documents => w.appetite.documents,
            StoreKind::Models => w.appetite.models,
        });
        crew.sizes[i] = on.value(store.size);
        let may_take = store.kind != StoreKind::SourceCode || is_in_reach;
        crew.wants[i] = decisions::want(crew.sizes[i], appetite, may_take);
    }
    let sealed = on.value(w.moves.entry_sealed);
    for i in (0..w.ground.len()).filter(|i| w.ground[*i].is_exposed) {
        crew.holds[i].is_sealed = on.draw_at(w.streams.seals, i as u64).chance(sealed);
    }
    on.note(&kinds::KNOCKING, w.actor.id, |n| n);
    on.reach(w.marks.first_action);
    knock(on, crew, w);
}

/// Tries again after it has been thrown out.
pub(super) fn approach(on: &mut On<'_, Approach>, crew: &mut Intruder, w: &Wiring) {
    knock(on, crew, w);
}

fn knock(cx: &mut Cx, crew: &mut Intruder, w: &Wiring) {
    crew.phase = Phase::Outside;
    crew.stay += 1;
    cx.send(GuessWeek { stay: crew.stay });
    wait_for_login(cx, crew, w);
}

/// Plans the next login that works; none when both sources are dry.
fn wait_for_login(cx: &mut Cx, crew: &Intruder, w: &Wiring) {
    let botnet = cx.value(w.credentials.botnet_per_month);
    let guess = cx.value(w.credentials.guess_success);
    let mut draw = cx.draw_at(w.streams.logins, crew.logins);
    let waits = (draw.exponential(1.0), draw.exponential(1.0));
    let next = decisions::next_login(botnet, guess, waits);
    let wait = SimDuration::from_hours_f64(next.days * 24.0);
    if next.days.is_finite() && cx.now() + wait <= cx.horizon() {
        cx.after(wait, LoginCame { stay: crew.stay, is_guessed: next.is_guessed });
    }
}

/// Guesses of one week leave their traces at once.
pub(super) fn guess_week(on: &mut On<'_, GuessWeek>, crew: &Intruder, w: &Wiring) {
    let stay = on.event.stay;
    if crew.stay != stay || crew.phase != Phase::Outside {
        return;
    }
    on.after(WEEK, GuessWeek { stay });
    let tries = on.value(w.credentials.guess_tries) * WEEK.days();
    let doors = (0..w.ground.len()).filter(|i| w.ground[*i].is_exposed && !crew.holds[*i].is_shut);
    let count = doors.clone().count() as f64;
    if tries <= 0.0 {
        return;
    }
    for segment in doors.map(|i| SegmentId(i as u16)) {
        on.send(HostileAct { act: Act::Guess, segment, amount: tries / count });
    }
}

/// A login came along: in, unless a second factor or a closed door stops it.
pub(super) fn login_came(
    on: &mut On<'_, LoginCame>,
    crew: &mut Intruder,
    ledgers: &mut Ledgers,
    w: &Wiring,
) {
    let LoginCame { stay, is_guessed } = on.event;
    if crew.stay != stay || crew.phase != Phase::Outside {
        return;
    }
    let mut draw = on.draw_at(w.streams.entries, crew.logins);
    crew.logins += 1;
    let (passes, place) = (draw.uniform(), draw.uniform());
    let open =
        || (0..w.ground.len()).filter(|i| w.ground[*i].is_exposed && !crew.holds[*i].is_shut);
    let count = open().count();
    let door = open().nth((place * count as f64) as usize);
    let Some(segment) = door else {
        wait_for_login(on, crew, w);
        return;
    };
    let left = w.book.second_factor.map_or(1.0, |left| on.value(left));
    if passes < left {
        enter(on, crew, ledgers, w, segment, is_guessed);
        return;
    }
    on.note(&kinds::REFUSED, w.actor.id, |n| n.with("segment", title(w, segment)));
    on.send(HostileAct { act: Act::Guess, segment: SegmentId(segment as u16), amount: 1.0 });
    wait_for_login(on, crew, w);
}

fn enter(
    on: &mut On<'_, LoginCame>,
    crew: &mut Intruder,
    ledgers: &mut Ledgers,
    w: &Wiring,
    segment: usize,
    is_guessed: bool,
) {
    crew.has_credentials = true;
    let how = if is_guessed { "a guessed password" } else { "a password that its botnet stole" };
    if on.reached(w.marks.entered).is_none() {
        on.note(&kinds::ENTERED, w.actor.id, |n| {
            n.with("segment", title(w, segment)).with("how", how)
        });
        on.reach(w.marks.entered);
        let entered = on.cause();
        for proposition in &w.entered_makes_true {
            ledgers.make_true(on, *proposition, w.actor.id);
        }
        on.because(entered);
    } else {
        note_return(on, crew, w, segment, how);
    }
    on.send(HostileAct { act: Act::Login, segment: SegmentId(segment as u16), amount: 1.0 });
    spread::hold(on, crew, w, segment);
    settle_in(on, crew, w);
}

/// It is in again.
pub(super) fn note_return(
    cx: &mut Cx,
    crew: &mut Intruder,
    w: &Wiring,
    segment: usize,
    how: &'static str,
) {
    crew.came_back += 1;
    cx.note(&kinds::CAME_BACK, w.actor.id, |n| {
        n.with("segment", title(w, segment)).with("how", how)
    });
    cx.reach(w.marks.came_back);
}

/// It is in: plans its moves and its transfers, and drops what it had planned before.
pub(super) fn settle_in(cx: &mut Cx, crew: &mut Intruder, w: &Wiring) {
    crew.phase = Phase::Inside;
    crew.stay += 1;
    spread::plan(cx, crew, w);
    let looks_around = cx.value_span(w.exfiltration.starts_after);
    cx.after(looks_around, haul::HaulWeek { stay: crew.stay });
}

/// A segment as printed.
pub(super) fn title(w: &Wiring, segment: usize) -> &str {
    &w.book.segments[segment].title
}
