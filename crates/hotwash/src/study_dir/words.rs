//! The words of a command line: which of them say what is studied, and which only where it goes and how
//! the work is done.

use std::ffi::{OsStr, OsString};

use clap::CommandFactory as _;

use super::manifest::Manifest;
use crate::args::Args;

/// Flags that do not change what a study finds.
const ASIDE: [&str; 9] =
    ["out", "resume", "report", "threads", "shard", "format", "color", "events", "policies-out"];

/// Where a study comes from. Not typed, but derived from all that was.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    /// The words that say what is studied, the command first.
    pub(crate) words: Vec<String>,
    /// Of the study that is gone on with.
    pub(crate) resumed: Option<Manifest>,
}

/// A flag with its value, or a word that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// The flag's name, without its dashes.
    pub(super) flag: Option<String>,
    words: Vec<OsString>,
}

/// Whether a flag takes a value, in a command or, before any, in the program itself.
fn takes_value(command: Option<&str>, flag: &str) -> bool {
    let program = Args::command();
    let own = command.and_then(|name| program.find_subcommand(name));
    let known = program.get_arguments().chain(own.into_iter().flat_map(|c| c.get_arguments()));
    let mut known = known.filter(|arg| arg.get_long() == Some(flag));
    known.any(|arg| arg.get_action().takes_values())
}

/// The tokens of what was typed after the program's name, which the parser has accepted.
pub(super) fn tokens(typed: &[OsString]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut command: Option<String> = None;
    let mut words = typed.iter().cloned();
    while let Some(word) = words.next() {
        let Some(flag) = word.to_str().and_then(|w| w.strip_prefix("--")).map(str::to_owned) else {
            command.get_or_insert_with(|| word.to_string_lossy().into_owned());
            out.push(Token { flag: None, words: vec![word] });
            continue;
        };
        let token = match flag.split_once('=') {
            // A value that looks like a flag has to stay where it is.
            Some((name, value)) if value.starts_with('-') => {
                Token { flag: Some(name.to_owned()), words: vec![word] }
            }
            Some((name, value)) => {
                let words = vec![format!("--{name}").into(), value.into()];
                Token { flag: Some(name.to_owned()), words }
            }
            None if takes_value(command.as_deref(), &flag) => {
                let words = [word].into_iter().chain(words.next()).collect();
                Token { flag: Some(flag), words }
            }
            None => Token { flag: Some(flag), words: vec![word] },
        };
        out.push(token);
    }
    out
}

/// The words that say what is studied; nothing when one of them is no text.
pub(super) fn asked(typed: &[OsString]) -> Option<Vec<String>> {
    let says = |token: &Token| !token.flag.as_deref().is_some_and(|flag| ASIDE.contains(&flag));
    let words = tokens(typed).into_iter().filter(says).flat_map(|token| token.words);
    words.map(|word| word.into_string().ok()).collect()
}

/// Words as a shell takes them.
pub(crate) fn shown<S: AsRef<OsStr>>(words: &[S]) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_=,./:±+".contains(c);
    let quoted = words.iter().map(|word| {
        let word = word.as_ref().to_string_lossy();
        let is_bare = !word.is_empty() && word.chars().all(is_plain);
        if is_bare { word.into_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
    });
    quoted.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> String {
        let typed: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        asked(&typed).unwrap().join(" ")
    }

    #[test]
    fn only_what_changes_the_finding_is_kept() {
        for (typed, kept) in [
            ("compare x --runs 9 --out d --threads 3", "compare x --runs 9"),
            ("--color never compare x --shard=1/2 --out=d", "compare x"),
            ("compare --out compare x --format json", "compare x"),
            // Values may look like flags, and flags of one command may take none in another.
            ("compare x --seed --out --runs 9", "compare x --seed --out --runs 9"),
            ("compare x --seed=--out --runs=9", "compare x --seed=--out --runs 9"),
            ("show --metrics x", "show --metrics x"),
            ("compare --metrics a x --all", "compare --metrics a x --all"),
            ("compare x --events 3 --every-pair --out d", "compare x --every-pair"),
        ] {
            assert_eq!(of(typed), kept, "{typed}");
        }
    }

    #[test]
    fn words_are_shown_as_a_shell_takes_them() {
        let words = ["run", "it's", "", "a b", "victims=±20"];
        assert_eq!(shown(&words), r"run 'it'\''s' '' 'a b' victims=±20");
    }
}
