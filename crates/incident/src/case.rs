//! The case: which propositions are in question, what counts as evidence for them, and when a belief
//! is a milestone. Builds the ledgers and the book that other plugins look things up in.

use std::sync::Arc;

use hotwash_engine::{
    Actor, ActorId, Better, Cx, Factor, LikelihoodRatio, MetricInfo, MilestoneId, NoOrder, On,
    Param, ParamId, Plugin, Problem, Share, SimBuilder, Single, Slug, Start, StreamId,
};
use serde::Deserialize;

use crate::ledgers::{self, Ledgers, Refutation};
use crate::party::Party;

/// A proposition's number in the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PropositionId(pub u16);

/// An evidence kind's number in the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EvidenceId(pub u16);

/// The section `case` of a scenario.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseConfig {
    /// The fictional vendor's name.
    pub vendor: String,
    /// What is in question.
    pub propositions: Vec<PropositionConfig>,
    /// What speaks for or against it.
    pub evidence: Vec<EvidenceConfig>,
    /// Beliefs that are turning points.
    pub turning_points: Vec<TurningPoint>,
    /// Belief above which a party is taken to know; withholding is counted from here.
    pub knows_at: Param<Share>,
    /// Belief of the public or the press above which a contrary claim stands refuted.
    pub refuted_at: Param<Share>,
    /// How hard a refuted claim falls back on the vendor.
    pub refutation: RefutationConfig,
}

/// How hard a refuted claim falls back on the vendor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefutationConfig {
    /// Severity when it was hedged.
    pub hedged: Param<Share>,
    /// When it was said plainly.
    pub plain: Param<Share>,
    /// When it was said categorically.
    pub categorical: Param<Share>,
    /// Multiplier when the words did not literally say it.
    pub implied: Param<Factor>,
    /// Increase per month that the claim stood, for three months at most.
    pub per_month: Param<Share>,
}

/// Something that is true or not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PropositionConfig {
    /// Unique name.
    pub name: Slug,
    /// As a sentence.
    pub text: String,
    /// Whether it is true in this world.
    pub truth: TruthConfig,
    /// What each party holds of it before any evidence.
    pub prior: Param<Share>,
}

/// How a proposition's truth comes about.
#[derive(Debug, Deserialize)]
pub enum TruthConfig {
    /// False until an agent makes it true.
    UntilActed,
    /// True from the start.
    Given,
    /// Drawn once per run with this probability: nobody knows to this day.
    Latent(Param<Share>),
}

/// A kind of evidence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceConfig {
    /// Unique name.
    pub name: Slug,
    /// As a sentence.
    pub text: String,
    /// How much more probable it is if the proposition is true than if it is false.
    pub ratios: Vec<RatioConfig>,
    /// Weight of each further piece of the same kind relative to the one before: 1 when pieces are
    /// independent, less when they repeat one another.
    pub repeats: Param<Factor>,
}

/// A likelihood ratio.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatioConfig {
    /// On which proposition.
    pub about: Slug,
    /// The ratio.
    pub ratio: Param<LikelihoodRatio>,
}

/// A belief that is a turning point.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurningPoint {
    /// Milestone reached.
    pub milestone: String,
    /// Who must believe.
    pub party: Party,
    /// What.
    pub believes: Slug,
    /// With at least this probability.
    pub at_least: Param<Share>,
}

pub(crate) struct Proposition {
    pub(crate) name: Slug,
    pub(crate) text: String,
    pub(crate) prior: ParamId<Share>,
    latent: Option<ParamId<Share>>,
    given: bool,
    stream: StreamId,
}

pub(crate) struct Evidence {
    pub(crate) name: Slug,
    pub(crate) text: String,
    pub(crate) ratios: Vec<(PropositionId, ParamId<LikelihoodRatio>)>,
    pub(crate) repeats: ParamId<Factor>,
}

pub(crate) struct Watch {
    pub(crate) party: Party,
    pub(crate) proposition: PropositionId,
    pub(crate) at_least: ParamId<Share>,
    pub(crate) milestone: MilestoneId,
}

pub(crate) struct RefutationParams {
    by_wording: [ParamId<Share>; 3],
    implied: ParamId<Factor>,
    per_month: ParamId<Share>,
}

impl RefutationParams {
    fn register(config: RefutationConfig, sim: &mut SimBuilder) -> Self {
        RefutationParams {
            by_wording: [
                sim.param("refutation.hedged", config.hedged),
                sim.param("refutation.plain", config.plain),
                sim.param("refutation.categorical", config.categorical),
            ],
            implied: sim.param("refutation.implied", config.implied),
            per_month: sim.param("refutation.per_month", config.per_month),
        }
    }

