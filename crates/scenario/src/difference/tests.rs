//! Tests of differences within sections: what is found, and that putting it in makes what was wanted.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::DifferenceSort::{self as Sort, Number, Source, Value};
use super::short;
use super::zip::{Zip, merge};
use crate::diagnostic::SourceFile;
use crate::doc::Doc;

fn doc(text: &str) -> Doc {
    let (path, shown) = ("f.ron".to_owned(), "f.ron".to_owned());
    Doc::of_file(Arc::new(SourceFile { path, shown, text: text.into() })).unwrap()
}

/// Sort, path, before, after.
type Found = (Sort, String, Option<String>, Option<String>);

fn found(a: &str, b: &str) -> Vec<Found> {
    let text = |w: Option<super::Written>| w.map(|w| w.text);
    let list = Zip::differences(&doc(a), &doc(b), "p");
    list.into_iter().map(|d| (d.sort, d.path, text(d.before), text(d.after))).collect()
}

fn merged(a: &str, b: &str, chosen: &[usize]) -> String {
    let chosen: BTreeSet<usize> = chosen.iter().copied().collect();
    let text = Zip::merged(&doc(a), &doc(b), &chosen);
    let doc = doc(&text);
    short(&doc, &doc.root)
}

const BEFORE: &str = r#"(
    n: Range(p5: 1, p50: 2_000, p95: 3e3, source: "x", firmness: Guess), // a comment
    m: Fixed(value: 4, source: "y", firmness: Guess),
    who: "a\u{62}c", gone: [1, 2],
    list: [(name: "one", v: 1), (name: "two", v: Some(Latent(2)))],
    map: { "k": true, "old": 1 },
    pairs: [(1, "a"), (2, "b")],
    mix: Mix(parts: [(0.4, Fixed(value: 1)), (0.6, Fixed(value: 2))], source: "z", firmness: Weak),
)"#;
const AFTER: &str = r#"(
    who: "abc",
    n: Range(p5: 1.0, p50: 2500, p95: 3000, source: "other", firmness: Guess),
    m: Fixed(value: 4.0, source: "better", firmness: Primary),
    list: [(name: "zero", v: 0), (name: "one", v: 1), (name: "two", v: Some(Latent(3)))],
    map: { "new": 2, "k": false },
    pairs: [(1, "a"), (5, "b")],
    mix: Mix(parts: [(0.5, Fixed(value: 1)), (0.5, Fixed(value: 2))], source: "z", firmness: Weak),
    added: Yes,
)"#;

#[test]
fn differences_have_paths_and_mean_something() {
    let want: [(Sort, &str, Option<&str>, Option<&str>); 10] = [
        (
            Number,
            "p.n",
            Some("Range(p5: 1, p50: 2000, p95: 3000)"),
            Some("Range(p5: 1, p50: 2500, p95: 3000)"),
        ),
        (
            Source,
            "p.m",
            Some("Fixed(value: 4, source: \"y\", firmness: Guess)"),
            Some("Fixed(value: 4, source: \"better\", firmness: Primary)"),
        ),
        (Value, "p.gone", Some("[1, 2]"), None),
        (Value, "p.list.zero", None, Some("(name: \"zero\", v: 0)")),
        (Value, "p.list.two.v", Some("2"), Some("3")),
        (Value, "p.map.new", None, Some("2")),
        (Value, "p.map.k", Some("true"), Some("false")),
        (Value, "p.map.old", Some("1"), None),
        (Value, "p.pairs[1][0]", Some("2"), Some("5")),
        (
            Number,
            "p.mix",
            Some("Mix(parts: [(0.4, Fixed(value: 1)), (0.6, Fixed(value: 2))])"),
            Some("Mix(parts: [(0.5, Fixed(value: 1)), (0.5, Fixed(value: 2))])"),
        ),
    ];
    let mut want: Vec<Found> = want
        .into_iter()
        .map(|(s, p, a, b)| (s, p.to_owned(), a.map(str::to_owned), b.map(str::to_owned)))
        .collect();
    want.push((Value, "p.added".to_owned(), None, Some("Yes".to_owned())));
    let mut got = found(BEFORE, AFTER);
    got.sort_by(|a, b| a.1.cmp(&b.1));
    want.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!(got, want);
    assert_eq!(found(BEFORE, BEFORE), []);
    assert_eq!(found("(a: 1, b: [])", "( b: [ ], /* c */ a: 1.0, )"), []);
}

/// Fields in the order of their names: their order means nothing.
fn sorted(text: &str) -> Vec<Found> {
    found("()", text)
}

#[test]
fn differences_can_be_put_in_one_by_one_and_all() {
    let count = found(BEFORE, AFTER).len();
    let before = {
        let doc = doc(BEFORE);
        short(&doc, &doc.root)
    };
    assert_eq!(found(&merged(BEFORE, AFTER, &[]), &before), []);
    let all: Vec<usize> = (0..count).collect();
    assert_eq!(found(&merged(BEFORE, AFTER, &all), AFTER), []);
    for one in 0..count {
        let text = merged(BEFORE, AFTER, &[one]);
        // What it was is what it is now, and nothing else.
        assert_eq!(found(BEFORE, &text), [found(BEFORE, AFTER)[one].clone()], "{text}");
        assert_eq!(found(&text, AFTER).len(), count - 1, "{text}");
    }
    assert_eq!(sorted("()"), []);
}

#[test]
fn what_cannot_be_held_against_anything_is_one_difference() {
    for (a, b) in [
        ("(x: A(1))", "(x: B(1))"),
        ("(x: [1, 2])", "(x: [1, 2, 3])"),
        (
            "(x: [(name: \"a\"), (name: \"b\")])",
            "(x: [(name: \"b\"), (name: \"a\"), (name: \"c\")])",
        ),
        ("(x: (1, 2))", "(x: (1, 2, 3))"),
        ("(x: \"a\")", "(x: 1)"),
        ("(x: None)", "(x: Some(3))"),
    ] {
        let list = found(a, b);
        assert_eq!(list.len(), 1, "{a} {b}: {list:?}");
        assert_eq!(list[0].1, "p.x");
        assert_eq!(found(&merged(a, b, &[0]), b), [], "{a} {b}");
    }
}

#[test]
fn names_are_merged_in_the_order_of_both() {
    let list = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
    let names = |a, b, may_mix| {
        let merged = merge(&list(a), &list(b), may_mix)?;
        Some(merged.into_iter().map(|(name, ..)| name).collect::<String>())
    };
    assert_eq!(names("ace", "abcde", false).unwrap(), "abcde");
    assert_eq!(names("xay", "zab", false).unwrap(), "xzayb");
    assert_eq!(names("ab", "ba", false), None);
    assert_eq!(names("ab", "bac", true).unwrap(), "abc");
    assert_eq!(names("aa", "a", true), None);
}
