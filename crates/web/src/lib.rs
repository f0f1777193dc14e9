//! The live exercise in the browser.
//!
//! A [`Server`] serves rooms: sessions of one process, side by side, each with a facilitator, players by
//! role, evaluators and a screen. Where scenarios and sessions come from is the [`House`]'s, which the
//! program gives; what somebody may know is [`hotwash_exercise::View`]'s alone. The only crate that
//! reads the wall clock besides the program. Asks nothing of a network: it only answers.

mod address;
mod door;
mod form;
mod guard;
mod hall;
mod house;
mod keys;
mod limit;
pub mod page;
mod panels;
mod ring;
mod room;
mod routes;
mod serve;
mod wall;

pub use address::Announcement;
pub use house::{Begun, Found, House};
pub use serve::{Options, ServeError, Server, Stopper};
