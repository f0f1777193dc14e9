//! `hotwash value`: the worth of decisions as people read it, and what it refuses.

use crate::support::line;

#[test]
fn decisions_are_ranked_and_told_one_by_one() {
    let ran = line("value departing-admin --policy passwords-only --runs 40").ends(0).prints(&[
        "what each decision is worth under passwords-only",
        "40 worlds of seed slow-kettle",
        "Which decisions matter",
        "days-with-access-after-leaving",
        "> leave-as-is: He has work to finish",
        "[the authors",
        "No option makes a difference in any world: ",
        "Found again with: hotwash value departing-admin --policy passwords-only --runs 40",
    ]);
    for text in ran.out.lines().filter(|l| !l.starts_with("Found again")) {
        assert!(text.chars().count() <= 80, "{text}");
    }
    // Without a policy of that scenario's own that is usual, defaults answer.
    line("value departing-admin --runs 2")
        .ends(0)
        .prints(&["No policy: every decision takes its default", "few"]);
}

#[test]
fn the_difference_between_two_policies_is_shared_out() {
    let asked = "value departing-admin --policy passwords-only --against by-the-book --runs 80 \
                 --metrics days-with-access-after-leaving,cost-vendor";
    line(asked).ends(0).prints(&[
        "Where the difference by-the-book - passwords-only comes from",
        "leaver.reimage         false -> true",
        "accounts -> accounts-and-machines",
        "together",
        "Shapley",
    ]);
    let json = line(&format!("{asked} --format json")).ends(0);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let shapley = &value["shapley"];
    for metric in 0..2 {
        let shares = shapley["choices"].as_array().unwrap().iter();
        let sum: f64 = shares.map(|c| c["shares"][metric]["value"].as_f64().unwrap()).sum();
        let difference = shapley["differences"][metric]["value"].as_f64().unwrap();
        assert!((sum - difference).abs() <= 1e-9 * difference.abs(), "{sum} {difference}");
    }
    assert_eq!(value["measures"][1]["name"], "cost-vendor");
}

#[test]
fn what_makes_no_sense_is_refused() {
    line("value departing-admin --policy passwords-onl").ends(2).says(&["did you mean"]);
    line("value departing-admin --policy trusting --against trustin").ends(2).says(&["trusting"]);
    line("value departing-admin --policy trusting --against trusting")
        .ends(2)
        .says(&["the policy itself", "passwords-only"]);
    line("value departing-admin --against trusting").ends(2).says(&["--policy"]);
    line("value departing-admin --runs 1").ends(2).says(&["from 2"]);
    line("value departing-admin --metrics analyst-hour").ends(2).says(&["analyst-hours"]);
    line("value departing-admin --decide last-day=cak").ends(2).says(&["did you mean `cake`"]);
}
