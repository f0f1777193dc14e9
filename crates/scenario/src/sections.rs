//! Plugins' sections: gathered from all files, joined, linted, and read by their plugins.

use std::sync::Arc;

use hotwash_engine::SimBuilder;
use ron::error::Error;

use crate::attach::attach;
use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, Place, SourceFile};
use crate::doc::Doc;
use crate::files::{Files, LIBRARY};
use crate::parameter::{self, Parameter};
use crate::provenance;
use crate::read::{MOST, WORD, did_you_mean, duplicates, explain};
use crate::registry::{Config, Entry, Registry};
use crate::tree::{Node, Shape};

/// A plugin's section.
#[derive(Clone)]
pub(crate) struct Section {
    pub(crate) entry: Arc<dyn Entry>,
    /// With the defaults of parameters.
    pub(crate) doc: Doc,
    /// What its plugin has read of `doc`; none where it has not read it yet, or could not.
    pub(crate) config: Option<Arc<dyn Config>>,
    /// The same with its parameters, if it has any.
    pub(crate) template: Option<Template>,
    /// Where its name stands.
    pub(crate) place: Place,
}

/// A section in which parameters stand.
#[derive(Clone)]
pub(crate) struct Template {
    doc: Doc,
    /// Their defaults, as RON by name: what `Section::doc` has in their places.
    defaults: Vec<(String, String)>,
}

impl Section {
    /// Builds its plugin in; `values` are those of the scenario's parameters, as RON by name.
    ///
    /// Only a section in which a parameter has another value than its default is read again.
    pub(crate) fn build(
        &self,
        values: &[(String, String)],
        sim: &mut SimBuilder,
    ) -> Result<(), Box<Diagnostic>> {
        let is_as_read = |t: &Template| self.config.is_some() && t.defaults == values;
        let other = self.template.as_ref().filter(|template| !is_as_read(template));
        let filled = other.and_then(|template| parameter::filled(&template.doc, values));
        if let (None, Some(config)) = (&filled, &self.config) {
            config.build(sim);
            return Ok(());
        }
        let doc = filled.as_ref().unwrap_or(&self.doc);
        match self.entry.read(&doc.text) {
            Ok(config) => config.build(sim),
            Err(error) => return Err(Box::new(explain(doc, &doc.root, &doc.text, &error))),
        }
        Ok(())
    }
}

/// A section as it stands in a file.
pub(crate) struct Part {
    pub(crate) name: String,
    /// How many bases lie between the scenario and the file.
    pub(crate) layer: usize,
    pub(crate) doc: Arc<Doc>,
    pub(crate) value: Node,
    /// Where its name stands.
    pub(crate) place: Place,
}

impl Part {
    /// Whether it may give only some of a section: what a base or the library holds.
    pub(crate) fn may_be_partial(&self) -> bool {
        self.layer > 0 || self.place.file.path.starts_with(LIBRARY)
    }
}

/// All sections, in build order.
pub(crate) struct Gathered {
    pub(crate) sections: Vec<Section>,
    /// Files that sections attach.
    pub(crate) attached: Vec<Arc<SourceFile>>,
    /// Whether all of them can be built.
    pub(crate) can_build: bool,
}

/// Joins and checks sections. `is_partial` when files are missing, so that fields may be.
pub(crate) fn gather(
    registry: &Registry,
    files: &dyn Files,
    parts: &[Part],
    parameters: &[Parameter],
    is_partial: bool,
    out: &mut Vec<Diagnostic>,
) -> Gathered {
    let mut is_whole = parts.iter().all(|part| registry.get(&part.name).is_some());
    for part in parts.iter().filter(|p| registry.get(&p.name).is_none()).take(MOST) {
        let message = format!("no plugin is called `{}`", part.name);
        let known: Vec<&str> = registry.names().collect();
        let hint = did_you_mean(&part.name, &known);
        out.push(Diagnostic::at(Is::Name, &part.place, message).hint(hint));
    }
    let mut sections = Vec::new();
    let mut attached: Vec<Arc<SourceFile>> = Vec::new();
    for name in registry.names() {
        let same: Vec<&Part> = parts.iter().filter(|p| p.name == name).collect();
        let Some(entry) = registry.get(name).filter(|_| !same.is_empty()) else { continue };
        let before = out.len();
        if let Some(doc) = join(&same, out) {
            let (doc, its_files) = attach(files, doc, out);
            attached.extend(its_files);
            let Some((doc, template)) = doc.and_then(|doc| fill(doc, parameters, out)) else {
                is_whole = false;
                continue;
            };
            lint(&doc, out);
            let config = read(&**entry, &doc, is_partial, out);
            is_whole &= config.is_some();
            let place = same[0].place.clone();
            sections.push(Section { entry: entry.clone(), doc, config, template, place });
        } else {
            is_whole = false;
        }
        is_whole &= out[before..].iter().all(|d| d.kind == Is::Provenance);
    }
    sections.sort_by_key(|s| registry.position(s.entry.name()));
    attached.sort_by(|a, b| a.path.cmp(&b.path));
    attached.dedup_by(|a, b| a.path == b.path);
    Gathered { sections, attached, can_build: is_whole }
}

