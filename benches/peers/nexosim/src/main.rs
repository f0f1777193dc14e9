//! The toy model on NexoSim.
//!
//! `hotwash-peer-nexosim SEED RUNS`; prints one line of JSON.

#[path = "../../lock.rs"]
mod lock;
#[path = "../../measure.rs"]
mod measure;
mod models;
#[path = "../../rules.rs"]
mod rules;

use measure::{Peer, measure};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [seed, runs] = args.as_slice() else { panic!("usage: hotwash-peer-nexosim SEED RUNS") };
    let number = |text: &String| text.parse().expect("a number");
    let peer = Peer {
        tool: "NexoSim",
        version: lock::locked_version(include_str!("../Cargo.lock"), "nexosim"),
        what: "4 models on one thread, a new bench a run",
    };
    measure(&peer, number(seed), number(runs), models::run);
}
