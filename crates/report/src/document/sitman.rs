//! The Situation Manual: what players get before an exercise. Nothing of what is to come stands in it,
//! and no truth.

use hotwash_engine::SimTime;
use hotwash_exercise::cue;

use super::hseep;
use super::model::{Audience, Blocks, Cell, Document, Line, Table, Turn, blank, strong};
use super::names;
use super::overview::{self, Overview};
use super::setting::{Setting, contents};

/// The Situation Manual.
pub(super) fn situation_manual(setting: &Setting<'_>) -> Document {
    let mut blocks = Blocks::default();
    contents(&mut blocks);
    blocks.page(Turn::Upright);
    preface(&mut blocks, setting);
    blocks.head(1, "Exercise overview");
    blocks.table(players_overview(setting).table());
    blocks.page(Turn::Upright);
    general(&mut blocks, setting);
    situation(&mut blocks, setting);
    modules(&mut blocks, setting);
    schedule(&mut blocks);
    glossary(&mut blocks);
    setting.document("Situation Manual (SitMan)", Audience::Players, blocks)
}

fn preface(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.head(1, "Preface");
    blocks.para(
        Line::new()
            .plain("This manual is for those who take part in the exercise ")
            .strong(setting.exercise())
            .plain(
                ". It says what is practised, who plays which post, by which rules, and how things stand when \
                 the exercise begins. Read it beforehand and keep it at hand during play.",
            ),
    );
    blocks.para(
        "Company, people and events of the exercise are invented. The exercise judges plans, preparation and \
         procedures. It does not judge persons.",
    );
    blocks.head(1, "Handling instructions");
    blocks.numbers([
        Line::new()
            .plain("The title of this document is ")
            .emphasis(format!("{}: Situation Manual", setting.exercise()))
            .plain("."),
        Line::new()
            .plain("It holds nothing that players may not know. Outside the exercise it is handled as ")
            .blank("marking and rule of your organisation")
            .plain("."),
        Line::new().plain("Questions go to ").blank("point of contact").plain("."),
    ]);
}

/// The overview as players may see it.
fn players_overview(setting: &Setting<'_>) -> Overview {
    let horizon = cue::span(setting.scenario().horizon());
    let scope = Line::new()
        .plain("A tabletop exercise led by a simulation, of about two hours with briefing and hot wash, at ")
        .blank("place")
        .plain(format!(
            ". Players take the decisions of the posts listed below, over as much as {horizon} of simulated \
             time. Everybody else is simulated."
        ));
    let situation = setting.scenario().briefing().and_then(|b| b.text.split("\n\n").next());
    Overview {
        name: setting.exercise().to_owned(),
        dates: blank("date, from, to"),
        scope,
        objectives: objectives(setting),
        threat: Line::from("A cyber incident"),
        scenario: situation
            .map_or_else(|| blank("the situation in two or three sentences"), Line::from)
            .into(),
        participants: blank("organizations and departments, number of participants").into(),
    }
}

/// Text and core capability of each objective.
pub(super) fn objectives(setting: &Setting<'_>) -> Vec<(String, Option<String>)> {
    let objectives = setting.scenario().objectives().iter();
    objectives.map(|o| (o.text.clone(), o.capability.clone())).collect()
}

fn general(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.head(1, "General information");
    blocks.head(2, "Exercise objectives and core capabilities");
    blocks.para(
        "The objectives say what the exercise is to show. Where a core capability of the National Preparedness \
         Goal fits an objective, it is named beside it.",
    );
    let mut table =
        Table::new("Objectives and core capabilities", &[("Objective", 8), ("Core capability", 5)]);
    for (text, capability) in objectives(setting) {
        table.row(vec![text.into(), overview::capability(capability.as_deref()).into()]);
    }
    blocks.table(table);
    roles(blocks, setting);
    structure(blocks);
    guidelines(blocks);
}

