//! The vendor's own network as plugins share it: segments, what lies in them, what can be done there,
//! and which traces of it the logs hold.

use std::sync::Arc;

use hotwash_engine::{
    Actor, Count, Cx, Days, JsonSchema, ParamId, Problem, Share, SimDuration, SimTime, Slug,
    Terabytes, Usd, schemars, state,
};

use crate::case::PropositionId;
use crate::matter::MatterId;

/// What a hostile actor does in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Tries passwords against a login that is reachable from outside.
    Guess,
    /// Logs in from outside with somebody's credentials.
    Login,
    /// Moves to another segment by remote desktop or a network share.
    Move,
    /// Reads the directory: who may do what, and where.
    Directory,
    /// Sets up a remote-administration tool.
    RemoteTool,
    /// Leaves a back door: an account, a service, a scheduled task.
    BackDoor,
    /// Gathers files.
    Collect,
    /// Takes files out.
    Transfer,
    /// Records what people type.
    Keylog,
    /// Uses the account of somebody who has left.
    OldAccount,
}

impl Act {
    /// How many there are.
    pub const COUNT: usize = 10;
    /// All of them, in order.
    pub const ALL: [Act; Act::COUNT] = [
        Act::Guess,
        Act::Login,
        Act::Move,
        Act::Directory,
        Act::RemoteTool,
        Act::BackDoor,
        Act::Collect,
        Act::Transfer,
        Act::Keylog,
        Act::OldAccount,
    ];

    /// As half a sentence: `an alert on ...`.
    pub const fn name(self) -> &'static str {
        match self {
            Act::Guess => "guessed passwords",
            Act::Login => "a login from outside",
            Act::Move => "movement between machines",
            Act::Directory => "reading of the directory",
            Act::RemoteTool => "a remote-administration tool",
            Act::BackDoor => "a new account or service",
            Act::Collect => "mass reading of files",
            Act::Transfer => "a large transfer",
            Act::Keylog => "a keylogger",
            Act::OldAccount => "use of a leaver's account",
        }
    }
}

/// What lies in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, JsonSchema)]
pub enum StoreKind {
    /// Source code.
    SourceCode,
    /// Debug symbols and other artifacts of builds: they show that somebody was near the source, and
    /// do not show that it was taken.
    DebugSymbols,
    /// Development documents.
    Documents,
    /// Trained models and their data.
    Models,
}

impl StoreKind {
    /// As printed.
    pub const fn name(self) -> &'static str {
        match self {
            StoreKind::SourceCode => "source code",
            StoreKind::DebugSymbols => "debug symbols",
            StoreKind::Documents => "development documents",
            StoreKind::Models => "AI models",
        }
    }
}

/// A segment's number in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SegmentId(pub u16);

/// A store's number in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoreId(pub u16);

/// A part of the network.
#[derive(Clone, Debug)]
pub struct SegmentInfo {
    /// Unique name.
    pub name: Slug,
    /// As printed, with its article: `the testing lab`.
    pub title: String,
    /// Whether a login to it can be reached from outside.
    pub is_exposed: bool,
    /// Whether the directory of accounts lies here: who controls it moves anywhere.
    pub holds_directory: bool,
    /// Segments that can be reached from here with ordinary credentials.
    pub links: Vec<SegmentId>,
    /// Machines.
    pub hosts: ParamId<Count>,
    /// Share of what happens here that leaves a trace in a log that somebody could read, as built.
    pub visibility: ParamId<Share>,
    /// The share that logging has been brought to here, at least; `None` where nothing was done.
    pub improved: Option<ParamId<Share>>,
    /// What a day without it costs the vendor, USD.
    pub standstill_usd_per_day: ParamId<Usd>,
}

impl SegmentInfo {
    /// How well this run sees the segment, 0 to 1: as built or as improved, whichever is more.
    pub fn visibility(&self, cx: &mut Cx) -> f64 {
        let improved = self.improved.map_or(0.0, |id| cx.value(id));
        cx.value(self.visibility).max(improved)
    }
}

/// Something worth stealing.
#[derive(Clone, Debug)]
pub struct StoreInfo {
    /// Unique name.
    pub name: Slug,
    /// As printed: `the scan engine's source code`.
    pub title: String,
    /// What it is.
    pub kind: StoreKind,
    /// Where it lies.
    pub segment: SegmentId,
    /// Its size.
    pub size: ParamId<Terabytes>,
    /// How old its contents are when they are taken, on average.
    pub age: ParamId<Days>,
    /// Propositions that become true when a part of it worth having has left.
    pub makes_true: Vec<PropositionId>,
}

