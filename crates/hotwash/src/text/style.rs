//! Signs, words and colours of the lanes.

use anstyle::{AnsiColor, Style};

/// A text style and how to wear it.
#[derive(Clone, Copy, Debug)]
pub struct Paint(Style);

/// Emphasis.
pub const BOLD: Paint = Paint(Style::new().bold());
/// Something is wrong.
pub const ERROR: Paint = Paint(AnsiColor::Red.on_default().bold());
/// What may be skipped.
pub const DIM: Paint = Paint(Style::new().dimmed());

impl Paint {
    const fn color(color: AnsiColor) -> Self {
        Paint(color.on_default())
    }

    /// The same style, bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Paint(self.0.bold())
    }

    /// The text in this style.
    pub fn on(self, text: impl std::fmt::Display) -> String {
        format!("{}{text}{}", self.0.render(), self.0.render_reset())
    }
}

/// A lane's sign, word and colour.
pub fn lane(name: &str) -> (char, &str, Paint) {
    match name {
        "truth" => ('#', "truth", Paint::color(AnsiColor::BrightRed)),
        "belief" => ('~', "belief", Paint::color(AnsiColor::Yellow)),
        "claim" => ('"', "claim", Paint::color(AnsiColor::Magenta)),
        "response" => ('>', "response", Paint::color(AnsiColor::Green)),
        "world" => ('.', "world", Paint::color(AnsiColor::BrightBlue)),
        "decision" => ('?', "decision", Paint::color(AnsiColor::Cyan)),
        "inject" => ('!', "inject", Paint::color(AnsiColor::Cyan)),
        other => ('-', other, Paint(Style::new())),
    }
}
