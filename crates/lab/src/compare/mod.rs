//! Comparing: two or more arms over the same worlds, paired.
//!
//! Batches are rows of a [`Grid`]. What is kept of them does not grow with the worlds. With a
//! [`Precision`] the study has a pilot and then as many worlds as the pilot asks for. A last round
//! watches a metric over time in some of the worlds.

mod courses;
mod curves;
mod finding;
mod precision;
mod tally;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use hotwash_engine::SimTime;
use hotwash_scenario::Scenario;

use crate::arm::Arm;
use crate::bench::Bench;
use crate::conduct::{Job, Round, Study};
use crate::error::LabError;
use crate::findings::Tolerance;
use crate::grid::Grid;
use crate::layout::Layout;
use crate::{batches, replications};
use courses::{Courses, Watching};
pub use precision::{MOST_WORLDS, PILOT, Precision};
use tally::Tally;

/// The metric that is shown over time where a scenario has it.
const COURSE: &str = "trust-final";
/// Worlds that are watched over time, at most.
const WATCHED: u64 = 400;
/// Instants at which they are looked at.
const INSTANTS: i64 = 48;
/// Numbers of batches from here on are batches of watching.
const WATCHING: u64 = 1 << 40;

/// What is compared, and how.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Two or more, each with a name of its own.
    pub arms: Vec<Arm>,
    /// What is kept of each run.
    pub layout: Layout,
    /// The seed, as a number.
    pub seed: u64,
    /// Worlds to meet. A study with a precision finds the number itself.
    pub worlds: u64,
    /// How well a difference is to be known, if that is asked for.
    pub precision: Option<Precision>,
    /// Positions of the metrics to show.
    pub shown: Vec<usize>,
    /// Whether curves are drawn of the usual losses, times and the course over time, and not only of
    /// the metrics shown.
    pub has_usual_curves: bool,
    /// Every arm with every other, not only with the first.
    pub every_pair: bool,
    /// What is tolerated: loss curves have a point at each of these amounts.
    pub tolerance: Vec<Tolerance>,
}

/// Most policies of a comparison: what a grid takes in one batch.
const MOST_ARMS: usize = 32;

impl Setup {
    /// Positions of two arms each: the first less the second is the difference.
    pub(crate) fn pairs(&self) -> Vec<(usize, usize)> {
        let others = |b: usize| (b + 1..self.arms.len()).map(move |a| (a, b));
        let references = if self.every_pair { self.arms.len() } else { 1 };
        (0..references).flat_map(others).collect()
    }

    fn check(&self) -> Result<(), LabError> {
        if self.arms.len() < 2 {
            return Err(LabError::usage("a comparison needs at least two policies"));
        }
        for (i, arm) in self.arms.iter().enumerate() {
            if self.arms[..i].iter().any(|other| other.name() == arm.name()) {
                return Err(LabError::usage(format!("policy `{}` is named twice", arm.name())));
            }
        }
        if self.arms.len() > MOST_ARMS {
            let message = format!("a comparison takes at most {MOST_ARMS} policies");
            return Err(LabError::usage(message).hint("compare fewer, or use a sweep"));
        }
        if self.worlds < 2 && self.precision.is_none() {
            return Err(LabError::usage("a comparison needs at least two worlds"));
        }
        match self.precision {
            Some(precision) => precision.check(&self.layout),
            None => Ok(()),
        }
    }
}

enum Stage {
    First,
    Rest,
    Watch,
    Done,
}

/// The study. Conduct it, then take its [`Compare::finding`].
pub struct Compare {
    setup: Arc<Setup>,
    stage: Stage,
    grid: Arc<Grid>,
    tally: Tally,
    plan: Option<Result<precision::Plan, LabError>>,
    watching: Option<Arc<Watching>>,
    courses: Courses,
    startex: String,
    span_days: f64,
}

