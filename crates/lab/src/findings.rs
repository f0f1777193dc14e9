//! What studies find, as data: for texts, pictures and files. Nothing here computes.

mod hindcast;
mod value;

use hotwash_engine::{Better, Firmness, MetricInfo};
use serde::Serialize;

pub use hindcast::{Hindcast, HindcastAlternative, HindcastRow};
pub use value::{
    Clear, DecisionWorth, Effect, OptionWorth, Pairing, Ranked, Shapley, ShapleyShare, Value,
};

use crate::stats::Estimate;

/// What every finding says of itself, so that it can be found again.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Header {
    /// The scenario's name.
    pub scenario: String,
    /// And its title.
    pub title: String,
    /// The seed as given.
    pub seed: String,
    /// Worlds that every arm met.
    pub worlds: u64,
    /// Runs of a simulation in all.
    pub runs: u64,
    /// The command that finds it again.
    pub command: String,
    /// SHA-256 over the scenario's files and policies.
    pub scenario_sha256: String,
    /// Version of the program.
    pub hotwash: String,
    /// Version of the mapping from addresses to draws.
    pub streams: u32,
    /// Whether it was stopped before all batches were done.
    pub is_partial: bool,
    /// What a reader must know to read it rightly, one sentence each.
    pub notes: Vec<String>,
}

/// A metric as findings name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// Its unit as printed.
    pub unit: String,
    /// `lower`, `higher` or `neither`: which is better.
    pub better: &'static str,
    /// Who bears it.
    pub bearer: String,
    /// One sentence.
    pub about: String,
}

impl From<&MetricInfo> for Measure {
    fn from(info: &MetricInfo) -> Self {
        Measure {
            name: info.name.to_owned(),
            unit: info.unit.to_owned(),
            better: match info.better {
                Better::Lower => "lower",
                Better::Higher => "higher",
                Better::Neither => "neither",
            },
            bearer: info.bearer.to_owned(),
            about: info.about.to_owned(),
        }
    }
}

/// An arm as findings name it.
#[derive(Clone, Debug, Serialize)]
pub struct ArmInfo {
    /// Its name: a policy's, or a cell's.
    pub name: String,
    /// One sentence, if there is one.
    pub summary: String,
}

/// One metric under one arm.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Worlds in which it has a value.
    pub count: u64,
    /// And their share.
    pub share: Estimate,
    /// Mean of the values, by t.
    pub mean: Estimate,
    /// Quantiles of the values at 5, 10, 50, 90, 95 and 99 %, by order statistics; none when there is
    /// no value.
    pub quantiles: Option<[Estimate; 6]>,
}

impl Summary {
    /// The probabilities of [`Summary::quantiles`].
    pub const LEVELS: [f64; 6] = [0.05, 0.1, 0.5, 0.9, 0.95, 0.99];

    /// The median, if there is a value.
    pub fn median(&self) -> Option<Estimate> {
        self.quantiles.map(|q| q[2])
    }
}

/// One metric under two arms in the same worlds.
#[derive(Clone, Debug, Serialize)]
pub struct Paired {
    /// Position of the first arm.
    pub a: usize,
    /// Position of the second.
    pub b: usize,
    /// Worlds in which both have a value; the rest of this is about them.
    pub count: u64,
    /// Mean of a - b, by t over worlds.
    pub difference: Estimate,
    /// Whether that mean is told apart from zero: its interval is clear of it, and at least
    /// [`crate::stats::LEAST_DIFFERING`] worlds differ.
    pub is_clear: bool,
    /// Median of a - b, by order statistics.
    pub median_difference: Option<Estimate>,
    /// Shares of worlds in which a is better, both are equal, b is better. Where neither is better: a is
    /// lower, equal, higher.
    pub better: [Estimate; 3],
    /// How much of the variance of the difference pairing removed: 1 - Var(a - b) / (Var a + Var b).
    /// None when there is nothing to remove.
    pub variance_removed: Option<f64>,
    /// Difference of the shares of worlds that have a value at all.
    pub share_difference: Estimate,
}

/// One metric of a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// Which.
    pub measure: Measure,
    /// By arm.
    pub arms: Vec<Summary>,
    /// For each pair asked for.
    pub pairs: Vec<Paired>,
}

/// How probable it is that a loss exceeds an amount: (amount, probability with interval), rising.
#[derive(Clone, Debug, Serialize)]
pub struct Exceedance {
    /// Which loss; its bearer says whose.
    pub measure: Measure,
    /// By arm.
    pub curves: Vec<Vec<(f64, Estimate)>>,
}

