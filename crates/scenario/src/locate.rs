//! Finds places: the value at a byte, the span of a field path, a name within a value.

use std::ops::Range;

use crate::tree::{Node, Shape};

/// The innermost value that contains a byte, begins after it or ends there, with its field path.
pub(crate) fn at<'a>(root: &'a Node, text: &str, byte: usize) -> (&'a Node, String) {
    let mut node = root;
    let mut path = String::new();
    loop {
        let holds = |n: &Node| n.span.start <= byte && byte < n.span.end;
        let ends = |n: &Node| n.span.end == byte;
        let parts = parts(node, text);
        // RON's errors often stand on the blank before the value they speak of.
        let follows = |n: &Node| {
            let gap = text.get(byte..n.span.start).map(str::trim_start);
            gap.is_some_and(|gap| gap.is_empty() || gap.starts_with("//") || gap.starts_with("/*"))
        };
        let find = |is: &dyn Fn(&Node) -> bool| parts.iter().find(|(_, n)| is(n));
        let next = find(&holds).or_else(|| find(&follows)).or_else(|| find(&ends));
        let Some((step, inner)) = next else { return (node, path) };
        push(&mut path, step);
        node = inner;
    }
}

/// The outermost value that ends at the byte or, blanks and commas aside, before it: what a parser
/// that stands there has just read.
pub(crate) fn just_read<'a>(root: &'a Node, text: &str, byte: usize) -> (&'a Node, String) {
    let before = text.get(..byte).unwrap_or(text);
    let end = before.trim_end_matches(|c: char| c.is_whitespace() || c == ',').len();
    let mut node = root;
    let mut path = String::new();
    while node.span.end != end {
        let parts = parts(node, text);
        let inside = parts.iter().find(|(_, n)| n.span.start < end && end <= n.span.end);
        let Some((step, inner)) = inside else { return at(root, text, byte) };
        push(&mut path, step);
        node = inner;
    }
    (node, path)
}

/// The parts of a value with the step of a path that leads to each.
fn parts<'a>(node: &'a Node, text: &str) -> Vec<(String, &'a Node)> {
    match &node.shape {
        Shape::Fields(_, fields) => {
            fields.iter().map(|f| (format!(".{}", f.name), &f.value)).collect()
        }
        Shape::Tuple(_, items) if items.len() == 1 => vec![(String::new(), &items[0])],
        Shape::Tuple(_, items) | Shape::List(items) => {
            items.iter().enumerate().map(|(i, n)| (format!("[{i}]"), n)).collect()
        }
        Shape::Map(pairs) => pairs
            .iter()
            .flat_map(|(key, value)| {
                let name = text_of(key, text).unwrap_or_default();
                [(String::new(), key), (format!(".{name}"), value)]
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn push(path: &mut String, step: &str) {
    path.push_str(if path.is_empty() { step.trim_start_matches('.') } else { step });
}

/// The value that a field path such as `cohorts[2].size` leads to, or the last one on the way that
/// exists. A step may also be the name of an item.
pub(crate) fn walk<'a>(root: &'a Node, text: &str, path: &str) -> &'a Node {
    let mut node = root;
    let mut rest = path;
    while !rest.is_empty() {
        let Some((next, left)) = step(node, text, rest) else { return node };
        node = next;
        rest = left;
    }
    node
}

/// Every `Word(..)` with one value in it that stands for something else, in order; with its text, if it is one.
pub(crate) fn stand_ins<'a>(
    root: &'a Node,
    text: &str,
    word: &str,
) -> Vec<(&'a Node, Option<String>)> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match &node.shape {
            Shape::Tuple(Some(name), items) if text[name.clone()] == *word && items.len() == 1 => {
                found.push((node, text_of(&items[0], text)));
            }
            _ => open.extend(node.children()),
        }
    }
    found.sort_by_key(|(node, _)| node.span.start);
    found
}

/// Where a path ends before it is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Miss<'a> {
    /// The last value on the way.
    pub(crate) at: &'a Node,
    /// What is left of the path.
    pub(crate) rest: &'a str,
}

/// The value that a field path leads to, or how far it leads.
pub(crate) fn find<'a>(root: &'a Node, text: &str, path: &'a str) -> Result<&'a Node, Miss<'a>> {
    let mut at = root;
    let mut rest = path;
    while !rest.is_empty() {
        let Some((next, left)) = step(at, text, rest) else {
            return Err(Miss { at: inner(at), rest });
        };
        at = next;
        rest = left;
    }
    Ok(at)
}

