//! The section `insider` of a scenario.

use hotwash_engine::{Count, Days, Factor, JsonSchema, Param, Share, Slug, schemars};
use serde::Deserialize;

/// The section `insider`: what he wants and when; a script with uncertain numbers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InsiderConfig {
    /// Why he does it, as half a sentence for the journal.
    pub motive: String,
    /// How long he has been reading beyond need when he first sells; cut at the start of the run.
    pub active_before_first_sale: Param<Days>,
    /// When he first sells: a civil date, or date and time.
    #[schemars(extend("x-form" = "date"))]
    pub first_sale: String,
    /// How long after the first sale he means to go on reading.
    pub reads_on_for: Param<Days>,
    /// Records he means to read in all.
    pub appetite: Param<Count>,
    /// What a day's reading is multiplied by; drawn per day, 0 on days on which he does not dare.
    pub day_to_day: Param<Factor>,
    /// Time between two sales; drawn per sale.
    pub sells_every: Param<Days>,
    /// Share of the records with a telephone number.
    pub phone_share: Param<Share>,
    /// Chance that he stops reading when he notices that somebody is looking.
    pub alarm_stops: Param<Share>,
    /// Propositions that become true when he first reads beyond need.
    pub makes_true: Vec<Slug>,
    /// Propositions that become true when he first sells.
    pub first_sale_makes_true: Vec<Slug>,
    /// The proposition on which dwell time is measured.
    pub breach: Slug,
}
