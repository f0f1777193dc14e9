//! Plays the run before again, with some of the differences put in.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use hotwash_engine::{
    Answer, Decider, DecisionId, Question, Reading, RunKey, Simulation, TakeDefaults, parse_seed,
};
use hotwash_lab::divergence::{ReadAs, Recorded};
use hotwash_scenario::{Diagnostic, Policy, Scenario};

use super::super::run::Plan;
use super::changes::{Act, Candidate};
use crate::decider::Overrides;
use crate::exit::Failure;
use crate::record;

/// A run as this program plays it.
pub(super) struct Played {
    pub(super) sim: Simulation,
    pub(super) recorded: Recorded,
}

impl Played {
    fn of(sim: Simulation) -> Self {
        let recorded = record::played(&sim);
        Played { sim, recorded }
    }
}

/// Plays a plan with its draws on record.
pub(super) fn play(plan: &Plan) -> Result<Played, Failure> {
    let mut sim = plan.build()?;
    let mut decider = plan.decider(&sim)?;
    run(&mut sim, plan, decider.as_mut())?;
    Ok(Played::of(sim))
}

fn run(sim: &mut Simulation, plan: &Plan, decider: &mut dyn Decider) -> Result<(), Failure> {
    let until = plan.until(sim)?;
    sim.record_journal(true);
    sim.record_draws(true);
    sim.check_invariants(true);
    let (seed, replication) = (parse_seed(&plan.seed), plan.replication);
    sim.reset(RunKey { seed, replication });
    sim.advance(decider, until).map_err(|fault| plan.blame(&fault, replication))?;
    Ok(())
}

/// Tries differences.
pub(super) struct Trial<'a> {
    before: &'a Plan,
    after: &'a Plan,
    candidates: &'a [Candidate],
    /// The run before, as it was played.
    sim: &'a Simulation,
    /// How the runs read the number that a difference moves, if it moves one.
    read: RefCell<BTreeMap<usize, ReadAs>>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(
        before: &'a Plan,
        after: &'a Plan,
        candidates: &'a [Candidate],
        sim: &'a Simulation,
    ) -> Self {
        Trial { before, after, candidates, sim, read: RefCell::default() }
    }

    /// How the runs read the number that was moved, once it was tried alone.
    pub(super) fn read(&self, number: usize) -> Option<ReadAs> {
        if let Act::Answer(name) = &self.candidates[number].act {
            let asked = self.sim.decisions().position(|d| d.name.as_str() == name);
            let state = self.sim.decision_state(DecisionId(asked? as u16));
            return state.asked_at.is_none().then_some(ReadAs::NotAsked);
        }
        self.read.borrow().get(&number).cloned()
    }

    /// The run before with these differences.
    pub(super) fn play(&self, chosen: &[usize]) -> Result<Recorded, String> {
        let sim = self.simulate(chosen)?;
        if let [number] = chosen
            && let Some(read) = self.reading(&sim)
        {
            self.read.borrow_mut().insert(*number, read);
        }
        Ok(Played::of(sim).recorded)
    }

    fn simulate(&self, chosen: &[usize]) -> Result<Simulation, String> {
        let mut differences = Vec::new();
        let mut plan = self.before.clone();
        let mut answers = BTreeSet::new();
        for number in chosen {
            match &self.candidates[*number].act {
                Act::Scenario(difference) => differences.push(&**difference),
                Act::Lever(name, value) => {
                    plan.set.insert(name.clone(), value.clone());
                }
                Act::Answer(name) => {
                    answers.insert(name.as_str());
                }
                Act::Chance => {
                    plan.seed.clone_from(&self.after.seed);
                    plan.replication = self.after.replication;
                }
                Act::Until => plan.until.clone_from(&self.after.until),
            }
        }
        plan.scenario = plan.scenario.with_differences(&self.after.scenario, &differences)?;
        plan.policy = fit(self.before, &plan.scenario)?;
        let built = plan.scenario.build(&plan.set, plan.policy.as_ref());
        let mut sim = built.map_err(|problems| first_of(&problems))?;
        let ours = decider(&plan, self.before, &sim)?;
        let said = |failure: Failure| failure.message;
        if answers.is_empty() {
            let mut ours = ours;
            run(&mut sim, &plan, ours.as_mut()).map_err(said)?;
            return Ok(sim);
        }
        let mut theirs = plan.clone();
        theirs.policy = fit(self.after, &plan.scenario)?;
        let decisions = plan.scenario.decisions().iter();
        let from_theirs = decisions.map(|d| answers.contains(d.name.as_str())).collect();
        let theirs = decider(&theirs, self.after, &sim)?;
        let mut mixed = Mixed { ours, theirs, from_theirs };
        run(&mut sim, &plan, &mut mixed).map_err(said)?;
        Ok(sim)
    }

    /// How the run before and this one read the one number that is other in this one.
    fn reading(&self, sim: &Simulation) -> Option<ReadAs> {
        let (before, after) = (&self.sim.catalogue().params, &sim.catalogue().params);
        let mut moved = before.iter().enumerate().filter_map(|(i, info)| {
            let j = after.iter().position(|other| other.path == info.path)?;
            (after[j].dist != info.dist).then_some((i, j))
        });
        let (Some((i, j)), None) = (moved.next(), moved.next()) else { return None };
        Some(match (self.sim.reading(i), sim.reading(j)) {
            (Reading::Once(a), Reading::Once(b)) => ReadAs::Once(a, b),
            (Reading::Never, _) if before[i].is_read_at_build => ReadAs::AtBuild,
            (Reading::Never, _) => ReadAs::Never,
            (Reading::FromCaseToCase, _) => ReadAs::FromCaseToCase,
            (Reading::Once(_), _) => return None,
        })
    }
}

