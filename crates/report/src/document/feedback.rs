//! The participant feedback form.

use super::model::{Audience, Blocks, Document, Line, Table};
use super::setting::Setting;
use super::sitman::objectives;

/// Statements on the exercise's design and conduct.
const STATEMENTS: [&str; 9] = [
    "The exercise was well structured and organised.",
    "The scenario was plausible and realistic.",
    "The situation manual and the briefing told me what I needed.",
    "Messages and decision cards were clear.",
    "The pace left enough time to think and to talk.",
    "The people at the table were the right ones for the decisions.",
    "The exercise allowed me to practise what my post demands.",
    "The figures on what other choices would have been worth helped me to learn.",
    "After this exercise I am better prepared for such an incident.",
];

/// The form.
pub(super) fn participant_feedback_form(setting: &Setting<'_>) -> Document {
    let mut blocks = Blocks::default();
    blocks.para(
        "Please fill in this form after the hot wash and give it to the facilitator. Your answers go into the \
         after-action report. You need not give your name.",
    );
    let facts =
        ["Name (you may leave it out)", "Organization and department", "Post in the exercise"];
    let rows = facts.map(|name| (name.to_owned(), "".into()));
    blocks.table(Table::facts("", rows.into()));
    let mut part = Table::grid(
        "",
        &[("I took part as", 7)],
        &["Player", "Facilitator", "Evaluator", "Observer"],
    );
    part.boxes(vec!["Tick one".into()], None);
    blocks.table(part);
    blocks.head(1, "Part I: Recommendations and corrective actions");
    for (question, lines) in [
        ("What were the three greatest strengths that the exercise showed?", 3),
        ("What are the three areas that most need improvement?", 3),
        ("What should be done about them, and who should do it?", 3),
        ("Which plans, procedures or lists should be written, changed or practised?", 2),
    ] {
        blocks.para(Line::new().strong(question));
        blocks.ruled(lines);
    }
    blocks.head(1, "Part II: The objectives");
    blocks.para(
        "How well did the team meet each objective? 1: not at all; 5: fully; n: I cannot say.",
    );
    let mut table = Table::grid("", &[("Objective", 10)], &["1", "2", "3", "4", "5", "n"]);
    for (text, _) in objectives(setting) {
        table.boxes(vec![text.into()], None);
    }
    blocks.table(table);
    blocks.head(1, "Part III: Design and conduct of the exercise");
    blocks.para("1: I disagree strongly; 5: I agree strongly; n: I cannot say.");
    let mut table = Table::grid("", &[("Statement", 10)], &["1", "2", "3", "4", "5", "n"]);
    STATEMENTS.iter().for_each(|text| table.boxes(vec![(*text).into()], None));
    blocks.table(table);
    blocks.para(Line::new().strong("What should the next exercise do differently?"));
    blocks.ruled(3);
    blocks.para(Line::new().strong("Which decision would you take differently today, and why?"));
    blocks.ruled(3);
    let document = setting.document("Participant Feedback Form", Audience::Players, blocks);
    let when_and_where = document.facts.into_iter().take(2).collect();
    Document { has_title_page: false, facts: when_and_where, ..document }
}
