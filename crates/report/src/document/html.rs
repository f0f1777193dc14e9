//! Documents for a browser and its printer: one file that needs nothing else.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::model::{Block, Cell, Document, Line, Run, Style, Table, Turn};
use crate::picture::Figure;
use crate::svg;

/// The style sheet of documents, for the screen and for paper.
const STYLE: &str = include_str!("style.css");

/// The document as a page.
pub(super) fn html(document: &Document) -> String {
    let title = format!("{}: {}", document.exercise, document.kind);
    let markup = html! {
        (DOCTYPE)
        html lang=(document.words.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(format!("hotwash {}", env!("CARGO_PKG_VERSION")));
                title { (title) }
                style { (PreEscaped(svg::STYLE)) (PreEscaped(STYLE)) (PreEscaped(footer(document))) }
            }
            body {
                p.marking { (document.marking()) }
                main {
                    header class=(if document.has_title_page { "title" } else { "title form" }) {
                        p.kind { (document.kind) }
                        h1 { (document.exercise) }
                        dl {
                            @for (name, value) in &document.facts {
                                div { dt { (name) } dd { (line(value)) } }
                            }
                        }
                    }
                    (sections(document))
                }
                p.marking { (document.marking()) }
            }
        }
    };
    svg::clean(&markup.into_string())
}

/// The marking and the page's number at the foot of each printed page.
fn footer(document: &Document) -> String {
    format!(
        "@page {{ @bottom-center {{ content: \"{} \\b7  {}\" counter(page) \"{}\" counter(pages); \
         font: 8pt system-ui, sans-serif; color: #555; }} }}",
        document.marking(),
        document.words.of("page "),
        document.words.of(" of ")
    )
}

/// The blocks, each run of pages that lie alike in a part of its own.
fn sections(document: &Document) -> Markup {
    /// Which way the pages lie, and the blocks on them with their numbers.
    type Part<'a> = (Option<Turn>, Vec<(usize, &'a Block)>);
    let mut parts: Vec<Part<'_>> = vec![(None, Vec::new())];
    for (number, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Page(turn) => parts.push((Some(*turn), Vec::new())),
            other => parts.last_mut().into_iter().for_each(|p| p.1.push((number, other))),
        }
    }
    html! {
        @for (turn, blocks) in parts.iter().filter(|(_, blocks)| !blocks.is_empty()) {
            @let class = match turn {
                None => "part",
                Some(Turn::Upright) => "part page",
                Some(Turn::Wide) => "part page wide",
            };
            section class=(class) {
                @for (number, each) in blocks { (block(document, *number, each)) }
            }
        }
    }
}

fn block(document: &Document, number: usize, block: &Block) -> Markup {
    let id = format!("s{number}");
    match block {
        Block::Heading(1, text) => html! { h2 id=(id) { (text) } },
        Block::Heading(2, text) => html! { h3 id=(id) { (text) } },
        Block::Heading(_, text) => html! { h4 id=(id) { (text) } },
        Block::Para(text) => html! { p { (line(text)) } },
        Block::Note(text) => html! { p.note { (line(text)) } },
        Block::Bullets(items) => html! { ul { @for item in items { li { (line(item)) } } } },
        Block::Numbers(items) => html! { ol { @for item in items { li { (line(item)) } } } },
        Block::Table(inner) => table(inner),
        Block::Picture(figure) => picture(figure),
        Block::Ruled(lines) => html! { @for _ in 0..*lines { div.ruled { } } },
        Block::Contents => contents(document),
        Block::Page(_) => html! {},
    }
}

fn contents(document: &Document) -> Markup {
    html! {
        @let contents = document.words.of("Contents");
        nav aria-label=(contents) {
            h2 { (contents) }
            ul {
                @for (number, block) in document.blocks.iter().enumerate() {
                    @if let Block::Heading(level @ 1..=2, text) = block {
                        li class=(format!("level{level}")) { a href=(format!("#s{number}")) { (text) } }
                    }
                }
            }
        }
    }
}

fn picture(figure: &Figure) -> Markup {
    html! {
        @if !figure.sentence.is_empty() { p { (figure.sentence) } }
        figure {
            @if let Some(drawing) = &figure.drawing {
                div.scroll tabindex="0" role="group" aria-label=(figure.heading) { (drawing) }
            }
            @if !figure.caption.is_empty() { figcaption { (figure.caption) } }
        }
    }
}

fn table(table: &Table) -> Markup {
    let total: u32 = table.columns.iter().map(|c| u32::from(c.width)).sum();
    let share = |width: u16| 100 * u32::from(width) / total.max(1);
    let centred = |i: usize| table.columns.get(i).filter(|c| c.is_centred).map(|_| "centred");
    let named = if table.caption.is_empty() { "Table" } else { &table.caption };
    html! {
        div.scroll tabindex="0" role="group" aria-label=(named) {
            table class=(if table.has_head { "headed" } else { "facts" }) {
                @if !table.caption.is_empty() { caption { (table.caption) } }
                colgroup { @for c in &table.columns { col style=(format!("width: {}%", share(c.width))); } }
                @if table.has_head {
                    thead { tr { @for (i, c) in table.columns.iter().enumerate() {
                        th scope="col" class=[centred(i)] { (c.title) }
                    } } }
                }
                tbody {
                    @for row in &table.rows {
                        tr { @for (i, inner) in row.iter().enumerate() {
                            @if i == 0 && table.has_row_heads { th scope="row" { (cell(inner)) } }
                            @else { td class=[centred(i)] { (cell(inner)) } }
                        } }
                    }
                }
            }
        }
    }
}

fn cell(cell: &Cell) -> Markup {
    match cell.0.as_slice() {
        [only] => line(only),
        lines => html! { @for each in lines { p { (line(each)) } } },
    }
}

fn line(line: &Line) -> Markup {
    html! { @for run in &line.0 { (styled(run)) } }
}

fn styled(run: &Run) -> Markup {
    match run.style {
        Style::Plain => boxes(&run.text),
        Style::Strong => html! { strong { (run.text) } },
        Style::Emphasis => html! { em { (run.text) } },
        Style::Blank => html! { span.blank { "[" (run.text) "]" } },
    }
}

/// A box to tick is named for those who do not see it.
fn boxes(text: &str) -> Markup {
    match text {
        super::model::BOX => html! { span role="img" aria-label="not ticked" { (text) } },
        super::model::TICKED => html! { span role="img" aria-label="ticked" { (text) } },
        _ => html! { (text) },
    }
}
