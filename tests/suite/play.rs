//! Scripts that play each shipped scenario through: their transcripts are snapshots.

use std::fs;
use std::path::{Path, PathBuf};

use hotwash::{Failure, registry, transcript};
use insta::assert_snapshot;

/// Futures of the hot wash: few where a run is long; the figures are the same every time.
fn futures(scenario: &str) -> u64 {
    if scenario == "departing-admin" { 64 } else { 4 }
}

fn script(name: &str) -> (PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scripts/{name}.txt"));
    let text = fs::read_to_string(&path).unwrap();
    (path, text)
}

fn played(scenario: &str, text: &str) -> Result<String, Failure> {
    let file = format!("{scenario}.txt");
    let text = transcript(&registry(), scenario, (&file, text), futures(scenario))?;
    Ok(anstream::adapter::strip_str(&text).to_string())
}

fn keep(scenario: &str) {
    let text = played(scenario, &script(scenario).1).unwrap_or_else(|e| panic!("{}", e.message));
    // What is typed may be longer than the page; what is printed may not.
    let long = text.lines().filter(|l| l.chars().count() > 80 && !l.contains("> "));
    let long: Vec<&str> = long.filter(|l| !l.starts_with("Why? ")).collect();
    assert!(long.is_empty(), "{long:#?}");
    let (before, after) = text.split_once("\nENDEX, ").unwrap();
    assert!(!before.contains("# truth"), "{scenario} tells the truth too early");
    assert!(after.contains("# since"), "{scenario} never tells the truth");
    insta::with_settings!({snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        assert_snapshot!(format!("play@{scenario}"), text);
    });
}

#[test]
fn a_leaver_is_seen_off() {
    keep("departing-admin");
}

#[test]
fn a_desk_leaks() {
    keep("insider-sale");
}

#[test]
fn access_is_for_sale() {
    keep("access-broker");
}

#[test]
fn a_year_is_terrible() {
    keep("annus-horribilis");
}

#[test]
fn a_customer_warns() {
    keep("support-portal");
}

#[test]
fn seeds_are_stolen() {
    keep("token-seeds");
}

#[test]
fn a_second_customer_warns() {
    keep("support-portal-warned");
}

#[test]
fn every_shipped_scenario_has_a_script() {
    for name in hotwash::scenarios() {
        assert!(script(name).0.exists(), "{name}");
    }
}

#[test]
fn a_transcript_is_the_same_every_time() {
    let text = script("departing-admin").1;
    assert_eq!(
        played("departing-admin", &text).unwrap(),
        played("departing-admin", &text).unwrap()
    );
}

#[test]
fn a_wrong_line_is_named() {
    let wrong = |text: &str| played("departing-admin", text).unwrap_err();
    assert_eq!(
        wrong("# c\n\nreveiw\n").message,
        "departing-admin.txt:3: `reveiw` is neither an option nor a command: did you mean `review`? \
         type a number from 1 to 3, or `help`"
    );
    assert!(wrong("1\nsix\n").message.contains("txt:2: how sure you are is a number"));
    assert!(wrong("1 4\nwait 3\n").message.contains("txt:2: duration `3` has no unit"));
    assert!(wrong("1 4\nback 9\n").message.contains("txt:2: `9` was not decided"));
    let short = wrong("1 4 as before\n");
    assert!(short.message.contains("ends while a decision is open: It is the last day."));
    assert!(short.hint.unwrap().contains("quit"));
    assert!(wrong("1\n4\n").message.contains("how sure you are, and why"));
    let late = wrong("end now\nknown\n").message;
    assert_eq!(late, "departing-admin.txt:2: the exercise has ended before this line");
}

#[test]
fn quit_leaves_before_the_end() {
    let text = played("departing-admin", "1 4 as before\nquit\n").unwrap();
    assert!(text.ends_with("go on> quit\n"), "{text}");
    assert!(!text.contains("ENDEX"));
}
