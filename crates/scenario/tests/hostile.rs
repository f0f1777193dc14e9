//! What a hostile author may try: each try ends in one clear mistake, soon and without a crash.

mod common;

use std::collections::BTreeMap;

use common::{load_files, sample};

fn refused(files: &BTreeMap<String, String>, says: &str) {
    let (scenario, said) = load_files(files);
    assert!(scenario.is_none());
    assert!(said.iter().any(|d| d.message.contains(says)), "{says}: {said:?}");
}

fn changed(path: &str, from: &str, to: &str) -> BTreeMap<String, String> {
    let mut files = sample();
    let text = files.get_mut(path).expect("the sample has it");
    assert!(text.contains(from), "{from}");
    *text = text.replacen(from, to, 1);
    files
}

#[test]
fn a_chain_of_includes_ends() {
    let name = |i: usize| if i == 0 { "scenario.ron".to_owned() } else { format!("f{i}.ron") };
    let files = (0..20_000)
        .map(|i| (name(i), format!("(version: 1, include: [\"{}\"])", name(i + 1))))
        .collect();
    refused(&files, "one file too many");
}

#[test]
fn a_heap_of_includes_ends() {
    let list: Vec<String> = (0..5_000).map(|i| format!("\"f{i}.ron\"")).collect();
    let mut files: BTreeMap<String, String> =
        (0..5_000).map(|i| (format!("f{i}.ron"), "()".to_owned())).collect();
    let top = format!("(version: 1, include: [{}])", list.join(", "));
    files.insert("scenario.ron".to_owned(), top);
    refused(&files, "one file too many");
}

#[test]
fn lists_have_an_end() {
    let from = "options: [(name: \"keep\"";
    let options = "(name: \"x\", text: \"x\"), ".repeat(21);
    let to = format!("options: [{options}(name: \"keep\"");
    refused(&changed("scenario.ron", from, &to), "a decision has at most 20 options");
    let roles = "(name: \"x\", title: \"x\", sees: []), ".repeat(201);
    let to = format!("roles: [{roles}");
    refused(&changed("scenario.ron", "roles: [", &to), "`roles` has at most 200 items");
}

#[test]
fn texts_do_not_command_the_terminal() {
    for bad in ["\\u{1b}[2J", "\u{1b}[2J", "\\u{0}", "\0", "\\u{9b}", "\u{7f}"] {
        let to = format!("title: \"{bad}");
        refused(&changed("scenario.ron", "title: \"", &to), "control character U+00");
    }
    let (scenario, said) = load_files(&changed("scenario.ron", "title: \"", "title: \"a\\n\\tb "));
    assert!(scenario.is_some(), "{said:?}");
}
