//! As many pending entries as wanted, each of which puts itself off again when it is due: one is taken off the
//! agenda and one is put on it, with always as many between.

use hotwash_engine::{
    Event, NoOrder, On, Plugin, Problem, RunKey, SimBuilder, SimDuration, SimTime, Simulation,
    Single, Start, Stop, TakeDefaults, state,
};

/// Milliseconds between two events of the whole, whatever is pending.
const APART: u32 = 1_000;

state! { struct Counter { held: u64 } }

#[derive(Clone, Copy)]
struct Hold {
    item: u32,
}
impl Event for Hold {
    const NAME: &'static str = "toy.hold";
}

struct Holds;

impl Plugin for Holds {
    const NAME: &'static str = "holds";
    const ABOUT: &'static str = "puts everything off";
    /// How many entries are pending.
    type Config = u32;
    type Order = NoOrder;

    fn build(count: u32, sim: &mut SimBuilder) -> Result<(), Problem> {
        sim.spawn("counter", Counter { held: 0 });
        let waits = sim.stream("counter", "waits");
        let mean = f64::from(count) * f64::from(APART);
        sim.on(move |mut on: On<'_, Start>| {
            for item in 0..count {
                let wait = on.draw(waits).exponential(mean);
                on.after(SimDuration::from_ms(wait as i64), Hold { item });
            }
        });
        sim.on(move |mut on: On<'_, Hold>, mut counter: Single<'_, '_, &mut Counter>| {
            counter.held += 1;
            let item = on.event.item;
            let wait = on.draw(waits).exponential(mean);
            on.after(SimDuration::from_ms(wait as i64), Hold { item });
        });
        Ok(())
    }
}

/// A simulation with so many pending entries, advanced stretch by stretch.
pub(crate) struct Pending {
    sim: Simulation,
    until: SimTime,
}

impl Pending {
    /// With everything pending and nothing done.
    pub(crate) fn new(count: u32) -> Self {
        let mut builder = super::empty(SimTime::from_ms(SimTime::LIMIT));
        builder.plugin::<Holds>(count);
        let sim = builder.finish().expect("the toy is sound");
        let mut pending = Pending { sim, until: SimTime::STARTEX };
        pending.sim.reset(RunKey { seed: 1, replication: 0 });
        pending.advance(SimDuration::ZERO);
        pending
    }

    /// Goes on by some `events`; how many there were.
    pub(crate) fn stretch(&mut self, events: u32) -> u64 {
        let before = self.sim.entries().0;
        self.advance(SimDuration::from_ms(i64::from(APART) * i64::from(events)));
        self.sim.entries().0 - before
    }

    fn advance(&mut self, by: SimDuration) {
        self.until = self.until + by;
        let stop = self.sim.advance(&mut TakeDefaults, self.until).expect("no fault");
        assert_eq!(stop, Stop::Until(self.until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_pending_after_a_stretch_as_before() {
        for count in [10, 1_000] {
            let mut pending = Pending::new(count);
            let left = |p: &Pending| u64::from(p.sim.entries().1) - p.sim.entries().0;
            assert_eq!(left(&pending), u64::from(count));
            let events = pending.stretch(20_000);
            assert!((19_000..21_000).contains(&events), "{events} events");
            assert_eq!(left(&pending), u64::from(count));
        }
    }
}
