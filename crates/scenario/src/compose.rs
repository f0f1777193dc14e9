//! Composition: bases that a scenario changes, what it changes in them, and the parameters it declares.

use std::sync::Arc;

use crate::beside::beside;
use crate::change::{Change, changes};
use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, Place};
use crate::doc::Doc;
use crate::files::LIBRARY;
use crate::input::{legal_path, read_doc};
use crate::load::{Draft, Item};
use crate::locate;
use crate::parameter::{self, Parameter};
use crate::read::{Reader, duplicates};
use crate::registry::Registry;
use crate::sections::Part;

/// Most bases, each of which is the base of the one before.
const MOST_BASES: usize = 8;

/// Lists whose items have names.
const NAMED: [&str; 4] = ["roles", "objectives", "decisions", "injects"];
/// Lists of plain texts, which go as a whole.
const PLAIN: [&str; 2] = ["contested", "headline"];

impl Draft<'_> {
    /// Reads what composes a file with others, and the base of a first file.
    pub(crate) fn base(&mut self, doc: &Arc<Doc>, is_first: bool, open: &mut Vec<String>) {
        let layer = self.layer;
        let changes = changes(doc, &mut self.out);
        self.changes.extend(changes.into_iter().map(|change| (layer, change)));
        let parameters = parameter::parameters(doc, &mut self.out);
        self.parameters.extend(parameters.into_iter().map(|p| (layer, p)));
        let Some(field) = doc.root.field("base") else { return };
        let place = doc.place(field.value.span.clone());
        let mut reader = Reader { doc, out: &mut self.out };
        let Some(written) = reader.value::<String>(&field.value) else { return };
        if !is_first {
            let message = "only the first file of a scenario has a base";
            self.out.push(Diagnostic::at(Is::Field, &place, message));
            return;
        }
        let from = doc.place(0..0).file.path.clone();
        let path = scenario_of(&relative(&from, written));
        if let Err(hint) = legal_path(&path, from.starts_with(LIBRARY)) {
            self.is_partial = true;
            self.say(Some(&place), &path, format!("`{path}` cannot be a base"), Some(hint));
            return;
        }
        if self.bases.len() >= MOST_BASES {
            self.is_partial = true;
            let message = format!("`{path}` is one base too many (at most {MOST_BASES})");
            self.say(Some(&place), &path, message, None);
            return;
        }
        self.bases.push(path.clone());
        self.layer += 1;
        self.file(&path, Some(&place), open);
        self.layer -= 1;
    }

    /// Makes the changes: a base's own first, then those of what stands on it.
    pub(crate) fn change(&mut self, registry: &Registry, out: &mut Vec<Diagnostic>) {
        let mut changes = std::mem::take(&mut self.changes);
        changes.sort_by_key(|(layer, _)| std::cmp::Reverse(*layer));
        if !changes.is_empty() {
            self.join_parts(out);
        }
        for (layer, change) in changes {
            if let Err(wrong) = self.make(layer, &change, registry) {
                // What stands in a file that could not be read cannot be changed.
                if !self.is_partial {
                    out.push(*wrong);
                }
            }
        }
    }

    /// One part for each plugin, so that a path leads to the same place wherever it is written.
    fn join_parts(&mut self, out: &mut Vec<Diagnostic>) {
        let mut joined: Vec<Part> = Vec::new();
        for part in std::mem::take(&mut self.parts) {
            let same = |p: &&mut Part| {
                p.name == part.name && (p.may_be_partial() || part.may_be_partial())
            };
            let Some(first) = joined.iter_mut().find(same) else {
                joined.push(part);
                continue;
            };
            let pieces: [(&Doc, &_); 2] = [(&first.doc, &first.value), (&part.doc, &part.value)];
            if let Some(doc) = Doc::joined(&pieces) {
                duplicates(&doc, out);
                first.value = doc.root.clone();
                first.doc = Arc::new(doc);
            } else {
                joined.push(part);
            }
        }
        self.parts = joined;
    }

    fn make(
        &mut self,
        layer: usize,
        change: &Change,
        registry: &Registry,
    ) -> Result<(), Box<Diagnostic>> {
        let (first, rest) = change.path.split_once('.').unwrap_or((&change.path, ""));
        if let Some(list) = NAMED.into_iter().find(|list| *list == first && !rest.is_empty()) {
            return self.make_in_list(list, rest, change);
        }
        if PLAIN.contains(&first) && rest.is_empty() && change.value.is_none() {
            if let Some(list) = self.lists.get_mut(first) {
                list.retain(|item| item.layer <= layer);
            }
            return Ok(());
        }
        let Some(at) = self.parts.iter().position(|p| p.name == first) else {
            let known: Vec<&str> = NAMED.into_iter().chain(registry.names()).collect();
            return Err(Box::new(change.leads_nowhere(&known)));
        };
        if rest.is_empty() && change.value.is_none() {
            self.parts.retain(|p| p.name != first);
            return Ok(());
        }
        let part = &mut self.parts[at];
        let whole = Doc::of_value(&part.doc, &part.value);
        let whole = whole.ok_or_else(|| Box::new(change.leads_nowhere(&[])))?;
        let doc = change.apply(&whole, rest)?;
        part.value = doc.root.clone();
        part.doc = Arc::new(doc);
        Ok(())
    }

    /// A change of a decision, an inject, a role or an objective.
    fn make_in_list(
        &mut self,
        list: &'static str,
        rest: &str,
        change: &Change,
    ) -> Result<(), Box<Diagnostic>> {
        let items = self.lists.entry(list).or_default();
        let name = |item: &Item| locate::text_of(&item.node.field("name")?.value, &item.doc.text);
        let names: Vec<String> = items.iter().filter_map(name).collect();
        // Names may have dots in them: the longest that fits is meant.
        let fits = |n: &&String| rest == n.as_str() || rest.starts_with(&format!("{n}."));
        let Some(wanted) = names.iter().filter(fits).max_by_key(|n| n.len()).cloned() else {
            let known: Vec<&str> = names.iter().map(String::as_str).collect();
            return Err(Box::new(change.no_item(list, rest, &known)));
        };
        let is_it = |item: &Item| name(item).is_some_and(|n| n == wanted);
        let rest = rest[wanted.len()..].trim_start_matches('.');
        if rest.is_empty() && change.value.is_none() {
            items.retain(|item| !is_it(item));
            self.dropped.push(wanted);
            return Ok(());
        }
        for item in items.iter_mut().filter(|item| is_it(item)) {
            let whole = Doc::of_value(&item.doc, &item.node);
            let whole = whole.ok_or_else(|| Box::new(change.leads_nowhere(&[])))?;
            let doc = change.apply(&whole, rest)?;
            item.node = doc.root.clone();
            item.doc = Arc::new(doc);
        }
        Ok(())
    }

    /// The parameters, the scenario's own before those of its bases; those that nothing uses are reported.
    pub(crate) fn declared(&mut self, out: &mut Vec<Diagnostic>) -> Vec<Parameter> {
        let mut all = std::mem::take(&mut self.parameters);
        all.sort_by_key(|(layer, _)| *layer);
        let mut declared: Vec<(usize, Parameter)> = Vec::new();
        for (layer, parameter) in all {
            let twin = declared.iter().find(|(_, other)| other.name == parameter.name);
            match twin {
                None => declared.push((layer, parameter)),
                Some((other, first)) if *other == layer => {
                    // Twice in one file was reported already.
                    if first.place.file != parameter.place.file {
                        let first = Diagnostic::at(Is::Name, &first.place, "");
                        let message = format!("parameter `{}` is declared twice", parameter.name);
                        let hint = format!("{}:{} declares it already", first.file, first.line);
                        out.push(Diagnostic::at(Is::Name, &parameter.place, message).hint(hint));
                    }
                }
                Some(_) => {}
            }
        }
        let used: Vec<String> = self
            .parts
            .iter()
            .filter(|_| !declared.is_empty())
            .flat_map(|part| parameter::used(&part.value, &part.doc.text))
            .map(|(_, name)| name)
            .collect();
        let declared: Vec<Parameter> = declared.into_iter().map(|(_, p)| p).collect();
        let is_unused = |p: &&Parameter| !self.is_partial && !used.contains(&p.name);
        for parameter in declared.iter().filter(is_unused) {
            let message = format!("nothing uses the parameter `{}`", parameter.name);
            let hint = format!("write `Parameter(\"{}\")` in a plugin's section", parameter.name);
            out.push(Diagnostic::at(Is::Name, &parameter.place, message).hint(hint));
        }
        declared
    }

    /// The policies' files beside the scenario, and those of its bases that it has not itself.
    pub(crate) fn policies(&self, entry: &str, out: &mut Vec<Diagnostic>) -> Vec<Arc<Doc>> {
        let mut docs: Vec<(String, Arc<Doc>)> = Vec::new();
        for first in std::iter::once(entry).chain(self.bases.iter().map(String::as_str)) {
            for path in self.files.list(&beside(first, "policies")) {
                let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".ron");
                if docs.iter().any(|(known, _)| known == name) {
                    continue;
                }
                if let Some(doc) = read_doc(self.files, &path, None::<&Place>, out) {
                    docs.push((name.to_owned(), doc));
                }
            }
        }
        docs.sort_by(|a, b| a.0.cmp(&b.0));
        docs.into_iter().map(|(_, doc)| doc).collect()
    }
}

/// A path as written in a file: in a folder of the library it is meant from there.
pub(crate) fn relative(from: &str, written: String) -> String {
    match from.rsplit_once('/') {
        Some((folder, _)) if from.starts_with(LIBRARY) && !written.starts_with(LIBRARY) => {
            format!("{folder}/{}", written.trim_end_matches(".ron"))
        }
        _ => written,
    }
}

/// The first file of a base: of a scenario in the library its name is enough.
fn scenario_of(path: &str) -> String {
    match path.strip_prefix(LIBRARY) {
        Some(name) if !name.contains('/') => format!("{path}/scenario"),
        _ => path.to_owned(),
    }
}
