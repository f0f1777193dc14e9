//! The loader's fuzz target on the stable toolchain: mutations of the corpus and of the shipped
//! files, from fixed seeds. `cargo xtask fuzz` runs the same target under libFuzzer for longer.

use std::fs;
use std::path::Path;

use hotwash_engine::Draw;
use hotwash_scenario::{Embedded, load};

const ROUNDS: u64 = 1_500;

fn corpus() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<_> = fs::read_dir(root.join("../scenarios"))
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders.push(root.join("fuzz/corpus/loader"));
    let mut texts = Vec::new();
    for folder in folders {
        let mut paths: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.is_file())
            .collect();
        paths.sort();
        texts.extend(paths.iter().map(|p| fs::read(p).unwrap()));
    }
    texts
}

/// Edits some bytes: flips, cuts, doublings, splices of RON's own tokens.
fn mutate(text: &mut Vec<u8>, draw: &mut Draw) {
    const TOKENS: [&str; 12] =
        ["(", ")", "[", "]", "{", "}", ",", ":", "\"", "1e999", "Some(", "/*"];
    for _ in 0..=draw.below(6) {
        if text.is_empty() {
            return;
        }
        let at = draw.below(text.len() as u64) as usize;
        let end = (at + 1 + draw.below(40) as usize).min(text.len());
        match draw.below(5) {
            0 => text[at] = draw.bits() as u8,
            1 => drop(text.drain(at..end)),
            2 => {
                let piece = text[at..end].to_vec();
                text.splice(at..at, piece);
            }
            3 => {
                drop(text.splice(at..at, TOKENS[draw.below(TOKENS.len() as u64) as usize].bytes()))
            }
            _ => text.truncate(at),
        }
    }
}

#[test]
fn the_loader_never_panics_and_always_says_something() {
    let registry = hotwash::registry();
    let corpus = corpus();
    for round in 0..ROUNDS {
        let mut draw = Draw::new(round);
        let mut text = corpus[draw.below(corpus.len() as u64) as usize].clone();
        mutate(&mut text, &mut draw);
        // What is not UTF-8 is refused before this by the reader of files; see the scenario crate.
        let text = String::from_utf8_lossy(&text).into_owned();
        let files = Embedded::new([("scenario.ron", text.as_str())]);
        let (scenario, said) = load(&registry, &files, "scenario.ron");
        assert!(
            scenario.is_some() || said.iter().any(|d| d.is_error()),
            "round {round}: silence\n{text}"
        );
    }
}
