//! The After-Action Report with its Improvement Plan, from a session's story and what its choices were
//! worth.

mod analysis;
mod appendix;
mod summary;

use hotwash_exercise::debrief::{DiscussionQuestion, Story, Worth};
use hotwash_scenario::Words;

use super::findings::findings;
use super::model::{Audience, Blocks, Document, Line, Turn, blank};
use super::overview::Overview;
use super::setting::contents;
use super::when::When;
use crate::dates::{length, wall_day};

/// The report.
pub(super) fn after_action_report(
    story: &Story,
    worth: Option<&Worth>,
    questions: &[DiscussionQuestion],
) -> Document {
    let found = findings(story, worth);
    let mut blocks = Blocks::default();
    contents(&mut blocks);
    blocks.page(Turn::Upright);
    handling(&mut blocks, story);
    blocks.head(1, "Exercise overview");
    blocks.table(overview(story).table());
    blocks.page(Turn::Upright);
    summary::summary(&mut blocks, story, worth, &found);
    analysis::analysis(&mut blocks, story, &found);
    analysis::questions(&mut blocks, questions);
    appendix::improvement_plan(&mut blocks, story, &found);
    appendix::participants(&mut blocks, story);
    appendix::timeline(&mut blocks, story);
    appendix::method(&mut blocks, story, worth);
    document(story, "After-Action Report / Improvement Plan (AAR/IP)", blocks)
}

/// A document about a session.
pub(super) fn document(story: &Story, kind: &'static str, blocks: Blocks) -> Document {
    let facts = vec![
        ("Exercise date".to_owned(), conducted(story)),
        ("Place".to_owned(), blank("place")),
        ("Sponsor".to_owned(), blank("sponsor")),
        ("Date of this report".to_owned(), blank("date")),
        ("Protective marking".to_owned(), blank("marking of your organisation, if any")),
    ];
    Document {
        kind,
        exercise: name(story),
        audience: Audience::Planners,
        words: Words::ENGLISH,
        has_title_page: true,
        facts,
        blocks: blocks.0,
    }
}

/// The exercise's name, with the scenario's title where it is another.
fn name(story: &Story) -> String {
    let (name, title) = (story.about.exercise.as_str(), story.about.title.as_str());
    match name {
        "" => title.to_owned(),
        name if name == title => title.to_owned(),
        name => format!("{name} ({title})"),
    }
}

/// When people played, by the clock of the computer; a blank where no clock was read.
fn conducted(story: &Story) -> Line {
    let (first, last) = story.about.wall_ms;
    if first <= 0 || last < first {
        return blank("date, from, to");
    }
    Line::from(format!("{} (UTC), {} at the table", wall_day(first), length(last - first)))
}

fn handling(blocks: &mut Blocks, story: &Story) {
    blocks.head(1, "Handling instructions");
    blocks.numbers([
        Line::new()
            .plain("The title of this document is ")
            .emphasis(format!("{}: After-Action Report and Improvement Plan", name(story)))
            .plain("."),
        Line::new()
            .plain("It is handled as ")
            .blank("marking and rule of your organisation")
            .plain("."),
        Line::new().plain("Questions go to ").blank("point of contact").plain("."),
    ]);
    blocks.note(Line::new().strong("Draft. ").plain(
        "This report was written by the program from the session's record. Figures, dates and quotations are the session's own. \
         Blanks in brackets are for people to fill in. Recommendations and corrective actions are proposals by rule; \
         Appendix D gives the rules.",
    ));
}

fn overview(story: &Story) -> Overview {
    let when = When::of(story);
    let (_, endex, _) = story.about.span_ms;
    let scope = Line::new()
        .plain("A tabletop exercise led by a simulation, at ")
        .blank("place")
        .plain(format!(
            ". STARTEX {}, ENDEX {}: {} of simulated time. {} decisions came up.",
            story.about.startex,
            when.date_time(endex),
            length(endex),
            story.decisions.iter().filter(|d| d.asked_ms <= endex).count()
        ));
    let capability = |c: &str| Some(c.to_owned()).filter(|c| !c.is_empty());
    let objectives =
        story.objectives.iter().map(|o| (o.text.clone(), capability(&o.capability))).collect();
    let people = match story.people.len() {
        0 => blank("organizations, number of participants"),
        1 => Line::new().plain("1 participant (Appendix B), ").blank("organizations"),
        n => Line::new().plain(format!("{n} participants (Appendix B), ")).blank("organizations"),
    };
    let scenario = vec![
        Line::from(story.about.summary.as_str()),
        Line::new().emphasis(story.about.sources.as_str()),
    ];
    Overview {
        name: name(story),
        dates: conducted(story),
        scope,
        objectives,
        threat: Line::from("A cyber incident; see the scenario"),
        scenario: scenario.into(),
        participants: people.into(),
    }
}
