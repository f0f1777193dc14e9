//! What a scenario says apart from its plugins' sections: roles, objectives, decisions, injects.

use hotwash_engine::{Audience, JsonSchema, OrderBox, SimDuration, Slug, schemars};
use serde::Deserialize;

use crate::diagnostic::Place;

/// Somebody who takes part: what players of a role see and decide.
#[derive(Clone, Debug)]
pub struct Role {
    /// Unique name.
    pub name: Slug,
    /// For people.
    pub title: String,
    /// Names of the viewers whose entries the role sees.
    pub sees: Vec<String>,
    /// The same as a set.
    pub audience: Audience,
}

/// What the exercise is to try out.
#[derive(Clone, Debug)]
pub struct Objective {
    /// Unique name.
    pub name: Slug,
    /// For people.
    pub text: String,
    /// The core capability that it belongs to, as HSEEP or the house lists them, if one fits.
    pub capability: Option<String>,
}

/// What players know at STARTEX.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "briefing")]
#[serde(deny_unknown_fields)]
pub struct Briefing {
    /// The exercise's name for players: unlike the scenario's title it gives nothing away.
    pub title: String,
    /// The situation, for players; paragraphs are parted by empty lines.
    pub text: String,
}

/// What something of the exercise waits for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "when")]
pub enum WhenSpec {
    /// A civil date, with or without a time.
    At(#[schemars(extend("x-words" = "date, or date and time"))] String),
    /// This milestone.
    Reached(#[schemars(extend("x-words" = "milestone"))] String),
    /// All of these milestones.
    All(#[schemars(extend("x-words" = "list of milestones"))] Vec<String>),
    /// The first of these milestones.
    Any(#[schemars(extend("x-words" = "list of milestones"))] Vec<String>),
}

/// When something of the exercise is due.
#[derive(Clone, Debug)]
pub struct CueSpec {
    /// What it waits for.
    pub when: WhenSpec,
    /// How long after that.
    pub delay: SimDuration,
    /// Milestones that call it off.
    pub unless: Vec<String>,
}

/// An order to a plugin.
#[derive(Clone, Debug)]
pub struct OrderSpec {
    /// To whom.
    pub plugin: String,
    /// As the author wrote it.
    pub text: String,
    /// As the plugin reads it.
    pub order: OrderBox,
}

/// A way to answer a decision.
#[derive(Clone, Debug)]
pub struct OptionSpec {
    /// Unique within the decision.
    pub name: Slug,
    /// For people.
    pub text: String,
    /// What happens when it is taken.
    pub orders: Vec<OrderSpec>,
    pub(crate) place: Place,
}

/// A decision that may come up.
#[derive(Clone, Debug)]
pub struct DecisionSpec {
    /// Unique name.
    pub name: Slug,
    /// The question.
    pub ask: String,
    /// Who decides.
    pub role: Slug,
    /// When it comes up.
    pub cue: CueSpec,
    /// Time to decide.
    pub limit: SimDuration,
    /// The objective it exercises, if any.
    pub objective: Option<Slug>,
    /// Index of the option that the authors expect, if they say.
    pub expected: Option<usize>,
    /// Index of the option taken when nobody decides in time.
    pub default: usize,
    /// At least one.
    pub options: Vec<OptionSpec>,
    /// Who sees it: what the role sees.
    pub audience: Audience,
    pub(crate) place: Place,
}

/// A message to players.
#[derive(Clone, Debug)]
pub struct InjectSpec {
    /// Unique name.
    pub name: Slug,
    /// When it comes.
    pub cue: CueSpec,
    /// Who it is from.
    pub from: String,
    /// What it says.
    pub text: String,
    /// The form it comes in: one of `hotwash_incident::view::form`.
    pub form: String,
    /// Viewers or roles that see it.
    pub to: Vec<String>,
    /// The same as a set.
    pub audience: Audience,
    /// Orders it carries.
    pub orders: Vec<OrderSpec>,
    pub(crate) place: Place,
}

impl DecisionSpec {
    /// Where it stands: the file as shown to people, and the line.
    pub fn stands_at(&self) -> (&str, usize) {
        self.place.line()
    }
}

impl InjectSpec {
    /// Where it stands: the file as shown to people, and the line.
    pub fn stands_at(&self) -> (&str, usize) {
        self.place.line()
    }
}

/// Orders under a name, for plugins that give orders which the scenario names.
#[derive(Clone, Debug)]
pub(crate) struct PreparedOrders {
    pub(crate) name: String,
    pub(crate) orders: Vec<OrderSpec>,
    pub(crate) place: Place,
}
