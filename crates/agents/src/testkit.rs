//! What the tests of several agents share: a small case, plain numbers, and a plugin that plays a script.

use std::sync::Arc;

use hotwash_engine::{
    Calendar, Event, Firmness, JsonSchema, MilestoneId, NoOrder, On, Param, Plugin, Problem,
    RunKey, SimBuilder, SimDuration, SimTime, Simulation, Single, Slug, Start, TakeDefaults, Unit,
    schemars,
};
use hotwash_incident::case::{
    Case, CaseConfig, EvidenceConfig, PropositionConfig, RatioConfig, RefutationConfig, SharedCase,
    TruthConfig, TurningPoint,
};
use hotwash_incident::events::{
    Bearer, Complaints, CostIncurred, CostKind, CustomersCalled, CustomersLost, HoursWorked,
    PoliceHold, RecordsRead,
};
use hotwash_incident::matter::MatterConfig;
use hotwash_incident::{CohortId, Ledgers, MatterId, Observation, Party};

use crate::pr::PrOrder;
use crate::regulator::RegulatorOrder;

/// A plain number.
pub(crate) fn p<U: Unit>(value: f64) -> Param<U> {
    Param::fixed(value, "test", Firmness::Guess).unwrap()
}

/// A name.
pub(crate) fn slug(name: &str) -> Slug {
    name.parse().unwrap()
}

/// How hard refuted claims fall back.
pub(crate) fn refutation() -> RefutationConfig {
    RefutationConfig {
        hedged: p(0.15),
        plain: p(0.5),
        categorical: p(0.9),
        implied: p(0.7),
        per_month: p(0.1),
    }
}

/// A case with the propositions and evidence that these agents name.
pub(crate) fn case() -> CaseConfig {
    let proposition = |name: &str, prior| PropositionConfig {
        name: slug(name),
        text: format!("[{name}]"),
        truth: TruthConfig::UntilActed,
        prior: p(prior),
    };
    let evidence = |name: &str, about: &str, ratio| EvidenceConfig {
        name: slug(name),
        text: format!("[{name}]"),
        ratios: vec![RatioConfig { about: slug(about), ratio: p(ratio) }],
        repeats: p(1.0),
    };
    CaseConfig {
        vendor: "Vendor".to_owned(),
        propositions: vec![
            proposition("records-taken", 0.05),
            proposition("insider", 0.05),
            proposition("callers-have-our-data", 0.05),
            proposition("scam-is-generic", 0.9),
        ],
        matters: vec![MatterConfig {
            name: "leak".parse().unwrap(),
            title: "the leak".into(),
            breach: "records-taken".parse().unwrap(),
            about: vec!["insider".parse().unwrap()],
        }],
        evidence: vec![
            evidence("caller-knows-ticket", "records-taken", 3.0),
            evidence("finding", "records-taken", 1_000.0),
            evidence("names-insider", "insider", 1_000.0),
            evidence("press-report", "records-taken", 400.0),
            evidence("vendor-admits", "records-taken", 2_000.0),
            evidence("vendor-denies", "records-taken", 0.2),
        ],
        turning_points: vec![TurningPoint {
            milestone: "soc.attributed/leak".to_owned(),
            party: Party::Vendor,
            believes: slug("insider"),
            at_least: p(0.9),
        }],
        knows_at: p(0.9),
        refuted_at: p(0.8),
        refutation: refutation(),
    }
}

