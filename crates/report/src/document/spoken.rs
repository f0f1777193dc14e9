//! A document put into a language: its own words by the program's catalogue, the scenario's by the scenario's.
//! Documents are made in English and put into another language last, so that no page mixes two.

use hotwash_scenario::Language;

use super::model::{Block, Cell, Document, Line, Table};

impl Document {
    /// The same for readers of a language.
    pub(super) fn spoken(mut self, language: &Language) -> Document {
        self.words = language.words();
        self.kind = self.words.of(self.kind);
        let say = |text: &mut String| say(language, text);
        say(&mut self.exercise);
        for (name, value) in &mut self.facts {
            say(name);
            line(language, value);
        }
        self.blocks.iter_mut().for_each(|part| block(language, part));
        self
    }
}

/// A stretch of text: as the program or the scenario has it; a list of such texts; one with a number in front.
fn say(language: &Language, text: &mut String) {
    let words = language.words();
    let one = |text: &str| Some(language.phrase(text)).filter(|said| said != text);
    let all = |mark: &str| {
        let parts: Option<Vec<String>> = text.split(mark).map(one).collect();
        parts.filter(|parts| parts.len() > 1).map(|parts| parts.join(words.of(", ")))
    };
    let numbered = || {
        let (number, rest) = text.split_once(". ")?;
        number.parse::<u32>().ok()?;
        Some(format!("{number}. {}", one(rest)?))
    };
    if let Some(said) = one(text).or_else(|| all("; ")).or_else(|| all(", ")).or_else(numbered) {
        *text = said;
    }
}

fn line(language: &Language, line: &mut Line) {
    line.0.iter_mut().for_each(|run| say(language, &mut run.text));
}

fn block(language: &Language, block: &mut Block) {
    match block {
        Block::Heading(_, text) => say(language, text),
        Block::Para(one) | Block::Note(one) => line(language, one),
        Block::Bullets(lines) | Block::Numbers(lines) => {
            lines.iter_mut().for_each(|one| line(language, one));
        }
        Block::Table(one) => table(language, one),
        Block::Picture(_) | Block::Ruled(_) | Block::Contents | Block::Page(_) => {}
    }
}

fn table(language: &Language, table: &mut Table) {
    say(language, &mut table.caption);
    table.columns.iter_mut().for_each(|column| say(language, &mut column.title));
    let cells = table.rows.iter_mut().flatten().flat_map(|Cell(lines)| lines);
    cells.for_each(|one| line(language, one));
}
