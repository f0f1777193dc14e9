//! What all studies of many runs share: reading what is asked for, conducting it with a progress bar
//! and Ctrl-C, and delivering what it finds.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use hotwash_engine::{Simulation, parse_seed};
use hotwash_lab::findings::Header;
use hotwash_lab::tables::Provenance;
use hotwash_lab::{
    Arm, Conduct, Ended, Grid, LabError, Layout, Log, Progress, Reply, Shard, Study,
};
use hotwash_scenario::{Policy, Registry, Scenario};
use serde::Serialize;

use super::run::{USUAL_POLICY, choose_policy, set_law};
use crate::args::lab::{Common, Format, Metrics, Output};
use crate::decider::{chosen, pairs};
use crate::exit::{self, Code, Failure};
use crate::record::{self, FileHash};
use crate::shipped;
use crate::study_dir::{self, Kept, Manifest, State};
use crate::text::{Page, wrap};

/// Set by Ctrl-C: the batch in hand is finished, what is done is written.
static STOP: AtomicBool = AtomicBool::new(false);
/// Somebody plays: there is no study that could be stopped.
static AT_TABLE: AtomicBool = AtomicBool::new(false);

/// A study that has been asked for.
pub(crate) struct Asked {
    pub(crate) scenario: Scenario,
    /// The scenario's name or path, as given.
    pub(crate) named: String,
    /// Levers set under every policy.
    pub(crate) set: BTreeMap<String, String>,
    /// Answers given under every policy, by decision.
    pub(crate) replies: BTreeMap<u16, Reply>,
    pub(crate) seed_text: String,
    pub(crate) seed: u64,
    pub(crate) output: Output,
    /// Other files that it stands on.
    files: RefCell<Vec<FileHash>>,
    /// Its directory, once something has been conducted.
    kept: RefCell<Option<Kept>>,
}

impl Asked {
    pub(crate) fn read(
        registry: &Registry,
        scenario: Option<&str>,
        common: &Common,
    ) -> Result<Asked, Failure> {
        let named = scenario.unwrap_or_default().to_owned();
        let scenario = shipped::open(registry, &named)?;
        let mut set = pairs(&common.set, "--set")?;
        set_law(&scenario, common.law.as_deref(), &mut set)?;
        let answers = chosen(&scenario, &pairs(&common.decide, "--decide")?)?;
        let replies = answers.into_iter().map(|(d, option)| (d, Reply::AtOnce(option))).collect();
        let seed_text = common.seed.clone().unwrap_or_else(|| scenario.seed_text().to_owned());
        let seed = parse_seed(&seed_text);
        let output = common.output.clone();
        if let Some(dir) = &output.out {
            study_dir::vacant(dir)?;
        }
        let (files, kept) = (RefCell::default(), RefCell::default());
        Ok(Asked { scenario, named, set, replies, seed_text, seed, output, files, kept })
    }

    /// A study of a scenario as it is, which was asked for by a command that is no study.
    pub(crate) fn plain(
        scenario: Scenario,
        named: &str,
        seed: Option<&str>,
        format: Format,
        threads: Option<u16>,
    ) -> Asked {
        let seed_text = seed.unwrap_or_else(|| scenario.seed_text()).to_owned();
        let seed = parse_seed(&seed_text);
        let output = Output { format, threads, ..Output::default() };
        let (files, kept) = (RefCell::default(), RefCell::default());
        let (set, replies) = (BTreeMap::new(), BTreeMap::new());
        Asked {
            scenario,
            named: named.to_owned(),
            set,
            replies,
            seed_text,
            seed,
            output,
            files,
            kept,
        }
    }

    /// A policy by name or by path.
    pub(crate) fn policy(&self, name: &str) -> Result<Policy, Failure> {
        let (policy, copied) = choose_policy(&self.scenario, Some(name))?;
        if let Some((path, text)) = copied {
            self.stands_on(&path, text.as_bytes());
        }
        policy.ok_or_else(|| Failure::new(Code::Bug, format!("policy {name} is not there")))
    }

    /// Says that the study stands on a file besides the scenario's own, so that it is not gone on with
    /// after the file has changed. Policies that are named by path are known already.
    pub(crate) fn stands_on(&self, path: &str, bytes: &[u8]) {
        let file = FileHash { path: path.to_owned(), sha256: record::sha256(bytes) };
        let mut files = self.files.borrow_mut();
        if !files.contains(&file) {
            files.push(file);
        }
    }

    /// The policy named, or the usual one if the scenario has it.
    pub(crate) fn policy_or_usual(&self, name: Option<&str>) -> Result<Option<Policy>, Failure> {
        match name {
            Some(name) => self.policy(name).map(Some),
            None => Ok(self.scenario.policy(USUAL_POLICY).cloned()),
        }
    }

