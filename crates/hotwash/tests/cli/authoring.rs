//! `new`, `fmt` and `check --watch`: a scenario is begun, laid out, and checked while it is written.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::support::{Ran, Temp, copied, finish, hotwash, line, program};

/// Runs the program in a folder.
fn within(folder: &Path, args: &str) -> Ran {
    finish(program().current_dir(folder).args(args.split_whitespace()))
}

#[test]
fn a_new_scenario_checks_runs_compares_and_is_formatted() {
    let temp = Temp::new();
    let made =
        within(temp.path(), "new night-shift").ends(0).prints(&["hotwash check night-shift"]);
    // What it tells to type next can be typed.
    let next: Vec<&str> =
        made.out.lines().filter_map(|l| l.trim().strip_prefix("hotwash ")).collect();
    assert_eq!(next.len(), 3, "{}", made.out);
    for command in next {
        let command = command.split("  ").next().unwrap().replace("200", "20");
        within(temp.path(), &command).ends(0).prints(&["night-shift: "]);
    }
    within(temp.path(), "fmt --check night-shift").ends(0);
    let shown = within(temp.path(), "check night-shift").ends(0);
    assert_eq!(shown.err, "", "a new scenario leaves nothing to note");
    assert!(temp.read("night-shift/scenario.ron").lines().count() < 150);
    assert!(!temp.read("night-shift/README.md").contains("new-scenario"));
    // Policies differ, and every decision is answered in the story.
    let quiet = within(temp.path(), "run night-shift --policy quiet").ends(0);
    let attentive = within(temp.path(), "run night-shift --policy attentive").ends(0);
    for decision in ["odd-complaints", "search", "warn"] {
        let word = format!("decided {decision}:");
        assert!(flat(&quiet.out).contains(&word) && flat(&attentive.out).contains(&word), "{word}");
    }
    assert_ne!(quiet.out, attentive.out);
    assert!(flat(&quiet.out).contains("my mother's computer"));
}

/// A page as one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_copy_is_the_same_world_under_another_name() {
    let temp = Temp::new();
    for name in ["insider-sale", "annus-horribilis"] {
        let copy = format!("my-{name}");
        within(temp.path(), &format!("new {copy} --from {name} --dir deep/er")).ends(0);
        let copy = format!("deep/er/{copy}");
        within(temp.path(), &format!("check {copy}")).ends(0);
        let run = |what: &str| {
            within(temp.path(), &format!("run {what} --until T+20d --format jsonl")).ends(0).out
        };
        assert!(run(&copy) == run(name), "{name}");
    }
    within(temp.path(), "compare deep/er/my-insider-sale --policies historical,deny --runs 3")
        .ends(0);
    // A scenario of one's own is copied with what the first copy brought, and nothing else.
    temp.write("deep/er/my-insider-sale/.hidden.ron", "()");
    temp.write("deep/er/my-insider-sale/clip.mp4", "x");
    within(temp.path(), "new third --from deep/er/my-insider-sale")
        .ends(0)
        .prints(&["hindcast.ron"]);
    within(temp.path(), "check third").ends(0).prints(&["third: no mistakes", "rows on record"]);
    assert!(!temp.path().join("third/clip.mp4").exists());
    assert!(!temp.path().join("third/.hidden.ron").exists());
}

#[test]
fn what_cannot_be_begun_leaves_nothing() {
    let temp = copied();
    temp.edit("s/scenario.ron", "version: 1", "version: 2");
    temp.write("taken/mine.txt", "mine");
    for (args, code, says) in [
        ("new Night-Shift", 2, "for instance `night-shift`"),
        ("new ../outside", 2, "for instance `outside`"),
        ("new insider-sale", 2, "for instance `my-insider-sale`"),
        ("new taken", 6, "taken: exists already"),
        ("new x --from nothing", 2, "no scenario is called `nothing`"),
        ("new x --from s", 3, "version"),
        ("new x --from s/scenario.ron", 3, "version"),
        ("new x --dir taken/mine.txt", 6, "taken/mine.txt/x"),
    ] {
        within(temp.path(), args).ends(code).says(&[says]);
    }
    assert_eq!(temp.names(), ["s", "taken"]);
    assert_eq!(temp.read("taken/mine.txt"), "mine");
    temp.edit("s/scenario.ron", "version: 2", "version: 1");
    within(temp.path(), "new x --from s/scenario.ron").ends(2).says(&["give the folder's path"]);
}

