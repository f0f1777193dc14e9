//! Metamorphic checks on paired seeds: what must not get worse when one thing gets better, and what
//! must not change at all.

use hotwash_engine::{DrawRecord, RunKey};
use hotwash_scenario::Scenario;
use hotwash_tests::{Setup, shipped};

const RUNS: u64 = 300;

fn insider_sale() -> Scenario {
    shipped("insider-sale")
}

/// The median of a metric does not rise from the one setup to the other.
fn never_worse(metric: &str, before: &Setup, after: &Setup) {
    let (before, after) = (before.median(metric, RUNS), after.median(metric, RUNS));
    assert!(after <= before, "median {metric} rose from {before} to {after}");
}

fn lever_never_worse(metric: &str, policy: &str, lever: &str, values: [&str; 2]) {
    let scenario = insider_sale();
    let with = |value| Setup::new(&scenario, policy).set(&[(lever, value)]);
    never_worse(metric, &with(values[0]), &with(values[1]));
}

#[test]
fn more_analysts_never_lengthen_discovery() {
    for policy in ["historical", "by-the-book"] {
        lever_never_worse("time-to-discover", policy, "soc.analysts", ["4", "12"]);
    }
}

#[test]
fn canary_records_never_lengthen_discovery() {
    for policy in ["historical", "silent"] {
        lever_never_worse("time-to-discover", policy, "estate.canaries", ["0", "400"]);
    }
}

#[test]
fn a_path_for_complaints_never_lengthens_discovery() {
    lever_never_worse(
        "time-to-discover",
        "historical",
        "soc.complaint_path",
        ["none", "leak-indicator"],
    );
}

#[test]
fn longer_logs_never_lengthen_attribution() {
    lever_never_worse("signal-to-attribution", "silent", "estate.log_retention", ["60d", "720d"]);
}

#[test]
fn fewer_approvals_never_lengthen_the_first_statement() {
    lever_never_worse("time-to-first-statement", "historical", "pr.approval_steps", ["5", "1"]);
}

#[test]
fn a_specific_warning_never_raises_victims() {
    let scenario = insider_sale();
    let says = |option| Setup::new(&scenario, "historical").decide(&[("advisory", option)]);
    let (nothing, specific) = (says("nothing"), says("callers-know-tickets"));
    never_worse("victims", &nothing, &specific);
    // On the same world it never adds a victim either, run by run.
    let (a, b) = (nothing.metrics(RUNS), specific.metrics(RUNS));
    for (i, (without, with)) in a["victims"].iter().zip(&b["victims"]).enumerate() {
        assert!(
            with <= without,
            "replication {i}: {without:?} victims without, {with:?} with the warning"
        );
    }
}

fn draws(setup: &Setup, key: RunKey) -> Vec<DrawRecord> {
    let mut sim = setup.build();
    let mut decider = setup.decider(&sim);
    sim.record_draws(true);
    sim.run(key, decider.as_mut()).unwrap();
    sim.draws().to_vec()
}

fn of<'a>(draws: &'a [DrawRecord], plugin: &str) -> Vec<&'a DrawRecord> {
    let mut own: Vec<&DrawRecord> = draws.iter().filter(|d| d.stream.starts_with(plugin)).collect();
    own.sort();
    own
}

#[test]
fn a_press_decision_moves_no_earlier_draw_and_none_of_the_lead_in() {
    let scenario = insider_sale();
    for replication in 0..20 {
        let key = RunKey { seed: 5, replication };
        let says = |option| Setup::new(&scenario, "historical").decide(&[("advisory", option)]);
        let taken = says("nothing")
            .journal(key)
            .into_iter()
            .find(|line| {
                line.kind == "exercise.decision-taken" && line.fields["decision"] == "advisory"
            })
            .map_or(i64::MAX, |line| line.ms);
        let (a, b) = (draws(&says("nothing"), key), draws(&says("callers-know-tickets"), key));
        let before = |list: &[DrawRecord]| {
            list.iter().filter(|d| d.at_ms < taken).cloned().collect::<Vec<_>>()
        };
        assert_eq!(
            before(&a),
            before(&b),
            "replication {replication}: a draw before the decision moved"
        );
        let lead_in = |list: &[DrawRecord]| -> Vec<DrawRecord> {
            of(list, "insider/").into_iter().filter(|d| d.at_ms < 0).cloned().collect()
        };
        assert!(!lead_in(&a).is_empty());
        assert_eq!(
            lead_in(&a),
            lead_in(&b),
            "replication {replication}: the insider's lead-in moved"
        );
    }
}

/// Where two runs take the same ticket of the same stream, it has the same value, whatever else
/// they do: this is what common random numbers are.
#[test]
fn tickets_depend_on_their_address_alone() {
    let scenario = insider_sale();
    let key = RunKey { seed: 6, replication: 1 };
    let (a, b) = (
        draws(&Setup::new(&scenario, "historical"), key),
        draws(&Setup::new(&scenario, "watchful"), key),
    );
    let index: std::collections::BTreeMap<_, _> =
        a.iter().map(|d| ((d.stream.as_str(), d.occurrence), d.ticket)).collect();
    let shared: Vec<_> = b
        .iter()
        .filter_map(|d| Some((d, index.get(&(d.stream.as_str(), d.occurrence))?)))
        .collect();
    assert!(shared.len() > 200, "only {} shared tickets", shared.len());
    for (draw, ticket) in shared {
        assert_eq!(draw.ticket, *ticket, "{draw:?}");
    }
}

#[test]
fn what_the_press_office_says_moves_no_draw_of_the_callers() {
    let scenario = insider_sale();
    let key = RunKey { seed: 7, replication: 0 };
    let says =
        |option| draws(&Setup::new(&scenario, "historical").decide(&[("advisory", option)]), key);
    let (a, b) = (says("nothing"), says("not-affiliated"));
    assert_eq!(of(&a, "scam/"), of(&b, "scam/"));
    assert_eq!(of(&a, "insider/"), of(&b, "insider/"));
}
