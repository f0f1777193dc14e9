//! Decision by decision: what was taken and why, and what each other option would have done from
//! exactly there.

use std::fmt::Write as _;

use hotwash_exercise::debrief::{
    DecisionStory, Fork, ForkEffect, ForkedOption, HowTaken, Story, Worth,
};
use hotwash_lab::findings::Measure;

use super::places::plain_name;
use crate::text::session::sentence;
use crate::text::value::figures::{direction, percent, plus_minus};
use crate::text::value::panel::{entry, paragraph};
use crate::text::{BOLD, Page, number};

/// Outcomes told of an option; the headline's order says which come first.
const MOST_EFFECTS: usize = 4;

pub(super) fn forks(out: &mut String, story: &Story, worth: Option<&Worth>, page: Page) {
    let forks = worth.map_or(&[][..], |worth| &worth.decisions);
    if story.decisions.is_empty() && forks.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", BOLD.on("What each choice was worth"));
    if let Some(worth) = worth.filter(|worth| !worth.decisions.is_empty()) {
        paragraph(out, 2, &how_to_read(worth), page);
    }
    let by_people = |d: &&DecisionStory| forks.iter().any(|fork| fork.decision == d.name);
    let mut number = 0;
    for fork in forks {
        number += 1;
        let told = story.decisions.iter().find(|d| d.name == fork.decision);
        block(out, number, fork, told, story, worth, page);
    }
    for told in story.decisions.iter().filter(|d| !by_people(d)) {
        number += 1;
        unforked(out, number, told, story, page);
    }
}

fn how_to_read(worth: &Worth) -> String {
    let futures = number(worth.futures as f64);
    let partial = if worth.futures < worth.wanted {
        format!(" It was stopped early: {} were wanted.", number(worth.wanted as f64))
    } else {
        String::new()
    };
    format!(
        "Below each decision: what another option would have changed from exactly there, in the mean of \
         {futures} futures with the same past, \u{b1} half the 95 % interval. Only what is told apart from \
         chance is shown.{partial}"
    )
}

fn block(
    out: &mut String,
    number: usize,
    fork: &Fork,
    told: Option<&DecisionStory>,
    story: &Story,
    worth: Option<&Worth>,
    page: Page,
) {
    let date = super::dates(story);
    let _ = writeln!(out);
    entry(out, &format!("{number:>2}. "), &format!("{} ({})", fork.ask, date(fork.ms)), page);
    let taken = fork.options.get(fork.taken).map_or("", |o| o.text.as_str());
    paragraph(out, 4, &format!("Taken: {}", sentence(taken)), page);
    if let Some(told) = told {
        why(out, told, page);
    }
    let measures = worth.map_or(&[][..], |worth| &worth.measures);
    let others = fork.options.iter().enumerate().filter(|(n, _)| *n != fork.taken);
    let mut same = Vec::new();
    for (_, option) in others {
        let costs = option_costs(option, measures);
        if costs.is_empty() {
            same.push(sentence(&option.text));
            continue;
        }
        entry(out, "    - ", &format!("Instead: {}", sentence(&option.text)), page);
        for line in costs.iter().take(MOST_EFFECTS) {
            entry(out, "        ", line, page);
        }
        if costs.len() > MOST_EFFECTS {
            let more = costs.len() - MOST_EFFECTS;
            let noun = if more == 1 { "outcome" } else { "outcomes" };
            let _ = writeln!(out, "        and {more} more {noun}, in the report");
        }
    }
    if !same.is_empty() {
        entry(out, "    - ", &format!("No clear difference: {}", same.join(" / ")), page);
    }
}

/// Clear differences of an option from the one taken, one line each, in the order of the measures.
fn option_costs(option: &ForkedOption, measures: &[Measure]) -> Vec<String> {
    let pairs = option.effects.iter().zip(measures);
    pairs.filter_map(|(effect, measure)| cost(effect, measure)).collect()
}

fn cost(effect: &ForkEffect, measure: &Measure) -> Option<String> {
    let difference = effect.difference.filter(|_| effect.is_clear)?;
    let unit = if measure.unit.is_empty() { String::new() } else { format!(" {}", measure.unit) };
    let way = direction(measure, difference.value);
    let share = match way {
        "better" | "lower" => effect.shares.0,
        _ => effect.shares.2,
    };
    let name = plain_name(&measure.name);
    let figure = plus_minus(difference);
    Some(format!("{name} {figure}{unit}: {way}, in {} of futures", percent(share)))
}

/// How sure, why, and what the authors expected.
fn why(out: &mut String, told: &DecisionStory, page: Page) {
    let mut parts = Vec::new();
    if let Some(confidence) = told.confidence {
        parts.push(format!("Confidence {confidence} of 5."));
    }
    if !told.reason.is_empty() {
        parts.push(format!("Why: {}", sentence(&told.reason)));
    }
    if !parts.is_empty() {
        paragraph(out, 4, &parts.join(" "), page);
    }
    let expected = told.expected.and_then(|n| told.options.get(n).map(|o| (n, o)));
    match expected {
        Some((n, _)) if told.taken == Some(n) => {
            paragraph(out, 4, "This is what the authors expected.", page);
        }
        Some((_, (_, text))) => {
            paragraph(out, 4, &format!("The authors expected: {}", sentence(text)), page);
        }
        None => {}
    }
}

/// A decision that nobody took.
fn unforked(out: &mut String, number: usize, told: &DecisionStory, story: &Story, page: Page) {
    let date = super::dates(story);
    let _ = writeln!(out);
    let mark = format!("{number:>2}. ");
    entry(out, &mark, &format!("{} ({})", told.ask, date(told.asked_ms)), page);
    let taken = told.taken.and_then(|n| told.options.get(n)).map(|(_, text)| sentence(text));
    let how = match (&told.how, taken) {
        (HowTaken::Open, _) | (_, None) => "It was open at the end.".to_owned(),
        (HowTaken::TimeRanOut, Some(text)) => format!("The time ran out. So it was: {text}"),
        (HowTaken::Policy, Some(text)) => format!("The policy decided: {text}"),
        (_, Some(text)) => format!("Taken: {text}"),
    };
    paragraph(out, 4, &how, page);
    if !matches!(told.how, HowTaken::Policy) {
        why(out, told, page);
    }
}
