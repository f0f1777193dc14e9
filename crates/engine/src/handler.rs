//! Handlers: ordinary bevy systems whose first parameter is the event.

use std::ops::{Deref, DerefMut};

use bevy_ecs::system::{IntoSystem, System, SystemInput};
use bevy_ecs::world::World;

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

/// A handler whose system type is forgotten.
trait Handler<E>: Send {
    fn call(&mut self, event: E, cx: &mut Cx, world: &mut World) -> Result<(), String>;
    fn prepare(&mut self, world: &mut World);
}

struct SystemHandler<S>(S);

impl<E: Event, S: System<In = On<'static, E>, Out = ()>> Handler<E> for SystemHandler<S> {
    #[inline]
    fn call(&mut self, event: E, cx: &mut Cx, world: &mut World) -> Result<(), String> {
        self.0
            .run_without_applying_deferred(On { event, cx }, world)
            .map_err(|error| format!("handler `{}` of {}: {error}", self.0.name(), E::NAME))
    }

    fn prepare(&mut self, world: &mut World) {
        self.0.initialize(world);
        assert!(
            !self.0.has_deferred(),
            "handler `{}` uses Commands: no structural change during a run",
            self.0.name()
        );
    }
}

/// The handlers of one event type, in the order they were registered.
pub(crate) struct Handlers<E: Event> {
    list: Vec<Box<dyn Handler<E>>>,
}

impl<E: Event> Handlers<E> {
    pub(crate) fn new() -> Self {
        Handlers { list: Vec::new() }
    }

    pub(crate) fn add<M>(&mut self, system: impl IntoSystem<On<'static, E>, (), M, System: Send>) {
        self.list.push(Box::new(SystemHandler(IntoSystem::into_system(system))));
    }
}

/// Handlers whose event type is forgotten.
pub(crate) trait Dispatch: std::any::Any + Send {
    fn dispatch(
        &mut self,
        number: u16,
        slot: u32,
        cx: &mut Cx,
        world: &mut World,
    ) -> Result<(), String>;
    fn prepare(&mut self, world: &mut World);
}

impl<E: Event> Dispatch for Handlers<E> {
    #[inline]
    fn dispatch(
        &mut self,
        number: u16,
        slot: u32,
        cx: &mut Cx,
        world: &mut World,
    ) -> Result<(), String> {
        let event = cx.slab::<E>(number).take(slot);
        let cause = cx.cause;
        for handler in &mut self.list {
            cx.cause = cause;
            handler.call(event.clone(), cx, world)?;
        }
        Ok(())
    }

    fn prepare(&mut self, world: &mut World) {
        for handler in &mut self.list {
            handler.prepare(world);
        }
    }
}
