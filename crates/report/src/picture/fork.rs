//! A fork: what each other option of a decision would have done from exactly where it was open. One
//! small forest, each outcome on a scale of its own.

use hotwash_exercise::debrief::{Fork, ForkEffect, Worth};
use hotwash_lab::findings::Measure;
use hotwash_lab::stats::Estimate;
use maud::Markup;

use super::{Figure, Table};
use crate::svg::{Anchor, Area, Canvas, Ink, Scale};
use crate::words;

/// Outcomes that are drawn at most; the table has all.
const MOST: usize = 5;
/// Options, and rows of options and outcomes, that are drawn at most.
const OPTIONS: usize = 20;
const ROWS: usize = 60;
const HEAD: f64 = 30.0;
const GROUP: f64 = 25.0;
const ROW: f64 = 21.0;
const LEFT: f64 = 312.0;
const WIDTH: f64 = 234.0;

/// The letter of an option: `A`, or its number where letters run out.
pub fn letter(option: usize) -> String {
    match u8::try_from(option) {
        Ok(n) if n < 26 => char::from(b'A' + n).to_string(),
        _ => (option + 1).to_string(),
    }
}

/// The effect of an option on a measure, if it was found and differs from what was done in any future.
pub(crate) fn difference(effect: &ForkEffect) -> Option<Estimate> {
    effect.difference.filter(|e| e.value.is_finite())
}

/// `better`, `worse`, `lower` or `higher` where a difference is told apart from chance.
pub fn verdict(measure: &Measure, effect: &ForkEffect) -> Option<&'static str> {
    difference(effect).filter(|_| effect.is_clear).map(|e| words::way(measure, e.value))
}

/// A difference in words: `−210 [−300, −120] customers`, `none in any future`.
pub fn difference_text(measure: &Measure, effect: &ForkEffect) -> String {
    match difference(effect) {
        None => "no value both ways".to_owned(),
        Some(_) if effect.shares.1 >= 1.0 => "none in any future".to_owned(),
        Some(e) => words::with_unit(&words::signed(e), &measure.unit),
    }
}

/// The forest of a decision, and all its figures as a table.
pub fn fork(id: &str, worth: &Worth, fork: &Fork) -> Figure {
    let futures = words::count(worth.futures);
    let heading = "What the other options would have done from exactly here".to_owned();
    let shown = shown(worth, fork);
    let sentence = sentence(worth, fork);
    let drawing = (!shown.is_empty()).then(|| draw(id, worth, fork, &shown, (&heading, &sentence)));
    Figure {
        heading,
        sentence,
        drawing,
        caption: format!(
            "Mean difference from the option taken, over {futures} futures that begin exactly like yours and \
             then meet the same luck whatever is chosen; the line is the 95 % interval. Each outcome has a \
             scale of its own, and better lies to the right. A filled mark stands where the difference is told \
             apart from chance although many are looked at together; a hollow one may be chance."
        ),
        table: table(worth, fork),
    }
}

/// The measures to draw: those with a clear difference first, then those with any.
fn shown(worth: &Worth, fork: &Fork) -> Vec<usize> {
    let effects = |m: usize| others(fork).filter_map(move |(_, o)| o.effects.get(m));
    let is_any = |m: &usize| effects(*m).any(|e| difference(e).is_some() && e.shares.1 < 1.0);
    let is_clear = |m: usize| effects(m).any(|e| difference(e).is_some() && e.is_clear);
    let mut out: Vec<usize> = (0..worth.measures.len()).filter(is_any).collect();
    out.sort_by_key(|m| !is_clear(*m));
    out.truncate(MOST.min(ROWS / others(fork).take(OPTIONS).count().max(1)).max(1));
    out
}

fn others(fork: &Fork) -> impl Iterator<Item = (usize, &hotwash_exercise::debrief::ForkedOption)> {
    fork.options.iter().enumerate().filter(|(i, _)| *i != fork.taken)
}

fn sentence(worth: &Worth, fork: &Fork) -> String {
    let futures = words::count(worth.futures);
    let mut clear = 0;
    let mut looked_at = 0;
    for (_, option) in others(fork) {
        for (measure, effect) in worth.measures.iter().zip(&option.effects) {
            looked_at += usize::from(difference(effect).is_some());
            clear += usize::from(verdict(measure, effect).is_some());
        }
    }
    match (looked_at, clear) {
        (0, _) => "No other option has a figure to compare.".to_owned(),
        (_, 0) => format!(
            "In {futures} futures that begin exactly like yours, no other option makes a difference that is \
             told apart from chance."
        ),
        (all, some) => format!(
            "In {futures} futures that begin exactly like yours, {some} of {all} differences to other options \
             are told apart from chance."
        ),
    }
}

