//! What `report` prints: what happened in a few figures, the decisions on which most hung, what to talk
//! about, and where it is all written down.

use std::fmt::Write as _;
use std::path::Path;

use hotwash_exercise::debrief::{DiscussionQuestion, Fork, ForkedOption, Story, Worth};
use hotwash_lab::findings::Measure;
use hotwash_report::page::{headline, in_words};
use hotwash_report::picture::{placed, standing, verdict};
use hotwash_report::words;

use super::value::panel::{entry, paragraph};
use super::{BOLD, DIM, Page, number};

/// The summary; `written` is the directory and the files in it.
pub(crate) fn report(
    story: &Story,
    worth: Option<&Worth>,
    questions: &[DiscussionQuestion],
    written: (&Path, &[&str]),
    page: Page,
) -> String {
    let mut out = format!("{}\n", BOLD.on(format!("Hot wash: {}", story.about.title)));
    outcomes(&mut out, story, worth, page);
    decisions(&mut out, story, worth, page);
    if !questions.is_empty() {
        let _ = writeln!(out, "\n{}", BOLD.on("Questions to talk about"));
        for (i, question) in questions.iter().enumerate() {
            entry(&mut out, &format!("  {}. ", i + 1), &question.ask, page);
            for line in super::wrap(&words::sentence(&question.because), page.width - 5) {
                let _ = writeln!(out, "     {}", DIM.on(line));
            }
        }
    }
    let (dir, files) = written;
    let _ = writeln!(out, "\n{} {}", BOLD.on("Written into"), dir.display());
    for file in files {
        let _ = writeln!(out, "  {file}");
    }
    out
}

fn outcomes(out: &mut String, story: &Story, worth: Option<&Worth>, page: Page) {
    let list = headline(story);
    let wide = list.iter().map(|o| words::titled(&o.name).chars().count()).max().unwrap_or(0);
    for outcome in list {
        let value = match outcome.value {
            Some(value) => words::with_unit(&number(value), &outcome.unit),
            None => "none".to_owned(),
        };
        let place = worth.and_then(|worth| {
            let (measure, place) =
                placed(worth).into_iter().find(|(measure, _)| measure.name == outcome.name)?;
            Some(plain(&standing(measure, place)))
        });
        let text = match place {
            Some(place) => format!("{value}; {place}"),
            None => value,
        };
        entry(out, &format!("  {:<wide$}  ", words::titled(&outcome.name)), &text, page);
    }
}

fn decisions(out: &mut String, story: &Story, worth: Option<&Worth>, page: Page) {
    let Some(worth) = worth else {
        if story.decisions.iter().any(|d| d.taken.is_some()) {
            let text = "What the other options would have done was not computed.";
            out.push('\n');
            paragraph(out, 0, text, page);
        }
        return;
    };
    let mut forks: Vec<&Fork> = worth.decisions.iter().collect();
    forks.sort_by(|a, b| b.stake.total_cmp(&a.stake));
    if forks.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", BOLD.on("Decisions, by how much hung on them"));
    let text = format!(
        "Against what was taken, in {} futures that begin exactly like this session. Only what is told apart \
         from chance is named, with 95 % intervals.",
        words::count(worth.futures)
    );
    paragraph(out, 2, &text, page);
    for fork in forks {
        decision(out, story, worth, fork, page);
    }
}

fn decision(out: &mut String, story: &Story, worth: &Worth, fork: &Fork, page: Page) {
    let number = story.decisions.iter().position(|d| d.name == fork.decision);
    let mark = number.map_or_else(|| "  - ".to_owned(), |n| format!("{:>3}. ", n + 1));
    entry(out, &mark, &fork.ask, page);
    let text_of = |option: &ForkedOption| option.text.trim().trim_end_matches('.').to_owned();
    if let Some(taken) = fork.options.get(fork.taken) {
        entry(out, "     taken:   ", &text_of(taken), page);
    }
    match best(&worth.measures, fork) {
        Some(option) => {
            let effects = plain(&in_words(&worth.measures, fork, option));
            entry(out, "     instead: ", &format!("{}. {effects}", text_of(option)), page);
        }
        None => entry(
            out,
            "     instead: ",
            "no other option is clearly better in more than it is worse",
            page,
        ),
    }
}

/// The other option that is clearly better in the most outcomes, less those in which it is worse.
fn best<'f>(measures: &[Measure], fork: &'f Fork) -> Option<&'f ForkedOption> {
    let balance = |option: &ForkedOption| -> i32 {
        let verdicts = measures.iter().zip(&option.effects).filter_map(|(m, e)| verdict(m, e));
        verdicts.map(|word| i32::from(word == "better") - i32::from(word == "worse")).sum()
    };
    let others = fork.options.iter().enumerate().filter(|(i, _)| *i != fork.taken);
    let mut best: Option<(i32, &ForkedOption)> = None;
    for (_, option) in others {
        let balance = balance(option);
        if balance > best.map_or(0, |(most, _)| most) {
            best = Some((balance, option));
        }
    }
    best.map(|(_, option)| option)
}

/// Texts made for pages, without what terminals may not break at or not show.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ").replace('\u{2212}', "-")
}
