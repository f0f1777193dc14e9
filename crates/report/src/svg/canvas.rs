//! A canvas: what is drawn, with a title and a description for those who do not see it.

use maud::{Markup, PreEscaped, html};

use super::text::{clean, fit};

/// A rectangle, in canvas units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Area {
    /// Right edge.
    pub fn right(self) -> f64 {
        self.left + self.width
    }

    /// Lower edge.
    pub fn bottom(self) -> f64 {
        self.top + self.height
    }

    /// Whether two have any point in common.
    pub fn meets(self, other: Area) -> bool {
        self.left < other.right()
            && other.left < self.right()
            && self.top < other.bottom()
            && other.top < self.bottom()
    }
}

/// On which side of its point a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins at the point.
    Start,
    /// It is centred on it.
    Middle,
    /// It ends there.
    End,
}

/// What is drawn on.
#[derive(Debug)]
pub struct Canvas {
    id: String,
    width: f64,
    height: f64,
    title: String,
    about: String,
    body: String,
}

/// A coordinate as written: one decimal, nothing superfluous, never minus zero.
pub(super) fn c(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl Canvas {
    /// The usual width.
    pub const WIDTH: f64 = 820.0;
    /// Usual font size.
    pub const FONT: f64 = 13.0;
    /// Font size of the class `small`.
    pub const SMALL: f64 = 11.5;

    /// An empty canvas. `id` must be unique in the page; `about` says in words what is to be seen.
    pub fn new(id: &str, height: f64, title: &str, about: &str) -> Self {
        Canvas {
            id: id.to_owned(),
            width: Self::WIDTH,
            height,
            title: clean(title),
            about: clean(about),
            body: String::new(),
        }
    }

    /// The reference to the hatching, as a fill.
    pub fn hatch(&self) -> String {
        format!("url(#{}-hatch)", self.id)
    }

    fn push(&mut self, markup: &Markup) {
        self.body.push_str(&markup.0);
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.push(&html! {
            line class=(class) x1=(c(from.0)) y1=(c(from.1)) x2=(c(to.0)) y2=(c(to.1)) {}
        });
    }

    /// A filled rectangle. Negative sizes count as none.
    pub fn rect(&mut self, class: &str, area: Area) {
        self.push(&html! {
            rect class=(class) x=(c(area.left)) y=(c(area.top))
                width=(c(area.width.max(0.0))) height=(c(area.height.max(0.0))) {}
        });
    }

    /// Diagonal lines over an area: the mark of a guess, or of what is negative.
    pub fn hatched(&mut self, area: Area) {
        let fill = self.hatch();
        self.push(&html! {
            rect fill=(fill) x=(c(area.left)) y=(c(area.top))
                width=(c(area.width.max(0.0))) height=(c(area.height.max(0.0))) {}
        });
    }

    /// A path through points; closed if it bounds an area.
    pub fn path(&mut self, class: &str, points: &[(f64, f64)], is_closed: bool) {
        let mut d = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            d.push_str(if i == 0 { "M" } else { "L" });
            d.push_str(&format!("{} {}", c(*x), c(*y)));
        }
        if is_closed {
            d.push('Z');
        }
        if !points.is_empty() {
            self.push(&html! { path class=(class) d=(d) {} });
        }
    }

    /// A circle.
    pub fn circle(&mut self, class: &str, at: (f64, f64), radius: f64) {
        self.push(&html! { circle class=(class) cx=(c(at.0)) cy=(c(at.1)) r=(c(radius)) {} });
    }

    /// A text whose base line is at the point.
    pub fn text(&mut self, class: &str, at: (f64, f64), anchor: Anchor, text: &str) {
        let side = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.push(&html! {
            text class=(class) x=(c(at.0)) y=(c(at.1)) text-anchor=(side) { (clean(text)) }
        });
    }

    /// A text cut to the room there is; what is cut is told on pointing at it.
    pub fn fitted(&mut self, class: &str, at: (f64, f64), anchor: Anchor, text: &str, room: f64) {
        let size = if class.contains("small") { Self::SMALL } else { Self::FONT };
        // Bold letters are wider by about a twelfth.
        let room = if class.contains("bold") { room / 1.08 } else { room };
        let shown = fit(&clean(text), room, size);
        if shown == clean(text) {
            self.text(class, at, anchor, text);
            return;
        }
        let side = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.push(&html! {
            text class=(class) x=(c(at.0)) y=(c(at.1)) text-anchor=(side) {
                title { (clean(text)) } (shown)
            }
        });
    }

    /// The picture.
    pub fn render(self) -> Markup {
        let (title, about, hatch) = (
            format!("{}-title", self.id),
            format!("{}-desc", self.id),
            format!("{}-hatch", self.id),
        );
        html! {
            svg class="picture" role="img" xmlns="http://www.w3.org/2000/svg"
                viewBox=(format!("0 0 {} {}", c(self.width), c(self.height)))
                aria-labelledby=(title) aria-describedby=(about) {
                title id=(title) { (self.title) }
                desc id=(about) { (self.about) }
                defs {
                    pattern id=(hatch) width="6" height="6" patternUnits="userSpaceOnUse"
                        patternTransform="rotate(45)" {
                        line class="hatch" x1="0" y1="0" x2="0" y2="6" {}
                    }
                }
                (PreEscaped(self.body))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short() {
        assert_eq!(c(-0.04), "0");
        assert_eq!(c(12.34), "12.3");
        assert_eq!(c(5.0), "5");
    }

    #[test]
    fn hostile_text_is_escaped() {
        let mut canvas = Canvas::new("x", 10.0, "<b>", "\"&");
        canvas.text("", (0.0, 0.0), Anchor::Start, "</svg><script>alert(1)</script>");
        canvas.fitted("", (0.0, 0.0), Anchor::Start, "<script>a long text</script>", 30.0);
        let svg = canvas.render().0;
        assert!(!svg.contains("<script") && !svg.contains("<b>"));
    }
}
