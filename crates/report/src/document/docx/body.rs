//! The text itself: title page, paragraphs, tables, sections that lie upright or wide.

use super::parts::name_spaces;
use super::xml::{DECLARATION, escape, value};
use crate::document::model::{Block, Cell, Document, Line, Run, Style, Table, Turn};

/// Width of the text in twentieths of a point.
fn text_width(turn: Turn) -> u32 {
    match turn {
        Turn::Upright => 9638,
        Turn::Wide => 15136,
    }
}

/// The part `document.xml`, and how many lists with numbers it has.
pub(super) fn body(document: &Document) -> (String, u32) {
    let mut writer = Writer {
        out: String::new(),
        turn: Turn::Upright,
        breaks: false,
        is_first: document.has_title_page,
        marks: 0,
        lists: 0,
    };
    writer.title_page(document);
    for (i, block) in document.blocks.iter().enumerate() {
        // What introduces a table stays on its page.
        match (block, document.blocks.get(i + 1)) {
            (Block::Para(line), Some(Block::Table(_))) => {
                writer.paragraph("", "<w:keepNext/>", &runs(line));
            }
            _ => writer.block(document, block),
        }
    }
    let last = writer.section();
    let text = format!(
        "{DECLARATION}<w:document {}><w:body>{}{last}</w:body></w:document>",
        name_spaces(),
        writer.out
    );
    (text, writer.lists)
}

struct Writer {
    out: String,
    turn: Turn,
    /// The next paragraph begins a page.
    breaks: bool,
    /// The section under way has the title page.
    is_first: bool,
    /// Headings so far, for links.
    marks: u32,
    lists: u32,
}

impl Writer {
    fn paragraph(&mut self, style: &str, more: &str, runs: &str) {
        let page = if std::mem::take(&mut self.breaks) { "<w:pageBreakBefore/>" } else { "" };
        let named = if style.is_empty() { String::new() } else { value("pStyle", style) };
        self.out.push_str(&format!("<w:p><w:pPr>{named}{page}{more}</w:pPr>{runs}</w:p>"));
    }

    fn title_page(&mut self, document: &Document) {
        let (above, title) = match document.has_title_page {
            true => ("", "Title"),
            false => ("<w:spacing w:before=\"0\" w:after=\"0\"/>", "FormTitle"),
        };
        self.paragraph("Subtitle", above, &plain(document.kind));
        self.paragraph(title, "", &plain(&document.exercise));
        let mut facts = Table::facts("", Vec::new());
        for (name, value) in &document.facts {
            facts.row(vec![name.as_str().into(), value.clone().into()]);
        }
        if !facts.rows.is_empty() {
            self.table(&facts);
        }
        if document.has_title_page {
            let marking = Line::new().strong(document.marking());
            self.paragraph("Note", "", &runs(&marking));
            self.breaks = true;
        }
    }

    fn block(&mut self, document: &Document, block: &Block) {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Para(line) => self.paragraph("", "", &runs(line)),
            Block::Note(line) => self.paragraph("Note", "", &runs(line)),
            Block::Bullets(items) => self.list("ListBullet", 1, items),
            Block::Numbers(items) => {
                self.lists += 1;
                self.list("ListNumber", self.lists + 1, items);
            }
            Block::Table(table) => self.table(table),
            Block::Picture(figure) => {
                if !figure.sentence.is_empty() {
                    self.paragraph("", "", &plain(&figure.sentence));
                }
                if !figure.table.rows.is_empty() {
                    self.table(&Table::from(figure));
                }
            }
            Block::Ruled(lines) => {
                (0..*lines).for_each(|_| self.paragraph("Ruled", "", ""));
                self.paragraph("AfterTable", "", "");
            }
            Block::Contents => self.contents(document),
            Block::Page(turn) => self.page(*turn),
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        self.marks += 1;
        let n = self.marks;
        let inner = format!(
            "<w:bookmarkStart w:id=\"{n}\" w:name=\"_Toc{n}\"/>{}<w:bookmarkEnd w:id=\"{n}\"/>",
            plain(text)
        );
        self.paragraph(&format!("Heading{}", level.clamp(1, 3)), "", &inner);
    }

