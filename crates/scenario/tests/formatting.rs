//! The layout of files that people wrote: every shipped one comes back from its words alone.

use std::fs;
use std::path::{Path, PathBuf};

use hotwash_scenario::formatted;

fn all(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            all(&path, out);
        } else if path.extension().is_some_and(|e| e == "ron") {
            out.push(path);
        }
    }
}

fn shipped() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    all(&root.join("../../scenarios"), &mut paths);
    all(&root.join("../hotwash/templates"), &mut paths);
    assert!(paths.len() > 50, "{}", paths.len());
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("the file is there");
        (path.display().to_string(), text)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn shipped_files_are_formatted() {
    for (path, text) in shipped() {
        assert!(formatted(&path, &text).unwrap() == text, "`hotwash fmt` would change {path}");
    }
}

#[test]
fn indentation_and_blanks_are_restored() {
    for (path, text) in shipped() {
        let rough: Vec<String> = text.lines().map(|line| roughened(line.trim_start())).collect();
        let rough = rough.join("\n  ");
        assert_eq!(formatted(&path, &rough).unwrap(), text, "{path}");
    }
}

/// A line with blanks where none belong.
fn roughened(line: &str) -> String {
    if line.starts_with("//") || line.matches('"').count() > 2 || line.contains("//") {
        return line.to_owned();
    }
    line.replace("(name:", "( name :")
}
