//! The registry: which plugins a program knows, in build order. The binary fills it.

use std::marker::PhantomData;
use std::sync::Arc;

use hotwash_engine::{OrderBox, Plugin, SimBuilder};
use ron::error::SpannedResult;

use crate::read::options;

/// The plugins that scenarios may use, in build order.
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
    /// Whether the text is a section of this plugin.
    fn check(&self, section: &str) -> SpannedResult<()>;
    /// Builds the plugin in.
    fn build(&self, section: &str, sim: &mut SimBuilder) -> SpannedResult<()>;
    /// Reads one of its orders.
    fn order(&self, text: &str) -> SpannedResult<OrderBox>;
}

struct Of<P>(PhantomData<fn() -> P>);

impl<P: Plugin> Entry for Of<P> {
    fn name(&self) -> &'static str {
        P::NAME
    }

    fn about(&self) -> &'static str {
        P::ABOUT
    }

    fn check(&self, section: &str) -> SpannedResult<()> {
        options().from_str::<P::Config>(section).map(drop)
    }

    fn build(&self, section: &str, sim: &mut SimBuilder) -> SpannedResult<()> {
        sim.plugin::<P>(options().from_str(section)?);
        Ok(())
    }

    fn order(&self, text: &str) -> SpannedResult<OrderBox> {
        options().from_str::<P::Order>(text).map(OrderBox::new)
    }
}
