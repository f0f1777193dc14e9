//! The section `script` of a scenario.

use std::collections::BTreeMap;

use hotwash_engine::{Attached, JsonSchema, SimDuration, Slug, schemars};
use hotwash_incident::Party;
use serde::Deserialize;

use crate::number::Number;

/// The section `script` of a scenario.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScriptConfig {
    /// The agents, in the order in which they act.
    pub agents: Vec<AgentConfig>,
}

/// An agent whose behaviour stands in a file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentConfig {
    /// Unique name.
    pub name: Slug,
    /// The name by which people know it, such as `The customer's security team`.
    #[serde(default)]
    pub title: Option<String>,
    /// One sentence: who it is and what it decides.
    pub about: String,
    /// Its behaviour as a script in Rhai: `File("NAME.rhai")`.
    #[serde(default)]
    pub code: Option<Attached>,
    /// Its behaviour as a module in WebAssembly text: `File("NAME.wat")`.
    #[serde(default)]
    pub module: Option<Attached>,
    /// The party that it is or stands for: it may know what that party believes.
    #[serde(default)]
    pub stands_for: Option<Party>,
    /// Events that it hears, by name.
    #[serde(default)]
    pub hears: Vec<String>,
    /// What orders may tell it.
    #[serde(default)]
    pub told: Vec<Slug>,
    /// Purposes for which it draws chance.
    #[serde(default)]
    pub streams: Vec<Slug>,
    /// Numbers of the model that it uses.
    #[serde(default)]
    pub numbers: BTreeMap<Slug, Number>,
    /// Standing choices set before the incident.
    #[serde(default)]
    pub levers: Vec<LeverConfig>,
    /// Orders that it may give, by their name in the scenario's field `orders`.
    #[serde(default)]
    pub orders: Vec<String>,
    /// Evidence that it may raise.
    #[serde(default)]
    pub evidence: Vec<EvidenceConfig>,
    /// Milestones that it may reach; their names begin with the agent's.
    #[serde(default)]
    pub milestones: Vec<MilestoneConfig>,
    /// Metrics that it counts.
    #[serde(default)]
    pub metrics: Vec<MetricConfig>,
    /// Kinds of journal entries that it writes.
    #[serde(default)]
    pub entries: Vec<EntryConfig>,
}

/// A standing choice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeverConfig {
    /// Unique name within the agent: the lever is `script.AGENT.NAME`.
    pub name: Slug,
    /// What it means.
    pub about: String,
    /// What it can be.
    pub kind: LeverShape,
}

/// What a lever can be, and what it is when nobody sets it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub enum LeverShape {
    /// True or false.
    Flag {
        /// When nobody sets it.
        default: bool,
    },
    /// A whole number.
    Count {
        /// When nobody sets it.
        default: i64,
        /// Least.
        min: i64,
        /// Most.
        max: i64,
        /// Unit as printed.
        #[serde(default)]
        unit: String,
        /// Where the bounds are from.
        source: String,
    },
    /// A number.
    Number {
        /// When nobody sets it.
        default: f64,
        /// Least.
        min: f64,
        /// Most.
        max: f64,
        /// Unit as printed.
        #[serde(default)]
        unit: String,
        /// Where the bounds are from.
        source: String,
    },
    /// A length of time, given to the script in hours.
    Span {
        /// When nobody sets it.
        default: SimDuration,
        /// Least.
        min: SimDuration,
        /// Most.
        max: SimDuration,
    },
    /// One of several words.
    Choice {
        /// The words.
        words: Vec<Slug>,
        /// When nobody sets it.
        default: Slug,
    },
}

/// A kind of evidence that the agent raises, and who gets to see it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceConfig {
    /// The kind, as listed in the section `case`.
    pub name: Slug,
    /// Who gets to see it.
    pub to: Recipient,
}

/// Who gets to see evidence.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub enum Recipient {
    /// The vendor, as a tip from outside: somebody reads it soon, late, or never.
    Tip,
    /// The vendor's security, from a colleague: heard within hours.
    Colleague,
    /// The vendor's security, from somebody who looks through records of work.
    Reviewer,
    /// The vendor's security, from the press office.
    PressOffice,
    /// Everybody: it is published.
    Everybody,
    /// These parties, in confidence.
    Only(Vec<Party>),
}

/// A milestone.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MilestoneConfig {
    /// `AGENT.WHAT`.
    pub name: String,
    /// What it means.
    pub about: String,
}

/// Which direction of a metric is better for whom it concerns.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub enum Direction {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
    /// Neither; it describes.
    Neither,
}

/// Whom a metric concerns.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub enum Concerns {
    /// The vendor.
    Vendor,
    /// Those who lost money.
    Victims,
    /// The vendor's customers.
    Customers,
    /// The public.
    Public,
}

/// A metric.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricConfig {
    /// Unique name among all metrics.
    pub name: Slug,
    /// Unit as printed.
    pub unit: String,
    /// Which way is better.
    pub better: Direction,
    /// Whom it concerns.
    pub bearer: Concerns,
    /// What it counts, and from when to when.
    pub about: String,
}

/// Which ledger an entry belongs to.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub enum Lane {
    /// What happened, whether seen or not.
    Truth,
    /// What somebody has come to believe.
    Belief,
    /// What the vendor has said.
    Claim,
    /// What the vendor does.
    Response,
    /// What others do in the open.
    World,
}

/// How much an entry matters to a reader.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub enum Matters {
    /// Noise.
    Routine,
    /// Part of the story.
    Notable,
    /// A turning point.
    Milestone,
}

/// A kind of journal entry.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryConfig {
    /// Unique name within the agent.
    pub name: Slug,
    /// Its sentence without the subject, which is the agent; `{field}` stands for a value that the
    /// script gives.
    pub says: String,
    /// Which ledger it belongs to.
    pub lane: Lane,
    /// How much it matters.
    pub weight: Matters,
    /// Who sees it: names of viewers, `vendor` or `everybody`. Only the facilitator, when empty.
    #[serde(default)]
    pub seen_by: Vec<String>,
    /// How it reaches those who see it as a message, if it does.
    #[serde(default)]
    pub message: Option<MessageConfig>,
}

/// A message in somebody's inbox.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageConfig {
    /// Its form, such as `email`.
    pub form: String,
    /// The message in the sender's own words; the entry's sentence when there is none.
    #[serde(default)]
    pub says: Option<String>,
}
