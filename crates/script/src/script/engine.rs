//! The interpreter as agents get it: no clock, no files, no modules, no output, no `eval`, no pointers to
//! functions, and only the host's functions beside plain arithmetic, text, arrays and maps.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use rhai::packages::{
    ArithmeticPackage, BasicIteratorPackage, BasicMapPackage, BasicStringPackage, LogicPackage,
    MoreStringPackage, Package,
};
use rhai::{
    Array, Dynamic, Engine, EvalAltResult, Map, Module, NativeCallContext, OptimizationLevel,
    Position, Shared,
};

use super::{data, math};
use crate::host::{Answer, Host, time_span};
use crate::limits;
use crate::program::Trouble;

type Ran<T> = Result<T, Box<EvalAltResult>>;

/// What cannot be written in a script, with why.
pub(super) const FORBIDDEN: &[(&str, &str)] = &[
    ("eval", "a script cannot run text as a script"),
    ("print", "a script writes nothing; use `note(\"entry\", #{..})` for what people should see"),
    ("debug", "a script writes nothing; use `note(\"entry\", #{..})` for what people should see"),
    ("sleep", "a script cannot wait; use `after(hours, \"what\")`"),
    ("exit", "use `return`"),
    ("Fn", "there are no pointers to functions here; call the function by its name"),
    ("call", "there are no pointers to functions here; call the function by its name"),
    ("curry", "there are no pointers to functions here; call the function by its name"),
    ("import", "a script is one file; nothing can be imported"),
    ("export", "a script is one file; nothing can be exported"),
    ("timestamp", "the world's clock cannot be read; use `now()` for simulated time"),
    ("try", "a mistake ends the run, so that it is found; ask before, as in `\"name\" in map`"),
    ("catch", "a mistake ends the run, so that it is found; ask before, as in `\"name\" in map`"),
    ("global", "there are no globals; keep values in `this`"),
    ("**", "use `pow(x, y)`, which gives the same bits on every machine"),
    ("**=", "use `pow(x, y)`, which gives the same bits on every machine"),
];

/// Counts the steps of a call.
#[derive(Clone, Default)]
pub(super) struct Steps(Arc<AtomicU64>);

