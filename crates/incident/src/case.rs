//! The case: which propositions are in question, what counts as evidence for them, and when a belief
//! is a milestone. Builds the ledgers and the book that other plugins look things up in.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use hotwash_engine::{
    Actor, ActorId, Better, Cx, Factor, JsonSchema, LikelihoodRatio, MetricInfo, MilestoneId,
    NoOrder, On, Param, ParamId, Plugin, Problem, Share, SimBuilder, Single, Slug, Start, StreamId,
    schemars,
};
use serde::Deserialize;

use crate::ledgers::{self, Claim, Ledgers, Refutation};
use crate::matter::{self, Matter, MatterConfig, MatterId};
use crate::party::Party;

/// A proposition's number in the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PropositionId(pub u16);

/// An evidence kind's number in the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EvidenceId(pub u16);

/// The section `case` of a scenario.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseConfig {
    /// The fictional vendor's name.
    pub vendor: String,
    /// What is in question: true or not, and believed or not.
    pub propositions: Vec<PropositionConfig>,
    /// The incidents as the vendor handles them; mostly one.
    pub matters: Vec<MatterConfig>,
    /// What speaks for or against the propositions.
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
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefutationConfig {
    /// Severity when it was hedged.
    pub hedged: Param<Share>,
    /// Severity when it was said plainly.
    pub plain: Param<Share>,
    /// Severity when it was said categorically.
    pub categorical: Param<Share>,
    /// Multiplier when the words did not literally say it.
    pub implied: Param<Factor>,
    /// Increase per month that the claim stood, for three months at most.
    pub per_month: Param<Share>,
}

/// Something that is true or not.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PropositionConfig {
    /// Unique name.
    pub name: Slug,
    /// What it says, as half a sentence: `source code was taken`.
    pub text: String,
    /// Whether it is true in this world.
    pub truth: TruthConfig,
    /// What each party holds of it before any evidence.
    pub prior: Param<Share>,
}

/// How a proposition's truth comes about.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub enum TruthConfig {
    /// False until an agent makes it true.
    UntilActed,
    /// True from the start.
    Given,
    /// Drawn once per run with this probability: nobody knows to this day.
    Latent(Param<Share>),
}

/// A kind of evidence.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceConfig {
    /// Unique name.
    pub name: Slug,
    /// What it is, as half a sentence: `an alert on a login from outside`.
    pub text: String,
    /// What it speaks for or against, and how loudly.
    pub ratios: Vec<RatioConfig>,
    /// Weight of each further piece of the same kind relative to the one before: 1 when pieces are
    /// independent, less when they repeat one another.
    pub repeats: Param<Factor>,
}

/// A likelihood ratio.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatioConfig {
    /// The proposition that it speaks for or against.
    pub about: Slug,
    /// How many times as probable the evidence is if the proposition is true as if it is false; below 1
    /// it speaks against.
    pub ratio: Param<LikelihoodRatio>,
}

