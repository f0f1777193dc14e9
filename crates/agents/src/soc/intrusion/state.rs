//! What security knows of the intruder and has in hand, and what its handlers share.

use hotwash_engine::{Cx, SimTime, state};
use hotwash_incident::events::{Bearer, CostIncurred, CostKind};
use hotwash_incident::network::Trail;
use hotwash_incident::{EvidenceId, Ledgers, Observation, Party, SegmentId, StoreKind};

use super::ids::IntrusionIds;
use super::kinds;
use crate::soc::decisions::{Channel, crosses};
use crate::soc::state::{Soc, hindsight, on_shift};

/// Where the vendor stands with the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum CaseState {
    /// No case.
    #[default]
    None,
    /// People are at work on it.
    Open,
    /// The intruder is taken to be out.
    Out,
}

/// The intrusion case.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Case {
    pub(super) state: CaseState,
    /// Which opening it is, so that an old weekly entry is known.
    pub(super) opening: u32,
    /// When evidence last came in.
    pub(super) last_lead: SimTime,
    /// Outside responders have come.
    pub(super) has_experts: bool,
    /// They have been called.
    pub(super) is_called: bool,
}

/// Searches on order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Search {
    /// Checks of a stranger's claim begun.
    pub(super) verified: u64,
    pub(super) is_verifying: bool,
    /// Searches of the whole network begun.
    pub(super) rounds: u64,
    pub(super) is_scoping: bool,
    /// When one was first done.
    pub(super) scoped_at: Option<SimTime>,
    /// Segments that an intruder had entered and it did not find; truth.
    pub(super) missed: u64,
    /// Everything is to be done in one go once it is done.
    pub(super) then_evict: bool,
    /// A sample that nobody has compared yet.
    pub(super) sample: Option<StoreKind>,
    /// Proactive hunts done.
    pub(super) hunts: u64,
}

/// One segment as security sees it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// Traces of the intruder were found here.
    pub(super) is_known: bool,
    /// A search found them, and it was told what that says of how far the intruder got.
    pub(super) is_found: bool,
    /// It was told that logs show a transfer from here.
    pub(super) is_told_transfer: bool,
    /// Something was done against the intruder here since then.
    pub(super) is_covered: bool,
    /// It is cut off.
    pub(super) is_cut_off: bool,
    /// Its machines are being set up anew, so many times over.
    pub(super) anew: u32,
    /// It has stood still since then, for either reason.
    pub(super) still_since: Option<SimTime>,
    /// How often it was, so that an old release is known.
    pub(super) cuts: u32,
    /// Logged acts that hunts have gone over.
    pub(super) hunted: u64,
    /// Hazard gathered towards a hunt's finding something.
    pub(super) hazard: f64,
    /// How often hunts have.
    pub(super) finds: u64,
}

/// Which measures there are; bits of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Cut one segment off.
    Cut(SegmentId),
    /// Cut all known ones off.
    CutKnown,
    /// Make all passwords new.
    Reset,
    /// Block remote-administration tools.
    Block,
    /// Look for back doors.
    Hunt,
    /// Set up a segment anew.
    Reimage(SegmentId),
    /// All in one go.
    Together,
}

/// Measures against the intruder.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measures {
    /// Under way.
    pub(super) pending: u32,
    /// What was ordered so far of what can be done again by itself.
    pub(super) cut: bool,
    pub(super) reset: bool,
    pub(super) block: bool,
    pub(super) hunt: bool,
    pub(super) together: bool,
    /// Remote-administration tools are blocked since then.
    pub(super) blocked: Option<SimTime>,
    /// How often they were.
    pub(super) blocks: u32,
    /// When everything ordered had last been done.
    pub(super) done_at: Option<SimTime>,
    /// How often; a wait for quiet belongs to one.
    pub(super) round: u32,
    /// Quiet has come and waits for a search to end.
    pub(super) is_quiet: bool,
}

/// What has come in, and what metrics read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) real_alerts: u64,
    pub(super) dropped: u64,
    pub(super) misjudged: u64,
    /// Real alerts taken seriously.
    pub(super) taken: u64,
    /// Alerts taken seriously, real or not.
    pub(super) told: u64,
    pub(super) tips: u64,
    pub(super) found_by: Option<Channel>,
    /// What first set the vendor looking.
    pub(super) first_lead: Option<Channel>,
    /// Segment-days that stood still.
    pub(super) standstill: f64,
    /// Measures done.
    pub(super) measures: u64,
    /// Times the intruder was seen again after it was thought out.
    pub(super) seen_again: u64,
}

/// Tasks for which there is room from the start; few runs have more at a time.
const JOBS: usize = 8;

/// What people of the case do together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// Hold a stranger's claim against the logs.
    Verify,
    /// Search the whole network.
    Scope,
    /// A measure.
    Measure(Measure),
}

