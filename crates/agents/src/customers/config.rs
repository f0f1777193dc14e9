//! The section `customers` of a scenario.

use hotwash_engine::{Count, Hours, JsonSchema, Param, Share, SimDuration, Slug, schemars};
use serde::Deserialize;

use crate::section::section;

/// The section `customers`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomersConfig {
    /// Customers by country.
    pub cohorts: Vec<CohortConfig>,
    /// Whom the vendor's words reach.
    pub warnings: WarningConfig,
    /// What moves trust.
    pub trust: TrustConfig,
    /// Who leaves.
    pub churn: ChurnConfig,
    /// People whose records are stolen, called and warned; absent where no records are in question.
    #[serde(default)]
    pub calls: Option<CallsConfig>,
    /// Business customers who weigh whether to switch; absent where they are not in question.
    #[serde(default)]
    pub accounts: Option<AccountsConfig>,
}

/// Customers of one country.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CohortConfig {
    /// Country code, lower case.
    pub country: Slug,
    /// As printed, with its article: `the United States`.
    pub name: String,
    /// How many customers there are.
    pub size: Param<Count>,
    /// Share of the store's records that are of this cohort; read at its median and made to sum to
    /// 1 over the cohorts. Needed where people are called.
    #[serde(default)]
    pub record_share: Option<Param<Share>>,
}

/// What a theft of records does to the people in them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallsConfig {
    /// Proposition that records were taken.
    pub breach: Slug,
    /// Proposition whose public affirmation warns customers generally of fraud calls.
    pub general_warning: Slug,
    /// What complaints are evidence of.
    pub evidence: EvidenceConfig,
    /// Who complains, and when.
    pub complaints: ComplaintConfig,
    /// Who takes in a warning.
    pub warnings: ReadingConfig,
    /// What moves the trust of those concerned.
    pub trust: CallTrustConfig,
    /// Who of them leaves.
    pub churn: CallChurnConfig,
}

/// Evidence kinds of the case.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceConfig {
    /// A complaint in which the caller knew a ticket.
    pub knows_ticket: Slug,
    /// A complaint about a caller who knew nothing.
    pub general: Slug,
}

/// Who complains, and when.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
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

section! {
    /// Whom the vendor's words reach.
    WarningConfig => Reach {
        /// Share of customers who learn what a public statement says.
        public_reach: Share,
        /// Share of customers who see a page of the support site.
        support_reach: Share,
    }
}

section! {
    /// Who takes in a warning of callers.
    ReadingConfig => Reading {
        /// Share of those who get a letter and take in its warning.
        letter_read: Share,
        /// Share of an article's readers at risk who take in its warning.
        article_warns: Share,
    }
}

section! {
    /// What moves trust, in points of 100.
    TrustConfig => Trust {
        /// Mean trust before the incident.
        initial: Points,
        /// Points that a reader loses over the worst article.
        press: Points,
        /// Share of these points that a reader of the vendor's own disclosure loses.
        own_disclosure: Share,
        /// What a refuted claim of full severity multiplies the loss of trust by.
        refuted: Factor,
        /// What a claim that the vendor itself takes back multiplies the loss of trust by.
        walked_back: Factor,
        /// Time in which half of the loss is made good.
        half_life: Days,
    }
}

section! {
    /// What moves the trust of people whose records are in question, in points of 100.
    CallTrustConfig => CallTrust {
        /// Points that somebody loses who is called by a fraudster with a ticket.
        called: Points,
        /// Further points that somebody loses who loses money.
        victim: Points,
        /// Points that somebody loses who gets a letter that the own data were taken.
        notified: Points,
        /// Points that somebody loses whom a warning unsettles without need.
        alarm: Points,
    }
}

section! {
    /// Who leaves within twelve months.
    ChurnConfig => Churn {
        /// Extra churn, at the reference loss of trust, of customers whose records were not taken.
        others: Share,
        /// Loss of trust at which that churn is as given.
        others_reference: Points,
    }
}

section! {
    /// Who of those whose records were taken leaves within twelve months.
    CallChurnConfig => CallChurn {
        /// Extra churn at the reference loss of trust.
        affected: Share,
        /// Loss of trust at which that churn is as given.
        affected_reference: Points,
    }
}

/// Business customers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountsConfig {
    /// Proposition that the source code was taken; its matter is the one they watch.
    pub source: Slug,
    /// What unsettles and what calms them.
    pub doubt: DoubtConfig,
    /// What they do about it.
    pub switching: SwitchingConfig,
}

section! {
    /// What multiplies the weight that the public's belief has with business customers.
    DoubtConfig => DoubtIds {
        /// Each of the four specific things that the vendor has said in public.
        per_specific: Factor,
        /// A categorical denial that stands.
        denial: Factor,
        /// A contradiction by the researcher of full credibility.
        rebuttal: Factor,
        /// An attack through the product that has been seen.
        exploit: Factor,
        /// Ten points of trust lost among all customers.
        per_ten_points: Factor,
        /// To have been told in confidence before the public.
        briefed: Factor,
    }
}

section! {
    /// What business customers do.
    SwitchingConfig => SwitchingIds {
        /// How many there are.
        accounts: Count,
        /// Share of them that begins in a week to prepare a switch when doubt is complete.
        prepare_per_week: Share,
        /// Share of those preparing that gives it up in a week when no doubt is left.
        stand_down_per_week: Share,
        /// Share of all that prepares at which the vendor must speak of a movement.
        many: Share,
        /// Share of those prepared that switches at once upon a signal of full strength.
        leaves_on_signal: Share,
        /// Extra churn of twelve months, at the reference share preparing.
        churn: Share,
        /// Share preparing at which that churn is as given.
        reference: Share,
        /// How long they go on weighing it after the last news.
        quiet_after: Days,
        /// Margin of twelve months that goes with an account, USD.
        account_margin_usd: Usd,
    }
}
