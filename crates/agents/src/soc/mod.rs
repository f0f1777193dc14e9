//! Security operations and the support desk's intake: what reaches the vendor, who reads it and
//! when, what they make of it, and what they do to find and stop the insider.
//!
//! The model is described in `docs/model/soc.md`.

mod config;
mod decisions;
mod hunts;
mod ids;
mod intake;
mod kinds;
mod measures;
mod queue;
mod response;
mod state;
#[cfg(test)]
mod tests;
mod triage;
mod wire;

pub use config::{
    CanaryConfig, ContainmentConfig, CorrelationConfig, CredibilityConfig, DeskConfig,
    EvidenceNames, InterviewConfig, PropositionNames, QueueConfig, SocConfig, StaffConfig,
    TriageConfig,
};

use hotwash_engine::{Event, Order, Plugin, Problem, SimBuilder, SimDuration, SimTime, Slug};
use hotwash_incident::case::{CaseBook, SharedCase};
use hotwash_incident::estate::SharedEstate;
use hotwash_incident::{EvidenceId, milestones};
use serde::Deserialize;

use decisions::ComplaintPath;
use ids::{Evidence, Ids, Levers, StreamIds};
use state::Soc;

/// What a case is opened as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum CaseKind {
    /// A leak: analysts are put on it.
    Leak,
    /// Ordinary support fraud: the question is closed until the evidence reopens it.
    Scam,
}

/// Ways to look for the insider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum HuntMethod {
    /// Join complainants' tickets with access logs.
    Correlation,
    /// Plant canary records now.
    Canaries,
    /// Interview support agents.
    Interviews,
}

/// What security and the desk can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum SocOrder {
    /// The desk routes "the caller knew my ticket" to security from now on.
    RouteComplaints,
    /// The desk writes down the tickets named, and calls earlier complainants back for theirs.
    CollectDetails,
    /// People from other departments join the investigation.
    Escalate,
    /// Opens or closes the case.
    OpenCase(CaseKind),
    /// Begins a hunt.
    Hunt(HuntMethod),
    /// Shuts the suspect's account as soon as there is a suspect.
    Suspend,
    /// Leaves it open under watch for at most this long, then shuts it.
    Watch(SimDuration),
}

impl Event for SocOrder {
    const NAME: &'static str = "soc.order";
}

impl Order for SocOrder {}

macro_rules! own_events {
    ($($(#[$doc:meta])* $name:ident $text:literal { $($field:ident : $type:ty),* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        struct $name { $($field: $type),* }
        impl Event for $name { const NAME: &'static str = $text; }
    )*};
}

own_events! {
    /// The desk works through what came in at this instant.
    DeskWorks "soc.desk-works" {}
    /// Somebody at security reads what the desk has passed on.
    Look "soc.look" {}
    /// Earlier complainants have been called back.
    CallBack "soc.call-back" { callbacks: u64 }
    /// An analyst has read an alert.
    AlertRead "soc.alert-read" { is_believed: bool }
    /// Somebody sees that canaries were called.
    CanarySeen "soc.canary-seen" {}
    /// A canary that a hunt planted is called; truth.
    OwnCanaryRings "soc.own-canary-rings" {}
    /// Somebody reads a tip.
    TipRead "soc.tip-read" { evidence: u16, credibility: f64, arrived: SimTime, is_named: bool }
    /// A week of the case has passed.
    CaseWeek "soc.case-week" { opening: u32 }
    /// A hunt has come to its end.
    HuntDone "soc.hunt-done" { method: HuntMethod }
    /// It is time to try the correlation again.
    HuntAgain "soc.hunt-again" {}
    /// The insider notices the interviews; truth.
    Alarm "soc.alarm" {}
    /// A case team begins to look by itself.
    OwnHunt "soc.own-hunt" { opening: u32 }
    /// The suspect's account is shut.
    Shut "soc.shut" {}
    /// The watch over the suspect is over.
    WatchOver "soc.watch-over" {}
    /// The suspended agent turns out to be innocent.
    WrongFound "soc.wrong-found" {}
}

/// The plugin.
pub struct SecurityOperations;

impl Plugin for SecurityOperations {
    const NAME: &'static str = "soc";
    const ABOUT: &'static str = "reads complaints, alerts and tips as far as its people get, works the case, and shuts the insider out";
    type Config = SocConfig;
    type Order = SocOrder;

    fn build(config: SocConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let book = sim.shared::<SharedCase>()?;
        let estate = sim.shared::<SharedEstate>()?;
        let ids = ids(config, sim, &book, estate.log_retention)?;
        measures::declare(sim, &book, &ids);
        wire::wire(sim, ids);
        Ok(())
    }
}

fn ids(
    config: SocConfig,
    sim: &mut SimBuilder,
    book: &CaseBook,
    log_retention: SimDuration,
) -> Result<Ids, Problem> {
    let records = book
        .proposition(config.propositions.records.as_str())
        .map_err(|p| p.at("propositions.records"))?;
    let matter = book.require_matter(records).map_err(|p| p.at("propositions.records"))?;
    let start = sim.start();
    let mut mark = |name, about| book.mark(sim, matter, name, about);
    let first_signal = mark(
        milestones::FIRST_SIGNAL,
        "something that points at a leak reached the vendor, whether heard or not",
    );
    let case_opened = mark(milestones::CASE_OPENED, "a leak case was opened");
    let suspect_named = mark(milestones::SUSPECT_NAMED, "security suspects one agent");
    let contained = mark(milestones::CONTAINED, "the insider's account is shut");
    Ok(Ids {
        soc: sim.spawn("soc", Soc::new(start)),
        support: sim.actor("support"),
        records,
        levers: levers(sim, log_retention),
        evidence: evidence(&config.evidence, book)?,
        streams: streams(sim),
        queue: config.queue.register("queue", sim),
        triage: config.triage.register("triage", sim),
        desk: config.desk.register("desk", sim),
        credibility: config.credibility.register("credibility", sim),
        staff: config.case.register("case", sim),
        correlation: config.correlation.register("correlation", sim),
        canaries: config.canaries.register("canaries", sim),
        interviews: config.interviews.register("interviews", sim),
        containment: config.containment.register("containment", sim),
        first_signal,
        case_opened,
        suspect_named,
        contained,
    })
}

fn levers(sim: &mut SimBuilder, log_retention: SimDuration) -> Levers {
    let analysts = sim.lever_count(
        "analysts",
        6,
        1,
        50,
        "per shift",
        "analysts on a shift; they read alerts, and a leak case takes some of them away",
    );
    let path = sim.lever_choice(
        "complaint_path",
        0,
        ComplaintPath::WORDS,
        "what the support desk does with a complaint in which the caller knew a ticket",
    );
    Levers {
        analysts: analysts as f64,
        complaint_path: ComplaintPath::of(path),
        complaint_details: sim.lever_flag(
            "complaint_details",
            false,
            "the desk writes down which ticket the caller named, so that it can be checked",
        ),
        tip_path: sim.lever_flag(
            "tip_path",
            false,
            "somebody is charged with reading tips from outside",
        ),
        night_shift: sim.lever_flag(
            "night_shift",
            false,
            "analysts work at night and at weekends too",
        ),
        log_retention,
    }
}

fn evidence(names: &EvidenceNames, book: &CaseBook) -> Result<Evidence, Problem> {
    let find = |field: &str, name: Slug| -> Result<EvidenceId, Problem> {
        book.evidence(name.as_str()).map_err(|p| p.at(format!("evidence.{field}")))
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
        swing: sim.stream("soc", "alerts-of-the-week"),
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
