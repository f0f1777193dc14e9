//! A case with two matters for tests: the leak of the other kits, and an intrusion.

use hotwash_engine::{Event, SimBuilder, Simulation};
use hotwash_incident::case::{
    Case, CaseConfig, EvidenceConfig, PropositionConfig, RatioConfig, SharedCase, TruthConfig,
};
use hotwash_incident::matter::MatterConfig;
use hotwash_incident::{Audiences, Ledgers, Party, Polarity};

use crate::pr::config::{BriefingConfig, PrConfig, StatementConfig, TopicConfig};
use crate::testkit::{bare_builder, p, slug};

fn proposition(name: &str, prior: f64) -> PropositionConfig {
    PropositionConfig {
        name: slug(name),
        text: format!("[{name}]"),
        truth: TruthConfig::UntilActed,
        prior: p(prior),
    }
}

fn evidence(name: &str, about: &str, ratio: f64) -> EvidenceConfig {
    EvidenceConfig {
        name: slug(name),
        text: format!("[{name}]"),
        ratios: vec![RatioConfig { about: slug(about), ratio: p(ratio) }],
        repeats: p(1.0),
    }
}

fn case() -> CaseConfig {
    let mut case = crate::testkit::case();
    case.propositions.push(proposition("network-entered", 0.05));
    case.propositions.push(proposition("source-taken", 0.3));
    case.matters.push(MatterConfig {
        name: slug("intrusion"),
        title: "the intrusion".to_owned(),
        breach: slug("network-entered"),
        about: vec![slug("source-taken")],
    });
    case.evidence.extend([
        evidence("hunt-finds", "network-entered", 1_000.0),
        evidence("seller-chat", "network-entered", 5.0),
        evidence("press-names", "network-entered", 400.0),
        evidence("vendor-admits-entry", "network-entered", 2_000.0),
        evidence("vendor-denies-entry", "network-entered", 0.2),
        evidence("vendor-admits-source", "source-taken", 2_000.0),
        evidence("vendor-denies-source", "source-taken", 0.2),
    ]);
    case
}

/// A builder with the case, for so many days.
pub(crate) fn builder(days: i64, settings: &[(&str, &str)]) -> SimBuilder {
    let mut sim = bare_builder(days, settings);
    sim.plugin::<Case>(case());
    sim
}

fn of(matter: &str, mut statement: StatementConfig) -> StatementConfig {
    statement.matter = Some(slug(matter));
    statement
}

/// The press office of the other kits, with words on the intrusion too: `entry` affirms it and
/// denies that source code was taken, `nothing` denies it, `advice` claims nothing.
pub(crate) fn pr() -> PrConfig {
    use crate::pr::tests::statement;
    let mut config = crate::pr::tests::config();
    for leak in &mut config.statements {
        leak.matter = Some(slug("leak"));
    }
    let public = Audiences::Public;
    let mut entry = statement("entry", public, "network-entered", Polarity::Affirms);
    entry.claims.extend(statement("x", public, "source-taken", Polarity::Denies).claims);
    let mut advice = statement("advice", public, "source-taken", Polarity::Denies);
    advice.claims.clear();
    config.statements.extend([
        of("intrusion", entry),
        of("intrusion", statement("nothing", public, "network-entered", Polarity::Denies)),
        of("intrusion", advice),
    ]);
    let topic = |about: &str, admits: &str, denies: &str| TopicConfig {
        of: vec![slug(about)],
        admits: slug(admits),
        denies: slug(denies),
    };
    config.hearing.topics.extend([
        topic("network-entered", "vendor-admits-entry", "vendor-denies-entry"),
        topic("source-taken", "vendor-admits-source", "vendor-denies-source"),
    ]);
    config.briefing = Some(BriefingConfig {
        matter: Some(slug("intrusion")),
        prepare: p(9.0),
        reach: p(0.8),
        usd: p(5_000.0),
        leaks: p(0.0),
        leaks_after: p(24.0),
    });
    config
}

/// Sends an event on a day, at ten in the morning.
pub(crate) fn send<E: Event>(sim: &mut SimBuilder, day: i64, event: E) {
    crate::vendor_stage::script(sim, [day], event);
}

/// What a party believes of a proposition at the end of a run.
pub(crate) fn belief(sim: &Simulation, case: &SharedCase, party: Party, proposition: &str) -> f64 {
    let proposition = case.proposition(proposition).unwrap();
    sim.view().get::<Ledgers>(case.ledgers).belief(party, proposition)
}
