//! Expectations: what is read, and every mistake at its place.

mod common;

use common::{load_files, sample};
use hotwash_engine::SimTime;
use hotwash_scenario::{Bound, Expectations, Expected, Fact, Happening, Level, render};

/// The sample with these expectations.
fn with(expectations: &str) -> Result<Expectations, String> {
    let mut files = sample();
    files.insert("expectations.ron".to_owned(), expectations.to_owned());
    let (scenario, diagnostics) = load_files(&files);
    match scenario {
        Some(scenario) => Ok(scenario.expectations().expect("there are some").clone()),
        None => Err(render(&diagnostics, false)),
    }
}

/// What is said about one expectation that is wrong, which stands in line 3.
fn refused(item: &str) -> String {
    let text = format!("(\n    version: 1,\n    expect: [{item}],\n)");
    let said = with(&text).expect_err(item);
    assert!(said.contains("--> expectations.ron:3:"), "{item}\n{said}");
    said
}

#[test]
fn what_is_written_is_read() {
    let read = with(
        r#"(
            version: 1,
            runs: 64,
            risk: 0.01,
            expect: [
                (name: "one", policy: "careful", seed: 7, levers: {"shop.clerks": 5}, decide: {"empty-shelves": "wait"},
                    that: By("T+3d 04:10", Reached("shop.sold-out"))),
                (name: "two", that: Metric("sold", AtLeast(1)), given: Delivered("letter"), in_runs: AtLeast(0.9), most_runs: 512),
                (name: "three", quantile: (0.9, "sold", Between(1, 400))),
                (name: "four", policy: "careful", beats: ("historical", "sold"), in_runs: AtMost(0.5), runs: 200),
            ],
            golden: [(name: "summer", policy: "historical", seed: "a warm day")],
        )"#,
    )
    .unwrap();
    assert_eq!((read.risk(), read.list().len(), read.goldens().len()), (0.01, 4, 1));
    let [one, two, three, four] = read.list() else { panic!("four") };
    assert_eq!((one.line, one.runs, one.setup.seed.as_deref()), (6, 0, Some("7")));
    assert_eq!(one.setup.levers["shop.clerks"], "5");
    let at = SimTime::from_ms(((3 * 24 + 4) * 60 + 10) * 60_000);
    let sold_out = Happening::Reached("shop.sold-out".to_owned());
    assert_eq!(one.what, Expected::Fact(Fact::By(at, sold_out)));
    assert_eq!(one.text, r#"that: By("T+3d 04:10", Reached("shop.sold-out"))"#);
    assert_eq!((two.runs, two.most_runs, three.runs, three.most_runs), (64, 512, 64, 64));
    assert_eq!((four.runs, four.most_runs), (200, 200));
    let Expected::Share { given, fact, share } = &two.what else { panic!("{two:?}") };
    assert_eq!(*given, Some(Fact::Happens(Happening::Delivered(0))));
    let sold = Level::Metric("sold".to_owned());
    assert_eq!(*fact, Fact::Holds(None, sold, Bound::AtLeast(1.0)));
    assert_eq!(*share, Bound::AtLeast(0.9));
    assert_eq!(read.goldens()[0].setup.seed.as_deref(), Some("a warm day"));
}

#[test]
fn a_day_ends_for_what_comes_by_it_and_begins_for_what_comes_no_earlier() {
    let read = with(
        r#"(version: 1, expect: [
            (name: "by", that: By("2019-08-03", Asked("empty-shelves"))),
            (name: "not-before", that: NotBefore("2019-08-03", Asked("empty-shelves"))),
            (name: "exact", that: By("2019-08-03 09:00", Asked("empty-shelves"))),
        ])"#,
    )
    .unwrap();
    // STARTEX is nine in the morning of the first.
    let hours = |n: i64| n * 3_600_000;
    let at = |i: usize| match &read.list()[i].what {
        Expected::Fact(Fact::By(at, _) | Fact::NotBefore(at, _)) => at.ms(),
        other => panic!("{other:?}"),
    };
    assert_eq!([at(0), at(1), at(2)], [hours(63) - 1, hours(39), hours(48)]);
}

