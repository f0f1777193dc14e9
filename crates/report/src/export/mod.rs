//! A session for other programs: JSON, an ATT&CK Navigator layer, VERIS records, xAPI statements.
//!
//! What each file holds, and against which version of its format it was checked, is in
//! `docs/exports.md`.

mod causes;
mod navigator;
mod session;
mod uuid;
mod veris;
mod xapi;

use hotwash_exercise::debrief::{Story, Worth};
use serde_json::Value;

use crate::document::File;

pub use session::SESSION_JSON_FORMAT;

/// All exports of a session.
pub fn exports(story: &Story, worth: Option<&Worth>) -> Vec<File> {
    let mut files = vec![
        file("session.json", &session::session(story, worth)),
        file("attack-navigator-layer.json", &navigator::layer(story)),
    ];
    let records = veris::records(story);
    let is_only = records.len() == 1;
    for (matter, record) in &records {
        let name = if is_only { "veris.json".to_owned() } else { format!("veris-{matter}.json") };
        files.push(file(&name, record));
    }
    files.push(("xapi.jsonl".to_owned(), xapi::statements(story).into_bytes()));
    files
}

/// # Panics
/// Never: a JSON value can be written to memory.
fn file(name: &str, value: &Value) -> File {
    match serde_json::to_string_pretty(value) {
        Ok(text) => (name.to_owned(), (text + "\n").into_bytes()),
        Err(error) => unreachable!("a JSON value is plain data: {error}"),
    }
}

#[cfg(test)]
mod tests;
