//! `run`: the story, what changes it, and what is refused.

use serde_json::Value;

use crate::support::{Temp, copied, hotwash, line};

#[test]
fn the_same_twice_and_another_with_other_choices() {
    let first = line("run insider-sale").ends(0);
    assert_eq!(first.out, line("run insider-sale").ends(0).out);
    let named = "run insider-sale --seed cold-coffee --policy historical --law 2019";
    assert_eq!(first.out, line(named).ends(0).out);
    for other in ["--seed 7", "--policy deny", "--set soc.analysts=12"] {
        assert_ne!(first.out, line(&format!("run insider-sale {other}")).ends(0).out, "{other}");
    }
    assert_ne!(line("run insider-sale --seed -5").ends(0).out, first.out);
    let all = line("run insider-sale --all").ends(0);
    assert!(all.out.lines().count() > first.out.lines().count());
}

#[test]
fn a_replication_of_an_ensemble_can_be_played_kept_and_replayed() {
    let temp = Temp::new();
    let single = line("run access-broker").ends(0).out;
    assert_eq!(single, line("run access-broker --replication 0").ends(0).out);
    let fifth = line("run access-broker --replication 5").ends(0);
    assert!(fifth.out.contains("replication 5"));
    let kept = temp.at("fifth");
    let args = ["run", "access-broker", "--replication", "5", "--out", &kept];
    assert!(hotwash(&args).ends(0).out.starts_with(&fifth.out));
    hotwash(&["replay", &kept]).ends(0);
}

/// What was written down about a matter is found by its short name.
#[test]
fn every_scenario_runs_is_kept_explained_and_replayed() {
    let temp = Temp::new();
    for (scenario, policy, milestone) in [
        ("insider-sale", "historical", "pr.first-statement"),
        ("access-broker", "historical", "press.exposed"),
        ("departing-admin", "passwords-only", "truth.entered"),
        ("annus-horribilis", "historical", "truth.entered/intrusion"),
        ("support-portal", "historical", "pr.released/few"),
        ("token-seeds", "historical", "pr.released/letter"),
        ("support-portal-warned", "listens", "brightferry.warned"),
    ] {
        hotwash(&["check", scenario]).ends(0);
        let kept = temp.at(scenario);
        hotwash(&["run", scenario, "--policy", policy, "--out", &kept]).ends(0);
        assert!(hotwash(&["why", &kept, milestone]).ends(0).out.contains("What led to it"));
        hotwash(&["replay", &kept]).ends(0);
    }
}

#[test]
fn levers_and_decisions_that_are_none_are_refused() {
    for (flag, says) in [
        ("--set a", "--set a: write --set NAME=VALUE"),
        ("--set =3", "--set =3: write --set NAME=VALUE"),
        ("--set soc.analyst=3", "did you mean `soc.analysts`?"),
        ("--set soc.analysts=", "`` is not a whole number"),
        ("--set soc.analysts=-1", "-1 lies outside 1..=50"),
        ("--set soc.analysts=many", "legal values: 1..=50"),
        ("--set soc.analysts=9999999999999999999999", "is not a whole number"),
        ("--set estate.log_retention=5", "has no unit"),
        ("--set estate.log_retention=NaNd", "unknown unit"),
        ("--set soc.complaint_details=yes", "is not true or false"),
        ("--set pr.disclosure_rule=when-certian", "did you mean `when-certain`?"),
        ("--set soc.analysts=3 --set soc.analysts=4", "given twice"),
        ("--decide advisory", "--decide advisory: write --decide NAME=VALUE"),
        ("--decide advisry=generic", "did you mean `advisory`?"),
        ("--decide advisory=generc", "did you mean `generic`?"),
        ("--decide advisory=", "known: generic"),
        ("--law 2027", "is not one of 2019, 2026"),
        ("--law 2026 --set regulator.law=2019", "contradict each other"),
        ("--policy histroical", "did you mean `historical`?"),
        ("--policy /", "ends in .ron"),
    ] {
        line(&format!("run insider-sale {flag}")).ends(2).says(&[says]);
        let many = format!("run insider-sale --runs 2 {flag}");
        line(&many).ends(2).says(&[says]);
    }
    // One wrong flag is one error of one line and its hint.
    let ran = line("run insider-sale --set soc.analyst=3").ends(2);
    assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
    line("run insider-sale --law 2026 --set regulator.law=2026").ends(0);
    line("run insider-sale --decide advisory=generic").ends(0);
}

