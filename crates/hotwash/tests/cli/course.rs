//! `hotwash course`: lessons in order, grades, files of results, going on.

use crate::support::{Ran, Temp, hotwash};

/// Plays the first lesson well: two answers as expected, one mark that is met without.
const GOOD: &str = "2 4 why\n3 5 why\n2 3 why\n2 4 why\n";

fn a_course(temp: &Temp, pass: &str) -> String {
    let lesson = |name: &str| {
        format!(
            "(name: \"{name}\", scenario: \"departing-admin\", title: \"Lesson {name}\", text: \"Read.\", \
             objectives: [\"To learn.\"], seed: \"slow-kettle\", pass: [{pass}])"
        )
    };
    let (one, two) = (lesson("one"), lesson("two"));
    let text =
        format!("(version: 1, title: \"Test\", summary: \"A test.\", lessons: [{one}, {two}])");
    temp.write("course.ron", text)
}

fn taught(course: &str, script: &str, out: &str) -> Ran {
    hotwash(&[
        "course",
        course,
        "--script",
        script,
        "--out",
        out,
        "--futures",
        "4",
        "--learner",
        "Ada",
    ])
}

#[test]
fn a_course_is_left_gone_on_with_and_passed() {
    let temp = Temp::new();
    let course = a_course(&temp, "AtMost(\"days-with-access-after-leaving\", 30), NoClaimRefuted");
    let out = temp.at("out");
    let script = temp.write("a.txt", format!("--- one\n{GOOD}--- two\n2 4 why\nquit\n"));
    let ran = taught(&course, &script, &out);
    assert_eq!(ran.code, 7, "{}", ran.err);
    assert!(ran.err.contains("--learner Ada --out"), "{}", ran.err);
    assert!(ran.out.contains("Passed: 2 of 2 marks are met."), "{}", ran.out);
    assert_eq!(temp.read("out/results.csv").lines().count(), 2);

    // The finished lesson is not played again, and the other goes on where it was left.
    let script = temp.write("b.txt", "--- two\n3 5 why\n2 3 why\n2 4 why\n");
    let ran = taught(&course, &script, &out).ends(0).prints(&[
        "Lesson 1 of 2 is done: Lesson one",
        "You go on: it is Mon 2019-09-02 14:00.",
        "Passed, score 100 %.",
    ]);
    assert!(!ran.out.contains("Lesson 1 of 2: "), "{}", ran.out);
    let csv = temp.read("out/results.csv");
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(csv.contains("Ada,Test,two,Lesson two,departing-admin,slow-kettle,yes,2,2,1.0000,1,"));
    let json: serde_json::Value = serde_json::from_str(&temp.read("out/results.json")).unwrap();
    assert_eq!(json["is_passed"], true);
    let statements = temp.read("out/xapi.jsonl");
    let verbs: Vec<String> = statements
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["verb"]["id"].to_string())
        .map(|id| id.rsplit('/').next().unwrap_or_default().trim_matches('"').to_owned())
        .collect();
    assert_eq!(verbs, ["attempted", "passed", "attempted", "passed", "passed"]);
    // The sessions are there for report.
    assert!(temp.path().join("out/01-one/session.log").exists());
}

#[test]
fn a_course_that_is_not_passed_says_so_by_its_code() {
    let temp = Temp::new();
    let course = a_course(&temp, "AtMost(\"days-with-access-after-leaving\", 0)");
    let script = temp.write("a.txt", "--- lesson\nend now\n--- lesson\nend now\n");
    let ran = taught(&course, &script, &temp.at("out"));
    assert_eq!(ran.code, 5, "{}", ran.err);
    assert!(ran.out.contains("Not passed: 0 of 1 marks are met"), "{}", ran.out);
    assert!(ran.err.contains("the course is not passed"), "{}", ran.err);
}

#[test]
fn the_shipped_course_is_found_by_name() {
    // Nothing is typed: the learner leaves.
    let ran = hotwash(&["course", "first-steps"]);
    assert_eq!(ran.code, 7, "{}", ran.err);
    assert!(ran.out.contains("Lesson 1 of 2: Seeing somebody off"), "{}", ran.out);
    assert!(ran.err.contains("--out DIR keeps a course"), "{}", ran.err);
    assert!(ran.out.lines().all(|l| l.chars().count() <= 80), "{}", ran.out);
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_played() {
    let temp = Temp::new();
    hotwash(&["course", "first-step"]).ends(2).says(&["did you mean `first-steps`?"]);
    hotwash(&["course", "nowhere.ron"]).ends(6).says(&["no such file"]);
    let wrong = a_course(&temp, "AtMost(\"days-with-acces-after-leaving\", 1)");
    hotwash(&["course", &wrong]).ends(3).says(&["no metric", "did you mean"]);
    let course = a_course(&temp, "NoClaimRefuted");
    let script = temp.write("a.txt", GOOD);
    taught(&course, &script, &temp.at("out")).ends(2).says(&["1 parts, 2 lessons"]);
    let script = temp.write("a.txt", "--- two\n1\n--- one\n1\n");
    taught(&course, &script, &temp.at("o2")).ends(2).says(&["`two` stands where lesson `one`"]);
    temp.write("used/file", "x");
    hotwash(&["course", &course, "--out", &temp.at("used")]).ends(6).says(&["new directory"]);
    hotwash(&["course", &course, "--learner", ""]).ends(2).says(&["1 to 60"]);
    hotwash(&["course", &course, "--learner", "Bob", "--out", &temp.at("out")])
        .ends(5)
        .says(&["the learner here is Ada"]);
}
