//! Pages: whole HTML documents that need nothing else. This file owns the frame - head, facts, notes,
//! figures, tables - and each finding's page fills it.

mod comparison;
mod frontier;
mod hindcast;
mod hot_wash;
mod sensitivity;
mod sweep;
mod value;

pub use comparison::comparison;
pub use frontier::frontier;
pub use hindcast::hindcast;
pub use hot_wash::{headline, hot_wash, hot_wash_body, in_words};
pub use sensitivity::sensitivity;
pub use sweep::sweep;
pub use value::value;

use hotwash_lab::findings::{ArmInfo, Header};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::picture::{Figure, Table};
use crate::svg;
use crate::words;

/// The style sheet of pages.
pub const STYLE: &str = concat!(include_str!("style.css"), include_str!("hot_wash/style.css"));

/// A part of a page.
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) figures: Vec<Figure>,
    /// Tables that stand by themselves, open.
    pub(crate) tables: Vec<Table>,
}

impl Section {
    pub(crate) fn of(title: &str, figures: Vec<Figure>) -> Section {
        Section { title: title.to_owned(), figures, tables: Vec::new() }
    }
}

/// What a page is made of.
pub(crate) struct Page<'a> {
    pub(crate) header: &'a Header,
    /// What sort of study it is.
    pub(crate) kind: &'a str,
    /// What was examined, in a sentence.
    pub(crate) about: String,
    /// Names and summaries of the policies.
    pub(crate) arms: &'a [ArmInfo],
    /// How to read the page, sentence by sentence.
    pub(crate) reading: Vec<String>,
    pub(crate) sections: Vec<Section>,
}

impl Page<'_> {
    /// The document.
    pub(crate) fn render(&self) -> String {
        let header = self.header;
        let title = format!("{}: {}", self.kind, header.title);
        let markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content=(format!("hotwash {}", header.hotwash));
                    title { (title) }
                    style { (PreEscaped(svg::STYLE)) (PreEscaped(STYLE)) }
                }
                body {
                    main {
                        (self.head())
                        (self.contents())
                        (self.reading())
                        (self.sections())
                        (self.foot())
                    }
                }
            }
        };
        // Wherever a character came in that no document may hold, it does not go out.
        svg::clean(&markup.into_string())
    }

    fn head(&self) -> Markup {
        let header = self.header;
        html! {
            header {
                p.kind { (self.kind) }
                h1 { (header.title) }
                p.about { (self.about) }
                @if header.is_partial {
                    p.partial role="note" {
                        strong { "Partial result." }
                        " The study was stopped before it was done; everything here is over the "
                        (words::count(header.worlds)) " worlds finished by then."
                    }
                }
                dl {
                    (fact("Worlds", &words::count(header.worlds)))
                    (fact("Runs in all", &words::count(header.runs)))
                    (fact("Seed", &header.seed))
                    (fact("Scenario", &header.scenario))
                    (fact("Version", &format!("hotwash {}, streams {}", header.hotwash, header.streams)))
                }
                p.again { "The same figures come again with" }
                pre tabindex="0" { code { (header.command) } }
                p.hash { "Scenario and policies, SHA-256: " code { (header.scenario_sha256) } }
            }
            @if self.arms.iter().any(|a| !a.summary.is_empty()) {
                section.arms {
                    h2 { @if self.arms.len() == 1 { "Policy" } @else { "Policies" } }
                    dl.policies {
                        @for (i, _) in self.arms.iter().enumerate() {
                            dt { (crate::picture::arm(self.arms, i)) }
                            dd { (words::sentence(&self.arms[i].summary)) }
                        }
                    }
                }
            }
        }
    }

    fn contents(&self) -> Markup {
        html! {
            @if self.sections.len() > 1 {
                nav aria-label="Contents" {
                    ol {
                        @for (i, section) in self.sections.iter().enumerate() {
                            li { a href=(format!("#section-{}", i + 1)) { (section.title) } }
                        }
                    }
                }
            }
        }
    }

    fn reading(&self) -> Markup {
        html! {
            section.reading {
                h2 { "How to read this" }
                ul { @for line in &self.reading { li { (words::sentence(line)) } } }
                @if !self.header.notes.is_empty() {
                    h3 { "Notes on these figures" }
                    ul { @for note in &self.header.notes { li { (words::sentence(note)) } } }
                }
            }
        }
    }

    /// The sections; figures are numbered through, and what is only a sentence has no number.
    fn sections(&self) -> Markup {
        let mut number = 0;
        let mut numbered = |figure: &Figure| {
            number += usize::from(figure.drawing.is_some());
            drawn(figure, number, &self.header.command)
        };
        html! {
            @for (i, section) in self.sections.iter().enumerate() {
                section id=(format!("section-{}", i + 1)) {
                    h2 { (section.title) }
                    @for table in &section.tables { (standing(table)) }
                    @for figure in &section.figures { (numbered(figure)) }
                }
            }
        }
    }

    fn foot(&self) -> Markup {
        html! {
            footer {
                p {
                    "Simulated worlds, not forecasts: the figures say what follows from the model's "
                    "assumptions, and intervals hold chance only, not whether the model is right."
                }
            }
        }
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// A figure with its sentence before, its caption after, and its table to open.
fn drawn(figure: &Figure, number: usize, command: &str) -> Markup {
    html! {
        @if let Some(drawing) = &figure.drawing {
            figure {
                h3 { (figure.heading) }
                @if !figure.sentence.is_empty() { p.says { (figure.sentence) } }
                div.scroll.wide tabindex="0" role="group" aria-label=(figure.heading) { (drawing) }
                figcaption { strong { (format!("Figure {number}. ")) } (figure.caption) " " code { (command) } }
            }
        } @else {
            h3 { (figure.heading) }
            p.says { (figure.sentence) }
        }
        @if !figure.table.rows.is_empty() {
            details {
                summary { (format!("Figures as a table: {}", figure.table.caption)) }
                (body(&figure.table))
            }
        }
    }
}

/// A table that stands by itself; a long one scrolls in a box of its own, and is whole on paper.
fn standing(table: &Table) -> Markup {
    /// Rows that fit on a page.
    const LONG: usize = 60;
    html! {
        @if table.rows.is_empty() {
            p.says { (words::sentence(&format!("{}: nothing to show", table.caption))) }
        } @else {
            div.long[table.rows.len() > LONG] { (body(table)) }
        }
    }
}

fn body(table: &Table) -> Markup {
    let class = |index: usize| table.columns.get(index).filter(|c| c.is_figure).map(|_| "figure");
    html! {
        div.scroll tabindex="0" role="group" aria-label=(table.caption) {
            table {
                caption { (table.caption) }
                thead {
                    tr { @for (i, c) in table.columns.iter().enumerate() {
                        th scope="col" class=[class(i)] { (c.title) }
                    } }
                }
                tbody {
                    @for row in &table.rows {
                        tr { @for (i, cell) in row.iter().enumerate() {
                            @if i == 0 { th scope="row" { (cell) } }
                            @else { td class=[class(i)] { (cell) } }
                        } }
                    }
                }
            }
        }
    }
}

/// A sentence that all pages need.
pub(crate) fn interval_note() -> String {
    "figures in brackets are 95 % intervals: they say how far the figure may be off because only so many \
     worlds were run"
        .to_owned()
}

/// What it means that worlds are shared.
pub(crate) fn pairing_note() -> String {
    "all policies meet the same worlds - the same customers, the same intruder, the same luck - so that \
     what differs is the policies' doing"
        .to_owned()
}
