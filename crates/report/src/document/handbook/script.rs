//! The handbook's chapters on decisions and injects.

use hotwash_exercise::cue;
use hotwash_scenario::{DecisionSpec, InjectSpec};

use crate::document::model::{Blocks, Cell, Line, Table, Turn, strong};
use crate::document::names;
use crate::document::overview;
use crate::document::setting::Setting;

/// Each decision with its options, the expected action, the default and the time limit.
pub(super) fn decisions(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.page(Turn::Upright);
    blocks.head(1, "Decisions");
    blocks.para(
        "A decision comes up as a card. The clock stops for it unless you have said otherwise. Everybody may vote; \
         the post that is asked decides. The expected action is the authors' view and no law: a team that takes \
         another option for a good reason has done well.",
    );
    let mut decisions: Vec<&DecisionSpec> = setting.scenario().decisions().iter().collect();
    decisions.sort_by_key(|d| setting.asked(d).map_or(i64::MAX, |at| at.ms()));
    for (i, decision) in decisions.into_iter().enumerate() {
        blocks.head(2, format!("{}. {}", i + 1, decision.ask));
        blocks.table(facts(setting, decision));
        let mut options = Table::new("Options", &[("Option", 10), ("Remarks", 4)]);
        for (n, option) in decision.options.iter().enumerate() {
            options.row(vec![option.text.as_str().into(), remarks(decision, n)]);
        }
        blocks.table(options);
    }
}

fn facts(setting: &Setting<'_>, decision: &DecisionSpec) -> Table {
    let objective = setting.objective(decision);
    let rehearsed = match setting.asked(decision) {
        Some(at) => setting.date(at),
        None => "Does not come up in the rehearsal".to_owned(),
    };
    let text = |option: usize| decision.options[option].text.clone();
    let mut rows: Vec<(&str, Cell)> = vec![
        ("Comes up", setting.waits_for(&decision.cue).into()),
        ("In the rehearsal", rehearsed.into()),
        ("Who decides", setting.role(decision).into()),
        ("Time limit", format!("{} in the exercise", cue::span(decision.limit)).into()),
    ];
    if let Some(objective) = objective {
        rows.push(("Objective", objective.text.as_str().into()));
        rows.push((
            "Core capability",
            overview::capability(objective.capability.as_deref()).into(),
        ));
    }
    let expected = match decision.expected {
        Some(option) => strong(text(option)),
        None => Line::new().emphasis("The authors expect nothing in particular"),
    };
    rows.push(("Expected action", expected.into()));
    rows.push(("If nobody decides", text(decision.default).into()));
    let rows = rows.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Table::facts("", rows)
}

fn remarks(decision: &DecisionSpec, option: usize) -> Cell {
    let mut words: Vec<Line> = Vec::new();
    if decision.expected == Some(option) {
        words.push(strong("Expected"));
    }
    if decision.default == option {
        words.push(Line::from("Default when the time runs out"));
    }
    if decision.options[option].orders.is_empty() {
        words.push(Line::new().emphasis("Changes nothing by itself"));
    }
    words.into()
}

/// Injects, and those that come only when the expected action does not.
pub(super) fn injects(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.page(Turn::Upright);
    blocks.head(1, "Injects");
    blocks.para(
        "The program delivers injects by itself. You may deliver one by hand at any time, and write messages of your \
         own. The master scenario events list (MSEL) has all rows, decisions included, with room for notes.",
    );
    let (contingency, plain): (Vec<_>, Vec<_>) =
        setting.scenario().injects().iter().partition(|i| !i.cue.unless.is_empty());
    if plain.is_empty() && contingency.is_empty() {
        blocks.para("The scenario has none: all that reaches players follows from the simulation.");
    }
    blocks.table(listed(setting, "Injects", &plain));
    if !contingency.is_empty() {
        blocks.head(2, "Contingency injects");
        blocks.para(
            "They are called off by what players do. When they come, something that was hoped for has not happened.",
        );
        blocks.table(listed(setting, "Contingency injects", &contingency));
    }
    blocks.para(
        "Most of what players read is in no list: complaints, alerts, questions from the press and letters from \
         authorities follow from the simulation.",
    );
}

fn listed(setting: &Setting<'_>, caption: &str, injects: &[&InjectSpec]) -> Table {
    let columns = [("Comes", 5), ("From", 3), ("To", 4), ("Text", 6), ("In the rehearsal", 3)];
    let mut table = Table::new(caption, &columns);
    for inject in injects {
        let to: Vec<Line> =
            inject.to.iter().map(|n| Line::from(cue::title(setting.scenario(), n))).collect();
        let at = setting.delivered(inject);
        let rehearsed =
            at.map_or_else(|| "does not come".to_owned(), |at| setting.calendar().date(at));
        table.row(vec![
            setting.waits_for(&inject.cue).into(),
            names::capital(&cue::title(setting.scenario(), &names::spoken(&inject.from))).into(),
            to.into(),
            inject.text.as_str().into(),
            rehearsed.into(),
        ]);
    }
    table
}
