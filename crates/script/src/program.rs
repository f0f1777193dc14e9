//! What the front ends have in common: a program of an agent, the calls it gets, and its troubles.

use crate::host::{Host, Refusal, Word};
use crate::script::ScriptProgram;

/// Why a program cannot go on, and where in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    /// Line and column, from 1.
    pub(crate) at: Option<(usize, usize)>,
}

impl Trouble {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Trouble { message: message.into(), hint: None, at: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn at(mut self, line: usize, column: usize) -> Self {
        self.at = Some((line, column));
        self
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Trouble { message: refusal.message, hint: refusal.hint, at: None }
    }
}

/// What an agent is called for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Call<'a> {
    /// The run begins.
    Start,
    /// An event that it hears, by its place in the list of those.
    Hear {
        /// Which.
        number: usize,
        /// Its fields.
        fields: &'a [(&'static str, Word<'a>)],
    },
    /// A timer of its own is due.
    Due(&'a str),
    /// An order tells it something.
    Told(&'a str),
    /// The run ends.
    Finish,
}

/// What a program keeps between calls; put back at the start of each run.
#[derive(Clone, Debug)]
pub(crate) enum Keep {
    /// The map behind `this`.
    Script(rhai::Dynamic),
    /// A module keeps its own memory, which the start of a run makes anew.
    #[cfg(feature = "wasm")]
    Module,
}

/// The behaviour of an agent.
pub(crate) enum Program {
    Script(Box<ScriptProgram>),
    #[cfg(feature = "wasm")]
    Module(Box<crate::module::ModuleProgram>),
}

impl Program {
    /// What it keeps before a run.
    pub(crate) fn keep(&self) -> Keep {
        match self {
            Program::Script(_) => Keep::Script(rhai::Map::new().into()),
            #[cfg(feature = "wasm")]
            Program::Module(_) => Keep::Module,
        }
    }

    /// Calls it and gives the steps that it took.
    pub(crate) fn call(
        &self,
        host: &Host,
        call: Call<'_>,
        keep: &mut Keep,
    ) -> (u64, Result<(), Trouble>) {
        match (self, keep) {
            (Program::Script(script), Keep::Script(this)) => script.call(host, call, this),
            #[cfg(feature = "wasm")]
            (Program::Module(module), Keep::Module) => module.call(host, call),
            #[cfg(feature = "wasm")]
            _ => unreachable!("a program keeps what it began with"),
        }
    }

    /// The most steps that it may take in a run.
    pub(crate) fn steps_per_run(&self) -> u64 {
        match self {
            Program::Script(_) => crate::limits::STEPS_PER_RUN,
            #[cfg(feature = "wasm")]
            Program::Module(_) => crate::limits::FUEL_PER_RUN,
        }
    }
}