fn roles(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.head(2, "Participant roles and responsibilities");
    blocks.bullets([
        Line::new()
            .strong("Players")
            .plain(" hold the posts below. They discuss, and whoever holds the post that is asked decides."),
        Line::new().strong("The facilitator").plain(
            " leads the exercise, runs its clock, and plays whoever is not simulated and not at the table.",
        ),
        Line::new().strong("Evaluators").plain(" observe against the objectives. They do not take part in play."),
        Line::new().strong("Observers").plain(" watch the projected screen and are silent."),
    ]);
    let columns =
        [("Post", 4), ("What reaches it", 5), ("Objectives it works on", 5), ("Played by", 3)];
    let mut table = Table::new("Posts at the table", &columns).with_row_heads();
    for role in setting.scenario().roles() {
        let sees: Vec<Line> =
            role.sees.iter().map(|v| Line::from(names::capital(names::reaches(v)))).collect();
        let is_played = setting.plan.played.iter().any(|name| name == role.name.as_str());
        let who = if is_played {
            blank("name")
        } else {
            Line::new().emphasis("simulated in this exercise")
        };
        table.row(vec![
            role.title.as_str().into(),
            sees.into(),
            works_on(setting, role),
            who.into(),
        ]);
    }
    blocks.table(table);
    blocks.para(
        "The holder of a post speaks for it, reads what reaches it, tells the others what they need to know, and \
         takes the decisions that are put to it within the time given. One person may hold several posts.",
    );
}

/// The objectives that a role's decisions exercise, by their numbers and texts.
fn works_on(setting: &Setting<'_>, role: &hotwash_scenario::Role) -> Cell {
    let all = setting.scenario().objectives().iter();
    let its = all.filter(|o| setting.exercises(o).iter().any(|d| d.role == role.name));
    let lines: Vec<Line> = its.map(|o| Line::from(o.text.as_str())).collect();
    if lines.is_empty() { Line::from("Advises the others").into() } else { lines.into() }
}

fn structure(blocks: &mut Blocks) {
    blocks.head(2, "Exercise structure");
    blocks.para(
        "Everybody joins from a browser with the code that the facilitator reads out. Messages arrive in each \
         post's inbox as they would at work: alerts, tickets, calls, questions from the press, letters. Decisions \
         come up as cards with a question, options and a time limit. Before the holder of the post decides, \
         everybody may say which option they would take, how sure they are, and why.",
    );
    blocks.para(
        "The clock of the exercise runs faster than the one on the wall, and stops when something must be decided. \
         What follows from a decision is worked out by the simulation: nobody has written the story in advance, and \
         the same choice can end differently.",
    );
    blocks.bullets([
        Line::new().strong("Briefing. ").plain("The facilitator explains rules, posts and screens."),
        Line::new().strong("Play. ").plain("From STARTEX to ENDEX, as both are called out."),
        Line::new().strong("Hot wash. ").plain(
            "At once after ENDEX the team sees what was true, what it believed, what it said, and what other \
             choices would have been worth.",
        ),
        Line::new().strong("Feedback. ").plain("Everybody fills in the participant feedback form."),
    ]);
}

fn guidelines(blocks: &mut Blocks) {
    blocks.head(2, "Exercise guidelines");
    blocks.bullets([
        "This is an open, low-stress, no-fault environment. Differing views and disagreement are welcome.",
        "Answer with what you know, with the plans and means that your organisation has today, and with what your \
         post would know.",
        "Decisions set no precedent. They need not be your organisation's final position.",
        "Uncertainty is part of it. If you are not sure, say how sure you are: that is asked for, and worth something.",
        "Speak to the people at the table. Do not call, write to or post to anybody outside the exercise.",
        "Everything that is said stays within the exercise.",
    ]);
    blocks.head(2, "Assumptions and artificialities");
    blocks.bullets([
        "The scenario is plausible, and things happen as they are shown.",
        "There is no hidden agenda and there are no trick questions. Nobody at the table knows the outcome.",
        "A message has reached a post when it stands in its inbox. None gets lost on the way.",
        "Days pass in seconds. What takes weeks at work, such as a search through logs, is done when the simulation \
         says so.",
        "The simulation is a model. Its figures show what follows from its assumptions; they are not forecasts.",
    ]);
}

fn situation(blocks: &mut Blocks, setting: &Setting<'_>) {
    let startex = setting.calendar().date_time(SimTime::STARTEX);
    blocks.page(Turn::Upright);
    blocks.head(1, "The situation at STARTEX");
    blocks.para(
        Line::new().strong(format!("{} {startex}", setting.calendar().weekday(SimTime::STARTEX))),
    );
    match setting.scenario().briefing() {
        Some(briefing) => briefing.text.split("\n\n").for_each(|part| blocks.para(part.trim())),
        None => {
            blocks.para(blank("the company, the world around it, and what players know at STARTEX"))
        }
    }
    blocks.para("Dates and times in the exercise are the company's local time.");
}

