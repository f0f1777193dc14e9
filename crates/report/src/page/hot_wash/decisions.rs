//! Decision by decision: what was asked and taken, by whom and how sure; then the fork.

use hotwash_exercise::debrief::{DecisionStory, Fork, ForkedOption, HowTaken, Story, Worth};
use hotwash_lab::findings::Measure;
use maud::{Markup, html};

use super::{as_table, scrolled};
use crate::dates::{Dates, length};
use crate::picture::{self, letter};
use crate::words;

/// Effects named in a sentence at most, of each sort.
const NAMED: usize = 3;

/// Whether somebody at the table took it.
pub(super) fn is_by_people(decision: &DecisionStory) -> bool {
    matches!(decision.how, HowTaken::Player(_) | HowTaken::OnBehalf)
}

pub(super) fn decisions(story: &Story, worth: Option<&Worth>) -> Markup {
    let dates = Dates::new(&story.about.startex);
    html! {
        section id="wash-decisions" {
            h2 { "Decision by decision" }
            @if story.decisions.is_empty() {
                p.says { "No decision came up." }
            } @else {
                p { (stakes(story, worth)) }
                @for (i, decision) in story.decisions.iter().enumerate() {
                    (one(i, decision, story, worth, &dates))
                }
            }
        }
    }
}

/// On which decisions most hung.
fn stakes(story: &Story, worth: Option<&Worth>) -> Markup {
    let mut forks: Vec<&Fork> =
        worth.map_or_else(Vec::new, |w| w.decisions.iter().filter(|f| f.stake > 0.0).collect());
    forks.sort_by(|a, b| b.stake.total_cmp(&a.stake));
    let place = |fork: &Fork| story.decisions.iter().position(|d| d.name == fork.decision);
    let numbers: Vec<usize> = forks.iter().filter_map(|f| place(f)).take(3).collect();
    html! {
        @if numbers.is_empty() {
            "In the order in which they came up."
        } @else {
            "In the order in which they came up. Most hung on "
            @for (i, number) in numbers.iter().enumerate() {
                @if i > 0 { @if i + 1 == numbers.len() { " and " } @else { ", " } }
                a href=(format!("#wash-decision-{}", number + 1)) { (format!("decision {}", number + 1)) }
            }
            "."
        }
    }
}

fn one(
    index: usize,
    decision: &DecisionStory,
    story: &Story,
    worth: Option<&Worth>,
    dates: &Dates,
) -> Markup {
    let id = format!("wash-decision-{}", index + 1);
    html! {
        article.decision id=(id) {
            h3 { (format!("{}. {}", index + 1, decision.ask.trim())) }
            p.taken { (how(decision, story, dates)) }
            ol.options {
                @for (i, (_, text)) in decision.options.iter().enumerate() {
                    li.taken[decision.taken == Some(i)] {
                        span.letter { (letter(i)) } " " (text)
                        @if decision.taken == Some(i) { " " strong.tag { "taken" } }
                        @if decision.expected == Some(i) { " " span.tag { "expected" } }
                    }
                }
            }
            @if !decision.reason.trim().is_empty() {
                blockquote { p { (decision.reason.trim()) } }
            }
            (votes(decision))
            (fork(&id, decision, worth))
        }
    }
}

/// Who decided what when, how sure, and how long it took them.
fn how(decision: &DecisionStory, story: &Story, dates: &Dates) -> String {
    let mut out =
        format!("Asked of the {} on {}", role(&decision.role), dates.time(decision.asked_ms));
    let when = decision.taken_ms.map(|ms| dates.time(ms)).unwrap_or_default();
    let is_after_endex = decision.taken_ms.unwrap_or(decision.asked_ms) >= story.about.span_ms.1
        && story.about.span_ms.1 < story.about.span_ms.2;
    out += &match &decision.how {
        HowTaken::Player(name) => format!("; decided by {name} on {when}"),
        HowTaken::OnBehalf => {
            format!("; decided by the facilitator on the role's behalf on {when}")
        }
        HowTaken::TimeRanOut => format!("; the time ran out on {when} and the default was taken"),
        HowTaken::Policy if is_after_endex => {
            format!("; after ENDEX the policy decided, on {when}")
        }
        HowTaken::Policy => format!("; nobody played the role, so the policy decided on {when}"),
        HowTaken::Open => "; it was still open at the end".to_owned(),
    };
    if let Some(confidence) = decision.confidence {
        out += &format!(", with confidence {confidence} of 5");
    }
    if let Some(seconds) = decision.wall_seconds.filter(|s| *s > 0) {
        out += &format!(". The table took {}", table_time(seconds));
    }
    words::sentence(&out)
}

fn role(title: &str) -> String {
    if title.is_empty() { "vendor".to_owned() } else { title.to_owned() }
}

