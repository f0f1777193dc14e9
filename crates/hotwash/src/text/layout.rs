//! Pages and line breaks.

use hotwash_scenario::Words;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How wide the reader's page is.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// The program's own words, in the reader's language.
    pub words: Words,
}

impl Page {
    /// The narrowest and the widest page that texts are set for: longer lines are hard to read.
    const BOUNDS: (usize, usize) = (60, 132);

    /// A page of about this many columns.
    pub fn new(width: usize) -> Self {
        Page { width: width.clamp(Self::BOUNDS.0, Self::BOUNDS.1), words: Words::ENGLISH }
    }

    /// The same page for readers of a language.
    #[must_use]
    pub fn speaking(self, words: Words) -> Self {
        Page { words, ..self }
    }

    /// The terminal's width, or 80 where there is none.
    pub fn of_terminal() -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width =
            columns.or_else(|| terminal_size::terminal_size().map(|(w, _)| usize::from(w.0)));
        Page::new(width.unwrap_or(80))
    }
}

/// How many columns a text takes in a terminal: Chinese and Japanese letters take two each.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// A text with blanks behind it, up to so many columns.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Breaks a text into lines of at most `width` columns between words. A longer word stands alone. Between wide
/// letters, which know no blanks, a line may end anywhere but before what closes and after what opens.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let mut gap = usize::from(used > 0);
        for piece in pieces(word) {
            let length = columns(piece);
            if used > 0 && used + gap + length > width {
                lines.push(std::mem::take(&mut line));
                (used, gap) = (0, 0);
            }
            line.push_str(if gap > 0 { " " } else { "" });
            line.push_str(piece);
            used += gap + length;
            gap = 0;
        }
    }
    lines.push(line);
    lines
}

/// Letters before which no line begins.
const CLOSING: &str = "\u{3001}\u{3002}\u{300d}\u{300f}\u{ff09}\u{ff1a}\u{ff1f}\u{ff01}\u{30fb}\u{30fc}\u{ff05}\u{3005}\u{3041}\u{3043}\u{3045}\u{3047}\u{3049}\u{3063}\u{3083}\u{3085}\u{3087}\u{30a1}\u{30a3}\u{30a5}\u{30a7}\u{30a9}\u{30c3}\u{30e3}\u{30e5}\u{30e7}.,:;?!)%";
/// Letters after which no line ends.
const OPENING: &str = "\u{300c}\u{300e}\u{ff08}(";

/// The stretches of a word between which a line may end: one, but where letters are wide.
fn pieces(word: &str) -> Vec<&str> {
    if word.is_ascii() {
        return vec![word];
    }
    let mut out = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, letter) in word.char_indices() {
        let is_wide = |c: char| c.width() == Some(2);
        let may_break = before.is_some_and(|b: char| {
            (is_wide(b) || is_wide(letter)) && !CLOSING.contains(letter) && !OPENING.contains(b)
        });
        if may_break {
            out.push(&word[start..at]);
            start = at;
        }
        before = Some(letter);
    }
    out.push(&word[start..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_whole() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("a incomprehensibilities b", 5), ["a", "incomprehensibilities", "b"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn wide_letters_take_two_columns_and_break_where_they_may() {
        let text = "電話の相手は、「サポート案件」を知っていました。12,000件です。";
        let lines = wrap(text, 14);
        assert_eq!(lines.concat(), text);
        assert!(lines.iter().all(|line| columns(line) <= 14 + 2), "{lines:?}");
        for line in &lines {
            assert!(!line.starts_with(['、', '。', '」', 'ー', 'っ']), "{lines:?}");
            assert!(!line.ends_with('「'), "{lines:?}");
            assert!(!line.ends_with("12,"), "a number is kept whole: {lines:?}");
        }
        assert_eq!(columns("木 9:00"), 7);
        assert_eq!(padded("木", 4), "木  ");
    }
}
