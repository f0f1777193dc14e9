//! Builds the shipped scenarios into the program: every RON, Markdown and script file and every golden timeline under `scenarios/`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(
        std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package's folder"),
    );
    let scenarios = root.join("../../scenarios");
    let mut files = Vec::new();
    collect(&scenarios, "", &mut files);
    files.sort();
    let mut code = String::from("pub(crate) const FILES: &[(&str, &str)] = &[\n");
    for (path, full) in &files {
        let _ = writeln!(code, "    ({path:?}, include_str!({:?})),", full.display().to_string());
    }
    code.push_str("];\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the output folder"));
    std::fs::write(out.join("shipped.rs"), code).expect("the output folder can be written");
    println!("cargo::rerun-if-changed={}", scenarios.display());
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) {
    let entries = std::fs::read_dir(folder).expect("the scenarios can be read");
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let (path, full) = (format!("{prefix}{name}"), entry.path());
        if full.is_dir() {
            println!("cargo::rerun-if-changed={}", full.display());
            collect(&full, &format!("{path}/"), files);
        } else if matches!(
            full.extension().and_then(|e| e.to_str()),
            Some("ron" | "md" | "rhai" | "wat" | "txt" | "jsonl")
        ) {
            println!("cargo::rerun-if-changed={}", full.display());
            let full = full.canonicalize().expect("the file was listed");
            files.push((path, full));
        }
    }
}
