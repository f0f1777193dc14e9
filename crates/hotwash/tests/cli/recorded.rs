//! `run --out`, `why` and `replay`.

use std::fs;

use crate::support::{Ran, Temp, copied, hotwash, recorded};

fn replay(temp: &Temp) -> Ran {
    hotwash(&["replay", &temp.at("r")])
}

#[test]
fn a_run_is_kept_whole_and_replays() {
    let temp = recorded();
    assert_eq!(temp.names(), ["r"], "nothing is left beside it");
    for file in ["manifest.json", "journal.jsonl", "outcomes.json"] {
        assert!(!temp.read(&format!("r/{file}")).is_empty());
    }
    assert!(temp.read("r/scenario/scenario.ron").contains("insider-sale"));
    assert!(temp.read("r/library/regimes.ron").contains("regimes"));
    replay(&temp).ends(0).prints(&["the same: ", "sha256"]);
    // A copy of it elsewhere replays too.
    fs::rename(temp.path().join("r"), temp.path().join("q")).unwrap();
    hotwash(&["replay", &temp.at("q")]).ends(0);
}

#[test]
fn runs_with_choices_replay() {
    let temp = copied();
    let text = temp.read("s/policies/deny.ron").replacen("\"deny\"", "\"mine\"", 1);
    let policy = temp.write("mine.ron", text);
    // Files of the scenario's own may be called like those from elsewhere.
    temp.write("s/library/regimes.ron", "()");
    temp.write("s/policy/mine.ron", "()");
    let more = "include: [\"library/regimes.ron\", \"policy/mine.ron\", ";
    temp.edit("s/scenario.ron", "include: [", more);
    let (scenario, out) = (temp.at("s"), temp.at("r"));
    let args = ["run", &scenario, "--policy", &policy, "--seed", "-x", "--set", "soc.analysts=9"];
    let more = ["--decide", "advisory=generic", "--law", "2026", "--until", "T+90d", "--out", &out];
    let ran = hotwash(&[&args[..], &more[..]].concat());
    ran.ends(0).says(&["kept in ", "hotwash replay "]);
    assert!(temp.read("r/policy/mine.ron").contains("\"mine\""));
    replay(&temp).ends(0);
}

#[test]
fn an_existing_directory_is_left_alone() {
    let temp = Temp::new();
    temp.write("r/mine.txt", "mine");
    for name in ["r", "r/", "r/mine.txt", "r/."] {
        hotwash(&["run", "insider-sale", "--out", &temp.at(name)])
            .ends(6)
            .says(&["it exists already", "name a new directory"]);
    }
    assert_eq!(temp.read("r/mine.txt"), "mine");
    assert_eq!((temp.names().len(), fs::read_dir(temp.at("r")).unwrap().count()), (1, 1));
}

