//! `diff`: it names what does it, and says so when nothing does.

use std::fs;

use hotwash::record::sha256;
use serde_json::Value;

use crate::support::{Ran, Temp, copied, hotwash};

/// The shipped scenario under `s`, and its run under `r`.
fn both() -> Temp {
    let temp = copied();
    hotwash(&["run", &temp.at("s"), "--out", &temp.at("r")]).ends(0);
    temp
}

fn diff(temp: &Temp) -> Ran {
    hotwash(&["diff", &temp.at("r"), &temp.at("s")])
}

/// Fails unless the runs differ, and the answer stands on standard output within its page.
#[track_caller]
fn differs(ran: Ran) -> Ran {
    assert_eq!(ran.code, 5, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("differ") && !ran.err.contains("panicked"), "{}", ran.err);
    for line in ran.out.lines().filter(|line| !line.contains("hotwash-")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    Ran { out: ran.out.split_whitespace().collect::<Vec<_>>().join(" "), ..ran }
}

/// The finding as data.
#[track_caller]
fn finding(args: &[&str]) -> Value {
    let ran = hotwash(&[args, &["--format", "json"]].concat());
    assert!([0, 5].contains(&ran.code), "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// Numbers of several plugins, each with another value that shows in the run.
const NUMBERS: [(&str, &str, &str, &str); 8] = [
    ("insider.ron", "insider.appetite", "p50: 68000", "p50: 70000"),
    ("scam.ron", "scam.lose", "p5: 0.10, p50: 0.20", "p5: 0.10, p50: 0.22"),
    ("soc.ron", "soc.leak.correlation.base", "p5: 20, p50: 80", "p5: 20, p50: 70"),
    ("customers.ron", "customers.calls.complaints.report", "p50: 0.015", "p50: 0.016"),
    ("customers.ron", "customers.calls.trust.called", "p5: 1, p50: 5", "p5: 1, p50: 6"),
    (
        "case.ron",
        "case.propositions.records-taken.prior",
        "prior: Range(p5: 0.005, p50: 0.02",
        "prior: Range(p5: 0.005, p50: 0.03",
    ),
    ("pr.ron", "pr.letters.prepare", "p5: 16, p50: 40", "p5: 16, p50: 44"),
    ("ledger.ron", "ledger.records.record_usd", "p50: 25", "p50: 27"),
];

#[test]
fn a_number_that_was_changed_is_named() {
    let temp = both();
    for (file, path, from, to) in NUMBERS {
        let name = format!("s/{file}");
        let whole = temp.read(&name);
        temp.edit(&name, from, to);
        differs(diff(&temp)).prints(&[
            &format!("number `{path}` does it."),
            &format!("{path} (number, {file}:"),
            "Alone, it makes the run before the same as the run after, to the last entry",
        ]);
        temp.write(&name, whole);
    }
    diff(&temp).ends(0).prints(&["The runs are the same in 652 entries and 66 outcomes."]);
}

#[test]
fn of_several_changes_the_one_that_does_it_is_named() {
    let temp = both();
    for (file, from, to) in [
        // This comes first.
        ("scam.ron", "p5: 0.10, p50: 0.20", "p5: 0.10, p50: 0.22"),
        // This comes later, and this run never uses the one after it.
        ("soc.ron", "p5: 0.25, p50: 1,", "p5: 0.25, p50: 1.1,"),
        (
            "soc.ron",
            "watch_clears: Range(p5: 0.3, p50: 0.6",
            "watch_clears: Range(p5: 0.3, p50: 0.5",
        ),
        // Nothing hangs on these.
        ("soc.ron", "source: \"judgement: a fortnight", "source: \"judgement: two weeks"),
        ("scenario.ron", "summary: \"A support", "summary: \"One support"),
        ("law.ron", "// Police", "// The police"),
    ] {
        temp.edit(&format!("s/{file}"), from, to);
    }
    differs(diff(&temp)).prints(&[
        "part at entry 112, 2019-08-05 15:00: number `scam.lose` does it.",
        "`victims` 29 -> 30",
        "soc.leak.correlation.per_complainant (number, soc.ron:56)",
        "Alone, it changes something else first: entry ",
        "this run never used it",
        "(source of a number, soc.ron:",
        "on which no run depends: `summary`.",
        "the same meaning (comments, layout, place): law.ron.",
        "Each of 4 differences was put into the run before alone",
        "Where the runs part chance is still the same",
        "soc.attributed/leak",
        "* victims",
    ]);
}

#[test]
fn a_number_that_this_run_never_uses_changes_nothing() {
    let temp = both();
    temp.edit(
        "s/soc.ron",
        "watch_clears: Range(p5: 0.3, p50: 0.6",
        "watch_clears: Range(p5: 0.3, p50: 0.5",
    );
    diff(&temp).ends(0).prints(&[
        "The runs are the same in 652 entries and 66 outcomes.",
        "soc.leak.containment.watch_clears (number, soc.ron:81)",
        "-> The number differs; this run never used it.",
    ]);
}

#[test]
fn layout_comments_and_spelling_are_no_difference() {
    let temp = both();
    temp.edit("s/insider.ron", "p5: 65000, p50: 68000", "p5: 65_000.0,\n p50: /* most */ 6.8e4");
    let ran = diff(&temp).ends(0).prints(&["What was different to begin with\n  nothing"]);
    assert!(ran.out.contains("the same meaning (comments, layout, place): insider.ron."));
}

#[test]
fn levers_answers_and_seeds_are_named() {
    let one = |args: &[&str], says: &[&str]| {
        differs(hotwash(&[&["diff", "insider-sale"], args].concat())).prints(says);
    };
    one(&["--set", "soc.analysts=7"], &["lever `soc.analysts` does it", "before 6 after 7"]);
    one(&["--decide", "open-case=generic-scam"], &["answer `open-case` does it"]);
    one(&["insider-sale#7"], &["the seed does it", "gave another ticket"]);
    one(
        &["insider-sale@deny"],
        &[
            "answer `open-case` does it",
            "open-case (answer, policies/deny.ron:8)",
            "Each of 8 differences was put into the run before alone",
            "after-exposure (answer, policies/deny.ron:16)",
            "The decision never comes up in this run.",
            "time-to-discover 17.8 never",
        ],
    );
    // A policy that sets the lever to what it is changes nothing.
    let same = hotwash(&["diff", "insider-sale", "--set", "soc.analysts=6"]).ends(0);
    assert!(same.out.contains("What was different to begin with\n  nothing"), "{}", same.out);
}

#[test]
fn a_recorded_run_is_played_again_as_it_was() {
    let temp = copied();
    let args = ["run", &temp.at("s"), "--policy", "deny", "--seed", "7", "--set", "soc.analysts=9"];
    let more = ["--decide", "advisory=generic", "--until", "T+90d", "--out", &temp.at("r")];
    hotwash(&[&args[..], &more[..]].concat()).ends(0);
    diff(&temp).ends(0).prints(&["policy deny, seed 7"]);
    hotwash(&["diff", &temp.at("r"), &temp.at("r")]).ends(0);
    // The other way round, and with one thing different.
    let found = finding(&["diff", &temp.at("s"), &temp.at("r"), "--set", "soc.analysts=8"]);
    assert_eq!(found["changes"][0]["path"], "soc.analysts");
    assert_eq!(found["changes"][0]["before"], "8");
    assert_eq!(found["changes"][0]["effect"]["first"]["is_all"], true);
    // A recorded run against itself with something else.
    let found = finding(&["diff", &temp.at("r"), "--seed", "8"]);
    assert_eq!(found["changes"][0]["sort"], "seed");
}

#[test]
fn decisions_and_injects_can_be_other_in_part() {
    let temp = both();
    temp.edit(
        "s/decisions.ron",
        "delay: \"1d\",\n            limit: \"7d\"",
        "delay: \"2d\",\n            limit: \"6d\"",
    );
    temp.edit("s/scenario.ron", "horizon: \"240d\"", "horizon: \"250d\"");
    differs(diff(&temp)).prints(&[
        "decision `decisions.first-complaints.when` does it",
        "before at customers.first-complaint + 1d after at customers.first-complaint + 2d",
        "decisions.first-complaints.limit (decision, decisions.ron:4)",
        "horizon (time, scenario.ron:",
        "The run before is earlier: the same comes in the run after as entry 141",
    ]);
    // An option less: the policy is read again for what is left. A translation of what is gone would be a mistake.
    let temp = both();
    std::fs::remove_dir_all(temp.at("s/lang")).unwrap();
    let text = temp.read("s/decisions.ron");
    let start = text.find("(name: \"plant-canaries\"").unwrap();
    let end = start + text[start..].find('\n').unwrap();
    temp.write("s/decisions.ron", format!("{}{}", &text[..start], &text[end..]));
    diff(&temp).ends(0).prints(&["after   correlate, interview, all-at-once"]);
}

#[test]
fn a_program_that_has_changed_is_found_out() {
    let temp = both();
    let journal = temp.read("r/journal.jsonl");
    let told = |journal: &str| {
        let manifest = temp.read("r/manifest.json");
        let at = manifest.find("\"journal_sha256\": \"").unwrap() + "\"journal_sha256\": \"".len();
        let hash = sha256(journal.as_bytes());
        temp.write("r/manifest.json", format!("{}{hash}{}", &manifest[..at], &manifest[at + 64..]));
        temp.write("r/journal.jsonl", journal);
    };
    // As if another program had played it.
    told(&journal.replacen("\"victims\":29", "\"victims\":31", 1));
    differs(diff(&temp)).prints(&[
        "part at entry 112, 2019-08-05 15:00: this program plays a recorded run otherwise",
        "This program plays the run before otherwise than it was recorded, from entry 112 on",
        "`victims` 31 -> 29",
    ]);
    told(&journal);
    diff(&temp).ends(0);
    // One digit of a copy changed: it is compared, and not played.
    temp.edit("r/scenario/soc.ron", "p50: 80", "p50: 81");
    diff(&temp).ends(0).prints(&["Nothing could be tried:", "changed since it was recorded"]);
}

#[test]
fn what_makes_no_sense_is_one_error() {
    let temp = both();
    let (run, nowhere) = (temp.at("r"), temp.at("nowhere"));
    let fails = |args: &[&str], code: i32, says: &[&str]| {
        hotwash(&[&["diff"], args].concat()).ends(code).says(says);
    };
    fails(&["insider-sale"], 2, &["name a second run", "--set or --decide"]);
    fails(&[&run, &run, "--seed", "3"], 2, &["both runs are recorded"]);
    fails(&["insider-sale", &nowhere], 6, &["no such file or folder"]);
    fails(&["insider-sale", "insider-sale@nope"], 2, &["no policy is called `nope`"]);
    fails(&["insider-sale@deny", "insider-sale", "--policy", "silent"], 2, &["give one of them"]);
    fails(&["insider-sale", "--set", "soc.analyst=3"], 2, &["did you mean `soc.analysts`?"]);
    fails(&["insider-sale", "--decide", "hunt=nope"], 2, &["no option of decision `hunt`"]);
    let journal = temp.read("r/journal.jsonl");
    temp.write("r/journal.jsonl", format!("{journal}\n"));
    fails(&[&run, "insider-sale"], 6, &["journal.jsonl: changed since it was recorded"]);
    temp.write("r/journal.jsonl", journal);
    temp.write("r/outcomes.json", "[]");
    fails(&[&run, "insider-sale"], 6, &["outcomes.json"]);
    fs::remove_file(temp.at("r/journal.jsonl")).unwrap();
    fails(&[&run, "insider-sale"], 6, &["journal.jsonl"]);
}
