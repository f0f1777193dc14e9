//! What a scenario declares and never uses: told as notes, with their places.

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is};
use crate::doc::Doc;
use crate::files::LIBRARY;
use crate::format::{DecisionSpec, InjectSpec, Role};
use crate::load::Item;
use crate::locate;
use crate::tree::Node;

/// The name of an item, and its place.
fn name_of(item: &Item) -> Option<(String, &Doc, &Node)> {
    let Item { doc, node, .. } = item;
    // A library's lists serve many scenarios.
    if doc.place(0..0).file.path.starts_with(LIBRARY) {
        return None;
    }
    let value = &node.field("name")?.value;
    Some((locate::text_of(value, &doc.text)?, doc, value))
}

/// Notes roles to which no decision is put and no inject is sent: they only read along.
pub(crate) fn roles<'a>(
    items: impl Iterator<Item = &'a Item>,
    roles: &[Role],
    decisions: &[DecisionSpec],
    injects: &[InjectSpec],
    out: &mut Vec<Diagnostic>,
) {
    for (name, doc, node) in items.filter_map(name_of) {
        let Some(role) = roles.iter().find(|role| role.name.as_str() == name) else { continue };
        let decides = decisions.iter().any(|decision| decision.role == role.name);
        let is_told = injects.iter().any(|inject| inject.audience.meets(role.audience));
        if !decides && !is_told {
            let message = format!("role `{name}` decides nothing and gets no inject");
            let hint = "it only sees what plugins send; give it something to do, or leave it out";
            out.push(doc.wrong(Is::Note, node.span.clone(), message).hint(hint.to_owned()));
        }
    }
}

/// Notes objectives that no decision exercises.
pub(crate) fn objectives<'a>(
    items: impl Iterator<Item = &'a Item>,
    decisions: &[DecisionSpec],
    out: &mut Vec<Diagnostic>,
) {
    for (name, doc, node) in items.filter_map(name_of) {
        let names =
            |decision: &DecisionSpec| decision.objective.is_some_and(|o| o.as_str() == name);
        if !decisions.iter().any(names) {
            let message = format!("no decision exercises the objective `{name}`");
            let hint = "name it as the `objective` of a decision, or leave it out";
            out.push(doc.wrong(Is::Note, node.span.clone(), message).hint(hint.to_owned()));
        }
    }
}