    /// An arm that follows a policy, with what was set for all.
    pub(crate) fn arm(&self, policy: Option<Policy>) -> Arm {
        let name = policy.as_ref().map_or("defaults", Policy::name).to_owned();
        let arm = Arm::new(name, policy, self.set.clone());
        self.replies.iter().fold(arm, |arm, (decision, reply)| arm.with_reply(*decision, *reply))
    }

    /// A simulation of an arm, to read what there is. Mistakes in levers show here.
    pub(crate) fn model(&self, arm: &Arm) -> Result<Simulation, Failure> {
        self.scenario
            .build(arm.set(), arm.policy())
            .map_err(|problems| failure(LabError::Build(problems), self))
    }

    /// Positions of the metrics to show.
    pub(crate) fn metrics(&self, wanted: &Metrics, layout: &Layout) -> Result<Vec<usize>, Failure> {
        let known = || layout.metrics.iter().map(|m| m.name);
        let position = |name: &str| {
            layout.metric(name).ok_or_else(|| Failure::unknown("metric", name, known()))
        };
        if wanted.all || (wanted.metrics.is_empty() && self.scenario.headline().len() == 0) {
            return Ok((0..layout.metrics.len()).collect());
        }
        if wanted.metrics.is_empty() {
            return self.scenario.headline().map(position).collect();
        }
        let mut list: Vec<usize> = Vec::new();
        for name in &wanted.metrics {
            let index = position(name.trim())?;
            if !list.contains(&index) {
                list.push(index);
            }
        }
        Ok(list)
    }

    /// What a finding says of itself.
    pub(crate) fn header(&self, worlds: u64, runs: u64, ended: Ended) -> Header {
        Header {
            scenario: self.scenario.name().to_owned(),
            title: self.scenario.title().to_owned(),
            seed: self.seed_text.clone(),
            worlds,
            runs,
            command: format!("hotwash {}", study_dir::shown(&self.output.work.words)),
            scenario_sha256: scenario_sha256(&self.scenario),
            hotwash: env!("CARGO_PKG_VERSION").to_owned(),
            streams: hotwash_engine::STREAMS_VERSION,
            is_partial: ended == Ended::Stopped,
            notes: self.change().into_iter().collect(),
        }
    }

    /// Does the study on all cores. With `--out` or `--resume` its batches are kept in a directory. A
    /// part of a study ends here, as a failure of code [`Code::Done`].
    pub(crate) fn conduct<S: Study>(&self, study: &mut S) -> Result<Ended, Failure> {
        heed_ctrl_c();
        self.keep()?;
        let mut kept = self.kept.borrow_mut();
        let log = kept.as_mut().map(Kept::next_log).transpose()?;
        let shard = self.output.shard.unwrap_or(Shard::WHOLE);
        let threads = self.output.threads.map_or_else(cores, usize::from);
        let ended = watched(study, &self.scenario, threads, shard, log);
        let ended = match ended {
            Ok(ended) => ended,
            Err(error) => {
                if let Some(kept) = kept.take() {
                    kept.abandon_if_empty();
                }
                return Err(failure(error, self));
            }
        };
        match (&mut *kept, ended) {
            (Some(kept), Ended::Stopped) if shard != Shard::WHOLE => {
                let message = "stopped before the part was done";
                Err(Failure::new(Code::Stopped, message).hint(self.go_on(kept)))
            }
            (Some(kept), Ended::Complete) if shard != Shard::WHOLE => {
                kept.finish_part(shard)?;
                Err(Failure::new(Code::Done, "a part has no finding"))
            }
            _ => Ok(ended),
        }
    }

    /// Takes the directory that was asked for, or goes on in it.
    fn keep(&self) -> Result<(), Failure> {
        let mut kept = self.kept.borrow_mut();
        if kept.is_some() {
            return Ok(());
        }
        let output = &self.output;
        *kept = match (&output.out, &output.resume, &output.work.resumed) {
            (Some(dir), ..) => Some(Kept::begin(dir, self.manifest())?),
            (None, Some(dir), Some(then)) => {
                Some(Kept::resume(dir, then.clone(), &self.manifest())?)
            }
            _ => None,
        };
        Ok(())
    }

