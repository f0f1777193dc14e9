//! Checks a script before it runs: that only functions stand in it, that those it calls exist, and that
//! the names it hands to the host are declared.

use std::collections::BTreeMap;

use hotwash_engine::nearest;

use super::engine::FORBIDDEN;
use super::tokens::{Placed, Token, tokens};
use super::{HEAR, hearer};
use crate::build::Declared;
use crate::host::{FUNCTIONS, Sort, unknown};
use crate::program::Trouble;

/// Functions of the language that a script may call beside the host's.
pub(super) const LANGUAGE: &[&str] = &[
    "abs",
    "sign",
    "min",
    "max",
    "sqrt",
    "exp",
    "ln",
    "log10",
    "sin",
    "cos",
    "pow",
    "floor",
    "ceil",
    "round",
    "to_int",
    "to_float",
    "to_string",
    "parse_int",
    "parse_float",
    "is_nan",
    "len",
    "is_empty",
    "push",
    "pop",
    "shift",
    "remove",
    "insert",
    "clear",
    "reverse",
    "contains",
    "index_of",
    "keys",
    "values",
    "get",
    "set",
    "sub_string",
    "split",
    "trim",
    "to_upper",
    "to_lower",
    "starts_with",
    "ends_with",
    "replace",
    "range",
    "type_of",
    "append",
];

/// Words before a bracket that are no function.
const KEYWORDS: &[&str] = &[
    "if",
    "else",
    "while",
    "until",
    "loop",
    "do",
    "for",
    "in",
    "switch",
    "return",
    "throw",
    "try",
    "catch",
    "let",
    "const",
    "break",
    "continue",
    "fn",
    "private",
    "this",
    "true",
    "false",
    "is_def_var",
    "is_def_fn",
];

/// What the simulation itself calls.
const ENTRY_POINTS: &[(&str, usize)] =
    &[("start", 0), ("finish", 0), ("due", 1), ("told", 1), (HEAR, 1)];

/// A function of the script.
struct Defined {
    name: String,
    arguments: usize,
    line: usize,
    column: usize,
}

/// Where the functions of a sound script stand, or all that is wrong with it.
pub(super) fn check(
    text: &str,
    declared: &Declared,
) -> Result<BTreeMap<String, (usize, usize)>, Vec<Trouble>> {
    let tokens = tokens(text);
    let mut out = Vec::new();
    let defined = definitions(&tokens, &mut out);
    entry_points(&defined, declared, &mut out);
    calls(&tokens, &defined, declared, &mut out);
    assignments(&tokens, &mut out);
    out.truncate(20);
    if out.is_empty() {
        return Ok(defined.into_iter().map(|f| (f.name, (f.line, f.column))).collect());
    }
    Err(out)
}

/// Finds `x[key] = value`: the interpreter lets a map grow by it without looking at its size.
fn assignments(tokens: &[Placed], out: &mut Vec<Trouble>) {
    for at in 0..tokens.len().saturating_sub(2) {
        let signs = [at, at + 1, at + 2].map(|i| sign_at(tokens, i));
        if let [Some(']'), Some('='), after] = signs
            && after != Some('=')
        {
            let Placed { line, column, .. } = tokens[at + 1];
            out.push(
                Trouble::new("a place in brackets cannot be assigned to")
                    .hint("write `map.set(key, value)` or `array.set(place, value)`")
                    .at(line, column),
            );
        }
    }
}

fn name_at(tokens: &[Placed], at: usize) -> Option<&str> {
    match &tokens.get(at)?.token {
        Token::Name(name) => Some(name),
        _ => None,
    }
}

fn sign_at(tokens: &[Placed], at: usize) -> Option<char> {
    match tokens.get(at)?.token {
        Token::Sign(sign) => Some(sign),
        _ => None,
    }
}

/// The functions of a script; complains of anything else that stands outside them.
fn definitions(tokens: &[Placed], out: &mut Vec<Trouble>) -> Vec<Defined> {
    let mut defined = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let here = &tokens[at];
        at += usize::from(name_at(tokens, at) == Some("private"));
        let name = name_at(tokens, at + 1);
        if name_at(tokens, at) != Some("fn") || sign_at(tokens, at + 2) != Some('(') {
            out.push(
                Trouble::new("only functions may stand here")
                    .hint("put it into `fn start() { .. }`; what lasts is kept in `this`")
                    .at(here.line, here.column),
            );
            return defined;
        }
        let close = |from: usize| {
            (from..tokens.len()).find(|i| {
                tokens[*i].depth == here.depth && matches!(tokens[*i].token, Token::Sign(')' | '}'))
            })
        };
        let Some(end) = close(at + 2) else { return defined };
        let arguments =
            tokens[at + 3..end].iter().filter(|t| matches!(t.token, Token::Name(_))).count();
        let Placed { line, column, .. } = tokens[at + 1];
        let name = name.unwrap_or_default().to_owned();
        defined.push(Defined { name, arguments, line, column });
        let Some(body) = close(end + 1) else { return defined };
        at = body + 1;
    }
    defined
}

