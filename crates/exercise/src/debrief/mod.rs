//! What the hot wash shows, as data. [`story`] reads it off a session; [`ForkStudy`] finds out what the
//! other options would have done from exactly where they were open.

mod choices;
mod forks;
mod lanes;
mod questions;
mod spoken;
mod story;
mod tally;
mod tape;

pub use forks::{DEFAULT_FUTURES, ForkStudy};
pub use questions::questions;
pub use story::story;

use hotwash_lab::findings::Measure;
use hotwash_lab::stats::Estimate;
use serde::{Deserialize, Serialize};

use crate::act::Rating;
use crate::record::{Line, Outcome};

/// Everything that can be said of a session at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Where it comes from.
    pub about: About,
    /// Who took part.
    pub people: Vec<Participant>,
    /// Truth, belief and claim of each proposition over time.
    pub lanes: Vec<Lane>,
    /// The decisions that came up at STARTEX or later, in the order they came up.
    pub decisions: Vec<DecisionStory>,
    /// The objectives, with their ratings.
    pub objectives: Vec<ObjectiveStory>,
    /// Confidence against correctness, per person, the team as a whole last.
    pub calibration: Vec<Calibration>,
    /// What was knowable when, against what was said.
    pub knowable: Vec<Knowable>,
    /// Clocks that ran.
    pub clocks: Vec<ClockStory>,
    /// Rows of the master scenario events list as they went.
    pub msel: Vec<MselStory>,
    /// Notes that people wrote.
    pub notes: Vec<NoteStory>,
    /// The outcomes at the end of the scenario.
    pub outcomes: Vec<Outcome>,
    /// Names of the scenario's headline outcomes.
    pub headline: Vec<String>,
    /// The journal.
    pub timeline: Vec<Line>,
    /// Entries of the journal at ENDEX: what follows was decided by the policy.
    pub entries_at_endex: usize,
}

/// Where a session comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// The scenario's name.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// The exercise's name for players: the briefing's title, or the scenario's where there is none.
    #[serde(default)]
    pub exercise: String,
    /// What it is about.
    pub summary: String,
    /// What it is modelled on.
    pub sources: String,
    /// Name of the policy that answered what nobody played; empty for the defaults.
    pub policy: String,
    /// Its summary.
    pub policy_summary: String,
    /// The seed as given.
    pub seed: String,
    /// Version of the program.
    pub hotwash: String,
    /// STARTEX as a civil date and time.
    pub startex: String,
    /// First instant, ENDEX and last instant of the run in simulated milliseconds since STARTEX.
    pub span_ms: (i64, i64, i64),
    /// The wall clock at the first and last record, in milliseconds since 1970.
    pub wall_ms: (i64, i64),
    /// Number of records.
    pub records: u64,
    /// SHA-256 of the journal's bytes.
    pub journal_sha256: String,
}

/// Somebody who took part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Participant {
    /// Id in the session.
    pub id: String,
    /// As shown.
    pub name: String,
    /// Titles of their seats.
    pub seats: Vec<String>,
}

/// One proposition over time. All instants are simulated milliseconds since STARTEX.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// The proposition's name.
    pub name: String,
    /// What it says.
    pub proposition: String,
    /// Since when it was true; never where there is none.
    pub true_from_ms: Option<i64>,
    /// What the vendor thought, as steps: from then on this likely, 0 to 1.
    pub belief: Vec<(i64, f64)>,
    /// What a reasonable investigator with all that had reached the vendor would have thought.
    pub hindsight: Vec<(i64, f64)>,
    /// What the vendor said of it.
    pub claims: Vec<Claim>,
}

/// Something that the vendor said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// When.
    pub ms: i64,
    /// The entry's number.
    pub entry: u32,
    /// Whether it denied the proposition.
    pub denies: bool,
    /// How firmly and in what way, in words: `denied categorically`.
    pub how: String,
    /// The statement's title or name.
    pub statement: String,
    /// Whether it was false, going by the truth at that instant.
    pub is_false: bool,
    /// When it stopped being believed.
    pub refuted_ms: Option<i64>,
    /// When the vendor took it back.
    pub walked_back_ms: Option<i64>,
}

/// A decision and how it was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionStory {
    /// Its name.
    pub name: String,
    /// The question.
    pub ask: String,
    /// Title of the role that decides.
    pub role: String,
    /// Name of the objective, if any.
    pub objective: String,
    /// Names and texts of the options.
    pub options: Vec<(String, String)>,
    /// Index of the expected option.
    pub expected: Option<usize>,
    /// When it came up.
    pub asked_ms: i64,
    /// When it was taken.
    pub taken_ms: Option<i64>,
    /// Index of the option taken.
    pub taken: Option<usize>,
    /// Who took it.
    pub how: HowTaken,
    /// 1 to 5.
    pub confidence: Option<u8>,
    /// Why, in the decider's words.
    pub reason: String,
    /// Votes before it was taken: name, index of the option, confidence, reason.
    pub votes: Vec<(String, usize, u8, String)>,
    /// Time people took, by the wall clock, in seconds.
    pub wall_seconds: Option<i64>,
}

/// Who took a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HowTaken {
    /// The role's player, by name.
    Player(String),
    /// The facilitator on the role's behalf.
    OnBehalf,
    /// Nobody: the time ran out and the default was taken.
    TimeRanOut,
    /// The policy, because nobody played the role, or after ENDEX.
    Policy,
    /// It was still open at the end.
    Open,
}

