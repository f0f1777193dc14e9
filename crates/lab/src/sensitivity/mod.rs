//! Which numbers of the model an outcome, and a ranking of two policies, hang on.
//!
//! Two rounds. First every number is moved by itself, on trajectories through the ranges of all (see
//! [`walk`]). Then those that move most are sampled over their ranges, and their shares in the variance
//! are told from that of *chance*, which is a factor like them: the world that a run is in (see
//! [`indices`]). Chance so holds all numbers with a range that are not examined, since the world draws
//! them; numbers without a range that are not examined are not varied at all.

mod indices;
mod model;
mod moves;
mod ranking;
#[cfg(test)]
mod tests;
mod walk;

use std::sync::Arc;

use hotwash_engine::{Draw, MetricInfo};
use hotwash_scenario::Scenario;

use crate::arm::Arm;
use crate::conduct::{Round, Study};
use crate::error::LabError;
use crate::findings::{
    ArmInfo, Header, Index, Measure, NumberInfo, Screened, Sensitivity, Turning, VarianceShares,
};
use crate::stats::difference;

use model::{Model, Number};
pub use moves::Moves;
use moves::{ROWS, positions};
use ranking::Point;
use walk::{Effects, Walk};

/// Of how many numbers a note gives the paths.
const NAMED: usize = 4;

/// What is asked.
#[derive(Clone, Debug)]
pub struct SensitivityPlan {
    /// One policy, or two whose ranking is examined.
    pub arms: Vec<Arm>,
    /// The outcome by name; the scenario's first headline metric if none is named.
    pub outcome: Option<String>,
    /// The seed, as a number.
    pub seed: u64,
    /// Trajectories of the screening.
    pub trajectories: u64,
    /// Most numbers that get indices.
    pub top: usize,
    /// Rows of the sample for the indices.
    pub rows: u64,
}

/// The study.
pub struct Screening {
    model: Arc<Model>,
    info: MetricInfo,
    summaries: Vec<String>,
    plan: SensitivityPlan,
    rounds: u8,
    walked: u64,
    /// By number, on the outcome under the first policy.
    outcome: Vec<Effects>,
    /// By number, on the difference between two policies.
    difference: Vec<Effects>,
    /// Lowest and highest outcome under the first policy so far; NaN before there is one.
    range: [f64; 2],
    /// Numbers of the second round, those that move the outcome most first.
    examined: Vec<usize>,
    /// By arm: rows of outcomes.
    samples: Vec<Vec<f64>>,
}

impl Screening {
    /// Reads the model.
    ///
    /// # Errors
    /// No policy, more than two, the same twice; an unknown outcome; mistakes in levers.
    pub fn new(scenario: &Scenario, plan: SensitivityPlan) -> Result<Screening, LabError> {
        check_arms(&plan.arms)?;
        let build = |arm: &Arm| scenario.build(arm.set(), arm.policy()).map_err(LabError::Build);
        let built: Vec<_> = plan.arms.iter().map(build).collect::<Result<_, _>>()?;
        let metrics: Vec<MetricInfo> = built[0].metrics().cloned().collect();
        let name = plan.outcome.as_deref().or_else(|| scenario.headline().next());
        let metric = match name {
            Some(name) => metrics
                .iter()
                .position(|m| m.name == name)
                .ok_or_else(|| LabError::unknown("metric", name, metrics.iter().map(|m| m.name)))?,
            None => 0,
        };
        let info = metrics.get(metric).cloned();
        let info = info.ok_or_else(|| LabError::usage("the scenario has no metric to watch"))?;
        let model = Model::new(plan.arms.clone(), &built, metric, plan.seed);
        if model.numbers.is_empty() {
            return Err(LabError::usage("the scenario has no number that could be moved"));
        }
        let (numbers, arms) = (model.numbers.len(), plan.arms.len());
        let summary = |arm: &Arm| arm.policy().map_or("", |p| p.summary()).to_owned();
        Ok(Screening {
            summaries: plan.arms.iter().map(summary).collect(),
            model: Arc::new(model),
            info,
            plan,
            rounds: 0,
            walked: 0,
            outcome: vec![Effects::default(); numbers],
            difference: vec![Effects::default(); if arms == 2 { numbers } else { 0 }],
            range: [f64::NAN; 2],
            examined: Vec::new(),
            samples: vec![Vec::new(); arms],
        })
    }

