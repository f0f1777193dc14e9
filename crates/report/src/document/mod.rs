//! Documents of an exercise under HSEEP's names, for a browser, a word processor and plain text.
//!
//! [`model`] is what documents are made of. Each document has a file that fills it: `sitman`,
//! `feedback`, `handbook`, `eeg`, `aar`; [`msel`] is the list of events, as a workbook and as CSV.
//! `html`, `markdown` and `docx` write a document down. [`findings`](mod@findings) holds the rules that
//! find strengths and areas for improvement.

mod aar;
mod docx;
mod eeg;
mod feedback;
pub mod findings;
mod handbook;
mod hseep;
mod html;
mod markdown;
pub mod model;
pub mod msel;
pub mod names;
mod overview;
mod setting;
mod sitman;
mod spoken;
mod when;

use hotwash_exercise::Plan;
use hotwash_exercise::debrief::{DiscussionQuestion, Story, Worth};

use model::Document;
use setting::Setting;

/// A file to be written: its name, with folders, and its bytes.
pub type File = (String, Vec<u8>);

/// What is needed before an exercise: for players the situation manual and the feedback form, for
/// controllers the handbook, the MSEL and the evaluation guide. The plan is played through once for it;
/// nothing when it cannot be built or played.
pub fn planning(plan: &Plan) -> Vec<File> {
    let (english, language) = (plan.in_english(), plan.scenario.language());
    let Some(setting) = Setting::of(&english) else { return Vec::new() };
    let manual = sitman::situation_manual(&setting).spoken(language);
    let mut out = written("players/situation-manual", &manual);
    out.extend(written(
        "players/participant-feedback-form",
        &feedback::participant_feedback_form(&setting).spoken(language),
    ));
    out.extend(written("controllers/controller-evaluator-handbook", &handbook::handbook(&setting)));
    out.extend(listed("controllers/msel", &setting.full_name(), &msel::planned(&setting)));
    out.extend(written("controllers/exercise-evaluation-guide", &eeg::evaluation_guide(&setting)));
    out
}

/// What remains of an exercise: the after-action report with its improvement plan, the MSEL and the
/// evaluation guide as they went.
pub fn after_action(
    story: &Story,
    worth: Option<&Worth>,
    questions: &[DiscussionQuestion],
) -> Vec<File> {
    let report = aar::after_action_report(story, worth, questions);
    let mut out = written("after-action-report", &report);
    out.extend(listed("msel-as-played", &report.exercise, &msel::played(story)));
    out.extend(written("exercise-evaluation-guide-as-rated", &eeg::as_rated(story)));
    out
}

/// A document in its three forms.
fn written(name: &str, document: &Document) -> Vec<File> {
    vec![
        (format!("{name}.html"), html::html(document).into_bytes()),
        (format!("{name}.md"), markdown::markdown(document).into_bytes()),
        (format!("{name}.docx"), docx::docx(document)),
    ]
}

/// A list of events in its two forms.
fn listed(name: &str, title: &str, rows: &[msel::Row]) -> Vec<File> {
    vec![
        (format!("{name}.xlsx"), msel::xlsx(title, rows)),
        (format!("{name}.csv"), msel::csv(rows)),
    ]
}
