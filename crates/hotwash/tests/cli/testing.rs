//! `test`: expectations and golden timelines as people and CI servers meet them.

use std::fs;
use std::path::Path;

use crate::support::{Ran, Temp, finish, hotwash, line, program};

/// A folder with a copy of the small scenario under `s`, and these expectations.
fn small(expectations: &str) -> Temp {
    let temp = Temp::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/departing-admin");
    for path in ["", "policies"] {
        fs::create_dir_all(temp.path().join("s").join(path)).unwrap();
        for entry in fs::read_dir(from.join(path)).unwrap().flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), temp.path().join("s").join(path).join(entry.file_name()))
                    .unwrap();
            }
        }
    }
    temp.write("s/expectations.ron", format!("(version: 1, {expectations})"));
    temp
}

/// Fails unless results were printed and the program then said that some did not hold.
#[track_caller]
fn fails(ran: &Ran, prints: &[&str]) {
    assert_eq!(ran.code, 5, "{}\n{}", ran.out, ran.err);
    assert!(ran.err.contains("did not hold"), "{}", ran.err);
    for part in prints {
        assert!(ran.out.contains(part), "`{part}` is not in:\n{}", ran.out);
    }
}

const TWO: &str = r#"expect: [
    (name: "leaves", policy: "trusting", that: Decided("last-day", "cake")),
    (name: "is-caught", policy: "trusting", that: By("T+20d", Reached("soc.case-opened/misuse"))),
]"#;

#[test]
fn shipped_scenarios_do_what_is_expected_of_them() {
    let ran = line("test departing-admin").ends(0);
    ran.prints(&["every-stage-comes", "golden timeline", "in 1,000, and", "tried: 9 held"]);
}

#[test]
fn what_does_not_hold_is_told_with_its_evidence() {
    let temp = small(TWO);
    let ran = hotwash(&["test", &temp.at("s")]);
    fails(
        &ran,
        &[
            "  held       leaves\n",
            "  FAILED     is-caught",
            "that: By(\"T+20d\", Reached(\"soc.case-opened/misuse\"))",
            "soc.case-opened/misuse: T+44d 08:26, 2019-10-16 17:26",
            "soc: opened an intrusion case",
            "see it: hotwash run ",
            "--policy trusting --seed slow-kettle\n",
            "2 tried: 1 held, 1 failed\n",
        ],
    );
    // Nothing of it is wider than the page but the command to copy.
    let wide = ran.out.lines().filter(|l| l.chars().count() > 80 && !l.contains("hotwash run"));
    assert!(wide.clone().all(|l| l.contains(".ron:")), "{:?}", wide.collect::<Vec<_>>());
    hotwash(&["test", &temp.at("s"), "--only", "leaves"]).ends(0).prints(&["1 tried: 1 held"]);
    hotwash(&["test", &temp.at("s"), "--only", "leavs"]).ends(2).says(&["did you mean `leaves`?"]);
}

#[test]
fn many_runs_are_told_with_their_number_and_what_would_tell() {
    let temp = small(
        r#"expect: [
            (name: "a", policy: "trusting", that: Decided("last-day", "cake"), in_runs: AtLeast(0.8), runs: 64),
            (name: "b", policy: "trusting", that: Decided("last-day", "cake"), in_runs: AtMost(0.8), runs: 64),
            (name: "c", policy: "trusting", that: Decided("last-day", "cake"), in_runs: AtLeast(0.99), runs: 64),
        ]"#,
    );
    let ran = hotwash(&["test", &temp.at("s")]);
    fails(
        &ran,
        &[
            "  held       a\n             100 % of 64 runs [89.8 to 100]; at least 80 %",
            "  FAILED     b",
            "  UNDECIDED  c",
            "so many runs do not tell; about ",
            "3 tried: 1 held, 1 failed, 1 undecided",
        ],
    );
}