    /// Worlds that were met so far.
    pub fn worlds(&self) -> u64 {
        self.walked + 2 * self.rows()
    }

    /// Runs that were done so far.
    pub fn runs(&self) -> u64 {
        let walks = self.walked * (self.model.numbers.len() as u64 + 1);
        (walks + self.rows() * self.width() as u64) * self.arms()
    }

    fn arms(&self) -> u64 {
        self.model.arms.len() as u64
    }

    /// Inputs of the second round: the numbers, then chance.
    fn inputs(&self) -> usize {
        self.examined.len() + 1
    }

    fn width(&self) -> usize {
        indices::width(self.inputs())
    }

    fn rows(&self) -> u64 {
        (self.samples[0].len() / self.width()) as u64
    }

    /// The numbers that move most: in turns the next by effect on the outcome and the next by effect on
    /// the difference, as far as there are any with an effect.
    fn choose(&self) -> Vec<usize> {
        let by_outcome = by_size(&self.outcome);
        let by_difference = by_size(&self.difference);
        let mut chosen: Vec<usize> = Vec::new();
        for place in 0..by_outcome.len() {
            let outcome = by_outcome.get(place).filter(|n| self.outcome[**n].size().value > 0.0);
            let difference =
                by_difference.get(place).filter(|n| self.difference[**n].size().value > 0.0);
            for number in [outcome, difference].into_iter().flatten() {
                if chosen.len() < self.plan.top && !chosen.contains(number) {
                    chosen.push(*number);
                }
            }
        }
        by_outcome.into_iter().filter(|n| chosen.contains(n)).collect()
    }

    fn has_effect(&self, number: usize) -> bool {
        self.outcome[number].has_effect || self.difference.get(number).is_some_and(|e| e.has_effect)
    }

    /// What was found, of all batches absorbed; nothing when it was stopped before two trajectories were
    /// done. Notes are added to the header.
    pub fn finding(&self, header: Header) -> Option<Sensitivity> {
        if self.walked < 2 {
            return None;
        }
        let (rows, outcome) = self.explain(&self.samples[0], "outcome");
        let (indices, shares) = outcome.unzip();
        let (difference_indices, difference_shares) =
            self.differences().and_then(|d| self.explain(&d, "difference").1).unzip();
        let points = self.points();
        let has_ranking = self.arms() == 2 && !points.is_empty();
        Some(Sensitivity {
            header: Header { notes: [header.notes.clone(), self.notes()].concat(), ..header },
            measure: Measure::from(&self.info),
            arms: self.arm_infos(),
            trajectories: self.walked,
            outcome_range: (!self.range[0].is_nan()).then_some((self.range[0], self.range[1])),
            screened: by_size(&self.outcome).into_iter().map(|n| self.screened(n)).collect(),
            rows,
            rows_without_value: self.rows() - rows,
            indices: indices.unwrap_or_default(),
            shares,
            difference_indices: difference_indices.unwrap_or_default(),
            difference_shares,
            ranking: has_ranking.then(|| ranking::overall(&points, self.info.better)),
            turning: if has_ranking { self.turning(&points) } else { Vec::new() },
        })
    }

    fn arm_infos(&self) -> Vec<ArmInfo> {
        let named = self.model.arms.iter().map(|arm| arm.name().to_owned()).zip(&self.summaries);
        named.map(|(name, summary)| ArmInfo { name, summary: summary.clone() }).collect()
    }

