//! XML as text: escaping, and elements with attributes.

/// The first line of every part.
pub(super) const DECLARATION: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Text as it stands between tags or in an attribute; what no document may hold is a space.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in crate::svg::clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// An element without content: `<w:NAME w:val="VALUE"/>`.
pub(super) fn value(name: &str, value: impl std::fmt::Display) -> String {
    format!("<w:{name} w:val=\"{value}\"/>")
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_that_people_write_is_markup() {
        let text = super::escape("<w:t a=\"b\"> & \u{8}\u{1b}");
        assert_eq!(text, "&lt;w:t a=&quot;b&quot;&gt; &amp;   ");
    }
}
