//! The commands, one file each.

mod check;
mod compare;
mod ensemble;
mod frontier;
mod hindcast;
mod list;
mod merge;
mod replay;
mod run;
mod sensitivity;
mod show;
mod study;
mod sweep;
mod value;
mod why;

use std::ffi::OsString;

use clap::CommandFactory as _;
use hotwash_scenario::Registry;

use crate::args::{Args, Command};
use crate::exit::{self, Failure};
use crate::study_dir;

pub(crate) use study::write_new;

/// Runs a command, of which this was typed after the program's name.
pub(crate) fn dispatch(
    registry: &Registry,
    command: Command,
    typed: &[OsString],
) -> Result<(), Failure> {
    match study_dir::restore(command, typed)? {
        Some(command) => perform(registry, command),
        None => Ok(()),
    }
}

/// Runs a command that knows what it stands on.
fn perform(registry: &Registry, command: Command) -> Result<(), Failure> {
    match command {
        Command::List => list::list(registry),
        Command::Show(args) => show::show(registry, &args),
        Command::Check(args) => check::check(registry, &args),
        Command::Run(args) => run::run(registry, &args),
        Command::Why(args) => why::why(&args),
        Command::Replay(args) => replay::replay(registry, &args),
        Command::Compare(args) => compare::compare(registry, &args),
        Command::Sweep(args) => sweep::sweep(registry, &args),
        Command::Sensitivity(args) => sensitivity::sensitivity(registry, &args),
        Command::Hindcast(args) => hindcast::hindcast(registry, &args),
        Command::Frontier(args) => frontier::frontier(registry, &args),
        Command::Value(args) => value::value(registry, &args),
        Command::Merge(args) => merge::merge(registry, &args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "hotwash", &mut script);
            exit::print(&String::from_utf8_lossy(&script))
        }
    }
}
