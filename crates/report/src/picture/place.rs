//! Where a run fell among other worlds of its scenario: one row per outcome, each on its own scale.

use hotwash_exercise::debrief::{Place, Worth};
use hotwash_lab::findings::Measure;
use maud::Markup;

use super::{Figure, Table};
use crate::svg::{Anchor, Area, Canvas, Extent, Scale};
use crate::words;

const ROW: f64 = 44.0;
const TOP: f64 = 44.0;
const LEFT: f64 = 228.0;
const WIDTH: f64 = 318.0;
/// Outcomes that are drawn; the table has all.
const MOST: usize = 24;

/// A place and the measure it is about, where there is something to say.
pub fn placed(worth: &Worth) -> Vec<(&Measure, &Place)> {
    let all = worth.places.iter();
    all.filter_map(|p| Some((worth.measures.get(p.measure)?, p))).collect()
}

/// Where a run fell, in words: `better than in 61 % of 512 worlds`.
pub fn standing(measure: &Measure, place: &Place) -> String {
    let worlds = words::counted(place.values as usize, "world", "worlds");
    if place.value.is_none() {
        return match place.values {
            0 => "no value in this run, nor in any other world".to_owned(),
            n => format!(
                "no value in this run; {} of {} other worlds have one",
                words::count(n),
                words::count(place.worlds)
            ),
        };
    }
    if place.values == 0 {
        return format!("none of {} other worlds has a value", words::count(place.worlds));
    }
    let higher = (1.0 - place.lower - place.equal).max(0.0);
    let (share, word) = match measure.better {
        "lower" if higher >= place.lower => (higher, "better than"),
        "lower" => (place.lower, "worse than"),
        "higher" if place.lower >= higher => (place.lower, "better than"),
        "higher" => (higher, "worse than"),
        _ if higher >= place.lower => (higher, "lower than"),
        _ => (place.lower, "higher than"),
    };
    if place.equal >= 0.5 {
        return format!("the same as in {} of {worlds}", words::percent(place.equal));
    }
    format!("{word} in {} of {worlds}", words::percent(share))
}

/// The picture.
pub fn places(id: &str, worth: &Worth) -> Figure {
    let heading = "Where this run fell among other worlds";
    let rows = placed(worth);
    if rows.iter().all(|(_, p)| p.quantiles.is_none()) {
        return Figure::empty(heading, "no other world has been run yet");
    }
    let sentence = sentence(&rows);
    Figure {
        heading: heading.to_owned(),
        drawing: Some(draw(id, &rows[..rows.len().min(MOST)], heading, &sentence)),
        sentence,
        caption: format!(
            "The diamond is this run. The line in the box is the median of {} other worlds of the scenario \
             that the policy plays by itself; the box holds the middle half of them, the pale bar 90 %. Other \
             worlds have other luck and other choices, so a good place is not merit alone: the forks below hold \
             the luck fixed.",
            words::count(worth.places.iter().map(|p| p.worlds).max().unwrap_or(0))
        ),
        table: table(&rows),
    }
}

fn sentence(rows: &[(&Measure, &Place)]) -> String {
    let known = rows.iter().filter(|(_, p)| p.value.is_some() && p.values > 0);
    let outside: Vec<String> = known
        .filter(|(_, p)| {
            let (Some(value), Some(q)) = (p.value, p.quantiles) else { return false };
            value < q[0] || value > q[4]
        })
        .map(|(m, p)| format!("{} ({})", words::titled(&m.name).to_lowercase(), standing(m, p)))
        .collect();
    if outside.is_empty() {
        return "Every outcome lies within the middle 90 % of other worlds.".to_owned();
    }
    words::sentence(&format!(
        "Outside the middle 90 % of other worlds: {}",
        words::list(&outside, 4)
    ))
}

