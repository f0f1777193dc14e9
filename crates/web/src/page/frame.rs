//! What every page has: its head, the skip link, and how a panel and a form look.

use maud::{DOCTYPE, Markup, html};

/// A whole page. `data` is what the script must know: the room's path and STARTEX.
pub(super) fn frame(title: &str, class: &str, data: Option<(&str, &str)>, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/app.css";
                @if data.is_some() { link rel="stylesheet" href="/assets/report.css"; }
                script src="/assets/app.js" defer {}
            }
            body class=(class) data-base=[data.map(|d| d.0)] data-startex=[data.map(|d| d.1)] {
                a.skip href="#main" { "Skip to the contents" }
                (body)
            }
        }
    }
}

/// A panel: a part of a room's page that is fetched again by name. It is hidden while it has nothing.
pub(super) fn panel(name: &str, title: &str, note: &str, body: Option<Markup>) -> Markup {
    html! {
        section.panel id=(name) data-panel=(name) aria-labelledby=(format!("{name}-title")) hidden[body.is_none()] {
            h2 id=(format!("{name}-title")) {
                (title)
                @if !note.is_empty() { " " span.note { (note) } }
            }
            @if let Some(body) = body { (body) }
        }
    }
}

/// What a panel says when there is nothing yet.
pub(super) fn nothing(text: &str) -> Markup {
    html! { p.nothing { (text) } }
}

/// The mark of the program.
pub(super) fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 36 14" width="36" height="14" aria-hidden="true" focusable="false" {
            circle cx="7" cy="7" r="4.5" class="truth" {}
            circle cx="18" cy="7" r="4.5" class="belief" {}
            path d="M18 2.5a4.5 4.5 0 0 1 0 9z" class="belief half" {}
            circle cx="29" cy="7" r="4.5" class="claim" {}
        }
    }
}
