//! Looks up everything that the researcher's section names.

use hotwash_engine::{Problem, SimBuilder, Slug};
use hotwash_incident::case::SharedCase;
use hotwash_incident::statement::SharedStatements;
use hotwash_incident::{CaseBook, EvidenceId, MatterId, PropositionId, milestones};

use super::config::{EvidenceNames, RebuttalTopic, ResearcherConfig};
use super::{EvidenceIds, Marks, Researcher, Streams, Wiring};

pub(super) fn wiring(config: ResearcherConfig, sim: &mut SimBuilder) -> Result<Wiring, Problem> {
    let case = sim.shared::<SharedCase>()?;
    // Where there is no press office nothing is said that could be contradicted.
    let book = sim.shared::<SharedStatements>().ok();
    let breach = case.proposition(config.breach.as_str()).map_err(|p| p.at("breach"))?;
    let matter = case.require_matter(breach).map_err(|p| p.at("breach"))?;
    let statements = book.as_ref().map_or(0, |b| b.statements.len());
    Ok(Wiring {
        firm: sim.spawn(&config.firm, Researcher::new(statements, config.rebuts.len())),
        calendar: sim.calendar().clone(),
        book,
        matter,
        breach,
        source: case.proposition(config.source.as_str()).map_err(|p| p.at("source"))?,
        topics: topics(&config.rebuts, &case)?,
        evidence: evidence(&config.evidence, &case)?,
        standing: config.standing.register("standing", sim),
        finds: config.finds.register("finds", sim),
        tells: config.tells.register("tells", sim),
        waits: config.waits.register("waits", sim),
        rebuttal: config.rebuttal.register("rebuttal", sim),
        streams: streams(sim),
        marks: marks(&case, matter, sim),
        case,
    })
}

fn topics(
    topics: &[RebuttalTopic],
    case: &CaseBook,
) -> Result<Vec<(PropositionId, EvidenceId)>, Problem> {
    let mut out = Vec::new();
    for (i, topic) in topics.iter().enumerate() {
        let about = case
            .proposition(topic.about.as_str())
            .map_err(|p| p.at(format!("rebuts[{i}].about")))?;
        let evidence = case
            .evidence(topic.evidence.as_str())
            .map_err(|p| p.at(format!("rebuts[{i}].evidence")))?;
        out.push((about, evidence));
    }
    Ok(out)
}

fn evidence(names: &EvidenceNames, case: &CaseBook) -> Result<EvidenceIds, Problem> {
    let find = |name: &Slug, field: &str| {
        case.evidence(name.as_str()).map_err(|p| p.at(format!("evidence.{field}")))
    };
    Ok(EvidenceIds {
        offer: find(&names.offer, "offer")?,
        chat: find(&names.chat, "chat")?,
        proof_source: find(&names.proof_source, "proof_source")?,
        proof_other: find(&names.proof_other, "proof_other")?,
        tip: find(&names.tip, "tip")?,
        published: find(&names.published, "published")?,
        withdraws: find(&names.withdraws, "withdraws")?,
    })
}

fn streams(sim: &mut SimBuilder) -> Streams {
    let mut stream = |purpose| sim.stream("researcher", purpose);
    Streams {
        sees: stream("sees"),
        checks: stream("checks"),
        tells: stream("tells"),
        news: stream("news"),
        waits: stream("waits"),
        sample: stream("sample"),
        sister: stream("sister"),
        rebuttals: stream("rebuttals"),
    }
}

fn marks(case: &CaseBook, matter: MatterId, sim: &mut SimBuilder) -> Marks {
    let mut mark = |name, about| case.mark(sim, matter, name, about);
    Marks {
        signal: mark(
            milestones::FIRST_SIGNAL,
            "something that points at a breach reached the vendor, whether heard or not",
        ),
        offered: mark(milestones::OFFERED, "stolen data or access were offered for sale"),
        tipped: mark(milestones::TIPPED, "the researcher told the vendor"),
        published: mark(milestones::PUBLISHED, "the researcher told the public, without a name"),
        rebutted: mark(
            milestones::REBUTTED,
            "the researcher contradicted the vendor's words in public",
        ),
        public: [
            mark(milestones::EXPOSED, "the press told of it before the vendor did"),
            mark(milestones::DISCLOSED, "the vendor said in public that it happened"),
        ],
    }
}
