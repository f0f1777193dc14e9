//! Agents with a script as the program shows them: what goes well, and a mistake that only a run shows.

use std::fs;
use std::path::Path;

use crate::support::{Temp, hotwash};

/// A copy of the example, in a folder of its own.
fn example() -> Temp {
    let temp = Temp::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/watched");
    for file in ["scenario.ron", "partner.rhai"] {
        temp.write(file, fs::read(from.join(file)).unwrap());
    }
    temp
}

#[test]
fn a_scripted_agent_is_checked_run_kept_and_replayed() {
    let temp = example();
    let (dir, kept) = (temp.at(""), temp.at("kept"));
    hotwash(&["check", &dir]).ends(0).prints(&["no mistakes", "7 plugins"]);
    hotwash(&["run", &dir, "--seed", "c", "--out", &kept]).ends(0).prints(&[
        "saw odd logins in its own logs: 1 by now",
        "told the public that it had warned the vendor",
        "partner-warnings",
    ]);
    assert!(find(&kept, "partner.rhai"), "the script is kept with the run");
    hotwash(&["replay", &kept]).ends(0);
    hotwash(&["show", &dir]).ends(0).prints(&["script.partner.may_publish"]);
}

fn find(dir: &str, name: &str) -> bool {
    fs::read_dir(dir).unwrap().flatten().any(|entry| {
        let path = entry.path();
        match path.is_dir() {
            true => find(&path.display().to_string(), name),
            false => path.ends_with(name),
        }
    })
}

#[test]
fn a_mistake_that_only_a_run_shows_is_the_scenarios_wherever_it_runs() {
    let temp = example();
    temp.edit("partner.rhai", "this.seen += 1;", "this.seen += this.sene;");
    let dir = temp.at("");
    hotwash(&["check", &dir]).ends(0);
    let place = "partner.rhai:16:23";
    let says = ["the agent `partner` cannot go on: there is no field `sene` here", place];
    let again = "it comes again with: hotwash run";
    hotwash(&["run", &dir, "--seed", "c"]).ends(3).says(&says).says(&[again, "--seed c", "at T+"]);
    hotwash(&["run", &dir, "--runs", "30"]).ends(3).says(&says).says(&[again]);
    let vary = ["--vary", "script.partner.may_publish=false,true"];
    let swept = [&["sweep", dir.as_str(), "--runs", "30", "--seed", "c"][..], &vary].concat();
    hotwash(&swept).ends(3).says(&says).says(&[again]);
    // At the table the exercise stops with the same words; what was played is kept.
    let typed = temp.write("typed.txt", "wait 120d\nwait 120d\nwait 120d\n".repeat(9));
    let played = hotwash(&["play", &dir, "--seed", "c", "--roles", "counsel", "--script", &typed]);
    assert_eq!(played.code, 3, "{played:?}");
    played.says(&says).says(&["what was played is kept"]);
}

#[test]
fn an_endless_loop_is_one_clear_error() {
    let temp = example();
    temp.edit("partner.rhai", "this.seen += 1;", "loop { this.seen += 1; }");
    let dir = temp.at("");
    hotwash(&["run", &dir, "--seed", "c"]).ends(3).says(&[
        "a call takes over 100000 steps",
        "partner.rhai:13:4",
        "look for a loop that does not end",
    ]);
}

#[test]
fn a_mistake_that_can_be_found_before_is_found_by_check() {
    let temp = example();
    temp.edit("partner.rhai", "chance(\"notice\"", "chance(\"notise\"");
    hotwash(&["check", &temp.at("")])
        .ends(3)
        .says(&["no stream of this agent is called `notise`", "did you mean `notice`?"]);
}
