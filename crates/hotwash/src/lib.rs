//! The `hotwash` program as a library, so that another binary can add plugins of its own to the
//! built-in ones: `hotwash::main_with(hotwash::registry().add::<MyPlugin>())`.
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
use hotwash_scenario::Registry;

pub use commands::transcript;
pub use decider::Overrides;
pub use exit::{Code, Failure};
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
