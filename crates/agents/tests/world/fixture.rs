//! A small world for the tests: fixed numbers, a case, and a stage that plays the other agents.

use std::sync::Arc;

use hotwash_agents::{customers, estate, insider, scam};
use hotwash_engine::{
    Better, Calendar, Event, Firmness, JsonSchema, LikelihoodRatio, MetricInfo, NoOrder, On, Param,
    Plugin, Problem, RunKey, Share, SimBuilder, SimDuration, SimTime, Simulation, Single, Start,
    TakeDefaults, Unit, schemars, state,
};
use hotwash_incident::case::{
    Case, CaseConfig, EvidenceConfig, PropositionConfig, RatioConfig, RefutationConfig, SharedCase,
    TruthConfig,
};
use hotwash_incident::events::{
    AccountSuspended, ArticlePublished, CallCentreRaided, CanaryCalled, ClaimRefuted,
    CustomersWarned, InsiderAlarmed, PeopleNotified, StatementReleased,
};
use hotwash_incident::matter::MatterConfig;
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{
    Audiences, ClaimSpec, Polarity, Statement, StatementBook, StatementId, Wording,
};
use serde::Deserialize;

pub(crate) fn fixed<U: Unit>(value: f64) -> Param<U> {
    Param::fixed(value, "test", Firmness::Guess).unwrap()
}

pub(crate) fn case() -> CaseConfig {
    let proposition = |name: &str| PropositionConfig {
        name: name.parse().unwrap(),
        text: name.replace('-', " "),
        truth: TruthConfig::UntilActed,
        prior: fixed(0.02),
    };
    let evidence = |name: &str, about: &str, ratio: f64| EvidenceConfig {
        name: name.parse().unwrap(),
        text: name.replace('-', " "),
        ratios: vec![RatioConfig {
            about: about.parse().unwrap(),
            ratio: fixed::<LikelihoodRatio>(ratio),
        }],
        repeats: fixed(0.8),
    };
    CaseConfig {
        vendor: "the vendor".into(),
        propositions: ["records-taken", "insider", "callers-have-our-data", "scam-is-generic"]
            .map(proposition)
            .into(),
        matters: vec![MatterConfig {
            name: "leak".parse().unwrap(),
            title: "the leak".into(),
            breach: "records-taken".parse().unwrap(),
            about: vec!["insider".parse().unwrap()],
        }],
        evidence: vec![
            evidence("caller-knows-ticket", "records-taken", 5.0),
            evidence("general-complaint", "scam-is-generic", 1.1),
        ],
        turning_points: vec![],
        knows_at: fixed(0.9),
        refuted_at: fixed(0.7),
        refutation: RefutationConfig {
            hedged: fixed(0.1),
            plain: fixed(0.4),
            categorical: fixed(0.8),
            implied: fixed(0.7),
            per_month: fixed(0.1),
        },
    }
}

pub(crate) fn customers() -> customers::CustomersConfig {
    let cohort = |country: &str, size, share| customers::CohortConfig {
        country: country.parse().unwrap(),
        name: country.to_uppercase(),
        size: fixed(size),
        record_share: Some(fixed(share)),
    };
    customers::CustomersConfig {
        cohorts: vec![cohort("us", 700_000.0, 0.6), cohort("gb", 300_000.0, 0.2)],
        warnings: customers::WarningConfig { public_reach: fixed(0.2), support_reach: fixed(0.05) },
        trust: customers::TrustConfig {
            initial: fixed(70.0),
            press: fixed(15.0),
            own_disclosure: fixed(0.4),
            refuted: fixed(1.8),
            walked_back: fixed(1.2),
            half_life: fixed(180.0),
        },
        churn: customers::ChurnConfig { others: fixed(0.007), others_reference: fixed(4.0) },
        calls: Some(calls()),
        accounts: None,
    }
}

