//! Directories of studies: `--out`, `--resume`, `--shard` and `merge`, with processes that are stopped,
//! killed and starved. However a study came about, its directory has the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use crate::support::{Ran, Temp, finish, hotwash, program};

/// A study that takes about a second.
const STUDY: [&str; 5] = ["compare", "departing-admin", "--runs", "1010", "--seed=calm-otter"];

type Contents = BTreeMap<String, Vec<u8>>;

/// The files of a directory with what is in them.
fn contents(dir: &Path) -> Contents {
    let entries = fs::read_dir(dir).unwrap().flatten();
    entries.map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap())).collect()
}

/// The study's directory when nothing comes in between, and what it prints.
fn undisturbed() -> &'static (Contents, String) {
    static DONE: OnceLock<(Contents, String)> = OnceLock::new();
    DONE.get_or_init(|| {
        let temp = Temp::new();
        let ran = begin(&temp, &["--threads", "1"]).ends(0);
        (contents(&temp.path().join("d")), ran.out)
    })
}

fn arguments(temp: &Temp, more: &[&str]) -> Vec<String> {
    let out = temp.at("d");
    let words = STUDY.iter().copied().chain(["--events", "2", "--out", &out]).chain(more.to_vec());
    words.map(str::to_owned).collect()
}

fn begin(temp: &Temp, more: &[&str]) -> Ran {
    hotwash(&arguments(temp, more))
}

fn start(temp: &Temp) -> Child {
    let mut command = program();
    command.args(arguments(temp, &["--threads", "2"]));
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn resume(temp: &Temp) -> Ran {
    hotwash(&["compare", "--resume", &temp.at("d"), "--threads", "3"])
}

#[track_caller]
fn is_whole(temp: &Temp, ran: &Ran) {
    let (files, out) = undisturbed();
    let ours = contents(&temp.path().join("d"));
    assert_eq!(ours.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>());
    for (name, bytes) in &ours {
        assert!(*bytes == files[name], "{name} differs");
    }
    assert_eq!(ran.out, *out);
}

/// Waits until a file has so many bytes, or the process has ended.
fn wait_for(child: &mut Child, temp: &Temp, file: &str, bytes: u64) {
    let path = temp.path().join("d").join(file);
    for _ in 0..20_000 {
        let is_there = fs::metadata(&path).is_ok_and(|m| m.len() >= bytes);
        if is_there || child.try_wait().unwrap().is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("{file} does not grow to {bytes} bytes");
}

#[test]
fn a_directory_has_everything_and_nothing_half_written() {
    let (files, out) = undisturbed();
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let tables = ["decisions", "events", "metrics", "runs", "settings"];
    let mut expected = vec!["README.md", "finding.json", "finding.txt", "study.json"];
    let both = tables.map(|t| [format!("{t}.csv"), format!("{t}.parquet")]);
    expected.extend(both.iter().flatten().map(String::as_str));
    expected.sort_unstable();
    assert_eq!(names, expected);
    let text = |name: &str| std::str::from_utf8(&files[name]).unwrap().to_owned();
    assert!(text("study.json").contains("\"state\": \"done\""));
    assert_eq!(text("runs.csv").lines().count(), 1 + 1010 * 3);
    assert!(!text("finding.txt").contains('\u{1b}'));
    // Where it went and how the work was done is not part of what was found.
    assert!(out.contains("hotwash compare departing-admin --runs 1010 --seed calm-otter\n"));
    for table in tables {
        assert!(text("README.md").contains(&format!("### `{table}`")), "{table}");
    }
    // The journals are those that `run` tells.
    let policy = ["--policy", "trusting", "--replication", "1", "--format", "jsonl"];
    let run = ["run", "departing-admin", "--seed", "calm-otter"].iter().chain(&policy);
    let journal = hotwash(&run.collect::<Vec<_>>()).ends(0).out;
    let events = text("events.csv");
    let of_run = events.lines().filter(|l| l.contains(",trusting,trusting,1,")).count();
    assert_eq!(of_run, journal.lines().count() - 1);
}

#[test]
fn a_study_that_is_killed_goes_on_to_the_same_bytes() {
    let temp = Temp::new();
    for (file, bytes) in
        [("batches.log", 60_000), ("batches.log", 400_000), ("metrics.csv.part", 1_000_000)]
    {
        let mut child = if temp.path().join("d").exists() {
            let mut again = program();
            again.args(["compare", "--resume", &temp.at("d"), "--threads", "2"]);
            again.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        } else {
            start(&temp)
        };
        wait_for(&mut child, &temp, file, bytes);
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success(), "it was done before it was killed");
        assert!(temp.read("d/study.json").contains("\"state\": \"running\""));
    }
    // All batches were there when the tables were begun.
    let ran = resume(&temp).ends(0).says(&["going on with ", ": 32 batches of runs are there"]);
    is_whole(&temp, &ran);
    // What is done is not done again.
    let again = resume(&temp).ends(0).says(&["is done already"]);
    // It is as it was written, for a page of its own width.
    assert_eq!(again.out, temp.read("d/finding.txt"));
    assert!(contents(&temp.path().join("d")) == undisturbed().0);
    let json = hotwash(&["compare", "--resume", &temp.at("d"), "--format", "json"]).ends(0);
    assert_eq!(json.out, temp.read("d/finding.json"));
    hotwash(&["compare", "--resume", &temp.at("d"), "--report", "x.html"]).ends(2).says(&[
        "is done",
        "hotwash compare departing-admin",
        "--report x.html",
    ]);
}

#[cfg(unix)]
#[test]
fn a_study_that_is_stopped_says_so_and_goes_on_to_the_same_bytes() {
    let temp = Temp::new();
    let mut child = start(&temp);
    wait_for(&mut child, &temp, "batches.log", 60_000);
    // Meanwhile nobody else may work there.
    hotwash(&["compare", "--resume", &temp.at("d")]).ends(6).says(&["another process is at work"]);
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(7));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("stopped after ") && err.contains("--resume"), "{err}");
    assert!(!String::from_utf8(output.stdout).unwrap().is_empty());
    // What was done until then is in the tables, and they say that it is not all.
    assert!(temp.read("d/README.md").contains("**Stopped before all worlds were met.**"));
    assert!(temp.read("d/finding.json").contains("\"is_partial\": true"));
    let rows = temp.read("d/runs.csv").lines().count() - 1;
    assert!(rows > 0 && rows < 1010 * 3 && rows.is_multiple_of(96), "{rows}");
    let parquet = fs::read(temp.path().join("d/runs.parquet")).unwrap();
    assert!(parquet.windows(18).any(|w| w == b"hotwash.is_partial"));
    is_whole(&temp, &resume(&temp).ends(0));
}

