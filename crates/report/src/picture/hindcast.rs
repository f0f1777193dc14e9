//! The record against what was simulated: one row per recorded fact, each on an axis of its own.

use hotwash_engine::{Calendar, SimTime};
use hotwash_lab::findings::{Hindcast, HindcastAlternative, HindcastRow};

use super::{Figure, Table, base, parts};
use crate::svg::{Anchor, Area, Canvas, Extent, Ink, Scale, wrap};
use crate::words;

const ROW: f64 = 78.0;
const MOST: usize = 9;
/// Lines that other sources take at most in the picture, and their height.
const OTHERS: usize = 3;
const OTHER: f64 = 16.0;
const NAMES: f64 = 240.0;
const FIGURES: f64 = 252.0;

/// The kinds of rows with what agreement with them is worth, the telling ones first: as in the text.
const KINDS: [(&str, &str); 3] = [
    ("emergent", "Emergent: the agents produce it, so these rows test the model"),
    ("qualitative", "Qualitative: not a bracket on record; compare by reading"),
    (
        "scripted",
        "Scripted: put in by the scenario or the policy, so these rows say nothing of the model",
    ),
];

/// Whether a row has anything to draw: what was simulated, or that it never happens.
fn is_drawable(row: &HindcastRow) -> bool {
    let is_simulated = row.simulated.is_some_and(|s| s.iter().any(|v| v.is_finite()));
    let is_told = !row.is_share || row.inside.is_some();
    !row.simulated_text.is_empty() && is_told && (is_simulated || row.recorded.is_some())
}

/// All rows that can be drawn, kind by kind, in parts that fit on a page.
pub fn hindcast(id: &str, finding: &Hindcast) -> Vec<Figure> {
    let heading = "What was on record and what the simulation comes to";
    if !finding.rows.iter().any(is_drawable) {
        let why = "no fact on record can be set beside a simulated one";
        return vec![Figure { table: table(finding), ..Figure::empty(heading, why) }];
    }
    let is_other = |r: &&HindcastRow| !KINDS.iter().any(|(kind, _)| *kind == r.kind);
    let mut out = Vec::new();
    for (kind, title) in KINDS.into_iter().chain([("other", "Of another kind")]) {
        let of_kind = |r: &&HindcastRow| r.kind == kind || (kind == "other" && is_other(r));
        let mut rows: Vec<&HindcastRow> =
            finding.rows.iter().filter(|r| is_drawable(r)).filter(of_kind).collect();
        // Misses first, then what holds, then what cannot be scored; else the order of the record.
        rows.sort_by_key(|r| [Some(false), Some(true), None].iter().position(|h| *h == r.holds));
        let groups: Vec<&[&HindcastRow]> = rows.chunks(parts(rows.len(), MOST)).collect();
        let count = groups.len();
        for (part, group) in groups.into_iter().enumerate() {
            let suffix =
                if count > 1 { format!(" ({} of {count})", part + 1) } else { String::new() };
            let title = format!("{title}{suffix}");
            let is_first = out.is_empty();
            let about = if is_first { sentence(finding) } else { title.clone() };
            let drawing = draw(&format!("{id}-{kind}-{part}"), finding, group, (&title, &about));
            out.push(Figure {
                heading: title,
                sentence: if is_first { about } else { String::new() },
                drawing: Some(drawing),
                caption: caption(finding),
                table: if is_first { table(finding) } else { Table::default() },
            });
        }
    }
    out
}

fn caption(finding: &Hindcast) -> String {
    let rest = match finding.rows.iter().filter(|r| !is_drawable(r)).count() {
        0 => String::new(),
        1 => " One row of the record has nothing to draw and is in the table only.".to_owned(),
        n => format!(" {n} rows of the record have nothing to draw and are in the table only."),
    };
    format!(
        "Each row has an axis of its own, in the unit at its ends. The band holds the simulated 5 to \
         95 %, the tick in it is their median, and the bracket is the record; an arrow has no upper end. \
         Of something that happened or not, the band is the 95 % interval of the share of worlds in \
         which it is so. Inside: share of the simulated values that the record allows. STARTEX is {}. \
         {}; where fewer worlds have a value the row says so.{rest}",
        finding.startex,
        base(&finding.header)
    )
}

