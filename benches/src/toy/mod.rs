//! Toys that vary one thing at a time, for the curves: how many plugins there are, how much is pending.

pub(crate) mod parts;
pub(crate) mod pending;

use hotwash_engine::{Calendar, SimBuilder, SimTime};

/// A world with nothing in it yet, from STARTEX to this horizon.
fn empty(horizon: SimTime) -> SimBuilder {
    let calendar = Calendar::new("2019-08-01").expect("a date");
    SimBuilder::new(calendar, SimTime::STARTEX, horizon, Default::default())
}