#[test]
fn fmt_names_what_it_changes_and_changes_no_run() {
    let temp = copied();
    let before = within(temp.path(), "run s --until T-700d --format jsonl").ends(0).out;
    within(temp.path(), "fmt --check").ends(0).prints(&["files are formatted"]);
    let good = temp.read("s/scenario.ron");
    let rough = good.replace("\n    ", "\n").replace("version: 1,", "version :1 ,");
    temp.write("s/scenario.ron", &rough);
    let found = within(temp.path(), "fmt --check s")
        .ends(5)
        .says(&["error: 1 of ", " files not formatted"]);
    assert!(
        found.err.contains("s/scenario.ron") && !found.err.contains("case.ron"),
        "{}",
        found.err
    );
    assert_eq!(temp.read("s/scenario.ron"), rough, "a check changes nothing");
    let done = within(temp.path(), "fmt").ends(0).prints(&[" files formatted:\n  s/scenario.ron"]);
    assert_eq!(done.err, "");
    assert_eq!(temp.read("s/scenario.ron"), good);
    assert_eq!(within(temp.path(), "run s --until T-700d --format jsonl").ends(0).out, before);
    assert_eq!(temp.names(), ["s"]);
}

#[test]
fn fmt_leaves_what_it_cannot_read() {
    let temp = Temp::new();
    temp.write("a/broken.ron", "(a: 1\n b: 2)");
    temp.write("a/good.ron", "(a:1)");
    temp.write("a/.hidden/x.ron", "(a:1)");
    temp.write("a/target/x.ron", "(a:1)");
    within(temp.path(), "fmt a").ends(3).says(&[
        "a/broken.ron:2:2",
        "expected `,`",
        "1 of 2 files",
    ]);
    assert_eq!(temp.read("a/broken.ron"), "(a: 1\n b: 2)");
    assert_eq!(temp.read("a/good.ron"), "(\n    a: 1,\n)\n");
    assert_eq!(temp.read("a/target/x.ron"), "(a:1)");
    temp.write("b/latin.ron", b"(a: \"\xe9\")");
    within(temp.path(), "fmt b").ends(6).says(&["b/latin.ron: it is not UTF-8"]);
    within(temp.path(), "fmt c").ends(6).says(&["c: "]);
    fs::create_dir(temp.path().join("d")).unwrap();
    within(temp.path(), "fmt d").ends(6).says(&["d: no `.ron` file is there"]);
    // A file named is formatted wherever it lies.
    within(temp.path(), "fmt a/target/x.ron").ends(0);
    assert_eq!(temp.read("a/target/x.ron"), "(\n    a: 1,\n)\n");
}

#[cfg(unix)]
#[test]
fn fmt_keeps_links_and_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let temp = Temp::new();
    temp.write("real.ron", "(a:1)");
    let real = temp.path().join("real.ron");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real.ron", temp.path().join("link.ron")).unwrap();
    within(temp.path(), "fmt link.ron").ends(0);
    assert!(temp.path().join("link.ron").is_symlink());
    assert_eq!(temp.read("real.ron"), "(\n    a: 1,\n)\n");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    fs::write(&real, "(a:2)").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o440)).unwrap();
    within(temp.path(), "fmt real.ron").ends(6).says(&["write-protected"]);
    assert_eq!(temp.read("real.ron"), "(a:2)");
}

/// A watch at work, read line by line.
struct Watch {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Watch {
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut command = program();
        command.current_dir(folder).args(["check", "--watch"]).args(args).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Watch { child, out }
    }

    /// All lines until it waits for changes.
    fn page(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            assert!(self.out.read_line(&mut line).unwrap() > 0, "it ended: {lines:?}");
            if line.starts_with("waiting for changes") {
                return lines;
            }
            lines.push(line.trim_end().to_owned());
        }
    }
}

