//! Decisions: first-class stops of a run, put to a decider; their options are orders to plugins.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::actor::ActorId;
use crate::cx::Cx;
use crate::director::Cue;
use crate::event::Event;
use crate::journal::{Audience, NoteId};
use crate::metric::View;
use crate::milestone::MilestoneId;
use crate::names::Names;
use crate::plugin::Problem;
use crate::slug::Slug;
use crate::time::{SimDuration, SimTime};

/// What a plugin can be told to do. Orders are events that authors can write.
pub trait Order: Event + DeserializeOwned + JsonSchema + fmt::Debug {
    /// Whether everything the order names exists.
    ///
    /// # Errors
    /// The author's mistake, when something it names does not exist.
    fn check(&self, _names: &Names) -> Result<(), Problem> {
        Ok(())
    }
}

/// The orders of a plugin that takes none.
#[derive(Clone, Copy, Debug, serde::Deserialize, JsonSchema)]
pub enum NoOrder {}

impl Event for NoOrder {
    const NAME: &'static str = "engine.no-order";
}

impl Order for NoOrder {}

/// An order whose type is forgotten.
#[derive(Clone)]
pub struct OrderBox(Arc<dyn AnyOrder>);

trait AnyOrder: Send + Sync {
    fn send(&self, cx: &mut Cx);
    fn check(&self, names: &Names) -> Result<(), Problem>;
    fn describe(&self) -> String;
}

struct Boxed<O>(O);

impl<O: Order> AnyOrder for Boxed<O> {
    fn send(&self, cx: &mut Cx) {
        cx.send(self.0.clone());
    }
    fn check(&self, names: &Names) -> Result<(), Problem> {
        self.0.check(names)
    }
    fn describe(&self) -> String {
        format!("{:?}", self.0)
    }
}

impl OrderBox {
    /// Forgets the type of an order.
    pub fn new<O: Order>(order: O) -> Self {
        OrderBox(Arc::new(Boxed(order)))
    }

    pub(crate) fn send(&self, cx: &mut Cx) {
        self.0.send(cx);
    }

    pub(crate) fn check(&self, names: &Names) -> Result<(), Problem> {
        self.0.check(names)
    }
}

impl fmt::Debug for OrderBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.describe())
    }
}

/// One way to answer a decision.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Unique within the decision.
    pub name: Slug,
    /// What it means, for people.
    pub text: String,
    /// What happens when it is taken, in order.
    pub orders: Vec<OrderBox>,
}

/// A decision that may come up in a run.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Unique in the scenario.
    pub name: Slug,
    /// The question, for people.
    pub ask: String,
    /// The role that decides.
    pub role: String,
    /// When it comes up.
    pub cue: Cue,
    /// At least one.
    pub options: Vec<Choice>,
    /// Time to decide; then the default is taken.
    pub limit: SimDuration,
    /// Index of the option taken when nobody decides in time.
    pub default: usize,
    /// Index of the option that the exercise's authors expect, if they say.
    pub expected: Option<usize>,
    /// The objective it exercises.
    pub objective: String,
    /// Who sees that it is asked and answered.
    pub audience: Audience,
}

/// The number of a decision in its simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DecisionId(pub u16);

/// A message to players, on schedule or when something happens.
#[derive(Clone, Debug)]
pub struct Inject {
    /// Unique in the scenario.
    pub name: Slug,
    /// When it comes.
    pub cue: Cue,
    /// Who it is from, as printed.
    pub from: String,
    /// Its text.
    pub text: String,
    /// Who sees it.
    pub audience: Audience,
    /// Orders it carries, if it is more than words.
    pub orders: Vec<OrderBox>,
}

/// A decision put to a decider.
pub struct Question<'a> {
    /// Which.
    pub id: DecisionId,
    /// What is asked.
    pub decision: &'a Decision,
    /// When it was first asked.
    pub asked_at: SimTime,
    /// The run as it stands.
    pub view: View<'a>,
}

/// What a decider says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Take the option with this index, after a delay.
    Choose {
        /// Index into the decision's options.
        option: usize,
        /// Time until it takes effect; kept within the decision's limit.
        after: SimDuration,
    },
    /// Ask again after this long.
    Later(SimDuration),
    /// Stop the run here; the answer is given to the simulation itself.
    Hold,
}

/// Who decides: a policy, a person, a recorded session.
pub trait Decider {
    /// Answers a question.
    fn decide(&mut self, question: &Question<'_>) -> Answer;
}

/// Takes every decision's default at once.
#[derive(Clone, Copy, Debug)]
pub struct TakeDefaults;

impl Decider for TakeDefaults {
    fn decide(&mut self, question: &Question<'_>) -> Answer {
        Answer::Choose { option: question.decision.default, after: SimDuration::ZERO }
    }
}

/// How a decision stands in this run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecisionState {
    /// When it came up.
    pub asked_at: Option<SimTime>,
    /// Index of the option taken.
    pub taken: Option<usize>,
    /// The entry that put it; 0 while it has not come up.
    pub asked: NoteId,
    pub(crate) pending: Option<usize>,
}

/// A decision with the names the engine gave it.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) decision: Decision,
    pub(crate) who: ActorId,
    /// The milestone of each option.
    pub(crate) chosen: Vec<MilestoneId>,
}
