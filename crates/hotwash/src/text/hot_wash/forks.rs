//! Decision by decision: what was taken and why, and what each other option would have done from
//! exactly there.

use std::fmt::Write as _;

use hotwash_exercise::debrief::{
    DecisionStory, Fork, ForkEffect, ForkedOption, HowTaken, Story, Worth,
};
use hotwash_lab::findings::Measure;
use hotwash_scenario::Words;

use super::places::{plain_name, share_of};
use crate::text::session::sentence;
use crate::text::value::figures::{direction, plus_minus};
use crate::text::value::panel::{entry, paragraph};
use crate::text::{BOLD, Page, number};

/// Outcomes told of an option; the headline's order says which come first.
const MOST_EFFECTS: usize = 4;

pub(super) fn forks(out: &mut String, story: &Story, worth: Option<&Worth>, page: Page) {
    let forks = worth.map_or(&[][..], |worth| &worth.decisions);
    if story.decisions.is_empty() && forks.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", BOLD.on(page.words.of("What each choice was worth")));
    if let Some(worth) = worth.filter(|worth| !worth.decisions.is_empty()) {
        paragraph(out, 2, &how_to_read(worth, page.words), page);
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

fn how_to_read(worth: &Worth, words: Words) -> String {
    let futures = number(worth.futures as f64);
    let mut text = words.fill(
        "Below each decision: what another option would have changed from exactly there, in the mean of \
         {futures} futures with the same past, ± half the 95 % interval. Only what is told apart from \
         chance is shown.",
        &[("futures", &futures)],
    );
    if worth.futures < worth.wanted {
        let wanted = number(worth.wanted as f64);
        text += &words.fill(" It was stopped early: {n} were wanted.", &[("n", &wanted)]);
    }
    text
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
    let date = super::dates(story, page.words);
    let _ = writeln!(out);
    entry(out, &format!("{number:>2}. "), &format!("{} ({})", fork.ask, date(fork.ms)), page);
    let taken = fork.options.get(fork.taken).map_or("", |o| o.text.as_str());
    paragraph(out, 4, &page.words.fill("Taken: {option}", &[("option", &sentence(taken))]), page);
    if let Some(told) = told {
        why(out, told, page);
    }
    let measures = worth.map_or(&[][..], |worth| &worth.measures);
    let others = fork.options.iter().enumerate().filter(|(n, _)| *n != fork.taken);
    let mut same = Vec::new();
    for (_, option) in others {
        let costs = option_costs(option, measures, page.words);
        if costs.is_empty() {
            same.push(sentence(&option.text));
            continue;
        }
        entry(
            out,
            "    - ",
            &page.words.fill("Instead: {option}", &[("option", &sentence(&option.text))]),
            page,
        );
        for line in costs.iter().take(MOST_EFFECTS) {
            entry(out, "        ", line, page);
        }
        if costs.len() > MOST_EFFECTS {
            let more = costs.len() - MOST_EFFECTS;
            let text = match more {
                1 => page.words.of("and 1 more outcome, in the report").to_owned(),
                n => page.words.fill("and {n} more outcomes, in the report", &[("n", &n)]),
            };
            let _ = writeln!(out, "        {text}");
        }
    }
    if !same.is_empty() {
        entry(
            out,
            "    - ",
            &page.words.fill("No clear difference: {options}", &[("options", &same.join(" / "))]),
            page,
        );
    }
}

/// Clear differences of an option from the one taken, one line each, in the order of the measures.
fn option_costs(option: &ForkedOption, measures: &[Measure], words: Words) -> Vec<String> {
    let pairs = option.effects.iter().zip(measures);
    pairs.filter_map(|(effect, measure)| cost(effect, measure, words)).collect()
}

fn cost(effect: &ForkEffect, measure: &Measure, words: Words) -> Option<String> {
    let difference = effect.difference.filter(|_| effect.is_clear)?;
    let unit = words.find(&measure.unit);
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let way = direction(measure, difference.value);
    let share = match way {
        "better" | "lower" => effect.shares.0,
        _ => effect.shares.2,
    };
    let name = plain_name(&measure.name);
    let (name, figure) = (words.find(&name), plus_minus(difference));
    Some(words.fill(
        "{name} {figure}{unit}: {way}, in {share} of futures",
        &[
            ("name", &name),
            ("figure", &figure),
            ("unit", &unit),
            ("way", &words.of(way)),
            ("share", &share_of(share, words)),
        ],
    ))
}

/// How sure, why, and what the authors expected.
fn why(out: &mut String, told: &DecisionStory, page: Page) {
    let mut parts = Vec::new();
    if let Some(confidence) = told.confidence {
        parts.push(page.words.fill("Confidence {n} of 5.", &[("n", &confidence)]));
    }
    if !told.reason.is_empty() {
        let why = sentence(&told.reason);
        parts.push(page.words.fill("Why: {reason}", &[("reason", &why)]));
    }
    if !parts.is_empty() {
        paragraph(out, 4, &parts.join(" "), page);
    }
    let expected = told.expected.and_then(|n| told.options.get(n).map(|o| (n, o)));
    match expected {
        Some((n, _)) if told.taken == Some(n) => {
            paragraph(out, 4, page.words.of("This is what the authors expected."), page);
        }
        Some((_, (_, text))) => {
            paragraph(
                out,
                4,
                &page.words.fill("The authors expected: {option}", &[("option", &sentence(text))]),
                page,
            );
        }
        None => {}
    }
}

/// A decision that nobody took.
fn unforked(out: &mut String, number: usize, told: &DecisionStory, story: &Story, page: Page) {
    let date = super::dates(story, page.words);
    let _ = writeln!(out);
    let mark = format!("{number:>2}. ");
    entry(out, &mark, &format!("{} ({})", told.ask, date(told.asked_ms)), page);
    let taken = told.taken.and_then(|n| told.options.get(n)).map(|(_, text)| sentence(text));
    let how = match (&told.how, &taken) {
        (HowTaken::Open, _) | (_, None) => "It was open at the end.",
        (HowTaken::TimeRanOut, Some(_)) => "The time ran out. So it was: {option}",
        (HowTaken::Policy, Some(_)) => "The policy decided: {option}",
        (_, Some(_)) => "Taken: {option}",
    };
    let how = page.words.fill(how, &[("option", &taken.unwrap_or_default())]);
    paragraph(out, 4, &how, page);
    if !matches!(told.how, HowTaken::Policy) {
        why(out, told, page);
    }
}
