//! The drawing kit: scales, ticks, axes, marks and text, as inline SVG.
//!
//! A picture is drawn on a [`Canvas`] in units of about one pixel. Colours come from [`STYLE`] by
//! class, so that a page can be light, dark or printed; series differ in colour, dash and marker, so
//! that they are told apart without colour.

mod axis;
mod canvas;
mod labels;
mod marks;
mod scale;
mod text;
mod ticks;

pub use axis::{Grid, bottom_axis, left_axis, zero_line};
pub use canvas::{Anchor, Area, Canvas};
pub use labels::{Placer, spread};
pub use marks::{Ink, legend};
pub use scale::{Extent, Scale, TickStyle};
pub use text::{clean, fit, width, wrap};
pub use ticks::{linear, log};

/// The style sheet that all pictures need once per page.
pub const STYLE: &str = concat!(include_str!("style.css"), include_str!("session.css"));
