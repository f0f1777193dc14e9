//! The leaver: an administrator who gives notice, plants keyloggers before the last day, and comes back
//! from outside with other people's passwords.
//!
//! A script with uncertain numbers. The vendor's answer is how it parts with administrators: how soon
//! accounts and shared passwords are changed, whether machines are set up anew, whether privileged
//! sessions are looked through. No court case and no victim is known for this story.

mod config;
pub mod decisions;
pub mod kinds;
mod metrics;
mod response;
mod systems;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use hotwash_engine::{
    ActorId, Event, JsonSchema, MilestoneId, On, Order, ParamId, Plugin, Problem, Share,
    SimBuilder, SimTime, Single, Slug, StreamId, schemars, state,
};
use hotwash_incident::case::SharedCase;
use hotwash_incident::network::SharedNetwork;
use hotwash_incident::{
    CaseBook, EvidenceId, Ledgers, MatterId, PropositionId, SegmentId, StoreId, milestones,
};
use serde::Deserialize;

pub use config::{
    ControlsConfig, LeaverConfig, OffboardingConfig, PlantingConfig, ReportsConfig, UsingConfig,
};

use config::{Controls, Offboarding, Planting, Using};
use decisions::{Keys, Pace, Review};

/// What can be ordered when an administrator leaves.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub enum LeaverOrder {
    /// Shut the accounts and change the shared passwords now, before the last day too.
    OffboardNow,
    /// Set up anew the machines that the leaver administers.
    ReimageMachines,
    /// Look through the recorded sessions again.
    ReviewSessions,
}

impl Event for LeaverOrder {
    const NAME: &'static str = "leaver.order";
}

impl Order for LeaverOrder {}

state! {
    /// What the leaver has done, and what still works.
    pub struct Leaver {
        /// Keyloggers that were planted, as bits.
        pub planted: u64,
        /// Those that still listen.
        pub alive: u64,
        /// Since when what they catch has been open.
        pub listening_since: SimTime,
        /// Whether the last working day is over.
        pub has_left: bool,
        /// What still opens the network.
        pub keys: Keys,
        /// Since when something does, after leaving.
        pub access_since: Option<SimTime>,
        /// Days with access after leaving before that.
        pub access_days: f64,
        /// Documents wanted, terabytes.
        pub appetite_tb: f64,
        /// Documents taken, terabytes.
        pub taken_tb: f64,
        /// Times in the network after leaving.
        pub uses: u64,
        /// Weeks since the first attempt to come back.
        pub weeks: u64,
        /// Times that a colleague noticed.
        pub noticed: u64,
        /// Whether the accounts were shut and the passwords changed.
        pub is_offboarded: bool,
        /// Whether machines are being set up anew.
        pub is_reimaging: bool,
        /// Whether a review saw the planting.
        pub is_found: bool,
        /// Whether no further visit is meant.
        pub is_over: bool,
        /// Whether no way in is left.
        pub is_shut_out: bool,
        /// Hunts, sets of machines set up anew and second looks so far.
        pub counts: [u64; 3],
        /// Segments that are cut off.
        pub cut: Vec<bool>,
    }
}

impl Leaver {
    fn new(segments: usize) -> Self {
        Leaver {
            planted: 0,
            alive: 0,
            listening_since: SimTime::STARTEX,
            has_left: false,
            keys: Keys::default(),
            access_since: None,
            access_days: 0.0,
            appetite_tb: 0.0,
            taken_tb: 0.0,
            uses: 0,
            weeks: 0,
            noticed: 0,
            is_offboarded: false,
            is_reimaging: false,
            is_found: false,
            is_over: false,
            is_shut_out: false,
            counts: [0; 3],
            cut: vec![false; segments],
        }
    }

    /// Days after leaving on which something still opened the network.
    pub fn days_with_access(&self, now: SimTime) -> f64 {
        self.access_days + self.access_since.map_or(0.0, |since| (now - since).days())
    }
}

/// Everything that a handler needs besides state.
pub(crate) struct Wiring {
    who: ActorId,
    /// Those who see to leavers.
    office: ActorId,
    colleague: ActorId,
    motive: String,
    gives_notice: SimTime,
    leaves: SimTime,
    case: SharedCase,
    matter: MatterId,
    entered_makes_true: Vec<PropositionId>,
    taken_makes_true: Vec<PropositionId>,
    network: SharedNetwork,
    segment: SegmentId,
    store: StoreId,
    planting: Planting,
    using: Using,
    offboarding: Offboarding,
    controls: Controls,
    reports: Reports,
    pace: Pace,
    reimages: bool,
    review: Review,
    streams: Streams,
    marks: Marks,
}