    fn manifest(&self) -> Manifest {
        let output = &self.output;
        Manifest {
            format: study_dir::STUDY_FORMAT,
            state: State::Running,
            words: output.work.words.clone(),
            events: output.events,
            report: output.report.as_ref().map(|path| path.to_string_lossy().into_owned()),
            json: output.format == Format::Json,
            shard: output.shard,
            batches: None,
            seed: self.seed_text.clone(),
            scenario: self.scenario.name().to_owned(),
            scenario_sha256: scenario_sha256(&self.scenario),
            files: self.files.borrow().clone(),
            hotwash: env!("CARGO_PKG_VERSION").to_owned(),
            streams: hotwash_engine::STREAMS_VERSION,
            journal: hotwash_engine::JOURNAL_VERSION,
            plugins: self.scenario.plugins().map(str::to_owned).collect(),
        }
    }

    /// Writes the runs of a grid that was conducted as tables, if a directory was asked for. For
    /// studies whose batches are a grid's rows, with or without other numbers behind them; to be called
    /// after [`Asked::conduct`], also when that was stopped, and before [`Asked::deliver`].
    pub(crate) fn tabulate(&self, grid: &Grid) -> Result<(), Failure> {
        let mut kept = self.kept.borrow_mut();
        let Some(kept) = &mut *kept else { return Ok(()) };
        let header = self.header(grid.worlds, 0, Ended::Complete);
        let from = Provenance {
            scenario: header.scenario,
            scenario_sha256: header.scenario_sha256,
            seed: header.seed,
            hotwash: header.hotwash,
            streams: header.streams,
            command: header.command,
            worlds: grid.worlds,
            is_partial: false,
        };
        kept.tabulate(grid, &self.scenario, from)
    }

    /// Prints what was found, writes the page and the directory if asked for, and says whether it is
    /// all.
    pub(crate) fn deliver<F: Serialize>(
        &self,
        finding: &F,
        header: &Header,
        text: impl Fn(&F, Page) -> String,
        page: impl FnOnce(&F) -> String,
    ) -> Result<(), Failure> {
        let json = serde_json::to_string_pretty(finding)
            .map_err(|e| Failure::new(Code::Bug, e.to_string()))?
            + "\n";
        let mut kept = self.kept.borrow_mut();
        if let Some(kept) = &*kept {
            let text = self.changed(Page::new(100)) + text(finding, Page::new(100)).as_str();
            kept.write_finding(header, &json, &text)?;
        }
        if let Some(path) = &self.output.report {
            write_new(path, page(finding).as_bytes())?;
        }
        match self.output.format {
            Format::Text => {
                let page = Page::of_terminal();
                exit::print(&(self.changed(page) + text(finding, page).as_str()))?;
            }
            Format::Json => exit::print(&json)?,
        }
        if let Some(path) = &self.output.report {
            exit::say(&format!("pictures: {}", path.display()));
        }
        if let Some(kept) = &*kept {
            exit::say(&format!("kept in {}, explained in its README.md", kept.dir().display()));
        }
        if header.is_partial {
            let message =
                format!("stopped after {} worlds; the figures are of these", header.worlds);
            let failure = Failure::new(Code::Stopped, message);
            return Err(match &*kept {
                Some(kept) => failure.hint(self.go_on(kept)),
                None => failure,
            });
        }
        kept.as_mut().map_or(Ok(()), Kept::finish)
    }

    /// What was set for all policies, as a first line: no policy below is quite what its name says.
    fn changed(&self, page: Page) -> String {
        let Some(note) = self.change() else { return String::new() };
        wrap(&note, page.width).join("\n") + "\n\n"
    }

    fn change(&self) -> Option<String> {
        let levers = self.set.iter().map(|(name, value)| format!("{name}={value}"));
        let answers = self.replies.iter().filter_map(|(decision, reply)| {
            let decision = self.scenario.decisions().get(usize::from(*decision))?;
            let Reply::AtOnce(option) = reply else { return None };
            Some(format!("{}={}", decision.name, decision.options[*option].name))
        });
        let all: Vec<String> = levers.chain(answers).collect();
        (!all.is_empty()).then(|| format!("Changed under every policy: {}.", all.join(", ")))
    }

    /// How to go on with a study that was stopped.
    fn go_on(&self, kept: &Kept) -> String {
        let command = self.output.work.words.first().map_or("", String::as_str);
        let dir = kept.dir().display().to_string();
        let words = study_dir::shown(&["hotwash", command, "--resume", dir.as_str()]);
        format!("go on with: {words}")
    }
}

/// Ctrl-C ends a study after the batch in hand; a second one ends the program at once, as the first does
/// while somebody sits at the table. That there is no handler is no reason to stop.
fn heed_ctrl_c() {
    let _ = ctrlc::set_handler(|| {
        if AT_TABLE.load(Ordering::Relaxed) || STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        exit::say("stopping after the batch in hand; Ctrl-C again ends at once");
    });
}

