//! A room: a session with the clock that drives it and the browsers that look at it.
//!
//! The session is behind a lock that is held for one act, one step of the clock or one page at a time,
//! always on a thread that may block: acts wait for the disk.

mod clock;
mod wash;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use hotwash_exercise::{Act, FACILITATOR, Pace, Refusal, Seat, Session, View};
use tokio::sync::{Notify, watch};

use crate::house::House;
use crate::page::{self, Links, Sight, Wash};
use crate::panels::{self, Panel};
use crate::ring::{Feed, Ring, held};
use crate::wall;

pub(crate) use clock::{Tick, drive};
use wash::Washed;

/// The person that the projector's screen is.
pub(crate) const SCREEN: &str = "screen";
/// People that a session takes at most.
const MOST_PEOPLE: usize = 250;

/// A room.
pub(crate) struct Room {
    /// The session's id.
    pub(crate) id: String,
    table: Mutex<Table>,
    ring: Ring,
    house: Arc<dyn House>,
    ticks: watch::Sender<Tick>,
    version: AtomicU64,
    /// Whether the clock runs; the driver looks here without the lock.
    is_running: AtomicBool,
    /// Wakes the driver.
    wake: Notify,
    wash: Mutex<Option<Washed>>,
    files: Mutex<Vec<(String, std::path::PathBuf)>>,
    /// Set when the server stops.
    stop: Arc<AtomicBool>,
}

/// The session and how far the browsers know of it.
struct Table {
    session: Session,
    run: Option<Run>,
    told: Told,
}

/// Since when the clock runs.
struct Run {
    from_ms: i64,
    since: Instant,
    /// When it was last kept how far the clock has come.
    kept: Instant,
}

/// What the browsers have been told of.
#[derive(Default)]
struct Told {
    entries: usize,
    generation: u32,
    open: Vec<usize>,
    /// Which period of each digest it is.
    periods: Vec<i64>,
    tick: Option<Instant>,
}

/// Who looks at a page, and what only they are shown besides.
pub(crate) struct Looker<'a> {
    pub(crate) person: &'a str,
    pub(crate) base: &'a str,
    pub(crate) code: &'a str,
    pub(crate) links: Option<Links<'a>>,
}

impl Room {
    /// A room around a session, with its clock stopped. A session that has ended has its hot wash.
    pub(crate) fn open(
        id: String,
        session: Session,
        house: Arc<dyn House>,
        stop: Arc<AtomicBool>,
    ) -> Arc<Room> {
        let has_ended = session.state().endex_ms.is_some();
        let tick = clock::tick_of(&session);
        let files = if has_ended { house.files(&id) } else { Vec::new() };
        let room = Arc::new(Room {
            id,
            table: Mutex::new(Table { session, run: None, told: Told::default() }),
            ring: Ring::default(),
            house,
            ticks: watch::Sender::new(tick),
            version: AtomicU64::new(1),
            is_running: AtomicBool::new(false),
            wake: Notify::new(),
            wash: Mutex::new(None),
            files: Mutex::new(files),
            stop,
        });
        let mut table = room.table();
        room.publish(&mut table, &[]);
        drop(table);
        if has_ended {
            wash::begin(&room);
        }
        room
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        held(&self.table)
    }

    /// Does something and tells the browsers of it.
    pub(crate) fn act(self: &Arc<Self>, by: &str, act: Act) -> Result<u64, Refusal> {
        let mut table = self.table();
        let moves_the_clock = matches!(act, Act::Run { .. } | Act::Pause);
        if moves_the_clock && table.session.seats(by).contains(&Seat::Facilitator) {
            let is_at_stop = self.step(&mut table);
            if is_at_stop && matches!(act, Act::Run { .. }) {
                self.publish(&mut table, panels::OPEN);
                return Err(Refusal::Wrong("a decision came up just now".to_owned()));
            }
        }
        let sets_the_pace = moves_the_clock || matches!(act, Act::Rewind { .. } | Act::Endex);
        let named = panels::changed_by(&act);
        let is_endex = matches!(act, Act::Endex);
        let n = table.session.act(by, act, wall::now_ms())?;
        match named {
            Some(named) => self.publish(&mut table, named),
            None => self.publish_all(&mut table),
        }
        if sets_the_pace {
            self.follow_pace(&mut table);
        }
        drop(table);
        if is_endex {
            wash::begin(self);
        }
        Ok(n)
    }