    fn list(&mut self, style: &str, number: u32, items: &[Line]) {
        let list = format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{number}\"/></w:numPr>");
        for (i, item) in items.iter().enumerate() {
            let last = if i + 1 == items.len() { "<w:spacing w:after=\"160\"/>" } else { "" };
            self.paragraph(style, &format!("{list}{last}"), &runs(item));
        }
    }

    /// A field that a word processor can bring up to date; until then it holds links to the headings.
    fn contents(&mut self, document: &Document) {
        self.paragraph("TOCHeading", "", &plain("Contents"));
        let mut entries: Vec<(u8, u32, &str)> = Vec::new();
        let mut number = 0;
        for block in &document.blocks {
            if let Block::Heading(level, text) = block {
                number += 1;
                if *level <= 2 {
                    entries.push((*level, number, text));
                }
            }
        }
        let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let code = " TOC \\o \"1-2\" \\h \\z \\u ";
        let begin = format!(
            "{}<w:r><w:instrText xml:space=\"preserve\">{}</w:instrText></w:r>{}",
            char("begin"),
            escape(code),
            char("separate")
        );
        let count = entries.len();
        for (i, (level, number, text)) in entries.into_iter().enumerate() {
            let opens = if i == 0 { begin.as_str() } else { "" };
            let closes = if i + 1 == count { char("end") } else { String::new() };
            let link = format!(
                "{opens}<w:hyperlink w:anchor=\"_Toc{number}\" w:history=\"1\">{}</w:hyperlink>{closes}",
                plain(text)
            );
            self.paragraph(&format!("TOC{level}"), "", &link);
        }
    }

    fn page(&mut self, turn: Turn) {
        if turn == self.turn {
            self.breaks = true;
            return;
        }
        let section = self.section();
        self.out.push_str(&format!(
            "<w:p><w:pPr>{}{section}</w:pPr></w:p>",
            value("pStyle", "AfterTable")
        ));
        (self.turn, self.is_first, self.breaks) = (turn, false, false);
    }

    /// The properties of the section under way.
    fn section(&self) -> String {
        let (size, margin) = match self.turn {
            Turn::Upright => ("w:w=\"11906\" w:h=\"16838\"", 1134),
            Turn::Wide => ("w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"", 851),
        };
        let title = if self.is_first { "<w:titlePg/>" } else { "" };
        format!(
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/>\
             <w:footerReference w:type=\"default\" r:id=\"rId5\"/><w:pgSz {size}/>\
             <w:pgMar w:top=\"1247\" w:right=\"{margin}\" w:bottom=\"1134\" w:left=\"{margin}\" \
             w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>{title}</w:sectPr>"
        )
    }

    fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() {
            self.paragraph("Caption", "", &plain(&table.caption));
        } else if self.breaks {
            self.paragraph("AfterTable", "", "");
        }
        let widths = widths(table, text_width(self.turn));
        let grid: String = widths.iter().map(|w| format!("<w:gridCol w:w=\"{w}\"/>")).collect();
        let caption = match table.caption.as_str() {
            "" => String::new(),
            text => value("tblCaption", escape(text)),
        };
        let total: u32 = widths.iter().sum();
        let (first_row, first_column) = (u8::from(table.has_head), u8::from(table.has_row_heads));
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"04A0\" w:firstRow=\"{first_row}\" w:lastRow=\"0\" \
             w:firstColumn=\"{first_column}\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>\
             {caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        ));
        if table.has_head {
            let cells = table.columns.iter().zip(&widths).map(|(column, width)| {
                let centred = if column.is_centred { value("jc", "center") } else { String::new() };
                let head = Cell::from(column.title.as_str());
                table_cell(&head, *width, "TableHead", &centred, true)
            });
            let cells: String = cells.collect();
            self.out.push_str(&format!(
                "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
            ));
        }
        for row in &table.rows {
            let cells = row.iter().zip(&widths).enumerate().map(|(i, (cell, width))| {
                let is_name = i == 0 && table.has_row_heads;
                let style = match table.columns.get(i) {
                    Some(column) if column.is_centred => "TableBox",
                    _ if is_name => "TableHead",
                    _ => "TableText",
                };
                table_cell(cell, *width, style, "", is_name && !table.has_head)
            });
            let cells: String = cells.collect();
            self.out.push_str(&format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"));
        }
        self.out.push_str("</w:tbl>");
        self.paragraph("AfterTable", "", "");
    }
}

/// Widths of columns that fill the text's width.
fn widths(table: &Table, total: u32) -> Vec<u32> {
    let sum: u32 = table.columns.iter().map(|c| u32::from(c.width)).sum();
    table.columns.iter().map(|c| total * u32::from(c.width) / sum.max(1)).collect()
}

fn table_cell(cell: &Cell, width: u32, style: &str, more: &str, is_shaded: bool) -> String {
    let shade =
        if is_shaded { "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDEFF2\"/>" } else { "" };
    let paragraph = |line: &Line| {
        format!("<w:p><w:pPr>{}{more}</w:pPr>{}</w:p>", value("pStyle", style), runs(line))
    };
    let empty = [Line::new()];
    let lines = if cell.0.is_empty() { empty.as_slice() } else { cell.0.as_slice() };
    let text: String = lines.iter().map(paragraph).collect();
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}</w:tcPr>{text}</w:tc>")
}

fn runs(line: &Line) -> String {
    line.0.iter().map(run).collect()
}

fn plain(text: &str) -> String {
    run(&Run { text: text.to_owned(), style: Style::Plain })
}

fn run(run: &Run) -> String {
    let (properties, text) = match run.style {
        Style::Plain => ("", run.text.clone()),
        Style::Strong => ("<w:rPr><w:b/></w:rPr>", run.text.clone()),
        Style::Emphasis => ("<w:rPr><w:i/></w:rPr>", run.text.clone()),
        Style::Blank => ("<w:rPr><w:rStyle w:val=\"Blank\"/></w:rPr>", format!("[{}]", run.text)),
    };
    // A line break within a text is one in the document.
    let lines: Vec<String> = text
        .split('\n')
        .map(|part| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(part)))
        .collect();
    format!("<w:r>{properties}{}</w:r>", lines.join("<w:br/>"))
}
