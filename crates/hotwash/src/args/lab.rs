//! What can be typed for studies of many runs.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

/// What all studies take.
#[derive(Clone, Debug, ClapArgs)]
#[command(next_help_heading = "What is run")]
pub(crate) struct Common {
    /// A number, or words such as calm-otter [default: the scenario's]
    #[arg(long, value_name = "SEED", allow_hyphen_values = true, value_parser = super::seed)]
    pub(crate) seed: Option<String>,
    /// Set a lever under every policy; may be given several times
    #[arg(long, value_name = "LEVER=VALUE")]
    pub(crate) set: Vec<String>,
    /// Take an option in a decision under every policy; may be given several times
    #[arg(long, value_name = "DECISION=OPTION")]
    pub(crate) decide: Vec<String>,
    /// Which year's law counts the clocks
    #[arg(long, value_name = "YEAR")]
    pub(crate) law: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What studies give, and how they work.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = "What comes out")]
pub(crate) struct Output {
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    /// Also write a page with pictures, for browsers and for paper
    #[arg(long, value_name = "FILE.html")]
    pub(crate) report: Option<PathBuf>,
    /// Also write the finding into a new directory, with tables of all runs (Parquet and CSV) in
    /// compare, sweep and hindcast; if interrupted, go on with --resume
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Go on with an interrupted study; all other choices are read from the directory, only --threads,
    /// --report and --format can be said anew
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "shard"])]
    pub(crate) resume: Option<PathBuf>,
    /// Do only part I of N of the runs, for `hotwash merge`; prints no finding
    #[arg(long, value_name = "I/N", requires = "out", value_parser = shard)]
    pub(crate) shard: Option<hotwash_lab::Shard>,
    /// Also write the journals of the first N worlds as a table
    #[arg(long, value_name = "N", requires = "out")]
    pub(crate) events: Option<u64>,
    /// Worker threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// What the command line comes to.
    #[arg(skip)]
    pub(crate) work: crate::study_dir::Work,
}

/// How a study is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables, for people
    #[default]
    Text,
    /// All figures, for programs
    Json,
}

fn shard(text: &str) -> Result<hotwash_lab::Shard, String> {
    let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    match parts {
        Some((index, of)) if (1..=of).contains(&index) => {
            Ok(hotwash_lab::Shard { index: index - 1, of })
        }
        _ => Err("write a part and how many there are, such as 1/4 up to 4/4".to_owned()),
    }
}

/// Worlds of a study.
fn worlds(text: &str) -> Result<u64, String> {
    let number = text.replace('_', "").parse().ok().filter(|n| (2..=10_000_000).contains(n));
    number.ok_or_else(|| "write a whole number from 2 to 10000000".to_owned())
}

/// Which metrics a study shows.
#[derive(Clone, Debug, ClapArgs)]
pub(crate) struct Metrics {
    /// Metrics to show, separated by commas [default: the scenario's headline]
    #[arg(long, value_name = "METRIC,..", value_delimiter = ',')]
    pub(crate) metrics: Vec<String>,
    /// Show every metric
    #[arg(long, conflicts_with = "metrics")]
    pub(crate) all: bool,
}

/// Arguments of `compare`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = "\
All policies meet the same worlds: the same customers, the same intruder, the same luck. So what
differs is the policies' doing, and a few thousand worlds tell them apart.

Examples:
  hotwash compare insider-sale --policies historical,by-the-book,deny,silent
  hotwash compare insider-sale --policies deny,by-the-book --precision victims=±20
  hotwash compare access-broker --policies historical,watchful --report watchful.html
  hotwash compare insider-sale --policies deny,silent --out study --runs 20000")]
