//! From RON text to its shape, or to the one syntax error that an author should see first.
//!
//! The parser is more lenient than RON about scalars (RON itself reads their values afterwards) and
//! stricter about nothing. It never panics and never recurses deeper than its limit.

use std::ops::Range;

use crate::tree::{Field, Node, Shape};

/// Deepest nesting that is read.
pub(crate) const MAX_DEPTH: usize = 100;

/// A syntax error.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mistake {
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

/// Reads a whole text as one value.
pub(crate) fn parse(text: &str) -> Result<Node, Mistake> {
    let mut parser = Parser { text, at: 0 };
    parser.skip()?;
    if text[parser.at..].starts_with("#!") {
        let end = text[parser.at..].find('\n').map_or(text.len(), |n| parser.at + n);
        return Err(Mistake {
            span: parser.at..end,
            message: "extensions cannot be switched on in a file".to_owned(),
            hint: Some("delete this line; `implicit_some` is always on".to_owned()),
        });
    }
    if parser.at == text.len() {
        return Err(Mistake {
            span: 0..0,
            message: "the file is empty".to_owned(),
            hint: Some("a scenario file is one group: `( version: 1, .. )`".to_owned()),
        });
    }
    let node = parser.value(0)?;
    parser.skip()?;
    if parser.at < text.len() {
        return Err(parser.wrong("something follows the end of the group".to_owned()));
    }
    Ok(node)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes over blanks and comments.
    fn skip(&mut self) -> Result<(), Mistake> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(is_blank);
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.block_comment()?;
            } else {
                return Ok(());
            }
        }
    }

    fn block_comment(&mut self) -> Result<(), Mistake> {
        let open = self.at;
        let mut depth = 0_usize;
        loop {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return Ok(());
                }
            } else if let Some(c) = rest.chars().next() {
                self.at += c.len_utf8();
            } else {
                return Err(mistake(open..open + 2, "this comment is never closed", "add `*/`"));
            }
        }
    }

    /// An error at the next token.
    fn wrong(&self, message: String) -> Mistake {
        let rest = self.rest();
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let len = word.max(self.peek().map_or(0, char::len_utf8));
        Mistake { span: self.at..self.at + len, message, hint: None }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Mistake> {
        if depth > MAX_DEPTH {
            return Err(self.wrong(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        let start = self.at;
        let shape = match self.peek() {
            Some('(') => self.group(None, depth)?,
            Some('[') => self.list(depth)?,
            Some('{') => self.map(depth)?,
            Some('"') => self.text_shape()?,
            Some('\'') => self.character()?,
            Some(c) if c.is_ascii_digit() || "+-.".contains(c) => {
                self.take_while(|c| c.is_alphanumeric() || "_.+-".contains(c));
                Shape::Number
            }
            Some(c) if c.is_alphabetic() || c == '_' => self.word(depth)?,
            Some(_) => return Err(self.wrong("expected a value here".to_owned())),
            None => return Err(self.wrong("the file ends where a value should be".to_owned())),
        };
        let end = match &shape {
            Shape::Word => start + self.text[start..self.at].trim_end().len(),
            _ => self.at,
        };
        Ok(Node { span: start..end, shape })
    }

    fn take_while(&mut self, legal: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !legal(c)).unwrap_or(rest.len());
    }

    fn word(&mut self, depth: usize) -> Result<Shape, Mistake> {
        let start = self.at;
        let prefixes = ["r\"", "r#\"", "r##", "b\"", "br\"", "br#", "b'"];
        let may_be_prefix = self.rest().starts_with(['r', 'b']);
        if may_be_prefix && prefixes.iter().any(|prefix| self.rest().starts_with(prefix)) {
            return self.prefixed();
        }
        if self.rest().starts_with("r#") {
            self.at += 2;
        }
        self.take_while(|c| c.is_alphanumeric() || c == '_');
        let end = self.at;
        self.skip()?;
        if self.peek() == Some('(') {
            return self.group(Some(start..end), depth);
        }
        // What was skipped belongs to what follows, not to the word.
        self.at = end;
        Ok(Shape::Word)
    }

    /// A raw or byte string, or a byte.
    fn prefixed(&mut self) -> Result<Shape, Mistake> {
        let open = self.at;
        let is_bytes = self.rest().starts_with('b');
        self.at += usize::from(is_bytes);
        if self.peek() == Some('\'') {
            return self.character();
        }
        if self.peek() != Some('r') {
            self.text_shape()?;
            return Ok(Shape::Other);
        }
        self.at += 1;
        let hashes = self.rest().len() - self.rest().trim_start_matches('#').len();
        self.at += hashes;
        let close = format!("\"{}", "#".repeat(hashes));
        let body = self.rest().get(1..).unwrap_or_default();
        match body.find(&close) {
            Some(n) if self.peek() == Some('"') => self.at += 1 + n + close.len(),
            _ => {
                return Err(mistake(
                    open..self.at,
                    "this text is never closed",
                    "add the closing quote",
                ));
            }
        }
        Ok(if is_bytes { Shape::Other } else { Shape::Text })
    }

    fn text_shape(&mut self) -> Result<Shape, Mistake> {
        let open = self.at;
        let bytes = self.text.as_bytes();
        let mut at = open + 1;
        let stops = |byte: &u8| matches!(byte, b'"' | b'\\');
        while let Some(n) = bytes.get(at..).and_then(|rest| rest.iter().position(stops)) {
            at += n + 1;
            if bytes[at - 1] == b'"' {
                self.at = at;
                return Ok(Shape::Text);
            }
            // What is escaped neither ends the text nor escapes: of a longer character, the first byte is enough.
            at += 1;
        }
        Err(mistake(open..open + 1, "this text is never closed", "add the closing `\"`"))
    }

    fn character(&mut self) -> Result<Shape, Mistake> {
        let open = self.at;
        let mut escaped = false;
        for (n, c) in self.rest().char_indices().skip(1).take(16) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '\'' if n > 1 => {
                    self.at += n + 1;
                    return Ok(Shape::Other);
                }
                _ => {}
            }
        }
        Err(mistake(open..open + 1, "text stands in double quotes", "write \"..\" instead of '..'"))
    }

    fn group(&mut self, name: Option<Range<usize>>, depth: usize) -> Result<Shape, Mistake> {
        let open = self.open()?;
        if self.peek() != Some(')') && self.field_name()?.is_some() {
            let mut fields = Vec::new();
            while !self.closes(open, ')')? {
                let Some(key) = self.field_name()? else {
                    let message = "expected `name: value` here, as in the rest of this group";
                    return Err(self.wrong(message.to_owned()));
                };
                let written = &self.text[key.clone()];
                let name = written.strip_prefix("r#").unwrap_or(written).to_owned();
                self.colon(&key)?;
                let value = self.value(depth + 1)?;
                let start = value.span.start;
                fields.push(Field { key, name, value });
                self.comma(open, ')', start)?;
            }
            return Ok(Shape::Fields(name, fields));
        }
        let mut items = Vec::new();
        while !self.closes(open, ')')? {
            let start = self.at;
            items.push(self.value(depth + 1)?);
            self.comma(open, ')', start)?;
        }
        Ok(Shape::Tuple(name, items))
    }

    /// The name in front of a colon, without passing over it.
    fn field_name(&mut self) -> Result<Option<Range<usize>>, Mistake> {
        let start = self.at;
        if self.rest().starts_with("r#") {
            self.at += 2;
        }
        if self.peek().is_some_and(|c| c.is_alphabetic() || c == '_') {
            self.take_while(|c| c.is_alphanumeric() || c == '_');
        } else {
            self.at = start;
        }
        let end = self.at;
        self.skip()?;
        let is_field = end > start && self.peek() == Some(':');
        self.at = start;
        Ok(is_field.then_some(start..end))
    }

    fn colon(&mut self, key: &Range<usize>) -> Result<(), Mistake> {
        self.at = key.end;
        self.skip()?;
        if self.peek() != Some(':') {
            return Err(self.wrong("expected `:` between key and value".to_owned()));
        }
        self.at += 1;
        self.skip()
    }

    fn list(&mut self, depth: usize) -> Result<Shape, Mistake> {
        let open = self.open()?;
        let mut items = Vec::new();
        while !self.closes(open, ']')? {
            let start = self.at;
            items.push(self.value(depth + 1)?);
            self.comma(open, ']', start)?;
        }
        Ok(Shape::List(items))
    }

    fn map(&mut self, depth: usize) -> Result<Shape, Mistake> {
        let open = self.open()?;
        let mut pairs = Vec::new();
        while !self.closes(open, '}')? {
            let key = self.value(depth + 1)?;
            self.colon(&key.span)?;
            let value = self.value(depth + 1)?;
            let start = value.span.start;
            pairs.push((key, value));
            self.comma(open, '}', start)?;
        }
        Ok(Shape::Map(pairs))
    }

    /// Passes over an opening bracket and says where it was.
    fn open(&mut self) -> Result<usize, Mistake> {
        let open = self.at;
        self.at += 1;
        self.skip()?;
        Ok(open)
    }

    /// Passes over the closing bracket, if it is next.
    fn closes(&mut self, open: usize, close: char) -> Result<bool, Mistake> {
        match self.peek() {
            Some(c) if c == close => {
                self.at += 1;
                Ok(true)
            }
            Some(c @ (')' | ']' | '}')) => {
                let line = self.text[..open].matches('\n').count() + 1;
                let opener = &self.text[open..=open];
                let message =
                    format!("`{c}` closes nothing: `{opener}` in line {line} is still open");
                Err(Mistake {
                    hint: Some(format!("close it with `{close}` first")),
                    ..self.wrong(message)
                })
            }
            None => {
                let opener = &self.text[open..=open];
                let hint = format!("add `{close}` where it should end");
                Err(mistake(open..open + 1, &format!("this `{opener}` is never closed"), &hint))
            }
            _ => Ok(false),
        }
    }

    /// Passes over a comma; without one the closing bracket must follow. `value` is where the value
    /// before it begins.
    fn comma(&mut self, open: usize, close: char, value: usize) -> Result<(), Mistake> {
        let before = &self.text[value..self.at];
        self.skip()?;
        match self.peek() {
            Some(',') => {
                self.at += 1;
                self.skip()
            }
            Some(')' | ']' | '}') | None => Ok(()),
            Some(_) => {
                let line = |at: usize| self.text[..at].matches('\n').count() + 1;
                // A text over several lines that ends in the middle of things lacks its quote.
                let hint = if before.starts_with('"') && before.contains('\n') {
                    format!("is the closing quote of the text in line {} missing?", line(value))
                } else {
                    let opener = &self.text[open..=open];
                    let line = line(open);
                    format!(
                        "a comma is missing before this, or `{opener}` of line {line} should end"
                    )
                };
                let wrong = self.wrong(format!("expected `,` or `{close}`"));
                Err(Mistake { hint: Some(hint), ..wrong })
            }
        }
    }
}