/// The share of worlds in which something has not happened yet: (time, share with interval), rising.
#[derive(Clone, Debug, Serialize)]
pub struct Survival {
    /// Which time; never counts as not yet.
    pub measure: Measure,
    /// By arm.
    pub curves: Vec<Vec<(f64, Estimate)>>,
}

/// A metric over simulated time.
#[derive(Clone, Debug, Serialize)]
pub struct Course {
    /// Which.
    pub measure: Measure,
    /// Days from STARTEX.
    pub days: Vec<f64>,
    /// STARTEX as a date.
    pub startex: String,
    /// By arm, by day: quantiles at 5, 25, 50, 75, 95 % over worlds.
    pub bands: Vec<Vec<[f64; 5]>>,
    /// Worlds that were watched.
    pub worlds: u64,
}

/// What somebody is ready to bear: at most this probability of losing more than this amount.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tolerance {
    /// Amount in US dollars.
    pub amount_usd: f64,
    /// Probability, 0 to 1.
    pub probability: f64,
    /// Whose losses; empty for everybody's.
    pub bearer: String,
}

/// Two or more policies over the same worlds.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// What was run.
    pub header: Header,
    /// The policies.
    pub arms: Vec<ArmInfo>,
    /// Metric by metric.
    pub metrics: Vec<Compared>,
    /// Losses.
    pub losses: Vec<Exceedance>,
    /// Times.
    pub times: Vec<Survival>,
    /// Over time.
    pub courses: Vec<Course>,
    /// What is tolerated, as given.
    pub tolerance: Vec<Tolerance>,
}

/// What is varied in a sweep.
#[derive(Clone, Debug, Serialize)]
pub struct Factor {
    /// A lever, a decision, or `policy`.
    pub name: String,
    /// Which of these: `lever`, `decision`, `policy`.
    pub sort: &'static str,
    /// Its levels as written; of a range, the two ends.
    pub levels: Vec<String>,
    /// Whether anything between the two ends was run.
    pub is_range: bool,
    /// Unit of the levels; empty when they have none or say it themselves.
    pub unit: String,
    /// One sentence.
    pub about: String,
}

/// A combination of levels.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// What was set, by factor.
    pub values: Vec<String>,
    /// By metric of the sweep.
    pub outcomes: Vec<Summary>,
}

/// What a level does on average over the other factors: its difference from the mean of all cells. Of
/// a range there is one, which is what its high end does against its low end.
#[derive(Clone, Debug, Serialize)]
pub struct MainEffect {
    /// Position of the factor.
    pub factor: usize,
    /// The level; of a range `from low to high`.
    pub level: String,
    /// By how much.
    pub effect: Estimate,
}

/// What going from a factor's first level to another does, on average over the other factors.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Position of the factor.
    pub factor: usize,
    /// The first level; of a range, its low end.
    pub from: String,
    /// The other; of a range, its high end.
    pub to: String,
    /// By how much.
    pub effect: Estimate,
    /// Worlds in which it does anything.
    pub differing: u64,
}

/// What two levels do together beyond the sum of what each does with the other factor at its first
/// level: value at (to, to) - (to, from) - (from, to) + (from, from), on average over all further factors.
#[derive(Clone, Debug, Serialize)]
pub struct Together {
    /// Positions of the factors.
    pub factors: (usize, usize),
    /// Their first levels; of a range, its low end.
    pub from: (String, String),
    /// The others; of a range, its high end.
    pub to: (String, String),
    /// By how much.
    pub effect: Estimate,
    /// Worlds in which it is not zero.
    pub differing: u64,
}

/// What two levels do together beyond the sum of their main effects, against the mean of all cells. It
/// goes with [`MainEffect`]; [`Together`] goes with [`Change`].
#[derive(Clone, Debug, Serialize)]
pub struct Interaction {
    /// Positions of the factors.
    pub factors: (usize, usize),
    /// Their levels.
    pub levels: (String, String),
    /// By how much.
    pub effect: Estimate,
}

/// How much of the variance between the means of the cells effects describe, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Described {
    /// By single factors alone.
    pub singles: f64,
    /// By single factors and pairs; the same where pairs are not described.
    pub with_pairs: f64,
    /// The latter for each cell by a description of the others alone (Allen's PRESS): what it is worth
    /// for combinations that were not run; below 0 if worth less than the mean. None for a full
    /// factorial, where effects are means and no fit.
    pub left_out: Option<f64>,
    /// Coefficients of the fit, likewise.
    pub coefficients: Option<usize>,
}

