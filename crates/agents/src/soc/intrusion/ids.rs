//! The ids of everything that the work on an intruder looks up.

use hotwash_engine::{MilestoneId, SimDuration, StreamId};
use hotwash_incident::network::SharedNetwork;
use hotwash_incident::{EvidenceId, MatterId, PropositionId, StoreKind};

use super::config::{AlertIds, CredibilityIds, ForensicsIds, MeasureIds, SearchIds};
use super::decisions::Family;
use crate::soc::ids::Common;

/// How security hunts without any cause; a lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hunting {
    /// Not at all.
    None,
    /// Once in a quarter.
    Quarterly,
    /// All the time.
    Continuous,
}

impl Hunting {
    /// The lever's words, in order.
    pub(super) const WORDS: &'static [&'static str] = &["none", "quarterly", "continuous"];

    /// From the lever's index.
    pub(super) fn of(index: usize) -> Self {
        match index {
            0 => Hunting::None,
            1 => Hunting::Quarterly,
            _ => Hunting::Continuous,
        }
    }
}

/// Evidence kinds.
#[derive(Clone, Copy)]
pub(super) struct Evidence {
    /// By [`Family`].
    pub(super) alerts: [EvidenceId; 4],
    pub(super) sample_source: EvidenceId,
    pub(super) sample_symbols: EvidenceId,
    pub(super) sample_documents: EvidenceId,
    pub(super) hunt_finds: EvidenceId,
    pub(super) hunt_beyond: EvidenceId,
    pub(super) hunt_empty: EvidenceId,
    pub(super) check_empty: EvidenceId,
    pub(super) logs_show_transfer: EvidenceId,
    pub(super) logs_show_source: EvidenceId,
}

impl Evidence {
    /// What an alert is as evidence.
    pub(super) fn alert(&self, family: Family) -> EvidenceId {
        self.alerts[family as usize]
    }

    /// What a compared sample is as evidence.
    pub(super) fn sample(&self, kind: StoreKind) -> EvidenceId {
        match kind {
            StoreKind::SourceCode => self.sample_source,
            StoreKind::DebugSymbols => self.sample_symbols,
            StoreKind::Documents | StoreKind::Models => self.sample_documents,
        }
    }
}

/// Streams of chance.
#[derive(Clone, Copy)]
pub(super) struct StreamIds {
    /// By act of a real alert.
    pub(super) alert: StreamId,
    /// By origin of a batch of false alerts.
    pub(super) false_alert: StreamId,
    /// By tip.
    pub(super) tip: StreamId,
    /// By check of a claim and segment.
    pub(super) verify: StreamId,
    /// By search and segment.
    pub(super) scope: StreamId,
    /// By segment and find.
    pub(super) hunt: StreamId,
}

/// Everything that handlers of the intrusion look up.
pub(super) struct IntrusionIds {
    pub(super) common: Common,
    pub(super) network: SharedNetwork,
    pub(super) matter: MatterId,
    pub(super) entered: PropositionId,
    /// Whether security works on a leak too in this scenario.
    pub(super) has_leak: bool,
    pub(super) hunting: Hunting,
    pub(super) has_retainer: bool,
    pub(super) evidence: Evidence,
    pub(super) streams: StreamIds,
    pub(super) alerts: AlertIds,
    pub(super) credibility: CredibilityIds,
    pub(super) search: SearchIds,
    pub(super) measures: MeasureIds,
    pub(super) forensics: ForensicsIds,
    pub(super) first_signal: MilestoneId,
    pub(super) tip_read: MilestoneId,
    pub(super) case_opened: MilestoneId,
    pub(super) scoped: MilestoneId,
    pub(super) contained: MilestoneId,
    pub(super) thought_out: MilestoneId,
    /// The press's: it named the vendor.
    pub(super) exposed: MilestoneId,
    /// The press's: it asked.
    pub(super) inquiry: MilestoneId,
}

impl IntrusionIds {
    /// How long logs are kept.
    pub(super) fn retention(&self) -> SimDuration {
        self.network.log_retention
    }

    /// Titles of segments, as a list; for the journal.
    pub(super) fn titles(&self, segments: impl IntoIterator<Item = usize>) -> String {
        let titles: Vec<&str> =
            segments.into_iter().map(|s| self.network.segments[s].title.as_str()).collect();
        match titles.as_slice() {
            [] => "no part of the network".to_owned(),
            [one] => (*one).to_owned(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
        }
    }
}
