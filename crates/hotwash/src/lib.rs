//! The `hotwash` program as a library, so that another binary can add plugins of its own to the
//! built-in ones:
//!
//! ```no_run
//! use hotwash_engine::{NoOrder, Plugin, Problem, SimBuilder};
//!
//! struct Mine;
//! impl Plugin for Mine {
//!     const NAME: &'static str = "mine";
//!     const ABOUT: &'static str = "does what nobody else does";
//!     type Config = ();
//!     type Order = NoOrder;
//!     fn build(_section: (), _sim: &mut SimBuilder) -> Result<(), Problem> {
//!         Ok(())
//!     }
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     hotwash::main_with(hotwash::registry().add::<Mine>())
//! }
//! ```
//!
//! A scenario with that plugin is loaded and run in a test like this:
//!
//! ```
//! # fn try_it() -> Result<(), hotwash::Failure> {
//! use std::collections::BTreeMap;
//! use hotwash_engine::{RunKey, Stop};
//!
//! let scenario = hotwash::open(&hotwash::registry(), "departing-admin")?;
//! let policy = scenario.policy("trusting").expect("it is in the folder");
//! let mut sim = scenario.build(&BTreeMap::new(), Some(policy)).expect("it was loaded");
//! let mut decider = policy.decider(&sim);
//! let ended = sim.run(RunKey { seed: scenario.seed(), replication: 0 }, &mut decider);
//! assert_eq!(ended, Ok(Stop::Ended));
//! assert_eq!(sim.view().metric("statements"), Some(0.0));
//! # Ok(())
//! # }
//! # try_it().expect("it is shipped");
//! ```
//!
//! The only place where all crates meet. Reads flags and files, prints, and chooses exit codes.

mod args;
mod commands;
mod decider;
mod exit;
mod house;
pub mod record;
mod report_dir;
mod session_dir;
mod shipped;
mod study_dir;
pub mod text;
mod wall;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;
use hotwash_agents as agents;

pub use commands::transcript;
pub use decider::Overrides;
pub use exit::{Code, Failure};
pub use hotwash_scenario::{Registry, Scenario};
pub use shipped::{load, open, scenarios};

/// The built-in plugins, in build order.
pub fn registry() -> Registry {
    Registry::new()
        .add::<hotwash_incident::Case>()
        .add::<agents::customers::CustomersPlugin>()
        .add::<agents::estate::EstatePlugin>()
        .add::<agents::insider::InsiderPlugin>()
        .add::<agents::intruder::IntruderPlugin>()
        .add::<agents::leaver::LeaverPlugin>()
        .add::<agents::scam::ScamPlugin>()
        .add::<agents::market::MarketPlugin>()
        .add::<agents::soc::SecurityOperations>()
        .add::<agents::pr::Pr>()
        .add::<agents::press::Press>()
        .add::<agents::researcher::ResearcherPlugin>()
        .add::<agents::regulator::Regimes>()
        .add::<agents::regulator::Regulator>()
        .add::<agents::law::LawEnforcement>()
        .add::<agents::ledger::Ledger>()
        .add::<hotwash_script::Scripts>()
}

/// The reference of what scenarios with these plugins can say, as Markdown files by name: what
/// `hotwash describe --all` writes.
///
/// # Errors
/// When a shipped scenario cannot be built with these plugins.
pub fn reference(registry: &Registry) -> Result<Vec<(String, String)>, Failure> {
    commands::reference_pages(registry)
}

/// Runs the program with these plugins on the process's arguments.
pub fn main_with(registry: Registry) -> ExitCode {
    let args = args::Args::parse();
    args.color.apply();
    let typed: Vec<OsString> = std::env::args_os().skip(1).collect();
    match exit::guarded(|| commands::dispatch(&registry, args.command, &typed)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.code == Code::Done => ExitCode::SUCCESS,
        Err(failure) => {
            exit::complain(&failure);
            failure.code.into()
        }
    }
}
