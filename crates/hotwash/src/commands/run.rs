//! `hotwash run`: plays a scenario once and tells it, or many times and sums it up.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use hotwash_engine::{
    Decider, Fault, RunKey, SimDuration, SimTime, Simulation, TakeDefaults, parse_seed,
};
use hotwash_exercise::spoken;
use hotwash_scenario::{MAX_FILE, Policy, Registry, Scenario};

use super::speaking;
use crate::args::{self, Format};
use crate::decider::{Overrides, pairs};
use crate::exit::{self, Code, Failure};
use crate::record::{self, FORMAT_VERSION, FileHash, Line, Manifest, Outcomes, POLICY};
use crate::shipped;
use crate::text::{self, BOLD, DIM, Page};

/// The policy that `run` follows when none is named.
pub(crate) const USUAL_POLICY: &str = "historical";
/// The lever that says which year's law counts.
const LAW: &str = "regulator.law";

/// Path and text of a file that is copied into the run's directory.
pub(crate) type Copied = (String, Arc<str>);

/// Everything that determines a run.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) scenario: Scenario,
    /// The scenario's name or path, as given.
    pub(crate) named: String,
    pub(crate) policy: Option<Policy>,
    /// Path and text of a policy that is not beside the scenario.
    pub(crate) foreign_policy: Option<Copied>,
    pub(crate) set: BTreeMap<String, String>,
    pub(crate) decide: BTreeMap<String, String>,
    pub(crate) seed: String,
    /// Which run of that seed's ensemble.
    pub(crate) replication: u64,
    pub(crate) until: Option<String>,
}

impl Plan {
    fn read(registry: &Registry, args: &args::Run) -> Result<Plan, Failure> {
        let scenario = match args.tongue.lang.as_deref() {
            None => shipped::open_to_run(registry, &args.scenario)?,
            lang => speaking(shipped::open(registry, &args.scenario)?, lang)?,
        };
        let mut set = pairs(&args.set, "--set")?;
        set_law(&scenario, args.law.as_deref(), &mut set)?;
        let (policy, foreign_policy) = choose_policy(&scenario, args.policy.as_deref())?;
        let seed = args.seed.clone().unwrap_or_else(|| scenario.seed_text().to_owned());
        let decide = pairs(&args.decide, "--decide")?;
        let (replication, until) = (args.replication, args.until.clone());
        let named = args.scenario.clone();
        Ok(Plan { scenario, named, policy, foreign_policy, set, decide, seed, replication, until })
    }

    pub(crate) fn policy_name(&self) -> &str {
        self.policy.as_ref().map_or("", Policy::name)
    }

    pub(crate) fn build(&self) -> Result<Simulation, Failure> {
        self.scenario
            .build(&self.set, self.policy.as_ref())
            .map_err(|problems| exit::refuse_build(&problems))
    }

    pub(crate) fn decider(&self, sim: &Simulation) -> Result<Box<dyn Decider>, Failure> {
        match &self.policy {
            Some(policy) => {
                Ok(Box::new(Overrides::new(policy.decider(sim), &self.scenario, &self.decide)?))
            }
            None => Ok(Box::new(Overrides::new(TakeDefaults, &self.scenario, &self.decide)?)),
        }
    }

    /// When it stops.
    pub(crate) fn until(&self, sim: &Simulation) -> Result<SimTime, Failure> {
        let (start, end) = sim.span();
        let Some(text) = &self.until else { return Ok(end) };
        let until = parse_until(text, &self.scenario)?;
        if (start..=end).contains(&until) {
            return Ok(until);
        }
        let (from, to) = (sim.calendar().date(start), sim.calendar().date(end));
        let message = format!("--until {text}: this lies outside the run");
        Err(Failure::new(Code::Usage, message)
            .hint(format!("the run goes from {from} ({start}) to {to} ({end})")))
    }

    /// Plays it with the journal on.
    pub(crate) fn play(&self) -> Result<Simulation, Failure> {
        let mut sim = self.build()?;
        let mut decider = self.decider(&sim)?;
        let until = self.until(&sim)?;
        sim.record_journal(true);
        sim.check_invariants(true);
        let replication = self.replication;
        sim.reset(RunKey { seed: parse_seed(&self.seed), replication });
        sim.advance(decider.as_mut(), until).map_err(|fault| self.blame(&fault, replication))?;
        Ok(sim)
    }

    /// A fault is our bug, unless it is a mistake of the scenario: say how to see it again.
    pub(crate) fn blame(&self, fault: &Fault, replication: u64) -> Failure {
        let code =
            if matches!(fault, Fault::Invariant { .. }) { Code::Invariant } else { Code::Bug };
        let mut command = format!("hotwash run {} --seed {}", self.named, self.seed);
        if replication > 0 {
            let _ = write!(command, " --replication {replication}");
        }
        if !self.policy_name().is_empty() {
            let _ = write!(command, " --policy {}", self.policy_name());
        }
        for (flag, map) in [("--set", &self.set), ("--decide", &self.decide)] {
            for (name, value) in map {
                let _ = write!(command, " {flag} {name}={value}");
            }
        }
        if let Some(failure) = exit::refuse_run(&self.scenario, fault, &command) {
            return failure;
        }
        Failure::new(code, format!("{fault}"))
            .hint(format!("this is a bug; it comes again with: {command}"))
    }

