//! Where the difference between two policies comes from: Shapley shares as steps that sum to it.

use hotwash_lab::findings::{Measure, Shapley, ShapleyShare, Value};
use hotwash_lab::stats::Estimate;

use super::{Figure, Table};
use crate::svg::{Anchor, Area, Canvas, Extent, Grid, Scale, bottom_axis, zero_line};
use crate::words;

/// Choices drawn one by one; smaller ones are drawn as one step.
const MOST: usize = 18;
const ROW: f64 = 34.0;
const NAMES: f64 = 252.0;
const FIGURES: f64 = 290.0;

/// A step from one level to the next.
struct Step {
    name: String,
    note: String,
    from: f64,
    to: f64,
    /// Its interval, around where it ends.
    share: Option<Estimate>,
    figure: String,
}

/// One metric's shares.
pub fn shapley(id: &str, finding: &Value, shapley: &Shapley, metric: usize) -> Figure {
    let (Some(measure), Some(total)) =
        (finding.measures.get(metric), shapley.differences.get(metric))
    else {
        return Figure::empty("Where the difference comes from", "the metric was not shared out");
    };
    let heading = format!(
        "Where the difference in {} comes from: {} to {}",
        measure.name, shapley.from, shapley.to
    );
    let (count, walked) = (shapley.counts.get(metric).copied().unwrap_or(0), shapley.worlds);
    if count == 0 {
        return Figure::empty(
            &heading,
            "no world has a value at every step, so nothing is shared out",
        );
    }
    let mut choices: Vec<(&ShapleyShare, Estimate)> = shapley
        .choices
        .iter()
        .filter_map(|c| Some((c, *c.shares.get(metric)?)))
        .filter(|(_, e)| e.value.is_finite())
        .collect();
    if choices.is_empty() || !total.value.is_finite() {
        return Figure::empty(
            &heading,
            "the two policies do not differ in any choice that could be examined",
        );
    }
    choices.sort_by(|a, b| b.1.value.abs().total_cmp(&a.1.value.abs()));
    let steps = steps(&choices, *total, (shapley, measure, metric));
    let sentence = sentence(&choices, *total, (shapley, measure, metric));
    let drawing = draw(id, &steps, measure, (&heading, &sentence));
    let caption = format!(
        "Each world is walked from {} to {}, one choice switched at a time; a choice's share is what it \
         adds when it is switched, averaged over {} (Shapley value), and all shares sum to the mean \
         difference. Whiskers are 95 % intervals of the shares. Steps to the left, hatched, lower {}; \
         steps to the right raise it. A word - better, worse, lower, higher - stands where a share is \
         clear of zero although all are looked at together: the chance that any of these words is wrong \
         is at most 5 % (Holm). {}, seed {}{}.",
        shapley.from,
        shapley.to,
        orders(shapley),
        measure.name,
        words::worlds(count, walked),
        finding.header.seed,
        if count < walked {
            "; in the others it has no value at some step, and the difference there may be another one"
        } else {
            ""
        }
    );
    Figure {
        heading,
        sentence,
        drawing: Some(drawing),
        caption,
        table: table(&choices, *total, (shapley, measure, metric)),
    }
}

/// The orders gone through, in words.
fn orders(shapley: &Shapley) -> String {
    let orders = words::count(shapley.orders);
    let choices = words::counted(shapley.choices.len(), "choice", "choices");
    if shapley.is_exact {
        format!("all {orders} orders of the {choices}")
    } else {
        format!("{orders} random orders of the {choices}, half of them reversed")
    }
}

/// What is shared out, its metric, and the metric's position.
type Shared<'a> = (&'a Shapley, &'a Measure, usize);

fn is_clear(choice: &ShapleyShare, metric: usize) -> bool {
    choice.is_clear.get(metric).copied().unwrap_or(false)
}

/// A share as the text output has it: `none` where it has no part, a word where it is clear.
fn figure(choice: &ShapleyShare, e: Estimate, (_, measure, metric): Shared<'_>) -> String {
    if e.value == 0.0 && e.half_width() == 0.0 {
        return "none".to_owned();
    }
    let text = words::signed(e);
    if is_clear(choice, metric) { format!("{text} {}", words::way(measure, e.value)) } else { text }
}

fn steps(choices: &[(&ShapleyShare, Estimate)], total: Estimate, shared: Shared<'_>) -> Vec<Step> {
    let shapley = shared.0;
    let mut out = Vec::new();
    let mut level = 0.0;
    for (choice, e) in choices.iter().take(MOST) {
        let to = level + e.value;
        out.push(Step {
            name: choice.name.clone(),
            note: format!("{} \u{2192} {}", choice.from, choice.to),
            from: level,
            to,
            share: Some(*e),
            figure: figure(choice, *e, shared),
        });
        level = to;
    }
    let rest: f64 = choices.iter().skip(MOST).map(|(_, e)| e.value).sum();
    if choices.len() > MOST {
        out.push(Step {
            name: format!("{} smaller ones", choices.len() - MOST),
            note: "each by itself in the table".to_owned(),
            from: level,
            to: level + rest,
            share: None,
            figure: words::number(rest),
        });
        level += rest;
    }
    // Shares must sum to the difference; if they do not, the picture says so.
    if (total.value - level).abs() > 1e-6 * total.value.abs().max(level.abs()).max(1e-9) {
        out.push(Step {
            name: "not shared out".to_owned(),
            note: "the shares do not sum to the difference".to_owned(),
            from: level,
            to: total.value,
            share: None,
            figure: words::number(total.value - level),
        });
    }
    out.push(Step {
        name: "together".to_owned(),
        note: format!("{} \u{2212} {}", shapley.to, shapley.from),
        from: 0.0,
        to: total.value,
        share: Some(total),
        figure: words::signed(total),
    });
    out
}

