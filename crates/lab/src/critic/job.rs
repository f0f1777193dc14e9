//! What a worker does: first worlds under a way of playing as it is, and with nobody to answer; then worlds
//! once for every other option of decisions that came up, and once for every value of every lever.

use std::collections::BTreeMap;
use std::sync::Arc;

use hotwash_engine::{
    Answer, Decider, DecisionId, MilestoneId, Question, RunKey, SimTime, Simulation,
};

use super::clocks::{Ran, clocks};
use super::desk::desks;
use super::plan::{Further, Plan, Way};
use super::print::Print;
use super::world::{Fork, Moved, Seen, World};
use crate::arm::{Arm, Reply};
use crate::bench::{Bench, Seat};
use crate::conduct::Job;
use crate::error::LabError;

/// What is done for the critic.
#[derive(Clone)]
pub struct CriticJob {
    pub(super) plan: Arc<Plan>,
    /// What is moved, once every way has been played as it is.
    pub(super) further: Option<Arc<Further>>,
}

/// Nobody answers: every limit runs out.
struct Nobody;

impl Decider for Nobody {
    fn decide(&mut self, question: &Question<'_>) -> Answer {
        Answer::Later(question.decision.limit)
    }
}

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: f64 = 3_600_000.0;

impl Job for CriticJob {
    fn work(&self, bench: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
        match &self.further {
            Some(further) => self.vary(bench, further, batch, out),
            None => self.play(bench, batch, out),
        }
    }
}

impl CriticJob {
    fn play(&self, bench: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
        let (way, worlds) = self.plan.part(batch);
        let way = &self.plan.ways[way];
        let seat = bench.seat(&way.arm)?;
        for number in worlds {
            let mut one = OneWorld::new(&self.plan, way, number);
            one.base(seat)?;
            one.saw(seat, None);
            if number < self.plan.moved {
                one.nobody(seat)?;
            }
            one.world.write(out);
        }
        Ok(())
    }

    fn vary(
        &self,
        bench: &mut Bench<'_>,
        further: &Further,
        batch: u64,
        out: &mut Vec<f64>,
    ) -> Result<(), LabError> {
        let task = &further.tasks[(batch - further.first) as usize];
        let way = &self.plan.ways[task.way];
        for variation in &task.variations {
            let mut one = OneWorld::new(&self.plan, way, variation.world);
            let seat = bench.seat(&way.arm)?;
            one.base(seat)?;
            for decision in &variation.decisions {
                one.forks(seat, *decision)?;
            }
            if variation.moves {
                one.moves(bench, &further.moves)?;
            }
            one.world.write(out);
        }
        Ok(())
    }
}

/// A world being run.
struct OneWorld<'p> {
    plan: &'p Plan,
    way: &'p Way,
    replies: BTreeMap<u16, Reply>,
    key: RunKey,
    world: World,
    /// Of the run as the way has it.
    print: Print,
    values: Vec<Option<f64>>,
}

impl<'p> OneWorld<'p> {
    fn new(plan: &'p Plan, way: &'p Way, number: u64) -> Self {
        let world = World {
            number,
            seen: Seen::of(plan, way),
            forks: vec![Vec::new(); plan.limits.len()],
            ..World::default()
        };
        OneWorld {
            plan,
            way,
            replies: plan.replies(way, number),
            key: RunKey { seed: plan.seed, replication: number },
            world,
            print: Print::default(),
            values: Vec::new(),
        }
    }

    /// The world as the way has it.
    fn base(&mut self, seat: &mut Seat) -> Result<(), LabError> {
        seat.sim_mut().record_journal(true);
        let end = self.plan.end_ms;
        let instants = [end - end / 10, end - MINUTE_MS].map(SimTime::from_ms);
        let (mut values, mut before) = (Vec::new(), [Vec::new(), Vec::new()]);
        seat.watch_with(&self.way.arm, &self.replies, self.key, &instants, |instant, sim| {
            sim.read_metrics(&mut values);
            before[instant] = numbers(&values);
        })?;
        [self.world.late, self.world.close] = before;
        let sim = seat.sim();
        self.world.metrics = self.metrics(sim);
        self.world.asked = (0..self.plan.limits.len()).map(|d| asked_hours(sim, d)).collect();
        let taken = |d| sim.decision_state(DecisionId(d as u16)).taken;
        self.world.taken = (0..self.plan.limits.len()).map(taken).collect();
        self.world.desks = desks(sim, self.plan);
        self.print = Print::of(sim);
        self.world.print = self.print.whole();
        Ok(())
    }

    /// With nobody to answer: what the table sees that never decides.
    fn nobody(&mut self, seat: &mut Seat) -> Result<(), LabError> {
        seat.run_by(&self.way.arm, &mut Nobody, self.key)?;
        self.note(seat);
        Ok(())
    }

