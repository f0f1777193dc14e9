//! The page of a sensitivity analysis.

use hotwash_lab::findings::Sensitivity;

use super::{Page, Section, interval_note};
use crate::picture;
use crate::words;

/// Which numbers move the outcome, where its spread comes from, and what turns a ranking.
pub fn sensitivity(finding: &Sensitivity) -> String {
    let sections = vec![
        Section::of("What moves the outcome", vec![picture::screening("screening", finding)]),
        Section::of("What its spread comes from", picture::indices("indices", finding)),
        Section::of("What turns the ranking", vec![picture::turning("turning", finding)]),
    ];
    let moving = finding.screened.iter().filter(|s| s.has_effect).count();
    let guesses = finding.screened.iter().filter(|s| s.has_effect && s.number.is_guess()).count();
    let names: Vec<String> =
        (0..finding.arms.len()).map(|i| picture::arm(&finding.arms, i)).collect();
    let page = Page {
        header: &finding.header,
        kind: "Sensitivity",
        about: format!(
            "What {} ({}) hangs on under {}: of {} of the model, {} had an effect, {} of them {}.",
            finding.measure.name,
            words::unit(&finding.measure),
            words::list(&names, 4),
            words::counted(finding.screened.len(), "number", "numbers"),
            moving,
            guesses,
            if guesses == 1 { "a guess" } else { "guesses" },
        ),
        arms: &finding.arms,
        reading: vec![
            "a number that is a guess has no data behind it; where such a number matters, finding it out \
             is worth more than more runs"
                .to_owned(),
            "a number moves the outcome over the range that the model gives it: a wide range is ignorance \
             as much as importance"
                .to_owned(),
            interval_note(),
        ],
        sections,
    };
    page.render()
}