    /// Goes to the next thing that matters.
    pub(crate) fn skip(&self, by: &str) -> Result<(), Refusal> {
        let mut table = self.table();
        let session = &mut table.session;
        if !session.seats(by).contains(&Seat::Facilitator) {
            return Err(Refusal::NotYours("only the facilitator does that".to_owned()));
        }
        if session.state().endex_ms.is_some() {
            let why = "the exercise has ended; branch the session to try something else";
            return Err(Refusal::Wrong(why.to_owned()));
        }
        if session.is_over() {
            let why = "the scenario has come to its end; end the exercise";
            return Err(Refusal::Wrong(why.to_owned()));
        }
        let step = session.skip().map_err(|fault| Refusal::Wrong(fault.to_string()))?;
        // After a crash the session comes back to here.
        let act = if step.asked.is_empty() && !step.is_over { Act::Reached } else { Act::Pause };
        let kept = session.act(FACILITATOR, act, wall::now_ms());
        table.run = None;
        self.follow_pace(&mut table);
        self.publish(&mut table, &["header", "screen"]);
        kept.map(|_| ())
    }

    /// Goes back to a decision when everybody who decides and is here has agreed, or all the same.
    pub(crate) fn rewind(
        self: &Arc<Self>,
        by: &str,
        decision: String,
        all_the_same: bool,
    ) -> Result<u64, Refusal> {
        if !all_the_same {
            let table = self.table();
            let proposed = table.session.state().rewind.as_ref();
            let Some(consent) = proposed.filter(|c| c.decision == decision) else {
                return Err(Refusal::Wrong(
                    "propose first to go back, so that people can answer".to_owned(),
                ));
            };
            let missing: Vec<String> = self
                .deciders(&table.session)
                .into_iter()
                .filter_map(|person| {
                    let name = table.session.state().name(&person);
                    match consent.answers.get(&person) {
                        Some(true) => None,
                        Some(false) => Some(format!("{name} does not agree")),
                        None => Some(format!("{name} has not answered")),
                    }
                })
                .collect();
            if !missing.is_empty() {
                let why = format!("{}; wait, or go back all the same", missing.join(", "));
                return Err(Refusal::Wrong(why));
            }
        }
        self.act(by, Act::Rewind { decision })
    }

    /// Ids of people who are here and play a role.
    fn deciders(&self, session: &Session) -> Vec<String> {
        let mut here = self.ring.present();
        here.retain(|p| session.seats(p).iter().any(|s| matches!(s, Seat::Role(_))));
        here
    }

    /// Somebody joins; gives their id.
    pub(crate) fn join(self: &Arc<Self>, name: &str, seats: Vec<Seat>) -> Result<String, Refusal> {
        let mut table = self.table();
        let people = &table.session.state().people;
        if people.len() >= MOST_PEOPLE {
            return Err(Refusal::Wrong("this session is full".to_owned()));
        }
        let taken = |name: &str| people.iter().any(|p| p.name.eq_ignore_ascii_case(name));
        // What the facilitator and the screen do stands under these.
        let is_a_seats = |seat: &str| name.eq_ignore_ascii_case(seat);
        if taken(name) || is_a_seats(FACILITATOR) || is_a_seats(SCREEN) {
            let why = format!("somebody here is called {name}; write another name");
            return Err(Refusal::Wrong(why));
        }
        let person = format!("p{}", people.iter().filter(|p| p.id != SCREEN).count() + 1);
        let act = Act::Join { person: person.clone(), name: name.to_owned(), seats };
        let named = panels::changed_by(&act).unwrap_or_default();
        table.session.act(FACILITATOR, act, wall::now_ms())?;
        self.publish(&mut table, named);
        Ok(person)
    }

    /// The screen takes its seat, if it has none.
    pub(crate) fn seat_screen(&self) -> Result<(), Refusal> {
        let mut table = self.table();
        if table.session.state().person(SCREEN).is_some() {
            return Ok(());
        }
        let (person, name) = (SCREEN.to_owned(), "Screen".to_owned());
        let act = Act::Join { person, name, seats: vec![Seat::Screen] };
        table.session.act(FACILITATOR, act, wall::now_ms())?;
        self.publish(&mut table, &["people"]);
        Ok(())
    }

