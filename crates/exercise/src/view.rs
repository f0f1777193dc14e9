//! What somebody may know: everything that a page or a terminal shows comes through here.
//!
//! Truth is the facilitator's alone until ENDEX, belief and evidence those roles' whose audience the
//! scenario names, claims everybody's. An evaluator sees what anybody at the vendor sees; the screen
//! only what the whole public sees.

mod clocks;
mod inbox;
mod msel;

use hotwash_engine::{Audience, Entry, SimTime, Weight};
use hotwash_incident::view::{self, VIEWERS};
use hotwash_scenario::Scenario;

use crate::error::Refusal;
use crate::plan::Plan;
use crate::record::Line;
use crate::seat::Seat;
use crate::session::Session;
use crate::spoken;
use crate::state::{OpenDecision, Vote};

pub(crate) use self::msel::in_words;

/// What somebody with certain seats may know.
#[derive(Clone, Debug)]
pub struct View {
    person: String,
    seats: Vec<Seat>,
    audience: Audience,
    sees_all: bool,
    /// Sees what is shared among players.
    is_at_table: bool,
    /// Whether everything is told in the scenario's own words, whatever the session speaks.
    is_english: bool,
}

/// A message in somebody's inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `e12` for an entry of the journal, `m5` for a message of the facilitator's.
    pub id: String,
    /// The entry's number; 0 for a message.
    pub entry: u32,
    /// Simulated milliseconds since STARTEX.
    pub ms: i64,
    /// Civil date and time.
    pub at: String,
    /// One of `hotwash_incident::view::form`.
    pub form: String,
    /// Who it is from.
    pub from: String,
    /// Its text.
    pub text: String,
    /// Whether it is shown to all players.
    pub is_shared: bool,
    /// Whether it is a turning point.
    pub is_turning: bool,
}

/// An entry of the journal as somebody sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineRow {
    /// The entry in its recorded form.
    pub line: Line,
    /// Whose doing, by the name that people know.
    pub who: String,
    /// Days since STARTEX, by the calendar.
    pub day: i64,
    /// Whether it is shown to all players because somebody shared it.
    pub is_shared: bool,
}

/// A way to answer, on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardOption {
    /// Its name.
    pub name: String,
    /// What it means.
    pub text: String,
    /// Who would take it: names as shown, with how sure each is.
    pub votes: Vec<(String, u8)>,
}

/// A decision as it is put to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The decision's name.
    pub name: String,
    /// The question.
    pub ask: String,
    /// The role that decides.
    pub role: String,
    /// Its title.
    pub title: String,
    /// The options in order.
    pub options: Vec<CardOption>,
    /// When it came up, in simulated milliseconds since STARTEX.
    pub asked_ms: i64,
    /// When its default is taken.
    pub due_ms: i64,
    /// The same as a date.
    pub due: String,
    /// Index of the option that is taken when nobody decides in time.
    pub default: usize,
    /// Index of the expected option; only for the facilitator and evaluators.
    pub expected: Option<usize>,
    /// What the objective that it exercises says; only for the facilitator and evaluators.
    pub objective: String,
    /// Whether whoever looks takes the decision.
    pub may_decide: bool,
    /// Whether whoever looks may vote.
    pub may_vote: bool,
    /// What whoever looks has voted.
    pub my_vote: Option<Vote>,
}

/// A clock that runs against the players.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// What it counts.
    pub label: String,
    /// Since when, in simulated milliseconds since STARTEX.
    pub since_ms: i64,
    /// Until when.
    pub due_ms: i64,
    /// The same as a date.
    pub due: String,
    /// When it was stopped.
    pub stopped_ms: Option<i64>,
}

/// How a row of the MSEL stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MselStatus {
    /// Not yet.
    Pending,
    /// A decision waits for an answer.
    Open,
    /// Delivered, or decided.
    Done,
    /// The time ran out and the default was taken.
    Defaulted,
}

/// A row of the master scenario events list: an inject or a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MselRow {
    /// Its name in the scenario.
    pub name: String,
    /// Whether it is a decision; else an inject.
    pub is_decision: bool,
    /// When it came, in simulated milliseconds since STARTEX.
    pub ms: Option<i64>,
    /// What it waits for, in words.
    pub waits_for: String,
    /// Who it is from.
    pub from: String,
    /// The form in which it comes; empty for a decision.
    pub form: String,
    /// Roles or viewers it is for.
    pub to: Vec<String>,
    /// What it says.
    pub text: String,
    /// The expected action.
    pub expected: String,
    /// What was done, if it is a decision.
    pub taken: String,
    /// Name of the objective.
    pub objective: String,
    /// How it stands.
    pub status: MselStatus,
    /// Whether the expected action came: as an evaluator said, or else as the decision shows.
    pub met: Option<bool>,
}

