//! What a difference led to: counts, first entries, milestones, claims, beliefs, outcomes.

use std::fmt::Write as _;

use hotwash_engine::SimDuration;
use hotwash_lab::divergence::{
    Belief, Counts, Divergence, Entry, MilestoneMove, OutcomeMove, Step,
};

use super::super::layout::Page;
use super::super::number;
use super::super::style::{DIM, lane};
use super::{put, shortened, title};

/// Milestones, claims and beliefs that are told; the rest are counted.
const MOST: usize = 16;
/// Letters of a sentence that is told.
const LONGEST: usize = 200;
/// Outcomes that are told.
const MOST_OUTCOMES: usize = 30;
/// Difference of a probability, or share of an outcome, from which it is told.
const SMALLEST: f64 = 0.001;

pub(super) fn led(out: &mut String, divergence: &Divergence, page: Page) {
    if divergence.is_none() {
        return;
    }
    let differs = |c: &Counts| c.otherwise + c.only_before + c.only_after > 0;
    if divergence.lanes.iter().any(differs) {
        title(out, "What it led to");
        let text = "Entries: the same in both runs, in both at another time or with other values, and \
                    in one run only.";
        put(out, "", 2, text, page);
        out.push('\n');
        table(out, "lane", &divergence.lanes);
        out.push('\n');
        table(out, "plugin", &divergence.plugins);
        firsts(out, &divergence.plugins, page);
    }
    milestones(out, &divergence.milestones, page);
    claims(out, &divergence.claims, page);
    beliefs(out, &divergence.beliefs, page);
    outcomes(out, divergence, page);
}

/// Entries that agree and do not, by lane or plugin.
fn table(out: &mut String, what: &str, list: &[Counts]) {
    let wide = list.iter().map(|c| c.name.chars().count()).max().unwrap_or(0).max(8);
    let head = format!(
        "  {what:<wide$}  {:>6}  {:>9}  {:>11}  {:>10}",
        "same", "otherwise", "only before", "only after"
    );
    let _ = writeln!(out, "{}", DIM.on(head));
    for counts in list {
        let Counts { name, same, otherwise, only_before, only_after, .. } = counts;
        let _ = writeln!(
            out,
            "  {name:<wide$}  {same:>6}  {otherwise:>9}  {only_before:>11}  {only_after:>10}"
        );
    }
}

/// The first entries that only one of the runs has, by plugin.
fn firsts(out: &mut String, list: &[Counts], page: Page) {
    let mut all: Vec<(&str, &str, &Entry)> = Vec::new();
    for counts in list {
        all.extend(counts.first_before.iter().map(|e| (counts.name.as_str(), "before", e)));
        all.extend(counts.first_after.iter().map(|e| (counts.name.as_str(), "after", e)));
    }
    if all.is_empty() {
        return;
    }
    all.sort_by_key(|(_, _, entry)| entry.ms);
    title(out, "First of each plugin's entries that only one run has");
    for (_, side, entry) in all {
        line(out, side, entry, page);
    }
}

/// An entry on one line or more: side, time, sign, whose doing, sentence.
fn line(out: &mut String, side: &str, entry: &Entry, page: Page) {
    let (sign, _, paint) = lane(&entry.lane);
    let head = format!("  {side:<6}  {}  ", entry.at);
    let indent = head.chars().count();
    let text = format!("{sign} {} {}", entry.who, shortened(&entry.says, LONGEST));
    let lines = super::wrap(&text, page.width.saturating_sub(indent).max(20));
    for (i, part) in lines.iter().enumerate() {
        if i == 0 {
            let _ = writeln!(out, "{}{part}", paint.on(&head));
        } else {
            let _ = writeln!(out, "{:indent$}{part}", "");
        }
    }
}

fn milestones(out: &mut String, list: &[MilestoneMove], page: Page) {
    /// Columns of both times and of what lies between them.
    const TIMES: usize = 62;
    if list.is_empty() {
        return;
    }
    title(out, "Milestones that moved");
    let wide = list.iter().take(MOST).map(|m| m.name.chars().count()).max().unwrap_or(0);
    for moved in list.iter().take(MOST) {
        let side = |when: &Option<(i64, String)>| {
            when.as_ref().map_or_else(|| "never".to_owned(), |(_, at)| at.clone())
        };
        let by = match (&moved.before, &moved.after) {
            (Some((a, _)), Some((b, _))) => {
                let word = if b < a { "earlier" } else { "later" };
                format!("  {} {word}", SimDuration::from_ms((b - a).abs()))
            }
            _ => String::new(),
        };
        let (a, b) = (side(&moved.before), side(&moved.after));
        let times = format!("{a:<16} -> {b:<16}{by}");
        let times = times.trim_end();
        // Where names are long, the times stand on a line of their own.
        if wide + TIMES > page.width {
            let _ = writeln!(out, "  {}\n      {times}", moved.name);
        } else {
            let _ = writeln!(out, "  {:<wide$}  {times}", moved.name);
        }
    }
    more(out, list.len(), MOST);
}

fn more(out: &mut String, count: usize, most: usize) {
    if count > most {
        let text = format!("  and {} more (--format json has all)", count - most);
        let _ = writeln!(out, "{}", DIM.on(text));
    }
}