fn modules(blocks: &mut Blocks, setting: &Setting<'_>) {
    blocks.head(1, "Discussion modules");
    blocks.para(
        "Use these questions to prepare, or in a round before STARTEX. Play itself follows the clock, so that the \
         modules come up in no fixed order and more than once.",
    );
    for (i, (title, objectives)) in grouped(setting).into_iter().enumerate() {
        blocks.head(2, format!("Module {}: {title}", i + 1));
        for objective in &objectives {
            blocks.para(Line::new().strong("Objective: ").plain(objective.text.as_str()));
        }
        let roles: Vec<&str> = setting
            .scenario()
            .roles()
            .iter()
            .filter(|role| {
                let decisions = objectives.iter().flat_map(|o| setting.exercises(o));
                decisions.into_iter().any(|d| d.role == role.name)
            })
            .map(|role| role.title.as_str())
            .collect();
        if !roles.is_empty() {
            blocks.para(Line::new().strong("Asked first: ").plain(roles.join(", ")));
        }
        let capability = objectives.first().and_then(|o| o.capability.as_deref());
        blocks.numbers(hseep::questions(capability.unwrap_or_default()).iter().copied());
    }
}

/// Objectives by core capability; those without one each by themselves.
fn grouped<'a>(setting: &Setting<'a>) -> Vec<(String, Vec<&'a hotwash_scenario::Objective>)> {
    let mut groups: Vec<(String, Vec<&hotwash_scenario::Objective>)> = Vec::new();
    for objective in setting.scenario().objectives() {
        let title = objective.capability.as_ref().unwrap_or(&objective.text);
        let title = title.trim_end_matches('.').to_owned();
        match groups.iter_mut().find(|(known, _)| *known == title) {
            Some((_, list)) => list.push(objective),
            None => groups.push((title, vec![objective])),
        }
    }
    groups
}

/// Parts of an exercise: name, minutes, who.
pub(super) const SCHEDULE: [(&str, u32, &str); 7] = [
    ("Registration, joining with the code", 10, "All"),
    ("Briefing: rules, posts, screens", 10, "Facilitator"),
    ("STARTEX and play", PLAY_MINUTES, "Players"),
    ("ENDEX, break: figures are worked out", 5, "All"),
    ("Hot wash", 25, "All"),
    ("Participant feedback forms", 5, "All"),
    ("Controller and evaluator debriefing", 15, "Facilitator, evaluators"),
];

/// Minutes of play that documents plan with.
pub(super) const PLAY_MINUTES: u32 = 60;

/// The schedule as a table with blanks for the time of day.
pub(super) fn schedule_table() -> Table {
    let columns = [("Time", 2), ("Minutes", 2), ("Activity", 7), ("Who", 4)];
    let mut table = Table::new("Exercise schedule", &columns);
    for (activity, minutes, who) in SCHEDULE {
        table.row(vec![
            blank("time").into(),
            minutes.to_string().into(),
            activity.into(),
            who.into(),
        ]);
    }
    let total: u32 = SCHEDULE.iter().map(|(_, minutes, _)| minutes).sum();
    table.row(vec![
        Cell::default(),
        strong(total.to_string()).into(),
        strong("In all").into(),
        Cell::default(),
    ]);
    table
}

fn schedule(blocks: &mut Blocks) {
    blocks.page(Turn::Upright);
    blocks.head(1, "Appendix A: Exercise schedule");
    blocks.para("The minutes are a proposal; the sponsor decides.");
    blocks.table(schedule_table());
}

fn glossary(blocks: &mut Blocks) {
    blocks.head(1, "Appendix B: Terms");
    let mut table = Table::new("", &[("Term", 3), ("Meaning", 10)]).with_row_heads();
    for (term, meaning) in TERMS {
        table.row(vec![(*term).into(), (*meaning).into()]);
    }
    blocks.table(table);
}

/// Terms that players meet.
const TERMS: &[(&str, &str)] = &[
    ("STARTEX, ENDEX", "Start and end of the exercise, as the facilitator calls them out"),
    ("Inject", "A message that comes into play at its time or when something has happened"),
    (
        "Decision card",
        "A question with options and a time limit, put to one post and shown to all players",
    ),
    ("Default", "What happens when nobody decides in time"),
    ("Confidence", "How sure somebody is of an answer, from 1 (a guess) to 5 (sure)"),
    (
        "Truth, belief, claim",
        "What is so; what the company takes to be so, and how likely it thinks it; what the company has said",
    ),
    ("Clock", "A deadline that runs, such as that of a duty to report or of a journalist"),
    ("Hot wash", "The discussion at once after ENDEX, with everybody still in the room"),
    ("AAR/IP", "After-action report and improvement plan, written later"),
    (
        "P, S, M, U",
        "Ratings of an objective: performed without challenges, with some challenges, with major challenges, unable to be performed",
    ),
];