    pub(crate) fn values(&self, cx: &mut Cx) -> Refutation {
        Refutation {
            by_wording: self.by_wording.map(|p| cx.value(p)),
            implied: cx.value(self.implied),
            per_month: cx.value(self.per_month),
        }
    }
}

/// What the case is about, as plugins share it.
pub struct CaseBook {
    /// The vendor's name.
    pub vendor: String,
    /// The actor that holds the [`Ledgers`].
    pub ledgers: Actor,
    /// Each party as an actor, by [`Party`].
    pub(crate) parties: [ActorId; Party::COUNT],
    pub(crate) propositions: Vec<Proposition>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) watches: Vec<Watch>,
    pub(crate) knows_at: ParamId<Share>,
    pub(crate) refuted_at: ParamId<Share>,
    pub(crate) refuted: MilestoneId,
    pub(crate) refutation: RefutationParams,
}

impl CaseBook {
    /// A proposition's number by name.
    ///
    /// # Errors
    /// A problem with the nearest name.
    pub fn proposition(&self, name: &str) -> Result<PropositionId, Problem> {
        find("proposition", name, self.propositions.iter().map(|p| p.name.as_str()))
            .map(PropositionId)
    }

    /// An evidence kind's number by name.
    ///
    /// # Errors
    /// A problem with the nearest name.
    pub fn evidence(&self, name: &str) -> Result<EvidenceId, Problem> {
        find("evidence", name, self.evidence.iter().map(|e| e.name.as_str())).map(EvidenceId)
    }

    /// A proposition's name.
    pub fn proposition_name(&self, id: PropositionId) -> &str {
        self.propositions[usize::from(id.0)].name.as_str()
    }

    /// A proposition as a sentence.
    pub fn proposition_text(&self, id: PropositionId) -> &str {
        &self.propositions[usize::from(id.0)].text
    }

    /// How many propositions there are.
    pub fn propositions_len(&self) -> usize {
        self.propositions.len()
    }
}

/// The book as plugins share it: `sim.shared::<SharedCase>()?`.
pub type SharedCase = Arc<CaseBook>;

fn find<'a>(
    sort: &str,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Result<u16, Problem> {
    match known.clone().position(|k| k == name) {
        Some(i) => Ok(i as u16),
        None => Err(Problem::new(format!("no {sort} is called `{name}`")).hint_names(name, known)),
    }
}

/// The plugin that holds the three ledgers.
pub struct Case;

impl Plugin for Case {
    const NAME: &'static str = "case";
    const ABOUT: &'static str =
        "holds what is true, what each party believes and what the vendor has said";
    type Config = CaseConfig;
    type Order = NoOrder;

    fn build(config: CaseConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let book = build_book(config, sim)?;
        let count = book.propositions.len();
        let book = Arc::new(book);
        // The ledgers need the book, the book their actor: the book's own clone goes in.
        sim.add(book.ledgers, Ledgers::new(&book, count));
        sim.share::<SharedCase>(Arc::clone(&book));
        declare_metrics(sim, &book);
        let start_book = Arc::clone(&book);
        sim.on(move |mut on: On<'_, Start>, mut ledgers: Single<'_, '_, &mut Ledgers>| {
            start(&mut on, &mut ledgers, &start_book);
        });
        sim.invariant("beliefs are probabilities", move |view| {
            view.get::<Ledgers>(book.ledgers).check()
        });
        Ok(())
    }
}

hotwash_engine::state! {
    /// Marks the actor of the case.
    pub struct CaseFile {}
}

