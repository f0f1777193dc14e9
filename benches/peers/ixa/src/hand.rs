//! The model by hand, without ixa, on the generators and distributions that ixa's users have. What
//! a tool for Rust costs is its time over this one; the twin by hand of hotwash pays for streams
//! that can be addressed, for samplers that give the same bits everywhere, and for a hash of its journal.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

use crate::chance::Chance;
use crate::measure::Outcome;
use crate::rules::{self, ANALYSTS, HORIZON, SEGMENTS, WEEK};

#[derive(Clone, Copy)]
enum Event {
    Step,
    Noise,
    Triaged(usize, bool),
    Week,
    Released,
}

struct Entry {
    at: f64,
    sequence: u64,
    event: Event,
}

impl Ord for Entry {
    /// The earliest is the greatest, because the heap gives the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.total_cmp(&self.at).then(other.sequence.cmp(&self.sequence))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

/// The whole model.
#[derive(Default)]
pub(crate) struct Hand {
    agenda: BinaryHeap<Entry>,
    sequence: u64,
    busy: [bool; ANALYSTS],
    queue: VecDeque<bool>,
    reviewing: bool,
    taken_in: [u32; SEGMENTS],
}

impl Hand {
    fn push(&mut self, at: f64, event: Event) {
        self.agenda.push(Entry { at, sequence: self.sequence, event });
        self.sequence += 1;
    }

    /// One replication; what it needs is kept from the last one.
    pub(crate) fn run(&mut self, seed: u64, replication: u64) -> Outcome {
        let (visibility, mut cohorts) = (rules::visibility(), rules::cohorts());
        let mut chance = Chance::new(seed, replication);
        let [mut events, mut taken, mut found, mut complaints, mut statements] = [0; 5];
        self.agenda.clear();
        self.queue.clear();
        (self.sequence, self.busy, self.reviewing) = (0, [false; ANALYSTS], false);
        self.taken_in = [0; SEGMENTS];
        self.push(0.0, Event::Step);
        self.push(0.0, Event::Noise);
        self.push(WEEK, Event::Week);
        while let Some(Entry { at, event, .. }) = self.agenda.pop() {
            if at > HORIZON {
                break;
            }
            events += 1;
            match event {
                Event::Step => {
                    let step = rules::step(&mut chance.intruder, &visibility);
                    self.taken_in[step.to] += u32::from(step.gains);
                    taken += u64::from(step.gains);
                    self.push(at + step.wait, Event::Step);
                    if step.seen {
                        self.raise(at, true, &mut chance);
                    }
                }
                Event::Noise => {
                    self.push(at + rules::noise(&mut chance.noise), Event::Noise);
                    self.raise(at, false, &mut chance);
                }
                Event::Triaged(analyst, is_found) => {
                    found += u64::from(is_found);
                    self.triaged(at, analyst, is_found, &mut chance);
                }
                Event::Week => {
                    for cohort in &mut cohorts {
                        complaints += rules::week(&mut chance.customers, cohort);
                    }
                    self.push(at + WEEK, Event::Week);
                }
                Event::Released => {
                    statements += 1;
                    self.reviewing = false;
                }
            }
        }
        [events, taken, found, complaints, statements]
    }

    fn raise(&mut self, at: f64, is_real: bool, chance: &mut Chance) {
        match self.busy.iter().position(|busy| !busy) {
            Some(analyst) => self.assign(at, analyst, is_real, chance),
            None => self.queue.push_back(is_real),
        }
    }

    fn assign(&mut self, at: f64, analyst: usize, is_real: bool, chance: &mut Chance) {
        self.busy[analyst] = true;
        let (work, recognises) = rules::triage(&mut chance.triage);
        self.push(at + work, Event::Triaged(analyst, is_real && recognises));
    }

    fn triaged(&mut self, at: f64, analyst: usize, is_found: bool, chance: &mut Chance) {
        if is_found && !self.reviewing {
            self.reviewing = true;
            self.push(at + rules::review(&mut chance.press), Event::Released);
        }
        self.busy[analyst] = false;
        if let Some(next) = self.queue.pop_front() {
            self.assign(at, analyst, next, chance);
        }
    }
}
