//! The section `press` of a scenario: who publishes, what makes journalists ask, and how hard a story falls.

use hotwash_engine::{Count, Days, Factor, Hours, JsonSchema, Param, Share, Slug, schemars};
use serde::Deserialize;

/// The section `press`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PressConfig {
    /// Those who publish; at least one.
    pub outlets: Vec<OutletConfig>,
    /// How hard stories fall on the vendor.
    pub severity: SeverityConfig,
    /// How contradictions are taken up, whatever matter they are on.
    pub contradiction: ContradictionConfig,
    /// What the press can come to know, by matter; at least one.
    pub matters: Vec<BeatConfig>,
}

/// A paper, site or agency.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutletConfig {
    /// As printed; fictional.
    pub name: String,
    /// Share of the vendor's customers who read it or hear of what it prints.
    pub reach: Param<Share>,
    /// From learning of something to printing it, hours.
    pub deadline: Param<Hours>,
}

/// How hard stories fall on the vendor, 0 to 1.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeverityConfig {
    /// The press tells of the breach before the vendor does.
    pub exposed: Param<Share>,
    /// The vendor tells of it itself: share of the severity of an exposure.
    pub own_disclosure: Param<Factor>,
    /// Increase of the latter per month between the first signal and the disclosure, three at most.
    pub per_month_silent: Param<Share>,
    /// Chance that an outlet picks up a warning or a page that admits nothing.
    pub advisory_picked_up: Param<Share>,
}

/// How contradictions are taken up.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContradictionConfig {
    /// Severity of the story, as a multiple of the severity of the refutation.
    pub story: Param<Factor>,
    /// Severity that counts when the vendor itself takes back what it had said.
    pub walked_back: Param<Share>,
    /// Each earlier contradiction multiplies the severity of a later one by this.
    pub memory: Param<Factor>,
}

/// What the press can come to know of one matter.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BeatConfig {
    /// Proposition whose telling is the story; it says which matter it is.
    pub breach: Slug,
    /// What is printed over the two stories that each matter has.
    pub headlines: HeadlinesConfig,
    /// What the press goes by.
    pub evidence: EvidenceNames,
    /// How journalists ask and print.
    pub interest: InterestConfig,
    /// Severity of a story that speaks of the vendor and says nothing of the breach.
    pub aside: Param<Share>,
    /// How complaints and letters make it known, where customers' data are what was taken.
    #[serde(default)]
    pub leak: Option<LeakConfig>,
    /// How a researcher makes it known; one matter at most can have it.
    #[serde(default)]
    pub research: Option<ResearchConfig>,
}

/// What is printed over the two stories that each matter has.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadlinesConfig {
    /// When the press tells of it first.
    pub exposed: String,
    /// When the vendor has told of it.
    pub disclosure: String,
}

/// Evidence kinds by name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceNames {
    /// What a journalist's question implies to the vendor.
    pub question: Slug,
    /// Somebody inside the vendor, or a letter or a briefing of the vendor, tells a journalist.
    pub inside: Slug,
    /// The press reports the breach.
    pub report: Slug,
}

/// How journalists ask and print.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterestConfig {
    /// How far the vendor believes what a journalist's question implies.
    pub question_credibility: Param<Share>,
    /// Chance in a week that somebody inside tells a journalist, while the vendor knows and is silent.
    pub inside_tells: Param<Share>,
    /// How far an inside source is believed.
    pub inside_credibility: Param<Share>,
    /// Belief in the breach from which the press prints it as a fact.
    pub prints_at: Param<Share>,
    /// How far readers believe a printed report.
    pub report_credibility: Param<Share>,
}

/// How complaints and letters make a leak known.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeakConfig {
    /// Evidence kind: a customer says in public that a caller knew a support ticket.
    pub posting: Slug,
    /// Evidence kind: a customer shows a journalist what the caller knew.
    pub checked: Slug,
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
    /// Chance that a letter to those affected reaches a journalist, when nothing was said in public.
    pub letter_surfaces: Param<Share>,
    /// How a missing or vague number is printed.
    pub number: NumberConfig,
}

/// How a missing or vague number is printed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberConfig {
    /// With no number at all: the printed one as a multiple of the true one.
    pub guessed: Param<Factor>,
    /// Severity of a number printed at twice the true one; it grows with the logarithm.
    pub inflated: Param<Share>,
}

/// How a researcher's findings become news.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResearchConfig {
    /// Evidence kind: what the seller's chats, as shown to a journalist, say of the vendor.
    pub chats: Slug,
    /// Chance that journalists find out whom the researcher means.
    pub names_found: Param<Share>,
    /// From the publication until they do, days.
    pub names_after: Param<Days>,
    /// How far a journalist believes the chats.
    pub chats_credibility: Param<Share>,
    /// Severity for the vendor of the story that names no victim.
    pub unnamed: Param<Share>,
    /// Severity of a rebuttal by a researcher who is believed; it falls with the researcher's standing.
    pub rebuttal: Param<Share>,
    /// Severity of a story on customers attacked through the product.
    pub exploit: Param<Share>,
    /// Chance that an outlet reports such an attack.
    pub exploit_covered: Param<Share>,
    /// What the researcher's stories are multiplied by once it has taken an accusation back, 0 to 1.
    pub cooled: Param<Factor>,
}
