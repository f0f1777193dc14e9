//! The same chains of events, divided among more or fewer plugins.
//!
//! There are always as many actors, streams, pending entries and events; a plugin more brings its own type of
//! state, type of event and handler. What the number of plugins costs by itself is all that differs.

use hotwash_engine::{SimBuilder, SimDuration, SimTime, Simulation};

/// Chains of events in all; every number of plugins that is measured divides it.
const CHAINS: u32 = 80;
/// Most plugins that there are.
const MOST: u32 = 40;
/// Milliseconds from one event of a chain to its next, on average.
const MEAN_WAIT: f64 = 3_600_000.0;
/// Length of a run: some 2,000 events.
const HORIZON: SimTime = SimTime::from_ms(25 * 3_600_000);

/// Declares plugins that differ in nothing but their names and types.
macro_rules! parts {
    ($($part:ident),*) => {
        $(mod $part {
            use hotwash_engine::{
                Event, NoOrder, On, Plugin, Problem, Query, SimBuilder, SimDuration, Start, state,
            };

            state! { pub(super) struct Chain { ticks: u64 } }

            #[derive(Clone, Copy)]
            pub(super) struct Tick { chain: u32 }
            impl Event for Tick {
                const NAME: &'static str = concat!("toy.tick-", stringify!($part));
            }

            pub(super) struct Part;
            impl Plugin for Part {
                const NAME: &'static str = concat!("toy-", stringify!($part));
                const ABOUT: &'static str = "some of the chains";
                /// How many of them.
                type Config = u32;
                type Order = NoOrder;

                fn build(count: u32, sim: &mut SimBuilder) -> Result<(), Problem> {
                    let own: Vec<_> = (0..count).map(|i| {
                        let name = format!("{}-{i}", stringify!($part));
                        (sim.spawn(&name, Chain { ticks: 0 }), sim.stream(&name, "wait"))
                    }).collect();
                    sim.on(move |mut on: On<'_, Start>| {
                        (0..count).for_each(|chain| { on.after(SimDuration::ZERO, Tick { chain }); });
                    });
                    sim.on(move |mut on: On<'_, Tick>, mut chains: Query<'_, '_, &mut Chain>| {
                        let chain = on.event.chain;
                        let (actor, stream) = own[chain as usize];
                        let Ok(mut state) = chains.get_mut(actor.entity) else { return };
                        state.ticks += 1;
                        let wait = super::wait(on.draw(stream).exponential(super::MEAN_WAIT));
                        on.after(wait, Tick { chain });
                    });
                    Ok(())
                }
            }
        })*

        const ALL: [fn(&mut SimBuilder, u32); MOST as usize] =
            [$(|sim, chains| sim.plugin::<$part::Part>(chains)),*];
    };
}

parts!(
    p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15, p16, p17, p18,
    p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32, p33, p34, p35, p36, p37,
    p38, p39
);

fn wait(ms: f64) -> SimDuration {
    SimDuration::from_ms(ms as i64)
}

/// A simulation of the chains in so many plugins.
pub(crate) fn simulation(plugins: u32) -> Result<Simulation, String> {
    if plugins == 0 || plugins > MOST || !CHAINS.is_multiple_of(plugins) {
        return Err(format!("{CHAINS} chains cannot be divided among {plugins} plugins"));
    }
    let mut builder = super::empty(HORIZON);
    for part in &ALL[..plugins as usize] {
        part(&mut builder, CHAINS / plugins);
    }
    Ok(builder.finish().expect("the toy is sound"))
}

#[cfg(test)]
mod tests {
    use hotwash_engine::{RunKey, TakeDefaults};

    use super::*;

    #[test]
    fn every_number_of_plugins_has_the_same_share_of_the_same_number_of_events() {
        let mean = |plugins| {
            let mut sim = simulation(plugins).unwrap();
            let entries = (0..20).map(|replication| {
                sim.run(RunKey { seed: 1, replication }, &mut TakeDefaults).unwrap();
                sim.entries().0
            });
            entries.sum::<u64>() as f64 / 20.0
        };
        for plugins in [4, 8, 16, 40] {
            let mean = mean(plugins);
            // 80 chains, one event an hour and one at the start, 25 hours.
            assert!((mean - 2080.0).abs() < 40.0, "{plugins} plugins: {mean} events a run");
        }
        assert!(simulation(0).is_err() && simulation(3).is_err() && simulation(80).is_err());
    }
}
