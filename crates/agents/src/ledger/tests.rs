//! The ledger in small runs.

use std::collections::BTreeMap;

use hotwash_engine::{Calendar, SimBuilder, SimDuration, SimTime, Simulation};
use hotwash_incident::Party;
use hotwash_incident::case::{Case, EvidenceConfig, PropositionConfig, RatioConfig, TruthConfig};
use hotwash_incident::events::{Bearer, CostKind};
use hotwash_incident::matter::MatterConfig;

use super::Ledger;
use super::config::{CodeTheftConfig, LedgerConfig, RecordsConfig};
use crate::testkit::{Act, Script, ScriptConfig, builder, case, count_of, metric, p, run, slug};

fn config() -> LedgerConfig {
    LedgerConfig {
        hourly_usd: p(100.0),
        margin_usd: p(20.0),
        records: Some(RecordsConfig {
            breach: slug("records-taken"),
            record_usd: p(25.0),
            uncounted: p(0.2),
            claims: p(0.1),
            claims_per_refuted: p(1.5),
        }),
        return_disclosed: p(-0.7),
        return_exposed: p(-3.6),
        code_theft: None,
    }
}

fn simulate(acts: &[(f64, Act)]) -> Simulation {
    let mut sim = builder(30, &[]);
    sim.plugin::<Script>(ScriptConfig::new(acts));
    sim.plugin::<Ledger>(config());
    run(sim)
}

const LOSS: (f64, Act) = (1.0, Act::Call(10_000.0));
/// Customers hit by an exploit: no victims of the leak.
const HIT: (f64, Act) = (2.0, Act::Spend(CostKind::Fraud, Bearer::Victims, 50_000.0));

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
    let known = simulate(&[(0.0, Act::Read(1_000)), LOSS, (5.0, Act::Reach("pr.disclosed/leak"))]);
    assert_eq!(metric(&known, "cost-response"), Some(5_000.0));
    assert_eq!(metric(&known, "cost-fines"), Some(1_000.0));
    assert_eq!(metric(&known, "cost-victims"), Some(9_000.0));
    assert_eq!(metric(&known, "abnormal-return"), Some(-0.7));
    let exposed = simulate(&[
        (4.0, Act::Reach("press.exposed/leak")),
        (5.0, Act::Reach("pr.disclosed/leak")),
    ]);
    assert_eq!(metric(&exposed, "abnormal-return"), Some(-3.6));
}

/// A builder whose case has a second matter, an intrusion.
fn two_matters() -> SimBuilder {
    let mut case = case();
    for name in ["network-entered", "source-taken"] {
        case.propositions.push(PropositionConfig {
            name: slug(name),
            text: format!("[{name}]"),
            truth: TruthConfig::UntilActed,
            prior: p(0.05),
        });
    }
    case.evidence.push(EvidenceConfig {
        name: slug("sample"),
        text: "[sample]".into(),
        ratios: vec![RatioConfig { about: slug("source-taken"), ratio: p(1_000.0) }],
        repeats: p(1.0),
    });
    case.matters.push(MatterConfig {
        name: slug("intrusion"),
        title: "the intrusion".into(),
        breach: slug("network-entered"),
        about: vec![slug("source-taken")],
    });
    let calendar = Calendar::new("2019-08-01 09:00").unwrap();
    let horizon = SimTime::STARTEX + SimDuration::from_days(30);
    let mut sim = SimBuilder::new(calendar, SimTime::STARTEX, horizon, BTreeMap::new());
    sim.plugin::<Case>(case);
    sim
}

fn two_matters_with(acts: &[(f64, Act)]) -> Simulation {
    let mut sim = two_matters();
    sim.plugin::<Script>(ScriptConfig::new(acts));
    let mut config = config();
    config.code_theft = Some(CodeTheftConfig {
        source: slug("source-taken"),
        believed_at: p(0.5),
        return_code_theft: p(-7.0),
    });
    sim.plugin::<Ledger>(config);
    run(sim)
}

#[test]
fn each_matter_moves_the_shares_and_only_a_leak_of_records_has_an_aftermath() {
    let acts = |more: &[(f64, Act)]| {
        let mut acts = vec![(0.0, Act::Read(1_000)), LOSS];
        acts.extend_from_slice(more);
        two_matters_with(&acts)
    };
    let intrusion = (3.0, Act::Reach("press.exposed/intrusion"));
    let leak = (5.0, Act::Reach("pr.disclosed/leak"));
    let believed = (4.0, Act::See(Party::Public, "sample"));
    let value = |sim: &Simulation, name| metric(sim, name);

    let only_intrusion = acts(&[intrusion]);
    assert_eq!(value(&only_intrusion, "abnormal-return"), Some(-3.6));
    assert_eq!(value(&only_intrusion, "cost-vendor"), Some(0.0));
    let both = acts(&[intrusion, leak]);
    assert_eq!(value(&both, "abnormal-return"), Some(-3.6 - 0.7));
    assert_eq!(value(&both, "cost-fines"), Some(1_000.0));
    let theft = acts(&[intrusion, believed]);
    assert_eq!(value(&theft, "abnormal-return"), Some(-7.0));
    // Where the intrusion never came out, nobody doubts the product on the exchange.
    assert_eq!(value(&acts(&[believed, leak]), "abnormal-return"), Some(-0.7));
}

#[test]
fn only_victims_of_the_leak_are_paid_back() {
    let sim = simulate(&[LOSS, HIT, (5.0, Act::Reach("pr.disclosed/leak"))]);
    assert_eq!(metric(&sim, "cost-fines"), Some(1_000.0));
    assert_eq!(metric(&sim, "cost-victims"), Some(59_000.0));
}

#[test]
fn a_ledger_without_records_books_the_rest() {
    let mut sim = builder(30, &[]);
    sim.plugin::<Script>(ScriptConfig::new(&[
        LOSS,
        (2.0, Act::Work(3.0)),
        (5.0, Act::Reach("pr.disclosed/leak")),
    ]));
    let mut config = config();
    config.records = None;
    sim.plugin::<Ledger>(config);
    let sim = run(sim);
    assert_eq!(metric(&sim, "cost-vendor"), Some(300.0));
    assert_eq!(metric(&sim, "cost-victims"), Some(10_000.0));
    assert_eq!(metric(&sim, "abnormal-return"), Some(-0.7));
}
