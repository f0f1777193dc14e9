//! `list`, `show` and `check`.

use crate::support::{Temp, copied, finish, hotwash, line, program};

#[test]
fn list_names_scenarios_and_policies() {
    line("list").ends(0).prints(&["insider-sale", "policies: by-the-book", "historical"]);
}

#[test]
fn show_has_what_flags_can_name() {
    let shown = line("show insider-sale").ends(0).prints(&[
        "STARTEX 2019-08-01 09:00",
        "Modelled on",
        "Contested",
        "soc.analysts",
        "advisory",
        "by-the-book",
    ]);
    // Every lever that is shown can be set to what it is now.
    let levers: Vec<(&str, &str)> = shown
        .out
        .lines()
        .filter_map(|l| {
            let (name, rest) = l.trim().split_once(' ')?;
            Some((name, rest.trim().strip_prefix("now ")?.split([';', ' ']).next()?))
        })
        .collect();
    assert!(levers.len() > 8, "{levers:?}");
    for (name, value) in levers {
        hotwash(&["run", "insider-sale", "--until", "T-800d", "--set", &format!("{name}={value}")])
            .ends(0);
    }
}

#[test]
fn every_number_has_a_source() {
    let shown = line("show insider-sale --provenance").ends(0);
    assert!(shown.out.lines().count() > 200);
    // Columns are two blanks or more apart.
    for row in shown.out.lines() {
        let cells: Vec<&str> = row.split("  ").map(str::trim).filter(|c| !c.is_empty()).collect();
        let [path, firmness, value, source @ ..] = &cells[..] else { panic!("{row}") };
        assert!(path.contains('.') && value.contains(' '), "{row}");
        assert!(["primary", "reported", "weak", "guess"].contains(firmness), "{row}");
        assert!(source.concat().len() > 1, "no source: {row}");
    }
}

#[test]
fn every_metric_is_explained() {
    let shown = line("show insider-sale --metrics").ends(0);
    let heads: Vec<&str> = shown.out.lines().filter(|l| !l.starts_with(' ')).collect();
    assert!(heads.len() > 20);
    for head in heads {
        let known = ["lower is better", "higher is better", "describes"];
        assert!(known.iter().any(|k| head.contains(k)) && head.contains("for the "), "{head}");
    }
}

#[test]
fn the_shipped_scenario_and_its_copy_have_no_mistakes() {
    line("check insider-sale").ends(0).prints(&["insider-sale: no mistakes in ", "5 policies"]);
    let temp = copied();
    hotwash(&["check", &temp.at("s")]).ends(0).prints(&["no mistakes"]);
}

#[test]
fn all_mistakes_are_told_with_place_and_hint() {
    let temp = copied();
    temp.edit("s/scenario.ron", "\"soc.analysts\": 6", "\"soc.analyst\": 6");
    temp.edit("s/policies/deny.ron", "Choose(\"file-as-fraud\")", "Choose(\"file-as-frod\")");
    let place = format!("{}:", temp.at("s/policies/deny.ron"));
    hotwash(&["check", &temp.at("s")]).ends(3).says(&[
        "no lever is called `soc.analyst`",
        "did you mean `soc.analysts`?",
        "scenario.ron:31:9",
        "no option `file-as-frod`",
        "did you mean `file-as-fraud`?",
        &place,
        "2 mistakes",
    ]);
    // The other commands say the same.
    for command in ["show", "run"] {
        hotwash(&[command, &temp.at("s")]).ends(3).says(&["did you mean `soc.analysts`?"]);
    }
}

#[test]
fn scenarios_are_found_from_any_folder() {
    let temp = copied();
    for name in ["s", "s/", "./s", "s/scenario.ron", "s/../s"] {
        let mut command = program();
        let ran = finish(command.current_dir(temp.path()).args(["check", name])).ends(0);
        assert!(ran.out.contains("no mistakes"), "{name}");
    }
    // A scenario in one file or folder elsewhere, while standing in a third place.
    let other = Temp::new();
    for name in ["s", "s/scenario.ron"] {
        let mut command = program();
        command.current_dir(other.path()).args(["run", &temp.at(name), "--until", "T-1d"]);
        finish(&mut command).ends(0).prints(&["insider-sale"]);
    }
}
