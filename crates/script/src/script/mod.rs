//! Scripts in Rhai: compiled once for each simulation, called with `this` bound to the agent's map.

mod check;
mod data;
mod engine;
mod math;
mod tokens;
mod words;

use std::collections::BTreeMap;

use rhai::{AST, CallFnOptions, Dynamic, Engine, FuncArgs, ImmutableString, Scope};

use crate::host::Host;
use crate::program::{Call, Trouble};

/// A compiled script.
pub(crate) struct ScriptProgram {
    engine: Engine,
    steps: engine::Steps,
    ast: AST,
    /// The function for each event that the agent hears.
    hear: Vec<String>,
    has_start: bool,
    has_finish: bool,
    has_due: bool,
    has_told: bool,
    /// Where each function stands.
    places: BTreeMap<String, (usize, usize)>,
}

/// The function that hears one event by itself: `on_customers_complaints`.
pub(crate) fn hearer(event: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    format!("on_{}", event.chars().map(plain).collect::<String>())
}

/// The function that hears all other events.
pub(super) const HEAR: &str = "hear";

impl ScriptProgram {
    /// Compiles a script and checks it against what its agent declares.
    pub(crate) fn new(text: &str, host: &Host) -> Result<Self, Vec<Trouble>> {
        let (engine, steps) = engine::engine(host);
        let ast = engine.compile(text).map_err(|error| vec![words::of_parse(&error)])?;
        let places = check::check(text, &host.declared)?;
        let has = |name: &str, arguments: usize| {
            ast.iter_functions().any(|f| f.name == name && f.params.len() == arguments)
        };
        let hear = host.declared.hears.iter().map(|event| {
            let own = hearer(event);
            if has(&own, 1) { own } else { HEAR.to_owned() }
        });
        Ok(ScriptProgram {
            hear: hear.collect(),
            has_start: has("start", 0),
            has_finish: has("finish", 0),
            has_due: has("due", 1),
            has_told: has("told", 1),
            engine,
            steps,
            ast,
            places,
        })
    }

    /// Calls the function for this, if the script has it, and gives the steps it took.
    pub(crate) fn call(
        &self,
        host: &Host,
        call: Call<'_>,
        this: &mut Dynamic,
    ) -> (u64, Result<(), Trouble>) {
        match call {
            Call::Start if self.has_start => self.run("start", (), this),
            Call::Finish if self.has_finish => self.run("finish", (), this),
            Call::Due(what) if self.has_due => {
                self.run("due", (ImmutableString::from(what),), this)
            }
            Call::Told(what) if self.has_told => {
                self.run("told", (ImmutableString::from(what),), this)
            }
            Call::Hear { number, fields } => {
                let event = data::event(host.declared.hears[number], fields);
                self.run(&self.hear[number], (event,), this)
            }
            Call::Start | Call::Finish | Call::Due(_) | Call::Told(_) => (0, Ok(())),
        }
    }

    fn run(
        &self,
        function: &str,
        arguments: impl FuncArgs,
        this: &mut Dynamic,
    ) -> (u64, Result<(), Trouble>) {
        self.steps.begin();
        let options = CallFnOptions::new().eval_ast(false).bind_this_ptr(this);
        let mut scope = Scope::new();
        let ended = self
            .engine
            .call_fn_with_options::<Dynamic>(options, &mut scope, &self.ast, function, arguments);
        let place = |function: &str| self.places.get(function).copied();
        let ended = match ended {
            Ok(_) => data::check_kept(this).map_err(|t| Trouble { at: place(function), ..t }),
            Err(error) => Err(words::of_run(&error, function, place)),
        };
        (self.steps.taken(), ended)
    }
}
