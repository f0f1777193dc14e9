//! Seats: who takes part, and as what.

use serde::{Deserialize, Serialize};

/// The facilitator's name as a person.
pub const FACILITATOR: &str = "facilitator";

/// As what somebody takes part. One person may have several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Seat {
    /// Leads the exercise and knows everything.
    Facilitator,
    /// Plays a role of the scenario, by name.
    Role(String),
    /// Watches the players and rates objectives.
    Evaluator,
    /// The projector's screen: reads what the public knows.
    Screen,
}

impl Seat {
    /// As shown where no scenario says more.
    pub fn name(&self) -> &str {
        match self {
            Seat::Facilitator => "facilitator",
            Seat::Role(role) => role,
            Seat::Evaluator => "evaluator",
            Seat::Screen => "screen",
        }
    }
}