#[test]
fn a_log_that_was_damaged_costs_only_what_is_lost() {
    let temp = Temp::new();
    for damage in [0, 1, 2] {
        let mut child = start(&temp);
        wait_for(&mut child, &temp, "batches.log", 150_000);
        child.kill().unwrap();
        child.wait().unwrap();
        let path = temp.path().join("d/batches.log");
        let mut bytes = fs::read(&path).unwrap();
        match damage {
            0 => bytes.truncate(100_001),
            1 => bytes[70_000] ^= 4,
            _ => bytes = b"this is no log".repeat(1000),
        }
        fs::write(&path, bytes).unwrap();
        is_whole(&temp, &resume(&temp).ends(0));
        fs::remove_dir_all(temp.path().join("d")).unwrap();
    }
}

/// A disk that is full: files may grow to so many blocks of 512 bytes. The signal that comes with it is
/// ignored, so that writing fails as it does on a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_one_error_and_the_study_goes_on_afterwards() {
    for (blocks, file) in [("300", "batches.log"), ("3000", "metrics.csv")] {
        let temp = Temp::new();
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, "sh", program().get_program().to_str().unwrap()]);
        let ran = finish(shell.args(arguments(&temp, &[]))).ends(6).says(&[file]);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        is_whole(&temp, &resume(&temp).ends(0));
    }
}

