//! The hot wash: what was true, believed and said; what each choice was worth. This file owns the order
//! of its parts, the frame of the document, and how far the forks have come.

mod decisions;
mod record;
mod summary;

use hotwash_exercise::debrief::{DiscussionQuestion, Story, Worth};
use maud::{DOCTYPE, Markup, PreEscaped, html};

pub use decisions::in_words;
pub use summary::headline;

use crate::picture::{self, Figure};
use crate::{dates, svg, words};

/// The hot wash as a whole document that needs nothing else.
pub fn hot_wash(story: &Story, worth: Option<&Worth>, questions: &[DiscussionQuestion]) -> String {
    let about = &story.about;
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(format!("hotwash {}", about.hotwash));
                title { "Hot wash: " (about.title) }
                style { (PreEscaped(svg::STYLE)) (PreEscaped(super::STYLE)) }
            }
            body {
                main {
                    (head(story))
                    (contents(story))
                    (hot_wash_body(story, worth, questions))
                    (foot())
                }
            }
        }
    };
    // Wherever a character came in that no document may hold, it does not go out.
    svg::clean(&markup.into_string())
}

/// The same without a frame, for a page that has one; drawn again while `worth` is sharpened. Its ids
/// all begin with `wash` and stay the same from one drawing to the next.
pub fn hot_wash_body(
    story: &Story,
    worth: Option<&Worth>,
    questions: &[DiscussionQuestion],
) -> Markup {
    let markup = html! {
        div.wash id="wash" {
            (status(story, worth))
            (summary::summary(story, worth))
            (summary::questions(questions))
            section id="wash-lanes" {
                h2 { "Truth, belief and claim" }
                @for figure in picture::lanes("wash-lane", story) { (shown(&figure)) }
            }
            (decisions::decisions(story, worth))
            (record::calibration(story))
            (record::knowable(story))
            (record::clocks(story))
            (record::objectives(story))
            (record::notes(story))
            (record::reading(story, worth))
        }
    };
    PreEscaped(svg::clean(&markup.into_string()))
}

fn head(story: &Story) -> Markup {
    let about = &story.about;
    let played: Vec<String> = story
        .people
        .iter()
        .map(|p| match p.seats.as_slice() {
            [] => p.name.clone(),
            seats => format!("{} ({})", p.name, words::list(seats, 6)),
        })
        .collect();
    html! {
        header {
            p.kind { "Hot wash" }
            h1 { (about.title) }
            p.about { (words::sentence(&about.summary)) }
            dl {
                @if about.wall_ms.0 > 0 {
                    (super::fact("Played on", &dates::wall_day(about.wall_ms.0)))
                }
                (super::fact("People", &words::count(story.people.len() as u64)))
                (super::fact("Decisions", &words::count(story.decisions.len() as u64)))
                (super::fact("Seed", &about.seed))
                (super::fact("Scenario", &about.scenario))
            }
            @if !played.is_empty() { p { "Took part: " (words::list(&played, 24)) "." } }
        }
    }
}

fn contents(story: &Story) -> Markup {
    let links = [
        ("wash-summary", "What happened", true),
        ("wash-questions", "Questions to talk about", true),
        ("wash-lanes", "Truth, belief and claim", true),
        ("wash-decisions", "Decision by decision", true),
        ("wash-calibration", "How sure, and how often as expected", true),
        ("wash-knowable", "What was knowable when", true),
        ("wash-clocks", "Clocks", !story.clocks.is_empty()),
        ("wash-objectives", "Objectives", !story.objectives.is_empty()),
        ("wash-notes", "Notes", !story.notes.is_empty()),
        ("wash-reading", "How to read this", true),
    ];
    html! {
        nav aria-label="Contents" {
            ol { @for (id, title, _) in links.iter().filter(|l| l.2) {
                li { a href=(format!("#{id}")) { (title) } }
            } }
        }
    }
}

/// How far the forks have come.
fn status(story: &Story, worth: Option<&Worth>) -> Markup {
    let taken = story.decisions.iter().any(decisions::is_by_people);
    html! {
        @match worth {
            None if taken => p.partial id="wash-status" role="status" {
                strong { "Not computed yet. " }
                "What the other options would have done, and where this run fell among other worlds, is \
                 missing here."
            },
            Some(w) if w.futures < w.wanted => div.partial id="wash-status" role="status" {
                p {
                    strong { "Not final. " }
                    "The forks are over " (words::count(w.futures)) " of " (words::count(w.wanted))
                    " futures so far; intervals will narrow, and what is close may still turn."
                }
                progress max=(w.wanted) value=(w.futures) aria-label="Futures run" {}
            },
            _ => div id="wash-status" {},
        }
    }
}

/// A figure with its sentence before, its caption after, and its table to open.
fn shown(figure: &Figure) -> Markup {
    html! {
        @if let Some(drawing) = &figure.drawing {
            figure {
                h3 { (figure.heading) }
                @if !figure.sentence.is_empty() { p.says { (figure.sentence) } }
                (scrolled(figure, drawing))
                @if !figure.caption.is_empty() { figcaption { (figure.caption) } }
            }
        } @else {
            p.says { (figure.sentence) }
        }
        (as_table(figure))
    }
}

fn scrolled(figure: &Figure, drawing: &Markup) -> Markup {
    html! {
        div.scroll.wide.whole tabindex="0" role="group" aria-label=(figure.heading) { (drawing) }
    }
}

fn as_table(figure: &Figure) -> Markup {
    html! {
        @if !figure.table.rows.is_empty() {
            details {
                summary { "As a table: " (figure.table.caption) }
                (super::body(&figure.table))
            }
        }
    }
}

fn foot() -> Markup {
    html! {
        footer {
            p {
                "A simulated world, not a forecast: the figures say what follows from the model's assumptions, \
                 and intervals hold chance only, not whether the model is right."
            }
        }
    }
}
