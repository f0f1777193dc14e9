//! Many runs: all expectations of one seed together, so that those of one arm share its runs.

use std::sync::Arc;

use hotwash_engine::{Better, RunKey, SimTime, Simulation, parse_seed};
use hotwash_scenario::{Expectation, Expected, Fact, Probe, Readings, Scenario};

use super::sample::Trial;
use super::{Verdict, arm};
use crate::arm::Arm;
use crate::bench::{Bench, Seat};
use crate::conduct::{Job, Round, Study};
use crate::error::LabError;
use crate::{BATCH, batches};

/// What is read off a run of an arm.
#[derive(Clone, Debug)]
enum Slot {
    /// 1 where it holds, else 0.
    Fact(Fact),
    /// The value of the metric at this position, or NaN.
    Metric(usize),
}

/// An arm with what is read off its runs.
#[derive(Clone, Debug)]
struct Lane {
    arm: Arm,
    slots: Vec<Slot>,
}

/// An expectation with where its numbers stand: lane and slot of each.
struct Case {
    number: usize,
    trial: Trial,
    first: (usize, usize),
    second: Option<(usize, usize)>,
    /// For a comparison: which way the metric is better.
    better: Option<Better>,
}

/// Expectations over many worlds of one seed.
pub struct VerdictStudy {
    seed: u64,
    lanes: Vec<Lane>,
    cases: Vec<Case>,
    /// Worlds played.
    worlds: u64,
    /// Lanes of the round under way.
    active: Vec<usize>,
}

impl VerdictStudy {
    /// Expectations over many runs, each with its position, that all go by one seed.
    ///
    /// # Errors
    /// Levers that cannot be built with.
    pub fn new(
        scenario: &Scenario,
        list: &[(usize, &Expectation)],
        seed: &str,
        risk: f64,
    ) -> Result<Self, LabError> {
        let seed = parse_seed(seed);
        let mut study = VerdictStudy {
            seed,
            lanes: Vec::new(),
            cases: Vec::new(),
            worlds: 0,
            active: Vec::new(),
        };
        let sim = scenario.build(&Default::default(), None).map_err(LabError::Build)?;
        for (number, expectation) in list {
            study.add(scenario, &sim, *number, expectation, risk)?;
        }
        Ok(study)
    }

    fn add(
        &mut self,
        scenario: &Scenario,
        sim: &Simulation,
        number: usize,
        expectation: &Expectation,
        risk: f64,
    ) -> Result<(), LabError> {
        let lane = self.lane(arm(scenario, &expectation.setup));
        let metric = |name: &str| {
            let found = sim.metrics().position(|m| m.name == name);
            found.ok_or_else(|| LabError::unknown("metric", name, sim.metrics().map(|m| m.name)))
        };
        let mut better = None;
        let mut unit = "";
        let (first, second) = match &expectation.what {
            Expected::Fact(_) => unreachable!("a fact is of one run"),
            Expected::Share { given, fact, .. } => {
                let given = given.clone().map(|given| self.slot(lane, Slot::Fact(given)));
                let fact = self.slot(lane, Slot::Fact(fact.clone()));
                (given.unwrap_or(fact), given.map(|_| fact))
            }
            Expected::Mean { metric: name, .. } | Expected::Quantile { metric: name, .. } => {
                let at = metric(name)?;
                unit = sim.metrics().nth(at).map_or("", |m| m.unit);
                (self.slot(lane, Slot::Metric(at)), None)
            }
            Expected::Beats { other, metric: name, .. } => {
                let at = metric(name)?;
                better = sim.metrics().nth(at).map(|m| m.better);
                let mut setup = expectation.setup.clone();
                setup.policy = Some(other.clone());
                let theirs = self.lane(arm(scenario, &setup));
                (self.slot(lane, Slot::Metric(at)), Some(self.slot(theirs, Slot::Metric(at))))
            }
        };
        let (runs, most) = (expectation.runs, expectation.most_runs);
        let trial = Trial::new(&expectation.what, unit, runs, most, risk);
        self.cases.push(Case { number, trial, first, second, better });
        Ok(())
    }

    /// The lane of an arm; two arms that say the same share one.
    fn lane(&mut self, arm: Arm) -> usize {
        let is_same =
            |lane: &Lane| lane.arm.key() == arm.key() && lane.arm.replies() == arm.replies();
        self.lanes.iter().position(is_same).unwrap_or_else(|| {
            self.lanes.push(Lane { arm, slots: Vec::new() });
            self.lanes.len() - 1
        })
    }

    fn slot(&mut self, lane: usize, slot: Slot) -> (usize, usize) {
        self.lanes[lane].slots.push(slot);
        (lane, self.lanes[lane].slots.len() - 1)
    }

    /// What was found, in the order of the expectations.
    pub fn verdicts(&self) -> Vec<Verdict> {
        let verdict = |case: &Case| {
            let (outcome, found) = case.trial.verdict();
            Verdict { number: case.number, outcome, found }
        };
        self.cases.iter().map(verdict).collect()
    }

    /// Worlds played.
    pub fn worlds(&self) -> u64 {
        self.worlds
    }
}

impl Case {
    /// The numbers of a world as the trial takes them.
    fn numbers(&self, first: f64, second: Option<f64>) -> [f64; 2] {
        match (self.better, second) {
            (Some(better), Some(theirs)) => [1.0, f64::from(u8::from(wins(first, theirs, better)))],
            // A condition, and what is to hold under it.
            (None, Some(fact)) => [first, fact],
            _ => match self.trial.sample {
                super::sample::Sample::Share { .. } => [1.0, first],
                _ => [first, f64::NAN],
            },
        }
    }
}