fn draw(
    id: &str,
    finding: &Hindcast,
    rows: &[&HindcastRow],
    (title, about): (&str, &str),
) -> maud::Markup {
    let total: f64 = rows.iter().map(|r| height(r)).sum();
    let mut canvas = Canvas::new(id, total + 40.0, title, about);
    key(&mut canvas);
    let calendar = Calendar::new(&finding.startex).ok();
    let mut top = 36.0;
    for (i, row) in rows.iter().enumerate() {
        if i % 2 == 0 {
            let stripe = Area { left: 0.0, top, width: Canvas::WIDTH, height: height(row) };
            canvas.rect("stripe", stripe);
        }
        names(&mut canvas, row, top);
        figures(&mut canvas, row, top);
        axis(&mut canvas, row, top, calendar.as_ref());
        others(&mut canvas, row, top);
        top += height(row);
    }
    canvas.render()
}

/// A row's height: other sources take a line each.
fn height(row: &HindcastRow) -> f64 {
    ROW + OTHER * row.alternatives.len().min(OTHERS) as f64
}

/// What other sources say, one line each.
fn others(canvas: &mut Canvas, row: &HindcastRow, top: f64) {
    for (i, text) in alternatives(row).iter().take(OTHERS).enumerate() {
        let at = (NAMES + 10.0, top + ROW + 8.0 + OTHER * i as f64);
        canvas.fitted("small", at, Anchor::Start, text, Canvas::WIDTH - at.0 - 8.0);
    }
}

fn alternatives(row: &HindcastRow) -> Vec<String> {
    let one = |other: &HindcastAlternative| {
        let verdict = verdict(other.holds, row.count).to_lowercase();
        let recorded = with_unit(&other.recorded_text, row);
        format!("also on record: {recorded}: {verdict} ({}, {})", other.firmness, other.note)
    };
    row.alternatives.iter().map(one).collect()
}

fn verdict(holds: Option<bool>, count: u64) -> &'static str {
    match (holds, count) {
        (Some(true), _) => "holds",
        (Some(false), _) => "DOES NOT HOLD",
        (None, 0) => "never happens",
        (None, _) => "too few worlds",
    }
}

/// The verdict on a row, in the words of the text output.
fn row_verdict(row: &HindcastRow) -> &'static str {
    if row.recorded.is_some() && !row.simulated_text.is_empty() {
        verdict(row.holds, row.count)
    } else {
        "not scored"
    }
}

/// Texts of dates and of shares say what they are; all others get the unit.
fn with_unit(text: &str, row: &HindcastRow) -> String {
    if row.unit == "date" || row.is_share {
        text.to_owned()
    } else {
        words::with_unit(text, &row.unit)
    }
}

/// What the marks mean, drawn once above the rows.
fn key(canvas: &mut Canvas) {
    let ink = Ink(0);
    let (x, y) = (NAMES + 10.0, 16.0);
    canvas.rect("band inner f0", Area { left: x, top: y - 7.0, width: 30.0, height: 12.0 });
    canvas.line(&ink.stroke(), (x + 15.0, y - 9.0), (x + 15.0, y + 7.0));
    canvas.text("small", (x + 36.0, y + 3.0), Anchor::Start, "simulated 5 %, median, 95 %");
    bracket(canvas, x + 232.0, x + 256.0, y - 1.0);
    canvas.text("small", (x + 264.0, y + 3.0), Anchor::Start, "on record");
    bracket(canvas, x + 340.0, x + 340.0, y - 1.0);
    canvas.text("small", (x + 352.0, y + 3.0), Anchor::Start, "on record, a point");
}

fn names(canvas: &mut Canvas, row: &HindcastRow, top: f64) {
    let lines = wrap(&row.quantity, NAMES - 16.0, Canvas::FONT, 2);
    let first = if lines.len() == 1 { top + 25.0 } else { top + 17.0 };
    for (i, line) in lines.iter().enumerate() {
        canvas.fitted("", (8.0, first + 16.0 * i as f64), Anchor::Start, line, NAMES - 10.0);
    }
    let below = first + 16.0 * lines.len() as f64;
    let follows = if row.derived_from.is_empty() {
        String::new()
    } else {
        format!(", follows from {}", row.derived_from.join(", "))
    };
    let note = format!("{}, record {}{follows}", row.id, row.firmness);
    canvas.fitted("small dim", (8.0, below), Anchor::Start, &note, NAMES - 10.0);
    if row.share.value < 1.0 {
        let share = format!("has a value in {} of worlds", words::percent(row.share.value));
        canvas.fitted("small dim", (8.0, below + 15.0), Anchor::Start, &share, NAMES - 10.0);
    }
}

