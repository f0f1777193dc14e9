//! The guide says what is: its tables are made from the code, its examples stand in the example's files.

use std::fs;
use std::path::PathBuf;

use hotwash_incident::events;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page() -> String {
    fs::read_to_string(root().join("docs/scripts.md")).unwrap()
}

fn between<'a>(page: &'a str, name: &str) -> &'a str {
    let begin = format!("<!-- {name}: generated -->\n");
    let from = page.find(&begin).unwrap() + begin.len();
    let to = page.find(&format!("<!-- /{name} -->")).unwrap();
    &page[from..to]
}

/// Compares a generated part of the guide, or writes it anew when `HOTWASH_BLESS` is set.
fn is_fresh(name: &str, fresh: &str) {
    let page = page();
    let written = between(&page, name).to_owned();
    if written != fresh && std::env::var_os("HOTWASH_BLESS").is_some() {
        let open = format!("<!-- {name}: generated -->\n");
        let (before, rest) = page.split_once(&open).unwrap();
        let (_, after) = rest.split_once(&format!("<!-- /{name} -->")).unwrap();
        let page = format!("{before}{open}{fresh}<!-- /{name} -->{after}");
        fs::write(root().join("docs/scripts.md"), page).unwrap();
        return;
    }
    assert_eq!(written, fresh, "docs/scripts.md is stale; HOTWASH_BLESS=1 writes it anew");
}

#[test]
fn the_table_of_functions_is_fresh() {
    let mut table = "\n| function | what it gives or does |\n|---|---|\n".to_owned();
    for (form, about) in hotwash_script::functions() {
        table += &format!("| `{form}` | {about} |\n");
    }
    is_fresh("functions", &format!("{table}\n"));
}

#[test]
fn the_table_of_events_is_fresh() {
    let mut table = "\n| event | what happened | fields |\n|---|---|---|\n".to_owned();
    for event in events::all() {
        let fields: Vec<String> =
            event.fields.iter().map(|f| format!("`{}`: {}", f.name, f.kind)).collect();
        let fields = if fields.is_empty() { "none".to_owned() } else { fields.join("<br>") };
        table += &format!("| `{}` | {} | {fields} |\n", event.name, event.about);
    }
    is_fresh("events", &format!("{table}\n"));
}

#[test]
fn examples_of_the_guide_stand_in_the_examples_files() {
    let page = page();
    let read = |name: &str| fs::read_to_string(root().join("tests/watched").join(name)).unwrap();
    let (scenario, script) = (read("scenario.ron"), read("partner.rhai"));
    let mut seen = 0;
    for block in page.split("```").skip(1).step_by(2) {
        let (language, text) = block.split_once('\n').unwrap();
        let source = match language {
            "ron" => &scenario,
            "rust" => &script,
            _ => continue,
        };
        assert!(source.contains(text), "the guide shows what no file has:\n{text}");
        seen += 1;
    }
    assert_eq!(seen, 3);
}
