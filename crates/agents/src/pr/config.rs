//! The section `pr` of a scenario: what the press office can say, and how long it takes to say it.

use hotwash_engine::{
    Count, Days, Factor, Firmness, Hours, JsonSchema, Param, Share, Slug, Usd, schemars,
};
use hotwash_incident::{Audiences, ClaimSpec, Specifics};
use serde::Deserialize;

/// The section `pr`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrConfig {
    /// Statements that can be ordered by name.
    pub statements: Vec<StatementConfig>,
    /// What outsiders make of the vendor's words.
    pub hearing: HearingConfig,
    /// How long words take before they are out.
    pub times: TimesConfig,
    /// How sure the office wants to be before it lets an affirmation of the breach out.
    pub bars: BarsConfig,
    /// Direct warnings to those at risk, where people are.
    #[serde(default)]
    pub warning: Option<WarningConfig>,
    /// Letters to those whose data were taken, where people's data can be.
    #[serde(default)]
    pub letters: Option<LettersConfig>,
    /// Briefings of business customers in confidence, where there are such customers.
    #[serde(default)]
    pub briefing: Option<BriefingConfig>,
    /// What a released statement costs beside working hours: distribution, translation, agency, USD.
    pub statement_usd: Param<Usd>,
    /// What counsel's review of one text costs, USD: light, then full.
    pub review_usd: (Param<Usd>, Param<Usd>),
    /// Person-hours spent for every business hour that a text is in the works.
    pub effort: Param<Factor>,
}

/// A statement that can be released.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementConfig {
    /// Unique name.
    pub name: Slug,
    /// Headline.
    pub title: String,
    /// The words.
    pub text: String,
    /// Which matter it speaks of; needed where the case has several.
    #[serde(default)]
    pub matter: Option<Slug>,
    /// Who it is for.
    pub to: Audiences,
    /// What it claims.
    pub claims: Vec<ClaimSpec>,
    /// Records affected as published, if the words give a number.
    #[serde(default)]
    pub records: Option<RecordsConfig>,
    /// Ends of the number as multiples of the vendor's own count at the time of release; `{low}` and
    /// `{high}` stand for them in the words.
    #[serde(default)]
    pub counted: Option<CountedConfig>,
    /// Whether it warns specifically of callers who know the customer's case.
    #[serde(default)]
    pub is_specific_warning: bool,
    /// Which specifics the words give: `What` was taken, of what `Age` it is, the `Dwell` of the
    /// intruder from when to when, and the `Limits` of what the vendor knows.
    #[serde(default)]
    pub tells: Specifics,
}

/// A number of records as published. It is part of the words, so it does not vary from run to run.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordsConfig {
    /// Lower end; 0 when the words give only a ceiling.
    pub low: f64,
    /// Upper end; equal to the lower for a plain number.
    pub high: f64,
    /// Where the number is from.
    pub source: String,
    /// How well it is known.
    pub firmness: Firmness,
}

/// A number of records that the vendor counts before it speaks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountedConfig {
    /// Lower end as a multiple of the count.
    pub low: f64,
    /// Upper end; equal to the lower for a plain number.
    pub high: f64,
    /// Where the margin is from.
    pub source: String,
    /// How well it is known.
    pub firmness: Firmness,
}

/// What outsiders make of the vendor's words.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HearingConfig {
    /// What statements can take a stance on; a statement can admit one and deny another.
    pub topics: Vec<TopicConfig>,
    /// How far an admission is believed: it is against the vendor's own interest.
    pub admission: Param<Share>,
    /// How far a denial is believed where trust is 0.
    pub denial_distrusted: Param<Share>,
    /// How far a denial is believed where trust is 100.
    pub denial_trusted: Param<Share>,
}

/// Something that statements can take a stance on.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicConfig {
    /// Its propositions: who affirms one of them admits, who only denies some of them denies.
    pub of: Vec<Slug>,
    /// Evidence kind that an admission amounts to.
    pub admits: Slug,
    /// Evidence kind that a denial amounts to.
    pub denies: Slug,
}

/// How long words take before they are out, all in business hours.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimesConfig {
    /// Writing a statement from nothing.
    pub draft: Param<Hours>,
    /// Counsel's light review: reads for falsehood.
    pub review_light: Param<Hours>,
    /// Counsel's full review: reads for liability too, asks back.
    pub review_full: Param<Hours>,
    /// One step of the approval chain.
    pub approval: Param<Hours>,
    /// How long the disclosure rule may hold back a text that was ordered.
    pub rule_patience: Param<Days>,
}

/// The vendor's belief in the breach that each disclosure rule asks for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BarsConfig {
    /// Rule `when-certain`.
    pub certain: Param<Share>,
    /// Rule `when-likely`.
    pub likely: Param<Share>,
    /// Rule `on-suspicion`.
    pub suspicion: Param<Share>,
}

/// Direct warnings, by mail and telephone, to those at risk.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WarningConfig {
    /// Business hours to write it and to draw up the list of addresses.
    pub prepare: Param<Hours>,
    /// Share of those at risk who read it and understand it.
    pub reach: Param<Share>,
    /// Cost of one contact, USD.
    pub contact_usd: Param<Usd>,
}

/// Letters to those whose data were taken.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LettersConfig {
    /// Business hours to write it and to draw up the list.
    pub prepare: Param<Hours>,
    /// Letters that go out on a business day.
    pub per_day: Param<Count>,
    /// Cost of one letter with its share of the hotline, USD.
    pub letter_usd: Param<Usd>,
    /// Statement whose words the letters carry, if its claims are to be kept.
    #[serde(default)]
    pub statement: Option<Slug>,
    /// Proposition that the vendor must hold to know whose records were taken.
    pub scope_known_by: Slug,
    /// Belief in it from which the vendor knows.
    pub scope_known_at: Param<Share>,
    /// Until then, how many people must be written to for each one affected.
    pub scope_factor: Param<Factor>,
}

/// A briefing of business customers in confidence, before the public is told.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BriefingConfig {
    /// On which matter; needed where the case has several.
    #[serde(default)]
    pub matter: Option<Slug>,
    /// Business hours to write it and to draw up the list.
    pub prepare: Param<Hours>,
    /// Share of business customers whom it reaches.
    pub reach: Param<Share>,
    /// What the round of calls and letters costs beside working hours, USD.
    pub usd: Param<Usd>,
    /// Chance that somebody briefed tells a journalist.
    pub leaks: Param<Share>,
    /// From the briefing until he does, hours.
    pub leaks_after: Param<Hours>,
}
