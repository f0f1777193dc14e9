//! The rest of the hot wash: how sure people were, what was knowable, clocks, objectives, notes, and how to
//! read it all.

use hotwash_exercise::debrief::{ClockStory, Story, Worth};
use hotwash_exercise::record::Line;
use maud::{Markup, html};

use super::shown;
use crate::dates::{Dates, length};
use crate::picture::{self, Table};
use crate::words;

pub(super) fn calibration(story: &Story) -> Markup {
    html! {
        section id="wash-calibration" {
            h2 { "Confidence against correctness" }
            (shown(&picture::calibration("wash-calibration-dots", story)))
        }
    }
}

pub(super) fn knowable(story: &Story) -> Markup {
    html! {
        section id="wash-knowable" {
            h2 { "What was knowable when" }
            (shown(&picture::knowable("wash-knowable-rows", story)))
        }
    }
}

pub(super) fn clocks(story: &Story) -> Markup {
    let dates = Dates::new(&story.about.startex);
    let mut clocks: Vec<&ClockStory> = story.clocks.iter().collect();
    clocks.sort_by_key(|c| (c.due_ms, c.since_ms));
    let end = story.about.span_ms.2;
    let met = clocks.iter().filter(|c| c.stopped_ms.is_some_and(|at| at <= c.due_ms)).count();
    let mut table = Table::new(
        "Clocks, by when they were due",
        5,
        &["clock", "since", "due", "stopped", "how it went"],
    );
    for clock in &clocks {
        table.rows.push(vec![
            words::sentence(&clock.label).trim_end_matches('.').to_owned(),
            dates.time(clock.since_ms),
            dates.time(clock.due_ms),
            clock.stopped_ms.map_or_else(|| "never".to_owned(), |ms| dates.time(ms)),
            outcome(clock, end),
        ]);
    }
    html! {
        @if !clocks.is_empty() {
            section id="wash-clocks" {
                h2 { "Clocks met and missed" }
                p.says {
                    (words::counted(met, "clock was", "clocks were")) " met, "
                    (words::count((clocks.len() - met) as u64)) " not."
                }
                (crate::page::body(&table))
            }
        }
    }
}

/// `met with 3 hours to spare`, `missed by 84 days`, `not due before the end`.
fn outcome(clock: &ClockStory, end: i64) -> String {
    match clock.stopped_ms {
        Some(at) if at <= clock.due_ms => {
            format!("met with {} to spare", length(clock.due_ms.saturating_sub(at)))
        }
        Some(at) => format!("missed by {}", length(at.saturating_sub(clock.due_ms))),
        None if clock.due_ms > end => "not due before the end".to_owned(),
        None => "missed, and never stopped".to_owned(),
    }
}

pub(super) fn objectives(story: &Story) -> Markup {
    html! {
        @if !story.objectives.is_empty() {
            section id="wash-objectives" {
                h2 { "Objectives" }
                @for objective in &story.objectives {
                    article.objective {
                        h3 { (words::sentence(&objective.text)) }
                        p.rating {
                            @match objective.rating {
                                Some(rating) => {
                                    span.grade { (rating.letter()) } " " strong { (rating.words()) }
                                    @if objective.rated.is_empty() {
                                        " (from expected actions alone; no evaluator rated it)"
                                    }
                                },
                                None => strong { "Not rated: nothing that exercises it came up." },
                            }
                        }
                        @if objective.rating.is_some() && !objective.why.trim().is_empty() { p { (words::sentence(&objective.why)) } }
                        @if !objective.rated.is_empty() {
                            ul { @for (name, rating, comment, entries) in &objective.rated {
                                li {
                                    strong { (name) } ": " (rating.letter())
                                    @if !comment.trim().is_empty() { ". " (words::sentence(comment)) }
                                    (evidence(story, entries))
                                }
                            } }
                        }
                    }
                }
            }
        }
    }
}

/// The entries of the journal that somebody points at.
fn evidence(story: &Story, entries: &[u32]) -> Markup {
    html! {
        @if !entries.is_empty() {
            ul.evidence { @for line in entries.iter().filter_map(|n| entry(story, *n)) {
                li { (told(story, line)) }
            } }
        }
    }
}

fn entry(story: &Story, number: u32) -> Option<&Line> {
    story.timeline.iter().find(|line| line.n == number)
}

fn told(story: &Story, line: &Line) -> String {
    let date = Dates::new(&story.about.startex).time(line.ms);
    words::sentence(&format!("{date}: {} {}", line.who, line.says))
}

pub(super) fn notes(story: &Story) -> Markup {
    let dates = Dates::new(&story.about.startex);
    html! {
        @if !story.notes.is_empty() {
            section id="wash-notes" {
                h2 { "Notes" }
                ul.notes { @for note in &story.notes {
                    li {
                        p.who { (dates.time(note.ms)) ", " (note.by) }
                        p { (note.text) }
                        @if let Some(line) = entry(story, note.entry) {
                            p.dim { "On: " (told(story, line)) }
                        }
                    }
                } }
            }
        }
    }
}

pub(super) fn reading(story: &Story, worth: Option<&Worth>) -> Markup {
    let about = &story.about;
    let policy = if about.policy.is_empty() { "the scenario's defaults" } else { &about.policy };
    html! {
        section id="wash-reading" {
            h2 { "How to read this" }
            ul {
                li {
                    "A fork keeps the past exactly as it was up to the decision. From there the luck is drawn \
                     anew in every future, the same for each option, so that options differ by choice alone. \
                     Later decisions of the team are taken as they were; what the policy decides follows from \
                     the new course."
                }
                li {
                    "In this very world: the same luck to the end as the session had. It is one future among \
                     many, so it may well go the other way than the mean."
                }
                li {
                    "Intervals are 95 % intervals of a mean. They say how far it may be off because only so many \
                     futures were run, not whether the model is right."
                }
                li { "Expected is what the scenario's authors would have done. It is not always what was worth most." }
                @for note in worth.map_or(&[][..], |w| &w.notes) { li { (words::sentence(note)) } }
            }
            h3 { "Where it comes from" }
            dl.from {
                (crate::page::fact("Scenario", &about.scenario))
                (crate::page::fact("Seed", &about.seed))
                (crate::page::fact("What nobody decided followed", policy))
                @if let Some(worth) = worth {
                    (crate::page::fact("Runs for the forks", &words::count(worth.runs)))
                }
                (crate::page::fact("Records", &words::count(about.records)))
                (crate::page::fact("Version", &format!("hotwash {}", about.hotwash)))
            }
            p.hash { "Journal, SHA-256: " code { (about.journal_sha256) } }
            @if !about.sources.is_empty() { p { (words::sentence(&about.sources)) } }
        }
    }
}
