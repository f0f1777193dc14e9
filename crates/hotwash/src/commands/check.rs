//! `hotwash check`: every mistake at once.

use hotwash_scenario::Registry;

use crate::args;
use crate::exit::{self, Failure};
use crate::shipped;

pub(crate) fn check(registry: &Registry, args: &args::Check) -> Result<(), Failure> {
    let (scenario, diagnostics) = shipped::load(registry, &args.scenario)?;
    let Some(scenario) = scenario else { return Err(exit::refuse(&diagnostics)) };
    exit::tell(&diagnostics);
    let summary = format!(
        "{}: no mistakes in {} files; {} plugins, {} decisions, {} injects, {} policies\n",
        scenario.name(),
        scenario.texts().len(),
        scenario.plugins().count(),
        scenario.decisions().len(),
        scenario.injects().len(),
        scenario.policies().len(),
    );
    exit::print(&summary)
}
