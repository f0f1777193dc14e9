//! What is wrong with a scenario's own file of a language, and what it still lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{Given, Path, Tongue, Translation};
use super::spoken::originals;
use crate::diagnostic::{Diagnostic, DiagnosticKind as Is};
use crate::locate::text_of;
use crate::read::{MOST, did_you_mean};
use crate::scenario::Scenario;
use crate::tree::{Node, Shape};

/// Names of missing texts that a note lists.
const MOST_NAMED: usize = 6;

/// Fields of plugins' sections that hold words for people.
const FOR_PEOPLE: [&str; 2] = ["title", "text"];

/// Reports texts that the scenario does not have, that have changed, and that are missing.
pub(crate) fn check(translation: &Translation, scenario: &Scenario, out: &mut Vec<Diagnostic>) {
    let Some(own) = &translation.own else { return };
    let originals = originals(scenario);
    for given in &own.given {
        if out.len() >= MOST {
            return;
        }
        match originals.get(&given.path) {
            Some(english) => changed(own, given, english, out),
            None => unknown(own, given, &originals, out),
        }
    }
    let sections = SectionTexts::of(scenario);
    let known: Vec<&str> = sections.all.iter().map(String::as_str).collect();
    for (english, _, key) in &own.texts {
        let is_known = sections.all.contains(english)
            || translation.others.iter().any(|t| t.texts.iter().any(|(e, ..)| e == english));
        if !is_known && out.len() < MOST {
            let message = "no text of the scenario reads so".to_owned();
            let near = did_you_mean(english, &known).filter(|hint| hint.starts_with("did"));
            let hint = near.unwrap_or_else(|| {
                "the key is the English text as it stands in a plugin's section, letter by letter"
                    .to_owned()
            });
            out.push(own.doc.wrong(Is::Name, key.clone(), message).hint(hint));
        }
    }
    missing(translation, own, &originals, &sections, out);
}

fn changed(own: &Tongue, given: &Given, english: &str, out: &mut Vec<Diagnostic>) {
    let Some((was, span)) = given.english.as_ref().filter(|(was, _)| was != english) else {
        return;
    };
    let _ = was;
    let message = format!(
        "the English of `{}` has changed since it was put into this language",
        given.path.join(".")
    );
    let hint = format!(
        "it now reads {english:?}: look whether the translation still fits, then copy it here"
    );
    out.push(own.doc.wrong(Is::Note, span.clone(), message).hint(hint));
}

/// A path that leads nowhere: the first step that is unknown is named, with its neighbours.
fn unknown(
    own: &Tongue,
    given: &Given,
    originals: &BTreeMap<Path, String>,
    out: &mut Vec<Diagnostic>,
) {
    let known =
        |length: usize| originals.keys().any(|path| path.starts_with(&given.path[..length]));
    let first = (1..=given.path.len()).find(|length| !known(*length)).unwrap_or(given.path.len());
    let before = &given.path[..first - 1];
    let below: BTreeSet<&str> = originals
        .keys()
        .filter(|path| path.starts_with(before))
        .filter_map(|path| Some(path.get(first - 1)?.as_str()))
        .collect();
    let below: Vec<&str> = below.into_iter().collect();
    let step = &given.path[first - 1];
    let inside = if before.is_empty() {
        "the scenario".to_owned()
    } else {
        format!("`{}`", before.join("."))
    };
    let message = format!("{inside} has no `{step}` to put into this language");
    let place = key_of(own, &given.path[..first]).unwrap_or(given.key.clone());
    let diagnostic = own.doc.wrong(Is::Name, place, message).hint(did_you_mean(step, &below));
    // Several texts below one wrong name are one mistake.
    if !out.contains(&diagnostic) {
        out.push(diagnostic);
    }
}

/// Where the last step of a path stands in the file.
fn key_of(own: &Tongue, path: &[String]) -> Option<std::ops::Range<usize>> {
    let (mut node, mut key) = (&own.doc.root, None);
    for step in path {
        let (next, at) = match &node.shape {
            Shape::Fields(_, fields) => {
                let field = fields.iter().find(|f| f.name == *step)?;
                (&field.value, field.key.clone())
            }
            Shape::Map(pairs) => {
                let is_it = |(key, _): &&(Node, Node)| {
                    text_of(key, &own.doc.text).is_some_and(|name| name == *step)
                };
                let (key, value) = pairs.iter().find(is_it)?;
                (value, key.span.clone())
            }
            _ => return None,
        };
        (node, key) = (next, Some(at));
    }
    key
}

/// Texts that stand in plugins' sections.
struct SectionTexts {
    all: BTreeSet<String>,
    /// Those that are for people, with the plugin.
    shown: Vec<(&'static str, String)>,
}

impl SectionTexts {
    fn of(scenario: &Scenario) -> Self {
        let mut texts = SectionTexts { all: BTreeSet::new(), shown: Vec::new() };
        for section in &scenario.sections {
            texts.gather(section.entry.name(), &section.doc.root, &section.doc.text);
        }
        texts
    }

    fn gather(&mut self, plugin: &'static str, node: &Node, text: &str) {
        self.all.extend(text_of(node, text));
        if let Shape::Fields(_, fields) = &node.shape {
            let shown = fields.iter().filter(|f| FOR_PEOPLE.contains(&f.name.as_str()));
            let shown = shown.filter_map(|f| Some((plugin, text_of(&f.value, text)?)));
            self.shown.extend(shown);
        }
        node.children().into_iter().for_each(|part| self.gather(plugin, part, text));
    }
}

/// One note on all that is missing.
fn missing(
    translation: &Translation,
    own: &Tongue,
    originals: &BTreeMap<Path, String>,
    sections: &SectionTexts,
    out: &mut Vec<Diagnostic>,
) {
    let texts = translation.texts(originals);
    let named = originals.iter().filter(|(_, english)| texts.exactly(english).is_none());
    let mut names: Vec<String> = named.map(|(path, _)| path.join(".")).collect();
    for (plugin, english) in &sections.shown {
        if texts.exactly(english).is_none() {
            names.push(format!("{plugin} \u{201c}{}\u{201d}", short(english)));
        }
    }
    names.dedup();
    if names.is_empty() {
        return;
    }
    let more = names.len().saturating_sub(MOST_NAMED);
    let mut list = names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    if more > 0 {
        list.push_str(&format!(" and {more} more"));
    }
    let file = own.doc.place(0..0).file.clone();
    let what = if names.len() == 1 { "text is" } else { "texts are" };
    let message = format!(
        "{} {what} not in `{}` yet and will be shown in English",
        names.len(),
        translation.code
    );
    out.push(Diagnostic::in_file(Is::Note, &file.shown, message).hint(list));
}

/// The beginning of a text.
fn short(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}..", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
