//! The registered numbers, streams and milestones of the customers plugin.

use std::sync::Arc;

use hotwash_engine::{
    ActorId, Count, Days, Factor, Hours, MilestoneId, ParamId, Points, Problem, Share, SimBuilder,
    SimDuration, StreamId,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::{Cohort, CohortBook, EvidenceId, PropositionId, cohort, milestones};

use super::config::{
    ChurnConfig, CohortConfig, ComplaintConfig, CustomersConfig, TrustConfig, WarningConfig,
};

/// Everything that a handler needs besides state.
pub(super) struct Wiring {
    /// The actor for what all customers do.
    pub(super) who: ActorId,
    pub(super) book: cohort::SharedCohorts,
    pub(super) sizes: Vec<ParamId<Count>>,
    /// By cohort: complaints of a calling day, by day number.
    pub(super) complaint_streams: Vec<StreamId>,
    /// Ordinary complaints, by week number.
    pub(super) noise_stream: StreamId,
    pub(super) breach: PropositionId,
    pub(super) general_warning: PropositionId,
    pub(super) knows_ticket: EvidenceId,
    pub(super) general: EvidenceId,
    pub(super) first_complaint: MilestoneId,
    pub(super) first_signal: MilestoneId,
    pub(super) surge: MilestoneId,
    pub(super) disclosed: MilestoneId,
    pub(super) complaints: Complaints,
    pub(super) warnings: Warnings,
    pub(super) trust: Trust,
    pub(super) churn: Churn,
}

pub(super) struct Complaints {
    pub(super) report: ParamId<Share>,
    pub(super) mentions_ticket: ParamId<Share>,
    pub(super) delay: ParamId<Hours>,
    pub(super) surge: ParamId<Count>,
    pub(super) noise_from: SimDuration,
    pub(super) general_per_week: ParamId<Count>,
    pub(super) knows_by_chance: ParamId<Share>,
}

pub(super) struct Warnings {
    pub(super) public_reach: ParamId<Share>,
    pub(super) support_reach: ParamId<Share>,
    pub(super) letter_read: ParamId<Share>,
    pub(super) article_warns: ParamId<Share>,
}

pub(super) struct Trust {
    pub(super) initial: ParamId<Points>,
    pub(super) press: ParamId<Points>,
    pub(super) own_disclosure: ParamId<Share>,
    pub(super) called: ParamId<Points>,
    pub(super) victim: ParamId<Points>,
    pub(super) notified: ParamId<Points>,
    pub(super) alarm: ParamId<Points>,
    pub(super) refuted: ParamId<Factor>,
    pub(super) walked_back: ParamId<Factor>,
    pub(super) half_life: ParamId<Days>,
}

pub(super) struct Churn {
    pub(super) affected: ParamId<Share>,
    pub(super) others: ParamId<Share>,
    pub(super) affected_reference: ParamId<Points>,
    pub(super) others_reference: ParamId<Points>,
}

impl Wiring {
    pub(super) fn new(
        config: CustomersConfig,
        who: ActorId,
        sim: &mut SimBuilder,
    ) -> Result<Self, Problem> {
        let case = sim.shared::<SharedCase>()?;
        let proposition = |name: &str, field: &str| case.proposition(name).map_err(|p| p.at(field));
        let evidence = |name: &str, field: &str| case.evidence(name).map_err(|p| p.at(field));
        let breach = proposition(config.breach.as_str(), "breach")?;
        let general_warning = proposition(config.general_warning.as_str(), "general_warning")?;
        let knows = config.evidence.knows_ticket;
        let knows_ticket = evidence(knows.as_str(), "evidence.knows_ticket")?;
        let general = evidence(config.evidence.general.as_str(), "evidence.general")?;
        let (book, sizes) = cohorts(config.cohorts, sim)?;
        let complaint_streams =
            book.cohorts.iter().map(|c| sim.stream(c.country.as_str(), "complaints")).collect();
        let matter = case.require_matter(breach).map_err(|p| p.at("breach"))?;
        Ok(Wiring {
            who,
            book: Arc::new(book),
            sizes,
            complaint_streams,
            noise_stream: sim.stream("customers", "ordinary-complaints"),
            breach,
            general_warning,
            knows_ticket,
            general,
            first_complaint: sim.milestone(
                milestones::FIRST_COMPLAINT,
                "the first customer whose caller had the stolen record told support so",
            ),
            first_signal: case.mark(
                sim,
                matter,
                milestones::FIRST_SIGNAL,
                "something that points at a leak reached the vendor, whether heard or not",
            ),
            surge: sim.milestone(
                milestones::COMPLAINT_SURGE,
                "complaints about callers who knew a case by far exceed what is usual",
            ),
            disclosed: case.mark(
                sim,
                matter,
                milestones::DISCLOSED,
                "the vendor said in public that data were taken",
            ),
            complaints: Complaints::register(config.complaints, sim),
            warnings: Warnings::register(config.warnings, sim),
            trust: Trust::register(config.trust, sim),
            churn: Churn::register(config.churn, sim),
        })
    }
}

impl Wiring {
    /// Share of the records that are of a cohort.
    pub(super) fn record_share(&self, cohort: u16) -> f64 {
        self.book.cohorts[usize::from(cohort)].record_share
    }
}

/// Makes the actors and the book of cohorts.
fn cohorts(
    configs: Vec<CohortConfig>,
    sim: &mut SimBuilder,
) -> Result<(CohortBook, Vec<ParamId<Count>>), Problem> {
    let total: f64 = configs.iter().map(|c| c.record_share.median()).sum();
    if configs.is_empty() || total <= 0.0 {
        return Err(Problem::new("no cohort has a share of the records")
            .at("cohorts")
            .hint("list at least one country whose record_share is above 0"));
    }
    let mut book = CohortBook::default();
    let mut sizes = Vec::new();
    for config in configs {
        let country = config.country;
        if book.cohorts.iter().any(|c| c.country == country) {
            return Err(Problem::new(format!("two cohorts are called `{country}`")).at("cohorts"));
        }
        let size = config.size.median().round() as u64;
        let record_share = config.record_share.median() / total;
        let state = Cohort {
            index: book.cohorts.len() as u16,
            size,
            trust: 0.0,
            trust_lowest: 0.0,
            warned_specifically: 0.0,
            warned_generally: 0.0,
            calls_answered: 0,
            victims: 0,
            loss_usd: 0.0,
            complaints: 0,
        };
        let actor = sim.spawn(&format!("customers-{country}"), state);
        sizes.push(sim.param(&format!("cohorts.{country}.size"), config.size));
        sim.param(&format!("cohorts.{country}.record_share"), config.record_share);
        book.cohorts.push(cohort::CohortInfo {
            country,
            name: config.name,
            size,
            record_share,
            actor,
        });
    }
    Ok((book, sizes))
}

impl Complaints {
    fn register(config: ComplaintConfig, sim: &mut SimBuilder) -> Self {
        Complaints {
            report: sim.param("complaints.report", config.report),
            mentions_ticket: sim.param("complaints.mentions_ticket", config.mentions_ticket),
            delay: sim.param("complaints.delay", config.delay),
            surge: sim.param("complaints.surge", config.surge),
            noise_from: config.noise_from,
            general_per_week: sim.param("complaints.general_per_week", config.general_per_week),
            knows_by_chance: sim.param("complaints.knows_by_chance", config.knows_by_chance),
        }
    }
}

impl Warnings {
    fn register(config: WarningConfig, sim: &mut SimBuilder) -> Self {
        Warnings {
            public_reach: sim.param("warnings.public_reach", config.public_reach),
            support_reach: sim.param("warnings.support_reach", config.support_reach),
            letter_read: sim.param("warnings.letter_read", config.letter_read),
            article_warns: sim.param("warnings.article_warns", config.article_warns),
        }
    }
}

impl Trust {
    fn register(config: TrustConfig, sim: &mut SimBuilder) -> Self {
        Trust {
            initial: sim.param("trust.initial", config.initial),
            press: sim.param("trust.press", config.press),
            own_disclosure: sim.param("trust.own_disclosure", config.own_disclosure),
            called: sim.param("trust.called", config.called),
            victim: sim.param("trust.victim", config.victim),
            notified: sim.param("trust.notified", config.notified),
            alarm: sim.param("trust.alarm", config.alarm),
            refuted: sim.param("trust.refuted", config.refuted),
            walked_back: sim.param("trust.walked_back", config.walked_back),
            half_life: sim.param("trust.half_life", config.half_life),
        }
    }
}

impl Churn {
    fn register(config: ChurnConfig, sim: &mut SimBuilder) -> Self {
        Churn {
            affected: sim.param("churn.affected", config.affected),
            others: sim.param("churn.others", config.others),
            affected_reference: sim.param("churn.affected_reference", config.affected_reference),
            others_reference: sim.param("churn.others_reference", config.others_reference),
        }
    }
}
