//! `hotwash why`: the chain of causes behind an entry, and what followed from it.

use std::fmt::Write as _;

use crate::args;
use crate::exit::{self, Code, Failure};
use crate::record::{self, Line, ReadError, Recorded};
use crate::text::{BOLD, DIM, Page, lane, wrap};

/// How many consequences are told in full; the rest are counted.
const MOST_FOLLOWERS: usize = 40;

pub(crate) fn why(args: &args::Why) -> Result<(), Failure> {
    let lines = read(&args.run)?.lines().map_err(unreadable)?;
    let entry = find(&lines, &args.entry)?;
    exit::print(&explain(&lines, entry, Page::of_terminal()))
}

/// Reads a run directory for a command.
pub(crate) fn read(dir: &std::path::Path) -> Result<Recorded, Failure> {
    record::read(dir).map_err(unreadable)
}

fn unreadable(error: ReadError) -> Failure {
    let failure = Failure::new(Code::Io, error.to_string());
    match error {
        ReadError::Io(..) => {
            failure.hint("name a directory written by `hotwash run SCENARIO --out DIR`")
        }
        ReadError::Format(..) => failure,
    }
}

fn find<'a>(lines: &'a [Line], wanted: &str) -> Result<&'a Line, Failure> {
    if let Ok(number) = wanted.parse::<u32>() {
        return lines.iter().find(|line| line.n == number).ok_or_else(|| {
            let failure = Failure::new(Code::Usage, format!("no entry has number {number}"));
            match lines.last() {
                Some(last) => failure.hint(format!("entries run from 1 to {}", last.n)),
                None => failure.hint("the run's journal is empty"),
            }
        });
    }
    let milestones = lines.iter().flat_map(|line| &line.milestones).map(String::as_str);
    lines
        .iter()
        .find(|line| line.milestones.iter().any(|m| is_called(m, wanted)))
        .ok_or_else(|| Failure::unknown("milestone of this run", wanted, milestones))
}

/// Whether a milestone goes by this name. `pr.disclosed` stands for that of any matter, such as
/// `pr.disclosed/leak`; the first to be reached is meant.
fn is_called(milestone: &str, wanted: &str) -> bool {
    milestone == wanted || milestone.rsplit_once('/').is_some_and(|(name, _)| name == wanted)
}

fn explain(lines: &[Line], entry: &Line, page: Page) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", BOLD.on("What led to it"));
    let mut chain = vec![entry];
    // Causes come before their effects, so that this ends.
    while let Some(cause) = chain.last().and_then(|last| by_number(lines, last.cause)) {
        chain.push(cause);
    }
    let last = chain.len() - 1;
    for (depth, line) in chain.iter().rev().enumerate() {
        tell(&mut out, line, depth, depth == last, page);
    }
    let _ = writeln!(out, "\n{}", BOLD.on("What followed from it"));
    let (told, routine) = follow(&mut out, lines, entry, page);
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

fn by_number(lines: &[Line], n: u32) -> Option<&Line> {
    // Entries are numbered from 1 without gaps.
    lines.get((n as usize).checked_sub(1)?)
}

/// Tells what followed from an entry, each effect below its cause; says how many were notable and how
/// many routine.
fn follow(out: &mut String, lines: &[Line], entry: &Line, page: Page) -> (usize, usize) {
    let mut effects: Vec<Vec<&Line>> = vec![Vec::new(); lines.len() + 1];
    for line in lines {
        effects[line.cause as usize].push(line);
    }
    let (mut told, mut routine) = (0, 0);
    let mut open: Vec<(&Line, usize)> = Vec::new();
    let mut push = |open: &mut Vec<(_, usize)>, of: &Line, depth| {
        let next = std::mem::take(&mut effects[of.n as usize]);
        open.extend(next.into_iter().rev().map(|line| (line, depth)));
    };
    push(&mut open, entry, 0);
    while let Some((line, depth)) = open.pop() {
        if line.weight == "routine" {
            routine += 1;
            push(&mut open, line, depth);
            continue;
        }
        told += 1;
        if told <= MOST_FOLLOWERS {
            tell(out, line, depth.min(8), false, page);
        }
        push(&mut open, line, depth + 1);
    }
    (told, routine)
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
