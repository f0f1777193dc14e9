//! What is measured, by name: a simulation that is run again and again. Time, allocations and instructions are
//! taken of the same work.

use std::collections::BTreeMap;

use hotwash_engine::{Decider, RunKey, Simulation, TakeDefaults};
use hotwash_scenario::Scenario;

use crate::toy::{parts, pending::Pending};
use crate::twin::{Hand, OnEngine};

/// Events of one stretch of a toy that has no runs.
const STRETCH: u32 = 20_000;

/// Something that is run again and again.
pub(crate) trait Work {
    /// Does a replication; how many events of the twin, or entries of the agenda, it came to.
    fn run(&mut self, replication: u64) -> u64;

    /// Puts everything back to the start of a replication, where that is a thing apart.
    fn reset(&mut self, _replication: u64) {}

    /// Does some replications; how many events or entries they came to.
    fn runs(&mut self, replications: std::ops::Range<u64>) -> u64 {
        replications.map(|replication| self.run(replication)).sum()
    }
}

/// The address of chance of a replication.
pub(crate) fn key(replication: u64) -> RunKey {
    RunKey { seed: 1, replication }
}

impl Work for OnEngine {
    fn run(&mut self, replication: u64) -> u64 {
        std::hint::black_box(OnEngine::run(self, key(replication))).events
    }

    fn reset(&mut self, replication: u64) {
        OnEngine::reset(self, key(replication));
    }
}

impl Work for Hand {
    fn run(&mut self, replication: u64) -> u64 {
        std::hint::black_box(Hand::run(self, key(replication))).events
    }
}

impl Work for Pending {
    fn run(&mut self, _: u64) -> u64 {
        self.stretch(STRETCH)
    }
}

/// A simulation with who decides in it.
struct Replications {
    sim: Simulation,
    decider: Box<dyn Decider>,
}

impl Work for Replications {
    fn run(&mut self, replication: u64) -> u64 {
        self.sim.run(key(replication), &mut *self.decider).expect("no fault");
        self.sim.entries().0
    }

    fn reset(&mut self, replication: u64) {
        self.sim.reset(key(replication));
    }
}

/// A shipped scenario.
pub(crate) fn shipped(name: &str) -> Result<Scenario, String> {
    hotwash::open(&hotwash::registry(), name).map_err(|failure| format!("{name}: {failure:?}"))
}

/// A scenario under one of its policies.
pub(crate) fn policy(scenario: &Scenario, name: &str) -> Result<Box<dyn Work>, String> {
    let policy = scenario.policy(name).ok_or_else(|| format!("there is no policy `{name}`"))?;
    let built = scenario.build(&BTreeMap::new(), Some(policy));
    let sim = built.map_err(|problems| format!("{problems:?}"))?;
    let decider = Box::new(policy.decider(&sim));
    Ok(Box::new(Replications { sim, decider }))
}

/// insider-sale with so many customers in each of its countries, as a change to the shipped scenario; the number of
/// its records stays as it is.
fn insider_sale(customers: u32) -> Result<Box<dyn Work>, String> {
    const COUNTRIES: usize = 8;
    let size = format!(
        "Fixed(value: {customers}, source: \"judgement: to see what size costs\", firmness: Guess)"
    );
    let changes: Vec<String> =
        (0..COUNTRIES).map(|i| format!("\"customers.cohorts[{i}].size\": {size},")).collect();
    let text = format!(
        "(version: 1, name: \"resized\", base: \"library:insider-sale\", change: {{ {} }})",
        changes.concat()
    );
    let name = format!("hotwash-resized-{}-{customers}.ron", std::process::id());
    let path = std::env::temp_dir().join(name);
    let failed = |e: std::io::Error| format!("{}: {e}", path.display());
    std::fs::write(&path, text).map_err(failed)?;
    let scenario = shipped(&path.to_string_lossy());
    std::fs::remove_file(&path).map_err(failed)?;
    policy(&scenario?, "historical")
}

/// The work with this name: `twin/engine`, `twin/hand`, `customers/N`, `plugins/N`, `pending/N`,
/// `insider-sale/N` or `scenario/NAME/POLICY`.
pub(crate) fn named(name: &str) -> Result<Box<dyn Work>, String> {
    let number = |text: &str| text.parse::<u32>().map_err(|e| format!("{name}: {e}"));
    let parts: Vec<&str> = name.split('/').collect();
    Ok(match parts[..] {
        ["twin", "engine"] => Box::new(OnEngine::new()),
        ["twin", "hand"] => Box::new(Hand::new()),
        ["customers", count] => Box::new(OnEngine::with_customers(Some(number(count)?.into()))),
        ["insider-sale", customers] => insider_sale(number(customers)?)?,
        ["plugins", count] => {
            let sim = parts::simulation(number(count)?)?;
            Box::new(Replications { sim, decider: Box::new(TakeDefaults) })
        }
        ["pending", count] => Box::new(Pending::new(number(count)?)),
        ["scenario", scenario, policy] => self::policy(&shipped(scenario)?, policy)?,
        _ => return Err(format!("no work is called `{name}`")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_name_does_something_and_the_same_again() {
        for name in [
            "twin/engine",
            "twin/hand",
            "customers/1000",
            "plugins/8",
            "insider-sale/50000",
            "scenario/departing-admin/trusting",
        ] {
            let mut work = named(name).unwrap();
            let events = work.run(3);
            assert!(events > 20, "{name}: {events}");
            work.run(4);
            assert_eq!(work.run(3), events, "{name}");
        }
        assert!(named("pending/10").unwrap().run(0) > 10_000);
    }

    #[test]
    fn what_has_none_is_refused() {
        for name in ["", "twin", "twin/both", "plugins/x", "plugins/7", "scenario/nowhere/deny"] {
            assert!(named(name).is_err(), "{name}");
        }
    }
}
