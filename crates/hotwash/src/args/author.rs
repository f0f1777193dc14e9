//! What can be typed to write scenarios: new, describe, fmt, test, diff.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

/// Arguments of `new`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Without --from the scenario is small: one file to read from top to bottom, the rest of the world from
the shipped library. With --from it is a copy of another, under the new name.

Examples:
  hotwash new night-shift
  hotwash new my-sale --from insider-sale
  hotwash new autumn --from ours/summer --dir ours    a copy beside one of your own")]
pub(crate) struct New {
    /// Name of the scenario and of its folder: small letters, digits and dashes
    pub(crate) name: String,
    /// Copy this scenario: a shipped one's name, or a folder
    #[arg(long, value_name = "SCENARIO")]
    pub(crate) from: Option<String>,
    /// Make the folder in this one, which is made if need be
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

/// Arguments of `describe`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  hotwash describe                         all there is
  hotwash describe soc                     a plugin's section, orders, levers, metrics
  hotwash describe soc.queue               a part of it
  hotwash describe decision                a part of the file itself
  hotwash describe number                  how numbers are written
  hotwash describe levers --scenario insider-sale
  hotwash describe soc.queue --example     RON to start from")]
pub(crate) struct Describe {
    /// A plugin, a part of one, a part of the format, a kind of value, `levers`, `metrics` or
    /// `milestones`; the list of all when there is none
    pub(crate) what: Option<String>,
    /// Open all groups within, however many fields that makes
    #[arg(long)]
    pub(crate) full: bool,
    /// Print only the example
    #[arg(long, requires = "what", conflicts_with_all = ["full", "format"])]
    pub(crate) example: bool,
    /// Take levers, metrics, milestones and examples from this scenario [default: the shipped ones]
    #[arg(long, value_name = "SCENARIO")]
    pub(crate) scenario: Option<String>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: DescribeFormat,
    /// Write the whole reference as Markdown files into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["what", "full", "example", "scenario"])]
    pub(crate) all: Option<PathBuf>,
}

/// How a description is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DescribeFormat {
    /// For a terminal
    #[default]
    Text,
    /// Markdown
    Md,
}

/// Arguments of `fmt`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Comments and blank lines stay. A group that stands on one line stays on one line, however long; one that
begins with a line break gets a line for each field. What the file says does not change: a file of
which that is not sure is left as it is.

Examples:
  hotwash fmt my-scenario
  hotwash fmt --check .             for CI: names what is not formatted")]
pub(crate) struct Fmt {
    /// Files, and folders with all `.ron` files below [default: the current folder]
    pub(crate) paths: Vec<PathBuf>,
    /// Change nothing; end with code 5 when a file is not formatted
    #[arg(long)]
    pub(crate) check: bool,
}

/// Arguments of `test`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Expectations stand in expectations.ron beside scenario.ron; docs/testing.md says how they are written.
Without PATH, all scenarios of the current folder are tried, or the shipped ones where it has none.
Ends with code 5 when an expectation does not hold, cannot be told, or a golden timeline differs.

Examples:
  hotwash test my/scenario                       try all that is expected of it
  hotwash test my/scenarios --junit results.xml  all scenarios below, with a file for the CI server
  hotwash test my/scenario --only in-time        one expectation
  hotwash test my/scenario --seed 7              does it hold in other worlds, too?
  hotwash test my/scenario --accept              keep the golden timelines as they are now")]
pub(crate) struct Test {
    /// A shipped scenario's name, a scenario's folder or file, or a folder of scenarios
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Write golden timelines that are missing or differ, and say what has changed
    #[arg(long)]
    pub(crate) accept: bool,
    /// How to print the results
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: TestFormat,
    /// Write the results as JUnit XML, too
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,
    /// Try only what has this name; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// Try expectations with this seed in place of theirs; golden timelines are left out
    #[arg(long, value_name = "SEED", allow_hyphen_values = true, conflicts_with = "accept", value_parser = super::seed)]
    pub(crate) seed: Option<String>,
}

/// How results of `test` are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    /// For people
    #[default]
    Text,
    /// The Test Anything Protocol, version 14
    Tap,
}

/// Arguments of `diff`.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
A run is a directory written by `run --out`, or is played now: SCENARIO[@POLICY][#SEED], where SCENARIO
is a shipped scenario's name or a path. A scenario that is held against a recorded run is played as that
was: with its policy, seed, levers and answers. With one run only, the flags say what is different.

Says what was different to begin with, where the runs part, which of the differences does it (each is
tried alone), what it led to, and which outcomes differ. Ends with code 5 when the runs differ.

Examples:
  hotwash diff runs/before my/scenario                   a recorded run, and the scenario as it is now
  hotwash diff runs/before runs/after
  hotwash diff insider-sale@historical insider-sale@deny
  hotwash diff insider-sale --set soc.analysts=12        what one lever does in this run
  hotwash diff 'insider-sale#7' 'insider-sale#8'         two seeds")]
pub(crate) struct Diff {
    /// The run before: a directory written by `run --out`, or SCENARIO[@POLICY][#SEED]
    pub(crate) before: String,
    /// The run after; left out, it is the run before with what the flags say
    pub(crate) after: Option<String>,
    /// The policy of each run that is given as a scenario
    #[arg(long, value_name = "POLICY")]
    pub(crate) policy: Option<String>,
    /// Its seed: a number, or words
    #[arg(long, value_name = "SEED", allow_hyphen_values = true, value_parser = super::seed)]
    pub(crate) seed: Option<String>,
    /// Set a lever in it; may be given several times
    #[arg(long, value_name = "LEVER=VALUE")]
    pub(crate) set: Vec<String>,
    /// Take an option in a decision of it; may be given several times
    #[arg(long, value_name = "DECISION=OPTION")]
    pub(crate) decide: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: super::lab::Format,
}
