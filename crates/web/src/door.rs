//! The door of a session: who gets in as whom. It stands before the session is opened, so that browsers
//! that were in it before a crash open it again.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use crate::keys::{Keys, Opens};
use crate::ring::held;
use crate::room::Room;

/// The door of a session.
pub(crate) struct Door {
    /// The session's id.
    pub(crate) id: String,
    pub(crate) keys: Keys,
    /// The keys of this run of the server as they stand in links; their hashes alone are kept.
    links: OnceLock<Secrets>,
    /// The room behind it, once it was opened.
    room: OnceLock<Arc<Room>>,
    /// Held while it is opened.
    opening: Mutex<()>,
}

/// Keys as they stand in links.
#[derive(Clone, Debug)]
pub(crate) struct Secrets {
    pub(crate) facilitator: String,
    pub(crate) evaluator: String,
    pub(crate) screen: String,
}

impl Door {
    /// The door of the session in a directory.
    pub(crate) fn new(id: String, dir: &Path) -> Result<Door, String> {
        let keys = Keys::read(dir)?;
        Ok(Door {
            id,
            keys,
            links: OnceLock::new(),
            room: OnceLock::new(),
            opening: Mutex::new(()),
        })
    }

    /// The room, if it was opened.
    pub(crate) fn room(&self) -> Option<Arc<Room>> {
        self.room.get().cloned()
    }

    /// The room; opened by `open` where it was not.
    pub(crate) fn room_or(
        &self,
        open: impl FnOnce() -> Result<Arc<Room>, String>,
    ) -> Result<Arc<Room>, String> {
        let _alone = held(&self.opening);
        if let Some(room) = self.room() {
            return Ok(room);
        }
        let room = open()?;
        Ok(self.room.get_or_init(|| room).clone())
    }

    /// Makes the keys that this run of the server gives away.
    pub(crate) fn make_links(&self, is_taken: impl Fn(&str) -> bool) -> Result<(), String> {
        self.keys.ensure_code(is_taken)?;
        let secrets = Secrets {
            facilitator: self.keys.new_key(Opens::Facilitator)?,
            evaluator: self.keys.new_key(Opens::Evaluator)?,
            screen: self.keys.new_key(Opens::Screen)?,
        };
        // Opened once in a run, so made once.
        let _ = self.links.set(secrets);
        Ok(())
    }

    /// The keys that this run of the server gives away.
    pub(crate) fn secrets(&self) -> Option<&Secrets> {
        self.links.get()
    }
}
