//! Axes with round ticks, a grid, and a title that names the unit.

use super::canvas::{Anchor, Area, Canvas};
use super::scale::Scale;
use super::text::width;

/// Whether an axis draws its ticks through the whole picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grid {
    /// It does.
    Lines,
    /// It does not.
    None,
}

/// The axis under an area. `title` names what is measured and its unit.
pub fn bottom_axis(canvas: &mut Canvas, area: Area, scale: &Scale, title: &str, grid: Grid) {
    canvas.line("axis", (area.left, area.bottom()), (area.right(), area.bottom()));
    let wanted = (area.width / 90.0).max(2.0) as usize;
    let mut free_from = f64::NEG_INFINITY;
    for (value, label) in scale.ticks(wanted) {
        let x = scale.at(value);
        let half = width(&label, Canvas::SMALL) / 2.0;
        if grid == Grid::Lines {
            canvas.line("grid", (x, area.top), (x, area.bottom()));
        }
        canvas.line("axis", (x, area.bottom()), (x, area.bottom() + 4.0));
        if x - half >= free_from {
            let at = (x, area.bottom() + 17.0);
            canvas.text("small", at, Anchor::Middle, &label);
            free_from = x + half + 6.0;
        }
    }
    let at = (area.left + area.width / 2.0, area.bottom() + 36.0);
    canvas.fitted("axis-title", at, Anchor::Middle, title, Canvas::WIDTH - 20.0);
}

/// The axis left of an area; its title stands above it, level, so that it can be read.
pub fn left_axis(canvas: &mut Canvas, area: Area, scale: &Scale, title: &str) {
    let wanted = (area.height / 46.0).max(2.0) as usize;
    for (value, label) in scale.ticks(wanted) {
        let y = scale.at(value);
        canvas.line("grid", (area.left, y), (area.right(), y));
        canvas.text("small", (area.left - 7.0, y + 4.0), Anchor::End, &label);
    }
    canvas.line("axis", (area.left, area.top), (area.left, area.bottom()));
    if !title.is_empty() {
        let at = (area.left - 7.0 - widest(scale, wanted), area.top - 12.0);
        canvas.fitted("axis-title", at, Anchor::Start, title, area.right() - at.0);
    }
}

fn widest(scale: &Scale, wanted: usize) -> f64 {
    scale.ticks(wanted).iter().map(|(_, l)| width(l, Canvas::SMALL)).fold(0.0, f64::max)
}

/// The line at zero, if the scale holds it.
pub fn zero_line(canvas: &mut Canvas, area: Area, scale: &Scale) {
    if scale.holds(0.0) {
        let x = scale.at(0.0);
        canvas.line("zero", (x, area.top), (x, area.bottom()));
    }
}
