//! What can be typed: flags, their help and their examples.

pub(crate) mod author;
pub(crate) mod lab;
pub(crate) mod live;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Plays a breach at a security vendor, the same way every time, and shows what each choice did.
#[derive(Debug, Parser)]
#[command(
    name = "hotwash",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = "\
Start here:
  hotwash list                                   what there is to play
  hotwash run insider-sale                       play it as it went in 2019
  hotwash run insider-sale --policy by-the-book  play it with other choices
  hotwash show insider-sale                      its levers, decisions and policies
  hotwash compare insider-sale                   what each policy is worth, in the same worlds

Results go to standard output, everything else to standard error.

Exit codes: 0 done, 1 a bug, 2 wrong flags or names, 3 a scenario has mistakes,
4 an invariant of the model broke, 5 a check or replay found a difference or a course is not passed,
6 a file could not be read or written, 7 stopped by Ctrl-C with what was done written."
)]
pub(crate) struct Args {
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    pub(crate) fn apply(self) {
        match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lists the shipped scenarios and their policies
    List,
    /// Says what a scenario is: levers, decisions, policies, sources
    Show(Show),
    /// Finds every mistake in a scenario or in one of its files
    Check(Check),
    /// Plays a scenario and prints what happened and what came of it
    Run(Run),
    /// Explains an entry of a recorded run: what led to it and what followed
    Why(Why),
    /// Plays a recorded run again and compares, entry by entry
    Replay(Replay),
    /// Plays a scenario with you at the table, in this terminal
    Play(live::Play),
    /// Opens an exercise for people with browsers: facilitator, players, evaluators, a screen
    Serve(live::Serve),
    /// Writes a session's hot wash and after-action report
    Report(live::Report),
    /// Writes what an exercise needs beforehand: situation manual, handbook, MSEL, evaluation guide
    Pack(live::Pack),
    /// Takes a learner through scenarios in order, and grades
    Course(live::Course),
    /// Compares policies in the same worlds: what each comes to, and by how much one is better
    Compare(lab::Compare),
    /// Varies levers and decisions and says what each does, alone and in pairs
    Sweep(lab::Sweep),
    /// Says which numbers of the model a conclusion hangs on, and which of them are guesses
    Sensitivity(lab::Sensitivity),
    /// Holds the historical policy against what is on record
    Hindcast(lab::Hindcast),
    /// Searches for the policies that no other beats on cost against harm
    Frontier(lab::Frontier),
    /// Says what each decision is worth: every option, taken in the same worlds
    Value(lab::Value),
    /// Joins the parts of a study that was done with --shard
    Merge(lab::Merge),
    /// Makes the folder of a new scenario that runs
    New(author::New),
    /// Says what can be written: every section, field, unit, range, order
    Describe(author::Describe),
    /// Formats scenario files and keeps their comments
    Fmt(author::Fmt),
    /// Tries a scenario's expectations and golden timelines
    Test(author::Test),
    /// Says where two runs part, why, and what came of it
    Diff(author::Diff),
    /// Prints a completion script for your shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Arguments of `show`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  hotwash show insider-sale
  hotwash show insider-sale --provenance | grep guess    how much is a guess")]
pub(crate) struct Show {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    pub(crate) scenario: String,
    /// List every number of the model with its source and how firm it is
    #[arg(long)]
    pub(crate) provenance: bool,
    /// List the metrics and what each counts
    #[arg(long, conflicts_with = "provenance")]
    pub(crate) metrics: bool,
    #[command(flatten)]
    pub(crate) tongue: live::Tongue,
}

/// Arguments of `check`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Prints all mistakes at once, each with its place and a way to mend it, and ends with code 3
when there are any. With --deep it also plays the scenario: what in it never happens, does
nothing or cannot be meant. Ends with code 5 when there are faults among what it finds; a
doubt is shown and is no failure.

Examples:
  hotwash check insider-sale
  hotwash check my/scenario                 a folder with scenario.ron
  hotwash check my/scenario --deep          play it, and look for what is wrong
  hotwash check my/scenario --deep --runs 4000 --format json
  hotwash check my/scenario --watch         again whenever a file changes")]
pub(crate) struct Check {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    #[arg(default_value = ".")]
    pub(crate) scenario: String,
    /// Check again whenever a file of the scenario's folder changes, until Ctrl-C
    #[arg(long, conflicts_with = "deep")]
    pub(crate) watch: bool,
    /// Play it many times, with every option taken and every lever moved, and criticise it
    #[arg(long)]
    pub(crate) deep: bool,
    /// Worlds in which each policy is played; options and levers are moved in a tenth of them, at
    /// least in 32 [default: 400]
    #[arg(long, value_name = "N", requires = "deep", value_parser = deep_worlds, allow_negative_numbers = true)]
    pub(crate) runs: Option<u64>,
    /// A number, or words such as calm-otter [default: the scenario's]
    #[arg(long, value_name = "SEED", requires = "deep", allow_hyphen_values = true, value_parser = seed)]
    pub(crate) seed: Option<String>,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT", requires = "deep")]
    pub(crate) format: lab::Format,
    /// Worker threads [default: all cores]
    #[arg(long, value_name = "N", requires = "deep", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// Worlds of a deep check: with fewer than twenty nothing can be told.
fn deep_worlds(text: &str) -> Result<u64, String> {
    let number = text.replace('_', "").parse().ok().filter(|n| (20..=1_000_000).contains(n));
    number.ok_or_else(|| "write a whole number from 20 to 1000000".to_owned())
}

/// How a run is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The story, for people
    #[default]
    Text,
    /// The journal as JSON Lines, then one line of outcomes
    Jsonl,
}

/// Arguments of `run`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Levers are standing choices made before the incident; decisions come up during it. `hotwash show
SCENARIO` lists both with their legal values.

Examples:
  hotwash run insider-sale --seed 7
  hotwash run insider-sale --policy deny --set soc.analysts=12
  hotwash run insider-sale --decide advisory=callers-know-tickets
  hotwash run insider-sale --law 2026                  the same facts under today's law
  hotwash run insider-sale --until T+40d               stop after forty days
  hotwash run insider-sale --out runs/first            keep the run, for why and replay
  hotwash run insider-sale --runs 1000                 medians and 5-95 % over 1,000 runs")]
pub(crate) struct Run {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    pub(crate) scenario: String,
    /// A policy's name, or the path of a policy file [default: historical, if there is one]
    #[arg(long, value_name = "POLICY")]
    pub(crate) policy: Option<String>,
    /// A number, or words such as calm-otter [default: the scenario's]
    #[arg(long, value_name = "SEED", allow_hyphen_values = true, value_parser = seed)]
    pub(crate) seed: Option<String>,
    /// Play this run of the ensemble that `--runs` plays with the same seed; 0 is what `run` plays
    #[arg(
        long,
        value_name = "N",
        default_value_t,
        hide_default_value = true,
        conflicts_with = "runs"
    )]
    pub(crate) replication: u64,
    /// Set a lever; may be given several times
    #[arg(long, value_name = "LEVER=VALUE")]
    pub(crate) set: Vec<String>,
    /// Take an option in a decision, whatever the policy says; may be given several times
    #[arg(long, value_name = "DECISION=OPTION")]
    pub(crate) decide: Vec<String>,
    /// Which year's law counts the clocks
    #[arg(long, value_name = "YEAR")]
    pub(crate) law: Option<String>,
    /// Stop early: T+40d, 40d, T-3d, or a date such as 2019-10-01
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(crate) until: Option<String>,
    /// Write the run into a new directory
    #[arg(long, value_name = "DIR", conflicts_with = "runs")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) tongue: live::Tongue,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    /// Tell routine entries too
    #[arg(long)]
    pub(crate) all: bool,
    /// Play this many replications and print medians and 5-95 % of each outcome
    #[arg(long, value_name = "N", conflicts_with_all = ["until", "all"], allow_negative_numbers = true, value_parser = runs)]
    pub(crate) runs: Option<u64>,
}

/// A seed is any text but none, which is more likely a variable that was not set.
fn seed(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("a seed is a number or words, such as 7 or calm-otter".to_owned());
    }
    Ok(text.to_owned())
}

/// A number of replications.
fn runs(text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|n| (2..=10_000_000).contains(n));
    number.ok_or_else(|| "write a whole number from 2 to 10000000".to_owned())
}

/// Arguments of `why`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Entries have numbers: `hotwash run SCENARIO --format jsonl` shows them as `n`, and so does
journal.jsonl in the run's directory. A milestone's name will do as well.

Examples:
  hotwash why runs/first 412
  hotwash why runs/first pr.disclosed")]
pub(crate) struct Why {
    /// A directory written by `run --out`
    pub(crate) run: PathBuf,
    /// An entry's number, or a milestone's name
    pub(crate) entry: String,
}

/// Arguments of `replay`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Replay {
    /// A directory written by `run --out`
    pub(crate) run: PathBuf,
}
