//! Pages and line breaks.

/// How wide the reader's page is.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Columns.
    pub width: usize,
}

impl Page {
    /// The narrowest and the widest page that texts are set for: longer lines are hard to read.
    const BOUNDS: (usize, usize) = (60, 132);

    /// A page of about this many columns.
    pub fn new(width: usize) -> Self {
        Page { width: width.clamp(Self::BOUNDS.0, Self::BOUNDS.1) }
    }

    /// The terminal's width, or 80 where there is none.
    pub fn of_terminal() -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width =
            columns.or_else(|| terminal_size::terminal_size().map(|(w, _)| usize::from(w.0)));
        Page::new(width.unwrap_or(80))
    }
}

/// Breaks a text into lines of at most `width` columns between words. A longer word stands alone.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += length;
    }
    lines.push(line);
    lines
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
}
