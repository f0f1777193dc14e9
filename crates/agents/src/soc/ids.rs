//! The ids of everything that security's handlers look up, and its standing choices: those of the
//! staff, which all its work shares, and those of its work on a leak.

use hotwash_engine::{Actor, ActorId, MilestoneId, ParamId, Share, SimDuration, StreamId};
use hotwash_incident::{EvidenceId, PropositionId};

use super::config::{
    CanaryIds, ContainmentIds, CorrelationIds, CredibilityIds, DeskIds, InterviewIds,
    LeakTriageIds, QueueIds, StaffIds, TriageIds,
};
use super::decisions::ComplaintPath;

/// What all of security's work shares. Copied into each handler.
#[derive(Clone, Copy)]
pub(super) struct Common {
    pub(super) soc: Actor,
    /// Lever: analysts per shift.
    pub(super) analysts: f64,
    /// Lever: somebody is charged with reading tips.
    pub(super) tip_path: bool,
    /// Lever: analysts work at night and at weekends too.
    pub(super) night_shift: bool,
    pub(super) queue: QueueIds,
    pub(super) triage: TriageIds,
    pub(super) staff: StaffIds,
    /// Stream of the alerts' swing, by week.
    pub(super) swing: StreamId,
}

/// Standing choices that matter to a leak only.
#[derive(Clone, Copy)]
pub(super) struct Levers {
    pub(super) complaint_path: ComplaintPath,
    pub(super) complaint_details: bool,
    /// The estate's.
    pub(super) log_retention: SimDuration,
}

/// Evidence kinds.
#[derive(Clone, Copy)]
pub(super) struct Evidence {
    pub(super) general: EvidenceId,
    pub(super) ticket: EvidenceId,
    pub(super) cluster: EvidenceId,
    pub(super) alert: EvidenceId,
    pub(super) correlation: EvidenceId,
    pub(super) correlation_empty: EvidenceId,
    pub(super) canary: EvidenceId,
    pub(super) interview: EvidenceId,
    pub(super) interview_empty: EvidenceId,
}

/// Streams of chance.
#[derive(Clone, Copy)]
pub(super) struct StreamIds {
    /// By complaint.
    pub(super) complaint: StreamId,
    /// By complaint: whether its reading is logged.
    pub(super) logged: StreamId,
    /// By complaint called back.
    pub(super) callback: StreamId,
    /// By day.
    pub(super) delay: StreamId,
    /// A desk lead's noticing.
    pub(super) cluster: StreamId,
    /// By real alert.
    pub(super) alert: StreamId,
    /// By false alert.
    pub(super) false_alert: StreamId,
    /// By look at canary calls.
    pub(super) canary: StreamId,
    /// By batch sold.
    pub(super) planted: StreamId,
    /// By tip.
    pub(super) tip: StreamId,
    /// By round of correlation.
    pub(super) correlation: StreamId,
    /// By round of interviews.
    pub(super) interview: StreamId,
    /// By suspension of a bystander.
    pub(super) wrong: StreamId,
}

/// Everything that handlers of the leak look up. Copied into each of them.
#[derive(Clone, Copy)]
pub(super) struct LeakIds {
    pub(super) common: Common,
    pub(super) soc: Actor,
    pub(super) support: ActorId,
    /// Whether security works on an intrusion too in this scenario.
    pub(super) has_intrusion: bool,
    pub(super) records: PropositionId,
    pub(super) levers: Levers,
    pub(super) evidence: Evidence,
    pub(super) streams: StreamIds,
    pub(super) triage: LeakTriageIds,
    pub(super) desk: DeskIds,
    pub(super) credibility: CredibilityIds,
    pub(super) scam_discount: ParamId<Share>,
    pub(super) correlation: CorrelationIds,
    pub(super) canaries: CanaryIds,
    pub(super) interviews: InterviewIds,
    pub(super) containment: ContainmentIds,
    pub(super) first_signal: MilestoneId,
    pub(super) case_opened: MilestoneId,
    pub(super) suspect_named: MilestoneId,
    pub(super) contained: MilestoneId,
}
