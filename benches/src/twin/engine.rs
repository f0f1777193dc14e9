//! The toy model on the engine: a plugin like any other.

use std::collections::VecDeque;

use hotwash_engine::{
    Actor, Calendar, Event, NoOrder, On, Plugin, Problem, Query, RunKey, SimBuilder, SimDuration,
    SimTime, Simulation, Start, StreamId, TakeDefaults, state,
};

use super::rules::{self, ANALYSTS, COHORTS, CohortState, HOUR, Outcome, SEGMENTS, SegmentState};

state! { pub struct Segment { inner: SegmentState } }
state! { pub struct Cohort { index: u32, inner: CohortState } }
state! { pub struct Soc { busy: [bool; ANALYSTS], queue: VecDeque<bool> } }
state! { pub struct Press { reviewing: bool } }
state! { pub struct Tally { inner: Outcome } }

macro_rules! events {
    ($($name:ident $text:literal { $($field:ident : $type:ty),* })*) => {$(
        #[derive(Clone, Copy)]
        pub(crate) struct $name { $($field: $type),* }
        impl Event for $name { const NAME: &'static str = $text; }
    )*};
}

events! {
    Step "toy.step" {}
    Noise "toy.noise" {}
    Raised "toy.raised" { is_real: bool }
    Triaged "toy.triaged" { analyst: u8, is_found: bool }
    Found "toy.found" {}
    Week "toy.week" {}
    Released "toy.released" {}
}

#[derive(Clone, Copy)]
struct Ids {
    segments: [Actor; SEGMENTS],
    soc: Actor,
    press: Actor,
    tally: Actor,
    steps: StreamId,
    noise: StreamId,
    triage: [StreamId; ANALYSTS],
    weeks: [StreamId; COHORTS],
    review: StreamId,
}

fn ms(n: i64) -> SimDuration {
    SimDuration::from_ms(n)
}

struct Toy;

impl Plugin for Toy {
    const NAME: &'static str = "toy";
    const ABOUT: &'static str = "the toy model";
    /// Customers of each cohort, where they are not the twin's own.
    type Config = Option<u64>;
    type Order = NoOrder;

    fn build(customers: Option<u64>, sim: &mut SimBuilder) -> Result<(), Problem> {
        let segments = std::array::from_fn(|i| {
            let inner = SegmentState { taken: 0, visibility: rules::visibility(i) };
            sim.spawn(&format!("segment-{i}"), Segment { inner })
        });
        for i in 0..COHORTS {
            let inner = CohortState {
                size: customers.unwrap_or(rules::size(i)),
                trust: 1.0,
                complaints: 0,
            };
            sim.spawn(&format!("cohort-{i}"), Cohort { index: i as u32, inner });
        }
        let soc = sim.spawn("soc", Soc { busy: [false; ANALYSTS], queue: VecDeque::new() });
        let press = sim.spawn("pr", Press { reviewing: false });
        let tally = sim.spawn("tally", Tally { inner: Outcome::default() });
        sim.share::<Actor>(tally);
        let ids = Ids {
            segments,
            soc,
            press,
            tally,
            steps: sim.stream("intruder", "step"),
            noise: sim.stream("soc", "noise"),
            triage: std::array::from_fn(|i| sim.stream(&format!("analyst-{i}"), "triage")),
            weeks: std::array::from_fn(|i| sim.stream(&format!("cohort-{i}"), "week")),
            review: sim.stream("pr", "review"),
        };
        sim.on(|mut on: On<'_, Start>| {
            on.after(SimDuration::ZERO, Step {});
            on.after(SimDuration::ZERO, Noise {});
            on.after(ms(168 * HOUR), Week {});
        });
        intruder(sim, ids);
        self::soc(sim, ids);
        others(sim, ids);
        Ok(())
    }
}

fn intruder(sim: &mut SimBuilder, ids: Ids) {
    sim.on(
        move |mut on: On<'_, Step>,
              mut segments: Query<'_, '_, &mut Segment>,
              mut tally: Query<'_, '_, &mut Tally>| {
            let Ok(mut tally) = tally.get_mut(ids.tally.entity) else { return };
            let step = rules::step(&mut on.draw(ids.steps), |i| {
                segments.get(ids.segments[i].entity).map_or(0.0, |s| s.inner.visibility)
            });
            tally.inner.log(on.now().ms(), 1, step.to as u64);
            if step.gains
                && let Ok(mut segment) = segments.get_mut(ids.segments[step.to].entity)
            {
                segment.inner.taken += 1;
                tally.inner.taken += 1;
            }
            on.after(ms(step.wait), Step {});
            if step.seen {
                on.send(Raised { is_real: true });
            }
        },
    );
}

