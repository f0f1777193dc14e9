//! What the server needs of the program: scenarios, session directories, reports.

use std::path::PathBuf;

use hotwash_exercise::debrief::{DiscussionQuestion, Story, Worth};
use hotwash_exercise::{Plan, Session};
use hotwash_scenario::Words;

use crate::page::{Kept, Offer};

/// A session to be served, and its directory.
pub struct Begun {
    /// Its id: letters, digits, `-`, `_` and `.`; the last part of its address.
    pub id: String,
    /// Where it is kept.
    pub dir: PathBuf,
    /// The session.
    pub session: Session,
}

/// What the hot wash found, to be written down.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// What was played.
    pub plan: &'a Plan,
    /// What happened.
    pub story: &'a Story,
    /// What the choices were worth.
    pub worth: Option<&'a Worth>,
    /// What to talk about.
    pub questions: &'a [DiscussionQuestion],
}

/// Where scenarios and sessions come from and go to. Errors are sentences for people.
pub trait House: Send + Sync + 'static {
    /// Scenarios that can be opened.
    fn offers(&self) -> Vec<Offer>;

    /// Sessions that are kept, the latest first.
    fn kept(&self) -> Vec<Kept>;

    /// The directory with all sessions.
    fn home(&self) -> PathBuf;

    /// Id and directory of every kept session.
    fn places(&self) -> Vec<(String, PathBuf)>;

    /// Opens a new session of a scenario in a new directory.
    ///
    /// # Errors
    /// When there is no such scenario, or the directory cannot be made.
    fn begin(&self, scenario: &str, wall_ms: i64) -> Result<Begun, String>;

    /// Goes on with a kept session.
    ///
    /// # Errors
    /// When there is none, or it cannot be gone on with.
    fn resume(&self, id: &str) -> Result<Begun, String>;

    /// Opens a new session that begins with the first `until` records of another.
    ///
    /// # Errors
    /// When the directory cannot be made.
    fn branch(&self, of: &Session, id: &str, until: u64, wall_ms: i64) -> Result<Begun, String>;

    /// Writes the documents of a session that has ended into its directory.
    ///
    /// # Errors
    /// When they cannot be written.
    fn report(&self, id: &str, found: Found<'_>) -> Result<(), String>;

    /// Name and path of each document that was written.
    fn files(&self, id: &str) -> Vec<(String, PathBuf)>;

    /// The program's own words on pages outside of a room; those of a room are its session's.
    fn words(&self) -> Words {
        Words::ENGLISH
    }

    /// Says something to whoever looks at the terminal.
    fn tell(&self, what: &str);
}