fn build_book(config: CaseConfig, sim: &mut SimBuilder) -> Result<CaseBook, Problem> {
    let mut propositions = Vec::new();
    for p in config.propositions {
        let name = p.name.as_str().to_owned();
        if !sim.names.declare("proposition", &name) {
            return Err(
                Problem::new(format!("two propositions are called `{name}`")).at("propositions")
            );
        }
        let stream = sim.stream(&name, "truth");
        let (latent, given) = match p.truth {
            TruthConfig::UntilActed => (None, false),
            TruthConfig::Given => (None, true),
            TruthConfig::Latent(chance) => {
                (Some(sim.param(&format!("propositions.{name}.truth"), chance)), false)
            }
        };
        let prior = sim.param(&format!("propositions.{name}.prior"), p.prior);
        propositions.push(Proposition { name: p.name, text: p.text, prior, latent, given, stream });
    }
    let mut evidence = Vec::new();
    for e in config.evidence {
        let place = format!("evidence.{}", e.name);
        if !sim.names.declare("evidence", e.name.as_str()) {
            return Err(Problem::new(format!("two kinds of evidence are called `{}`", e.name))
                .at("evidence"));
        }
        let mut ratios = Vec::new();
        for r in e.ratios {
            let about = find(
                "proposition",
                r.about.as_str(),
                propositions.iter().map(|p: &Proposition| p.name.as_str()),
            )
            .map_err(|p| p.at(place.clone()))?;
            ratios
                .push((PropositionId(about), sim.param(&format!("{place}.{}", r.about), r.ratio)));
        }
        let repeats = sim.param(&format!("{place}.repeats"), e.repeats);
        evidence.push(Evidence { name: e.name, text: e.text, ratios, repeats });
    }
    let mut watches = Vec::new();
    for t in config.turning_points {
        let proposition =
            find("proposition", t.believes.as_str(), propositions.iter().map(|p| p.name.as_str()))
                .map_err(|p| p.at("turning_points"))?;
        let about = format!(
            "the {} believes with enough certainty: {}",
            t.party.name(),
            propositions[usize::from(proposition)].text
        );
        watches.push(Watch {
            party: t.party,
            proposition: PropositionId(proposition),
            at_least: sim.param(&format!("turning_points.{}", t.milestone), t.at_least),
            milestone: sim.milestone(&t.milestone, &about),
        });
    }
    let ledgers = sim.spawn("case", CaseFile {});
    Ok(CaseBook {
        vendor: config.vendor,
        ledgers,
        parties: Party::ALL.map(|party| sim.actor(party.name())),
        propositions,
        evidence,
        watches,
        knows_at: sim.param("knows_at", config.knows_at),
        refuted_at: sim.param("refuted_at", config.refuted_at),
        refuted: sim.milestone(
            crate::milestones::CLAIM_REFUTED,
            "outside evidence contradicted something the vendor had said",
        ),
        refutation: RefutationParams::register(config.refutation, sim),
    })
}

fn start(on: &mut On<'_, Start>, ledgers: &mut Ledgers, book: &CaseBook) {
    for (i, proposition) in book.propositions.iter().enumerate() {
        let id = PropositionId(i as u16);
        let prior = on.value(proposition.prior);
        ledgers.set_prior(id, prior);
        let is_true = match proposition.latent {
            Some(chance) => {
                let chance = on.value(chance);
                on.draw(proposition.stream).chance(chance)
            }
            None => proposition.given,
        };
        if is_true {
            ledgers.make_true(on, id, book.ledgers.id);
        }
    }
}

fn declare_metrics(sim: &mut SimBuilder, book: &SharedCase) {
    let actor = book.ledgers;
    let metric = |name, unit, about| MetricInfo {
        name,
        unit,
        better: Better::Lower,
        bearer: "vendor",
        about,
    };
    sim.metric(
        metric(
            "claims-refuted",
            "claims",
            "claims of the vendor that outside evidence contradicted",
        ),
        move |v| {
            Some(v.get::<Ledgers>(actor).claims().iter().filter(|c| c.refuted_at.is_some()).count()
                as f64)
        },
    );
    sim.metric(
        metric(
            "claims-walked-back",
            "claims",
            "claims that the vendor itself took back or contradicted later",
        ),
        move |v| {
            Some(
                v.get::<Ledgers>(actor)
                    .claims()
                    .iter()
                    .filter(|c| c.walked_back_at.is_some())
                    .count() as f64,
            )
        },
    );
    sim.metric(
        metric(
            "claims-false",
            "claims",
            "claims that were not true when they were made, found out or not",
        ),
        move |v| {
            Some(v.get::<Ledgers>(actor).claims().iter().filter(|c| c.was_false).count() as f64)
        },
    );
    let withheld = Arc::clone(book);
    sim.metric(
        metric(
            "days-withheld",
            "days",
            "time during which the vendor knew of the breach and had not said so in public",
        ),
        move |v| Some(ledgers::days_withheld(v.get::<Ledgers>(actor), &withheld, v.now())),
    );
    let signal = sim.milestone(
        crate::milestones::FIRST_SIGNAL,
        "something that points at a leak reached the vendor, whether heard or not",
    );
    sim.metric(
        MetricInfo {
            name: "days-since-signal",
            unit: "days",
            better: Better::Neither,
            bearer: "vendor",
            about: "time since the first signal that a leak was possible reached the vendor, heard or not",
        },
        move |v| v.reached(signal).map(|at| (v.now() - at).days()),
    );
    for (i, proposition) in book.propositions.iter().enumerate() {
        let name: &'static str = Box::leak(format!("belief-{}", proposition.name).into_boxed_str());
        let about: &'static str =
            Box::leak(format!("the vendor's belief that {}", proposition.text).into_boxed_str());
        let info = MetricInfo {
            name,
            unit: "probability",
            better: Better::Neither,
            bearer: "vendor",
            about,
        };
        let id = PropositionId(i as u16);
        sim.metric(info, move |v| Some(v.get::<Ledgers>(actor).belief(Party::Vendor, id)));
    }
}
