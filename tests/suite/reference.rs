//! The reference that is generated: fresh, whole, and with examples that read.

use std::collections::BTreeMap;
use std::path::Path;

use hotwash_scenario::reference::{Form, Sort};

/// How the files are written anew.
const MEND: &str = "cargo run -p hotwash -- describe --all docs/reference";

#[test]
fn the_committed_pages_are_what_the_code_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference");
    let generated = hotwash::reference(&hotwash::registry()).unwrap();
    let files = std::fs::read_dir(&folder).unwrap().flatten();
    let committed: BTreeMap<String, String> = files
        .map(|file| {
            let text = std::fs::read_to_string(file.path()).unwrap();
            (file.file_name().into_string().unwrap(), text)
        })
        .collect();
    for (name, text) in &generated {
        let old = committed.get(name).map(String::as_str).unwrap_or_default();
        let line = text.lines().zip(old.lines()).position(|(a, b)| a != b).unwrap_or(0) + 1;
        assert!(text == old, "docs/reference/{name} is not fresh from line {line} on: {MEND}");
    }
    for name in committed.keys() {
        let is_known = generated.iter().any(|(known, _)| known == name);
        assert!(is_known, "docs/reference/{name} is no page any more: delete it");
    }
}

#[test]
fn every_plugin_says_all_of_its_fields_in_words() {
    let reference = hotwash::registry().reference();
    let plugins: Vec<_> = reference.pages.iter().filter(|p| p.sort == Sort::Plugin).collect();
    assert_eq!(plugins.len(), hotwash::registry().plugins().count());
    for page in plugins {
        for ty in &page.types {
            assert!(!ty.about.is_empty(), "{} says nothing of itself", ty.path);
            for part in 0..ty.parts().len() {
                let (form, about) = ty.part(part).unwrap();
                let name = ty.parts()[part];
                assert!(!about.is_empty(), "{}.{name} says nothing of itself", ty.path);
                assert!(form != Some(&Form::Any), "{}.{name} has no form", ty.path);
            }
        }
    }
}

/// Every example of a section that the reference prints, whether shortened or invented, is one.
#[test]
fn every_example_of_a_plugin_reads() {
    let registry = hotwash::registry();
    let reference = registry.reference();
    let mut shortened = 0;
    for page in reference.pages.iter().filter(|p| p.sort == Sort::Plugin) {
        let (invented, _) = page.example(0, None);
        registry.try_section(&page.name, &invented).unwrap_or_else(|e| panic!("{e}\n{invented}"));
        for name in hotwash::scenarios() {
            let scenario = hotwash_tests::shipped(name);
            let (text, is_real) = page.example(0, Some(&scenario));
            registry
                .try_section(&page.name, &text)
                .unwrap_or_else(|e| panic!("{name}: {e}\n{text}"));
            shortened += usize::from(is_real);
            for order in scenario.orders_to(&page.name, 100) {
                let order = order.split_once(", ").unwrap().1.strip_suffix(')').unwrap();
                registry.try_order(&page.name, order).unwrap();
            }
        }
    }
    assert!(shortened > 40, "{shortened}");
}

#[test]
fn numbers_carry_their_unit_and_bounds() {
    let reference = hotwash::registry().reference();
    let soc = reference.pages.iter().find(|p| p.name == "soc").unwrap();
    let queue = &soc.types[soc.at("soc.queue").unwrap()];
    let names = ["alerts_per_day", "swing", "triage", "false_positives", "shift", "usable"];
    assert_eq!(queue.parts()[..6], names, "in the order of their declaration");
    let words =
        |part: usize| soc.words(queue.part(part).unwrap().0.unwrap(), &|ty| ty.path.clone());
    assert_eq!(words(0), "number per day, 0 to 10^12");
    assert_eq!(words(2), "number in minutes, 0 to 10^7");
    assert_eq!(words(3), "share, 0 to 1");
}
