//! The shape of a RON text with the span of every part: what serde throws away and errors need.

use std::ops::Range;

/// A value with its span in bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) shape: Shape,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A number, with its sign and suffix.
    Number,
    /// Text in quotes, plain or raw.
    Text,
    /// A bare word: `true`, `None`, the name of a variant.
    Word,
    /// A character or bytes; no scenario needs them.
    Other,
    /// `Name(field: value, ..)`, the name being optional.
    Fields(Option<Range<usize>>, Vec<Field>),
    /// `Name(value, ..)`, the name being optional; `()` too.
    Tuple(Option<Range<usize>>, Vec<Node>),
    /// `[value, ..]`.
    List(Vec<Node>),
    /// `{key: value, ..}`.
    Map(Vec<(Node, Node)>),
}

/// A named value of a group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) key: Range<usize>,
    pub(crate) name: String,
    pub(crate) value: Node,
}

impl Node {
    /// The parts of a value, with the key in front of each where there is one.
    pub(crate) fn children(&self) -> Vec<&Node> {
        match &self.shape {
            Shape::Fields(_, fields) => fields.iter().map(|f| &f.value).collect(),
            Shape::Tuple(_, items) | Shape::List(items) => items.iter().collect(),
            Shape::Map(pairs) => pairs.iter().flat_map(|(k, v)| [k, v]).collect(),
            _ => Vec::new(),
        }
    }

    /// The field of a group.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        match &self.shape {
            Shape::Fields(_, fields) => fields.iter().find(|f| f.name == name),
            _ => None,
        }
    }

    /// What it is, in an author's words.
    pub(crate) fn describe(&self, text: &str) -> String {
        let written = || text.get(self.span.clone()).unwrap_or_default();
        match &self.shape {
            Shape::Number => format!("the number {}", written()),
            Shape::Text => format!("the text {:.40}", written()),
            Shape::Word => format!("the word `{}`", written()),
            Shape::Other => "something else".to_owned(),
            Shape::Fields(Some(name), _) | Shape::Tuple(Some(name), _) => {
                format!("`{}(..)`", text.get(name.clone()).unwrap_or_default())
            }
            Shape::Fields(None, _) | Shape::Tuple(None, _) => "a group `( .. )`".to_owned(),
            Shape::List(_) => "a list `[ .. ]`".to_owned(),
            Shape::Map(_) => "a map `{ .. }`".to_owned(),
        }
    }
}
