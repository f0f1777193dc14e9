//! Curves as one picture of its own, legible on light and on dark paper: two panels in a row.

use hotwash_report::svg::{self, Anchor, Area, Canvas, Extent, Ink, Scale};

/// Values over something that grows.
pub(crate) struct Curve {
    /// What it is.
    pub name: String,
    /// Where and how much.
    pub points: Vec<(f64, f64)>,
    /// Whether it is drawn to compare with, and was not measured.
    pub is_reference: bool,
}

/// Some curves over the same thing.
pub(crate) struct Panel {
    /// What grows, from left to right.
    pub across: String,
    /// What is measured, and its unit.
    pub up: String,
    /// The curves.
    pub curves: Vec<Curve>,
}

const ROW: f64 = 286.0;
const TOP: f64 = 54.0;
const HEIGHT: f64 = 170.0;

/// What costs that grow by log n come to from a curve's first point on.
pub(crate) fn log_n(curve: &Curve) -> Curve {
    let (first, cost) = curve.points[0];
    let grown = |at: f64| cost * libm::log(at) / libm::log(first);
    Curve {
        name: "log n".to_owned(),
        points: curve.points.iter().map(|(at, _)| (*at, grown(*at))).collect(),
        is_reference: true,
    }
}

/// All panels as a file of SVG.
pub(crate) fn picture(panels: &[Panel]) -> String {
    let rows = panels.len().div_ceil(2) as f64;
    let mut canvas = Canvas::new(
        "scaling",
        rows * ROW,
        "What an event costs",
        "Nanoseconds and instructions per event over plugins, customers and pending entries",
    );
    for (i, panel) in panels.iter().enumerate() {
        let (column, row) = ((i % 2) as f64, (i / 2) as f64);
        let area = Area {
            left: 62.0 + column * Canvas::WIDTH / 2.0,
            top: TOP + row * ROW,
            width: Canvas::WIDTH / 2.0 - 92.0,
            height: HEIGHT,
        };
        draw(&mut canvas, area, panel);
    }
    // A picture by itself brings its own style and paper.
    let style = format!("<style>{}svg.picture {{ background: var(--paper); }}</style>", svg::STYLE);
    let drawn = canvas.render().into_string();
    let inside = drawn.find('>').map_or(0, |at| at + 1);
    format!("{}{style}{}\n", &drawn[..inside], &drawn[inside..])
}

fn draw(canvas: &mut Canvas, area: Area, panel: &Panel) {
    let measured = |pick: fn(&(f64, f64)) -> f64| {
        let points = panel.curves.iter().flat_map(|c| &c.points).map(pick);
        Extent::of(points.filter(|v| v.is_finite()))
    };
    let (Some(across), Some(up)) = (measured(|p| p.0), measured(|p| p.1)) else { return };
    let x = Scale::log(across.domain(), (area.left, area.right()));
    let y = Scale::linear((0.0, up.high * 1.08), (area.bottom(), area.top));
    let names: Vec<(Ink, &str)> =
        panel.curves.iter().enumerate().map(|(i, c)| (Ink(i), c.name.as_str())).collect();
    let above = Area {
        left: area.left - 40.0,
        top: area.top - 46.0,
        width: area.width + 60.0,
        height: 20.0,
    };
    svg::legend(canvas, above, &names);
    svg::left_axis(canvas, area, &y, &panel.up);
    bottom(canvas, area, &x, panel);
    for (i, curve) in panel.curves.iter().enumerate() {
        let points: Vec<(f64, f64)> = curve
            .points
            .iter()
            .filter(|p| p.1.is_finite())
            .map(|p| (x.at(p.0), y.at(p.1)))
            .collect();
        canvas.path(&Ink(i).line(), &points, false);
        if !curve.is_reference {
            points.iter().for_each(|at| Ink(i).marker(canvas, *at, false));
        }
    }
}

/// The axis below, with a tick wherever something was measured.
fn bottom(canvas: &mut Canvas, area: Area, scale: &Scale, panel: &Panel) {
    let floor = area.bottom();
    canvas.line("axis", (area.left, floor), (area.right(), floor));
    let longest = panel.curves.iter().max_by_key(|curve| curve.points.len());
    for (at, _) in longest.map_or(&[][..], |curve| &curve.points) {
        let x = scale.at(*at);
        canvas.line("axis", (x, floor), (x, floor + 4.0));
        canvas.text("small", (x, floor + 17.0), Anchor::Middle, &short(*at));
    }
    let middle = area.left + area.width / 2.0;
    canvas.text("axis-title", (middle, floor + 36.0), Anchor::Middle, &panel.across);
}

/// A round number in few characters.
fn short(number: f64) -> String {
    match number {
        n if n >= 1e6 => format!("{} M", n / 1e6),
        n if n >= 1e3 => format!("{} k", n / 1e3),
        n => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_stands_by_itself_and_holds_every_point() {
        let points = vec![(10.0, 40.0), (100.0, 44.0), (1000.0, 52.0)];
        let measured = Curve { name: "measured".to_owned(), points, is_reference: false };
        let reference = log_n(&measured);
        assert_eq!(reference.points[1], (100.0, 80.0));
        let curves = vec![measured, reference];
        let panel = Panel { across: "entries".to_owned(), up: "ns per event".to_owned(), curves };
        let drawn = picture(&[panel]);
        assert!(drawn.starts_with("<svg ") && drawn.trim_end().ends_with("</svg>"));
        assert!(drawn.contains("prefers-color-scheme: dark"), "legible on dark paper too");
        // One circle in the legend, one a point; the reference has no marks but in the legend.
        assert_eq!(drawn.matches("<circle").count(), 4);
        assert!(drawn.contains("entries") && drawn.contains("ns per event"));
    }
}
