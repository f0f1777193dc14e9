//! Security operations: what reaches the vendor, who reads it and when, what they make of it, and
//! what they do to find and stop an insider or an intruder.
//!
//! One staff with one alert queue, and up to two lines of work: a leak of records (the files of this
//! folder, with the support desk's intake) and an intrusion (`intrusion`). The model is described in
//! `docs/model/soc.md`.

/// Declares the events that a line of work sends itself.
macro_rules! own_events {
    ($($(#[$doc:meta])* $name:ident $text:literal { $($field:ident : $type:ty),* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        struct $name { $($field: $type),* }
        impl Event for $name { const NAME: &'static str = $text; }
    )*};
}

mod config;
mod decisions;
mod hunts;
mod ids;
mod intake;
mod intrusion;
mod kinds;
mod leak;
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
    EvidenceNames, InterviewConfig, LeakConfig, LeakTriageConfig, PropositionNames, QueueConfig,
    SocConfig, StaffConfig, TriageConfig,
};
pub use intrusion::{
    AlertConfig, ForensicsConfig, IntrusionConfig, IntrusionCredibilityConfig,
    IntrusionEvidenceNames, MeasureConfig, SearchConfig,
};

use hotwash_engine::{
    Event, JsonSchema, Names, Order, Plugin, Problem, SimBuilder, SimDuration, SimTime, Slug,
    schemars,
};
use hotwash_incident::EvidenceId;
use hotwash_incident::case::SharedCase;
use hotwash_incident::events::SecurityTold;
use serde::Deserialize;

use ids::Common;
use state::Soc;

/// What a case is opened as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum CaseKind {
    /// A leak: analysts are put on it.
    Leak,
    /// Ordinary support fraud: the question is closed until the evidence reopens it.
    Scam,
}

/// Ways to look for the insider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum HuntMethod {
    /// Join complainants' tickets with access logs.
    Correlation,
    /// Plant canary records now.
    Canaries,
    /// Interview support agents.
    Interviews,
}

/// What security and the desk can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum SocOrder {
    /// The desk routes "the caller knew my ticket" to security from now on.
    RouteComplaints,
    /// The desk writes down the tickets named, and calls earlier complainants back for theirs.
    CollectDetails,
    /// People from other departments join the investigation: that of the intrusion where only that
    /// one has a case.
    Escalate,
    /// Opens or closes the case of a leak.
    OpenCase(CaseKind),
    /// Begins a hunt for the insider.
    Hunt(HuntMethod),
    /// Shuts the suspect's account as soon as there is a suspect.
    Suspend,
    /// Leaves it open under watch for at most this long, then shuts it.
    Watch(SimDuration),
    /// Opens a case of an intrusion.
    OpenIntrusionCase,
    /// Holds a stranger's claim against the vendor's own logs, within bounds.
    VerifyTip,
    /// Searches the whole network for the intruder's traces.
    ScopeIntrusion,
    /// Compares the sample that a researcher gave with the vendor's own files.
    CompareSample,
    /// Cuts this segment off.
    Quarantine(#[schemars(extend("x-words" = "segment"))] Slug),
    /// Cuts off all segments in which traces were found; at least those reachable from outside.
    QuarantineKnown,
    /// Makes every password new.
    ResetCredentials,
    /// Blocks remote-administration tools.
    BlockRemoteTools,
    /// Looks for back doors and closes what it finds.
    HuntBackDoors,
    /// Sets up the machines of this segment anew.
    Reimage(#[schemars(extend("x-words" = "segment"))] Slug),
    /// Finds out how far it went, if nobody has, and then cuts off what is known, makes every password
    /// new, blocks remote tools and closes back doors in one go.
    EvictFully,
    /// Has outside responders come.
    HireForensics,
}

impl Event for SocOrder {
    const NAME: &'static str = "soc.order";
}

/// The sort under which the plugin declares its lines of work, so that orders can be checked.
const LINE: &str = "line of work of security";

impl Order for SocOrder {
    fn check(&self, names: &Names) -> Result<(), Problem> {
        match self {
            SocOrder::Escalate => Ok(()),
            SocOrder::Quarantine(segment) | SocOrder::Reimage(segment) => {
                names.require("segment", segment.as_str())
            }
            SocOrder::RouteComplaints
            | SocOrder::CollectDetails
            | SocOrder::OpenCase(_)
            | SocOrder::Hunt(_)
            | SocOrder::Suspend
            | SocOrder::Watch(_) => names.require(LINE, "leak"),
            _ => names.require(LINE, "intrusion"),
        }
    }
}

own_events! {
    /// The alerts have lent more or fewer analysts to the work on an intruder.
    IntruderCrewMoved "soc.intruder-crew-moved" {}
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
    /// Security hears what somebody of the house has to say about the leak.
    Heard "soc.heard" { told: SecurityTold }
    /// Somebody reads a tip.
    TipRead "soc.tip-read" { evidence: EvidenceId, credibility: f64, arrived: SimTime, is_named: bool }
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
        if config.leak.is_none() && config.intrusion.is_none() {
            return Err(Problem::new("security has nothing to work on")
                .hint("give it `leak: (...)`, `intrusion: (...)` or both"));
        }
        let has_intrusion = config.intrusion.is_some();
        let (queue, triage, case) = (config.queue, config.triage, config.case);
        // The leak's milestones come first, in the order in which they are listed.
        let marks = config.leak.as_ref().map(|leak| leak::marks(leak, sim, &book)).transpose()?;
        let start = sim.start();
        let (analysts, tip_path, night_shift) = levers(sim);
        let common = Common {
            soc: sim.spawn("soc", Soc::new(start)),
            analysts,
            tip_path,
            night_shift,
            queue: queue.register("queue", sim),
            triage: triage.register("triage", sim),
            staff: case.register("case", sim),
            swing: sim.stream("soc", "alerts-of-the-week"),
        };
        kinds::reach(sim);
        sim.entitle(common.soc.id, "Security operations");
        let leak = match (config.leak, marks) {
            (Some(leak), Some(marks)) => {
                sim.names.declare(LINE, "leak");
                Some(leak::build(leak, marks, common, has_intrusion, sim, &book)?)
            }
            _ => None,
        };
        if let Some(ids) = &leak {
            measures::found(sim, &book, ids);
        }
        measures::effort(sim, common.soc);
        if let Some(ids) = leak {
            measures::desk(sim, &ids);
            wire::wire(sim, &book, ids);
        }
        if let Some(intrusion) = config.intrusion {
            sim.names.declare(LINE, "intrusion");
            intrusion::build(intrusion, common, leak.is_some(), sim, &book)?;
        }
        wire::wire_end(sim, common);
        Ok(())
    }
}

/// The staff's standing choices: analysts, a path for tips, nights.
fn levers(sim: &mut SimBuilder) -> (f64, bool, bool) {
    let analysts = sim.lever_count(
        "analysts",
        6,
        1,
        50,
        "per shift",
        "analysts on a shift; they read alerts, and a case takes some of them away",
    );
    let tip_path =
        sim.lever_flag("tip_path", false, "somebody is charged with reading tips from outside");
    let night_shift =
        sim.lever_flag("night_shift", false, "analysts work at night and at weekends too");
    (analysts as f64, tip_path, night_shift)
}
