//! The registry: which plugins a program knows, in build order. The binary fills it.

use std::marker::PhantomData;
use std::sync::Arc;

use hotwash_engine::schemars::{Schema, schema_for};
use hotwash_engine::{OrderBox, Plugin, SimBuilder};
use ron::error::SpannedResult;

use crate::read::options;
use crate::reference::order::{self, Step};

/// The plugins that scenarios may use, in build order.
///
/// ```
/// use std::collections::BTreeMap;
/// use hotwash_engine::{NoOrder, Plugin, Problem, SimBuilder};
/// use hotwash_scenario::{Embedded, Registry, load, render};
///
/// struct Cat;
/// impl Plugin for Cat {
///     const NAME: &'static str = "cat";
///     const ABOUT: &'static str = "sleeps";
///     type Config = ();
///     type Order = NoOrder;
///     fn build(_section: (), sim: &mut SimBuilder) -> Result<(), Problem> {
///         sim.milestone("cat.awake", "the cat woke up");
///         Ok(())
///     }
/// }
///
/// let text = r#"(
///     version: 1, name: "nap", title: "A nap", summary: "Nothing happens.", sources: "A cat.",
///     startex: "2019-08-01 09:00", lead_in: "0d", horizon: "1d",
///     plugins: {"cat": ()},
/// )"#;
/// let registry = Registry::new().add::<Cat>();
/// let files = Embedded::new([("scenario.ron", text)]);
/// let (scenario, found) = load(&registry, &files, "scenario.ron");
/// let scenario = scenario.unwrap_or_else(|| panic!("{}", render(&found, false)));
/// let sim = scenario.build(&BTreeMap::new(), None).expect("it has no mistakes");
/// assert_eq!(sim.milestones().len(), 1);
///
/// // A plugin that is not there is a mistake of the author, with its place and a hint.
/// let files = Embedded::new([("scenario.ron", text.replace("cat\"", "cta\"").as_str())]);
/// let (scenario, found) = load(&registry, &files, "scenario.ron");
/// assert!(scenario.is_none());
/// assert_eq!(found[0].hint.as_deref(), Some("did you mean `cat`?"));
/// ```
#[derive(Clone, Default)]
pub struct Registry {
    entries: Vec<Arc<dyn Entry>>,
}

impl Registry {
    /// No plugins.
    pub fn new() -> Self {
        Registry::default()
    }

    /// The same with one more plugin, built after those before it.
    ///
    /// # Panics
    /// When a plugin of that name is there already: a mistake in the program.
    #[must_use]
    pub fn add<P: Plugin>(mut self) -> Self {
        assert!(self.get(P::NAME).is_none(), "two plugins are called `{}`", P::NAME);
        self.entries.push(Arc::new(Of::<P>(PhantomData)));
        self
    }

    /// Name and one sentence of each plugin, in build order.
    pub fn plugins(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.entries.iter().map(|entry| (entry.name(), entry.about()))
    }

    /// Whether a text is a section of a plugin, as far as one can tell without the rest of a scenario.
    ///
    /// # Errors
    /// What is wrong with it, or that there is no such plugin.
    pub fn try_section(&self, plugin: &str, text: &str) -> Result<(), String> {
        let entry = self.get(plugin).ok_or_else(|| format!("no plugin is called `{plugin}`"))?;
        entry.read(text).map(drop).map_err(|error| format!("{plugin}: {error}"))
    }

    /// Whether a text is an order to a plugin.
    ///
    /// # Errors
    /// What is wrong with it, or that there is no such plugin.
    pub fn try_order(&self, plugin: &str, text: &str) -> Result<(), String> {
        let entry = self.get(plugin).ok_or_else(|| format!("no plugin is called `{plugin}`"))?;
        entry.order(text).map(drop).map_err(|error| format!("{plugin}: {error}"))
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Arc<dyn Entry>> {
        self.entries.iter()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.entries.iter().map(|entry| entry.name())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Arc<dyn Entry>> {
        self.entries.iter().find(|entry| entry.name() == name)
    }

    /// Where a plugin stands in build order.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.name() == name)
    }
}

/// A plugin whose type is forgotten.
pub(crate) trait Entry: Send + Sync {
    fn name(&self) -> &'static str;
    fn about(&self) -> &'static str;
    /// Reads a section of this plugin.
    fn read(&self, section: &str) -> SpannedResult<Arc<dyn Config>>;
    /// Reads one of its orders.
    fn order(&self, text: &str) -> SpannedResult<OrderBox>;
    /// What its section looks like, as JSON Schema.
    fn schema(&self) -> Schema;
    /// What its orders look like.
    fn order_schema(&self) -> Schema;
    /// Fields or variants of a part of its section, in the order of their declaration.
    fn declared(&self, path: &[Step]) -> Option<&'static [&'static str]>;
    /// The same of its orders.
    fn order_declared(&self, path: &[Step]) -> Option<&'static [&'static str]>;
}

/// A section that its plugin has read, whose type is forgotten. Reading takes several times as long as
/// building, so that a section is read once and built from as often as simulations are.
pub(crate) trait Config: Send + Sync {
    /// Builds the plugin in.
    fn build(&self, sim: &mut SimBuilder);
}

struct ConfigOf<P: Plugin>(P::Config);

impl<P: Plugin> Config for ConfigOf<P> {
    fn build(&self, sim: &mut SimBuilder) {
        sim.plugin::<P>(self.0.clone());
    }
}

struct Of<P>(PhantomData<fn() -> P>);

impl<P: Plugin> Entry for Of<P> {
    fn name(&self) -> &'static str {
        P::NAME
    }

    fn about(&self) -> &'static str {
        P::ABOUT
    }

    fn read(&self, section: &str) -> SpannedResult<Arc<dyn Config>> {
        Ok(Arc::new(ConfigOf::<P>(options().from_str(section)?)))
    }

    fn order(&self, text: &str) -> SpannedResult<OrderBox> {
        options().from_str::<P::Order>(text).map(OrderBox::new)
    }

    fn schema(&self) -> Schema {
        schema_for!(P::Config)
    }

    fn order_schema(&self) -> Schema {
        schema_for!(P::Order)
    }

    fn declared(&self, path: &[Step]) -> Option<&'static [&'static str]> {
        order::declared::<P::Config>(path)
    }

    fn order_declared(&self, path: &[Step]) -> Option<&'static [&'static str]> {
        order::declared::<P::Order>(path)
    }
}