#[test]
fn places_that_cannot_be_taken_are_one_error() {
    let temp = Temp::new();
    let short = |out: &str| {
        hotwash(&[
            "compare",
            "departing-admin",
            "--runs",
            "40",
            "--policies",
            "trusting,passwords-only",
            "--out",
            out,
        ])
    };
    temp.write("full/mine.txt", "mine");
    short(&temp.at("full")).ends(6).says(&["exists already and is not empty", "full"]);
    short(&temp.at("full/mine.txt")).ends(6).says(&["mine.txt"]);
    short(&temp.at("full/mine.txt/d")).ends(6);
    short("").ends(2);
    if cfg!(target_os = "linux") {
        let ran = short("/proc/hotwash").ends(6);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    // An empty one will do, and one whose parents are not there.
    fs::create_dir(temp.path().join("empty")).unwrap();
    short(&temp.at("empty")).ends(0);
    short(&temp.at("a/b")).ends(0);
    short(&temp.at("empty")).ends(6).says(&["there is a study in it", "--resume"]);
    // A mistake in what is asked for takes no place.
    hotwash(&["compare", "departing-admin", "--set", "soc.analysts=x", "--out", &temp.at("c")])
        .ends(2);
    assert_eq!(temp.names(), ["a", "empty", "full"]);
}

/// A study with a scenario and a policy of one's own, killed in the middle.
fn killed() -> Temp {
    let temp = Temp::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/departing-admin");
    for entry in fs::read_dir(&from).unwrap().flatten().filter(|e| e.path().is_file()) {
        let name = entry.file_name().into_string().unwrap();
        // Expectations name policies, which are left behind.
        if name != "expectations.ron" {
            temp.write(&format!("s/{name}"), fs::read(entry.path()).unwrap());
        }
    }
    let policy = fs::read_to_string(from.join("policies/trusting.ron")).unwrap();
    for name in ["mine", "other"] {
        temp.write(&format!("{name}.ron"), policy.replace("\"trusting\"", &format!("\"{name}\"")));
    }
    let mut command = program();
    let policies = format!("{},{}", temp.at("mine.ron"), temp.at("other.ron"));
    command.args(["compare", &temp.at("s"), "--policies", &policies]);
    command.args(["--runs", "3000", "--out", &temp.at("d")]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait_for(&mut child, &temp, "batches.log", 20_000);
    child.kill().unwrap();
    child.wait().unwrap();
    temp
}

#[test]
fn a_study_whose_files_have_changed_does_not_go_on() {
    let temp = killed();
    let resume = || hotwash(&["compare", "--resume", &temp.at("d")]);
    let (manifest, policy) = (temp.read("d/study.json"), temp.read("mine.ron"));
    temp.write("mine.ron", policy.replace("summary: \"", "summary: \"x"));
    resume().ends(5).says(&["mine.ron has changed", "--out NEW"]);
    temp.write("mine.ron", &policy);
    temp.edit("s/soc.ron", "(", "( ");
    resume().ends(5).says(&["scenario departing-admin has changed"]);
    temp.edit("s/soc.ron", "( ", "(");
    for (from, to, code, says) in [
        ("\"hotwash\": \"0.", "\"hotwash\": \"9.", 5, "the version of hotwash was 9."),
        ("\"streams\": ", "\"streams\": 9", 5, "the version of streams was 9"),
        ("\"case\"", "\"insurer\"", 5, "the list of plugins was insurer"),
        ("\"format\": 1", "\"format\": 99", 6, "format 99; this program reads format 1"),
        ("\"--runs\"", "\"--rums\"", 6, "cannot be read: unexpected argument '--rums'"),
        ("\"compare\"", "\"sweep\"", 2, "holds a `sweep`, not a `compare`"),
        ("\"seed\"", "\"sead\"", 6, "study.json: unknown field `sead`"),
    ] {
        temp.edit("d/study.json", from, to);
        resume().ends(code).says(&[says]);
        temp.write("d/study.json", &manifest);
    }
    for text in ["", "{}", "null", "\0", "{\"format\": 1}"] {
        temp.write("d/study.json", text);
        resume().ends(6).says(&["study.json: "]);
    }
    temp.write("d/study.json", &manifest);
    resume().ends(0);
}

#[test]
fn what_is_said_beside_resume_is_little() {
    let temp = Temp::new();
    let at = temp.at("d");
    let resume = |more: &[&str]| hotwash(&[&["compare", "--resume", &at], more].concat());
    resume(&[]).ends(6).says(&["there is no study.json", "--out"]);
    hotwash(&["compare", "departing-admin", "--runs", "40", "--out", &at]).ends(0);
    resume(&["--runs", "50"]).ends(2).says(&["--runs cannot be given with --resume", "--threads"]);
    resume(&["--seed=--threads"]).ends(2).says(&["--seed cannot be given with --resume"]);
    resume(&["departing-admin"]).ends(2).says(&["a scenario cannot be given with --resume"]);
    resume(&["--out", &temp.at("e")]).ends(2);
    hotwash(&["sweep", "--resume", &at]).ends(2).says(&["holds a `compare`, not a `sweep`"]);
    hotwash(&["--color", "never", "compare", "--resume", &at, "--threads", "1"]).ends(0);
}

fn part(temp: &Temp, index: u64, of: u64, more: &[&str]) -> Ran {
    let (shard, out) = (format!("{index}/{of}"), temp.at(&format!("p{index}")));
    let words = ["--events", "2", "--shard", &shard, "--out", &out];
    hotwash(&[&STUDY[..], &words, more].concat())
}

fn merge(temp: &Temp, parts: &[&str]) -> Ran {
    let parts: Vec<String> = parts.iter().map(|name| temp.at(name)).collect();
    let words = ["merge".to_owned()].into_iter().chain(parts);
    let out = ["--out".to_owned(), temp.at("d")];
    hotwash(&words.chain(out).collect::<Vec<_>>())
}

#[test]
fn parts_make_the_whole() {
    let temp = Temp::new();
    for index in 1..=3 {
        let ran = part(&temp, index, 3, &["--threads", &index.to_string()]).ends(0);
        assert_eq!(ran.out, "", "a part prints no finding");
        assert!(ran.err.contains(&format!("part {index} of 3 is done")), "{}", ran.err);
    }
    // A part that is done and is gone on with stays as it is.
    let before = contents(&temp.path().join("p2"));
    assert_eq!(before.keys().collect::<Vec<_>>(), ["batches.log", "study.json"]);
    hotwash(&["compare", "--resume", &temp.at("p2")]).ends(0);
    assert!(before == contents(&temp.path().join("p2")));
    let ran = merge(&temp, &["p3", "p1", "p2"]).ends(0).says(&[": 32 batches of runs are there"]);
    is_whole(&temp, &ran);
    let again = merge(&temp, &["p1", "p2", "p3"]).ends(6);
    again.says(&["there is a study in it; name a new directory"]);
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let temp = Temp::new();
    let short = |name: &str, words: &str| {
        let line = format!("compare departing-admin --out {} {words}", temp.at(name));
        hotwash(&line.split_whitespace().collect::<Vec<_>>()).ends(0);
    };
    short("a", "--shard 1/2 --runs 100");
    short("b", "--shard 2/2 --runs=100 --threads 1");
    short("other", "--shard 2/2 --runs 101");
    short("third", "--shard 2/3 --runs 100");
    short("whole", "--runs 100");
    for (parts, code, says) in [
        (&["a"][..], 2, "parts are missing: 2/2"),
        (&["a", "a", "b"], 2, "are both part 1"),
        (&["a", "other"], 5, "are not of one study: what was asked for was"),
        (&["a", "third"], 2, "is one of 2 parts and"),
        (&["a", "whole"], 2, "is not a part: it was made without --shard"),
        (&["a", "nowhere"], 6, "there is no study.json"),
    ] {
        merge(&temp, parts).ends(code).says(&[says]);
        assert!(!temp.path().join("d").exists());
    }
    let (log, manifest) = (temp.path().join("b/batches.log"), temp.read("b/study.json"));
    let whole = fs::read(&log).unwrap();
    fs::write(&log, &whole[..whole.len() - 1]).unwrap();
    merge(&temp, &["a", "b"]).ends(6).says(&["it has lost batches", "do this part again"]);
    fs::write(&log, &whole).unwrap();
    temp.edit("b/study.json", "\"done\"", "\"running\"");
    merge(&temp, &["a", "b"]).ends(2).says(&["is not done yet", "--resume"]);
    temp.write("b/study.json", &manifest);
    temp.edit("b/study.json", "\"scenario_sha256\": \"", "\"scenario_sha256\": \"0");
    merge(&temp, &["a", "b"]).ends(5).says(&["scenario departing-admin has changed"]);
    temp.write("b/study.json", &manifest);
    merge(&temp, &["b", "a"]).ends(0);
}

#[test]
fn what_cannot_be_done_in_parts_says_so() {
    let temp = Temp::new();
    let at = temp.at("d");
    let parts = |words: &[&str]| hotwash(&[words, &["--shard", "1/2", "--out", &at]].concat());
    for command in ["sensitivity", "frontier"] {
        parts(&[command, "departing-admin"]).ends(2).says(&["cannot be done in parts"]);
    }
    parts(&["compare", "departing-admin", "--report", "x.html"]).ends(2).says(&["hotwash merge"]);
    parts(&["compare", "departing-admin", "--precision", "cost-vendor=±9"]).ends(2);
    hotwash(&["compare", "departing-admin", "--shard", "1/2"]).ends(2).says(&["--out"]);
    hotwash(&["value", "departing-admin", "--events", "3", "--out", &at])
        .ends(2)
        .says(&["value has no journals to write"]);
    for shard in ["0/2", "3/2", "1", "a/b", "1/0"] {
        let ran = hotwash(&["compare", "departing-admin", "--shard", shard, "--out", &at]).ends(2);
        ran.says(&["such as 1/4 up to 4/4"]);
    }
    assert!(!temp.path().join("d").exists());
}
