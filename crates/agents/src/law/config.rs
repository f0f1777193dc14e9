//! The section `law` of a scenario.

use hotwash_engine::{Days, Factor, JsonSchema, Param, Share, Slug, schemars};
use serde::Deserialize;

use crate::section::section;

/// The section `law`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LawConfig {
    /// What the vendor can report; at least one.
    pub reports: Vec<ReportConfig>,
    /// What comes of a report at once.
    pub referral: ReferralConfig,
    /// What police can do about an insider and his buyers, where there are any.
    #[serde(default)]
    pub pursuit: Option<PursuitConfig>,
    /// What outsiders find without a report, where records are used in calls.
    #[serde(default)]
    pub outside: Option<OutsideConfig>,
}

/// Something that the vendor can report.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportConfig {
    /// The proposition that it reports. With one matter it may be left out and is that matter's
    /// breach.
    #[serde(default)]
    pub breach: Option<Slug>,
    /// Evidence kind that police believe.
    pub evidence: Slug,
}

section! {
    /// What comes of a report at once.
    ReferralConfig => ReferralIds {
        /// Lawyers' and managers' work on a report, person-hours.
        work: Hours,
        /// Lawyers' bill for it.
        bill: Usd,
        /// Chance that police ask by themselves that people not be told yet.
        hold_asked: Share,
        /// Chance that they do when the vendor asks for it.
        hold_granted: Share,
        /// From a report or a request to the answer.
        hold_answer: Days,
        /// How long a hold lasts.
        hold: Days,
    }
}

/// What police can do about an insider and his buyers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PursuitConfig {
    /// The breach whose report sets it going. With one matter it may be left out.
    #[serde(default)]
    pub breach: Option<Slug>,
    /// From a report to the time when anything can come of it.
    pub inquiry: Param<Days>,
    /// Chance per year from then on that the call centre is raided.
    pub raid: Param<Share>,
    /// Chance per year from then on, and from the suspect's being known, that he is arrested.
    pub arrest: Param<Share>,
    /// What both hazards are multiplied by once the suspect was watched.
    pub watched: Param<Factor>,
}

/// What outsiders find without a report.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideConfig {
    /// Evidence kind that a tip of police or a partner is.
    pub tip: Slug,
    /// Chance, per hundred thousand answered calls, that police elsewhere or a partner come upon the
    /// vendor's records.
    pub found: Param<Share>,
    /// From coming upon them to the tip.
    pub delay: Param<Days>,
    /// How far the tip is to be believed.
    pub credibility: Param<Share>,
    /// Chance that they came upon them by raiding the call centre.
    pub by_raid: Param<Share>,
}