/// The network. The estate plugin shares it.
#[derive(Clone, Debug)]
pub struct NetworkBook {
    /// The actor that holds [`Footprints`].
    pub actor: Actor,
    /// Segments.
    pub segments: Vec<SegmentInfo>,
    /// Stores.
    pub stores: Vec<StoreInfo>,
    /// How long logs are kept.
    pub log_retention: SimDuration,
    /// Whether logins from outside need a second factor; then this share of credentials still works.
    pub second_factor: Option<ParamId<Share>>,
}

impl NetworkBook {
    /// A segment by number.
    pub fn segment(&self, id: SegmentId) -> &SegmentInfo {
        &self.segments[usize::from(id.0)]
    }

    /// A store by number.
    pub fn store(&self, id: StoreId) -> &StoreInfo {
        &self.stores[usize::from(id.0)]
    }

    /// Stores of a segment, with their numbers.
    pub fn stores_in(&self, segment: SegmentId) -> impl Iterator<Item = (StoreId, &StoreInfo)> {
        let all = self.stores.iter().enumerate();
        all.filter(move |(_, s)| s.segment == segment).map(|(i, s)| (StoreId(i as u16), s))
    }

    /// A segment's number by name.
    ///
    /// # Errors
    /// A problem with the nearest name.
    pub fn find_segment(&self, name: &str) -> Result<SegmentId, Problem> {
        match self.segments.iter().position(|s| s.name.as_str() == name) {
            Some(i) => Ok(SegmentId(i as u16)),
            None => Err(Problem::new(format!("no segment is called `{name}`"))
                .hint_names(name, self.segments.iter().map(|s| s.name.as_str()))),
        }
    }
}

/// The book as plugins share it.
pub type SharedNetwork = Arc<NetworkBook>;

/// What the logs of one segment hold of acts inside it. Passwords tried at its door from outside
/// ([`Act::Guess`]) are no acts inside and are not counted here.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trail {
    /// Hostile acts inside so far, logged or not; truth.
    pub acts: u64,
    /// Of these, logged.
    pub logged: u64,
    /// When the first act was; truth.
    pub first: Option<SimTime>,
    /// When the first logged act was.
    pub first_logged: Option<SimTime>,
    /// When the last logged act was.
    pub last_logged: Option<SimTime>,
    /// Terabytes taken out from here; truth.
    pub taken_tb: f64,
    /// Of these, terabytes whose transfer was logged.
    pub logged_tb: f64,
}

impl Trail {
    /// Whether logs that are kept for `retention` still show at `now` that somebody was here.
    pub fn is_provable(&self, now: SimTime, retention: SimDuration) -> bool {
        self.last_logged.is_some_and(|last| now - last <= retention)
    }

    /// The earliest act that logs kept for `retention` still show at `now`: the first logged one,
    /// or the oldest day that is kept.
    pub fn provable_since(&self, now: SimTime, retention: SimDuration) -> Option<SimTime> {
        self.is_provable(now, retention).then_some(())?;
        Some(self.first_logged?.max(now - retention))
    }
}

state! {
    /// What hostile acts left in the logs, by segment. The estate plugin writes it; others read it.
    pub struct Footprints {
        /// By [`SegmentId`].
        pub trails: Vec<Trail>,
    }
}

state! {
    /// Where somebody who is in can log in from outside now, quarantines counted; truth. The plugin of
    /// the crew keeps it on its own actor; others read it.
    pub struct Access {
        /// Whose breach it is.
        pub matter: MatterId,
        /// By [`SegmentId`]: whether a login there works.
        pub segments: Vec<bool>,
    }
}

impl Access {
    /// No access to any of so many segments.
    pub fn none(matter: MatterId, segments: usize) -> Self {
        Access { matter, segments: vec![false; segments] }
    }

    /// Whether a login to the segment works.
    pub fn opens(&self, segment: SegmentId) -> bool {
        self.segments[usize::from(segment.0)]
    }

    /// Whether a login works anywhere.
    pub fn is_any(&self) -> bool {
        self.segments.contains(&true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_prove_only_what_they_keep() {
        let day = |d: i64| SimTime::STARTEX + SimDuration::from_days(d);
        let trail =
            Trail { first_logged: Some(day(0)), last_logged: Some(day(100)), ..Trail::default() };
        let kept = SimDuration::from_days(90);
        assert!(trail.is_provable(day(190), kept) && !trail.is_provable(day(191), kept));
        assert_eq!(trail.provable_since(day(120), kept), Some(day(30)));
        assert_eq!(trail.provable_since(day(80), kept), Some(day(0)));
        assert_eq!(trail.provable_since(day(300), kept), None);
        assert_eq!(Trail::default().provable_since(day(0), kept), None);
    }
}