#[cfg(unix)]
#[test]
fn a_watch_checks_again_after_every_change_and_ends_with_ctrl_c() {
    let temp = Temp::new();
    within(temp.path(), "new night-shift").ends(0);
    let folder = temp.path().join("night-shift");
    // They name the policy that goes.
    fs::remove_file(folder.join("expectations.ron")).unwrap();
    let mut watch = Watch::start(&folder, &[]);
    let page = watch.page();
    assert_eq!(page[0], "checking .");
    assert!(page[1].starts_with("night-shift: no mistakes") && page.len() == 2, "{page:?}");
    temp.edit("night-shift/scenario.ron", "\"soc.analysts\": 6", "\"soc.analyst\": 6");
    let page = watch.page();
    assert_eq!(page.last().unwrap(), "1 mistake in .");
    assert!(page.iter().any(|l| l.contains("did you mean `soc.analysts`?")), "{page:?}");
    temp.edit("night-shift/scenario.ron", "\"soc.analyst\": 6", "\"soc.analysts\": 7");
    assert!(watch.page()[1].contains("no mistakes"));
    // A file that comes or goes is a change as well.
    fs::remove_file(folder.join("policies/quiet.ron")).unwrap();
    assert!(watch.page().last().unwrap().contains("1 policy"));
    fs::rename(folder.join("scenario.ron"), folder.join("away.ron")).unwrap();
    assert!(watch.page().iter().any(|l| l.contains("the folder has no `scenario.ron`")));
    fs::rename(folder.join("away.ron"), folder.join("scenario.ron")).unwrap();
    assert!(watch.page()[1].contains("no mistakes"));
    let pid = watch.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(watch.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_watch_of_what_cannot_change_or_is_not_there_is_refused() {
    line("check --watch insider-sale")
        .ends(2)
        .says(&["hotwash new my-insider-sale --from insider-sale"]);
    let temp = Temp::new();
    hotwash(&["check", "--watch", &temp.at("nothing.ron")]).ends(6);
    within(temp.path(), "check").ends(6).says(&["the folder has no `scenario.ron`"]);
}

/// What an extended regular expression finds in each line of a text, as `sed` sees it.
#[cfg(unix)]
fn matched(expression: &str, groups: &str, text: &str) -> Vec<String> {
    use std::io::Write as _;
    assert!(!expression.contains('@'), "`@` parts the command: {expression}");
    let mut sed = Command::new("sed");
    sed.args(["-nE", &format!("s@{expression}@{groups}@p")]);
    let mut child = sed.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{expression}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The book's task for an editor finds every mistake, at its place, and knows when a check begins and ends.
#[cfg(unix)]
#[test]
fn the_editors_task_reads_what_is_printed() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/book/examples");
    let tasks = fs::read_to_string(examples.join("vscode/tasks.json")).unwrap();
    let tasks: serde_json::Value = serde_json::from_str(&tasks).unwrap();
    let task = &tasks["tasks"][0];
    let matcher = &task["problemMatcher"];
    let expression = |value: &serde_json::Value| value.as_str().unwrap().to_owned();

    let temp = Temp::new();
    crate::support::copy(&examples.join("step-2-broken"), &temp.path().join("s"));
    let typed = expression(&task["command"]);
    let args: Vec<&str> = typed.split(' ').skip(1).collect();
    let mut command = program();
    command.current_dir(temp.path().join("s")).args(args).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let mut watch = Watch { child, out };
    let page = watch.page().join("\n") + "\nwaiting for changes\n";
    watch.child.kill().unwrap();
    watch.child.wait().unwrap();

    let heads = matched(&expression(&matcher["pattern"][0]["regexp"]), "\\1 \\2", &page);
    assert_eq!(
        heads,
        ["error there is no file `library:rolls`", "error unknown field `sels_every`"]
    );
    let places = matched(&expression(&matcher["pattern"][1]["regexp"]), "\\1 \\2 \\3", &page);
    assert_eq!(places, ["./scenario.ron 14 28", "./scenario.ron 28 13"]);
    // The place stands in the line after the message, as the matcher wants it.
    for head in page.lines().zip(page.lines().skip(1)).filter(|(a, _)| a.starts_with("error: ")) {
        assert!(head.1.trim_start().starts_with("--> "), "{head:?}");
    }
    for (name, count) in [("beginsPattern", 1), ("endsPattern", 1)] {
        let found = matched(&expression(&matcher["background"][name]), "", &page);
        assert_eq!(found.len(), count, "{name}");
    }
}
