//! What decisions are worth, as data.

use serde::Serialize;

use super::{ArmInfo, Header, Measure};
use crate::stats::Estimate;

/// What stands behind a difference of [`OptionWorth`].
#[derive(Clone, Debug, Serialize)]
pub struct Effect {
    /// Worlds in which the metric has a value both under the option and under the policy.
    pub count: u64,
    /// Worlds in which it has a value under just one of them.
    pub alone: u64,
    /// Of those with both, shares in which the option is better, both are equal, the policy is better. Where
    /// neither is better: the option is lower, equal, higher.
    pub better: [Estimate; 3],
    /// Difference (option - policy) of the shares of worlds in which the metric has a value at all,
    /// over the worlds in which the decision was answered, by Agresti and Min (2005) for pairs.
    pub share_difference: Estimate,
    /// How much of the variance of the difference pairing removed: 1 - Var(a - b) / (Var a + Var b).
    /// None when there is nothing to remove.
    pub variance_removed: Option<f64>,
    /// Whether the difference is clear of zero, given that all those of options are looked at together:
    /// Holm's method at 5 % over t tests corrected for skewness. Never with fewer than twenty worlds that
    /// differ, nor with fewer worlds than 25 times the squared skewness of the differences.
    pub is_clear: bool,
}

/// An option of a decision against what the policy does, in the worlds in which it was answered.
#[derive(Clone, Debug, Serialize)]
pub struct OptionWorth {
    /// Its name.
    pub option: String,
    /// What it means.
    pub text: String,
    /// Whether the policy takes it; with rules, whether it takes it in most worlds.
    pub is_taken: bool,
    /// Share of the worlds answered in which the policy takes it.
    pub taken: Estimate,
    /// Whether the scenario's authors expect it.
    pub is_expected: bool,
    /// By metric: mean of (this option - what the policy does), by t over worlds. Where the policy takes
    /// this option anyway the difference is 0 and counts. None where no world has both values.
    pub differences: Vec<Option<Estimate>>,
    /// By metric: what stands behind it.
    pub effects: Vec<Effect>,
}

/// What a decision is worth.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionWorth {
    /// Its name.
    pub decision: String,
    /// Whether it is decided for all beforehand, whatever the policy says.
    pub is_fixed: bool,
    /// What is asked.
    pub ask: String,
    /// Share of worlds in which it comes up under the policy.
    pub asked: Estimate,
    /// Worlds in which it comes up.
    pub asked_count: u64,
    /// Worlds in which it is also answered before the end; the options' figures are of these.
    pub answered: u64,
    /// Day on which it comes up, 5, 50, 95 %, from STARTEX.
    pub asked_day: Option<[f64; 3]>,
    /// Its options.
    pub options: Vec<OptionWorth>,
}

/// A decision's largest clear difference, to rank decisions by.
#[derive(Clone, Debug, Serialize)]
pub struct Ranked {
    /// Position of the decision.
    pub decision: usize,
    /// Position of the option.
    pub option: usize,
    /// Position of the metric.
    pub measure: usize,
    /// The difference averaged over all worlds, those in which the decision is not answered counting as
    /// 0, in standard deviations of the metric over all runs of the study. Not negative.
    pub size: f64,
    /// Up to two more clear differences, each in another metric, the largest first.
    pub further: Vec<Clear>,
}

/// A clear difference of a ranked decision.
#[derive(Clone, Debug, Serialize)]
pub struct Clear {
    /// Position of the option.
    pub option: usize,
    /// Position of the metric.
    pub measure: usize,
    /// As [`Ranked::size`].
    pub size: f64,
}

/// A choice's share in the difference between two policies.
#[derive(Clone, Debug, Serialize)]
pub struct ShapleyShare {
    /// A decision or lever.
    pub name: String,
    /// `decision` or `lever`.
    pub sort: &'static str,
    /// What the first policy has.
    pub from: String,
    /// What the second has.
    pub to: String,
    /// By metric: its share, in the metric's unit. All shares sum to the difference. Not a number where
    /// no world counts.
    pub shares: Vec<Estimate>,
    /// By metric: whether the share is clear of zero, given that all shares are looked at together:
    /// Holm's method at 5 % over the shares, which are a family of their own; under the same conditions as
    /// for [`Effect::is_clear`], with groups of worlds that share an order in place of worlds.
    pub is_clear: Vec<bool>,
}

/// Where the difference between two policies comes from.
#[derive(Clone, Debug, Serialize)]
pub struct Shapley {
    /// From this policy.
    pub from: String,
    /// To this one.
    pub to: String,
    /// By metric: mean difference, to - from, over the worlds that count.
    pub differences: Vec<Estimate>,
    /// By metric: worlds that count. Where every order was gone through, those in which it has a value
    /// at every step; where orders were drawn, all or, if it lacks a value anywhere, none.
    pub counts: Vec<u64>,
    /// The choices in which they differ, the largest share in the first metric first.
    pub choices: Vec<ShapleyShare>,
    /// Whether every order of the choices was gone through in every world; else orders were drawn.
    pub is_exact: bool,
    /// Orders in which the choices were changed.
    pub orders: u64,
    /// Worlds that were walked.
    pub worlds: u64,
}

/// What pairing did for the differences of a study.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pairing {
    /// Differences between an option and the policy that are not zero in every world, of at least
    /// twenty worlds.
    pub differences: u64,
    /// Those of them of whose variance it removed at least 80 %.
    pub well_paired: u64,
    /// Median share of the variance removed.
    pub median: f64,
}

/// The worth of each decision under a policy.
#[derive(Clone, Debug, Serialize)]
pub struct Value {
    /// What was run.
    pub header: Header,
    /// The policy.
    pub policy: ArmInfo,
    /// The metrics.
    pub measures: Vec<Measure>,
    /// Their standard deviations over all forked runs of the study.
    pub spreads: Vec<f64>,
    /// Decision by decision.
    pub decisions: Vec<DecisionWorth>,
    /// Decisions with a clear difference, the largest first.
    pub ranking: Vec<Ranked>,
    /// What pairing did; none when there is no difference.
    pub pairing: Option<Pairing>,
    /// Against another policy, if asked for.
    pub shapley: Option<Shapley>,
}
