//! All sessions of the server, and the way from a browser's cookie to its room.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex};

use hotwash_exercise::FACILITATOR;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::address::Urls;
use crate::door::Door;
use crate::house::{Begun, House};
use crate::keys::{self, Keys, Opens};
use crate::limit::Buckets;
use crate::ring::held;
use crate::room::{self, Room, SCREEN};
use crate::wall;

/// Addresses and people that are remembered for their tries.
const REMEMBERED: usize = 4_096;

/// How often somebody may try what.
pub(crate) struct Limits {
    /// Wrong codes by network.
    pub(crate) wrong_codes: Mutex<Buckets<[u8; 8]>>,
    /// Wrong codes of everybody together.
    pub(crate) all_wrong_codes: Mutex<Buckets<()>>,
    /// People who join, by code.
    pub(crate) joining: Mutex<Buckets<String>>,
    /// What somebody does, by session and person.
    pub(crate) acts: Mutex<Buckets<(String, String)>>,
}

impl Limits {
    fn new() -> Self {
        Limits {
            wrong_codes: Mutex::new(Buckets::new(10, 0.2, REMEMBERED)),
            all_wrong_codes: Mutex::new(Buckets::new(60, 1.0, 1)),
            joining: Mutex::new(Buckets::new(60, 5.0, REMEMBERED)),
            acts: Mutex::new(Buckets::new(100, 50.0, REMEMBERED)),
        }
    }
}

/// All sessions of the server.
pub(crate) struct Hall {
    pub(crate) house: Arc<dyn House>,
    pub(crate) urls: Urls,
    /// Cookies are shared by all ports of a host, so their names are not.
    pub(crate) port: u16,
    pub(crate) limits: Limits,
    /// Streams of events that are open.
    pub(crate) streams: AtomicUsize,
    /// True once the server stops.
    pub(crate) stop: watch::Receiver<bool>,
    /// The same for threads.
    pub(crate) is_stopping: Arc<AtomicBool>,
    doors: Mutex<BTreeMap<String, Arc<Door>>>,
    /// Keys that open all sessions.
    host: Keys,
    drivers: Mutex<Vec<JoinHandle<()>>>,
    runtime: tokio::runtime::Handle,
}

/// What a key of a link opens, and where.
pub(crate) enum Opened {
    /// Everything.
    House,
    /// A session.
    Session(Arc<Door>, Opens),
}

impl Hall {
    pub(crate) fn new(
        house: Arc<dyn House>,
        urls: Urls,
        port: u16,
        stop: watch::Receiver<bool>,
        runtime: tokio::runtime::Handle,
    ) -> Result<Hall, String> {
        let mut doors = BTreeMap::new();
        for (id, dir) in house.places() {
            match Door::new(id.clone(), &dir) {
                Ok(door) => drop(doors.insert(id, Arc::new(door))),
                // The others can be gone on with all the same.
                Err(error) => house.tell(&error),
            }
        }
        let host = Keys::read(&house.home())?;
        Ok(Hall {
            house,
            urls,
            port,
            limits: Limits::new(),
            streams: AtomicUsize::new(0),
            stop,
            is_stopping: Arc::default(),
            doors: Mutex::new(doors),
            host,
            drivers: Mutex::default(),
            runtime,
        })
    }

    /// Makes a key that opens everything.
    pub(crate) fn new_host_key(&self) -> Result<String, String> {
        self.host.new_key(Opens::Facilitator)
    }

    /// Whether a token opens everything.
    pub(crate) fn is_host(&self, token: &str) -> bool {
        self.host.opens(&keys::hash(token)).is_some()
    }

    /// The door of a session.
    pub(crate) fn door(&self, id: &str) -> Option<Arc<Door>> {
        held(&self.doors).get(id).cloned()
    }

    fn doors(&self) -> Vec<Arc<Door>> {
        held(&self.doors).values().cloned().collect()
    }

    /// The one session that is open, if only one is.
    pub(crate) fn only_open(&self) -> Option<Arc<Door>> {
        let mut open = self.doors().into_iter().filter(|door| door.room().is_some());
        let first = open.next()?;
        open.next().is_none().then_some(first)
    }

