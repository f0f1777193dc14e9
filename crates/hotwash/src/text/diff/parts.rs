//! Where the journals part, side by side with what came right before, and why.

use std::fmt::Write as _;

use hotwash_engine::SimTime;
use hotwash_lab::divergence::{
    Change, Effect, Entry, Finding, First, How, TicketDifference, Tickets, Together, Why,
};

use super::super::layout::Page;
use super::super::style::{DIM, lane};
use super::super::{number, wrap};
use super::{listed, put, shortened, title};

/// Column at which an entry's sentence begins.
const INDENT: usize = 11;
/// Letters of a sentence that is told beside another.
const LONGEST: usize = 160;

pub(super) fn parts(out: &mut String, first: &First, page: Page) {
    title(out, "Where they part");
    if !first.lead.is_empty() {
        let _ = writeln!(out, "  {}", DIM.on("right before, the same in both"));
        for entry in &first.lead {
            tell(out, "", entry, page);
        }
    }
    for (word, entry, causes) in [
        ("before", &first.before, &first.before_causes),
        ("after", &first.after, &first.after_causes),
    ] {
        match entry {
            Some(entry) => {
                tell(out, word, entry, page);
                // A cause that both share is told once.
                if word == "after" || first.before_causes != first.after_causes {
                    because(out, causes, page);
                }
            }
            None => {
                let _ = writeln!(out, "  {word:<6}  the journal has ended");
            }
        }
    }
    put(out, "", 2, &how(first), page);
}

/// An entry: number, time, lane and whose doing, then its sentence.
pub(super) fn tell(out: &mut String, word: &str, entry: &Entry, page: Page) {
    let (sign, _, paint) = lane(&entry.lane);
    let head = format!("{:>5} {} {sign} {}", entry.n, entry.at, entry.who);
    let _ = writeln!(out, "  {word:<6}{}", paint.on(head));
    for line in wrap(&entry.says, page.width.saturating_sub(INDENT + 3)) {
        let _ = writeln!(out, "{:width$}{line}", "", width = INDENT + 3);
    }
}

/// What led to an entry, the nearest first.
fn because(out: &mut String, causes: &[Entry], page: Page) {
    for cause in causes.iter().rev().take(2) {
        let says = shortened(&cause.says, LONGEST);
        let text = format!("because of {}, {}: {} {says}", cause.n, cause.at, cause.who);
        for line in wrap(&text, page.width.saturating_sub(INDENT + 3)) {
            let _ = writeln!(out, "{:width$}{}", "", DIM.on(line), width = INDENT + 3);
        }
    }
}

fn how(first: &First) -> String {
    match &first.how {
        How::OnlyBefore => match &first.after_comes_later {
            Some(e) => format!(
                "Only the run before has its entry; what the run after has here comes there as \
                 entry {}, {}.",
                e.n, e.at
            ),
            None => "Only the run before has its entry.".to_owned(),
        },
        How::OnlyAfter => match &first.before_comes_later {
            Some(e) => format!(
                "Only the run after has its entry; what the run before has here comes there as \
                 entry {}, {}.",
                e.n, e.at
            ),
            None => "Only the run after has its entry.".to_owned(),
        },
        How::Later => {
            format!("The run before is earlier: {}.", comes(&first.before_comes_later, "after"))
        }
        How::Earlier => {
            format!("The run after is earlier: {}.", comes(&first.after_comes_later, "before"))
        }
        How::Instead => "Something else happens in each.".to_owned(),
        How::Time => "The same happens at another time.".to_owned(),
        How::Values(names) => values(first, names),
        How::Cause => "The same happens, from another cause.".to_owned(),
        How::Order => "The same entries of one instant come in another order.".to_owned(),
        How::Telling => {
            "The same happens; its words, its weight or who sees it are others.".to_owned()
        }
    }
}

/// Where something comes in the other run.
fn comes(entry: &Option<Entry>, other: &str) -> String {
    match entry {
        Some(e) => format!("the same comes in the run {other} as entry {}, {}", e.n, e.at),
        None => format!("the same comes otherwise in the run {other}"),
    }
}

/// The values that differ, each with both sides.
fn values(first: &First, names: &[String]) -> String {
    let field = |entry: &Option<Entry>, name: &str, is_fine: bool| -> String {
        let Some(entry) = entry else { return "nothing".to_owned() };
        if name == "milestones" {
            return listed(&entry.milestones);
        }
        match entry.fields.get(name) {
            Some(serde_json::Value::String(text)) => crate::exit::plain(text),
            Some(serde_json::Value::Number(n)) if n.is_f64() && !is_fine => {
                n.as_f64().map_or_else(String::new, |n| format!("{n:.6}"))
            }
            Some(other) => crate::exit::plain(&other.to_string()),
            None => "nothing".to_owned(),
        }
    };
    let pair = |name: &String| {
        let pair = |is_fine| {
            let (a, b) = (field(&first.before, name, is_fine), field(&first.after, name, is_fine));
            (shortened(&a, 60), shortened(&b, 60))
        };
        // Numbers that differ further behind are told in full.
        let (a, b) = Some(pair(false)).filter(|(a, b)| a != b).unwrap_or_else(|| pair(true));
        format!("`{}` {a} -> {b}", crate::exit::plain(name))
    };
    let told: Vec<String> = names.iter().map(pair).collect();
    let times = match (&first.before, &first.after) {
        (Some(a), Some(b)) if a.ms != b.ms => ", at another time and",
        _ => "",
    };
    format!("The same happens{times} with other values: {}.", told.join(", "))
}