    fn number(&self, number: usize) -> NumberInfo {
        self.model.numbers[number].info.clone()
    }

    fn screened(&self, number: usize) -> Screened {
        let effects = &self.outcome[number];
        Screened {
            number: self.number(number),
            outcome: effects.size(),
            signed: effects.mean(),
            spread: effects.spread(),
            difference: self.difference.get(number).map(Effects::size),
            steps: effects.steps(),
            steps_without_value: effects.without_value,
            has_effect: self.has_effect(number),
            is_out_of_reach: self.is_out_of_reach(number),
        }
    }

    fn is_out_of_reach(&self, number: usize) -> bool {
        self.model.numbers[number].is_read_at_build && !self.has_effect(number)
    }

    /// The difference in each run of the sample, if there are two policies.
    fn differences(&self) -> Option<Vec<f64>> {
        let [a, b] = &self.samples[..] else { return None };
        Some(a.iter().zip(b).map(|(a, b)| difference(*a, *b)).collect())
    }

    /// How many rows are whole, and the shares that they give.
    fn explain(
        &self,
        sample: &[f64],
        purpose: &str,
    ) -> (u64, Option<(Vec<Index>, VarianceShares)>) {
        let whole = sample.chunks_exact(self.width()).filter(|row| row.iter().all(|v| !v.is_nan()));
        let rows: Vec<f64> = whole.flatten().copied().collect();
        let count = (rows.len() / self.width()) as u64;
        let chance = self.examined.len();
        let is_guess = |input: &usize| self.model.numbers[self.examined[*input]].is_guess;
        let (guesses, sourced) = (0..chance).partition(is_guess);
        let groups = [guesses, sourced, vec![chance]];
        let seed = Draw::addressed(self.plan.seed, purpose, 0).bits();
        let Some(found) = indices::explain(&rows, self.inputs(), &groups, seed) else {
            return (count, None);
        };
        let [guesses, sourced, chance_and_rest] = [0, 1, 2].map(|group| found.groups[group]);
        let interactions = found.rest;
        let shares = VarianceShares { guesses, sourced, chance_and_rest, interactions };
        let number = |input| self.examined.get(input).map(|number| self.number(*number));
        let found = found.inputs.into_iter().enumerate();
        let mut all: Vec<Index> = found
            .map(|(input, (first, total))| Index { number: number(input), first, total })
            .collect();
        all.sort_by(|a, b| {
            let by_total = b.total.value.total_cmp(&a.total.value);
            a.number.is_none().cmp(&b.number.is_none()).then(by_total)
        });
        (count, Some((all, shares)))
    }

    /// The worlds of samples A and B, in which all numbers are drawn anew.
    fn points(&self) -> Vec<Point> {
        let [a, b] = &self.samples[..] else { return Vec::new() };
        let mut points = Vec::new();
        for row in 0..self.rows() as usize {
            let positions = positions(self.plan.seed, row as u64, self.examined.len());
            for (column, at) in positions.into_iter().enumerate() {
                let place = row * self.width() + column;
                points.push(Point { at, outcomes: [a[place], b[place]] });
            }
        }
        points
    }

    fn turning(&self, points: &[Point]) -> Vec<Turning> {
        let turning = |(place, number): (usize, &usize)| {
            let [low, high] = ranking::ends(points, place);
            let turns = ranking::turns([low, high]);
            Turning { number: self.number(*number), low: low.mean, high: high.mean, turns }
        };
        self.examined.iter().enumerate().map(turning).collect()
    }

