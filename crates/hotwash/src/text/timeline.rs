//! The timeline: one line per entry that matters, noise folded, milestones standing out.

use std::fmt::Write as _;

use hotwash_engine::{DECISION_ASKED, DECISION_TAKEN};

use super::layout::{Page, wrap};
use super::style::{BOLD, DIM, lane};
use crate::record::Line;

/// Column at which sentences begin.
const INDENT: usize = 35;

/// The story of a run. With `all`, routine entries are told too.
pub fn timeline(lines: &[Line], page: Page, all: bool) -> String {
    let mut out = String::new();
    let mut last = ("", "");
    let mut folded = 0;
    for (i, line) in lines.iter().enumerate() {
        if line.weight == "routine" && !all {
            folded += 1;
            continue;
        }
        // A question that is answered at once is told with its answer.
        if same_minute(line, &lines[i + 1..]).any(|later| answers(later, line)) {
            continue;
        }
        let question = same_minute(line, lines[..i].iter().rev()).find(|l| answers(line, l));
        let (date, time) = line.at.split_once(' ').unwrap_or((&line.at, ""));
        if date != last.0 {
            last.1 = "";
            let _ = writeln!(out, "{}", BOLD.on(format_args!("{date}  {}", since_startex(line))));
        }
        // What happens in the same minute carries its time once.
        let text = sentence(line, question);
        tell(&mut out, line, &text, if time == last.1 { "" } else { time }, page);
        last = (date, time);
    }
    if folded > 0 {
        let note = format!("({folded} routine entries are not told; --all tells them)");
        let _ = writeln!(out, "{}", DIM.on(note));
    }
    out
}

/// The entries next to one that carry the same minute.
fn same_minute<'a>(
    line: &Line,
    next: impl IntoIterator<Item = &'a Line>,
) -> impl Iterator<Item = &'a Line> {
    next.into_iter().take_while(|other| other.at == line.at)
}

/// Whether an entry takes the decision that another puts.
fn answers(taken: &Line, asked: &Line) -> bool {
    taken.kind == DECISION_TAKEN.name
        && asked.kind == DECISION_ASKED.name
        && taken.fields.get("decision") == asked.fields.get("decision")
}

/// The entry's sentence; a decision taken at once begins with its question.
fn sentence(line: &Line, question: Option<&Line>) -> String {
    let ask = question.and_then(|q| q.fields.get("ask")).and_then(|ask| ask.as_str());
    match ask {
        Some(ask) => format!("\u{201c}{ask}\u{201d} {}", line.says),
        None => line.says.clone(),
    }
}

fn tell(out: &mut String, line: &Line, says: &str, time: &str, page: Page) {
    let (sign, word, paint) = lane(&line.lane);
    let is_turning = line.weight == "milestone";
    let mark = if is_turning { '*' } else { ' ' };
    let left = format!("{mark} {time:<5}  {sign} {word:<8}  {:<12} ", line.who);
    let (left_len, first_room) = (left.chars().count(), page.width.saturating_sub(INDENT));
    let tags =
        if line.tags.is_empty() { String::new() } else { format!(" [{}]", line.tags.join(" ")) };
    let text = format!("{says}{tags}");
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

/// Civil days from STARTEX: `T+4d`, `T-212d`.
fn since_startex(line: &Line) -> String {
    const DAY: i64 = 86_400_000;
    let minutes = |text: &str| -> Option<i64> {
        let (hours, minutes) = text.split_once(':')?;
        Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
    };
    let of_day = line.at.split_once(' ').and_then(|(_, time)| minutes(time)).unwrap_or(0) * 60_000;
    // Midnight of the entry's day and of STARTEX's are whole days apart.
    let midnight = line.ms - of_day;
    let days = (midnight + DAY - 1).div_euclid(DAY);
    if days < 0 { format!("T-{}d", -days) } else { format!("T+{days}d") }
}
