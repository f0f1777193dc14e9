//! Security's work on an intruder in the network: alerts, a stranger's tip, searches of the logs, and
//! throwing it out, thoroughly or half.

mod alerts;
mod case;
mod config;
mod decisions;
mod ids;
mod intake;
#[cfg(test)]
mod job_tests;
mod jobs;
mod kinds;
mod measures;
mod metrics;
mod search;
#[cfg(test)]
mod stage;
mod state;
#[cfg(test)]
mod tests;
mod wire;

pub use config::{
    AlertConfig, ForensicsConfig, IntrusionConfig, IntrusionCredibilityConfig,
    IntrusionEvidenceNames, MeasureConfig, SearchConfig,
};

use std::sync::Arc;

use hotwash_engine::{Event, Problem, SimBuilder, SimTime, Slug};
use hotwash_incident::case::{CaseBook, SharedCase};
use hotwash_incident::events::SecurityTold;
use hotwash_incident::network::SharedNetwork;
use hotwash_incident::{Act, EvidenceId, SegmentId, StoreKind, milestones};

use super::ids::Common;
use ids::{Evidence, Hunting, IntrusionIds, StreamIds};
use state::{IntrusionWork, Measure};

own_events! {
    /// An analyst has read an alert.
    HostAlertRead "soc.host-alert-read" {
        act: Act,
        segment: SegmentId,
        is_believed: bool,
        is_real: bool,
        stays: bool,
        raised: SimTime
    }
    /// Security hears what somebody of the house has to say.
    IntrusionHeard "soc.intrusion-heard" { told: SecurityTold }
    /// Somebody reads a tip.
    IntrusionTipRead "soc.intrusion-tip-read" { evidence: EvidenceId, credibility: f64, arrived: SimTime }
    /// A sample has been compared.
    Compared "soc.compared" { kind: StoreKind }
    /// A week of the case has passed.
    IntrusionWeek "soc.intrusion-week" { opening: u32 }
    /// The case's team begins to search by itself.
    IntrusionOwnSearch "soc.intrusion-own-search" { opening: u32 }
    /// Outside responders have come.
    ExpertsArrive "soc.experts-arrive" {}
    /// A search or a hunt that the case's people were at has ended, if its end is still this one.
    JobDone "soc.job-done" { number: u32 }
    /// It is time for a hunt without any cause.
    HuntRound "soc.hunt-round" {}
    /// A measure has been carried out.
    MeasureDone "soc.measure-done" { measure: Measure }
    /// A segment may be let back in.
    Release "soc.release" { segment: SegmentId, number: u32, can_wait: bool }
    /// Remote-administration tools may be let in again.
    Unblock "soc.unblock" { number: u32 }
    /// Nothing has been seen of the intruder for a while.
    Quiet "soc.quiet" { round: u32 }
}

/// Registers the work on an intruder and all of its handlers.
pub(super) fn build(
    config: IntrusionConfig,
    common: Common,
    has_leak: bool,
    sim: &mut SimBuilder,
    book: &SharedCase,
) -> Result<(), Problem> {
    let network = sim.shared::<SharedNetwork>()?;
    let work = IntrusionWork::new(sim.start(), network.segments.len());
    sim.add(common.soc, work);
    let ids = Arc::new(ids(config, common, has_leak, network, sim, book)?);
    kinds::reach(sim);
    metrics::declare(sim, book, &ids);
    wire::wire(sim, book, &ids);
    Ok(())
}