    /// What a reader must know that the figures do not say.
    fn notes(&self) -> Vec<String> {
        let numbers = &self.model.numbers;
        let mut notes = Vec::new();
        let fixed = self.examined.iter().filter(|n| numbers[**n].is_fixed).count();
        if fixed > 0 {
            notes.push(format!(
                "{fixed} of the {} numbers examined are given without a range; they were moved from half \
                 to double (shares: 0.7 up and down in log-odds; points: a fifth up and down), and that \
                 range is ours.",
                self.examined.len()
            ));
        }
        let still = numbers.iter().filter(|n| n.is_fixed).count() - fixed;
        if still > 0 && !self.examined.is_empty() {
            notes.push(format!(
                "{still} numbers without a range were not examined; they are not varied in the shares and in \
                 the ranking at all, and what is not known of them is in no figure there."
            ));
        }
        notes.push(
            "A number that is drawn anew from case to case has its middle case moved over the range; its \
             spread from case to case stays and counts as chance, so that both add to the variance here."
                .to_owned(),
        );
        let out: Vec<&Number> =
            (0..numbers.len()).filter(|n| self.is_out_of_reach(*n)).map(|n| &numbers[n]).collect();
        if !out.is_empty() {
            let paths: Vec<&str> = out.iter().take(NAMED).map(|n| n.info.path.as_str()).collect();
            let more = if out.len() > NAMED { " and others" } else { "" };
            notes.push(format!(
                "{} numbers are read while the model is built, where they cannot be moved, and moving them \
                 in the runs did nothing; so nothing is known of their effect: {}{more}.",
                out.len(),
                paths.join(", ")
            ));
        }
        notes
    }
}

/// Numbers by the size of their effects, the largest first.
fn by_size(effects: &[Effects]) -> Vec<usize> {
    let sizes: Vec<f64> = effects.iter().map(|e| e.size().value).collect();
    let mut order: Vec<usize> = (0..effects.len()).collect();
    order.sort_by(|a, b| sizes[*b].total_cmp(&sizes[*a]));
    order
}

fn check_arms(arms: &[Arm]) -> Result<(), LabError> {
    match arms {
        [] => Err(LabError::usage("no policy is given")),
        [_] => Ok(()),
        [a, b] if a.name() == b.name() => Err(LabError::usage(format!(
            "policy `{}` is given twice: it has no ranking against itself",
            a.name()
        ))
        .hint("give one policy, or two different ones")),
        [_, _] => Ok(()),
        more => Err(LabError::usage(format!(
            "{} policies are given: a ranking is examined of two",
            more.len()
        ))
        .hint("give one policy, or two")),
    }
}

impl Study for Screening {
    type Job = Moves;

    fn next_round(&mut self) -> Option<Round<Moves>> {
        let trajectories = self.plan.trajectories;
        self.rounds += 1;
        let (batches, runs) = match self.rounds {
            1 => (0..trajectories, trajectories * (self.model.numbers.len() as u64 + 1)),
            2 => {
                self.examined = self.choose();
                if self.examined.is_empty() || self.plan.rows == 0 {
                    return None;
                }
                let batches = self.plan.rows.div_ceil(ROWS);
                (trajectories..trajectories + batches, self.plan.rows * self.width() as u64)
            }
            _ => return None,
        };
        let job = Moves {
            model: Arc::clone(&self.model),
            trajectories,
            rows: self.plan.rows,
            examined: self.examined.clone(),
        };
        Some(Round { batches, runs: runs * self.arms(), job })
    }

    fn absorb(&mut self, batch: u64, numbers: &[f64]) {
        let part = numbers.len() / self.model.arms.len();
        let mut arms = numbers.chunks_exact(part);
        let first = numbers[..part].iter();
        // The lesser of NaN and a number is the number.
        self.range = first.fold(self.range, |[low, high], v| [low.min(*v), high.max(*v)]);
        if batch >= self.plan.trajectories {
            self.samples.iter_mut().zip(arms).for_each(|(sample, rows)| sample.extend(rows));
            return;
        }
        let walk = Walk::new(self.plan.seed, batch, self.model.numbers.len());
        let a = arms.next().unwrap_or_default();
        Effects::absorb(&mut self.outcome, &walk, a);
        if let Some(b) = arms.next() {
            Effects::absorb_difference(&mut self.difference, &walk, a, b);
        }
        self.walked += 1;
    }
}
