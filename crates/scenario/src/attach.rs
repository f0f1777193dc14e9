//! Files that stand beside a scenario and are no RON: `File("clerk.rhai")` in a plugin's section is replaced
//! by the file's name and text, so that plugins need no input or output.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, SourceFile};
use crate::doc::{Doc, Patch};
use crate::files::{Files, LIBRARY};
use crate::input::{legal_path, read_text};
use crate::locate::text_of;
use crate::tree::{Node, Shape};

/// The word that stands for a file.
const WORD: &str = "File";

/// A section with the texts of its files in it, and these files; `None` when one cannot be read.
pub(crate) fn attach(
    files: &dyn Files,
    doc: Doc,
    out: &mut Vec<Diagnostic>,
) -> (Option<Doc>, Vec<Arc<SourceFile>>) {
    let nodes = wanted(&doc);
    if nodes.is_empty() {
        return (Some(doc), Vec::new());
    }
    let before = out.len();
    let read: Vec<(&Node, Arc<SourceFile>)> =
        nodes.into_iter().filter_map(|node| Some((node, file(files, &doc, node, out)?))).collect();
    let attached = read.iter().map(|(_, file)| file.clone()).collect();
    if out.len() > before {
        return (None, attached);
    }
    let texts: Vec<String> = read.iter().map(|(_, file)| literal(file)).collect();
    let patches: Vec<_> =
        read.iter().zip(&texts).map(|((node, _), t)| (node.span.clone(), Patch::Text(t))).collect();
    (doc.patched(&patches), attached)
}

/// All `File("..")` of a section, in order.
fn wanted(doc: &Doc) -> Vec<&Node> {
    let mut found = Vec::new();
    let mut open = vec![&doc.root];
    while let Some(node) = open.pop() {
        if name_in(doc, node).is_some() {
            found.push(node);
        } else {
            open.extend(node.children());
        }
    }
    found.sort_by_key(|node| node.span.start);
    found
}

fn name_in(doc: &Doc, node: &Node) -> Option<String> {
    match &node.shape {
        Shape::Tuple(Some(word), items) if doc.text[word.clone()] == *WORD && items.len() == 1 => {
            text_of(&items[0], &doc.text)
        }
        _ => None,
    }
}

/// Reads the file; a relative path is meant from the folder of the library in which it is written.
fn file(
    files: &dyn Files,
    doc: &Doc,
    node: &Node,
    out: &mut Vec<Diagnostic>,
) -> Option<Arc<SourceFile>> {
    let name = name_in(doc, node)?;
    let place = doc.place(node.span.clone());
    let from = &place.file.path;
    let path = match from.rsplit_once('/') {
        Some((folder, _)) if from.starts_with(LIBRARY) && !name.starts_with(LIBRARY) => {
            format!("{folder}/{name}")
        }
        _ => name,
    };
    if let Err(hint) = legal_path(&path, from.starts_with(LIBRARY)) {
        let message = format!("`{path}` cannot be read here");
        out.push(Diagnostic::at(Is::File, &place, message).hint(hint));
        return None;
    }
    let text = read_text(files, &path, Some(&place), out)?;
    if let Some(c) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let message = format!("`{path}` has the control character U+{:04X}", u32::from(c));
        out.push(Diagnostic::at(Is::File, &place, message));
        return None;
    }
    Some(Arc::new(SourceFile { shown: files.show(&path), path, text: text.into() }))
}

/// A file as RON of `hotwash_engine::Attached`.
fn literal(file: &SourceFile) -> String {
    let mut hashes = String::from("#");
    while file.text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("(name: {:?}, text: r{hashes}\"{}\"{hashes})", file.path, file.text)
}
