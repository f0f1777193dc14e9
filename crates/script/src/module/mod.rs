//! Modules in WebAssembly: compiled once for each simulation, made anew at the start of each run, called
//! with fuel and little memory. They reach the host by imports from `hotwash`.

mod imports;

use std::sync::{Mutex, PoisonError};

use wasmi::{
    Config, EnforcedLimits, Engine, Instance, Linker, Module, Store, StoreLimits,
    StoreLimitsBuilder, TrapCode,
};

use crate::host::{Given, Host, Word};
use crate::limits;
use crate::program::{Call, Trouble};

/// A value of an event, as a module can ask for it.
#[derive(Clone, Debug)]
enum Value {
    Number(f64),
    Text(String),
}

/// What the host's functions work with.
struct Guest {
    host: Host,
    limits: StoreLimits,
    /// What the module is called for, by name.
    event: Vec<(String, Value)>,
    /// Fields of the entry that is being put together.
    fields: Vec<(String, Given)>,
}

/// A module that runs.
struct Room {
    store: Store<Guest>,
    instance: Instance,
}

/// A compiled module.
pub(crate) struct ModuleProgram {
    module: Module,
    linker: Linker<Guest>,
    /// The function for each event that the agent hears.
    hear: Vec<String>,
    room: Mutex<Option<Room>>,
}

impl ModuleProgram {
    /// Compiles a module and checks it against what its agent declares.
    pub(crate) fn new(text: &str, host: &Host) -> Result<Self, Vec<Trouble>> {
        let engine = Engine::new(&config());
        let module = Module::new(&engine, text.as_bytes()).map_err(|error| vec![unread(&error)])?;
        let linker = imports::linker(&engine);
        let mut out = check_imports(&module, &linker);
        let has = |name: &str| module.get_export(name).is_some_and(|e| e.func().is_some());
        let mut hear = Vec::new();
        for event in &host.declared.hears {
            let own = crate::script::hearer(event);
            if !has(&own) && !has(HEAR) {
                let trouble = Trouble::new(format!("nothing in the module hears `{event}`"));
                out.push(trouble.hint(format!("export a function `{own}` or `{HEAR}`")));
            }
            hear.push(if has(&own) { own } else { HEAR.to_owned() });
        }
        if module.get_export("memory").is_none_or(|e| e.memory().is_none()) {
            out.push(
                Trouble::new("the module exports no memory")
                    .hint("add `(memory (export \"memory\") 1)`"),
            );
        }
        for name in hear.iter().map(String::as_str).chain(["start", "finish", "due", "told"]) {
            let function = module.get_export(name).and_then(|e| e.func().cloned());
            if function.is_some_and(|f| !f.params().is_empty() || !f.results().is_empty()) {
                let message = format!("the exported function `{name}` must take and give nothing");
                out.push(Trouble::new(message));
            }
        }
        let program = ModuleProgram { module, linker, hear, room: Mutex::new(None) };
        if out.is_empty()
            && let Err(trouble) = program.furnish(host)
        {
            out.push(trouble);
        }
        if out.is_empty() { Ok(program) } else { Err(out) }
    }

    /// Makes the module anew.
    fn furnish(&self, host: &Host) -> Result<Room, Trouble> {
        let limits = StoreLimitsBuilder::new()
            .memory_size(limits::MODULE_PAGES << 16)
            .table_elements(10_000)
            .instances(1)
            .memories(1)
            .tables(4)
            .trap_on_grow_failure(true)
            .build();
        let guest = Guest { host: host.clone(), limits, event: Vec::new(), fields: Vec::new() };
        let mut store = Store::new(self.module.engine(), guest);
        store.limiter(|guest| &mut guest.limits);
        refuel(&mut store)?;
        let instance =
            self.linker.instantiate_and_start(&mut store, &self.module).map_err(|error| {
                Trouble::new(format!("the module cannot be set up: {}", lower(&error)))
            })?;
        Ok(Room { store, instance })
    }

    /// Calls the exported function for this, if there is one, and gives the fuel it took.
    pub(crate) fn call(&self, host: &Host, call: Call<'_>) -> (u64, Result<(), Trouble>) {
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(call, Call::Start) || room.is_none() {
            match self.furnish(host) {
                Ok(fresh) => *room = Some(fresh),
                Err(trouble) => return (0, Err(trouble)),
            }
        }
        let Some(Room { store, instance }) = &mut *room else { return (0, Ok(())) };
        let name = match call {
            Call::Start => "start",
            Call::Finish => "finish",
            Call::Due(_) => "due",
            Call::Told(_) => "told",
            Call::Hear { number, .. } => &self.hear[number],
        };
        let Ok(function) = instance.get_typed_func::<(), ()>(&*store, name) else {
            return (0, Ok(()));
        };
        let guest = store.data_mut();
        guest.fields.clear();
        guest.event = event(host, call);
        if let Err(trouble) = refuel(store) {
            return (0, Err(trouble));
        }
        let ended = function.call(&mut *store, ());
        let used = limits::FUEL_PER_CALL - store.get_fuel().unwrap_or(0);
        (used, ended.map_err(|error| trapped(&error, name)))
    }
}

