//! The words of a script, with their places: enough to see what it defines, calls and names before it
//! runs. The interpreter's own parser has accepted the text before.

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or keyword.
    Name(String),
    /// A text without anything computed in it.
    Text(String),
    /// Any other sign.
    Sign(char),
}

/// A word with its place, and how many brackets of any kind are open around it.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) depth: usize,
}

/// The words of a script in order, without comments.
pub(super) fn tokens(text: &str) -> Vec<Placed> {
    let mut reader = Reader {
        rest: text.chars().collect(),
        at: 0,
        line: 1,
        column: 1,
        depth: 0,
        out: Vec::new(),
    };
    reader.read(None);
    reader.out
}

struct Reader {
    rest: Vec<char>,
    at: usize,
    line: usize,
    column: usize,
    depth: usize,
    out: Vec<Placed>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        if c == '\n' {
            (self.line, self.column) = (self.line + 1, 1);
        } else {
            self.column += 1;
        }
        Some(c)
    }

    fn push(&mut self, token: Token, (line, column): (usize, usize)) {
        self.out.push(Placed { token, line, column, depth: self.depth });
    }

    /// Reads to the end, or to the bracket that closes what is computed within a text.
    fn read(&mut self, until: Option<usize>) {
        while let Some(c) = self.peek(0) {
            let place = (self.line, self.column);
            match c {
                '/' if self.peek(1) == Some('/') => while self.next().is_some_and(|c| c != '\n') {},
                '/' if self.peek(1) == Some('*') => self.comment(),
                '"' => self.text(place),
                '`' => self.computed(place),
                '\'' => self.character(place),
                c if c.is_ascii_digit() => self.number(place),
                c if c.is_alphabetic() || c == '_' => self.name(place),
                '{' | '(' | '[' => {
                    self.next();
                    self.push(Token::Sign(c), place);
                    self.depth += 1;
                }
                '}' | ')' | ']' => {
                    self.next();
                    self.depth = self.depth.saturating_sub(1);
                    if until == Some(self.depth) && c == '}' {
                        return;
                    }
                    self.push(Token::Sign(c), place);
                }
                c if c.is_whitespace() => {
                    self.next();
                }
                c => {
                    self.next();
                    self.push(Token::Sign(c), place);
                }
            }
        }
    }

    fn comment(&mut self) {
        let mut open = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => {
                    open += 1;
                    self.next();
                }
                (Some('*'), Some('/')) => {
                    open -= 1;
                    self.next();
                }
                _ => {}
            }
            if self.next().is_none() || open == 0 {
                return;
            }
        }
    }

    fn text(&mut self, place: (usize, usize)) {
        self.next();
        let mut text = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => {
                    self.next();
                    // A name has no escapes in it: such a text names nothing.
                    text.push('\\');
                }
                c => text.push(c),
            }
        }
        self.push(Token::Text(text), place);
    }

    /// A text between backticks, with expressions in `${..}`.
    fn computed(&mut self, place: (usize, usize)) {
        self.next();
        let mut text = String::new();
        let mut is_plain = true;
        while let Some(c) = self.next() {
            match c {
                '`' => break,
                '$' if self.peek(0) == Some('{') => {
                    is_plain = false;
                    self.next();
                    self.push(Token::Sign('$'), place);
                    self.depth += 1;
                    self.read(Some(self.depth - 1));
                }
                c => text.push(c),
            }
        }
        let token = if is_plain { Token::Text(text) } else { Token::Sign('`') };
        self.push(token, place);
    }

    fn character(&mut self, place: (usize, usize)) {
        self.next();
        while let Some(c) = self.next() {
            match c {
                '\\' => drop(self.next()),
                '\'' => break,
                _ => {}
            }
        }
        self.push(Token::Sign('\''), place);
    }

    fn number(&mut self, place: (usize, usize)) {
        while self.peek(0).is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') {
            self.next();
        }
        self.push(Token::Sign('0'), place);
    }

    fn name(&mut self, place: (usize, usize)) {
        let mut name = String::new();
        while let Some(c) = self.peek(0).filter(|c| c.is_alphanumeric() || *c == '_') {
            name.push(c);
            self.next();
        }
        self.push(Token::Name(name), place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_at_their_places_and_comments_are_not() {
        let text = "fn a() { // b(\n  /* c( /* d( */ e( */ f(\"g(\", 'h') }\n`i ${ j(\"k\") } l(`";
        let names: Vec<(String, usize, usize)> = tokens(text)
            .into_iter()
            .filter_map(|t| match t.token {
                Token::Name(name) => Some((name, t.line, t.column)),
                _ => None,
            })
            .collect();
        let expected = [("fn", 1, 1), ("a", 1, 4), ("f", 2, 24), ("j", 3, 7)];
        assert_eq!(names, expected.map(|(name, l, c)| (name.to_owned(), l, c)));
        assert_eq!(tokens(text).last().map(|t| t.depth), Some(0));
    }
}
