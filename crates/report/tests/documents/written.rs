//! What is written down: whole, safe, and the same every time.

use std::io::{Cursor, Read as _};

use hotwash_report::document::{File, after_action};

use crate::sample;

fn files() -> Vec<File> {
    after_action(&sample::story(), Some(&sample::worth()), &sample::questions())
}

fn text(files: &[File], name: &str) -> String {
    let (_, bytes) = files.iter().find(|(known, _)| known == name).unwrap();
    String::from_utf8(bytes.clone()).unwrap()
}

/// The parts of an Office file, by name.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = Vec::new();
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        out.push((part.name().unwrap().into_owned(), text));
    }
    out
}

/// Panics where tags do not nest, or an ampersand stands by itself.
fn assert_nested(name: &str, text: &str) {
    const VOID: [&str; 3] = ["meta", "col", "br"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').unwrap();
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let word = tag.split([' ', '/']).next().unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{name}");
        } else if !tag.ends_with('/') && !tag.starts_with(['!', '?']) && !VOID.contains(&word) {
            open.push(word);
            if word == "style" {
                rest = &rest[rest.find("</style>").unwrap()..];
            }
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} never end");
    for after in text.split('&').skip(1) {
        let is_entity = ["amp;", "lt;", "gt;", "quot;"].iter().any(|e| after.starts_with(e));
        assert!(is_entity, "{name}: an ampersand before `{}`", &after[..after.len().min(20)]);
    }
}

#[test]
fn pages_and_word_files_are_well_formed() {
    for (name, bytes) in files() {
        if name.ends_with(".html") {
            let page = String::from_utf8(bytes).unwrap();
            assert_nested(&name, &page);
            // The name space of pictures is a name and no address.
            let page = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
            for asked in ["http://", "https://", "<script", "src=", "@import", "url(h", "url(/"] {
                assert!(!page.contains(asked), "{name} asks for something: {asked}");
            }
        } else if name.ends_with(".docx") {
            let parts = parts(&bytes);
            assert_eq!(parts[0].0, "[Content_Types].xml");
            for (part, text) in &parts {
                assert_nested(&format!("{name}/{part}"), text);
                let is_named = part == "[Content_Types].xml"
                    || parts[0].1.contains(part)
                    || part.ends_with(".rels");
                assert!(is_named, "{name}: {part} has no content type");
            }
            let body = &parts.iter().find(|(part, _)| part == "word/document.xml").unwrap().1;
            let tables = body.matches("<w:tbl>").count();
            assert!(tables > 3 && body.matches("<w:tblHeader/>").count() * 2 > tables, "{name}");
            // Every style that the text uses is there.
            let styles = &parts.iter().find(|(part, _)| part == "word/styles.xml").unwrap().1;
            for used in body.split("Style w:val=\"").skip(1) {
                let id = &used[..used.find('"').unwrap()];
                assert!(styles.contains(&format!("w:styleId=\"{id}\"")), "{name}: no style {id}");
            }
        }
    }
}

#[test]
fn all_three_forms_tell_the_same() {
    let files = files();
    let word = |name: &str| {
        let bytes = &files.iter().find(|(known, _)| known == name).unwrap().1;
        parts(bytes).into_iter().find(|(part, _)| part == "word/document.xml").unwrap().1
    };
    for name in ["after-action-report", "exercise-evaluation-guide-as-rated"] {
        let (page, plain) =
            (text(&files, &format!("{name}.html")), text(&files, &format!("{name}.md")));
        let body = word(&format!("{name}.docx"));
        for heading in plain.lines().filter(|l| l.starts_with("##")) {
            let heading = heading.trim_start_matches(['#', ' ']).replace('\\', "");
            assert!(page.contains(&heading) && body.contains(&heading), "{name}: {heading}");
        }
        let cells = |text: &str, cell: &str| text.matches(cell).count();
        let (in_page, in_word) =
            (cells(&page, "<td") + cells(&page, "<th "), cells(&body, "<w:tc>"));
        // The title page of a Word file has its facts in a table, a page has them in a list.
        let facts = 2 * 5;
        // A page draws pictures, a Word file has their figures.
        let is_alike = match page.contains("<svg") {
            true => in_page + facts < in_word,
            false => in_page + facts == in_word,
        };
        assert!(is_alike, "{name}: {in_page} cells on the page, {in_word} in the Word file");
    }
}

#[test]
fn tables_in_markdown_have_as_many_cells_in_each_row() {
    for (name, bytes) in files().iter().filter(|(name, _)| name.ends_with(".md")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        let mut width = None;
        for line in text.lines() {
            width = match (width, line.starts_with('|')) {
                (_, false) => None,
                (None, true) => Some(bars(line)),
                (Some(known), true) => {
                    assert_eq!(bars(line), known, "{name}: {line}");
                    Some(known)
                }
            };
        }
    }
}

#[test]
fn what_people_wrote_is_never_markup() {
    let mut story = sample::story();
    let evil = "<script>alert(1)</script> & \"x\" \u{8}\u{202e} | **b** ]]>";
    evil.clone_into(&mut story.people[0].name);
    evil.clone_into(&mut story.decisions[0].reason);
    evil.clone_into(&mut story.notes[0].text);
    evil.clone_into(&mut story.objectives[0].rated[0].2);
    evil.clone_into(&mut story.msel[5].text);
    evil.clone_into(&mut story.about.title);
    for (name, bytes) in after_action(&story, Some(&sample::worth()), &sample::questions()) {
        if name.ends_with(".docx") || name.ends_with(".xlsx") {
            for (part, text) in parts(&bytes) {
                assert_nested(&format!("{name}/{part}"), &text);
                assert!(!text.contains(['\u{8}', '\u{202e}']), "{name}/{part}");
            }
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let is_safe = name.ends_with(".csv") || !text.contains("<script>");
        assert!(is_safe && !text.contains(['\u{8}', '\u{202e}']), "{name}");
        if name.ends_with(".html") {
            assert_nested(&name, &text);
        }
    }
}

#[test]
fn the_same_story_has_the_same_bytes() {
    assert_eq!(files(), files());
}

#[test]
fn blanks_are_left_where_only_people_know() {
    let report = text(&files(), "after-action-report.md");
    for blank in [
        "\\[sponsor\\]",
        "\\[POC\\]",
        "\\[organization\\]",
        "\\[what the team answered\\]",
        "\\[to be rated\\]",
    ] {
        assert!(report.contains(blank), "{blank}");
    }
    // And nothing is left to fill in where the session knows.
    assert!(report.contains("21 Nov 2026 (UTC), 1 hour at the table"));
    assert!(
        report.contains("58 % came out lower") || report.contains("58\u{a0}% came out lower"),
        "{report}"
    );
}

#[test]
fn an_empty_session_makes_an_empty_report() {
    let mut story = sample::story();
    story.people.clear();
    story.lanes.clear();
    story.decisions.clear();
    story.objectives.clear();
    story.calibration.clear();
    story.knowable.clear();
    story.clocks.clear();
    story.msel.clear();
    story.notes.clear();
    story.outcomes.clear();
    story.timeline.clear();
    story.headline.clear();
    story.about.wall_ms = (0, 0);
    story.about.startex = "no date".to_owned();
    let files = after_action(&story, None, &[]);
    assert_eq!(files.len(), 8);
    let report = text(&files, "after-action-report.md");
    for said in [
        "found no strength",
        "found no area for improvement",
        "\\[date, from, to\\]",
        "\\[issue / area for improvement\\]",
    ] {
        assert!(report.contains(said), "{said}");
    }
}
