//! Confidence against correctness: every answer is a dot, by who gave it and how sure they were.

use hotwash_exercise::debrief::{Calibration, Story};
use maud::Markup;

use super::{Figure, Table};
use crate::svg::{Anchor, Area, Canvas};
use crate::words;

const ROW: f64 = 46.0;
const TOP: f64 = 46.0;
const LEFT: f64 = 190.0;
const COLUMN: f64 = 126.0;
/// Dots side by side and below one another in a cell; more are told as a number.
const ACROSS: usize = 8;
const DOWN: usize = 2;
/// People that are drawn; the table has all.
const MOST: usize = 24;
/// What each confidence is called.
const SURE: [&str; 5] = ["1: a guess", "2", "3: half sure", "4", "5: sure"];

/// The picture.
pub fn calibration(id: &str, story: &Story) -> Figure {
    let heading = "How sure, and how often as expected";
    let rows: Vec<&Calibration> = story.calibration.iter().filter(|c| c.answers > 0).collect();
    if rows.is_empty() {
        return Figure::empty(
            heading,
            "nobody said how sure they were of a decision with an expected option",
        );
    }
    let sentence = sentence(&rows);
    Figure {
        heading: heading.to_owned(),
        drawing: Some(draw(id, drawn(&rows), heading, &sentence)),
        sentence,
        caption: "Each dot is an answer to a decision with an expected option: filled where it was the \
                  expected one, hollow where it was another. Expected is what the scenario's authors would \
                  have done; whether it was worth more is another question, which the forks answer. Somebody \
                  well calibrated has filled dots on the right and hollow ones on the left. With so few \
                  answers this is something to talk about, not a score."
            .to_owned(),
        table: table(&rows),
    }
}

/// The last of many: the team stands at the end.
fn drawn<'a, 'b>(rows: &'a [&'b Calibration]) -> &'a [&'b Calibration] {
    &rows[rows.len().saturating_sub(MOST)..]
}

fn name(of: &Calibration) -> &str {
    if of.name == "team" { "The team, as decided" } else { &of.name }
}

fn sentence(rows: &[&Calibration]) -> String {
    let team = rows.iter().find(|c| c.name == "team");
    let Some(team) = team else {
        return "How sure people were, against what the authors expected.".to_owned();
    };
    let (answers, correct) = (team.answers, team.correct);
    let sure = team.by_confidence[3..].iter().fold((0, 0), |s, c| (s.0 + c.0, s.1 + c.1));
    let decided = words::counted(answers as usize, "decision", "decisions");
    let mut out = format!("Of {decided} with an expected option, {correct} were taken as expected");
    if sure.0 > 0 {
        out += &format!("; of {} taken with confidence 4 or 5, {}", sure.0, sure.1);
    }
    words::sentence(&out)
}

fn draw(id: &str, rows: &[&Calibration], title: &str, about: &str) -> Markup {
    let height = TOP + rows.len() as f64 * ROW + 8.0;
    let mut canvas = Canvas::new(id, height, title, about);
    canvas.text("axis-title", (LEFT, 14.0), Anchor::Start, "confidence, from 1 to 5");
    canvas.circle("dot right", (LEFT + 250.0, 10.0), 5.0);
    canvas.text("small", (LEFT + 260.0, 14.0), Anchor::Start, "as expected");
    canvas.circle("dot wrong", (LEFT + 360.0, 10.0), 5.0);
    canvas.text("small", (LEFT + 370.0, 14.0), Anchor::Start, "another option");
    for (i, title) in SURE.iter().enumerate() {
        let at = (LEFT + i as f64 * COLUMN, 36.0);
        canvas.text("small dim", at, Anchor::Start, title);
    }
    for (i, of) in rows.iter().enumerate() {
        let top = TOP + i as f64 * ROW;
        if i % 2 == 0 {
            let stripe = Area { left: 0.0, top, width: Canvas::WIDTH, height: ROW - 2.0 };
            canvas.rect("stripe", stripe);
        }
        let class = if of.name == "team" { "bold" } else { "" };
        canvas.fitted(class, (8.0, top + 20.0), Anchor::Start, name(of), LEFT - 20.0);
        let count = format!("{} of {} as expected", of.correct, of.answers);
        canvas.fitted("small dim", (8.0, top + 36.0), Anchor::Start, &count, LEFT - 20.0);
        for (column, (answers, correct)) in of.by_confidence.iter().enumerate() {
            let left = LEFT + column as f64 * COLUMN;
            cell(&mut canvas, (*answers as usize, *correct as usize), left, top);
        }
    }
    canvas.render()
}

fn cell(canvas: &mut Canvas, (answers, correct): (usize, usize), left: f64, top: f64) {
    if answers > ACROSS * DOWN {
        let text = format!("{correct} of {answers}");
        return canvas.text("small", (left, top + 26.0), Anchor::Start, &text);
    }
    let rows = answers.div_ceil(ACROSS);
    let first = if rows > 1 { top + 14.0 } else { top + 22.0 };
    for dot in 0..answers {
        let x = left + 6.0 + (dot % ACROSS) as f64 * 14.0;
        let y = first + (dot / ACROSS) as f64 * 16.0;
        canvas.circle(if dot < correct { "dot right" } else { "dot wrong" }, (x, y), 5.0);
    }
}

fn table(rows: &[&Calibration]) -> Table {
    let mut table = Table::new(
        "As expected of all answers, by confidence",
        1,
        &["who", "1", "2", "3", "4", "5", "all", "Brier score (0 is best, 1 worst)"],
    );
    for of in rows {
        let share = |(answers, correct): (u32, u32)| match answers {
            0 => String::new(),
            _ => format!("{correct} of {answers}"),
        };
        let mut row = vec![name(of).to_owned()];
        row.extend(of.by_confidence.map(share));
        row.push(share((of.answers, of.correct)));
        row.push(of.brier.map_or_else(String::new, |b| words::fixed(b, 2)));
        table.rows.push(row);
    }
    table
}