/// What may stand between values: white space, and the marks that editors leave where writing turns around.
fn is_blank(c: char) -> bool {
    if c.is_ascii() {
        matches!(c, ' ' | '\t'..='\r')
    } else {
        c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}')
    }
}

fn mistake(span: Range<usize>, message: &str, hint: &str) -> Mistake {
    Mistake { span, message: message.to_owned(), hint: Some(hint.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_ron_is_read() {
        let text = r##"/* a /* b */ */ Top(a: 1, b: [1.5e-3, -2, +3, 0x1F], c: {"k": ()}, // end
            d: r#"raw "x""#, e: Some(None), f: (1, 'x', b"y",), g: Unit (z: true), r#type: "\"",)"##;
        let node = parse(text).unwrap();
        let Shape::Fields(Some(name), fields) = &node.shape else { panic!("{node:?}") };
        assert_eq!(&text[name.clone()], "Top");
        let names: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c", "d", "e", "f", "g", "type"]);
        assert_eq!(&text[fields[3].value.span.clone()], "r#\"raw \"x\"\"#");
        assert_eq!(&text[fields[6].value.span.clone()], "Unit (z: true)");
    }

    #[test]
    fn mistakes_have_a_place() {
        for (text, at, says) in [
            ("(a: 1", 0..1, "never closed"),
            ("(a: [1, 2)", 9..10, "`[` in line 1 is still open"),
            ("(a: 1 b: 2)", 6..7, "expected `,`"),
            ("(a: \"x)", 4..5, "never closed"),
            ("(a: 1) x", 7..8, "follows the end"),
            ("  ", 0..0, "empty"),
            ("#![enable(implicit_some)]\n()", 0..25, "extensions"),
            ("{\"a\" 1}", 5..6, "expected `:`"),
            ("(a: 'x", 4..5, "double quotes"),
            ("(a: ?)", 4..5, "expected a value"),
            ("/* x", 0..2, "comment"),
        ] {
            let wrong = parse(text).unwrap_err();
            assert_eq!(wrong.span, at, "{text} {wrong:?}");
            assert!(wrong.message.contains(says), "{text} {wrong:?}");
        }
    }

    #[test]
    fn depth_is_limited() {
        for open in ["[", "(", "Some(", "{\"a\":", "(a:"] {
            assert!(parse(&open.repeat(100_000)).unwrap_err().message.contains("nested"));
        }
    }
}
