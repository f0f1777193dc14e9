//! The section `ledger` of a scenario: what things cost that nobody else puts a price on.

use hotwash_engine::{Factor, JsonSchema, Param, Points, Share, Slug, Usd, schemars};
use serde::Deserialize;

/// The section `ledger`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LedgerConfig {
    /// What an hour of work on the incident costs the vendor, USD.
    pub hourly_usd: Param<Usd>,
    /// Margin of twelve months that goes with a customer who leaves, USD.
    pub margin_usd: Param<Usd>,
    /// What a theft of records costs once it is known; absent where no records are in question.
    #[serde(default)]
    pub records: Option<RecordsConfig>,
    /// Abnormal return over 21 days, in percent, when the vendor told of it first.
    pub return_disclosed: Param<Points>,
    /// The same when others told of it first.
    pub return_exposed: Param<Points>,
    /// What is drawn in their place where the public believes that source code was taken.
    #[serde(default)]
    pub code_theft: Option<CodeTheftConfig>,
}

/// What a theft of records costs once it is known.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordsConfig {
    /// Proposition that records were taken.
    pub breach: Slug,
    /// Cost per record in all, as surveys give it, USD.
    pub record_usd: Param<Usd>,
    /// Share of it that nothing else in the scenario counts: help desk, discounts, counsel.
    pub uncounted: Param<Share>,
    /// Share of their losses that victims get back from the vendor once it is known whose records
    /// the callers used.
    pub claims: Param<Share>,
    /// Each refuted claim of the vendor multiplies that share by this.
    pub claims_per_refuted: Param<Factor>,
}

/// How shares move when the product itself is in doubt.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeTheftConfig {
    /// Proposition that source code was taken; it counts for its matter.
    pub source: Slug,
    /// Belief of the public at the end of the run from which it counts.
    pub believed_at: Param<Share>,
    /// Abnormal return over 21 days, in percent, whoever told of it first.
    pub return_code_theft: Param<Points>,
}
