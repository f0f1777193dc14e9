//! Findings from what evaluators said, and from how sure the team was.

use hotwash_exercise::Rating;
use hotwash_exercise::debrief::Story;

use super::Finding;
use crate::document::hseep::Element;
use crate::document::when::When;
use crate::words;

pub(super) fn findings(story: &Story) -> Vec<Finding> {
    let mut out = evaluators(story);
    out.extend(calibration(story));
    out
}

fn evaluators(story: &Story) -> Vec<Finding> {
    let when = When::of(story);
    let mut out = Vec::new();
    for objective in &story.objectives {
        for (_, rating, comment, entries) in &objective.rated {
            let comment = comment.trim();
            let named = Some(objective.name.clone());
            let observation = match comment {
                "" => format!(
                    "An evaluator rated this objective {} ({}).",
                    rating.words(),
                    rating.letter()
                ),
                text => format!(
                    "An evaluator observed: \u{201c}{}\u{201d}.",
                    text.trim_end_matches('.')
                ),
            };
            let mut finding = match rating {
                Rating::P if comment.is_empty() => continue,
                Rating::P => Finding::strength(named, observation, 0.6),
                Rating::S => Finding::area(named, observation, 0.45),
                Rating::M => Finding::area(named, observation, 0.65),
                Rating::U => Finding::area(named, observation, 0.85),
            };
            if !comment.is_empty() {
                finding.analysis.push(format!("Rated {} ({}).", rating.words(), rating.letter()));
            }
            let known = |n: &u32| story.timeline.iter().find(|line| line.n == *n);
            finding.references =
                entries.iter().filter_map(known).map(|l| (l.n, when.date_time(l.ms))).collect();
            out.push(finding);
        }
    }
    out
}

/// Least sure answers from which something is said.
const LEAST: u32 = 3;

fn calibration(story: &Story) -> Option<Finding> {
    let team = story.calibration.last()?;
    let sure = team.by_confidence[3..].iter().fold((0, 0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
    let (answers, correct) = sure;
    if answers < LEAST {
        return None;
    }
    let share = f64::from(correct) / f64::from(answers);
    let observation = format!(
        "Of {answers} decisions of which the team was sure (confidence 4 or 5 of 5), {correct} {} as expected ({}).",
        if correct == 1 { "was" } else { "were" },
        words::percent(share)
    );
    let mut finding = if share >= 0.8 {
        Finding::strength(None, observation, 0.4)
    } else if share < 0.6 {
        let mut area = Finding::area(None, observation, 0.5);
        area.recommendation =
            "Practise saying how sure one is: in the next exercise compare confidence and outcome after each decision."
                .to_owned();
        area.element = Some(Element::Training);
        area
    } else {
        return None;
    };
    if let Some(brier) = team.brier {
        finding.analysis.push(format!(
            "The Brier score over all answers is {}, with confidence read as 20 to 100 %: 0 is perfect, 0.25 is what \
             one gets by always saying 50 %.",
            words::fixed(brier, 2)
        ));
    }
    Some(finding)
}
