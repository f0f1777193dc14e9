//! How sure people were and how right, what could have been known when, what to talk about.

use std::fmt::{Display, Write as _};

use hotwash_exercise::debrief::{Calibration, DiscussionQuestion, Knowable, Story};

use hotwash_scenario::Words;

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
    let _ = writeln!(out, "\n{}", BOLD.on(page.words.of("How sure, and how right")));
    for row in rows {
        entry(out, "  - ", &told(row, page.words), page);
    }
    let text = page.words.of(
        "Right is what the authors of the scenario expect. The Brier score is the mean squared \
         distance between being sure (1 is read as 20 %, 5 as 100 %) and being right: 0 is best, \
         1 is worst.",
    );
    paragraph(out, 2, text, page);
}

fn told(row: &Calibration, words: Words) -> String {
    let mut text = words.fill(
        "{who}: {n} of {all} answers were the expected one",
        &[("who", &words.find(&row.name)), ("n", &row.correct), ("all", &row.answers)],
    );
    let steps = row.by_confidence.iter().zip([1, 2, 3, 4, 5]).rev().filter(|((n, _), _)| *n > 0);
    let step = |((n, right), sure): (&(u32, u32), u32)| {
        let values: [(&str, &dyn Display); 3] = [("right", right), ("n", n), ("sure", &sure)];
        words.fill("{right} of {n} at confidence {sure}", &values)
    };
    let steps: Vec<String> = steps.map(step).collect();
    if !steps.is_empty() {
        text += &words.fill(" ({steps})", &[("steps", &steps.join(words.of(", ")))]);
    }
    if let Some(brier) = row.brier {
        text += &words.fill(". Brier score {score}", &[("score", &format!("{brier:.2}"))]);
    }
    if row.answers < FEW {
        text += words.of(". So few answers say little");
    }
    text + words.of(".")
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
    let date = super::dates(story, page.words);
    let _ = writeln!(out, "\n{}", BOLD.on(page.words.of("What could be known when")));
    for row in rows {
        entry(out, "  - ", &course(row, &date, page.words), page);
    }
}

fn course(row: &Knowable, date: &impl Fn(i64) -> String, words: Words) -> String {
    let on = |ms: Option<i64>| ms.map_or_else(|| words.of("never").to_owned(), date);
    let mut text = words.fill(
        "{what} True since: {since}. An investigator could be sure: {knowable}. You were: {known}. You \
         said so: {said}.",
        &[
            ("what", &sentence(&row.proposition)),
            ("since", &on(row.true_ms)),
            ("knowable", &on(row.knowable_ms)),
            ("known", &on(row.known_ms)),
            ("said", &on(row.said_ms)),
        ],
    );
    if let Some(ms) = row.denied_ms {
        text += &words.fill(" You denied it: {date}.", &[("date", &date(ms))]);
    }
    text
}

pub(super) fn questions(out: &mut String, questions: &[DiscussionQuestion], page: Page) {
    if questions.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", BOLD.on(page.words.of("To talk about")));
    for (number, question) in questions.iter().enumerate() {
        entry(out, &format!("{:>3}. ", number + 1), &question.ask, page);
        for line in crate::text::wrap(&question.because, page.width.saturating_sub(5)) {
            let _ = writeln!(out, "     {}", DIM.on(line));
        }
    }
}