/// One metric of a sweep.
#[derive(Clone, Debug, Serialize)]
pub struct Swept {
    /// Which.
    pub measure: Measure,
    /// Worlds in which all cells have a value; the rest of this is about them.
    pub worlds: u64,
    /// Mean over all cells.
    pub mean: Estimate,
    /// Effects of single factors, against the mean; none below two worlds.
    pub mains: Vec<MainEffect>,
    /// And against their first levels.
    pub changes: Vec<Change>,
    /// Effects of pairs; of a range, only of its high end, the low end's being the opposite.
    pub interactions: Vec<Interaction>,
    /// The same against the first levels.
    pub together: Vec<Together>,
    /// How much these say; none when all cells are alike.
    pub described: Option<Described>,
}

/// A sweep over levers and decisions.
#[derive(Clone, Debug, Serialize)]
pub struct Sweep {
    /// What was run.
    pub header: Header,
    /// `full`, `lhs` or `sobol`.
    pub design: String,
    /// The policy that sets and answers what is not varied; empty if there is none, or policies are
    /// varied.
    pub policy: String,
    /// What was varied.
    pub factors: Vec<Factor>,
    /// The combinations.
    pub cells: Vec<Cell>,
    /// Metric by metric.
    pub metrics: Vec<Swept>,
}

/// A number of the model.
#[derive(Clone, Debug, Serialize)]
pub struct NumberInfo {
    /// `plugin.field`.
    pub path: String,
    /// Its unit.
    pub unit: String,
    /// How well it is known.
    pub firmness: String,
    /// Where it is from.
    pub source: String,
    /// What it was moved between, as text: `0.02 to 0.3 (5-95 %)` or `fixed 3, moved 1.61 to 5.6`.
    pub range: String,
}

impl NumberInfo {
    /// Whether it is a guess.
    pub fn is_guess(&self) -> bool {
        self.firmness == Firmness::Guess.to_string()
    }
}

/// A number after screening by Morris's method.
#[derive(Clone, Debug, Serialize)]
pub struct Screened {
    /// Which.
    pub number: NumberInfo,
    /// Mean of the absolute elementary effects on the outcome under the first policy: by how much moving
    /// it from its 5 % to its 95 % point moves the outcome, in the outcome's unit. By t over trajectories.
    pub outcome: Estimate,
    /// Mean of the effects with their sign.
    pub signed: f64,
    /// Their standard deviation: large beside the mean where it interacts, bends, or meets chance.
    pub spread: f64,
    /// The same as `outcome` on the difference between the two policies: what can turn a ranking.
    pub difference: Option<Estimate>,
    /// Trajectories in which the outcome had a value before and after the step; `outcome`, `signed` and
    /// `spread` are over these.
    pub steps: u64,
    /// Trajectories in which it had none on one side or on both.
    pub steps_without_value: u64,
    /// Whether any step changed the outcome, or whether it has a value, under any policy.
    pub has_effect: bool,
    /// Whether it is read before runs begin, where it cannot be moved, and moving it in the runs did
    /// nothing: so nothing is known of its effect.
    pub is_out_of_reach: bool,
}

/// A number's share in the variance of an outcome. Estimates are not forced into 0 to 1: sampling error
/// may take a small share a little below 0.
#[derive(Clone, Debug, Serialize)]
pub struct Index {
    /// Which; none for chance and all numbers that were not examined, together.
    pub number: Option<NumberInfo>,
    /// Share of the variance that it explains by itself.
    pub first: Estimate,
    /// Share in which it has any part.
    pub total: Estimate,
}

/// What a variance is made of. The four sum to 1; sampling error may take one below 0 or above 1.
#[derive(Clone, Debug, Serialize)]
pub struct VarianceShares {
    /// First-order shares of the examined numbers that are guesses.
    pub guesses: Estimate,
    /// And of those that have a source.
    pub sourced: Estimate,
    /// First-order share of chance and of all numbers with a range that were not examined, guesses among
    /// them. Numbers without a range that were not examined are not varied, and in no share.
    pub chance_and_rest: Estimate,
    /// What only comes about between several of these.
    pub interactions: Estimate,
}

/// Two policies over all rows of the sample: over chance and the ranges of the numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Ranking {
    /// Mean of first - second, by t.
    pub difference: Estimate,
    /// Shares of worlds in which the first is better, both are equal, the second is better. Where neither
    /// is better: the first is lower, equal, higher.
    pub better: [Estimate; 3],
    /// Worlds in which both have a value.
    pub worlds: u64,
    /// Worlds in which one or both have none.
    pub without_value: u64,
}

