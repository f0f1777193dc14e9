//! Work on a leak of records: which names, numbers, streams and levers it registers.

use hotwash_engine::{MilestoneId, Problem, SimBuilder, SimDuration, Slug};
use hotwash_incident::case::{CaseBook, SharedCase};
use hotwash_incident::estate::SharedEstate;
use hotwash_incident::{EvidenceId, PropositionId, milestones};

use super::config::{EvidenceNames, LeakConfig};
use super::decisions::ComplaintPath;
use super::ids::{Common, Evidence, LeakIds, Levers, StreamIds};

/// The milestones of the leak's matter that security reaches.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    records: PropositionId,
    first_signal: MilestoneId,
    case_opened: MilestoneId,
    suspect_named: MilestoneId,
    contained: MilestoneId,
}

/// Declares them.
pub(super) fn marks(
    config: &LeakConfig,
    sim: &mut SimBuilder,
    book: &SharedCase,
) -> Result<Marks, Problem> {
    let at = |p: Problem| p.at("leak.propositions.records");
    let records = book.proposition(config.propositions.records.as_str()).map_err(at)?;
    let matter = book.require_matter(records).map_err(at)?;
    let mut mark = |name, about| book.mark(sim, matter, name, about);
    Ok(Marks {
        records,
        first_signal: mark(
            milestones::FIRST_SIGNAL,
            "something that points at a leak reached the vendor, whether heard or not",
        ),
        case_opened: mark(milestones::CASE_OPENED, "a leak case was opened"),
        suspect_named: mark(milestones::SUSPECT_NAMED, "security suspects one agent"),
        contained: mark(milestones::CONTAINED, "the insider's account is shut"),
    })
}

/// Registers the rest.
pub(super) fn build(
    config: LeakConfig,
    marks: Marks,
    common: Common,
    has_intrusion: bool,
    sim: &mut SimBuilder,
    book: &SharedCase,
) -> Result<LeakIds, Problem> {
    let log_retention = sim.shared::<SharedEstate>()?.log_retention;
    let support = sim.actor("support");
    sim.entitle(support, "Support desk");
    Ok(LeakIds {
        common,
        soc: common.soc,
        support,
        has_intrusion,
        records: marks.records,
        levers: levers(sim, log_retention),
        evidence: evidence(&config.evidence, book)?,
        streams: streams(sim),
        triage: config.triage.register("triage", sim),
        desk: config.desk.register("desk", sim),
        credibility: config.credibility.register("credibility", sim),
        scam_discount: sim.param("case.scam_discount", config.scam_discount),
        correlation: config.correlation.register("correlation", sim),
        canaries: config.canaries.register("canaries", sim),
        interviews: config.interviews.register("interviews", sim),
        containment: config.containment.register("containment", sim),
        first_signal: marks.first_signal,
        case_opened: marks.case_opened,
        suspect_named: marks.suspect_named,
        contained: marks.contained,
    })
}

fn levers(sim: &mut SimBuilder, log_retention: SimDuration) -> Levers {
    let path = sim.lever_choice(
        "complaint_path",
        0,
        ComplaintPath::WORDS,
        "what the support desk does with a complaint in which the caller knew a ticket",
    );
    Levers {
        complaint_path: ComplaintPath::of(path),
        complaint_details: sim.lever_flag(
            "complaint_details",
            false,
            "the desk writes down which ticket the caller named, so that it can be checked",
        ),
        log_retention,
    }
}

fn evidence(names: &EvidenceNames, book: &CaseBook) -> Result<Evidence, Problem> {
    let find = |field: &str, name: Slug| -> Result<EvidenceId, Problem> {
        book.evidence(name.as_str()).map_err(|p| p.at(format!("leak.evidence.{field}")))
    };
    Ok(Evidence {
        general: find("general", names.general)?,
        ticket: find("ticket", names.ticket)?,
        cluster: find("cluster", names.cluster)?,
        alert: find("alert", names.alert)?,
        correlation: find("correlation", names.correlation)?,
        correlation_empty: find("correlation_empty", names.correlation_empty)?,
        canary: find("canary", names.canary)?,
        interview: find("interview", names.interview)?,
        interview_empty: find("interview_empty", names.interview_empty)?,
    })
}

fn streams(sim: &mut SimBuilder) -> StreamIds {
    StreamIds {
        complaint: sim.stream("support", "complaint"),
        logged: sim.stream("soc", "reading-is-logged"),
        callback: sim.stream("support", "callback"),
        delay: sim.stream("support", "delay"),
        cluster: sim.stream("support", "cluster"),
        alert: sim.stream("soc", "real-alert"),
        false_alert: sim.stream("soc", "false-alert"),
        canary: sim.stream("soc", "canary"),
        planted: sim.stream("soc", "planted-canary"),
        tip: sim.stream("soc", "tip"),
        correlation: sim.stream("soc", "correlation"),
        interview: sim.stream("soc", "interview"),
        wrong: sim.stream("soc", "wrong-suspect"),
    }
}