    /// Every option of a decision, at the moment when it was answered.
    fn forks(&mut self, seat: &mut Seat, decision: usize) -> Result<(), LabError> {
        let Some(taken) = self.world.taken[decision] else { return Ok(()) };
        for option in 0..self.plan.layout.decisions[decision].options.len() {
            if option == taken {
                let metrics = self.world.metrics.clone();
                self.world.forks[decision].push(Fork { differs: false, metrics });
                continue;
            }
            let mut replies = self.replies.clone();
            let reply = match replies.get(&(decision as u16)) {
                Some(Reply::AtOnce(_)) => Reply::AtOnce(option),
                _ => Reply::Instead(option),
            };
            replies.insert(decision as u16, reply);
            seat.run_with(&self.way.arm, &replies, self.key)?;
            let print = Print::of(seat.sim());
            let differs = print.without(decision) != self.print.without(decision);
            let metrics = self.metrics(seat.sim());
            self.world.forks[decision].push(Fork { differs, metrics });
            self.saw(seat, Some(decision));
        }
        Ok(())
    }

    /// Every value of the levers that are looked at.
    fn moves(&mut self, bench: &mut Bench<'_>, wanted: &[usize]) -> Result<(), LabError> {
        for (number, moved) in self.plan.moves.iter().enumerate() {
            if self.way.values[moved.lever] == moved.value || !wanted.contains(&number) {
                self.world.moves.push(Moved::Not);
                continue;
            }
            let lever = self.plan.levers[moved.lever].name.clone();
            let set = BTreeMap::from([(lever, moved.value.clone())]);
            let arm = Arm::new(self.way.name(), self.way.arm.policy().cloned(), set);
            let seat = match bench.seat(&arm) {
                Ok(seat) => seat,
                Err(LabError::Build(_)) => {
                    self.world.moves.push(Moved::Refused);
                    continue;
                }
                Err(other) => return Err(other),
            };
            seat.sim_mut().record_journal(true);
            seat.run_with(&arm, &self.replies, self.key)?;
            let differs = Print::of(seat.sim()).whole() != self.print.whole();
            let metrics = self.metrics(seat.sim());
            self.world.moves.push(Moved::To(Fork { differs, metrics }));
            self.saw(seat, None);
        }
        Ok(())
    }

    fn metrics(&mut self, sim: &Simulation) -> Vec<f64> {
        sim.read_metrics(&mut self.values);
        numbers(&self.values)
    }

    /// Notes what happened in a run that has ended, and which rules decided; a decision that a reply
    /// answered was not put to them.
    fn saw(&mut self, seat: &Seat, replied: Option<usize>) {
        self.note(seat);
        self.rules(seat, replied);
    }

    fn rules(&mut self, seat: &Seat, replied: Option<usize>) {
        for decision in 0..self.plan.limits.len() {
            let state = seat.sim().decision_state(DecisionId(decision as u16));
            let is_tried = self.way.rules[decision] > 0 && Some(decision) != replied;
            if state.asked_at.is_none() || !is_tried {
                continue;
            }
            self.world.seen.tried[decision] += 1.0;
            if let Some(rule) = seat.held(decision) {
                self.world.seen.rules[decision][rule] += 1.0;
            }
        }
    }

    /// Notes what happened in a run that has ended.
    fn note(&mut self, seat: &Seat) {
        let (sim, seen) = (seat.sim(), &mut self.world.seen);
        seen.runs += 1.0;
        for (decision, limit) in self.plan.limits.iter().enumerate() {
            let state = sim.decision_state(DecisionId(decision as u16));
            let Some(at) = state.asked_at else { continue };
            seen.asked[decision] += 1.0;
            seen.can_run_out[decision] += count((at + *limit).ms() <= self.plan.end_ms);
            seen.in_play[decision] += count(at >= SimTime::STARTEX);
        }
        for (number, times) in seen.injects.iter_mut().enumerate() {
            *times += count(sim.inject_delivered(number).is_some());
        }
        let reached = sim.milestones();
        for (number, times) in seen.milestones.iter_mut().enumerate() {
            *times += count(reached[usize::from(MilestoneId(number as u16).0)].is_some());
        }
        for (key, ran) in clocks(sim) {
            let known = self.world.clocks.entry(key).or_insert(Ran::NONE);
            *known = known.and(ran);
        }
    }
}

fn count(is_so: bool) -> f64 {
    if is_so { 1.0 } else { 0.0 }
}

fn numbers(values: &[Option<f64>]) -> Vec<f64> {
    values.iter().map(|v| v.filter(|v| v.is_finite()).unwrap_or(f64::NAN)).collect()
}

fn asked_hours(sim: &Simulation, decision: usize) -> f64 {
    let state = sim.decision_state(DecisionId(decision as u16));
    state.asked_at.map_or(f64::NAN, |at| at.ms() as f64 / HOUR_MS)
}