    pub(super) fn manifest(
        &self,
        sim: &Simulation,
        lines: &[Line],
        journal: &str,
        files: &[(String, String)],
    ) -> Manifest {
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
            replication: self.replication,
            until: self.until.clone(),
            plugins: sim.catalogue().plugins.iter().map(|(name, _)| (*name).to_owned()).collect(),
            entries: lines.len() as u64,
            journal_sha256: record::sha256(journal.as_bytes()),
        }
    }

    pub(super) fn files(&self) -> Vec<(String, String)> {
        let texts = self.scenario.texts().into_iter().chain(self.foreign_policy.clone());
        texts.map(|(path, text)| (path, text.to_string())).collect()
    }
}

/// Puts `--law` among the levers.
pub(crate) fn set_law(
    scenario: &Scenario,
    law: Option<&str>,
    set: &mut BTreeMap<String, String>,
) -> Result<(), Failure> {
    let Some(law) = law else { return Ok(()) };
    if !scenario.plugins().any(|plugin| LAW.split_once('.').is_some_and(|(of, _)| of == plugin)) {
        let message = format!("--law {law}: {} has no regulators", scenario.name());
        return Err(Failure::new(Code::Usage, message).hint("leave it out: no law counts there"));
    }
    match set.insert(LAW.to_owned(), law.to_owned()) {
        Some(before) if before != law => {
            let message = format!("--law {law} and --set {LAW} contradict each other");
            Err(Failure::new(Code::Usage, message).hint("give one of them"))
        }
        _ => Ok(()),
    }
}

pub(crate) fn choose_policy(
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
    let (policy, diagnostics) = scenario.read_policy(name, record::read_bytes(path, MAX_FILE)?);
    let policy = policy.ok_or_else(|| exit::refuse(&diagnostics))?;
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let copy = (format!("{POLICY}{file}"), policy.text().1);
    Ok((Some(policy), Some(copy)))
}

impl Failure {
    fn hint_if_path(self, path: &Path) -> Failure {
        if path.exists() { self.hint("the path of a policy file ends in .ron") } else { self }
    }
}

fn parse_until(text: &str, scenario: &Scenario) -> Result<SimTime, Failure> {
    let wrong = |why: &str| {
        Failure::new(Code::Usage, format!("--until {text}: {why}"))
            .hint("write T+40d, T-3d, 36h, or a date such as 2019-10-01")
    };
    let signed = |rest: &str| -> Result<SimDuration, Failure> {
        let is_length = rest.starts_with(|c: char| c.is_ascii_digit());
        let length = if is_length { rest.parse() } else { Err("this is no time".to_owned()) };
        length.map_err(|why| wrong(&why))
    };
    if let Some(rest) = text.strip_prefix("T+") {
        Ok(SimTime::STARTEX + signed(rest)?)
    } else if let Some(rest) = text.strip_prefix("T-") {
        Ok(SimTime::STARTEX - signed(rest)?)
    } else if let Ok(length) = signed(text) {
        Ok(SimTime::STARTEX + length)
    } else {
        scenario.calendar().instant(text).map_err(|_| wrong("this is no time"))
    }
}

/// Runs what was asked for. To print as soon as it can, it looks at nothing that it does not need: a mistake in
/// a policy that is not played, `check` finds. Where there is a mistake in its way, it says all that `check` does.
pub(crate) fn run(registry: &Registry, args: &args::Run) -> Result<(), Failure> {
    let Err(failure) = played(registry, args) else { return Ok(()) };
    if failure.code == Code::Scenario {
        shipped::open(registry, &args.scenario)?;
    }
    Err(failure)
}

fn played(registry: &Registry, args: &args::Run) -> Result<(), Failure> {
    let plan = Plan::read(registry, args)?;
    if let Some(runs) = args.runs {
        return super::ensemble::ensemble(&plan, runs, args.format);
    }
    let sim = plan.play()?;
    let lines = LazyCell::new(|| record::lines(&sim));
    let journal = LazyCell::new(|| record::journal_text(&lines));
    let outcomes = record::outcomes(&sim);
    if let Some(dir) = &args.out {
        let files = plan.files();
        let manifest = plan.manifest(&sim, &lines, &journal, &files);
        record::write(dir, &manifest, &journal, &outcomes, &files)
            .map_err(|error| Failure::new(Code::Io, format!("{}: {error}", dir.display())))?;
    }
    match args.format {
        Format::Jsonl => {
            let last = serde_json::to_string(&outcomes).unwrap_or_default();
            exit::print(&format!("{}{last}\n", *journal))
        }
        Format::Text => {
            let lines = spoken::lines(&sim, plan.scenario.language());
            exit::print(&story(&plan, &sim, &lines, &outcomes, args.all))
        }
    }?;
    if let Some(dir) = &args.out {
        let dir = dir.display();
        let last = lines.iter().rev().find_map(|line| line.milestones.first());
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
    let law = sim.catalogue().levers.iter().find(|l| l.name == LAW);
    let law = law.map_or_else(String::new, |l| format!(", law of {}", l.value));
    let replication = match plan.replication {
        0 => String::new(),
        n => format!(", replication {n}"),
    };
    let _ = writeln!(out, "\npolicy {policy}, seed {}{replication}{law}", plan.seed);
    let _ = writeln!(out, "{}\n", legend(page));
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
fn legend(page: Page) -> String {
    let lanes = ["truth", "belief", "claim", "response", "world", "decision", "inject"];
    let lanes = lanes.map(text::lane).map(|(sign, word, paint)| (format!("{sign} {word}"), paint));
    let mut out = String::new();
    let mut used = 0;
    for (part, paint) in lanes.into_iter().chain([("* turning point".to_owned(), DIM)]) {
        let gap = match used {
            0 => "",
            used if used + 2 + part.chars().count() > page.width => "\n",
            _ => "  ",
        };
        used = if gap == "  " { used + 2 } else { 0 } + part.chars().count();
        let _ = write!(out, "{gap}{}", paint.on(part));
    }
    out
}
