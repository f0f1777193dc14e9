//! The share of worlds in which something has not happened yet, over time.

use hotwash_lab::findings::{Comparison, Survival};
use hotwash_lab::stats::Estimate;

use super::{Figure, Table, arm, base};
use crate::svg::{
    Anchor, Area, Canvas, Extent, Grid, Ink, Scale, bottom_axis, fit, left_axis, legend, spread,
};
use crate::words;

type Curve = [(f64, Estimate)];

/// The first time at which it has happened in at least half of the worlds, by the curve or by an end of
/// its band.
fn half(curve: &Curve, of: impl Fn(&Estimate) -> f64) -> Option<f64> {
    curve.iter().find(|(_, e)| of(e) <= 0.5).map(|(time, _)| *time)
}

/// That time with the interval that the curve's band gives it; without end where the band's upper edge
/// does not come down to a half.
fn median(curve: &Curve) -> Option<Estimate> {
    let value = half(curve, |e| e.value)?;
    let low = half(curve, |e| e.low).unwrap_or(value).min(value);
    let high = half(curve, |e| e.high).unwrap_or(f64::INFINITY);
    Some(Estimate { value, low, high })
}

/// The share that is left at the end: never, as far as was watched.
fn never(curve: &Curve) -> Option<Estimate> {
    curve.last().map(|(_, e)| *e)
}

/// One time, all policies.
pub fn survival(id: &str, finding: &Comparison, time: &Survival) -> Figure {
    let heading = format!("How long it takes: {}", time.measure.name);
    let times = time.curves.iter().flatten().map(|(t, _)| *t);
    let Some(extent) = Extent::of(times) else {
        return Figure::empty(
            &heading,
            &format!("in no world does it happen: {} has no value", time.measure.name),
        );
    };
    let sentence = sentence(finding, time);
    let drawing = draw(id, finding, time, extent, (&heading, &sentence));
    let caption = format!(
        "{}. Each curve falls as it happens in more worlds; what is left at the right edge never \
         happens within the simulated time. Shares with 95 % intervals. {}.",
        words::sentence(&time.measure.about).trim_end_matches('.'),
        base(&finding.header)
    );
    Figure { heading, sentence, drawing: Some(drawing), caption, table: table(finding, time) }
}

fn draw(
    id: &str,
    finding: &Comparison,
    time: &Survival,
    extent: Extent,
    (heading, sentence): (&str, &str),
) -> maud::Markup {
    let names: Vec<String> = (0..time.curves.len()).map(|i| arm(&finding.arms, i)).collect();
    let inks: Vec<(Ink, &str)> =
        names.iter().enumerate().map(|(i, name)| (Ink(i), name.as_str())).collect();
    let legend_area = Area { left: 8.0, top: 0.0, width: Canvas::WIDTH - 16.0, height: 0.0 };
    let used = legend(&mut Canvas::new(id, 0.0, "", ""), legend_area, &inks);
    let margin = 272.0;
    let area =
        Area { left: 58.0, top: used + 34.0, width: Canvas::WIDTH - 58.0 - margin, height: 300.0 };
    let mut canvas = Canvas::new(id, area.bottom() + 46.0, heading, sentence);
    legend(&mut canvas, legend_area, &inks);
    let extent = extent.with(0.0);
    let x = Scale::linear(extent.domain(), (area.left, area.right()));
    let y = Scale::shares((0.0, 1.0), (area.bottom(), area.top));
    bottom_axis(&mut canvas, area, &x, &words::axis(&time.measure), Grid::Lines);
    left_axis(&mut canvas, area, &y, "not yet (% of worlds)");
    for (index, curve) in time.curves.iter().enumerate() {
        canvas.path(&Ink(index).line(), &steps(curve, &x, &y), false);
        if let Some(at) = median(curve) {
            Ink(index).marker(&mut canvas, (x.at(at.value), y.at(0.5)), false);
        }
    }
    let ends: Vec<(usize, Estimate)> =
        time.curves.iter().enumerate().filter_map(|(i, c)| Some((i, never(c)?))).collect();
    let wanted: Vec<f64> = ends.iter().map(|(_, e)| y.at(e.value)).collect();
    let places = spread(&wanted, 17.0, (area.top, area.bottom()));
    for ((index, e), place) in ends.iter().zip(places) {
        let from = (area.right(), y.at(e.value));
        canvas.line("leader", from, (area.right() + 12.0, place));
        let share = words::percent_estimate(*e);
        let room = margin - 18.0 - crate::svg::width(&format!(": never {share}"), Canvas::FONT);
        let name = fit(&names[*index], room.max(30.0), Canvas::FONT);
        let at = (area.right() + 16.0, place + 4.0);
        canvas.text("", at, Anchor::Start, &format!("{name}: never {share}"));
    }
    canvas.render()
}

/// All worlds at first; level until something happens, then down; level to the right edge.
fn steps(curve: &Curve, x: &Scale, y: &Scale) -> Vec<(f64, f64)> {
    if curve.is_empty() {
        return Vec::new();
    }
    let (left, right) = x.domain();
    let mut out = vec![(x.at(left), y.at(1.0))];
    let mut level = y.at(1.0);
    for (time, e) in curve {
        let here = x.at(*time);
        out.push((here, level));
        level = y.at(e.value);
        out.push((here, level));
    }
    out.push((x.at(right), level));
    out
}

fn sentence(finding: &Comparison, time: &Survival) -> String {
    let unit = words::unit(&time.measure);
    let mut known: Vec<(Estimate, String)> = Vec::new();
    let mut without: Vec<String> = Vec::new();
    for (index, curve) in time.curves.iter().enumerate() {
        match median(curve) {
            Some(at) => known.push((at, arm(&finding.arms, index))),
            None => without.push(arm(&finding.arms, index)),
        }
    }
    known.sort_by(|a, b| a.0.value.total_cmp(&b.0.value));
    let at =
        |(e, name): &(Estimate, String)| format!("{} {unit} under {name}", words::number(e.value));
    let mut out = match known.as_slice() {
        [] => "Under no policy does it happen in half of the worlds.".to_owned(),
        [one] => format!(
            "Of the times looked at, it has first happened in half of the worlds by {}.",
            at(one)
        ),
        [first, .., last] => format!(
            "Of the times looked at, it has first happened in half of the worlds by {}, the soonest, and by {}, the latest{}{}.",
            at(first),
            at(last),
            if without.is_empty() { "" } else { " of those that come to a half" },
            if last.0.low <= first.0.high {
                "; these intervals overlap, so the order may be chance"
            } else {
                ""
            },
        ),
    };
    if !without.is_empty() && !known.is_empty() {
        out += &format!(" Under {} it does not happen in half of them.", words::list(&without, 6));
    }
    out
}

fn table(finding: &Comparison, time: &Survival) -> Table {
    let unit = words::unit(&time.measure);
    let caption = format!("{} in {unit}", time.measure.name);
    let mut table = Table::new(
        &caption,
        1,
        &["policy", "in a quarter by", "in half by", "in three quarters by", "never [95 %]"],
    );
    for (index, curve) in time.curves.iter().enumerate() {
        let mut row = vec![arm(&finding.arms, index)];
        for left in [0.75, 0.5, 0.25] {
            let at = curve.iter().find(|(_, e)| e.value <= left).map(|(t, _)| words::number(*t));
            row.push(at.unwrap_or_else(|| "not reached".to_owned()));
        }
        row.push(never(curve).map_or_else(|| "no value".to_owned(), words::percent_estimate));
        table.rows.push(row);
    }
    table
}
