//! Business customers and trust in small runs, with a stage that plays the others.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{
    Calendar, Event, JsonSchema, NoOrder, On, Plugin, Problem, SimBuilder, SimDuration, SimTime,
    Simulation, Single, Start, schemars,
};
use hotwash_incident::case::{
    Case, CaseConfig, EvidenceConfig, PropositionConfig, RatioConfig, SharedCase, TruthConfig,
};
use hotwash_incident::events::{
    ArticlePublished, CustomersBriefed, ExploitUsed, ResearcherRebutted, StatementReleased,
};
use hotwash_incident::matter::MatterConfig;
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{
    Audiences, ClaimSpec, Ledgers, MatterId, Observation, Party, Polarity, Specific, Specifics,
    Statement, StatementBook, StatementId, Wording,
};

use super::config::*;
use super::{CohortConfig, CustomersConfig, CustomersPlugin};
use crate::testkit::{count_of, metric, p, refutation, run, slug};

/// What the stage does.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// The press names the vendor in a matter.
    Article(u8),
    /// The public takes in evidence of the theft.
    Sample,
    /// The vendor releases the statement with this number.
    Say(u16),
    Rebut,
    Exploit(u64),
    Brief(f64),
}

#[derive(Clone, Copy, Debug)]
struct Due(usize);
impl Event for Due {
    const NAME: &'static str = "stage.due";
}

#[derive(Clone, serde::Deserialize, JsonSchema)]
struct StageConfig {
    #[serde(skip)]
    acts: Vec<(i64, Act)>,
}

/// Plays the press, the researcher, the criminals and the press office.
struct Stage;

const DENIAL: u16 = 0;
const BARE: u16 = 1;
const SPECIFIC: u16 = 2;
const ADMISSION: u16 = 3;
const LEAK: u16 = 4;

fn statements(case: &SharedCase) -> StatementBook {
    use Polarity::{Affirms, Denies};
    let statement = |name: &str, claims: &[(&str, Polarity, Wording)], specifics| Statement {
        matter: hotwash_incident::MatterId(0),
        name: slug(name),
        title: String::new(),
        text: String::new(),
        to: Audiences::Public,
        claims: claims
            .iter()
            .map(|(about, perceived, wording)| {
                let spec = ClaimSpec {
                    about: slug(about),
                    literal: Some(*perceived),
                    perceived: *perceived,
                    wording: *wording,
                };
                (case.proposition(about).unwrap(), spec)
            })
            .collect(),
        records: None,
        is_specific_warning: false,
        specifics,
    };
    let entered = [("network-entered", Affirms, Wording::Plain)];
    let all =
        Specifics::from(vec![Specific::What, Specific::Age, Specific::Dwell, Specific::Limits]);
    let none = Specifics::default();
    StatementBook {
        statements: vec![
            statement("denial", &[("source-taken", Denies, Wording::Categorical)], none),
            statement("bare", &entered, none),
            statement("specific", &entered, all),
            statement("admission", &[("source-taken", Affirms, Wording::Plain)], none),
            statement("leak", &[("records-taken", Affirms, Wording::Plain)], none),
        ],
    }
}

impl Plugin for Stage {
    const NAME: &'static str = "stage";
    const ABOUT: &'static str = "plays the others";
    type Config = StageConfig;
    type Order = NoOrder;

    fn build(config: StageConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let case = sim.shared::<SharedCase>()?;
        let book = Arc::new(statements(&case));
        sim.share::<SharedStatements>(Arc::clone(&book));
        let (who, acts) = (sim.actor("stage"), Arc::new(config.acts));
        let days = Arc::clone(&acts);
        sim.on(move |mut on: On<'_, Start>| {
            for (i, (day, _)) in days.iter().enumerate() {
                on.at(SimTime::STARTEX + SimDuration::from_days(*day), Due(i));
            }
        });
        sim.on(move |mut on: On<'_, Due>, mut ledgers: Single<'_, '_, &mut Ledgers>| {
            match acts[on.event.0].1 {
                Act::Article(matter) => on.send(ArticlePublished {
                    story: slug("rebuttal"),
                    matter: MatterId(matter),
                    reach: 0.1,
                    severity: 0.5,
                }),
                Act::Sample => {
                    let evidence = case.evidence("sample").unwrap();
                    let party = Party::Public;
                    let seen = Observation { party, evidence, credibility: 1.0, pieces: 1 };
                    ledgers.observe(&mut on, seen);
                }
                Act::Say(number) => {
                    let statement = StatementId(number);
                    ledgers.claim(&mut on, book.get(statement), true, who);
                    on.send(StatementReleased { statement, records: None });
                }
                Act::Rebut => on.send(ResearcherRebutted { credibility: 0.7 }),
                Act::Exploit(number) => {
                    on.send(ExploitUsed { number, is_from_source: true, hit: 0.01 });
                }
                Act::Brief(reach) => on.send(CustomersBriefed { reach }),
            }
        });
        Ok(())
    }
}

