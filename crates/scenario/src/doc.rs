//! A text with its shape and the places it came from: a whole file, or a plugin's section that may be
//! joined from several files.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Place, SourceFile};
use crate::parse::parse;
use crate::tree::{Field, Node, Shape};

/// A text, its shape and where its bytes are from.
#[derive(Clone, Debug)]
pub(crate) struct Doc {
    pub(crate) text: Arc<str>,
    pub(crate) root: Node,
    pieces: Vec<Piece>,
}

/// From byte `at` of the text on, bytes are those of `file` from `offset` on.
#[derive(Clone, Debug)]
struct Piece {
    at: usize,
    file: Arc<SourceFile>,
    offset: usize,
}

/// What comes into the place of a stretch of a document.
#[derive(Clone, Debug)]
pub(crate) enum Patch<'a> {
    /// A text of ours; places in it are those of what it replaces.
    Text(&'a str),
    /// A value of another document.
    Value(&'a Doc, &'a Node),
    /// One more field of a group, after its last one or in an empty group.
    Field {
        /// Its name.
        name: &'a str,
        /// Where the author gives it.
        key: Place,
        /// The document of its value.
        doc: &'a Doc,
        /// Its value.
        value: &'a Node,
    },
}

impl Doc {
    /// A whole file.
    pub(crate) fn of_file(file: Arc<SourceFile>) -> Result<Self, Box<Diagnostic>> {
        match parse(&file.text) {
            Ok(root) => {
                let text = file.text.clone();
                Ok(Doc { text, root, pieces: vec![Piece { at: 0, file, offset: 0 }] })
            }
            Err(wrong) => {
                let place = Place { file, span: wrong.span };
                let diagnostic = Diagnostic::at(DiagnosticKind::Syntax, &place, wrong.message);
                Err(Box::new(diagnostic.hint(wrong.hint)))
            }
        }
    }

    /// Groups of fields joined into one: lists and groups of one name are joined in turn, other fields
    /// stand beside each other, twice if they are given twice. `None` when several are given and one
    /// is not a group.
    pub(crate) fn joined(parts: &[(&Doc, &Node)]) -> Option<Self> {
        let mut joiner = Joiner::default();
        match parts {
            [] => return None,
            [(doc, node)] => joiner.take(doc, node.span.clone()),
            _ if parts.iter().all(|(_, node)| fields_of(node).is_some()) => joiner.group(parts),
            _ => return None,
        }
        let root = parse(&joiner.text).ok()?;
        Some(Doc { text: joiner.text.into(), root, pieces: joiner.pieces })
    }

    /// The same with stretches replaced, which must come in order and not overlap. `None` when what comes
    /// out is no RON.
    pub(crate) fn patched(&self, patches: &[(Range<usize>, Patch<'_>)]) -> Option<Self> {
        let mut joiner = Joiner::default();
        let mut at = 0;
        for (span, patch) in patches {
            joiner.take(self, at..span.start);
            match patch {
                Patch::Text(text) => joiner.write(text, self.place(span.clone())),
                Patch::Value(doc, node) => joiner.take(doc, node.span.clone()),
                Patch::Field { name, key, doc, value } => {
                    let has_fields = !joiner.text.trim_end().ends_with('(');
                    let comma = if has_fields { ", " } else { "" };
                    joiner.write(comma, self.place(span.clone()));
                    joiner.write(&format!("{name}: "), key.clone());
                    joiner.take(doc, value.span.clone());
                }
            }
            at = span.end;
        }
        joiner.take(self, at..self.text.len());
        let root = parse(&joiner.text).ok()?;
        Some(Doc { text: joiner.text.into(), root, pieces: joiner.pieces })
    }

    /// One value of a document as a document of its own.
    pub(crate) fn of_value(doc: &Doc, node: &Node) -> Option<Self> {
        Doc::joined(&[(doc, node)])
    }

    /// Where a stretch of the text is from.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let next = self.pieces.partition_point(|p| p.at <= span.start).max(1);
        let piece = &self.pieces[next - 1];
        let end = self.pieces.get(next).map_or(span.end, |p| span.end.min(p.at)).max(span.start);
        let shift = |byte: usize| piece.offset + byte.saturating_sub(piece.at);
        Place { file: piece.file.clone(), span: shift(span.start)..shift(end) }
    }

    /// A mistake in a stretch of the text.
    pub(crate) fn wrong(
        &self,
        kind: DiagnosticKind,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::at(kind, &self.place(span), message)
    }
}

/// Fields of a group without a name; none for `()`.
fn fields_of(node: &Node) -> Option<&[Field]> {
    match &node.shape {
        Shape::Fields(None, fields) => Some(fields),
        Shape::Tuple(None, items) if items.is_empty() => Some(&[]),
        _ => None,
    }
}

/// Puts a text together and remembers where its bytes are from.
#[derive(Default)]
struct Joiner {
    text: String,
    pieces: Vec<Piece>,
}

impl Joiner {
    fn take(&mut self, doc: &Doc, span: Range<usize>) {
        let first = doc.pieces.partition_point(|p| p.at <= span.start).max(1) - 1;
        for piece in &doc.pieces[first..] {
            let from = piece.at.max(span.start);
            if from > span.start && from >= span.end {
                break;
            }
            let at = self.text.len() + (from - span.start);
            let offset = piece.offset + (from - piece.at);
            self.pieces.push(Piece { at, file: piece.file.clone(), offset });
        }
        self.text.push_str(&doc.text[span]);
    }