fn ids(
    config: IntrusionConfig,
    common: Common,
    has_leak: bool,
    network: SharedNetwork,
    sim: &mut SimBuilder,
    book: &SharedCase,
) -> Result<IntrusionIds, Problem> {
    let at = |p: Problem| p.at("intrusion.entered");
    let entered = book.proposition(config.entered.as_str()).map_err(at)?;
    let matter = book.require_matter(entered).map_err(at)?;
    let (hunting, has_retainer) = levers(sim);
    let mut mark = |name, about| book.mark(sim, matter, name, about);
    let first_signal = mark(
        milestones::FIRST_SIGNAL,
        "something that points at an intruder reached the vendor, whether heard or not",
    );
    let tip_read = mark(TIP_READ, "security read a tip on the intrusion");
    let case_opened = mark(milestones::CASE_OPENED, "an intrusion case was opened");
    let scoped = mark(
        milestones::SCOPED,
        "the vendor has searched its whole network and thinks that it knows how far the intruder got",
    );
    let contained =
        mark(milestones::CONTAINED, "everything ordered against the intruder has been done");
    let thought_out = mark(milestones::THOUGHT_OUT, "the vendor takes the intruder to be out");
    let exposed = mark(milestones::EXPOSED, "the press told of it before the vendor did");
    let inquiry = mark(milestones::PRESS_INQUIRY, "a journalist asked");
    Ok(IntrusionIds {
        common,
        network,
        matter,
        entered,
        has_leak,
        hunting,
        has_retainer,
        evidence: evidence(&config.evidence, book)?,
        streams: streams(sim),
        alerts: config.alerts.register("intrusion.alerts", sim),
        credibility: config.credibility.register("intrusion.credibility", sim),
        search: config.search.register("intrusion.search", sim),
        measures: config.measures.register("intrusion.measures", sim),
        forensics: config.forensics.register("intrusion.forensics", sim),
        first_signal,
        tip_read,
        case_opened,
        scoped,
        contained,
        thought_out,
        exposed,
        inquiry,
    })
}

/// Milestone: security read a tip on the matter.
const TIP_READ: &str = "soc.tip-read";

fn levers(sim: &mut SimBuilder) -> (Hunting, bool) {
    let hunting = sim.lever_choice(
        "hunting",
        0,
        Hunting::WORDS,
        "how often analysts go through the logs of the network for strangers without any cause",
    );
    let has_retainer = sim.lever_flag(
        "responders_on_retainer",
        false,
        "outside responders are paid by the year, so that they come within hours",
    );
    (Hunting::of(hunting), has_retainer)
}

fn evidence(names: &IntrusionEvidenceNames, book: &CaseBook) -> Result<Evidence, Problem> {
    let find = |field: &str, name: Slug| -> Result<EvidenceId, Problem> {
        book.evidence(name.as_str()).map_err(|p| p.at(format!("intrusion.evidence.{field}")))
    };
    Ok(Evidence {
        alerts: [
            find("login_alert", names.login_alert)?,
            find("remote_tool_alert", names.remote_tool_alert)?,
            find("movement_alert", names.movement_alert)?,
            find("transfer_alert", names.transfer_alert)?,
        ],
        sample_source: find("sample_source", names.sample_source)?,
        sample_symbols: find("sample_symbols", names.sample_symbols)?,
        sample_documents: find("sample_documents", names.sample_documents)?,
        hunt_finds: find("hunt_finds", names.hunt_finds)?,
        hunt_beyond: find("hunt_beyond", names.hunt_beyond)?,
        hunt_empty: find("hunt_empty", names.hunt_empty)?,
        check_empty: find("check_empty", names.check_empty.unwrap_or(names.hunt_empty))?,
        logs_show_transfer: find("logs_show_transfer", names.logs_show_transfer)?,
        logs_show_source: find("logs_show_source", names.logs_show_source)?,
    })
}

fn streams(sim: &mut SimBuilder) -> StreamIds {
    StreamIds {
        alert: sim.stream("soc", "real-host-alert"),
        false_alert: sim.stream("soc", "false-host-alerts"),
        tip: sim.stream("soc", "tip-on-intruder"),
        verify: sim.stream("soc", "check-of-claim"),
        scope: sim.stream("soc", "search-of-network"),
        hunt: sim.stream("soc", "hunt"),
    }
}