/// Whether what the simulation calls is there, and whether what looks like it is called.
fn entry_points(defined: &[Defined], declared: &Declared, out: &mut Vec<Trouble>) {
    let has = |name: &str| defined.iter().any(|f| f.name == name);
    for event in &declared.hears {
        let own = hearer(event);
        if !has(&own) && !has(HEAR) {
            out.push(
                Trouble::new(format!("nothing in the script hears `{event}`")).hint(format!(
                    "write `fn {own}(event) {{ .. }}` or `fn {HEAR}(event) {{ .. }}`"
                )),
            );
        }
    }
    if let Some(word) = declared.told.first().filter(|_| !has("told")) {
        out.push(
            Trouble::new(format!(
                "the agent may be told `{word}`, and nothing in the script listens"
            ))
            .hint("write `fn told(what) { .. }`"),
        );
    }
    for function in defined {
        let Defined { name, arguments, line, column } = function;
        let is_taken = FUNCTIONS.iter().any(|f| f.name == name.as_str());
        if is_taken || LANGUAGE.contains(&name.as_str()) {
            let trouble = Trouble::new(format!("`{name}` is a function already"));
            out.push(trouble.hint("give yours another name").at(*line, *column));
        }
        let wanted = ENTRY_POINTS.iter().find(|(point, _)| point == name).map(|(_, n)| *n);
        let wanted = wanted.or(name.starts_with("on_").then_some(1));
        if let Some(wanted) = wanted.filter(|wanted| wanted != arguments) {
            let form = ["()", "(what)"][wanted];
            let form = if name.starts_with("on_") || name == HEAR { "(event)" } else { form };
            out.push(
                Trouble::new(format!("`{name}` is called by the simulation as `{name}{form}`"))
                    .hint(format!("write `fn {name}{form} {{ .. }}`"))
                    .at(*line, *column),
            );
        }
        if name.starts_with("on_") && !declared.hears.iter().any(|event| hearer(event) == *name) {
            let known: Vec<String> = declared.hears.iter().map(|event| hearer(event)).collect();
            let trouble = Trouble::new(format!("the agent hears no event for `{name}`"));
            let hint = match nearest(name, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "list the event under `hears` in the agent's section".to_owned(),
            };
            out.push(trouble.hint(hint).at(*line, *column));
        }
    }
}

fn calls(tokens: &[Placed], defined: &[Defined], declared: &Declared, out: &mut Vec<Trouble>) {
    for at in 0..tokens.len() {
        let (Some(name), Some('(')) = (name_at(tokens, at), sign_at(tokens, at + 1)) else {
            continue;
        };
        let is_definition = at > 0 && name_at(tokens, at - 1) == Some("fn");
        if is_definition || KEYWORDS.contains(&name) {
            continue;
        }
        let Placed { line, column, .. } = tokens[at];
        let is_own = defined.iter().any(|f| f.name == name);
        let host = FUNCTIONS.iter().find(|f| f.name == name);
        if !is_own && host.is_none() && !LANGUAGE.contains(&name) {
            out.push(no_function(name, defined).at(line, column));
            continue;
        }
        if name == "after" && !defined.iter().any(|f| f.name == "due") {
            let trouble = Trouble::new("a timer is set, and nothing is called when it is due");
            out.push(trouble.hint("write `fn due(what) { .. }`").at(line, column));
        }
        if let Some(function) = host
            && let Some(Placed { token: Token::Text(text), line, column, .. }) = tokens.get(at + 2)
            && matches!(sign_at(tokens, at + 3), Some(',' | ')'))
            && let Some(trouble) = undeclared(function.first, text, declared)
        {
            out.push(trouble.at(*line, *column));
        }
    }
}

fn no_function(name: &str, defined: &[Defined]) -> Trouble {
    if let Some((_, why)) = FORBIDDEN.iter().find(|(word, _)| *word == name) {
        return Trouble::new(format!("`{name}` cannot be used in a script")).hint(*why);
    }
    let own = defined.iter().map(|f| f.name.as_str());
    let known = own.chain(FUNCTIONS.iter().map(|f| f.name)).chain(LANGUAGE.iter().copied());
    let trouble = Trouble::new(format!("no function is called `{name}`"));
    match nearest(name, known) {
        Some(near) => trouble.hint(format!("did you mean `{near}`?")),
        None => trouble.hint("see docs/scripts.md for what there is"),
    }
}

/// A name handed to the host that its agent has not declared.
fn undeclared(sort: Sort, name: &str, declared: &Declared) -> Option<Trouble> {
    let known: Vec<&str> = match sort {
        Sort::Stream => declared.streams.iter().map(|(name, _)| name.as_str()).collect(),
        Sort::Number => declared.numbers.iter().map(|(name, _)| name.as_str()).collect(),
        Sort::Lever => declared.levers.iter().map(|(name, _)| name.as_str()).collect(),
        Sort::Evidence => declared.evidence.iter().map(|raised| raised.name.as_str()).collect(),
        Sort::Order => declared.orders.iter().map(|(name, _)| name.as_str()).collect(),
        Sort::Milestone => declared.milestones.iter().map(|(name, _)| name.as_str()).collect(),
        Sort::Entry => declared.entries.iter().map(|entry| entry.name.as_str()).collect(),
        Sort::Metric => declared.metrics.iter().map(|name| name.as_str()).collect(),
        Sort::Free => return None,
    };
    let is_known = known.contains(&name);
    (!is_known).then(|| unknown(sort.what(), name, known.iter().copied()).into())
}
