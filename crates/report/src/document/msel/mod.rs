//! The master scenario events list: its rows, before an exercise and as played.

mod csv;
mod sheet;

pub use csv::csv;
pub use sheet::xlsx;

use hotwash_engine::SimTime;
use hotwash_exercise::debrief::{DecisionStory, HowTaken, MselStory, Story};
use hotwash_exercise::{cue, form};
use hotwash_scenario::{CueSpec, DecisionSpec, InjectSpec, WhenSpec};

use super::setting::Setting;
use super::sitman::PLAY_MINUTES;
use super::when::When;

/// Heads of the columns, in order. `Name` is the inject's or decision's name in the scenario, by which an
/// edited list is read back.
pub const HEADS: [&str; 15] = [
    "No.",
    "Name",
    "Scenario time",
    "Event synopsis",
    "Inject text",
    "Delivery method",
    "From",
    "Intended player",
    "Responsible controller",
    "Expected action",
    "Objective",
    "Core capability",
    "Evaluator notes",
    "Max minutes",
    "Status",
];

/// How a row can stand.
pub const STATUSES: [&str; 7] = [
    "planned",
    "delivered",
    "decided",
    "default taken",
    "open at the end",
    "did not come up",
    "cancelled",
];

/// How a decision reaches players; injects have one of [`form::ALL`].
pub const CARD: &str = "decision card";

/// A row, as its cells show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Name in the scenario.
    pub name: String,
    /// A date with its place in the exercise, or what it waits for.
    pub time: String,
    /// What it is about.
    pub synopsis: String,
    /// What players read.
    pub text: String,
    /// In which form it reaches them.
    pub method: String,
    /// Who it is from.
    pub from: String,
    /// Who it is for.
    pub to: String,
    /// Who sees to it.
    pub controller: String,
    /// The expected action.
    pub expected: String,
    /// The objective that it exercises.
    pub objective: String,
    /// And its core capability.
    pub capability: String,
    /// Room for evaluators; as played: what was done.
    pub notes: String,
    /// Minutes at the table.
    pub minutes: Option<u32>,
    /// One of [`STATUSES`].
    pub status: String,
}

impl Row {
    /// Its cells in the order of [`HEADS`]; `number` counts from 1.
    pub fn cells(&self, number: usize) -> [String; 15] {
        [
            number.to_string(),
            self.name.clone(),
            self.time.clone(),
            self.synopsis.clone(),
            self.text.clone(),
            self.method.clone(),
            self.from.clone(),
            self.to.clone(),
            self.controller.clone(),
            self.expected.clone(),
            self.objective.clone(),
            self.capability.clone(),
            self.notes.clone(),
            self.minutes.map(|m| m.to_string()).unwrap_or_default(),
            self.status.clone(),
        ]
    }
}

