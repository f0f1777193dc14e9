//! How sure people were and how right, what could have been known when, what to talk about.

use std::fmt::Write as _;

use hotwash_exercise::debrief::{Calibration, DiscussionQuestion, Knowable, Story};

use crate::text::session::sentence;
use crate::text::value::panel::{entry, paragraph};
use crate::text::{BOLD, DIM, Page};

/// Answers below which a share says little.
const FEW: u32 = 5;

pub(super) fn calibration(out: &mut String, story: &Story, page: Page) {
    let rows: Vec<&Calibration> = story.calibration.iter().filter(|c| c.answers > 0).collect();
    // Alone at the table, the team is the player.
    let rows = match rows.as_slice() {
        [one, team] if one.by_confidence == team.by_confidence => vec![*one],
        _ => rows,
    };
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", BOLD.on("How sure, and how right"));
    for row in rows {
        entry(out, "  - ", &told(row), page);
    }
    let text = "Right is what the authors of the scenario expect. The Brier score is the mean squared \
                distance between being sure (1 is read as 20 %, 5 as 100 %) and being right: 0 is best, \
                1 is worst.";
    paragraph(out, 2, text, page);
}

fn told(row: &Calibration) -> String {
    let mut text =
        format!("{}: {} of {} answers were the expected one", row.name, row.correct, row.answers);
    let steps = row.by_confidence.iter().zip([1, 2, 3, 4, 5]).rev().filter(|((n, _), _)| *n > 0);
    let steps: Vec<String> =
        steps.map(|((n, right), sure)| format!("{right} of {n} at confidence {sure}")).collect();
    if !steps.is_empty() {
        let _ = write!(text, " ({})", steps.join(", "));
    }
    if let Some(brier) = row.brier {
        let _ = write!(text, ". Brier score {brier:.2}");
    }
    if row.answers < FEW {
        text += ". So few answers say little";
    }
    text + "."
}

pub(super) fn knowable(out: &mut String, story: &Story, page: Page) {
    let says_something = |row: &&Knowable| {
        let Knowable { true_ms, knowable_ms, known_ms, said_ms, denied_ms, .. } = row;
        [true_ms, knowable_ms, known_ms, said_ms, denied_ms].into_iter().any(Option::is_some)
    };
    let rows: Vec<&Knowable> = story.knowable.iter().filter(says_something).collect();
    if rows.is_empty() {
        return;
    }
    let date = super::dates(story);
    let _ = writeln!(out, "\n{}", BOLD.on("What could be known when"));
    for row in rows {
        entry(out, "  - ", &course(row, &date), page);
    }
}

fn course(row: &Knowable, date: &impl Fn(i64) -> String) -> String {
    let on = |ms: Option<i64>, never: &str| ms.map_or_else(|| never.to_owned(), date);
    let mut text = sentence(&row.proposition);
    let _ = write!(
        text,
        " True since: {}. An investigator could be sure: {}. You were: {}. You said so: {}.",
        on(row.true_ms, "never"),
        on(row.knowable_ms, "never"),
        on(row.known_ms, "never"),
        on(row.said_ms, "never"),
    );
    if let Some(ms) = row.denied_ms {
        let _ = write!(text, " You denied it: {}.", date(ms));
    }
    text
}

pub(super) fn questions(out: &mut String, questions: &[DiscussionQuestion], page: Page) {
    if questions.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", BOLD.on("To talk about"));
    for (number, question) in questions.iter().enumerate() {
        entry(out, &format!("{:>3}. ", number + 1), &question.ask, page);
        for line in crate::text::wrap(&question.because, page.width.saturating_sub(5)) {
            let _ = writeln!(out, "     {}", DIM.on(line));
        }
    }
}
