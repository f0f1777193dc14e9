//! Files that stand beside a scenario and are no RON: `File("clerk.rhai")` in a plugin's section is replaced
//! by the file's name and text, so that plugins need no input or output.

use std::sync::Arc;

use crate::compose::relative;
use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, Place, SourceFile};
use crate::doc::{Doc, Patch};
use crate::files::{Files, LIBRARY};
use crate::input::{legal_path, read_text};
use crate::locate::stand_ins;
use crate::tree::Node;

/// The word that stands for a file.
const WORD: &str = "File";

/// A section with the texts of its files in it, and these files; `None` when one cannot be read.
pub(crate) fn attach(
    files: &dyn Files,
    doc: Doc,
    out: &mut Vec<Diagnostic>,
) -> (Option<Doc>, Vec<Arc<SourceFile>>) {
    let wanted = stand_ins(&doc.root, &doc.text, WORD).into_iter();
    let wanted: Vec<(&Node, String)> =
        wanted.filter_map(|(node, name)| Some((node, name?))).collect();
    if wanted.is_empty() {
        return (Some(doc), Vec::new());
    }
    let before = out.len();
    let read: Vec<(&Node, Arc<SourceFile>)> = wanted
        .into_iter()
        .filter_map(|(node, name)| {
            Some((node, file(files, doc.place(node.span.clone()), name, out)?))
        })
        .collect();
    let attached = read.iter().map(|(_, file)| file.clone()).collect();
    if out.len() > before {
        return (None, attached);
    }
    let texts: Vec<String> = read.iter().map(|(_, file)| literal(file)).collect();
    let patches: Vec<_> =
        read.iter().zip(&texts).map(|((node, _), t)| (node.span.clone(), Patch::Text(t))).collect();
    (doc.patched(&patches), attached)
}

/// Reads the file that is named at a place.
fn file(
    files: &dyn Files,
    place: Place,
    name: String,
    out: &mut Vec<Diagnostic>,
) -> Option<Arc<SourceFile>> {
    let from = &place.file.path;
    let path = relative(from, name);
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