pub(crate) struct Compare {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    #[arg(required_unless_present = "resume")]
    pub(crate) scenario: Option<String>,
    /// Policies, by name or as paths of files; all are compared with the first [default: all]
    #[arg(long, value_name = "A,B,..", value_delimiter = ',')]
    pub(crate) policies: Vec<String>,
    /// Compare every policy with every other, not only with the first
    #[arg(long)]
    pub(crate) every_pair: bool,
    /// Worlds to meet
    #[arg(long, value_name = "N", default_value = "2000", value_parser = worlds, allow_negative_numbers = true)]
    pub(crate) runs: u64,
    /// Run until the mean difference in a metric is known to within ±X
    #[arg(long, value_name = "METRIC=±X", conflicts_with_all = ["runs", "shard"])]
    pub(crate) precision: Option<String>,
    /// A file of what is tolerated, to draw over the loss curves: CSV with columns
    /// amount_usd,probability and, if wanted, bearer
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) tolerance: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) metrics: Metrics,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Designs of a sweep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Design {
    /// Every combination
    #[default]
    Full,
    /// Latin hypercube
    Lhs,
    /// Sobol's sequence
    Sobol,
}

/// Arguments of `sweep`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = "\
What can be varied: levers (`hotwash show SCENARIO` lists them), decisions by name (their options
are taken when the policy would have answered), and `policy` (by name or as paths of files).

Every combination meets the same worlds, so differences between them are not luck of the draw.
`full` runs all combinations and needs levels: V1,V2,.. or LOW..HIGH/LEVELS, which is so many at
equal distances, both ends included: 0..100/5 is 0, 25, 50, 75, 100.
`lhs` and `sobol` spread --cells combinations over the whole space, and take LOW..HIGH as well.

Examples:
  hotwash sweep insider-sale --vary soc.analysts=3,6,12 --vary estate.access_monitoring=none,peer
  hotwash sweep insider-sale --vary estate.canaries=0..100/5 --metrics victims,cost-vendor
  hotwash sweep insider-sale --vary advisory=generic,not-affiliated,callers-know-tickets
  hotwash sweep insider-sale --vary policy=historical,by-the-book --vary soc.night_shift=false,true
  hotwash sweep insider-sale --vary soc.analysts=2..20 --vary estate.log_retention=30d..400d --design sobol --cells 32")]
pub(crate) struct Sweep {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    #[arg(required_unless_present = "resume")]
    pub(crate) scenario: Option<String>,
    /// What to vary: NAME=V1,V2,.. or NAME=LOW..HIGH/LEVELS, or NAME=LOW..HIGH in lhs and sobol; may
    /// be given several times
    #[arg(long, value_name = "NAME=LEVELS", required_unless_present = "resume")]
    pub(crate) vary: Vec<String>,
    /// Which combinations to run
    #[arg(long, value_enum, default_value_t, value_name = "DESIGN")]
    pub(crate) design: Design,
    /// How many combinations, in lhs and sobol [default: 32]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) cells: Option<usize>,
    /// The policy that answers and sets what is not varied [default: historical, if there is one]
    #[arg(long, value_name = "POLICY")]
    pub(crate) policy: Option<String>,
    /// Worlds that every combination meets
    #[arg(long, value_name = "N", default_value = "500", value_parser = worlds, allow_negative_numbers = true)]
    pub(crate) runs: u64,
    #[command(flatten)]
    pub(crate) metrics: Metrics,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Arguments of `sensitivity`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = "\
First every number of the model is moved by itself (Morris's screening); then those that matter get
their share in the variance (Sobol's indices), beside the share of chance and of all numbers with a
range that were not examined. Numbers that are guesses are named as such.

Examples:
  hotwash sensitivity insider-sale --outcome victims
  hotwash sensitivity insider-sale --outcome cost-vendor --policies deny,by-the-book")]
pub(crate) struct Sensitivity {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    #[arg(required_unless_present = "resume")]
    pub(crate) scenario: Option<String>,
    /// The outcome [default: the first of the scenario's headline]
    #[arg(long, value_name = "METRIC")]
    pub(crate) outcome: Option<String>,
    /// One policy, or two whose ranking is examined [default: historical and by-the-book, if there are]
    #[arg(long, value_name = "A[,B]", value_delimiter = ',')]
    pub(crate) policies: Vec<String>,
    /// Trajectories of the screening; each runs every policy once per number
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u64).range(4..=10_000))]
    pub(crate) trajectories: u64,
    /// How many numbers get indices
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=64))]
    pub(crate) top: u64,
    /// Rows of the sample for the indices; each runs every policy (numbers + 3) times
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(64..=1_000_000))]
    pub(crate) rows: u64,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Arguments of `hindcast`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = "\
The record is `hindcast.ron` in the scenario's folder: dates and counts from public reports, each
with source and firmness. This is a check and never a fit: no number of the model was chosen to
meet it.