/// Why, as far as it was found.
pub(super) fn why(out: &mut String, finding: &Finding, why: &Why, page: Page) {
    if finding.divergence.is_none() && why.cannot.is_none() {
        return;
    }
    title(out, "Why");
    if let Some(cannot) = &why.cannot {
        put(out, "", 2, &format!("Nothing could be tried: {cannot}"), page);
        return;
    }
    for (word, first) in [("before", &why.program_before), ("after", &why.program_after)] {
        if let Some(first) = first {
            let text = format!(
                "This program plays the run {word} otherwise than it was recorded, from entry {} \
                 on ({}): the program itself has changed. What follows is about the runs as it \
                 plays them now.",
                first.n, first.at
            );
            put(out, "", 2, &text, page);
        }
    }
    for word in &why.recounted {
        let text = format!(
            "This program plays the run {word} as it was recorded, entry by entry, and reckons other \
             outcomes than were recorded."
        );
        put(out, "", 2, &text, page);
    }
    put(out, "", 2, &tried(finding, why), page);
    if let Some(tickets) = &why.tickets {
        put(out, "", 2, &chance(finding, tickets), page);
    }
}

/// What the experiments say.
fn tried(finding: &Finding, why: &Why) -> String {
    let is_tried = |c: &&Change| c.effect != Effect::Untried;
    let count = finding.changes.iter().filter(is_tried).count();
    let does = |c: &&Change| matches!(c.effect, Effect::First { .. });
    let names = |list: Vec<&Change>| -> Vec<String> {
        list.into_iter().map(|c| format!("`{}`", c.path)).collect()
    };
    let alone = names(finding.changes.iter().filter(does).collect());
    let of = match count {
        1 => "The one difference was put into the run before, and that was played again".to_owned(),
        n => format!(
            "Each of {n} differences was put into the run before alone, and that was played again"
        ),
    };
    match (alone.as_slice(), &why.together) {
        ([], None) if finding.changes.iter().any(|c| c.sort == "version of the program") => {
            "The version of the program differs, which cannot be tried here; nothing else on which \
             a run depends is known to differ."
                .to_owned()
        }
        ([], None) => "Nothing that a run depends on is known to differ.".to_owned(),
        ([], Some(Together::Needed(numbers))) => {
            let list = numbers.iter().filter_map(|n| finding.changes.get(*n)).collect();
            let names = names(list);
            let many = match count {
                0 => "They were tried in parts".to_owned(),
                _ => format!("{of}: none does it"),
            };
            format!("{many}. {} together do, and none of them can be left out.", listed(&names))
        }
        ([], Some(Together::NotEvenAll)) => format!(
            "{of}: none brings about the first difference, nor do all together. Something else \
             differs: a part of the program, or of the scenario that this comparison does not know."
        ),
        ([], Some(Together::Impossible(why))) => {
            format!(
                "{of}: none brings about the first difference. All together cannot be played: {why}."
            )
        }
        ([only], _) => format!("{of}: {only} brings about the first difference{}.", others(count)),
        (many, _) => {
            format!("{of}: {} bring about the first difference, each alone.", listed(many))
        }
    }
}

fn others(count: usize) -> &'static str {
    if count > 1 { ", and no other does" } else { "" }
}

/// What the draws say.
fn chance(finding: &Finding, tickets: &Tickets) -> String {
    let Tickets { same, other, only_before, only_after, first } = tickets;
    let drew = number((same + other) as f64);
    if *other > 0 {
        return format!(
            "Chance is another: of {drew} draws that both runs made, {} gave another ticket.",
            number(*other as f64)
        );
    }
    let Some(draw) = first else {
        return format!("Chance is the same: both runs made the same {drew} draws, and no other.");
    };
    let sides = format!(
        "Of the draws of chance, {drew} are in both runs with the same tickets, {} only before, {} \
         only after.",
        number(*only_before as f64),
        number(*only_after as f64)
    );
    let parting = finding.divergence.first.as_ref().map(|f| f.ms);
    let is_later = parting.is_some_and(|ms| draw.ms > ms);
    let then = match (is_later, parting) {
        (true, _) => "Where the runs part chance is still the same; the draws part later",
        (false, Some(ms)) if draw.ms < ms => "The draws part before any entry shows it",
        _ => "The draws part at that instant",
    };
    let what = match draw.how {
        TicketDifference::OnlyBefore => "only the run before makes it",
        TicketDifference::OnlyAfter => "only the run after makes it",
        TicketDifference::OtherTime => "both make it, at other times",
        TicketDifference::OtherOrder => "both make it, in another order",
        TicketDifference::OtherTicket => "it gives another ticket",
    };
    let number = draw.occurrence.saturating_add(1);
    // Numbers of the model that count once per run are drawn by the hash of their path.
    let which = if draw.stream == "engine/params/value" {
        "the draw of a number of the model".to_owned()
    } else {
        format!("draw {number} of `{}`", draw.stream)
    };
    format!("{sides} {then}: {which}, {}, {what}.", SimTime::from_ms(draw.ms))
}
