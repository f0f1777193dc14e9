//! Examples: parts of a scenario's own files, shortened to what must be there, or the least that reads.

use super::form::{Args, Body, Form, Need, Page};
use super::lay::lay_out;
use crate::scenario::Scenario;
use crate::tree::{Node, Shape};

/// Types within types that an invented example goes down to.
const DEEPEST: usize = 12;

impl Page {
    /// A type's example: from the scenario where it has one, otherwise the least that reads, in which
    /// every number and name is a placeholder. Says whether it is the scenario's.
    pub fn example(&self, index: usize, scenario: Option<&Scenario>) -> (String, bool) {
        if let Some(text) = scenario.and_then(|s| s.sample(self, index)) {
            return (text, true);
        }
        let text = self.invent(&Form::Type(index), 0);
        (lay_out(&text).unwrap_or(text), false)
    }

    /// The least RON of a form.
    fn invent(&self, form: &Form, depth: usize) -> String {
        match form {
            Form::Text | Form::Words(_) | Form::Any => "\"text\"".to_owned(),
            Form::Name => "\"a-name\"".to_owned(),
            Form::Duration => "\"3d\"".to_owned(),
            Form::Date => "\"2027-03-01\"".to_owned(),
            Form::File => "File(\"a-file.txt\")".to_owned(),
            Form::Flag => "true".to_owned(),
            Form::Whole(low, high) => 1.max(low.unwrap_or(1)).min(high.unwrap_or(1)).to_string(),
            Form::Real => "1.0".to_owned(),
            Form::Quantity { unit, legal: (low, high), .. } => {
                let value = if unit == "share" { 0.5 } else { 1.0_f64.clamp(*low, *high) };
                format!("Fixed(value: {value}, source: \"judgement: why\", firmness: Guess)")
            }
            Form::List(inner) => format!("[{}]", self.invent(inner, depth)),
            Form::Map(inner) => format!("{{\"a-name\": {}}}", self.invent(inner, depth)),
            Form::Tuple(parts) => self.invent_all(parts, depth),
            Form::Type(index) => self.invent_type(*index, depth + 1),
        }
    }

    fn invent_all(&self, forms: &[Form], depth: usize) -> String {
        let parts: Vec<String> = forms.iter().map(|form| self.invent(form, depth)).collect();
        format!("({})", parts.join(", "))
    }

    fn invent_fields(&self, fields: &[super::form::Field], depth: usize) -> String {
        let needed = fields.iter().filter(|f| f.need == Need::Needed);
        let parts: Vec<String> =
            needed.map(|f| format!("{}: {}", f.name, self.invent(&f.form, depth))).collect();
        format!("({})", parts.join(", "))
    }

    fn invent_type(&self, index: usize, depth: usize) -> String {
        match &self.types[index].body {
            _ if depth > DEEPEST => "()".to_owned(),
            Body::Value(form) => self.invent(form, depth),
            Body::Group(fields) => self.invent_fields(fields, depth),
            Body::Choice(variants) => {
                // A word with nothing behind it ends what would go on for ever.
                let plain = variants.iter().find(|v| matches!(v.args, Args::Nothing));
                let Some(variant) = plain.or(variants.first()) else { return "()".to_owned() };
                let rest = match &variant.args {
                    Args::Nothing => String::new(),
                    Args::Values(forms) => self.invent_all(forms, depth),
                    Args::Fields(fields) => self.invent_fields(fields, depth),
                };
                format!("{}{rest}", variant.name)
            }
        }
    }

    /// A value of the scenario without the fields that may be left out, and with one item of each list.
    fn cut(&self, form: &Form, node: &Node, text: &str) -> String {
        let node = inside_some(node, text);
        match (form, &node.shape) {
            (Form::Type(index), _) => match (&self.types[*index].body, &node.shape) {
                (Body::Value(form), _) => self.cut(form, node, text),
                (Body::Group(fields), Shape::Fields(None, given)) => {
                    let part = |f: &super::form::Field| {
                        let value = &given.iter().find(|g| g.name == f.name)?.value;
                        Some(format!("{}: {}", f.name, self.cut(&f.form, value, text)))
                    };
                    let needed = fields.iter().filter(|f| f.need == Need::Needed);
                    let mut parts: Vec<String> = needed.filter_map(part).collect();
                    if parts.is_empty() {
                        parts.extend(fields.iter().find_map(part));
                    }
                    format!("({})", parts.join(", "))
                }
                _ => text[node.span.clone()].to_owned(),
            },
            (Form::List(inner), Shape::List(items)) => {
                let first = items.first().map(|item| self.cut(inner, item, text));
                format!("[{}]", first.unwrap_or_default())
            }
            (Form::Map(inner), Shape::Map(pairs)) => {
                let first = pairs.first().map(|(key, value)| {
                    format!("{}: {}", &text[key.span.clone()], self.cut(inner, value, text))
                });
                format!("{{{}}}", first.unwrap_or_default())
            }
            _ => text[node.span.clone()].to_owned(),
        }
    }
}

