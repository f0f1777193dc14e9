//! What hotwash costs, and the guard that it does not cost more unseen.
//!
//! One program: `table` prints all figures of docs/performance.md, `guard` compares instructions with the record
//! beside this crate, `count` does named work for valgrind to count, `json` runs a twin for the comparison with
//! other tools. `cargo xtask bench` and `cargo xtask guard` build and call it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "benchmarks print their figures")]

mod allocations;
mod curve;
mod guard;
mod instructions;
mod machine;
mod page;
mod peer;
mod table;
mod timing;
mod toy;
mod twin;
mod work;

use std::process::ExitCode;

const HELP: &str = "\
hotwash-benches COMMAND

  table [--quick] [--json FILE] [SECTION..]   all figures; --quick in about a minute. Sections: twin, shipped,
                                              scaling, ensembles, memory, start, peers
  guard [--record REASON]                     instructions against the record, or a new record
  count WORK RUNS                             does named work, for a tool that counts: twin/engine, twin/hand,
                                              scenario/NAME/POLICY, customers/N, insider-sale/N, plugins/N,
                                              pending/N
  json engine|hand SEED RUNS                  a twin as one of the peers: one line of JSON
";

/// The program.
pub fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["table", ..] => table::print(&words[1..]),
        ["guard", ..] => guard::run(&words[1..]),
        ["count", work, runs] => instructions::work(work, runs),
        ["json", twin, seed, runs] => peer::print(twin, seed, runs),
        _ => {
            println!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("hotwash-benches: {why}");
            ExitCode::FAILURE
        }
    }
}
