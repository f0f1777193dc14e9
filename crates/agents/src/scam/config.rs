//! The section `scam` of a scenario.

use hotwash_engine::{Count, Days, Factor, JsonSchema, Param, Share, SimDuration, Usd, schemars};
use serde::Deserialize;

/// The section `scam`: a call centre that works through bought records; scripted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScamConfig {
    /// Time from the first purchase to the first calls.
    pub start_delay: Param<Days>,
    /// Days of the week without calls.
    pub rests_on: Vec<Weekday>,
    /// Time of day, after midnight at the vendor's head office, by which a day's calls are counted.
    pub calls_at: SimDuration,
    /// Callers who work on these records.
    pub callers: Param<Count>,
    /// Numbers that one caller dials in a day.
    pub dials: Param<Count>,
    /// Chance that a dialled customer answers.
    pub answer: Param<Share>,
    /// Times that a customer who does not answer is dialled, on average, before they are given up.
    pub attempts: Param<Factor>,
    /// Chance that somebody who answers goes along.
    pub engage: Param<Share>,
    /// Chance that somebody who goes along, and was not warned, loses money.
    pub lose: Param<Share>,
    /// What a victim loses; drawn per victim.
    pub loss: Param<Usd>,
    /// Share of the chance to lose money that a specific warning leaves.
    pub after_specific_warning: Param<Share>,
    /// Share of that chance that a general warning leaves.
    pub after_general_warning: Param<Share>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// As the calendar prints it.
    pub const fn name(self) -> &'static str {
        match self {
            Weekday::Mon => "Mon",
            Weekday::Tue => "Tue",
            Weekday::Wed => "Wed",
            Weekday::Thu => "Thu",
            Weekday::Fri => "Fri",
            Weekday::Sat => "Sat",
            Weekday::Sun => "Sun",
        }
    }
}
