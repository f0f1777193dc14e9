//! The section `estate` of a scenario.

use hotwash_engine::{Count, Factor, JsonSchema, Param, Share, schemars};
use serde::Deserialize;

use super::network::NetworkConfig;

/// The section `estate`: the parts of it that the scenario is about.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EstateConfig {
    /// The store of support records, where somebody may leak them.
    #[serde(default)]
    pub support: Option<SupportConfig>,
    /// The vendor's own network, where somebody may break in.
    #[serde(default)]
    pub network: Option<NetworkConfig>,
}

/// The store of support records.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportConfig {
    /// Support records in the store.
    pub records: Param<Count>,
    /// Monitoring by volume: alerts when one account reads many records in a day.
    pub volume: MonitorConfig,
    /// Monitoring against peers: alerts when one account reads far more than its colleagues.
    pub peer: MonitorConfig,
    /// What a check that a ticket is open does, when the vendor has one.
    pub need_checks: NeedCheckConfig,
}

/// How well a way of monitoring works, and what noise it makes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MonitorConfig {
    /// Records read beyond need in one day at which half of the ceiling is reached.
    pub half_at: Param<Count>,
    /// How steeply the chance of an alert rises with volume: the exponent of a Hill curve.
    pub steepness: Param<Factor>,
    /// Chance of an alert on a day with very many records.
    pub ceiling: Param<Share>,
    /// Alerts on ordinary work in a week, over all support accounts.
    pub false_per_week: Param<Count>,
}

/// What a check that a ticket is open does.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedCheckConfig {
    /// Share of his pace that is left to somebody who reads beyond need.
    pub pace_left: Param<Share>,
    /// Chance in a day of such reading that overridden or refused checks raise an alert.
    pub alert: Param<Share>,
    /// Alerts in a week on colleagues who override the check for good reason.
    pub false_per_week: Param<Count>,
}
