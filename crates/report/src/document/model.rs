//! The document model: what all documents are made of, whatever they are written as.

use hotwash_scenario::Words;

use crate::picture::Figure;

/// A document.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is, in HSEEP's words: `Situation Manual`.
    pub kind: &'static str,
    /// The exercise's name.
    pub exercise: String,
    /// Who may read it.
    pub audience: Audience,
    /// The program's own words in the document's language.
    pub words: Words,
    /// Whether it has a page for its title; a form has none.
    pub has_title_page: bool,
    /// Facts below the title: name and value.
    pub facts: Vec<(String, Line)>,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// Who may read a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who takes part.
    Players,
    /// Those who conduct and evaluate, until ENDEX.
    Controllers,
    /// Those who plan what follows.
    Planners,
}

impl Document {
    /// Who may read it, in its language.
    pub fn marking(&self) -> &'static str {
        self.words.of(self.audience.marking())
    }
}

impl Audience {
    /// What stands on every page.
    pub const fn marking(self) -> &'static str {
        match self {
            Audience::Players => "For players, controllers and evaluators",
            Audience::Controllers => {
                "For controllers and evaluators only. Keep from players until ENDEX"
            }
            Audience::Planners => "For the sponsor and the planning team",
        }
    }
}

/// A part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading of level 1 to 3.
    Heading(u8, String),
    /// A paragraph.
    Para(Line),
    /// A paragraph in a box.
    Note(Line),
    /// A list with bullets.
    Bullets(Vec<Line>),
    /// A list with numbers.
    Numbers(Vec<Line>),
    /// A table or a grid of boxes to tick.
    Table(Table),
    /// A picture. Where it cannot be drawn its sentence and its figures stand for it.
    Picture(Figure),
    /// So many lines to write on.
    Ruled(u8),
    /// A list of the headings of levels 1 and 2.
    Contents,
    /// A new page, upright or wide from here on.
    Page(Turn),
}

/// Which way a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Higher than wide.
    Upright,
    /// Wider than high.
    Wide,
}

/// Text in one paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Run>);

/// Text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    Plain,
    /// Bold.
    Strong,
    /// Slanted.
    Emphasis,
    /// A blank: what people fill in, shown in brackets on a ground of its own.
    Blank,
}

impl Line {
    /// Nothing yet.
    pub fn new() -> Line {
        Line::default()
    }

    fn with(mut self, text: impl Into<String>, style: Style) -> Line {
        let text = quoted(&text.into());
        if !text.is_empty() {
            self.0.push(Run { text, style });
        }
        self
    }