impl Compare {
    /// A study of a scenario.
    ///
    /// # Errors
    /// What of the setup makes no sense.
    pub fn new(scenario: &Scenario, mut setup: Setup) -> Result<Self, LabError> {
        setup.check()?;
        if let Some(precision) = &setup.precision {
            setup.worlds = PILOT;
            if !setup.shown.contains(&precision.metric) {
                setup.shown.push(precision.metric);
            }
        }
        let grid = Arc::new(Grid {
            arms: setup.arms.clone(),
            layout: setup.layout.clone(),
            seed: setup.seed,
            worlds: setup.worlds,
        });
        let horizon = scenario.horizon();
        let instants = (0..INSTANTS).map(|i| SimTime::from_ms(horizon.ms() * i / (INSTANTS - 1)));
        let course = setup.layout.metric(COURSE);
        let course = course.filter(|m| setup.has_usual_curves || setup.shown.contains(m));
        let watching = course.map(|metric| {
            Arc::new(Watching { grid: grid.clone(), metric, instants: instants.collect() })
        });
        Ok(Compare {
            tally: Tally::new(&setup),
            setup: Arc::new(setup),
            stage: Stage::First,
            grid,
            plan: None,
            courses: Courses::default(),
            watching,
            startex: scenario.calendar().date(SimTime::STARTEX),
            span_days: horizon.days(),
        })
    }

    /// The arms and worlds, as far as they are planned.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// Worlds absorbed so far.
    pub fn worlds(&self) -> u64 {
        self.tally.worlds
    }

    /// Runs of a simulation absorbed so far, those that were watched included.
    pub fn runs(&self) -> u64 {
        (self.tally.worlds + self.courses.worlds) * self.setup.arms.len() as u64
    }

    /// What the pilot has shown to be needed, once it is done, as a sentence.
    pub fn plan(&self) -> Option<String> {
        self.plan.as_ref()?.as_ref().ok().map(|plan| plan.sentence(&self.setup))
    }

    fn grid_round(&mut self, from: u64, worlds: u64) -> Round<Task> {
        let grid = Grid { worlds, ..(*self.grid).clone() };
        self.grid = Arc::new(grid);
        let runs = (worlds - from) * self.setup.arms.len() as u64;
        let job = Task::Grid(self.grid.clone());
        Round { batches: batches(from)..batches(worlds), runs, job }
    }

    fn watch_round(&self) -> Option<Round<Task>> {
        let worlds = self.tally.worlds.min(WATCHED);
        let watching = self.watching.clone().filter(|_| worlds > 0)?;
        let runs = worlds * self.setup.arms.len() as u64;
        let batches = WATCHING..WATCHING + batches(worlds);
        Some(Round { batches, runs, job: Task::Watch(watching, worlds) })
    }
}

/// What workers do: rows, or courses over time.
#[derive(Clone, Debug)]
pub enum Task {
    /// Rows of all arms.
    Grid(Arc<Grid>),
    /// A metric over time in the first of so many worlds.
    Watch(Arc<Watching>, u64),
}

impl Job for Task {
    fn work(&self, bench: &mut Bench<'_>, batch: u64, out: &mut Vec<f64>) -> Result<(), LabError> {
        match self {
            Task::Grid(grid) => grid.work(bench, batch, out),
            Task::Watch(watching, worlds) => {
                watching.work(bench, replications(batch - WATCHING, *worlds), out)
            }
        }
    }
}

impl Study for Compare {
    type Job = Task;

    fn next_round(&mut self) -> Option<Round<Task>> {
        loop {
            match self.stage {
                Stage::First => {
                    self.stage = Stage::Rest;
                    return Some(self.grid_round(0, self.setup.worlds));
                }
                Stage::Rest => {
                    self.stage = Stage::Watch;
                    let Some(precision) = &self.setup.precision else { continue };
                    let plan = precision::plan(precision, &self.setup, &self.tally);
                    let worlds = plan.as_ref().map_or(0, |plan| plan.worlds);
                    if plan.is_err() {
                        self.stage = Stage::Done;
                    }
                    self.plan = Some(plan);
                    if worlds > self.tally.worlds {
                        return Some(self.grid_round(self.tally.worlds, worlds));
                    }
                }
                Stage::Watch => {
                    self.stage = Stage::Done;
                    return self.watch_round();
                }
                Stage::Done => return None,
            }
        }
    }

    fn absorb(&mut self, batch: u64, numbers: &[f64]) {
        if batch >= WATCHING {
            self.courses.absorb(self.setup.arms.len(), INSTANTS as usize, numbers);
            return;
        }
        let rows: Vec<_> = self.grid.rows(batch, numbers).map(|(.., row)| row).collect();
        for world in rows.chunks_exact(self.setup.arms.len()) {
            self.tally.push(world);
        }
    }
}
