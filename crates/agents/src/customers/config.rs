//! The section `customers` of a scenario.

use hotwash_engine::{Count, Days, Factor, Hours, Param, Points, Share, SimDuration, Slug};
use serde::Deserialize;

/// The section `customers`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomersConfig {
    /// Customers by country.
    pub cohorts: Vec<CohortConfig>,
    /// Proposition that the vendor affirms when it discloses.
    pub breach: Slug,
    /// Proposition whose public affirmation warns customers generally of fraud calls.
    pub general_warning: Slug,
    /// What complaints are evidence of.
    pub evidence: EvidenceConfig,
    /// Who complains, and when.
    pub complaints: ComplaintConfig,
    /// Whom warnings reach.
    pub warnings: WarningConfig,
    /// What moves trust.
    pub trust: TrustConfig,
    /// Who leaves.
    pub churn: ChurnConfig,
}

/// Customers of one country.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CohortConfig {
    /// Country code, lower case.
    pub country: Slug,
    /// As printed, with its article: `the United States`.
    pub name: String,
    /// Customers.
    pub size: Param<Count>,
    /// Share of the store's records that are of this cohort; read at its median and made to sum to
    /// 1 over the cohorts.
    pub record_share: Param<Share>,
}

/// Evidence kinds of the case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceConfig {
    /// A complaint in which the caller knew a ticket.
    pub knows_ticket: Slug,
    /// A complaint about a caller who knew nothing.
    pub general: Slug,
}

/// Who complains, and when.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintConfig {
    /// Chance that somebody who answered a call reports it to the vendor.
    pub report: Param<Share>,
    /// Share of these reports that say that the caller knew the case.
    pub mentions_ticket: Param<Share>,
    /// Time from the call to the report; drawn per calling day.
    pub delay: Param<Hours>,
    /// Complaints with a ticket in seven days that are by far too many.
    pub surge: Param<Count>,
    /// How long before STARTEX the ordinary complaints are simulated.
    pub noise_from: SimDuration,
    /// Ordinary complaints about fraud calls in a week, all cohorts together.
    pub general_per_week: Param<Count>,
    /// Share of the ordinary complaints that say, by chance or by a caller's cold reading, that the
    /// caller knew the case.
    pub knows_by_chance: Param<Share>,
}

/// Whom warnings reach.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarningConfig {
    /// Share of customers who learn what a public statement says.
    pub public_reach: Param<Share>,
    /// Share of customers who see a page of the support site.
    pub support_reach: Param<Share>,
    /// Share of those who get a letter and take in its warning.
    pub letter_read: Param<Share>,
    /// Share of an article's readers at risk who take in its warning.
    pub article_warns: Param<Share>,
}

/// What moves trust, in points of 100.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustConfig {
    /// Mean trust before the incident.
    pub initial: Param<Points>,
    /// Points that a reader loses over the worst article.
    pub press: Param<Points>,
    /// Share of these points that a reader of the vendor's own disclosure loses.
    pub own_disclosure: Param<Share>,
    /// Points that somebody loses who is called by a fraudster with a ticket.
    pub called: Param<Points>,
    /// Further points that somebody loses who loses money.
    pub victim: Param<Points>,
    /// Points that somebody loses who gets a letter that the own data were taken.
    pub notified: Param<Points>,
    /// Points that somebody loses whom a warning unsettles without need.
    pub alarm: Param<Points>,
    /// What a refuted claim of full severity multiplies the loss of trust by.
    pub refuted: Param<Factor>,
    /// What a claim that the vendor itself takes back multiplies the loss of trust by.
    pub walked_back: Param<Factor>,
    /// Time in which half of the loss is made good.
    pub half_life: Param<Days>,
}

/// Who leaves within twelve months.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChurnConfig {
    /// Extra churn of customers whose records were taken, at the reference loss of trust.
    pub affected: Param<Share>,
    /// Extra churn of the others, at the reference loss.
    pub others: Param<Share>,
    /// Loss of trust of those affected at which that churn is as given.
    pub affected_reference: Param<Points>,
    /// Loss of trust of the others at which their churn is as given.
    pub others_reference: Param<Points>,
}
