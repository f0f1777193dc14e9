//! What is kept of a world under one way of playing it, and how it is written as numbers and read again.

use std::collections::BTreeMap;

use super::clocks::{ClockKey, Ran};
use super::desk::Desk;
use super::plan::{Plan, Way};

/// A run in which one thing is otherwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fork {
    /// Whether its journal differs in more than the entry of the answer itself.
    pub(super) differs: bool,
    /// By metric; not a number where there is no value.
    pub(super) metrics: Vec<f64>,
}

/// What moving a lever came to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Moved {
    /// Not moved: the way has this value already, or the lever is not looked at in this world.
    Not,
    /// No simulation can be built with it.
    Refused,
    /// A run.
    To(Fork),
}

/// What happened in the runs of a world, in how many of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Seen {
    pub(super) runs: f64,
    /// By decision: it came up.
    pub(super) asked: Vec<f64>,
    /// By decision: it came up, and its limit could run out before the end.
    pub(super) can_run_out: Vec<f64>,
    /// By decision: it came up at STARTEX or later.
    pub(super) in_play: Vec<f64>,
    /// By inject: it was delivered.
    pub(super) injects: Vec<f64>,
    /// By milestone: it was reached.
    pub(super) milestones: Vec<f64>,
    /// By decision and rule of the way's policy: it decided.
    pub(super) rules: Vec<Vec<f64>>,
    /// By decision: its rules were tried.
    pub(super) tried: Vec<f64>,
}

impl Seen {
    pub(super) fn of(plan: &Plan, way: &Way) -> Self {
        let decisions = plan.limits.len();
        Seen {
            runs: 0.0,
            asked: vec![0.0; decisions],
            can_run_out: vec![0.0; decisions],
            in_play: vec![0.0; decisions],
            injects: vec![0.0; plan.injects],
            milestones: vec![0.0; plan.layout.milestones.len()],
            rules: way.rules.iter().map(|rules| vec![0.0; *rules]).collect(),
            tried: vec![0.0; decisions],
        }
    }

    /// All of its numbers, in order.
    pub(super) fn numbers(&mut self) -> Vec<&mut f64> {
        let lists = [&mut self.asked, &mut self.can_run_out, &mut self.in_play, &mut self.tried];
        let lists = lists.into_iter().chain([&mut self.injects, &mut self.milestones]);
        let rules = self.rules.iter_mut().flatten();
        std::iter::once(&mut self.runs).chain(lists.flatten()).chain(rules).collect()
    }

    /// Adds what was seen elsewhere; the rules have to be those of the same way.
    pub(super) fn add(&mut self, mut other: Seen) {
        for (sum, more) in self.numbers().into_iter().zip(other.numbers()) {
            *sum += *more;
        }
    }
}

/// A world under a way.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct World {
    /// Its number.
    pub(super) number: u64,
    /// Metrics at the end.
    pub(super) metrics: Vec<f64>,
    /// Metrics a tenth of the horizon before it.
    pub(super) late: Vec<f64>,
    /// Metrics a minute before it: what is settled when the run ends is not in them.
    pub(super) close: Vec<f64>,
    /// Fingerprint of the journal.
    pub(super) print: u64,
    /// By decision: hours from STARTEX until it came up; not a number where it did not.
    pub(super) asked: Vec<f64>,
    /// By decision: the option taken, if it was answered.
    pub(super) taken: Vec<Option<usize>>,
    /// By role.
    pub(super) desks: Vec<Desk>,
    /// Over all runs of this world under this way.
    pub(super) seen: Seen,
    /// The same, of clocks.
    pub(super) clocks: BTreeMap<ClockKey, Ran>,
    /// By decision and option; no options where the decision was not answered or nothing is moved.
    pub(super) forks: Vec<Vec<Fork>>,
    /// By move; none where nothing is moved.
    pub(super) moves: Vec<Moved>,
}

const NOT: f64 = 0.0;
const REFUSED: f64 = 1.0;
const SAME: f64 = 2.0;
const DIFFERS: f64 = 3.0;

