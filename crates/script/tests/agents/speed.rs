//! How long an event takes that a script handles: the figure that the guide gives. Not part of the usual
//! tests, for it measures the machine.

use hotwash_engine::{RunKey, TakeDefaults};

use crate::world::sim;

const SCRIPT: &str = r#"
fn start() { this.seen = 0; this.level = 0.0; after(0.1, "tick"); }
fn due(what) {
    this.seen += 1;
    if chance("notice", 0.3) { this.level = this.level * 0.9 + 1.0; }
    if this.level > 1e9 { reach("auditor.alarm"); }
    if this.seen < 2800 { after(0.1, "tick"); }
}
fn hear(event) {}
fn told(what) {}
"#;

#[test]
fn an_event_takes_microseconds_at_most() {
    let mut sim = sim(SCRIPT);
    sim.run(RunKey::single(0), &mut TakeDefaults).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a measurement needs the clock")]
    let begin = std::time::Instant::now();
    for seed in 1..=20 {
        sim.run(RunKey::single(seed), &mut TakeDefaults).unwrap();
    }
    let each = begin.elapsed().as_secs_f64() / (20.0 * 2800.0);
    println!("{:.0} ns an event", each * 1e9);
    assert!(each < 1e-3, "an event took {each} s");
}
