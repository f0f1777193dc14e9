//! Every example of the format's reference stands, line by line, in a file that these tests load.

mod common;

use common::{LIBRARY, SAMPLE};

const COMPOSED: [(&str, &str); 1] = [("scenario.ron", include_str!("composed/scenario.ron"))];
const PAGE: &str = include_str!("../../../docs/scenario-format.md");

/// Lines without indentation, comments and blanks, so that an example may be indented and annotated.
fn lines(text: &str) -> Vec<&str> {
    let bare = text.lines().map(|l| l.split("//").next().unwrap_or_default().trim());
    bare.filter(|l| !l.is_empty()).collect()
}

#[test]
fn examples_stand_in_the_sample() {
    let files: Vec<Vec<&str>> =
        SAMPLE.iter().chain(&LIBRARY).chain(&COMPOSED).map(|(_, text)| lines(text)).collect();
    let mut examples = 0;
    for block in PAGE.split("```ron\n").skip(1) {
        let example = lines(block.split("```").next().unwrap_or_default());
        let found = files.iter().any(|file| file.windows(example.len()).any(|w| w == example));
        assert!(found, "this example is in no file:\n{}", example.join("\n"));
        examples += 1;
    }
    assert!(examples >= 10, "{examples}");
}

/// Every field of a scenario, a policy and a record.
const FIELDS: &str = "version name title summary sources contested headline startex lead_in horizon calendar \
    seed include base drop change parameters plugins levers briefing capability roles objectives decisions injects role when delay unless \
    limit objective expected default options orders sees to from id quantity measure recorded \
    point unit firmness kind derived_from alternatives note about rows";

/// Every word that stands for a choice.
const FORMS: &str = "At Reached All Any Choose ChooseAfter Default Rules RulesEvery Always Above Below After \
    Not Metric Sum Date Days DaysFrom Unscored Between Exactly AtLeast Dates ShareAtLeast \
    Nothing Emergent Scripted Qualitative Parameter File Count Number Span Flag Choice";

#[test]
fn every_field_is_explained() {
    for field in FIELDS.split_whitespace() {
        assert!(PAGE.contains(&format!("`{field}`")), "{field} is not explained");
    }
    for form in FORMS.split_whitespace() {
        assert!(PAGE.contains(&format!("`{form}")), "{form} is not explained");
    }
}
