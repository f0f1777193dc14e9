//! A forest: rows of estimates with intervals against a common axis. The comparison, the main effects,
//! the worth of decisions and the turning of rankings are drawn with it.

use hotwash_lab::stats::Estimate;
use maud::Markup;

use crate::svg::{Anchor, Area, Canvas, Extent, Grid, Ink, Scale, bottom_axis, zero_line};

/// A line of a forest.
#[derive(Clone, Debug)]
pub(super) enum Line {
    /// Opens a group of rows.
    Group {
        /// Its name.
        name: String,
        /// What else is to be said, quietly.
        note: String,
    },
    /// An estimate.
    Row {
        /// Its name.
        name: String,
        /// How it is drawn.
        ink: Ink,
        /// Where it lies on the axis; none where it cannot be drawn.
        place: Option<Estimate>,
        /// Whether it is called clear of zero: its mark is filled.
        is_clear: bool,
        /// The figure as printed beside it.
        figure: String,
        /// Over how many worlds it is, where that is not said for all.
        worlds: String,
    },
}

/// What is drawn.
pub(super) struct Forest<'a> {
    pub(super) id: &'a str,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) lines: &'a [Line],
    pub(super) axis: String,
    /// What it means to lie left and right of zero.
    pub(super) sides: (String, String),
    /// Heads the printed figures.
    pub(super) figures: String,
    /// The axis' domain.
    pub(super) domain: (f64, f64),
}

const ROW: f64 = 22.0;
const GROUP: f64 = 27.0;
const NAMES: f64 = 214.0;
const FIGURES: f64 = 284.0;
/// The column of worlds, if a row has them.
const WORLDS: f64 = 56.0;

/// A domain around zero that holds the rows: all of them if `most` is infinite, else what lies within
/// ±`most`. Intervals without end do not count.
pub(super) fn domain(lines: &[Line], most: f64) -> (f64, f64) {
    let places = lines.iter().filter_map(|line| match line {
        Line::Row { place, .. } => *place,
        Line::Group { .. } => None,
    });
    let extent = Extent::of(places.flat_map(|e| [e.low, e.value, e.high]));
    let extent = extent.unwrap_or(Extent { low: -1.0, high: 1.0 }).with(0.0).padded(0.06);
    (extent.low.max(-most), extent.high.min(most))
}

/// How many rows there are to draw.
pub(super) fn drawable(lines: &[Line]) -> usize {
    lines.iter().filter(|l| matches!(l, Line::Row { place: Some(_), .. })).count()
}

/// The height that lines take.
fn height(lines: &[Line]) -> f64 {
    lines.iter().map(|l| if matches!(l, Line::Group { .. }) { GROUP } else { ROW }).sum()
}

/// Lines in parts that fit on a page, broken before groups if that can be.
pub(super) fn pages(lines: &[Line]) -> Vec<&[Line]> {
    const MOST: f64 = 700.0;
    let mut out = Vec::new();
    let mut rest = lines;
    while !rest.is_empty() {
        if height(rest) <= MOST {
            out.push(rest);
            break;
        }
        let fits = (1..=rest.len()).take_while(|n| height(&rest[..*n]) <= MOST).last().unwrap_or(1);
        let before_group =
            (1..=fits).rev().find(|n| matches!(rest.get(*n), Some(Line::Group { .. })));
        let cut = before_group.filter(|n| height(&rest[..*n]) > MOST / 2.0).unwrap_or(fits);
        out.push(&rest[..cut]);
        rest = &rest[cut..];
    }
    out
}

pub(super) fn draw(forest: &Forest<'_>) -> Markup {
    let top = 46.0;
    let counts = |l: &Line| matches!(l, Line::Row { worlds, .. } if !worlds.is_empty());
    let worlds = if forest.lines.iter().any(counts) { WORLDS } else { 0.0 };
    let area = Area {
        left: NAMES + 12.0,
        top,
        width: Canvas::WIDTH - NAMES - FIGURES - 30.0 - worlds,
        height: height(forest.lines) + 4.0,
    };
    let mut canvas = Canvas::new(forest.id, area.bottom() + 46.0, &forest.title, &forest.about);
    let scale = Scale::linear(forest.domain, (area.left, area.right()));
    bottom_axis(&mut canvas, area, &scale, &forest.axis, Grid::Lines);
    zero_line(&mut canvas, area, &scale);
    head(&mut canvas, area, &scale, forest);
    if worlds > 0.0 {
        canvas.text("small dim", (Canvas::WIDTH - 4.0, 12.0), Anchor::End, "worlds");
    }
    // Groups are told apart by stripes, so that the eye keeps to its row and no line crosses a name.
    let mut y = top + 2.0;
    for line in forest.lines {
        if matches!(line, Line::Group { .. }) {
            let stripe =
                Area { left: 0.0, top: y + 3.0, width: Canvas::WIDTH, height: GROUP - 5.0 };
            canvas.rect("stripe", stripe);
        }
        y += if matches!(line, Line::Group { .. }) { GROUP } else { ROW };
    }
    let mut y = top + 2.0;
    for line in forest.lines {
        match line {
            Line::Group { name, note } => {
                group(&mut canvas, y + 18.0, name, note);
                y += GROUP;
            }
            Line::Row { name, ink, place, is_clear, figure, worlds: count } => {
                canvas.fitted("", (8.0, y + 15.0), Anchor::Start, name, NAMES - 8.0);
                let at = (area.right() + 14.0, y + 15.0);
                canvas.fitted("", at, Anchor::Start, figure, Canvas::WIDTH - at.0 - worlds);
                let end = (Canvas::WIDTH - 4.0, y + 15.0);
                canvas.fitted("small dim", end, Anchor::End, count, WORLDS);
                if let Some(place) = place {
                    ink.interval(&mut canvas, &scale, y + 11.0, (*place, *is_clear));
                }
                y += ROW;
            }
        }
    }
    canvas.render()
}

fn group(canvas: &mut Canvas, y: f64, name: &str, note: &str) {
    // The note follows the name, which is bold and so a little wider.
    let used = crate::svg::width(name, Canvas::FONT) * 1.12;
    canvas.fitted("bold", (8.0, y), Anchor::Start, name, Canvas::WIDTH - 16.0);
    let from = 8.0 + used + 12.0;
    if from < Canvas::WIDTH - 80.0 {
        canvas.fitted("small dim", (from, y), Anchor::Start, note, Canvas::WIDTH - from - 8.0);
    }
}

fn head(canvas: &mut Canvas, area: Area, scale: &Scale, forest: &Forest<'_>) {
    let zero = scale.at(0.0).clamp(area.left, area.right());
    // Each side gets the room it has; a side too narrow for its words borrows from the margin.
    let (left, right) = (zero - 10.0, area.right() + 100.0 - zero);
    let (before, after) = &forest.sides;
    if !before.is_empty() {
        let text = format!("\u{2190} {before}");
        canvas.fitted("bold", (zero - 8.0, 34.0), Anchor::End, &text, left.min(230.0));
    }
    if !after.is_empty() {
        let text = format!("{after} \u{2192}");
        canvas.fitted("bold", (zero + 8.0, 34.0), Anchor::Start, &text, right.min(230.0));
    }
    let at = (area.right() + 14.0, 12.0);
    canvas.fitted("small dim", at, Anchor::Start, &forest.figures, FIGURES);
}
