//! Every number has a source, and every source that names a row exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hotwash_engine::Firmness;
use hotwash_tests::{Setup, shipped};

fn page(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

/// Row names such as `P-14`, `I-8`, `J-20` in a text.
fn rows(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let bytes = text.as_bytes();
    for i in 0..bytes.len().saturating_sub(2) {
        let starts =
            b"PIJEST".contains(&bytes[i]) && bytes[i + 1] == b'-' && bytes[i + 2].is_ascii_digit();
        if starts && (i == 0 || !bytes[i - 1].is_ascii_alphanumeric()) {
            let digits: String = text[i + 2..].chars().take_while(char::is_ascii_digit).collect();
            found.insert(format!("{}-{digits}", bytes[i] as char));
        }
    }
    found
}

#[test]
fn every_number_has_a_source_that_exists() {
    let known = [
        page("docs/sources/parameters.md"),
        page("docs/sources/incidents.md"),
        page("docs/sources/identity-vendors.md"),
        page("docs/model/jurisdictions.md"),
    ];
    let known: BTreeSet<String> = known.iter().flat_map(|text| rows(text)).collect();
    for name in hotwash::scenarios() {
        let sim = Setup::new(&shipped(name), "").build();
        for param in &sim.catalogue().params {
            assert!(!param.source.trim().is_empty(), "{name}: {} has no source", param.path);
            let is_judgement = param.source.starts_with("judgement");
            assert_eq!(
                is_judgement,
                param.firmness == Firmness::Guess,
                "{name}: {} is `{}` with source `{}`: a guess is called judgement and nothing else is",
                param.path,
                param.firmness,
                param.source
            );
            for row in rows(&param.source) {
                assert!(
                    known.contains(&row),
                    "{name}: {} cites {row}, which no page has",
                    param.path
                );
            }
        }
    }
}
