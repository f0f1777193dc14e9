//! Values between the host and the interpreter, and what a script may keep between calls.

use rhai::{Array, Dynamic, ImmutableString, Map};

use crate::host::{Answer, Given, Refusal, Word, said};
use crate::limits;
use crate::program::Trouble;

/// A length of time in hours, on its way into an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span(pub(super) f64);

/// An instant in hours since STARTEX, on its way into an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instant(pub(super) f64);

/// A value of the host for the interpreter.
pub(super) fn word(word: Word<'_>) -> Dynamic {
    match word {
        Word::Nothing => Dynamic::UNIT,
        Word::Flag(flag) => flag.into(),
        Word::Int(n) => n.into(),
        Word::Num(n) => n.into(),
        Word::Text(text) => ImmutableString::from(text).into(),
        Word::Pair(low, high) => {
            let mut map = Map::new();
            map.insert("low".into(), low.into());
            map.insert("high".into(), high.into());
            map.into()
        }
    }
}

/// An event for the interpreter: its fields, and its name as `event`.
pub(super) fn event(name: &str, fields: &[(&'static str, Word<'_>)]) -> Dynamic {
    let mut map = Map::new();
    map.insert("event".into(), ImmutableString::from(name).into());
    for (field, value) in fields {
        map.insert((*field).into(), word(*value));
    }
    map.into()
}

/// A number, whole or not.
pub(super) fn number(value: &Dynamic, what: &str) -> Answer<f64> {
    match (value.as_float(), value.as_int()) {
        (Ok(x), _) => Ok(x),
        (_, Ok(n)) => Ok(n as f64),
        _ => Err(Refusal::new(format!("{what} must be a number, got {}", sort(value)))),
    }
}

/// What a value is, in words.
pub(super) fn sort(value: &Dynamic) -> String {
    super::words::sort(value.type_name()).to_owned()
}

/// Fields of an entry.
pub(super) fn given(fields: Map) -> Answer<Vec<(String, Given)>> {
    let mut given = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        let one = if let Some(span) = value.clone().try_cast::<Span>() {
            Some(Given::Hours(span.0))
        } else if let Some(instant) = value.clone().try_cast::<Instant>() {
            Some(Given::Instant(instant.0))
        } else if let Ok(text) = value.as_immutable_string_ref() {
            Some(Given::Text(text.to_string()))
        } else if let Ok(n) = value.as_int() {
            Some(Given::Int(n))
        } else if let Ok(x) = value.as_float() {
            Some(Given::Num(x))
        } else if let Ok(flag) = value.as_bool() {
            Word::Flag(flag).given()
        } else {
            None
        };
        let Some(one) = one else {
            let message = format!("the field `{name}` cannot be {}", sort(&value));
            return Err(Refusal::new(message)
                .hint("give a number, a text, true or false, `span(hours)` or `instant(hours)`"));
        };
        given.push((name.to_string(), one));
    }
    Ok(given)
}

/// Whether two plain values are the same.
pub(super) fn alike(a: &Dynamic, b: &Dynamic) -> bool {
    if let (Ok(a), Ok(b)) = (a.as_immutable_string_ref(), b.as_immutable_string_ref()) {
        return *a == *b;
    }
    match (number(a, ""), number(b, "")) {
        (Ok(a), Ok(b)) => a == b,
        _ => match (a.as_bool(), b.as_bool()) {
            (Ok(a), Ok(b)) => a == b,
            _ => a.is_unit() && b.is_unit(),
        },
    }
}

/// How much is in a value.
#[derive(Default)]
struct Sizes {
    elements: usize,
    entries: usize,
    bytes: usize,
}

/// Checks what a script keeps: a map of plain values, not too large, and no number that is none.
pub(super) fn check_kept(this: &Dynamic) -> Result<(), Trouble> {
    let mut sizes = Sizes::default();
    let Ok(map) = this.as_map_ref() else {
        let message = format!("`this` is no longer a map but {}", sort(this));
        return Err(Trouble::new(message).hint("set fields of it, such as `this.count = 1`"));
    };
    for (name, value) in map.iter() {
        sizes.entries += 1;
        sizes.bytes += name.len();
        measure(value, name, &mut sizes, 0)?;
    }
    let over = |what: &str, most: usize| {
        Err(Trouble::new(format!("`this` holds over {most} {what}"))
            .hint("keep sums in place of lists, and drop what is no longer needed"))
    };
    match sizes {
        Sizes { bytes, .. } if bytes > limits::TEXT_BYTES => {
            over("bytes of text", limits::TEXT_BYTES)
        }
        Sizes { elements, .. } if elements > limits::ARRAY_ELEMENTS => {
            over("elements of arrays", limits::ARRAY_ELEMENTS)
        }
        Sizes { entries, .. } if entries > limits::MAP_ENTRIES => {
            over("entries of maps", limits::MAP_ENTRIES)
        }
        _ => Ok(()),
    }
}

/// Deepest nesting that is kept.
const DEEPEST: usize = 16;

fn measure(value: &Dynamic, name: &str, sizes: &mut Sizes, depth: usize) -> Result<(), Trouble> {
    if depth > DEEPEST {
        return Err(Trouble::new(format!("`this.{name:.40}` is nested over {DEEPEST} deep")));
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        sizes.bytes += text.len();
    } else if let Ok(x) = value.as_float() {
        if !x.is_finite() {
            return Err(Trouble::new(format!("`this.{name:.40}` is {}", said(x)))
                .hint("look for a division by zero or a root of a negative number"));
        }
    } else if let Ok(array) = value.as_array_ref() {
        return items(&array, name, sizes, depth);
    } else if let Ok(map) = value.as_map_ref() {
        for (key, value) in map.iter() {
            sizes.entries += 1;
            sizes.bytes += key.len();
            measure(value, name, sizes, depth + 1)?;
        }
    }
    Ok(())
}

fn items(array: &Array, name: &str, sizes: &mut Sizes, depth: usize) -> Result<(), Trouble> {
    for value in array {
        sizes.elements += 1;
        measure(value, name, sizes, depth + 1)?;
    }
    Ok(())
}
