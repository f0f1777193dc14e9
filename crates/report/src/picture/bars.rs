//! Level bars with whiskers, one or two per name; hatched where a number is a guess.

use hotwash_lab::stats::Estimate;
use maud::Markup;

use crate::svg::{Anchor, Area, Canvas, Extent, Grid, Ink, Scale, bottom_axis, zero_line};

/// A name and its bars.
pub(super) struct Bar {
    pub(super) name: String,
    /// What is said quietly under the name.
    pub(super) note: String,
    pub(super) is_hatched: bool,
    pub(super) ink: Ink,
    /// The bars from top to bottom, each with the figure printed beside it.
    pub(super) values: Vec<(Estimate, String)>,
}

pub(super) struct Bars<'a> {
    pub(super) id: &'a str,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) bars: &'a [Bar],
    pub(super) axis: String,
    /// Heads the printed figures.
    pub(super) figures: String,
    /// Whether the axis holds shares, to be written as percentages.
    pub(super) is_shares: bool,
    /// Names of the bars of one name, if there are several.
    pub(super) kinds: &'a [&'a str],
}

const NAMES: f64 = 262.0;
const FIGURES: f64 = 190.0;
const BAR: f64 = 17.0;

fn height(bar: &Bar) -> f64 {
    (bar.values.len() as f64 * BAR).max(30.0) + 10.0
}

/// How many bars fit on a page.
pub(super) const MOST: usize = 16;

pub(super) fn draw(bars: &Bars<'_>) -> Markup {
    let top = 28.0;
    let area = Area {
        left: NAMES + 10.0,
        top,
        width: Canvas::WIDTH - NAMES - FIGURES - 34.0,
        height: bars.bars.iter().map(height).sum::<f64>() + 4.0,
    };
    let mut canvas = Canvas::new(bars.id, area.bottom() + 46.0, &bars.title, &bars.about);
    let values =
        bars.bars.iter().flat_map(|b| &b.values).flat_map(|(e, _)| [e.low, e.value, e.high]);
    let extent = Extent::of(values).unwrap_or(Extent { low: 0.0, high: 1.0 }).with(0.0);
    // Zero stays at the edge unless an interval goes below it.
    let room = (extent.high - extent.low) * 0.05;
    let low = if extent.low < 0.0 { extent.low - room } else { 0.0 };
    let domain = (low, extent.high + room);
    let range = (area.left, area.right());
    let scale =
        if bars.is_shares { Scale::shares(domain, range) } else { Scale::linear(domain, range) };
    bottom_axis(&mut canvas, area, &scale, &bars.axis, Grid::Lines);
    let at = (area.right() + 14.0, 14.0);
    canvas.fitted("small dim", at, Anchor::Start, &bars.figures, Canvas::WIDTH - at.0);
    if bars.kinds.len() > 1 {
        let text = format!("upper bar: {}; lower bar: {}", bars.kinds[0], bars.kinds[1]);
        canvas.fitted("small dim", (area.left, 14.0), Anchor::Start, &text, area.width);
    }
    let mut y = top + 4.0;
    for bar in bars.bars {
        one(&mut canvas, bar, y, &scale, area);
        y += height(bar);
    }
    zero_line(&mut canvas, area, &scale);
    canvas.render()
}

fn one(canvas: &mut Canvas, bar: &Bar, y: f64, scale: &Scale, area: Area) {
    canvas.fitted("", (8.0, y + 14.0), Anchor::Start, &bar.name, NAMES - 10.0);
    canvas.fitted("small dim", (8.0, y + 29.0), Anchor::Start, &bar.note, NAMES - 10.0);
    let slack = (height(bar) - 10.0 - bar.values.len() as f64 * BAR) / 2.0;
    for (i, (e, figure)) in bar.values.iter().enumerate() {
        let top = y + slack + i as f64 * BAR;
        let at = (area.right() + 14.0, top + 13.0);
        canvas.fitted("", at, Anchor::Start, figure, Canvas::WIDTH - at.0);
        if !e.value.is_finite() {
            continue;
        }
        let (zero, end) = (scale.at(0.0), scale.at(e.value));
        let place = Area {
            left: zero.min(end),
            top: top + 2.0,
            width: (end - zero).abs(),
            height: BAR - 4.0,
        };
        let pale = if i > 0 { " pale" } else { "" };
        let guess = if bar.is_hatched { " guess" } else { "" };
        canvas.rect(&format!("bar {}{guess}{pale}", bar.ink.fill()), place);
        if bar.is_hatched {
            canvas.hatched(place);
        }
        let middle = top + BAR / 2.0;
        let low = if e.low.is_nan() { f64::NEG_INFINITY } else { e.low };
        let high = if e.high.is_nan() { f64::INFINITY } else { e.high };
        canvas.line("whisker", (scale.at(low), middle), (scale.at(high), middle));
        for end in [low, high].into_iter().filter(|v| scale.holds(*v)) {
            let x = scale.at(end);
            canvas.line("whisker", (x, middle - 4.0), (x, middle + 4.0));
        }
    }
}
