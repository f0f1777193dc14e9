//! The commands, one file each.

mod check;
mod ensemble;
mod list;
mod replay;
mod run;
mod show;
mod why;

use clap::CommandFactory as _;
use hotwash_scenario::Registry;

use crate::args::{Args, Command};
use crate::exit::{self, Failure};

/// Runs a command.
pub(crate) fn dispatch(registry: &Registry, command: Command) -> Result<(), Failure> {
    match command {
        Command::List => list::list(registry),
        Command::Show(args) => show::show(registry, &args),
        Command::Check(args) => check::check(registry, &args),
        Command::Run(args) => run::run(registry, &args),
        Command::Why(args) => why::why(&args),
        Command::Replay(args) => replay::replay(registry, &args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "hotwash", &mut script);
            exit::print(&String::from_utf8_lossy(&script))
        }
    }
}
