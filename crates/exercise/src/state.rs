//! What people have done so far, as it counts now: people and seats, votes, decisions, messages, notes,
//! ratings, the clock. Derived from records alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::act::{Act, Rating, Record};
use crate::seat::Seat;

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Unique in the session.
    pub id: String,
    /// As shown.
    pub name: String,
    /// What they take part as.
    pub seats: Vec<Seat>,
}

/// How fast the clock runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// It stands.
    #[default]
    Paused,
    /// Simulated milliseconds per second of the wall clock.
    Running(i64),
}

/// What somebody would decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The option's name.
    pub option: String,
    /// 1 to 5.
    pub confidence: u8,
    /// Why.
    pub reason: String,
}

/// A decision that people took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenDecision {
    /// The decision's name.
    pub decision: String,
    /// The option's name.
    pub option: String,
    /// Who: a person's id or the facilitator, who then decided on somebody's behalf.
    pub by: String,
    /// 1 to 5.
    pub confidence: Option<u8>,
    /// Why.
    pub reason: String,
    /// Simulated milliseconds since STARTEX.
    pub ms: i64,
    /// By the wall clock.
    pub wall_ms: i64,
    /// What everybody had voted by then, by person.
    pub votes: BTreeMap<String, Vote>,
}

/// A decision that waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenDecision {
    /// Its position in the scenario.
    pub number: usize,
    /// When it came up, in simulated milliseconds since STARTEX.
    pub asked_ms: i64,
    /// When its default is taken.
    pub due_ms: i64,
}

/// A message that the facilitator made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The record's number.
    pub n: u64,
    /// Simulated milliseconds since STARTEX.
    pub ms: i64,
    /// Who it is from, as shown.
    pub from: String,
    /// Its form.
    pub form: String,
    /// Viewers or roles that see it; everybody at the vendor when empty.
    pub to: Vec<String>,
    /// Its text.
    pub text: String,
}

/// A note in free text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The record's number.
    pub n: u64,
    /// Simulated milliseconds since STARTEX.
    pub ms: i64,
    /// By the wall clock.
    pub wall_ms: i64,
    /// Who.
    pub by: String,
    /// Its text.
    pub text: String,
    /// The journal entry it is about; 0 for none.
    pub entry: u32,
}

/// A rating of an objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// Who rated.
    pub by: String,
    /// How well it was met.
    pub rating: Rating,
    /// What the evaluator saw.
    pub comment: String,
    /// Journal entries that bear it out.
    pub evidence: Vec<u32>,
}

/// A proposal to go back, and who agrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The decision to go back to.
    pub decision: String,
    /// Who has answered, and whether they agree.
    pub answers: BTreeMap<String, bool>,
}

/// All that people have done, as it counts now.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// In the order they joined.
    pub people: Vec<Person>,
    /// Votes on decisions that have not been taken, by decision and person.
    pub votes: BTreeMap<String, BTreeMap<String, Vote>>,
    /// In the order they were taken; those that were undone are not among them.
    pub taken: Vec<TakenDecision>,
    /// Taken and undone again.
    pub undone: Vec<TakenDecision>,
    /// Made up by the facilitator.
    pub messages: Vec<Message>,
    /// Numbers of entries shown to all players.
    pub shared: BTreeSet<u32>,
    /// All notes.
    pub notes: Vec<Noted>,
    /// Whether the expected action to something came, as somebody said.
    pub expected: BTreeMap<String, bool>,
    /// By objective; the latest of each evaluator.
    pub ratings: BTreeMap<String, Vec<Rated>>,
    /// A proposal to go back.
    pub rewind: Option<Consent>,
    /// How fast the clock runs.
    pub pace: Pace,
    /// When the exercise ended, in simulated milliseconds since STARTEX.
    pub endex_ms: Option<i64>,
    /// The wall clock at the first and at the last record.
    pub wall: (i64, i64),
}

