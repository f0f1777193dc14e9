//! Typed reading of values: RON's errors in an author's words, with the whole offending value marked
//! and the nearest legal name as a hint.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use hotwash_engine::nearest;
use ron::error::{Error, SpannedError, SpannedResult};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::doc::Doc;
use crate::files::LIBRARY;
use crate::locate;
use crate::reference::written::Written;
use crate::tree::{Field, Node, Shape};

/// How all RON of a scenario is read: `Some(x)` may be written `x`.
pub(crate) fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// So many mistakes are enough for one sitting; more are not collected.
pub(crate) const MOST: usize = 200;

/// What RON says of a number where the name of a variant should be.
pub(crate) const WORD: &str = "expected a word such as `Fixed(..)`";

/// Reads values of a document and collects what is wrong with them.
pub(crate) struct Reader<'a> {
    pub(crate) doc: &'a Doc,
    pub(crate) out: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reports a mistake in a stretch of the text.
    pub(crate) fn wrong(
        &mut self,
        kind: DiagnosticKind,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) {
        if self.out.len() < MOST {
            self.out.push(self.doc.wrong(kind, span, message).hint(hint));
        }
    }

    /// A value of a type.
    pub(crate) fn value<T: DeserializeOwned>(&mut self, node: &Node) -> Option<T> {
        self.value_by(node, |text| options().from_str(text))
    }

    /// A value read by a function.
    pub(crate) fn value_by<T>(
        &mut self,
        node: &Node,
        read: impl FnOnce(&str) -> SpannedResult<T>,
    ) -> Option<T> {
        let text = &self.doc.text[node.span.clone()];
        match read(text) {
            Ok(value) => Some(value),
            Err(error) => {
                if self.out.len() < MOST {
                    self.out.push(explain(self.doc, node, text, &error));
                }
                None
            }
        }
    }

    /// The fields of a group: unknown and missing ones are reported, all of them.
    pub(crate) fn group<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &[&str],
        required: &[&str],
    ) -> Option<&'n [Field]> {
        let fields: &[Field] = match &node.shape {
            Shape::Fields(None, fields) => fields,
            Shape::Tuple(None, items) if items.is_empty() => &[],
            _ => {
                let message =
                    format!("expected {what} `( .. )`, found {}", node.describe(&self.doc.text));
                self.wrong(DiagnosticKind::Field, locate::head(node), message, None);
                return None;
            }
        };
        for field in fields.iter().filter(|f| !known.contains(&f.name.as_str())) {
            let message = format!("{what} has no field `{}`", field.name);
            let hint = did_you_mean(&field.name, known);
            self.wrong(DiagnosticKind::Field, field.key.clone(), message, hint);
        }
        for name in required.iter().filter(|n| node.field(n).is_none()) {
            let message = format!("{what} lacks the field `{name}`");
            self.wrong(DiagnosticKind::Field, locate::head(node), message, None);
        }
        Some(fields)
    }

    /// The fields of a group that is read by hand.
    pub(crate) fn written<'n>(&mut self, node: &'n Node, table: &Written) -> Option<&'n [Field]> {
        self.group(node, table.what, &table.names(), &table.needed())
    }

    /// The items of a list; none when it is missing.
    pub(crate) fn list<'n>(&mut self, node: Option<&'n Node>) -> &'n [Node] {
        match node.map(|n| (n, &n.shape)) {
            None => &[],
            Some((_, Shape::List(items))) => items,
            Some((node, _)) => {
                let found = node.describe(&self.doc.text);
                let message = format!("expected a list `[ .. ]`, found {found}");
                self.wrong(DiagnosticKind::Field, locate::head(node), message, None);
                &[]
            }
        }
    }

    /// The entries of a map with text keys; none when it is missing.
    pub(crate) fn map<'n>(&mut self, node: Option<&'n Node>) -> Vec<(String, &'n Node, &'n Node)> {
        let Some(node) = node else { return Vec::new() };
        let Shape::Map(pairs) = &node.shape else {
            let found = node.describe(&self.doc.text);
            let message = format!("expected a map `{{ \"name\": .. }}`, found {found}");
            self.wrong(DiagnosticKind::Field, locate::head(node), message, None);
            return Vec::new();
        };
        let named = pairs.iter().filter_map(|(key, value)| Some((self.value(key)?, key, value)));
        named.collect()
    }
}

