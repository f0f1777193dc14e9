//! A small world for tests of the forum: a case with an intrusion, a network with a lab and a code
//! segment, and a script of what the crew and the vendor do.

use std::sync::Arc;

use hotwash_engine::{
    Calendar, Event, On, SimBuilder, SimDuration, SimTime, Simulation, Single, Start,
};
use hotwash_incident::case::{
    Case, CaseConfig, EvidenceConfig, PropositionConfig, RatioConfig, SharedCase, TruthConfig,
};
use hotwash_incident::events::{
    AccusationWithdrawn, CostIncurred, DataTaken, ExploitUsed, HostileAct, LootSold, OfferPosted,
    OutsideTip, ResearchPublished, ResearcherRebutted, SampleHandedOver, StatementReleased,
};
use hotwash_incident::matter::MatterConfig;
use hotwash_incident::network::{Access, SegmentInfo, SharedNetwork, StoreInfo, Trail};
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{
    Audiences, ClaimSpec, Footprints, Ledgers, NetworkBook, Polarity, SegmentId, Statement,
    StatementBook, StatementId, StoreId, StoreKind, Wording,
};

use crate::market::{
    ExploitConfig, MarketConfig, MarketPlugin, OfferConfig, ResaleConfig, SaleConfig,
};
use crate::testkit::{p, refutation, slug};

