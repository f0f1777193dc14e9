//! The lint behind "no number without provenance": in a plugin's section every number stands in a
//! group that says its `source`.

use std::ops::Range;

use crate::tree::{Node, Shape};

/// At most so many numbers of one section are reported.
const MOST: usize = 20;

/// Numbers of a section that stand in no group with a `source`, and how many more there are.
pub(crate) fn bare_numbers(section: &Node) -> (Vec<Range<usize>>, usize) {
    let mut bare = Vec::new();
    // Depth first in the order of the text, without recursion.
    let mut open = vec![section];
    while let Some(node) = open.pop() {
        if matches!(node.shape, Shape::Number) {
            bare.push(node.span.clone());
        }
        if node.field("source").is_none() {
            open.extend(node.children().into_iter().rev());
        }
    }
    let more = bare.len().saturating_sub(MOST);
    bare.truncate(MOST);
    (bare, more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    fn bare(text: &str) -> Vec<String> {
        let (spans, _) = bare_numbers(&parse(text).unwrap());
        spans.into_iter().map(|s| text[s].to_owned()).collect()
    }

    #[test]
    fn numbers_need_a_source_around_them() {
        assert!(bare(r#"(a: Fixed(value: 3, source: "x", firmness: Guess), b: "3d")"#).is_empty());
        assert!(
            bare(r#"(q: Mix(parts: [(0.4, Range(p5: 1, p50: 2, p95: 3))], source: "x"))"#)
                .is_empty()
        );
        assert_eq!(
            bare(r#"(a: 3, b: [(c: -4.5)], d: {"k": 5}, e: Some(6))"#),
            ["3", "-4.5", "5", "6"]
        );
        assert_eq!(bare(r#"(a: (source: "x", b: 1), c: 2)"#), ["2"]);
    }

    #[test]
    fn a_flood_is_cut() {
        let text = format!("[{}]", "1,".repeat(50));
        let (spans, more) = bare_numbers(&parse(&text).unwrap());
        assert_eq!((spans.len(), more), (20, 30));
    }
}
