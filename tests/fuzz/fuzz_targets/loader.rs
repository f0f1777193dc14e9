#![no_main]
//! Any text loads or is refused with at least one error; nothing panics.

use hotwash_scenario::{Embedded, load};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let files = Embedded::new([("scenario.ron", text)]);
    let (scenario, said) = load(&hotwash::registry(), &files, "scenario.ron");
    assert!(scenario.is_some() || said.iter().any(|d| d.is_error()));
});
