//! Two values side by side: finds where they differ and, from the same walk, writes the first with some of
//! the second's differences.
//!
//! Fields of groups, keys of maps and items that have names are held against their namesakes; unnamed items
//! against those in the same place when there are as many. What cannot be held against anything is one
//! difference as a whole.

use std::collections::BTreeSet;

use super::written::{distribution, is_number, short};
use super::{At, Difference, DifferenceSort as Sort, Written};
use crate::doc::Doc;
use crate::locate::text_of;
use crate::tree::{Field, Node, Shape};

/// A walk over two values.
pub(super) struct Zip<'a> {
    before: &'a Doc,
    after: &'a Doc,
    found: Vec<Difference>,
    /// Numbers of the differences that are taken from after.
    chosen: &'a BTreeSet<usize>,
    text: String,
}

/// Something with a name on each side; on one, if the other lacks it.
type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

impl<'a> Zip<'a> {
    /// Where two sections differ; `plugin` begins each path.
    pub(super) fn differences(before: &'a Doc, after: &'a Doc, plugin: &str) -> Vec<Difference> {
        let none = BTreeSet::new();
        let mut zip = Zip { before, after, found: Vec::new(), chosen: &none, text: String::new() };
        zip.value(&before.root, &after.root, plugin);
        zip.found
    }

    /// The section before, with the differences of these numbers.
    pub(super) fn merged(before: &'a Doc, after: &'a Doc, chosen: &'a BTreeSet<usize>) -> String {
        let mut zip = Zip { before, after, found: Vec::new(), chosen, text: String::new() };
        zip.value(&before.root, &after.root, "");
        zip.text
    }

    fn value(&mut self, a: &Node, b: &Node, path: &str) {
        if short(self.before, a) == short(self.after, b) {
            self.text.push_str(&self.before.text[a.span.clone()]);
            return;
        }
        if is_number(self.before, a) && is_number(self.after, b) {
            self.number(a, b, path);
            return;
        }
        if !self.parts(a, b, path) {
            self.differs(Sort::Value, (Some(a), Some(b)), path, short);
        }
    }

    fn number(&mut self, a: &Node, b: &Node, path: &str) {
        let is_same = distribution(self.before, a) == distribution(self.after, b);
        if is_same {
            self.differs(Sort::Source, (Some(a), Some(b)), path, short);
        } else {
            self.differs(Sort::Number, (Some(a), Some(b)), path, distribution);
        }
    }

    /// Walks into both; false when they cannot be held against each other part by part.
    fn parts(&mut self, a: &Node, b: &Node, path: &str) -> bool {
        let name_of = |doc: &Doc, name: &Option<std::ops::Range<usize>>| {
            name.as_ref().map_or(String::new(), |n| doc.text[n.clone()].to_owned())
        };
        match (&a.shape, &b.shape) {
            (Shape::Fields(m, ours), Shape::Fields(n, theirs)) => {
                let name = name_of(self.before, m);
                if name != name_of(self.after, n) {
                    return false;
                }
                self.text.push_str(&name);
                self.fields(ours, theirs, path);
            }
            (Shape::Tuple(m, ours), Shape::Tuple(n, theirs)) => {
                let name = name_of(self.before, m);
                if name != name_of(self.after, n) || ours.len() != theirs.len() {
                    return false;
                }
                self.text.push_str(&name);
                self.places(ours, theirs, path, ('(', ')'));
            }
            (Shape::List(ours), Shape::List(theirs)) => return self.list(ours, theirs, path),
            (Shape::Map(ours), Shape::Map(theirs)) => return self.map(ours, theirs, path),
            _ => return false,
        }
        true
    }

    fn fields(&mut self, ours: &[Field], theirs: &[Field], path: &str) {
        self.text.push('(');
        let names = |list: &[Field]| list.iter().map(|f| f.name.clone()).collect::<Vec<_>>();
        for (name, a, b) in merge(&names(ours), &names(theirs), true).unwrap_or_default() {
            let pair = (a.map(|i| &ours[i].value), b.map(|i| &theirs[i].value));
            self.named(pair, &below(path, &name), &format!("{name}: "));
        }
        self.text.push(')');
    }

    /// Items that stand in the same place.
    fn places(&mut self, ours: &[Node], theirs: &[Node], path: &str, brackets: (char, char)) {
        self.text.push(brackets.0);
        for (i, (a, b)) in ours.iter().zip(theirs).enumerate() {
            let is_wrapper = brackets.0 == '(' && ours.len() == 1;
            let path = if is_wrapper { path.to_owned() } else { format!("{path}[{i}]") };
            self.text.push_str(if i > 0 { ", " } else { "" });
            self.value(a, b, &path);
        }
        self.text.push(brackets.1);
    }