fn draw(
    id: &str,
    worth: &Worth,
    fork: &Fork,
    shown: &[usize],
    (title, about): (&str, &str),
) -> Markup {
    let rows = others(fork).take(OPTIONS).count() as f64;
    let height = HEAD + shown.len() as f64 * (GROUP + rows * ROW + 4.0) + 8.0;
    let mut canvas = Canvas::new(id, height, title, about);
    let zero = LEFT + WIDTH / 2.0;
    canvas.text("axis-title", (zero - 8.0, 14.0), Anchor::End, "\u{2190} worse than yours");
    canvas.text("axis-title", (zero + 8.0, 14.0), Anchor::Start, "better than yours \u{2192}");
    let mut y = HEAD;
    for m in shown {
        let measure = &worth.measures[*m];
        group(&mut canvas, y, measure);
        let reach = reach(fork, *m);
        let scale = Scale::linear((-reach, reach), (LEFT, LEFT + WIDTH));
        let bottom = y + GROUP + rows * ROW;
        canvas.line("zero", (zero, y + GROUP), (zero, bottom));
        y += GROUP;
        for (i, option) in others(fork).take(OPTIONS) {
            let name = format!("{}  {}", letter(i), option.text.trim());
            canvas.fitted("small", (16.0, y + 14.0), Anchor::Start, &name, LEFT - 34.0);
            if let Some(effect) = option.effects.get(*m) {
                row(&mut canvas, measure, effect, i, &scale, y);
            }
            y += ROW;
        }
        y += 4.0;
    }
    canvas.render()
}

fn group(canvas: &mut Canvas, y: f64, measure: &Measure) {
    let stripe = Area { left: 0.0, top: y + 2.0, width: Canvas::WIDTH, height: GROUP - 5.0 };
    canvas.rect("stripe", stripe);
    let name = words::titled(&measure.name);
    let used = crate::svg::width(&name, Canvas::FONT) * 1.12;
    canvas.fitted("bold", (8.0, y + 16.0), Anchor::Start, &name, Canvas::WIDTH - 16.0);
    let mut note = format!("{}: {}", words::unit(measure), measure.about);
    if !matches!(measure.better, "lower" | "higher") {
        note += "; to the right is higher, neither way is better";
    }
    let from = 8.0 + used + 12.0;
    if from < Canvas::WIDTH - 80.0 {
        canvas.fitted(
            "small dim",
            (from, y + 16.0),
            Anchor::Start,
            &note,
            Canvas::WIDTH - from - 8.0,
        );
    }
}

/// How far the scale of a measure goes on both sides of zero.
fn reach(fork: &Fork, m: usize) -> f64 {
    let all: Vec<Estimate> =
        others(fork).filter_map(|(_, o)| difference(o.effects.get(m)?)).collect();
    let value = all.iter().map(|e| e.value.abs()).fold(0.0, f64::max);
    let ends = all.iter().flat_map(|e| [e.low.abs(), e.high.abs()]).filter(|v| v.is_finite());
    let end = ends.fold(value, f64::max);
    // One interval that is very wide does not press all others to zero.
    let most = if value > 0.0 { end.min(value * 4.0) } else { end };
    if most > 0.0 { most * 1.08 } else { 1.0 }
}

fn row(
    canvas: &mut Canvas,
    measure: &Measure,
    effect: &ForkEffect,
    option: usize,
    scale: &Scale,
    y: f64,
) {
    let at = (LEFT + WIDTH + 14.0, y + 14.0);
    let room = Canvas::WIDTH - at.0 - 2.0;
    // The unit stands at the head of the group.
    let bare = Measure { unit: String::new(), ..measure.clone() };
    let mut text = difference_text(&bare, effect);
    if let Some(word) = verdict(measure, effect) {
        text = format!("{word}: {text}");
    }
    let class = if effect.is_clear { "small bold" } else { "small" };
    canvas.fitted(class, at, Anchor::Start, &text, room);
    let Some(e) = difference(effect) else { return };
    if effect.shares.1 >= 1.0 {
        return;
    }
    let place = if measure.better == "lower" {
        Estimate { value: -e.value, low: -e.high, high: -e.low }
    } else {
        e
    };
    Ink(option).interval(canvas, scale, y + 10.0, (place, effect.is_clear));
}

fn table(worth: &Worth, fork: &Fork) -> Table {
    let caption = format!("Every option and outcome, over {} futures", words::count(worth.futures));
    let mut table = Table::new(
        &caption,
        2,
        &[
            "outcome",
            "option",
            "in this very world",
            "mean over futures [95 %]",
            "difference from yours [95 %]",
            "better / the same / worse",
            "futures with a value",
        ],
    );
    for (m, measure) in worth.measures.iter().enumerate() {
        for (i, option) in fork.options.iter().enumerate() {
            let Some(effect) = option.effects.get(m) else { continue };
            table.rows.push(table_row(measure, fork, effect, i));
        }
    }
    table
}

fn table_row(measure: &Measure, fork: &Fork, effect: &ForkEffect, option: usize) -> Vec<String> {
    let is_taken = option == fork.taken;
    let (better, same, worse) = effect.shares;
    let shares = [better, same, worse].map(words::percent).join(" / ");
    let difference = match verdict(measure, effect) {
        _ if is_taken => "yours".to_owned(),
        Some(word) => format!("{} {word}", difference_text(measure, effect)),
        None => difference_text(measure, effect),
    };
    let none = || "no value".to_owned();
    vec![
        format!("{}, {}", words::titled(&measure.name), words::unit(measure)),
        if is_taken { format!("{} (yours)", letter(option)) } else { letter(option) },
        effect.here.map_or_else(none, words::number),
        effect.mean.map_or_else(none, words::estimate),
        difference,
        if is_taken { String::new() } else { shares },
        words::count(effect.values),
    ]
}