/// Something that happens on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Happens {
    /// So many terabytes leave the store: 0 is source code, 1 is debug symbols.
    Take(u16, f64),
    /// A proposition becomes true.
    True(&'static str),
    /// Access to a segment works from now on, or no longer.
    Opens(u16, bool),
    /// A milestone is reached.
    Reach(&'static str),
    /// An offer is posted with these proofs.
    Offer(Option<StoreKind>),
    /// The vendor releases this statement.
    Say(u16),
    /// The vendor treats the researcher so.
    Treat(crate::researcher::ResearcherOrder),
}

#[derive(Clone, Copy, Debug)]
struct Due(usize);
impl Event for Due {
    const NAME: &'static str = "stage.due";
}

fn case(matters: usize) -> CaseConfig {
    let proposition = |name: &str| PropositionConfig {
        name: slug(name),
        text: format!("[{name}]"),
        truth: TruthConfig::UntilActed,
        prior: p(0.05),
    };
    let evidence = |name: &str, ratios: &[(&str, f64)]| EvidenceConfig {
        name: slug(name),
        text: format!("[{name}]"),
        ratios: ratios
            .iter()
            .map(|(about, ratio)| RatioConfig { about: slug(about), ratio: p(*ratio) })
            .collect(),
        repeats: p(0.8),
    };
    let (entered, beyond, source) = ("network-entered", "beyond-lab", "source-taken");
    let matter = |name: &str, breach: &str, about: &[&str]| MatterConfig {
        name: slug(name),
        title: name.to_owned(),
        breach: slug(breach),
        about: about.iter().map(|a| slug(a)).collect(),
    };
    let mut all = vec![
        matter("intrusion", entered, &[beyond, source, "access-sold"]),
        matter("leak", "records-taken", &[]),
    ];
    all.truncate(matters);
    CaseConfig {
        vendor: "Vendor".to_owned(),
        propositions: [entered, beyond, source, "access-sold", "records-taken"]
            .map(proposition)
            .into(),
        matters: all,
        evidence: vec![
            evidence("forum-offer", &[(entered, 4.0)]),
            evidence("seller-chat", &[(entered, 20.0), (beyond, 200.0), (source, 1.5)]),
            evidence("proof-source", &[(entered, 50.0), (source, 400.0)]),
            evidence("proof-symbols", &[(entered, 50.0), (source, 1.1)]),
            evidence("tip", &[(entered, 30.0)]),
            evidence("published", &[(entered, 5.0)]),
            evidence("rebuts", &[(beyond, 6.0)]),
            evidence("rebuts-source", &[(source, 20.0)]),
            evidence("withdraws", &[(entered, 0.5)]),
            evidence("exploit-fits", &[(source, 4.0)]),
        ],
        turning_points: vec![],
        knows_at: p(0.9),
        refuted_at: p(0.8),
        refutation: refutation(),
    }
}

fn network(sim: &mut SimBuilder, source_age: f64) -> SharedNetwork {
    let trails = vec![Trail::default(); 2];
    let actor = sim.spawn("estate", Footprints { trails });
    let segment = |sim: &mut SimBuilder, name: &str, is_exposed| SegmentInfo {
        name: slug(name),
        title: format!("the {name} segment"),
        is_exposed,
        holds_directory: false,
        links: vec![],
        hosts: sim.param(&format!("{name}.hosts"), p(10.0)),
        visibility: sim.param(&format!("{name}.visibility"), p(0.5)),
        improved: None,
        standstill_usd_per_day: sim.param(&format!("{name}.standstill"), p(0.0)),
    };
    let store = |sim: &mut SimBuilder, name: &str, kind, age| StoreInfo {
        name: slug(name),
        title: format!("the {name}"),
        kind,
        segment: SegmentId(1),
        size: sim.param(&format!("{name}.size"), p(10.0)),
        age: sim.param(&format!("{name}.age"), p(age)),
        makes_true: vec![],
    };
    let segments = vec![segment(sim, "code", false), segment(sim, "lab", true)];
    let stores = vec![
        store(sim, "source", StoreKind::SourceCode, source_age),
        store(sim, "symbols", StoreKind::DebugSymbols, 10.0),
    ];
    let log_retention = SimDuration::from_days(90);
    Arc::new(NetworkBook { actor, segments, stores, log_retention, second_factor: None })
}

/// Statements by number: 0 minimises (affirms the breach, denies that anybody got beyond the lab and
/// that source code was taken), 1 denies everything.
fn statements(case: &SharedCase) -> SharedStatements {
    let claim = |about: &str, polarity| {
        let spec = ClaimSpec {
            about: slug(about),
            literal: Some(polarity),
            perceived: polarity,
            wording: Wording::Plain,
        };
        (case.proposition(about).unwrap(), spec)
    };
    let statement = |name: &str, claims| Statement {
        matter: hotwash_incident::MatterId(0),
        name: slug(name),
        title: name.to_owned(),
        text: String::new(),
        to: Audiences::Public,
        claims,
        records: None,
        is_specific_warning: false,
        specifics: hotwash_incident::Specifics::default(),
    };
    use Polarity::{Affirms, Denies};
    Arc::new(StatementBook {
        statements: vec![
            statement(
                "minimise",
                vec![
                    claim("network-entered", Affirms),
                    claim("beyond-lab", Denies),
                    claim("source-taken", Denies),
                ],
            ),
            statement(
                "denial",
                vec![claim("network-entered", Denies), claim("source-taken", Denies)],
            ),
        ],
    })
}

/// A builder with the case, the network, statements and a script, from 1 March 2019 for so many days.
pub(crate) fn stage(
    days: i64,
    matters: usize,
    source_age: f64,
    script: &[(f64, Happens)],
) -> SimBuilder {
    let calendar = Calendar::new("2019-03-01 09:00").unwrap();
    let horizon = SimTime::STARTEX + SimDuration::from_days(days);
    let mut sim = SimBuilder::new(calendar, SimTime::STARTEX, horizon, Default::default());
    sim.plugin::<Case>(case(matters));
    let case = sim.shared::<SharedCase>().unwrap();
    let network = network(&mut sim, source_age);
    sim.share::<SharedNetwork>(network);
    let book = statements(&case);
    sim.share::<SharedStatements>(book);
    play(&mut sim, case, script);
    listen(&mut sim);
    sim
}

fn play(sim: &mut SimBuilder, case: SharedCase, script: &[(f64, Happens)]) {
    let who = sim.actor("script");
    let script = script.to_vec();
    let marks: Vec<_> = script
        .iter()
        .map(|(_, happens)| match happens {
            Happens::Reach(name) => Some(sim.milestone(name, "")),
            _ => None,
        })
        .collect();
    let days: Vec<f64> = script.iter().map(|(day, _)| *day).collect();
    sim.on(move |mut on: On<'_, Start>| {
        for (i, day) in days.iter().enumerate() {
            on.at(SimTime::STARTEX + SimDuration::from_hours_f64(day * 24.0), Due(i));
        }
    });
    sim.spawn("crew", Access::none(hotwash_incident::MatterId(0), 2));
    sim.on(
        move |mut on: On<'_, Due>,
              mut ledgers: Single<'_, '_, &mut Ledgers>,
              mut access: Single<'_, '_, &mut Access>| {
            let number = on.event.0;
            match script[number].1 {
                Happens::Take(store, tb) => {
                    on.send(DataTaken { store: StoreId(store), tb, mbit_s: 30.0 });
                }
                Happens::True(name) => {
                    ledgers.make_true(&mut on, case.proposition(name).unwrap(), who);
                }
                Happens::Opens(segment, works) => access.segments[usize::from(segment)] = works,
                Happens::Reach(_) => on.reach(marks[number].unwrap()),
                Happens::Offer(proof) => {
                    on.send(OfferPosted { claimed_tb: 30.0, ask_usd: 300_000.0, proof });
                }
                Happens::Say(statement) => {
                    let statement = StatementId(statement);
                    on.send(StatementReleased { statement, records: None });
                }
                Happens::Treat(order) => on.send(order),
            }
        },
    );
}

