//! Blocks as lines for a terminal.

use std::fmt::Write as _;

use super::{Block, Item};
use crate::text::{BOLD, DIM, Page, wrap};

/// Columns of names; what is longer has a line of its own.
const NAMES: usize = 24;
/// Columns of the names of pages.
const ENTRIES: usize = 14;

/// A description for a page of this width.
pub(crate) fn terminal(blocks: &[Block], page: Page) -> String {
    let mut out = String::new();
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Title(name, about) => {
                let _ = writeln!(out, "{}", BOLD.on(name));
                if !about.is_empty() {
                    paragraph(&mut out, about, 0, page);
                }
            }
            Block::Heading(text) => {
                if at > 0 {
                    out.push('\n');
                }
                for line in wrap(&plain(text), page.width) {
                    let _ = writeln!(out, "{}", BOLD.on(line));
                }
            }
            Block::Prose(text) => {
                for part in text.split("\n\n") {
                    paragraph(&mut out, part, 2, page);
                }
            }
            Block::Item(it) => item(&mut out, it, page),
            Block::Entry(name, about) => entry(&mut out, name, about, page),
            Block::Code(text) => {
                for line in text.lines() {
                    let _ = writeln!(out, "    {line}");
                }
            }
        }
        let next = blocks.get(at + 1);
        if matches!(block, Block::Title(..))
            && matches!(next, Some(Block::Item(_) | Block::Prose(_)))
            || matches!(block, Block::Prose(_))
                && matches!(next, Some(Block::Item(_) | Block::Prose(_)))
        {
            out.push('\n');
        }
    }
    out
}

/// Marks of code are for Markdown; a command keeps them, so that one sees where it ends.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

fn paragraph(out: &mut String, text: &str, indent: usize, page: Page) {
    for line in wrap(text, page.width - indent) {
        let _ = writeln!(out, "{:indent$}{line}", "");
    }
}

fn entry(out: &mut String, name: &str, about: &str, page: Page) {
    let pad = ENTRIES.saturating_sub(name.chars().count() + 2);
    let mut head = format!("{}{}", BOLD.on(name), " ".repeat(pad));
    for line in wrap(about, page.width - ENTRIES) {
        let _ = writeln!(out, "  {}{line}", std::mem::replace(&mut head, " ".repeat(ENTRIES - 2)));
    }
}

fn item(out: &mut String, item: &Item, page: Page) {
    let indent = 2 + 4 * item.depth;
    let names = NAMES + 4 * item.depth;
    let length = item.name.chars().count();
    let lines = wrap(&item.form, page.width.saturating_sub(names).max(20));
    let mut lines = lines.into_iter().filter(|line| !line.is_empty());
    if indent + length + 2 <= names {
        let pad = names - indent;
        let first = lines.next().unwrap_or_default();
        let head = format!("{}{}", BOLD.on(&item.name), " ".repeat(pad - length));
        let line = format!("{:indent$}{head}{}", "", dim(&first));
        let _ = writeln!(out, "{}", line.trim_end());
    } else {
        for line in wrap(&item.name, page.width - indent) {
            let _ = writeln!(out, "{:indent$}{}", "", BOLD.on(line));
        }
    }
    for line in lines {
        let _ = writeln!(out, "{:names$}{}", "", dim(&line));
    }
    if !item.about.is_empty() {
        paragraph(out, &item.about, indent + 4, page);
    }
}

fn dim(text: &str) -> String {
    if text.is_empty() { String::new() } else { DIM.on(text) }
}