#[test]
fn golden_timelines_are_kept_compared_and_accepted() {
    let temp = small(r#"golden: [(name: "usual", policy: "passwords-only")]"#);
    let path = temp.at("s");
    fails(&hotwash(&["test", &path]), &["MISSING", "no golden timeline is kept", "--accept"]);
    assert!(!temp.path().join("s/golden").exists(), "only --accept writes");
    hotwash(&["test", &path, "--accept"]).ends(0).prints(&["accepted   usual", "kept in "]);
    let (story, run) = (temp.read("s/golden/usual.txt"), temp.read("s/golden/usual.jsonl"));
    assert!(
        story.contains("policy passwords-only, seed slow-kettle") && story.contains("keylogger")
    );
    hotwash(&["test", &path]).ends(0).prints(&["held       usual", "golden timeline, "]);
    // The kept run is one like any other.
    hotwash(&["replay", &temp.at("s/golden/usual.jsonl")]).ends(0).prints(&["the same: "]);
    hotwash(&["why", &temp.at("s/golden/usual.jsonl"), "soc.contained"]).ends(0);
    // A comment is no change of the run.
    temp.edit("s/leaver.ron", "(\n", "( // a remark\n");
    hotwash(&["test", &path]).ends(0);
    // A number is.
    temp.edit("s/leaver.ron", "waits: Range(p5: 1, p50: 12", "waits: Range(p5: 1, p50: 16");
    let ran = hotwash(&["test", &path]);
    fails(
        &ran,
        &[
            "  DIFFERS    usual",
            "the run is not as it was kept",
            "`leaver.using.waits` does it.",
            "leaver.using.waits (number, leaver.ron:28)",
            "days-with-access-after-leaving",
        ],
    );
    assert_eq!((temp.read("s/golden/usual.txt"), temp.read("s/golden/usual.jsonl")), (story, run));
    hotwash(&["test", &path, "--accept"]).ends(0).prints(&["kept as it is now", "number "]);
    hotwash(&["test", &path]).ends(0);
}

#[test]
fn what_is_kept_is_not_edited_by_hand() {
    let temp = small(r#"golden: [(name: "usual", policy: "passwords-only")]"#);
    let path = temp.at("s");
    hotwash(&["test", &path, "--accept"]).ends(0);
    temp.edit("s/golden/usual.txt", "keylogger", "key logger");
    fails(&hotwash(&["test", &path]), &["the run is as it was kept, its story is not"]);
    temp.edit("s/golden/usual.jsonl", "keyloggers", "key loggers");
    hotwash(&["test", &path]).ends(6).says(&["usual.jsonl", "changed since it was written"]);
    hotwash(&["test", "departing-admin", "--seed", "3", "--accept"]).ends(2);
}

#[test]
fn another_seed_leaves_golden_timelines_alone() {
    let temp = small(
        r#"expect: [(name: "cake", policy: "trusting", that: Decided("last-day", "cake"))],
           golden: [(name: "usual", policy: "passwords-only")]"#,
    );
    let ran = hotwash(&["test", &temp.at("s"), "--seed", "3"]).ends(0);
    ran.prints(&["skipped    usual", "golden timelines keep their seeds", "1 held, 1 skipped"]);
}

#[test]
fn folders_are_searched_and_what_has_no_expectations_is_named() {
    let temp = small(TWO);
    for (from, to) in
        [("s/scenario.ron", "t/scenario.ron"), ("s/scenario.ron", "runs/a/scenario/scenario.ron")]
    {
        temp.write(to, temp.read(from));
    }
    temp.write("runs/a/manifest.json", "{}");
    let ran = hotwash(&["test", temp.path().to_str().unwrap(), "--only", "leaves"]).ends(0);
    let passed = format!("passed over, without expectations.ron: {}\n", temp.at("t"));
    assert_eq!(ran.err, passed);
    ran.prints(&["1 tried: 1 held"]);
    let here = finish(program().args(["test", "--only", "leaves"]).current_dir(temp.path()));
    here.ends(0).prints(&["departing-admin\n  held       leaves"]);
    hotwash(&["test", &temp.at("t")]).ends(3);
    hotwash(&["test", &temp.at("runs")]).ends(6).says(&["there is no scenario.ron"]);
    hotwash(&["test", "no-such-thing"]).ends(2).says(&["no scenario is called"]);
    fs::remove_file(temp.path().join("s/expectations.ron")).unwrap();
    hotwash(&["test", &temp.at("s")]).ends(2).says(&["there is nothing to try"]);
}

#[test]
fn mistakes_in_expectations_end_with_their_code() {
    let temp = small(r#"expect: [(name: "a", that: Reached("soc.contaned/misuse"))]"#);
    // A run does not read what is expected of it.
    hotwash(&["run", &temp.at("s")]).ends(0);
    for command in ["test", "check"] {
        let ran = hotwash(&[command, &temp.at("s")]).ends(3);
        ran.says(&[
            "no milestone is called `soc.contaned/misuse`",
            "expectations.ron:1:",
            "soc.contained/misuse",
        ]);
    }
    temp.write("s/expectations.ron", format!("(version: 1, {TWO})"));
    hotwash(&["check", &temp.at("s")]).ends(0).prints(&["2 expectations\n"]);
}

#[test]
fn shipped_scenarios_keep_nothing() {
    let temp = small(r#"golden: [(name: "usual")]"#);
    // A name that is shipped is the shipped scenario, whatever lies here.
    fs::rename(temp.path().join("s"), temp.path().join("departing-admin")).unwrap();
    let ran = finish(
        program().args(["test", "departing-admin", "--only", "usual"]).current_dir(temp.path()),
    );
    ran.ends(2).says(&["no expectation is called `usual`"]);
}

#[test]
fn tap_is_what_its_readers_expect() {
    let temp = small(TWO);
    temp.write("u/scenario.ron", "(");
    temp.write("u/expectations.ron", "()");
    let ran = hotwash(&["test", &temp.at("s"), &temp.at("u"), "--format", "tap"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[..3], ["TAP version 14", "1..3", "ok 1 - departing-admin: leaves"]);
    assert_eq!(lines[3..6], ["not ok 2 - departing-admin: is-caught", "  ---", "  severity: fail"]);
    // Every block that is begun is ended, and all in it is indented.
    let mut is_open = false;
    for text in &lines[2..] {
        match *text {
            "  ---" => assert!(!std::mem::replace(&mut is_open, true)),
            "  ..." => assert!(std::mem::replace(&mut is_open, false)),
            text => assert_eq!(is_open, text.starts_with("  "), "{text}"),
        }
    }
    assert!(!is_open && ran.out.contains("not ok 3 - ") && !ran.out.contains('\u{1b}'));
}

#[test]
fn junit_is_read_back() {
    let temp = small(&TWO.replace("is-caught", "is-caught-2"));
    temp.write("u/scenario.ron", "( <&\">");
    temp.write("u/expectations.ron", "()");
    let file = temp.at("out.xml");
    let ran = hotwash(&["test", &temp.at("s"), &temp.at("u"), "--junit", &file]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    let root = xml::read(&temp.read("out.xml"));
    assert_eq!(
        (root.name.as_str(), root.at("tests"), root.at("failures")),
        ("testsuites", "3", "1")
    );
    assert_eq!((root.at("errors"), root.children.len()), ("1", 2));
    let [good, bad] = &root.children[0].children[..] else { panic!("two cases") };
    assert_eq!((good.at("name"), good.at("classname")), ("leaves", "departing-admin"));
    assert!(bad.at("file").ends_with("expectations.ron") && bad.at("line") == "3");
    let failure = &bad.children[0];
    assert_eq!((failure.name.as_str(), failure.at("type")), ("failure", "failed"));
    assert_eq!(failure.at("message"), r#"that: By("T+20d", Reached("soc.case-opened/misuse"))"#);
    assert!(failure.text.contains("2019-10-16 17:26\n"), "{}", failure.text);
    let error = &root.children[1].children[0].children[0];
    assert!(error.name == "error" && error.text.contains("<&\">"), "{}", error.text);
}

/// As much of an XML reader as tells well-formed results from others.
mod xml {
    #[derive(Debug, Default)]
    pub(super) struct Element {
        pub(super) name: String,
        attributes: Vec<(String, String)>,
        pub(super) children: Vec<Element>,
        pub(super) text: String,
    }

    impl Element {
        #[track_caller]
        pub(super) fn at(&self, name: &str) -> &str {
            let found = self.attributes.iter().find(|(n, _)| n == name);
            found.map_or_else(|| panic!("{} has no {name}", self.name), |(_, value)| value)
        }
    }

    pub(super) fn read(text: &str) -> Element {
        let rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap();
        let mut rest = rest;
        let root = element(&mut rest);
        assert_eq!(rest, "\n", "nothing follows the root");
        root
    }

    fn element(rest: &mut &str) -> Element {
        let (tag, after) = rest.strip_prefix('<').unwrap().split_once('>').unwrap();
        *rest = after;
        let is_empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, mut left) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut element = Element { name: name.to_owned(), ..Element::default() };
        while !left.is_empty() {
            let (key, after) = left.split_once("=\"").unwrap();
            let (value, after) = after.split_once('"').unwrap();
            element.attributes.push((key.trim().to_owned(), unescaped(value)));
            left = after.trim_start();
        }
        if is_empty {
            return element;
        }
        loop {
            let (text, _) = rest.split_once('<').unwrap();
            element.text += &unescaped(text);
            *rest = &rest[text.len()..];
            if let Some(after) = rest.strip_prefix("</") {
                let (end, after) = after.split_once('>').unwrap();
                assert_eq!(end, element.name, "tags are closed in order");
                *rest = after;
                return element;
            }
            element.children.push(self::element(rest));
        }
    }

    fn unescaped(text: &str) -> String {
        assert!(
            !text.contains(['<', '>'])
                && text.chars().all(|c| !c.is_control() || "\n\t".contains(c))
        );
        let mut out = String::new();
        let mut parts = text.split('&');
        out += parts.next().unwrap();
        for part in parts {
            let (name, rest) = part.split_once(';').expect("an entity ends");
            out.push(match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "#10" => '\n',
                other => panic!("{other} is no entity"),
            });
            out += rest;
        }
        out
    }
}

/// Lines without indentation, comments and blanks.
fn bare(text: &str) -> Vec<&str> {
    let lines = text.lines().map(|l| l.split("//").next().unwrap_or_default().trim());
    lines.filter(|l| !l.is_empty()).collect()
}

#[test]
fn examples_of_the_page_stand_in_shipped_scenarios() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("docs/testing.md")).unwrap();
    let files: Vec<String> =
        ["insider-sale", "access-broker", "departing-admin", "annus-horribilis"]
            .iter()
            .map(|name| {
                fs::read_to_string(root.join(format!("scenarios/{name}/expectations.ron"))).unwrap()
            })
            .collect();
    let mut examples = 0;
    for block in page.split("```ron\n").skip(1) {
        let example = bare(block.split("```").next().unwrap());
        let found = files.iter().any(|f| bare(f).windows(example.len()).any(|w| w == example));
        assert!(found, "this example is in no file:\n{}", example.join("\n"));
        examples += 1;
    }
    assert!(examples >= 6, "{examples}");
    for word in "Reached Asked Decided True Known Claimed Released Delivered By NotBefore Within InOrder At Metric \
        Belief All Any Not AtLeast AtMost Between Exactly Affirms Denies name policy seed levers decide that given \
        in_runs mean quantile beats runs most_runs risk expect golden version"
        .split_whitespace()
    {
        assert!(page.contains(&format!("`{word}")), "{word} is not explained");
    }
}