static HEARD: hotwash_engine::Kind = hotwash_engine::Kind {
    name: "stage.heard",
    lane: "test",
    weight: hotwash_engine::Weight::Routine,
    audience: hotwash_engine::Audience::NONE,
    says: "{what} {size}",
    tags: &[],
};

/// Notes what is sent to others.
fn listen(sim: &mut SimBuilder) {
    let ear = sim.actor("ear");
    macro_rules! hear {
        ($($event:ident $what:literal $size:expr;)*) => {$(
            sim.on(move |mut on: On<'_, $event>| {
                let size: fn(&$event) -> f64 = $size;
                let size = size(&on.event);
                on.note(&HEARD, ear, |n| n.with("what", $what).with("size", size));
            });
        )*};
    }
    hear! {
        OfferPosted "offer" |e| e.claimed_tb;
        LootSold "sold" |e| e.usd;
        HostileAct "hostile-act" |e| f64::from(e.segment.0);
        ExploitUsed "exploit" |e| f64::from(u8::from(e.is_from_source));
        CostIncurred "cost" |e| e.usd;
        OutsideTip "tip" |e| e.credibility;
        SampleHandedOver "sample" |e| f64::from(e.kind as u8);
        ResearchPublished "published" |e| e.credibility;
        ResearcherRebutted "rebutted" |e| e.credibility;
        AccusationWithdrawn "withdrawn" |_| 0.0;
    }
}

/// Days and sizes of what was sent under this name.
pub(crate) fn heard(sim: &Simulation, what: &str) -> Vec<(f64, f64)> {
    let entries = sim.journal().entries().iter().filter(|e| e.kind.name == HEARD.name);
    entries
        .filter(|e| e.field("what") == Some(&what.into()))
        .map(|e| match e.field("size") {
            Some(hotwash_engine::Value::Num(size)) => (e.at.days(), *size),
            other => panic!("{other:?}"),
        })
        .collect()
}

/// A market in which everything happens at once and nothing by itself.
pub(crate) fn market() -> MarketConfig {
    MarketConfig {
        seller: "the seller".to_owned(),
        buyer: "a buyer".to_owned(),
        breach: slug("network-entered"),
        source: slug("source-taken"),
        first_offer: "2019-03-05".to_owned(),
        offer_makes_true: vec![slug("access-sold")],
        exploit_evidence: slug("exploit-fits"),
        offer: OfferConfig {
            worth_offering: p(1.0),
            inflation: p(3.0),
            boast: p(0.0),
            ask: p(300_000.0),
            shows_proof: p(1.0),
        },
        sale: SaleConfig {
            stands: p(90.0),
            sells: p(1.0),
            price: p(0.5),
            with_access: p(1.0),
            access_worth: p(0.4),
            escrow: p(6.0),
            trial_logins: p(2.0),
        },
        resales: ResaleConfig { number: p(0.0), lasts: p(365.0), price: p(0.1) },
        exploits: ExploitConfig {
            per_buyer: p(0.0),
            development: p(22.0),
            half_life: p(548.0),
            ordinary: p(0.0),
            hit: p(0.01),
            loss_if_all_hit: p(1e8),
            credibility: p(1.0),
        },
    }
}

/// The stage with the market on it.
pub(crate) fn with_market(
    days: i64,
    source_age: f64,
    config: MarketConfig,
    script: &[(f64, Happens)],
) -> SimBuilder {
    let mut sim = stage(days, 1, source_age, script);
    sim.plugin::<MarketPlugin>(config);
    sim
}