fn figures(canvas: &mut Canvas, row: &HindcastRow, top: f64) {
    let left = Canvas::WIDTH - FIGURES + 12.0;
    let room = FIGURES - 16.0;
    let inside = row.inside.filter(|_| !row.is_share && row.recorded.is_some());
    let inside =
        inside.map_or_else(String::new, |e| format!(", {} inside", words::percent(e.value)));
    let sign = match row.holds {
        Some(true) => "\u{2713} ",
        Some(false) => "\u{2717} ",
        None => "",
    };
    let verdict = format!("{sign}{}{inside}", row_verdict(row));
    let class = if row.holds == Some(false) { "bold" } else { "" };
    canvas.fitted(class, (left, top + 17.0), Anchor::Start, &verdict, room);
    let recorded = format!("record: {}", recorded(row));
    canvas.fitted("small", (left, top + 34.0), Anchor::Start, &recorded, room);
    let simulated = format!("simulated: {}", with_unit(&row.simulated_text, row));
    for (i, line) in wrap(&simulated, room, Canvas::SMALL, 2).iter().enumerate() {
        let at = (left, top + 51.0 + 15.0 * i as f64);
        canvas.fitted("small", at, Anchor::Start, line, room);
    }
}

/// What is on record; a unit only where it is a figure.
fn recorded(row: &HindcastRow) -> String {
    if row.recorded.is_some() {
        with_unit(&row.recorded_text, row)
    } else {
        row.recorded_text.clone()
    }
}

/// What is drawn as simulated: three quantiles, or a share with its interval.
fn simulated(row: &HindcastRow) -> Option<[f64; 3]> {
    if row.is_share {
        return row.inside.map(|e| [e.low, e.value, e.high]);
    }
    row.simulated
}

fn axis(canvas: &mut Canvas, row: &HindcastRow, top: f64, calendar: Option<&Calendar>) {
    let (left, right) = (NAMES + 10.0, Canvas::WIDTH - FIGURES - 10.0);
    let Some(extent) = extent(row) else { return };
    let simulated = simulated(row);
    let scale = Scale::linear(extent.domain(), (left, right));
    let base = top + 48.0;
    canvas.line("axis", (left, base), (right, base));
    for (value, at, anchor) in
        [(extent.low, left, Anchor::Start), (extent.high, right, Anchor::End)]
    {
        let text = if row.is_share {
            words::percent(value)
        } else {
            end_label(value, &row.unit, calendar, extent)
        };
        canvas.fitted("small dim", (at, base + 15.0), anchor, &text, (right - left) / 2.0 - 4.0);
        canvas.line("axis", (at, base - 3.0), (at, base + 3.0));
    }
    let middle = top + 30.0;
    match simulated {
        Some(simulated) if simulated[1].is_finite() => {
            let (from, to) = (scale.at(simulated[0]), scale.at(simulated[2]));
            let band =
                Area { left: from, top: middle - 9.0, width: (to - from).max(1.0), height: 18.0 };
            canvas.rect("band inner f0", band);
            let at = scale.at(simulated[1]);
            canvas.line(&Ink(0).stroke(), (at, middle - 12.0), (at, middle + 12.0));
        }
        Some(_) => {}
        None => canvas.text("small dim", (left + 4.0, middle + 2.0), Anchor::Start, "in no world"),
    }
    match row.recorded {
        Some((from, to)) if from.is_finite() && to.is_finite() => {
            bracket(canvas, scale.at(from), scale.at(to), middle);
        }
        Some((from, to)) if from.is_finite() && to == f64::INFINITY => {
            open_bracket(canvas, scale.at(from), right, middle);
        }
        _ => {}
    }
}

/// What an axis holds: the record and what was simulated; of a share, all from 0 to 100 %.
fn extent(row: &HindcastRow) -> Option<Extent> {
    if row.is_share {
        return Some(Extent { low: 0.0, high: 1.0 });
    }
    let ends = row.recorded.map(|(a, b)| [a, b]).into_iter().flatten();
    let extent = Extent::of(ends.chain(row.simulated.into_iter().flatten()))?;
    let padded = extent.padded(0.08);
    // What cannot be below zero gets no axis below it.
    let low =
        if extent.low >= 0.0 && row.unit != "date" { padded.low.max(0.0) } else { padded.low };
    Some(Extent { low, high: padded.high })
}

/// A record without an upper end: an upright, and an arrow to the end of the axis.
fn open_bracket(canvas: &mut Canvas, from: f64, right: f64, y: f64) {
    canvas.path("record", &[(from, y - 7.0), (from, y + 7.0)], false);
    canvas.path("record", &[(from, y), (right, y)], false);
    canvas.path("record", &[(right - 7.0, y - 5.0), (right, y), (right - 7.0, y + 5.0)], false);
}

