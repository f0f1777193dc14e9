//! Actors: who does things, by stable names. Entity ids never leave a run.

use bevy_ecs::entity::Entity;

/// A stable index into a simulation's list of actor names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u16);

/// Somebody or something with a name and components.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// For the journal, streams and ordering.
    pub id: ActorId,
    /// For queries within this simulation.
    pub entity: Entity,
}
