//! Every command of the book is run, page by page in a scratch folder, and what the page shows of its output is
//! compared. A line `...` stands for lines left out; `<!-- ends with 3 -->` before a block says with which code
//! its last command ends. `INSTA_UPDATE=always` (as in `cargo xtask bless`) writes what comes out now.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Ran, Temp, copy, finish, program};

/// Stands for lines that are left out.
const LEFT_OUT: &str = "...";

fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/book")
}

/// Pages of the book's own, by path; pages that include others have no commands of their own.
fn pages() -> Vec<PathBuf> {
    let entries = fs::read_dir(book().join("src")).unwrap().flatten();
    let is_page = |path: &PathBuf| path.extension().is_some_and(|e| e == "md");
    let mut pages: Vec<PathBuf> = entries.map(|e| e.path()).filter(is_page).collect();
    pages.sort();
    pages
}

/// A command of a page and what is shown of it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shown {
    words: Vec<String>,
    code: i32,
    /// Lines below the command.
    lines: Vec<String>,
    /// Where these lines stand in the page.
    at: std::ops::Range<usize>,
}

/// The commands of a page's console blocks.
fn commands(page: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let (mut is_inside, mut first, mut code) = (false, 0, 0);
    for (number, line) in page.lines().enumerate() {
        if !is_inside && line == "```console" {
            (is_inside, first) = (true, found.len());
        } else if is_inside && line == "```" {
            is_inside = false;
            assert!(found.len() > first, "a console block has no command, line {number}");
            if let Some(last) = found.last_mut() {
                last.code = std::mem::take(&mut code);
            }
        } else if is_inside && let Some(command) = line.strip_prefix("$ ") {
            let at = number + 1..number + 1;
            found.push(Shown { words: words(command), at, ..Shown::default() });
        } else if is_inside {
            let shown = found[first..].last_mut().expect("a command comes first");
            shown.lines.push(line.to_owned());
            shown.at.end = number + 1;
        } else if let Some(rest) = line.strip_prefix("<!-- ends with ") {
            code = rest.trim_end_matches(" -->").parse().unwrap();
        }
    }
    found
}

