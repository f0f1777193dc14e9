//! The Exercise Evaluation Guide: before an exercise with blanks, afterwards as rated.

use hotwash_exercise::Rating;
use hotwash_exercise::debrief::{ObjectiveStory, Story};

use super::model::{Audience, Blocks, Cell, Document, Line, Table, Turn, blank};
use super::overview;
use super::setting::Setting;
use super::when::{self, When};

/// The guide before an exercise.
pub(super) fn evaluation_guide(setting: &Setting<'_>) -> Document {
    let mut blocks = Blocks::default();
    blocks.page(Turn::Upright);
    intro(&mut blocks);
    for (i, objective) in setting.scenario().objectives().iter().enumerate() {
        blocks.page(Turn::Upright);
        blocks.head(1, format!("Objective {}: {}", i + 1, objective.text));
        blocks.table(about(&objective.text, objective.capability.as_deref()));
        let columns = [("Critical task", 7), ("Post", 5), ("Expected action", 6)];
        let mut tasks = Table::grid("Critical tasks", &columns, &["Came", "Not", "Not seen"]);
        for decision in setting.exercises(objective) {
            let expected = match decision.expected {
                Some(option) => Cell::from(decision.options[option].text.as_str()),
                None => Line::new().emphasis("nothing in particular").into(),
            };
            tasks.boxes(
                vec![decision.ask.as_str().into(), setting.role(decision).into(), expected],
                None,
            );
        }
        if tasks.rows.is_empty() {
            blocks.para("No decision of the scenario exercises this objective. Rate it by what you observe.");
        }
        blocks.table(tasks);
        room(&mut blocks);
        blocks.table(grid("Rating", None));
    }
    blocks.page(Turn::Upright);
    blocks.head(1, "Ratings definitions");
    blocks.table(overview::definitions(""));
    setting.document("Exercise Evaluation Guide (EEG)", Audience::Controllers, blocks)
}

fn intro(blocks: &mut Blocks) {
    blocks.head(1, "How to use this guide");
    blocks.bullets([
        "One section for each objective. Read them all before STARTEX; mark and write during play; rate after ENDEX.",
        "Critical tasks are the decisions that exercise the objective, with the action that the authors expect.",
        "Write down what you saw and heard, when, and who did it. Leave judgement to the rating.",
        "The rating is yours. What the program proposes rests on expected actions alone.",
    ]);
    let rows = ["Evaluator", "Organization", "Date", "Telephone, e-mail"];
    let rows = rows.map(|name| (name.to_owned(), "".into()));
    blocks.table(Table::facts("", rows.into()));
}

fn about(text: &str, capability: Option<&str>) -> Table {
    let rows: Vec<(&str, Cell)> = vec![
        ("Objective", text.into()),
        ("Core capability", overview::capability(capability).into()),
        (
            "Organizational capability target",
            blank("target from your own plans, if there is one").into(),
        ),
        ("Source", blank("plans, policies, procedures that apply").into()),
    ];
    let rows = rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Table::facts("", rows)
}

fn room(blocks: &mut Blocks) {
    blocks.para(
        Line::new().strong("Observation notes: what happened, when, who, what helped or hindered"),
    );
    blocks.ruled(7);
}

/// The four ratings to tick.
fn grid(caption: &str, rating: Option<Rating>) -> Table {
    let words = Rating::ALL.map(|r| format!("{} ({})", r.words(), r.letter()));
    let choices: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut table = Table::grid(caption, &[], &choices);
    table.boxes(Vec::new(), rating.and_then(|r| Rating::ALL.iter().position(|x| *x == r)));
    table
}

/// The guide as rated.
pub(super) fn as_rated(story: &Story) -> Document {
    let mut blocks = Blocks::default();
    blocks.page(Turn::Upright);
    blocks.para(
        "What evaluators said, beside what expected actions alone suggest. The rating that counts is the lowest that an \
         evaluator gave; where none gave one, it is the suggested one.",
    );
    let when = When::of(story);
    for (i, objective) in story.objectives.iter().enumerate() {
        blocks.head(1, format!("Objective {}: {}", i + 1, objective.text));
        blocks.para(Line::new().strong("Core capability: ").plain(capability(objective)));
        blocks.table(tasks(story, &when, objective));
        blocks.para(Line::new().strong("Suggested: ").plain(match objective.suggested {
            Some(rating) => format!(
                "{} ({}). {}",
                rating.words(),
                rating.letter(),
                when::stopped(&objective.why)
            ),
            None => "nothing, since nothing that exercises the objective came up.".to_owned(),
        }));
        blocks.table(said(objective));
        match objective.rating {
            Some(rating) => blocks.table(grid("Rating that counts", Some(rating))),
            None => blocks.para(blank("rating: nobody gave one")),
        }
    }
    blocks.page(Turn::Upright);
    blocks.head(1, "Ratings definitions");
    blocks.table(overview::definitions(""));
    super::aar::document(story, "Exercise Evaluation Guide (EEG), as rated", blocks)
}

/// An objective's core capability in words.
pub(super) fn capability(objective: &ObjectiveStory) -> String {
    let name = Some(objective.capability.as_str()).filter(|c| !c.is_empty());
    overview::capability(name).text()
}

fn tasks(story: &Story, when: &When, objective: &ObjectiveStory) -> Table {
    let columns = [("Critical task", 6), ("Expected action", 5), ("What was done", 7)];
    let mut table = Table::grid("Critical tasks", &columns, &["Came"]);
    for decision in story.decisions.iter().filter(|d| objective.decisions.contains(&d.name)) {
        let text = |i: usize| decision.options.get(i).map_or("", |(_, text)| text).to_owned();
        let expected = decision.expected.map(text).unwrap_or_default();
        let came = decision.expected.is_some() && decision.expected == decision.taken;
        let done: Vec<Line> = when::taken(when, decision).into_iter().map(Line::from).collect();
        table.boxes(
            vec![decision.ask.as_str().into(), expected.into(), done.into()],
            came.then_some(0),
        );
    }
    table
}

fn said(objective: &ObjectiveStory) -> Table {
    let columns = [("Evaluator", 3), ("Rating", 4), ("Comment", 8), ("Entries", 2)];
    let mut table = Table::new("Evaluators' ratings", &columns);
    for (name, rating, comment, entries) in &objective.rated {
        let entries: Vec<String> = entries.iter().map(|n| format!("#{n}")).collect();
        table.row(vec![
            name.as_str().into(),
            format!("{} ({})", rating.words(), rating.letter()).into(),
            comment.as_str().into(),
            entries.join(", ").into(),
        ]);
    }
    table
}
