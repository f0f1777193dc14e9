//! The host: all that a script or module can do. The front ends only carry calls to it and back, so
//! that what is allowed, checked and limited is said once.

mod chance;
mod deeds;
mod table;
mod time;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hotwash_engine::{Cx, NoteId, SimTime, nearest};
use hotwash_incident::{Ledgers, Observation, Party};

use crate::build::Declared;
use crate::program::Trouble;

pub(crate) use deeds::Given;
pub use table::functions;
pub(crate) use table::{FUNCTIONS, Sort};
pub(crate) use time::span as time_span;

/// Why the host does not do what a script asks: the author's mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Refusal { message: message.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// What the host answers.
pub(crate) type Answer<T> = Result<T, Refusal>;

/// A value of a lever, an event's field or a note.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Word<'a> {
    Nothing,
    Flag(bool),
    Int(i64),
    Num(f64),
    Pair(f64, f64),
    Text(&'a str),
}

/// What an agent has used up and counted in this run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account {
    /// Values of its metrics, in the order declared.
    pub(crate) metrics: Vec<Option<f64>>,
    /// Steps taken.
    pub(crate) steps: u64,
    /// Timers that wait.
    pub(crate) timers: u32,
    /// The last instant at which it was called, how often then, and how many entries it wrote.
    instant: SimTime,
    calls: u32,
    notes: u32,
    /// Entries written in this run.
    noted: u32,
}

impl Account {
    pub(crate) fn new(metrics: usize) -> Self {
        Account { metrics: vec![None; metrics], ..Account::default() }
    }

    /// Counts a call at this instant.
    pub(crate) fn open(&mut self, now: SimTime) -> Answer<()> {
        if self.instant != now {
            (self.instant, self.calls, self.notes) = (now, 0, 0);
        }
        self.calls += 1;
        if self.calls > crate::limits::CALLS_PER_INSTANT {
            let message = format!(
                "it is called over {} times at one instant",
                crate::limits::CALLS_PER_INSTANT
            );
            return Err(Refusal::new(message).hint(
                "it sets off its own calls: let time pass, by `after(hours, what)`, before it acts again",
            ));
        }
        Ok(())
    }
}

/// Something that is done when the call is over, since it touches what others hold.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
    /// Parties see evidence: the place in the list of those declared, and how far it is believed.
    Shown(usize, f64, NoteId),
}

/// What belongs to the call that is under way.
#[derive(Default)]
struct Desk {
    cx: Option<Cx>,
    account: Account,
    /// Beliefs by party and proposition, as far as the agent may know them.
    beliefs: Vec<f64>,
    deeds: Vec<Deed>,
    /// How many orders and pieces of evidence this call gave.
    given: usize,
    /// The first thing refused; nothing the script does undoes it.
    refused: Option<Trouble>,
}

/// One agent's way to the simulation.
#[derive(Clone)]
pub(crate) struct Host {
    pub(crate) declared: Arc<Declared>,
    desk: Arc<Mutex<Desk>>,
}

