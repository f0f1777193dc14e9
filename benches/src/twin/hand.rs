//! The toy model by hand: plain structs, a binary heap, no ECS. Same rules, same addresses of chance.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use hotwash_engine::{Draw, RunKey, STREAMS_VERSION};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::rules::{self, ANALYSTS, COHORTS, CohortState, HOUR, Outcome, SEGMENTS, SegmentState};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Step,
    Noise,
    Triaged(u8, bool),
    Week,
    Released,
}

/// An address hashed as the engine documents it.
fn address(parts: [&str; 3]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

struct Stream {
    address: u64,
    generator: ChaCha8Rng,
}

impl Stream {
    fn new(actor: &str, purpose: &str) -> Self {
        Stream {
            address: address(["toy", actor, purpose]),
            generator: ChaCha8Rng::from_seed([0; 32]),
        }
    }

    fn start(&mut self, key: [u8; 32]) {
        self.generator = ChaCha8Rng::from_seed(key);
        self.generator.set_stream(self.address);
    }

    #[inline]
    fn draw(&mut self) -> Draw {
        Draw::new(self.generator.next_u64())
    }
}

/// The whole model.
pub(crate) struct Hand {
    agenda: BinaryHeap<Reverse<(i64, u32, Event)>>,
    sequence: u32,
    segments: [SegmentState; SEGMENTS],
    busy: [bool; ANALYSTS],
    queue: VecDeque<bool>,
    cohorts: [CohortState; COHORTS],
    reviewing: bool,
    steps: Stream,
    noise: Stream,
    triage: [Stream; ANALYSTS],
    weeks: Vec<Stream>,
    review: Stream,
    outcome: Outcome,
}

impl Hand {
    /// A model ready to run.
    pub(crate) fn new() -> Self {
        Hand {
            agenda: BinaryHeap::new(),
            sequence: 0,
            segments: [SegmentState::default(); SEGMENTS],
            busy: [false; ANALYSTS],
            queue: VecDeque::new(),
            cohorts: [CohortState { size: 0, trust: 1.0, complaints: 0 }; COHORTS],
            reviewing: false,
            steps: Stream::new("intruder", "step"),
            noise: Stream::new("soc", "noise"),
            triage: std::array::from_fn(|i| Stream::new(&format!("analyst-{i}"), "triage")),
            weeks: (0..COHORTS).map(|i| Stream::new(&format!("cohort-{i}"), "week")).collect(),
            review: Stream::new("pr", "review"),
            outcome: Outcome::default(),
        }
    }

    fn push(&mut self, at: i64, event: Event) {
        self.agenda.push(Reverse((at, self.sequence, event)));
        self.sequence += 1;
    }

    fn start(&mut self, key: RunKey) {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&key.seed.to_le_bytes());
        bytes[8..16].copy_from_slice(&key.replication.to_le_bytes());
        bytes[16..20].copy_from_slice(&STREAMS_VERSION.to_le_bytes());
        bytes[24..].copy_from_slice(b"hotwash!");
        let streams = [&mut self.steps, &mut self.noise, &mut self.review];
        for stream in streams.into_iter().chain(&mut self.triage).chain(&mut self.weeks) {
            stream.start(bytes);
        }
        self.agenda.clear();
        self.sequence = 0;
        self.queue.clear();
        self.busy = [false; ANALYSTS];
        self.reviewing = false;
        self.outcome = Outcome::default();
        for (i, segment) in self.segments.iter_mut().enumerate() {
            *segment = SegmentState { taken: 0, visibility: rules::visibility(i) };
        }
        for (i, cohort) in self.cohorts.iter_mut().enumerate() {
            *cohort = CohortState { size: rules::size(i), trust: 1.0, complaints: 0 };
        }
    }

    /// One replication.
    pub(crate) fn run(&mut self, key: RunKey) -> Outcome {
        self.start(key);
        self.push(0, Event::Step);
        self.push(0, Event::Noise);
        self.push(168 * HOUR, Event::Week);
        while let Some(Reverse((at, _, event))) = self.agenda.pop() {
            if at > rules::HORIZON {
                break;
            }
            match event {
                Event::Step => self.step(at),
                Event::Noise => {
                    self.outcome.log(at, 2, 0);
                    let wait = rules::noise(&mut self.noise.draw());
                    self.push(at + wait, Event::Noise);
                    self.raise(at, false);
                }
                Event::Triaged(analyst, is_real) => self.triaged(at, usize::from(analyst), is_real),
                Event::Week => self.week(at),
                Event::Released => {
                    self.outcome.log(at, 5, 0);
                    self.outcome.statements += 1;
                    self.reviewing = false;
                }
            }
        }
        self.outcome
    }

    fn step(&mut self, at: i64) {
        let segments = &self.segments;
        let step = rules::step(&mut self.steps.draw(), |i| segments[i].visibility);
        self.outcome.log(at, 1, step.to as u64);
        if step.gains {
            self.segments[step.to].taken += 1;
            self.outcome.taken += 1;
        }
        self.push(at + step.wait, Event::Step);
        if step.seen {
            self.raise(at, true);
        }
    }

    fn raise(&mut self, at: i64, is_real: bool) {
        match self.busy.iter().position(|busy| !busy) {
            Some(analyst) => self.assign(at, analyst, is_real),
            None => self.queue.push_back(is_real),
        }
    }

    fn assign(&mut self, at: i64, analyst: usize, is_real: bool) {
        self.busy[analyst] = true;
        let (work, recognises) = rules::triage(&mut self.triage[analyst].draw());
        self.push(at + work, Event::Triaged(analyst as u8, is_real && recognises));
    }

    fn triaged(&mut self, at: i64, analyst: usize, is_found: bool) {
        self.outcome.log(at, 3, u64::from(is_found));
        if is_found {
            self.outcome.found += 1;
            if !self.reviewing {
                self.reviewing = true;
                let work = rules::review(&mut self.review.draw());
                self.push(at + work, Event::Released);
            }
        }
        self.busy[analyst] = false;
        if let Some(next) = self.queue.pop_front() {
            self.assign(at, analyst, next);
        }
    }

    fn week(&mut self, at: i64) {
        for (i, cohort) in self.cohorts.iter_mut().enumerate() {
            let count = rules::complaints(&mut self.weeks[i].draw(), cohort);
            cohort.trust = rules::trust(cohort, count);
            cohort.complaints += count;
            self.outcome.complaints += count;
        }
        self.outcome.log(at, 4, self.outcome.complaints);
        self.push(at + 168 * HOUR, Event::Week);
    }
}