#[derive(Clone, Copy)]
struct Streams {
    offboarding: StreamId,
    /// The review of sessions, and second looks by number.
    review: StreamId,
    /// The rest by week.
    odd: StreamId,
    harvest: StreamId,
    uses: StreamId,
    documents: StreamId,
    noticing: StreamId,
    /// By number of the hunt, and of the setting up anew.
    hunts: StreamId,
    reimaging: StreamId,
}

/// What reports to security amount to.
#[derive(Clone, Copy)]
struct Reports {
    colleague: EvidenceId,
    review: EvidenceId,
    colleague_credibility: ParamId<Share>,
    review_credibility: ParamId<Share>,
}

impl Reports {
    fn register(
        config: ReportsConfig,
        case: &CaseBook,
        sim: &mut SimBuilder,
    ) -> Result<Self, Problem> {
        let find = |name: Slug, field: &str| {
            case.evidence(name.as_str()).map_err(|p| p.at(format!("reports.{field}")))
        };
        Ok(Reports {
            colleague: find(config.colleague, "colleague")?,
            review: find(config.review, "review")?,
            colleague_credibility: sim
                .param("reports.colleague_credibility", config.colleague_credibility),
            review_credibility: sim.param("reports.review_credibility", config.review_credibility),
        })
    }
}

#[derive(Clone, Copy)]
struct Marks {
    first_action: MilestoneId,
    entered: MilestoneId,
    first_exfiltration: MilestoneId,
    last_exfiltration: MilestoneId,
    evicted: MilestoneId,
    first_signal: MilestoneId,
}

/// The leaver as a plugin.
pub struct LeaverPlugin;

impl Plugin for LeaverPlugin {
    const NAME: &'static str = "leaver";
    const ABOUT: &'static str = "an administrator who plants keyloggers before the last day and \
                                 comes back with other people's passwords";
    type Config = LeaverConfig;
    type Order = LeaverOrder;

    fn build(config: LeaverConfig, sim: &mut SimBuilder) -> Result<(), Problem> {
        let case = sim.shared::<SharedCase>()?;
        let network = sim.shared::<SharedNetwork>()?;
        let actor = sim.spawn("leaver", Leaver::new(network.segments.len()));
        let wiring = Arc::new(Wiring::new(config, actor.id, case, network, sim)?);
        kinds::reach(sim);
        sim.entitle(actor.id, "The administrator who leaves");
        sim.entitle(wiring.office, "IT operations");
        wire(sim, &wiring);
        metrics::declare(sim, actor, &wiring);
        Ok(())
    }
}

impl Wiring {
    fn new(
        config: LeaverConfig,
        who: ActorId,
        case: SharedCase,
        network: SharedNetwork,
        sim: &mut SimBuilder,
    ) -> Result<Self, Problem> {
        let breach = case.proposition(config.breach.as_str()).map_err(|p| p.at("breach"))?;
        let matter = case.require_matter(breach).map_err(|p| p.at("breach"))?;
        let (gives_notice, leaves) = dates(&config.gives_notice, &config.leaves, sim)?;
        let segment = network.find_segment(config.segment.as_str()).map_err(|p| p.at("segment"))?;
        let store =
            network.stores.iter().position(|s| s.kind == config.takes).ok_or_else(|| {
                Problem::new(format!("no store of the estate holds {}", config.takes.name()))
                    .at("takes")
            })?;
        Ok(Wiring {
            who,
            office: sim.actor("it-operations"),
            colleague: sim.actor("colleague"),
            motive: config.motive,
            gives_notice,
            leaves,
            matter,
            entered_makes_true: case.propositions(&config.entered_makes_true, "entered_makes_true")?,
            taken_makes_true: case.propositions(&config.taken_makes_true, "taken_makes_true")?,
            segment,
            store: StoreId(store as u16),
            planting: config.planting.register("planting", sim),
            using: config.using.register("using", sim),
            offboarding: config.offboarding.register("offboarding", sim),
            controls: config.controls.register("controls", sim),
            reports: Reports::register(config.reports, &case, sim)?,
            pace: Pace::of(sim.lever_choice(
                "offboarding",
                Pace::OnRequest as usize,
                &Pace::WORDS,
                "how soon an administrator's accounts are shut and the shared passwords changed",
            )),
            reimages: sim.lever_flag(
                "reimage",
                false,
                "machines that an administrator looked after are set up anew when they leave",
            ),
            review: Review::of(sim.lever_choice(
                "session_review",
                Review::None as usize,
                &Review::WORDS,
                "how much of an administrator's sessions during notice is recorded and looked through",
            )),
            streams: Streams::new(sim),
            marks: Marks::new(matter, &case, sim),
            case,
            network,
        })
    }
}