fn draw(id: &str, rows: &[(&Measure, &Place)], title: &str, about: &str) -> Markup {
    let height = TOP + rows.len() as f64 * ROW + 6.0;
    let mut canvas = Canvas::new(id, height, title, about);
    canvas.text("axis-title", (8.0, 14.0), Anchor::Start, "outcome and unit");
    canvas.text("axis-title", (LEFT, 14.0), Anchor::Start, "each on its own scale");
    canvas.text("axis-title", (LEFT + WIDTH + 20.0, 14.0), Anchor::Start, "this run");
    for (i, (measure, place)) in rows.iter().enumerate() {
        row(&mut canvas, measure, place, TOP + i as f64 * ROW);
    }
    canvas.render()
}

fn row(canvas: &mut Canvas, measure: &Measure, place: &Place, y: f64) {
    let name = words::titled(&measure.name);
    canvas.fitted("bold", (8.0, y + 4.0), Anchor::Start, &name, LEFT - 24.0);
    let unit = format!("{}, {}", words::unit(measure), words::direction(measure));
    canvas.fitted("small dim", (8.0, y + 19.0), Anchor::Start, &unit, LEFT - 24.0);
    let x = LEFT + WIDTH + 20.0;
    let value = place.value.map_or_else(|| "no value".to_owned(), words::number);
    canvas.fitted("bold", (x, y + 4.0), Anchor::Start, &value, Canvas::WIDTH - x);
    canvas.fitted(
        "small",
        (x, y + 19.0),
        Anchor::Start,
        &standing(measure, place),
        Canvas::WIDTH - x,
    );
    let seen = place.quantiles.into_iter().flatten().chain(place.value);
    let Some(extent) = Extent::of(seen) else { return };
    let scale = Scale::linear(extent.padded(0.04).domain(), (LEFT, LEFT + WIDTH));
    let middle = y + 3.0;
    canvas.line("grid", (LEFT, middle), (LEFT + WIDTH, middle));
    if let Some(q) = place.quantiles.filter(|q| q.iter().all(|v| v.is_finite())) {
        for (low, high, class) in [(q[0], q[4], "box outer"), (q[1], q[3], "box")] {
            let (left, right) = (scale.at(low), scale.at(high));
            let width = (right - left).max(1.0);
            canvas.rect(class, Area { left, top: middle - 7.0, width, height: 14.0 });
        }
        canvas.line("median", (scale.at(q[2]), middle - 7.0), (scale.at(q[2]), middle + 7.0));
    }
    for (value, anchor) in [(extent.low, Anchor::Start), (extent.high, Anchor::End)] {
        if extent.high > extent.low || anchor == Anchor::Start {
            canvas.text("tiny dim", (scale.at(value), y + 21.0), anchor, &words::short(value));
        }
    }
    if let Some(value) = place.value.filter(|v| v.is_finite()) {
        let x = scale.at(value);
        let points = [(x, middle - 8.0), (x + 7.0, middle), (x, middle + 8.0), (x - 7.0, middle)];
        canvas.path("here", &points, true);
    }
}

fn table(rows: &[(&Measure, &Place)]) -> Table {
    let mut table = Table::new(
        "This run among other worlds",
        2,
        &[
            "outcome",
            "unit",
            "this run",
            "5 %",
            "25 %",
            "median",
            "75 %",
            "95 %",
            "lower",
            "the same",
            "worlds with a value",
        ],
    );
    for (measure, place) in rows {
        let none = || "no value".to_owned();
        let mut row = vec![words::titled(&measure.name), words::unit(measure).to_owned()];
        row.push(place.value.map_or_else(none, words::number));
        match place.quantiles {
            Some(q) => row.extend(q.map(words::number)),
            None => row.extend(std::iter::repeat_n(String::new(), 5)),
        }
        row.push(words::percent(place.lower));
        row.push(words::percent(place.equal));
        row.push(format!("{} of {}", words::count(place.values), words::count(place.worlds)));
        table.rows.push(row);
    }
    table
}