impl Steps {
    pub(super) fn begin(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    pub(super) fn taken(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The parts of the language that every engine shares.
fn language() -> &'static [Shared<Module>] {
    static LANGUAGE: OnceLock<Vec<Shared<Module>>> = OnceLock::new();
    LANGUAGE.get_or_init(|| {
        vec![
            ArithmeticPackage::new().as_shared_module(),
            LogicPackage::new().as_shared_module(),
            BasicStringPackage::new().as_shared_module(),
            MoreStringPackage::new().as_shared_module(),
            BasicIteratorPackage::new().as_shared_module(),
            BasicMapPackage::new().as_shared_module(),
        ]
    })
}

/// An interpreter whose functions reach this host.
pub(super) fn engine(host: &Host) -> (Engine, Steps) {
    let mut engine = Engine::new_raw();
    for part in language() {
        engine.register_global_module(part.clone());
    }
    for (word, _) in FORBIDDEN {
        engine.disable_symbol(*word);
    }
    engine
        .set_optimization_level(OptimizationLevel::None)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        .set_allow_anonymous_fn(false)
        .set_max_operations(limits::STEPS_PER_CALL)
        .set_max_call_levels(limits::CALL_DEPTH)
        .set_max_expr_depths(limits::EXPRESSION_DEPTH, limits::EXPRESSION_DEPTH)
        .set_max_variables(limits::VARIABLES)
        .set_max_functions(limits::FUNCTIONS)
        .set_max_string_size(limits::TEXT_BYTES)
        .set_max_array_size(limits::ARRAY_ELEMENTS)
        .set_max_map_size(limits::MAP_ENTRIES)
        .set_max_strings_interned(64);
    let steps = Steps::default();
    let counter = steps.clone();
    engine.on_progress(move |count| {
        counter.0.store(count, Ordering::Relaxed);
        None
    });
    math::register(&mut engine);
    arrays(&mut engine);
    time(&mut engine, host);
    chance(&mut engine, host);
    deeds(&mut engine, host);
    (engine, steps)
}

/// What the interpreter gets of the host's answer. A refusal ends the script, and nothing catches it.
fn heed<T>(
    host: &Host,
    ctx: &NativeCallContext<'_>,
    answer: Answer<T>,
) -> Result<T, Box<EvalAltResult>> {
    answer.map_err(|refusal| {
        let position = ctx.call_position();
        let mut trouble = Trouble::from(refusal);
        trouble.at = position.line().map(|line| (line, position.position().unwrap_or(1)));
        host.refuse(trouble);
        Box::new(EvalAltResult::ErrorTerminated(Dynamic::UNIT, position))
    })
}

macro_rules! host_fn {
    ($engine:ident, $host:ident, $name:literal, ($($arg:ident : $type:ty),*), |$h:ident| $body:expr) => {
        let host = $host.clone();
        $engine.register_fn($name, move |ctx: NativeCallContext<'_> $(, $arg: $type)*| {
            let $h = &host;
            heed($h, &ctx, $body)
        });
    };
}

fn time(engine: &mut Engine, host: &Host) {
    host_fn!(engine, host, "now", (), |h| h.now());
    host_fn!(engine, host, "date", (), |h| h.date());
    host_fn!(engine, host, "weekday", (), |h| h.weekday().map(str::to_owned));
    host_fn!(engine, host, "hour", (), |h| h.hour());
    host_fn!(engine, host, "is_workday", (), |h| h.is_workday());
    host_fn!(engine, host, "is_open", (), |h| h.is_open());
    host_fn!(engine, host, "opens_in", (), |h| h.opens_in());
    host_fn!(engine, host, "after", (time: Dynamic, what: &str), |h| {
        hours(&time).and_then(|hours| h.after(hours, what))
    });
    host_fn!(engine, host, "days", (n: Dynamic), |_h| data::number(&n, "a number of days")
        .map(|n| n * 24.0));
    host_fn!(engine, host, "span", (time: Dynamic), |_h| hours(&time).map(data::Span));
    host_fn!(engine, host, "instant", (time: Dynamic), |_h| hours(&time).map(data::Instant));
}

/// Hours given as a number or as a text such as `2d`.
fn hours(time: &Dynamic) -> Answer<f64> {
    match time.as_immutable_string_ref() {
        Ok(text) => time_span(&text),
        Err(_) => data::number(time, "a time in hours"),
    }
}

fn chance(engine: &mut Engine, host: &Host) {
    use data::number;
    host_fn!(engine, host, "number", (name: &str), |h| h.number(name));
    host_fn!(engine, host, "sample", (name: &str, stream: &str), |h| h.sample(name, stream));
    host_fn!(engine, host, "lever", (name: &str), |h| h.lever(name).map(data::word));
    host_fn!(engine, host, "uniform", (stream: &str), |h| h.uniform(stream));
    host_fn!(engine, host, "uniform_at", (stream: &str, n: i64), |h| h.uniform_at(stream, n));
    host_fn!(engine, host, "chance", (stream: &str, p: Dynamic), |h| {
        number(&p, "a chance").and_then(|p| h.chance(stream, p))
    });
    host_fn!(engine, host, "chance_at", (stream: &str, n: i64, p: Dynamic), |h| {
        number(&p, "a chance").and_then(|p| h.chance_at(stream, n, p))
    });
    host_fn!(engine, host, "below", (stream: &str, n: i64), |h| h.below(stream, n));
    host_fn!(engine, host, "normal", (stream: &str, mean: Dynamic, deviation: Dynamic), |h| {
        number(&mean, "the mean").and_then(|mean| {
            h.normal(stream, mean, number(&deviation, "the standard deviation")?)
        })
    });
    host_fn!(engine, host, "lognormal", (stream: &str, median: Dynamic, sigma: Dynamic), |h| {
        number(&median, "the median")
            .and_then(|median| h.lognormal(stream, median, number(&sigma, "sigma")?))
    });
    host_fn!(engine, host, "exponential", (stream: &str, mean: Dynamic), |h| {
        number(&mean, "the mean").and_then(|mean| h.exponential(stream, mean))
    });
    host_fn!(engine, host, "binomial", (stream: &str, n: i64, p: Dynamic), |h| {
        number(&p, "a chance").and_then(|p| h.binomial(stream, n, p))
    });
    host_fn!(engine, host, "poisson", (stream: &str, mean: Dynamic), |h| {
        number(&mean, "the mean").and_then(|mean| h.poisson(stream, mean))
    });
}

fn deeds(engine: &mut Engine, host: &Host) {
    use data::number;
    host_fn!(engine, host, "believes", (party: &str, proposition: &str), |h| h
        .believes(party, proposition));
    host_fn!(engine, host, "evidence", (kind: &str, credibility: Dynamic), |h| {
        number(&credibility, "how far it is believed").and_then(|c| h.evidence(kind, c))
    });
    host_fn!(engine, host, "give", (orders: &str), |h| h.give(orders));
    host_fn!(engine, host, "reach", (milestone: &str), |h| h.reach(milestone));
    host_fn!(engine, host, "note", (entry: &str), |h| h.note(entry, Vec::new()));
    host_fn!(engine, host, "note", (entry: &str, fields: Map), |h| {
        data::given(fields).and_then(|fields| h.note(entry, fields))
    });
    host_fn!(engine, host, "metric", (name: &str, value: Dynamic), |h| {
        number(&value, "the metric's value").and_then(|value| h.set_metric(name, value))
    });
    host_fn!(engine, host, "add", (name: &str, amount: Dynamic), |h| {
        number(&amount, "the amount").and_then(|amount| h.add_metric(name, amount))
    });
}

/// Arrays, without what takes functions.
fn arrays(engine: &mut Engine) {
    engine
        .register_fn("len", |array: &mut Array| array.len() as i64)
        .register_get("len", |array: &mut Array| array.len() as i64)
        .register_fn("is_empty", |array: &mut Array| array.is_empty())
        .register_fn("push", |array: &mut Array, value: Dynamic| array.push(value))
        .register_fn("pop", |array: &mut Array| array.pop().unwrap_or(Dynamic::UNIT))
        .register_fn(
            "shift",
            |array: &mut Array| {
                if array.is_empty() { Dynamic::UNIT } else { array.remove(0) }
            },
        )
        .register_fn("remove", |array: &mut Array, place: i64| {
            match usize::try_from(place).ok().filter(|place| *place < array.len()) {
                Some(place) => array.remove(place),
                None => Dynamic::UNIT,
            }
        })
        .register_fn("insert", |array: &mut Array, place: i64, value: Dynamic| {
            let place = usize::try_from(place).unwrap_or(0).min(array.len());
            array.insert(place, value);
        })
        .register_fn("set", |array: &mut Array, place: i64, value: Dynamic| -> Ran<()> {
            let len = array.len();
            let known = usize::try_from(place).ok().and_then(|place| array.get_mut(place));
            let slot = known.ok_or_else(|| {
                Box::new(EvalAltResult::ErrorArrayBounds(len, place, Position::NONE))
            })?;
            *slot = value;
            Ok(())
        })
        .register_fn("clear", |array: &mut Array| array.clear())
        .register_fn("reverse", |array: &mut Array| array.reverse())
        .register_fn("contains", |array: &mut Array, value: Dynamic| {
            array.iter().any(|item| data::alike(item, &value))
        })
        .register_fn("index_of", |array: &mut Array, value: Dynamic| {
            array.iter().position(|item| data::alike(item, &value)).map_or(-1, |at| at as i64)
        })
        .register_iterator::<Array>();
}
