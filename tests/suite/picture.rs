//! The README's picture is the program's own output, kept true.

use std::fs;
use std::path::Path;

use hotwash::text::{Page, ledgers, timeline};
use hotwash_engine::RunKey;
use hotwash_tests::{Setup, shipped};

/// How much of the story the picture shows.
const FROM: &str = "told support for the first time";
const LINES: usize = 64;

#[test]
fn the_readmes_picture_is_what_the_program_prints() {
    let scenario = shipped("insider-sale");
    let lines = Setup::new(&scenario, "historical").journal(RunKey::single(scenario.seed()));
    let story = timeline(&lines, Page::new(100), false);
    let is_date = |line: &str| line.contains("  T+");
    let all: Vec<&str> = story.lines().collect();
    let telling = all.iter().position(|line| line.contains(FROM)).unwrap_or(0);
    // Begin with the day of that line, and do not end on a date with nothing under it.
    let first = all[..telling].iter().rposition(|line| is_date(line)).unwrap_or(0);
    let mut part: Vec<&str> = all[first..].iter().copied().take(LINES).collect();
    while part.last().is_some_and(|line| is_date(line)) {
        part.pop();
    }
    let text = format!("{}\n...\n\n{}", part.join("\n"), ledgers(&lines, Page::new(100)));
    let svg = anstyle_svg::Term::new().render_svg(&text);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/insider-sale.svg");
    if std::env::var("INSTA_UPDATE").is_ok_and(|v| v == "always") {
        fs::write(&path, &svg).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == svg, "docs/insider-sale.svg is stale: run `cargo xtask bless`");
}
