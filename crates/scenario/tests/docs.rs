//! Every example of the format's reference stands, line by line, in a file that these tests load.

mod common;

use common::{LIBRARY, SAMPLE};

const PAGE: &str = include_str!("../../../docs/scenario-format.md");

/// Lines without indentation, comments and blanks, so that an example may be indented and annotated.
fn lines(text: &str) -> Vec<&str> {
    let bare = text.lines().map(|l| l.split("//").next().unwrap_or_default().trim());
    bare.filter(|l| !l.is_empty()).collect()
}

#[test]
fn examples_stand_in_the_sample() {
    let files: Vec<Vec<&str>> =
        SAMPLE.iter().chain(&LIBRARY).map(|(_, text)| lines(text)).collect();
    let mut examples = 0;
    for block in PAGE.split("```ron\n").skip(1) {
        let example = lines(block.split("```").next().unwrap_or_default());
        let found = files.iter().any(|file| file.windows(example.len()).any(|w| w == example));
        assert!(found, "this example is in no file:\n{}", example.join("\n"));
        examples += 1;
    }
    assert!(examples >= 10, "{examples}");
}

#[test]
fn every_field_is_explained() {
    for field in [
        "version",
        "name",
        "title",
        "summary",
        "sources",
        "contested",
        "startex",
        "lead_in",
        "horizon",
        "calendar",
        "seed",
        "include",
        "plugins",
        "levers",
        "roles",
        "objectives",
        "decisions",
        "injects",
        "role",
        "when",
        "delay",
        "unless",
        "limit",
        "objective",
        "expected",
        "default",
        "options",
        "orders",
        "sees",
        "to",
        "from",
    ] {
        assert!(PAGE.contains(&format!("`{field}`")), "{field} is not explained");
    }
    for form in [
        "At",
        "Reached",
        "All",
        "Any",
        "Choose",
        "ChooseAfter",
        "Default",
        "Rules",
        "RulesEvery",
        "Always",
        "Above",
        "Below",
        "After",
        "Not",
    ] {
        assert!(PAGE.contains(&format!("`{form}")), "{form} is not explained");
    }
}
