//! `hotwash check`: every mistake at once; with `--deep` also what shows only when it is played.

use hotwash_lab::critic::{CriticStudy, Critique, USUAL_WORLDS};
use hotwash_scenario::{Diagnostic, Registry, Scenario};

use super::study::{Asked, failure};
use super::watch;
use crate::args;
use crate::args::lab::Format;
use crate::exit::{self, Code, Failure};
use crate::shipped;
use crate::text::{self, Page};

pub(crate) fn check(registry: &Registry, args: &args::Check) -> Result<(), Failure> {
    if args.watch {
        return watch::watch(registry, &args.scenario);
    }
    let (scenario, diagnostics) = shipped::load(registry, &args.scenario)?;
    let Some(scenario) = scenario else { return Err(exit::refuse(&diagnostics)) };
    exit::tell(&diagnostics);
    let summary = summary(&scenario);
    if !args.deep {
        return exit::print(&summary);
    }
    // What follows is the result; that it could be read goes before.
    exit::say(summary.trim_end());
    deep(scenario, args)
}

/// All that is to be said of a scenario's files: one line about it if it has no mistakes, and what was found.
pub(super) fn look(
    registry: &Registry,
    name: &str,
) -> Result<(Option<String>, Vec<Diagnostic>), Failure> {
    let (scenario, diagnostics) = shipped::load(registry, name)?;
    Ok((scenario.as_ref().map(summary), diagnostics))
}

fn summary(scenario: &Scenario) -> String {
    let record = scenario.hindcast();
    let rows = record.map_or(String::new(), |r| format!(", {} rows on record", r.rows().len()));
    let counted =
        |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let policies = match scenario.policies().len() {
        1 => "1 policy".to_owned(),
        many => format!("{many} policies"),
    };
    let expected = scenario.expectations();
    let tests = expected.map_or(String::new(), |e| {
        let (list, goldens) = (e.list().len(), e.goldens().len());
        let goldens = match goldens {
            0 => String::new(),
            some => format!(", {}", counted(some, "golden timeline")),
        };
        format!(", {}{goldens}", counted(list, "expectation"))
    });
    let beside = usize::from(record.is_some()) + usize::from(expected.is_some());
    format!(
        "{}: no mistakes in {}; {}, {}, {}, {policies}{rows}{tests}\n",
        scenario.name(),
        counted(scenario.texts().len() + beside, "file"),
        counted(scenario.plugins().count(), "plugin"),
        counted(scenario.decisions().len(), "decision"),
        counted(scenario.injects().len(), "inject"),
    )
}

/// Plays the scenario and says what is wrong with it.
fn deep(scenario: Scenario, args: &args::Check) -> Result<(), Failure> {
    let worlds = args.runs.unwrap_or(USUAL_WORLDS);
    let seed = args.seed.as_deref();
    let mut asked = Asked::plain(scenario, &args.scenario, seed, args.format, args.threads);
    asked.output.work.words = words(args, worlds, &asked.seed_text);
    let study = CriticStudy::new(&asked.scenario, asked.seed, worlds);
    let mut study = study.map_err(|error| failure(error, &asked))?;
    let ended = asked.conduct(&mut study)?;
    let header = asked.header(study.worlds(), study.runs(), ended);
    let critique = study.finding(header);
    deliver(&critique, args.format)
}

/// What finds it again, whatever the defaults of another version are.
fn words(args: &args::Check, worlds: u64, seed: &str) -> Vec<String> {
    let runs = worlds.to_string();
    ["check", &args.scenario, "--deep", "--runs", &runs, "--seed", seed].map(str::to_owned).to_vec()
}

fn deliver(critique: &Critique, format: Format) -> Result<(), Failure> {
    match format {
        Format::Text => exit::print(&text::critique(critique, Page::of_terminal()))?,
        Format::Json => {
            let json = serde_json::to_string_pretty(critique);
            let json = json.map_err(|e| Failure::new(Code::Bug, e.to_string()))?;
            exit::print(&(json + "\n"))?;
        }
    }
    if critique.header.is_partial {
        let message = "stopped before all worlds were played: that nothing is found says nothing";
        return Err(Failure::new(Code::Stopped, message));
    }
    match critique.faults() {
        0 => Ok(()),
        faults => {
            let noun = if faults == 1 { "fault" } else { "faults" };
            let message = format!("{}: {faults} {noun}", critique.header.scenario);
            Err(Failure::new(Code::Differs, message))
        }
    }
}