pub(crate) fn calls() -> customers::CallsConfig {
    customers::CallsConfig {
        breach: "records-taken".parse().unwrap(),
        general_warning: "scam-is-generic".parse().unwrap(),
        evidence: customers::EvidenceConfig {
            knows_ticket: "caller-knows-ticket".parse().unwrap(),
            general: "general-complaint".parse().unwrap(),
        },
        complaints: customers::ComplaintConfig {
            report: fixed(0.02),
            mentions_ticket: fixed(0.6),
            delay: fixed(20.0),
            surge: fixed(15.0),
            noise_from: SimDuration::from_days(56),
            general_per_week: fixed(4.0),
            knows_by_chance: fixed(0.0),
        },
        warnings: customers::ReadingConfig { letter_read: fixed(0.5), article_warns: fixed(0.1) },
        trust: customers::CallTrustConfig {
            called: fixed(5.0),
            victim: fixed(30.0),
            notified: fixed(3.0),
            alarm: fixed(0.3),
        },
        churn: customers::CallChurnConfig {
            affected: fixed(0.06),
            affected_reference: fixed(12.0),
        },
    }
}

pub(crate) fn estate() -> estate::EstateConfig {
    let monitor = |half_at, ceiling| estate::MonitorConfig {
        half_at: fixed(half_at),
        steepness: fixed(2.0),
        ceiling: fixed(ceiling),
        false_per_week: fixed(2.0),
    };
    let support = estate::SupportConfig {
        records: fixed(500_000.0),
        volume: monitor(1_000.0, 0.3),
        peer: monitor(300.0, 0.6),
        need_checks: estate::NeedCheckConfig {
            pace_left: fixed(0.4),
            alert: fixed(0.02),
            false_per_week: fixed(1.0),
        },
    };
    estate::EstateConfig { support: Some(support), network: None }
}

pub(crate) fn insider() -> insider::InsiderConfig {
    let names = |list: &[&str]| list.iter().map(|n| n.parse().unwrap()).collect();
    insider::InsiderConfig {
        motive: "money".into(),
        active_before_first_sale: fixed(60.0),
        first_sale: "2019-07-29 20:00".into(),
        reads_on_for: fixed(60.0),
        appetite: fixed(20_000.0),
        day_to_day: fixed(1.0),
        sells_every: fixed(21.0),
        phone_share: fixed(0.5),
        alarm_stops: fixed(1.0),
        makes_true: names(&["records-taken", "insider"]),
        first_sale_makes_true: names(&["callers-have-our-data"]),
        breach: "records-taken".parse().unwrap(),
    }
}

pub(crate) fn scam() -> scam::ScamConfig {
    let share = fixed::<Share>;
    scam::ScamConfig {
        start_delay: fixed(4.0),
        rests_on: vec![scam::Weekday::Sun],
        calls_at: SimDuration::from_hours(15),
        callers: fixed(5.0),
        dials: fixed(80.0),
        answer: share(0.35),
        attempts: fixed(2.5),
        engage: share(0.3),
        lose: share(0.25),
        loss: fixed(400.0),
        after_specific_warning: share(0.5),
        after_general_warning: share(0.9),
    }
}

/// What the stage does, and how many days after STARTEX.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub(crate) enum Act {
    Warn(f64),
    Letters(u64),
    Article(f64, f64),
    Refuted(f64),
    Suspend,
    Alarm,
    Raid,
    Say(u16),
}

impl Event for Act {
    const NAME: &'static str = "stage.act";
}

state! {
    /// What the stage has seen.
    pub(crate) struct Seen { canary_calls: u64 }
}

/// Plays the agents that are not under test.
pub(crate) struct Stage;

impl Plugin for Stage {
    const NAME: &'static str = "stage";
    const ABOUT: &'static str = "plays the other agents";
    type Config = Vec<(i64, Act)>;
    type Order = NoOrder;