/// What is true, believed and said of one proposition.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerRow {
    /// Its name.
    pub name: String,
    /// What it says.
    pub proposition: String,
    /// Since when it is true; always none for those who may not know.
    pub true_ms: Option<i64>,
    /// What the vendor thinks now, from 0 to 1; none where whoever looks may not know or nothing was found.
    pub belief: Option<f64>,
    /// What the vendor has said last: the sentence, and when.
    pub claim: Option<(String, i64)>,
    /// Whether what was said is no longer believed, or was taken back.
    pub is_refuted: bool,
}

impl View {
    /// What somebody may know: a person's id, or `facilitator`.
    pub fn of(session: &Session, person: &str) -> View {
        let seats = session.seats(person);
        let roles = session.plan().scenario.roles();
        let audience = seats.iter().fold(Audience::NONE, |sum, seat| match seat {
            Seat::Facilitator | Seat::Evaluator => sum.and(view::VENDOR),
            Seat::Role(name) => {
                let role = roles.iter().find(|r| r.name.as_str() == name);
                sum.and(role.map_or(Audience::NONE, |r| r.audience))
            }
            Seat::Screen => sum,
        });
        let is_over = session.state().endex_ms.is_some() && !seats.is_empty();
        View {
            person: person.to_owned(),
            audience,
            sees_all: seats.contains(&Seat::Facilitator) || is_over,
            is_at_table: seats.iter().any(|s| *s != Seat::Screen),
            is_english: false,
            seats,
        }
    }

    /// The same in the scenario's own words, for documents that are in no other language.
    #[must_use]
    pub(crate) fn in_english(self) -> View {
        View { is_english: true, ..self }
    }

    /// The scenario in the language of whoever looks.
    fn scenario<'s>(&self, session: &'s Session) -> &'s Scenario {
        let scenario = &session.plan().scenario;
        if self.is_english { scenario.english() } else { scenario }
    }

    /// As what they take part.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// Whether they lead the exercise.
    pub fn is_facilitator(&self) -> bool {
        self.seats.contains(&Seat::Facilitator)
    }

    /// Whether they rate.
    pub fn is_evaluator(&self) -> bool {
        self.seats.contains(&Seat::Evaluator)
    }

    /// Whether they play a role.
    pub fn is_player(&self) -> bool {
        self.seats.iter().any(|s| matches!(s, Seat::Role(_)))
    }

    /// Whether they may know the truth.
    pub fn sees_truth(&self) -> bool {
        self.sees_all
    }

    /// What the exercise is called for them: a scenario's own title may tell what is to come.
    pub fn title<'s>(&self, session: &'s Session) -> &'s str {
        let plan = session.plan();
        if self.sees_all { plan.scenario.title() } else { plan.title_for_players() }
    }

    fn sees(&self, session: &Session, entry: &Entry) -> bool {
        if self.sees_all || entry.audience.meets(self.audience) {
            return true;
        }
        let is_public = entry.audience.0 & view::PUBLIC.0 == view::PUBLIC.0;
        let is_shared = self.is_at_table && session.state().shared.contains(&entry.id.0);
        (is_public && !self.seats.is_empty()) || is_shared
    }

    /// Whether they see the entry with this number.
    pub fn sees_entry(&self, session: &Session, number: u32) -> bool {
        let entry = session.sim().journal().get(hotwash_engine::NoteId(number));
        entry.is_some_and(|entry| self.sees(session, entry))
    }

    /// The entries they see, oldest first; routine ones only with `all`.
    pub fn timeline(&self, session: &Session, all: bool) -> Vec<TimelineRow> {
        let entries = session.sim().journal().entries().iter().zip(session.lines());
        let shown = entries.filter(|(entry, _)| {
            (all || entry.kind.weight > Weight::Routine) && self.sees(session, entry)
        });
        let row = |(entry, line): (&Entry, &Line)| TimelineRow {
            line: spoken::line(session.sim(), spoken::language(session), entry, line),
            who: spoken::who(session, entry),
            day: day(session, entry.at.ms()),
            is_shared: session.state().shared.contains(&entry.id.0),
        };
        shown.map(row).collect()
    }

    /// Decisions that wait for an answer. Once a decision has come up it is the whole table's to talk
    /// about: every player and evaluator sees its card.
    pub fn cards(&self, session: &Session) -> Vec<Card> {
        if !self.is_at_table {
            return Vec::new();
        }
        session.open().iter().map(|open| self.card(session, *open)).collect()
    }

    fn card(&self, session: &Session, open: OpenDecision) -> Card {
        let scenario = &session.plan().scenario;
        let spec = &scenario.decisions()[open.number];
        let (name, role) = (spec.name.as_str(), spec.role.as_str());
        let title = scenario.roles().iter().find(|r| r.name == spec.role);
        let objective = scenario.objectives().iter().find(|o| Some(o.name) == spec.objective);
        let votes = session.state().votes.get(name);
        let knows_more = self.is_facilitator() || self.is_evaluator();
        let options = spec.options.iter().map(|option| CardOption {
            name: option.name.as_str().to_owned(),
            text: option.text.clone(),
            votes: votes
                .into_iter()
                .flatten()
                .filter(|(_, vote)| vote.option == option.name.as_str())
                .map(|(who, vote)| (session.state().name(who).to_owned(), vote.confidence))
                .collect(),
        });
        let decides = self.seats.contains(&Seat::Role(role.to_owned()));
        Card {
            name: name.to_owned(),
            ask: spec.ask.clone(),
            role: role.to_owned(),
            title: title.map_or(role, |r| &r.title).to_owned(),
            options: options.collect(),
            asked_ms: open.asked_ms,
            due_ms: open.due_ms,
            due: session.sim().calendar().date_time(SimTime::from_ms(open.due_ms)),
            default: spec.default,
            expected: spec.expected.filter(|_| knows_more),
            objective: objective.filter(|_| knows_more).map_or("", |o| &o.text).to_owned(),
            may_decide: decides || self.is_facilitator(),
            may_vote: self.is_player(),
            my_vote: votes.and_then(|v| v.get(&self.person)).cloned(),
        }
    }

    /// What is true, believed and said, as far as they may know.
    pub fn ledger(&self, session: &Session) -> Vec<LedgerRow> {
        let mut rows: Vec<LedgerRow> = Vec::new();
        for (entry, line) in session.sim().journal().entries().iter().zip(session.lines()) {
            if self.sees(session, entry) {
                tell(
                    &mut rows,
                    entry,
                    &spoken::line(session.sim(), spoken::language(session), entry, line),
                );
            }
        }
        rows
    }

    /// The master scenario events list; empty for those who may not know what is to come.
    pub fn msel(&self, session: &Session) -> Vec<MselRow> {
        if !self.is_facilitator() && !self.is_evaluator() && !self.sees_all {
            return Vec::new();
        }
        let scenario = self.scenario(session);
        let decisions =
            (0..scenario.decisions().len()).map(|n| msel::decision_row(session, scenario, n));
        let injects = (0..scenario.injects().len()).map(|n| msel::inject_row(session, scenario, n));
        let mut rows: Vec<MselRow> = decisions.chain(injects).collect();
        rows.sort_by_key(|row| row.ms.unwrap_or(i64::MAX));
        rows
    }

    /// The person.
    pub fn person(&self) -> &str {
        &self.person
    }
}

