//! Rare branches are reached: over some hundred runs and all policies, each of these kinds of entry
//! comes up at least once.

use std::collections::BTreeSet;

use hotwash_engine::RunKey;
use hotwash_tests::{Setup, shipped};

#[test]
fn rare_branches_are_reached() {
    let scenario = shipped("insider-sale");
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
    let missing: Vec<&str> = RARE.iter().copied().filter(|kind| !seen.contains(*kind)).collect();
    assert!(missing.is_empty(), "never reached: {missing:?}\nseen: {seen:#?}");
}

/// Kinds and milestones that must come up somewhere.
const RARE: &[&str] = &["claim.refuted", "case.claim-walked-back", "press.exposed"];