fn table_time(seconds: i64) -> String {
    if seconds < 100 {
        return words::counted(seconds as usize, "second", "seconds");
    }
    length(seconds.saturating_mul(1000))
}

fn votes(decision: &DecisionStory) -> Markup {
    html! {
        @if !decision.votes.is_empty() {
            p.votes-head { "Votes before that:" }
            ul.votes {
                @for (name, option, confidence, reason) in &decision.votes {
                    li {
                        strong { (name) } ": " (letter(*option)) ", confidence " (confidence)
                        @if !reason.trim().is_empty() { ". \u{201c}" (reason.trim()) "\u{201d}" }
                    }
                }
            }
        }
    }
}

fn fork(id: &str, decision: &DecisionStory, worth: Option<&Worth>) -> Markup {
    let found =
        worth.and_then(|w| Some((w, w.decisions.iter().find(|f| f.decision == decision.name)?)));
    let Some((worth, fork)) = found.filter(|(w, _)| w.futures > 0) else {
        return html! { p.dim { (no_fork(decision, worth)) } };
    };
    let figure = picture::fork(&format!("{id}-fork"), worth, fork);
    html! {
        h4 { (figure.heading) }
        p.says { (figure.sentence) }
        @if is_any_clear(worth, fork) { ul.forks {
            @for (i, option) in fork.options.iter().enumerate().filter(|(i, _)| *i != fork.taken) {
                li { span.letter { (letter(i)) } " " (in_words(&worth.measures, fork, option)) }
            }
        } }
        @if let Some(drawing) = &figure.drawing {
            figure {
                (scrolled(&figure, drawing))
                // All of them are read alike, so the first says how.
                @if worth.decisions.first() == Some(fork) { figcaption { (figure.caption) } }
            }
        }
        (as_table(&figure))
    }
}

/// Whether any other option makes a difference that is told apart from chance.
fn is_any_clear(worth: &Worth, fork: &Fork) -> bool {
    let others = fork.options.iter().enumerate().filter(|(i, _)| *i != fork.taken);
    let mut effects = others.flat_map(|(_, option)| worth.measures.iter().zip(&option.effects));
    effects.any(|(measure, effect)| picture::verdict(measure, effect).is_some())
}

fn no_fork(decision: &DecisionStory, worth: Option<&Worth>) -> &'static str {
    match (&decision.how, worth) {
        (HowTaken::Policy, _) => "Not forked: people did not take it.",
        (HowTaken::TimeRanOut, _) => "Not forked: nobody took it.",
        (HowTaken::Open, _) => "Not forked: it was not taken.",
        (_, None) => "What the other options would have done is not computed yet.",
        (_, Some(w)) if w.futures < w.wanted => {
            "What the other options would have done is being computed."
        }
        _ => "What the other options would have done was not found.",
    }
}

/// What an option would have changed, as far as it is told apart from chance, and in this very world.
pub fn in_words(measures: &[Measure], fork: &Fork, option: &ForkedOption) -> String {
    let mut sorts: Vec<(&str, Vec<String>)> =
        ["better", "worse", "lower", "higher"].map(|w| (w, Vec::new())).into();
    let mut here = None;
    for (m, (measure, effect)) in measures.iter().zip(&option.effects).enumerate() {
        let Some(word) = picture::verdict(measure, effect) else { continue };
        let share = match word {
            "better" => effect.shares.0,
            "worse" => effect.shares.2,
            // Where neither way is better, shares count lower as better.
            "lower" => effect.shares.0,
            _ => effect.shares.2,
        };
        let text = format!(
            "{} {} (in {} of futures)",
            words::titled(&measure.name).to_lowercase(),
            picture::difference_text(measure, effect),
            words::percent(share)
        );
        if let Some(sort) = sorts.iter_mut().find(|s| s.0 == word) {
            sort.1.push(text);
        }
        let yours = fork.options.get(fork.taken).and_then(|o| o.effects.get(m)?.here);
        if let (None, Some(value), Some(yours)) = (&here, effect.here, yours) {
            here = Some(this_world(measure, value, yours));
        }
    }
    let mut parts: Vec<String> = sorts
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(word, list)| words::sentence(&format!("{word}: {}", words::list(&list, NAMED))))
        .collect();
    if parts.is_empty() {
        return "No difference that is told apart from chance.".to_owned();
    }
    parts.extend(here);
    parts.join(" ")
}

fn this_world(measure: &Measure, value: f64, yours: f64) -> String {
    let name = words::titled(&measure.name).to_lowercase();
    if value == yours {
        return format!("In this very world {name} would have come out the same.");
    }
    let unit = &measure.unit;
    let value = words::with_unit(&words::number(value), unit);
    format!("In this very world: {name} {value} in place of {}.", words::number(yours))
}
