//! What must hold of the intrusion, the leaver and the terrible year, on paired seeds.

use hotwash_engine::{DrawRecord, RunKey};
use hotwash_scenario::Scenario;
use hotwash_tests::{Setup, edited, shipped};

const RUNS: u64 = 300;

fn values(scenario: &Scenario, policy: &str, metric: &str) -> Vec<Option<f64>> {
    let metrics = Setup::new(scenario, policy).metrics(RUNS);
    metrics.get(metric).unwrap_or_else(|| panic!("no metric is called {metric}")).clone()
}

/// Mean of a value over runs; a run without a value counts as 0.
fn mean(values: &[Option<f64>]) -> f64 {
    values.iter().map(|v| v.unwrap_or(0.0)).sum::<f64>() / values.len() as f64
}

/// Run by run, the second list is never above the first.
fn never_above(first: &[Option<f64>], second: &[Option<f64>], what: &str) {
    for (i, (a, b)) in first.iter().zip(second).enumerate() {
        let (a, b) = (a.unwrap_or(0.0), b.unwrap_or(0.0));
        assert!(b <= a + 1e-9, "replication {i}: {what} rose from {a} to {b}");
    }
}

#[test]
fn better_visibility_never_lengthens_median_dwell() {
    let scenario = shipped("access-broker");
    for metric in ["dwell-to-notice", "time-to-discover"] {
        for policy in ["historical", "by-the-book", "watchful"] {
            let days = ["as-built", "core", "everywhere"].map(|visibility| {
                let set = [("estate.visibility", visibility)];
                Setup::new(&scenario, policy).set(&set).median(metric, RUNS)
            });
            let is_shrinking = days.windows(2).all(|w| w[1] <= w[0]);
            assert!(is_shrinking, "{policy}: median {metric} {days:?}");
        }
    }
}

#[test]
fn more_analysts_never_lengthen_discovery_of_the_intruder() {
    let scenario = shipped("access-broker");
    for policy in ["historical", "watchful"] {
        let days = ["4", "12"].map(|n| {
            let set = [("soc.analysts", n)];
            Setup::new(&scenario, policy).set(&set).median("time-to-discover", RUNS)
        });
        assert!(days[1] <= days[0], "{policy}: {days:?}");
    }
}

fn at_rate(mbit_s: &str) -> Scenario {
    let rate = format!("Fixed(value: {mbit_s}, source: \"judgement: a test\", firmness: Guess)");
    edited("access-broker", &[("intruder.ron", "rate", &rate)])
}

#[test]
fn a_slower_exfiltration_never_raises_more_transfer_alerts() {
    let rates = ["300", "30", "5"].map(at_rate);
    let alerts = rates.each_ref().map(|s| {
        let setup = Setup::new(s, "").set(&[("estate.watch_transfers", "true")]);
        setup.metrics(RUNS)["transfer-alerts-real"].clone()
    });
    never_above(&alerts[0], &alerts[1], "transfer alerts");
    never_above(&alerts[1], &alerts[2], "transfer alerts");
    assert!(mean(&alerts[2]) < mean(&alerts[0]), "the rate made no difference");
}

fn of_age(days: &str) -> Scenario {
    // The only store whose age is at most 5 days old in one case of twenty is the source code.
    let scenario = shipped("access-broker");
    let text = scenario.texts().into_iter().find(|(path, _)| path == "estate.ron").unwrap().1;
    let store = &text[text.find("\"engine-source\"").unwrap()..];
    let line = store.lines().find(|l| l.trim_start().starts_with("age:")).unwrap().trim();
    let wanted =
        format!("age: Fixed(value: {days}, source: \"judgement: a test\", firmness: Guess),");
    hotwash_tests::replaced("access-broker", "estate.ron", line, &wanted)
}

#[test]
fn older_source_never_speeds_exploits() {
    let ages = ["1", "400", "1500"].map(of_age);
    let counts = ages.each_ref().map(|s| values(s, "historical", "exploits-from-source"));
    never_above(&counts[0], &counts[1], "exploits from source");
    never_above(&counts[1], &counts[2], "exploits from source");
    let first = ages.each_ref().map(|s| values(s, "historical", "days-to-first-exploit"));
    for pair in first.windows(2) {
        for (i, (younger, older)) in pair[0].iter().zip(&pair[1]).enumerate() {
            let never = f64::INFINITY;
            let (younger, older) = (younger.unwrap_or(never), older.unwrap_or(never));
            assert!(older >= younger, "replication {i}: {younger} days became {older}");
        }
    }
}

