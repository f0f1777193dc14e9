//! What a clumsy or malicious user may do to a scenario: one clear error each, and no panic.

use std::fs;

use crate::support::{Temp, copied, hotwash};

/// Checks the copy in `s` with one of its files replaced.
#[track_caller]
fn replaced(file: &str, bytes: &[u8], code: i32, says: &str) {
    let temp = copied();
    temp.write(&format!("s/{file}"), bytes);
    for command in ["check", "run"] {
        hotwash(&[command, &temp.at("s")]).ends(code).says(&[says]);
    }
}

/// Checks the copy in `s` with one text replaced in a file.
#[track_caller]
fn edited(file: &str, from: &str, to: &str, says: &[&str]) {
    let temp = copied();
    temp.edit(&format!("s/{file}"), from, to);
    hotwash(&["check", &temp.at("s")]).ends(3).says(says).says(&["error: "]);
}

#[test]
fn files_that_are_no_scenarios() {
    let huge = vec![b' '; 50_000_000];
    for file in ["scenario.ron", "soc.ron", "policies/deny.ron"] {
        replaced(file, &huge, 3, "has 50000000 bytes; files may have at most");
        replaced(file, "(".repeat(10_000).as_bytes(), 3, "nested deeper than 100 levels");
        replaced(file, b"", 3, "the file is empty");
        replaced(file, b"(title: \"\xff\")", 3, "is not UTF-8 text");
        replaced(file, b"\0\0\0\0", 3, "expected a value here");
        replaced(file, b"(title: \"a\0b\")", 3, "control character U+0000");
        replaced(file, b"\x7fELF\x02\x01", 3, "error");
        replaced(file, "\u{feff}(version: 1)".as_bytes(), 3, "byte order mark");
    }
}

#[test]
fn values_that_are_none() {
    let s = "scenario.ron";
    edited(s, "lead_in: \"830d\"", "lead_in: \"830\"", &["has no unit", "scenario.ron:18:"]);
    edited(s, "lead_in: \"830d\"", "lead_in: \"830 days\"", &["scenario.ron:18:"]);
    edited(s, "lead_in:", "lead_in: \"3d\", lead_in:", &["`lead_in` is given twice"]);
    edited(s, "horizon: \"240d\"", "horizon: \"99999d\"", &["out of range"]);
    edited(s, "horizon: \"240d\"", "horizon: \"-1d\"", &["must not be negative"]);
    edited(s, "\"soc.analysts\": 6", "\"soc.analysts\": -6", &["outside 1..=50"]);
    edited(s, "\"soc.analysts\": 6", "\"soc.analysts\": 6, \"soc.analysts\": 7", &["given twice"]);
    edited(s, "\"when-certain\"", "\"when-certian\"", &["did you mean `when-certain`?"]);
    let d = "decisions.ron";
    edited(d, "Reached(", "Reachd(", &["did you mean `Reached`?"]);
    edited(
        d,
        "when: Reached(\"customers.first-complaint\")",
        "when: At(\"1999-01-01\")",
        &["1999"],
    );
    edited(s, "name: \"insider-sale\"", "name: \"Two Words\"", &["scenario.ron:5:"]);
    let (share, over) = ("mentions_ticket: Range(p5: 0.3", "mentions_ticket: Range(p5: 1.3");
    edited("customers.ron", share, over, &["customers.ron:11:"]);
    let (sale, early) = ("first_sale: \"2019-07-29 20:00\"", "first_sale: \"2009-07-29 20:00\"");
    edited("insider.ron", sale, early, &["lies outside the run", "choose a date between 2017"]);
    edited("policies/deny.ron", "Choose(\"", "Chose(\"", &["did you mean `Choose`?"]);
}

