//! A worker's bench: simulations that have been built, reused from run to run.

use std::collections::BTreeMap;

use hotwash_engine::{Decider, RunKey, Simulation};
use hotwash_scenario::Scenario;

use crate::arm::{Arm, ArmDecider, Reply};
use crate::error::LabError;

/// Most simulations kept at once by a worker; the one that was not used for longest makes room.
const SEATS: usize = 256;

/// A simulation with who decides in it.
pub struct Seat {
    sim: Simulation,
    decider: ArmDecider,
    last_used: u64,
}

impl Seat {
    /// Plays a world to its end.
    ///
    /// # Errors
    /// A fault, which is a bug of the model.
    pub fn run(&mut self, arm: &Arm, key: RunKey) -> Result<&Simulation, LabError> {
        self.run_with(arm, arm.replies(), key)
    }

    /// Plays a world to its end with these replies in place of the arm's.
    ///
    /// # Errors
    /// A fault, which is a bug of the model.
    pub fn run_with(
        &mut self,
        arm: &Arm,
        replies: &BTreeMap<u16, Reply>,
        key: RunKey,
    ) -> Result<&Simulation, LabError> {
        self.decider.follow(replies);
        match self.sim.run(key, &mut self.decider) {
            Ok(_) => Ok(&self.sim),
            Err(fault) => Err(LabError::Fault { fault, arm: Box::new(arm.clone()), key }),
        }
    }

    /// Plays a world to its end with somebody else to decide.
    ///
    /// # Errors
    /// A fault, which is a bug of the model.
    pub(crate) fn run_by(
        &mut self,
        arm: &Arm,
        decider: &mut dyn Decider,
        key: RunKey,
    ) -> Result<&Simulation, LabError> {
        match self.sim.run(key, decider) {
            Ok(_) => Ok(&self.sim),
            Err(fault) => Err(LabError::Fault { fault, arm: Box::new(arm.clone()), key }),
        }
    }

    /// The rule of the arm's first policy, from 0, that held when a decision was put to it last.
    pub(crate) fn held(&self, decision: usize) -> Option<usize> {
        self.decider.held(decision)
    }

    /// Plays a world and stops at each of these instants, in order, for a look at it.
    ///
    /// # Errors
    /// A fault, which is a bug of the model.
    pub fn watch(
        &mut self,
        arm: &Arm,
        key: RunKey,
        instants: &[hotwash_engine::SimTime],
        look: impl FnMut(usize, &Simulation),
    ) -> Result<&Simulation, LabError> {
        self.watch_with(arm, arm.replies(), key, instants, look)
    }

    /// The same with these replies in place of the arm's.
    ///
    /// # Errors
    /// A fault, which is a bug of the model.
    pub(crate) fn watch_with(
        &mut self,
        arm: &Arm,
        replies: &BTreeMap<u16, Reply>,
        key: RunKey,
        instants: &[hotwash_engine::SimTime],
        mut look: impl FnMut(usize, &Simulation),
    ) -> Result<&Simulation, LabError> {
        self.decider.follow(replies);
        let blame = |fault| LabError::Fault { fault, arm: Box::new(arm.clone()), key };
        self.sim.reset(key);
        for (i, at) in instants.iter().enumerate() {
            self.sim.advance(&mut self.decider, *at).map_err(blame)?;
            look(i, &self.sim);
        }
        let end = hotwash_engine::SimTime::from_ms(hotwash_engine::SimTime::LIMIT);
        self.sim.advance(&mut self.decider, end).map_err(blame)?;
        Ok(&self.sim)
    }

    /// The simulation, as the last run left it.
    pub fn sim(&self) -> &Simulation {
        &self.sim
    }

    /// The simulation, to change what the next runs are like.
    pub fn sim_mut(&mut self) -> &mut Simulation {
        &mut self.sim
    }
}

/// Simulations by arm, built when first needed.
pub struct Bench<'s> {
    scenario: &'s Scenario,
    seats: BTreeMap<String, Seat>,
    clock: u64,
}

impl<'s> Bench<'s> {
    /// An empty bench.
    pub fn new(scenario: &'s Scenario) -> Self {
        Bench { scenario, seats: BTreeMap::new(), clock: 0 }
    }

    /// The scenario.
    pub fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    /// The simulation of an arm. Arms that differ only in replies share one.
    ///
    /// # Errors
    /// What is wrong with the arm's levers.
    pub fn seat(&mut self, arm: &Arm) -> Result<&mut Seat, LabError> {
        self.clock += 1;
        if !self.seats.contains_key(arm.key()) {
            self.make_room();
            let sim = self.scenario.build(arm.set(), arm.policy()).map_err(LabError::Build)?;
            let decider = arm.decider(&sim);
            self.seats.insert(arm.key().to_owned(), Seat { sim, decider, last_used: 0 });
        }
        let Some(seat) = self.seats.get_mut(arm.key()) else { unreachable!("it was just built") };
        seat.last_used = self.clock;
        Ok(seat)
    }

    fn make_room(&mut self) {
        if self.seats.len() >= SEATS {
            let oldest = self.seats.iter().min_by_key(|(_, seat)| seat.last_used);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                self.seats.remove(&key);
            }
        }
    }
}
