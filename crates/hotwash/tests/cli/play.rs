//! `hotwash play`: what is typed at a pipe, sessions that are left and gone on with, what is refused.

use std::io::Write as _;
use std::process::Stdio;

use crate::support::{Ran, Temp, hotwash, line, program};

/// Runs the program with this typed into it.
fn typed(args: &str, text: &str) -> Ran {
    let mut command = program();
    command.args(args.split_whitespace()).stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that has ended reads nothing more.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_pipe_is_read_like_a_keyboard_and_mistakes_cost_nothing() {
    let ran = typed("play departing-admin", "9\nreveiw\n\n2\nsix\n4\nhe has time\nquit\n").ends(0);
    let ran = ran.prints(&[
        "Chief executive decides",
        "decide> 9\n`9` is neither an option nor a command: type a number from 1 to 3, or `help`.\n",
        "did you mean `review`?",
        "How sure, 1 to 5? six\nHow sure you are is a number from 1 (a guess) to 5 (sure).\n",
        "Decided: Leave them, and look through his privileged sessions.",
        "There is cake.",
    ]);
    assert!(ran.err.contains("nothing is kept"), "{}", ran.err);
    // The end of what is typed is leaving.
    typed("play departing-admin", "").ends(0).says(&["left; nothing is kept"]);
    typed("play departing-admin", "2\n").ends(0).prints(&["Nothing was decided."]);
}

#[test]
fn a_session_that_was_left_is_gone_on_with() {
    let temp = Temp::new();
    let dir = temp.at("s");
    let first = typed(&format!("play departing-admin --out {dir}"), "2 4 he has time\nquit\n");
    first.ends(0).says(&[&format!("go on with: hotwash play --resume {dir}")]);
    let text = "back\n3 5 He may come back.\nend now\n";
    let ran = typed(&format!("play --resume {dir} --futures 4"), text).ends(0).prints(&[
        "You go on: it is Fri 2019-09-27",
        "1  2019-09-02: One of our administrators",
        "Hot wash: The last day",
    ]);
    assert!(ran.err.contains(&format!("hotwash report {dir}")), "{}", ran.err);
    // What has ended shows its hot wash again.
    let again = line(&format!("play --resume {dir} --futures 4")).ends(0);
    assert!(ran.out.contains(&again.out), "{}", again.out);
    line(&format!("play departing-admin --out {dir}")).ends(6).says(&["--resume"]);
}

#[test]
fn only_the_roles_played_are_asked() {
    let text = "known\nend now\n";
    let ran =
        typed("play departing-admin --roles counsel --policy passwords-only --futures 4", text);
    let ran =
        ran.ends(0).prints(&["You play: General counsel. The policy decides for everybody else."]);
    assert!(!ran.out.contains("Chief executive decides"), "{}", ran.out);
    line("play departing-admin --roles counsle").ends(2).says(&["did you mean `counsel`?"]);
}

#[test]
fn what_makes_no_sense_is_refused() {
    line("play departing-adm").ends(2).says(&["did you mean `departing-admin`?"]);
    line("play").ends(2);
    line("play departing-admin --script nowhere.txt").ends(6);
    line("play --resume nowhere").ends(6);
    line("play departing-admin --futures 1").ends(2);
    let temp = Temp::new();
    let script = temp.write("s.txt", "dance\n");
    let ran = hotwash(&["play", "departing-admin", "--script", &script]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("s.txt:1: `dance` is neither"), "{}", ran.err);
}

/// The first row of a list that has this, with one text in it replaced.
fn changed(list: &str, row: &str, from: &str, to: &str) -> String {
    let at = list.find(row).unwrap_or_else(|| panic!("`{row}` is not in:\n{list}"));
    let (before, after) = list.split_at(at);
    assert!(after.contains(from), "`{from}` is not in:\n{after}");
    format!("{before}{}", after.replacen(from, to, 1))
}

#[test]
fn a_list_of_events_goes_from_the_pack_through_an_editor_to_the_table() {
    let temp = Temp::new();
    line(&format!("pack insider-sale --out {}", temp.at("p"))).ends(0);
    let list = temp.read("p/controllers/msel.csv");
    // As it came, it changes nothing.
    let whole = format!("play insider-sale --msel {}", temp.at("p/controllers/msel.csv"));
    typed(&whole, "").ends(0).says(&["changes nothing"]);

    let asks = "A customer of ten years writes";
    let list = changed(&list, ",ten-years-a-customer,", asks, "A customer of twelve years writes");
    let list = changed(&list, ",board-asks,", "planned", "cancelled");
    let new = "13,,T+1d 09:00,,A minister asks what is going on.,phone call,Minister,Chief executive,,,,,,,planned";
    let edited = temp.write("edited.csv", format!("{}\r\n{new}\r\n", list.trim_end()));
    let script = include_str!("../../../../tests/scripts/insider-sale.txt");
    let (played, _) = script.split_once("\nsuspend\n").unwrap();
    let played: String = played
        .lines()
        .filter(|l| !l.starts_with('#'))
        .fold(String::new(), |text, line| format!("{text}{line}\n"));
    let typed_in = format!("{played}inbox all\nquit\n");
    let ran = typed(&format!("play insider-sale --msel {edited}"), &typed_in).ends(0);
    let ran = ran
        .says(&["ten-years-a-customer: text", "board-asks: dropped", "added-1: added"])
        .prints(&[
            "call note Minister: A minister asks what is going on.",
            "Customer: A customer of twelve years writes",
        ]);
    assert!(!ran.out.contains("A member of the board asks"), "{}", ran.out);
    assert!(!ran.out.contains("ten years"), "{}", ran.out);
}
