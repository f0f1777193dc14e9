//! A session in a terminal: what came, the card of a decision, what is known, what can be typed.

mod arrivals;
mod card;
mod desk;
mod help;
mod words;

pub(crate) use arrivals::{Arrival, Folded, What, arrivals, in_full};
pub(crate) use card::{card, cards};
pub(crate) use desk::{clocks, inbox, known, message};
pub(crate) use help::{Opening, help, opening};
pub(crate) use words::{actor, heading, sentence, with_subject};
