//! Rules that turn what happened in a session into strengths and areas for improvement. Pure: the same
//! story gives the same findings. Every figure and every date in them is the session's own.

mod course;
mod decisions;
mod figures;
mod ratings;

use hotwash_exercise::debrief::{Story, Worth};

use super::hseep::Element;
pub(super) use figures::outcome;

/// Something that went well, or that should go better.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Whether it is a strength; else an area for improvement.
    pub is_strength: bool,
    /// Name of the objective; none for what concerns several.
    pub objective: Option<String>,
    /// What was observed, in one sentence.
    pub observation: String,
    /// Entries of the journal that it rests on: number, and date with time.
    pub references: Vec<(u32, String)>,
    /// Why it matters: sentences with the figures of the forks where there are some.
    pub analysis: Vec<String>,
    /// What is proposed; empty where only people know.
    pub recommendation: String,
    /// What the proposal changes; none where only people know.
    pub element: Option<Element>,
    /// The post that it concerns; empty where only people know.
    pub owner: String,
    /// For ranking, 0 to 1.
    pub weight: f64,
}

impl Finding {
    fn strength(objective: Option<String>, observation: String, weight: f64) -> Finding {
        Finding {
            is_strength: true,
            objective,
            observation,
            references: Vec::new(),
            analysis: Vec::new(),
            recommendation: String::new(),
            element: None,
            owner: String::new(),
            weight,
        }
    }

    fn area(objective: Option<String>, observation: String, weight: f64) -> Finding {
        Finding { is_strength: false, ..Finding::strength(objective, observation, weight) }
    }
}

/// All findings, the weightiest first.
pub fn findings(story: &Story, worth: Option<&Worth>) -> Vec<Finding> {
    let mut out = decisions::findings(story, worth);
    out.extend(ratings::findings(story));
    out.extend(course::findings(story));
    out.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    out
}

/// The thresholds of the rules, as sentences.
pub(super) const RULES: [&str; 8] = [
    "A decision that players took as expected is a strength; one that they took otherwise is an area for improvement. \
     Where nobody decided in time, that is an area for improvement whatever the default did.",
    "Another option counts as better from there when at least one outcome examined is noticeably better with it and none is \
     clearly worse, by 1 % of the outcome or more.",
    "A difference is noticeable when its 95 % interval is clear of zero, enough futures differ, and it is 5 % of the outcome or more. \
     Many are looked at, so that about one in twenty of those that are nothing can look clear.",
    "What an evaluator rated P with a comment is a strength; S, M and U are areas for improvement.",
    "A claim is false by what was true when it was made. False claims up to ENDEX are an area for improvement.",
    "Something true that the company became sure of (80 %) more than a day after a reasonable investigator would have been is \
     an area for improvement; within a day it is a strength.",
    "A clock that ran out by ENDEX before it was stopped is an area for improvement.",
    "Three or more sure answers (4 or 5 of 5): as expected in at least four fifths is a strength, in less than three fifths an area for improvement.",
];