    /// How many sessions there are.
    pub(crate) fn len(&self) -> usize {
        held(&self.doors).len()
    }

    /// As whom a token's browser takes part in a session.
    pub(crate) fn person(&self, door: &Door, token: &str) -> Option<String> {
        let hash = keys::hash(token);
        if let Some(person) = door.keys.person(&hash) {
            return Some(person);
        }
        match door.keys.opens(&hash) {
            Some(Opens::Facilitator) => Some(FACILITATOR.to_owned()),
            Some(Opens::Screen) => Some(SCREEN.to_owned()),
            Some(Opens::Evaluator) => None,
            None => self.is_host(token).then(|| FACILITATOR.to_owned()),
        }
    }

    /// What a key of a link opens.
    pub(crate) fn opened_by(&self, key: &str) -> Option<Opened> {
        if self.is_host(key) {
            return Some(Opened::House);
        }
        let hash = keys::hash(key);
        self.doors().into_iter().find_map(|door| {
            let opens = door.keys.opens(&hash)?;
            Some(Opened::Session(door, opens))
        })
    }

    /// The open session that players join by a code.
    pub(crate) fn by_code(&self, code: &str) -> Option<Arc<Door>> {
        let is_it = |door: &Arc<Door>| {
            !code.is_empty() && door.room().is_some() && door.keys.code() == code
        };
        self.doors().into_iter().find(is_it)
    }

    /// Whether somebody's token is known in any session; then it is not given to another.
    pub(crate) fn is_known(&self, token: &str) -> bool {
        let hash = keys::hash(token);
        self.doors().iter().any(|door| door.keys.person(&hash).is_some())
    }

    /// The room behind a door; opens it where it was not. May take a while: it waits for the disk and
    /// plays the session again.
    pub(crate) fn room(&self, door: &Arc<Door>) -> Result<Arc<Room>, String> {
        door.room_or(|| self.furnish(door, self.house.resume(&door.id)?))
    }

    /// Opens a new session of a scenario.
    pub(crate) fn begin(&self, scenario: &str) -> Result<Arc<Door>, String> {
        let begun = self.house.begin(scenario, wall::now_ms())?;
        self.install(begun)
    }

    /// Opens a session that begins as another did. Whoever was in that is in this one too.
    pub(crate) fn branch(&self, of: &Arc<Door>, until: u64) -> Result<Arc<Door>, String> {
        let room = self.room(of)?;
        let begun =
            room.read(|session| self.house.branch(session, &of.id, until, wall::now_ms()))?;
        let people: Vec<String> =
            begun.session.state().people.iter().map(|person| person.id.clone()).collect();
        let door = self.install(begun)?;
        door.keys.admit_all(&of.keys, |person| people.iter().any(|id| id == person))?;
        Ok(door)
    }

    fn install(&self, begun: Begun) -> Result<Arc<Door>, String> {
        let door = Arc::new(Door::new(begun.id.clone(), &begun.dir)?);
        door.room_or(|| self.furnish(&door, begun))?;
        held(&self.doors).insert(door.id.clone(), door.clone());
        Ok(door)
    }

    fn furnish(&self, door: &Arc<Door>, begun: Begun) -> Result<Arc<Room>, String> {
        let others: Vec<Arc<Door>> =
            self.doors().into_iter().filter(|d| !Arc::ptr_eq(d, door)).collect();
        door.make_links(|code| others.iter().any(|d| d.keys.code() == code))?;
        let house = self.house.clone();
        let room = Room::open(begun.id, begun.session, house, self.is_stopping.clone());
        let driver = self.runtime.spawn(room::drive(room.clone(), self.stop.clone()));
        held(&self.drivers).push(driver);
        Ok(room)
    }

    /// Waits until every clock has stopped and that is kept.
    pub(crate) async fn rest(&self) {
        let drivers = std::mem::take(&mut *held(&self.drivers));
        for driver in drivers {
            let _ = driver.await;
        }
    }
}
