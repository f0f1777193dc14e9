//! Handlers: ordinary bevy systems whose first parameter is the event.

use std::ops::{Deref, DerefMut};

use bevy_ecs::change_detection::Tick;
use bevy_ecs::system::{
    SystemAccess, SystemInput, SystemMeta, SystemParam, SystemParamFunction, SystemState,
    SystemStateFlags,
};
use bevy_ecs::world::{World, WorldId};

use crate::cx::Cx;
use crate::event::Event;

/// The event a handler runs for, and the services of the run; dereferences to [`Cx`].
///
/// ```
/// use hotwash_engine::{Event, On, Query, SimDuration, state};
///
/// state! {
///     /// A till and what it holds.
///     pub struct Till { cents: u64 }
/// }
///
/// #[derive(Clone, Copy)]
/// struct Sold { cents: u64 }
/// impl Event for Sold { const NAME: &'static str = "shop.sold"; }
///
/// fn sold(mut on: On<Sold>, mut tills: Query<&mut Till>) {
///     for mut till in &mut tills {
///         till.cents += on.event.cents;
///     }
///     on.after(SimDuration::HOUR, Sold { cents: 5 });
/// }
/// ```
pub struct On<'a, E: 'static> {
    /// What fell due.
    pub event: E,
    cx: &'a mut Cx,
}

impl<E> Deref for On<'_, E> {
    type Target = Cx;
    #[inline]
    fn deref(&self) -> &Cx {
        self.cx
    }
}

impl<E> DerefMut for On<'_, E> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Cx {
        self.cx
    }
}

impl<E: 'static> SystemInput for On<'_, E> {
    type Param<'i> = On<'i, E>;
    type Inner<'i> = On<'i, E>;

    #[inline]
    fn wrap(this: Self::Inner<'_>) -> Self::Param<'_> {
        this
    }
}

/// A handler whose event and function are forgotten.
pub(crate) trait Handler: Send {
    /// Runs it for the event in this slot, and gives the slot back if it `is_last` to be run. If it
    /// cannot run, the run has failed.
    fn call(&mut self, at: Slot, is_last: bool, cx: &mut Cx, world: &mut World);
    /// Finds what its parameters need in the finished world.
    fn prepare(&mut self, world: &mut World);
}

/// Where an event waits: its number and the place in the slab of that number.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    pub(crate) event: u16,
    pub(crate) place: u32,
}

/// A function of an event, with what its parameters need once it is prepared.
struct FunctionHandler<E, W, F: SystemParamFunction<M>, M> {
    /// Which events it is run for.
    wants: W,
    function: F,
    prepared: Option<Prepared<<F::Param as SystemParam>::State>>,
    /// The value of an event without fields: all are alike.
    only: Option<E>,
}

/// What the parameters of a function need, and the world that it is for.
struct Prepared<S> {
    state: S,
    meta: SystemMeta,
    world: WorldId,
}

/// Makes a handler of a function, to be run for the events that it wants.
pub(crate) fn handler<E, W, M, F>(wants: W, function: F) -> Box<dyn Handler>
where
    E: Event,
    W: Fn(&E) -> bool + Send + 'static,
    M: 'static,
    F: SystemParamFunction<M, In = On<'static, E>, Out = ()>,
{
    Box::new(FunctionHandler::<E, W, F, M> { wants, function, prepared: None, only: None })
}

impl<E: Event, W, F: SystemParamFunction<M>, M> FunctionHandler<E, W, F, M> {
    #[inline]
    fn event(&mut self, at: Slot, is_last: bool, cx: &mut Cx) -> E {
        if let Some(only) = &self.only {
            return only.clone();
        }
        let slab = cx.slab::<E>(at.event);
        let event = if is_last { slab.take(at.place) } else { slab.read(at.place) };
        if size_of::<E>() == 0 {
            self.only = Some(event.clone());
        }
        event
    }
}

impl<E, W, M, F> Handler for FunctionHandler<E, W, F, M>
where
    E: Event,
    W: Fn(&E) -> bool + Send,
    M: 'static,
    F: SystemParamFunction<M, In = On<'static, E>, Out = ()>,
{
    #[inline]
    fn call(&mut self, at: Slot, is_last: bool, cx: &mut Cx, world: &mut World) {
        let event = self.event(at, is_last, cx);
        if !(self.wants)(&event) {
            return;
        }
        let Some(Prepared { state, meta, world: of }) = &mut self.prepared else {
            unreachable!("handlers are prepared when the simulation is finished")
        };
        assert!(*of == world.id(), "a handler was prepared for another world");
        let cell = world.as_unsafe_world_cell();
        #[expect(unsafe_code, reason = "see query.rs: a system's call without its change ticks")]
        // SAFETY: the world is borrowed uniquely and is the one that the state was made for; that no two
        // parameters conflict was checked by `init_access` when it was prepared.
        let params = unsafe { F::Param::get_param(state, meta, cell, Tick::new(1)) };
        match params {
            Ok(params) => self.function.run(On { event, cx }, params),
            Err(error) => cx.cannot_handle::<E>(std::any::type_name::<F>(), &error),
        }
    }

    fn prepare(&mut self, world: &mut World) {
        let state = F::Param::init_state(world);
        let mut meta = SystemState::<()>::new(world).meta().clone();
        meta.set_name(std::any::type_name::<F>());
        let mut access = SystemAccess::default();
        F::Param::init_access(&state, &mut meta, &mut access, world);
        let is_deferred = meta.flags().intersects(SystemStateFlags::DEFERRED);
        assert!(
            !is_deferred && access != SystemAccess::Exclusive,
            "handler `{}` uses Commands or the whole world: no structural change during a run",
            std::any::type_name::<F>()
        );
        self.prepared = Some(Prepared { state, meta, world: world.id() });
    }
}
