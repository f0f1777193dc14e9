//! The market in small runs, with a script for the crew.

use hotwash_engine::{RunKey, Simulation, TakeDefaults};

use super::MarketPlugin;
use crate::forum_stage::{Happens, heard, market, stage, with_market};
use crate::testkit::{count_of, day_of, metric, p, run, slug};

/// The crew is in by the lab.
const IN: (f64, Happens) = (0.0, Happens::Opens(1, true));

fn source_taken(tb: f64) -> [(f64, Happens); 3] {
    [IN, (1.0, Happens::Take(0, tb)), (1.0, Happens::True("source-taken"))]
}

#[test]
fn nothing_taken_is_nothing_offered() {
    let sim = run(with_market(600, 0.0, market(), &[]));
    assert_eq!(count_of(&sim, "market.offer"), 0);
    assert_eq!(count_of(&sim, "market.waits"), 1);
    assert_eq!((metric(&sim, "sales"), metric(&sim, "asked-usd")), (Some(0.0), None));
    assert!(sim.entries().0 <= 3, "{:?}", sim.entries());
}

#[test]
fn an_offer_waits_for_something_worth_offering() {
    let script = [IN, (1.0, Happens::Take(1, 0.5)), (40.0, Happens::Take(1, 0.7))];
    let sim = run(with_market(600, 0.0, market(), &script));
    assert_eq!(day_of(&sim, "market.offer"), Some(40.0));
    assert!((metric(&sim, "claimed-tb").unwrap() - 3.6).abs() < 1e-9);
    assert!((metric(&sim, "claimed-over-real").unwrap() - 3.0).abs() < 1e-9);
    let offer = sim.journal().entries().iter().find(|e| e.kind.name == "market.offer").unwrap();
    let text = offer.say(offer.kind.says);
    assert!(text.contains("debug symbols") && text.contains("USD 300,000"), "{text}");
}

#[test]
fn access_is_tried_and_sold_while_the_crew_is_in() {
    let sim = run(with_market(600, 0.0, market(), &source_taken(2.0)));
    let sold = heard(&sim, "sold");
    assert_eq!(sold.len(), 1);
    assert!((sold[0].1 - 150_000.0).abs() < 1e-6);
    assert_eq!(metric(&sim, "access-sold"), Some(1.0));
    // Two trial logins, both by the one segment that is exposed.
    assert_eq!(heard(&sim, "hostile-act").iter().map(|a| a.1).collect::<Vec<_>>(), [1.0, 1.0]);
}

#[test]
fn after_eviction_the_access_is_worthless_and_the_data_stay() {
    let mut script = source_taken(2.0).to_vec();
    // In escrow: the offer of the fifth of March sells at once, the money is let go six days later.
    script.push((5.0, Happens::Opens(1, false)));
    let sim = run(with_market(600, 0.0, market(), &script));
    let sold = heard(&sim, "sold");
    assert!((sold[0].1 - 90_000.0).abs() < 1e-6, "{sold:?}");
    assert_eq!(metric(&sim, "access-sold"), Some(0.0));
    assert_eq!(heard(&sim, "hostile-act").len(), 1);
    script.push((6.0, Happens::Opens(1, true)));
    let sim = run(with_market(600, 0.0, market(), &script));
    assert!((heard(&sim, "sold")[0].1 - 150_000.0).abs() < 1e-6);
}

#[test]
fn a_buyer_is_sent_only_where_access_works() {
    // The lab is cut off; a back door in the code segment is left.
    let mut script = source_taken(2.0).to_vec();
    script.extend([(2.0, Happens::Opens(1, false)), (2.0, Happens::Opens(0, true))]);
    let sim = run(with_market(600, 0.0, market(), &script));
    assert_eq!(heard(&sim, "hostile-act").iter().map(|a| a.1).collect::<Vec<_>>(), [0.0, 0.0]);
    assert_eq!(metric(&sim, "access-sold"), Some(1.0));
    // Without it the offer is one of data only, whatever happened before.
    script.push((3.0, Happens::Opens(0, false)));
    let sim = run(with_market(600, 0.0, market(), &script));
    assert!(heard(&sim, "hostile-act").is_empty());
    assert_eq!(metric(&sim, "access-sold"), Some(0.0));
}

