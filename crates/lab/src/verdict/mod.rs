//! Verdicts: whether a scenario does what its authors expect of it, in one run or over many.
//!
//! What is found is data; the rule over many runs, and how often it errs, is in `rule`.

pub mod bounds;
mod one;
pub mod rule;
mod sample;
mod study;

use hotwash_engine::SimTime;
use hotwash_scenario::{Bound, Expectation, Expected, Observed, Scenario, Setup};

use crate::arm::{Arm, Reply};
use crate::stats::Estimate;

pub use one::judge_one;
pub use study::VerdictStudy;

/// What was found about an expectation.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Position among the scenario's expectations.
    pub number: usize,
    /// How it went.
    pub outcome: Outcome,
    /// What it was judged by.
    pub found: Found,
}

/// How an expectation went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Held,
    /// It does not.
    Failed,
    /// It could not be told: about so many runs would be needed, if any number would do.
    Undecided(Option<u64>),
}

/// What an expectation was judged by.
#[derive(Clone, Debug)]
pub enum Found {
    /// One run.
    Run(Vec<Seen>),
    /// A share of runs.
    Share(ShareFound),
    /// A mean or quantile over runs.
    Number(NumberFound),
}

/// What one run has of a part of a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The part and what the run has of it.
    pub observed: Observed,
    /// The civil date and time at which it came about.
    pub date: Option<String>,
    /// Who did what, as the journal tells it.
    pub told: Option<String>,
}

/// A share of runs and what it was held against.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareFound {
    /// The share, between the bounds that the verdict goes by.
    pub share: Estimate,
    /// What was wanted.
    pub bound: Bound,
    /// Runs in which it was so.
    pub hits: u64,
    /// Runs that count.
    pub counted: u64,
    /// How the runs were looked at.
    pub looks: Looked,
    /// A run that speaks against the expectation, by its replication.
    pub against: Option<u64>,
}

/// A mean or quantile and what it was held against.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberFound {
    /// The quantile's place; nothing for a mean.
    pub p: Option<f64>,
    /// Of which metric.
    pub metric: String,
    /// Its unit.
    pub unit: String,
    /// The figure, between the bounds that the verdict goes by.
    pub estimate: Estimate,
    /// What was wanted.
    pub bound: Bound,
    /// Runs in which the metric has a value.
    pub counted: u64,
    /// How the runs were looked at.
    pub looks: Looked,
}

/// How many runs there were and how often one looked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Looked {
    /// Worlds played.
    pub worlds: u64,
    /// Which look gave the verdict, from 1.
    pub look: usize,
    /// How many there could have been.
    pub of: usize,
    /// The chance of a wrong verdict, all looks together, on either side.
    pub risk: f64,
}

/// The arm of a setup. Its policy, decisions and options were checked when the scenario was loaded.
pub fn arm(scenario: &Scenario, setup: &Setup) -> Arm {
    let policy = setup.policy(scenario).cloned();
    let name = policy.as_ref().map_or("defaults", |p| p.name()).to_owned();
    let arm = Arm::new(name, policy, setup.levers.clone());
    let number = |name: &str| scenario.decisions().iter().position(|d| d.name.as_str() == name);
    setup.decide.iter().fold(arm, |arm, (decision, option)| {
        let Some(number) = number(decision) else { return arm };
        let options = &scenario.decisions()[number].options;
        match options.iter().position(|o| o.name.as_str() == option) {
            Some(option) => arm.with_reply(number as u16, Reply::AtOnce(option)),
            None => arm,
        }
    })
}

/// Whether an expectation is of one run.
pub fn is_of_one(expectation: &Expectation) -> bool {
    matches!(expectation.what, Expected::Fact(_))
}

impl Seen {
    fn date_of(at: Option<SimTime>, scenario: &Scenario) -> Option<String> {
        at.map(|at| scenario.calendar().date_time(at))
    }
}

#[cfg(test)]
mod tests;
