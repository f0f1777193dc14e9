//! The section `press` of a scenario: who publishes, what makes journalists ask, and how hard a story falls.

use hotwash_engine::{Count, Factor, Hours, Param, Share, Slug};
use serde::Deserialize;

/// The section `press`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PressConfig {
    /// Those who publish; at least one.
    pub outlets: Vec<OutletConfig>,
    /// Proposition whose telling is the story.
    pub breach: Slug,
    /// What the press goes by.
    pub evidence: EvidenceNames,
    /// How complaints become public and journalists come to ask.
    pub interest: InterestConfig,
    /// How hard stories fall on the vendor.
    pub severity: SeverityConfig,
    /// How a missing or vague number is printed.
    pub number: NumberConfig,
    /// How contradictions are taken up.
    pub contradiction: ContradictionConfig,
}

/// A paper, site or agency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutletConfig {
    /// As printed; fictional.
    pub name: String,
    /// Share of the vendor's customers who read it or hear of what it prints.
    pub reach: Param<Share>,
    /// From learning of something to printing it, hours.
    pub deadline: Param<Hours>,
}

/// Evidence kinds by name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceNames {
    /// A customer says in public that a caller knew a support ticket.
    pub posting: Slug,
    /// A customer shows a journalist what the caller knew.
    pub checked: Slug,
    /// Somebody inside the vendor, or a letter of the vendor, tells a journalist.
    pub inside: Slug,
    /// The press reports that data were taken.
    pub report: Slug,
}

/// How complaints become public and journalists come to ask.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterestConfig {
    /// Chance that somebody who complains to the vendor about a knowing caller posts it in public too.
    pub posts: Param<Share>,
    /// How far a journalist believes an unchecked posting.
    pub posting_credibility: Param<Share>,
    /// Share of the attention to postings that is left after a week.
    pub kept_per_week: Param<Share>,
    /// Chance in a week that one posting makes a journalist ask the vendor.
    pub asks_per_posting: Param<Share>,
    /// People with the same story whom a journalist finds and talks to before the deadline, at most.
    pub sources: Param<Count>,
    /// How far what they say is believed once checked.
    pub checked_credibility: Param<Share>,
    /// How far the vendor believes what a journalist's question implies.
    pub question_credibility: Param<Share>,
    /// Chance in a week that somebody inside tells a journalist, while the vendor knows and is silent.
    pub inside_tells: Param<Share>,
    /// How far an inside source is believed.
    pub inside_credibility: Param<Share>,
    /// Chance that a letter to those affected reaches a journalist, when nothing was said in public.
    pub letter_surfaces: Param<Share>,
    /// Belief in the breach from which the press prints it as a fact.
    pub prints_at: Param<Share>,
    /// How far readers believe a printed report.
    pub report_credibility: Param<Share>,
}

/// How hard stories fall on the vendor, 0 to 1.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityConfig {
    /// The press tells of the breach before the vendor does.
    pub exposed: Param<Share>,
    /// The vendor tells of it itself: share of the severity of an exposure.
    pub own_disclosure: Param<Factor>,
    /// Increase of the latter per month between the first signal and the disclosure, three at most.
    pub per_month_silent: Param<Share>,
    /// A story on fraud calls that says nothing of a leak.
    pub scam_wave: Param<Share>,
    /// Chance that an outlet picks up a warning or a page that admits nothing.
    pub advisory_picked_up: Param<Share>,
}

/// How a missing or vague number is printed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberConfig {
    /// With no number at all: the printed one as a multiple of the true one.
    pub guessed: Param<Factor>,
    /// Severity of a number printed at twice the true one; it grows with the logarithm.
    pub inflated: Param<Share>,
}

/// How contradictions are taken up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContradictionConfig {
    /// Severity of the story, as a multiple of the severity of the refutation.
    pub story: Param<Factor>,
    /// Severity that counts when the vendor itself takes back what it had said.
    pub walked_back: Param<Share>,
    /// Each earlier contradiction multiplies the severity of a later one by this.
    pub memory: Param<Factor>,
}