/// The decider of a plan that stands in another scenario, with the answers given on the command line to
/// those of its decisions that are there.
fn decider(plan: &Plan, of: &Plan, sim: &Simulation) -> Result<Box<dyn Decider>, String> {
    let known = |name: &String| plan.scenario.decisions().iter().any(|d| d.name.as_str() == name);
    let decide = of.decide.iter().filter(|(name, _)| known(name));
    let decide = decide.map(|(name, option)| (name.clone(), option.clone())).collect();
    let said = |failure: Failure| failure.message;
    Ok(match &plan.policy {
        Some(policy) => {
            Box::new(Overrides::new(policy.decider(sim), &plan.scenario, &decide).map_err(said)?)
        }
        None => Box::new(Overrides::new(TakeDefaults, &plan.scenario, &decide).map_err(said)?),
    })
}

/// A plan's policy for another scenario: read again where the decisions or their options are others.
fn fit(plan: &Plan, scenario: &Scenario) -> Result<Option<Policy>, String> {
    let Some(policy) = &plan.policy else { return Ok(None) };
    let names = |scenario: &Scenario| -> Vec<Vec<String>> {
        let options = |d: &hotwash_scenario::DecisionSpec| {
            let names = d.options.iter().map(|o| o.name.as_str().to_owned());
            [d.name.as_str().to_owned()].into_iter().chain(names).collect()
        };
        scenario.decisions().iter().map(options).collect()
    };
    if names(scenario) == names(&plan.scenario) {
        return Ok(Some(policy.clone()));
    }
    let (path, text) = policy.text();
    let (policy, problems) = scenario.read_policy(&path, text.as_bytes().to_vec());
    policy.map(Some).ok_or_else(|| first_of(&problems))
}

fn first_of(problems: &[Diagnostic]) -> String {
    let wrong = problems.iter().find(|p| p.is_error());
    wrong.map_or_else(|| "it cannot be built".to_owned(), ToString::to_string)
}

/// Answers some decisions as one decider would, and the others as another.
struct Mixed {
    ours: Box<dyn Decider>,
    theirs: Box<dyn Decider>,
    /// By decision.
    from_theirs: Vec<bool>,
}

impl Decider for Mixed {
    fn decide(&mut self, question: &Question<'_>) -> Answer {
        let is_theirs = self.from_theirs.get(usize::from(question.id.0)).copied();
        if is_theirs.unwrap_or_default() {
            self.theirs.decide(question)
        } else {
            self.ours.decide(question)
        }
    }
}
