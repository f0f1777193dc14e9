//! Values as they mean: on one line, without comments, numbers in one spelling.

use std::fmt::Write as _;

use crate::doc::Doc;
use crate::locate::text_of;
use crate::tree::{Node, Shape};

/// Names of the groups that are a number of the model.
const NUMBERS: [&str; 5] = ["Fixed", "Range", "Uniform", "Quantiles", "Mix"];
/// Fields that say where a number is from.
const PROVENANCE: [&str; 2] = ["source", "firmness"];

/// The value on one line.
pub(crate) fn short(doc: &Doc, node: &Node) -> String {
    let mut out = String::new();
    write(&mut out, doc, node, true);
    out
}

/// The value on one line, without where it is from.
pub(super) fn distribution(doc: &Doc, node: &Node) -> String {
    let mut out = String::new();
    write(&mut out, doc, node, false);
    out
}

/// Whether a value is a number of the model: a distribution with its source.
pub(super) fn is_number(doc: &Doc, node: &Node) -> bool {
    match &node.shape {
        Shape::Fields(Some(name), _) => {
            NUMBERS.contains(&&doc.text[name.clone()]) && node.field("source").is_some()
        }
        _ => false,
    }
}

fn write(out: &mut String, doc: &Doc, node: &Node, with_provenance: bool) {
    let written = &doc.text[node.span.clone()];
    match &node.shape {
        Shape::Number => out.push_str(&number(written)),
        Shape::Text => match text_of(node, &doc.text) {
            Some(text) => {
                let _ = write!(out, "{text:?}");
            }
            None => out.push_str(written),
        },
        Shape::Word | Shape::Other => out.push_str(written),
        Shape::Fields(name, fields) => {
            open(out, doc, name.as_ref());
            let fields =
                fields.iter().filter(|f| with_provenance || !PROVENANCE.contains(&f.name.as_str()));
            for (i, field) in fields.enumerate() {
                let comma = if i > 0 { ", " } else { "" };
                let _ = write!(out, "{comma}{}: ", field.name);
                write(out, doc, &field.value, with_provenance);
            }
            out.push(')');
        }
        Shape::Tuple(name, items) => {
            open(out, doc, name.as_ref());
            list(out, doc, items, with_provenance);
            out.push(')');
        }
        Shape::List(items) => {
            out.push('[');
            list(out, doc, items, with_provenance);
            out.push(']');
        }
        Shape::Map(pairs) => {
            out.push('{');
            for (i, (key, value)) in pairs.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                write(out, doc, key, with_provenance);
                out.push_str(": ");
                write(out, doc, value, with_provenance);
            }
            out.push('}');
        }
    }
}

fn open(out: &mut String, doc: &Doc, name: Option<&std::ops::Range<usize>>) {
    out.push_str(name.map_or("", |name| &doc.text[name.clone()]));
    out.push('(');
}

fn list(out: &mut String, doc: &Doc, items: &[Node], with_provenance: bool) {
    for (i, item) in items.iter().enumerate() {
        out.push_str(if i > 0 { ", " } else { "" });
        write(out, doc, item, with_provenance);
    }
}

/// A number in one spelling: `1_000`, `1000.0` and `1e3` are the same.
fn number(written: &str) -> String {
    let plain = written.replace('_', "");
    match plain.parse::<f64>() {
        Ok(value) if value.is_finite() => value.to_string(),
        _ => plain,
    }
}