#[test]
fn includes_that_are_none() {
    for bad in
        ["../soc.ron", "/etc/passwd", "./soc.ron", "a//b.ron", "c:soc.ron", "", "a/../soc.ron"]
    {
        let to = format!("\"{bad}\"");
        edited("scenario.ron", "\"soc.ron\"", &to, &["cannot be included", "scenario.ron:27:"]);
    }
    edited("scenario.ron", "\"soc.ron\"", "\"sox.ron\"", &["did you mean `soc.ron`?"]);
    edited("scenario.ron", "\"soc.ron\"", "\"scenario.ron\"", &["includes itself"]);
    edited(
        "scenario.ron",
        "\"library:regimes\"",
        "\"library:../regimes\"",
        &["cannot be included"],
    );
}

#[test]
fn folders_in_place_of_files() {
    let temp = copied();
    for file in ["soc.ron", "scenario.ron"] {
        fs::remove_file(temp.at(&format!("s/{file}"))).unwrap();
        fs::create_dir(temp.at(&format!("s/{file}"))).unwrap();
        let code = if file == "soc.ron" { 3 } else { 6 };
        hotwash(&["check", &temp.at("s")]).ends(code).says(&["it is not a file", file]);
    }
    fs::remove_dir(temp.at("s/scenario.ron")).unwrap();
    hotwash(&["check", &temp.at("s")]).ends(6).says(&["the folder has no `scenario.ron`"]);
    fs::create_dir(temp.at("dir.ron")).unwrap();
    let policy = ["run", "insider-sale", "--policy", &temp.at("dir.ron")];
    hotwash(&policy).ends(6).says(&["it is not a file"]);
}

#[test]
fn paths_that_lead_nowhere() {
    let temp = Temp::new();
    for name in ["nothing/", "nothing.ron", "error.ron"] {
        hotwash(&["run", &temp.at(name)]).ends(6).says(&["error: ", "no such file or folder"]);
    }
    hotwash(&["run", "error.ron"]).ends(6).says(&["error: error.ron"]);
    let policy = ["run", "insider-sale", "--policy", &temp.at("nothing.ron")];
    hotwash(&policy).ends(6).says(&["nothing.ron: "]);
}

#[cfg(unix)]
#[test]
fn links_and_devices() {
    use std::os::unix::fs::symlink;
    let temp = copied();
    fs::remove_file(temp.at("s/soc.ron")).unwrap();
    symlink("/etc/passwd", temp.at("s/soc.ron")).unwrap();
    hotwash(&["check", &temp.at("s")]).ends(3).says(&["leads out of the scenario's folder"]);
    // A device never ends, and is not read.
    symlink("/dev/zero", temp.at("zero.ron")).unwrap();
    let zero = temp.at("zero.ron");
    hotwash(&["run", "insider-sale", "--policy", &zero]).ends(6).says(&["it is not a file"]);
    hotwash(&["run", &zero]).ends(6).says(&["it is not a file"]);
    fs::create_dir(temp.at("r")).unwrap();
    symlink("/dev/zero", temp.at("r/manifest.json")).unwrap();
    hotwash(&["replay", &temp.at("r")]).ends(6).says(&["it is not a file"]);
    // A link that leads nowhere is no new place either.
    symlink(temp.at("gone"), temp.at("out")).unwrap();
    hotwash(&["run", "insider-sale", "--out", &temp.at("out")])
        .ends(6)
        .says(&["it exists already"]);
}

#[cfg(unix)]
#[test]
fn files_without_permission() {
    use std::os::unix::fs::PermissionsExt as _;
    let temp = copied();
    for file in ["soc.ron", "scenario.ron"] {
        let path = temp.at(&format!("s/{file}"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        let ran = hotwash(&["check", &temp.at("s")]);
        // Permissions do not bind the superuser, whom tests in containers often run as.
        if fs::File::open(&path).is_err() {
            ran.ends(if file == "soc.ron" { 3 } else { 6 }).says(&["ermission denied"]);
        } else {
            ran.ends(0);
        }
    }
}

#[test]
fn a_large_policy_is_not_read_whole() {
    let temp = Temp::new();
    let path = temp.write("big.ron", vec![b'('; 50_000_000]);
    hotwash(&["run", "insider-sale", "--policy", &path]).ends(6).says(&["more than 4194304 bytes"]);
}