/// Something that the script makes happen.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    Pr(PrOrder),
    File,
    Read(u64),
    True(&'static str),
    See(Party, &'static str),
    Complain(u64),
    HoldUntil(i64),
    /// Police hold another matter than the first.
    HoldOtherUntil(i64),
    Reach(&'static str),
    Spend(CostKind, Bearer, f64),
    Work(f64),
    /// Victims of one calling day lose so much.
    Call(f64),
    Lose(f64),
}

/// Plays acts on days after STARTEX.
pub(crate) struct Script;

#[derive(Clone, Copy, Debug)]
struct ActDue(usize);
impl Event for ActDue {
    const NAME: &'static str = "script.act-due";
}

/// A script as configuration; built by hand in tests, never read.
#[derive(Clone, serde::Deserialize, JsonSchema)]
pub(crate) struct ScriptConfig {
    #[serde(skip)]
    acts: Vec<(f64, Act)>,
}

impl ScriptConfig {
    pub(crate) fn new(acts: &[(f64, Act)]) -> Self {
        ScriptConfig { acts: acts.to_vec() }
    }
}

impl Plugin for Script {
    const NAME: &'static str = "script";
    const ABOUT: &'static str = "plays a test's script";
    type Config = ScriptConfig;
    type Order = NoOrder;

    fn build(config: ScriptConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let case = sim.shared::<SharedCase>()?;
        let who = sim.actor("script");
        let acts = Arc::new(config.acts);
        let milestones: Vec<Option<MilestoneId>> = acts
            .iter()
            .map(|(_, act)| match act {
                Act::Reach(name) => Some(sim.milestone(name, "")),
                _ => None,
            })
            .collect();
        let days = Arc::clone(&acts);
        sim.on(move |mut on: On<'_, Start>| {
            for (i, (day, _)) in days.iter().enumerate() {
                on.at(SimTime::STARTEX + SimDuration::from_hours_f64(day * 24.0), ActDue(i));
            }
        });
        sim.on(move |mut on: On<'_, ActDue>, mut ledgers: Single<'_, '_, &mut Ledgers>| {
            let number = on.event.0;
            match acts[number].1 {
                Act::Pr(order) => on.send(order),
                Act::File => on.send(RegulatorOrder::File),
                Act::Read(count) => on.send(RecordsRead { count }),
                Act::True(name) => {
                    ledgers.make_true(&mut on, case.proposition(name).unwrap(), who);
                }
                Act::See(party, name) => {
                    let evidence = case.evidence(name).unwrap();
                    let seen = Observation { party, evidence, credibility: 1.0, pieces: 1 };
                    ledgers.observe(&mut on, seen);
                }
                Act::Complain(with_ticket) => {
                    on.send(Complaints { cohort: CohortId(0), with_ticket, general: 0 });
                }
                Act::HoldUntil(day) => {
                    let (matter, until_ms) = (MatterId(0), day * 86_400_000);
                    on.send(PoliceHold { matter, until_ms });
                }
                Act::HoldOtherUntil(day) => {
                    let (matter, until_ms) = (MatterId(1), day * 86_400_000);
                    on.send(PoliceHold { matter, until_ms });
                }
                Act::Reach(_) => on.reach(milestones[number].unwrap()),
                Act::Spend(kind, bearer, usd) => on.send(CostIncurred { kind, bearer, usd }),
                Act::Call(loss_usd) => {
                    let (answered, engaged, victims) = (1, 1, 1);
                    on.send(CustomersCalled {
                        cohort: CohortId(0),
                        answered,
                        engaged,
                        victims,
                        loss_usd,
                    });
                    let (kind, bearer, usd) = (CostKind::Fraud, Bearer::Victims, loss_usd);
                    on.send(CostIncurred { kind, bearer, usd });
                }
                Act::Work(hours) => on.send(HoursWorked { hours }),
                Act::Lose(customers) => on.send(CustomersLost { customers }),
            }
        });
        Ok(())
    }
}

/// A builder with the case, from Thursday 1 August 2019, for so many days.
pub(crate) fn builder(days: i64, settings: &[(&str, &str)]) -> SimBuilder {
    let mut sim = bare_builder(days, settings);
    sim.plugin::<Case>(case());
    sim
}

/// A builder without plugins, from the same day.
pub(crate) fn bare_builder(days: i64, settings: &[(&str, &str)]) -> SimBuilder {
    let calendar = Calendar::new("2019-08-01 09:00").unwrap();
    let settings = settings.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let horizon = SimTime::STARTEX + SimDuration::from_days(days);
    SimBuilder::new(calendar, SimTime::STARTEX, horizon, settings)
}

/// Builds, runs once with the invariants checked, and records the journal.
pub(crate) fn run(sim: SimBuilder) -> Simulation {
    let mut sim = sim.finish().map_err(|problems| format!("{problems:#?}")).unwrap();
    sim.check_invariants(true);
    sim.record_journal(true);
    sim.run(RunKey::single(7), &mut TakeDefaults).unwrap();
    sim
}

/// The metric of a run by name.
pub(crate) fn metric(sim: &Simulation, name: &str) -> Option<f64> {
    sim.view().metric(name)
}

/// Days after STARTEX of the first entry of a kind.
pub(crate) fn day_of(sim: &Simulation, kind: &str) -> Option<f64> {
    sim.journal().entries().iter().find(|e| e.kind.name == kind).map(|e| e.at.days())
}

/// How many entries of a kind there are.
pub(crate) fn count_of(sim: &Simulation, kind: &str) -> usize {
    sim.journal().entries().iter().filter(|e| e.kind.name == kind).count()
}