/// The words of a command as a shell takes them; what follows two blanks and `#` is for readers.
fn words(command: &str) -> Vec<String> {
    let command = command.split("  #").next().unwrap_or_default();
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for letter in command.chars() {
        match letter {
            '"' | '\'' if quote.is_none() => quote = Some(letter),
            c if quote == Some(c) => quote = None,
            ' ' if quote.is_none() => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

fn run(scratch: &Path, words: &[String]) -> Ran {
    assert_eq!(words[0], "hotwash", "the book's tests run nothing else: {words:?}");
    finish(program().current_dir(scratch).args(&words[1..]))
}

/// All that a command says: results, then the rest.
fn said(ran: &Ran) -> Vec<String> {
    let lines = ran.out.lines().chain(ran.err.lines());
    lines.map(|line| line.trim_end().to_owned()).collect()
}

/// What is shown, cut at the lines left out.
fn pieces(shown: &[String]) -> Vec<Vec<String>> {
    let parts = shown.split(|line| line == LEFT_OUT);
    parts.map(<[String]>::to_vec).collect()
}

/// Whether the output is what is shown of it.
fn agrees(shown: &[String], actual: &[String]) -> bool {
    let pieces = pieces(shown);
    let Some((first, rest)) = pieces.split_first() else { return true };
    let Some((last, middle)) = rest.split_last() else { return first == actual };
    if !actual.starts_with(first) {
        return false;
    }
    let mut left = &actual[first.len()..];
    for piece in middle.iter().filter(|piece| !piece.is_empty()) {
        let found = left.windows(piece.len()).position(|window| window == &piece[..]);
        let Some(at) = found else { return false };
        left = &left[at + piece.len()..];
    }
    left.ends_with(last)
}

/// What should be shown instead: each piece taken from where the output is most like it.
fn renewed(shown: &[String], actual: &[String]) -> Vec<String> {
    let pieces = pieces(shown);
    if pieces.len() == 1 {
        return actual.to_vec();
    }
    let bare = |line: &String| -> String { line.chars().filter(|c| c.is_alphabetic()).collect() };
    let (mut out, mut from, count) = (Vec::new(), 0, pieces.len());
    for (number, piece) in pieces.into_iter().enumerate() {
        let last = actual.len().saturating_sub(piece.len());
        let alike = |at: &usize| {
            let window = actual[*at..].iter().zip(&piece);
            let same = window.filter(|(a, b)| bare(a) == bare(b)).count();
            (same, std::cmp::Reverse(*at))
        };
        let at = match number {
            0 => 0,
            n if n + 1 == count => last,
            _ => (from..=last).max_by_key(alike).unwrap_or(from),
        };
        let end = (at + piece.len()).min(actual.len());
        out.extend_from_slice(&actual[at.min(end)..end]);
        from = end;
        if number + 1 < count {
            out.push(LEFT_OUT.to_owned());
        }
    }
    out
}

/// Runs a page's commands and says what differs; writes the page anew when that is wanted.
fn differences(page: &Path, is_update: bool) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap();
    let scratch = Temp::new();
    copy(&book().join("examples"), scratch.path());
    let mut wrong = Vec::new();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut changes = Vec::new();
    for shown in commands(&text) {
        let ran = run(scratch.path(), &shown.words);
        let actual = said(&ran);
        let command = shown.words.join(" ");
        let place = format!("{}:{}", page.display(), shown.at.start);
        if ran.code != shown.code {
            let all = actual.join("\n");
            wrong.push(format!(
                "{place}: `{command}` ends with {}, not {}:\n{all}",
                ran.code, shown.code
            ));
        } else if !shown.lines.is_empty() && !agrees(&shown.lines, &actual) {
            wrong.push(format!("{place}: `{command}` says now:\n{}", actual.join("\n")));
            changes.push((shown.at.clone(), renewed(&shown.lines, &actual)));
        }
    }
    if is_update && !changes.is_empty() {
        for (at, new) in changes.into_iter().rev() {
            lines.splice(at, new);
        }
        fs::write(page, lines.join("\n") + "\n").unwrap();
    }
    wrong
}

#[test]
fn every_command_of_the_book_does_what_the_book_says() {
    let is_update = std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always");
    // Pages are on their own, so that they can be read in any order, and run at the same time.
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = pages()
            .into_iter()
            .map(|page| scope.spawn(move || differences(&page, is_update)))
            .collect();
        runs.into_iter().flat_map(|run| run.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Commands that no test can run to their end, such as a server's, have at least flags that exist.
#[test]
fn every_other_command_of_the_book_can_be_typed() {
    let mut tried = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for block in text.split("```text\n").skip(1) {
            let block = block.split("```").next().unwrap_or_default();
            for line in block.lines().filter(|line| line.starts_with("hotwash ")) {
                let mut words = words(line);
                words.push("--help".to_owned());
                let ran = run(Path::new("."), &words);
                assert_eq!(ran.code, 0, "{}: {line}\n{}", page.display(), ran.err);
                tried += 1;
            }
        }
    }
    assert!(tried > 5, "{tried}");
}

#[test]
fn commands_are_read_as_a_reader_does() {
    let page = "text\n<!-- ends with 3 -->\n```console\n$ hotwash check 'a b'  # all of it\nx\n...\n$ hotwash list\n```\n";
    let found = commands(page);
    assert_eq!(found[0].words, ["hotwash", "check", "a b"]);
    assert_eq!((found[0].code, found[1].code), (0, 3));
    assert_eq!((found[0].lines.join("|"), found[0].at.clone()), ("x|...".to_owned(), 4..6));
}

#[test]
fn lines_left_out_are_the_only_freedom() {
    let lines = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    let actual = lines("a1 b2 c3 d4 e5");
    for good in ["a1 b2 c3 d4 e5", "a1 ...", "... e5", "a1 ... c3 ... e5", "... b2 c3 ...", "..."] {
        assert!(agrees(&lines(good), &actual), "{good}");
    }
    for bad in ["a1 b2 c3 d4", "b2 ...", "... d4", "... c3 b2 ...", "a1 ... x ...", "a1 b3 ..."] {
        assert!(!agrees(&lines(bad), &actual), "{bad}");
    }
    assert_eq!(renewed(&lines("a0 ... c9 d9 ... e1"), &actual), lines("a1 ... c3 d4 ... e5"));
}
