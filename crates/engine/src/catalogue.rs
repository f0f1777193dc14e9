//! What a simulation was built of: names, numbers, levers, and how its journal reaches people.

use std::collections::BTreeMap;

use crate::actor::ActorId;
use crate::lever::LeverInfo;
use crate::milestone::MilestoneInfo;
use crate::param::ParamInfo;
use crate::reach::{ClockInfo, Digest, InboxInfo};
use crate::shared::Shared;

/// What a simulation was built of.
#[derive(Debug)]
pub struct Catalogue {
    /// Names by [`ActorId`].
    pub actors: Vec<String>,
    /// By [`crate::MilestoneId`].
    pub milestones: Vec<MilestoneInfo>,
    /// In order of declaration.
    pub levers: Vec<LeverInfo>,
    /// Every number of the model.
    pub params: Vec<ParamInfo>,
    /// Name and one sentence each, in build order.
    pub plugins: Vec<(&'static str, &'static str)>,
    /// Entries that reach a person as a message.
    pub inbox: Vec<InboxInfo>,
    /// Entries of which many reach a person as one message, by name of their kind.
    pub digests: Vec<(&'static str, Digest)>,
    /// Entries that start a clock.
    pub clocks: Vec<ClockInfo>,
    /// Names by which people know actors, by [`ActorId`]; most have none but their own.
    pub(crate) titles: BTreeMap<u16, String>,
    pub(crate) shared: Shared,
}

impl Catalogue {
    /// The name by which people know an actor.
    pub fn title(&self, actor: ActorId) -> &str {
        let name = || self.actors.get(usize::from(actor.0)).map_or("?", String::as_str);
        self.titles.get(&actor.0).map_or_else(name, String::as_str)
    }

    /// What a plugin has shared under this type, such as the book of a case: for who reads a run from
    /// outside. Nothing where no plugin of the scenario shares it.
    pub fn shared<T: Clone + 'static>(&self) -> Option<T> {
        self.shared.get()
    }
}