impl World {
    /// Appends it as numbers.
    pub(super) fn write(mut self, out: &mut Vec<f64>) {
        out.push(self.number as f64);
        out.extend_from_slice(&self.metrics);
        out.extend_from_slice(&self.late);
        out.extend_from_slice(&self.close);
        out.push((self.print >> 32) as f64);
        out.push((self.print & 0xffff_ffff) as f64);
        out.extend_from_slice(&self.asked);
        out.extend(self.taken.iter().map(|taken| taken.map_or(f64::NAN, |option| option as f64)));
        for desk in &self.desks {
            out.extend_from_slice(&[desk.decisions, desk.messages, desk.longest]);
        }
        out.extend(self.seen.numbers().into_iter().map(|n| *n));
        out.push(self.clocks.len() as f64);
        for ((clock, whose), ran) in &self.clocks {
            out.extend_from_slice(&[*clock as f64, f64::from(*whose)]);
            out.extend_from_slice(&[ran.started, ran.late, ran.least_left]);
        }
        for options in &self.forks {
            out.push(if options.is_empty() { 0.0 } else { 1.0 });
            options.iter().for_each(|fork| write_fork(fork, out));
        }
        out.push(self.moves.len() as f64);
        for moved in &self.moves {
            match moved {
                Moved::Not => out.push(NOT),
                Moved::Refused => out.push(REFUSED),
                Moved::To(fork) => write_fork(fork, out),
            }
        }
    }

    /// Reads one off the front of some numbers.
    pub(super) fn read(plan: &Plan, way: &Way, numbers: &mut &[f64]) -> World {
        let metrics = plan.layout.metrics.len();
        let mut world = World {
            number: one(numbers) as u64,
            metrics: take(numbers, metrics).to_vec(),
            late: take(numbers, metrics).to_vec(),
            close: take(numbers, metrics).to_vec(),
            ..World::default()
        };
        world.print = (one(numbers) as u64) << 32 | one(numbers) as u64;
        world.asked = take(numbers, plan.limits.len()).to_vec();
        let taken = take(numbers, plan.limits.len()).iter();
        world.taken = taken.map(|t| (!t.is_nan()).then_some(*t as usize)).collect();
        world.desks = take(numbers, 3 * plan.posts.len()).chunks_exact(3).map(desk).collect();
        world.seen = Seen::of(plan, way);
        for number in world.seen.numbers() {
            *number = one(numbers);
        }
        for _ in 0..one(numbers) as usize {
            let clock = take(numbers, 5);
            let key = (clock[0] as usize, clock[1] as u16);
            let ran = Ran { started: clock[2], late: clock[3], least_left: clock[4] };
            world.clocks.insert(key, ran);
        }
        for decision in &plan.layout.decisions {
            let options = if one(numbers) > 0.0 { decision.options.len() } else { 0 };
            world.forks.push((0..options).map(|_| read_fork(metrics, numbers)).collect());
        }
        for _ in 0..one(numbers) as usize {
            let moved = match numbers[0] {
                NOT => Moved::Not,
                REFUSED => Moved::Refused,
                _ => Moved::To(read_fork(metrics, numbers)),
            };
            if !matches!(moved, Moved::To(_)) {
                one(numbers);
            }
            world.moves.push(moved);
        }
        world
    }
}

impl World {
    /// Takes what was moved in the same world.
    pub(super) fn take_variations(&mut self, other: World) {
        let forks = self.forks.iter_mut().zip(other.forks).filter(|(_, f)| !f.is_empty());
        forks.for_each(|(mine, forks)| *mine = forks);
        if !other.moves.is_empty() {
            self.moves = other.moves;
        }
    }
}

fn desk(numbers: &[f64]) -> Desk {
    Desk { decisions: numbers[0], messages: numbers[1], longest: numbers[2] }
}

fn write_fork(fork: &Fork, out: &mut Vec<f64>) {
    out.push(if fork.differs { DIFFERS } else { SAME });
    out.extend_from_slice(&fork.metrics);
}

fn read_fork(metrics: usize, numbers: &mut &[f64]) -> Fork {
    let differs = one(numbers) == DIFFERS;
    Fork { differs, metrics: take(numbers, metrics).to_vec() }
}

fn one(numbers: &mut &[f64]) -> f64 {
    take(numbers, 1)[0]
}

fn take<'a>(numbers: &mut &'a [f64], count: usize) -> &'a [f64] {
    let (first, rest) = numbers.split_at(count);
    *numbers = rest;
    first
}
