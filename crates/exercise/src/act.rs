//! What people do in a session, as data: the lines of the session's file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::FileHash;
use crate::seat::Seat;

/// Version of the session file.
pub const SESSION_FORMAT: u32 = 1;

/// One thing done, with its place in the session and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// From 0, without gaps.
    pub n: u64,
    /// Simulated milliseconds since STARTEX.
    pub ms: i64,
    /// Milliseconds since 1970 by the wall clock; for people, not for the simulation.
    pub wall_ms: i64,
    /// Who did it: a person's id, or `facilitator`.
    pub by: String,
    /// What.
    pub act: Act,
}

/// What determines the session's runs, besides what people do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// [`SESSION_FORMAT`] at the time of writing.
    pub format: u32,
    /// Version of the program.
    pub hotwash: String,
    /// Version of the mapping from addresses to draws.
    pub streams: u32,
    /// Version of the journal's meaning.
    pub journal: u32,
    /// The scenario's name, or the path it was opened by.
    pub scenario: String,
    /// Its files in the order they were read, with SHA-256 of each.
    pub files: Vec<FileHash>,
    /// Name of the policy that answers what nobody plays; empty for the defaults.
    pub policy: String,
    /// Levers set on top.
    pub set: BTreeMap<String, String>,
    /// The seed as given.
    pub seed: String,
    /// Names of the roles that people play; the policy decides for the others.
    pub played: Vec<String>,
    /// Whether the clock stops when a decision comes up.
    pub stops_at_decisions: bool,
    /// The session this one was branched from, and after which of its records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branched_from: Option<(String, u64)>,
}

/// How well an objective was met, in HSEEP's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rating {
    /// Performed without challenges.
    P,
    /// Performed with some challenges.
    S,
    /// Performed with major challenges.
    M,
    /// Unable to be performed.
    U,
}

impl Rating {
    /// All of them, best first.
    pub const ALL: [Rating; 4] = [Rating::P, Rating::S, Rating::M, Rating::U];

    /// What expected actions alone suggest: all came, two thirds or more, some, none; nothing where none
    /// could come.
    pub fn suggested(came: usize, of: usize) -> Option<Rating> {
        match (came, of) {
            (_, 0) => None,
            (came, of) if came == of => Some(Rating::P),
            (0, _) => Some(Rating::U),
            (came, of) if 3 * came >= 2 * of => Some(Rating::S),
            _ => Some(Rating::M),
        }
    }

    /// As HSEEP writes it out.
    pub const fn words(self) -> &'static str {
        match self {
            Rating::P => "Performed without Challenges",
            Rating::S => "Performed with Some Challenges",
            Rating::M => "Performed with Major Challenges",
            Rating::U => "Unable to be Performed",
        }
    }

    /// Its letter.
    pub const fn letter(self) -> char {
        match self {
            Rating::P => 'P',
            Rating::S => 'S',
            Rating::M => 'M',
            Rating::U => 'U',
        }
    }
}

/// What somebody does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Act {
    /// The session is opened; the first record of every session.
    Open(Opening),
    /// Somebody joins; the id must be new.
    Join {
        /// The id: `p1`, `p2`.
        person: String,
        /// As shown.
        name: String,
        /// What they take part as.
        seats: Vec<Seat>,
    },
    /// Somebody has other seats from now on.
    Reseat {
        /// Who.
        person: String,
        /// All their seats from now on.
        seats: Vec<Seat>,
    },
    /// The clock runs at this pace from here.
    Run {
        /// Simulated milliseconds per second of the wall clock.
        pace: i64,
    },
    /// The clock stops here.
    Pause,
    /// The clock has come this far; only for coming back after a crash.
    Reached,
    /// Somebody says which option they would take.
    Vote {
        /// The decision's name.
        decision: String,
        /// The option's name.
        option: String,
        /// 1 (a guess) to 5 (sure).
        confidence: u8,
        /// Why, in their words.
        reason: String,
    },
    /// A decision is taken.
    Decide {
        /// The decision's name.
        decision: String,
        /// The option's name.
        option: String,
        /// 1 (a guess) to 5 (sure); none when it is taken on somebody's behalf.
        confidence: Option<u8>,
        /// Why, in their words.
        reason: String,
    },
    /// An inject of the scenario is delivered by hand.
    Inject {
        /// Its name.
        inject: String,
    },
    /// A message that the facilitator makes up.
    Message {
        /// Who it is from, as shown.
        from: String,
        /// One of `hotwash_incident::view::form`.
        form: String,
        /// Viewers or roles that see it; everybody at the vendor when empty.
        to: Vec<String>,
        /// Its text.
        text: String,
    },
    /// Somebody shows an entry of theirs to all players.
    Share {
        /// The entry's number.
        entry: u32,
    },
    /// A note in free text.
    Note {
        /// Its text.
        text: String,
        /// The entry it is about; 0 for none.
        entry: u32,
    },
    /// Whether the expected action to something of the MSEL came.
    Expected {
        /// Name of a decision or inject.
        item: String,
        /// Whether it came; none takes back what was said.
        met: Option<bool>,
    },
    /// An objective is rated.
    Rate {
        /// Its name.
        objective: String,
        /// None takes a rating back.
        rating: Option<Rating>,
        /// What the evaluator saw.
        comment: String,
        /// Journal entries that bear it out.
        evidence: Vec<u32>,
    },
    /// It is proposed to go back to the moment a decision came up.
    ProposeRewind {
        /// The decision's name.
        decision: String,
    },
    /// Somebody agrees, or not, to what is proposed.
    Consent {
        /// Whether they agree.
        agrees: bool,
    },
    /// The session goes back to the moment a decision came up: what was done after that is kept in the
    /// file and counts no more.
    Rewind {
        /// The decision's name.
        decision: String,
    },
    /// The exercise ends; the policy decides whatever still comes up.
    Endex,
}

impl Act {
    /// Whether the simulation depends on it.
    pub fn moves_the_world(&self) -> bool {
        matches!(self, Act::Decide { .. } | Act::Inject { .. } | Act::Rewind { .. } | Act::Endex)
    }
}
