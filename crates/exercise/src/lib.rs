//! One conduct of a scenario with people.
//!
//! A session is a value: a [`Plan`] (scenario, policy for what nobody plays, seed) and a list of
//! [`Record`]s (who did what, and when). [`Session`] holds the simulation that they lead to;
//! replaying the records gives the same journal bytes. From that come undo, resume after a crash and
//! branches. [`View`] says what somebody with certain [`Seat`]s may know. [`debrief`] holds, as data,
//! what the hot wash shows.
//!
//! Does no printing and reads no wall clock: who calls says what time it is.

mod act;
mod check;
pub mod course;
pub mod cue;
pub mod debrief;
mod error;
mod log;
mod plan;
pub mod record;
mod rules;
mod seat;
mod session;
pub mod spoken;
mod state;
mod view;

pub use act::{Act, Opening, Rating, Record, SESSION_FORMAT};
pub use error::{ExerciseError, Refusal};
pub use hotwash_incident::view::form;
pub use log::{Keep, Nowhere, SessionLog, read_log};
pub use plan::Plan;
pub use record::FileHash;
pub use seat::{FACILITATOR, Seat};
pub use session::{Advance, Effect, Session};
pub use state::{
    Consent, Message, Noted, OpenDecision, Pace, Person, Rated, State, TakenDecision, Vote,
};
pub use view::{Card, CardOption, Clock, Item, LedgerRow, MselRow, MselStatus, TimelineRow, View};
