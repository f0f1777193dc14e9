//! What can go wrong in a session, by whose fault.

use std::fmt;

use hotwash_engine::Fault;
use hotwash_scenario::Diagnostic;

/// An act that is not done: the session is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Whoever asks may not do it.
    NotYours(String),
    /// It does not fit what there is: an unknown name, a decision that is not open.
    Wrong(String),
    /// The file could not be written: nothing was done.
    NotKept(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NotYours(why) | Refusal::Wrong(why) => f.write_str(why),
            Refusal::NotKept(why) => write!(f, "the session's file could not be written: {why}"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Why a session cannot be opened or go on.
#[derive(Debug)]
pub enum ExerciseError {
    /// The scenario cannot be built with these settings.
    Build(Vec<Diagnostic>),
    /// The session's file is damaged, or of another version or scenario.
    File(String),
    /// The file system said no.
    Io(std::io::Error),
    /// A record does not fit the session: another version of the program, or a damaged file.
    Replay {
        /// The record's number.
        n: u64,
        /// What does not fit.
        why: String,
    },
    /// A bug of the model.
    Fault(Fault),
}

impl fmt::Display for ExerciseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExerciseError::Build(problems) => {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            ExerciseError::File(why) => f.write_str(why),
            ExerciseError::Io(error) => write!(f, "{error}"),
            ExerciseError::Replay { n, why } => write!(f, "record {n} cannot be done again: {why}"),
            ExerciseError::Fault(fault) => write!(f, "{fault}"),
        }
    }
}

impl std::error::Error for ExerciseError {}

impl From<std::io::Error> for ExerciseError {
    fn from(error: std::io::Error) -> Self {
        ExerciseError::Io(error)
    }
}

impl From<Fault> for ExerciseError {
    fn from(fault: Fault) -> Self {
        ExerciseError::Fault(fault)
    }
}
