//! The sections `regimes` (the law, as data) and `regulator` (how it is applied) of a scenario.

use hotwash_engine::{
    Count, Days, Factor, Firmness, Hours, JsonSchema, Param, Share, Slug, Usd, schemars,
};
use serde::Deserialize;

/// The section `regimes`: breach-notification law. One library serves every scenario.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegimesConfig {
    /// All regimes, past and present; their dates say which are in force.
    pub regimes: Vec<RegimeConfig>,
}

/// One body of rules.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegimeConfig {
    /// Unique name.
    pub id: Slug,
    /// As printed.
    pub name: String,
    /// Country codes where it protects customers; none if it binds the vendor as such.
    pub countries: Vec<Slug>,
    /// From when to when it is law.
    pub in_force: InForce,
    /// What must have been exposed.
    pub needs: Needs,
    /// What its clock starts at, in the statute's words; `awareness` says it as a number.
    pub starts_at: StartsAt,
    /// Belief in the breach at which its clock starts.
    pub awareness: Param<Share>,
    /// Chance that its harm test is met once what it needs is exposed.
    pub applies: Param<Share>,
    /// What is owed to whom by when.
    pub duties: Vec<DutyConfig>,
    /// Whether the police may have notice to people put off.
    pub police_may_hold: bool,
    /// Highest fine for late notice, USD.
    pub fine_max_usd: Param<Usd>,
    /// Chance that late notice is fined at all.
    pub fine_if_late: Param<Share>,
    /// Statute or commentary.
    pub source: String,
    /// How well the row is known.
    pub firmness: Firmness,
    /// What the row leaves out.
    #[serde(default)]
    pub note: String,
}

/// Dates between which a regime is law, both included.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InForce {
    /// First day, such as `2018-05-25`.
    #[schemars(extend("x-form" = "date"))]
    pub from: String,
    /// Last day, if it has passed out of force.
    #[serde(default)]
    #[schemars(extend("x-form" = "date"))]
    pub to: Option<String>,
}

/// What must have been exposed for a regime to bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Needs {
    /// Anything about identifiable people.
    PersonalData,
    /// Identity numbers, account or health data, passwords.
    SensitiveIdentifiers,
    /// Something that matters to investors.
    MaterialEvent,
    /// A service that customers depend on stood still.
    ServiceDisruption,
    /// The security of products sold.
    ProductSecurity,
}

impl Needs {
    /// Whether those to be told are people whose data were taken, who can only be written to.
    pub const fn is_about_people(self) -> bool {
        matches!(self, Needs::PersonalData | Needs::SensitiveIdentifiers)
    }
}

/// What a regime's clock starts at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum StartsAt {
    /// Grounds to suspect.
    Suspicion,
    /// A reasonable degree of certainty.
    Awareness,
    /// A formal finding.
    Determination,
}

/// What a regime asks for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyConfig {
    /// Unique within the regime.
    pub id: Slug,
    /// To whom it is owed.
    pub to: DutyTo,
    /// By when.
    pub clock: ClockConfig,
    /// Whether an early warning of a few lines meets it, ahead of the report proper.
    #[serde(default)]
    pub is_early_warning: bool,
}

/// To whom a duty is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum DutyTo {
    /// The authority.
    Authority,
    /// Those whose data were taken.
    People,
    /// Investors.
    Market,
}

/// Length of a clock.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub enum ClockConfig {
    /// Hours, through nights and weekends.
    Hours(Param<Hours>),
    /// Days of 24 hours.
    Days(Param<Days>),
    /// Business days of the vendor's calendar.
    BusinessDays(Param<Count>),
    /// No number in the law; days, drawn from practice.
    Elastic(Param<Days>),
}

/// The section `regulator`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegulatorConfig {
    /// What the law sees in each matter; at least one.
    pub matters: Vec<DocketConfig>,
    /// Civil date whose law the lever `law=2026` applies.
    #[schemars(extend("x-form" = "date"))]
    pub todays_law: String,
    /// Business hours to prepare the filings.
    pub prepare: Param<Hours>,
    /// Business hours to prepare an early warning, where the law asks for one before the report.
    /// Without it no warning goes out before the reports.
    #[serde(default)]
    pub prepare_warning: Option<Param<Hours>>,
    /// Person-hours for every business hour of preparation.
    pub effort: Param<Factor>,
    /// What one authority's filing costs in counsel, USD.
    pub filing_usd: Param<Usd>,
    /// Days after the breach is in the open until an authority that was not told asks.
    pub asks_after: Param<Days>,
    /// What answering it costs in counsel, USD.
    pub answer_usd: Param<Usd>,
    /// How fines come about.
    pub fines: FinesConfig,
}

/// What the law sees in one matter.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocketConfig {
    /// Proposition that is the breach in the law's eyes; it says which matter it is.
    pub breach: Slug,
    /// What the breach exposes.
    pub exposes: Vec<Needs>,
    /// Evidence kind that a filing amounts to.
    pub filing_evidence: Slug,
}

/// How fines come about, once a regime's chance of fining at all is given.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinesConfig {
    /// How far an authority holds the vendor to the hindsight clock: 0 belief's clock, 1 hindsight's.
    pub hindsight: Param<Share>,
    /// Lateness, in days, at which half of a regime's chance of fining counts.
    pub half_at: Param<Days>,
    /// Share of the highest fine that is asked.
    pub share_of_max: Param<Share>,
    /// Each refuted claim raises the chance by this share of itself.
    pub per_refuted_claim: Param<Factor>,
}
