//! One proposition of the three-lane picture: its truth, belief and claim, and the gaps between them.

use hotwash_exercise::debrief::{Claim, Lane};

use super::gaps::{Gap, GapKind, HELD, Reading};
use super::words_of;
use crate::dates::length;
use crate::picture::time_axis::TimeAxis;
use crate::svg::{Anchor, Area, Canvas, Scale, width};
use crate::words;

const HEAD: f64 = 24.0;
const TRUTH: f64 = 16.0;
const BELIEF: f64 = 48.0;
const BAND: f64 = 15.0;
const LABEL: f64 = 15.0;
const SPACE: f64 = 7.0;
/// Height of a block with the room after it.
pub(super) const HEIGHT: f64 =
    HEAD + TRUTH + SPACE + BELIEF + SPACE + BAND + 3.0 + BAND + LABEL + 22.0;

/// Draws a block from `top` on within the columns of the area.
pub(super) fn draw(
    canvas: &mut Canvas,
    lane: &Lane,
    span: (i64, i64),
    axis: &TimeAxis,
    area: Area,
) {
    let reading = Reading::of(lane, span);
    let gaps = reading.gaps();
    let title = words::sentence(&lane.proposition);
    let title = format!("\u{201c}{}\u{201d}", title.trim_end_matches('.'));
    canvas.fitted("bold", (8.0, area.top + 13.0), Anchor::Start, &title, Canvas::WIDTH - 16.0);
    let row = |top: f64, height: f64| Area { top, height, ..area };
    let truth_row = row(area.top + HEAD, TRUTH);
    let belief_row = row(truth_row.bottom() + SPACE, BELIEF);
    let silence_row = row(belief_row.bottom() + SPACE, BAND);
    let said_row = row(silence_row.bottom() + 3.0, BAND);
    for (sign, word, y) in [
        ("#", "truth", truth_row.top + 12.0),
        ("~", "belief", belief_row.top + 28.0),
        ("\"", "claim", silence_row.bottom() + 6.0),
    ] {
        canvas.text("sign", (8.0, y), Anchor::Start, sign);
        canvas.text("", (24.0, y), Anchor::Start, word);
    }
    truth(canvas, lane, span.0, axis, truth_row);
    belief(canvas, &reading, &gaps, axis, belief_row);
    silence(canvas, &gaps, axis, silence_row);
    claims(canvas, &reading, axis, said_row);
}

fn truth(canvas: &mut Canvas, lane: &Lane, start: i64, axis: &TimeAxis, row: Area) {
    let y = row.top + 12.0;
    canvas.line("grid", (row.left, row.bottom()), (row.right(), row.bottom()));
    let Some(from) = lane.true_from_ms else {
        canvas.text("small dim", (row.left + 4.0, y), Anchor::Start, "never true in this run");
        return;
    };
    let x = axis.x(from);
    canvas.rect("truth", Area { left: x, width: row.right() - x, ..row });
    let text = match from <= start {
        true => "true from the start".to_owned(),
        false => format!("true since {}", axis.dates().day(from)),
    };
    let room = row.right() - x - 12.0;
    if width(&text, Canvas::SMALL) <= room {
        canvas.text("small on-ink", (x + 7.0, y), Anchor::Start, &text);
    } else {
        canvas.fitted("small", (x - 6.0, y), Anchor::End, &text, x - row.left - 6.0);
    }
}

fn belief(canvas: &mut Canvas, reading: &Reading, gaps: &[Gap], axis: &TimeAxis, row: Area) {
    let y = Scale::linear((0.0, 1.0), (row.bottom(), row.top));
    let end = axis.shown.1;
    let outline = stairs(reading.belief(), axis, &y, end, row.right());
    // What is true and not known lies above what is believed, up to certainty.
    for gap in gaps.iter().filter(|g| matches!(g.kind, GapKind::Dwell | GapKind::Mistaken)) {
        let (left, right) = (axis.x(gap.from), axis.x(gap.to));
        let class = if gap.kind == GapKind::Dwell { "gap-dwell" } else { "gap-mistaken" };
        canvas.rect(class, Area { left, width: (right - left).max(2.0), ..row });
    }
    if let (Some(first), Some(last)) = (outline.first(), outline.last()) {
        let mut closed = outline.clone();
        closed.extend([(last.0, row.bottom()), (first.0, row.bottom())]);
        canvas.path("belief-area", &closed, true);
    }
    for (share, label) in [(0.0, "0"), (HELD, "80\u{a0}%"), (1.0, "100\u{a0}%")] {
        let at = y.at(share);
        canvas.line(if share == HELD { "held" } else { "grid" }, (row.left, at), (row.right(), at));
        let text_y = if share == HELD { at + 7.0 } else { at + 3.0 };
        canvas.text("tiny dim", (row.left - 5.0, text_y), Anchor::End, label);
    }
    canvas.path("hindsight", &stairs(reading.hindsight(), axis, &y, end, row.right()), false);
    canvas.path("belief-line", &outline, false);
    if outline.is_empty() {
        let at = (row.left + 4.0, row.bottom() - 5.0);
        canvas.text("small dim", at, Anchor::Start, "no belief was told");
    }
    labels(canvas, gaps, |kind| kind != GapKind::Withheld && kind != GapKind::False, axis, row);
}

