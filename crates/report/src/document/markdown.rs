//! Documents as plain text that reads as it stands: Markdown with tables.

use std::fmt::Write as _;

use super::model::{Block, Cell, Document, Line, Run, Style, Table};

/// The document as Markdown.
pub(super) fn markdown(document: &Document) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# {}: {}\n", escaped(&document.exercise), document.kind);
    let _ = writeln!(out, "**{}**\n", document.marking());
    for (name, value) in &document.facts {
        let _ = writeln!(out, "- **{}**: {}", escaped(name), line(value));
    }
    if !document.facts.is_empty() {
        out.push('\n');
    }
    for block in &document.blocks {
        write_block(&mut out, block);
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out.push('\n');
    out
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(level, text) => {
            let marks = "#".repeat(usize::from(*level) + 1);
            let _ = writeln!(out, "{marks} {}\n", escaped(text));
        }
        Block::Para(text) => {
            let _ = writeln!(out, "{}\n", line(text));
        }
        Block::Note(text) => {
            let _ = writeln!(out, "> {}\n", line(text));
        }
        Block::Bullets(items) => {
            items.iter().for_each(|item| {
                let _ = writeln!(out, "- {}", line(item));
            });
            out.push('\n');
        }
        Block::Numbers(items) => {
            items.iter().enumerate().for_each(|(i, item)| {
                let _ = writeln!(out, "{}. {}", i + 1, line(item));
            });
            out.push('\n');
        }
        Block::Table(table) => write_table(out, table),
        Block::Picture(figure) => {
            if !figure.sentence.is_empty() {
                let _ = writeln!(out, "{}\n", escaped(&figure.sentence));
            }
            if !figure.table.rows.is_empty() {
                write_table(out, &Table::from(figure));
            }
        }
        Block::Ruled(lines) => {
            for _ in 0..*lines {
                out.push_str("\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n\n");
            }
        }
        Block::Contents | Block::Page(_) => {}
    }
}

fn write_table(out: &mut String, table: &Table) {
    if !table.caption.is_empty() {
        let _ = writeln!(out, "**{}**\n", escaped(&table.caption));
    }
    let head = |text: &str| if table.has_head { escaped(text) } else { String::new() };
    let titles: Vec<String> = table.columns.iter().map(|c| head(&c.title)).collect();
    let _ = writeln!(out, "| {} |", titles.join(" | "));
    let rules: Vec<&str> =
        table.columns.iter().map(|c| if c.is_centred { ":-:" } else { "---" }).collect();
    let _ = writeln!(out, "|{}|", rules.join("|"));
    for row in &table.rows {
        let named = |(i, cell)| match written(cell) {
            text if i == 0 && table.has_row_heads && !text.is_empty() && !text.contains('*') => {
                format!("**{text}**")
            }
            text => text,
        };
        let cells: Vec<String> = row.iter().enumerate().map(named).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push('\n');
}

fn written(cell: &Cell) -> String {
    cell.0.iter().map(line).collect::<Vec<_>>().join("<br>")
}

fn line(line: &Line) -> String {
    line.0.iter().map(styled).collect()
}

fn styled(run: &Run) -> String {
    // Marks of emphasis must touch the words.
    let text = escaped(&run.text);
    let bare = text.trim();
    let marked = |mark: &str| match bare {
        "" => text.clone(),
        _ => text.replacen(bare, &format!("{mark}{bare}{mark}"), 1),
    };
    match run.style {
        Style::Plain => text,
        Style::Strong => marked("**"),
        Style::Emphasis => marked("*"),
        Style::Blank => format!("\\[{text}\\]"),
    }
}

/// Text in which no character means anything to Markdown, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in crate::svg::clean(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    // A number or mark at the beginning would begin a list.
    let begins_list = |rest: &str| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = &rest[digits..];
        (digits > 0 && digits < 10 && (after.starts_with(". ") || after.starts_with(") ")))
            .then_some(digits)
    };
    if let Some(digits) = begins_list(&out) {
        out.insert(digits, '\\');
    } else if out.starts_with("- ") || out.starts_with("+ ") {
        out.insert(0, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_stays_text() {
        assert_eq!(escaped("<script>a|b</script>"), "\\<script\\>a\\|b\\</script\\>");
        assert_eq!(escaped("1. first\n2. second"), "1\\. first 2. second");
        assert_eq!(escaped("- no list"), "\\- no list");
        assert_eq!(escaped("[x](javascript:y)"), "\\[x\\](javascript:y)");
    }
}