fn claims(out: &mut String, list: &[Step], page: Page) {
    if list.is_empty() {
        return;
    }
    title(out, "What was said otherwise");
    for step in list.iter().take(MOST) {
        if let (Some(a), Some(b)) = (&step.before, &step.after)
            && a.says == b.says
        {
            let says = format!("(before {}) {}", a.at, b.says);
            line(out, "moved", &Entry { says, ..b.clone() }, page);
            continue;
        }
        for (side, entry) in [("before", &step.before), ("after", &step.after)] {
            if let Some(entry) = entry {
                line(out, side, entry, page);
            }
        }
    }
    more(out, list.len(), MOST);
}

fn beliefs(out: &mut String, list: &[Belief], page: Page) {
    if list.is_empty() {
        return;
    }
    title(out, "What was believed otherwise");
    let is_told = |b: &&Belief| {
        let by = b.p_before.zip(b.p_after).map_or(1.0, |(a, b)| (b - a).abs());
        by >= SMALLEST || b.sure_before != b.sure_after
    };
    let (mut told, small): (Vec<&Belief>, Vec<&Belief>) = list.iter().partition(is_told);
    // What the vendor believes tells most.
    told.sort_by_key(|b| b.who != "vendor");
    for belief in told.iter().take(MOST) {
        let text = format!("{}: {}", belief.who, belief.proposition);
        put(out, "", 2, &text, page);
        let p = |p: Option<f64>| p.map_or_else(|| "none".to_owned(), |p| format!("{p:.3}"));
        let sure = |at: &Option<String>| at.clone().unwrap_or_else(|| "never".to_owned());
        let (a, b) = (sure(&belief.sure_before), sure(&belief.sure_after));
        let sure = if a == b { String::new() } else { format!("; 80 % sure {a} -> {b}") };
        let text = format!("in the end {} -> {}{sure}", p(belief.p_before), p(belief.p_after));
        put(out, "", 6, &text, page);
    }
    more(out, told.len(), MOST);
    tiny(out, small.len());
}

/// What differs by so little that nobody would see it.
fn tiny(out: &mut String, count: usize) {
    if count > 0 {
        let verb = if count == 1 { "differs" } else { "differ" };
        let text = format!("  {count} {verb} by less than a thousandth (--format json has all)");
        let _ = writeln!(out, "{}", DIM.on(text));
    }
}

fn outcomes(out: &mut String, divergence: &Divergence, page: Page) {
    let list = &divergence.outcomes;
    if list.is_empty() {
        title(out, &format!("Outcomes: all {} are the same", divergence.same_outcomes));
        return;
    }
    let all = list.len() as u64 + divergence.same_outcomes;
    title(out, &format!("Outcomes that differ: {} of {all}", list.len()));
    put(out, "", 2, "First those of the scenario's headline (*), then the largest in scale.", page);
    let is_told = |o: &&OutcomeMove| o.is_headline || o.scale() >= SMALLEST;
    let (told, small): (Vec<&OutcomeMove>, Vec<&OutcomeMove>) = list.iter().partition(is_told);
    let shown = &told[..told.len().min(MOST_OUTCOMES)];
    let rows: Vec<[String; 4]> = shown.iter().map(|moved| figures(moved)).collect();
    let heads = ["", "before", "after", "difference"];
    let wide: Vec<usize> = (0..4)
        .map(|i| rows.iter().map(|r| r[i].chars().count()).max().unwrap_or(0).max(heads[i].len()))
        .collect();
    let line = |cells: [&str; 4]| {
        let [name, a, b, by] = cells;
        let (n, x, y, z) = (wide[0], wide[1], wide[2], wide[3]);
        format!("{name:<n$}  {a:>x$}  {b:>y$}  {by:>z$}")
    };
    let _ = writeln!(out, "    {}", DIM.on(line(heads)));
    for (moved, row) in shown.iter().zip(&rows) {
        let mark = if moved.is_headline { '*' } else { ' ' };
        let figures = format!("  {mark} {}", line([&row[0], &row[1], &row[2], &row[3]]));
        let room = page.width.saturating_sub(figures.chars().count() + 1);
        let text = format!("{figures} {}", verdict(moved, room));
        let _ = writeln!(out, "{}", text.trim_end());
    }
    more(out, told.len(), MOST_OUTCOMES);
    tiny(out, small.len());
}

/// Name, both values and what lies between them.
fn figures(moved: &OutcomeMove) -> [String; 4] {
    let value = |v: &Option<f64>| v.map_or_else(|| "never".to_owned(), number);
    let by = match (moved.before, moved.after) {
        (Some(a), Some(b)) if b > a => format!("+{}", by(b - a)),
        (Some(a), Some(b)) => by(b - a),
        _ => String::new(),
    };
    [moved.name.clone(), value(&moved.before), value(&moved.after), by]
}

/// A difference; a small one with the digits that it begins with.
fn by(difference: f64) -> String {
    if difference.abs() < 0.0005 { format!("{difference:.0e}") } else { number(difference) }
}

/// Unit, and whether it is better or worse so; as much of it as there is room for.
fn verdict(moved: &OutcomeMove, room: usize) -> String {
    let word = match (moved.before, moved.after, moved.better.as_str()) {
        (Some(a), Some(b), "lower") => Some(if b < a { "better" } else { "worse" }),
        (Some(a), Some(b), "higher") => Some(if b > a { "better" } else { "worse" }),
        _ => None,
    };
    let unit = moved.unit.as_str();
    let all = word.map_or_else(|| unit.to_owned(), |word| format!("{unit}, {word}"));
    let short = word.unwrap_or_default().to_owned();
    [all, short].into_iter().find(|text| text.chars().count() <= room).unwrap_or_default()
}