#[test]
fn an_unsold_offer_lapses_and_portions_go_quietly() {
    let mut config = market();
    config.sale.sells = p(0.0);
    config.resales.number = p(12.0);
    let sim = run(with_market(800, 0.0, config, &source_taken(2.0)));
    let lapsed = day_of(&sim, "market.lapsed").unwrap();
    let sold = heard(&sim, "sold");
    assert!(sold.len() >= 4 && sold.len() as f64 == metric(&sim, "resales").unwrap());
    assert!(
        sold.iter().all(|(day, usd)| *day > lapsed && *day < lapsed + 366.0 && *usd <= 15_001.0)
    );
}

/// Days of attacks with source code of this age, in a market with many resales.
fn attacks(age: f64, replication: u64) -> Vec<f64> {
    let mut config = market();
    config.resales.number = p(40.0);
    config.exploits.per_buyer = p(0.3);
    let sim = with_market(900, age, config, &source_taken(2.0));
    let mut sim = sim.finish().unwrap();
    sim.record_journal(true);
    sim.check_invariants(true);
    sim.run(RunKey { seed: 7, replication }, &mut TakeDefaults).unwrap();
    heard(&sim, "exploit").into_iter().map(|(day, _)| day).collect()
}

#[test]
fn older_source_never_speeds_or_adds_exploits() {
    for replication in 0..8 {
        let runs = [0.0, 200.0, 800.0, 3_000.0].map(|age| attacks(age, replication));
        for pair in runs.windows(2) {
            assert!(pair[1].len() <= pair[0].len(), "{runs:?}");
            // The attack that comes k-th is never earlier with older code.
            assert!(pair[0].iter().zip(&pair[1]).all(|(fresh, old)| old >= fresh), "{runs:?}");
        }
        assert!(!runs[0].is_empty());
    }
}

fn exploited(config: super::MarketConfig, script: &[(f64, Happens)]) -> Simulation {
    run(with_market(900, 0.0, config, script))
}

#[test]
fn exploits_come_without_source_too_and_cost_victims() {
    let mut config = market();
    config.exploits.ordinary = p(2.0);
    let sim = exploited(config, &[]);
    let attacks = heard(&sim, "exploit");
    assert!(!attacks.is_empty() && attacks.iter().all(|(_, from_source)| *from_source == 0.0));
    assert_eq!(metric(&sim, "exploits-from-source"), Some(0.0));
    assert_eq!(metric(&sim, "days-to-first-exploit"), None);
    let costs = heard(&sim, "cost");
    assert!(costs.len() == attacks.len() && (costs[0].1 - 1e6).abs() < 1.0, "{costs:?}");
}

#[test]
fn the_public_connects_an_attack_only_with_what_it_has_heard_of() {
    let told = |script: &[(f64, Happens)]| {
        let mut config = market();
        config.exploits.ordinary = p(2.0);
        let sim = exploited(config, script);
        let entries = sim.journal().entries().iter();
        let moved = entries.filter(|e| e.kind.name == "case.other-believes");
        moved.filter(|e| e.field("party") == Some(&"public".into())).count()
    };
    assert_eq!(told(&[]), 0);
    assert!(told(&[(0.0, Happens::Reach("press.exposed/intrusion"))]) > 0);
}

#[test]
fn names_go_by_matter_where_there_are_two() {
    let mut sim = stage(300, 2, 0.0, &source_taken(2.0));
    sim.plugin::<MarketPlugin>(market());
    let sim = run(sim);
    assert_eq!(metric(&sim, "access-sold/intrusion"), Some(1.0));
    assert_eq!(metric(&sim, "access-sold"), None);
}

#[test]
fn mistakes_are_named_with_their_place() {
    let mut config = market();
    config.source = slug("source-takn");
    let problems = with_market(100, 0.0, config, &[]).finish().err().unwrap();
    assert_eq!(problems[0].path, "source");
    assert!(problems[0].hint.as_deref().unwrap().contains("source-taken"), "{problems:?}");
    let mut config = market();
    config.first_offer = "2018-03-05".to_owned();
    let problems = with_market(100, 0.0, config, &[]).finish().err().unwrap();
    assert_eq!(problems[0].path, "first_offer");
}
