//! Four models for the four who act: the intruder, the security team, the press office, the
//! customers. What only holds data (segments, cohorts, analysts) lives inside them: a model and a
//! mailbox for each would cost messages that buy nothing here. One thread, because the runs of an
//! ensemble are spread over the cores, and the single-threaded executor has no locks. A bench cannot be
//! rewound, so each run assembles a new one, as the tool's examples do.

use std::collections::VecDeque;
use std::time::Duration;

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::{Output, QuerySource};
use nexosim::simulation::{Mailbox, SimInit, SimulationError};
use nexosim::time::MonotonicTime;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use serde::{Deserialize, Serialize};

use crate::measure::Outcome;
use crate::rules::{self, ANALYSTS, COHORTS, Cohort, HORIZON, SEGMENTS, WEEK};

/// One replication.
pub(crate) fn run(seed: u64, replication: u64) -> Outcome {
    simulate(seed.wrapping_mul(1 << 32).wrapping_add(replication)).expect("no fault")
}

fn simulate(seed: u64) -> Result<Outcome, SimulationError> {
    let mut seeds = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut stream = || Xoshiro256PlusPlus::from_rng(&mut seeds);
    let mut intruder = Intruder {
        alerts: Output::default(),
        rng: stream(),
        visibility: rules::visibility(),
        taken_in: [0; SEGMENTS],
        counts: [0; 2],
    };
    let mut soc = Soc {
        found: Output::default(),
        noise_rng: stream(),
        triage_rng: stream(),
        busy: [false; ANALYSTS],
        queue: VecDeque::new(),
        counts: [0; 2],
    };
    let press = Press { rng: stream(), reviewing: false, statements: 0 };
    let customers =
        Customers { rng: stream(), cohorts: rules::cohorts().map(Into::into), counts: [0; 2] };

    let intruder_box = Mailbox::new();
    let (soc_box, press_box, customers_box) = (Mailbox::new(), Mailbox::new(), Mailbox::new());
    intruder.alerts.connect(Soc::raised, &soc_box);
    soc.found.connect(Press::found, &press_box);

    let mut bench = SimInit::with_num_threads(1);
    let of_intruder =
        QuerySource::new().connect(Intruder::counts, &intruder_box).register(&mut bench);
    let of_soc = QuerySource::new().connect(Soc::counts, &soc_box).register(&mut bench);
    let of_press = QuerySource::new().connect(Press::statements, &press_box).register(&mut bench);
    let of_customers =
        QuerySource::new().connect(Customers::counts, &customers_box).register(&mut bench);

    let start = MonotonicTime::EPOCH;
    let mut simulation = bench
        .add_model(intruder, intruder_box, "intruder")
        .add_model(soc, soc_box, "soc")
        .add_model(press, press_box, "press")
        .add_model(customers, customers_box, "customers")
        .init(start)?;
    simulation.step_until(start + hours(HORIZON))?;

    let [steps, taken] = simulation.process_query(&of_intruder, ())?;
    let [handled, found] = simulation.process_query(&of_soc, ())?;
    let statements = simulation.process_query(&of_press, ())?;
    let [weeks, complaints] = simulation.process_query(&of_customers, ())?;
    Ok([steps + handled + statements + weeks, taken, found, complaints, statements])
}

fn hours(hours: f64) -> Duration {
    Duration::from_secs_f64(hours * 3600.0)
}

/// The intruder, and what it knows of each segment.
#[derive(Serialize, Deserialize)]
struct Intruder {
    alerts: Output<bool>,
    rng: Xoshiro256PlusPlus,
    visibility: [f64; SEGMENTS],
    taken_in: [u32; SEGMENTS],
    /// Steps, and hosts taken.
    counts: [u64; 2],
}

#[Model]
impl Intruder {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        self.step((), cx).await;
    }

    #[nexosim(schedulable)]
    async fn step(&mut self, _: (), cx: &Context<Self>) {
        let step = rules::step(&mut self.rng, &self.visibility);
        self.counts[0] += 1;
        if step.gains {
            self.taken_in[step.to] += 1;
            self.counts[1] += 1;
        }
        cx.schedule_event(hours(step.wait), schedulable!(Self::step), ()).expect("later");
        if step.seen {
            self.alerts.send(true).await;
        }
    }

    async fn counts(&mut self) -> [u64; 2] {
        self.counts
    }
}

