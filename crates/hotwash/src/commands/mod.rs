//! The commands, one file each.

mod check;
mod compare;
mod course;
mod describe;
mod diff;
mod ensemble;
mod fmt;
mod frontier;
mod hindcast;
mod list;
mod merge;
pub(crate) mod msel;
mod new;
mod pack;
mod play;
mod replay;
mod report;
mod run;
mod sensitivity;
mod serve;
mod show;
mod study;
mod sweep;
mod table;
pub(crate) mod test;
mod value;
mod watch;
mod why;

use std::ffi::OsString;

use clap::CommandFactory as _;
use hotwash_scenario::Registry;

use crate::args::{Args, Command};
use crate::exit::{self, Failure};
use crate::study_dir;

pub(crate) use describe::pages as reference_pages;
pub use play::transcript;
pub(crate) use study::write_new;
pub(crate) use table::{plan, speaking};

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
        Command::Course(args) => course::course(registry, &args),
        Command::Pack(args) => pack::pack(registry, &args),
        Command::Play(args) => play::play(registry, &args),
        Command::Report(args) => report::report(registry, &args),
        Command::Serve(args) => serve::serve(registry, &args),
        Command::Compare(args) => compare::compare(registry, &args),
        Command::Sweep(args) => sweep::sweep(registry, &args),
        Command::Sensitivity(args) => sensitivity::sensitivity(registry, &args),
        Command::Hindcast(args) => hindcast::hindcast(registry, &args),
        Command::Frontier(args) => frontier::frontier(registry, &args),
        Command::Value(args) => value::value(registry, &args),
        Command::Merge(args) => merge::merge(registry, &args),
        Command::New(args) => new::new(registry, &args),
        Command::Describe(args) => describe::describe(registry, &args),
        Command::Fmt(args) => fmt::fmt(&args),
        Command::Test(args) => test::test(registry, &args),
        Command::Diff(args) => diff::diff(registry, &args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "hotwash", &mut script);
            exit::print(&String::from_utf8_lossy(&script))
        }
    }
}