fn journal(args: &str) -> Vec<Value> {
    let ran = line(&format!("run insider-sale --format jsonl {args}")).ends(0);
    ran.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn every_line_of_jsonl_parses_and_the_last_has_the_outcomes() {
    let lines = journal("");
    let (last, entries) = lines.split_last().unwrap();
    let outcomes = last["outcomes"].as_array().unwrap();
    assert!(outcomes.len() > 20 && outcomes.iter().all(|o| o["unit"].is_string()));
    for (i, entry) in entries.iter().enumerate() {
        assert_eq!(entry["n"], i + 1);
        assert!(entry["cause"].as_u64().unwrap() <= i as u64, "{entry}");
    }
}

#[test]
fn the_law_of_another_year_changes_clocks_and_nothing_before_them() {
    let (then, now) = (journal("--law 2019"), journal("--law 2026"));
    let first = then.iter().zip(&now).position(|(a, b)| a != b).unwrap();
    assert!(first > 0, "the law changes nothing before there is something to judge");
    let kind = |line: &Value| line["kind"].as_str().unwrap_or_default().to_owned();
    let kinds = [kind(&then[first]), kind(&now[first])];
    assert!(kinds.iter().any(|k| k.starts_with("regulator.")), "{kinds:?}");
    // What the insider did does not hang on it.
    let taken = |lines: &[Value]| -> Vec<Value> {
        let of = |l: &&Value| kind(l).starts_with("insider.");
        lines.iter().filter(of).map(|l| l["says"].clone()).collect()
    };
    assert_eq!(taken(&then), taken(&now));
}

#[test]
fn runs_stop_early_where_asked() {
    let ends = |until: &str| {
        let ran = hotwash(&["run", "insider-sale", "--until", until]).ends(0);
        ran.out.lines().find(|l| l.starts_with("stopped on")).unwrap_or("none").to_owned()
    };
    assert_eq!(ends("T+40d"), ends("40d"));
    assert_eq!(ends("T+2w"), ends("14d"));
    assert!(ends("2019-10-01") > ends("T+2d"));
    assert_eq!(ends("T-3d"), ends("2019-07-29 09:00"));
    let whole = journal("");
    let part = journal("--until T+40d");
    assert!(part.len() < whole.len());
    assert_eq!(part[..part.len() - 1], whole[..part.len() - 1], "stopping changes nothing before");
}

#[test]
fn times_that_are_none_are_refused() {
    for (until, says) in [
        ("", "this is no time"),
        ("soon", "this is no time"),
        ("T+soon", "this is no time"),
        ("T+-5d", "this is no time"),
        ("40", "write T+40d"),
        ("2019-02-30", "this is no time"),
        ("99999-01-01", "this is no time"),
        ("T+99999999d", "out of range"),
        ("T+6000d", "outside the run"),
        ("2099-01-01", "the run goes from 2017-04-23"),
        ("1990-01-01", "outside the run"),
        ("T-900d", "outside the run"),
        ("-5d", "this is no time"),
    ] {
        hotwash(&["run", "insider-sale", "--until", until]).ends(2).says(&["--until", says]);
    }
}

#[test]
fn many_runs_are_summed_up() {
    let ran =
        line("run insider-sale --runs 20").ends(0).prints(&["20 runs", "median", "cost-vendor"]);
    assert_eq!(ran.out.matches("for the vendor").count(), 1, "each bearer has one group");
    assert_eq!(ran.out, line("run insider-sale --runs 20").ends(0).out);
    let ran = line("run insider-sale --runs 5 --format jsonl").ends(0);
    for row in ran.out.lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        assert_eq!(row["runs"], 5);
        let of = |p: &str| row[p].as_f64();
        assert!(of("p5") <= of("p50") && of("p50") <= of("p95"), "{row}");
    }
}

#[test]
fn a_policy_may_come_from_elsewhere() {
    let temp = Temp::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/insider-sale/policies/");
    let text = std::fs::read_to_string(format!("{folder}deny.ron")).unwrap();
    let mine = temp.write("mine.ron", text.replacen("\"deny\"", "\"mine\"", 1));
    let ran = hotwash(&["run", "insider-sale", "--policy", &mine]).ends(0);
    let deny = line("run insider-sale --policy deny").ends(0);
    assert_eq!(ran.out.replace("policy mine", "policy deny"), deny.out);
    temp.edit("mine.ron", "\"hunt\"", "\"hnut\"");
    let place = format!("{mine}:");
    hotwash(&["run", "insider-sale", "--policy", &mine]).ends(3).says(&[
        "did you mean `hunt`?",
        &place,
        "1 mistake",
    ]);
}

/// A run looks at nothing that it does not need; what is in its way, it says with all the rest.
#[test]
fn a_mistake_is_said_where_it_is_in_the_way() {
    let temp = copied();
    temp.edit(
        "s/policies/deny.ron",
        "decisions: {",
        "levers: {\"soc.analysts\": 7000}, decisions: {",
    );
    temp.edit("s/expectations.ron", "version: 1", "version: 9");
    let scenario = temp.at("s");
    let kept = hotwash(&["run", &scenario, "--policy", "silent"]).ends(0);
    assert_eq!(kept.out, line("run insider-sale --policy silent").ends(0).out);
    let found = hotwash(&["check", &scenario]).ends(3);
    assert!(
        found.err.contains("deny.ron") && found.err.contains("expectations.ron"),
        "{}",
        found.err
    );
    for more in [&["--policy", "deny"][..], &["--policy", "deny", "--runs", "9"], &["--lang", "ja"]]
    {
        let refused = hotwash(&[&["run", &scenario][..], more].concat()).ends(3);
        assert_eq!((refused.out.as_str(), refused.err), ("", found.err.clone()), "{more:?}");
    }
}
