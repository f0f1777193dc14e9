//! Rare branches are reached: over some hundred runs and all policies, each of these kinds of entry
//! comes up at least once.

use std::collections::BTreeSet;

use hotwash_engine::RunKey;
use hotwash_tests::{Setup, shipped};

#[test]
fn rare_branches_are_reached() {
    for (name, rare) in RARE {
        let scenario = shipped(name);
        let mut seen = BTreeSet::new();
        for policy in scenario.policies() {
            for replication in 0..60 {
                let setup = Setup::new(&scenario, policy.name());
                for line in setup.journal(RunKey { seed: 8, replication }) {
                    seen.insert(line.kind);
                    seen.extend(line.milestones);
                }
            }
        }
        let missing: Vec<&str> = rare.iter().copied().filter(|k| !seen.contains(*k)).collect();
        assert!(missing.is_empty(), "{name}: never reached: {missing:?}\nseen: {seen:#?}");
    }
}

/// By scenario: kinds and milestones that must come up somewhere.
const RARE: &[(&str, &[&str])] = &[
    ("insider-sale", &["claim.refuted", "case.claim-walked-back", "press.exposed/leak"]),
    (
        "access-broker",
        &[
            "claim.refuted",
            "case.claim-walked-back",
            "intruder.evicted",
            "intruder.gave-up",
            "truth.came-back/intrusion",
            "truth.exploited/intrusion",
            "researcher.withdrew",
            "researcher.gave-up",
            "researcher.rebutted/intrusion",
            "soc.sample-compared",
            "soc.still-in",
            "customers.preparing-to-switch/intrusion",
        ],
    ),
    (
        "support-portal",
        &[
            "case.claim-walked-back",
            "claim.refuted",
            "researcher.rebutted/intrusion",
            "soc.sample-compared",
            "pr.released/every-user",
        ],
    ),
    ("support-portal-warned", &["brightferry.warned", "brightferry.published"]),
    (
        "token-seeds",
        &["case.claim-walked-back", "truth.exploited/intrusion", "pr.released/replace"],
    ),
    (
        "departing-admin",
        &["leaver.seen", "leaver.noticed", "leaver.shut-out", "leaver.credentials-void"],
    ),
];
