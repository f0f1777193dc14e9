//! The toy model on ixa in two styles, and by hand on the same generators.
//!
//! `hotwash-peer-ixa lean|taught|hand SEED RUNS` prints one line of JSON.

mod chance;
mod hand;
mod lean;
#[path = "../../lock.rs"]
mod lock;
#[path = "../../measure.rs"]
mod measure;
#[path = "../../rules.rs"]
mod rules;
mod taught;

use measure::{Peer, measure};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [style, seed, runs] = args.as_slice() else {
        panic!("usage: hotwash-peer-ixa lean|taught|hand SEED RUNS")
    };
    let number = |text: &String| text.parse().expect("a number");
    let (seed, runs) = (number(seed), number(runs));
    let version = lock::locked_version(include_str!("../Cargo.lock"), "ixa");
    match style.as_str() {
        "lean" => {
            let what = "its clock and plans alone, 5 generators of one's own, a new Context a run";
            measure(&Peer { tool: "ixa", version, what }, seed, runs, lean::run);
        }
        "taught" => {
            let what = "as its book teaches: entities, properties, events, its 5 streams";
            measure(&Peer { tool: "ixa", version, what }, seed, runs, taught::run);
        }
        "hand" => {
            let what = "Rust by hand on the 5 generators and the samplers that ixa's users have";
            let mut hand = hand::Hand::default();
            let peer = Peer { tool: "by hand, small", version: "", what };
            measure(&peer, seed, runs, |seed, replication| hand.run(seed, replication));
        }
        other => panic!("no style {other}"),
    }
}