fn tell(rows: &mut Vec<LedgerRow>, entry: &Entry, line: &Line) {
    let text = |name: &str| line.fields.get(name).and_then(|v| v.as_str()).unwrap_or_default();
    let is_told = matches!(
        entry.kind.name,
        "case.became-true"
            | "case.vendor-believes"
            | "case.claimed"
            | "case.claim-refuted"
            | "case.claim-walked-back"
    );
    if !is_told || text("name").is_empty() {
        return;
    }
    let known = rows.iter().position(|r| r.name == text("name"));
    let at = known.unwrap_or_else(|| {
        rows.push(LedgerRow {
            name: text("name").to_owned(),
            proposition: String::new(),
            true_ms: None,
            belief: None,
            claim: None,
            is_refuted: false,
        });
        rows.len() - 1
    });
    let row = &mut rows[at];
    if row.proposition.is_empty() {
        text("proposition").clone_into(&mut row.proposition);
    }
    match entry.kind.name {
        "case.became-true" => row.true_ms = Some(line.ms),
        "case.vendor-believes" => row.belief = line.fields.get("p").and_then(|p| p.as_f64()),
        "case.claimed" => {
            row.claim = Some((line.says.clone(), line.ms));
            row.is_refuted = false;
        }
        _ => row.is_refuted = true,
    }
}

/// Viewers or roles as an audience; everybody at the vendor when none is named.
pub(crate) fn audience_of(plan: &Plan, to: &[String]) -> Result<Audience, Refusal> {
    if to.is_empty() {
        return Ok(view::VENDOR);
    }
    to.iter().try_fold(Audience::NONE, |sum, name| {
        let viewer = VIEWERS.iter().find(|(viewer, _)| viewer == name).map(|(_, a)| *a);
        let mut roles = plan.scenario.roles().iter();
        let role = || roles.find(|r| r.name.as_str() == name).map(|r| r.audience);
        match viewer.or_else(role) {
            Some(audience) => Ok(sum.and(audience)),
            None => Err(Refusal::Wrong(format!("nobody here is called `{name}`"))),
        }
    })
}

/// Days since STARTEX by the calendar.
fn day(session: &Session, ms: i64) -> i64 {
    const DAY: i64 = 86_400_000;
    let startex = session.sim().calendar().date_time(SimTime::STARTEX);
    let minutes = startex.split_once(' ').and_then(|(_, time)| time.split_once(':'));
    let of_day = minutes
        .and_then(|(h, m)| Some((h.parse::<i64>().ok()? * 60 + m.parse::<i64>().ok()?) * 60_000))
        .unwrap_or(0);
    (ms + of_day).div_euclid(DAY)
}
