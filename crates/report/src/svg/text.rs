//! How wide a text is, and making it fit.

/// Widths of printable ASCII in thousandths of the font size, for a usual sans-serif face.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// The widest faces that `system-ui` stands for are this much wider.
const WIDEST: f64 = 1.16;

/// About how wide a text is at a font size; rather more than less.
pub fn width(text: &str, size: f64) -> f64 {
    let thousandths: f64 = text
        .chars()
        .map(|c| match c {
            ' '..='~' => f64::from(WIDTHS[c as usize - 32]),
            '\u{a0}' => 278.0,
            '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0.0,
            c if (c as u32) < 0x2e80 => 600.0,
            _ => 1000.0,
        })
        .sum();
    thousandths / 1000.0 * size * WIDEST
}

/// The text if it fits, or as much of it as fits and an ellipsis.
pub fn fit(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if width(&out, size) + width("\u{2026}", size) > room {
            out.pop();
            break;
        }
    }
    format!("{}\u{2026}", out.trim_end())
}

/// Lines that fit, broken between words or after hyphens and slashes; the last of `most` lines is cut.
pub fn wrap(text: &str, room: f64, size: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for piece in text.split_inclusive([' ', '-', '/', '.', ',']) {
        let is_last = lines.len() >= most.max(1);
        let Some(line) = lines.last_mut() else { break };
        if is_last || line.is_empty() || width(&format!("{line}{piece}"), size) <= room {
            line.push_str(piece);
        } else {
            lines.push(piece.to_owned());
        }
    }
    lines.into_iter().map(|line| fit(line.trim(), room, size)).collect()
}

/// Whether a character may not stand in a document, or reorders what surrounds it.
fn is_bad(c: char) -> bool {
    let reorders = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = c.is_control() && c != '\n' && c != '\t';
    reorders || breaks || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The text with a space for each character that may not stand in a document or reorders others.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if is_bad(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_to_fit() {
        assert_eq!(fit("short", 100.0, 13.0), "short");
        let cut = fit(&"wide ".repeat(40), 100.0, 13.0);
        assert!(cut.ends_with('\u{2026}') && width(&cut, 13.0) <= 100.0);
        assert_eq!(fit("x", 0.0, 13.0), "\u{2026}");
    }

    #[test]
    fn lines_are_broken_where_one_may() {
        let lines = wrap("time-to-notify-people/leak", 90.0, 13.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|l| width(l, 13.0) <= 90.0));
        assert_eq!(wrap("", 90.0, 13.0, 2), [""]);
    }

    #[test]
    fn control_characters_do_not_pass() {
        assert_eq!(clean("a\u{0}b\u{202e}c"), "a b c");
    }
}
