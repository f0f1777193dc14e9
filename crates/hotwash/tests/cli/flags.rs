//! Help, completions, colour, exit codes, pipes that close.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::support::{finish, hotwash, line, program};

#[test]
fn help_names_every_command_and_exit_code() {
    let help = line("--help").ends(0);
    for command in ["list", "show", "check", "run", "why", "replay", "completions"] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{command}");
        line(&format!("{command} --help")).ends(0).prints(&["Usage: hotwash "]);
    }
    let codes = help.out.split("Exit codes:").nth(1).unwrap();
    for code in 0..=6 {
        assert!(codes.contains(&format!("{code} ")), "{code}");
    }
    line("--version").ends(0).prints(&["hotwash 0."]);
}

#[test]
fn the_examples_of_the_help_work() {
    for page in ["--help", "show --help", "check --help", "run --help"] {
        let help = line(page).ends(0);
        for example in help.out.lines().filter(|l| l.starts_with("  hotwash ")) {
            let command = example.trim_start_matches("  hotwash ").split("  ").next().unwrap();
            let command = command.split(" | ").next().unwrap();
            if !command.contains("my/") && !command.contains("--out") {
                line(&command.replace("1000", "10")).ends(0);
            }
        }
    }
}

#[test]
fn without_a_command_help_is_a_wrong_use() {
    let ran = hotwash::<&str>(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("Usage: hotwash"));
}

#[test]
fn completions_know_commands_and_flags() {
    for shell in ["bash", "zsh", "fish"] {
        line(&format!("completions {shell}")).ends(0).prints(&["hotwash", "replay", "until"]);
    }
    line("completions tcsh").ends(2).says(&["possible values"]);
}

#[test]
fn colour_is_a_choice() {
    let coloured = |text: &str| text.contains('\u{1b}');
    assert!(coloured(&line("run insider-sale --color always").ends(0).out));
    assert!(!coloured(&line("run insider-sale --color never").ends(0).out));
    // Pipes get none by themselves.
    assert!(!coloured(&line("run insider-sale").ends(0).out));
    let ran = finish(program().env("NO_COLOR", "1").args(["list"])).ends(0);
    assert!(!coloured(&ran.out));
    assert!(coloured(&finish(program().env("CLICOLOR_FORCE", "1").args(["list"])).out));
    // What was typed wins over the environment.
    let asked = ["--color", "always", "list"];
    assert!(coloured(&finish(program().env("NO_COLOR", "1").args(asked)).out));
    let wrong = line("run insider-sale --policy x --color always");
    assert!(wrong.code == 2 && coloured(&wrong.err));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    for args in ["run insider-sale", "run insider-sale --format jsonl --all", "completions bash"] {
        let mut command = program();
        let mut child = command
            .args(args.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args}");
        assert!(output.stderr.is_empty() && !first.is_empty(), "{args}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    finish(program().args(["list"]).stdout(full)).ends(6).says(&["standard output"]);
}

#[test]
fn wrong_flags_end_with_2() {
    for (args, says) in [
        ("frobnicate", "unrecognized subcommand"),
        ("--color sometimes list", "possible values"),
        ("run", "required"),
        ("run insider-sale --format xml", "possible values"),
        ("run insider-sael", "did you mean `insider-sale`?"),
        ("run nothing-like-it", "known: access-broker"),
        ("run insider-sale --runs 3 --replication 2", "cannot be used with"),
        ("show insider-sale --provenance --metrics", "cannot be used with"),
        ("run insider-sale --runs 3 --out x", "cannot be used with"),
        ("run insider-sale --runs 3 --until T+3d", "cannot be used with"),
        ("run insider-sale --runs -5", "whole number from 2"),
        ("run insider-sale --runs 1", "whole number from 2"),
        ("run insider-sale --runs 99999999999", "whole number from 2"),
        ("run insider-sale --runs many", "whole number from 2"),
    ] {
        line(args).ends(2).says(&[says]);
    }
    hotwash(&["run", "insider-sale", "--seed", ""]).ends(2).says(&["a seed is"]);
    hotwash(&["run", "insider-sale", "--seed", " "]).ends(2).says(&["a seed is"]);
    hotwash(&["run", ""]).ends(2);
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let bad = OsStr::from_bytes(b"\xff\xfe");
    hotwash(&[OsStr::new("run"), bad]).ends(2).says(&["UTF-8"]);
}
