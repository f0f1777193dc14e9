//! The analysis of core capabilities: ratings, and per objective what went well and what should go
//! better.

use hotwash_exercise::Rating;
use hotwash_exercise::debrief::{DiscussionQuestion, ObjectiveStory, Story};

use crate::document::eeg::capability;
use crate::document::findings::Finding;
use crate::document::model::{Blocks, Line, Table, Turn, blank};
use crate::document::overview;

pub(super) fn analysis(blocks: &mut Blocks, story: &Story, found: &[Finding]) {
    blocks.page(Turn::Upright);
    blocks.head(1, "Analysis of core capabilities");
    blocks.para(
        "Table 1 has the exercise's objectives, the core capabilities that belong to them, and how each was rated: by \
         evaluators, or where none gave a rating, as expected actions alone suggest.",
    );
    blocks.table(table_1(story));
    blocks.table(overview::definitions("Ratings definitions"));
    blocks.para("The sections that follow give, for each objective, what was observed, what it rests on, and what is proposed.");
    for (i, objective) in story.objectives.iter().enumerate() {
        section(blocks, i + 1, objective, found);
    }
    let across: Vec<&Finding> = found.iter().filter(|f| is_across(story, f)).collect();
    if !across.is_empty() {
        blocks.head(2, "Across objectives");
        written(blocks, story.objectives.len() + 1, &across);
    }
}

/// Whether a finding belongs to no objective of the session.
pub(super) fn is_across(story: &Story, finding: &Finding) -> bool {
    let known = |name: &String| story.objectives.iter().any(|o| o.name == *name);
    !finding.objective.as_ref().is_some_and(known)
}

fn table_1(story: &Story) -> Table {
    let words = Rating::ALL.map(|r| format!("{} ({})", r.words(), r.letter()));
    let choices: Vec<&str> = words.iter().map(String::as_str).collect();
    let columns = [("Objective", 7), ("Core capability", 8), ("Rated by", 6)];
    let mut table =
        Table::grid("Table 1. Summary of core capability performance", &columns, &choices);
    for (i, objective) in story.objectives.iter().enumerate() {
        let by: Vec<&str> = objective.rated.iter().map(|(name, ..)| name.as_str()).collect();
        let by = match (by.is_empty(), objective.rating) {
            (false, _) => Line::from(by.join(", ")),
            (true, Some(_)) => Line::new().emphasis("suggested by expected actions"),
            (true, None) => blank("to be rated"),
        };
        let ticked = objective.rating.and_then(|r| Rating::ALL.iter().position(|x| *x == r));
        let text = format!("{}. {}", i + 1, objective.text);
        table.boxes(vec![text.into(), capability(objective).into(), by.into()], ticked);
    }
    table
}

fn section(blocks: &mut Blocks, number: usize, objective: &ObjectiveStory, found: &[Finding]) {
    blocks.head(2, format!("Objective {number}: {}", objective.text));
    let rating = match objective.rating {
        Some(rating) => Line::from(format!(
            "{} ({}). {}",
            rating.words(),
            rating.letter(),
            if objective.rated.is_empty() {
                crate::words::sentence(&format!("Suggested: {}", objective.why))
            } else {
                "By the evaluators.".to_owned()
            }
        )),
        None => Line::new()
            .plain("None was given, and nothing that exercises the objective came up. ")
            .blank("rating"),
    };
    let about = vec![
        ("Core capability".to_owned(), capability(objective).into()),
        ("Rating".to_owned(), rating.into()),
    ];
    blocks.table(Table::facts("", about));
    let own: Vec<&Finding> =
        found.iter().filter(|f| f.objective.as_ref() == Some(&objective.name)).collect();
    if own.is_empty() {
        blocks.para("The record of the session holds nothing on this objective.");
        blocks.para(blank("observations of the planning team"));
    }
    written(blocks, number, &own);
}

/// Strengths, then areas for improvement, each numbered.
fn written(blocks: &mut Blocks, number: usize, found: &[&Finding]) {
    let (strengths, areas): (Vec<&Finding>, Vec<&Finding>) =
        found.iter().copied().partition(|f| f.is_strength);
    for (sort, list) in [("Strength", strengths), ("Area for improvement", areas)] {
        for (i, finding) in list.into_iter().enumerate() {
            blocks.head(3, format!("{sort} {number}.{}", i + 1));
            blocks.para(Line::new().strong("Observation: ").plain(finding.observation.as_str()));
            if !finding.references.is_empty() {
                blocks.para(Line::new().strong("Reference: ").plain(references(finding)));
            }
            analysis_of(blocks, finding);
            if !finding.is_strength {
                let line = Line::new().strong("Recommendation: ");
                blocks.para(match finding.recommendation.as_str() {
                    "" => line.blank("to be agreed"),
                    text => line.plain(text),
                });
            }
        }
    }
}

/// The analysis in one paragraph; where it is long, as a list, since figures of several options in a row
/// cannot be read.
fn analysis_of(blocks: &mut Blocks, finding: &Finding) {
    /// Sentences that one paragraph holds.
    const SHORT: usize = 2;
    let Some((first, rest)) = finding.analysis.split_first() else { return };
    let line = Line::new().strong("Analysis: ");
    if rest.len() < SHORT {
        blocks.para(line.plain(finding.analysis.join(" ")));
    } else {
        blocks.para(line.plain(first.as_str()));
        blocks.bullets(rest.iter().map(String::as_str));
    }
}

/// `journal entries #12 (2019-08-20 10:00) and #14 (..)`.
fn references(finding: &Finding) -> String {
    let each: Vec<String> =
        finding.references.iter().map(|(n, at)| format!("#{n} ({at})")).collect();
    let noun = if each.len() == 1 { "journal entry" } else { "journal entries" };
    format!("{noun} {}.", crate::words::list(&each, 6))
}

/// The questions of the hot wash, with room for what was said.
pub(super) fn questions(blocks: &mut Blocks, questions: &[DiscussionQuestion]) {
    if questions.is_empty() {
        return;
    }
    blocks.head(1, "Questions of the hot wash");
    for question in questions {
        blocks.para(Line::new().strong(question.ask.as_str()));
        blocks.para(question.because.as_str());
        blocks.para(blank("what the team answered"));
    }
}
