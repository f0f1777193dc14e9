//! What came of a test: data that all ways of printing share.

use crate::commands::run::Plan;
use crate::exit::Failure;
use crate::study_dir;

/// The results of a scenario.
#[derive(Debug, Default)]
pub(crate) struct Suite {
    /// The scenario as it was named: a shipped name or a path.
    pub(crate) named: String,
    /// Its own name; empty when it could not be read.
    pub(crate) scenario: String,
    /// Where its expectations stand; empty when it has none.
    pub(crate) file: String,
    /// Names of all its expectations and golden timelines.
    pub(crate) known: Vec<String>,
    /// What was tried.
    pub(crate) trials: Vec<Trial>,
    /// The chance of a wrong verdict over many runs; none where there is no such verdict.
    pub(crate) risk: Option<f64>,
    /// Why it could not be tried, or not all of it.
    pub(crate) trouble: Option<Failure>,
}

impl Suite {
    pub(crate) fn new(named: &str) -> Suite {
        Suite { named: named.to_owned(), ..Suite::default() }
    }

    /// The scenario's name, as far as it is known.
    pub(crate) fn title(&self) -> &str {
        if self.scenario.is_empty() { &self.named } else { &self.scenario }
    }
}

/// One expectation or golden timeline that was tried.
#[derive(Debug)]
pub(crate) struct Trial {
    /// Its name.
    pub(crate) name: String,
    /// Where it stands in the file.
    pub(crate) line: usize,
    /// How it went.
    pub(crate) status: Status,
    /// What was found, in one line; may be empty.
    pub(crate) summary: String,
    /// The evidence, line by line, where it went badly.
    pub(crate) details: Vec<String>,
}

/// How a trial went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// It holds, or the run is as it was kept.
    Held,
    /// It does not hold.
    Failed,
    /// So many runs do not tell.
    Undecided,
    /// No golden timeline is kept yet.
    Missing,
    /// The run is not as it was kept.
    Differs,
    /// A golden timeline was written.
    Accepted,
    /// It was not tried.
    Skipped,
}

impl Status {
    /// Whether the command fails by it.
    pub(crate) fn is_bad(self) -> bool {
        matches!(self, Status::Failed | Status::Undecided | Status::Missing | Status::Differs)
    }

    /// As printed.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Status::Held => "held",
            Status::Failed => "FAILED",
            Status::Undecided => "UNDECIDED",
            Status::Missing => "MISSING",
            Status::Differs => "DIFFERS",
            Status::Accepted => "accepted",
            Status::Skipped => "skipped",
        }
    }
}

/// The command that plays a run.
pub(crate) fn command(plan: &Plan) -> String {
    let mut words = vec!["hotwash".to_owned(), "run".to_owned(), plan.named.clone()];
    let mut add = |flag: &str, value: String| words.extend([flag.to_owned(), value]);
    if !plan.policy_name().is_empty() {
        add("--policy", plan.policy_name().to_owned());
    }
    add("--seed", plan.seed.clone());
    if plan.replication > 0 {
        add("--replication", plan.replication.to_string());
    }
    for (flag, map) in [("--set", &plan.set), ("--decide", &plan.decide)] {
        for (name, value) in map {
            add(flag, format!("{name}={value}"));
        }
    }
    study_dir::shown(&words)
}
