//! The same seed gives the same journal, whoever runs it and whatever ran before.

use std::collections::BTreeMap;
use std::thread;

use hotwash_engine::Simulation;

use crate::world::{DECLARED, run, sim, story, world};

const BUSY: &str = r#"
fn start() { this.seen = #{}; this.n = 0; after("5h", "tick"); }
fn due(what) {
    this.n += 1;
    let x = normal("notice", 0.0, 1.0) + exp(uniform("other")) * sin(this.n) + ln(number("patience"));
    this.seen.set(`k${this.n % 7}`, x);
    note("saw", #{ what: `${x} ${this.seen}` });
    if chance("other", 0.9) { after(exponential("notice", 3.0), "tick"); }
}
fn hear(event) { note("saw", #{ what: `${event}` }); }
fn told(what) {}
fn finish() { metric("result", this.n); }
"#;

fn told(sim: &mut Simulation, seed: u64) -> Vec<String> {
    run(sim, seed).unwrap();
    story(sim)
}

#[test]
fn a_seed_says_it_all() {
    let mut one = sim(BUSY);
    let first = told(&mut one, 7);
    assert!(first.len() > 20, "the test must see something");
    let other = told(&mut one, 8);
    assert_ne!(first, other);
    // In place after another run, and in a simulation of its own.
    assert_eq!(first, told(&mut one, 7));
    assert_eq!(first, told(&mut sim(BUSY), 7));
}

#[test]
fn threads_do_not_matter() {
    let scenario = world(DECLARED, BUSY).unwrap();
    let alone: Vec<_> = (0..4).map(|seed| told(&mut sim(BUSY), seed)).collect();
    let together: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|seed| {
                let scenario = &scenario;
                scope
                    .spawn(move || told(&mut scenario.build(&BTreeMap::new(), None).unwrap(), seed))
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    assert_eq!(alone, together);
}

#[test]
fn the_journal_is_the_same_in_every_build() {
    // A hash of the lines; release and debug builds, and all machines, agree on it.
    let lines = told(&mut sim(BUSY), 7).join("\n");
    let hash = lines.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    assert_eq!(hash, 0xd83f_c3f8_bfc7_00ab, "{hash:#x}\n{lines:.600}");
}