/// What stands in `Some(..)`.
fn inside_some<'n>(node: &'n Node, text: &str) -> &'n Node {
    match &node.shape {
        Shape::Tuple(Some(word), items) if items.len() == 1 && &text[word.clone()] == "Some" => {
            &items[0]
        }
        _ => node,
    }
}

/// The first value at a path, through lists and into variants.
fn find<'n>(node: &'n Node, text: &str, path: &[&str]) -> Option<&'n Node> {
    let node = inside_some(node, text);
    let Some((step, rest)) = path.split_first() else {
        return match &node.shape {
            Shape::List(items) => items.first(),
            _ => Some(node),
        };
    };
    match &node.shape {
        Shape::Fields(word, _) if word.as_ref().is_none_or(|w| text[w.clone()] != **step) => {
            find(&node.field(step)?.value, text, rest)
        }
        Shape::List(items) => items.iter().find_map(|item| find(item, text, path)),
        Shape::Map(pairs) => pairs.iter().find_map(|(_, value)| find(value, text, path)),
        Shape::Tuple(Some(word), items) if text[word.clone()] == **step => {
            items.iter().find_map(|item| find(item, text, rest))
        }
        _ => None,
    }
}

impl Scenario {
    /// A part of a plugin's section as this scenario writes it, shortened; `None` where it has none.
    fn sample(&self, page: &Page, index: usize) -> Option<String> {
        let section = self.sections.iter().find(|s| s.entry.name() == page.name)?;
        let mut path = page.types[index].path.split('.');
        if path.next() != Some(page.name.as_str()) {
            return None;
        }
        let path: Vec<&str> = path.collect();
        let text = &section.doc.text;
        let node = find(&section.doc.root, text, &path)?;
        lay_out(&page.cut(&Form::Type(index), node, text))
    }

    /// An item of the scenario's files for a page of the format, as it stands there: the shortest
    /// with orders, where there are orders. `None` for pages of which it has none.
    pub fn excerpt(&self, page: &str) -> Option<String> {
        let items = |list: &'static str| {
            self.docs.iter().flat_map(move |doc| {
                let list = doc.root.field(list).map(|f| f.value.children());
                list.into_iter().flatten().map(|node| (&*doc.text, node))
            })
        };
        let slice = |(text, node): (&str, &Node)| level(text, node);
        let shortest = |all: Vec<String>, with: &str| {
            let wanted = all.iter().filter(|t| t.contains(with) && !t.contains("orders: []"));
            wanted.min_by_key(|text| text.len()).cloned()
        };
        match page {
            "role" => shortest(items("roles").map(slice).collect(), ""),
            "objective" => shortest(items("objectives").map(slice).collect(), ""),
            "decision" => shortest(items("decisions").map(slice).collect(), "orders:"),
            "inject" => shortest(items("injects").map(slice).collect(), ""),
            "option" => {
                let options = items("decisions").flat_map(|(text, node)| {
                    let options = node.field("options").map(|f| f.value.children());
                    options.into_iter().flatten().map(move |option| level(text, option))
                });
                shortest(options.collect(), "orders:")
            }
            _ => None,
        }
    }

    /// Orders to a plugin as this scenario's decisions write them, each once, at most so many.
    pub fn orders_to(&self, plugin: &str, most: usize) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let options = self.decisions.iter().flat_map(|d| &d.options);
        for order in options.flat_map(|o| &o.orders).filter(|o| o.plugin == plugin) {
            let text = format!("(\"{plugin}\", {})", order.text);
            if found.len() < most && !found.contains(&text) {
                found.push(text);
            }
        }
        found
    }
}

/// A value as it stands in its file, moved to the left.
fn level(text: &str, node: &Node) -> String {
    let written = &text[node.span.clone()];
    let indent = |line: &str| line.len() - line.trim_start().len();
    let rest = written.lines().skip(1).filter(|line| !line.trim().is_empty());
    let least = rest.map(indent).min().unwrap_or(0);
    let lines = written.lines().enumerate();
    let lines: Vec<&str> = lines
        .map(|(i, line)| if i == 0 { line } else { line.get(least..).unwrap_or("") })
        .collect();
    lines.join("\n")
}
