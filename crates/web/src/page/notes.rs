//! Notes in free text: one's own, and everybody's for the facilitator.

use maud::{Markup, html};

use super::room::panel_frame;
use super::{Sight, form, words};

/// The notes, newest first, under the form for a new one.
pub(super) fn notes(sight: &Sight<'_>) -> Markup {
    let (session, view) = (sight.session, sight.view);
    let state = session.state();
    let sees = |by: &str| view.is_facilitator() || by == view.person();
    let notes: Vec<_> = state.notes.iter().rev().filter(|n| sees(&n.by)).collect();
    let fields = html! {
        label.field { span.unseen { (sight.t("A note")) } textarea name="text" rows="2" maxlength="2000" required placeholder=(sight.t("What you notice, and want to say later")) {} }
        div.buttons { button type="submit" { (sight.t("Keep this note")) } }
    };
    let body = html! {
        (form(&format!("{}/do/note", sight.base), "new-note", sight.t("Kept."), fields))
        ol.notes.plain {
            @for note in notes {
                li data-key=(format!("n{}", note.n)) {
                    p.dim {
                        (words::date_time(session, note.ms))
                        @if note.by != view.person() { " \u{00b7} " (state.name(&note.by)) }
                    }
                    p.text { (note.text) }
                }
            }
        }
    };
    let note = if view.is_facilitator() {
        sight.t("everybody's")
    } else {
        sight.t("yours and the facilitator's to read")
    };
    panel_frame("notes", sight.t("Notes"), note, Some(body))
}
