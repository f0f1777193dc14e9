//! What handlers may ask for: the one actor of a kind, all of a kind, nothing that changes the world's
//! structure; and in which order and with which values events reach them.

#![expect(clippy::unwrap_used, reason = "a test's mistakes are its own")]

use hotwash_engine::{
    Actor, Calendar, Event, Fault, NoOrder, On, Plugin, Problem, Query, RunKey, SimBuilder,
    SimDuration, SimTime, Simulation, Single, Start, TakeDefaults, state,
};

state! { struct Book { heard: Vec<String>, total: u64 } }

#[derive(Clone)]
struct Said {
    word: String,
}
impl Event for Said {
    const NAME: &'static str = "book.said";
}

#[derive(Clone, Copy)]
struct Tick;
impl Event for Tick {
    const NAME: &'static str = "book.tick";
}

#[derive(Clone, Copy)]
struct Unheard;
impl Event for Unheard {
    const NAME: &'static str = "book.unheard";
}

/// As many books as the test wants.
struct Books<const N: usize>;

impl<const N: usize> Plugin for Books<N> {
    const NAME: &'static str = "books";
    const ABOUT: &'static str = "write down what they hear";
    type Config = ();
    type Order = NoOrder;

    fn build((): (), sim: &mut SimBuilder) -> Result<(), Problem> {
        for i in 0..N {
            let book = sim.spawn(&format!("book-{i}"), Book { heard: Vec::new(), total: 0 });
            if i == 0 {
                sim.share::<Actor>(book);
            }
        }
        sim.on(|mut on: On<'_, Start>| {
            for word in ["one", "two", "three"] {
                on.send(Said { word: word.to_owned() });
            }
            let never = on.after(SimDuration::HOUR, Tick);
            on.after(SimDuration::from_hours(2), Tick);
            on.after(SimDuration::from_hours(3), Tick);
            if let Some(entry) = never {
                on.cancel(entry);
            }
            assert!(on.after(SimDuration::HOUR, Unheard).is_none(), "nobody handles it");
        });
        for reader in ["first", "second"] {
            sim.on(move |on: On<'_, Said>, mut books: Query<'_, '_, &mut Book>| {
                for mut book in &mut books {
                    book.heard.push(format!("{reader} {}", on.event.word));
                }
                assert_eq!(books.iter().count(), N);
            });
        }
        let long = |said: &Said| said.word.len() > 3;
        sim.on_when(long, |on: On<'_, Said>, mut books: Query<'_, '_, &mut Book>| {
            for mut book in &mut books {
                book.heard.push(format!("long {}", on.event.word));
            }
        });
        sim.on(|mut on: On<'_, Tick>, mut book: Single<'_, '_, &mut Book>| {
            book.total += 1;
            let word = format!("tick {}", book.total);
            on.send(Said { word });
        });
        Ok(())
    }
}

fn books<const N: usize>() -> (Simulation, Option<Actor>) {
    let calendar = Calendar::new("2019-08-01").unwrap();
    let horizon = SimTime::from_ms(24 * 3_600_000);
    let mut builder =
        SimBuilder::new(calendar, SimTime::STARTEX, horizon, std::collections::BTreeMap::new());
    builder.plugin::<Books<N>>(());
    let book = builder.shared::<Actor>().ok();
    (builder.finish().unwrap(), book)
}

#[test]
fn every_handler_gets_every_event_in_order() {
    let (mut sim, book) = books::<1>();
    let expected = [
        "first one",
        "second one",
        "first two",
        "second two",
        "first three",
        "second three",
        "long three",
        "first tick 1",
        "second tick 1",
        "long tick 1",
        "first tick 2",
        "second tick 2",
        "long tick 2",
    ];
    // Twice: what an event carries is kept in the same places again.
    for replication in 0..2 {
        sim.run(RunKey { seed: 1, replication }, &mut TakeDefaults).unwrap();
        assert_eq!(sim.view().get::<Book>(book.unwrap()).heard, expected);
    }
    // Start and two ticks: what was cancelled and what nobody handles is not run.
    assert_eq!(sim.entries().0, 3);
}

#[test]
fn one_actor_is_wanted_and_none_or_two_are_there() {
    for (found, mut sim) in [("no actor has it", books::<0>().0), ("more than one", books::<2>().0)]
    {
        let fault = sim.run(RunKey::single(1), &mut TakeDefaults).unwrap_err();
        let Fault::Handler { message, at } = &fault else { panic!("{fault}") };
        assert!(message.contains(found), "{message}");
        assert!(message.contains("book.tick"), "{message}");
        assert_eq!(*at, SimTime::from_ms(2 * 3_600_000), "not before it is to run");
        // The run is lost, the simulation is not.
        assert!(sim.run(RunKey::single(2), &mut TakeDefaults).is_err());
    }
}
