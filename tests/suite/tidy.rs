//! The project's own rules about its sources.

use std::fs;
use std::path::{Path, PathBuf};

/// Longest file, in lines.
const MOST_LINES: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn all_sources() -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    for folder in ["benches", "crates", "docs", "tests", "xtask"] {
        sources(&root().join(folder), &mut paths);
    }
    paths.sort();
    paths.into_iter().map(|p| (p.clone(), fs::read_to_string(p).unwrap())).collect()
}

#[test]
fn every_file_says_what_it_owns_and_is_short() {
    for (path, text) in all_sources() {
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//!") || first.starts_with("#!["),
            "{} opens without `//!`",
            path.display()
        );
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
    }
}

#[test]
fn nothing_is_left_to_fix() {
    // Spelled in two parts, so that this file does not find itself.
    for word in [
        ["FIX", "ME"].concat(),
        ["TO", "DO"].concat(),
        ["XX", "X"].concat(),
        ["#[ign", "ore"].concat(),
    ] {
        for (path, text) in all_sources() {
            assert!(!text.contains(&word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn only_the_engine_names_bevy() {
    for (path, text) in all_sources() {
        let is_engine = path.components().any(|c| c.as_os_str() == "engine");
        let is_test = path.ends_with("tidy.rs") || path.ends_with("edges.rs");
        assert!(
            is_engine || is_test || !text.contains("bevy_ecs"),
            "{} names bevy_ecs",
            path.display()
        );
    }
}

/// Elsewhere it is a mistake: see docs/design/010.
#[test]
fn unsafe_code_has_three_homes() {
    let word = ["(unsafe", "_code"].concat();
    let homes = ["engine/src/handler.rs", "engine/src/query.rs", "benches/src/allocations.rs"];
    for (path, text) in all_sources().iter().filter(|(_, text)| text.contains(&word)) {
        assert!(homes.iter().any(|home| path.ends_with(home)), "{} has {word}", path.display());
        assert!(text.contains("// SAFETY:"), "{} does not say why", path.display());
    }
}

fn agents() -> Vec<String> {
    let folder = root().join("crates/agents/src");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn agents_never_import_one_another() {
    for (path, text) in all_sources() {
        let Ok(inside) = path.strip_prefix(root().join("crates/agents/src")) else { continue };
        // Tests may put agents together; agents themselves may not.
        if inside.ends_with("tests.rs") {
            continue;
        }
        let Some(own) =
            inside.components().next().map(|c| c.as_os_str().to_string_lossy().into_owned())
        else {
            continue;
        };
        // Kits that tests share lie beside the agents and may know several.
        if !agents().contains(&own) {
            continue;
        }
        for other in agents().iter().filter(|a| **a != own) {
            let import = format!("crate::{other}");
            assert!(!text.contains(&import), "{} imports {import}", path.display());
        }
    }
}

#[test]
fn every_plugin_has_an_odd_page() {
    let elements = [
        "Purpose",
        "Entities",
        "Process",
        "Design concepts",
        "Initiali",
        "Input data",
        "Submodels",
    ];
    for (name, _) in hotwash::registry().plugins() {
        let path = root().join(format!("docs/model/{name}.md"));
        let text =
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
        for element in elements {
            assert!(text.contains(element), "{} lacks the element {element}", path.display());
        }
    }
}

#[test]
fn scenarios_and_documents_name_no_machine() {
    let mut texts = Vec::new();
    fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                collect(&path, out);
            } else if path.extension().is_some_and(|e| e == "md" || e == "ron") {
                out.push(path);
            }
        }
    }
    for folder in ["docs", "scenarios"] {
        collect(&root().join(folder), &mut texts);
    }
    for path in texts {
        let text = fs::read_to_string(&path).unwrap();
        for word in ["/work/", "/root/", "/tmp/", "../shared"] {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
    }
}