/// The rows before an exercise, in the order in which they come in the rehearsal; what does not come in
/// it stands last.
pub(super) fn planned(setting: &Setting<'_>) -> Vec<Row> {
    let scenario = setting.scenario();
    let decisions = scenario.decisions();
    let minutes = PLAY_MINUTES / u32::try_from(decisions.len().max(1)).unwrap_or(u32::MAX);
    let mut rows: Vec<(i64, Row)> = Vec::new();
    let key = |at: Option<SimTime>| at.map_or(i64::MAX, SimTime::ms);
    let fixed = |cue: &CueSpec| fixed(setting, cue);
    for decision in decisions {
        let at = setting.asked(decision).or_else(|| fixed(&decision.cue));
        rows.push((key(at), decision_row(setting, decision, minutes.max(3))));
    }
    for inject in scenario.injects() {
        let at = setting.delivered(inject).or_else(|| fixed(&inject.cue));
        rows.push((key(at), inject_row(setting, inject)));
    }
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The instant of a cue that waits for a date alone.
fn fixed(setting: &Setting<'_>, cue: &CueSpec) -> Option<SimTime> {
    let WhenSpec::At(date) = &cue.when else { return None };
    Some(setting.calendar().instant(date).ok()? + cue.delay)
}

fn time(setting: &Setting<'_>, cue: &CueSpec) -> String {
    match fixed(setting, cue) {
        Some(at) if cue.unless.is_empty() => setting.date(at),
        _ => setting.waits_for(cue),
    }
}

fn decision_row(setting: &Setting<'_>, decision: &DecisionSpec, minutes: u32) -> Row {
    let text = |option: usize| decision.options[option].text.clone();
    let objective = setting.objective(decision);
    Row {
        name: decision.name.as_str().to_owned(),
        time: time(setting, &decision.cue),
        synopsis: format!(
            "Decision with {} options. Time limit {} in the exercise. If nobody decides: {}",
            decision.options.len(),
            cue::span(decision.limit),
            text(decision.default)
        ),
        text: decision.ask.clone(),
        method: CARD.to_owned(),
        from: "Exercise".to_owned(),
        to: setting.role(decision).to_owned(),
        controller: "Facilitator".to_owned(),
        expected: decision.expected.map(text).unwrap_or_default(),
        objective: objective.map(|o| o.text.clone()).unwrap_or_default(),
        capability: objective.and_then(|o| o.capability.clone()).unwrap_or_default(),
        notes: String::new(),
        minutes: Some(minutes),
        status: "planned".to_owned(),
    }
}

fn inject_row(setting: &Setting<'_>, inject: &InjectSpec) -> Row {
    let to: Vec<String> =
        inject.to.iter().map(|name| cue::title(setting.scenario(), name)).collect();
    let sort = if inject.cue.unless.is_empty() { "Inject" } else { "Contingency inject" };
    Row {
        name: inject.name.as_str().to_owned(),
        time: time(setting, &inject.cue),
        synopsis: format!("{sort}: message from {}", inject.from),
        text: inject.text.clone(),
        method: inject.form.clone(),
        from: inject.from.clone(),
        to: to.join("; "),
        controller: "Facilitator".to_owned(),
        status: "planned".to_owned(),
        ..Row::default()
    }
}

/// The rows as they went.
pub(super) fn played(story: &Story) -> Vec<Row> {
    let when = When::of(story);
    let row = |item: &MselStory| {
        let decision = story.decisions.iter().find(|d| item.is_decision && d.name == item.name);
        played_row(story, &when, item, decision)
    };
    story.msel.iter().map(row).collect()
}

fn played_row(
    story: &Story,
    when: &When,
    item: &MselStory,
    decision: Option<&DecisionStory>,
) -> Row {
    let objective = story.objectives.iter().find(|o| o.name == item.objective);
    let to: Vec<String> = match decision {
        Some(decision) => vec![decision.role.clone()],
        None => item.to.iter().map(|name| cue::viewer(name).unwrap_or(name).to_owned()).collect(),
    };
    let status = match (item.ms, decision.map(|d| &d.how)) {
        (None, _) => "did not come up",
        (_, None) => "delivered",
        (_, Some(HowTaken::TimeRanOut)) => "default taken",
        (_, Some(HowTaken::Open)) => "open at the end",
        (_, Some(_)) => "decided",
    };
    Row {
        name: item.name.clone(),
        time: item.ms.map_or_else(|| item.waits_for.clone(), |ms| when.full(ms)),
        synopsis: match decision {
            Some(decision) => format!("Decision with {} options", decision.options.len()),
            None if item.is_decision => "Decision".to_owned(),
            None => format!("Message from {}", item.from),
        },
        text: item.text.clone(),
        method: if item.is_decision { CARD.to_owned() } else { item.form.clone() },
        from: if item.is_decision { "Exercise".to_owned() } else { item.from.clone() },
        to: to.join("; "),
        controller: "Facilitator".to_owned(),
        expected: item.expected.clone(),
        objective: objective.map(|o| o.text.clone()).unwrap_or_default(),
        capability: objective.map(|o| o.capability.clone()).unwrap_or_default(),
        notes: notes(when, item, decision),
        minutes: None,
        status: status.to_owned(),
    }
}

/// What was done, in sentences.
fn notes(when: &When, item: &MselStory, decision: Option<&DecisionStory>) -> String {
    let mut out: Vec<String> = Vec::new();
    if let Some(decision) = decision {
        out.extend(super::when::taken(when, decision));
        let votes: Vec<String> = decision
            .votes
            .iter()
            .filter_map(|(who, option, confidence, _)| {
                let (_, text) = decision.options.get(*option)?;
                Some(format!("{who}: {text} (confidence {confidence} of 5)"))
            })
            .collect();
        if !votes.is_empty() {
            out.push(format!("Votes: {}.", votes.join("; ")));
        }
    }
    match item.met {
        Some(true) => out.push("The expected action came.".to_owned()),
        Some(false) => out.push("The expected action did not come.".to_owned()),
        None => {}
    }
    out.join(" ")
}