/// Reports keys and fields that stand twice in one group or map, anywhere in a document.
pub(crate) fn duplicates(doc: &Doc, out: &mut Vec<Diagnostic>) {
    let mut open = vec![&doc.root];
    while let Some(node) = open.pop() {
        open.extend(node.children());
        let keys: Vec<(Cow<'_, str>, &Range<usize>)> = match &node.shape {
            Shape::Fields(_, fields) => {
                fields.iter().map(|f| (Cow::from(f.name.as_str()), &f.key)).collect()
            }
            Shape::Map(pairs) => pairs
                .iter()
                .filter_map(|(key, _)| Some((locate::text_of(key, &doc.text)?.into(), &key.span)))
                .collect(),
            _ => continue,
        };
        let mut seen: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
        for (name, span) in &keys {
            let Some(first) = seen.insert(name, span) else { continue };
            if out.len() >= MOST {
                return;
            }
            let first = doc.wrong(DiagnosticKind::Field, first.clone(), "");
            let message = format!("`{name}` is given twice");
            let wrong = doc.wrong(DiagnosticKind::Field, (*span).clone(), message);
            let hint = if first.file == wrong.file {
                format!("it stands in line {} already", first.line)
            } else {
                format!("it stands in {}:{} already", first.file, first.line)
            };
            out.push(wrong.hint(hint));
        }
    }
}

/// A hint for a name that is none of the known ones.
pub(crate) fn did_you_mean(wrong: &str, known: &[&str]) -> Option<String> {
    match nearest(wrong, known.iter().copied()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if known.is_empty() => None,
        None => Some(shorten(format!("known: {}", known.join(", ")))),
    }
}

/// A hint that fits on a screen: long lists of names are cut.
pub(crate) fn shorten(hint: String) -> String {
    const LONGEST: usize = 300;
    match hint.char_indices().nth(LONGEST).and_then(|(at, _)| hint[..at].rfind(", ")) {
        Some(at) => format!("{}, ..", &hint[..at]),
        None => hint,
    }
}

/// The byte of a line and column, both from 1, in characters.
fn byte_of(text: &str, line: usize, col: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(col.saturating_sub(1)).map_or(rest.len(), |(i, _)| i)
}

/// RON's error about the value `node` of `doc`, as a diagnostic. `slice` is what RON has read: the
/// value's text, in which other parts may have been blanked.
pub(crate) fn explain(doc: &Doc, node: &Node, slice: &str, error: &SpannedError) -> Diagnostic {
    let start = node.span.start + byte_of(slice, error.span.start.line, error.span.start.col);
    let end = node.span.start + byte_of(slice, error.span.end.line, error.span.end.col);
    let (span, message, hint) = match &error.code {
        Error::NoSuchStructField { expected, found, .. } => (
            key_at(node, found, end).unwrap_or(start..end),
            format!("unknown field `{found}`"),
            did_you_mean(found, expected),
        ),
        Error::NoSuchEnumVariant { expected, found, .. } => (
            word_at(slice, found, end - node.span.start)
                .map_or(start..end, |w| node.span.start + w.start..node.span.start + w.end),
            format!("`{found}` is not known here"),
            did_you_mean(found, expected),
        ),
        Error::MissingStructField { field, .. } => {
            let (group, path) = group_at(doc, node, end);
            let message = in_path(&path, format!("the field `{field}` is missing"));
            let place = doc.place(locate::head(group));
            // The library's files are not the author's to mend.
            let is_shared = place.file.path.starts_with(LIBRARY);
            let hint = is_shared.then(|| {
                "the library gives only a part of this section: give the rest in a file of the \
                 scenario, or include what gives it"
                    .to_owned()
            });
            return Diagnostic::at(DiagnosticKind::Field, &place, message).hint(hint);
        }
        code => return explain_value(doc, node, code, start, end),
    };
    // The field path is what a reader of a long section looks for.
    let (_, path) = locate::at(node, &doc.text, span.start);
    doc.wrong(DiagnosticKind::Field, span, in_path(&path, message)).hint(hint)
}

