//! The ledger in small runs.

use hotwash_engine::Simulation;
use hotwash_incident::events::{Bearer, CostKind};

use super::Ledger;
use super::config::LedgerConfig;
use crate::testkit::{Act, Script, ScriptConfig, builder, count_of, metric, p, run};

fn config() -> LedgerConfig {
    LedgerConfig {
        hourly_usd: p(100.0),
        margin_usd: p(20.0),
        record_usd: p(25.0),
        uncounted: p(0.2),
        claims: p(0.1),
        claims_per_refuted: p(1.5),
        return_disclosed: p(-0.7),
        return_exposed: p(-3.6),
    }
}

fn simulate(acts: &[(f64, Act)]) -> Simulation {
    let mut sim = builder(30, &[]);
    sim.plugin::<Script>(ScriptConfig::new(acts));
    sim.plugin::<Ledger>(config());
    run(sim)
}

const LOSS: (f64, Act) = (1.0, Act::Spend(CostKind::Fraud, Bearer::Victims, 10_000.0));

#[test]
fn money_and_hours_add_up_by_kind_and_bearer() {
    let sim = simulate(&[
        LOSS,
        (1.0, Act::Work(10.0)),
        (2.0, Act::Spend(CostKind::Communication, Bearer::Vendor, 500.0)),
        (3.0, Act::Spend(CostKind::Fines, Bearer::Vendor, 70.0)),
        (4.0, Act::Lose(3.0)),
    ]);
    let value = |name| metric(&sim, name).unwrap();
    assert_eq!(value("cost-response"), 1_500.0);
    assert_eq!(value("cost-fines"), 70.0);
    assert_eq!(value("cost-lost-business"), 60.0);
    assert_eq!(value("cost-vendor"), 1_630.0);
    assert_eq!(value("cost-victims"), 10_000.0);
    assert_eq!(value("incident-hours"), 10.0);
    assert_eq!(count_of(&sim, "ledger.closed"), 1);
}

#[test]
fn what_never_came_out_costs_nothing_afterwards() {
    let silent = simulate(&[(0.0, Act::Read(1_000)), LOSS]);
    assert_eq!(metric(&silent, "cost-vendor"), Some(0.0));
    assert_eq!(metric(&silent, "abnormal-return"), None);
}

#[test]
fn a_known_theft_costs_and_victims_get_some_of_it_back() {
    let known = simulate(&[(0.0, Act::Read(1_000)), LOSS, (5.0, Act::Reach("pr.disclosed"))]);
    assert_eq!(metric(&known, "cost-response"), Some(5_000.0));
    assert_eq!(metric(&known, "cost-fines"), Some(1_000.0));
    assert_eq!(metric(&known, "cost-victims"), Some(9_000.0));
    assert_eq!(metric(&known, "abnormal-return"), Some(-0.7));
    let exposed =
        simulate(&[(4.0, Act::Reach("press.exposed")), (5.0, Act::Reach("pr.disclosed"))]);
    assert_eq!(metric(&exposed, "abnormal-return"), Some(-3.6));
}
