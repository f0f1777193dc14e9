//! `hotwash sweep`: what it prints, and what it refuses before a run.

use crate::support::line;

#[test]
fn a_sweep_tells_cells_effects_and_how_to_find_it_again() {
    let command = "sweep departing-admin --vary soc.analysts=3,12 --vary soc.night_shift=false,true \
                   --runs 20 --metrics times-used,analyst-hours --seed 5";
    let text = line(command).ends(0).prints(&[
        "4 combinations in 20 worlds, seed 5",
        "soc.analysts 3 -> 12",
        "Each by itself",
        "in brackets the 95 % interval",
        &format!("Again: hotwash {command}"),
    ]);
    // All but the command, which can be copied, fits the page.
    let long = text.out.lines().find(|l| l.chars().count() > 80 && !l.contains("Again:"));
    assert_eq!(long, None);
    let json = line(&format!("{command} --format json --threads 3")).ends(0);
    let finding: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(finding["cells"].as_array().unwrap().len(), 4);
    assert_eq!(finding["header"]["runs"], 80);
    assert_eq!(json.out, line(&format!("{command} --format json --threads 1")).ends(0).out);
}

#[test]
fn what_makes_no_sense_is_refused_before_a_run() {
    for (flags, says) in [
        ("--vary soc.anlysts=3,4", "did you mean `soc.analysts`"),
        ("--vary soc.analysts=3,99", "outside 1..=50"),
        ("--vary soc.analysts=3,4 --set soc.analysts=5", "varied, and set"),
        ("--vary soc.analysts=3,4 --cells 9", "--cells is for"),
        ("--vary soc.analysts=3..9 --design sobol --cells 1", "give 2 to 10000"),
        ("--vary policy=deny,silent --policy deny", "--policy names one"),
        ("--vary soc.analysts=3,4 --metrics victms", "did you mean `victims`"),
        ("--vary soc.analysts=3,4 --runs 10000000", "outcomes"),
    ] {
        line(&format!("sweep insider-sale {flags}")).ends(2).says(&[says]);
    }
}