    /// Shows the session to somebody.
    pub(crate) fn look<R>(&self, looker: &Looker<'_>, show: impl FnOnce(&Sight<'_>) -> R) -> R {
        let present = self.ring.present();
        let washed = held(&self.wash).clone();
        let table = self.table();
        let view = View::of(&table.session, looker.person);
        let wash = washed.as_ref().map(|w| Wash {
            story: &w.story,
            worth: w.worth.as_deref(),
            is_running: w.is_running,
        });
        show(&Sight {
            session: &table.session,
            view: &view,
            base: looker.base,
            join_code: looker.code,
            links: looker.links,
            present: &present,
            wash,
        })
    }

    /// Reads the session.
    pub(crate) fn read<R>(&self, read: impl FnOnce(&Session) -> R) -> R {
        read(&self.table().session)
    }

    /// The documents of the session, once they are written: names and paths.
    pub(crate) fn files(&self) -> Vec<(String, std::path::PathBuf)> {
        held(&self.files).clone()
    }

    /// A browser begins to listen; it has to be told of everything.
    pub(crate) fn enter(&self, person: &str) -> Arc<Feed> {
        let (feed, is_new) = self.ring.enter(person);
        let mut table = self.table();
        let all = page::panels(&View::of(&table.session, person));
        feed.tell(self.version.load(Ordering::Relaxed), all);
        if is_new {
            self.publish(&mut table, panels::PRESENCE);
        }
        feed
    }

    /// A browser listens no more.
    pub(crate) fn leave(&self, feed: &Arc<Feed>) {
        if self.ring.leave(feed) {
            self.publish(&mut self.table(), panels::PRESENCE);
        }
    }

    /// The exercise's clock as it stands, and each change of it.
    pub(crate) fn ticks(&self) -> watch::Receiver<Tick> {
        self.ticks.subscribe()
    }

    /// Tells every browser what has changed on its page: what is named, and what more of the world its
    /// person sees. Nobody is told that something happened which they may not know of.
    fn publish(&self, table: &mut Table, named: &[Panel]) {
        let version = self.version.fetch_add(1, Ordering::Relaxed) + 1;
        let session = &table.session;
        let told = &mut table.told;
        let mut all: BTreeSet<Panel> = named.iter().copied().collect();
        let open: Vec<usize> = session.open().iter().map(|o| o.number).collect();
        if open != told.open {
            all.extend(panels::OPEN);
        }
        let periods = clock::periods(session);
        if periods != told.periods {
            all.extend(panels::PERIOD);
        }
        let is_another = session.generation() != told.generation;
        let from = if is_another { 0 } else { told.entries };
        let new = from..session.lines().len();
        for feed in self.ring.feeds() {
            let view = View::of(session, &feed.person);
            let own = page::panels(&view);
            let mut changed = all.clone();
            if new.clone().any(|n| view.sees_entry(session, n as u32 + 1)) {
                changed.extend(panels::WORLD);
            }
            changed.retain(|p| own.contains(p));
            feed.tell(version, changed);
        }
        told.entries = session.lines().len();
        told.generation = session.generation();
        told.open = open;
        told.periods = periods;
        self.tell_clock(table);
    }

    /// Tells every browser that everything on its page may have changed.
    fn publish_all(&self, table: &mut Table) {
        self.publish(table, &[]);
        let version = self.version.load(Ordering::Relaxed);
        for feed in self.ring.feeds() {
            feed.tell(version, page::panels(&View::of(&table.session, &feed.person)));
        }
    }

    /// The driver does as the session's pace says.
    fn follow_pace(&self, table: &mut Table) {
        let is_running = matches!(table.session.state().pace, Pace::Running(_));
        table.run = is_running.then(|| {
            let now = wall::now();
            Run { from_ms: table.session.now_ms(), since: now, kept: now }
        });
        self.is_running.store(is_running, Ordering::Relaxed);
        self.wake.notify_one();
    }
}
