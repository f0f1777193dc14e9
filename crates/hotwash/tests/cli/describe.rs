//! `hotwash describe`: the reference in a terminal and as files.

use crate::support::{Temp, finish, hotwash, line, program};

#[test]
fn without_a_name_it_lists_what_there_is() {
    line("describe").ends(0).prints(&["decision", "soc ", "number", "levers", "Plugins"]);
}

#[test]
fn a_plugin_has_fields_orders_levers_metrics_and_an_example() {
    let shown = line("describe insider").ends(0).prints(&[
        "appetite",
        "count, 0 to 10^12",
        "date, or date and time",
        "Records he means to read in all.",
        "Metrics",
        "\"insider\": (",
    ]);
    assert!(!shown.out.contains("Orders"), "it takes none");
    line("describe soc").ends(0).prints(&[
        "group, see `describe soc.queue`",
        "Watch(duration)",
        "soc.analysts",
        "whole number, 1 to 50 per shift; default 6 per shift",
        "soc.case-opened/MATTER",
    ]);
}

#[test]
fn parts_values_levers_and_bare_names_are_found() {
    for (asked, said) in [
        ("soc.queue", "number per day, 0 to 10^12"),
        ("soc.queue.swing", "factor, 0 to 10^6"),
        ("opens_at", "soc.case.opens_at"),
        ("decision", "chose/DECISION/OPTION"),
        ("decisions", "chose/DECISION/OPTION"),
        ("Range", "number.Range(p5: .."),
        ("condition", "Above(metric, plain number)"),
        ("levers", "regulator.law"),
        ("milestones", "case"),
        ("soc.analysts", "Among the levers"),
        ("log_retention", "estate.log_retention"),
        ("cost-vendor", "Among the metrics"),
    ] {
        line(&format!("describe {asked}")).ends(0).prints(&[said]);
    }
}

#[test]
fn every_line_fits_unless_it_is_ron() {
    for width in ["80", "100"] {
        for asked in ["", "soc", "number", "pr", "metrics", "scenario"] {
            let args: Vec<&str> =
                ["describe", asked].into_iter().filter(|a| !a.is_empty()).collect();
            let ran = finish(program().env("COLUMNS", width).args(&args)).ends(0);
            let is_ron = |l: &&str| l.starts_with("    ") && l.contains(": ");
            for long in ran.out.lines().filter(|l| !is_ron(l)) {
                assert!(long.chars().count() <= width.parse().unwrap(), "{asked}: {long}");
            }
        }
    }
}

#[test]
fn what_is_unknown_gets_a_hint() {
    line("describe soc.queu").ends(2).says(&["no", "did you mean `soc.queue`?"]);
    line("describe zzzzzzzzzz").ends(2).says(&["`hotwash describe` lists all there is"]);
    line("describe opens_at --example").ends(2).says(&["has no example of its own"]);
    line("describe soc --scenario nowhere").ends(2).says(&["no scenario is called `nowhere`"]);
}

#[test]
fn an_example_is_ron_and_nothing_else() {
    let shown = line("describe soc.case --example").ends(0);
    assert!(shown.out.starts_with("(\n") && shown.out.ends_with(")\n"), "{}", shown.out);
    let own = line("describe scam --example --scenario insider-sale").ends(0);
    assert!(own.out.starts_with("\"scam\": ("), "{}", own.out);
}

#[test]
fn all_of_it_goes_into_a_folder_and_over_nothing_else() {
    let temp = Temp::new();
    let shown = temp.at("reference");
    let folder = temp.path().join("reference");
    let write = || hotwash(&["describe", "--all", &shown]);
    write().ends(0).says(&["wrote "]);
    let soc = std::fs::read_to_string(folder.join("plugin-soc.md")).unwrap();
    assert!(soc.contains("\n## soc.queue\n") && soc.contains("```ron\n"));
    write().ends(0);
    std::fs::write(folder.join("values.md"), "mine").unwrap();
    write().ends(6).says(&["values.md: this file was not generated"]);
    assert_eq!(std::fs::read_to_string(folder.join("values.md")).unwrap(), "mine");
}
