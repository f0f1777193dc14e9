//! Deterministic discrete-event engine for exercises that people play and machines repeat.
//!
//! *State lives in the ECS, time lives in the agenda, chance lives in addressed streams, history
//! lives in the journal.* The engine knows nothing of breaches. It does no input or output and reads
//! no wall clock, environment or thread count: the same plugins, settings, seed and answers give the
//! same journal, on every machine.
//!
//! A [`Plugin`] declares actors, handlers, levers, numbers and metrics on a [`SimBuilder`]; the
//! finished [`Simulation`] runs replications, is reset in place, and stops at decisions.

mod actor;
mod agenda;
mod bend;
mod builder;
mod calendar;
mod catalogue;
mod cx;
mod decision;
mod digits;
mod director;
mod draw;
mod event;
mod handler;
mod journal;
mod lever;
mod metric;
mod milestone;
mod names;
mod param;
mod plugin;
mod reach;
mod simulation;
mod slug;
mod snapshot;
mod streams;
mod time;

pub use actor::{Actor, ActorId};
pub use agenda::{EntryId, Phase};
pub use bevy_ecs::query::{With, Without};
pub use bevy_ecs::system::{Query, Single};
pub use builder::{SimBuilder, chosen_name};
pub use calendar::Calendar;
pub use catalogue::Catalogue;
pub use cx::Cx;
pub use decision::{
    Answer, Choice, Decider, Decision, DecisionId, DecisionState, Inject, NoOrder, Order, OrderBox,
    Question, TakeDefaults,
};
pub use digits::group_digits;
pub use director::{Cue, When};
pub use draw::{Draw, normal_quantile};
pub use event::{End, Event, Start, event_key};
pub use handler::On;
pub use journal::{
    Audience, Entry, JOURNAL_VERSION, Journal, Kind, Note, NoteId, Value, Weight, render,
};
pub use lever::{LeverInfo, LeverKind};
pub use metric::{Better, MetricInfo, View};
pub use milestone::{MilestoneId, MilestoneInfo};
pub use names::{Names, nearest};
pub use param::{
    Count, Days, Dist, Factor, Firmness, Hours, LikelihoodRatio, Megabits, Minutes, Param, ParamId,
    ParamInfo, PerDay, Points, Scale, Share, Terabytes, Unit, Usd,
};
pub use plugin::{Plugin, Problem};
pub use reach::{ClockInfo, Digest, InboxInfo};
pub use simulation::{DECISION_ASKED, DECISION_TAKEN, Fault, INJECT, Simulation, Stop};
pub use slug::Slug;
pub use snapshot::State;
pub use streams::{DrawRecord, RunKey, STREAMS_VERSION, StreamId, parse_seed};
pub use time::{SimDuration, SimTime};

/// What the `state!` macro needs of bevy; not for use by hand.
#[doc(hidden)]
pub mod bevy {
    pub use bevy_ecs::component::{Component, Mutable, StorageType};
}