fn soc(sim: &mut SimBuilder, ids: Ids) {
    sim.on(move |mut on: On<'_, Noise>, mut tally: Query<'_, '_, &mut Tally>| {
        let Ok(mut tally) = tally.get_mut(ids.tally.entity) else { return };
        tally.inner.log(on.now().ms(), 2, 0);
        let wait = rules::noise(&mut on.draw(ids.noise));
        on.after(ms(wait), Noise {});
        on.send(Raised { is_real: false });
    });
    sim.on(move |mut on: On<'_, Raised>, mut soc: Query<'_, '_, &mut Soc>| {
        let Ok(mut soc) = soc.get_mut(ids.soc.entity) else { return };
        let is_real = on.event.is_real;
        match soc.busy.iter().position(|busy| !busy) {
            Some(analyst) => assign(&mut on, &mut soc, analyst, is_real, &ids),
            None => soc.queue.push_back(is_real),
        }
    });
    sim.on(
        move |mut on: On<'_, Triaged>,
              mut soc: Query<'_, '_, &mut Soc>,
              mut tally: Query<'_, '_, &mut Tally>| {
            let Ok(mut tally) = tally.get_mut(ids.tally.entity) else { return };
            let Ok(mut soc) = soc.get_mut(ids.soc.entity) else { return };
            let Triaged { analyst, is_found } = on.event;
            tally.inner.log(on.now().ms(), 3, u64::from(is_found));
            if is_found {
                tally.inner.found += 1;
                on.send(Found {});
            }
            soc.busy[usize::from(analyst)] = false;
            if let Some(next) = soc.queue.pop_front() {
                assign(&mut on, &mut soc, usize::from(analyst), next, &ids);
            }
        },
    );
}

fn assign<E>(on: &mut On<'_, E>, soc: &mut Soc, analyst: usize, is_real: bool, ids: &Ids) {
    soc.busy[analyst] = true;
    let (work, recognises) = rules::triage(&mut on.draw(ids.triage[analyst]));
    on.after(ms(work), Triaged { analyst: analyst as u8, is_found: is_real && recognises });
}

fn others(sim: &mut SimBuilder, ids: Ids) {
    sim.on(move |mut on: On<'_, Found>, mut press: Query<'_, '_, &mut Press>| {
        let Ok(mut press) = press.get_mut(ids.press.entity) else { return };
        if !press.reviewing {
            press.reviewing = true;
            let work = rules::review(&mut on.draw(ids.review));
            on.after(ms(work), Released {});
        }
    });
    sim.on(
        move |on: On<'_, Released>,
              mut press: Query<'_, '_, &mut Press>,
              mut tally: Query<'_, '_, &mut Tally>| {
            let Ok(mut tally) = tally.get_mut(ids.tally.entity) else { return };
            let Ok(mut press) = press.get_mut(ids.press.entity) else { return };
            tally.inner.log(on.now().ms(), 5, 0);
            tally.inner.statements += 1;
            press.reviewing = false;
        },
    );
    sim.on(
        move |mut on: On<'_, Week>,
              mut cohorts: Query<'_, '_, &mut Cohort>,
              mut tally: Query<'_, '_, &mut Tally>| {
            let Ok(mut tally) = tally.get_mut(ids.tally.entity) else { return };
            for mut cohort in &mut cohorts {
                let stream = ids.weeks[cohort.index as usize];
                let count = rules::complaints(&mut on.draw(stream), &cohort.inner);
                cohort.inner.trust = rules::trust(&cohort.inner, count);
                cohort.inner.complaints += count;
                tally.inner.complaints += count;
            }
            let total = tally.inner.complaints;
            tally.inner.log(on.now().ms(), 4, total);
            on.after(ms(168 * HOUR), Week {});
        },
    );
}

/// The model on the engine.
pub(crate) struct OnEngine {
    sim: Simulation,
    tally: Actor,
}

impl OnEngine {
    /// A simulation ready to run.
    pub(crate) fn new() -> Self {
        Self::with_customers(None)
    }

    /// The same with so many customers in each cohort; the twin by hand has no such thing.
    pub(crate) fn with_customers(customers: Option<u64>) -> Self {
        let calendar = Calendar::new("2019-08-01").expect("a date");
        let mut builder = SimBuilder::new(
            calendar,
            SimTime::STARTEX,
            SimTime::from_ms(rules::HORIZON),
            Default::default(),
        );
        builder.plugin::<Toy>(customers);
        let tally = builder.shared::<Actor>().expect("the toy shares its tally");
        let sim = builder.finish().expect("the toy model is sound");
        OnEngine { sim, tally }
    }

    /// One replication.
    pub(crate) fn run(&mut self, key: RunKey) -> Outcome {
        self.sim.run(key, &mut TakeDefaults).expect("no fault");
        self.sim.view().get::<Tally>(self.tally).inner
    }

    /// Puts the simulation back to its start.
    pub(crate) fn reset(&mut self, key: RunKey) {
        self.sim.reset(key);
    }
}