/// Two matters: the leak and the intrusion.
fn case() -> CaseConfig {
    let proposition = |name: &str| PropositionConfig {
        name: slug(name),
        text: format!("[{name}]"),
        truth: TruthConfig::UntilActed,
        prior: p(0.1),
    };
    let matter = |name: &str, breach: &str, about: &[&str]| MatterConfig {
        name: slug(name),
        title: name.to_owned(),
        breach: slug(breach),
        about: about.iter().map(|name| slug(name)).collect(),
    };
    CaseConfig {
        vendor: "Vendor".to_owned(),
        propositions: ["records-taken", "network-entered", "source-taken"].map(proposition).into(),
        matters: vec![
            matter("leak", "records-taken", &[]),
            matter("intrusion", "network-entered", &["source-taken"]),
        ],
        evidence: vec![EvidenceConfig {
            name: slug("sample"),
            text: "[sample]".into(),
            ratios: vec![RatioConfig { about: slug("source-taken"), ratio: p(6.0) }],
            repeats: p(1.0),
        }],
        turning_points: vec![],
        knows_at: p(0.9),
        refuted_at: p(0.75),
        refutation: refutation(),
    }
}

fn customers() -> CustomersConfig {
    CustomersConfig {
        cohorts: vec![CohortConfig {
            country: slug("us"),
            name: "the United States".into(),
            size: p(1_000_000.0),
            record_share: None,
        }],
        warnings: WarningConfig { public_reach: p(0.2), support_reach: p(0.05) },
        trust: TrustConfig {
            initial: p(70.0),
            press: p(15.0),
            own_disclosure: p(0.4),
            refuted: p(1.8),
            walked_back: p(1.2),
            half_life: p(180.0),
        },
        churn: ChurnConfig { others: p(0.007), others_reference: p(4.0) },
        calls: None,
        accounts: Some(AccountsConfig {
            source: slug("source-taken"),
            doubt: DoubtConfig {
                per_specific: p(0.8),
                denial: p(0.6),
                rebuttal: p(1.4),
                exploit: p(2.0),
                per_ten_points: p(1.2),
                briefed: p(0.7),
            },
            switching: SwitchingConfig {
                accounts: p(1_000.0),
                prepare_per_week: p(0.05),
                stand_down_per_week: p(0.05),
                many: p(0.15),
                leaves_on_signal: p(0.1),
                churn: p(0.015),
                reference: p(0.15),
                quiet_after: p(120.0),
                account_margin_usd: p(5_000.0),
            },
        }),
    }
}

fn builder(days: i64) -> SimBuilder {
    let calendar = Calendar::new("2019-05-01 09:00").unwrap();
    let horizon = SimTime::STARTEX + SimDuration::from_days(days);
    let mut sim = SimBuilder::new(calendar, SimTime::STARTEX, horizon, BTreeMap::new());
    sim.plugin::<Case>(case());
    sim
}

fn simulate(acts: &[(i64, Act)]) -> Simulation {
    let mut sim = builder(300);
    sim.plugin::<CustomersPlugin>(customers());
    sim.plugin::<Stage>(StageConfig { acts: acts.to_vec() });
    run(sim)
}

fn of(sim: &Simulation, name: &str) -> f64 {
    metric(sim, name).unwrap()
}

fn lost(acts: &[(i64, Act)]) -> f64 {
    of(&simulate(acts), "accounts-lost")
}

#[test]
fn no_news_no_doubt_and_no_events() {
    let sim = simulate(&[]);
    assert_eq!(of(&sim, "accounts-lost"), 0.0);
    assert_eq!(of(&sim, "accounts-doubt"), 0.0);
    assert!(sim.entries().0 < 5, "{:?}", sim.entries());
    // The leak is another matter, and does not make them doubt the product.
    assert_eq!(lost(&[(10, Act::Article(0)), (20, Act::Say(LEAK))]), 0.0);
}