    /// A text of ours that stands in the place of an author's.
    fn write(&mut self, text: &str, place: Place) {
        let offset = place.span.start;
        self.pieces.push(Piece { at: self.text.len(), file: place.file, offset });
        self.text.push_str(text);
    }

    fn group(&mut self, parts: &[(&Doc, &Node)]) {
        let all = || {
            parts.iter().flat_map(|(doc, node)| {
                fields_of(node).unwrap_or_default().iter().map(move |field| (*doc, field))
            })
        };
        let (first, node) = parts[0];
        self.take(first, node.span.start..node.span.start + 1);
        for (i, (doc, field)) in all().enumerate() {
            let is_same = |(_, other): &(&Doc, &Field)| other.name == field.name;
            let before = || all().take(i).find(is_same);
            let same: Vec<(&Doc, &Node)> =
                all().filter(is_same).map(|(doc, field)| (doc, &field.value)).collect();
            let can_join = can_join(&same);
            if can_join && before().is_some() {
                continue;
            }
            if i > 0 {
                self.text.push_str(", ");
            }
            self.take(doc, field.key.clone());
            self.text.push_str(": ");
            match field.value.shape {
                _ if !can_join => self.take(doc, field.value.span.clone()),
                Shape::List(_) => self.list(&same),
                _ => self.group(&same),
            }
        }
        self.take(first, node.span.end - 1..node.span.end);
    }

    fn list(&mut self, parts: &[(&Doc, &Node)]) {
        let (first, node) = parts[0];
        self.take(first, node.span.start..node.span.start + 1);
        let mut is_first = true;
        for (doc, node) in parts {
            let Shape::List(items) = &node.shape else { continue };
            for item in items {
                if !std::mem::take(&mut is_first) {
                    self.text.push_str(", ");
                }
                self.take(doc, item.span.clone());
            }
        }
        self.take(first, node.span.end - 1..node.span.end);
    }
}

/// Whether several values of one field make one value: all lists, or all groups without a name.
fn can_join(same: &[(&Doc, &Node)]) -> bool {
    let are_all = |is: &dyn Fn(&Node) -> bool| same.iter().all(|(_, node)| is(node));
    same.len() > 1
        && (are_all(&|n| matches!(n.shape, Shape::List(_))) || are_all(&|n| fields_of(n).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(name: &str, text: &str) -> Doc {
        let (path, shown) = (name.to_owned(), name.to_owned());
        Doc::of_file(Arc::new(SourceFile { path, shown, text: text.into() })).unwrap()
    }

    #[test]
    fn joined_groups_remember_their_files() {
        let (a, b) = (doc("a", "  (x: 1, /* c */)"), doc("b", "( y: 22, // end\n)"));
        let joined = Doc::joined(&[(&a, &a.root), (&b, &b.root)]).unwrap();
        assert_eq!(&*joined.text, "(x: 1, y: 22)");
        let y = joined.root.field("y").unwrap();
        let place = joined.place(y.value.span.clone());
        assert_eq!((place.file.path.as_str(), &place.file.text[place.span]), ("b", "22"));
        let x = joined.place(joined.root.field("x").unwrap().key.clone());
        assert_eq!((x.file.path.as_str(), &x.file.text[x.span]), ("a", "x"));
        let empty = doc("e", "()");
        assert!(Doc::joined(&[(&empty, &empty.root), (&b, &b.root)]).is_some());
        assert!(Doc::joined(&[(&a, &a.root), (&empty, &empty.root)]).is_some());
    }

    #[test]
    fn lists_and_groups_of_one_name_are_joined() {
        let a = doc("a", "(names: [\"x\"], at: (p: 1, q: [1]), n: 1)");
        let b = doc("b", "(at: (q: [2, 3], r: 4), names: [ \"y\", ], n: 2, one: One(a: 1))");
        let c = doc("c", "(names: [], one: One(b: 2))");
        let joined = Doc::joined(&[(&a, &a.root), (&b, &b.root), (&c, &c.root)]).unwrap();
        assert_eq!(
            &*joined.text,
            "(names: [\"x\", \"y\"], at: (p: 1, q: [1, 2, 3], r: 4), n: 1, n: 2, \
             one: One(a: 1), one: One(b: 2))"
        );
        let at = joined.text.find("\"y\"").unwrap();
        let place = joined.place(at..at + 3);
        assert_eq!((place.file.path.as_str(), &place.file.text[place.span]), ("b", "\"y\""));
    }
}