/// Whether ours is better. A tie is not, and neither is a world in which one of the two has no value.
fn wins(ours: f64, theirs: f64, better: Better) -> bool {
    let difference = crate::stats::difference(ours, theirs);
    match better {
        Better::Lower => difference < 0.0,
        Better::Higher => difference > 0.0,
        Better::Neither => false,
    }
}

/// The runs of a round: some lanes over some worlds.
pub struct VerdictJob {
    seed: u64,
    lanes: Arc<Vec<Lane>>,
}

impl Job for VerdictJob {
    fn work(&self, bench: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
        let width: usize = self.lanes.iter().map(|lane| lane.slots.len()).sum();
        out.resize(BATCH as usize * width, 0.0);
        let mut before = 0;
        for lane in self.lanes.iter() {
            let seat = bench.seat(&lane.arm)?;
            let watch = Watch::new(lane, seat)?;
            for i in 0..BATCH {
                let key = RunKey { seed: self.seed, replication: batch * BATCH + i };
                let start = i as usize * width + before;
                watch.play(lane, seat, key, &mut out[start..start + lane.slots.len()])?;
            }
            before += lane.slots.len();
        }
        Ok(())
    }
}

/// What is read off the runs of a lane, looked up in its simulation.
struct Watch {
    probes: Vec<Option<Probe>>,
    instants: Vec<SimTime>,
    has_metrics: bool,
}

impl Watch {
    fn new(lane: &Lane, seat: &Seat) -> Result<Watch, LabError> {
        let mut probes = Vec::new();
        let mut instants: Vec<SimTime> = Vec::new();
        for slot in &lane.slots {
            probes.push(match slot {
                Slot::Fact(fact) => Some(Probe::new(fact, seat.sim()).map_err(LabError::usage)?),
                Slot::Metric(_) => None,
            });
        }
        for probe in probes.iter().flatten() {
            instants.extend(probe.instants());
        }
        instants.sort_unstable();
        instants.dedup();
        let has_metrics = lane.slots.iter().any(|slot| matches!(slot, Slot::Metric(_)));
        Ok(Watch { probes, instants, has_metrics })
    }

    fn play(
        &self,
        lane: &Lane,
        seat: &mut Seat,
        key: RunKey,
        out: &mut [f64],
    ) -> Result<(), LabError> {
        let mut readings = vec![Readings::default(); self.probes.len()];
        let look = |at: usize, sim: &Simulation| {
            for (probe, readings) in self.probes.iter().zip(&mut readings) {
                let Some(probe) = probe else { continue };
                if let Ok(own) = probe.instants().binary_search(&self.instants[at]) {
                    probe.note(own, sim, readings);
                }
            }
        };
        let sim = seat.watch(&lane.arm, key, &self.instants, look)?;
        let mut values = Vec::new();
        if self.has_metrics {
            sim.read_metrics(&mut values);
        }
        for (i, slot) in lane.slots.iter().enumerate() {
            out[i] = match (slot, &self.probes[i]) {
                (Slot::Metric(at), _) => {
                    values.get(*at).copied().flatten().filter(|v| v.is_finite()).unwrap_or(f64::NAN)
                }
                (Slot::Fact(_), Some(probe)) => f64::from(u8::from(probe.holds(sim, &readings[i]))),
                (Slot::Fact(_), None) => f64::NAN,
            };
        }
        Ok(())
    }
}

impl Study for VerdictStudy {
    type Job = VerdictJob;

    fn next_round(&mut self) -> Option<Round<VerdictJob>> {
        let open = || self.cases.iter().filter(|case| case.trial.next_look().is_some());
        let until = open().filter_map(|case| case.trial.next_look()).min()?;
        let mut active: Vec<usize> = Vec::new();
        for case in open() {
            active.extend([Some(case.first.0), case.second.map(|s| s.0)].into_iter().flatten());
        }
        active.sort_unstable();
        active.dedup();
        let lanes: Vec<Lane> = active.iter().map(|lane| self.lanes[*lane].clone()).collect();
        let (from, to) = (batches(self.worlds), batches(until.max(self.worlds + 1)));
        let runs = (to - from) * BATCH * lanes.len() as u64;
        self.active = active;
        let job = VerdictJob { seed: self.seed, lanes: Arc::new(lanes) };
        Some(Round { batches: from..to, runs, job })
    }

    fn absorb(&mut self, batch: u64, numbers: &[f64]) {
        // Where the numbers of each lane begin.
        let mut starts = vec![None; self.lanes.len()];
        let mut width = 0;
        for lane in &self.active {
            starts[*lane] = Some(width);
            width += self.lanes[*lane].slots.len();
        }
        for (i, row) in numbers.chunks_exact(width.max(1)).enumerate() {
            let read = |(lane, slot): (usize, usize)| Some(row[starts[lane]? + slot]);
            for case in &mut self.cases {
                let Some(first) = read(case.first) else { continue };
                let second = case.second.and_then(read);
                if case.trial.next_look().is_some() {
                    let numbers = case.numbers(first, second);
                    case.trial.push(batch * BATCH + i as u64, numbers);
                }
            }
        }
        self.worlds = (batch + 1) * BATCH;
    }
}
