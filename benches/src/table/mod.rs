//! The whole table: one section a file, printed in this order.

mod ensembles;
mod memory;
mod peers;
mod scaling;
mod shipped;
mod start;
mod twin;

use std::path::PathBuf;

use crate::machine;
use crate::page::{Page, t};

type Section = fn(&mut Page, Effort) -> Result<(), String>;

const SECTIONS: [(&str, Section); 7] = [
    ("twin", twin::print),
    ("shipped", shipped::print),
    ("scaling", scaling::print),
    ("ensembles", ensembles::print),
    ("memory", memory::print),
    ("start", start::print),
    ("peers", peers::print),
];

/// How much is done for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// A look, in about a minute.
    Quick,
    /// What goes into the documentation.
    Full,
}

impl Effort {
    /// One of two numbers.
    pub(crate) fn of<T>(self, quick: T, full: T) -> T {
        if self == Effort::Quick { quick } else { full }
    }
}

/// Prints the sections that are asked for; all when none is.
pub(crate) fn print(words: &[&str]) -> Result<(), String> {
    let (mut effort, mut file, mut wanted) = (Effort::Full, None, Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--quick" => effort = Effort::Quick,
            "--json" => file = Some(PathBuf::from(words.next().ok_or("--json needs a file")?)),
            name if SECTIONS.iter().any(|(known, _)| *known == name) => wanted.push(name),
            other => return Err(format!("no section is called `{other}`")),
        }
    }
    let mut page = Page::default();
    page.section("machine", "The machine");
    let facts = machine::facts();
    page.table(&["", ""], &facts.iter().map(|(k, v)| vec![t(*k), t(v)]).collect::<Vec<_>>());
    if let Some(warning) = machine::warning() {
        page.say(&warning);
    }
    for (name, section) in SECTIONS {
        if wanted.is_empty() || wanted.contains(&name) {
            section(&mut page, effort)?;
        }
    }
    if let Some(file) = file {
        let text = serde_json::to_string_pretty(&page.json()).map_err(|e| e.to_string())?;
        std::fs::write(&file, text + "\n").map_err(|e| format!("{}: {e}", file.display()))?;
    }
    Ok(())
}

/// Says on the other stream what is being measured, for whoever waits.
fn progress(what: &str) {
    eprintln!("measuring {what}");
}

/// The program as users have it, which is built beside this one.
fn program() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let program = own.with_file_name(format!("hotwash{}", std::env::consts::EXE_SUFFIX));
    program.exists().then_some(program).ok_or_else(|| {
        "the program is not built beside the benches: `cargo build --release --package hotwash`"
            .to_owned()
    })
}