    fn build(acts: Vec<(i64, Act)>, sim: &mut SimBuilder) -> Result<(), Problem> {
        let case = sim.shared::<SharedCase>()?;
        let taken = case.proposition("records-taken")?;
        let statement = |name: &str, to, claims, is_specific_warning| Statement {
            name: name.parse().unwrap(),
            title: String::new(),
            text: String::new(),
            matter: hotwash_incident::MatterId(0),
            to,
            claims,
            records: None,
            is_specific_warning,
            specifics: hotwash_incident::Specifics::default(),
        };
        let affirms = ClaimSpec {
            about: "records-taken".parse().unwrap(),
            literal: Some(Polarity::Affirms),
            perceived: Polarity::Affirms,
            wording: Wording::Plain,
        };
        sim.share::<SharedStatements>(Arc::new(StatementBook {
            statements: vec![
                statement("disclosure", Audiences::Public, vec![(taken, affirms)], true),
                statement("advisory", Audiences::Support, vec![], true),
            ],
        }));
        sim.on(move |mut on: On<'_, Start>| {
            for (days, act) in &acts {
                on.at(SimTime::STARTEX + SimDuration::from_days(*days), *act);
            }
        });
        sim.on(|mut on: On<'_, Act>| play(&mut on));
        let actor = sim.spawn("stage", Seen { canary_calls: 0 });
        sim.on(|on: On<'_, CanaryCalled>, mut seen: Single<'_, '_, &mut Seen>| {
            seen.canary_calls += on.event.calls;
        });
        let info = MetricInfo {
            name: "stage-canary-calls",
            unit: "calls",
            better: Better::Neither,
            bearer: "vendor",
            about: "calls to canaries",
        };
        sim.metric(info, move |v| Some(v.get::<Seen>(actor).canary_calls as f64));
        Ok(())
    }
}

fn play(on: &mut On<'_, Act>) {
    match on.event {
        Act::Warn(reach) => on.send(CustomersWarned { reach, is_specific: true }),
        Act::Letters(letters) => on.send(PeopleNotified { letters, affected: letters }),
        Act::Article(reach, severity) => {
            let story = "leak-exposed".parse().unwrap();
            let matter = hotwash_incident::MatterId(0);
            on.send(ArticlePublished { story, matter, reach, severity });
        }
        Act::Refuted(severity) => on.send(ClaimRefuted { claim: 0, severity }),
        Act::Suspend => on.send(AccountSuspended {}),
        Act::Alarm => on.send(InsiderAlarmed {}),
        Act::Raid => on.send(CallCentreRaided {}),
        Act::Say(statement) => {
            on.send(StatementReleased { statement: StatementId(statement), records: None });
        }
    }
}

/// A builder without plugins: 200 days of lead-in, a year's exercise.
pub(crate) fn builder(levers: &[(&str, &str)]) -> SimBuilder {
    let settings = levers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    SimBuilder::new(
        Calendar::new("2019-08-01 09:00").unwrap(),
        SimTime::STARTEX - SimDuration::from_days(200),
        SimTime::STARTEX + SimDuration::from_days(365),
        settings,
    )
}

/// The whole world side with a stage.
pub(crate) fn world(levers: &[(&str, &str)], acts: Vec<(i64, Act)>) -> Simulation {
    let mut sim = builder(levers);
    sim.plugin::<Case>(case());
    sim.plugin::<customers::CustomersPlugin>(customers());
    sim.plugin::<estate::EstatePlugin>(estate());
    sim.plugin::<insider::InsiderPlugin>(insider());
    sim.plugin::<scam::ScamPlugin>(scam());
    sim.plugin::<Stage>(acts);
    let mut sim = sim.finish().unwrap();
    sim.check_invariants(true);
    sim
}

pub(crate) fn run(sim: &mut Simulation, seed: u64) {
    sim.run(RunKey::single(seed), &mut TakeDefaults).unwrap();
}

pub(crate) fn metric(sim: &Simulation, name: &str) -> f64 {
    sim.view().metric(name).unwrap_or_else(|| panic!("{name} has no value"))
}

/// When a milestone was reached, in days after STARTEX.
pub(crate) fn reached(sim: &Simulation, name: &str) -> Option<f64> {
    let place = sim.catalogue().milestones.iter().position(|m| m.name == name);
    sim.milestones()[place.unwrap_or_else(|| panic!("no milestone {name}"))].map(|at| at.days())
}