Examples:
  hotwash hindcast insider-sale
  hotwash hindcast access-broker --runs 5000 --report hindcast.html")]
pub(crate) struct Hindcast {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    #[arg(required_unless_present = "resume")]
    pub(crate) scenario: Option<String>,
    /// The policy that was followed [default: historical]
    #[arg(long, value_name = "POLICY")]
    pub(crate) policy: Option<String>,
    /// Worlds to meet
    #[arg(long, value_name = "N", default_value = "2000", value_parser = worlds, allow_negative_numbers = true)]
    pub(crate) runs: u64,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Arguments of `frontier`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = "\
Searches levers and answers for the policies that no other beats on cost against harm, spends at
most the budget on it, and judges those found in worlds that the search has not seen.

Examples:
  hotwash frontier insider-sale --budget 20000
  hotwash frontier insider-sale --cost analyst-hours --harm victims --policies-out found")]
pub(crate) struct Frontier {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    #[arg(required_unless_present = "resume")]
    pub(crate) scenario: Option<String>,
    /// What counts as cost
    #[arg(long, value_name = "METRIC", default_value = "cost-vendor")]
    pub(crate) cost: String,
    /// What counts as harm
    #[arg(long, value_name = "METRIC", default_value = "cost-victims")]
    pub(crate) harm: String,
    /// Runs to spend on the search
    #[arg(long, value_name = "RUNS", default_value = "20000", value_parser = worlds)]
    pub(crate) budget: u64,
    /// Worlds of the final judgement
    #[arg(long, value_name = "N", default_value = "1000", value_parser = worlds)]
    pub(crate) runs: u64,
    /// Leave levers as the base policy has them and search answers only
    #[arg(long)]
    pub(crate) answers_only: bool,
    /// The policy that the search starts from [default: historical, if there is one]
    #[arg(long, value_name = "POLICY")]
    pub(crate) policy: Option<String>,
    /// Write each policy found into this new directory, as a file that `run --policy` takes
    #[arg(long, value_name = "DIR")]
    pub(crate) policies_out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Arguments of `value`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = "\
Every world is forked at every decision: each option is taken at the moment when the policy would
have answered, and all that follows meets the same luck.

Examples:
  hotwash value insider-sale
  hotwash value insider-sale --policy deny --metrics victims,cost-vendor
  hotwash value insider-sale --policy historical --against by-the-book     which choices make the difference")]
pub(crate) struct Value {
    /// A shipped scenario's name, or the path of a scenario's folder or file
    #[arg(required_unless_present = "resume")]
    pub(crate) scenario: Option<String>,
    /// The policy that answers everything else [default: historical, if there is one]
    #[arg(long, value_name = "POLICY")]
    pub(crate) policy: Option<String>,
    /// Another policy: also share out the difference over the choices in which the two differ
    #[arg(long, value_name = "POLICY")]
    pub(crate) against: Option<String>,
    /// Worlds to fork
    #[arg(long, value_name = "N", default_value = "500", value_parser = worlds, allow_negative_numbers = true)]
    pub(crate) runs: u64,
    #[command(flatten)]
    pub(crate) metrics: Metrics,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Arguments of `merge`.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  hotwash compare insider-sale --runs 100000 --shard 1/2 --out part-1      on one machine
  hotwash compare insider-sale --runs 100000 --shard 2/2 --out part-2      on another
  hotwash merge part-1 part-2 --out whole                                  the bytes of a single run")]
pub(crate) struct Merge {
    /// The parts' directories
    #[arg(required = true, value_name = "DIR")]
    pub(crate) parts: Vec<PathBuf>,
    /// Write the whole study's tables into this new directory
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    /// Also write a page with pictures, for browsers and for paper
    #[arg(long, value_name = "FILE.html")]
    pub(crate) report: Option<PathBuf>,
}
