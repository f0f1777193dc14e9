//! Signs: one small drawing for each lane and each form of message, so that no colour is needed to tell
//! them apart.

use maud::{Markup, PreEscaped, html};

/// A sign of this name; a dot where there is none.
pub(super) fn icon(name: &str) -> Markup {
    let path = match name {
        "truth" => r#"<circle cx="10" cy="10" r="6" class="full"/>"#,
        "belief" => {
            r#"<circle cx="10" cy="10" r="6"/><path class="full" d="M10 4a6 6 0 0 1 0 12z"/>"#
        }
        "claim" => r#"<path d="M3 4.5h14v9h-7l-4 3.5v-3.5H3z"/>"#,
        "response" => r#"<path d="M3 10h12M10.5 5l5 5-5 5"/>"#,
        "world" => {
            r#"<circle cx="10" cy="10" r="7"/><path d="M3 10h14M10 3c5 4.5 5 9.5 0 14M10 3c-5 4.5-5 9.5 0 14"/>"#
        }
        "decision" => r#"<path d="M10 3l7 7-7 7-7-7z"/>"#,
        "inject" => r#"<path d="M10 3v9M6 8.5l4 4 4-4M3.5 16.5h13"/>"#,
        "alert" => r#"<path d="M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.3"/>"#,
        "ticket" => {
            r#"<path d="M2.5 5.5h15v3a1.5 1.5 0 0 0 0 3v3h-15v-3a1.5 1.5 0 0 0 0-3zM12 6v1.5M12 9.2v1.6M12 12.5V14"/>"#
        }
        "call" => {
            r#"<path d="M5 3.5l2.5-.5 1.5 4-1.8 1.3a9 9 0 0 0 4.5 4.5L13 11l4 1.5-.5 2.5c-.2 1-1 1.7-2 1.6C8.5 16 4 11.5 3.4 5.5c-.1-1 .6-1.8 1.6-2z"/>"#
        }
        "inquiry" => {
            r#"<rect x="7.5" y="2.5" width="5" height="9" rx="2.5"/><path d="M4.5 9.5a5.5 5.5 0 0 0 11 0M10 15v3M7 18h6"/>"#
        }
        "article" => {
            r#"<path d="M3 4h11v12.5H4.5A1.5 1.5 0 0 1 3 15zM14 8h3v7a1.5 1.5 0 0 1-3 0M5.5 7h6M5.5 10h6M5.5 13h4"/>"#
        }
        "email" => r#"<path d="M2.5 4.5h15v11h-15zM2.5 5l7.5 6 7.5-6"/>"#,
        "letter" => r#"<path d="M4.5 2.5h8l3 3v12h-11zM12 2.5v3.5h3.5M7 9h6M7 11.5h6M7 14h3"/>"#,
        "memo" => r#"<path d="M3.5 3.5h13v9l-4 4h-9zM12.5 16.5v-4h4M6.5 7h7M6.5 10h5"/>"#,
        "people" => {
            r#"<circle cx="7.5" cy="7" r="3"/><path d="M2 16.5c0-3.5 2-5 5.5-5s5.5 1.5 5.5 5M13 4.3a3 3 0 0 1 0 5.4M15 12c2 .5 3 2 3 4.5"/>"#
        }
        "clock" => r#"<circle cx="10" cy="10" r="7"/><path d="M10 5.5V10l3 2"/>"#,
        "note" => r#"<path d="M4 16l1-4L14 3l3 3-9 9zM12 5l3 3"/>"#,
        "play" => r#"<path class="full" d="M6 4l10 6-10 6z"/>"#,
        "pause" => r#"<path d="M7 4v12M13 4v12"/>"#,
        "skip" => r#"<path class="full" d="M4 4.5l8 5.5-8 5.5z"/><path d="M15 4v12"/>"#,
        "yes" => r#"<path d="M4 10.5l4 4 8-9"/>"#,
        "no" => r#"<path d="M5 5l10 10M15 5L5 15"/>"#,
        "back" => r#"<path d="M8 5L3 10l5 5M3 10h9a4 4 0 0 1 0 8"/>"#,
        "rate" => r#"<path d="M4 3.5h12v13H4zM7 8l1.5 1.5L12 6M7 13h6"/>"#,
        _ => r#"<circle cx="10" cy="10" r="2" class="full"/>"#,
    };
    html! {
        svg.icon viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false" {
            (PreEscaped(path))
        }
    }
}