/// A step function as a line from its first step, or the left edge, to the right one.
fn stairs(
    steps: &[(i64, f64)],
    axis: &TimeAxis,
    y: &Scale,
    end: i64,
    right: f64,
) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::new();
    for (ms, share) in steps.iter().filter(|s| s.0 <= end) {
        let x = axis.x(*ms);
        // Of steps that are folded only the last is to be seen.
        if out.last().is_some_and(|last| last.0 == x) {
            out.pop();
        } else if let Some(last) = out.last() {
            out.push((x, last.1));
        }
        out.push((x, y.at(*share)));
    }
    if let Some(last) = out.last() {
        out.push((right, last.1));
    }
    out
}

fn silence(canvas: &mut Canvas, gaps: &[Gap], axis: &TimeAxis, row: Area) {
    for gap in gaps.iter().filter(|g| g.kind == GapKind::Withheld) {
        let (left, right) = (axis.x(gap.from), axis.x(gap.to));
        canvas.rect("gap-withheld", Area { left, width: (right - left).max(2.0), ..row });
    }
    labels(canvas, gaps, |kind| kind == GapKind::Withheld, axis, row);
}

/// Tells gaps in words: each within its stretch if the words fit there, else on the side with more room,
/// pointing at it; the longest first, and what finds no free place is left to the table.
fn labels(
    canvas: &mut Canvas,
    gaps: &[Gap],
    is_wanted: impl Fn(GapKind) -> bool,
    axis: &TimeAxis,
    row: Area,
) {
    let mut wanted: Vec<&Gap> = gaps.iter().filter(|g| is_wanted(g.kind)).collect();
    wanted.sort_by_key(|g| std::cmp::Reverse(g.length()));
    let lines: &[f64] = if row.height > 2.0 * LABEL { &[19.0, 36.0] } else { &[11.5] };
    let mut taken: Vec<Area> = Vec::new();
    for gap in wanted {
        let (left, right) = (axis.x(gap.from), axis.x(gap.to));
        let plain = words_of(gap);
        let is_within = width(&plain, Canvas::SMALL) <= right - left - 8.0;
        let is_right = row.right() - right >= left - row.left;
        let text = match (is_within, is_right) {
            (true, _) => plain,
            (false, true) => format!("\u{2190} {plain}"),
            (false, false) => format!("{plain} \u{2192}"),
        };
        let wide = width(&text, Canvas::SMALL);
        let from = match (is_within, is_right) {
            (true, _) => left + 6.0,
            (false, true) => right + 6.0,
            (false, false) => left - 6.0 - wide,
        };
        let is_free = |place: &Area| {
            let is_on = place.left >= row.left - 4.0 && place.right() <= Canvas::WIDTH;
            is_on && !taken.iter().any(|t| t.meets(*place))
        };
        let places = lines.iter().map(|y| Area {
            left: from,
            top: row.top + y - 11.0,
            width: wide,
            height: 14.0,
        });
        if let Some(place) = places.into_iter().find(is_free) {
            let at = if !is_within && !is_right {
                (left - 6.0, Anchor::End)
            } else {
                (from, Anchor::Start)
            };
            canvas.text("small halo", (at.0, place.top + 11.0), at.1, &text);
            taken.push(place);
        }
    }
}

