//! RON laid out for people: what fits stands on one line, what does not is broken at its parts.

use crate::parse::parse;
use crate::tree::{Node, Shape};

/// Columns of an example.
const WIDTH: usize = 80;
/// Columns of a step inwards.
const STEP: usize = 4;

/// The same RON, laid out. Comments are dropped. `None` when it is none.
pub(crate) fn lay_out(text: &str) -> Option<String> {
    let node = parse(text).ok()?;
    let mut out = String::new();
    lay(&node, text, 0, 0, &mut out);
    Some(out)
}

/// A part with what stands in front of it: `name: `, `"key": ` or nothing.
fn parts<'n>(node: &'n Node, text: &str) -> Vec<(String, &'n Node)> {
    match &node.shape {
        Shape::Fields(_, fields) => {
            fields.iter().map(|f| (format!("{}: ", f.name), &f.value)).collect()
        }
        Shape::Tuple(_, items) | Shape::List(items) => {
            items.iter().map(|item| (String::new(), item)).collect()
        }
        Shape::Map(pairs) => {
            let key = |key: &Node| format!("{}: ", &text[key.span.clone()]);
            pairs.iter().map(|(k, value)| (key(k), value)).collect()
        }
        _ => Vec::new(),
    }
}

fn brackets(node: &Node) -> Option<(char, char)> {
    match node.shape {
        Shape::Fields(..) | Shape::Tuple(..) => Some(('(', ')')),
        Shape::List(_) => Some(('[', ']')),
        Shape::Map(_) => Some(('{', '}')),
        _ => None,
    }
}

/// The word in front of the bracket.
fn word<'t>(node: &Node, text: &'t str) -> &'t str {
    match &node.shape {
        Shape::Fields(Some(word), _) | Shape::Tuple(Some(word), _) => &text[word.clone()],
        _ => "",
    }
}

fn flat(node: &Node, text: &str) -> String {
    let Some((open, close)) = brackets(node) else { return text[node.span.clone()].to_owned() };
    let parts = parts(node, text);
    let parts: Vec<String> =
        parts.iter().map(|(head, part)| format!("{head}{}", flat(part, text))).collect();
    format!("{}{open}{}{close}", word(node, text), parts.join(", "))
}

/// Writes a value whose first line stands `used` columns in, within lines that begin at `indent`.
fn lay(node: &Node, text: &str, indent: usize, used: usize, out: &mut String) {
    let whole = flat(node, text);
    let Some((open, close)) = brackets(node).filter(|_| used + whole.chars().count() >= WIDTH)
    else {
        out.push_str(&whole);
        return;
    };
    out.push_str(word(node, text));
    out.push(open);
    let inner = indent + STEP;
    let begin = |out: &mut String, columns: usize| {
        out.push('\n');
        out.push_str(&" ".repeat(columns));
    };
    // A number's forms are read in one go: its parts fill lines instead of standing one on each.
    let fills = matches!(&node.shape, Shape::Fields(Some(_), _));
    let mut column = usize::MAX;
    for (head, part) in parts(node, text) {
        let length = head.chars().count() + flat(part, text).chars().count() + 2;
        if fills && column.saturating_add(length) <= WIDTH {
            out.push(' ');
            column += 1;
        } else {
            begin(out, inner);
            column = inner;
        }
        out.push_str(&head);
        lay(part, text, inner, column + head.chars().count(), out);
        out.push(',');
        column += length - 1;
    }
    begin(out, indent);
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::lay_out;

    #[test]
    fn what_fits_stands_on_one_line() {
        assert_eq!(lay_out("( a:1,b : [ 2,3 ] , )").unwrap(), "(a: 1, b: [2, 3])");
        let long = format!(
            "(name: \"x\", share: Range(p5: 1, p50: 2, p95: 3, source: \"{}\", firmness: Guess))",
            "word ".repeat(10).trim_end()
        );
        let lines: Vec<String> = lay_out(&long).unwrap().lines().map(str::to_owned).collect();
        assert_eq!(lines[1], "    name: \"x\",");
        assert_eq!(lines[2], "    share: Range(");
        assert_eq!(lines[3], "        p5: 1, p50: 2, p95: 3,");
        assert!(lines[4].starts_with("        source: \"word"), "{}", lines[4]);
        assert!(lay_out(&lines.join("\n")).unwrap() == lines.join("\n"));
    }
}
