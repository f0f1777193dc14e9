//! The hot wash as text: what was true, believed and said, what came of it, what each choice was worth,
//! how sure people were and how right, what to talk about.

mod forks;
mod people;
mod places;

use hotwash_engine::{Calendar, SimTime};
use hotwash_exercise::debrief::{DiscussionQuestion, Story, Worth};

use hotwash_scenario::Words;

use super::Page;
use super::session::heading;
use super::value::panel::{entry, paragraph};

pub(crate) use places::plain_name;

/// The whole hot wash, set for a page.
pub(crate) fn hot_wash(
    story: &Story,
    worth: Option<&Worth>,
    questions: &[DiscussionQuestion],
    page: Page,
) -> String {
    let mut out =
        heading(&page.words.fill("Hot wash: {title}", &[("title", &story.about.title)]), page);
    about(&mut out, story, page);
    out.push('\n');
    out += &super::ledgers(&story.timeline, page);
    places::places(&mut out, story, worth, page);
    forks::forks(&mut out, story, worth, page);
    people::calibration(&mut out, story, page);
    people::knowable(&mut out, story, page);
    people::questions(&mut out, questions, page);
    if let Some(worth) = worth.filter(|worth| !worth.notes.is_empty()) {
        out += &format!("\n{}", super::BOLD.on(page.words.of("To bear in mind")));
        out.push('\n');
        for note in &worth.notes {
            entry(&mut out, "  - ", note, page);
        }
    }
    out
}

fn about(out: &mut String, story: &Story, page: Page) {
    let about = &story.about;
    let date = dates(story, page.words);
    let (_, endex, end) = about.span_ms;
    let text = match (endex < end, about.policy.as_str()) {
        (true, "") => {
            "ENDEX was on {endex}; from then to {end} every default was taken. Seed {seed}."
        }
        (true, _) => {
            "ENDEX was on {endex}; from then to {end} the policy {policy} decided. Seed {seed}."
        }
        (false, _) => "Played to the end, {end}. Seed {seed}.",
    };
    let text = page.words.fill(
        text,
        &[
            ("endex", &date(endex)),
            ("end", &date(end)),
            ("policy", &about.policy),
            ("seed", &about.seed),
        ],
    );
    paragraph(out, 0, &text, page);
}

/// Simulated milliseconds as a civil date.
fn dates(story: &Story, words: Words) -> impl Fn(i64) -> String {
    let calendar = Calendar::new(&story.about.startex).ok();
    move |ms| {
        let at = SimTime::from_ms(ms);
        let date = calendar.as_ref().map(|calendar| calendar.date(at));
        date.map_or_else(|| at.to_string(), |date| words.date(&date))
    }
}

#[cfg(test)]
mod tests;
