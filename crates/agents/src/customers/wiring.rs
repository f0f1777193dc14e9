//! The registered numbers, streams and milestones of the customers plugin.

use std::sync::Arc;

use hotwash_engine::{
    ActorId, Count, Hours, MilestoneId, ParamId, Problem, Share, SimBuilder, SimDuration, StreamId,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::{
    CaseBook, Cohort, CohortBook, EvidenceId, MatterId, PropositionId, cohort, milestones,
};

use super::config::{
    CallChurn, CallTrust, CallsConfig, Churn, CohortConfig, ComplaintConfig, CustomersConfig,
    Reach, Reading, Trust,
};

/// Everything that a handler needs besides state.
pub(super) struct Wiring {
    /// The actor for what all customers do.
    pub(super) who: ActorId,
    pub(super) book: cohort::SharedCohorts,
    pub(super) sizes: Vec<ParamId<Count>>,
    /// Each matter's breach: who says one of them in public discloses.
    pub(super) breaches: Vec<PropositionId>,
    pub(super) reach: Reach,
    pub(super) trust: Trust,
    pub(super) churn: Churn,
    pub(super) calls: Option<Arc<Calls>>,
}

/// What handlers need where records are in question.
pub(super) struct Calls {
    /// By cohort: complaints of a calling day, by day number.
    pub(super) complaint_streams: Vec<StreamId>,
    /// Ordinary complaints, by week number.
    pub(super) noise_stream: StreamId,
    pub(super) breach: PropositionId,
    pub(super) matter: MatterId,
    pub(super) general_warning: PropositionId,
    pub(super) knows_ticket: EvidenceId,
    pub(super) general: EvidenceId,
    pub(super) first_complaint: MilestoneId,
    pub(super) first_signal: MilestoneId,
    pub(super) surge: MilestoneId,
    pub(super) disclosed: MilestoneId,
    pub(super) complaints: Complaints,
    pub(super) reading: Reading,
    pub(super) trust: CallTrust,
    pub(super) churn: CallChurn,
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

impl Wiring {
    pub(super) fn new(
        config: CustomersConfig,
        who: ActorId,
        case: &SharedCase,
        sim: &mut SimBuilder,
    ) -> Result<Self, Problem> {
        let (book, sizes) = cohorts(config.cohorts, config.calls.is_some(), sim)?;
        let calls = match config.calls {
            Some(calls) => Some(Arc::new(Calls::new(calls, case, &book, sim)?)),
            None => None,
        };
        Ok(Wiring {
            who,
            book: Arc::new(book),
            sizes,
            breaches: case.matters().iter().map(|matter| matter.breach).collect(),
            reach: config.warnings.register("warnings", sim),
            trust: config.trust.register("trust", sim),
            churn: config.churn.register("churn", sim),
            calls,
        })
    }

    /// Share of the records that are of a cohort.
    pub(super) fn record_share(&self, cohort: u16) -> f64 {
        self.book.cohorts[usize::from(cohort)].record_share
    }
}

impl Calls {
    /// The numbers keep the paths that they had before this part became optional, so that runs of
    /// older scenarios stay as they were.
    fn new(
        config: CallsConfig,
        case: &CaseBook,
        book: &CohortBook,
        sim: &mut SimBuilder,
    ) -> Result<Self, Problem> {
        let proposition = |name: &str, field: &str| case.proposition(name).map_err(|p| p.at(field));
        let evidence = |name: &str, field: &str| case.evidence(name).map_err(|p| p.at(field));
        let breach = proposition(config.breach.as_str(), "calls.breach")?;
        let general_warning =
            proposition(config.general_warning.as_str(), "calls.general_warning")?;
        let knows = config.evidence.knows_ticket;
        let knows_ticket = evidence(knows.as_str(), "calls.evidence.knows_ticket")?;
        let general = evidence(config.evidence.general.as_str(), "calls.evidence.general")?;
        let matter = case.require_matter(breach).map_err(|p| p.at("calls.breach"))?;
        let streams = book.cohorts.iter().map(|c| sim.stream(c.country.as_str(), "complaints"));
        Ok(Calls {
            complaint_streams: streams.collect(),
            noise_stream: sim.stream("customers", "ordinary-complaints"),
            breach,
            matter,
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
            reading: config.warnings.register("warnings", sim),
            trust: config.trust.register("trust", sim),
            churn: config.churn.register("churn", sim),
        })
    }
}

/// Each cohort's part of the records; nothing where no records are in question.
fn record_shares(configs: &[CohortConfig], has_records: bool) -> Result<Vec<f64>, Problem> {
    let share = |c: &CohortConfig| c.record_share.as_ref().map_or(0.0, |share| share.median());
    let total: f64 = configs.iter().map(share).sum();
    if configs.is_empty() {
        return Err(Problem::new("there is no cohort").at("cohorts").hint("list a country"));
    }
    if !has_records {
        return Ok(vec![0.0; configs.len()]);
    }
    if total <= 0.0 {
        return Err(Problem::new("no cohort has a share of the records")
            .at("cohorts")
            .hint("list at least one country whose record_share is above 0"));
    }
    Ok(configs.iter().map(|c| share(c) / total).collect())
}

/// Makes the actors and the book of cohorts.
fn cohorts(
    configs: Vec<CohortConfig>,
    has_records: bool,
    sim: &mut SimBuilder,
) -> Result<(CohortBook, Vec<ParamId<Count>>), Problem> {
    let shares = record_shares(&configs, has_records)?;
    let mut book = CohortBook::default();
    let mut sizes = Vec::new();
    for (config, record_share) in configs.into_iter().zip(shares) {
        let country = config.country;
        if book.cohorts.iter().any(|c| c.country == country) {
            return Err(Problem::new(format!("two cohorts are called `{country}`")).at("cohorts"));
        }
        let size = config.size.median().round() as u64;
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
        if let Some(share) = config.record_share {
            sim.param(&format!("cohorts.{country}.record_share"), share);
        }
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
