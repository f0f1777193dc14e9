//! Why a study could not be done.

use std::fmt;
use std::path::PathBuf;

use hotwash_engine::{Fault, RunKey};
use hotwash_scenario::Diagnostic;

use crate::arm::Arm;

/// Why a study could not be done.
#[derive(Debug)]
pub enum LabError {
    /// What was asked for makes no sense: the asker's mistake.
    Usage {
        /// What is wrong.
        message: String,
        /// How to mend it.
        hint: Option<String>,
    },
    /// A simulation cannot be built with these levers.
    Build(Vec<Diagnostic>),
    /// A bug of the model or of a plugin.
    Fault {
        /// What broke.
        fault: Fault,
        /// Under which arm.
        arm: Box<Arm>,
        /// In which world.
        key: RunKey,
    },
    /// A file could not be read or written.
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// A bug of ours: a worker stopped unexpectedly.
    Bug(String),
}

impl LabError {
    /// A mistake of the asker.
    pub fn usage(message: impl Into<String>) -> Self {
        LabError::Usage { message: message.into(), hint: None }
    }

    /// The same with a hint; other errors stay as they are.
    #[must_use]
    pub fn hint(self, text: impl Into<String>) -> Self {
        match self {
            LabError::Usage { message, .. } => LabError::Usage { message, hint: Some(text.into()) },
            other => other,
        }
    }

    /// An unknown name, with the nearest known one or the list of them.
    pub fn unknown<'a>(sort: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let hint = match hotwash_engine::nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", known.join(", ")),
        };
        LabError::usage(format!("no {sort} is called `{name}`")).hint(hint)
    }

    /// A file that could not be read or written.
    pub fn io(path: impl Into<PathBuf>, error: &std::io::Error) -> Self {
        LabError::Io { path: path.into(), message: error.to_string() }
    }
}

impl fmt::Display for LabError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LabError::Usage { message, hint: Some(hint) } => write!(f, "{message} ({hint})"),
            LabError::Usage { message, hint: None } => f.write_str(message),
            LabError::Build(problems) => {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            LabError::Fault { fault, arm, key } => {
                let RunKey { seed, replication } = key;
                write!(f, "{fault} (policy {}, seed {seed}, run {replication})", arm.name())
            }
            LabError::Io { path, message } => write!(f, "{}: {message}", path.display()),
            LabError::Bug(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for LabError {}
