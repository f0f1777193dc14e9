//! The Controller and Evaluator Handbook: what those who conduct an exercise need, the truth included.

mod conduct;
mod script;

use hotwash_engine::SimTime;
use hotwash_exercise::cue;

use super::model::{Audience, Blocks, Document, Line, Table, Turn, blank};
use super::names;
use super::overview::Overview;
use super::setting::{Setting, contents};
use super::sitman::objectives;

/// The handbook.
pub(super) fn handbook(setting: &Setting<'_>) -> Document {
    let mut blocks = Blocks::default();
    contents(&mut blocks);
    blocks.page(Turn::Upright);
    preface(&mut blocks, setting);
    blocks.head(1, "Exercise overview");
    blocks.table(overview(setting).table());
    blocks.page(Turn::Upright);
    truth(&mut blocks, setting);
    levers(&mut blocks, setting);
    script::decisions(&mut blocks, setting);
    script::injects(&mut blocks, setting);
    conduct::conduct(&mut blocks, setting);
    setting.document("Controller and Evaluator (C/E) Handbook", Audience::Controllers, blocks)
}

fn preface(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.head(1, "Preface and handling");
    blocks.para(
        "This handbook goes with the situation manual, which players have too. It holds what players must not know \
         before ENDEX: what is true, which decisions and messages come up, what is expected, and how the exercise is \
         led and evaluated.",
    );
    blocks.numbers([
        Line::new()
            .plain("The title of this document is ")
            .emphasis(format!("{}: Controller and Evaluator Handbook", setting.full_name()))
            .plain("."),
        Line::from("It goes to the facilitator and to evaluators, to nobody else. Keep it, and your screen, out of players' sight."),
        Line::new().plain("Outside the exercise it is handled as ").blank("marking and rule of your organisation").plain("."),
        Line::new().plain("Questions go to ").blank("point of contact").plain("."),
    ]);
}

fn overview(setting: &Setting<'_>) -> Overview {
    let scenario = setting.scenario();
    let scope = Line::new()
        .plain("A tabletop exercise led by a simulation, of about two hours with briefing and hot wash, at ")
        .blank("place")
        .plain(format!(
            ". {} decisions and {} injects over as much as {} of simulated time from {}.",
            scenario.decisions().len(),
            scenario.injects().len(),
            cue::span(scenario.horizon()),
            setting.calendar().date_time(SimTime::STARTEX)
        ));
    Overview {
        name: setting.full_name(),
        dates: blank("date, from, to"),
        scope,
        objectives: objectives(setting),
        threat: Line::from("A cyber incident; see the scenario below"),
        scenario: scenario.summary().into(),
        participants: blank("organizations and departments, number of participants").into(),
    }
}

/// What happens and why, as far as the scenario says, and a rehearsal as an example.
fn truth(blocks: &mut Blocks, setting: &Setting<'_>) {
    let scenario = setting.scenario();
    blocks.head(1, "The truth");
    blocks.head(2, "What happens and why");
    blocks.para(scenario.summary());
    blocks.para(Line::new().strong("Sources. ").plain(scenario.sources()));
    let lead_in = cue::span(scenario.lead_in());
    blocks.para(format!(
        "The simulation begins {lead_in} before STARTEX, so that what led to the incident may already have \
         happened when players sit down. Which events follow, when, and how large they are, is drawn by chance \
         within the scenario's numbers and depends on what players do. With the same seed ({}) the same luck comes \
         again.",
        setting.plan.seed
    ));
    if !scenario.contested().is_empty() {
        blocks.head(2, "What is contested");
        blocks.para("Of the events that the scenario is modelled on, this is not known to this day. Do not settle it in the hot wash.");
        blocks.bullets(scenario.contested().iter().map(String::as_str));
    }
    blocks.head(2, "A rehearsal");
    blocks.para(format!(
        "This is how the exercise goes with seed {} when nobody sits at the table and {}. Until \
         players decide otherwise, their world runs the same way. After that it is theirs: take the list as an \
         example of what can happen, not as a script.",
        setting.plan.seed,
        setting.decides()
    ));
    let columns = [("Date", 4), ("Days", 2), ("Who", 4), ("What", 10)];
    let mut table = Table::new("Turning points of the rehearsal", &columns);
    for entry in setting.turning_points() {
        let days = SimTime::from_ms(entry.ms).days();
        let who = names::actor(scenario, &entry.who);
        let what = names::says(entry);
        table.row(vec![
            entry.at.as_str().into(),
            format!("{days:+.0}").into(),
            who.into(),
            what.into(),
        ]);
    }
    blocks.table(table);
}

fn levers(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.page(Turn::Upright);
    blocks.head(1, "How the company is set up");
    blocks.para(
        "Choices that were made before the incident. They hold for this exercise and cannot be changed during play. \
         If players ask how the company is set up, tell them what the post in question would know.",
    );
    let columns = [("What", 8), ("In this exercise", 3), ("Possible", 5)];
    let mut table = Table::new("Standing choices", &columns);
    for lever in setting.levers() {
        table.row(vec![
            names::capital(lever.about).into(),
            names::setting(&lever.value, lever.unit).into(),
            range(lever).into(),
        ]);
    }
    blocks.table(table);
}

/// A lever's possible values in words.
fn range(lever: &hotwash_engine::LeverInfo) -> String {
    use hotwash_engine::LeverKind;
    match &lever.kind {
        LeverKind::Flag => "yes or no".to_owned(),
        LeverKind::Count { min, max } => format!("{min} to {max}"),
        LeverKind::Number { min, max } => format!("{min} to {max}"),
        LeverKind::Span { min, max } => format!("{} to {}", cue::span(*min), cue::span(*max)),
        LeverKind::Choice(words) => {
            let words: Vec<String> = words.iter().map(|w| names::setting(w, "")).collect();
            words.join(", ")
        }
    }
}
