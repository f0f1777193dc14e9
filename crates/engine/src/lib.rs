//! Deterministic discrete-event engine for exercises that people play and machines repeat.
//!
//! *State lives in the ECS, time lives in the agenda, chance lives in addressed streams, history
//! lives in the journal.* The engine knows nothing of breaches. It does no input or output and reads
//! no wall clock, environment or thread count: the same plugins, settings, seed and answers give the
//! same journal, on every machine.
//!
//! A [`Plugin`] declares actors, handlers, levers, numbers and metrics on a [`SimBuilder`]; the
//! finished [`Simulation`] runs replications, is reset in place, and stops at decisions.
//!
//! # A world of one agent
//!
//! A guard who walks a round every night, and may find a door open:
//!
//! ```
//! use std::collections::BTreeMap;
//! use hotwash_engine::*;
//!
//! state! {
//!     /// What the guard keeps in mind.
//!     struct Guard { rounds: u64 }
//! }
//!
//! /// It is time for a round. Events are what is due: plain values with a name.
//! #[derive(Clone, Copy)]
//! struct RoundDue;
//! impl Event for RoundDue { const NAME: &'static str = "guard.round-due"; }
//!
//! /// An entry of the journal: its lane, who may see it, and how it reads.
//! static FOUND: Kind = Kind {
//!     name: "guard.found",
//!     lane: "response",
//!     weight: Weight::Notable,
//!     audience: Audience::NONE,
//!     says: "found a door open on round {round}",
//!     tags: &[],
//! };
//!
//! struct Guards;
//!
//! impl Plugin for Guards {
//!     const NAME: &'static str = "guard";
//!     const ABOUT: &'static str = "walks a round every night and looks at doors";
//!     type Config = ();
//!     type Order = NoOrder;
//!
//!     fn build(_section: (), sim: &mut SimBuilder) -> Result<(), Problem> {
//!         let every = sim.lever_span(
//!             "every", SimDuration::DAY, SimDuration::HOUR, SimDuration::from_days(7), "between two rounds",
//!         );
//!         let guard = sim.spawn("guard", Guard { rounds: 0 });
//!         // Chance has an address: this actor, this purpose. Nobody else draws from it.
//!         let doors = sim.stream("guard", "doors");
//!         let found = sim.milestone("guard.found", "a door was found open");
//!         sim.on(|mut on: On<'_, Start>| { on.send(RoundDue); });
//!         sim.on(move |mut on: On<'_, RoundDue>, mut guard_state: Single<'_, '_, &mut Guard>| {
//!             guard_state.rounds += 1;
//!             let round = guard_state.rounds;
//!             if on.draw(doors).chance(0.2) {
//!                 on.note(&FOUND, guard.id, |n| n.with("round", round));
//!                 on.reach(found);
//!             }
//!             on.after(every, RoundDue);
//!         });
//!         let info = MetricInfo {
//!             name: "rounds", unit: "rounds", better: Better::Neither, bearer: "vendor",
//!             about: "rounds walked",
//!         };
//!         sim.metric(info, move |view| Some(view.get::<Guard>(guard).rounds as f64));
//!         Ok(())
//!     }
//! }
//!
//! let calendar = Calendar::new("2019-08-01 09:00")?;
//! let ten_days = SimTime::STARTEX + SimDuration::from_days(10);
//! let mut world = SimBuilder::new(calendar, SimTime::STARTEX, ten_days, BTreeMap::new());
//! world.plugin::<Guards>(());
//! let mut sim = world.finish().map_err(|problems| format!("{problems:?}"))?;
//! sim.record_journal(true);
//!
//! let key = RunKey { seed: parse_seed("calm-otter"), replication: 0 };
//! assert_eq!(sim.run(key, &mut TakeDefaults), Ok(Stop::Ended));
//! assert_eq!(sim.view().metric("rounds"), Some(11.0));
//! let first: Vec<_> = sim.journal().entries().iter().map(|e| (e.at, e.kind.name)).collect();
//!
//! // The same key is the same run, to the last entry; another replication is another world.
//! sim.reset(key);
//! sim.run(key, &mut TakeDefaults)?;
//! assert_eq!(first, sim.journal().entries().iter().map(|e| (e.at, e.kind.name)).collect::<Vec<_>>());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
mod fault;
mod handler;
mod journal;
mod lever;
mod metric;
mod milestone;
mod names;
mod param;
mod plugin;
mod query;
mod reach;
mod schema;
mod shared;
mod simulation;
mod slug;
mod snapshot;
mod streams;
mod time;

pub use actor::{Actor, ActorId};
pub use agenda::{EntryId, Phase};
pub use bevy_ecs::query::{With, Without};
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
pub use fault::Fault;
pub use handler::On;
pub use journal::{
    Audience, Entry, JOURNAL_VERSION, Journal, Kind, Note, NoteId, Value, Weight, render,
};
pub use lever::{LeverInfo, LeverKind};
pub use metric::{Better, MetricInfo, View};
pub use milestone::{MilestoneId, MilestoneInfo};
pub use names::{Attached, Names, intern, intern_all, nearest};
pub use param::{
    Count, Days, Dist, Factor, Firmness, Hours, LikelihoodRatio, Megabits, Minutes, Param, ParamId,
    ParamInfo, PerDay, Points, Reading, Scale, Share, Terabytes, Unit, Usd,
};
pub use plugin::{Plugin, Problem, Spot};
pub use query::{Query, Single};
pub use reach::{ClockInfo, Digest, InboxInfo};
pub use schema::number_schema;
/// Derives what references are generated from: `use hotwash_engine::{JsonSchema, schemars}` and derive
/// `JsonSchema` beside `Deserialize`.
pub use schemars::{self, JsonSchema};
pub use simulation::{DECISION_ASKED, DECISION_TAKEN, INJECT, Simulation, Stop};
pub use slug::Slug;
pub use snapshot::State;
pub use streams::{DrawRecord, RunKey, STREAMS_VERSION, StreamId, parse_seed};
pub use time::{SimDuration, SimTime};

/// What the `state!` macro needs of bevy; not for use by hand.
#[doc(hidden)]
pub mod bevy {
    pub use bevy_ecs::component::{Component, Mutable, StorageType};
}
