//! What was knowable when, against what was known and said: one row per proposition.

use hotwash_exercise::debrief::{Knowable, Story};
use maud::Markup;

use super::time_axis::TimeAxis;
use super::{Figure, Table};
use crate::dates::{Dates, length};
use crate::svg::{Anchor, Area, Canvas};
use crate::words;

const ROW: f64 = 48.0;
const TOP: f64 = 40.0;
const LEFT: f64 = 20.0;
/// Propositions that are drawn; the table has all.
const MOST: usize = 24;

/// The picture.
pub fn knowable(id: &str, story: &Story) -> Figure {
    let heading = "What was knowable when, against what was said";
    let known = |k: &&Knowable| instants(k).iter().any(Option::is_some);
    let rows: Vec<&Knowable> = story.knowable.iter().filter(known).collect();
    if rows.is_empty() {
        return Figure::empty(heading, "nothing became knowable, known or said");
    }
    let sentence = sentence(&rows);
    Figure {
        heading: heading.to_owned(),
        drawing: Some(draw(id, story, &rows[..rows.len().min(MOST)], heading, &sentence)),
        sentence,
        caption: "Knowable: when a reasonable investigator with all that had reached the vendor would have been \
                  80 % sure. Known: when the vendor was. The first band is time lost in finding out, the second \
                  time lost in saying so. A regulator may start the clock at the first of them."
            .to_owned(),
        table: table(&rows, &Dates::new(&story.about.startex)),
    }
}

/// True, knowable, known, said, denied.
fn instants(of: &Knowable) -> [Option<i64>; 5] {
    [of.true_ms, of.knowable_ms, of.known_ms, of.said_ms, of.denied_ms]
}

fn sentence(rows: &[&Knowable]) -> String {
    let lag = |k: &Knowable| Some(k.known_ms?.saturating_sub(k.knowable_ms?)).filter(|ms| *ms > 0);
    let latest = rows.iter().filter_map(|k| Some((lag(k)?, k))).max_by_key(|(ms, _)| *ms);
    let missed = rows.iter().find(|k| k.knowable_ms.is_some() && k.known_ms.is_none());
    let quoted = |k: &Knowable| format!("\u{201c}{}\u{201d}", k.proposition.trim());
    match (latest, missed) {
        (_, Some(k)) => format!("It could have been known that {}, and it never was.", quoted(k)),
        (Some((ms, k)), None) => {
            format!("{} could have been known {} before it was.", quoted(k), length(ms))
        }
        (None, None) => "What could have been known was known at once.".to_owned(),
    }
}

fn draw(id: &str, story: &Story, rows: &[&Knowable], title: &str, about: &str) -> Markup {
    let area = Area {
        left: LEFT,
        top: TOP,
        width: Canvas::WIDTH - LEFT - 14.0,
        height: rows.len() as f64 * ROW,
    };
    let mut canvas = Canvas::new(id, area.bottom() + 46.0, title, about);
    let span = (story.about.span_ms.0, story.about.span_ms.2);
    let interest = rows.iter().flat_map(|k| instants(k).into_iter().skip(1).flatten());
    let axis = TimeAxis::new(&story.about.startex, span, interest, area);
    axis.draw(&mut canvas, &format!("date; STARTEX was on {}", axis.dates().day(0)));
    legend(&mut canvas);
    for (i, of) in rows.iter().enumerate() {
        let y = TOP + i as f64 * ROW;
        let name = words::sentence(&of.proposition);
        canvas.fitted("halo", (8.0, y + 17.0), Anchor::Start, &name, Canvas::WIDTH - 16.0);
        row(&mut canvas, of, &axis, y + 33.0);
    }
    canvas.render()
}

fn legend(canvas: &mut Canvas) {
    let mut x = 8.0;
    for (index, name) in ["true", "knowable", "known", "said", "denied"].iter().enumerate() {
        mark(canvas, index, (x + 8.0, 12.0));
        canvas.text("small", (x + 20.0, 16.0), Anchor::Start, name);
        x += 30.0 + crate::svg::width(name, Canvas::SMALL);
    }
    for (class, name) in [("lag", "time to find out"), ("hush", "time to say so")] {
        canvas.line(class, (x, 12.0), (x + 26.0, 12.0));
        canvas.text("small", (x + 32.0, 16.0), Anchor::Start, name);
        x += 44.0 + crate::svg::width(name, Canvas::SMALL);
    }
}

fn row(canvas: &mut Canvas, of: &Knowable, axis: &TimeAxis, y: f64) {
    let x = |ms: i64| axis.x(ms);
    if let (Some(from), Some(to)) = (of.knowable_ms, of.known_ms.or(Some(i64::MAX)))
        && to > from
    {
        canvas.line("lag", (x(from), y), (x(to), y));
    }
    if let (Some(from), Some(to)) = (of.known_ms, of.said_ms.or(Some(i64::MAX)))
        && to > from
    {
        canvas.line("hush", (x(from), y), (x(to), y));
    }
    for (index, at) in instants(of).into_iter().enumerate() {
        if let Some(ms) = at {
            mark(canvas, index, (x(ms), y));
        }
    }
}

/// The mark of an instant: each has a shape of its own.
fn mark(canvas: &mut Canvas, index: usize, (x, y): (f64, f64)) {
    let shape = |points: &[(f64, f64)]| -> Vec<(f64, f64)> {
        points.iter().map(|(dx, dy)| (x + dx, y + dy)).collect()
    };
    match index {
        0 => canvas.rect("truth", Area { left: x - 2.0, top: y - 8.0, width: 4.0, height: 16.0 }),
        1 => canvas.circle("badge open", (x, y), 6.0),
        2 => canvas.circle("badge", (x, y), 6.0),
        3 => canvas.path("mark", &shape(&[(0.0, -8.0), (7.0, 5.0), (-7.0, 5.0)]), true),
        _ => canvas.path("mark denied", &shape(&[(0.0, 8.0), (7.0, -5.0), (-7.0, -5.0)]), true),
    }
}

fn table(rows: &[&Knowable], dates: &Dates) -> Table {
    let mut table = Table::new(
        "When each proposition was true, knowable, known, said and denied",
        6,
        &[
            "proposition",
            "true since",
            "knowable",
            "known",
            "said",
            "denied",
            "to find out",
            "to say so",
        ],
    );
    for of in rows {
        let mut row = vec![words::sentence(&of.proposition)];
        row.extend(
            instants(of).map(|at| at.map_or_else(|| "never".to_owned(), |ms| dates.day(ms))),
        );
        for (from, to) in [(of.knowable_ms, of.known_ms), (of.known_ms, of.said_ms)] {
            row.push(match (from, to) {
                (Some(from), Some(to)) if to > from => length(to.saturating_sub(from)),
                (Some(_), Some(_)) => "none".to_owned(),
                (Some(_), None) => "never".to_owned(),
                _ => String::new(),
            });
        }
        table.rows.push(row);
    }
    table
}
