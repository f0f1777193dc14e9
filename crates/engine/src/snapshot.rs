//! Snapshots of actors' state, so that a simulation is reset in place and never rebuilt.

use bevy_ecs::component::{Component, Mutable};
use bevy_ecs::entity::Entity;
use bevy_ecs::query::QueryState;
use bevy_ecs::world::World;

use crate::query::all_mut;

/// State of an actor: declare it with [`state!`](crate::state).
pub trait State: Component<Mutability = Mutable> + Clone {}

impl<T: Component<Mutability = Mutable> + Clone> State for T {}

pub(crate) trait Restore: Send + Sync {
    /// Remembers the state as it is now.
    fn save(&mut self, world: &mut World);
    /// Puts it back.
    fn restore(&mut self, world: &mut World);
}

pub(crate) struct Snapshot<T: State> {
    saved: Vec<(Entity, T)>,
    query: QueryState<(Entity, &'static mut T)>,
}

impl<T: State> Snapshot<T> {
    pub(crate) fn new(world: &mut World) -> Self {
        Snapshot { saved: Vec::new(), query: world.query() }
    }
}

impl<T: State> Restore for Snapshot<T> {
    fn save(&mut self, world: &mut World) {
        self.saved = self.query.iter(world).map(|(e, state)| (e, state.clone())).collect();
    }

    fn restore(&mut self, world: &mut World) {
        let mut seen = 0;
        let all = all_mut(&self.query, world);
        for ((entity, mut state), (expected, saved)) in all.into_iter().zip(&self.saved) {
            assert_eq!(
                entity, *expected,
                "actors moved during a run: structural change is forbidden"
            );
            state.clone_from(saved);
            seen += 1;
        }
        assert_eq!(seen, self.saved.len(), "actors vanished during a run");
    }
}

/// Declares the state of an actor: a component that is cloned in place, field by field, so that
/// resetting a run allocates nothing.
#[macro_export]
macro_rules! state {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_vis:vis $field:ident : $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),* }

        impl ::core::clone::Clone for $name {
            fn clone(&self) -> Self {
                Self { $($field: ::core::clone::Clone::clone(&self.$field)),* }
            }
            fn clone_from(&mut self, source: &Self) {
                $(::core::clone::Clone::clone_from(&mut self.$field, &source.$field);)*
            }
        }

        impl $crate::bevy::Component for $name {
            const STORAGE_TYPE: $crate::bevy::StorageType = $crate::bevy::StorageType::Table;
            type Mutability = $crate::bevy::Mutable;
        }
    };
}
