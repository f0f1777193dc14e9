//! The judgement: from what was played to findings.

mod levers;
mod never;
mod options;
mod outcomes;
mod table;

use std::collections::BTreeMap;

use hotwash_engine::{Better, Simulation};
use hotwash_scenario::{CueSpec, Scenario, WhenSpec};

use super::claims::Claims;
use super::finding::{Critique, Degree, Severity};
use super::plan::Plan;
use super::world::{Seen, World};
use super::{CriticStudy, Played};
use crate::findings::Header;
use crate::stats::proportion;

/// A thing that moves metrics in less than this part of the worlds hardly ever does.
const RARE: f64 = 0.05;

/// What may still be otherwise in more than this part of the worlds is a doubt and no fault.
const SURE: f64 = 0.1;

/// How severe it is that something was never seen, given the part of the worlds in which it may still be.
fn severity_of(at_most: f64) -> Severity {
    if at_most <= SURE { Severity::Fault } else { Severity::Doubt }
}

/// Fewest worlds from which anything is told of a difference or of its absence.
const ENOUGH: usize = 20;

/// What judges look at.
struct Case<'a> {
    scenario: &'a Scenario,
    plan: &'a Plan,
    played: &'a [Played],
    /// A simulation of the scenario, for names.
    sim: Simulation,
    /// Over all ways.
    all: Total,
    /// What is looked for in all worlds and may be found never to happen.
    claims: Claims,
    /// Worlds that every way has met.
    worlds: u64,
}

/// What was seen over all ways.
struct Total {
    runs: f64,
    asked: Vec<f64>,
    can_run_out: Vec<f64>,
    in_play: Vec<f64>,
    injects: Vec<f64>,
    milestones: Vec<f64>,
}

impl Total {
    fn of(played: &[Played]) -> Total {
        let sum = |read: &dyn Fn(&Seen) -> &Vec<f64>| -> Vec<f64> {
            let mut sums: Vec<f64> = Vec::new();
            for p in played {
                let list = read(&p.seen);
                sums.resize(list.len(), 0.0);
                sums.iter_mut().zip(list).for_each(|(sum, more)| *sum += more);
            }
            sums
        };
        Total {
            runs: played.iter().map(|p| p.seen.runs).sum(),
            asked: sum(&|s| &s.asked),
            can_run_out: sum(&|s| &s.can_run_out),
            in_play: sum(&|s| &s.in_play),
            injects: sum(&|s| &s.injects),
            milestones: sum(&|s| &s.milestones),
        }
    }
}

/// What a study found.
pub(super) fn critique(study: &CriticStudy, scenario: &Scenario, header: Header) -> Critique {
    let plan = &*study.plan;
    let options = plan.layout.decisions.iter().map(|d| d.options.len()).sum();
    let mut critique = Critique {
        header,
        ways: plan.ways.iter().map(|w| w.name().to_owned()).collect(),
        moved_worlds: plan.moved.min(study.worlds()),
        options,
        lever_values: plan.moves.len(),
        at_most: 1.0,
        findings: Vec::new(),
        idle_levers: Vec::new(),
        unjudged: Vec::new(),
    };
    let Ok(sim) = scenario.build(&BTreeMap::new(), None) else { return critique };
    if study.worlds() == 0 {
        return critique;
    }
    let awaited = awaited(scenario);
    let rules: usize = plan.ways.iter().flat_map(|w| &w.rules).sum();
    let looked_for = plan.injects + plan.limits.len() + awaited.len() + rules + plan.ways.len();
    let case = Case {
        scenario,
        plan,
        played: &study.played,
        sim,
        all: Total::of(&study.played),
        claims: Claims(looked_for),
        worlds: study.worlds(),
    };
    critique.at_most = case.claims.at_most(case.worlds);
    let out = &mut critique.findings;
    case.never(&awaited, out);
    critique.unjudged = case.options(out);
    critique.idle_levers = case.levers(out);
    case.outcomes(out);
    case.table(&study.clocks, out);
    critique.findings.sort_by_key(|finding| finding.severity);
    critique
}

/// Milestones that the scenario's own text names, each with what names it.
fn awaited(scenario: &Scenario) -> BTreeMap<&str, Vec<String>> {
    let mut all: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut name = |milestone, by: String| {
        let names: &mut Vec<String> = all.entry(milestone).or_default();
        if !names.contains(&by) {
            names.push(by);
        }
    };
    for decision in scenario.decisions() {
        let by = format!("decision `{}`", decision.name);
        names_of(&decision.cue).into_iter().for_each(|m| name(m, by.clone()));
    }
    for inject in scenario.injects() {
        let by = format!("inject `{}`", inject.name);
        names_of(&inject.cue).into_iter().for_each(|m| name(m, by.clone()));
    }
    for policy in scenario.policies() {
        for decision in 0..scenario.decisions().len() {
            let by = format!("policy `{}`", policy.name());
            policy.awaited(decision).into_iter().for_each(|m| name(m, by.clone()));
        }
    }
    all
}

/// The milestones that a cue waits for.
fn waited_for(cue: &CueSpec) -> Vec<&str> {
    match &cue.when {
        WhenSpec::At(_) => Vec::new(),
        WhenSpec::Reached(name) => vec![name],
        WhenSpec::All(names) | WhenSpec::Any(names) => names.iter().map(String::as_str).collect(),
    }
}

/// The milestones that a cue names.
fn names_of(cue: &CueSpec) -> Vec<&str> {
    let mut names = waited_for(cue);
    names.extend(cue.unless.iter().map(String::as_str));
    names
}

impl Case<'_> {
    /// In how many runs a milestone was reached.
    fn reached(&self, milestone: &str) -> f64 {
        let names = &self.plan.layout.milestones;
        let at = names.iter().position(|known| known == milestone);
        at.map_or(0.0, |number| self.all.milestones[number])
    }

    /// The metrics by which better and worse are told: the scenario's headline, or all where it has none;
    /// each with whether more is better.
    fn headline(&self) -> Vec<(usize, bool)> {
        let layout = &self.plan.layout;
        let named: Vec<usize> =
            self.scenario.headline().filter_map(|name| layout.metric(name)).collect();
        let all = if named.is_empty() { (0..layout.metrics.len()).collect() } else { named };
        let way = |metric: usize| match layout.metrics[metric].better {
            Better::Higher => Some((metric, true)),
            Better::Lower => Some((metric, false)),
            Better::Neither => None,
        };
        all.into_iter().filter_map(way).collect()
    }

    /// The worlds of the ways that policies play, each with its way's name.
    fn by_policy(&self) -> impl Iterator<Item = (&str, &[World])> {
        let ways = self.plan.ways.iter().zip(self.played).filter(|(way, _)| !way.is_lot);
        ways.map(|(way, played)| (way.name(), &played.worlds[..self.worlds as usize]))
    }
}

/// How far things make no difference that differ in so many of the comparisons, beyond chance or not:
/// nothing when they do make one, or when it cannot be told. `most` is in how many worlds of one way of
/// playing a metric differs.
fn degree_of(
    differing: usize,
    compared: usize,
    most: u64,
    is_clear: impl FnOnce() -> bool,
) -> Option<Degree> {
    let share = proportion(differing as u64, compared as u64);
    if share.high < RARE {
        return Some(Degree::Rare { differing: share });
    }
    let is_enough = most >= ENOUGH as u64;
    (is_enough && !is_clear()).then_some(Degree::Undetected { differing: share })
}
