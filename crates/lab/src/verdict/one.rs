//! One run, held against a fact, with what the journal has to say of it.

use hotwash_engine::{RunKey, Simulation, Value, parse_seed, render};
use hotwash_scenario::{Expectation, Expected, Probe, Readings, Scenario};

use super::{Found, Outcome, Seen, Verdict, arm};
use crate::bench::Bench;
use crate::error::LabError;

/// Plays the one run that an expectation is of and judges it; `number` is its position. `seed` wins over
/// the one that the expectation names.
///
/// # Errors
/// A fault, or levers that cannot be built with.
///
/// # Panics
/// When the expectation is of many runs.
pub fn judge_one(
    bench: &mut Bench<'_>,
    number: usize,
    expectation: &Expectation,
    seed: Option<&str>,
) -> Result<Verdict, LabError> {
    let Expected::Fact(fact) = &expectation.what else {
        panic!("`{}` is of many runs", expectation.name)
    };
    let scenario = bench.scenario();
    let arm = arm(scenario, &expectation.setup);
    let seed = parse_seed(seed.unwrap_or_else(|| expectation.setup.seed(scenario)));
    let seat = bench.seat(&arm)?;
    let probe = Probe::new(fact, seat.sim()).map_err(LabError::usage)?;
    let mut readings = Readings::default();
    seat.sim_mut().record_journal(true);
    seat.sim_mut().check_invariants(true);
    let instants = probe.instants().to_vec();
    let look = |at: usize, sim: &Simulation| probe.note(at, sim, &mut readings);
    let sim = seat.watch(&arm, RunKey::single(seed), &instants, look)?;
    let holds = probe.holds(sim, &readings);
    let observed = probe.observed(sim, &readings);
    let seen = observed.into_iter().map(|part| Seen {
        date: Seen::date_of(part.at, scenario),
        told: part.milestone.as_deref().and_then(|name| told(scenario, sim, name)),
        observed: part,
    });
    let outcome = if holds { Outcome::Held } else { Outcome::Failed };
    Ok(Verdict { number, outcome, found: Found::Run(seen.collect()) })
}

/// The entry that first reached a milestone, as a sentence.
fn told(scenario: &Scenario, sim: &Simulation, milestone: &str) -> Option<String> {
    let reaches = |id: &hotwash_engine::MilestoneId| sim.milestone_name(*id) == milestone;
    let entry = sim.journal().entries().iter().find(|e| e.milestones.iter().any(reaches))?;
    let says = render(entry.kind.says, |name| match entry.field(name)? {
        Value::Time(at) => Some(Value::Text(scenario.calendar().date(*at))),
        other => Some(other.clone()),
    });
    Some(format!("{}: {says}", sim.actor_name(entry.who)))
}
