//! A text with its shape and the places it came from: a whole file, or a plugin's section that may be
//! joined from several files.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Place, SourceFile};
use crate::parse::parse;
use crate::tree::{Node, Shape};

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

    /// Groups of fields joined into one. `None` when several are given and one is not a group.
    pub(crate) fn joined(parts: &[(&Doc, &Node)]) -> Option<Self> {
        let [(first, head), more @ ..] = parts else { return None };
        let mut text = String::new();
        let mut pieces = Vec::new();
        let mut take = |text: &mut String, doc: &Doc, span: Range<usize>| {
            let place = doc.place(span.clone());
            pieces.push(Piece { at: text.len(), file: place.file, offset: place.span.start });
            text.push_str(&doc.text[span]);
        };
        if more.is_empty() {
            take(&mut text, first, head.span.clone());
        } else {
            let body = |node: &Node| match &node.shape {
                Shape::Fields(_, fields) => {
                    Some(fields.first()?.key.start..fields.last()?.value.span.end)
                }
                Shape::Tuple(None, items) if items.is_empty() => {
                    Some(node.span.end - 1..node.span.end - 1)
                }
                _ => None,
            };
            take(&mut text, first, head.span.start..body(head)?.end);
            for (doc, node) in more {
                let is_bare = text.ends_with('(') || body(node)?.is_empty();
                text.push_str(if is_bare { " " } else { ", " });
                take(&mut text, doc, body(node)?);
            }
            take(&mut text, first, head.span.end - 1..head.span.end);
        }
        let root = parse(&text).ok()?;
        Some(Doc { text: text.into(), root, pieces })
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
}