fn claims(canvas: &mut Canvas, reading: &Reading, axis: &TimeAxis, row: Area) {
    canvas.line("grid", (row.left, row.bottom()), (row.right(), row.bottom()));
    let claims = reading.claims();
    if claims.is_empty() {
        canvas.text(
            "small dim",
            (row.left + 4.0, row.top + 12.0),
            Anchor::Start,
            "nothing was said",
        );
        return;
    }
    for (i, claim) in claims.iter().enumerate() {
        let next = claims.get(i + 1).map_or(i64::MAX, |c| c.ms);
        let until = reading.stood_until(claim).min(next);
        let (left, right) = (axis.x(claim.ms), axis.x(until));
        let bar = Area { left, width: (right - left).max(2.0), top: row.top + 3.0, height: 9.0 };
        // True up to when it became false, or false up to when it became true.
        let is_false =
            reading.was_false(claim).map(|(from, to)| (axis.x(from), axis.x(to.min(until))));
        let (from, to) = is_false.unwrap_or((right, right));
        for (left, right) in [(left, from), (to, right)] {
            if right > left + 0.5 || is_false.is_none() && left < from {
                canvas.rect("said", Area { left, width: right - left, ..bar });
            }
        }
        if is_false.is_some() {
            let bar = Area { left: from, width: (to - from).max(2.0), ..bar };
            canvas.rect("gap-false", bar);
            canvas.hatched(bar);
        }
        if let Some(refuted) = claim.refuted_ms.filter(|ms| *ms <= next) {
            let x = axis.x(refuted);
            canvas.path("struck", &[(x - 5.0, row.top), (x + 5.0, row.bottom())], false);
            canvas.path("struck", &[(x - 5.0, row.bottom()), (x + 5.0, row.top)], false);
        }
    }
    for claim in claims {
        mark(canvas, claim, (axis.x(claim.ms), row.top + 7.5));
    }
    let mut free_from = row.left;
    for (i, claim) in claims.iter().enumerate() {
        let x = axis.x(claim.ms);
        let next = claims.get(i + 1).map_or(row.right(), |c| axis.x(c.ms));
        let texts =
            [told(reading, claim), told_briefly(reading, claim), told_first(reading, claim)];
        free_from = write(canvas, &texts, (x, next), free_from, row);
    }
}

/// An upward mark for what was said, a downward one for what was denied.
fn mark(canvas: &mut Canvas, claim: &Claim, (x, y): (f64, f64)) {
    let way = if claim.denies { 1.0 } else { -1.0 };
    let points = [(x, y + way * 7.0), (x + 6.0, y - way * 5.0), (x - 6.0, y - way * 5.0)];
    canvas.path(if claim.denies { "mark denied" } else { "mark" }, &points, true);
}

/// Writes what a claim was under it, the longest text for which there is room; gives where the next may
/// begin.
fn write(
    canvas: &mut Canvas,
    texts: &[String],
    (x, next): (f64, f64),
    free_from: f64,
    row: Area,
) -> f64 {
    let y = row.bottom() + 13.0;
    let from = (x - 6.0).max(free_from);
    let is_last = next >= row.right() - 1.0;
    let to = if is_last { Canvas::WIDTH - 4.0 } else { next - 12.0 };
    for text in texts {
        let wide = width(text, Canvas::SMALL);
        if from + wide <= to {
            canvas.text("small", (from, y), Anchor::Start, text);
            return from + wide + 10.0;
        }
        if x + 6.0 - wide >= free_from {
            canvas.text("small", (x + 6.0, y), Anchor::End, text);
            return x + 16.0;
        }
    }
    match texts.last() {
        Some(text) if to - from > 60.0 => {
            canvas.fitted("small", (from, y), Anchor::Start, text, to - from);
            to + 8.0
        }
        // The table has what finds no room here.
        _ => free_from,
    }
}

/// `denied categorically; false for 54 days, then taken back`.
pub(super) fn told(reading: &Reading, claim: &Claim) -> String {
    let end = match (claim.refuted_ms, claim.walked_back_ms) {
        (Some(refuted), back) if back.is_none_or(|b| refuted <= b) => Some("then disbelieved"),
        (_, Some(_)) => Some("then taken back"),
        _ => None,
    };
    let brief = told_briefly(reading, claim);
    match (reading.was_false(claim), end) {
        (Some(_), end) => format!("{brief}, {}", end.unwrap_or("to the end")),
        (None, Some(end)) => format!("{brief}, {end}"),
        (None, None) => brief,
    }
}

/// `denied categorically (as readers took it); false for 54 days`.
fn told_briefly(reading: &Reading, claim: &Claim) -> String {
    with_length(reading, claim, manner(claim))
}

/// `denied categorically; false for 54 days`: without what stands in brackets.
fn told_first(reading: &Reading, claim: &Claim) -> String {
    let how = manner(claim);
    with_length(reading, claim, how.split(" (").next().unwrap_or(how))
}

fn manner(claim: &Claim) -> &str {
    let how = claim.how.trim().trim_start_matches("thereby ").trim();
    match (how.is_empty(), claim.denies) {
        (false, _) => how,
        (true, true) => "denied",
        (true, false) => "said",
    }
}

fn with_length(reading: &Reading, claim: &Claim, how: &str) -> String {
    match reading.was_false(claim) {
        Some((from, to)) => format!("{how}; false for {}", length(to.saturating_sub(from))),
        None => how.to_owned(),
    }
}
