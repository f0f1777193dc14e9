//! What handlers reach actors' state by: bevy's queries, without what only a changing world needs.
//!
//! Bevy looks before every call whether new archetypes match, and counts a change tick. A world of ours
//! never changes its structure once it is built and nobody detects changes, so what matches is found
//! once, when the handler is prepared or the snapshot taken. This file and the call in `handler.rs` hold
//! the only unsafe code of the engine: both do what bevy's own parameters and systems do, less those two
//! steps.

use std::ops::{Deref, DerefMut};

use bevy_ecs::change_detection::Tick;
use bevy_ecs::entity::Entity;
use bevy_ecs::query::{IterQueryData, QueryData, QueryFilter, QueryState};
use bevy_ecs::system::{SystemAccess, SystemMeta, SystemParam, SystemParamValidationError};
use bevy_ecs::world::World;
use bevy_ecs::world::unsafe_world_cell::UnsafeWorldCell;

/// Bevy's query, which this one is inside.
type Inner<'w, 's, D, F> = bevy_ecs::system::Query<'w, 's, D, F>;

/// The state of all actors that have the components asked for; dereferences to
/// [`bevy_ecs::system::Query`]. Look an actor up by its entity, or go over all in order of their spawning.
pub struct Query<'w, 's, D: QueryData + 'static, F: QueryFilter + 'static = ()>(
    Inner<'w, 's, D, F>,
);

impl<'w, 's, D: QueryData, F: QueryFilter> Deref for Query<'w, 's, D, F> {
    type Target = Inner<'w, 's, D, F>;
    #[inline]
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<D: QueryData, F: QueryFilter> DerefMut for Query<'_, '_, D, F> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<'a, 's, D: IterQueryData, F: QueryFilter> IntoIterator for &'a Query<'_, 's, D, F> {
    type Item = <&'a Inner<'a, 's, D, F> as IntoIterator>::Item;
    type IntoIter = <&'a Inner<'a, 's, D, F> as IntoIterator>::IntoIter;
    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'a, 's, D: IterQueryData, F: QueryFilter> IntoIterator for &'a mut Query<'_, 's, D, F> {
    type Item = <&'a mut Inner<'a, 's, D, F> as IntoIterator>::Item;
    type IntoIter = <&'a mut Inner<'a, 's, D, F> as IntoIterator>::IntoIter;
    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

#[expect(unsafe_code, reason = "a parameter of a system can be declared in no other way")]
// SAFETY: the accesses declared are those of bevy's own query over the same state, and nothing else is
// touched; the archetypes that match were collected when the state was made and none came since, and
// had one come, its actors would only not be found.
unsafe impl<D: QueryData + 'static, F: QueryFilter + 'static> SystemParam for Query<'_, '_, D, F> {
    type State = QueryState<D, F>;
    type Item<'w, 's> = Query<'w, 's, D, F>;

    fn init_state(world: &mut World) -> Self::State {
        <Inner<'_, '_, D, F> as SystemParam>::init_state(world)
    }

    fn init_access(
        state: &Self::State,
        meta: &mut SystemMeta,
        access: &mut SystemAccess,
        world: &mut World,
    ) {
        <Inner<'_, '_, D, F> as SystemParam>::init_access(state, meta, access, world);
    }

    #[inline]
    unsafe fn get_param<'w, 's>(
        state: &'s mut Self::State,
        _: &SystemMeta,
        world: UnsafeWorldCell<'w>,
        tick: Tick,
    ) -> Result<Self::Item<'w, 's>, SystemParamValidationError> {
        // SAFETY: the caller promises what bevy's own query needs: access and the same world.
        Ok(Query(unsafe { state.query_unchecked_manual_with_ticks(world, tick, tick) }))
    }
}

/// All that a query finds, in a world whose structure the query knows: what a reset goes over.
pub(crate) fn all_mut<'w, D: QueryData, F: QueryFilter>(
    state: &'w QueryState<D, F>,
    world: &'w mut World,
) -> Inner<'w, 'w, D, F> {
    state.validate_world(world.id());
    let tick = Tick::new(1);
    #[expect(unsafe_code, reason = "as for the parameters: bevy's own looks for new archetypes")]
    // SAFETY: the world is borrowed uniquely for as long as the query lives, and is the query's own.
    unsafe {
        state.query_unchecked_manual_with_ticks(world.as_unsafe_world_cell(), tick, tick)
    }
}

/// The state of the one actor that has the components asked for; dereferences to it. A handler whose
/// actor is missing, or is not the only one, is a fault when it is to run.
pub struct Single<'w, 's, D: IterQueryData, F: QueryFilter = ()> {
    item: D::Item<'w, 's>,
    _filter: std::marker::PhantomData<F>,
}

impl<'w, 's, D: IterQueryData, F: QueryFilter> Single<'w, 's, D, F> {
    /// What was asked for, owned.
    pub fn into_inner(self) -> D::Item<'w, 's> {
        self.item
    }
}

impl<'w, 's, D: IterQueryData, F: QueryFilter> Deref for Single<'w, 's, D, F> {
    type Target = D::Item<'w, 's>;
    #[inline]
    fn deref(&self) -> &Self::Target {
        &self.item
    }
}

impl<D: IterQueryData, F: QueryFilter> DerefMut for Single<'_, '_, D, F> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.item
    }
}

/// A query, and the one actor that it finds.
pub struct One<D: QueryData, F: QueryFilter> {
    query: QueryState<D, F>,
    actor: Result<Entity, &'static str>,
}

impl<D: IterQueryData, F: QueryFilter> One<D, F> {
    fn find(world: &mut World) -> Result<Entity, &'static str> {
        let mut all = QueryState::<(Entity, D), F>::new(world);
        let mut found = all.iter_mut(world).map(|(entity, _)| entity);
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err("no actor has it"),
            (Some(_), Some(_)) => Err("more than one actor has it"),
        }
    }
}

#[expect(unsafe_code, reason = "a parameter of a system can be declared in no other way")]
// SAFETY: as for `Query`: the accesses are those of bevy's query over the same state.
unsafe impl<D: IterQueryData + 'static, F: QueryFilter + 'static> SystemParam
    for Single<'_, '_, D, F>
{
    type State = One<D, F>;
    type Item<'w, 's> = Single<'w, 's, D, F>;

    fn init_state(world: &mut World) -> Self::State {
        let query = <Inner<'_, '_, D, F> as SystemParam>::init_state(world);
        One { query, actor: One::<D, F>::find(world) }
    }

    fn init_access(
        state: &Self::State,
        meta: &mut SystemMeta,
        access: &mut SystemAccess,
        world: &mut World,
    ) {
        <Inner<'_, '_, D, F> as SystemParam>::init_access(&state.query, meta, access, world);
    }

    #[inline]
    unsafe fn get_param<'w, 's>(
        state: &'s mut Self::State,
        _: &SystemMeta,
        world: UnsafeWorldCell<'w>,
        tick: Tick,
    ) -> Result<Self::Item<'w, 's>, SystemParamValidationError> {
        let missing = SystemParamValidationError::invalid::<Self>;
        let actor = state.actor.map_err(missing)?;
        // SAFETY: the caller promises what bevy's own query needs: access and the same world.
        let query = unsafe { state.query.query_unchecked_manual_with_ticks(world, tick, tick) };
        match query.get_inner(actor) {
            Ok(item) => Ok(Single { item, _filter: std::marker::PhantomData }),
            Err(_) => Err(missing("its actor is gone")),
        }
    }
}
