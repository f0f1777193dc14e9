//! Changes: a scenario as a small change to another. `change` puts values at paths, `drop` takes away what
//! stands at them.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is};
use crate::doc::{Doc, Patch};
use crate::load::ONCE;
use crate::locate::{self, Miss};
use crate::read::{Reader, did_you_mean};
use crate::tree::{Node, Shape};

/// One entry of `change` or `drop`.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) path: String,
    /// The file that asks for it.
    pub(crate) doc: Arc<Doc>,
    /// Where the path stands.
    pub(crate) key: Node,
    /// What comes there; nothing when what stands there goes.
    pub(crate) value: Option<Node>,
}

/// Reads the fields `drop` and `change` of a file: what goes goes first.
pub(crate) fn changes(doc: &Arc<Doc>, out: &mut Vec<Diagnostic>) -> Vec<Change> {
    let mut reader = Reader { doc, out };
    let mut all = Vec::new();
    let dropped: Vec<Node> = reader.list(doc.root.field("drop").map(|f| &f.value)).to_vec();
    for key in dropped {
        if let Some(path) = reader.value::<String>(&key) {
            all.push(Change { path, doc: doc.clone(), key, value: None });
        }
    }
    for (path, key, value) in reader.map(doc.root.field("change").map(|f| &f.value)) {
        let (key, value) = (key.clone(), Some(value.clone()));
        all.push(Change { path, doc: doc.clone(), key, value });
    }
    all
}

impl Change {
    fn wrong(&self, message: String, hint: Option<String>) -> Diagnostic {
        self.doc.wrong(Is::Name, self.key.span.clone(), message).hint(hint)
    }

    /// Nothing stands at the path.
    pub(crate) fn leads_nowhere(&self, known: &[&str]) -> Diagnostic {
        let first = self.path.split(['.', '[']).next().unwrap_or_default();
        let hint = if first == "levers" {
            Some("set the lever anew: `levers: { \"plugin.lever\": value }`".to_owned())
        } else if ONCE.contains(&first) {
            Some(format!("give it anew: `{first}: ..`"))
        } else {
            did_you_mean(first, known)
        };
        self.wrong(format!("`{}` leads to nothing in this scenario", self.path), hint)
    }

    /// A list has no item of that name.
    pub(crate) fn no_item(&self, list: &str, rest: &str, known: &[&str]) -> Diagnostic {
        let (name, what) = (rest.split('.').next().unwrap_or(rest), list.trim_end_matches('s'));
        self.wrong(format!("no {what} is called `{name}`"), did_you_mean(name, known))
    }

    /// The document with the change made at the rest of the path, from its root on.
    pub(crate) fn apply(&self, target: &Doc, rest: &str) -> Result<Doc, Box<Diagnostic>> {
        let place = locate::find(&target.root, &target.text, rest);
        let patched = match (&self.value, place) {
            (Some(value), Ok(node)) => {
                target.patched(&[(node.span.clone(), Patch::Value(&self.doc, value))])
            }
            (Some(value), Err(miss)) => self.add_field(target, &miss, value)?,
            (None, Ok(node)) => match stretch(&target.root, node) {
                Some(span) => target.patched(&[(span, Patch::Text(""))]),
                None => None,
            },
            (None, Err(miss)) => return Err(self.missing(target, &miss)),
        };
        patched.ok_or_else(|| {
            Box::new(self.wrong(format!("`{}` cannot be changed so", self.path), None))
        })
    }

    /// A field that its group does not have yet.
    fn add_field(
        &self,
        target: &Doc,
        miss: &Miss<'_>,
        value: &Node,
    ) -> Result<Option<Doc>, Box<Diagnostic>> {
        let is_name = !miss.rest.is_empty()
            && miss.rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let Shape::Fields(_, fields) = &miss.at.shape else {
            return Err(self.missing(target, miss));
        };
        if !is_name {
            return Err(self.missing(target, miss));
        }
        let end = fields.last().map_or(miss.at.span.end - 1, |f| f.value.span.end);
        let key = self.doc.place(self.key.span.clone());
        let patch = Patch::Field { name: miss.rest, key, doc: &self.doc, value };
        Ok(target.patched(&[(end..end, patch)]))
    }

    fn missing(&self, target: &Doc, miss: &Miss<'_>) -> Box<Diagnostic> {
        let names = locate::names_in(miss.at, &target.text);
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let step = miss.rest.split(['.', '[']).next().unwrap_or_default();
        let message = format!("`{}` leads to nothing: there is no `{}`", self.path, miss.rest);
        Box::new(self.wrong(message, did_you_mean(step, &known)))
    }
}

/// The stretch of text that goes when an item or a field goes: with the comma that parts it from the next,
/// or the one before when it is the last. `None` for what cannot go by itself.
fn stretch(root: &Node, gone: &Node) -> Option<Range<usize>> {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let parts: Vec<Range<usize>> = match &node.shape {
            Shape::Fields(_, fields) => {
                fields.iter().map(|f| f.key.start..f.value.span.end).collect()
            }
            Shape::List(items) => items.iter().map(|n| n.span.clone()).collect(),
            Shape::Map(pairs) => {
                pairs.iter().map(|(key, value)| key.span.start..value.span.end).collect()
            }
            _ => Vec::new(),
        };
        let holds =
            |part: &Range<usize>| part.end == gone.span.end && part.start <= gone.span.start;
        let is_inside = |n: &Node| n.span.start <= gone.span.start && gone.span.end <= n.span.end;
        let direct = match &node.shape {
            Shape::Fields(_, fields) => fields.iter().any(|f| f.value.span == gone.span),
            Shape::List(items) => items.iter().any(|n| n.span == gone.span),
            Shape::Map(pairs) => pairs.iter().any(|(_, n)| n.span == gone.span),
            _ => false,
        };
        if direct {
            let at = parts.iter().position(holds)?;
            return Some(match (parts.get(at + 1), at.checked_sub(1)) {
                (Some(next), _) => parts[at].start..next.start,
                (None, Some(before)) => parts[before].end..parts[at].end,
                (None, None) => parts[at].clone(),
            });
        }
        open.extend(node.children().into_iter().filter(|n| is_inside(n)));
    }
    None
}
