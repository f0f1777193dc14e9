//! `hotwash why`: the chain of causes behind an entry, and what followed from it.

use std::fmt::Write as _;

use crate::args;
use crate::exit::{self, Code, Failure};
use crate::record::{self, Line, ReadError, Recorded};
use crate::text::{BOLD, DIM, Page, lane, wrap};

/// How many consequences are told in full; the rest are counted.
const MOST_FOLLOWERS: usize = 40;

pub(crate) fn why(args: &args::Why) -> Result<(), Failure> {
    let run = read(&args.run)?;
    let entry = find(&run, &args.entry)?;
    exit::print(&explain(&run, entry, Page::of_terminal()))
}

/// Reads a run directory for a command.
pub(crate) fn read(dir: &std::path::Path) -> Result<Recorded, Failure> {
    record::read(dir).map_err(|error| {
        let failure = Failure::new(Code::Io, error.to_string());
        match error {
            ReadError::Io(..) => {
                failure.hint("name a directory written by `hotwash run SCENARIO --out DIR`")
            }
            ReadError::Format(..) => failure,
        }
    })
}

fn find<'a>(run: &'a Recorded, wanted: &str) -> Result<&'a Line, Failure> {
    if let Ok(number) = wanted.parse::<u32>() {
        return run.lines.iter().find(|line| line.n == number).ok_or_else(|| {
            let last = run.lines.last().map_or(0, |line| line.n);
            Failure::new(Code::Usage, format!("no entry has number {number}"))
                .hint(format!("entries run from 1 to {last}"))
        });
    }
    let milestones = run.lines.iter().filter_map(|line| line.milestone.as_deref());
    run.lines
        .iter()
        .find(|line| line.milestone.as_deref() == Some(wanted))
        .ok_or_else(|| Failure::unknown("milestone of this run", wanted, milestones))
}

fn explain(run: &Recorded, entry: &Line, page: Page) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", BOLD.on("What led to it"));
    let mut chain = vec![entry];
    while let Some(cause) = chain.last().and_then(|last| by_number(run, last.cause)) {
        chain.push(cause);
    }
    let last = chain.len() - 1;
    for (depth, line) in chain.iter().rev().enumerate() {
        tell(&mut out, line, depth, depth == last, page);
    }
    let _ = writeln!(out, "\n{}", BOLD.on("What followed from it"));
    let mut told = 0;
    let mut routine = 0;
    follow(run, entry.n, 0, page, &mut out, &mut told, &mut routine);
    if told == 0 && routine == 0 {
        out.push_str("  nothing that the journal knows of\n");
    }
    if told > MOST_FOLLOWERS {
        let _ = writeln!(out, "  and {} more", told - MOST_FOLLOWERS);
    }
    if routine > 0 {
        let _ =
            writeln!(out, "{}", DIM.on(format_args!("  ({routine} routine entries are not told)")));
    }
    out
}

fn by_number(run: &Recorded, n: u32) -> Option<&Line> {
    // Entries are numbered from 1 without gaps.
    run.lines.get((n as usize).checked_sub(1)?)
}

fn follow(
    run: &Recorded,
    of: u32,
    depth: usize,
    page: Page,
    out: &mut String,
    told: &mut usize,
    routine: &mut usize,
) {
    for line in run.lines.iter().filter(|line| line.cause == of) {
        let mut depth = depth;
        if line.weight == "routine" {
            *routine += 1;
        } else {
            *told += 1;
            if *told <= MOST_FOLLOWERS {
                tell(out, line, depth.min(8), false, page);
            }
            depth += 1;
        }
        follow(run, line.n, depth, page, out, told, routine);
    }
}

fn tell(out: &mut String, line: &Line, depth: usize, is_asked: bool, page: Page) {
    let (sign, _, paint) = lane(&line.lane);
    let indent = 2 + 2 * depth.min(12);
    let head = format!("{:>4} {} {sign} {}", line.n, line.at, line.who);
    let text = wrap(&line.says, page.width.saturating_sub(indent + 5).max(30));
    let head = if is_asked { paint.bold().on(head) } else { paint.on(head) };
    let _ = writeln!(out, "{:indent$}{head}", "");
    for part in text {
        let _ = writeln!(out, "{:width$}{part}", "", width = indent + 5);
    }
}