impl Host {
    pub(crate) fn new(declared: Declared) -> Self {
        Host { declared: Arc::new(declared), desk: Arc::default() }
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works with the services of the call that is under way.
    fn with<R>(&self, work: impl FnOnce(&Declared, &mut Cx, &mut Desk) -> Answer<R>) -> Answer<R> {
        let mut desk = self.desk();
        let Some(mut cx) = desk.cx.take() else {
            return Err(Refusal::new("this can be done only while a run goes on"));
        };
        let answer = work(&self.declared, &mut cx, &mut desk);
        desk.cx = Some(cx);
        answer
    }

    /// Remembers what was refused; the first counts.
    pub(crate) fn refuse(&self, trouble: Trouble) {
        self.desk().refused.get_or_insert(trouble);
    }

    /// Opens a call: from here to [`Host::close`] the services are here.
    pub(crate) fn open(&self, cx: Cx, account: &mut Account, ledgers: Option<&Ledgers>) {
        let mut desk = self.desk();
        desk.cx = Some(cx);
        std::mem::swap(&mut desk.account, account);
        (desk.given, desk.refused) = (0, None);
        desk.beliefs.clear();
        let Some(ledgers) = ledgers else { return };
        for party in &self.declared.knows {
            for proposition in &self.declared.propositions {
                desk.beliefs.push(ledgers.belief(*party, proposition.1));
            }
        }
    }

    /// Closes a call, and gives back the services with what is still to be done and what was refused.
    pub(crate) fn close(&self, account: &mut Account) -> (Option<Cx>, Vec<Deed>, Option<Trouble>) {
        let mut desk = self.desk();
        std::mem::swap(&mut desk.account, account);
        (desk.cx.take(), std::mem::take(&mut desk.deeds), desk.refused.take())
    }

    /// Does what was put off.
    pub(crate) fn settle(&self, cx: &mut Cx, ledgers: &mut Ledgers, deeds: &[Deed]) {
        let before = cx.cause();
        for Deed::Shown(number, credibility, cause) in deeds {
            let raised = &self.declared.evidence[*number];
            for party in raised.shown_to() {
                cx.because(*cause);
                let (evidence, credibility) = (raised.id, *credibility);
                let seen = Observation { party: *party, evidence, credibility, pieces: 1 };
                ledgers.observe(cx, seen);
            }
        }
        cx.because(before);
    }

    /// A belief of a party that the agent may know.
    pub(crate) fn believes(&self, party: &str, proposition: &str) -> Answer<f64> {
        let declared = &self.declared;
        let Some(known) = declared.knows.iter().position(|p| p.name() == party) else {
            let is_party = Party::ALL.iter().any(|p| p.name() == party);
            let may: Vec<&str> = declared.knows.iter().map(|p| p.name()).collect();
            if !is_party {
                return Err(unknown("party", party, may.iter().copied()));
            }
            return Err(Refusal::new(format!("the agent cannot know what the {party} believes"))
                .hint(format!(
                    "it can know what these believe: {}; `stands_for` adds the party that it is",
                    may.join(", ")
                )));
        };
        let names = declared.propositions.iter().map(|(name, _)| name.as_str());
        let Some(about) = names.clone().position(|name| name == proposition) else {
            return Err(unknown("proposition", proposition, names));
        };
        let place = known * declared.propositions.len() + about;
        Ok(self.desk().beliefs.get(place).copied().unwrap_or_default())
    }
}

/// The place of a name in a list of declared ones.
fn find<'a>(sort: Sort, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Answer<usize> {
    known.clone().position(|k| k == name).ok_or_else(|| unknown(sort.what(), name, known))
}

/// A name that was not declared, with the nearest one or where to declare it.
pub(crate) fn unknown<'a>(
    sort: &str,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Refusal {
    let refusal = Refusal::new(format!("no {sort} of this agent is called `{name:.60}`"));
    let known: Vec<&str> = known.collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => refusal.hint(format!("did you mean `{near}`?")),
        None if known.is_empty() => {
            refusal.hint(format!("the agent declares no {sort} in its section of the scenario"))
        }
        None => refusal.hint(format!("declared: {}", known.join(", "))),
    }
}

/// A number that the world may be told: neither infinite nor no number at all.
fn finite(value: f64, what: &str) -> Answer<f64> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(Refusal::new(format!("{what} is {}", said(value)))
        .hint("look for a division by zero or a root of a negative number"))
}

/// A number that is none, in words.
pub(crate) fn said(value: f64) -> &'static str {
    match value {
        v if v.is_nan() => "not a number (NaN)",
        v if v > 0.0 => "infinite",
        _ => "minus infinite",
    }
}

/// A number within bounds.
fn within(value: f64, what: &str, low: f64, high: f64) -> Answer<f64> {
    let value = finite(value, what)?;
    if (low..=high).contains(&value) {
        return Ok(value);
    }
    Err(Refusal::new(format!("{what} must lie in {low}..={high}, got {value}")))
}
