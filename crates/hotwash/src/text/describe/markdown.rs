//! Blocks as Markdown.

use std::fmt::Write as _;

use super::Block;
use crate::text::wrap;

/// Columns of the files.
const WIDTH: usize = 110;

/// A description whose title is a heading of this level.
pub(crate) fn markdown(blocks: &[Block], level: usize) -> String {
    let mut out = String::new();
    let mark = |deeper: usize| "#".repeat(level + deeper);
    let mut was_item = false;
    for block in blocks {
        let is_item = matches!(block, Block::Item(_) | Block::Entry(..));
        if was_item && !is_item {
            out.push('\n');
        }
        was_item = is_item;
        match block {
            Block::Title(name, about) => {
                let _ = writeln!(out, "{} {name}\n", mark(0));
                if !about.is_empty() {
                    let _ = writeln!(out, "{}\n", filled(about, ""));
                }
            }
            Block::Heading(text) => {
                let _ = writeln!(out, "{} {text}\n", mark(1));
            }
            Block::Prose(text) => {
                for part in text.split("\n\n") {
                    let _ = writeln!(out, "{}\n", filled(part, ""));
                }
            }
            Block::Item(item) => {
                let mut line = format!("- **`{}`**", item.name.replace('`', ""));
                if !item.form.is_empty() {
                    let _ = write!(line, ": {}.", item.form);
                }
                if !item.about.is_empty() {
                    let colon = if item.form.is_empty() { ":" } else { "" };
                    let _ = write!(line, "{colon} {}", item.about);
                }
                let indent = " ".repeat(2 * item.depth);
                let _ = writeln!(out, "{}", filled(&line, &indent));
            }
            Block::Entry(name, about) => {
                let _ = writeln!(out, "{}", filled(&format!("- **{name}**: {about}"), ""));
            }
            Block::Code(text) => {
                let _ = writeln!(out, "```ron\n{text}\n```\n");
            }
        }
    }
    format!("{}\n", out.trim_end())
}

/// A paragraph or an item broken into lines; the lines after the first of an item stand below its text.
fn filled(text: &str, indent: &str) -> String {
    let text = &linked(text);
    let hang = if text.starts_with("- ") { "  " } else { "" };
    let lines = wrap(text, WIDTH - indent.len() - hang.len());
    format!("{indent}{}", lines.join(&format!("\n{indent}{hang}")))
}

/// Commands that ask for another part of the file, and names of parts below, become links to them.
fn linked(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let is_code = at % 2 == 1;
        let topic = part.strip_prefix("describe ").filter(|t| t.chars().all(char::is_lowercase));
        let is_below = parts.get(at + 1).is_some_and(|next| next.starts_with(", below"));
        match topic {
            Some(topic) if is_code => out.push_str(&format!("[{topic}](#{topic})")),
            _ if is_code && is_below => {
                let anchor = part.to_lowercase().replace('.', "");
                out.push_str(&format!("[`{part}`](#{anchor})"));
            }
            _ if is_code => out.push_str(&format!("`{part}`")),
            _ => out.push_str(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn names_of_parts_become_links() {
        assert_eq!(linked("list, see `describe role`"), "list, see [role](#role)");
        assert_eq!(linked("group, `soc.a_b`, below"), "group, [`soc.a_b`](#soca_b), below");
        assert_eq!(linked("see `describe PLUGIN` and `x`"), "see `describe PLUGIN` and `x`");
    }
}
