//! The interpreter's errors in our words, each at its innermost place.

use rhai::{EvalAltResult as Error, ParseError, ParseErrorType, Position};

use super::engine::FORBIDDEN;
use crate::host::FUNCTIONS;
use crate::limits;
use crate::program::Trouble;

fn at(trouble: Trouble, position: Position) -> Trouble {
    match position.line() {
        Some(line) => trouble.at(line, position.position().unwrap_or(1)),
        None => trouble,
    }
}

/// A type's name in words.
pub(super) fn sort(name: &str) -> &str {
    match name {
        "()" => "nothing, `()`",
        "bool" => "true or false",
        "i64" => "a whole number",
        "f64" => "a number",
        "char" => "a character",
        "array" => "an array",
        "map" => "a map",
        name if name.contains("tring") || name == "&str" => "a text",
        name if name.ends_with("::Array") => "an array",
        name if name.ends_with("::Map") => "a map",
        name if name.contains("Dynamic") => "a value",
        name if name.ends_with("Span") => "a length of time",
        name if name.ends_with("Instant") => "an instant",
        name => name,
    }
}

/// Why a script cannot be read.
pub(super) fn of_parse(error: &ParseError) -> Trouble {
    let trouble = match error.err_type() {
        ParseErrorType::Reserved(word) => forbidden(word),
        ParseErrorType::UnknownOperator(word) if FORBIDDEN.iter().any(|(f, _)| f == word) => {
            forbidden(word)
        }
        ParseErrorType::VariableUndefined(name) => {
            Trouble::new(format!("no variable is called `{name}`")).hint(
                "a function sees its arguments, what it declares by `let`, and `this`; \
                 what lasts is kept in `this`",
            )
        }
        ParseErrorType::ExprTooDeep => Trouble::new(format!(
            "expressions stand more than {} deep within one another",
            limits::EXPRESSION_DEPTH
        )),
        ParseErrorType::TooManyFunctions => {
            Trouble::new(format!("the script has more than {} functions", limits::FUNCTIONS))
        }
        ParseErrorType::LiteralTooLarge(what, most) => {
            Trouble::new(format!("this is too large: {what} at most {most}"))
        }
        ParseErrorType::UnexpectedEOF => {
            Trouble::new("the script ends before it is complete").hint("look for a missing `}`")
        }
        other => {
            // A word that is switched off is reported in several ways, always in quotes.
            let text = other.to_string();
            match text.split('\'').skip(1).step_by(2).find(|w| FORBIDDEN.iter().any(|f| f.0 == *w))
            {
                Some(word) => forbidden(word),
                None => Trouble::new(format!("this cannot be read: {}", lower(&text))),
            }
        }
    };
    at(trouble, error.position())
}

fn forbidden(word: &str) -> Trouble {
    let trouble = Trouble::new(format!("`{word}` cannot be used in a script"));
    match FORBIDDEN.iter().find(|(forbidden, _)| *forbidden == word) {
        Some((_, why)) => trouble.hint(*why),
        None => trouble.hint("it is a word that the language keeps for itself"),
    }
}

/// Why a call of this function failed. `place` tells where a function of the script stands.
pub(super) fn of_run(
    error: &Error,
    function: &str,
    place: impl Fn(&str) -> Option<(usize, usize)>,
) -> Trouble {
    let mut innermost = error;
    let mut inside = function.to_owned();
    while let Error::ErrorInFunctionCall(name, _, inner, _) = innermost {
        inside.clone_from(name);
        innermost = inner;
    }
    let trouble = what(innermost);
    let trouble = at(trouble, innermost.position());
    // An error without a place of its own is shown at the function that it happened in.
    let at = trouble.at.or_else(|| place(&inside));
    Trouble { at, ..trouble }
}

fn what(error: &Error) -> Trouble {
    match error {
        Error::ErrorTooManyOperations(_) => {
            let most = limits::STEPS_PER_CALL;
            Trouble::new(format!("a call takes over {most} steps"))
                .hint("look for a loop that does not end; spread long work over timers")
        }
        Error::ErrorStackOverflow(_) => {
            let most = limits::CALL_DEPTH;
            Trouble::new(format!("functions call one another over {most} deep"))
                .hint("look for a function that calls itself for ever")
        }
        Error::ErrorTooManyVariables(_) => {
            let most = limits::VARIABLES;
            Trouble::new(format!("a function has over {most} variables at once"))
                .hint("put what belongs together into a map")
        }
        Error::ErrorDataTooLarge(what, _) => too_large(what),
        Error::ErrorFunctionNotFound(signature, _) => not_found(signature),
        Error::ErrorPropertyNotFound(name, _) => {
            Trouble::new(format!("there is no field `{name}` here"))
                .hint("set a field before it is read; `\"name\" in map` tells whether it is there")
        }
        Error::ErrorRuntime(value, _) => Trouble::new(match value.is_unit() {
            true => "the script gave up".to_owned(),
            false => format!("the script gave up: {value}"),
        }),
        Error::ErrorUnboundThis(_) => Trouble::new("`this` is not known here")
            .hint("call the function as `this.name(..)` to hand `this` on"),
        Error::ErrorArrayBounds(len, index, _) => {
            Trouble::new(format!("place {index} lies outside an array of {len}"))
                .hint("places are counted from 0")
        }
        Error::ErrorTerminated(..) => Trouble::new("the script was stopped"),
        other => {
            let text = other.to_string();
            let text = text.rsplit_once(" (line ").map_or(text.as_str(), |(text, _)| text);
            Trouble::new(lower(text))
        }
    }
}

fn too_large(what: &str) -> Trouble {
    let (what, most) = match what {
        w if w.contains("tring") => ("text", format!("{} bytes", limits::TEXT_BYTES)),
        w if w.contains("rray") => ("array", format!("{} elements", limits::ARRAY_ELEMENTS)),
        _ => ("map", format!("{} entries", limits::MAP_ENTRIES)),
    };
    let article = if what == "array" { "an" } else { "a" };
    Trouble::new(format!("{article} {what} grows over {most}"))
        .hint("what is within a value counts too; keep sums in place of lists")
}

/// A call for which there is no function: `chance (i64, f64)`.
fn not_found(signature: &str) -> Trouble {
    let (name, arguments) = signature.split_once(" (").unwrap_or((signature, ")"));
    let arguments = arguments.trim_end_matches(')');
    let given: Vec<&str> = arguments.split(", ").filter(|a| !a.is_empty()).map(sort).collect();
    let given = if given.is_empty() { "nothing".to_owned() } else { given.join(", ") };
    match FUNCTIONS.iter().find(|function| function.name == name) {
        Some(function) => Trouble::new(format!("`{name}` cannot be given {given}"))
            .hint(format!("it is written `{}`", function.form)),
        None if name.chars().all(|c| !c.is_alphanumeric()) => {
            Trouble::new(format!("`{name}` cannot be used between {given}"))
        }
        None => Trouble::new(format!("there is no function `{name}` for {given}")),
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
