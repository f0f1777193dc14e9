//! Metrics: one number per run, with unit, direction and whose it is; and the view they read from.

use bevy_ecs::component::Component;
use bevy_ecs::world::World;

use crate::actor::Actor;
use crate::calendar::Calendar;
use crate::cx::Cx;
use crate::milestone::MilestoneId;
use crate::time::SimTime;

/// Which direction of a metric is better for whom it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
    /// Neither; it describes.
    Neither,
}

/// What a metric is.
#[derive(Clone, Debug)]
pub struct MetricInfo {
    /// `area-what`, unique in a simulation.
    pub name: &'static str,
    /// Unit as printed.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// Who bears it: `vendor`, `victims`, `customers`, `public`.
    pub bearer: &'static str,
    /// One sentence: what it counts and from when to when.
    pub about: &'static str,
}

pub(crate) type Reading = Box<dyn Fn(&View<'_>) -> Option<f64> + Send + Sync>;

pub(crate) struct Metric {
    pub(crate) info: MetricInfo,
    /// The plugin that declared it.
    pub(crate) by: &'static str,
    pub(crate) read: Reading,
}

/// A run as it stands, to read and not to touch.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(crate) world: &'a World,
    pub(crate) cx: &'a Cx,
    pub(crate) metrics: &'a [Metric],
}

impl<'a> View<'a> {
    /// The current instant.
    pub fn now(&self) -> SimTime {
        self.cx.now
    }

    /// Civil time.
    pub fn calendar(&self) -> &'a Calendar {
        &self.cx.calendar
    }

    /// State of an actor.
    ///
    /// # Panics
    /// When the actor was not built with that state: a mistake in the plugin.
    pub fn get<T: Component>(&self, actor: Actor) -> &'a T {
        match self.world.get::<T>(actor.entity) {
            Some(state) => state,
            None => panic!("actor {:?} has no {}", actor.id, std::any::type_name::<T>()),
        }
    }

    /// When a milestone was first reached.
    pub fn reached(&self, milestone: MilestoneId) -> Option<SimTime> {
        self.cx.reached(milestone)
    }

    /// The plugin that declared a metric.
    pub fn owner(&self, metric: &str) -> Option<&'static str> {
        self.metrics.iter().find(|m| m.info.name == metric).map(|m| m.by)
    }

    /// Reads a metric as of now; `None` when it does not exist or has no value yet.
    pub fn metric(&self, name: &str) -> Option<f64> {
        let metric = self.metrics.iter().find(|m| m.info.name == name)?;
        (metric.read)(self)
    }
}
