//! Whatever is done to a scenario's files: no panic, and either a scenario or something to say.

mod common;

use common::{load_files, sample};
use hotwash_engine::{RunKey, TakeDefaults};
use hotwash_scenario::render;
use proptest::prelude::*;

/// Replaces `len` bytes at a place by others; texts stay UTF-8 by losing what is not.
fn splice(text: &str, at: usize, len: usize, by: &[u8]) -> String {
    let bytes = text.as_bytes();
    let at = at % (bytes.len() + 1);
    let end = (at + len).min(bytes.len());
    let all = [&bytes[..at], by, &bytes[end..]].concat();
    String::from_utf8_lossy(&all).into_owned()
}

/// Moves or doubles a stretch of the text.
fn double(text: &str, from: usize, len: usize, to: usize) -> String {
    let from = from % (text.len() + 1);
    let part = text.as_bytes()[from..(from + len).min(text.len())].to_vec();
    splice(text, to, 0, &part)
}

#[derive(Clone, Debug)]
enum Edit {
    Splice(usize, usize, Vec<u8>),
    Double(usize, usize, usize),
    Token(usize, usize, &'static str),
}

const TOKENS: [&str; 26] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\\",
    "'",
    "/*",
    "//",
    "r#\"",
    "#![enable(x)]",
    "-",
    "NaN",
    "inf",
    "1e999",
    "99999999999999999999",
    "None",
    "Some(",
    "()",
    "é",
    "\u{feff}",
    "0x",
];

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<usize>(), 0_usize..40, prop::collection::vec(any::<u8>(), 0..6))
            .prop_map(|(at, len, by)| Edit::Splice(at, len, by)),
        (any::<usize>(), 0_usize..200, any::<usize>())
            .prop_map(|(from, len, to)| Edit::Double(from, len, to)),
        (any::<usize>(), 0_usize..3, prop::sample::select(&TOKENS[..]))
            .prop_map(|(at, len, token)| Edit::Token(at, len, token)),
    ]
}

fn apply(text: &str, edit: &Edit) -> String {
    match edit {
        Edit::Splice(at, len, by) => splice(text, *at, *len, by),
        Edit::Double(from, len, to) => double(text, *from, *len, *to),
        Edit::Token(at, len, token) => splice(text, *at, *len, token.as_bytes()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_makes_it_panic(file in 0_usize..4, edits in prop::collection::vec(edit(), 1..4)) {
        let mut files = sample();
        let path = files.keys().nth(file).cloned().unwrap_or_default();
        let mut text = files[&path].clone();
        for edit in &edits {
            text = apply(&text, edit);
        }
        files.insert(path, text);
        let (scenario, said) = load_files(&files);
        prop_assert!(scenario.is_some() != said.iter().any(|d| d.is_error()), "{:?}", said);
        let page = render(&said, false);
        prop_assert!(said.is_empty() || page.contains("error") || page.contains("note"));
        for d in &said {
            prop_assert!(!d.message.is_empty());
        }
        if let Some(scenario) = scenario {
            let mut sim = scenario.build(&Default::default(), None).map_err(|e| TestCaseError::fail(format!("{e:?}")))?;
            prop_assert!(sim.run(RunKey::single(1), &mut TakeDefaults).is_ok());
        }
    }
}