#[test]
fn unknown_names_are_shown_with_the_nearest() {
    for (item, says) in [
        (
            r#"(name: "a", that: Reached("shop.sold-uot"))"#,
            ["no milestone is called `shop.sold-uot`", "`shop.sold-out`"],
        ),
        (
            r#"(name: "a", that: Metric("sodl", AtLeast(1)))"#,
            ["no metric is called `sodl`", "`sold`"],
        ),
        (r#"(name: "a", mean: ("sodl", AtLeast(1)))"#, ["no metric is called `sodl`", "`sold`"]),
        (
            r#"(name: "a", that: Asked("empty-shelfs"))"#,
            ["no decision is called `empty-shelfs`", "`empty-shelves`"],
        ),
        (
            r#"(name: "a", that: Decided("empty-shelves", "weit"))"#,
            ["decision `empty-shelves` has no option `weit`", "`wait`"],
        ),
        (
            r#"(name: "a", that: All([Not(Delivered("leter"))]))"#,
            ["no inject is called `leter`", "`letter`"],
        ),
        (
            r#"(name: "a", policy: "carefull", that: Asked("empty-shelves"))"#,
            ["no policy is called `carefull`", "`careful`"],
        ),
        (
            r#"(name: "a", beats: ("historic", "sold"), in_runs: AtLeast(0.5))"#,
            ["no policy is called `historic`", "`historical`"],
        ),
        (
            r#"(name: "a", decide: {"empty-shelf": "wait"}, that: Asked("empty-shelves"))"#,
            ["no decision is called `empty-shelf`", "`empty-shelves`"],
        ),
        (
            r#"(name: "a", levers: {"shop.clarks": 3}, that: Asked("empty-shelves"))"#,
            ["no lever is called `shop.clarks`", "`shop.clerks`"],
        ),
        (
            r#"(name: "a", levers: {"shop.clerks": 99}, that: Asked("empty-shelves"))"#,
            ["99 lies outside", "1..=9"],
        ),
        (
            r#"(name: "a", that: Known("stolen"))"#,
            ["no proposition is called `stolen`", "no section `case`"],
        ),
        (r#"(name: "a", that: Released("sorry"))"#, ["no statement is called `sorry`", ""]),
        (
            r#"(name: "a", that: Reachd("shop.sold-out"))"#,
            ["`Reachd` is not known here", "`Reached`"],
        ),
    ] {
        let said = refused(item);
        assert!(says.iter().all(|part| said.contains(part)), "{item}\n{said}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_with_a_way_to_mend_it() {
    for (item, says) in [
        (r#"(name: "a")"#, "one of `that`, `mean`, `quantile` and `beats`"),
        (r#"(name: "a", that: Asked("empty-shelves"), mean: ("sold", AtLeast(1)))"#, "has one of"),
        (r#"(name: "a", that: Asked("empty-shelves"), in_runs: AtLeast(1))"#, "`AtLeast(0.99)`"),
        (r#"(name: "a", that: Asked("empty-shelves"), in_runs: AtMost(0))"#, "`AtMost(0.01)`"),
        (r#"(name: "a", that: Asked("empty-shelves"), in_runs: AtLeast(90))"#, "`AtLeast(0.99)`"),
        (r#"(name: "a", that: Asked("empty-shelves"), in_runs: AtMost(90))"#, "nine runs in ten"),
        (
            r#"(name: "a", that: Asked("empty-shelves"), in_runs: Between(0.1, 0.9))"#,
            "two expectations",
        ),
        (r#"(name: "a", that: Asked("empty-shelves"), runs: 100)"#, "in_runs: AtLeast(0.9)"),
        (
            r#"(name: "a", that: Asked("empty-shelves"), given: Asked("empty-shelves"))"#,
            "`given` is for many runs",
        ),
        (
            r#"(name: "a", mean: ("sold", AtLeast(1)), given: Asked("empty-shelves"))"#,
            "`given` does not go with `mean`",
        ),
        (r#"(name: "a", mean: ("sold", Exactly(1)))"#, "AtLeast, AtMost or Between"),
        (r#"(name: "a", mean: ("sold", Between(2, 1)))"#, "of finite numbers"),
        (r#"(name: "a", quantile: (90, "sold", AtLeast(1)))"#, "between 0 and 1"),
        (r#"(name: "a", beats: ("historical", "sold"))"#, "needs the share of worlds"),
        (r#"(name: "a", that: By("tomorrow", Asked("empty-shelves")))"#, "T+3d"),
        (r#"(name: "a", that: By("T+3", Asked("empty-shelves")))"#, "has no unit"),
        (r#"(name: "a", that: By("T+3d 25:00", Asked("empty-shelves")))"#, "is no time"),
        (
            r#"(name: "a", that: By("T-90d", Asked("empty-shelves")))"#,
            "before the run begins, on 2019-07-02",
        ),
        (
            r#"(name: "a", that: By("T+3d", Metric("sold", AtLeast(1))))"#,
            "what happens at one instant",
        ),
        (
            r#"(name: "a", that: At("T+3d", Asked("empty-shelves")))"#,
            "By(\"T+3d\", Reached(\"..\"))",
        ),
        (r#"(name: "a", that: InOrder([Asked("empty-shelves")]))"#, "names at least 2"),
        (r#"(name: "a", that: All([]))"#, "names at least 1"),
        (r#"(name: "a", that: Metric("sold", Between(3, 1)))"#, "the lower one first"),
        (r#"(name: "a/b", that: Asked("empty-shelves"))"#, "it names files too"),
        (
            r#"(name: "a", that: Asked("empty-shelves")), (name: "a", that: Asked("empty-shelves"))"#,
            "two expectations are called `a`",
        ),
        (r#"(name: "a", runs: 3, mean: ("sold", AtLeast(1)))"#, "from 32 to 1000000"),
        (
            r#"(name: "a", runs: 300, most_runs: 200, mean: ("sold", AtLeast(1)))"#,
            "less than `runs`",
        ),
        (r#"(name: "a", thta: Asked("empty-shelves"))"#, "did you mean `that`?"),
    ] {
        let said = refused(item);
        assert!(said.contains(says), "{item}\n{said}");
    }
}

#[test]
fn a_file_as_a_whole_can_be_wrong() {
    for (text, says) in [
        ("(version: 1)", "neither an expectation nor a golden timeline"),
        ("(version: 2, expect: [])", "version 2"),
        (r#"(version: 1, risk: 0.5, golden: [(name: "a")])"#, "from 0.000000001 to 0.05"),
        (r#"(version: 1, golden: [(policy: "careful")])"#, "lacks the field `name`"),
        (
            r#"(version: 1, golden: [(name: "a")], expect: [(name: "a", that: Asked("empty-shelves"))])"#,
            "two expectations are called `a`",
        ),
        ("(version: 1, expect: [(name: \"a\", that: ", "expectations.ron"),
    ] {
        let said = with(text).expect_err(text);
        assert!(said.contains(says), "{text}\n{said}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let said = with(
        r#"(version: 1, expect: [
            (name: "a", policy: "nobody", that: Reached("shop.sold-uot")),
            (name: "b", that: InOrder([Asked("nothing"), Asked("nobody-asks")])),
            (name: "c", quantile: (2, "sold", AtLeast(1))),
            // A mistake in an item hides no other in it.
            (name: "d", that: All([By("T+20", Reached("shop.cloesd")), Metric("sodl", AtLeast(1))]), in_runs: AtLeast(1)),
        ])"#,
    )
    .expect_err("eight mistakes");
    for part in [
        "`20` has no unit",
        "`shop.cloesd`",
        "`sodl`",
        "AtLeast(0.99)",
        "`nobody`",
        "`shop.sold-uot`",
        "`nothing`",
        "`nobody-asks`",
        "between 0 and 1",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

#[test]
fn no_run_depends_on_expectations() {
    let mut files = sample();
    let before = load_files(&files).0.unwrap().texts();
    let text = r#"(version: 1, expect: [(name: "a", that: Asked("empty-shelves"))])"#;
    files.insert("expectations.ron".to_owned(), text.to_owned());
    assert_eq!(load_files(&files).0.unwrap().texts(), before);
}
