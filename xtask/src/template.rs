//! The book's template: a plugin outside the workspace, with a program of its own, is tested, and run as its
//! user would; the book shows what it prints.

use crate::shell::{self, cargo, run};

/// The template's manifest.
pub(crate) const MANIFEST: &str = "docs/book/template/Cargo.toml";

/// Comes before what the book shows of the template's story.
const MARK: &str = "<!-- printed by the template -->\n```text\n";

pub(crate) fn template() -> Result<(), String> {
    let package = ["--manifest-path", MANIFEST, "--target-dir", "target", "--locked"];
    run(cargo().arg("test").args(package))?;
    let scenario = "docs/book/template/scenario";
    let hotwash = |args: &[&str]| {
        let mut command = cargo();
        command.args(["run", "--quiet"]).args(package).arg("--").args(args).env("COLUMNS", "80");
        command
    };
    run(&mut hotwash(&["check", scenario]))?;
    run(&mut hotwash(&["fmt", "--check", scenario]))?;
    let story = shell::output(&mut hotwash(&["run", scenario, "--policy", "prompt"]))?;
    let page = std::fs::read_to_string("docs/book/src/plugin.md").map_err(|e| e.to_string())?;
    let shown = page.split_once(MARK).and_then(|(_, rest)| rest.split_once("```"));
    let (shown, _) =
        shown.ok_or("docs/book/src/plugin.md does not show what the template prints")?;
    let mut printed = story.lines();
    for line in shown.lines().filter(|line| *line != "...") {
        if !printed.any(|other| other.trim_end() == line) {
            return Err(format!(
                "docs/book/src/plugin.md shows a line that is not printed: {line}"
            ));
        }
    }
    Ok(())
}
