//! `hotwash check`: every mistake at once.

use hotwash_scenario::Registry;

use crate::args;
use crate::exit::{self, Failure};
use crate::shipped;

pub(crate) fn check(registry: &Registry, args: &args::Check) -> Result<(), Failure> {
    let (scenario, diagnostics) = shipped::load(registry, &args.scenario)?;
    let Some(scenario) = scenario else { return Err(exit::refuse(&diagnostics)) };
    exit::tell(&diagnostics);
    let record = scenario.hindcast();
    let rows = record.map_or(String::new(), |r| format!(", {} rows on record", r.rows().len()));
    let summary = format!(
        "{}: no mistakes in {} files; {} plugins, {} decisions, {} injects, {} policies{rows}\n",
        scenario.name(),
        scenario.texts().len() + usize::from(record.is_some()),
        scenario.plugins().count(),
        scenario.decisions().len(),
        scenario.injects().len(),
        scenario.policies().len(),
    );
    exit::print(&summary)
}
