//! The timeline: one line per entry that matters, noise folded, milestones standing out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::layout::{Page, wrap};
use super::style::{BOLD, DIM, lane};
use crate::record::Line;

/// Column at which sentences begin.
const INDENT: usize = 33;

/// The story of a run. With `all`, routine entries are told too.
pub fn timeline(lines: &[Line], page: Page, all: bool) -> String {
    let mut out = String::new();
    let mut day = "";
    let mut folded = Folded::default();
    for line in lines {
        if line.weight == "routine" && !all {
            folded.add(line);
            continue;
        }
        folded.flush(&mut out, page);
        let (date, time) = line.at.split_once(' ').unwrap_or((&line.at, ""));
        if date != day {
            day = date;
            let _ = writeln!(out, "{}", BOLD.on(format_args!("{date}  {}", since_startex(line.ms))));
        }
        tell(&mut out, line, time, page);
    }
    folded.flush(&mut out, page);
    out
}

fn tell(out: &mut String, line: &Line, time: &str, page: Page) {
    let (sign, word, paint) = lane(&line.lane);
    let is_turning = line.weight == "milestone";
    let mark = if is_turning { '*' } else { ' ' };
    let left = format!("{mark} {time}  {sign} {word:<8}  {:<10} ", line.who);
    let (left_len, first_room) = (left.chars().count(), page.width.saturating_sub(INDENT));
    let tags = if line.tags.is_empty() { String::new() } else { format!(" [{}]", line.tags.join(" ")) };
    let text = format!("{}{tags}", line.says);
    // A long name pushes its sentence's first line to the right; the rest stays in its column.
    let pushed = left_len.saturating_sub(INDENT);
    let filler = "\u{1}".repeat(pushed);
    let text = if pushed > 0 { format!("{filler} {text}") } else { text };
    let paint = if is_turning { paint.bold() } else { paint };
    for (i, part) in wrap(&text, first_room.max(20)).iter().enumerate() {
        let part = part.trim_start_matches('\u{1}').trim_start();
        if i == 0 {
            let gap = " ".repeat(INDENT.saturating_sub(left_len));
            let _ = writeln!(out, "{}{gap}{}", paint.on(&left), emphasise(part, is_turning));
        } else {
            let _ = writeln!(out, "{}{}", " ".repeat(INDENT), emphasise(part, is_turning));
        }
    }
}

fn emphasise(text: &str, is_turning: bool) -> String {
    if is_turning { BOLD.on(text) } else { text.to_owned() }
}

/// `T+4d`, `T-212d`.
fn since_startex(ms: i64) -> String {
    let days = ms.div_euclid(86_400_000);
    if days < 0 { format!("T-{}d", -days) } else { format!("T+{days}d") }
}

/// Routine entries between two that are told.
#[derive(Default)]
struct Folded<'a> {
    counts: BTreeMap<&'a str, u32>,
}

impl<'a> Folded<'a> {
    fn add(&mut self, line: &'a Line) {
        *self.counts.entry(line.kind.as_str()).or_default() += 1;
    }

    fn flush(&mut self, out: &mut String, page: Page) {
        if self.counts.is_empty() {
            return;
        }
        let parts: Vec<String> = self.counts.iter().map(|(kind, n)| format!("{n} x {kind}")).collect();
        for line in wrap(&format!("({})", parts.join(", ")), page.width - 9) {
            let _ = writeln!(out, "{}", DIM.on(format_args!("         {line}")));
        }
        self.counts.clear();
    }
}
