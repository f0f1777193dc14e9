//! Grades: whether a lesson's pass marks are met, and which choices cost most. Pure: a story and what
//! the forks found go in, a grade comes out.

use hotwash_lab::stats::Estimate;
use hotwash_scenario::PassMark;
use serde::{Deserialize, Serialize};

use crate::debrief::{DecisionStory, Fork, ForkEffect, HowTaken, Story, Worth};

/// Choices of a grade's list.
const MOST_COSTS: usize = 3;

/// How a lesson went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// The lesson's marks in order.
    pub marks: Vec<Marked>,
    /// Share of the marks that are met, 0 to 1.
    pub score: f64,
    /// Whether all of them are.
    pub is_passed: bool,
    /// Choices that cost clearly, the dearest first.
    pub costs: Vec<Cost>,
}

/// A pass mark and what was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    /// What is asked.
    pub asked: Asked,
    /// The metric's value, the decisions taken as expected, or the claims refuted; none where a metric
    /// has no value.
    pub found: Option<f64>,
    /// Whether it is met.
    pub is_met: bool,
}

/// What is asked, with the units that people read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Asked {
    /// A metric lies at a limit or on its better side.
    Metric {
        /// Its name.
        name: String,
        /// Its unit.
        unit: String,
        /// The limit.
        limit: f64,
        /// Whether it may be at most this; else at least.
        is_most: bool,
    },
    /// So many decisions are taken as the authors expect.
    AsExpected {
        /// At least.
        at_least: u32,
        /// Decisions that the learner took and of which something is expected.
        of: u32,
    },
    /// No claim was refuted.
    NoClaimRefuted,
}

/// A choice that cost something: another option would have been clearly better from exactly there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// The decision's name.
    pub decision: String,
    /// The question.
    pub ask: String,
    /// What was taken.
    pub taken: String,
    /// The option that would have been better.
    pub better: String,
    /// The metric in which it would have been better.
    pub metric: String,
    /// Its unit.
    pub unit: String,
    /// Mean difference of that option from the one taken, with the ends of its 95 % interval.
    pub difference: [f64; 3],
    /// Share of the futures in which it comes out better.
    pub share_better: f64,
    /// Futures behind it.
    pub futures: u64,
}

/// Grades a lesson.
pub fn grade(story: &Story, worth: Option<&Worth>, marks: &[PassMark]) -> Grade {
    let marks: Vec<Marked> = marks.iter().map(|mark| marked(story, mark)).collect();
    let met = marks.iter().filter(|m| m.is_met).count();
    Grade {
        score: if marks.is_empty() { 1.0 } else { met as f64 / marks.len() as f64 },
        is_passed: met == marks.len(),
        marks,
        costs: worth.map_or_else(Vec::new, |worth| costs(story, worth)),
    }
}

fn marked(story: &Story, mark: &PassMark) -> Marked {
    match mark {
        PassMark::AtMost(name, limit) => metric(story, name, *limit, true),
        PassMark::AtLeast(name, limit) => metric(story, name, *limit, false),
        PassMark::AsExpected(at_least) => {
            let own = story.decisions.iter().filter(|d| is_own(d) && d.expected.is_some());
            let (of, met) =
                own.fold((0, 0), |(of, met), d| (of + 1, met + u32::from(d.taken == d.expected)));
            Marked {
                asked: Asked::AsExpected { at_least: *at_least, of },
                found: Some(f64::from(met)),
                is_met: met >= *at_least,
            }
        }
        PassMark::NoClaimRefuted => {
            let refuted = refuted(story);
            Marked {
                asked: Asked::NoClaimRefuted,
                found: Some(refuted as f64),
                is_met: refuted == 0,
            }
        }
    }
}

/// A metric without a value meets nothing: what never came cannot be held against a limit.
fn metric(story: &Story, name: &str, limit: f64, is_most: bool) -> Marked {
    let outcome = story.outcomes.iter().find(|o| o.name == name);
    let found = outcome.and_then(|o| o.value);
    Marked {
        asked: Asked::Metric {
            name: name.to_owned(),
            unit: outcome.map_or("", |o| o.unit.as_str()).to_owned(),
            limit,
            is_most,
        },
        found,
        is_met: found.is_some_and(|value| if is_most { value <= limit } else { value >= limit }),
    }
}

/// Whether people took it; a decision whose time ran out was theirs to take as well.
fn is_own(decision: &DecisionStory) -> bool {
    !matches!(decision.how, HowTaken::Policy | HowTaken::Open)
}

/// Claims made until ENDEX that stopped being believed or were taken back, at whatever time.
fn refuted(story: &Story) -> usize {
    let endex = story.about.span_ms.1;
    let claims = story.lanes.iter().flat_map(|lane| &lane.claims);
    let claims = claims.filter(|c| (0..=endex).contains(&c.ms));
    claims.filter(|c| c.refuted_ms.is_some() || c.walked_back_ms.is_some()).count()
}

/// The dearest choices: per decision the clear loss that is largest beside the spread of the run's
/// place, one line each.
fn costs(story: &Story, worth: &Worth) -> Vec<Cost> {
    let mut list: Vec<(f64, Cost)> =
        worth.decisions.iter().filter_map(|fork| dearest(story, worth, fork)).collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0));
    list.into_iter().take(MOST_COSTS).map(|(_, cost)| cost).collect()
}

/// The clearest loss of a decision, with its size for ranking: the outcomes come in the order of what
/// matters, and the first in which another option is clearly better counts.
fn dearest(story: &Story, worth: &Worth, fork: &Fork) -> Option<(f64, Cost)> {
    for (at, measure) in worth.measures.iter().enumerate() {
        let sign = match measure.better {
            "lower" => -1.0,
            "higher" => 1.0,
            _ => continue,
        };
        let better = |effect: &ForkEffect| -> Option<Estimate> {
            effect.difference.filter(|d| effect.is_clear && d.value * sign > 0.0)
        };
        let others = fork.options.iter().enumerate().filter(|(n, _)| *n != fork.taken);
        let gains = others.filter_map(|(_, option)| {
            let effect = option.effects.get(at)?;
            Some((option, effect, better(effect)?))
        });
        let best = gains.max_by(|a, b| (a.2.value * sign).total_cmp(&(b.2.value * sign)));
        let Some((option, effect, difference)) = best else { continue };
        let asked = story.decisions.iter().find(|d| d.name == fork.decision);
        let cost = Cost {
            decision: fork.decision.clone(),
            ask: asked.map_or(&fork.ask, |d| &d.ask).clone(),
            taken: fork.options.get(fork.taken).map_or(String::new(), |o| o.text.clone()),
            better: option.text.clone(),
            metric: measure.name.clone(),
            unit: measure.unit.clone(),
            difference: [difference.value, difference.low, difference.high],
            share_better: effect.shares.0,
            futures: worth.futures,
        };
        return Some((fork.stake, cost));
    }
    None
}

/// A course's score: the lessons' scores by weight.
pub fn score(lessons: &[(f64, f64)]) -> f64 {
    let (sum, weights) = lessons.iter().fold((0.0, 0.0), |(sum, weights), (score, weight)| {
        (sum + score * weight, weights + weight)
    });
    if weights > 0.0 { sum / weights } else { 0.0 }
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