/// An objective and how it was met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveStory {
    /// Its name.
    pub name: String,
    /// What it says.
    pub text: String,
    /// The core capability that it belongs to; empty when the scenario names none.
    #[serde(default)]
    pub capability: String,
    /// What expected actions alone suggest; none when nothing that exercises it came up.
    pub suggested: Option<Rating>,
    /// Why, in words: `3 of 4 expected actions came`.
    pub why: String,
    /// What evaluators said: name, rating, comment, entries.
    pub rated: Vec<(String, Rating, String, Vec<u32>)>,
    /// The rating that counts: the evaluators' worst, or what is suggested.
    pub rating: Option<Rating>,
    /// Names of the decisions that exercise it and came up.
    pub decisions: Vec<String>,
}

/// Confidence against correctness. *Correct* is the option that the scenario's authors expect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// A person's name; `team` for what was decided.
    pub name: String,
    /// Answers with a confidence to decisions with an expected option.
    pub answers: u32,
    /// How many of them were the expected one.
    pub correct: u32,
    /// By confidence from 1 to 5: answers, and how many were the expected one.
    pub by_confidence: [(u32, u32); 5],
    /// Mean squared difference between confidence, read as 20 % to 100 %, and correctness (Brier).
    pub brier: Option<f64>,
}

/// What was knowable of a proposition when, against what was said. Instants as in [`Lane`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Knowable {
    /// The proposition.
    pub proposition: String,
    /// Since when it was true.
    pub true_ms: Option<i64>,
    /// When a reasonable investigator would have been sure, 80 %, of it.
    pub knowable_ms: Option<i64>,
    /// When the vendor was.
    pub known_ms: Option<i64>,
    /// When the vendor first said so.
    pub said_ms: Option<i64>,
    /// When it first denied it.
    pub denied_ms: Option<i64>,
}

/// A clock that ran against the vendor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClockStory {
    /// What it counted.
    pub label: String,
    /// Since when.
    pub since_ms: i64,
    /// Until when.
    pub due_ms: i64,
    /// When it was stopped.
    pub stopped_ms: Option<i64>,
}

/// A row of the master scenario events list as it went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MselStory {
    /// Name in the scenario.
    pub name: String,
    /// Whether it is a decision; else an inject or a facilitator's message.
    pub is_decision: bool,
    /// When it came.
    pub ms: Option<i64>,
    /// What it waits for, in words.
    pub waits_for: String,
    /// Who it is from.
    pub from: String,
    /// The form in which it came; empty for a decision.
    #[serde(default)]
    pub form: String,
    /// Who it is for.
    pub to: Vec<String>,
    /// What it says.
    pub text: String,
    /// The expected action.
    pub expected: String,
    /// What was done.
    pub taken: String,
    /// Name of the objective.
    pub objective: String,
    /// Whether the expected action came.
    pub met: Option<bool>,
}

/// A note that somebody wrote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteStory {
    /// When.
    pub ms: i64,
    /// Who.
    pub by: String,
    /// Its text.
    pub text: String,
    /// The entry it is about; 0 for none.
    pub entry: u32,
}

/// What the choices were worth: forks of this very session, and its place among other runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Worth {
    /// Futures run for each option so far.
    pub futures: u64,
    /// Futures wanted.
    pub wanted: u64,
    /// Runs made so far.
    pub runs: u64,
    /// The outcomes examined: the headline's, or all.
    pub measures: Vec<Measure>,
    /// Per decision that people took, in the order taken.
    pub decisions: Vec<Fork>,
    /// Where this run fell in the ensemble of the scenario.
    pub places: Vec<Place>,
    /// How to read it: what was held, what varied.
    pub notes: Vec<String>,
}

/// What each option of a decision would have done from exactly here.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fork {
    /// The decision's name.
    pub decision: String,
    /// The question.
    pub ask: String,
    /// When it was taken, in simulated milliseconds since STARTEX.
    pub ms: i64,
    /// Index of the option taken.
    pub taken: usize,
    /// By option.
    pub options: Vec<ForkedOption>,
    /// How much hung on it: the largest clear difference of an option, as a multiple of the outcome's
    /// standard deviation over all forks of the session. For ranking; 0 while nothing is clear.
    pub stake: f64,
}

/// An option and what it would have done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForkedOption {
    /// Its name.
    pub name: String,
    /// What it means.
    pub text: String,
    /// Per measure.
    pub effects: Vec<ForkEffect>,
}

/// What an option does to an outcome, against the option taken, over futures that begin alike.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForkEffect {
    /// The outcome with this option in the session's own world: the same luck to the end.
    pub here: Option<f64>,
    /// Mean with this option, with 95 % interval; over futures that have a value.
    pub mean: Option<Estimate>,
    /// Futures that have a value.
    pub values: u64,
    /// Mean difference from the option taken, with 95 % interval; over futures in which both have a value.
    /// Nothing for the option taken itself.
    pub difference: Option<Estimate>,
    /// Share of the futures in which it comes out better than the option taken, the same, worse; in the
    /// outcome's own direction.
    pub shares: (f64, f64, f64),
    /// Whether the difference is told apart from chance, all differences of the study looked at together.
    pub is_clear: bool,
}

/// Where this run fell among runs of the scenario that the policy plays by itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Position in [`Worth::measures`].
    pub measure: usize,
    /// This run's value.
    pub value: Option<f64>,
    /// Worlds run.
    pub worlds: u64,
    /// Worlds that have a value.
    pub values: u64,
    /// 5, 25, 50, 75 and 95 % of the ensemble.
    pub quantiles: Option<[f64; 5]>,
    /// Share of the ensemble's values that are lower, and equal.
    pub lower: f64,
    /// See `lower`.
    pub equal: f64,
}

/// A question to talk about, drawn from a gap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiscussionQuestion {
    /// The question.
    pub ask: String,
    /// What in this session it comes from, with figures.
    pub because: String,
    /// How large the gap is among gaps of all kinds, for ranking; 0 to 1.
    pub weight: f64,
}