#[test]
fn a_more_credible_researcher_never_lengthens_the_time_to_a_case() {
    let standing = |share: &str| {
        let at_start =
            format!("Fixed(value: {share}, source: \"judgement: a test\", firmness: Guess)");
        edited("access-broker", &[("researcher.ron", "at_start", &at_start)])
    };
    let firms = ["0.2", "0.5", "0.9"].map(standing);
    // With a path for tips, so that they are read.
    let days = firms.each_ref().map(|s| {
        Setup::new(s, "historical")
            .set(&[("soc.tip_path", "true")])
            .median("time-to-discover", RUNS)
    });
    assert!(days.windows(2).all(|w| w[1] <= w[0]), "{days:?}");
    let cases = firms.each_ref().map(|s| {
        let setup = Setup::new(s, "historical").set(&[("soc.tip_path", "true")]);
        let found = setup.metrics(RUNS)["time-to-discover"].clone();
        found.iter().flatten().count()
    });
    assert!(cases.is_sorted(), "{cases:?}");
}

fn draws(scenario: &Scenario, plugin: &str, key: RunKey) -> Vec<DrawRecord> {
    let setup = Setup::new(scenario, "");
    let mut sim = setup.build();
    let mut decider = setup.decider(&sim);
    sim.record_draws(true);
    sim.run(key, decider.as_mut()).unwrap();
    sim.draws().iter().filter(|d| d.stream.starts_with(plugin)).cloned().collect()
}

#[test]
fn removing_the_press_moves_no_draw_of_the_intruder() {
    // Both without decisions, for those wait for what the press does and would act on the intruder.
    let with = hotwash_tests::without_plugin("access-broker", "");
    let without = hotwash_tests::without_plugin("access-broker", "press");
    let plugins = |s: &Scenario| Setup::new(s, "").build().catalogue().plugins.len();
    assert_eq!(plugins(&with), plugins(&without) + 1);
    for replication in 0..30 {
        let key = RunKey { seed: 12, replication };
        let [a, b] = [&with, &without].map(|s| draws(s, "intruder/", key));
        assert!(!a.is_empty());
        assert_eq!(a, b, "replication {replication}");
    }
}

#[test]
fn the_first_notice_comes_from_outside_unless_the_vendor_looks() {
    let scenario = shipped("access-broker");
    let share_inside = |policy| {
        let metrics = Setup::new(&scenario, policy).metrics(RUNS);
        let by = |name: &str| metrics[name].iter().flatten().sum::<f64>();
        let inside = by("found-by-monitoring") + by("found-by-search");
        inside / (inside + by("found-by-others") + by("found-by-press"))
    };
    let (historical, watchful) = (share_inside("historical"), share_inside("watchful"));
    assert!(historical < 0.2, "{historical}");
    assert!(watchful > 0.4, "{watchful}");
    // And it has its price.
    let price = |policy, metric| mean(&values(&scenario, policy, metric));
    for metric in ["host-alerts-false", "analyst-hours"] {
        assert!(price("watchful", metric) > 2.0 * price("historical", metric), "{metric}");
    }
}

#[test]
fn todays_law_has_a_clock_that_2019_had_not() {
    let scenario = shipped("access-broker");
    let duties = |year| {
        let setup = Setup::new(&scenario, "historical").set(&[("regulator.law", year)]);
        mean(&setup.metrics(RUNS)["obligations"])
    };
    assert_eq!(duties("2019"), 0.0);
    assert!(duties("2026") > 0.0);
}

/// A denial in spring costs trust by the end of the year, against the same year with an honest spring.
#[test]
fn denying_in_spring_lowers_trust_at_the_end_of_the_year() {
    let scenario = shipped("annus-horribilis");
    let spring = |choices: &[(&str, &str)]| {
        let setup = Setup::new(&scenario, "historical").decide(choices);
        setup.metrics(600)["trust-final"].clone()
    };
    let denied = spring(&[
        ("named", "deny"),
        ("after-rebuttal", "stand-by-it"),
        ("home-notice", "plain"),
        ("closing", "secure"),
    ]);
    let honest = spring(&[
        ("named", "confirm-scope"),
        ("after-rebuttal", "correct"),
        ("home-notice", "bounded"),
        ("closing", "open"),
    ]);
    let differences: Vec<f64> = denied
        .iter()
        .zip(&honest)
        .map(|(d, h)| d.unwrap_or_default() - h.unwrap_or_default())
        .collect();
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let variance = differences.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / (n - 1.0);
    let margin = 1.96 * (variance / n).sqrt();
    assert!(mean + margin < 0.0, "the difference is {mean:.3} ± {margin:.3} points of trust");
}

/// The two incidents meet through people and memory only: what the thief does is drawn as without the
/// crew, up to the day on which the vendor stops him in one of the two.
#[test]
fn in_the_terrible_year_the_thief_does_what_he_does_without_the_crew() {
    let (year, alone) = (shipped("annus-horribilis"), shipped("insider-sale"));
    let mut shared = 0;
    for replication in 0..10 {
        let key = RunKey { seed: 13, replication };
        let tickets = |scenario: &Scenario| -> Vec<_> {
            let draws = draws(scenario, "insider/", key);
            draws.into_iter().map(|d| (d.stream, d.occurrence, d.ticket)).collect()
        };
        let (a, b) = (tickets(&year), tickets(&alone));
        let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        assert!(same == a.len().min(b.len()) || same > 5, "replication {replication}: {same}");
        shared += same;
    }
    assert!(shared > 200, "only {shared} draws in common");
}
