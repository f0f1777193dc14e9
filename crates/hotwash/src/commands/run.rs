//! `hotwash run`: plays a scenario once and tells it, or many times and sums it up.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use hotwash_engine::{
    Decider, Fault, RunKey, SimDuration, SimTime, Simulation, TakeDefaults, parse_seed,
};
use hotwash_scenario::{Policy, Registry, Scenario};

use crate::args::{self, Format};
use crate::decider::{Overrides, pairs};
use crate::exit::{self, Code, Failure};
use crate::record::{self, FORMAT_VERSION, FileHash, Line, Manifest, Outcomes};
use crate::shipped;
use crate::text::{self, BOLD, DIM, Page};

/// The policy that `run` follows when none is named.
const USUAL_POLICY: &str = "historical";
/// The lever that says which year's law counts.
const LAW: &str = "regulator.law";

/// Path and text of a file that is copied into the run's directory.
type Copied = (String, Arc<str>);

/// Everything that determines a run.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) scenario: Scenario,
    pub(crate) policy: Option<Policy>,
    /// Path and text of a policy that is not beside the scenario.
    pub(crate) foreign_policy: Option<Copied>,
    pub(crate) set: BTreeMap<String, String>,
    pub(crate) decide: BTreeMap<String, String>,
    pub(crate) seed: String,
    pub(crate) until: Option<String>,
}

impl Plan {
    fn read(registry: &Registry, args: &args::Run) -> Result<Plan, Failure> {
        let scenario = shipped::open(registry, &args.scenario)?;
        let mut set = pairs(&args.set, "--set")?;
        if let Some(law) = &args.law {
            set.insert(LAW.to_owned(), law.clone());
        }
        let (policy, foreign_policy) = choose_policy(&scenario, args.policy.as_deref())?;
        let seed = args.seed.clone().unwrap_or_else(|| scenario.seed_text().to_owned());
        let decide = pairs(&args.decide, "--decide")?;
        Ok(Plan { scenario, policy, foreign_policy, set, decide, seed, until: args.until.clone() })
    }

    pub(crate) fn policy_name(&self) -> &str {
        self.policy.as_ref().map_or("", Policy::name)
    }

    pub(crate) fn build(&self) -> Result<Simulation, Failure> {
        self.scenario.build(&self.set, self.policy.as_ref()).map_err(|problems| {
            let refused = exit::refuse(&problems);
            // What the scenario's own files do not cause comes from the command line.
            let is_ours = problems.iter().all(|p| p.file.is_empty());
            if is_ours { Failure { code: Code::Usage, ..refused } } else { refused }
        })
    }

    pub(crate) fn decider(&self, sim: &Simulation) -> Result<Box<dyn Decider>, Failure> {
        match &self.policy {
            Some(policy) => {
                Ok(Box::new(Overrides::new(policy.decider(sim), &self.scenario, &self.decide)?))
            }
            None => Ok(Box::new(Overrides::new(TakeDefaults, &self.scenario, &self.decide)?)),
        }
    }

    fn until(&self) -> Result<SimTime, Failure> {
        match &self.until {
            None => Ok(SimTime::from_ms(SimTime::LIMIT)),
            Some(text) => parse_until(text, &self.scenario),
        }
    }

    /// Plays it with the journal on.
    pub(crate) fn play(&self) -> Result<Simulation, Failure> {
        let mut sim = self.build()?;
        let mut decider = self.decider(&sim)?;
        let until = self.until()?;
        sim.record_journal(true);
        sim.check_invariants(true);
        sim.reset(RunKey::single(parse_seed(&self.seed)));
        sim.advance(decider.as_mut(), until).map_err(|fault| self.blame(&fault))?;
        Ok(sim)
    }

    /// A fault is our bug: say how to see it again.
    pub(crate) fn blame(&self, fault: &Fault) -> Failure {
        let code =
            if matches!(fault, Fault::Invariant { .. }) { Code::Invariant } else { Code::Bug };
        let mut command = format!("hotwash run {} --seed {}", self.scenario.name(), self.seed);
        if !self.policy_name().is_empty() {
            let _ = write!(command, " --policy {}", self.policy_name());
        }
        for (flag, map) in [("--set", &self.set), ("--decide", &self.decide)] {
            for (name, value) in map {
                let _ = write!(command, " {flag} {name}={value}");
            }
        }
        Failure::new(code, format!("{fault}"))
            .hint(format!("this is a bug; it comes again with: {command}"))
    }

    fn manifest(&self, sim: &Simulation, lines: &[Line], journal: &str) -> Manifest {
        let files = self.files();
        Manifest {
            format: FORMAT_VERSION,
            hotwash: env!("CARGO_PKG_VERSION").to_owned(),
            streams: hotwash_engine::STREAMS_VERSION,
            journal: hotwash_engine::JOURNAL_VERSION,
            scenario: self.scenario.name().to_owned(),
            files: files
                .iter()
                .map(|(path, text)| FileHash {
                    path: path.clone(),
                    sha256: record::sha256(text.as_bytes()),
                })
                .collect(),
            policy: self
                .foreign_policy
                .as_ref()
                .map_or_else(|| self.policy_name().to_owned(), |(path, _)| path.clone()),
            set: self.set.clone(),
            decide: self.decide.clone(),
            seed: self.seed.clone(),
            until: self.until.clone(),
            plugins: sim.catalogue().plugins.iter().map(|(name, _)| (*name).to_owned()).collect(),
            entries: lines.len() as u64,
            journal_sha256: record::sha256(journal.as_bytes()),
        }
    }