impl State {
    /// A person by id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|p| p.id == id)
    }

    /// A person's name as shown; the id where nobody has it.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.person(id).map_or(id, |p| &p.name)
    }

    /// Takes a record in. What the simulation does about it is not this file's.
    pub(crate) fn take(&mut self, record: &Record) {
        let Record { n, ms, wall_ms, by, act } = record;
        if *n == 0 {
            self.wall.0 = *wall_ms;
        }
        self.wall.1 = *wall_ms;
        match act {
            Act::Join { person, name, seats } => self.people.push(Person {
                id: person.clone(),
                name: name.clone(),
                seats: seats.clone(),
            }),
            Act::Reseat { person, seats } => {
                if let Some(person) = self.people.iter_mut().find(|p| p.id == *person) {
                    person.seats.clone_from(seats);
                }
            }
            Act::Run { pace } => self.pace = Pace::Running(*pace),
            Act::Pause => self.pace = Pace::Paused,
            Act::Vote { decision, option, confidence, reason } => {
                let vote = Vote {
                    option: option.clone(),
                    confidence: *confidence,
                    reason: reason.clone(),
                };
                self.votes.entry(decision.clone()).or_default().insert(by.clone(), vote);
            }
            Act::Decide { decision, option, confidence, reason } => {
                let votes = self.votes.remove(decision).unwrap_or_default();
                self.taken.push(TakenDecision {
                    decision: decision.clone(),
                    option: option.clone(),
                    by: by.clone(),
                    confidence: *confidence,
                    reason: reason.clone(),
                    ms: *ms,
                    wall_ms: *wall_ms,
                    votes,
                });
            }
            Act::ProposeRewind { decision } => {
                self.rewind =
                    Some(Consent { decision: decision.clone(), answers: BTreeMap::new() });
            }
            Act::Consent { agrees } => {
                if let Some(consent) = &mut self.rewind {
                    consent.answers.insert(by.clone(), *agrees);
                }
            }
            Act::Endex => {
                self.endex_ms = Some(*ms);
                self.pace = Pace::Paused;
            }
            _ => self.take_words(record),
        }
    }

    /// What people wrote and rated.
    fn take_words(&mut self, record: &Record) {
        let Record { n, ms, wall_ms, by, act } = record;
        match act {
            Act::Message { from, form, to, text } => self.messages.push(Message {
                n: *n,
                ms: *ms,
                from: from.clone(),
                form: form.clone(),
                to: to.clone(),
                text: text.clone(),
            }),
            Act::Share { entry } => {
                self.shared.insert(*entry);
            }
            Act::Note { text, entry } => self.notes.push(Noted {
                n: *n,
                ms: *ms,
                wall_ms: *wall_ms,
                by: by.clone(),
                text: text.clone(),
                entry: *entry,
            }),
            Act::Expected { item, met } => {
                match met {
                    Some(met) => self.expected.insert(item.clone(), *met),
                    None => self.expected.remove(item),
                };
            }
            Act::Rate { objective, rating, comment, evidence } => {
                let ratings = self.ratings.entry(objective.clone()).or_default();
                ratings.retain(|r| r.by != *by);
                if let Some(rating) = *rating {
                    ratings.push(Rated {
                        by: by.clone(),
                        rating,
                        comment: comment.clone(),
                        evidence: evidence.clone(),
                    });
                }
            }
            _ => {}
        }
    }

    /// Back to an instant: so many decisions count, and the journal has so many entries.
    pub(crate) fn go_back(&mut self, ms: i64, taken: usize, entries: usize) {
        self.undone.extend(self.taken.drain(taken.min(self.taken.len())..));
        self.messages.retain(|m| m.ms <= ms);
        self.votes.clear();
        self.rewind = None;
        self.pace = Pace::Paused;
        // A number past the journal's end will belong to another entry.
        let is_there = |entry: u32| entry as usize <= entries;
        self.shared.retain(|entry| is_there(*entry));
        for note in self.notes.iter_mut().filter(|n| !is_there(n.entry)) {
            note.entry = 0;
        }
        for rated in self.ratings.values_mut().flatten() {
            rated.evidence.retain(|entry| is_there(*entry));
        }
    }
}
