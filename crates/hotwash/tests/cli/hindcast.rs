//! `hotwash hindcast`: what is printed, and what is refused.

use crate::support::{finish, line, program};

#[test]
fn rows_and_what_they_come_to_are_printed() {
    let ran = line("hindcast access-broker --runs 96").ends(0);
    assert!(ran.err.is_empty(), "{}", ran.err);
    let ran = ran.prints(&[
        "access-broker, policy historical against the record: 96 worlds, seed grey-anchor",
        "E-8 publication to the notice in the home market, days [A]",
        "2019-04-24 to 2019-05-09",
        "Emergent: the agents produce it",
        "so these rows say nothing of",
        "overlap the",
        "Again: hotwash hindcast access-broker --runs 96",
    ]);
    // The telling rows come first.
    let place = |text: &str| ran.out.find(text).unwrap();
    assert!(place("E-4 ") < place("E-3 ") && place("E-3 ") < place("E-1 "));
    for width in ["60", "80", "120"] {
        let args = ["hindcast", "insider-sale", "--runs", "64"];
        let ran = finish(program().env("COLUMNS", width).args(args)).ends(0);
        let longest = ran.out.lines().map(|l| l.chars().count()).max().unwrap();
        assert!(longest <= width.parse().unwrap(), "{longest} of {width}:\n{}", ran.out);
    }
}

#[test]
fn programs_get_every_figure_and_the_same_one_for_any_number_of_threads() {
    let args = "hindcast insider-sale --runs 40 --format json --threads";
    let one = line(&format!("{args} 1")).ends(0);
    assert_eq!(one.out, line(&format!("{args} 3")).ends(0).out);
    let json: serde_json::Value = serde_json::from_str(&one.out).unwrap();
    let rows = json["rows"].as_array().unwrap();
    assert_eq!((rows.len(), json["header"]["worlds"].as_u64()), (14, Some(40)));
    // An open end and a share of nothing are null.
    let row = |id: &str| rows.iter().find(|r| r["id"] == id).unwrap();
    assert!(row("I-11")["recorded"][1].is_null() && row("I-9")["share"]["value"].is_null());
}

#[test]
fn what_cannot_be_held_against_a_record_is_refused() {
    for (args, says) in [
        ("hindcast departing-admin", "departing-admin has no record"),
        ("hindcast insider-sale --policy histrical", "did you mean `historical`?"),
        ("hindcast insider-sale --runs 1", "whole number from 2"),
        ("hindcast insider-sael", "did you mean `insider-sale`?"),
        ("hindcast insider-sale --set soc.analysts=none", "soc.analysts"),
    ] {
        line(args).ends(2).says(&[says]);
    }
}