    fn files(&self) -> Vec<(String, String)> {
        let texts = self.scenario.texts().into_iter().chain(self.foreign_policy.clone());
        texts.map(|(path, text)| (path, text.to_string())).collect()
    }
}

fn choose_policy(
    scenario: &Scenario,
    name: Option<&str>,
) -> Result<(Option<Policy>, Option<Copied>), Failure> {
    let Some(name) = name else { return Ok((scenario.policy(USUAL_POLICY).cloned(), None)) };
    if let Some(policy) = scenario.policy(name) {
        return Ok((Some(policy.clone()), None));
    }
    let path = Path::new(name);
    if !name.ends_with(".ron") {
        return Err(Failure::unknown("policy", name, scenario.policies().iter().map(Policy::name))
            .hint_if_path(path));
    }
    let bytes =
        std::fs::read(path).map_err(|error| Failure::new(Code::Io, format!("{name}: {error}")))?;
    let (policy, diagnostics) = scenario.read_policy(name, bytes);
    let policy = policy.ok_or_else(|| exit::refuse(&diagnostics))?;
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let copy = (format!("policy/{file}"), policy.text().1);
    Ok((Some(policy), Some(copy)))
}

impl Failure {
    fn hint_if_path(self, path: &Path) -> Failure {
        if path.exists() { self.hint("the path of a policy file ends in .ron") } else { self }
    }
}

fn parse_until(text: &str, scenario: &Scenario) -> Result<SimTime, Failure> {
    let since = text.strip_prefix("T+").unwrap_or(text);
    if let Ok(span) = since.parse::<SimDuration>() {
        return Ok(SimTime::STARTEX + span);
    }
    scenario.calendar().instant(text).map_err(|_| {
        Failure::new(Code::Usage, format!("--until {text}: this is no time"))
            .hint("write T+40d, 36h, or a date such as 2019-10-01")
    })
}

pub(crate) fn run(registry: &Registry, args: &args::Run) -> Result<(), Failure> {
    let plan = Plan::read(registry, args)?;
    if let Some(runs) = args.runs {
        return super::ensemble::ensemble(&plan, runs, args.format);
    }
    let sim = plan.play()?;
    let lines = record::lines(&sim);
    let journal = record::journal_text(&lines);
    let outcomes = record::outcomes(&sim);
    if let Some(dir) = &args.out {
        let manifest = plan.manifest(&sim, &lines, &journal);
        record::write(dir, &manifest, &journal, &outcomes, &plan.files())
            .map_err(|error| Failure::new(Code::Io, format!("{}: {error}", dir.display())))?;
    }
    match args.format {
        Format::Jsonl => {
            let last = serde_json::to_string(&outcomes).unwrap_or_default();
            exit::print(&format!("{journal}{last}\n"))
        }
        Format::Text => exit::print(&story(&plan, &sim, &lines, &outcomes, args.all)),
    }?;
    if let Some(dir) = &args.out {
        let dir = dir.display();
        let last = lines.iter().rev().find_map(|line| line.milestone.as_deref());
        let example = last.map_or_else(String::new, |m| format!("hotwash why {dir} {m}, "));
        exit::say(&format!("kept in {dir}; try: {example}hotwash replay {dir}"));
    }
    Ok(())
}

fn story(plan: &Plan, sim: &Simulation, lines: &[Line], outcomes: &Outcomes, all: bool) -> String {
    let page = Page::of_terminal();
    let scenario = &plan.scenario;
    let policy = if plan.policy_name().is_empty() { "defaults" } else { plan.policy_name() };
    let mut out = String::new();
    let _ = writeln!(out, "{}", BOLD.on(format_args!("{}: {}", scenario.name(), scenario.title())));
    for line in text::wrap(scenario.summary(), page.width) {
        let _ = writeln!(out, "{line}");
    }
    let law =
        sim.catalogue().levers.iter().find(|l| l.name == LAW).map_or("-", |l| l.value.as_str());
    let _ = writeln!(out, "\npolicy {policy}, seed {}, law of {law}", plan.seed);
    let _ = writeln!(out, "{}\n", legend());
    out += &text::timeline(lines, page, all);
    let ended = if plan.until.is_some() { "stopped" } else { "ended" };
    let _ = writeln!(out, "\n{ended} on {} ({})\n", sim.calendar().date(sim.now()), sim.now());
    out += &text::ledgers(lines, page);
    out.push('\n');
    let about = |name: &str| sim.metrics().find(|m| m.name == name).map_or("", |m| m.about);
    out += &text::outcomes(&outcomes.outcomes, about, page);
    out
}

/// What the signs mean.
fn legend() -> String {
    let parts: Vec<String> =
        ["truth", "belief", "claim", "response", "world", "decision", "inject"]
            .into_iter()
            .map(|name| {
                let (sign, word, paint) = text::lane(name);
                paint.on(format_args!("{sign} {word}"))
            })
            .collect();
    format!("{}  {}", parts.join("  "), DIM.on("* turning point"))
}
