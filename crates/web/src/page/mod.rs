//! Pages: markup out of what somebody may know. Nothing here decides what that is.
//!
//! A room's page is made of panels, each of which can be fetched again by name. Their script expects on
//! `{base}/events` the events `changed` (JSON with `panels`, names of what may look different now; all of
//! them when it is left out) and `clock` (JSON with `at`, the civil date and time, `day` and `pace`).

mod cards;
mod clocks;
mod doors;
mod frame;
mod header;
mod icon;
mod inbox;
mod msel;
mod notes;
mod objectives;
mod people;
mod rewind;
mod room;
mod screen;
mod timeline;
mod truth;
mod wash;
mod words;

use std::fmt::Display;

use hotwash_exercise::{Session, View};
use hotwash_scenario::Words;
use maud::Markup;

pub use doors::{home, join, wrong};
pub use room::{
    EVALUATOR_PANELS, FACILITATOR_PANELS, PLAYER_PANELS, SCREEN_PANELS, panel, panels, room,
};

/// What a page is made of: the session as somebody sees it, and what the room adds.
pub struct Sight<'a> {
    /// The session.
    pub session: &'a Session,
    /// What whoever looks may know.
    pub view: &'a View,
    /// The room's path: `/s/ID`.
    pub base: &'a str,
    /// The code by which players join; empty for those who need not know it.
    pub join_code: &'a str,
    /// The addresses to give away, absolute: players', evaluators', the screen's; the facilitator's page
    /// alone has them.
    pub links: Option<Links<'a>>,
    /// Ids of people whose browsers are connected.
    pub present: &'a [String],
    /// How far the hot wash has come, after ENDEX.
    pub wash: Option<Wash<'a>>,
}

impl Sight<'_> {
    /// The program's own words, in the session's language.
    fn words(&self) -> Words {
        self.session.plan().scenario.language().words()
    }

    /// Words of the program.
    fn t(&self, english: &'static str) -> &'static str {
        self.words().of(english)
    }

    /// Words of the program with values in them.
    fn fill(&self, english: &'static str, values: &[(&str, &dyn Display)]) -> String {
        self.words().fill(english, values)
    }
}

/// Addresses to give away.
#[derive(Clone, Copy, Debug)]
pub struct Links<'a> {
    /// Where players join, the code in it.
    pub players: &'a str,
    /// Where evaluators join; a secret.
    pub evaluators: &'a str,
    /// The projector's screen; a secret.
    pub screen: &'a str,
    /// The facilitator's own; a secret.
    pub facilitator: &'a str,
    /// Whether others on the network can reach them.
    pub is_on_network: bool,
}

/// The hot wash of a session that has ended.
pub struct Wash<'a> {
    /// The story.
    pub story: &'a hotwash_exercise::debrief::Story,
    /// What has been found of its forks so far.
    pub worth: Option<&'a hotwash_exercise::debrief::Worth>,
    /// Whether more is being computed.
    pub is_running: bool,
}

/// A scenario that can be opened, on the first page.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
}

/// A session that is kept, on the first page.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// The scenario's title.
    pub title: String,
    /// When it was begun, as shown.
    pub begun: String,
    /// How it stands: `running`, `ended`.
    pub status: String,
}

/// The style sheet of the hot wash, for `/assets/report.css`. Its rules hold inside the hot wash alone:
/// the pages around it have a style of their own.
pub fn report_css() -> String {
    format!(".wash {{\n{}\n{}\n}}\n", hotwash_report::svg::STYLE, hotwash_report::page::STYLE)
}

/// The first page and the others share what is in a form: where it goes, and where its problems show.
fn form(action: &str, class: &str, done: &str, fields: Markup) -> Markup {
    maud::html! {
        form method="post" action=(action) class=(class) data-done=[(!done.is_empty()).then_some(done)] {
            (fields)
            p.problem role="alert" data-mine {}
            p.done role="status" data-mine {}
        }
    }
}
