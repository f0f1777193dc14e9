//! The plugin: the whole contract between an agent and the engine.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::builder::SimBuilder;
use crate::decision::Order;
use crate::names::nearest;

/// An agent, or any other part of the simulated world.
///
/// The built-in agents use nothing but this trait and what [`SimBuilder`] offers.
pub trait Plugin: 'static {
    /// Key of its section in a scenario, owner of its streams, prefix of its levers.
    const NAME: &'static str;
    /// One sentence: who it is and what it decides.
    const ABOUT: &'static str;
    /// Its section of a scenario. Derive `Deserialize` with `deny_unknown_fields`, and `JsonSchema`:
    /// what its fields say in their comments is the reference that authors read. A section is read once,
    /// and every simulation is built from a copy of what was read, on any thread.
    type Config: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static;
    /// What it can be told to do; [`NoOrder`](crate::NoOrder) when nothing.
    type Order: Order;

    /// Declares actors, handlers, levers, metrics. Draws nothing.
    ///
    /// # Errors
    /// The author's mistakes in `config`.
    fn build(config: Self::Config, sim: &mut SimBuilder) -> Result<(), Problem>;
}

/// A mistake of a scenario's author: where, what, and how to mend it.
///
/// ```
/// use hotwash_engine::Problem;
///
/// let shifts = ["early", "late", "night"];
/// let problem = Problem::new("no shift is called `nihgt`")
///     .at("rota[2].shift")
///     .hint_names("nihgt", shifts);
/// assert_eq!(problem.hint.as_deref(), Some("did you mean `night`?"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Problem {
    /// Plugin whose section it is in; empty when it is in none.
    pub plugin: String,
    /// Field path within the section, such as `batches[2].share`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
    /// Where it is, when it is in a file that the section attaches.
    pub spot: Option<Box<Spot>>,
}

/// A place in a file that a section attaches: see [`Attached`](crate::Attached).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file's path among the scenario's files.
    pub file: String,
    /// Line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Problem {
    /// A problem with a message.
    pub fn new(message: impl Into<String>) -> Self {
        Problem { message: message.into(), ..Problem::default() }
    }

    /// The same problem at a field.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// The same problem at a place of an attached file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>, line: usize, column: usize) -> Self {
        self.spot = Some(Box::new(Spot { file: file.into(), line, column }));
        self
    }

    /// The same problem with a way to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same problem with the nearest of the known names as hint, or a list of them.
    #[must_use]
    pub fn hint_names<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        match nearest(wrong, known.iter().copied()) {
            Some(near) => self.hint(format!("did you mean `{near}`?")),
            None if known.is_empty() => self,
            None => self.hint(format!("known: {}", known.join(", "))),
        }
    }
}
