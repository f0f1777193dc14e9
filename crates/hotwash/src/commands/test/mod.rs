//! `hotwash test`: a scenario's expectations and golden timelines.

mod found;
mod golden;
mod junit;
mod tap;
mod trial;

use std::collections::BTreeMap;

use hotwash_lab::verdict::{Outcome, Verdict, VerdictStudy, is_of_one, judge_one};
use hotwash_lab::{Bench, LabError, Shard};
use hotwash_scenario::{Expectation, Registry, Scenario};

use super::study::{cores, watched, write_new};
use crate::args::author::{Test, TestFormat};
use crate::exit::{self, Code, Failure};
use crate::shipped;
use crate::text::{self, Page};

pub(crate) use trial::{Status, Suite, Trial};

pub(crate) fn test(registry: &Registry, args: &Test) -> Result<(), Failure> {
    let named = found::scenarios(&args.paths)?;
    let suites: Vec<Suite> = named.iter().map(|named| suite(registry, named, args)).collect();
    if suites.iter().all(|s| s.trouble.is_none()) {
        check_only(&suites, args)?;
        if suites.iter().all(|s| s.trials.is_empty()) {
            return Err(found::nothing(&named.join(", ")));
        }
    }
    if let Some(path) = &args.junit {
        write_new(path, junit::document(&suites).as_bytes())?;
    }
    match (args.format, &suites[..]) {
        (TestFormat::Tap, _) => exit::print(&tap::document(&suites))?,
        // Of one scenario that cannot be read there is nothing to tell but why.
        (TestFormat::Text, [Suite { trouble: Some(failure), trials, .. }]) if trials.is_empty() => {
            return Err(failure.clone());
        }
        (TestFormat::Text, _) => exit::print(&text::verdicts(&suites, Page::of_terminal()))?,
    }
    verdict(&suites)
}

/// How the command ends.
fn verdict(suites: &[Suite]) -> Result<(), Failure> {
    let troubles = suites.iter().filter_map(|s| Some((s.named.as_str(), s.trouble.as_ref()?)));
    let worst = troubles.clone().map(|(_, failure)| failure.code).min_by_key(|code| *code as u8);
    if let Some(code) = worst {
        let names: Vec<&str> = troubles.map(|(named, _)| named).collect();
        let message = format!("could not be tried: {}", names.join(", "));
        return Err(Failure::new(code, message));
    }
    let all = || suites.iter().flat_map(|s| &s.trials);
    let bad = all().filter(|t| t.status.is_bad()).count();
    if bad == 0 {
        return Ok(());
    }
    let message = format!("{bad} of {} did not hold", all().count());
    let is_golden = |t: &Trial| matches!(t.status, Status::Missing | Status::Differs);
    let failure = Failure::new(Code::Differs, message);
    Err(if all().any(is_golden) {
        failure.hint("golden timelines that are as they should be: hotwash test PATH --accept")
    } else {
        failure
    })
}

/// Names that `--only` asks for and nobody has.
fn check_only(suites: &[Suite], args: &Test) -> Result<(), Failure> {
    for name in &args.only {
        if !suites.iter().any(|s| s.trials.iter().any(|t| t.name == *name)) {
            let known = suites.iter().flat_map(|s| &s.known).map(String::as_str);
            return Err(Failure::unknown("expectation", name, known));
        }
    }
    Ok(())
}

/// Tries all that is expected of a scenario.
fn suite(registry: &Registry, named: &str, args: &Test) -> Suite {
    let mut suite = Suite::new(named);
    if let Err(failure) = fill(registry, &mut suite, args) {
        suite.trouble = Some(failure);
    }
    suite
}

