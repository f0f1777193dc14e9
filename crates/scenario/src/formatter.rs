//! How a RON file is laid out. Line breaks are the author's: what stands on one line stays on one, so that a
//! number and its source can be read as a row of a table, and what begins with a line break keeps it. All
//! else is `fmtron`'s: indentation, blanks, commas, brackets on lines of their own.
//! Nothing else may change: a result that says anything but what was said is refused.

use std::ops::Range;
use std::sync::Arc;

use fmtron::{Config, FormatError, format_ron};

use crate::diagnostic::{Diagnostic, DiagnosticKind as Is, Place, SourceFile};
use crate::parse::{MAX_DEPTH, parse};
use crate::tree::{Node, Shape};

/// No room at all: so every value gets a line of its own, and rows, which are words to `fmtron`, keep theirs.
const NARROW: usize = 1;

/// Rounds after which a layout must have settled; one is enough for nearly every file.
const MOST_ROUNDS: usize = 4;

/// The same file laid out anew, with a line break at its end. `shown` is its path as people know it.
///
/// # Errors
/// When it is no RON, or when it cannot be laid out without a change of what it says.
pub fn formatted(shown: &str, text: &str) -> Result<String, Vec<Diagnostic>> {
    let file = source(shown, text);
    let root = parse(text).map_err(|wrong| {
        let place = Place { file: file.clone(), span: wrong.span };
        vec![Diagnostic::at(Is::Syntax, &place, wrong.message).hint(wrong.hint)]
    })?;
    let mut before = text.to_owned();
    for _ in 0..MOST_ROUNDS {
        let after = round(&before).map_err(|error| vec![refused(&file, &error)])?;
        if after != before {
            before = after;
            continue;
        }
        return match says_the_same(text, &root, &before) {
            true => Ok(before),
            false => Err(vec![unsure(shown)]),
        };
    }
    Err(vec![unsure(shown)])
}

/// A scenario's file under another name: `None` when it has no name.
pub fn renamed(text: &str, name: &str) -> Option<String> {
    let root = parse(text).ok()?;
    let old = root.field("name")?.value.span.clone();
    Some(format!("{}{name:?}{}", &text[..old.start], &text[old.end..]))
}

fn source(shown: &str, text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile { path: shown.to_owned(), shown: shown.to_owned(), text: text.into() })
}

/// What the formatter cannot read although we can.
fn refused(file: &Arc<SourceFile>, error: &FormatError) -> Diagnostic {
    let message = format!("it cannot be laid out: {}", error.to_string().replace('\n', " "));
    Diagnostic::in_file(Is::Syntax, &file.shown, message)
        .hint("`hotwash check` says what is wrong in a scenario".to_owned())
}

fn unsure(shown: &str) -> Diagnostic {
    let message = "it was left as it is: laid out anew it would not say quite the same";
    Diagnostic::in_file(Is::Syntax, shown, message)
        .hint("this is a bug; please report it with the file".to_owned())
}

/// Values that share a line of a group, list or map.
struct Row {
    span: Range<usize>,
    /// What they look like to `fmtron` when they stand alone.
    brackets: (char, char),
    /// Whether they have names or keys in front.
    is_paired: bool,
}

/// One round of layout.
fn round(text: &str) -> Result<String, FormatError> {
    let config = Config::default().with_max_nesting(MAX_DEPTH + 2);
    let wide = config.with_max_width(usize::MAX);
    let rows = parse(text).map_or(Vec::new(), |root| rows(text, &root));
    let mark = mark(text);
    let (mut draft, mut written, mut at) = (String::new(), Vec::new(), 0);
    for (number, row) in rows.iter().enumerate() {
        let (open, close) = row.brackets;
        let laid = format_ron(&format!("{open}{}{close}", &text[row.span.clone()]), &wide)?;
        let inside = laid.strip_prefix(open).and_then(|laid| laid.strip_suffix(close));
        written.push(inside.unwrap_or_default().trim().to_owned());
        draft.push_str(&text[at..row.span.start]);
        let word = format!("{mark}{number}");
        draft.push_str(&if row.is_paired { format!("{word}: {word}") } else { word });
        at = row.span.end;
    }
    draft.push_str(&text[at..]);
    let laid = format_ron(&draft, &config.with_max_width(NARROW))?;
    Ok(filled(&laid, &mark, &written) + fmtron::line_ending(text))
}