#[test]
fn a_place_that_cannot_be_written_is_one_error() {
    let temp = Temp::new();
    temp.write("file", "");
    for name in ["file/r", "a/..", ".."] {
        let ran = hotwash(&["run", "insider-sale", "--out", &temp.at(name)]).ends(6);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    assert_eq!(temp.names(), ["file"]);
    hotwash(&["run", "insider-sale", "--out", ""]).ends(2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_system_that_refuses_is_one_error() {
    let ran = hotwash(&["run", "insider-sale", "--out", "/proc/hotwash"]).ends(6);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

#[test]
fn why_tells_causes_and_effects() {
    let temp = recorded();
    let why = |entry: &str| hotwash(&["why", &temp.at("r"), entry]);
    why("1").ends(0).prints(&["What led to it", "What followed from it", "   1 2019-03-25"]);
    let journal = temp.read("r/journal.jsonl");
    let milestone = journal.split("\"milestones\":[\"").nth(1).unwrap().split('"').next().unwrap();
    why(milestone).ends(0).prints(&["What led to it"]);
    for entry in ["0", "999999"] {
        why(entry).ends(2).says(&["no entry has number", "entries run from 1 to "]);
    }
    why("-1").ends(2);
    why(&milestone[..milestone.len() - 1]).ends(2).says(&["did you mean", milestone]);
    why("xyzzyxyzzy").ends(2).says(&["known: "]);
    why("").ends(2);
    hotwash(&["why", &temp.at("nowhere"), "1"])
        .ends(6)
        .says(&["manifest.json", "run SCENARIO --out"]);
}

#[test]
fn a_changed_journal_differs_from_its_first_changed_entry_on() {
    let temp = recorded();
    let whole = temp.read("r/journal.jsonl");
    let lines: Vec<&str> = whole.lines().collect();
    let with = |n: usize, text: &str| {
        let mut lines = lines.clone();
        lines[n - 1] = text;
        lines.join("\n") + "\n"
    };
    let shorter = lines[..lines.len() - 1].join("\n") + "\n";
    let last = format!("from entry {} on", lines.len());
    for (text, says) in [
        (with(7, &lines[6].replace("\"ms\":", "\"ms\":1")), "from entry 7 on"),
        (with(7, "not even json"), "from entry 7 on"),
        (with(7, &lines[6].replace("\"n\":7", "\"n\":8")), "from entry 7 on"),
        (shorter, last.as_str()),
        (format!("{whole}{{}}\n"), "(no such entry)"),
        (String::new(), "from entry 1 on"),
        (whole.trim_end().to_owned(), "a file was changed"),
    ] {
        temp.write("r/journal.jsonl", text);
        replay(&temp).ends(5).says(&[says]);
    }
    temp.write("r/journal.jsonl", [whole.as_bytes(), b"\xff\n"].concat());
    replay(&temp).ends(5);
    temp.write("r/journal.jsonl", &whole);
    replay(&temp).ends(0);
}

#[test]
fn other_changed_files_differ_too() {
    for (file, from, to) in [
        ("scenario/soc.ron", "(", "( "),
        ("scenario/policies/deny.ron", "(", "( "),
        ("library/regimes.ron", "(", "( "),
        ("outcomes.json", "\"value\": ", "\"value\": 1"),
        ("manifest.json", "\"seed\": \"cold-coffee\"", "\"seed\": \"other\""),
        ("manifest.json", "\"entries\": ", "\"entries\": 1"),
        ("manifest.json", "\"journal_sha256\": \"", "\"journal_sha256\": \"0"),
    ] {
        let temp = recorded();
        temp.edit(&format!("r/{file}"), from, to);
        replay(&temp).ends(5);
    }
}

#[test]
fn what_this_version_cannot_read_is_said() {
    let temp = recorded();
    temp.edit("r/manifest.json", "\"format\": 1", "\"format\": 99");
    for args in [vec!["replay"], vec!["why"]] {
        let (dir, entry) = (temp.at("r"), "1".to_owned());
        let rest = if args[0] == "why" { vec![dir, entry] } else { vec![dir] };
        let args: Vec<String> = args.into_iter().map(str::to_owned).chain(rest).collect();
        hotwash(&args).ends(6).says(&["format 99; this program reads format 1"]);
    }
    for text in ["", "{}", "[]", "null", "not json", "{\"format\": 1}", "\0"] {
        temp.write("r/manifest.json", text);
        replay(&temp).ends(6).says(&["manifest.json: "]);
    }
    fs::remove_file(temp.at("r/manifest.json")).unwrap();
    replay(&temp).ends(6).says(&["name a directory written by"]);
}

#[test]
fn a_journal_whose_causes_run_in_circles_is_refused() {
    let temp = recorded();
    let whole = temp.read("r/journal.jsonl");
    let why = |from: &str, to: &str| {
        temp.write("r/journal.jsonl", &whole);
        temp.edit("r/journal.jsonl", from, to);
        hotwash(&["why", &temp.at("r"), "1"]).ends(6)
    };
    why("\"cause\":0", "\"cause\":1").says(&["line 1: entry 1 is caused by a later one"]);
    why("\"n\":2,", "\"n\":3,").says(&["line 2: entry 3 stands out of order"]);
    why("{\"n\":2,", "{\"m\":2,").says(&["line 2: "]);
}

#[test]
fn a_long_chain_of_causes_is_told() {
    let temp = recorded();
    let first = temp.read("r/journal.jsonl").lines().next().unwrap().to_owned();
    let text: String = (1..50_000)
        .map(|n| {
            let line = first.replace("\"n\":1,", &format!("\"n\":{n},"));
            line.replace("\"cause\":0", &format!("\"cause\":{}", n - 1)) + "\n"
        })
        .collect();
    temp.write("r/journal.jsonl", text);
    hotwash(&["why", &temp.at("r"), "1"]).ends(0).prints(&["and 49958 more"]);
}

#[test]
fn a_run_from_a_stranger_commands_no_terminal_and_reads_nothing_else() {
    let temp = recorded();
    temp.edit("r/journal.jsonl", "\"says\":\"", "\"says\":\"\\u001b[2J");
    let told = hotwash(&["why", &temp.at("r"), "1"]).ends(0);
    assert!(!told.out.contains('\u{1b}'));
    temp.edit("r/manifest.json", "\"path\": \"scenario.ron\"", "\"path\": \"../../mine.ron\"");
    replay(&temp).ends(6).says(&["outside of the directory"]);
}