/// A task under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job {
    pub(super) task: Task,
    /// Of its end, so that an old one is known.
    pub(super) number: u32,
    /// Person-hours left at `since`.
    pub(super) left: f64,
    pub(super) since: SimTime,
    /// People at it since then.
    pub(super) staff: f64,
    /// They are not the case's, but somebody from the queue.
    pub(super) is_lone: bool,
    /// It is done no earlier than that.
    pub(super) not_before: SimTime,
}

state! {
    /// Security's work on an intruder; on the actor of the staff.
    pub(super) struct IntrusionWork {
        pub(super) case: Case,
        pub(super) search: Search,
        pub(super) measures: Measures,
        /// Under way, in the order in which they began.
        pub(super) jobs: Vec<Job>,
        /// Ends that were given to jobs so far.
        pub(super) jobs_begun: u32,
        pub(super) tally: Tally,
        /// By [`SegmentId`].
        pub(super) places: Vec<Place>,
        /// What the last search found: segments, and since when somebody was there. The list is kept,
        /// so that no search makes one; so is the next.
        pub(super) found: Vec<(usize, SimTime)>,
        /// Segments that the last measure was about.
        pub(super) treated: Vec<usize>,
        /// The earliest act of the intruder that security can prove.
        pub(super) since: Option<SimTime>,
    }
}

impl IntrusionWork {
    pub(super) fn new(start: SimTime, segments: usize) -> Self {
        IntrusionWork {
            case: Case { last_lead: start, ..Case::default() },
            search: Search::default(),
            measures: Measures::default(),
            jobs: Vec::with_capacity(JOBS),
            jobs_begun: 0,
            tally: Tally::default(),
            places: vec![Place::default(); segments],
            found: Vec::with_capacity(segments),
            treated: Vec::with_capacity(segments),
            since: None,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.case.state == CaseState::Open
    }

    /// Traces of the intruder were found in a segment, left at `at` or later.
    pub(super) fn know(&mut self, segment: usize, at: SimTime) {
        self.places[segment].is_known = true;
        self.since = Some(self.since.map_or(at, |known| known.min(at)));
    }
}

/// One finding as security believes it.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) evidence: EvidenceId,
    pub(super) credibility: f64,
    pub(super) channel: Channel,
}

/// What a handler of the intrusion may touch.
pub(super) struct Scene<'a> {
    pub(super) cx: &'a mut Cx,
    pub(super) soc: &'a mut Soc,
    pub(super) work: &'a mut IntrusionWork,
    pub(super) ledgers: &'a mut Ledgers,
    /// What the logs of each segment hold; truth.
    pub(super) trails: &'a [Trail],
    pub(super) ids: &'a IntrusionIds,
}

impl Scene<'_> {
    /// Marks that something which points at an intruder has reached the vendor.
    pub(super) fn first_signal(&mut self, what: &'static str) {
        let first = self.ids.first_signal;
        if self.cx.reached(first).is_none() {
            self.cx.note(&kinds::SIGNAL, self.ids.common.soc.id, |n| n.with("what", what));
            self.cx.reach(first);
        }
    }

    /// Tells the vendor's ledger, and remembers what first made the vendor suspect.
    pub(super) fn tell(&mut self, piece: Piece) {
        self.work.case.last_lead = self.cx.now();
        let entered = self.ids.entered;
        let before = self.ledgers.belief(Party::Vendor, entered);
        self.observe(Party::Vendor, piece.evidence, piece.credibility);
        let after = self.ledgers.belief(Party::Vendor, entered);
        let bar = self.cx.value(self.ids.common.staff.suspects_at);
        let tally = &mut self.work.tally;
        // A search counts for what set it going; one that nothing set going counts for itself.
        let first = *tally.first_lead.get_or_insert(piece.channel);
        let by = if piece.channel == Channel::Search { first } else { piece.channel };
        if tally.found_by.is_none() && crosses(before, after, bar) {
            tally.found_by = Some(by);
        }
    }

    /// The same for what a search or a comparison gave: the reasonable investigator sees it with
    /// full belief.
    pub(super) fn find(&mut self, piece: Piece) {
        hindsight(self.cx, self.ledgers, piece.evidence, 1);
        self.tell(piece);
    }

    /// A search gave nothing: no lead, but evidence.
    pub(super) fn find_nothing(&mut self, evidence: EvidenceId) {
        let credibility = self.cx.value(self.ids.credibility.empty);
        self.observe(Party::Vendor, evidence, credibility);
        hindsight(self.cx, self.ledgers, evidence, 1);
    }

    fn observe(&mut self, party: Party, evidence: EvidenceId, credibility: f64) {
        let observation = Observation { party, evidence, credibility, pieces: 1 };
        self.ledgers.observe(self.cx, observation);
    }

    /// The first instant from `t` on at which somebody is there to act on it.
    pub(super) fn on_shift(&self, t: SimTime) -> SimTime {
        on_shift(self.cx, &self.ids.common, t)
    }

    /// Somebody at the vendor pays.
    pub(super) fn pay(&mut self, kind: CostKind, usd: f64) {
        if usd > 0.0 {
            self.cx.send(CostIncurred { kind, bearer: Bearer::Vendor, usd });
        }
    }
}
