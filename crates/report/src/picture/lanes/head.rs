//! What stands around the lanes: the legend, the decisions as numbered marks, ENDEX, and the key.

use hotwash_exercise::debrief::{HowTaken, Story};

use crate::dates::Dates;
use crate::picture::time_axis::TimeAxis;
use crate::svg::{Anchor, Area, Canvas, spread, width};

/// Room for the legend and the decisions' marks above the lanes.
pub(super) const HEIGHT: f64 = 132.0;
/// Where the middle of the marks is.
const MARKS: f64 = 84.0;
/// The decisions that fit side by side as numbers, and into the key.
const NUMBERED: usize = 30;
const LISTED: usize = 14;
const KEY_ROW: f64 = 18.0;

/// A decision on the time axis.
pub(super) struct Mark {
    ms: i64,
    number: usize,
    is_ours: bool,
    text: String,
}

pub(super) fn marks(story: &Story) -> Vec<Mark> {
    let all = story.decisions.iter().enumerate();
    all.filter_map(|(i, d)| {
        let option = d.options.get(d.taken?)?;
        Some(Mark {
            ms: d.taken_ms.unwrap_or(d.asked_ms),
            number: i + 1,
            is_ours: matches!(d.how, HowTaken::Player(_) | HowTaken::OnBehalf),
            text: format!("{}: {}", d.role, option.1),
        })
    })
    .collect()
}

/// The gaps and the lines in words, with a sample of each.
pub(super) fn legend(canvas: &mut Canvas) {
    let mut x = 8.0;
    for (class, name) in [
        ("gap-dwell", "true, not known"),
        ("gap-withheld", "known, not said"),
        ("gap-false", "said, not true"),
        ("gap-mistaken", "believed, not true"),
    ] {
        let area = Area { left: x, top: 4.0, width: 24.0, height: 12.0 };
        canvas.rect(class, area);
        if class == "gap-false" {
            canvas.hatched(area);
        }
        x = named(canvas, x, 15.0, name);
    }
    x = 8.0;
    canvas.path(
        "belief-line",
        &[(x, 36.0), (x + 12.0, 36.0), (x + 12.0, 28.0), (x + 24.0, 28.0)],
        false,
    );
    x = named(canvas, x, 37.0, "believed");
    canvas.path("hindsight", &[(x, 32.0), (x + 24.0, 32.0)], false);
    x = named(canvas, x, 37.0, "could have been believed");
    canvas.path("mark", &[(x + 12.0, 26.0), (x + 18.0, 38.0), (x + 6.0, 38.0)], true);
    x = named(canvas, x, 37.0, "said");
    canvas.path("mark denied", &[(x + 12.0, 39.0), (x + 18.0, 27.0), (x + 6.0, 27.0)], true);
    x = named(canvas, x, 37.0, "denied");
    badge(canvas, (x + 12.0, 33.0), "1", true);
    x = named(canvas, x, 37.0, "decided by players");
    badge(canvas, (x + 12.0, 33.0), "2", false);
    named(canvas, x, 37.0, "by default or policy");
}

/// Writes a sample's name and says where the next begins.
fn named(canvas: &mut Canvas, x: f64, y: f64, name: &str) -> f64 {
    canvas.text("small", (x + 30.0, y), Anchor::Start, name);
    x + 30.0 + width(name, Canvas::SMALL) + 12.0
}

fn badge(canvas: &mut Canvas, at: (f64, f64), text: &str, is_ours: bool) {
    canvas.circle(if is_ours { "badge" } else { "badge open" }, at, 9.0);
    let class = if is_ours { "tiny bold on-ink" } else { "tiny bold" };
    canvas.text(class, (at.0, at.1 + 3.7), Anchor::Middle, text);
}

/// The decisions above the lanes, and a thin line through them at each.
pub(super) fn guides(canvas: &mut Canvas, marks: &[Mark], axis: &TimeAxis, area: Area) {
    canvas.text("small dim", (8.0, MARKS + 4.0), Anchor::Start, "decisions");
    let places: Vec<f64> = marks.iter().map(|m| axis.x(m.ms)).collect();
    for x in &places {
        canvas.line("guide", (*x, area.top), (*x, area.bottom()));
    }
    if marks.len() > NUMBERED {
        for x in places {
            canvas.line("axis", (x, MARKS - 6.0), (x, MARKS + 6.0));
        }
        return;
    }
    let spread_out = spread(&places, 20.0, (area.left + 9.0, area.right() - 9.0));
    for (mark, (x, at)) in marks.iter().zip(places.into_iter().zip(spread_out)) {
        canvas.line("leader", (at, MARKS + 9.0), (x, area.top));
        badge(canvas, (at, MARKS), &mark.number.to_string(), mark.is_ours);
    }
}

/// A pale ground for what came after ENDEX, when the policy decided.
pub(super) fn after_endex(canvas: &mut Canvas, story: &Story, axis: &TimeAxis, area: Area) {
    let endex = story.about.span_ms.1;
    if endex >= axis.shown.1 || endex < axis.shown.0 {
        return;
    }
    let x = axis.x(endex);
    canvas.rect("stripe", Area { left: x, width: area.right() - x, ..area });
    canvas.line("endex", (x, MARKS - 26.0), (x, area.bottom()));
    let text = "ENDEX; after it the policy decided";
    let wide = width(text, Canvas::SMALL);
    let y = MARKS - 18.0;
    if x + wide + 8.0 <= Canvas::WIDTH {
        canvas.text("small", (x + 6.0, y), Anchor::Start, text);
    } else {
        canvas.text("small", (x - 6.0, y), Anchor::End, text);
    }
}

/// How high the key of the decisions is.
pub(super) fn key_height(marks: &[Mark]) -> f64 {
    if marks.is_empty() || marks.len() > LISTED {
        return 0.0;
    }
    marks.len() as f64 * KEY_ROW + 10.0
}

/// The decisions' numbers with what was decided.
pub(super) fn key(canvas: &mut Canvas, marks: &[Mark], dates: &Dates, top: f64) {
    if marks.len() > LISTED {
        return;
    }
    for (i, mark) in marks.iter().enumerate() {
        let y = top + 10.0 + i as f64 * KEY_ROW;
        badge(canvas, (18.0, y - 4.0), &mark.number.to_string(), mark.is_ours);
        canvas.text("small dim", (36.0, y), Anchor::Start, &dates.day(mark.ms));
        canvas.fitted("small", (LEFT_OF_TEXT, y), Anchor::Start, &mark.text, Canvas::WIDTH - 132.0);
    }
}

const LEFT_OF_TEXT: f64 = 128.0;
