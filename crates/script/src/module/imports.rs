//! The host's functions for modules. Texts are handed over as a place and a length in the module's
//! exported memory; numbers are `f64`, counts `i64`, flags `i32`.

use wasmi::{Caller, Engine, Error, Extern, Linker, Memory};

use super::{Guest, Value};
use crate::host::{Answer, Given, Refusal, Word};
use crate::limits;
use crate::program::Trouble;

/// The module that they are imported from.
pub(super) const FROM: &str = "hotwash";

type Of<'a> = Caller<'a, Guest>;

/// What the module gets of the host's answer. A refusal ends the call, and nothing catches it.
fn heed<T>(caller: &Of<'_>, answer: Answer<T>) -> Result<T, Error> {
    answer.map_err(|refusal| {
        let message = refusal.message.clone();
        caller.data().host.refuse(Trouble::from(refusal));
        Error::new(message)
    })
}

fn memory(caller: &Of<'_>) -> Answer<Memory> {
    let memory = caller.get_export("memory").and_then(Extern::into_memory);
    memory.ok_or_else(|| Refusal::new("the module exports no memory"))
}

fn text(caller: &Of<'_>, at: i32, len: i32) -> Answer<String> {
    let (at, len) = (at as u32 as usize, len as u32 as usize);
    if len > limits::TEXT_BYTES {
        return Err(Refusal::new(format!("a text is over {} bytes", limits::TEXT_BYTES)));
    }
    let mut bytes = vec![0; len];
    memory(caller)?
        .read(caller, at, &mut bytes)
        .map_err(|_| Refusal::new("a text lies outside the module's memory"))?;
    String::from_utf8(bytes).map_err(|_| Refusal::new("a text is not UTF-8"))
}

/// Lets the answers below leave early by `?`.
fn answered<T>(work: impl FnOnce() -> Answer<T>) -> Answer<T> {
    work()
}

/// A value of what the module is called for.
fn value<'a>(caller: &'a Of<'_>, name: &str) -> Option<&'a Value> {
    caller.data().event.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn no_field(name: &str) -> Refusal {
    Refusal::new(format!("what the module is called for has no such field as `{name:.60}`"))
        .hint("`event_has` tells whether it is there")
}

/// Names of all functions: filled in by the macro below.
pub(super) fn names() -> &'static [&'static str] {
    NAMES
}

macro_rules! imports {
    ($($name:literal => |$caller:ident $(, $arg:ident : $type:ty)*| -> $out:ty $body:block)*) => {
        const NAMES: &[&str] = &[$($name),*];

        /// All of them, for modules of this engine.
        pub(super) fn linker(engine: &Engine) -> Linker<Guest> {
            let mut linker = Linker::new(engine);
            $(
                let made = linker.func_wrap(
                    FROM,
                    $name,
                    |#[allow(unused_mut, reason = "some of them write")] mut $caller: Of<'_> $(, $arg: $type)*|
                    -> Result<$out, Error> {
                        let answer: Answer<$out> = answered(|| $body);
                        heed(&$caller, answer)
                    },
                );
                if made.is_err() {
                    unreachable!("`{}` is defined once", $name)
                }
            )*
            linker
        }
    };
}