/// A layout with rows in the place of the words that stood for them.
fn filled(laid: &str, mark: &str, rows: &[String]) -> String {
    let mut parts = laid.split(mark);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        // The first of a pair of words; the second one brings the row.
        if rest != ": " {
            let number: Option<usize> = part[..part.len() - rest.len()].parse().ok();
            out.push_str(number.and_then(|n| rows.get(n)).map_or("", String::as_str));
            out.push_str(rest);
        }
    }
    out
}

/// A word that no text of the file has.
fn mark(text: &str) -> String {
    let mut mark = "row".to_owned();
    while text.contains(&mark) {
        mark.push('q');
    }
    mark
}

/// All rows of a file, in order. The file's own group always has lines of its own.
fn rows(text: &str, root: &Node) -> Vec<Row> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        rows_of(text, node, &mut found, &mut open);
    }
    found.sort_by_key(|row: &Row| row.span.start);
    found
}

/// The rows of one group that has lines of its own, and its parts that have such lines too.
fn rows_of<'a>(text: &str, node: &'a Node, found: &mut Vec<Row>, open: &mut Vec<&'a Node>) {
    let (brackets, is_paired) = match node.shape {
        Shape::Fields(..) => (('(', ')'), true),
        Shape::Map(_) => (('{', '}'), true),
        _ => (('[', ']'), false),
    };
    let is_one_line = |span: Range<usize>| {
        !text[span.clone()].contains('\n')
            && comments(text, &Node { span, shape: node.shape.clone() }).is_empty()
    };
    let mut last: Option<Range<usize>> = None;
    for (span, value) in parts(node) {
        if !is_one_line(span.clone()) {
            found.extend(last.take().map(|span| Row { span, brackets, is_paired }));
            open.push(value);
            continue;
        }
        let joined =
            last.clone().map(|last| last.start..span.end).filter(|s| is_one_line(s.clone()));
        if joined.is_none() {
            found.extend(last.take().map(|span| Row { span, brackets, is_paired }));
        }
        last = joined.or(Some(span));
    }
    found.extend(last.map(|span| Row { span, brackets, is_paired }));
}

