//! `hotwash check --deep`: what people read, what programs read, and how it ends.

use std::fs;

use crate::support::{Temp, finish, hotwash, line, program};

/// A text without its line breaks.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_sound_scenario_is_said_to_be_so() {
    let ran = line("check departing-admin --deep --runs 20").ends(0).prints(&[
        "departing-admin: a critic's reading",
        "20 worlds of seed slow-kettle",
        "Found again with: hotwash check departing-admin --deep --runs 20 --seed slow-kettle",
    ]);
    assert!(ran.err.contains("no mistakes in"), "{}", ran.err);
    let flat = flat(&ran.out);
    assert!(flat.contains("under by-the-book, passwords-only, trusting, and by lot"), "{flat}");
    for text in ran.out.lines().filter(|l| !l.starts_with("Found again")) {
        assert!(text.chars().count() <= 80, "{text}");
    }
}

#[test]
fn a_fault_is_shown_at_its_place_and_ends_with_five() {
    let temp = Temp::new();
    let from = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/departing-admin");
    let folder = temp.path().join("planted");
    fs::create_dir_all(folder.join("policies")).unwrap();
    for part in ["", "policies"] {
        for file in fs::read_dir(format!("{from}/{part}")).unwrap() {
            let file = file.unwrap();
            if file.path().is_file() {
                fs::copy(file.path(), folder.join(part).join(file.file_name())).unwrap();
            }
        }
    }
    let decisions = folder.join("decisions.ron");
    let text = fs::read_to_string(&decisions).unwrap();
    let inject = "(\n    injects: [(name: \"late\", when: At(\"2020-06-01 10:00\"), from: \"a\", text: \"b\", to: [\"soc\"])],\n    decisions: [";
    fs::write(&decisions, text.replacen("(\n    decisions: [", inject, 1)).unwrap();
    let path = folder.to_str().unwrap();
    let ran = hotwash(&["check", path, "--deep", "--runs", "60"]);
    assert_eq!(ran.code, 5, "{}{}", ran.out, ran.err);
    for part in [
        "1 fault",
        "fault [inject-never-comes]",
        "Inject `late` never comes.",
        "decisions.ron:3",
        "after the scenario's end",
        "mend: Let it wait for something that happens",
    ] {
        assert!(flat(&ran.out).contains(part), "`{part}` is not in:\n{}", ran.out);
    }
    assert!(ran.err.contains("error: departing-admin: 1 fault"), "{}", ran.err);
    let ran = finish(program().args(["check", path, "--deep", "--runs", "60", "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let first = &json["findings"][0];
    assert_eq!((ran.code, &first["kind"]), (5, &"inject-never-comes".into()));
    assert_eq!(first["severity"], "fault");
    assert!(first["never"]["at_most"].as_f64().unwrap() < 0.1);
}

#[test]
fn what_makes_no_sense_is_refused() {
    line("check departing-admin --runs 100").ends(2).says(&["--deep"]);
    line("check departing-admin --deep --runs 5").ends(2).says(&["from 20"]);
    line("check departing-admi --deep").ends(2).says(&["did you mean `departing-admin`"]);
}
