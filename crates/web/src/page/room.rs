//! A room's page: which panels somebody has, and where they stand.

use hotwash_exercise::View;
use maud::{Markup, html};

pub(super) use super::frame::panel as panel_frame;

use super::frame::frame;
use super::{
    Sight, cards, clocks, header, icon, inbox, msel, notes, objectives, people, rewind, screen,
    timeline, truth, wash,
};

/// Panels of a player's page.
pub const PLAYER_PANELS: [&str; 10] = [
    "header", "hotwash", "rewind", "cards", "inbox", "clocks", "ledger", "timeline", "notes",
    "people",
];

/// Panels of the facilitator's page.
pub const FACILITATOR_PANELS: [&str; 12] = [
    "header",
    "hotwash",
    "cards",
    "truth",
    "msel",
    "timeline",
    "inbox",
    "objectives",
    "people",
    "rewind",
    "clocks",
    "notes",
];

/// Panels of an evaluator's page.
pub const EVALUATOR_PANELS: [&str; 11] = [
    "header",
    "hotwash",
    "cards",
    "objectives",
    "msel",
    "inbox",
    "clocks",
    "ledger",
    "timeline",
    "notes",
    "people",
];

/// Panels of the projector's screen.
pub const SCREEN_PANELS: [&str; 3] = ["header", "hotwash", "screen"];

/// The panels that somebody has, by their seats; those of several seats together.
pub fn panels(view: &View) -> Vec<&'static str> {
    if view.is_facilitator() {
        return FACILITATOR_PANELS.to_vec();
    }
    let lists: [(bool, &[&'static str]); 2] =
        [(view.is_player(), &PLAYER_PANELS), (view.is_evaluator(), &EVALUATOR_PANELS)];
    let mut names: Vec<&'static str> = Vec::new();
    for name in lists.into_iter().filter(|(has, _)| *has).flat_map(|(_, list)| list) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    if names.is_empty() { SCREEN_PANELS.to_vec() } else { names }
}

/// A panel of the room's page by name, as it is fetched again when something has changed; none for a
/// name that is not among the panels of whoever looks.
pub fn panel(sight: &Sight<'_>, name: &str) -> Option<Markup> {
    let name = panels(sight.view).into_iter().find(|known| *known == name)?;
    Some(draw(sight, name))
}

fn draw(sight: &Sight<'_>, name: &str) -> Markup {
    match name {
        "header" => header::header(sight),
        "cards" => cards::cards(sight),
        "inbox" => inbox::inbox(sight),
        "timeline" => timeline::timeline(sight),
        "ledger" => truth::ledger(sight),
        "clocks" => clocks::clocks(sight),
        "msel" => msel::msel(sight),
        "truth" => truth::truth(sight),
        "people" => people::people(sight),
        "rewind" => rewind::rewind(sight),
        "notes" => notes::notes(sight),
        "objectives" => objectives::objectives(sight),
        "screen" => screen::screen(sight),
        "hotwash" => wash::wash(sight),
        other => unreachable!("`{other}` is in a list of panels and is not drawn"),
    }
}

/// The page of somebody in a room: the facilitator's, a player's, an evaluator's or the screen.
pub fn room(sight: &Sight<'_>) -> Markup {
    let view = sight.view;
    let names = panels(view);
    let (class, side): (&str, &[&str]) = if view.is_facilitator() {
        ("room facilitator", &["people", "rewind", "clocks", "notes"])
    } else if view.is_player() {
        ("room player", &["clocks", "ledger", "timeline", "notes", "people"])
    } else if view.is_evaluator() {
        ("room evaluator", &["clocks", "ledger", "timeline", "notes", "people"])
    } else {
        ("room screen", &[])
    };
    let is_aside = |name: &&&str| side.contains(*name);
    let in_main = |name: &&&str| !side.contains(*name) && !["header", "hotwash"].contains(*name);
    let startex = sight.session.sim().calendar().date_time(hotwash_engine::SimTime::STARTEX);
    let body = html! {
        p.banner id="lost" role="status" hidden { (sight.t("Connection lost, trying again.")) }
        noscript { p.banner { (sight.t("This page does not change by itself without scripts. ")) a href=(sight.base) { (sight.t("Refresh")) } } }
        (draw(sight, "header"))
        @if class != "room screen" { (nav(sight, &names)) }
        main id="main" tabindex="-1" {
            (draw(sight, "hotwash"))
            div.columns {
                div.column {
                    @for name in names.iter().filter(in_main) { (draw(sight, name)) }
                }
                @if !side.is_empty() {
                    div.column.side {
                        @for name in names.iter().filter(is_aside) { (draw(sight, name)) }
                        @if view.is_facilitator() { (people::compose(sight)) }
                    }
                }
            }
        }
        p.unseen id="say" role="status" aria-live="polite" {}
    };
    let title = sight.view.title(sight.session);
    let language = sight.session.plan().scenario.language();
    frame(title, class, Some((sight.base, &startex)), (language.code(), sight.words()), body)
}

/// The way to each part: along the top on a laptop, at the thumb on a phone.
fn nav(sight: &Sight<'_>, names: &[&str]) -> Markup {
    const PLACES: [(&str, &str, &str); 11] = [
        ("hotwash", "rate", "Hot wash"),
        ("cards", "decision", "Decide"),
        ("objectives", "rate", "Objectives"),
        ("inbox", "email", "Inbox"),
        ("msel", "inject", "Events list"),
        ("truth", "truth", "Truth"),
        ("ledger", "belief", "We know"),
        ("timeline", "world", "Timeline"),
        ("people", "people", "People"),
        ("clocks", "clock", "Clocks"),
        ("notes", "note", "Notes"),
    ];
    let has_ended = sight.session.state().endex_ms.is_some();
    let is_gone = |name: &str| name == if has_ended { "cards" } else { "hotwash" };
    html! {
        nav.places aria-label=(sight.t("Parts of this page")) {
            ul {
                @for (name, sign, title) in PLACES.iter().filter(|p| names.contains(&p.0)) {
                    li hidden[is_gone(name)] { a href=(format!("#{name}")) { (icon::icon(sign)) span { (sight.t(title)) } span.count data-count=(name) data-mine {} } }
                }
            }
        }
    }
}
