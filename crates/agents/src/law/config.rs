//! The section `law` of a scenario.

use hotwash_engine::Slug;
use serde::Deserialize;

use crate::section::section;

/// The section `law`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawConfig {
    /// Evidence kind that police believe when the vendor reports a crime.
    pub report: Slug,
    /// Evidence kind that a tip of police or a partner is.
    pub tip: Slug,
    /// What comes of a report.
    pub referral: ReferralConfig,
    /// What outsiders find without one.
    pub outside: OutsideConfig,
}

section! {
    /// What comes of a report.
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
        /// From a report to the time when anything can come of it.
        inquiry: Days,
        /// Chance per year from then on that the call centre is raided.
        raid: Share,
        /// Chance per year from then on, and from the suspect's being known, that he is arrested.
        arrest: Share,
        /// What both hazards are multiplied by once the suspect was watched.
        watched: Factor,
    }
}

section! {
    /// What outsiders find without a report.
    OutsideConfig => OutsideIds {
        /// Chance, per hundred thousand answered calls, that police elsewhere or a partner come
        /// upon the vendor's records.
        found: Share,
        /// From there to the tip.
        delay: Days,
        /// How far the tip is to be believed.
        credibility: Share,
        /// Chance that they came upon them by raiding the call centre.
        by_raid: Share,
    }
}
