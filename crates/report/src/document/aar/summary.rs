//! The executive summary.

use hotwash_exercise::debrief::{DecisionStory, HowTaken, Story, Worth};

use crate::dates::length;
use crate::document::findings::{Finding, outcome};
use crate::document::model::{Blocks, Line};
use crate::document::when::When;
use crate::words;

/// Strengths and areas that the summary names.
const MOST: usize = 3;

pub(super) fn summary(
    blocks: &mut Blocks,
    story: &Story,
    worth: Option<&Worth>,
    found: &[Finding],
) {
    blocks.head(1, "Executive summary");
    what_was_done(blocks, story);
    outcomes(blocks, story, worth);
    blocks.head(2, "Major strengths");
    listed(blocks, found, true, "The rules found no strength in the record of the session.");
    blocks.head(2, "Primary areas for improvement");
    listed(
        blocks,
        found,
        false,
        "The rules found no area for improvement in the record of the session.",
    );
    blocks.head(2, "Overall assessment");
    blocks.para(Line::new().blank("the planning team's assessment in a few sentences"));
}

fn what_was_done(blocks: &mut Blocks, story: &Story) {
    let when = When::of(story);
    let endex = story.about.span_ms.1;
    let (before, after): (Vec<&DecisionStory>, Vec<&DecisionStory>) =
        story.decisions.iter().partition(|d| d.asked_ms <= endex);
    let by = |how: fn(&HowTaken) -> bool| before.iter().filter(|d| how(&d.how)).count();
    let people = by(|h| matches!(h, HowTaken::Player(_) | HowTaken::OnBehalf));
    let ran_out = by(|h| *h == HowTaken::TimeRanOut);
    let policy = by(|h| *h == HowTaken::Policy);
    let mut text = format!(
        "{} took part in {} simulated days, from {} to {}. {} came up: {} by people",
        words::counted(story.people.len(), "person", "people"),
        words::number((endex as f64 / 86_400_000.0).round()),
        story.about.startex,
        when.date_time(endex),
        words::counted(before.len(), "decision", "decisions"),
        match people {
            1 => "1 was taken".to_owned(),
            n if n == before.len() => "all were taken".to_owned(),
            n => format!("{n} were taken"),
        },
    );
    if ran_out > 0 {
        text.push_str(&format!(", {ran_out} by default because the time ran out"));
    }
    if policy > 0 {
        text.push_str(&format!(", {policy} by the program's policy"));
    }
    text.push('.');
    if !after.is_empty() {
        let came = words::counted(after.len(), "more came", "more came");
        text.push_str(&format!(" {came} up after ENDEX, decided by the program's policy."));
    }
    let expected: Vec<bool> = story
        .decisions
        .iter()
        .filter(|d| matches!(d.how, HowTaken::Player(_) | HowTaken::OnBehalf))
        .filter_map(|d| Some(d.taken? == d.expected?))
        .collect();
    if !expected.is_empty() {
        let came = expected.iter().filter(|e| **e).count();
        text.push_str(&format!(
            " {} an expected action; it came in {}.",
            match expected.len() {
                1 => "One decision by people has".to_owned(),
                n if n == people => format!("All {n} decisions by people have"),
                n => format!("{n} of the decisions by people have"),
            },
            match came {
                0 => "none".to_owned(),
                1 if expected.len() == 1 => "this one".to_owned(),
                n if n == expected.len() => "all of them".to_owned(),
                n => format!("{n} of them"),
            },
        ));
    }
    blocks.para(text);
    let late: Vec<String> = story
        .knowable
        .iter()
        .filter_map(|k| {
            let (truth, known) = (k.true_ms?, k.known_ms.filter(|ms| *ms <= endex)?);
            (known > truth).then(|| {
                format!("that {}: {} after it became true", k.proposition, length(known - truth))
            })
        })
        .collect();
    if !late.is_empty() {
        blocks.para("When the company became sure of what was so:");
        blocks.bullets(late);
    }
}

fn outcomes(blocks: &mut Blocks, story: &Story, worth: Option<&Worth>) {
    /// Outcomes that the summary names.
    const MOST: usize = 5;
    let named: Vec<_> = match story.headline.as_slice() {
        [] => story.outcomes.iter().take(MOST).collect(),
        names => {
            let of = |name: &String| story.outcomes.iter().find(|o| o.name == *name);
            names.iter().filter_map(of).take(MOST).collect()
        }
    };
    if named.is_empty() {
        return;
    }
    blocks.head(2, "What came of it");
    let (_, endex, end) = story.about.span_ms;
    if endex < end {
        blocks.para(format!(
            "Outcomes at the end of the scenario, {} after ENDEX. What came up in that time was decided by the program's policy.",
            length(end - endex)
        ));
    } else {
        blocks.para("Outcomes at the end of the scenario.");
    }
    blocks.bullets(named.into_iter().map(|o| crate::words::sentence(&outcome(o, worth))));
    match worth {
        None => blocks.para("What other choices would have been worth had not been worked out when this report was written."),
        Some(w) if w.futures < w.wanted => blocks.para(format!(
            "The figures are partial: {} of {} futures had been worked out when this report was written.",
            words::count(w.futures),
            words::count(w.wanted)
        )),
        Some(_) => {}
    }
}

fn listed(blocks: &mut Blocks, found: &[Finding], strengths: bool, none: &str) {
    let first: Vec<Line> = found
        .iter()
        .filter(|f| f.is_strength == strengths)
        .take(MOST)
        .map(|f| Line::from(f.observation.as_str()))
        .collect();
    if first.is_empty() {
        blocks.para(none);
    }
    blocks.bullets(first);
}
