//! `session.json`: everything that is known of a session.

use hotwash_exercise::debrief::{Story, Worth};
use serde_json::{Value, json};

/// Version of `session.json`.
pub const SESSION_JSON_FORMAT: u32 = 1;

pub(super) fn session(story: &Story, worth: Option<&Worth>) -> Value {
    json!({
        "format": SESSION_JSON_FORMAT,
        "what": "hotwash session",
        "story": story,
        "worth": worth,
    })
}