/// The security team: false alerts, three analysts and their queue.
#[derive(Serialize, Deserialize)]
struct Soc {
    found: Output<()>,
    noise_rng: Xoshiro256PlusPlus,
    triage_rng: Xoshiro256PlusPlus,
    busy: [bool; ANALYSTS],
    queue: VecDeque<bool>,
    /// Events handled, and alerts recognised.
    counts: [u64; 2],
}

#[Model]
impl Soc {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        self.noise((), cx);
    }

    #[nexosim(schedulable)]
    fn noise(&mut self, _: (), cx: &Context<Self>) {
        self.counts[0] += 1;
        let wait = rules::noise(&mut self.noise_rng);
        cx.schedule_event(hours(wait), schedulable!(Self::noise), ()).expect("later");
        self.raised(false, cx);
    }

    fn raised(&mut self, is_real: bool, cx: &Context<Self>) {
        match self.busy.iter().position(|busy| !busy) {
            Some(analyst) => {
                self.busy[analyst] = true;
                self.assign(analyst, is_real, cx);
            }
            None => self.queue.push_back(is_real),
        }
    }

    fn assign(&mut self, analyst: usize, is_real: bool, cx: &Context<Self>) {
        let (work, recognises) = rules::triage(&mut self.triage_rng);
        let triaged = (analyst, is_real && recognises);
        cx.schedule_event(hours(work), schedulable!(Self::triaged), triaged).expect("later");
    }

    #[nexosim(schedulable)]
    async fn triaged(&mut self, (analyst, is_found): (usize, bool), cx: &Context<Self>) {
        self.counts[0] += 1;
        let next = self.queue.pop_front();
        self.busy[analyst] = next.is_some();
        if let Some(is_real) = next {
            self.assign(analyst, is_real, cx);
        }
        if is_found {
            self.counts[1] += 1;
            self.found.send(()).await;
        }
    }

    async fn counts(&mut self) -> [u64; 2] {
        self.counts
    }
}

/// The press office.
#[derive(Serialize, Deserialize)]
struct Press {
    rng: Xoshiro256PlusPlus,
    reviewing: bool,
    statements: u64,
}

#[Model]
impl Press {
    fn found(&mut self, _: (), cx: &Context<Self>) {
        if !self.reviewing {
            self.reviewing = true;
            let work = rules::review(&mut self.rng);
            cx.schedule_event(hours(work), schedulable!(Self::released), ()).expect("later");
        }
    }

    #[nexosim(schedulable)]
    fn released(&mut self) {
        self.statements += 1;
        self.reviewing = false;
    }

    async fn statements(&mut self) -> u64 {
        self.statements
    }
}

/// All customers, cohort by cohort.
#[derive(Serialize, Deserialize)]
struct Customers {
    rng: Xoshiro256PlusPlus,
    cohorts: [State; COHORTS],
    /// Weeks, and complaints.
    counts: [u64; 2],
}

/// A cohort that can be stored, as a model's state has to be.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct State {
    size: u64,
    trust: f64,
}

impl From<Cohort> for State {
    fn from(Cohort { size, trust }: Cohort) -> Self {
        State { size, trust }
    }
}

#[Model]
impl Customers {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        let week = hours(WEEK);
        cx.schedule_periodic_event(week, week, schedulable!(Self::week), ()).expect("later");
    }

    #[nexosim(schedulable)]
    fn week(&mut self) {
        self.counts[0] += 1;
        for state in &mut self.cohorts {
            let mut cohort = Cohort { size: state.size, trust: state.trust };
            self.counts[1] += rules::week(&mut self.rng, &mut cohort);
            state.trust = cohort.trust;
        }
    }

    async fn counts(&mut self) -> [u64; 2] {
        self.counts
    }
}