/// A belief that is a turning point.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TurningPoint {
    /// The milestone that is then reached.
    pub milestone: String,
    /// Who must believe it.
    pub party: Party,
    /// The proposition.
    pub believes: Slug,
    /// The probability that the party must hold it with, at least.
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
    /// Number of the first of them among the ratios of all kinds.
    pub(crate) first_ratio: usize,
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
    pub(crate) matters: Vec<Matter>,
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

    /// The numbers of several propositions by name, listed in a field of a section.
    ///
    /// # Errors
    /// A problem at the item that names none, with the nearest name.
    pub fn propositions(&self, names: &[Slug], field: &str) -> Result<Vec<PropositionId>, Problem> {
        let at = |i: usize, name: &Slug| {
            self.proposition(name.as_str()).map_err(|p| p.at(format!("{field}[{i}]")))
        };
        names.iter().enumerate().map(|(i, name)| at(i, name)).collect()
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
    let propositions = build_propositions(config.propositions, sim)?;
    let matters = matter::build(config.matters, |name| number_of(&propositions, name), sim)?;
    let evidence = build_evidence(config.evidence, &propositions, sim)?;
    let watches = build_watches(config.turning_points, &propositions, sim)?;
    let ledgers = sim.spawn("case", CaseFile {});
    Ok(CaseBook {
        vendor: config.vendor,
        ledgers,
        parties: Party::ALL.map(|party| sim.actor(party.name())),
        propositions,
        matters,
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

fn build_propositions(
    configs: Vec<PropositionConfig>,
    sim: &mut SimBuilder,
) -> Result<Vec<Proposition>, Problem> {
    let mut propositions = Vec::new();
    for p in configs {
        let name = p.name.as_str().to_owned();
        if !sim.names.declare("proposition", &name) {
            let problem = Problem::new(format!("two propositions are called `{name}`"));
            return Err(problem.at("propositions"));
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
    Ok(propositions)
}

fn build_evidence(
    configs: Vec<EvidenceConfig>,
    propositions: &[Proposition],
    sim: &mut SimBuilder,
) -> Result<Vec<Evidence>, Problem> {
    let mut evidence = Vec::new();
    let mut first_ratio = 0;
    for e in configs {
        let place = format!("evidence.{}", e.name);
        if !sim.names.declare("evidence", e.name.as_str()) {
            let problem = Problem::new(format!("two kinds of evidence are called `{}`", e.name));
            return Err(problem.at("evidence"));
        }
        let mut ratios = Vec::new();
        for r in e.ratios {
            let about = number_of(propositions, &r.about).map_err(|p| p.at(place.clone()))?;
            ratios.push((about, sim.param(&format!("{place}.{}", r.about), r.ratio)));
        }
        let repeats = sim.param(&format!("{place}.repeats"), e.repeats);
        let following = first_ratio + ratios.len();
        evidence.push(Evidence { name: e.name, text: e.text, ratios, first_ratio, repeats });
        first_ratio = following;
    }
    Ok(evidence)
}

fn build_watches(
    configs: Vec<TurningPoint>,
    propositions: &[Proposition],
    sim: &mut SimBuilder,
) -> Result<Vec<Watch>, Problem> {
    let mut watches = Vec::new();
    for t in configs {
        let proposition =
            number_of(propositions, &t.believes).map_err(|p| p.at("turning_points"))?;
        let text = &propositions[usize::from(proposition.0)].text;
        let about = format!("the {} believes with enough certainty: {text}", t.party.name());
        watches.push(Watch {
            party: t.party,
            proposition,
            at_least: sim.param(&format!("turning_points.{}", t.milestone), t.at_least),
            milestone: sim.milestone(&t.milestone, &about),
        });
    }
    Ok(watches)
}

fn number_of(propositions: &[Proposition], name: &Slug) -> Result<PropositionId, Problem> {
    find("proposition", name.as_str(), propositions.iter().map(|p| p.name.as_str()))
        .map(PropositionId)
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
    let mut count = |name, about, counts: fn(&Claim) -> bool| {
        let info =
            MetricInfo { name, unit: "claims", better: Better::Lower, bearer: "vendor", about };
        sim.metric(info, move |v| {
            let claims = v.get::<Ledgers>(actor).claims();
            Some(claims.iter().filter(|c| counts(c)).count() as f64)
        });
    };
    count("claims-refuted", "claims of the vendor that outside evidence contradicted", |c| {
        c.refuted_at.is_some()
    });
    count("claims-walked-back", "claims that the vendor itself contradicted later", |c| {
        c.walked_back_at.is_some()
    });
    count("claims-false", "claims that were not true when they were made, found out or not", |c| {
        c.was_false
    });
    declare_times(sim, book);
    for (i, proposition) in book.propositions.iter().enumerate() {
        let info = MetricInfo {
            name: interned(format!("belief-{}", proposition.name)),
            unit: "probability",
            better: Better::Neither,
            bearer: "vendor",
            about: interned(format!("the vendor's belief that {}", proposition.text)),
        };
        let id = PropositionId(i as u16);
        sim.metric(info, move |v| Some(v.get::<Ledgers>(actor).belief(Party::Vendor, id)));
    }
}

fn declare_times(sim: &mut SimBuilder, book: &SharedCase) {
    for matter in book.matter_ids() {
        declare_withheld(sim, book, matter);
    }
    for matter in book.matter_ids() {
        let signal = book.mark(
            sim,
            matter,
            crate::milestones::FIRST_SIGNAL,
            "something that points at a breach reached the vendor, whether heard or not",
        );
        let info = MetricInfo {
            name: book.metric(matter, "days-since-signal"),
            unit: "days",
            better: Better::Neither,
            bearer: "vendor",
            about: "time since the first signal that a breach was possible reached the vendor",
        };
        sim.metric(info, move |v| v.reached(signal).map(|at| (v.now() - at).days()));
    }
}

fn declare_withheld(sim: &mut SimBuilder, book: &SharedCase, matter: MatterId) {
    let actor = book.ledgers;
    let about = &book.matter(matter).about;
    let (breach, details) = (about[0], about[1..].to_vec());
    let info = |name, about| MetricInfo {
        name: book.metric(matter, name),
        unit: "days",
        better: Better::Lower,
        bearer: "vendor",
        about,
    };
    sim.metric(
        info(
            "days-withheld",
            "time during which the vendor knew of the breach and had not said so in public",
        ),
        move |v| Some(ledgers::days_withheld(v.get::<Ledgers>(actor), breach, v.now())),
    );
    sim.metric(
        info(
            "days-details-withheld",
            "longest time during which the vendor knew something else that is true of the matter, \
             such as how far it went, and had not said so in public",
        ),
        move |v| {
            let (ledgers, now) = (v.get::<Ledgers>(actor), v.now());
            let days = details.iter().map(|p| ledgers::days_withheld(ledgers, *p, now));
            Some(days.fold(0.0, f64::max))
        },
    );
}

/// A text that lives for ever: a metric's name made from a scenario's. Each text is kept once,
/// however many simulations are built.
pub(crate) fn interned(text: String) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(text.as_str()) {
        return known;
    }
    let text: &'static str = Box::leak(text.into_boxed_str());
    kept.insert(text);
    text
}