/// What a number does to a ranking of policies.
#[derive(Clone, Debug, Serialize)]
pub struct Turning {
    /// Which.
    pub number: NumberInfo,
    /// Mean difference between the first two policies where it is in the lowest third of its range.
    pub low: Estimate,
    /// And in the highest.
    pub high: Estimate,
    /// Whether one policy is clearly better at one end and the other at the other, where at least 20
    /// worlds differ.
    pub turns: bool,
}

/// Which numbers a conclusion hangs on.
#[derive(Clone, Debug, Serialize)]
pub struct Sensitivity {
    /// What was run.
    pub header: Header,
    /// The outcome.
    pub measure: Measure,
    /// The policies, one or two.
    pub arms: Vec<ArmInfo>,
    /// Trajectories of the screening.
    pub trajectories: u64,
    /// Lowest and highest outcome under the first policy in any run; none when it never has a value.
    pub outcome_range: Option<(f64, f64)>,
    /// All numbers, those that move the outcome most first.
    pub screened: Vec<Screened>,
    /// Rows of the sample behind `indices`: those in which all runs of the first policy have a value.
    pub rows: u64,
    /// Rows left out since a run had none.
    pub rows_without_value: u64,
    /// Variance shares of the outcome under the first policy, the largest total first, chance last. Empty
    /// when there is no variance to share or when it was stopped before.
    pub indices: Vec<Index>,
    /// What the outcome's variance is made of.
    pub shares: Option<VarianceShares>,
    /// Variance shares of the difference between the two policies.
    pub difference_indices: Vec<Index>,
    /// What the difference's variance is made of.
    pub difference_shares: Option<VarianceShares>,
    /// How the two policies stand.
    pub ranking: Option<Ranking>,
    /// What the examined numbers do to that, in the order of `screened`.
    pub turning: Vec<Turning>,
}

/// That a policy is no better than another in cost and in harm.
#[derive(Clone, Debug, Serialize)]
pub struct Beaten {
    /// The other's name.
    pub by: String,
    /// Cost over the other's in the same worlds: mean of (this - other).
    pub cost: Estimate,
    /// Harm over the other's, likewise.
    pub harm: Estimate,
}

/// A policy in the judgement of a search: found by it, or there before.
#[derive(Clone, Debug, Serialize)]
pub struct FrontierPoint {
    /// Its name, and its file's.
    pub name: String,
    /// Lever values and answers that differ from the base policy, as text; those that do most first.
    /// Empty for a policy of the scenario that differs in more than was varied.
    pub choices: Vec<(String, String)>,
    /// Cost, mean over worlds that the search did not see.
    pub cost: Estimate,
    /// Harm, likewise.
    pub harm: Estimate,
    /// 10, 50, 90 % of the cost.
    pub cost_quantiles: [f64; 3],
    /// And of the harm.
    pub harm_quantiles: [f64; 3],
    /// Whether no other policy judged has lower means of both; others are there to compare.
    pub is_on_frontier: bool,
    /// Whether it is one of the scenario's own policies, or the one that the search started from.
    pub is_shipped: bool,
    /// Whether the search started from it.
    pub is_base: bool,
    /// Where it is not on the frontier: a policy on the frontier that beats it, the clearest.
    pub beaten: Option<Beaten>,
    /// On the frontier: cost and harm over those of the next cheaper policy on it, in the same worlds.
    pub step: Option<[Estimate; 2]>,
    /// The policy as a file.
    pub policy_text: String,
}

/// Policies that no other beats on cost against harm.
#[derive(Clone, Debug, Serialize)]
pub struct Frontier {
    /// What was run.
    pub header: Header,
    /// What is cost.
    pub cost: Measure,
    /// What is harm.
    pub harm: Measure,
    /// The policy that the search started from.
    pub base: String,
    /// Levers and decisions that were varied.
    pub searched: Vec<String>,
    /// Policies tried, those tried only to simplify others included.
    pub tried: u64,
    /// Runs spent on the search.
    pub search_runs: u64,
    /// Worlds of the search that a policy met at most.
    pub search_worlds: u64,
    /// Policies that no other tried beat in the search's own worlds.
    pub unbeaten: u64,
    /// Of these, left out of the judgement because others stood close by.
    pub dropped: u64,
    /// Worlds of the final judgement.
    pub final_worlds: u64,
    /// The points, by cost.
    pub points: Vec<FrontierPoint>,
}