/// Conducts a study with a progress bar.
pub(super) fn watched<S: Study>(
    study: &mut S,
    scenario: &Scenario,
    threads: usize,
    shard: Shard,
    log: Option<&mut Log>,
) -> Result<Ended, LabError> {
    let bar = Bar::new();
    let mut progress = |p: Progress| bar.show(p);
    let stop = &STOP;
    let mut conduct = Conduct { scenario, threads, shard, log, stop, progress: &mut progress };
    let ended = hotwash_lab::conduct(study, &mut conduct);
    bar.clear();
    ended
}

/// Conducts a study of a session between two times at the table. Ctrl-C ends the study and nothing
/// else: what was found until then counts.
pub(crate) fn at_table<S: Study>(
    study: &mut S,
    scenario: &Scenario,
    threads: Option<usize>,
) -> Result<Ended, Failure> {
    heed_ctrl_c();
    STOP.store(false, Ordering::Relaxed);
    AT_TABLE.store(false, Ordering::Relaxed);
    let ended = watched(study, scenario, threads.unwrap_or_else(cores), Shard::WHOLE, None);
    AT_TABLE.store(true, Ordering::Relaxed);
    ended.map_err(|error| match error {
        LabError::Usage { message, hint } => Failure { code: Code::Usage, message, hint },
        LabError::Build(problems) => exit::refuse_build(&problems),
        LabError::Io { path, message } => {
            Failure::new(Code::Io, format!("{}: {message}", path.display()))
        }
        LabError::Fault { fault, key, .. } => {
            let again = format!("the same questions to this session, replication {}", key.replication);
            exit::refuse_run(scenario, &fault, &again).unwrap_or_else(|| {
                Failure::new(Code::Bug, fault.to_string()).hint(format!(
                    "this is a bug of the model, in replication {} of a fork; please report it with \
                     the session",
                    key.replication
                ))
            })
        }
        LabError::Bug(message) => {
            Failure::new(Code::Bug, message).hint("this is a bug; please report it")
        }
    })
}

/// Writes a file beside its place and moves it there, so that nothing half-written is seen.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let wrong = |e: std::io::Error| Failure::new(Code::Io, format!("{}: {e}", path.display()));
    let mut draft = path.as_os_str().to_owned();
    draft.push(".part");
    std::fs::write(&draft, bytes).and_then(|()| std::fs::rename(&draft, path)).map_err(wrong)
}

/// A study's error as a failure of the command.
pub(crate) fn failure(error: LabError, asked: &Asked) -> Failure {
    match error {
        LabError::Usage { message, hint } => Failure { code: Code::Usage, message, hint },
        LabError::Build(problems) => exit::refuse_build(&problems),
        LabError::Fault { fault, arm, key } => {
            let mut again = format!(
                "hotwash run {} --seed {} --replication {}",
                asked.named, asked.seed_text, key.replication
            );
            if let Some(policy) = arm.policy() {
                again += &format!(" --policy {}", policy.name());
            }
            for (name, value) in arm.set() {
                again += &format!(" --set {name}={value}");
            }
            for (decision, reply) in arm.replies() {
                if let Reply::AtOnce(option) | Reply::Instead(option) = *reply {
                    let spec = &asked.scenario.decisions()[usize::from(*decision)];
                    again += &format!(" --decide {}={}", spec.name, spec.options[option].name);
                }
            }
            let code = match fault {
                hotwash_engine::Fault::Invariant { .. } => Code::Invariant,
                _ => Code::Bug,
            };
            if let Some(failure) = exit::refuse_run(&asked.scenario, &fault, &again) {
                return failure;
            }
            Failure::new(code, fault.to_string())
                .hint(format!("this is a bug; it comes again with: {again}"))
        }
        LabError::Io { path, message } => {
            Failure::new(Code::Io, format!("{}: {message}", path.display()))
        }
        LabError::Bug(message) => {
            Failure::new(Code::Bug, message).hint("this is a bug; please report it")
        }
    }
}

pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// One hash over all files of a scenario.
pub(crate) fn scenario_sha256(scenario: &Scenario) -> String {
    let mut all = String::new();
    for (path, text) in scenario.texts() {
        all += &format!("{path}\n{}\n{text}\n", text.len());
    }
    record::sha256(all.as_bytes())
}

/// The progress bar: on standard error, and only where that is a terminal.
struct Bar(indicatif::ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = indicatif::ProgressBar::new(0);
        let style = "{bar:30} {human_pos} of {human_len} runs, {per_sec} runs, {eta} left";
        if let Ok(style) = indicatif::ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Bar(bar)
    }

    fn show(&self, progress: Progress) {
        self.0.set_length(progress.of);
        self.0.set_position(progress.done);
    }

    fn clear(&self) {
        self.0.finish_and_clear();
    }
}