/// A section with its parameters' defaults, and the section as it was if it has any.
fn fill(
    doc: Doc,
    parameters: &[Parameter],
    out: &mut Vec<Diagnostic>,
) -> Option<(Doc, Option<Template>)> {
    if parameter::used(&doc.root, &doc.text).is_empty() {
        return Some((doc, None));
    }
    if !parameter::are_known(&doc, parameters, out) {
        return None;
    }
    let defaults: Vec<(String, String)> =
        parameters.iter().map(|p| (p.name.clone(), p.default_literal())).collect();
    let filled = parameter::filled(&doc, &defaults)?;
    Some((filled, Some(Template { doc, defaults })))
}

/// A scenario's own files give a section once; files of the library and of a base may give some of its
/// fields, and items of its lists.
fn join(same: &[&Part], out: &mut Vec<Diagnostic>) -> Option<Doc> {
    let mut own = same.iter().filter(|p| !p.may_be_partial());
    if let Some(first) = own.next() {
        let begins = Diagnostic::at(Is::Name, &first.place, "");
        if let Some(part) = own.next() {
            // Twice in one file was reported as a key given twice.
            if !Arc::ptr_eq(&part.doc, &first.doc) {
                let message = format!("plugin `{}` has a section already", part.name);
                let hint =
                    format!("it begins in {}:{}; put both together", begins.file, begins.line);
                out.push(Diagnostic::at(Is::Name, &part.place, message).hint(hint));
            }
            return None;
        }
    }
    let pieces: Vec<(&Doc, &Node)> = same.iter().map(|p| (&*p.doc, &p.value)).collect();
    let first = same.first()?;
    let Some(doc) = Doc::joined(&pieces) else {
        let message = format!("the sections of plugin `{}` cannot be joined", first.name);
        let hint = "each must be a group `( field: value, .. )`".to_owned();
        out.push(Diagnostic::at(Is::Field, &first.place, message).hint(hint));
        return None;
    };
    if same.len() > 1 {
        duplicates(&doc, out);
    }
    Some(doc)
}

fn lint(doc: &Doc, out: &mut Vec<Diagnostic>) {
    let (bare, more) = provenance::bare_numbers(&doc.root);
    for span in bare {
        let number = &doc.text[span.clone()];
        let message = format!("the number {number} has no source");
        let hint = format!(
            "write `Fixed(value: {number}, source: \"..\", firmness: Guess)`, or `Range(p5: .., p50: .., p95: .., ..)`"
        );
        out.push(doc.wrong(Is::Provenance, span, message).hint(hint));
    }
    if more > 0 {
        let message = format!("{more} more numbers of this section have no source");
        out.push(doc.wrong(Is::Provenance, crate::locate::head(&doc.root), message));
    }
}

/// Largest section in which every field is tried by itself after a mistake.
const LARGEST_RETRIED: usize = 256 << 10;

/// Reads a section; after a mistake also each of its fields alone, so that one mistake does not
/// hide the others.
fn read(
    entry: &dyn Entry,
    doc: &Doc,
    is_partial: bool,
    out: &mut Vec<Diagnostic>,
) -> Option<Arc<dyn Config>> {
    let first = match entry.read(&doc.text) {
        Ok(config) => return Some(config),
        Err(first) => first,
    };
    let mut found = Vec::new();
    if is_partial {
        retry(entry, doc, &doc.text, &mut found);
    } else {
        report(doc, &doc.text, &first, &mut found);
    }
    if let Shape::Fields(_, fields) = &doc.root.shape
        && doc.text.len() <= LARGEST_RETRIED
        && fields.len() <= 100
    {
        for field in fields {
            let keep = field.key.start..field.value.span.end;
            retry(entry, doc, &blank_but(&doc.text, &doc.root, &keep), &mut found);
            let Shape::List(items) = &field.value.shape else { continue };
            for item in items.iter().take(100).filter(|_| items.len() > 1) {
                let alone = blank_but(&doc.text, &doc.root, &keep);
                retry(entry, doc, &blank_but(&alone, &field.value, &item.span), &mut found);
            }
        }
    }
    for diagnostic in found {
        // A bare number was reported by the lint already.
        let is_bare = diagnostic.message.contains(WORD)
            && out.iter().any(|d| d.span == diagnostic.span && d.file == diagnostic.file);
        if !is_bare && !out.contains(&diagnostic) {
            out.push(diagnostic);
        }
    }
    None
}

/// The same text with everything in a group or list blanked but one part, so that places stay.
fn blank_but(text: &str, around: &Node, keep: &std::ops::Range<usize>) -> String {
    let open = crate::locate::head(around).end;
    let open = open
        + text[open..]
            .find('(')
            .filter(|_| !text[..open].ends_with(['(', '[']))
            .map_or(0, |n| n + 1);
    let inside = open..around.span.end.saturating_sub(1);
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        if inside.contains(&i) && !keep.contains(&i) && c != '\n' {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

fn retry(entry: &dyn Entry, doc: &Doc, text: &str, out: &mut Vec<Diagnostic>) {
    let Err(error) = entry.read(text) else { return };
    let mut found = Vec::new();
    report(doc, text, &error, &mut found);
    // That the section lacks what was blanked says nothing.
    let whole = doc.place(doc.root.span.clone()).span.start;
    let is_blanked = |d: &Diagnostic| {
        matches!(error.code, Error::MissingStructField { .. }) && d.span.start == whole
    };
    out.extend(found.into_iter().filter(|d| !is_blanked(d)));
}

fn report(doc: &Doc, text: &str, error: &ron::error::SpannedError, out: &mut Vec<Diagnostic>) {
    // Fields given twice were found before, all of them.
    if !matches!(error.code, Error::DuplicateStructField { .. }) {
        out.push(explain(doc, &doc.root, text, error));
    }
}
