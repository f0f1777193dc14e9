//! The first page of the hot wash: what happened in five figures, where the run fell among other worlds,
//! and what to talk about.

use hotwash_exercise::debrief::{DiscussionQuestion, Story, Worth};
use hotwash_exercise::record::Outcome;
use maud::{Markup, html};

use super::shown;
use crate::dates::Dates;
use crate::{picture, words};

/// Figures on the first page.
const FIGURES: usize = 5;

/// The outcomes that the scenario puts first.
pub fn headline(story: &Story) -> Vec<&Outcome> {
    let named: Vec<&Outcome> = story
        .headline
        .iter()
        .filter_map(|name| story.outcomes.iter().find(|o| o.name == *name))
        .collect();
    let list = if named.is_empty() { story.outcomes.iter().collect() } else { named };
    list.into_iter().take(FIGURES).collect()
}

pub(super) fn summary(story: &Story, worth: Option<&Worth>) -> Markup {
    html! {
        section id="wash-summary" {
            h2 { "What happened" }
            p.says { (course(story)) }
            @let outcomes = headline(story);
            @if !outcomes.is_empty() {
                ul.figures {
                    @for outcome in outcomes { (card(outcome, worth)) }
                }
            }
            @if let Some(worth) = worth { (shown(&picture::places("wash-places", worth))) }
        }
    }
}

/// From when to when, and who decided until when.
fn course(story: &Story) -> String {
    let dates = Dates::new(&story.about.startex);
    let (_, endex, end) = story.about.span_ms;
    let by_people = story.decisions.iter().filter(|d| super::decisions::is_by_people(d)).count();
    let others = story.decisions.len() - by_people;
    let mut out = format!(
        "The exercise began on {} and ended on {}; people took {}",
        dates.day(0),
        dates.day(endex),
        words::counted(by_people, "decision", "decisions")
    );
    if others > 0 {
        let rest = words::counted(others, "was", "were");
        out += &format!(", and {rest} taken by default or by the policy");
    }
    if endex < end {
        out += &format!(
            ". After ENDEX the policy decided until {}, and the figures are those of that day",
            dates.day(end)
        );
    }
    words::sentence(&out)
}

fn card(outcome: &Outcome, worth: Option<&Worth>) -> Markup {
    let placed = worth.and_then(|w| {
        picture::placed(w).into_iter().find(|(measure, _)| measure.name == outcome.name)
    });
    let about = worth
        .and_then(|w| w.measures.iter().find(|m| m.name == outcome.name))
        .map(|m| m.about.as_str())
        .filter(|about| !about.is_empty());
    html! {
        li {
            p.name { (words::titled(&outcome.name)) }
            p.value {
                @match outcome.value {
                    Some(value) => { (words::number(value)) " " span.unit { (outcome.unit) } },
                    None => "none",
                }
            }
            @if let Some(about) = about { p.about { (words::sentence(about)) } }
            @if let Some((measure, place)) = placed {
                p.standing { (words::sentence(&picture::standing(measure, place))) }
            }
        }
    }
}

pub(super) fn questions(questions: &[DiscussionQuestion]) -> Markup {
    html! {
        section id="wash-questions" {
            h2 { "Questions to talk about" }
            @if questions.is_empty() {
                p.says { "No gap in this run is large enough for a question." }
            } @else {
                ol.questions {
                    @for question in questions {
                        li {
                            p.ask { (question.ask) }
                            p.because { (words::sentence(&question.because)) }
                        }
                    }
                }
            }
        }
    }
}