    /// With plain text at the end.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Line {
        self.with(text, Style::Plain)
    }

    /// With bold text at the end.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Line {
        self.with(text, Style::Strong)
    }

    /// With slanted text at the end.
    #[must_use]
    pub fn emphasis(self, text: impl Into<String>) -> Line {
        self.with(text, Style::Emphasis)
    }

    /// With a blank at the end: `what` is to be filled in.
    #[must_use]
    pub fn blank(self, what: impl Into<String>) -> Line {
        self.with(what, Style::Blank)
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text alone, blanks in brackets.
    pub fn text(&self) -> String {
        let text = |run: &Run| match run.style {
            Style::Blank => format!("[{}]", run.text),
            _ => run.text.clone(),
        };
        self.0.iter().map(text).collect()
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Line {
        Line::new().plain(text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Line {
        Line::new().plain(text)
    }
}

/// Scenarios quote with back ticks; documents as printers do.
fn quoted(text: &str) -> String {
    let count = text.matches('`').count();
    if count % 2 == 1 {
        return text.to_owned();
    }
    let mut opens = false;
    let mark = |c| match c {
        '`' => {
            opens = !opens;
            if opens { '\u{201c}' } else { '\u{201d}' }
        }
        c => c,
    };
    text.chars().map(mark).collect()
}

/// Bold text as a paragraph.
pub fn strong(text: impl Into<String>) -> Line {
    Line::new().strong(text)
}

/// A blank as a paragraph: `what` is to be filled in.
pub fn blank(what: impl Into<String>) -> Line {
    Line::new().blank(what)
}

/// What stands in a cell: paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell(pub Vec<Line>);

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::from(Line::from(text))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::from(Line::from(text))
    }
}

impl From<Line> for Cell {
    fn from(line: Line) -> Cell {
        Cell(if line.is_empty() { Vec::new() } else { vec![line] })
    }
}

impl From<Vec<Line>> for Cell {
    fn from(lines: Vec<Line>) -> Cell {
        Cell(lines)
    }
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// What it shows; empty where the heading above says it.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the columns' titles are shown.
    pub has_head: bool,
    /// Whether the first cell of a row names the row.
    pub has_row_heads: bool,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// Its width, relative to the other columns'.
    pub width: u16,
    /// Whether its cells are centred.
    pub is_centred: bool,
}

/// An empty box.
pub const BOX: &str = "\u{2610}";
/// A box with a tick.
pub const TICKED: &str = "\u{2612}";

impl From<&Figure> for Table {
    /// A picture's figures.
    fn from(figure: &Figure) -> Table {
        let titles: Vec<String> =
            figure.table.columns.iter().map(|c| super::names::capital(&c.title)).collect();
        let columns: Vec<(&str, u16)> = titles.iter().map(|title| (title.as_str(), 3)).collect();
        let mut table = Table::new(&figure.table.caption, &columns);
        for row in &figure.table.rows {
            table.row(row.iter().map(|cell| cell.as_str().into()).collect());
        }
        table
    }
}

impl Table {
    /// A table with a head; columns are titles and relative widths.
    pub fn new(caption: &str, columns: &[(&str, u16)]) -> Table {
        let column = |(title, width): &(&str, u16)| Column {
            title: (*title).to_owned(),
            width: *width,
            is_centred: false,
        };
        Table {
            caption: caption.to_owned(),
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
            has_head: true,
            has_row_heads: false,
        }
    }

    /// A table of names and values without a head.
    pub fn facts(caption: &str, rows: Vec<(String, Cell)>) -> Table {
        let mut table = Table::new(caption, &[("What", 3), ("Value", 9)]);
        table.has_head = false;
        table.has_row_heads = true;
        table.rows = rows.into_iter().map(|(name, value)| vec![name.into(), value]).collect();
        table
    }

    /// A grid of boxes: after the columns given, one box for each choice.
    pub fn grid(caption: &str, columns: &[(&str, u16)], choices: &[&str]) -> Table {
        /// Letters of the longest word that a narrow column holds.
        const NARROW: usize = 7;
        let mut table = Table::new(caption, columns);
        let words = choices.iter().flat_map(|choice| choice.split(' '));
        let is_wide = words.map(|w| w.chars().count()).max().unwrap_or(0) > NARROW;
        table.columns.extend(choices.iter().map(|choice| Column {
            title: (*choice).to_owned(),
            width: if is_wide { 7 } else { 2 },
            is_centred: true,
        }));
        table
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Adds a row of a grid: the cells, then a box for each choice, one of them perhaps ticked.
    pub fn boxes(&mut self, mut cells: Vec<Cell>, ticked: Option<usize>) {
        let choices = self.columns.len() - cells.len();
        cells
            .extend((0..choices).map(|i| Cell::from(if Some(i) == ticked { TICKED } else { BOX })));
        self.rows.push(cells);
    }

    /// Marks the first cell of each row as the row's name.
    #[must_use]
    pub fn with_row_heads(mut self) -> Table {
        self.has_row_heads = true;
        self
    }
}

/// Builds a document's blocks.
#[derive(Debug, Default)]
pub struct Blocks(pub Vec<Block>);

impl Blocks {
    /// A heading.
    pub fn head(&mut self, level: u8, text: impl Into<String>) {
        self.0.push(Block::Heading(level, text.into()));
    }

    /// A paragraph.
    pub fn para(&mut self, line: impl Into<Line>) {
        self.0.push(Block::Para(line.into()));
    }

    /// A paragraph in a box.
    pub fn note(&mut self, line: impl Into<Line>) {
        self.0.push(Block::Note(line.into()));
    }

    /// A list with bullets; nothing when it is empty.
    pub fn bullets<T: Into<Line>>(&mut self, lines: impl IntoIterator<Item = T>) {
        let lines: Vec<Line> = lines.into_iter().map(Into::into).collect();
        if !lines.is_empty() {
            self.0.push(Block::Bullets(lines));
        }
    }

    /// A list with numbers; nothing when it is empty.
    pub fn numbers<T: Into<Line>>(&mut self, lines: impl IntoIterator<Item = T>) {
        let lines: Vec<Line> = lines.into_iter().map(Into::into).collect();
        if !lines.is_empty() {
            self.0.push(Block::Numbers(lines));
        }
    }

    /// A table; nothing when it has no rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.0.push(Block::Table(table));
        }
    }

    /// A picture.
    pub fn picture(&mut self, figure: Figure) {
        self.0.push(Block::Picture(figure));
    }

    /// Lines to write on.
    pub fn ruled(&mut self, lines: u8) {
        self.0.push(Block::Ruled(lines));
    }

    /// A new page.
    pub fn page(&mut self, turn: Turn) {
        self.0.push(Block::Page(turn));
    }
}
