//! The book as a whole: every page is in the table of contents, every entry has its page, every link and every
//! included stretch of a file is there. What its commands do is tried in `crates/hotwash/tests/cli/book.rs`.

use std::fs;
use std::path::{Path, PathBuf};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/book/src")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All pages, by path from the book's source.
fn pages() -> Vec<PathBuf> {
    let (mut pages, mut open) = (Vec::new(), vec![source()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// What stands between two marks, every time.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|rest| Some(rest.split_once(close)?.0)).collect()
}

/// A page as readers see it: with the files that it includes, each with what it names.
fn included(page: &Path) -> Vec<(String, PathBuf, String)> {
    let folder = page.parent().unwrap();
    let names = between(&read(page), "{{#include ", "}}")
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let stretch = |name: String| {
        let (file, part) = name.split_once(':').unwrap_or((&name, ""));
        let path = folder.join(file);
        let text = stretch(&read(&path), part);
        let text = text.unwrap_or_else(|| panic!("{}: {name} is not there", page.display()));
        (name, path, text)
    };
    names.into_iter().map(stretch).collect()
}

/// A part of a file: lines such as `3:9`, or what stands between two anchors of a name.
fn stretch(text: &str, part: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().filter(|l| !l.contains("// ANCHOR")).collect();
    if part.is_empty() {
        return Some(lines.join("\n"));
    }
    if let Some((from, to)) = part.split_once(':') {
        let (from, to): (usize, usize) = (from.parse().ok()?, to.parse().ok()?);
        let lines: Vec<&str> = text.lines().collect();
        return Some(lines.get(from.checked_sub(1)?..to)?.join("\n"));
    }
    let is = |line: &str, word: &str| line.trim() == format!("// {word}: {part}");
    let inside = text.lines().skip_while(|l| !is(l, "ANCHOR")).skip(1);
    let ends = text.lines().any(|l| is(l, "ANCHOR_END"));
    let lines: Vec<&str> = inside.take_while(|l| !is(l, "ANCHOR_END")).collect();
    (ends && !lines.is_empty()).then(|| lines.join("\n"))
}

#[test]
fn the_table_of_contents_and_the_pages_are_the_same() {
    let summary = source().join("SUMMARY.md");
    let text = read(&summary);
    let mut listed: Vec<PathBuf> =
        between(&text, "](", ")").into_iter().map(|name| source().join(name)).collect();
    listed.sort();
    let pages: Vec<PathBuf> = pages().into_iter().filter(|page| *page != summary).collect();
    assert_eq!(listed, pages);
}

#[test]
fn every_model_page_is_in_the_book() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/model");
    for entry in fs::read_dir(model).unwrap().flatten() {
        let name = entry.file_name();
        let page = source().join("model").join(&name);
        assert!(page.is_file(), "{} is not in the book", name.to_string_lossy());
    }
}

#[test]
fn included_stretches_are_whole() {
    let mut seen = 0;
    for page in pages() {
        for (name, path, text) in included(&page) {
            seen += 1;
            if path.extension().is_none_or(|e| e != "ron" && e != "rs") {
                continue;
            }
            let count = |letters: &[char]| text.matches(letters).count();
            assert_eq!(
                count(&['(', '[', '{']),
                count(&[')', ']', '}']),
                "{}: {name} ends in the middle of something:\n{text}",
                page.display()
            );
            let first = text.lines().next().unwrap_or_default().trim();
            assert!(!first.is_empty() && !first.starts_with([')', ']', '}']), "{name}: {first}");
        }
    }
    assert!(seen > 20, "{seen}");
}

/// A heading's address, as mdBook makes it.
fn anchor(heading: &str) -> String {
    let legal = |c: char| c.is_alphanumeric() || " -_".contains(c);
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| legal(*c))
        .collect::<String>()
        .replace(' ', "-")
}

/// The addresses within a page: those of its own headings and of those it includes.
fn anchors(page: &Path) -> Vec<String> {
    let whole =
        included(page).into_iter().fold(read(page), |text, (_, _, more)| format!("{text}\n{more}"));
    whole
        .lines()
        .filter(|l| l.starts_with('#'))
        .map(|l| anchor(l.trim_start_matches('#')))
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut seen = 0;
    for page in pages() {
        // Links of an included page are read from where the book has it.
        let mut texts = vec![read(&page)];
        texts.extend(
            included(&page)
                .into_iter()
                .filter(|(_, p, _)| p.ends_with("md") || p.extension().is_some_and(|e| e == "md"))
                .map(|(_, _, text)| text),
        );
        for link in texts.iter().flat_map(|text| between(text, "](", ")")) {
            if link.starts_with("http") {
                continue;
            }
            seen += 1;
            let (path, place) = link.split_once('#').unwrap_or((link, ""));
            let target =
                if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            assert!(target.is_file(), "{}: the link {link} leads nowhere", page.display());
            let is_there = place.is_empty() || anchors(&target).iter().any(|a| a == place);
            assert!(
                is_there,
                "{}: {link} has no such heading: {:?}",
                page.display(),
                anchors(&target)
            );
        }
    }
    assert!(seen > 40, "{seen}");
}