#[test]
fn they_prepare_before_the_facts_are_in_and_switch_upon_a_further_signal() {
    let quiet = simulate(&[(10, Act::Article(1)), (10, Act::Sample)]);
    let prepared = of(&quiet, "accounts-preparing");
    assert!(prepared > 0.15, "{prepared}");
    let milestone = |sim: &Simulation| {
        let all = &sim.catalogue().milestones;
        let place = all.iter().position(|m| m.name == "customers.preparing-to-switch/intrusion");
        sim.milestones()[place.unwrap()]
    };
    assert!(milestone(&quiet).is_some());
    let exploited = simulate(&[(10, Act::Article(1)), (10, Act::Sample), (60, Act::Exploit(1))]);
    assert!(of(&exploited, "accounts-switched") > of(&quiet, "accounts-switched"));
    assert!(of(&exploited, "accounts-lost") > of(&quiet, "accounts-lost"));
    assert_eq!(count_of(&exploited, "customers.accounts-switching"), 1);
    assert_eq!(count_of(&exploited, "customers.accounts-lost"), 1);
}

#[test]
fn what_the_vendor_says_calms_or_unsettles() {
    let with = |act: Option<Act>| {
        let mut acts = vec![(10, Act::Article(1)), (10, Act::Sample)];
        acts.extend(act.map(|act| (14, act)));
        of(&simulate(&acts), "accounts-doubt")
    };
    let silent = with(None);
    let bare = with(Some(Act::Say(BARE)));
    let specific = with(Some(Act::Say(SPECIFIC)));
    let denial = with(Some(Act::Say(DENIAL)));
    assert!(specific < bare, "specifics calm: {specific} {bare}");
    assert!(denial < silent, "a denial calms while it stands: {denial} {silent}");
    assert!(with(Some(Act::Rebut)) > silent);
    assert!(with(Some(Act::Brief(0.8))) < silent);
}

#[test]
fn a_denial_that_falls_is_worse_than_none_and_makes_the_next_matter_worse() {
    // A second sample brings the public's belief over the bar at which a denial stands refuted.
    let theft = [(10, Act::Article(1)), (10, Act::Sample), (40, Act::Sample)];
    let mut denied = theft.to_vec();
    denied.push((14, Act::Say(DENIAL)));
    assert!(
        of(&simulate(&denied), "accounts-doubt") > of(&simulate(&theft), "accounts-doubt"),
        "harshness deepens doubt"
    );
    let autumn = [(150, Act::Article(0)), (160, Act::Say(LEAK))];
    let fallen = |acts: &[(i64, Act)]| {
        let mut both = acts.to_vec();
        both.extend_from_slice(&autumn);
        of(&simulate(&both), "trust-lowest")
    };
    assert!(fallen(&denied) < fallen(&theft), "and trust falls lower in the matter that follows");
}

#[test]
fn an_admission_is_a_signal_of_its_own() {
    let prepared = [(10, Act::Article(1)), (10, Act::Sample)];
    let mut admitted = prepared.to_vec();
    admitted.push((60, Act::Say(ADMISSION)));
    let switched = |acts: &[(i64, Act)]| of(&simulate(acts), "accounts-switched");
    assert!(switched(&admitted) > switched(&prepared));
    // Said twice, it is no news the second time.
    let mut twice = admitted.clone();
    twice.push((90, Act::Say(ADMISSION)));
    let again = switched(&twice) - switched(&admitted);
    assert!(again < switched(&admitted) - switched(&prepared));
}

#[test]
fn a_scenario_without_calls_has_trust_and_churn_and_no_victims() {
    let sim = simulate(&[(10, Act::Article(1)), (12, Act::Say(BARE))]);
    assert!(of(&sim, "trust-lowest") < 70.0);
    assert!(of(&sim, "customers-lost") > 0.0);
    assert_eq!(metric(&sim, "victims"), None);
    assert_eq!(metric(&sim, "trust-affected-lowest"), None);
    assert_eq!(count_of(&sim, "customers.warned"), 0);
    assert_eq!(count_of(&sim, "customers.all-churned"), 1);
    for entry in sim.journal().entries() {
        let said = entry.say(entry.kind.says);
        assert!(!said.contains('{'), "{}: {said}", entry.kind.name);
    }
}

#[test]
fn an_authors_mistakes_are_named() {
    let mut sim = builder(30);
    let mut config = customers();
    config.accounts.as_mut().unwrap().source = slug("source-token");
    sim.plugin::<CustomersPlugin>(config);
    let found = sim.finish().map(|_| ()).unwrap_err().remove(0);
    assert_eq!((found.plugin.as_str(), found.path.as_str()), ("customers", "accounts.source"));
    assert_eq!(found.hint.as_deref(), Some("did you mean `source-taken`?"));
}