/// The parts of a value: the whole of each, with its name or key, and its value.
fn parts(node: &Node) -> Vec<(Range<usize>, &Node)> {
    match &node.shape {
        Shape::Fields(_, fields) => {
            fields.iter().map(|f| (f.key.start..f.value.span.end, &f.value)).collect()
        }
        Shape::Map(pairs) => pairs.iter().map(|(k, v)| (k.span.start..v.span.end, v)).collect(),
        Shape::Tuple(_, items) | Shape::List(items) => {
            items.iter().map(|item| (item.span.clone(), item)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether two texts have the same value and the same comments in the same order.
fn says_the_same(text: &str, root: &Node, other: &str) -> bool {
    let Ok(node) = parse(other) else { return false };
    let whole = |text: &str, node: &Node| Node { span: 0..text.len(), shape: node.shape.clone() };
    is_same(text, root, other, &node)
        && comments(text, &whole(text, root)) == comments(other, &whole(other, &node))
}

fn is_same(a: &str, left: &Node, b: &str, right: &Node) -> bool {
    let word =
        |text: &str, span: &Option<Range<usize>>| span.clone().map(|span| text[span].to_owned());
    let all = |left: &[Node], right: &[Node]| {
        left.len() == right.len() && left.iter().zip(right).all(|(l, r)| is_same(a, l, b, r))
    };
    match (&left.shape, &right.shape) {
        (Shape::Fields(n, fields), Shape::Fields(m, others)) => {
            word(a, n) == word(b, m)
                && fields.len() == others.len()
                && fields
                    .iter()
                    .zip(others)
                    .all(|(l, r)| l.name == r.name && is_same(a, &l.value, b, &r.value))
        }
        (Shape::Tuple(n, items), Shape::Tuple(m, others)) => {
            word(a, n) == word(b, m) && all(items, others)
        }
        (Shape::List(items), Shape::List(others)) => all(items, others),
        (Shape::Map(pairs), Shape::Map(others)) => {
            pairs.len() == others.len()
                && pairs
                    .iter()
                    .zip(others)
                    .all(|((k, v), (l, w))| is_same(a, k, b, l) && is_same(a, v, b, w))
        }
        (one, two) => {
            std::mem::discriminant(one) == std::mem::discriminant(two)
                && a[left.span.clone()] == b[right.span.clone()]
        }
    }
}

/// Comments within a value, each without the blanks around its lines.
fn comments(text: &str, node: &Node) -> Vec<String> {
    let mut quoted = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match node.shape {
            Shape::Text | Shape::Other => quoted.push(node.span.clone()),
            _ => open.extend(node.children()),
        }
    }
    quoted.sort_by_key(|span| span.start);
    let (mut found, mut at, mut next) =
        (Vec::new(), node.span.start, quoted.into_iter().peekable());
    while let Some(offset) = text[at..node.span.end].find(['/', '"', '\'']) {
        let here = at + offset;
        while next.next_if(|span| span.end <= here).is_some() {}
        if let Some(span) = next.next_if(|span| span.contains(&here)) {
            at = span.end;
            continue;
        }
        let end = comment_end(&text[here..node.span.end]).map_or(here + 1, |length| here + length);
        if end > here + 1 {
            let lines: Vec<&str> = text[here..end].lines().map(str::trim).collect();
            found.push(lines.join("\n"));
        }
        at = end;
    }
    found
}

/// The length of the comment at the beginning of a text, if one is there.
fn comment_end(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if !text.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUGH: &str = "// what it is
(version:1,name :\"x\",
  plugins: {\"shop\": (
 demand: Range(p5: 5,p50: 9 , p95: 20, source: \"a week of counting\", firmness: Weak), // why
  list: [1,
 2,  (3,4)],   at:Some(( a:1,
   b: 2)),

     none: [], /* first */ last: 1,
 ) }, )";

    const SMOOTH: &str = "// what it is
(
    version: 1, name: \"x\",
    plugins: {
        \"shop\": (
            demand: Range(p5: 5, p50: 9, p95: 20, source: \"a week of counting\", firmness: Weak), // why
            list: [
                1,
                2, (3, 4),
            ],
            at: Some((
                a: 1,
                b: 2,
            )),

            none: [], /* first */
            last: 1,
        ),
    },
)
";

    #[test]
    fn lines_stay_and_the_rest_is_laid_out() {
        assert_eq!(formatted("x.ron", ROUGH).unwrap(), SMOOTH);
        assert_eq!(formatted("x.ron", SMOOTH).unwrap(), SMOOTH);
        let windows = ROUGH.replace('\n', "\r\n");
        assert_eq!(formatted("x.ron", &windows).unwrap(), SMOOTH.replace('\n', "\r\n"));
    }

    #[test]
    fn what_looks_like_a_placeholder_or_a_comment_is_text() {
        let text =
            "(row: \"rowq // no /* comment\", a: [\"row0\", 'r'],\n /* row */ b: r#\"\"//\"#)";
        let out = formatted("x.ron", text).unwrap();
        assert!(out.contains("\"rowq // no /* comment\", a: [\"row0\", 'r'],"), "{out}");
        assert!(out.contains("/* row */"), "{out}");
    }

    #[test]
    fn comments_are_found_outside_of_texts_only() {
        let text = "(a: \"// x\", /* y\n   /* z */ */ b: 'q', // end\n c: 4 / 1)";
        let Ok(node) = parse(&text.replace(" / 1", "")) else { panic!("{text}") };
        assert_eq!(comments(text, &node), ["/* y\n/* z */ */", "// end"]);
    }

    #[test]
    fn a_change_of_value_or_comment_is_seen() {
        let text = "(a: [1, 2], b: X(c: \"d\"), e: {\"f\": (1, true)}) // g";
        let root = parse(text).unwrap();
        assert!(says_the_same(
            text,
            &root,
            "(\n  a: [1,2,],b:X(c: \"d\",), e: {\"f\":(1,true)},\n) // g\n"
        ));
        for (from, to) in [
            ("[1, 2]", "[1]"),
            ("[1, 2]", "[2, 1]"),
            ("X(", "Y("),
            ("c:", "d:"),
            ("\"d\"", "\"d \""),
            ("true", "false"),
            ("\"f\"", "\"h\""),
            ("// g", "// h"),
            ("// g", ""),
            ("1, true", "1"),
        ] {
            assert!(!says_the_same(text, &root, &text.replacen(from, to, 1)), "{from} {to}");
        }
    }

    #[test]
    fn mistakes_have_a_place() {
        let wrong = formatted("x.ron", "(a: 1\n b: 2)").unwrap_err();
        assert_eq!(wrong[0].to_string().split(" (").next(), Some("x.ron:2:2: expected `,` or `)`"));
        assert!(formatted("x.ron", &"[".repeat(200_000)).is_err());
    }

    #[test]
    fn a_name_is_replaced_in_its_place() {
        let text = "(version: 1, /* name: */ name: \"old\", title: \"name\")";
        let new = renamed(text, "new").unwrap();
        assert_eq!(new, text.replace("\"old\"", "\"new\""));
        assert_eq!(renamed("(title: \"x\")", "new"), None);
    }
}
