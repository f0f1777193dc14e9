//! The exercise overview: the table that stands at the front of HSEEP's documents.

use hotwash_exercise::Rating;

use super::hseep::{self, NO_CAPABILITY};
use super::model::{Cell, Line, Table, blank};

/// What an overview tells. What only people know is a blank.
pub(super) struct Overview {
    pub(super) name: String,
    pub(super) dates: Line,
    pub(super) scope: Line,
    /// Text and core capability of each objective.
    pub(super) objectives: Vec<(String, Option<String>)>,
    pub(super) threat: Line,
    pub(super) scenario: Cell,
    pub(super) participants: Cell,
}

impl Overview {
    /// The table.
    pub(super) fn table(self) -> Table {
        let known = capabilities(&self.objectives);
        let areas = hseep::mission_areas(known.iter().copied());
        let listed = |words: &[&str], what: &str| match words {
            [] => Cell::from(blank(what)),
            words => Cell::from(words.join("; ")),
        };
        let objectives: Vec<Line> = self
            .objectives
            .iter()
            .enumerate()
            .map(|(i, (text, _))| Line::from(format!("{}. {text}", i + 1)))
            .collect();
        let rows: Vec<(&str, Cell)> = vec![
            ("Exercise name", self.name.into()),
            ("Exercise dates", self.dates.into()),
            ("Scope", self.scope.into()),
            ("Mission areas", listed(&areas, "mission areas")),
            ("Core capabilities", listed(&known, "core capabilities")),
            ("Objectives", objectives.into()),
            ("Threat or hazard", self.threat.into()),
            ("Scenario", self.scenario),
            ("Sponsor", blank("sponsor, and any programme that pays for it").into()),
            ("Participating organizations", self.participants),
            ("Point of contact", blank("name, title, organization, telephone, e-mail").into()),
        ];
        let rows = rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Table::facts("", rows)
    }
}

/// Each core capability once, in the order of the objectives.
pub(super) fn capabilities(objectives: &[(String, Option<String>)]) -> Vec<&str> {
    let mut known: Vec<&str> = Vec::new();
    for capability in objectives.iter().filter_map(|(_, c)| c.as_deref()) {
        if !known.contains(&capability) {
            known.push(capability);
        }
    }
    known
}

/// A core capability as it is shown, or that there is none.
pub(super) fn capability(name: Option<&str>) -> Line {
    match name {
        Some(name) if !name.is_empty() => Line::from(name),
        _ => Line::new().emphasis(NO_CAPABILITY),
    }
}

/// The four ratings with their definitions in full.
pub(super) fn definitions(caption: &str) -> Table {
    let mut table = Table::new(caption, &[("Rating", 3), ("Definition", 11)]);
    for rating in Rating::ALL {
        let name = format!("{} ({})", rating.words(), rating.letter());
        table.row(vec![name.into(), hseep::definition(rating).into()]);
    }
    table.with_row_heads()
}
