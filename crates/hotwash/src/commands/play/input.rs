//! Where what is typed comes from: a terminal, a pipe, or the lines of a script.

use std::io::{BufRead as _, IsTerminal as _, Read as _};
use std::path::Path;

use hotwash_scenario::MAX_FILE;

use crate::exit::{self, Code, Failure};
use crate::record::read_bytes;

/// Longest line that is read, in bytes.
const LONGEST: u64 = 16 << 10;

/// Where lines come from.
#[derive(Debug)]
pub(crate) enum Input {
    /// Somebody sits there.
    Terminal,
    /// Another program, or a file that is read as if typed.
    Pipe,
    /// A script.
    Script(Script),
}

/// The lines of a script that are left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Script {
    /// Its file, as shown.
    name: String,
    /// Number and text of each line that is not a comment.
    lines: Vec<(usize, String)>,
    /// Position of the next one.
    next: usize,
}

impl Input {
    /// What standard input is.
    pub(crate) fn standard() -> Input {
        if std::io::stdin().is_terminal() { Input::Terminal } else { Input::Pipe }
    }

    /// The next line; nothing at the end.
    pub(crate) fn line(&mut self) -> Result<Option<String>, Failure> {
        match self {
            Input::Script(script) => Ok(script.take()),
            Input::Terminal | Input::Pipe => typed(),
        }
    }

    /// The next command of a script, if it is known already; blank lines before it are passed over.
    pub(crate) fn next_command(&mut self) -> Option<&str> {
        match self {
            Input::Script(script) => script.next_command(),
            Input::Terminal | Input::Pipe => None,
        }
    }

    /// Whether what is typed does not show by itself.
    pub(crate) fn is_echoed(&self) -> bool {
        !matches!(self, Input::Terminal)
    }

    /// Whether it is a script, whose mistakes end the session.
    pub(crate) fn is_script(&self) -> bool {
        matches!(self, Input::Script(_))
    }

    /// Something wrong in the line read last: of a script, as a failure.
    pub(crate) fn blame(&self, message: &str) -> Option<Failure> {
        let Input::Script(script) = self else { return None };
        let failure = format!("{}:{}: {message}", script.name, script.number());
        Some(Failure::new(Code::Usage, failure))
    }

    /// A script that ends too soon.
    pub(crate) fn ended(&self, asked: &str) -> Option<Failure> {
        let Input::Script(script) = self else { return None };
        let message = format!("{}: the script ends while a decision is open: {asked}", script.name);
        Some(
            Failure::new(Code::Usage, message).hint("answer it, or let the script end with `quit`"),
        )
    }

    /// The line of a script that is left when the exercise has ended.
    pub(crate) fn left_over(&mut self) -> Option<Failure> {
        self.next_command()?;
        self.line().ok()?;
        self.blame("the exercise has ended before this line")
    }
}

/// A line from standard input without its end, harmless to a terminal.
fn typed() -> Result<Option<String>, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LONGEST).read_until(b'\n', &mut bytes);
    match read {
        Ok(0) => Ok(None),
        Ok(_) => Ok(Some(clean(&String::from_utf8_lossy(&bytes)))),
        Err(error) => Err(Failure::new(Code::Io, format!("standard input: {error}"))),
    }
}

fn clean(line: &str) -> String {
    exit::plain(&line.trim_end_matches(['\n', '\r']).replace('\t', " ")).trim().to_owned()
}

impl Script {
    /// Reads a script.
    pub(crate) fn read(path: &Path) -> Result<Script, Failure> {
        let bytes = read_bytes(path, MAX_FILE)?;
        let name = path.display().to_string();
        let text = String::from_utf8(bytes)
            .map_err(|_| Failure::new(Code::Usage, format!("{name}: it is not UTF-8 text")))?;
        Ok(Script::of(&name, &text))
    }

    /// A script from its text.
    pub(crate) fn of(name: &str, text: &str) -> Script {
        let lines = text.lines().enumerate().map(|(i, line)| (i + 1, clean(line)));
        let lines = lines.filter(|(_, line)| !line.starts_with('#')).collect();
        Script { name: name.to_owned(), lines, next: 0 }
    }

    /// The parts between lines that begin with `---`, each with the words behind that mark; what stands
    /// before the first mark is a part only if it has a line that is not blank.
    pub(crate) fn parts(self) -> Vec<(String, Script)> {
        let mut parts: Vec<(String, Script)> = Vec::new();
        let new = || Script { name: self.name.clone(), lines: Vec::new(), next: 0 };
        let mut part = (String::new(), new());
        for (number, line) in &self.lines {
            match line.strip_prefix("---") {
                Some(words) => {
                    parts.push(std::mem::replace(&mut part, (words.trim().to_owned(), new())));
                }
                None => part.1.lines.push((*number, line.clone())),
            }
        }
        parts.push(part);
        let is_blank = |(_, part): &(String, Script)| part.lines.iter().all(|(_, l)| l.is_empty());
        if parts.len() > 1 && is_blank(&parts[0]) {
            parts.remove(0);
        }
        parts
    }

    fn take(&mut self) -> Option<String> {
        let (_, line) = self.lines.get(self.next)?;
        self.next += 1;
        Some(line.clone())
    }

    fn next_command(&mut self) -> Option<&str> {
        while self.lines.get(self.next).is_some_and(|(_, line)| line.is_empty()) {
            self.next += 1;
        }
        self.lines.get(self.next).map(|(_, line)| line.as_str())
    }

    /// The number of the line taken last.
    fn number(&self) -> usize {
        let last = self.next.saturating_sub(1);
        self.lines.get(last).map_or(0, |(number, _)| *number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_out_and_lines_keep_their_numbers() {
        let mut input = Input::Script(Script::of("s.txt", "# first\n\nknown\n  2  \n"));
        assert_eq!(input.next_command(), Some("known"));
        assert_eq!(input.line().unwrap().as_deref(), Some("known"));
        assert_eq!(input.line().unwrap().as_deref(), Some("2"));
        let failure = input.blame("what is this?").unwrap();
        assert_eq!(failure.message, "s.txt:4: what is this?");
        assert!(input.line().unwrap().is_none());
        assert!(input.ended("Why?").unwrap().message.contains("s.txt: the script ends"));
    }

    #[test]
    fn a_script_for_a_course_comes_in_parts() {
        let texts = ["1\n--- lesson\n2\n", "# c\n\n--- lesson one\n1\n--- lesson two\n2\n", "1\n"];
        let parts = texts.map(|text| Script::of("s", text).parts());
        assert_eq!(parts[0].len(), 2);
        assert_eq!(
            parts[1].iter().map(|p| p.0.as_str()).collect::<Vec<_>>(),
            ["lesson one", "lesson two"]
        );
        assert_eq!(parts[1][1].1.lines, [(6, "2".to_owned())]);
        assert_eq!(parts[2].len(), 1);
    }

    #[test]
    fn what_commands_a_terminal_is_taken_out() {
        assert_eq!(clean("a\u{1b}[2Jb\tc \r\n"), "a\u{fffd}[2Jb c");
    }
}
