//! Mathematics for scripts: the interpreter's own functions ask the platform, whose results differ from
//! machine to machine; these ask `libm`.

use rhai::{Dynamic, Engine, EvalAltResult, Position};

type Ran<T> = Result<T, Box<EvalAltResult>>;

type OfOne = fn(f64) -> f64;

/// The functions of one number.
const ONE: &[(&str, OfOne)] = &[
    ("sqrt", libm::sqrt),
    ("exp", libm::exp),
    ("ln", libm::log),
    ("log10", libm::log10),
    ("sin", libm::sin),
    ("cos", libm::cos),
    ("floor", libm::floor),
    ("ceil", libm::ceil),
    ("round", libm::round),
];

pub(super) fn register(engine: &mut Engine) {
    for (name, function) in ONE {
        engine.register_fn(*name, *function);
        engine.register_fn(*name, move |x: i64| function(x as f64));
    }
    engine
        .register_fn("pow", libm::pow)
        .register_fn("pow", |x: i64, y: i64| libm::pow(x as f64, y as f64))
        .register_fn("pow", |x: f64, y: i64| libm::pow(x, y as f64))
        .register_fn("pow", |x: i64, y: f64| libm::pow(x as f64, y))
        .register_fn("to_float", |x: i64| x as f64)
        .register_fn("to_float", |x: f64| x)
        .register_fn("to_int", |x: i64| x)
        .register_fn("to_int", to_int)
        .register_fn("parse_int", |text: &str| parsed(text, text.trim().parse::<i64>().ok()))
        .register_fn("parse_float", |text: &str| {
            parsed(text, text.trim().parse::<f64>().ok().filter(|x| x.is_finite()))
        })
        .register_fn("is_nan", |x: f64| x.is_nan());
}

/// The whole part.
fn to_int(x: f64) -> Ran<i64> {
    // Both bounds are whole powers of two and exact.
    let (low, high) = (-9_223_372_036_854_775_808.0, 9_223_372_036_854_775_808.0);
    if (low..high).contains(&x) {
        return Ok(x as i64);
    }
    Err(wrong(format!("{x} is no whole number that fits")))
}

fn parsed<T>(text: &str, value: Option<T>) -> Ran<T> {
    value.ok_or_else(|| wrong(format!("`{text:.40}` is no number")))
}

fn wrong(message: String) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(message), Position::NONE))
}
