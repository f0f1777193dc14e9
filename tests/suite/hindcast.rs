//! The shipped records: every row of the sources is there, is wired to what it says, and is found alike
//! by any number of threads.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use hotwash_lab::findings::{Header, Hindcast, HindcastRow};
use hotwash_lab::{Arm, Conduct, HindcastStudy, Layout, Shard, conduct};
use hotwash_scenario::RowKind;
use hotwash_tests::{Setup, quantile, shipped};

const WORLDS: u64 = 64;

fn hindcast(name: &str, threads: usize) -> Hindcast {
    let scenario = shipped(name);
    let policy = scenario.policy("historical").cloned();
    let arm = Arm::new("historical", policy, BTreeMap::new());
    let sim = scenario.build(arm.set(), arm.policy()).unwrap();
    let layout = Layout::of(&sim).with_milestones(&sim);
    let mut study = HindcastStudy::new(&scenario, arm, layout, 1, WORLDS).unwrap();
    let mut how = Conduct {
        scenario: &scenario,
        threads,
        shard: Shard::WHOLE,
        log: None,
        stop: &AtomicBool::new(false),
        progress: &mut |_| {},
    };
    conduct(&mut study, &mut how).unwrap();
    study.find(Header { worlds: WORLDS, ..Header::default() })
}

fn row<'a>(found: &'a Hindcast, id: &str) -> &'a HindcastRow {
    found.rows.iter().find(|r| r.id == id).unwrap_or_else(|| panic!("{id}"))
}

#[test]
fn every_row_of_the_sources_is_on_record_and_no_other() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/sources/incidents.md");
    let page = fs::read_to_string(page).unwrap();
    for (name, letter) in [("access-broker", "E-"), ("insider-sale", "I-")] {
        let cells = page.lines().filter_map(|l| l.strip_prefix("| ")?.split(" |").next());
        let sources: BTreeSet<&str> = cells.filter(|c| c.starts_with(letter)).collect();
        let scenario = shipped(name);
        let rows = scenario.hindcast().unwrap().rows().iter();
        // A row of the sources that says two things has two here, `a` and `b`.
        let ids: BTreeSet<&str> = rows.map(|r| r.id.trim_end_matches(['a', 'b'])).collect();
        assert_eq!(ids, sources, "{name}");
        assert!(sources.len() == 14, "{name}: {sources:?}");
    }
}

/// Rows count as tests of the model only where they are produced and not put in twice.
#[test]
fn rows_that_follow_from_others_are_marked() {
    for (name, derived, emergent) in [("access-broker", 2, 7), ("insider-sale", 2, 8)] {
        let scenario = shipped(name);
        let rows = scenario.hindcast().unwrap().rows();
        assert_eq!(rows.iter().filter(|r| !r.derived_from.is_empty()).count(), derived, "{name}");
        let kinds = rows.iter().filter(|r| r.kind == RowKind::Emergent);
        assert_eq!(kinds.count(), emergent, "{name}");
        let found = hindcast(name, 2);
        assert!(found.rows.iter().all(|r| !r.counts || r.derived_from.is_empty()), "{name}");
    }
}

/// Where a metric says the same in hours and minutes, days agree with it to within the calendar's one.
#[test]
fn rows_are_wired_to_what_they_say() {
    for (name, pairs) in [
        (
            "insider-sale",
            vec![
                ("I-4", "signal-to-attribution"),
                ("I-5", "attribution-to-disclosure"),
                ("I-6", "signal-to-disclosure"),
            ],
        ),
        ("access-broker", vec![("E-7a", "publication-to-naming")]),
    ] {
        let metrics = Setup::new(&shipped(name), "historical").metrics(WORLDS);
        let found = hindcast(name, 2);
        for (id, metric) in pairs {
            let values: Vec<Option<f64>> =
                metrics[metric].iter().copied().filter(Option::is_some).collect();
            let row = row(&found, id);
            assert_eq!(row.count, values.len() as u64, "{name}: {id} and {metric}");
            let [_, median, _] = row.simulated.unwrap();
            let apart = (median - quantile(&values, 0.5)).abs();
            // The two medians are of an even number of values, taken in two ways.
            assert!(row.count > 10 && apart < 4.0, "{name}: {id} and {metric} are {apart} apart");
        }
    }
}

#[test]
fn threads_do_not_matter() {
    let all = |threads| format!("{:?}", hindcast("insider-sale", threads).rows);
    assert_eq!(all(1), all(3));
}