fn draw(id: &str, steps: &[Step], measure: &Measure, (title, about): (&str, &str)) -> maud::Markup {
    let area = Area {
        left: NAMES + 10.0,
        top: 40.0,
        width: Canvas::WIDTH - NAMES - FIGURES - 30.0,
        height: steps.len() as f64 * ROW + 4.0,
    };
    let mut canvas = Canvas::new(id, area.bottom() + 46.0, title, about);
    let ends = steps.iter().flat_map(|s| {
        let (low, high) = whisker(s).unwrap_or((s.to, s.to));
        [s.from, s.to, low, high]
    });
    let extent = Extent::of(ends).unwrap_or(Extent { low: -1.0, high: 1.0 }).with(0.0).padded(0.05);
    let scale = Scale::linear(extent.domain(), (area.left, area.right()));
    let axis = format!("change: {}", words::axis(measure));
    bottom_axis(&mut canvas, area, &scale, &axis, Grid::Lines);
    zero_line(&mut canvas, area, &scale);
    let sides = super::effects::sides(measure.better);
    canvas.text("bold", (area.left, 28.0), Anchor::Start, &format!("\u{2190} {}", sides.0));
    canvas.text("bold", (area.right(), 28.0), Anchor::End, &format!("{} \u{2192}", sides.1));
    let at = (area.right() + 14.0, 12.0);
    let head = format!("{} [95 %]", words::unit(measure));
    canvas.fitted("small dim", at, Anchor::Start, &head, Canvas::WIDTH - at.0);
    for (i, step) in steps.iter().enumerate() {
        one(&mut canvas, step, area.top + 4.0 + i as f64 * ROW, &scale, area, i + 1 == steps.len());
    }
    canvas.render()
}

/// The interval of a share, moved to where its step ends.
fn whisker(step: &Step) -> Option<(f64, f64)> {
    let e = step.share?;
    Some((step.from + e.low, step.from + e.high))
}

fn one(canvas: &mut Canvas, step: &Step, y: f64, scale: &Scale, area: Area, is_total: bool) {
    let class = if is_total { "bold" } else { "" };
    canvas.fitted(class, (8.0, y + 13.0), Anchor::Start, &step.name, NAMES - 10.0);
    canvas.fitted("small dim", (8.0, y + 27.0), Anchor::Start, &step.note, NAMES - 10.0);
    let at = (area.right() + 14.0, y + 19.0);
    canvas.fitted(class, at, Anchor::Start, &step.figure, Canvas::WIDTH - at.0);
    let (from, to) = (scale.at(step.from), scale.at(step.to));
    let bar =
        Area { left: from.min(to), top: y + 6.0, width: (to - from).abs().max(1.0), height: 18.0 };
    let falls = step.to < step.from;
    let ink = if is_total {
        "bar f6"
    } else if falls {
        "bar minus"
    } else {
        "bar plus"
    };
    canvas.rect(ink, bar);
    if falls && !is_total {
        canvas.hatched(bar);
    }
    if !is_total {
        canvas.line("leader", (to, y + 24.0), (to, y + ROW + 6.0));
    }
    if let Some((low, high)) = whisker(step) {
        let (left, right, middle) = (scale.at(low), scale.at(high), y + 15.0);
        canvas.line("whisker", (left, middle), (right, middle));
        canvas.line("whisker", (left, middle - 4.0), (left, middle + 4.0));
        canvas.line("whisker", (right, middle - 4.0), (right, middle + 4.0));
    }
}

fn sentence(
    choices: &[(&ShapleyShare, Estimate)],
    total: Estimate,
    (shapley, measure, metric): Shared<'_>,
) -> String {
    let unit = words::unit(measure);
    let (first, share) = choices[0];
    let clear = choices.iter().filter(|(c, _)| is_clear(c, metric)).count();
    let hedge = if is_clear(first, metric) { "" } else { ", which may be chance" };
    let untold = if total.is_clear() { "" } else { " (not told from zero)" };
    format!(
        "From {} to {}, {} changes by {} {unit}{untold}. The largest share is that of {}: {} {unit}{hedge}. \
         {clear} of {} have a share that is clear of zero, all looked at together.",
        shapley.from,
        shapley.to,
        measure.name,
        words::signed(total),
        first.name,
        words::signed(share),
        words::counted(choices.len(), "choice", "choices"),
    )
}

fn table(choices: &[(&ShapleyShare, Estimate)], total: Estimate, shared: Shared<'_>) -> Table {
    let (shapley, measure, _) = shared;
    let caption = format!("Shares in the difference, in {}", words::unit(measure));
    let mut table = Table::new(&caption, 4, &["choice", "sort", "from", "to", "share [95 %]"]);
    for (choice, e) in choices {
        table.rows.push(vec![
            choice.name.clone(),
            choice.sort.to_owned(),
            choice.from.clone(),
            choice.to.clone(),
            figure(choice, *e, shared),
        ]);
    }
    let row = ["together".to_owned(), String::new(), shapley.from.clone(), shapley.to.clone()];
    let mut row: Vec<String> = row.into();
    row.push(words::signed(total));
    table.rows.push(row);
    table
}