/// An error about the value that stands where the parser is or that it has just read.
fn explain_value(doc: &Doc, node: &Node, code: &Error, start: usize, end: usize) -> Diagnostic {
    let has_read = matches!(code, Error::Message(_) | Error::InvalidValueForType { .. });
    let (place, path) = if has_read {
        locate::just_read(node, &doc.text, end)
    } else {
        locate::at(node, &doc.text, start)
    };
    let found = place.describe(&doc.text);
    let message = match code {
        Error::Message(message) => message.clone(),
        Error::InvalidValueForType { expected, .. } => {
            format!("expected {expected}, found {found}")
        }
        Error::ExpectedFloat => format!("expected a number, found {found}"),
        Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } => {
            format!("expected a whole number, found {found}")
        }
        Error::ExpectedComma if matches!(place.shape, Shape::Number) => {
            format!("expected a whole number of 0 or more, found {found}")
        }
        Error::ExpectedString => format!("expected text in quotes, found {found}"),
        Error::ExpectedBoolean => format!("expected true or false, found {found}"),
        Error::ExpectedArray => format!("expected a list `[ .. ]`, found {found}"),
        Error::ExpectedMap => format!("expected a map `{{ .. }}`, found {found}"),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedUnit => {
            format!("expected a group `( .. )`, found {found}")
        }
        Error::ExpectedIdentifier
        | Error::InvalidIdentifier(_)
        | Error::SuggestRawIdentifier(_) => format!("{WORD}, found {found}"),
        Error::IntegerOutOfBounds => format!("{found} is out of range"),
        Error::ExpectedDifferentStructName { expected, found } => {
            format!("expected `{expected}`, found `{found}`")
        }
        other => {
            let text = other.to_string();
            text.chars().take(1).flat_map(char::to_lowercase).chain(text.chars().skip(1)).collect()
        }
    };
    let span = if place.span.len() <= 200 { place.span.clone() } else { locate::head(place) };
    // Only plugins' sections are filled in.
    let is_parameter = doc.text[node.span.clone()].starts_with("Parameter(");
    let hint = is_parameter.then(|| "parameters stand in plugins' sections only".to_owned());
    doc.wrong(DiagnosticKind::Field, span, in_path(&path, message)).hint(hint)
}

fn in_path(path: &str, message: String) -> String {
    if path.is_empty() { message } else { format!("{path}: {message}") }
}

/// The key with this name that stands nearest before a byte.
fn key_at(node: &Node, name: &str, byte: usize) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if node.span.start > byte {
            continue;
        }
        open.extend(node.children());
        if let Shape::Fields(_, fields) = &node.shape {
            for field in fields.iter().filter(|f| f.name == name && f.key.start <= byte) {
                if found.as_ref().is_none_or(|f| f.start < field.key.start) {
                    found = Some(field.key.clone());
                }
            }
        }
    }
    found
}

/// The last occurrence of a word that begins before a byte.
fn word_at(text: &str, word: &str, byte: usize) -> Option<Range<usize>> {
    let before = text.get(..(byte + word.len()).min(text.len())).or_else(|| text.get(..byte))?;
    before.rfind(word).map(|start| start..start + word.len())
}

/// The group whose closing bracket stands at a byte: where RON notices that a field is missing.
fn group_at<'a>(doc: &Doc, root: &'a Node, byte: usize) -> (&'a Node, String) {
    let (node, path) = locate::just_read(root, &doc.text, byte + 1);
    if node.span.end == byte + 1 { (node, path) } else { (root, String::new()) }
}
