//! Courses: what is read, and that every mistake is named at its place.

mod common;

use hotwash_scenario::{Course, Diagnostic, PassMark};

const GOOD: &str = r#"(
    version: 1,
    title: "Shops",
    summary: "How to run one.",
    lessons: [
        (
            name: "first",
            scenario: "corner-shop",
            title: "The first day",
            text: "Sell.",
            objectives: ["To sell."],
            seed: "calm-otter",
            pass: [AtMost("sold", 5), AsExpected(1), NoClaimRefuted],
        ),
        (
            name: "second",
            scenario: "corner-shop",
            title: "The second day",
            text: "Sell more.",
            objectives: [],
            pass: [AtLeast("sold", 5.5)],
            weight: 2,
        ),
    ],
)"#;

fn read(text: &str) -> (Option<Course>, Vec<Diagnostic>) {
    Course::read("c.ron", text.as_bytes().to_vec())
}

/// What is wrong once a text is replaced, one line each.
#[track_caller]
fn broken(from: &str, to: &str) -> Vec<String> {
    assert!(GOOD.contains(from), "{from}");
    let (course, problems) = read(&GOOD.replace(from, to));
    assert!(course.is_none(), "{to} is taken");
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_course_is_read() {
    let (course, problems) = read(GOOD);
    assert!(problems.is_empty(), "{problems:?}");
    let course = course.unwrap();
    let [first, second] = course.lessons.as_slice() else { panic!("two lessons") };
    assert_eq!((first.name.as_str(), first.weight, second.weight), ("first", 1.0, 2.0));
    assert_eq!((first.seed.as_deref(), second.seed.as_deref()), (Some("calm-otter"), None));
    assert_eq!(first.pass.len(), 3);
    assert_eq!(second.pass, [PassMark::AtLeast("sold".to_owned(), 5.5)]);
}

#[test]
fn mistakes_are_named_at_their_place() {
    let one = |from, to| {
        let list = broken(from, to);
        assert_eq!(list.len(), 1, "{list:?}");
        list[0].clone()
    };
    for (from, to, says) in [
        ("weight: 2", "weight: 0", "c.ron:22:21: a weight is a number above 0"),
        ("\"second\"", "\"first\"", "c.ron:16:19: two lessons are called `first`"),
        ("\"second\"", "\"a/b\"", "it has no `/`"),
        ("weight: 2", "wieght: 2", "did you mean `weight`?"),
        ("AtMost(", "AtMots(", "did you mean `AtMost`?"),
        ("[AtLeast(\"sold\", 5.5)]", "[]", "give a pass mark"),
        ("\"The first day\"", "\" \"", "`title` is empty"),
        ("\"calm-otter\"", "\"\"", "a seed is a number or words"),
        ("AsExpected(1)", "AsExpected(-1)", "c.ron:13:50: pass[1]"),
        ("version: 1", "version: 9", "version 9"),
        ("    summary: \"How to run one.\",\n", "", "lacks the field `summary`"),
    ] {
        let found = one(from, to);
        assert!(found.contains(says), "`{says}` is not in `{found}`");
    }
    // Several at once.
    let many = broken("objectives: []", "objectives: [], weight: -1, pass: []");
    assert!(many.len() >= 2, "{many:?}");
}

#[test]
fn names_are_held_against_the_scenario() {
    let scenario = common::load_files(&common::sample()).0.unwrap();
    let check = |from: &str, to: &str| {
        let (course, problems) = read(&GOOD.replace(from, to));
        let course = course.unwrap_or_else(|| panic!("{problems:?}"));
        let found = course.check(0, &scenario);
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(check("Shops", "Shops"), Vec::<String>::new());
    let wrong = check("AtMost(\"sold\", 5)", "AtMost(\"sodl\", 5)");
    assert!(wrong[0].starts_with("c.ron:13:27: scenario `corner-shop` has no metric `sodl`"));
    assert!(wrong[0].contains("did you mean `sold`?"), "{wrong:?}");
    assert!(check("AsExpected(1)", "AsExpected(99)")[0].contains("99 decisions"));
    let roles = check("seed: \"calm-otter\"", "roles: [\"onwer\"], policy: \"carefull\"");
    assert!(roles.iter().any(|w| w.contains("no role `onwer`")), "{roles:?}");
    assert!(roles.iter().any(|w| w.contains("did you mean `careful`?")), "{roles:?}");
    let levers = |text: &str| check("seed: \"calm-otter\"", &format!("levers: {{{text}}}"));
    assert_eq!(levers("\"shop.clerks\": 4, \"shop.counts_stock\": true"), Vec::<String>::new());
    assert!(levers("\"shop.clerks\": 40")[0].contains("40 lies outside 1..=9"));
    assert!(levers("\"shop.clarks\": 4")[0].contains("did you mean `shop.clerks`?"));
    let course = read(&GOOD.replace("corner-shop", "cornershop")).0.unwrap();
    let wrong = course.no_scenario(0, &["corner-shop"]).to_string();
    assert!(wrong.contains("c.ron:8:23: no scenario is called `cornershop` (did you mean"));
}

#[test]
fn the_example_of_the_manual_is_a_course() {
    const PAGE: &str = include_str!("../../../docs/courses.md");
    let example = PAGE.split("```ron\n").nth(1).and_then(|rest| rest.split("```").next());
    let (course, problems) = read(example.unwrap_or_default());
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(course.unwrap().lessons[0].pass.len(), 3);
    for word in ["`AtMost(", "`AtLeast(", "`AsExpected(", "`NoClaimRefuted`", "`weight`", "`seed`"]
    {
        assert!(PAGE.contains(word), "{word} is not explained");
    }
}