fn fill(registry: &Registry, suite: &mut Suite, args: &Test) -> Result<(), Failure> {
    let (scenario, diagnostics) = shipped::load(registry, &suite.named)?;
    let Some(scenario) = scenario else { return Err(exit::refuse(&diagnostics)) };
    scenario.name().clone_into(&mut suite.scenario);
    let Some(expectations) = scenario.expectations() else { return Ok(()) };
    suite.file = expectations.shown();
    let list = expectations.list();
    let names = list.iter().map(|e| &e.name).chain(expectations.goldens().iter().map(|g| &g.name));
    suite.known = names.cloned().collect();
    let is_wanted = |name: &String| args.only.is_empty() || args.only.contains(name);
    let wanted: Vec<(usize, &Expectation)> =
        list.iter().enumerate().filter(|(_, e)| is_wanted(&e.name)).collect();
    let verdicts = judge(&scenario, &wanted, expectations.risk(), args.seed.as_deref())
        .map_err(|error| broken(error, &suite.named))?;
    for verdict in verdicts {
        let expectation = &list[verdict.number];
        suite.trials.push(Trial {
            name: expectation.name.clone(),
            line: expectation.line,
            status: match verdict.outcome {
                Outcome::Held => Status::Held,
                Outcome::Failed => Status::Failed,
                Outcome::Undecided(_) => Status::Undecided,
            },
            summary: text::verdict_summary(expectation, &verdict),
            details: details(&scenario, &suite.named, expectation, &verdict, args.seed.as_deref()),
        });
        suite.risk = Some(expectations.risk()).filter(|_| !is_of_one(expectation)).or(suite.risk);
    }
    for kept in expectations.goldens().iter().filter(|g| is_wanted(&g.name)) {
        let trial = if args.seed.is_some() {
            golden::skipped(kept)
        } else {
            golden::compare(registry, &suite.named, &scenario, kept, args.accept)?
        };
        suite.trials.push(trial);
    }
    Ok(())
}

/// Verdicts on expectations, in their order.
fn judge(
    scenario: &Scenario,
    wanted: &[(usize, &Expectation)],
    risk: f64,
    seed: Option<&str>,
) -> Result<Vec<Verdict>, LabError> {
    let mut verdicts = Vec::new();
    let mut bench = Bench::new(scenario);
    let mut by_seed: BTreeMap<&str, Vec<(usize, &Expectation)>> = BTreeMap::new();
    for (number, expectation) in wanted {
        if is_of_one(expectation) {
            verdicts.push(judge_one(&mut bench, *number, expectation, seed)?);
        } else {
            let seed = seed.unwrap_or_else(|| expectation.setup.seed(scenario));
            by_seed.entry(seed).or_default().push((*number, *expectation));
        }
    }
    for (seed, list) in by_seed {
        let mut study = VerdictStudy::new(scenario, &list, seed, risk)?;
        watched(&mut study, scenario, cores(), Shard::WHOLE, None)?;
        verdicts.extend(study.verdicts());
    }
    verdicts.sort_by_key(|verdict| verdict.number);
    Ok(verdicts)
}

/// The evidence for a verdict that is not what was hoped for.
fn details(
    scenario: &Scenario,
    named: &str,
    expectation: &Expectation,
    verdict: &Verdict,
    seed: Option<&str>,
) -> Vec<String> {
    if verdict.outcome == Outcome::Held {
        return Vec::new();
    }
    let mut lines = text::verdict_details(expectation, verdict);
    if let Some(replication) = text::verdict_against(verdict) {
        let setup = &expectation.setup;
        let seed = seed.unwrap_or_else(|| setup.seed(scenario));
        let plan = golden::plan(scenario, named, setup, seed, replication);
        let word = if is_of_one(expectation) { "see it" } else { "see one run of these" };
        lines.push(format!("{word}: {}", trial::command(&plan)));
    }
    lines
}

fn broken(error: LabError, named: &str) -> Failure {
    match error {
        LabError::Usage { message, hint } => Failure { code: Code::Scenario, message, hint },
        LabError::Build(problems) => exit::refuse(&problems),
        LabError::Fault { fault, arm, key } => {
            let code = match fault {
                hotwash_engine::Fault::Author { .. } => Code::Scenario,
                hotwash_engine::Fault::Invariant { .. } => Code::Invariant,
                _ => Code::Bug,
            };
            let (policy, run) = (arm.name(), key.replication);
            let message = format!("{named}, policy {policy}, run {run}: {fault}");
            Failure::new(code, message)
        }
        LabError::Io { path, message } => {
            Failure::new(Code::Io, format!("{}: {message}", path.display()))
        }
        LabError::Bug(message) => {
            Failure::new(Code::Bug, message).hint("this is a bug; please report it")
        }
    }
}
