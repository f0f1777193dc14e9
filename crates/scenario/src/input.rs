//! From a path to a document: which paths may be included, and what is refused before parsing.

use std::sync::Arc;

use hotwash_engine::nearest;

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, Place, SourceFile};
use crate::doc::Doc;
use crate::files::{Files, HOUSE, LIBRARY, MAX_FILE, ReadError};
use crate::locate::text_of;
use crate::tree::Shape;

/// Whether a path may be included, and if not, what may be.
pub(crate) fn legal_path(path: &str, from_library: bool) -> Result<(), String> {
    let name = path.strip_prefix(LIBRARY);
    if from_library && name.is_none() {
        return Err("files of the library include only `library:NAME`".to_owned());
    }
    let steps = name.unwrap_or(path);
    let is_plain = !steps.is_empty()
        && !steps.contains(['\\', ':', '\0'])
        && steps.split('/').all(|s| !s.is_empty() && s != "." && s != "..");
    let is_house = steps.starts_with(HOUSE);
    if is_plain && (name.is_none() || is_house || steps.matches('/').count() <= 1) {
        return Ok(());
    }
    Err("write a path within the scenario's own folder, such as `world.ron`, or `library:NAME`, or \
         `library:SCENARIO/NAME` for a file of a shipped scenario, or `library:house/NAME` for one of the \
         folder `library` beside the scenario's folder"
        .to_owned())
}

/// Reads a file as a document; says why it cannot.
pub(crate) fn read_doc(
    files: &dyn Files,
    path: &str,
    from: Option<&Place>,
    out: &mut Vec<Diagnostic>,
) -> Option<Arc<Doc>> {
    let shown = files.show(path);
    let bytes = read_bytes(files, path, from, out)?;
    document(path, &shown, bytes, out)
}

/// Reads a file that is no RON as text; says why it cannot.
pub(crate) fn read_text(
    files: &dyn Files,
    path: &str,
    from: Option<&Place>,
    out: &mut Vec<Diagnostic>,
) -> Option<String> {
    let bytes = read_bytes(files, path, from, out)?;
    plain_text(path, &files.show(path), bytes, out)
}

fn read_bytes(
    files: &dyn Files,
    path: &str,
    from: Option<&Place>,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<u8>> {
    let shown = files.show(path);
    let mut say = |message: String, hint: Option<String>| {
        let diagnostic = match from {
            Some(place) => Diagnostic::at(Is::File, place, message),
            None => Diagnostic::in_file(Is::File, &shown, message),
        };
        out.push(diagnostic.hint(hint));
    };
    match files.read(path) {
        Ok(bytes) => return Some(bytes),
        Err(ReadError::Missing) => {
            let (message, hint) = missing(files, path);
            say(message, hint);
        }
        Err(ReadError::Escapes) => {
            let hint = "a scenario's files lie in its own folder; copy it there".to_owned();
            say(format!("`{path}` leads out of the scenario's folder"), Some(hint));
        }
        Err(ReadError::TooLarge(bytes)) => {
            let message = format!("`{path}` has {bytes} bytes; files may have at most {MAX_FILE}");
            say(message, None);
        }
        Err(ReadError::Failed(why)) => say(format!("`{path}` cannot be read: {why}"), None),
    }
    None
}

/// Makes a document of a file's bytes.
pub(crate) fn document(
    path: &str,
    shown: &str,
    bytes: Vec<u8>,
    out: &mut Vec<Diagnostic>,
) -> Option<Arc<Doc>> {
    let text = plain_text(path, shown, bytes, out)?;
    let file = SourceFile { path: path.to_owned(), shown: shown.to_owned(), text: text.into() };
    match Doc::of_file(Arc::new(file)) {
        Ok(doc) => match unprintable(&doc) {
            Some(diagnostic) => {
                out.push(diagnostic);
                None
            }
            None => Some(Arc::new(doc)),
        },
        Err(diagnostic) => {
            out.push(*diagnostic);
            None
        }
    }
}

/// A file's bytes as text.
fn plain_text(
    path: &str,
    shown: &str,
    bytes: Vec<u8>,
    out: &mut Vec<Diagnostic>,
) -> Option<String> {
    if bytes.len() as u64 > MAX_FILE {
        let message =
            format!("`{path}` has {} bytes; files may have at most {MAX_FILE}", bytes.len());
        out.push(Diagnostic::in_file(Is::File, shown, message));
        return None;
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let at = e.utf8_error().valid_up_to();
            let message = format!(
                "`{path}` is not UTF-8 text: the byte at offset {at} is not part of a character"
            );
            let hint = "save it as UTF-8".to_owned();
            out.push(Diagnostic::in_file(Is::File, shown, message).hint(hint));
            return None;
        }
    };
    if text.starts_with('\u{feff}') {
        let hint = "save it as UTF-8 without a mark".to_owned();
        let message = format!("`{path}` begins with a byte order mark");
        out.push(Diagnostic::in_file(Is::File, shown, message).hint(hint));
        return None;
    }
    Some(text)
}

/// The first text with a control character: printed, it would command the reader's terminal.
fn unprintable(doc: &Doc) -> Option<Diagnostic> {
    let mut open = vec![&doc.root];
    while let Some(node) = open.pop() {
        let mut parts = node.children();
        parts.reverse();
        open.extend(parts);
        let written = &doc.text[node.span.clone()];
        let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        // Most texts have neither escapes nor control characters and need no reading.
        if !matches!(node.shape, Shape::Text) || !written.contains(|c| c == '\\' || bad(c)) {
            continue;
        }
        if let Some(c) = text_of(node, &doc.text).and_then(|text| text.chars().find(|c| bad(*c))) {
            let message = format!("this text has the control character U+{:04X}", u32::from(c));
            let hint = "of control characters only line breaks and tabs are allowed".to_owned();
            return Some(doc.wrong(Is::Syntax, node.span.clone(), message).hint(hint));
        }
    }
    None
}

fn missing(files: &dyn Files, path: &str) -> (String, Option<String>) {
    let folder = match path.rsplit_once('/') {
        Some((folder, _)) => folder,
        None if path.starts_with(LIBRARY) => LIBRARY,
        None => "",
    };
    let mut there = files.list(folder);
    if there.is_empty() && folder.starts_with(LIBRARY) {
        there = files.list(LIBRARY);
    }
    let message = format!("there is no file `{path}`");
    let hint = match nearest(path, there.iter().map(String::as_str)) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if there.is_empty() => None,
        None => Some(format!("there are: {}", there.join(", "))),
    };
    (message, hint)
}