/// The function that hears all events without one of their own.
const HEAR: &str = "hear";

fn config() -> Config {
    let mut config = Config::default();
    config
        .consume_fuel(true)
        .allow_start_fn(false)
        .enforced_limits(EnforcedLimits::strict())
        .wasm_multi_memory(false)
        .set_max_recursion_depth(500)
        .set_max_cached_stacks(0);
    config
}

fn refuel(store: &mut Store<Guest>) -> Result<(), Trouble> {
    store.set_fuel(limits::FUEL_PER_CALL).map_err(|error| Trouble::new(lower(&error)))
}

/// What a module can ask for in this call.
fn event(host: &Host, call: Call<'_>) -> Vec<(String, Value)> {
    let what = |what: &str| vec![("what".to_owned(), Value::Text(what.to_owned()))];
    match call {
        Call::Start | Call::Finish => Vec::new(),
        Call::Due(word) | Call::Told(word) => what(word),
        Call::Hear { number, fields } => {
            let name = host.declared.hears[number].to_owned();
            let mut event = vec![("event".to_owned(), Value::Text(name))];
            for (name, word) in fields {
                match *word {
                    Word::Nothing => {}
                    Word::Flag(flag) => {
                        event.push(((*name).to_owned(), Value::Number(f64::from(u8::from(flag)))));
                    }
                    Word::Int(n) => event.push(((*name).to_owned(), Value::Number(n as f64))),
                    Word::Num(x) => event.push(((*name).to_owned(), Value::Number(x))),
                    Word::Text(text) => {
                        event.push(((*name).to_owned(), Value::Text(text.to_owned())));
                    }
                    Word::Pair(low, high) => {
                        event.push((format!("{name}.low"), Value::Number(low)));
                        event.push((format!("{name}.high"), Value::Number(high)));
                    }
                }
            }
            event
        }
    }
}

fn check_imports(module: &Module, linker: &Linker<Guest>) -> Vec<Trouble> {
    let known = imports::names();
    let wrong = module
        .imports()
        .filter(|import| import.module() != imports::FROM || !known.contains(&import.name()));
    let _ = linker;
    wrong
        .map(|import| {
            let (from, name) = (import.module(), import.name());
            let trouble =
                Trouble::new(format!("the module imports `{from}.{name}`, which is not there"));
            match hotwash_engine::nearest(name, known.iter().copied()) {
                Some(near) => trouble.hint(format!("did you mean `{}.{near}`?", imports::FROM)),
                None => trouble.hint(format!(
                    "a module can import functions from `{}` and nothing else",
                    imports::FROM
                )),
            }
        })
        .take(20)
        .collect()
}

/// Why a module cannot be read, at its place if the reader tells.
fn unread(error: &wasmi::Error) -> Trouble {
    let text = error.to_string();
    let place = text.split("<anon>:").nth(1).and_then(|rest| {
        let mut numbers = rest.split(|c: char| !c.is_ascii_digit());
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    });
    let first = text.lines().next().unwrap_or_default().trim();
    let trouble = Trouble::new(format!("the module cannot be read: {first}"));
    match place {
        Some((line, column)) => trouble.at(line, column),
        None => trouble,
    }
}

/// Why a call of a module ended.
fn trapped(error: &wasmi::Error, function: &str) -> Trouble {
    let inside = |message: String| Trouble::new(format!("{message} (in `{function}`)"));
    match error.as_trap_code() {
        Some(TrapCode::OutOfFuel) => {
            inside(format!("a call takes over {} units of fuel", limits::FUEL_PER_CALL))
                .hint("look for a loop that does not end; spread long work over timers")
        }
        Some(TrapCode::StackOverflow) => inside("functions call one another too deep".to_owned())
            .hint("look for a function that calls itself for ever"),
        Some(TrapCode::GrowthOperationLimited) => {
            inside(format!("it asks for over {} pages of memory", limits::MODULE_PAGES))
                .hint("a page has 64 KiB; keep sums in place of lists")
        }
        Some(code) => inside(lower(&code)),
        None => inside(lower(error)),
    }
}

fn lower(error: &impl ToString) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}