impl Streams {
    fn new(sim: &mut SimBuilder) -> Self {
        let mut stream = |purpose| sim.stream("leaver", purpose);
        Streams {
            offboarding: stream("offboarding"),
            review: stream("review"),
            odd: stream("odd-sessions"),
            harvest: stream("harvest"),
            uses: stream("uses"),
            documents: stream("documents"),
            noticing: stream("noticing"),
            hunts: stream("hunts"),
            reimaging: stream("reimaging"),
        }
    }
}

impl Marks {
    fn new(matter: MatterId, case: &CaseBook, sim: &mut SimBuilder) -> Self {
        let mut mark = |name, about| case.mark(sim, matter, name, about);
        Marks {
            first_action: mark(milestones::FIRST_MALICIOUS_ACTION, "the keyloggers were planted"),
            entered: mark(milestones::ENTERED, "the leaver was in the network after leaving"),
            first_exfiltration: mark(milestones::FIRST_EXFILTRATION, "the first documents left"),
            last_exfiltration: mark(
                milestones::LAST_EXFILTRATION,
                "from here on nothing more leaves the vendor",
            ),
            evicted: mark(milestones::EVICTED, "the leaver had no way in left"),
            first_signal: mark(
                milestones::FIRST_SIGNAL,
                "something that points at a breach reached the vendor, whether heard or not",
            ),
        }
    }
}

/// When notice is given and when the last day ends, in this order and within the run.
fn dates(notice: &str, leaves: &str, sim: &SimBuilder) -> Result<(SimTime, SimTime), Problem> {
    let instant = |text: &str, field: &str| {
        let at = sim.calendar().instant(text).map_err(|m| Problem::new(m).at(field))?;
        if at < sim.start() || at >= sim.horizon() {
            let (from, to) = (sim.calendar().date(sim.start()), sim.calendar().date(sim.horizon()));
            return Err(Problem::new(format!("{text} lies outside the run"))
                .at(field)
                .hint(format!("choose a date between {from} and {to}, or a longer lead-in")));
        }
        Ok(at)
    };
    let (gives_notice, last) = (instant(notice, "gives_notice")?, instant(leaves, "leaves")?);
    if last <= gives_notice {
        return Err(Problem::new("the last day lies before the notice").at("leaves"));
    }
    Ok((gives_notice, last))
}

type Mine<'w, 's> = Single<'w, 's, &'static mut Leaver>;

fn wire(sim: &mut SimBuilder, wiring: &Arc<Wiring>) {
    macro_rules! hear {
        ($($event:ty => $system:path;)*) => {$({
            let w = Arc::clone(wiring);
            sim.on(move |mut on: On<'_, $event>, mut mine: Mine<'_, '_>| {
                $system(&mut on, &mut mine, &w);
            });
        })*};
    }
    hear! {
        hotwash_engine::Start => systems::start;
        systems::Notice => systems::notice;
        systems::Plant => systems::plant;
        systems::Leave => systems::leave;
        response::ReviewWeek => response::review_week;
        response::Seen => response::seen;
        response::LookedAgain => response::looked_again;
        response::Reported => response::reported;
        response::Offboarded => response::offboarded;
        response::MachinesDone => response::machines_done;
        LeaverOrder => response::ordered;
        hotwash_incident::events::CredentialsReset => response::credentials_reset;
        hotwash_incident::events::MachinesReimaged => response::machines_reimaged;
        hotwash_incident::events::BackDoorsHunted => response::hunted;
        hotwash_incident::events::SegmentQuarantined => response::quarantined;
        hotwash_incident::events::SegmentReleased => response::released;
    }
    let w = Arc::clone(wiring);
    sim.on(
        move |mut on: On<'_, systems::Visit>,
              mut mine: Mine<'_, '_>,
              mut ledgers: Single<'_, '_, &mut Ledgers>| {
            systems::visit(&mut on, &mut mine, &mut ledgers, &w);
        },
    );
}
