//! What a session is played from, read from flags.

use hotwash_exercise::Plan;
use hotwash_scenario::{Registry, Scenario};

use super::msel;
use super::run::{choose_policy, set_law};
use crate::args::live::Table;
use crate::decider::pairs;
use crate::exit::{Code, Failure};
use crate::shipped;

/// The plan of a session of a scenario with these flags.
pub(crate) fn plan(registry: &Registry, named: &str, table: &Table) -> Result<Plan, Failure> {
    let scenario = shipped::open(registry, named)?;
    let mut set = pairs(&table.set, "--set")?;
    set_law(&scenario, table.law.as_deref(), &mut set)?;
    let (policy, foreign) = choose_policy(&scenario, table.policy.as_deref())?;
    for role in &table.roles {
        let known = || scenario.roles().iter().map(|r| r.name.as_str());
        if !known().any(|name| name == role) {
            return Err(Failure::unknown("role", role, known()));
        }
    }
    let (scenario, list) = match &table.msel {
        Some(path) => {
            let (scenario, list) = msel::edit(&scenario, path, &table.map)?;
            (scenario, Some(list))
        }
        None => (scenario, None),
    };
    // Last of all: what a list of events changes is the scenario's own.
    let scenario = speaking(scenario, table.tongue.lang.as_deref())?;
    let mut plan = Plan::new(scenario, named, policy);
    plan.set = set;
    plan.extra.extend(foreign);
    plan.extra.extend(list);
    if let Some(seed) = &table.seed {
        plan.seed.clone_from(seed);
    }
    if !table.roles.is_empty() {
        plan.played.clone_from(&table.roles);
    }
    Ok(plan)
}

/// The scenario in the language that was asked for.
pub(crate) fn speaking(scenario: Scenario, lang: Option<&str>) -> Result<Scenario, Failure> {
    let Some(lang) = lang else { return Ok(scenario) };
    scenario.speaking(lang).map_err(|why| {
        Failure::new(Code::Usage, format!("--lang {lang}: {why}"))
            .hint("a language is a file lang/CODE.ron beside the scenario: docs/languages.md")
    })
}
