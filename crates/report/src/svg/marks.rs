//! Marks: points with error bars, lines, bands. Each series has a colour, a dash and a marker.

use hotwash_lab::stats::Estimate;

use super::canvas::{Anchor, Area, Canvas};
use super::scale::Scale;
use super::text::width;

/// How many colours there are; dashes and markers have other counts, so that pairs differ for long.
const COLOURS: usize = 8;
const DASHES: usize = 5;
const MARKERS: usize = 7;

/// How a series is drawn, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink(pub usize);

impl Ink {
    /// The class of its lines: colour and dash.
    pub fn line(self) -> String {
        format!("line c{} d{}", self.0 % COLOURS, self.0 % DASHES)
    }

    /// The class of its lines where they are never dashed: error bars.
    pub fn stroke(self) -> String {
        format!("line c{}", self.0 % COLOURS)
    }

    /// The class of its bands.
    pub fn band(self) -> String {
        format!("band f{}", self.0 % COLOURS)
    }

    /// The class of its filled marks.
    pub fn fill(self) -> String {
        format!("f{}", self.0 % COLOURS)
    }

    /// Its marker; hollow where a figure is not told from zero.
    pub fn marker(self, canvas: &mut Canvas, at: (f64, f64), is_hollow: bool) {
        let class = if is_hollow {
            format!("hollow c{}", self.0 % COLOURS)
        } else {
            format!("solid f{0} c{0}", self.0 % COLOURS)
        };
        let (x, y) = at;
        let r = 5.0;
        let shape = |points: &[(f64, f64)]| -> Vec<(f64, f64)> {
            points.iter().map(|(dx, dy)| (x + dx * r, y + dy * r)).collect()
        };
        let points = match self.0 % MARKERS {
            0 => return canvas.circle(&class, at, r),
            1 => shape(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
            2 => shape(&[(0.0, -1.15), (1.1, 0.9), (-1.1, 0.9)]),
            3 => shape(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
            4 => shape(&[(0.0, 1.15), (1.1, -0.9), (-1.1, -0.9)]),
            5 => shape(&[(-1.1, -0.5), (1.1, -0.5), (1.1, 0.5), (-1.1, 0.5)]),
            _ => shape(&[(-0.5, -1.1), (0.5, -1.1), (0.5, 1.1), (-0.5, 1.1)]),
        };
        canvas.path(&class, &points, true);
    }

    /// A level error bar with its point. Ends beyond the scale are arrows; a point beyond it is an
    /// arrow as well. The point is hollow where the figure is not clear.
    pub fn interval(
        self,
        canvas: &mut Canvas,
        scale: &Scale,
        y: f64,
        (e, is_clear): (Estimate, bool),
    ) {
        let class = self.stroke();
        if e.value.is_nan() {
            return;
        }
        let (low, high) = (whole(e.low, f64::NEG_INFINITY), whole(e.high, f64::INFINITY));
        let (left, right) = (scale.at(low), scale.at(high));
        canvas.line(&class, (left, y), (right, y));
        let domain = scale.domain();
        for (is_out, x, way) in [(low < domain.0, left, -1.0), (high > domain.1, right, 1.0)] {
            if is_out {
                let tip = [(x - way * 5.0, y - 4.0), (x + way * 3.0, y), (x - way * 5.0, y + 4.0)];
                canvas.path(&class, &tip, false);
            } else {
                canvas.line(&class, (x, y - 4.0), (x, y + 4.0));
            }
        }
        if scale.holds(e.value) {
            self.marker(canvas, (scale.at(e.value), y), !is_clear);
        }
    }

    /// An upright error bar, without its point.
    pub fn upright(self, canvas: &mut Canvas, scale: &Scale, x: f64, e: Estimate) {
        let (low, high) = (whole(e.low, f64::NEG_INFINITY), whole(e.high, f64::INFINITY));
        canvas.line(&self.stroke(), (x, scale.at(low)), (x, scale.at(high)));
    }
}

/// An end of an interval; one that is not known is infinitely far.
fn whole(end: f64, otherwise: f64) -> f64 {
    if end.is_nan() { otherwise } else { end }
}

/// Names of series with their line and marker, in rows within an area's width, from its top. Gives
/// the height used.
pub fn legend(canvas: &mut Canvas, area: Area, names: &[(Ink, &str)]) -> f64 {
    let (sample, gap, line) = (30.0, 22.0, 20.0);
    let (mut x, mut y) = (area.left, area.top + 12.0);
    for (ink, name) in names {
        let room = (area.width - sample - 8.0).min(300.0);
        let needed = sample + 8.0 + width(name, Canvas::FONT).min(room) + gap;
        if x > area.left && x + needed - gap > area.right() {
            x = area.left;
            y += line;
        }
        canvas.line(&ink.line(), (x, y - 4.0), (x + sample, y - 4.0));
        ink.marker(canvas, (x + sample / 2.0, y - 4.0), false);
        canvas.fitted("", (x + sample + 8.0, y), Anchor::Start, name, room);
        x += needed;
    }
    y - area.top + 8.0
}
