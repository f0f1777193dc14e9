//! A policy that was found, as the text of a policy file.

use std::fmt::Write as _;

use super::space::{Genome, Space};
use crate::findings::Header;

/// Bounds of a line of comment.
const WIDTH: usize = 100;

/// The text of `NAME.ron`: read back, it is the policy that the genome is.
pub(super) fn text(
    name: &str,
    summary: &str,
    header: &Header,
    space: &Space,
    genome: &Genome,
) -> String {
    let mut out = String::new();
    let found = format!(
        "Found by {} in scenario {} with seed {}.",
        if header.command.is_empty() { "hotwash frontier" } else { &header.command },
        header.scenario,
        header.seed
    );
    for line in comment(&found) {
        let _ = writeln!(out, "// {line}");
    }
    let _ = writeln!(out, "(\n    version: 1,\n    name: {name:?},\n    summary: {summary:?},");
    let levers = space.levers_of(genome);
    if !levers.is_empty() {
        out.push_str("    levers: {\n");
        for (lever, value) in levers {
            let _ = writeln!(out, "        {lever:?}: {},", written(&value));
        }
        out.push_str("    },\n");
    }
    out.push_str("    decisions: {\n");
    for (decision, answer) in space.answers_of(genome) {
        let _ = writeln!(out, "        {decision:?}: {answer},");
    }
    out.push_str("    },\n)\n");
    out
}

/// A lever's value as a file writes it: numbers and flags bare, all else in quotes.
fn written(value: &str) -> String {
    let is_plain = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
            && digits.matches('.').count() <= 1
    };
    if ["true", "false"].contains(&value) || is_plain(value) {
        value.to_owned()
    } else {
        format!("{value:?}")
    }
}

/// A sentence in lines of bounded width; what would break a line of comment becomes a space.
fn comment(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last().map_or(0, |line| line.chars().count());
        if line > 0 && line + 1 + word.chars().count() > WIDTH - 3 {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_ron_reads_them() {
        for (value, text) in [
            ("8", "8"),
            ("-0.5", "-0.5"),
            ("true", "true"),
            ("365d", "\"365d\""),
            ("peer", "\"peer\""),
        ] {
            assert_eq!(written(value), text);
        }
        assert_eq!(written("1.2.3"), "\"1.2.3\"");
    }

    #[test]
    fn comments_break_between_words() {
        let lines = comment(&"word ".repeat(50));
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.len() <= WIDTH - 3));
    }
}
