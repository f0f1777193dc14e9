//! The exercise's clock: one driver a room, which advances the session by the wall clock.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use hotwash_engine::SimTime;
use hotwash_exercise::{Act, FACILITATOR, Pace, Session};
use tokio::sync::watch;

use super::{Room, Table};
use crate::wall;

/// How often the world is advanced while the clock runs.
const STEP: Duration = Duration::from_millis(200);
/// How often browsers are told what time it is.
const TELL: Duration = Duration::from_secs(1);
/// How often it is kept how far the clock has come.
const KEEP: Duration = Duration::from_secs(5);

/// What time it is in the exercise, for everybody.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Tick {
    /// Simulated milliseconds since STARTEX.
    pub(crate) ms: i64,
    /// Civil date and time.
    pub(crate) at: String,
    /// Days since STARTEX, by the calendar.
    pub(crate) day: i64,
    /// Simulated milliseconds per second of the wall clock; 0 while it stands.
    pub(crate) pace: i64,
    /// Whether the exercise has ended.
    pub(crate) ended: bool,
}

/// What time it is in a session.
pub(super) fn tick_of(session: &Session) -> Tick {
    let calendar = session.sim().calendar();
    let now = SimTime::from_ms(session.now_ms());
    Tick {
        ms: now.ms(),
        at: calendar.date_time(now),
        day: calendar.day_number(now) - calendar.day_number(SimTime::STARTEX),
        pace: match session.state().pace {
            Pace::Running(pace) => pace,
            Pace::Paused => 0,
        },
        ended: session.state().endex_ms.is_some(),
    }
}

/// Which period of each digest it is: when one is over, what it summed up comes as a message. The last is
/// cut short by the end of the scenario.
pub(super) fn periods(session: &Session) -> Vec<i64> {
    let now = session.sim().now().ms();
    let digests = session.sim().catalogue().digests.iter();
    let period = |every: i64| now.div_euclid(every) + i64::from(session.is_over());
    digests.map(|(_, digest)| period(digest.every.ms().max(1))).collect()
}

/// Drives a room's clock until the server stops; then the clock stops too, and that is kept.
pub(crate) async fn drive(room: Arc<Room>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        if room.is_running.load(Ordering::Relaxed) {
            tokio::select! {
                () = tokio::time::sleep(STEP) => {}
                _ = stop.changed() => {}
            }
        } else {
            tokio::select! {
                () = room.wake.notified() => {}
                _ = stop.changed() => {}
            }
            continue;
        }
        let room = room.clone();
        // A panic in it is a bug of the model; the terminal has said so.
        let _ = tokio::task::spawn_blocking(move || room.run_on()).await;
    }
    let _ = tokio::task::spawn_blocking(move || room.rest()).await;
}

impl Room {
    /// One step of the driver's.
    fn run_on(&self) {
        let mut table = self.table();
        let is_at_stop = self.step(&mut table);
        let keeps = |run: &super::Run| wall::now().duration_since(run.kept) >= KEEP;
        if !is_at_stop && table.run.as_ref().is_some_and(keeps) {
            self.keep(&mut table, Act::Reached);
            if let Some(run) = &mut table.run {
                run.kept = wall::now();
            }
        }
        let named: &[_] = if is_at_stop { &["header", "screen"] } else { &[] };
        self.publish_world(&mut table, named);
    }

    /// Brings the world to where the wall clock says; where a decision comes up, or the scenario ends,
    /// the clock stops and this says so.
    pub(super) fn step(&self, table: &mut Table) -> bool {
        let (Some(run), Pace::Running(pace)) = (&table.run, table.session.state().pace) else {
            return false;
        };
        let elapsed = wall::now().duration_since(run.since).as_millis() as i128;
        let until = i128::from(run.from_ms) + elapsed * i128::from(pace) / 1000;
        let until = SimTime::from_ms(until.min(i128::from(SimTime::LIMIT)) as i64);
        match table.session.advance(until) {
            Ok(step) => {
                let stops = table.session.plan().stops_at_decisions;
                if (step.asked.is_empty() || !stops) && !step.is_over {
                    return false;
                }
            }
            Err(error) => self.house.tell(&format!("session {}: {error}", self.id)),
        }
        self.keep(table, Act::Pause);
        self.follow_pace(table);
        table.run = None;
        self.is_running.store(false, Ordering::Relaxed);
        true
    }

    /// Keeps where the clock stands.
    fn keep(&self, table: &mut Table, act: Act) {
        if let Err(refusal) = table.session.act(FACILITATOR, act, wall::now_ms()) {
            self.house.tell(&format!("session {}: {refusal}", self.id));
        }
    }

    /// The server stops.
    fn rest(&self) {
        let mut table = self.table();
        self.step(&mut table);
        let act = match table.session.state().pace {
            Pace::Running(_) => Act::Pause,
            Pace::Paused => Act::Reached,
        };
        let came_on = table.session.records().last().is_some_and(|r| r.ms < table.session.now_ms());
        if table.session.state().endex_ms.is_none() && (act == Act::Pause || came_on) {
            self.keep(&mut table, act);
        }
        table.run = None;
    }

    /// Tells the browsers of what a step brought, if it brought anything.
    fn publish_world(&self, table: &mut Table, named: &[crate::panels::Panel]) {
        let is_longer = table.session.lines().len() != table.told.entries
            || periods(&table.session) != table.told.periods;
        if is_longer || !named.is_empty() || table.session.open().len() != table.told.open.len() {
            self.publish(table, named);
        } else {
            self.tell_clock(table);
        }
    }

    /// Tells the browsers what time it is, once a second while the clock runs and at once otherwise.
    pub(super) fn tell_clock(&self, table: &mut Table) {
        let tick = tick_of(&table.session);
        let now = wall::now();
        let is_due = table.told.tick.is_none_or(|then| now.duration_since(then) >= TELL);
        let is_told = self.ticks.send_if_modified(|told| {
            let is_news = tick.pace == 0 || tick.pace != told.pace || is_due;
            let changes = is_news && *told != tick;
            if changes {
                *told = tick;
            }
            changes
        });
        if is_told {
            table.told.tick = Some(now);
        }
    }
}