    fn list(&mut self, ours: &[Node], theirs: &[Node], path: &str) -> bool {
        let names = |doc: &Doc, items: &[Node]| -> Option<Vec<String>> {
            let name = |n: &Node| {
                let field = ["name", "id"].iter().find_map(|key| n.field(key))?;
                text_of(&field.value, &doc.text)
            };
            items.iter().map(name).collect()
        };
        let named = names(self.before, ours).zip(names(self.after, theirs));
        let merged = named.and_then(|(a, b)| merge(&a, &b, false));
        match merged {
            Some(merged) if !merged.is_empty() => {
                self.text.push('[');
                for (name, a, b) in merged {
                    let pair = (a.map(|i| &ours[i]), b.map(|i| &theirs[i]));
                    self.named(pair, &below(path, &name), "");
                }
                self.text.push(']');
                true
            }
            _ if ours.len() == theirs.len() && ours.iter().any(|n| !n.children().is_empty()) => {
                self.places(ours, theirs, path, ('[', ']'));
                true
            }
            _ => false,
        }
    }

    fn map(&mut self, ours: &[(Node, Node)], theirs: &[(Node, Node)], path: &str) -> bool {
        let keys = |doc: &Doc, pairs: &[(Node, Node)]| -> Vec<String> {
            let key = |n: &Node| text_of(n, &doc.text).unwrap_or_else(|| short(doc, n));
            pairs.iter().map(|(k, _)| key(k)).collect()
        };
        let (a, b) = (keys(self.before, ours), keys(self.after, theirs));
        let Some(merged) = merge(&a, &b, true) else { return false };
        self.text.push('{');
        for (name, a, b) in merged {
            let pair = (a.map(|i| &ours[i].1), b.map(|i| &theirs[i].1));
            let key = match (a, b) {
                (Some(i), _) => &self.before.text[ours[i].0.span.clone()],
                (None, Some(i)) => &self.after.text[theirs[i].0.span.clone()],
                (None, None) => continue,
            };
            let key = format!("{key}: ");
            self.named(pair, &below(path, &name), &key);
        }
        self.text.push('}');
        true
    }

    /// A value with a name, that one side may lack.
    fn named(&mut self, pair: Pair<'_, Node>, path: &str, key: &str) {
        let start = self.text.len();
        self.text.push_str(key);
        let before = self.text.len();
        match pair {
            (Some(a), Some(b)) => self.value(a, b, path),
            _ => self.differs(Sort::Value, pair, path, short),
        }
        if self.text.len() == before {
            // The side that was chosen lacks it.
            self.text.truncate(start);
        } else {
            self.text.push_str(", ");
        }
    }

    /// Notes a difference, and writes the side that was chosen.
    fn differs(
        &mut self,
        sort: Sort,
        (a, b): Pair<'_, Node>,
        path: &str,
        show: fn(&Doc, &Node) -> String,
    ) {
        let side = |doc: &Doc, node: Option<&Node>| {
            node.map(|n| Written::at(show(doc, n), &doc.place(n.span.clone())))
        };
        let is_chosen = self.chosen.contains(&self.found.len());
        let (doc, node) = if is_chosen { (self.after, b) } else { (self.before, a) };
        self.text.push_str(node.map_or("", |n| &doc.text[n.span.clone()]));
        self.found.push(Difference {
            sort,
            path: path.to_owned(),
            before: side(self.before, a),
            after: side(self.after, b),
            at: At::Nothing,
        });
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A name and where it stands on each side.
pub(super) type Merged = (String, Option<usize>, Option<usize>);

/// Names of both sides, each once, in an order that keeps that of both sides. `None` when a name is given
/// twice, or when the order of those that both have differs and matters.
pub(super) fn merge(a: &[String], b: &[String], may_mix: bool) -> Option<Vec<Merged>> {
    let is_once = |list: &[String]| list.iter().collect::<BTreeSet<_>>().len() == list.len();
    if !is_once(a) || !is_once(b) {
        return None;
    }
    let place = |list: &[String], name: &String| list.iter().position(|n| n == name);
    let common: Vec<usize> = a.iter().filter_map(|n| place(b, n)).collect();
    if !may_mix && common.windows(2).any(|w| w[0] > w[1]) {
        return None;
    }
    let mut out: Vec<Merged> = Vec::new();
    let mut done = 0;
    for (i, name) in a.iter().enumerate() {
        let there = place(b, name);
        if let Some(there) = there {
            let new = (done..there).filter(|&j| !a.contains(&b[j]));
            out.extend(new.map(|j| (b[j].clone(), None, Some(j))));
            done = done.max(there + 1);
        }
        out.push((name.clone(), Some(i), there));
    }
    let new = (done..b.len()).filter(|&j| !a.contains(&b[j]));
    out.extend(new.map(|j| (b[j].clone(), None, Some(j))));
    Some(out)
}
