//! Why a run cannot go on, and whose fault it is.

use crate::agenda::Agenda;
use crate::plugin::Problem;
use crate::time::SimTime;

/// Why a run cannot go on: a bug in the engine or in a plugin, or a mistake of the scenario's author
/// that shows only while it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A plugin found that what the author gave it cannot go on: see [`Cx::fail`].
    Author {
        /// Whose section it is in, what is wrong and how to mend it.
        problem: Box<Problem>,
        /// When.
        at: SimTime,
    },
    /// An invariant does not hold.
    Invariant {
        /// Which.
        name: &'static str,
        /// How it is broken.
        message: String,
        /// When.
        at: SimTime,
    },
    /// A handler could not run.
    Handler {
        /// What it says.
        message: String,
        /// When.
        at: SimTime,
    },
    /// More entries than a run may have: plugins keep one another busy for ever.
    Runaway {
        /// When it was noticed.
        at: SimTime,
    },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Author { problem, at } => {
                match &problem.spot {
                    Some(s) if s.line > 0 => write!(f, "{}:{}:{}: ", s.file, s.line, s.column)?,
                    Some(spot) => write!(f, "{}: ", spot.file)?,
                    None => write!(f, "{}: ", problem.plugin)?,
                }
                write!(f, "{} (at {at})", problem.message)
            }
            Fault::Invariant { name, message, at } => {
                write!(f, "invariant `{name}` broken at {at}: {message}")
            }
            Fault::Handler { message, at } => write!(f, "{message} (at {at})"),
            Fault::Runaway { at } => {
                write!(f, "runaway model: over {} entries by {at}", Agenda::CAPACITY)
            }
        }
    }
}

impl std::error::Error for Fault {}
