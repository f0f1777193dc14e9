//! Diagnostics: a mistake with its place in a file, and how it is printed.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// A file of a scenario as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path among the scenario's files, such as `world.ron` or `library:regimes`.
    pub path: String,
    /// Its path as shown to people.
    pub shown: String,
    /// Its text.
    pub text: Arc<str>,
}

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) span: Range<usize>,
}

impl Place {
    /// The file as shown to people, and the line, from 1.
    pub(crate) fn line(&self) -> (&str, usize) {
        let before = &self.file.text[..floor(&self.file.text, self.span.start)];
        (&self.file.shown, before.matches('\n').count() + 1)
    }
}

/// What sort of mistake it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiagnosticKind {
    /// A file cannot be read or included.
    File,
    /// It is not RON.
    Syntax,
    /// A field is missing, unknown, given twice or of the wrong type.
    Field,
    /// It names something that does not exist, or twice.
    Name,
    /// A number without a source.
    Provenance,
    /// A plugin refuses what it was given.
    Model,
    /// No mistake; something to know.
    Note,
}

/// A mistake of a scenario's author: what, where and how to mend it.
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file as shown to people; empty when it is in none.
    pub file: String,
    /// Line, from 1; 0 when it is in no file.
    pub line: usize,
    /// Column in characters, from 1.
    pub col: usize,
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
    /// What sort of mistake.
    pub kind: DiagnosticKind,
    source: Option<Arc<SourceFile>>,
}

impl fmt::Debug for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Diagnostic {
    /// `file:line:col: message (hint)`, on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}:{}:{}: ", self.file, self.line, self.col)?;
        } else if !self.file.is_empty() {
            write!(f, "{}: ", self.file)?;
        }
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

impl Diagnostic {
    /// A mistake in no file, such as a lever set on the command line.
    pub fn nowhere(kind: DiagnosticKind, message: impl Into<String>) -> Self {
        Diagnostic {
            file: String::new(),
            line: 0,
            col: 0,
            span: 0..0,
            message: message.into(),
            hint: None,
            kind,
            source: None,
        }
    }

    /// A mistake in a file of which no text is at hand.
    pub(crate) fn in_file(kind: DiagnosticKind, file: &str, message: impl Into<String>) -> Self {
        Diagnostic { file: file.to_owned(), ..Diagnostic::nowhere(kind, message) }
    }

    pub(crate) fn at(kind: DiagnosticKind, place: &Place, message: impl Into<String>) -> Self {
        let text = &place.file.text;
        let start = floor(text, place.span.start);
        let end = floor(text, place.span.end).max(start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        Diagnostic {
            file: place.file.shown.clone(),
            line: before.matches('\n').count() + 1,
            col: before[line_start..].chars().count() + 1,
            span: start..end,
            source: Some(place.file.clone()),
            ..Diagnostic::nowhere(kind, message)
        }
    }

    /// The same with a way to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Option<String>>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Whether it is a mistake rather than something to know.
    pub fn is_error(&self) -> bool {
        self.kind != DiagnosticKind::Note
    }

    /// Text and place within it of the lines to print; a long span is cut to its first line.
    fn excerpt(&self) -> Option<(&str, Range<usize>)> {
        let text: &str = &self.source.as_ref()?.text;
        let start = text[..self.span.start].rfind('\n').map_or(0, |n| n + 1);
        let end = text[self.span.start..].find('\n').map_or(text.len(), |n| self.span.start + n);
        let line = text[start..end].trim_end_matches('\r');
        let from = (self.span.start - start).min(line.len());
        let to = (self.span.end.min(end) - start).clamp(from, line.len());
        Some((line, from..to))
    }
}

/// The character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Longest line that is printed with an underline.
const LONGEST_LINE: usize = 2_000;

/// Prints diagnostics for people: message, place, the line with the span underlined, hint.
pub fn render(diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let level = if diagnostic.is_error() { Level::ERROR } else { Level::NOTE };
        let title = level.primary_title(diagnostic.message.as_str());
        let mut group = annotate_snippets::Group::with_title(title);
        match diagnostic.excerpt() {
            Some((line, span)) if line.len() <= LONGEST_LINE => {
                let marked = AnnotationKind::Primary.span(span);
                let snippet = Snippet::source(line)
                    .line_start(diagnostic.line)
                    .path(diagnostic.file.as_str())
                    .annotation(marked);
                group = group.element(snippet);
            }
            Some(_) => {
                let origin = annotate_snippets::Origin::path(diagnostic.file.as_str());
                group = group.element(origin.line(diagnostic.line).char_column(diagnostic.col));
            }
            None if !diagnostic.file.is_empty() => {
                group = group.element(annotate_snippets::Origin::path(diagnostic.file.as_str()));
            }
            None => {}
        }
        if let Some(hint) = &diagnostic.hint {
            group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
        }
        out += &renderer.render(&[group]);
        out += "\n\n";
    }
    out
}

/// Sorts by file and place and drops what is said twice.
pub(crate) fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    // Several builds report the same mistake; keep the first of each.
    for diagnostic in diagnostics.drain(..) {
        if !kept.contains(&diagnostic) {
            kept.push(diagnostic);
        }
    }
    kept.sort_by(|a, b| {
        (!a.is_error(), &a.file, a.span.start).cmp(&(!b.is_error(), &b.file, b.span.start))
    });
    *diagnostics = kept;
}