imports! {
    "now" => |c| -> f64 { c.data().host.now() }
    "hour" => |c| -> f64 { c.data().host.hour() }
    "is_workday" => |c| -> i32 { c.data().host.is_workday().map(i32::from) }
    "is_open" => |c| -> i32 { c.data().host.is_open().map(i32::from) }
    "opens_in" => |c| -> f64 { c.data().host.opens_in() }
    "after" => |c, hours: f64, at: i32, len: i32| -> () {
        c.data().host.after(hours, &text(&c, at, len)?)
    }
    "number" => |c, at: i32, len: i32| -> f64 { c.data().host.number(&text(&c, at, len)?) }
    "sample" => |c, at: i32, len: i32, stream: i32, stream_len: i32| -> f64 {
        c.data().host.sample(&text(&c, at, len)?, &text(&c, stream, stream_len)?)
    }
    "lever" => |c, at: i32, len: i32| -> f64 { lever(&c, at, len) }
    "uniform" => |c, at: i32, len: i32| -> f64 { c.data().host.uniform(&text(&c, at, len)?) }
    "uniform_at" => |c, at: i32, len: i32, n: i64| -> f64 {
        c.data().host.uniform_at(&text(&c, at, len)?, n)
    }
    "chance" => |c, at: i32, len: i32, p: f64| -> i32 {
        c.data().host.chance(&text(&c, at, len)?, p).map(i32::from)
    }
    "chance_at" => |c, at: i32, len: i32, n: i64, p: f64| -> i32 {
        c.data().host.chance_at(&text(&c, at, len)?, n, p).map(i32::from)
    }
    "below" => |c, at: i32, len: i32, n: i64| -> i64 {
        c.data().host.below(&text(&c, at, len)?, n)
    }
    "normal" => |c, at: i32, len: i32, mean: f64, deviation: f64| -> f64 {
        c.data().host.normal(&text(&c, at, len)?, mean, deviation)
    }
    "lognormal" => |c, at: i32, len: i32, median: f64, sigma: f64| -> f64 {
        c.data().host.lognormal(&text(&c, at, len)?, median, sigma)
    }
    "exponential" => |c, at: i32, len: i32, mean: f64| -> f64 {
        c.data().host.exponential(&text(&c, at, len)?, mean)
    }
    "binomial" => |c, at: i32, len: i32, n: i64, p: f64| -> i64 {
        c.data().host.binomial(&text(&c, at, len)?, n, p)
    }
    "poisson" => |c, at: i32, len: i32, mean: f64| -> i64 {
        c.data().host.poisson(&text(&c, at, len)?, mean)
    }
    "believes" => |c, at: i32, len: i32, about: i32, about_len: i32| -> f64 {
        c.data().host.believes(&text(&c, at, len)?, &text(&c, about, about_len)?)
    }
    "evidence" => |c, at: i32, len: i32, credibility: f64| -> () {
        c.data().host.evidence(&text(&c, at, len)?, credibility)
    }
    "give" => |c, at: i32, len: i32| -> () { c.data().host.give(&text(&c, at, len)?) }
    "reach" => |c, at: i32, len: i32| -> () { c.data().host.reach(&text(&c, at, len)?) }
    "field_number" => |c, at: i32, len: i32, x: f64| -> () {
        let name = text(&c, at, len)?;
        field(&mut c, name, Given::Num(x))
    }
    "field_count" => |c, at: i32, len: i32, n: i64| -> () {
        let name = text(&c, at, len)?;
        field(&mut c, name, Given::Int(n))
    }
    "field_text" => |c, at: i32, len: i32, text_at: i32, text_len: i32| -> () {
        let (name, words) = (text(&c, at, len)?, text(&c, text_at, text_len)?);
        field(&mut c, name, Given::Text(words))
    }
    "note" => |c, at: i32, len: i32| -> () {
        let name = text(&c, at, len)?;
        let fields = std::mem::take(&mut c.data_mut().fields);
        c.data().host.note(&name, fields)
    }
    "metric" => |c, at: i32, len: i32, x: f64| -> () {
        c.data().host.set_metric(&text(&c, at, len)?, x)
    }
    "add" => |c, at: i32, len: i32, x: f64| -> () {
        c.data().host.add_metric(&text(&c, at, len)?, x)
    }
    "event_has" => |c, at: i32, len: i32| -> i32 {
        Ok(i32::from(value(&c, &text(&c, at, len)?).is_some()))
    }
    "event_number" => |c, at: i32, len: i32| -> f64 {
        let name = text(&c, at, len)?;
        match value(&c, &name) {
            Some(Value::Number(x)) => Ok(*x),
            Some(Value::Text(_)) => Err(Refusal::new(format!("the field `{name}` is a text"))),
            None => Err(no_field(&name)),
        }
    }
    "event_is" => |c, at: i32, len: i32, text_at: i32, text_len: i32| -> i32 {
        let (name, words) = (text(&c, at, len)?, text(&c, text_at, text_len)?);
        match value(&c, &name) {
            Some(Value::Text(text)) => Ok(i32::from(*text == words)),
            Some(Value::Number(_)) => Err(Refusal::new(format!("the field `{name}` is a number"))),
            None => Err(no_field(&name)),
        }
    }
    "event_text" => |c, at: i32, len: i32, to: i32, room: i32| -> i32 {
        let name = text(&c, at, len)?;
        let words = match value(&c, &name) {
            Some(Value::Text(words)) => words.clone(),
            Some(Value::Number(_)) => {
                return Err(Refusal::new(format!("the field `{name}` is a number")));
            }
            None => return Err(no_field(&name)),
        };
        // As much as there is room for; the full length is told.
        let bytes = &words.as_bytes()[..words.len().min(room as u32 as usize)];
        memory(&c)?
            .write(&mut c, to as u32 as usize, bytes)
            .map_err(|_| Refusal::new("a text lies outside the module's memory"))?;
        Ok(words.len() as i32)
    }
}

/// A lever as a number; flags are 1 and 0.
fn lever(caller: &Of<'_>, at: i32, len: i32) -> Answer<f64> {
    let name = text(caller, at, len)?;
    match caller.data().host.lever(&name)? {
        Word::Flag(flag) => Ok(f64::from(u8::from(flag))),
        Word::Int(n) => Ok(n as f64),
        Word::Num(x) => Ok(x),
        _ => Err(Refusal::new(format!("the lever `{name}` is a word, and a module reads numbers"))),
    }
}

/// Most fields of an entry that are put together.
const FIELDS: usize = 64;

fn field(caller: &mut Of<'_>, name: String, given: Given) -> Answer<()> {
    let fields = &mut caller.data_mut().fields;
    if fields.len() >= FIELDS {
        return Err(Refusal::new(format!("over {FIELDS} fields of an entry are set")));
    }
    fields.push((name, given));
    Ok(())
}