/// The names that a path may go on with from a value.
pub(crate) fn names_in(node: &Node, text: &str) -> Vec<String> {
    match &node.shape {
        Shape::Fields(_, fields) => fields.iter().map(|f| f.name.clone()).collect(),
        Shape::Map(pairs) => pairs.iter().filter_map(|(key, _)| text_of(key, text)).collect(),
        Shape::List(items) => items
            .iter()
            .filter_map(|item| {
                let key = ["name", "id"].iter().find_map(|key| item.field(key))?;
                text_of(&key.value, text)
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn step<'a, 'p>(node: &'a Node, text: &str, path: &'p str) -> Option<(&'a Node, &'p str)> {
    if let Some(index) = path.strip_prefix('[') {
        let (index, rest) = index.split_once(']')?;
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        return Some((inner(node).children().into_iter().nth(index.parse().ok()?)?, rest));
    }
    // Names may have dots in them, so the longest name that fits is taken.
    let ends = path.char_indices().filter(|(_, c)| ".[".contains(*c)).map(|(i, _)| i);
    let mut ends: Vec<usize> = ends.chain([path.len()]).collect();
    ends.reverse();
    for end in ends {
        let rest = &path[end..];
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        if let Some(next) = named(inner(node), text, &path[..end]) {
            return Some((next, rest));
        }
    }
    None
}

/// What stands in a wrapper such as `Some(..)`.
fn inner(node: &Node) -> &Node {
    match &node.shape {
        Shape::Tuple(Some(_), items) if items.len() == 1 => inner(&items[0]),
        _ => node,
    }
}

fn named<'a>(node: &'a Node, text: &str, name: &str) -> Option<&'a Node> {
    let is_name = |n: &Node| text_of(n, text).is_some_and(|t| t == name);
    match &node.shape {
        Shape::Fields(..) => node.field(name).map(|f| &f.value),
        Shape::Map(pairs) => pairs.iter().find(|(key, _)| is_name(key)).map(|(_, value)| value),
        Shape::List(items) => items.iter().find(|item| {
            ["name", "id"].iter().any(|key| item.field(key).is_some_and(|f| is_name(&f.value)))
        }),
        _ => None,
    }
}

/// What a text in quotes says.
pub(crate) fn text_of(node: &Node, text: &str) -> Option<String> {
    match node.shape {
        Shape::Text => ron::from_str(text.get(node.span.clone())?).ok(),
        _ => None,
    }
}

/// The first text within a value that says exactly this.
pub(crate) fn first_text<'a>(node: &'a Node, text: &str, wanted: &str) -> Option<&'a Node> {
    find_text(node, text, wanted, false)
}

/// The last text within a value that says exactly this.
pub(crate) fn last_text<'a>(node: &'a Node, text: &str, wanted: &str) -> Option<&'a Node> {
    find_text(node, text, wanted, true)
}

fn find_text<'a>(node: &'a Node, text: &str, wanted: &str, from_behind: bool) -> Option<&'a Node> {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        // Comparing between the quotes is cheaper than reading every text.
        let says = |t: &str| t.strip_prefix('"').and_then(|t| t.strip_suffix('"')) == Some(wanted);
        if matches!(node.shape, Shape::Text) && text.get(node.span.clone()).is_some_and(says) {
            return Some(node);
        }
        let mut parts = node.children();
        if !from_behind {
            parts.reverse();
        }
        open.extend(parts);
    }
    None
}

/// What to underline of a value: all of it when it is short, else its name and opening bracket.
pub(crate) fn head(node: &Node) -> Range<usize> {
    match &node.shape {
        Shape::Fields(name, _) | Shape::Tuple(name, _) => {
            let end = name.as_ref().map_or(node.span.start, |n| n.end);
            node.span.start..end.max(node.span.start + 1)
        }
        Shape::List(_) | Shape::Map(_) => node.span.start..node.span.start + 1,
        _ => node.span.clone(),
    }
}

/// The word at a line and column, both from 1; the whole of the first line for line 0.
pub(crate) fn word_at(text: &str, line: usize, column: usize) -> Range<usize> {
    let mut start = 0;
    for _ in 1..line {
        start += text[start..].find('\n').map_or(text.len() - start, |n| n + 1);
    }
    let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
    let here = text[start..end].trim_end();
    if line == 0 {
        return start..start + here.len();
    }
    let from = here.char_indices().nth(column.saturating_sub(1)).map_or(here.len(), |(i, _)| i);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let rest = &here[from..];
    let length = match rest.chars().next() {
        Some('"') => rest[1..].find('"').map_or(rest.len(), |n| n + 2),
        Some(c) if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
        Some(c) => c.len_utf8(),
        None => 0,
    };
    start + from..start + from + length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    const TEXT: &str = r#"(size: 3, cohorts: [(name: "de", share: Some(Fixed(value: 0.5))), (name: "us")],
        map: {"a.b": 7}, latent: Latent(Range(p5: 1)))"#;

    #[test]
    fn paths_lead_to_spans() {
        let root = parse(TEXT).unwrap();
        for (path, want) in [
            ("size", "3"),
            ("cohorts[1].name", "\"us\""),
            ("cohorts.us", "(name: \"us\")"),
            ("cohorts.de.share.value", "0.5"),
            ("map.a.b", "7"),
            ("latent.p5", "1"),
            ("cohorts[1].nothing", "(name: \"us\")"),
            ("cohorts[9]", &TEXT[19..79]),
            ("nothing[x", TEXT),
            ("", TEXT),
        ] {
            assert_eq!(&TEXT[walk(&root, TEXT, path).span.clone()], want, "{path}");
        }
    }

    #[test]
    fn bytes_lead_to_values_and_paths() {
        let root = parse(TEXT).unwrap();
        let byte = TEXT.find("0.5").unwrap();
        let (node, path) = at(&root, TEXT, byte);
        assert_eq!((&TEXT[node.span.clone()], path.as_str()), ("0.5", "cohorts[0].share.value"));
        let (node, path) = just_read(&root, TEXT, TEXT.find("), (name").unwrap() + 2);
        assert_eq!((node.span.start, path.as_str()), (20, "cohorts[0]"));
        assert_eq!(first_text(&root, TEXT, "us").unwrap().span.start, TEXT.find("\"us\"").unwrap());
        assert!(first_text(&root, TEXT, "fr").is_none());
    }

    #[test]
    fn a_line_and_a_column_find_a_word() {
        let text = "one two\n  \"a b\" + déjà;\n";
        let word = |line, column| &text[word_at(text, line, column)];
        assert_eq!((word(1, 5), word(2, 3), word(2, 11)), ("two", "\"a b\"", "déjà"));
        assert_eq!((word(2, 9), word(0, 0), word(9, 9), word(2, 99)), ("+", "one two", "", ""));
    }
}