/// A level line with upright ends; a point on record is a small diamond.
fn bracket(canvas: &mut Canvas, from: f64, to: f64, y: f64) {
    if to - from < 8.0 {
        let r = 6.0;
        let diamond = [(from, y - r), (from + r, y), (from, y + r), (from - r, y)];
        canvas.path("limit-mark", &diamond, true);
        canvas.circle("record-dot", (from, y), 1.5);
        return;
    }
    canvas.path("record", &[(from, y - 7.0), (from, y + 7.0)], false);
    canvas.path("record", &[(to, y - 7.0), (to, y + 7.0)], false);
    canvas.path("record", &[(from, y), (to, y)], false);
}

/// A value at an axis' end: dates as dates, all else with no more digits than the axis tells apart.
fn end_label(value: f64, unit: &str, calendar: Option<&Calendar>, extent: Extent) -> String {
    if unit == "date" {
        return match calendar {
            Some(calendar) => calendar.date(SimTime::from_ms((value * 86_400_000.0) as i64)),
            None => format!("day {}", words::number(value.round())),
        };
    }
    let span = extent.high - extent.low;
    let digit = libm::floor(libm::log10(span.max(1e-9))) as i32 - 1;
    let step = libm::pow(10.0, f64::from(digit));
    words::with_unit(&words::short((value / step).round() * step), unit)
}

/// What it comes to, in the words of the text output.
fn sentence(finding: &Hindcast) -> String {
    let (hits, scored) = finding.covered;
    let mut out = if scored == 0 {
        "No emergent row that follows from no other can be scored.".to_owned()
    } else {
        format!(
            "Of {scored} emergent rows that can be scored and follow from no other, {hits} overlap the \
             simulated 5 to 95 %."
        )
    };
    if finding.covered_derived.1 > 0 {
        let (hits, of) = finding.covered_derived;
        out += &format!(" Of {of} that follow from others, {hits} do; they are not counted.");
    }
    let names = |keep: &dyn Fn(&HindcastRow) -> bool| -> Vec<String> {
        let rows = finding.rows.iter().filter(|r| r.kind != "scripted" && keep(r));
        rows.map(|r| format!("{} ({})", r.id, r.quantity)).collect()
    };
    let misses = names(&|r| r.holds == Some(false));
    if !misses.is_empty() {
        out += &format!(" What does not hold: {}.", words::list(&misses, 6));
    }
    let holds = |r: &HindcastRow| r.holds == Some(true) && !r.is_share;
    let wide = names(&|r| holds(r) && r.inside.is_some_and(|s| s.high < 0.1));
    if !wide.is_empty() {
        out += &format!(
            " Held by the width of the range, fewer than a tenth of the values being in the record: {}.",
            words::list(&wide, 6)
        );
    }
    let flat = names(&|r| holds(r) && r.simulated.is_some_and(|s| s[0] == s[2]));
    if !flat.is_empty() {
        out += &format!(
            " Hold since nearly all worlds come to one value, and test little: {}.",
            words::list(&flat, 6)
        );
    }
    let seldom = names(&|r| !r.simulated_text.is_empty() && r.share.high < 0.5);
    if !seldom.is_empty() {
        out += &format!(
            " In most worlds it does not come to these at all: {}.",
            words::list(&seldom, 9)
        );
    }
    out
}

fn table(finding: &Hindcast) -> Table {
    let mut table = Table::new(
        "The record and the simulation",
        10,
        &[
            "mark",
            "what",
            "kind",
            "record's firmness",
            "on record",
            "simulated 5 %, 50 %, 95 %",
            "verdict",
            "held against",
            "also on record",
            "source and what is contested",
            "worlds that have it [95 %]",
            "simulated values inside the record [95 %]",
            "CRPS [95 %]",
            "error of the median alone",
            "unit",
        ],
    );
    let none = || "none".to_owned();
    for row in &finding.rows {
        table.rows.push(vec![
            row.id.clone(),
            row.quantity.clone(),
            row.kind.clone(),
            row.firmness.clone(),
            recorded(row),
            row.simulated_text.clone(),
            row_verdict(row).to_owned(),
            row.measure.clone(),
            alternatives(row).join("; "),
            row.note.clone(),
            words::percent_estimate(row.share),
            row.inside.map_or_else(none, words::percent_estimate),
            row.crps_interval.map_or_else(none, words::estimate),
            row.crps_of_median.map_or_else(none, words::number),
            if row.unit == "date" { "days".to_owned() } else { row.unit.clone() },
        ]);
    }
    table
}
